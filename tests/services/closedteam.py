"""A team whose June 2018 is closed with leave, an overstay, a class, a trip and logs in it, and what its paper says."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import msgspec

from tests.services import leaveteam
from tests.services.closings import key
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.records import Posting, RoundTrip, Training, TrainingAttendance
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing, monthbooks
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

COUNTY, MONTH = "150426", "2018-06"
JULY_2 = date(2018, 7, 2)


def on(desk: Desk, day: date) -> None:
    """Let it be another day."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime.combine(day, time(9))


def reopened(desk: Desk, day: date) -> Desk:
    """Open the office again on another day."""
    desk.close()
    return offices.open_desk(desk.folder, FixedClock(datetime.combine(day, time(9))))


def found(folder: Path, level: str = "county", *, signed: bool = False) -> tuple[Desk, dict[str, Posting]]:
    """Set up the office and everything June was counted from, on 2 July; the slip waits for its ink unless `signed`."""
    desk = open_office(folder, level=level, clerk="包图雅", name="翁牛特旗工作总队办公室")
    return desk, counted(desk, signed=signed)


def counted(desk: Desk, *, signed: bool = False) -> dict[str, Posting]:
    """Enter a team and all that its June is counted from, until it is 2 July."""
    posted = {
        "王海": enter(desk, "王海", "leader"),
        "赵五": enter(desk, "赵五", "deputy"),
        "李四": enter(desk, "李四"),
        "孙六": enter(desk, "孙六", since=date(2018, 6, 11)),
    }
    away = dict.fromkeys((f"d{day:02d}" for day in (20, 21, 22)), "")
    for name, posting in posted.items():
        before = dict.fromkeys((f"d{day:02d}" for day in range(1, 11)), "") if name == "孙六" else {}
        key(desk, posting, MONTH, "vw/vw", **{**away, **before})
    slip = leaveteam.made(desk, posted["李四"], "2018-06-20am/2018-06-20pm", day=date(2018, 6, 18), signed=signed)
    on(desk, date(2018, 6, 23))
    leavedesk.back(desk, slip.id, date(2018, 6, 22))
    training = registers.save(
        desk,
        Training(
            id=registers.new_id(desk, "150426"),
            name="业务培训",
            type="special",
            organiser="office",
            venue="150125",
            period="2018-06-20am/2018-06-21pm",
        ),
    )
    part = TrainingAttendance(id=registers.new_id(desk, "150426"), training=training.id, posting=posted["赵五"].id)
    registers.save(desk, part)
    trip = RoundTrip(id=registers.new_id(desk, "150426"), posting=posted["孙六"].id, period="2018-06-21am/2018-06-22am")
    registers.save(desk, trip)
    on(desk, JULY_2)
    return posted


def closed(folder: Path, level: str = "county", *, signed: bool = False) -> tuple[Desk, dict[str, Posting]]:
    """Set up the office and close June."""
    desk, posted = found(folder, level, signed=signed)
    missing = closing.preview(desk, MONTH, COUNTY).missing
    closing.close(desk, MONTH, COUNTY, gaps=missing or None)
    return desk, posted


def paper(desk: Desk) -> tuple[bytes, bytes]:
    """Return the month's book as PDF and as workbook."""
    book = monthbooks.month_book(desk, MONTH, COUNTY)
    return monthbooks.pdf(desk, book), monthbooks.xlsx(desk, book, MONTH, COUNTY)


def said(desk: Desk) -> list[Any]:
    """Return what the rules say of the closed month: rule, subject, verdict, sentence and arithmetic."""
    told = [one for rule in ("A09-*", "A10-3") for one in judging.findings(desk, rule)]
    about = [one for one in told if one.subject.startswith("attendance:") and one.subject.endswith(MONTH)]
    return [msgspec.structs.astuple(changed(one, subject_words="")) for one in about]
