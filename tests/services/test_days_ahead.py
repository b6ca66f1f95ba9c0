"""Days that are not here yet are noted through no door, and told when they come by package. History is never late."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.services.desks import enter, open_office, over, write_logs
from tests.services.exchangers import COUNTY, found, join, region, send
from tests.services.leaveteam import at, made, team
from tuopin_desktop.domain.ahead import happening
from tuopin_desktop.domain.attendance.months import month_id
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.journals.entries import log_id
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Form, fields
from tuopin_desktop.domain.records import KINDS, Attendance, DailyLog
from tuopin_desktop.services.attendance import keep
from tuopin_desktop.services.attendance.keep import Edit
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.journals import logs
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake

MAY_LIE_AHEAD = set(
    "team.arrived posting.since posting.until authorisation.first authorisation.last ruling.applies calendar_day.date "
    "spot_check.due own_check.due ledger_item.due meeting_problem.due advancement.due insurance.since insurance.until "
    "subsidy_rate.since meeting.held lending.due term_seal.ends".split()
)
"""Terms, limits and plans."""
NOT_ASKED = set(
    "dispatch.dated dispatch.sent amendment.day attendance.keyed "
    "posting.party_moved posting.applied leave_slip.filled leave_slip.printed_on leave_slip.ended_on decision.decided "
    "ruling.ruled calendar_year.issued work_summary.handed ballot_round.held grade.decided_on spot_check.checked "
    "spot_check.closed own_check.checked own_check.closed rectification.done check_draw.drawn explanation.said "
    "explanation.reopened_on ledger_item.opened ledger_item.finished round_trip.reimbursed month_close.closed "
    "month_close.reopened correction.corrected meeting_problem.closed team_report.occurred team_report.sent "
    "team_report.copied half_year_report.written half_year_report.to_unit half_year_report.to_office matter.raised "
    "matter.answered matter.closed follow_up.date advancement.done incident.date incident.handled "
    "medical_claim.submitted medical_claim.reimbursed fund.date recall_case.since recall_case.opened "
    "recall_case.closed statement.said measure.taken measure.replied replacement.applied snapshot.taken "
    "purge.proposed purge.confirmed remark.raised remark.answered archive_item.dated archive_item.formed "
    "service_certificate.issued extract.taken extract.first extract.last lending.lent lending.returned "
    "archive_handover.made term_seal.sealed_on term_seal.reopened_on closing_note.noted".split()
)
"""Days of an office's own paper, on which no attendance, absence or signature of a member rests."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", practice=True)) as desk:
        yield desk


def test_every_date_of_every_kind_says_whether_it_may_lie_ahead() -> None:
    dates = {
        f"{kind}.{item.name}"
        for kind, cls in KINDS.items()
        for item in fields(cls)
        if item.form in (Form.DATE, Form.HALF)
    }
    happened = {f"{kind}.{name}" for kind in KINDS for name in happening(kind)}
    assert happened & (MAY_LIE_AHEAD | NOT_ASKED) == set()
    assert dates - happened - MAY_LIE_AHEAD - NOT_ASKED == set()


def test_the_grid_a_record_a_sheet_and_a_log_of_tomorrow_are_refused(desk: Desk, tmp_path: Path) -> None:
    posting = enter(desk, "张三")
    key = month_id(posting.id, "2018-06")
    with pytest.raises(Refused, match="2018-06-05还没有到（今天是2018-06-04）"):
        keep.keep(desk, [Edit(posting.id, "2018-06", 5, "", "vw/vw")])
    with pytest.raises(Refused, match="还没有到"):
        registers.save(desk, Attendance(id=key, posting=posting.id, month="2018-06", d30="vw/vw"))
    book = openpyxl.Workbook()
    for row in (["姓名", "月份", "3上", "5上"], ["张三", "2018.06", "√", "√"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    seen = intake.preview(desk, "attendance", tmp_path / "a.xlsx")
    assert [plan.action for plan in seen.plans] == ["error"]
    assert any("还没有到" in sentence for _, _, sentence in seen.messages())
    day = date(2018, 6, 5)
    log = DailyLog(id=log_id(posting.id, day), posting=posting.id, date=day, text="走访")
    assert "还没有到" in str(logs.keep(desk, [log])[log.id][0])
    assert desk.store.rows(Attendance) == []
    assert desk.store.rows(DailyLog) == []
    keep.keep(desk, [Edit(posting.id, "2018-06", 4, "", "vw/vw")])


def test_nobody_signs_files_or_comes_back_tomorrow(desk: Desk) -> None:
    slip = made(desk, team(desk)["李四"], "2018-06-05am/2018-06-08pm")
    for step in (
        lambda: leavedesk.sign(desk, slip.id, "secretary", "白音", date(2018, 6, 9)),
        lambda: leavedesk.file(desk, slip.id, "unit", date(2018, 6, 5)),
        lambda: leavedesk.back(desk, slip.id, date(2018, 6, 8), reported=date(2018, 6, 8)),
        lambda: leavedesk.call(desk, slip.id, "county", "A", day=date(2018, 6, 8), speaker="李四"),
    ):
        with pytest.raises(Refused, match="还没有到"):
            step()
    at(desk, date(2018, 6, 8), 18)
    assert leavedesk.back(desk, slip.id, date(2018, 6, 8)).slip.returned == "2018-06-08pm"


def test_a_clock_that_fell_back_does_not_call_the_days_already_written_days_to_come(desk: Desk) -> None:
    posting = enter(desk, "张三")
    at(desk, date(2000, 1, 1))
    keep.keep(desk, [Edit(posting.id, "2018-06", 4, "", "vw/vw")])
    with pytest.raises(Refused, match="系统时间"):
        keep.keep(desk, [Edit(posting.id, "2018-06", 5, "", "vw/vw")])


def test_what_comes_of_days_ahead_is_taken_and_told(tmp_path: Path) -> None:
    root, county = region(tmp_path / "region"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path / "stick")
    posting = enter(county, "张三")
    with over(county, date(2018, 6, 20)):
        keep.keep(county, [Edit(posting.id, "2018-06", 20, "", "vw/vw")])
    told = packages.account(packages.take(root, send(county, "15", tmp_path / "up")))
    assert any("1处写的是还没有到的日子（最晚2018-06-20）" in line for line in told)
    for desk in (root, county):
        desk.close()


def test_history_keyed_in_afterwards_is_one_line_of_the_import_and_nobody_is_late(desk: Desk, tmp_path: Path) -> None:
    posting = enter(desk, "张三", since=date(2018, 3, 1))
    at(desk, date(2018, 8, 1))
    book = openpyxl.Workbook()
    for row in (["队员", "日期", "工作内容"], *(["张三", f"2018-05-{day:02d}", f"走访第{day}户"] for day in (7, 8, 9))):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    seen = intake.preview(desk, "daily_log", tmp_path / "a.xlsx")
    assert [note for note in seen.notes if "补录" in note] == [
        "3条日志的日期在本单位启用程序（2018-06-04）之前，作为历史补录，不算迟报。"
    ]
    intake.confirm(desk, seen)
    assert [row for row in evidence.rows(desk) if row.item.what == "log_late"] == []
    write_logs(desk, posting, [date(2018, 6, 5)])
    assert [row.item.what for row in evidence.rows(desk) if row.item.what == "log_late"] == ["log_late"]


def test_nobody_is_late_by_a_clock_that_stood_in_another_year(desk: Desk) -> None:
    posting = enter(desk, "张三")
    day = date(2018, 6, 4)
    desk.clock.moment = datetime(2099, 1, 1, 8)  # type: ignore[attr-defined]  # the tests' fixed clock
    log = Change("daily_log", log_id(posting.id, day), {"posting": posting.id, "date": str(day), "text": "走访"})
    desk.commit([log])
    at(desk, date(2018, 9, 1))
    assert [row for row in evidence.rows(desk) if row.item.what in ("log_late", "log_early")] == []
