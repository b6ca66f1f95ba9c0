"""The books of leave on a real office: year ends, overstays apart, a page per unit; workbook, rows and paper equal."""

import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.domain.leave import papers
from tests.services.desks import changed, enter, open_office
from tests.services.leaveteam import ID_NUMBER, at, cells, made, pages, sign, team
from tuopin_desktop.documents.table import words_of
from tuopin_desktop.domain.daywords import short_day, with_dates
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leavebooks, leavedesk, leaveversions
from tuopin_desktop.services.leave.leavebooks.register import back_words
from tuopin_desktop.services.leave.watching import slips_to_watch
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import PRACTICE_MARK, Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path, practice=True)) as desk:
        registers.save(desk, changed(desk.office, secretary="白音"))
        yield desk


# ---------------------------------------------------------------- the register


def test_a_slip_over_new_year_is_in_both_registers_with_its_part(desk: Desk) -> None:
    people = team(desk)
    made(desk, people["李四"], "2018-12-30pm/2019-01-02am", day=date(2018, 12, 31), late_reason="临时动身，补办")
    made(desk, people["孙六"], "2019-01-05am/2019-01-06pm", day=date(2018, 12, 31))
    (first, second), (later, other) = leavebooks.register(desk, 2018).rows, leavebooks.register(desk, 2019).rows
    assert (first.number, first.natural, later.number, later.natural) == ("2018-0001", 1.5, "2018-0001", 1.5)
    assert "跨年，全程3天" in first.state
    assert "补办" in first.state
    assert (second.number, second.natural) == ("2018-0002", 0)
    assert "假期不在2018年" in second.state
    assert other.natural == 2
    assert leavebooks.register(desk, 2020).rows == leavebooks.register(desk, 2017).rows == ()
    assert leavebooks.register(desk, 2018).sheet.totals[0][5:7] == (1.5, 1.5)


def test_the_register_says_how_every_slip_stands(desk: Desk) -> None:
    people = team(desk)
    first = made(desk, people["李四"], "2018-06-05am/2018-06-08pm", leave_type="personal")
    at(desk, date(2018, 6, 5))
    leavedesk.file(desk, first.id, "unit", date(2018, 6, 5))
    leaveversions.extend(desk, first.id, date(2018, 6, 9), "pm", "延期")
    void = made(desk, people["孙六"], "2018-06-11am/2018-06-12pm")
    leavedesk.end(desk, void.id, "voided", "会议取消")
    away = made(desk, people["赵五"], "2018-06-13am/2018-06-15pm")
    other = leaveversions.reroute(desk, away.id, "北京市", "改道")
    for role, signer in (("leader", "王海"), ("secretary", "白音")):
        leavedesk.sign(desk, other.id, role, signer, desk.today())
    leader = made(desk, people["王海"], "2018-06-20am/2018-06-21pm", signed=False)
    at(desk, date(2018, 6, 7), 8)
    leavedesk.back(desk, first.id, date(2018, 6, 7), "am")
    rows = {row.number: row for row in leavebooks.register(desk, 2018).rows}
    assert rows["2018-0001"].signed.splitlines() == ["书记白音06-04同意", "队长王海06-04同意"]
    assert rows["2018-0001"].filed.splitlines() == ["派出单位06-05", "缺联络考评组"]
    assert rows["2018-0001"].back.splitlines() == ["06-07上午返回", "06-07销假", "退回2天"]
    assert rows["2018-0001"].state.splitlines() == ["提前返回", "有续假2018-0002"]
    assert "续假，原单2018-0001" in rows["2018-0002"].state
    assert (rows["2018-0003"].natural, rows["2018-0003"].state) == (None, "已作废\n作废：会议取消")
    assert (rows["2018-0004"].natural, rows["2018-0005"].natural) == (None, 3)
    assert "行程变更为2018-0005" in rows["2018-0004"].state
    assert rows[leader.number].signed == "缺书记签字\n缺办公室签字"
    assert rows[leader.number].filed == "报办公室批准"
    *_, total = cells(leavebooks.register(desk, 2018))
    assert float(total[5]) == sum(row.natural or 0 for row in rows.values())


def test_the_register_of_one_person_and_of_one_county(tmp_path: Path) -> None:
    with closing(open_office(tmp_path, level="region")) as desk:
        one = enter(desk, "李四", county="150426")
        same = enter(desk, "李四", county="150421")
        made(desk, one, "605-606", signed=False)
        made(desk, same, "605-607", signed=False)
        everyone = leavebooks.register(desk, 2018)
        assert [row.county for row in everyone.rows] == ["阿鲁科尔沁旗", "翁牛特旗"]
        assert "驻旗县" in [column.heading for column in everyone.sheet.columns]
        assert [row.natural for row in leavebooks.register(desk, 2018, county="翁牛特旗").rows] == [2]
        assert [row.natural for row in leavebooks.register(desk, 2018, county="150421").rows] == [3]
        assert [row.natural for row in leavebooks.register(desk, 2018, person="150421/李四").rows] == [3]
        assert [row.natural for row in leavebooks.register(desk, 2018, person=one.person).rows] == [2]
        assert len(pages(desk, everyone)) == 1
        for name, field in (("李四", "person"), ("无此人", "person")):
            with pytest.raises(Refused) as error:
                leavebooks.register(desk, 2018, person=name)
            assert error.value.problems[0].fields == (field,)
        with pytest.raises(Refused, match="没有旗县"):
            leavebooks.register(desk, 2018, county="无此旗")


# ---------------------------------------------------------------- filings


def test_filings_due_made_late_and_missing(desk: Desk) -> None:
    people = team(desk)
    first = made(desk, people["李四"], "2018-06-05am/2018-06-08pm")
    second = made(desk, people["孙六"], "2018-06-06am/2018-06-06pm")
    made(desk, people["赵五"], "2018-06-07am/2018-06-07pm", signed=False)
    made(desk, people["王海"], "2018-06-07am/2018-06-07pm")
    at(desk, date(2018, 6, 6))
    leavedesk.file(desk, first.id, "unit", date(2018, 6, 5), channel="传真", receiver="人事处")
    leavedesk.file(desk, second.id, "liaison", date(2018, 6, 6))
    at(desk, date(2018, 6, 5))
    told = [(row.body, row.number, row.state) for row in leavebooks.filings(desk, 2018).rows]
    assert told == [
        ("unit", second.number, "待备案"),
        ("unit", first.number, "已备案"),
        ("liaison", first.number, "待备案"),
        ("liaison", second.number, "逾期备案"),
    ]
    at(desk, date(2018, 6, 8))
    book = leavebooks.filings(desk, 2018)
    assert book.rows[0].state == "缺备案，已过3天"
    assert book.rows[1].channel == "传真、人事处"
    assert "应备案4件次，已备案2件次，缺备案2件次" in book.sheet.notes[0]
    assert leavebooks.filings(desk, 2019).rows == ()


def test_a_cover_list_per_unit_with_a_place_for_the_receipt(desk: Desk) -> None:
    people = team(desk)
    slips = [
        made(desk, people["李四"], "2018-06-05am/2018-06-08pm"),
        made(desk, people["孙六"], "2018-06-06am/2018-06-06pm"),
        made(desk, people["孙六"], "2018-06-12am/2018-06-12pm"),
    ]
    made(desk, people["赵五"], "2018-06-07am/2018-06-07pm", signed=False)
    found = pages(desk, leavebooks.cover(desk))
    assert len(found) == 2
    by_unit = {unit: text for unit in ("翁牛特旗农牧业局", "自治区林业和草原局") for text in found if unit in text}
    assert "共2份" in by_unit["翁牛特旗农牧业局"]
    assert [number in by_unit["翁牛特旗农牧业局"] for number in ("2018-0001", "2018-0002", "2018-0003")] == [
        False,
        True,
        True,
    ]
    assert all("签收人（章）：" in text and "—1—" in text for text in found)
    liaison = leavebooks.cover(desk, body="liaison")
    assert (len(liaison.rows), len(pages(desk, liaison))) == (3, 1)
    at(desk, date(2018, 6, 5))
    leavedesk.file(desk, slips[0].id, "unit", date(2018, 6, 5))
    assert [row.number for row in leavebooks.cover(desk).rows] == ["2018-0002", "2018-0003"]
    assert [row.number for row in leavebooks.cover(desk, handed=date(2018, 6, 5)).rows] == ["2018-0001"]


# ---------------------------------------------------------------- the card


def test_the_card_keeps_sixteen_then_six_days_of_overstay_apart(desk: Desk) -> None:
    people = team(desk)
    slip = made(desk, people["李四"], "2018-07-05am/2018-07-10pm", leave_type="personal")
    at(desk, date(2018, 7, 27))
    leavedesk.back(desk, slip.id, date(2018, 7, 27), "am")
    rows = leavebooks.card(desk, 2018, person="李四").rows
    assert [(row.group, row.natural) for row in rows] == [("已批准", 6), ("超假", 16)]
    longer = leaveversions.extend(desk, slip.id, date(2018, 7, 20), "pm", "病情反复", filled=date(2018, 7, 28))
    assert [row.natural for row in leavebooks.card(desk, 2018, person="李四").rows] == [6, 10, 16]
    at(desk, date(2018, 7, 28))
    sign(desk, longer, date(2018, 7, 28))
    book = leavebooks.card(desk, 2018, person="李四")
    assert [(row.group, row.natural) for row in book.rows] == [("已批准", 6), ("已批准", 10), ("超假", 6)]
    totals = {row[0]: row for row in cells(book)[-3:]}
    assert totals["小计"][3:6] == ["16", "12", "事假"]
    assert totals["已批准合计"][3] == "16"
    assert (totals["超假合计"][3], totals["超假合计"][8]) == ("6", "无正当理由离岗，单列，不与请假相加")
    (text,) = pages(desk, book)
    assert "2018年7月21日至2018年7月26日" in text


def test_cards_of_everybody_are_a_page_each_and_an_empty_year_is_said(desk: Desk) -> None:
    people = team(desk)
    made(desk, people["李四"], "2018-12-30pm/2019-01-02am", day=date(2018, 12, 31), leave_type="annual")
    made(desk, people["王海"], "2018-06-07am/2018-06-08pm")
    both = leavebooks.card(desk, 2018)
    assert [row.name for row in both.rows] == ["王海", "李四"]
    assert len(pages(desk, both)) == 2
    (row,) = leavebooks.card(desk, 2019, person="李四").rows
    assert (row.natural, row.by_type, row.period) == (1.5, 0.5, "2019-01-01上午至2019-01-02上午")
    with pytest.raises(Refused, match="没有请假记录"):
        leavebooks.card(desk, 2017)


def test_a_year_without_holidays_is_said_on_the_card(tmp_path: Path) -> None:
    with closing(open_office(tmp_path)) as desk:
        posting = enter(desk, "李四")
        made(desk, posting, "2027-01-04am/2027-01-08pm", day=date(2027, 1, 3), leave_type="annual", signed=False)
        (row,) = leavebooks.card(desk, 2027, person="李四").rows
        assert (row.natural, row.by_type) == (5, "2027年节假日表未登记")


# ---------------------------------------------------------------- calls and late slips


def test_the_call_sheet_begins_with_the_longest_overdue(desk: Desk) -> None:
    people = team(desk)
    due = made(desk, people["李四"], "2018-06-05am/2018-06-15pm")
    overdue = made(desk, people["王海"], "2018-06-06am/2018-06-12pm")
    longest = made(desk, people["赵五"], "2018-06-05am/2018-06-07pm", phone="10000000099")
    unsigned = made(desk, people["孙六"], "2018-06-20am/2018-06-21pm", signed=False)
    unfiled = made(desk, people["孙六"], "2018-06-13am/2018-06-13pm")
    at(desk, date(2018, 6, 15))
    leavedesk.back(desk, unfiled.id, date(2018, 6, 13), "pm")
    rows = leavebooks.calls(desk).rows
    assert [(row.number, row.group) for row in rows] == [
        (longest.number, "超假未归"),
        (overdue.number, "超假未归"),
        (due.number, "到期待销假"),
        (unsigned.number, "待签回"),
        (unfiled.number, "缺备案"),
    ]
    assert [row.phone for row in rows[:2]] == ["10000000099", "10000000001"]
    assert "自2018-06-08起超假8天，如不返岗，到2018-06-23连续超过15天" in rows[0].questions
    assert rows[3].questions == "缺书记、队长签字"
    assert "缺派出单位、联络考评组备案（应于2018-06-05前，已过期）" in rows[4].questions
    assert len(pages(desk, leavebooks.calls(desk))) == 1


def test_a_slip_in_its_day_of_grace_is_rung_about_as_due_not_as_overdue(desk: Desk) -> None:
    people = team(desk)
    made(desk, people["李四"], "2018-06-05am/2018-06-15pm")
    at(desk, date(2018, 6, 16))
    (row,) = leavebooks.calls(desk).rows
    assert (row.group, row.over) == ("到期待销假", 0)
    assert row.questions.startswith("何时返回")
    at(desk, date(2018, 6, 17))
    assert [row.group for row in leavebooks.calls(desk).rows] == ["超假未归"]


def test_the_rate_of_late_slips_per_team_and_year(tmp_path: Path) -> None:
    with closing(open_office(tmp_path, level="region")) as desk:
        one, other = enter(desk, "李四", county="150426"), enter(desk, "王五", county="150421")
        for day in (5, 6, 7):
            made(desk, one, f"2018-06-0{day}am/2018-06-0{day}pm", signed=False, late_reason="补办" if day == 5 else "")
        made(desk, other, "2018-06-05am/2018-06-05pm", signed=False)
        void = made(desk, other, "2018-06-06am/2018-06-06pm", signed=False, late_reason="补办")
        leavedesk.end(desk, void.id, "voided", "重填")
        book = leavebooks.lates(desk, 2018)
        assert [(row.name, row.slips, row.late, row.rate) for row in book.rows] == [
            ("翁牛特旗", 3, 1, 33.3),
            ("阿鲁科尔沁旗", 1, 0, 0.0),
        ]
        assert cells(book)[-1] == ["合计", "4", "1", "25"]
        assert leavebooks.lates(desk, 2019).rows == ()


# ---------------------------------------------------------------- every book


def every(desk: Desk) -> dict[str, Book[Any]]:
    """Make every book of an office with a little of everything."""
    people = team(desk)
    first = made(desk, people["李四"], "2018-06-05am/2018-06-08pm", reason="=cmd，赴自治区汇报" * 12)
    made(desk, people["王海"], "2018-06-07am/2018-06-08am", signed=False)
    made(desk, people["孙六"], "2018-06-05pm/2018-06-06pm", late_reason="补办")
    at(desk, date(2018, 6, 11))
    leavedesk.file(desk, first.id, "unit", date(2018, 6, 5))
    return {
        "register": leavebooks.register(desk, 2018),
        "filing": leavebooks.filings(desk, 2018),
        "cover": leavebooks.cover(desk, body="liaison"),
        "card": leavebooks.card(desk, 2018),
        "calls": leavebooks.calls(desk),
        "late": leavebooks.lates(desk, 2018),
        "brief": leavebooks.brief(desk, first.id),
        "story": leavebooks.story(desk, first.id),
    }


def test_workbook_and_lines_hold_the_very_rows(desk: Desk) -> None:
    for name, book in every(desk).items():
        sheet = openpyxl.load_workbook(io.BytesIO(books.xlsx(desk, book))).active
        rows = [[_read(cell.value) for cell in row] for row in sheet.iter_rows()]
        assert "（练习）" in rows[0][0], name
        start = rows.index([column.heading for column in book.sheet.columns]) + 1
        body = cells(book)
        assert rows[start : start + len(body)] == body, name
        assert len(books.lines(book)) == 1 + len(body), name
        assert len(book.rows) == len(book.sheet.rows), name


def _read(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return words_of(float(value)) if isinstance(value, int | float) else str(value or "")


def test_every_printed_book_bears_the_practice_mark_and_no_citizen_number(desk: Desk) -> None:
    mark = "".join(PRACTICE_MARK.split())
    for name, book in every(desk).items():
        for text in pages(desk, book):
            assert mark in text, name
            assert ID_NUMBER not in text, name


def test_every_cell_is_on_paper(desk: Desk) -> None:
    found = every(desk)
    for name in ("register", "filing", "calls", "late", "story"):
        text = "".join(pages(desk, found[name]))
        said = [
            brief if (brief := short_day(cell)) and brief in text else with_dates(cell)
            for row in cells(found[name])
            for cell in row
        ]
        missing = [cell for cell in said if any(part not in text for part in cell.split())]
        short = [cell for cell in said if len(cell) < 5 and "".join(cell.split()) not in text]
        assert (missing, short) == ([], []), name


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"return_note": "至今未归"}, "返回未登记，写有“至今未归”\n超假22天"),
        ({"return_note": "已销假"}, "返回未登记，写有“已销假”"),
        ({"returned": "2018-07-10am"}, "07-10上午返回\n退回1天"),
    ],
)
def test_the_register_shows_words_as_words_and_a_return_as_a_return(said: dict[str, str], words: str) -> None:
    away = papers.slip(period="2018-07-05am/2018-07-10pm", **said)
    told = papers.told(away, date(2018, 8, 1), opinions=papers.approved())
    assert back_words(told, 2018) == words


def test_the_list_of_calls_names_who_when_and_what_disagrees(tmp_path: Path) -> None:
    with closing(open_office(tmp_path, level="region", practice=True)) as desk:
        at(desk, date(2018, 6, 4))
        people = team(desk)
        slips = [made(desk, people["王海"], f"2018-06-{day:02}am/2018-06-{day:02}pm") for day in (5, 12, 19)]
        at(desk, date(2018, 6, 25))
        for slip, day in zip(slips, (6, 13, 20), strict=True):
            leavedesk.back(desk, slip.id, date(2018, 6, day), "am")
        leavedesk.call(desk, slips[0].id, "county", "K7P2", day=date(2018, 6, 6), time="18:05")
        leavedesk.call(desk, slips[0].id, "liaison", "K7P2", day=date(2018, 6, 6))
        leavedesk.call(desk, slips[1].id, "county", "K7P2", day=date(2018, 6, 13))
        leavedesk.call(desk, slips[1].id, "liaison", "K7P3", day=date(2018, 6, 13))
        book = leavebooks.phone_notes(desk)
        assert [(row.number, row.presses) for row in book.rows] == [(slips[2].number, True), (slips[1].number, True)]
        assert "缺旗县电话销假记录" in book.rows[0].text
        assert "K7P3" in cells(book)[1][6]
        assert "核对词不一致" in "".join(pages(desk, book))
        known = judging.facts(desk)
        assert leavebooks.uncalled(known, judging.policy_on(desk, known.today)) == len(book.rows)
        assert sum(Watch.UNCALLED in one.lists for one in slips_to_watch(desk)) == len(book.rows)
