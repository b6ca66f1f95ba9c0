"""What judging needs of logs and notes: days as bits and days of signature, never a text; the same in portions."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.services.desks import enter, open_office, over
from tuopin_desktop.domain.records import Attendance, DailyLog, WeeklyNote
from tuopin_desktop.services.judging import judging, portions
from tuopin_desktop.services.office import journalkeeping
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", level="region")) as desk:
        yield desk


def write(desk: Desk, posting: str, *days: str) -> None:
    for day in days:
        log = DailyLog(
            id=registers.new_id(desk, posting[:6]), posting=posting, date=date.fromisoformat(day), text="走访"
        )
        with over(desk, date.fromisoformat(day)):
            registers.save(desk, log)


def test_days_are_bits_by_posting_and_month_without_what_was_deleted(desk: Desk) -> None:
    posting = enter(desk, "张三").id
    write(desk, posting, "2018-06-01", "2018-06-30", "2018-07-31", "2018-12-31", "2019-01-01")
    registers.delete(desk, "daily_log", f"{posting}/2018-06-30")
    found = journalkeeping.logged(desk, journalkeeping.under("15"))
    assert found == {
        f"{posting}/2018-06": 1,
        f"{posting}/2018-07": 1 << 30,
        f"{posting}/2018-12": 1 << 30,
        f"{posting}/2019-01": 1,
    }
    assert journalkeeping.logged(desk, journalkeeping.under("150125")) == {}
    months = [Attendance(id=f"{posting}/{month}", posting=posting, month=month) for month in ("2018-06", "2018-12")]
    assert journalkeeping.logged_in(desk, months[:1]) == {f"{posting}/2018-06": 1}
    assert journalkeeping.logged_in(desk, months) == found
    assert journalkeeping.logged_in(desk, []) == {}


def test_notes_without_text_are_not_there_and_their_day_is_that_of_the_signature(desk: Desk) -> None:
    for week, said in (
        ("2018-W23", {"text": "本周"}),
        ("2018-W24", {"text": "本周", "signed": date(2018, 6, 20)}),
        ("2018-W25", {"paper_seen_by": "李四", "paper_seen": date(2018, 6, 26)}),
        ("2018-W26", {"draft": "初稿"}),
    ):
        with over(desk, date(2018, 6, 26)):
            registers.save(desk, WeeklyNote(id=f"150426/{week}", county="150426", week=week, **said))
    assert journalkeeping.noted(desk, journalkeeping.under("15")) == {
        "150426/2018-W23": None,
        "150426/2018-W24": date(2018, 6, 20),
        "150426/2018-W25": date(2018, 6, 26),
    }


def test_portions_say_what_is_said_over_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, county in (("张三", "150125"), ("李四", "150426")):
        posting = enter(desk, name, county=county).id
        days: dict[str, Any] = {f"d{day:02d}": "vw/vw" for day in range(1, 31)}
        with over(desk, date(2018, 6, 30)):
            registers.save(desk, Attendance(id=f"{posting}/2018-06", posting=posting, month="2018-06", **days))
        write(desk, posting, *(f"2018-06-{day:02d}" for day in range(1, 29)))
    whole = judging.findings(desk, "A10-2", on=date(2018, 8, 1))
    assert {finding.inputs[0][0] for finding in whole} == {"应写日志", "应有周记"}
    assert {finding.inputs[2] for finding in whole if finding.subject.startswith("attendance")} == {("缺", "2天")}
    monkeypatch.setattr(portions.portions, "__defaults__", (1,))
    parts = list(judging.stream(desk, "A10-2", date(2018, 8, 1)))
    assert sorted(parts, key=lambda one: one.subject) == sorted(whole, key=lambda one: one.subject)
