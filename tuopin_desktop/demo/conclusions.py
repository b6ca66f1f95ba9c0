"""What a practice office concluded from its year: months closed, and at the region a case opened and heard."""

from datetime import date, datetime, time, timedelta

from tuopin_desktop.demo import attendance
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import recall

_CLOSED = attendance.MONTHS[:-2]
"""May waits to be closed on the morning of the tour."""
_OPENED, _HEARD, _TAKEN = date(2019, 5, 24), date(2019, 5, 27), date(2019, 5, 29)


def draw(desk: Desk, clock: FixedClock) -> None:
    """Close the practice county's months as each was over, and look into the one suspicion where that is ours to do."""
    if desk.store.rows(Posting, scope=attendance.COUNTY, limit=1):
        for first in _CLOSED:
            over = (first + timedelta(days=31)).replace(day=1) + timedelta(days=2)
            clock.moment = datetime.combine(over, time(9))
            preview = closing.preview(desk, f"{first:%Y-%m}", attendance.COUNTY)
            closing.close(desk, f"{first:%Y-%m}", attendance.COUNTY, gaps=preview.missing or None)
    if desk.scope == "15":
        _look_into(desk, clock)


def _look_into(desk: Desk, clock: FixedClock) -> None:
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
