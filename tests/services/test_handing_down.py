"""What the region decides reaches a county in one package, straight or through its league; closed months stand."""

from datetime import date
from pathlib import Path

import pytest

from tests.domain.test_calendar import day
from tests.services import closings
from tests.services.desks import changed, enter
from tests.services.exchangers import COUNTY, LEAGUE, MORNING, REGION, all_closed, found, join, region, send
from tuopin_desktop.domain.records import Decision, Grade, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.appraisal import grades
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.exchange import packageboard, packages
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import calendars
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import open_desk
from tuopin_desktop.services.registers import holidays, registers
from tuopin_desktop.services.rulings import rulings

SWITCH, PAPER, NOTICE = "eligibility.cutoff_month", "内工作队办〔2018〕9号", "国办发明电〔2018〕15号"
OCTOBER, DECEMBER, MOVED = "2018-10", date(2018, 12, 3), date(2018, 10, 16)


def _late(desk: Desk) -> Desk:
    """Open the office again on the 3rd of December."""
    desk.close()
    return open_desk(desk.folder, FixedClock(MORNING.replace(month=12, day=3)))


def _decided(root: Desk, posting: Posting) -> None:
    rulings.rule(root, SWITCH, "exclusive", PAPER, DECEMBER)
    holidays.keep(root, changed(day(MOVED.isoformat(), "moved_rest"), notice=NOTICE))
    decision = Decision(
        id=registers.new_id(root, COUNTY),
        matter="relaxation",
        subject=posting.person,
        result="approved",
        decided=DECEMBER,
        paper=PAPER,
    )
    registers.save(root, decision)
    grades.decide(root, [posting.id], 2018, "合格", PAPER, DECEMBER)


@pytest.mark.parametrize("through_league", [False, True])
def test_rulings_calendar_decisions_grades_and_the_receipt_come_in_one_package(
    tmp_path: Path, through_league: bool
) -> None:
    root, league, county = region(tmp_path / "15"), found(tmp_path / "1504", LEAGUE), found(tmp_path / "c", COUNTY)
    for desk in (league, county):
        join(root, desk, tmp_path)
    packages.take(league, send(root, LEAGUE, tmp_path))
    packages.take(county, send(root, COUNTY, tmp_path))
    root, league, county = _late(root), _late(league), _late(county)
    posting = enter(county, "张三")
    closings.key(county, posting, OCTOBER)
    closing.close(county, OCTOBER)
    packages.take(league, send(county, LEAGUE, tmp_path))
    packages.take(root, send(league, REGION, tmp_path) if through_league else send(county, REGION, tmp_path))
    (before,) = closing.days(county, OCTOBER)
    _decided(root, posting)

    sender = root
    if through_league:
        packages.take(league, send(root, LEAGUE, tmp_path))
        sender = league
    unsent = {row.office: row.unsent for row in packageboard.board(county).rows}[sender.scope]
    assert unsent > 0
    packages.take(county, send(sender, COUNTY, tmp_path))

    assert judging.policy_on(county, DECEMBER).switch(SWITCH).value == "exclusive"
    assert NOTICE in calendars.calendar(county).version(2018)
    assert calendars.calendar(county).is_workday(MOVED) is False
    assert [one.paper for one in county.store.rows(Decision)] == [PAPER]
    assert [(one.subject, one.decided) for one in county.store.rows(Grade)] == [(posting.id, "competent")]
    assert {row.office: row.unsent for row in packageboard.board(county).rows}[sender.scope] == 0
    (after,) = closing.days(county, OCTOBER)
    assert after == before  # closed by the old table of holidays
    assert packages.take(root, send(county, REGION, tmp_path)).closed == ()
    all_closed(root, league, county)
