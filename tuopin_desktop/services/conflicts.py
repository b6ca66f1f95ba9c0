"""Two authors wrote one field without having seen each other: both values side by side, and the choice of one."""

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import Scalar, fields, title
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services import closedmonths
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.store import conflicts as kept


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """An open conflict: `kept` is what stands, `lost` what it overwrote; `lost_at` in ms since 1970."""

    kind: str
    id: str
    title: str
    field: str
    label: str
    kept: Scalar
    kept_by: str
    lost: Scalar
    lost_by: str
    lost_at: int


def listed(desk: Desk) -> list[Open]:
    """Return the conflicts nobody has settled yet, by record."""
    found = []
    for key, conflict in kept.listed(desk.store.ledger):
        kind, record_id = ids.split(key)
        if kind not in KINDS:
            continue
        record = desk.store.get(KINDS[kind], record_id)
        label = next((item.label for item in fields(KINDS[kind]) if item.name == conflict.field), conflict.field)
        found.append(
            Open(
                kind=kind,
                id=record_id,
                title=title(record) if record is not None else record_id,
                field=conflict.field,
                label=label,
                kept=conflict.kept,
                kept_by=conflict.kept_by,
                lost=conflict.lost,
                lost_by=conflict.lost_by,
                lost_at=conflict.lost_at >> 16,
            )
        )
    return found


def keep(desk: Desk, kind: str, record_id: str, field: str, *, lost: bool = False) -> Open:
    """Settle a conflict for good, everywhere: confirm what stands, or take the overwritten value back (`lost`)."""
    wanted = (kind, record_id, field)
    found = next((one for one in listed(desk) if (one.kind, one.id, one.field) == wanted), None)
    if found is None:
        raise refuse("missing", "没有这一处不一致，可能已经处理过，请刷新后重试")
    if (problem := may_write(desk.scope, KINDS[kind], record_id, [field])) is not None:
        raise Refused([problem])
    change = Change(kind, record_id, {field: found.lost if lost else found.kept})
    closedmonths.refuse(desk.store, [change])
    desk.touch(desk.store.ledger.confirm(change, desk.user, desk.clock.stamp_ms()))
    return found
