"""The first page after the term: what its closing waits for, what is held by year, and what goes on beside it."""

from collections import Counter

from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.policy import FIRST_PACK
from tuopin_desktop.domain.records import (
    Attachment,
    Attendance,
    DailyLog,
    LeaveSlip,
    Meeting,
    Person,
    Posting,
    TeamReport,
    WeeklyNote,
)
from tuopin_desktop.domain.sealing import SEALED
from tuopin_desktop.services.archives import checklist, duedates
from tuopin_desktop.services.home.closingstate import ClosingState, HeldYear
from tuopin_desktop.services.home.tasks import lasting_tasks
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import yearcounts

_PAPERS = ((Meeting, "held"), (TeamReport, "month"), (WeeklyNote, "week"))


def closing_state(desk: Desk) -> ClosingState | None:
    """Return the page of a term of the first pack that is over and was worked in; None while it runs."""
    if checklist.term_to_close(desk, desk.policy.id) is None or not desk.store.count(Posting, scope=desk.scope):
        return None
    seal = checklist.seal_of(desk, desk.policy.id)
    sealed = seal if seal is not None and seal.state == SEALED else None
    listed = checklist.checklist(desk, desk.policy.id)
    explained = len(listed.rows) - len(listed.open)
    return ClosingState(
        pack=listed.term.pack,
        title=listed.term.title,
        span=listed.term.span,
        open=len(listed.open) if sealed is None else 0,
        explained=explained if sealed is None else sealed.explained or 0,
        groups=tuple((name, count) for name, (count, _) in listed.groups.items() if count and sealed is None),
        sealed_on=sealed.sealed_on if sealed else None,
        sealed_by=sealed.sealed_by if sealed else "",
        years=tuple(_years(desk)),
        expired=len(duedates.expired(desk)),
        people=desk.store.count(Person, scope=desk.scope),
        files=desk.store.count(Attachment, scope=desk.scope),
        others=sum(_goes_on(desk, one) for one in desk.store.rows(Posting, scope=desk.scope)),
        tasks=lasting_tasks(desk),
    )


def _goes_on(desk: Desk, posting: Posting) -> bool:
    return (posting.pack or FIRST_PACK) != desk.policy.id and serves(posting, desk.today())


def _years(desk: Desk) -> list[HeldYear]:
    def counts(cls: type[LeaveSlip | Attendance | DailyLog], field: str) -> dict[int, int]:
        return yearcounts.by_year(desk.store.ledger, cls, field, desk.scope)

    slips, months, logs = counts(LeaveSlip, "period"), counts(Attendance, "month"), counts(DailyLog, "date")
    papers: Counter[int] = Counter()
    for cls, field in _PAPERS:
        papers.update(yearcounts.by_year(desk.store.ledger, cls, field, desk.scope))
    return [
        HeldYear(
            year=one.year,
            slips=slips.get(one.year, 0),
            months=months.get(one.year, 0),
            logs=logs.get(one.year, 0),
            papers=papers[one.year],
            items=one.items,
            due=one.due,
            is_due=one.is_due,
            received=one.received,
        )
        for one in duedates.due_years(desk)
    ]
