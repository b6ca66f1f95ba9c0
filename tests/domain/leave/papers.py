"""Slips and their papers, for the tests of the leave desk's state."""

from datetime import date
from typing import Any

from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.leave.story import LeaveRecords, Story, story_of
from tuopin_desktop.domain.records import LeaveSlip, Opinion
from tuopin_desktop.services.office import library

SIGNED = date(2018, 6, 4)


def slip(form: str = "member", period: str = "2018-07-05am/2018-07-10pm", **said: Any) -> LeaveSlip:
    """Return a printed slip filled in on 2018-06-04."""
    about = {"id": "150426/s", "number": "2018-0001", "filled": SIGNED, "printed": 1, "printed_on": SIGNED, **said}
    return LeaveSlip(form=form, period=period, **about)


def opinion(role: str, of: str = "150426/s", verdict: str = "approved", signed: date = SIGNED, **said: Any) -> Opinion:
    """Return an opinion in ink."""
    about = {"signer": "白音", **said}
    return Opinion(id=f"{of}/{role}", slip=of, role=role, verdict=verdict, signed=signed, **about)


def approved(form: str = "member", of: str = "150426/s") -> tuple[Opinion, ...]:
    """Return the complete chain of a form."""
    return tuple(
        opinion(role, of) for role in (("secretary", "office") if form == "leader" else ("secretary", "leader"))
    )


def told(about: LeaveSlip, today: date, *others: LeaveSlip, **said: Any) -> Story:
    """Return the story of a slip under the shipped policy and calendar."""
    papers = LeaveRecords(slips=(about, *others), **said)
    return story_of(about, papers, library.policy(), library.calendar(), today)


def halves(period: Period) -> set[tuple[date, str]]:
    """Return the half-days of a period, one by one."""
    found, day = set(), period.first
    while day <= period.last:
        found |= {(day, half) for half in ("am", "pm") if period.within(day, day) and _in(period, day, half)}
        day = date.fromordinal(day.toordinal() + 1)
    return found


def _in(period: Period, day: date, half: str) -> bool:
    return (period.first, period.first_half) <= (day, half) <= (period.last, period.last_half)
