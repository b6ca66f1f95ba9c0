"""Overlapping slips are told at once by whoever writes one: the desk's strokes, the command line, a sheet."""

from tuopin_desktop.domain.leave import overlap
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import LeaveSlip, Posting
from tuopin_desktop.services.office.desk import Desk


def warnings(desk: Desk, slip: LeaveSlip) -> list[Problem]:
    """Return a warning for each other slip of the same person that claims half-days of this one."""
    posting = desk.store.get(Posting, slip.posting)
    if posting is None:
        return []
    seats = [one.id for one in desk.store.rows(Posting, {"person": posting.person}, deleted=None)]
    return overlap.warnings(slip, desk.store.rows(LeaveSlip, field_among=("posting", seats)))
