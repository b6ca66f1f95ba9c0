"""What facts hold beside whole kinds of records: the closes that concern a part, what has a file, what was voted on."""

from collections.abc import Collection, Sequence

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.records import Attachment, Ballot, MonthClose, Posting
from tuopin_desktop.services.judging import portions
from tuopin_desktop.services.office import journalkeeping
from tuopin_desktop.services.office.desk import Desk


def closes(desk: Desk, postings: Sequence[Posting], ranges: Sequence[portions.Range] | None) -> tuple[MonthClose, ...]:
    """Return the closes; of a portion those of the counties its people are posted to, or were entered for.

    Without days there are none: facts that are about the office itself have no attendance.
    """
    if ranges is None:
        return ()
    if ranges == [journalkeeping.under(desk.scope)]:
        return tuple(desk.store.rows(MonthClose, scope=desk.scope))
    counties = {posting.county for posting in postings} | {ids.owner(posting.id) for posting in postings}
    rows = desk.store.rows(MonthClose, field_among=("county", sorted(counties)))
    rows += desk.store.rows(MonthClose, between=ranges[0])  # a team of which nobody is registered any more
    return tuple({one.id: one for one in rows}.values())


def attached(desk: Desk, kinds: Collection[str]) -> frozenset[str]:
    """Return the log keys of the records of these kinds that have a file: a scan of the minutes proves a meeting."""
    subjects = (str(row[1] or "") for row in desk.store.look(Attachment, ("subject",), scope=desk.scope))
    return frozenset(subject for subject in subjects if subject.partition(":")[0] in kinds)


def voted(desk: Desk) -> frozenset[str]:
    """Return the ids of the rounds of which a ballot is keyed."""
    return frozenset(str(row[1] or "") for row in desk.store.look(Ballot, ("round",), scope=desk.scope))
