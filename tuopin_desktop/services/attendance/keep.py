"""Keeping what was keyed: many cells as one commit, and never over something that has changed meanwhile."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.codes import day_sign
from tuopin_desktop.domain.attendance.months import month_id, problems_of
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Attendance, Explanation, Person, Posting
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.domain.validate import problems
from tuopin_desktop.services.attendance import near
from tuopin_desktop.services.attendance.near import Tail
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


class Edit(msgspec.Struct, frozen=True):
    """One day of one posting as it was seen and as it should be; `number` is the day of the month, days as stored."""

    posting: str
    month: str
    number: int
    was: str
    now: str


class CellsOutcome(msgspec.Struct, frozen=True):
    """When the cells were kept, how many, and in words each cell left alone because it had changed meanwhile."""

    at: datetime
    cells: int
    conflicts: tuple[str, ...]


def _refuse_lookers(desk: Desk, postings: Iterable[str], team: str) -> None:
    """Raise Refused above the county for every team but the one that is named."""
    if desk.level is Level.COUNTY:
        return
    others = [posting for posting in postings if not team or ids.owner(posting) != team]
    if others:
        raise refuse("looks", "考勤由旗县登记，这里只看。要代为登记，请先选一个总队并打开“编辑”", "posting")


def keep(desk: Desk, edits: Sequence[Edit], team: str = "") -> CellsOutcome:
    """Write the cells: one record per posting and month, all in one commit; raises Refused and then writes nothing.

    Above the county only the cells of the `team` named are written.
    """
    _refuse_lookers(desk, (edit.posting for edit in edits), team)
    postings = {one.id: one for one in desk.store.rows(Posting, among=sorted({edit.posting for edit in edits}))}
    attendance_by_key = _held(desk, edits)
    conflicts: list[str] = []
    values_by_key: dict[str, dict[str, str]] = {}
    for edit in edits:
        standing = getattr(attendance_by_key[month_id(edit.posting, edit.month)], DAYS[edit.number - 1])
        if standing == edit.was or standing == edit.now:
            values_by_key.setdefault(month_id(edit.posting, edit.month), {})[DAYS[edit.number - 1]] = edit.now
        else:
            conflicts.append(_conflict(desk, edit, postings, standing))
    records = [
        (attendance_by_key[key], msgspec.structs.replace(attendance_by_key[key], **days))
        for key, days in values_by_key.items()
    ]
    _commit(desk, records, postings)
    return CellsOutcome(desk.clock.now(), sum(len(days) for days in values_by_key.values()), tuple(conflicts))


def explain(
    desk: Desk, posting: str, month: str, number: int, what: str, text: str, tail: Tail = "slip", team: str = ""
) -> None:
    """Note why a day was keyed otherwise than its slip says, or as it is (`what`); empty words take the note back.

    The note is an explanation like that of any other contradiction, signed by the clerk. `team` is that of `keep`.
    """
    _refuse_lookers(desk, [posting], team)
    key = near.explanation_id(posting, month, number, tail)
    standing = desk.store.get(Explanation, key)
    if not text.strip():
        if standing is not None and not standing.deleted:
            registers.delete(desk, "explanation", key)
        return
    turn = (standing.turn or 0) + 1 if standing else 1
    note = Explanation(id=key, what=what[:300], posting=posting, words=text, by=desk.user, said=desk.today(), turn=turn)
    if standing is not None:
        note = msgspec.structs.replace(standing, deleted=False, what=note.what, words=text, said=note.said, turn=turn)
    registers.save(desk, note)


def _held(desk: Desk, edits: Sequence[Edit]) -> dict[str, Attendance]:
    keys = {month_id(edit.posting, edit.month): edit for edit in edits}
    attendance_by_key = {one.id: one for one in desk.store.rows(Attendance, among=sorted(keys), deleted=None)}
    blank = (Attendance(id=key, posting=edit.posting, month=edit.month) for key, edit in keys.items())
    return {one.id: attendance_by_key.get(one.id, one) for one in blank}


def _commit(desk: Desk, pairs: Sequence[tuple[Attendance, Attendance]], postings: dict[str, Posting]) -> None:
    faults: list[Problem] = []
    changes = []
    for before, after in pairs:
        new = difference(scalars(before), scalars(msgspec.structs.replace(after, deleted=False)))
        if not new:
            continue
        if desk.store.get(Attendance, after.id) is None:
            new |= {"posting": after.posting, "month": after.month}
        faults += _problems(desk, after, postings.get(after.posting), new)
        changes.append(Change(Attendance.kind.name, after.id, dict(new)))
    if faults:
        raise Refused(faults)
    if changes:
        desk.commit(changes)


def _problems(desk: Desk, record: Attendance, posting: Posting | None, new: Iterable[str]) -> list[Problem]:
    if posting is None or posting.deleted:
        return [Problem(code="posting", sentence="这条派驻记录已删除，不能登记考勤，请刷新")]
    faults = problems(record, desk.vocabulary, practice=desk.practice, today=desk.today())
    faults += problems_of(record, posting)
    refused = may_write(desk.scope, Attendance, record.id, new)
    return [*faults, *([refused] if refused else [])]


def _conflict(desk: Desk, edit: Edit, postings: dict[str, Posting], standing: str) -> str:
    posting = postings.get(edit.posting)
    person = desk.store.get(Person, posting.person) if posting else None
    who = person.name if person else edit.posting
    now, mine = day_sign(standing) if standing else "空", day_sign(edit.now) if edit.now else "空"
    return f"{who}{int(edit.month[5:])}月{edit.number}日已被别处改为“{now}”，没有用您填的“{mine}”覆盖"
