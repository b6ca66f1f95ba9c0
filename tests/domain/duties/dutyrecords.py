"""Records of duties with sensible defaults, and a team that owes nothing."""

import itertools
from datetime import date, timedelta
from typing import Any

from tests.domain.rules.build import COUNTY, POLICY, TODAY
from tuopin_desktop.domain.duties.teams import last_day, months
from tuopin_desktop.domain.dutyevidence import DutyEvidence
from tuopin_desktop.domain.records import (
    Acknowledgement,
    FollowUp,
    HalfYearReport,
    Insurance,
    Meeting,
    MeetingProblem,
    Posting,
    RoundTrip,
    TeamReport,
    Training,
    TrainingAttendance,
)

_numbers = itertools.count(1)


def _id(owner: str = COUNTY) -> str:
    return f"{owner}/d{next(_numbers)}"


def day(text: str) -> date:
    """Return a day of its ISO form."""
    return date.fromisoformat(text)


def meeting(type_: str, held: str, owner: str = COUNTY, **said: Any) -> Meeting:
    """Return a meeting with its minutes."""
    county = owner if len(owner) == 6 else ""
    basics = {"id": _id(owner), "type": type_, "held": day(held), "county": county, "minutes": "纪要"}
    return Meeting(**{**basics, **said})


def problem(at: Meeting, **said: Any) -> MeetingProblem:
    """Return a problem raised at a meeting."""
    return MeetingProblem(**{"id": _id(), "meeting": at.id, "name": "饮水工程未完工", **said})


def report(month: str, sent: str | None, **said: Any) -> TeamReport:
    """Return a monthly report."""
    basics = {"id": _id(), "type": "monthly", "county": COUNTY, "month": month, "name": f"{month}月报", "text": "正文"}
    return TeamReport(**{**basics, "sent": day(sent) if sent else None, **said})


def half_year(of: Posting, year: int, half: str, unit: str | None, office: str | None) -> HalfYearReport:
    """Return a member's report as far as it was delivered."""
    return HalfYearReport(
        id=f"{COUNTY}/{of.id[7:]}-{year}-{half}",
        posting=of.id,
        year=year,
        half=half,
        to_unit=day(unit) if unit else None,
        to_office=day(office) if office else None,
    )


def talk(of: Posting, on: str) -> FollowUp:
    """Return a talk of the sending unit."""
    return FollowUp(id=_id(), posting=of.id, type="talk", date=day(on))


def insurance(of: Posting, since: str, until: str) -> Insurance:
    """Return an insurance of one person."""
    return Insurance(id=_id(), posting=of.id, since=day(since), until=day(until), insurer="人保财险", number="P1")


def trip(of: Posting, left: str, paid: str | None = None) -> RoundTrip:
    """Return a round trip of three days."""
    period = f"{left}am/{day(left) + timedelta(days=2)}pm"
    return RoundTrip(id=_id(), posting=of.id, period=period, reimbursed=day(paid or left))


def training(type_: str = "pre_post", period: str = "2018-04-27am/2018-04-28pm", **said: Any) -> Training:
    """Return a class of the Office."""
    return Training(
        **{"id": _id("15"), "name": "培训班", "type": type_, "organiser": "office", "period": period, **said}
    )


def took(part: Training, of: Posting, **said: Any) -> TrainingAttendance:
    """Return that somebody took part."""
    return TrainingAttendance(**{"id": _id(), "training": part.id, "posting": of.id, **said})


def dutiful(postings: tuple[Posting, ...], today: date = TODAY) -> dict[str, Any]:
    """Return the records of a team that has done everything by a day, for `facts(**dutiful(...))`."""
    whole = list(months(POLICY.in_force, today))
    meetings, reports = [], []
    for month in whole:
        held = month.replace(day=3)
        if held >= POLICY.in_force:
            meetings += [meeting("analysis", str(held))]
            stored = f"{held - timedelta(days=5):%Y-%m}"
            reports += [report(stored, str(held))]
        meetings += [meeting("joint", str(last_day(month))), meeting("leaders", str(last_day(month)), "15")]
    school = training()
    halves = [half_year(one, 2018, "first", "2018-06-20", "2018-06-21") for one in postings]
    book = DutyEvidence(
        meetings=tuple(meetings),
        reports=tuple(reports),
        half_years=tuple(halves),
        talks=tuple(talk(one, "2018-08-01") for one in postings),
        signatures=tuple(
            Acknowledgement(id=_id(), posting=one.id, signed=POLICY.in_force, joined=True) for one in postings
        ),
        insurances=tuple(insurance(one, "2018-05-01", "2019-04-30") for one in postings),
    )
    taken = tuple(took(school, one) for one in postings)
    return {"duty_evidence": book, "trainings": (school,), "training_attendance": taken}
