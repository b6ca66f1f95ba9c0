"""What is written about a closed month after its close is listed with its kind, and with what it was settled by."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services import closedteam
from tests.services.closedteam import COUNTY, MONTH, on
from tests.services.desks import changed, enter
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Scalar
from tuopin_desktop.domain.records import CalendarDay, LeaveSlip, MonthClose, Posting, RoundTrip, TrainingAttendance
from tuopin_desktop.services.attendance import closechanges, closing, monthbooks
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.rulings import rulings


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk, _ = closedteam.closed(tmp_path / "office", "region")
    yield desk
    desk.close()


def arrives(desk: Desk, kind: str, record_id: str, **said: Scalar) -> None:
    """Write as a package does, past every form."""
    desk.store.commit([Change(kind, record_id, said)], "乙", desk.clock.wall_ms())


def told(desk: Desk) -> list[tuple[str, str, str]]:
    return [(one.name, one.what, one.words) for one in closechanges.changes(desk, MONTH, COUNTY)]


def since(desk: Desk) -> tuple[Verdict, str]:
    (found,) = judging.findings(desk, "A09-3")
    return found.verdict, found.sentence


def slip_of(desk: Desk) -> LeaveSlip:
    (slip,) = desk.store.rows(LeaveSlip)
    return slip


def test_nothing_is_said_while_nothing_was_written(office: Desk) -> None:
    assert told(office) == []
    assert judging.findings(office, "A09-3") == []
    assert "结账后没有变化" in closechanges.listed(office, MONTH, COUNTY).sheet.notes[0]


def test_a_slip_edited_voided_and_added(office: Desk) -> None:
    slip = slip_of(office)
    arrives(office, "leave_slip", slip.id, period="2018-06-20am/2018-06-22pm")
    then = "结账时签字未齐2018-06-20，超假2018-06-21上午至2018-06-22上午"
    said = f"报备单{slip.number}有改动：{then}，现签字未齐2018-06-20上午至2018-06-22上午"
    assert told(office) == [("李四", "报备单", said)]
    arrives(office, "leave_slip", slip.id, deleted=1)
    assert told(office)[0][2].startswith(f"报备单{slip.number}已撤销、作废或改出本月（结账时签字未齐2018-06-20")
    arrives(office, "leave_slip", slip.id, deleted=None, period="2018-06-20am/2018-06-20pm")
    assert told(office) == []
    verdict, sentence = (Verdict.OK, "") if not judging.findings(office, "A09-3") else since(office)
    assert (verdict, sentence) == (Verdict.OK, "")


def test_a_class_a_trip_a_day_and_a_log(office: Desk) -> None:
    (part,), (trip,) = office.store.rows(TrainingAttendance), office.store.rows(RoundTrip)
    arrives(office, "training_attendance", part.id, absent=1)
    arrives(office, "round_trip", trip.id, period="2018-06-21am/2018-06-23am")
    leader = next(one for one in office.store.rows(Posting) if one.position == "leader")
    arrives(office, "attendance", f"{leader.id}/{MONTH}", d05="ol/ol")
    arrives(office, "daily_log", f"{leader.id}/2018-06-09", deleted=1)
    assert told(office) == [
        ("王海", "考勤", "5日“√”改为“假”"),
        ("王海", "工作日志", "删去了9日的日志"),
        ("赵五", "培训", "培训“业务培训”已删除或改出本月（结账时2018-06-20至2018-06-21作“训”）"),
        (
            "孙六",
            "行程",
            "往返交通有改动：结账时2018-06-21上午至2018-06-22上午作“?”，现2018-06-21上午至2018-06-23上午作“?”",
        ),
    ]
    rows = books.lines(closechanges.listed(office, MONTH, COUNTY))
    assert rows[1] == "王海\t考勤\t5日“√”改为“假”\t未填更正单，仍按结账登记计"


PAPER = "内工作队办〔2018〕9号"


def test_a_holiday_and_a_ruling(office: Desk) -> None:
    day = CalendarDay(
        id=f"{COUNTY}/new", date=date(2018, 6, 26), day="off", nature="local", name="敖包会", county=COUNTY,
        notice="翁政发〔2018〕3号",
    )  # fmt: skip
    registers.save(office, day)
    rulings.rule(office, "presence.trips", "counted", PAPER, date(2018, 7, 2), applies=date(2018, 6, 1))
    said = told(office)
    assert said[0] == ("", "节假日", "26日改为休息日")
    assert [(name, what) for name, what, _ in said[1:]] == [("", "口径")]


def test_who_is_entered_moved_renamed_or_taken_away_after_the_close(office: Desk) -> None:
    posted = {one.position: one for one in office.store.rows(Posting)}
    leader, deputy = posted["leader"], posted["deputy"]
    person = registers.get(office, "person", leader.person)
    registers.save(office, changed(person, name="王海涛"))
    arrives(office, "posting", deputy.id, since="2018-06-20")
    arrives(office, "posting", posted["member"].id, deleted=1)
    enter(office, "周八")
    found = told(office)
    assert ("王海", "派驻", "姓名现为王海涛") in found
    assert ("赵五", "派驻", "本月派驻期现为20日至30日") in found
    assert ("周八", "派驻", "结账后登记为本月在派，不在结账的考勤簿上") in found
    assert any(words == "派驻记录已删除或改到别处" for _, _, words in found)


def test_a_correction_slip_for_all_its_days_settles_a_change_and_a_reopening_ends_the_list(office: Desk) -> None:
    slip = slip_of(office)
    arrives(office, "leave_slip", slip.id, period="2018-06-20am/2018-06-22pm")
    verdict, sentence = since(office)
    assert (verdict, "1处未填更正单" in sentence) == (Verdict.AMBER, True)
    closing.correct(office, slip.posting, date(2018, 6, 21), "假", "报备单更正")
    assert since(office)[0] is Verdict.AMBER
    closing.correct(office, slip.posting, date(2018, 6, 22), "假/√", "报备单更正")
    assert since(office)[0] is Verdict.OK
    (one,) = closechanges.changes(office, MONTH, COUNTY)
    assert one.settled == "更正单2018-0001、2018-0002"
    closing.reopen(office, MONTH, "报备单更正", COUNTY)
    assert told(office) == []
    closing.close(office, MONTH, COUNTY, gaps=closing.preview(office, MONTH, COUNTY).missing)
    assert told(office) == []


def test_who_is_not_on_the_roll_is_not_corrected_but_told_to_reopen(office: Desk) -> None:
    late = enter(office, "周八")
    with pytest.raises(Refused, match=r"结账时考勤簿上没有这个人.*重新打开该月"):
        closing.correct(office, late.id, date(2018, 6, 21), "假", "补登")


def test_a_month_closed_by_an_earlier_release_says_so_and_names_figures_that_differ(office: Desk) -> None:
    close = office.store.get(MonthClose, f"{COUNTY}/{MONTH}")
    assert close is not None
    arrives(office, "month_close", close.id, roll=None)
    book = monthbooks.month_book(office, MONTH, COUNTY)
    assert book.notes[0] == monthbooks.OLD_CLOSE
    assert judging.findings(office, "A09-3") == []
    leader = next(one for one in office.store.rows(Posting) if one.position == "leader")
    arrives(office, "attendance", f"{leader.id}/{MONTH}", d05="ol/ol")
    verdict, sentence = since(office)
    assert verdict is Verdict.AMBER
    assert "王海：结账登记" in sentence
    on(office, date(2018, 7, 3))
    assert "无从逐日比对" in closechanges.listed(office, MONTH, COUNTY).sheet.notes[0]
