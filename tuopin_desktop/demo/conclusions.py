"""What a practice office concluded from its entries: months closed, and at the region a case opened and heard."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from tuopin_desktop.demo import attendance
from tuopin_desktop.demo.standing import Standing
from tuopin_desktop.demo.term import Term
from tuopin_desktop.domain.attendance.months import following
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import recall

LOOKED_INTO = date(2019, 5, 1)
"""The month of the one suspicion."""
_OPENED, _HEARD, _TAKEN = date(2019, 5, 24), date(2019, 5, 27), date(2019, 5, 29)
_TALKED, _SETTLED = date(2019, 6, 12), date(2019, 6, 14)


def draw(desk: Desk, clock: FixedClock, standing: Standing, term: Term) -> None:
    """Close the practice county's months as each was over, and look into the one suspicion where that is ours to do.

    The last month waits to be closed on the morning of the tour.
    """
    if desk.store.rows(Posting, scope=attendance.COUNTY, limit=1):
        for first in attendance.months_of(term, attendance.COUNTY)[:-2]:
            clock.moment = datetime.combine(following(first) + timedelta(days=2), time(9))
            close(desk, first, [attendance.COUNTY], standing)
    if desk.scope == "15":
        look_into(desk, clock)


def close(desk: Desk, month: date, counties: Iterable[str], standing: Standing) -> None:
    """Close a month of these counties in one commit, as each would be closed by itself."""
    facts = standing.facts(desk, month, desk.today())
    previews = (closing.preview(desk, f"{month:%Y-%m}", county, facts) for county in counties)
    closes = [closing.close_of(desk, one, facts) for one in previews if not one.problems]
    desk.commit([Change(one.kind.name, one.id, scalars(one)) for one in closes])


def settle(desk: Desk, clock: FixedClock) -> None:
    """Close the open cases once the sending unit has talked with its man: he stays."""
    for row in recall.rows(desk):
        clock.moment = datetime.combine(_TALKED, time(10))
        recall.take(desk, row.id, "interview", _TALKED, paper="演示函〔2019〕8号", taken_by="吴庚一")
        clock.moment = datetime.combine(_SETTLED, time(10))
        recall.close(desk, row.id, "corrected", _SETTLED, "派出单位已约谈，本人作出书面检查，批评教育后继续派驻。")


def look_into(desk: Desk, clock: FixedClock) -> None:
    """Open the case of whoever was gone without a reason, hear him and take the measure."""
    clock.moment = datetime.combine(_OPENED, time(9))
    for suspicion in recall.suspicions(desk):
        if suspicion.finding.day is None:
            continue
        clock.moment = datetime.combine(_OPENED, time(10))
        case = recall.open_case(desk, suspicion.posting, "absence", suspicion.finding.day)
        clock.moment = datetime.combine(_HEARD, time(10))
        recall.hear(desk, case.id, "家中有急事，走得仓促，没有办理请假手续。", _HEARD, taken_by="吴庚一")
        clock.moment = datetime.combine(_TAKEN, time(10))
        recall.take(desk, case.id, "reselect", _TAKEN, paper="演示函〔2019〕6号", taken_by="吴庚一")
