"""Two authors wrote one field without having seen each other: both values side by side, and the choice of one."""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Aside, Change, Conflict
from tuopin_desktop.domain.masking import hides
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import Form, Record, Scalar, fields, scalar
from tuopin_desktop.domain.records import KINDS, LeaveSlip, Person
from tuopin_desktop.domain.uncounted import value_of
from tuopin_desktop.services.office import disclosures, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers.wording import Wording
from tuopin_desktop.store import conflicts as kept
from tuopin_desktop.store import uncounted
from tuopin_desktop.store.notes import BESIDE


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """An open conflict in words: `kept` is what stands, `lost` what it overwrote; `lost_at` in ms since 1970.

    `veiled` says that the values are personal and masked: two that differ may look alike. With `why` it is none of
    two equals: `lost` does not count, for that reason. `office` is whose record it is, `person` whom it is about.
    """

    kind: str
    id: str
    title: str
    field: str
    label: str
    kept: str
    kept_by: str
    lost: str
    lost_by: str
    lost_at: int
    veiled: bool = False
    why: str = ""
    office: str = ""
    person: str = ""


def listed(desk: Desk, *, reveal: bool = False) -> list[Open]:
    """Return the conflicts nobody has settled yet, by record, then what does not count.

    With `reveal` personal values are in full, which is noted.
    """
    wording = Wording(desk)
    pairs = [(key, one) for key, one in kept.listed(desk.store.ledger) if ids.split(key)[0] in KINDS]
    aside = _aside(desk)
    personal = sum(_personal(key, one.field) for key, one in pairs) + sum(
        _personal(one.key, one.field) for one in aside
    )
    if reveal and personal:
        disclosures.note(desk, "show", "不一致内容中的个人信息", personal)
    equals = [_open(wording, key, one, reveal=reveal) for key, one in pairs]
    opens = equals + [_put_aside(desk, wording, one, reveal=reveal) for one in aside]
    return [_placed(desk, one) for one in opens]


def _placed(desk: Desk, one: Open) -> Open:
    """Return a conflict with the team and the person it is about; of a register about conduct only whose it is."""
    cls = KINDS[one.kind]
    person = "" if cls.kind.restricted else _about(desk, desk.store.get(cls, one.id))
    return msgspec.structs.replace(one, office=offices.called(ids.owner(one.id)), person=person)


def _about(desk: Desk, record: Record | None) -> str:
    """Return the name of whom a record is about, by what it refers to: itself, a slip, a posting or a person."""
    if isinstance(record, Person | LeaveSlip):
        return record.name
    for item in fields(type(record)) if record is not None else ():
        if item.form is Form.REF and item.ref in _ABOUT and (key := str(getattr(record, item.name) or "")):
            return _about(desk, desk.store.get(KINDS[item.ref], key))
    return ""


_ABOUT = ("leave_slip", "posting", "person")
"""The kinds that lead to a person."""


def _personal(key: str, field: str) -> bool:
    cls = KINDS[ids.split(key)[0]]
    return any(item.name == field and hides(cls, item) for item in fields(cls))


def _open(wording: Wording, key: str, conflict: Conflict, *, reveal: bool) -> Open:
    kind, record_id = ids.split(key)
    return Open(
        kind=kind,
        id=record_id,
        title=wording.record(key),
        field=conflict.field,
        label=wording.label(kind, conflict.field),
        kept=wording.value(KINDS[kind], conflict.field, conflict.kept, reveal=reveal),
        kept_by=conflict.kept_by,
        lost=wording.value(KINDS[kind], conflict.field, conflict.lost, reveal=reveal),
        lost_by=conflict.lost_by,
        lost_at=conflict.lost_at >> 16,
        veiled=_personal(key, conflict.field) and not reveal,
    )


def _aside(desk: Desk) -> list[Aside]:
    """Return what does not count: what oversteps or cannot be held, and what the Office decided otherwise."""
    asides = [
        *uncounted.listed(desk.store.ledger, desk.scope),
        *uncounted.noted_otherwise(desk.store.ledger, desk.scope),
    ]
    return [one for one in asides if ids.split(one.key)[0] in KINDS]


def _put_aside(desk: Desk, wording: Wording, one: Aside, *, reveal: bool) -> Open:
    kind, record_id = ids.split(one.key)
    standing = _standing(desk, kind, record_id, one.field)
    return Open(
        kind=kind,
        id=record_id,
        title=wording.record(one.key),
        field=one.field,
        label=wording.label(kind, one.field),
        kept=wording.value(KINDS[kind], one.field, standing, reveal=reveal),
        kept_by="",
        lost=value_of(one, reveal=reveal),
        lost_by=f"{offices.called(one.office)}{one.by}",
        lost_at=one.at >> 16,
        veiled=_personal(one.key, one.field) and not reveal,
        why=f"没有采用：{one.why}",
    )


def _standing(desk: Desk, kind: str, record_id: str, field: str) -> Scalar:
    record = desk.store.get(KINDS[kind], record_id)
    return scalar(getattr(record, field, None)) if record is not None else None


def place(desk: Desk, texts: Sequence[str]) -> tuple[str, str, str]:
    """Return kind, id and field of the conflict meant: its place in the list, from 1, or all three. Raises Refused."""
    opens = listed(desk)
    if len(texts) == 3:
        return texts[0], texts[1], texts[2]
    if len(texts) != 1 or not texts[0].isdecimal() or not 0 < int(texts[0]) <= len(opens):
        raise refuse("missing", f"请写明第几处（现有{len(opens)}处，用 conflicts list 查看）")
    one = opens[int(texts[0]) - 1]
    return one.kind, one.id, one.field


def keep(desk: Desk, kind: str, record_id: str, field: str, *, lost: bool = False) -> Open:
    """Settle a conflict for good, everywhere: confirm what stands, or take the overwritten value back (`lost`)."""
    pair = (f"{kind}:{record_id}", field)
    conflict = next((one for key, one in kept.listed(desk.store.ledger) if (key, one.field) == pair), None)
    if conflict is None and kind in KINDS:
        return _keep_standing(desk, pair, lost=lost)
    if conflict is None or kind not in KINDS:
        raise refuse("missing", "没有这一处不一致，可能已经处理过，请刷新后重试")
    if (problem := may_write(desk.scope, KINDS[kind], record_id, [field], offices.called)) is not None:
        raise Refused([problem])
    row = _open(Wording(desk), pair[0], conflict, reveal=False)
    change = Change(kind, record_id, {field: conflict.lost if lost else conflict.kept})
    for beside in desk.guarded([change])[1:]:
        desk.commit([beside])
    desk.touch(desk.store.ledger.confirm(change, desk.by, desk.clock.stamp_ms()))
    return row


def _keep_standing(desk: Desk, pair: tuple[str, str], *, lost: bool) -> Open:
    """Settle what does not count: the value that stands is said once more, a note beside a decision is taken away."""
    aside = next((one for one in _aside(desk) if (one.key, one.field) == pair), None)
    if aside is None:
        raise refuse("missing", "没有这一处不一致，可能已经处理过，请刷新后重试")
    kind, record_id = ids.split(aside.key)
    row = _put_aside(desk, Wording(desk), aside, reveal=False)
    if lost:
        raise refuse("voice", f"“{row.lost}”{row.why}，不能改用。需要更正的，请在原处重新登记", aside.field)
    if (problem := may_write(desk.scope, KINDS[kind], record_id, [aside.field], offices.called)) is not None:
        raise Refused([problem])
    beside = aside.why.startswith(BESIDE)
    new: dict[str, Scalar] = {"deleted": 1} if beside else {aside.field: _standing(desk, kind, record_id, aside.field)}
    change = Change(kind, record_id, new)
    with desk.amending(aside.why):
        for more in desk.guarded([change])[1:]:
            desk.commit([more])
    desk.touch(desk.store.ledger.confirm(change, desk.by, desk.clock.stamp_ms()))
    return row
