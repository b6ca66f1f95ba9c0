"""Logs, notes and items as records: their natural ids, what is refused and why, and sheets in and out."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from tests.services.desks import changed, enter, open_office, over
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import DailyLog, LedgerItem, WeeklyNote
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as desk, over(desk, date(2018, 6, 30)):
        yield desk


def sheet(path: Path, *rows: Sequence[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def refused(desk: Desk, record: Record) -> list[tuple[str, tuple[str, ...]]]:
    with pytest.raises(Refused) as caught:
        registers.save(desk, record)
    return [(problem.code, problem.fields) for problem in caught.value.problems]


def a_log(desk: Desk, **said: Any) -> DailyLog:
    posting = enter(desk, "张三")
    log = DailyLog(id=registers.new_id(desk), posting=posting.id, date=date(2018, 6, 5), text="走访")
    return msgspec.structs.replace(log, **said)


def test_a_log_is_kept_under_person_and_day_whoever_keys_it(desk: Desk) -> None:
    log = a_log(desk)
    kept = registers.save(desk, log)
    assert kept.id == f"{log.posting}/2018-06-05"
    registers.save(desk, changed(log, id=registers.new_id(desk), text="走访8户"))
    assert [held.text for held in desk.store.rows(DailyLog)] == ["走访8户"]


def test_a_kept_log_does_not_wander_to_another_day(desk: Desk) -> None:
    kept = registers.save(desk, a_log(desk))
    assert refused(desk, changed(kept, date=date(2018, 6, 6))) == [("journal.moved", ("date",))]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"text": ""}, ("journal.empty", ("text",))),
        ({"households": -1}, ("journal.households", ("households",))),
        ({"households": 10**30}, ("journal.households", ("households",))),
        ({"date": date(2018, 5, 31)}, ("journal.posting", ("date",))),
        ({"date": None}, ("required", ("date",))),
        ({"paper_seen_by": "李四"}, ("journal.paper", ("paper_seen",))),
        ({"paper_seen": date(2018, 6, 6)}, ("journal.paper", ("paper_seen_by",))),
        ({"text": "长" * 5001}, ("too_long", ("text",))),
    ],
)
def test_a_log_is_refused_at_its_field(desk: Desk, said: dict[str, Any], found: object) -> None:
    assert found in refused(desk, a_log(desk, **said))
    assert desk.store.rows(DailyLog) == []


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_days_nobody_can_mean_are_refused(desk: Desk, day: date) -> None:
    assert ("date", ("date",)) in refused(desk, a_log(desk, date=day))
    item = LedgerItem(id=registers.new_id(desk), task="修路", opened=day)
    assert ("date", ("opened",)) in refused(desk, item)


def test_a_log_on_paper_needs_no_text_and_five_thousand_characters_are_kept(desk: Desk) -> None:
    log = a_log(desk, text="", paper_seen_by="李四", paper_seen=date(2018, 6, 11))
    assert registers.save(desk, log) == changed(log, id=f"{log.posting}/2018-06-05")
    registers.save(desk, changed(log, text="长" * 5000))
    assert len(desk.store.rows(DailyLog)[0].text) == 5000


def test_a_note_is_one_per_team_and_week(desk: Desk) -> None:
    note = WeeklyNote(id=registers.new_id(desk), county="150426", week="2018年第23周", text="本周走访。")
    assert registers.save(desk, note).id == "150426/2018-W23"
    assert refused(desk, changed(note, week="2018-W53")) == [("journal.week", ("week",))]


def test_an_item_stands_on_the_page_of_its_first_day(desk: Desk) -> None:
    item = LedgerItem(id=registers.new_id(desk), task="修路", opened=date(2018, 6, 5))
    kept = registers.save(desk, item)
    assert isinstance(kept, LedgerItem)
    assert (kept.week, kept.state) == ("2018-W23", "open")
    assert refused(desk, changed(kept, due=date(2018, 6, 4))) == [("journal.due", ("due",))]
    assert refused(desk, changed(kept, finished=date(2018, 6, 4))) == [("journal.finished", ("finished",))]


def test_a_county_writes_no_log_of_a_neighbour(desk: Desk) -> None:
    note = WeeklyNote(id="150125/2018-W23", county="150125", week="2018-W23", text="邻旗")
    assert refused(desk, note)[0][0] == "authority"


LOGS = ["姓名", "日期", "地点", "地点类别", "走访户数", "工作内容", "查看人", "查看日期"]


def test_logs_come_in_by_name_and_day_and_go_round_unchanged(desk: Desk, tmp_path: Path) -> None:
    posting = enter(desk, "张三")
    rows: list[list[object]] = [["张三", "2018.6.5", "胡吉尔图嘎查", "入户", 6, "走访贫困户", None, None]]
    rows += [["张三", "2018.6.6", None, None, None, None, "李四", "2018-06-11"]]
    path = sheet(tmp_path / "a.xlsx", LOGS, *rows)
    assert intake.confirm(desk, intake.preview(desk, "daily_log", path)).new == 2
    first, second = desk.store.rows(DailyLog)
    assert (first.id, first.place_kind, first.households) == (f"{posting.id}/2018-06-05", "household", 6)
    assert (second.text, second.paper_seen_by, second.paper_seen) == ("", "李四", date(2018, 6, 11))
    out = tmp_path / "out.xlsx"
    out.write_bytes(intake.export(desk, "daily_log"))
    assert "张三" in [cell.value for row in openpyxl.load_workbook(out).active for cell in row]
    assert intake.preview(desk, "daily_log", out).counts == intake.Counts(same=2)


def test_two_people_of_one_name_still_go_round(desk: Desk, tmp_path: Path) -> None:
    for _ in range(2):
        registers.save(desk, a_log(desk))
    out = tmp_path / "out.xlsx"
    out.write_bytes(intake.export(desk, "daily_log"))
    assert intake.preview(desk, "daily_log", out).counts == intake.Counts(same=2)


def test_what_is_wrong_in_a_sheet_of_logs_is_said_at_its_cell(desk: Desk, tmp_path: Path) -> None:
    enter(desk, "张三", since=date(2018, 6, 2))
    rows: list[list[object]] = [
        ["张三", "2018-06-01", None, None, None, "早到", None, None],
        ["王五", "2018-06-05", None, None, None, "不识", None, None],
        ["张三", "2018-06-05", None, "天上", None, "何处", None, None],
        ["张三", "2018-06-07", None, None, None, "一", None, None],
        ["张三", "2018-06-07", None, None, None, "又一", None, None],
        ["张三", "2018-06-08", None, None, -3, "负", None, None],
        ["张三", "9999-12-31", None, None, None, "远", None, None],
    ]
    found = intake.preview(desk, "daily_log", sheet(tmp_path / "a.xlsx", LOGS, *rows))
    places = [(row, heading) for row, heading, _ in found.messages()]
    expected = [(2, "姓名"), (3, "姓名"), (4, "地点类别"), (6, "日期"), (7, "走访户数"), (8, "日期")]
    assert places == expected
    assert found.counts == intake.Counts(new=1, rejected=6)


def test_notes_and_items_come_in_and_go_round(desk: Desk, tmp_path: Path) -> None:
    posting = enter(desk, "张三")
    notes = sheet(tmp_path / "n.xlsx", ["周次", "周记正文", "签字人"], ["2018年第23周", "本周走访。", "李四"])
    assert intake.confirm(desk, intake.preview(desk, "weekly_note", notes)).new == 1
    assert desk.store.rows(WeeklyNote)[0].id == "150426/2018-W23"
    head = ["工作事项", "责任人", "立项日期", "完成时限", "状态"]
    items = sheet(tmp_path / "i.xlsx", head, ["修路", "张三", "2018-06-05", "2018-06-20", "办理中"])
    assert intake.confirm(desk, intake.preview(desk, "ledger_item", items)).new == 1
    (item,) = desk.store.rows(LedgerItem)
    assert (item.posting, item.week, item.state) == (posting.id, "2018-W23", "open")
    for kind in ("weekly_note", "ledger_item"):
        out = tmp_path / f"{kind}.xlsx"
        out.write_bytes(intake.export(desk, kind))
        assert intake.preview(desk, kind, out).counts == intake.Counts(same=1)


def test_the_region_office_takes_in_logs_of_any_county(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "region", level="region")) as desk, over(desk, date(2018, 6, 30)):
        posting = enter(desk, "张三", county="150125")
        path = sheet(tmp_path / "a.xlsx", ["所属旗县", *LOGS], ["武川县", "张三", "2018-06-05", *[None] * 3, "走访"])
        assert intake.confirm(desk, intake.preview(desk, "daily_log", path)).new == 1
        assert desk.store.rows(DailyLog)[0].id == f"{posting.id}/2018-06-05"
