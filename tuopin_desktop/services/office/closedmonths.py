"""The wall around closed months: whatever way attendance comes, what belongs to a closed month is refused in words."""

from collections.abc import Iterable, Sequence, Set

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance import closing
from tuopin_desktop.domain.attendance.closing import ClosedMonths
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Attendance, Correction, MonthClose, Person, Posting
from tuopin_desktop.store.store import Store


def problems(store: Store, month: Attendance) -> list[Problem]:
    """Return that a month of attendance is closed; nothing for an open month."""
    close = close_of(store, month.posting, month.month)
    return [closing.shut(close)] if close is not None else []


def close_of(store: Store, posting_id: str, month: str) -> MonthClose | None:
    """Return the close that stands over a posting's month; wherever the posting is now, its own office's holds too."""
    posting = store.get(Posting, posting_id)
    for county in (posting.county if posting else "", ids.owner(posting_id)):
        close = store.get(MonthClose, f"{county}/{month}") if county else None
        if closing.is_closed(close):
            return close
    return None


def refuse(store: Store, changes: Sequence[Change]) -> None:
    """Raise Refused when a change touches attendance of a closed month, unless the same writing reopens it."""
    touched = [change.id for change in changes if change.kind == Attendance.kind.name]
    if not touched:
        return
    opening = {change.id for change in changes if change.kind == "month_close" and change.set.get("state") == "open"}
    months = sorted({record_id[-7:] for record_id in touched})
    closes = [close for close in store.rows(MonthClose, field_among=("month", months)) if close.id not in opening]
    standing = closing.standing(closes)
    if not standing:
        return
    postings = {record_id.rpartition("/")[0] for record_id in touched}
    county_of = {posting.id: posting.county for posting in store.rows(Posting, deleted=None, among=sorted(postings))}
    for record_id in touched:
        posting, month = record_id.rpartition("/")[0], record_id[-7:]
        for county in (county_of.get(posting, ""), ids.owner(record_id)):
            if (county, month) in standing:
                raise Refused([closing.shut(standing[county, month])])


def arriving(store: Store, keys: Sequence[Set[str]]) -> list[str]:
    """Return in words which closed months a package touches without their close: whose, and where to look.

    Two PCs of one office: one closed the month, the other had keyed a day of it. The figures stay as they were
    frozen; a month whose close comes in the same package was reopened or closed there, and needs no word.
    """
    # A package may bring 300,000 keys: they are looked through once, until a month turns out to be closed.
    start = ids.key(Attendance.kind.name, "")
    months = {key[-7:] for some in keys for key in some if key.startswith(start)}
    closes = store.rows(MonthClose, field_among=("month", sorted(months)))
    brought = {close.id for some in keys for close in closes if ids.key(MonthClose.kind.name, close.id) in some}
    standing = closing.standing(close for close in closes if close.id not in brought)
    shut = {month for _, month in standing}
    names_by_pair: dict[tuple[str, str], list[str]] = {}
    touched = (key for some in keys for key in some if shut and key.startswith(start) and key[-7:] in shut)
    for key in sorted(touched):
        record_id = ids.split(key)[1]
        posting = store.get(Posting, record_id.rpartition("/")[0])
        for county in dict.fromkeys((posting.county if posting else "", ids.owner(record_id))):
            if (close := standing.get((county, record_id[-7:]))) is not None:
                person = store.get(Person, posting.person) if posting else None
                names_by_pair.setdefault((county, close.month), []).append(person.name if person else record_id)
    return [closing.differs(standing[at], names) for at, names in sorted(names_by_pair.items())]


def as_read(
    store: Store,
    months: Iterable[Attendance],
    postings: Sequence[Posting] | None = None,
    closes: Sequence[MonthClose] | None = None,
) -> list[Attendance]:
    """Return months of attendance as they read: closed ones as they were closed, corrected; of these postings only.

    `closes` are those that may concern them (default: every close), `postings` whose months are wanted (default: all).
    """
    attendances = list(months)
    closed_months = ClosedMonths(
        tuple(store.rows(MonthClose) if closes is None else closes), Calendar({}, {}, frozenset())
    )
    if not closed_months.of:
        return attendances
    all_postings = store.rows(Posting) if postings is None else postings
    among = sorted({item.id for item in all_postings})
    corrections = store.rows(Correction, field_among=None if postings is None else ("posting", among))
    read = closing.as_closed(attendances, closed_months, corrections, all_postings)
    return read if postings is None else [item for item in read if item.posting in {*among}]


def rows(store: Store, cls: type[Record], scope: str) -> list[Record]:
    """Return all records of a kind, deleted ones too, months of attendance as they read.

    A sheet is compared with these, so that the export of a corrected month comes back as no change.
    """
    records = store.rows(cls, scope=scope, deleted=None)
    months = [row for row in records if isinstance(row, Attendance)]
    return [item for item in as_read(store, months) if item.id.startswith(scope)] if months else records


def why(store: Store, month: str, scope: str = "") -> dict[str, str]:
    """Return for every county whose month is closed why nothing can be keyed and what to do, in Chinese."""
    closes = store.rows(MonthClose, {"month": month}, scope=scope)
    return {close.county: closing.shut(close).sentence for close in closes if closing.is_closed(close)}
