"""What is still open of a term that is over: one list, each item with the place where it is done or a reason."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import ClosingNote, TermSeal
from tuopin_desktop.services.archives.openitems import OpenItem, open_items
from tuopin_desktop.services.judging import terms
from tuopin_desktop.services.judging.terms import Term
from tuopin_desktop.services.office.desk import Desk

RUNNING = "closing.running"
"""The code of the refusal to close a term that still runs."""
_REASON = 300


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One item with what was said of it: `reason` is "" while nobody said why it stays as it is."""

    item: OpenItem
    reason: str = ""
    noted: date | None = None
    noted_by: str = ""

    @property
    def settled(self) -> bool:
        """Tell whether nothing more is asked of it."""
        return bool(self.reason)


class Checklist(msgspec.Struct, frozen=True, kw_only=True):
    """A term's list as it stands: what is open first, in the order of the groups; `seal` where it was ever sealed."""

    term: Term
    rows: tuple[Row, ...]
    seal: TermSeal | None = None

    @property
    def open(self) -> tuple[Row, ...]:
        """Return the rows that somebody has to do something about."""
        return tuple(row for row in self.rows if not row.settled)

    @property
    def groups(self) -> dict[str, tuple[int, int]]:
        """Return by group how many rows are open, and how many there are."""
        counts: dict[str, tuple[int, int]] = {}
        for row in self.rows:
            before = counts.get(row.item.group, (0, 0))
            counts[row.item.group] = (before[0] + (not row.settled), before[1] + 1)
        return counts


def term_to_close(desk: Desk, pack: str = "") -> Term | None:
    """Return the term that is over and of this pack, of none named the first; None where none is over."""
    return next((one for one in terms.over(desk) if not pack or one.pack == pack), None)


def seal_of(desk: Desk, pack: str) -> TermSeal | None:
    """Return what was ever sealed of this office's term."""
    return desk.store.get(TermSeal, f"{desk.scope}/{pack}")


def checklist(desk: Desk, pack: str = "") -> Checklist:
    """Return the list of a term that is over; raises Refused while it runs."""
    term = over_term(desk, pack)
    notes = {one.item: one for one in desk.store.rows(ClosingNote, {"pack": term.pack}, scope=desk.scope)}
    rows = [_row(item, notes.get(item.key)) for item in open_items(desk, term)]
    return Checklist(term=term, rows=tuple(sorted(rows, key=lambda row: row.settled)), seal=seal_of(desk, term.pack))


def over_term(desk: Desk, pack: str = "") -> Term:
    """Return the term as `term_to_close` does; raises Refused where none is over."""
    term = term_to_close(desk, pack)
    if term is None:
        running = terms.terms(desk)
        until = f"任期到{running[0].span.partition('至')[2]}止，" if running else "所用的办法文件没有写任期，"
        raise refuse(RUNNING, f"{until}还没有结束，现在不用清理和封存")
    return term


def _row(item: OpenItem, note: ClosingNote | None) -> Row:
    if note is None:
        return Row(item=item)
    return Row(item=item, reason=note.reason, noted=note.noted, noted_by=note.noted_by)


def note_id(desk: Desk, pack: str, key: str) -> str:
    """Return the id of what is said of an item: two PCs that explain the same thing meet in one record."""
    return f"{desk.scope}/{hashlib.sha256(f'{pack} {key}'.encode()).hexdigest()[:24]}"


def explain(desk: Desk, keys: Sequence[str], reason: str, pack: str = "") -> Checklist:
    """Write down why some open items stay as they are; raises Refused without a reason or for what is not open."""
    if not reason.strip():
        raise refuse("reason", "请写明为什么按原样结束（如：当年没有办理，经办人已离任，无从补办）", "reason")
    if len(reason.strip()) > _REASON:
        raise refuse("reason", f"原因最多{_REASON}个字", "reason")
    now = checklist(desk, pack)
    rows = {row.item.key: row for row in now.rows}
    if lacking := [key for key in keys if key not in rows]:
        raise refuse("item", f"有{len(lacking)}项已经不在清单上，请看一遍清单再写")
    desk.commit([_noting(desk, now.term.pack, rows[key].item, reason.strip()) for key in dict.fromkeys(keys)])
    return checklist(desk, pack)


def _noting(desk: Desk, pack: str, item: OpenItem, reason: str) -> Change:
    note = ClosingNote(
        id=note_id(desk, pack, item.key),
        pack=pack,
        item=item.key[:300],
        what=f"{item.group}：{item.what} {item.text}"[:300],
        reason=reason,
        noted=desk.today(),
        noted_by=desk.by,
    )
    return Change(note.kind.name, note.id, {**scalars(note), "deleted": None})


def withdraw(desk: Desk, keys: Sequence[str], pack: str = "") -> Checklist:
    """Take back what was said of some items: they are open again."""
    term = over_term(desk, pack)
    named = [note_id(desk, term.pack, key) for key in keys]
    desk.commit(
        [Change(ClosingNote.kind.name, one.id, {"deleted": 1}) for one in desk.store.rows(ClosingNote, among=named)]
    )
    return checklist(desk, pack)


def notes(desk: Desk, pack: str) -> Iterator[ClosingNote]:
    """Yield all that was said, the oldest first, also of what has been done since."""
    every = desk.store.rows(ClosingNote, {"pack": pack}, scope=desk.scope)
    yield from sorted(every, key=lambda one: (one.noted or date.min, one.what))


def above(desk: Desk) -> bool:
    """Tell whether this office has counties below it, each of which closes its own term."""
    return desk.level is not Level.COUNTY


def office_code(seal: TermSeal) -> str:
    """Return whose seal it is."""
    return ids.owner(seal.id)
