"""Closing a month: what it freezes, what keeps it from being closed, what no way of writing may change afterwards."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import openpyxl
import pytest

from tests.services.closings import at, key
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Attendance, CalendarDay, Correction, MonthClose, Posting
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.judging import explaining, judging
from tuopin_desktop.services.office import calendars
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.rulings import rulings
from tuopin_desktop.services.sheets import intake

OCTOBER, NEXT = "2018-10", "2018-11-05"
PAPER = "内工作队办〔2018〕9号"


class Opened:
    """An office whose day can be changed."""

    def __init__(self, folder: Path, **said: str) -> None:
        self.desk = open_office(folder, clerk="包图雅", **said)

    def on(self, day: str) -> Desk:
        self.desk = at(self.desk, day)
        return self.desk


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(tmp_path / "office")
    yield opened
    opened.desk.close()


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(tmp_path / "region", level="region")
    yield opened
    opened.desk.close()


def october(desk: Desk, **other: str) -> Posting:
    """Enter one person who worked the 18 workdays and two rest days of October 2018 (V2), 39 halves if told so."""
    posting = enter(desk, "张三")
    rest = dict.fromkeys(_RESTS, "cr/cr")
    key(desk, posting, OCTOBER, "vw/vw", **{**rest, "d13": "vw/vw", "d14": "vw/vw", **other})
    return posting


_RESTS = ("d01", "d02", "d03", "d04", "d05", "d06", "d07", "d13", "d14", "d20", "d21", "d27", "d28")


def twenty(desk: Desk) -> tuple[Verdict, str]:
    (found,) = judging.findings(desk, "A09-1")
    return found.verdict, found.sentence


def test_a_close_freezes_who_when_terms_calendar_and_figures(office: Opened) -> None:
    posting = october(office.desk)
    made = closing.close(office.on(NEXT), OCTOBER)
    assert (made.id, made.state, made.edition) == ("150426/2018-10", "closed", 1)
    assert (made.closed, made.closed_by, made.gaps) == (date(2018, 11, 5), "包图雅", None)
    assert "presence.days=20\n" in made.terms
    assert made.calendar.startswith("2018年放假安排")
    assert made.days.count("1") == 18
    assert len(made.days) == 31
    (day,) = closing.days(office.desk, OCTOBER)
    assert (day.posting, day.name, day.figure.days, day.now) == (posting.id, "张三", 20, 20)
    assert (day.figure.needed, day.figure.village, day.figure.missing) == (20, 40, 0)
    assert closing.standing_close(office.desk, OCTOBER) == made
    assert closing.standing_close(office.desk, "2018-09") is None
    assert office.desk.store.audit() == ""


@pytest.mark.parametrize(
    ("today", "month", "said"),
    [
        ("2018-10-31", OCTOBER, "2018年10月还没有过完，2018-10-31之后才能结账"),
        (NEXT, "2018-05", "2018年5月没有派驻人员"),
        (NEXT, "2018-1", "不是月份"),
        (NEXT, "0000-00", "不是月份"),
        ("2031-03-01", "2031-01", "2031年放假安排尚未登记，休息日无法确定"),
    ],
)
def test_a_month_that_is_not_over_or_has_nobody_is_not_closed(
    office: Opened, today: str, month: str, said: str
) -> None:
    october(office.desk)
    with pytest.raises(Refused, match=said):
        closing.close(office.on(today), month, gaps=62)
    assert registers.rows(office.desk, "month_close") == []


def test_gaps_are_said_by_name_and_day_and_closed_only_by_their_number(office: Opened) -> None:
    october(office.desk, d10="", d11="vw/", d22="", d23="", d24="")
    enter(office.desk, "李四", since=date(2018, 10, 30))
    desk = office.on(NEXT)
    found = closing.preview(desk, OCTOBER)
    assert [gap.text for gap in found.gaps] == ["张三 9个半天未登记：10、11、22至24日", "李四 4个半天未登记：30、31日"]
    for said in (None, 12, 14):
        with pytest.raises(Refused, match=r"还有13个半天未登记.*请确认缺13个半天后结账"):
            closing.close(desk, OCTOBER, gaps=said)
    made = closing.close(desk, OCTOBER, gaps=13, note="李四月底报到")
    assert (made.gaps, made.note) == (13, "李四月底报到")


def test_a_closed_month_is_not_closed_again(office: Opened) -> None:
    october(office.desk)
    closing.close(office.on(NEXT), OCTOBER)
    with pytest.raises(Refused, match="2018年10月考勤已于2018-11-05由包图雅结账"):
        closing.close(office.desk, OCTOBER)


def test_no_way_of_writing_changes_a_closed_month(office: Opened, tmp_path: Path) -> None:
    posting = october(office.desk)
    desk = office.on(NEXT)
    closing.close(desk, OCTOBER)
    month = desk.store.get(Attendance, f"{posting.id}/{OCTOBER}")
    assert month is not None
    said = "2018年10月考勤已于2018-11-05由包图雅结账，不能再改；个别日子有误请填考勤更正单"
    ways = [
        lambda: registers.save(desk, changed(month, d10="ol/ol")),
        lambda: desk.commit([Change("attendance", month.id, {"d10": "ol/ol"})]),
        lambda: registers.delete(desk, "attendance", month.id),
        lambda: desk.commit(
            [Change("person", "150426/x", {"name": "乙"}), Change("attendance", month.id, {"d10": ""})]
        ),
    ]
    for way in ways:
        with pytest.raises(Refused, match=said):
            way()
    assert desk.store.get(Attendance, month.id) == month
    late = enter(desk, "王五", since=date(2018, 10, 20))
    with pytest.raises(Refused, match="已于2018-11-05"):
        key(desk, late, OCTOBER, "")
    key(desk, posting, "2018-11", "")


def test_moving_the_posting_elsewhere_does_not_open_its_closed_month(office: Opened) -> None:
    posting = october(office.desk)
    desk = office.on(NEXT)
    closing.close(desk, OCTOBER)
    registers.save(desk, changed(posting, county="150125"))
    with pytest.raises(Refused, match="已于2018-11-05"):
        desk.commit([Change("attendance", f"{posting.id}/{OCTOBER}", {"d10": "ol/ol"})])


def test_a_file_keeps_its_rows_of_open_months_and_gives_back_those_of_closed_ones(
    office: Opened, tmp_path: Path
) -> None:
    october(office.desk)
    desk = office.on(NEXT)
    closing.close(desk, OCTOBER)
    desk = office.on("2018-11-12")
    book = openpyxl.Workbook()
    for row in (
        ["姓名", "月份", "10上"],
        ["张三", "2018.10", "假"],
        ["张三", "2018.11", "√"],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = intake.preview(desk, "attendance", tmp_path / "a.xlsx")
    assert [plan.action for plan in found.plans] == ["error", "new"]
    ((number, heading, sentence),) = found.messages()
    assert (number, heading) == (2, "月份")
    assert "已于2018-11-05由包图雅结账" in sentence
    assert intake.confirm(desk, found).new == 1
    (tmp_path / "r.xlsx").write_bytes(intake.rejects(desk, found))
    cells = [cell.value for line in openpyxl.load_workbook(tmp_path / "r.xlsx").active.iter_rows() for cell in line]
    assert "假" in cells
    assert cells.count("张三") == 1


def test_a_corrected_month_exported_comes_back_as_no_change(office: Opened, tmp_path: Path) -> None:
    posting = october(office.desk)
    desk = office.on(NEXT)
    closing.close(desk, OCTOBER)
    closing.correct(desk, posting.id, date(2018, 10, 10), "假", "补交病假条")
    (tmp_path / "out.xlsx").write_bytes(intake.export(desk, "attendance"))
    found = intake.preview(desk, "attendance", tmp_path / "out.xlsx")
    assert [plan.action for plan in found.plans] == ["same"]


def test_a_later_ruling_and_a_later_calendar_change_open_months_only(region: Opened) -> None:
    october(region.desk)
    desk = region.on(NEXT)
    before = [one for one in judging.findings(desk, "A09-*") if one.subject.endswith(OCTOBER)]
    closing.close(desk, OCTOBER, "150426")
    # On workdays alone October would be 18 days: the closed month does not flip, the open one does.
    (posting,) = desk.store.rows(Posting)
    key(desk, posting, "2018-09", "vw/vw", d03="cr/cr", d04="cr/cr")
    desk = region.on("2018-11-20")
    assert rulings.what_if(desk, "presence.unit", "workday") == []  # from today on: nothing behind it turns
    flips = rulings.what_if(desk, "presence.unit", "workday", applies=date(2018, 9, 1))
    assert {flip.subject for flip in flips} == {f"attendance:{posting.id}/2018-09"}
    rulings.rule(desk, "presence.unit", "workday", PAPER, date(2018, 11, 20), applies=date(2018, 9, 1))
    registers.save(
        desk,
        CalendarDay(
            id="150426/new", date=date(2018, 10, 8), day="off", nature="local", name="敖包会", county="150426",
            notice="翁政发〔2018〕3号",
        ),
    )  # fmt: skip
    assert calendars.calendar(desk, "150426").is_workday(date(2018, 10, 8)) is False
    told = [one for one in judging.findings(desk, "A09-*") if one.subject.endswith(OCTOBER)]
    after = [one for one in told if one.rule != "A09-3"]
    assert [one.verdict for one in told if one.rule == "A09-3"] == [Verdict.AMBER]
    assert after == before
    switches = {one.question: one for one in explaining.explain(desk, after[0]).settings}
    unit = switches[desk.policy.switch("presence.unit").question]
    assert (unit.value, unit.why) == (desk.policy.switch("presence.unit").value_words, "按2018-11-05结账时的口径")
    closing.reopen(desk, OCTOBER, "口径改变后重报", "150426")
    opened = [one for one in judging.findings(desk, "A09-1") if one.subject.endswith(OCTOBER)]
    assert opened[0].sentence.startswith("在旗县工作17天")


def test_absence_of_a_closed_month_is_read_as_it_was_closed(region: Opened) -> None:
    """V3: sixteen natural days fire; a ruling for workdays, made after the months were closed, takes nothing back."""
    posting = enter(region.desk, "张三")
    days = {f"d{number:02d}": "ou/ou" for number in range(20, 31)}
    key(region.desk, posting, "2018-09", "vw/vw", **days)
    key(region.desk, posting, OCTOBER, "vw/vw", **{f"d{number:02d}": "ou/ou" for number in range(1, 6)})
    desk = region.on(NEXT)
    for month in ("2018-09", OCTOBER):
        closing.close(desk, month, "150426")
    (before,) = judging.findings(desk, "A16-3")
    assert before.verdict is Verdict.SUSPECTED
    assert rulings.what_if(desk, "absence.run_unit", "workday", applies=date(2018, 9, 1)) == []
    rulings.rule(desk, "absence.run_unit", "workday", PAPER, date(2018, 11, 5), applies=date(2018, 9, 1))
    assert judging.findings(desk, "A16-3") == [before]
    closing.reopen(desk, OCTOBER, "按新口径重算", "150426")
    (after,) = judging.findings(desk, "A16-3")
    assert after.verdict is Verdict.OK


def test_reopening_needs_a_reason_and_keeps_the_history(office: Opened) -> None:
    posting = october(office.desk)
    desk = office.on(NEXT)
    with pytest.raises(Refused, match="没有结账"):
        closing.reopen(desk, OCTOBER, "错了")
    closing.close(desk, OCTOBER)
    with pytest.raises(Refused, match="请写明重新打开的原因"):
        closing.reopen(desk, OCTOBER, "  ")
    closing.correct(desk, posting.id, date(2018, 10, 8), "假", "补交病假条")
    made = closing.reopen(desk, OCTOBER, "漏登两人")
    assert (made.state, made.reopened, made.reopened_by) == ("open", date(2018, 11, 5), "包图雅")
    key(desk, posting, OCTOBER, "cw/cw")
    again = closing.close(desk, OCTOBER)
    assert (again.edition, again.reopen_reason) == (2, "漏登两人")
    slip = "更正单2018-0001：2018-10-08，补交病假条"
    told = [entry.what for entry in closing.history(desk, OCTOBER)]
    assert told == ["第1次结账", slip, "重新打开：漏登两人", "第2次结账"]


def test_a_correction_shows_both_figures_and_leaves_the_closed_one(office: Opened) -> None:
    posting = october(office.desk, d08="cw/cr")
    desk = office.on(NEXT)
    closing.close(desk, OCTOBER)
    assert twenty(desk)[0] is Verdict.RED
    made = closing.correct(desk, posting.id, date(2018, 10, 8), "○", "下午在旗县开会，会议签到表", paper="签到表")
    assert (made.number, made.before, made.after) == ("2018-0001", "cw/cr", "cw/cw")
    assert (made.id, made.corrected_by) == (f"{posting.id}/2018-10-08/1-1", "包图雅")
    verdict, sentence = twenty(desk)
    assert verdict is Verdict.OK
    assert "（结账登记19.5天，现计20天）" in sentence
    (day,) = closing.days(desk, OCTOBER)
    assert (day.figure.days, day.now) == (19.5, 20)
    stored = desk.store.get(Attendance, f"{posting.id}/{OCTOBER}")
    assert stored is not None
    assert stored.d08 == "cw/cr"
    with pytest.raises(Refused, match="更正后与现登记相同"):
        closing.correct(desk, posting.id, date(2018, 10, 8), "○", "再说一遍")
    second = closing.correct(desk, posting.id, date(2018, 10, 8), "√", "更正有误")
    assert (second.id[-3:], second.number, second.before) == ("1-2", "2018-0002", "cw/cw")
    assert [one.number for one in closing.corrections(desk, 2018)] == ["2018-0001", "2018-0002"]
    assert closing.corrections(desk, 2019) == []


def test_a_day_nobody_keyed_is_corrected_too_and_reopening_takes_corrections_into_the_month(office: Opened) -> None:
    october(office.desk)
    other = enter(office.desk, "李四")
    desk = office.on(NEXT)
    closing.close(desk, OCTOBER, gaps=62)
    closing.correct(desk, other.id, date(2018, 10, 31), "√", "补交签到簿")
    assert {one.name: one.now for one in closing.days(desk, OCTOBER)} == {"张三": 20, "李四": 1}
    closing.reopen(desk, OCTOBER, "补登李四")
    month = desk.store.get(Attendance, f"{other.id}/{OCTOBER}")
    assert month is not None
    assert month.d31 == "vw/vw"
    key(desk, other, OCTOBER, "cw/cw")
    closing.close(desk, OCTOBER)
    assert {one.name: one.now for one in closing.days(desk, OCTOBER)} == {"张三": 20, "李四": 31}


@pytest.mark.parametrize(
    ("day", "after", "said"),
    [
        (date(2018, 10, 8), "×", "不是考勤符号"),
        (date(2018, 10, 8), "√/", "不是考勤符号"),
        (date(2018, 5, 31), "√", "不在派驻期间"),
        (date(2018, 11, 1), "√", "还没有结账，请直接修改考勤"),
    ],
)
def test_a_correction_that_cannot_be_is_said(office: Opened, day: date, after: str, said: str) -> None:
    posting = october(office.desk)
    desk = office.on(NEXT)
    closing.close(desk, OCTOBER)
    with pytest.raises(Refused, match=said):
        closing.correct(desk, posting.id, day, after, "原因")
    with pytest.raises(Refused, match="请填写“更正原因”"):
        closing.correct(desk, posting.id, date(2018, 10, 8), "假", "")
    assert registers.rows(desk, "correction") == []


def test_closes_and_corrections_are_written_by_their_use_cases_alone(office: Opened) -> None:
    posting = october(office.desk)
    desk = office.on(NEXT)
    made = closing.close(desk, OCTOBER)
    for way in (
        lambda: registers.save(desk, changed(made, state="open")),
        lambda: registers.delete(desk, "month_close", made.id),
        lambda: registers.save(desk, Correction(id=f"{posting.id}/x", posting=posting.id)),
    ):
        with pytest.raises(Refused, match="请用相应的办理按钮"):
            way()
    assert desk.store.rows(MonthClose) == [made]


def test_a_year_end_and_a_leap_february(office: Opened) -> None:
    posting = enter(office.desk, "张三")
    for month in ("2018-12", "2020-02", "2019-02"):
        key(office.desk, posting, month)
    desk = office.on("2020-03-01")
    for month, length in (("2018-12", 31), ("2020-02", 29), ("2019-02", 28)):
        made = closing.close(desk, month)
        (day,) = closing.days(desk, month)
        assert (len(made.days), day.figure.in_post, day.figure.days) == (length, length, length)


def test_absurd_figures_in_a_close_do_not_stop_the_checks(office: Opened) -> None:
    october(office.desk)
    desk = office.on(NEXT)
    made = closing.close(desk, OCTOBER)
    broken: dict[str, str | int | None] = {"figures": "{", "terms": "presence.unit=moon\nx", "days": "1"}
    desk.store.commit([Change("month_close", made.id, broken)], "乙", 1541000000000)
    assert twenty(desk)[0] is Verdict.OK
    assert closing.days(desk, OCTOBER) == []


def test_two_offices_that_make_the_same_correction_meet_in_one_record(office: Opened) -> None:
    posting = october(office.desk)
    desk = office.on(NEXT)
    closing.close(desk, OCTOBER)
    made = closing.correct(desk, posting.id, date(2018, 10, 8), "假", "补交病假条")
    twin = msgspec.structs.replace(made, corrected_by="区办")
    assert twin.id == made.id
