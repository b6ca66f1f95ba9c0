"""Who may write what: prefix comparisons on office codes, for every line, local or imported."""

import functools
from collections.abc import Callable, Iterable

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Field, Owner, Record, fields


@functools.cache
def _locked(cls: type[Record]) -> tuple[Field, ...]:
    """Return the fields that the region office alone writes; kept, because it is asked for every line of a file."""
    return tuple(item for item in fields(cls) if item.owner is Owner.REGION)


def may_write(
    office: str, cls: type[Record], record_id: str, names: Iterable[str], called: Callable[[str], str] | None = None
) -> Problem | None:
    """Return None when the office may write these fields of the record, else the Problem that says who may.

    An office writes county-owned fields of records at or below itself. Region-owned records and fields are
    written by the region office alone, so that no county can approve itself. Records under `15/` are its own.
    An id that is not well formed is nobody's, whatever it begins with. `called` gives the name of an office code;
    a room that has none to give says 别的单位, for a code is no name.
    """
    lines = tuple(names)
    barred, key = withheld(office, cls), ids.key(cls.kind.name, record_id)
    free = (
        barred is not None and barred.isdisjoint(lines) and not (cls.kind.local or ids.is_local(ids.owner(record_id)))
    )
    if free and record_id.startswith(office) and ids.well_formed(key):
        return None  # asked of every line, and hardly ever otherwise: the rest finds the words
    try:
        ids.split(key)
    except ValueError:
        return Problem(code="id", sentence=f"{cls.kind.label}的记录号不合规定，不能保存", fields=("id",))
    scope = ids.owner(record_id)
    if not scope.startswith(office):
        whose, ours = (called(scope), f"（{called(office)}）") if called else ("别的单位", "")
        sentence = f"{cls.kind.label}属于{whose}，本单位{ours}无权修改"
        return Problem(code="authority", sentence=sentence, fields=lines)
    if ids.is_local(scope) is not cls.kind.local or (cls.kind.local and scope != ids.local(office)):
        return Problem(code="authority", sentence=f"{cls.kind.label}只在本机登记", fields=lines)
    if office == ids.REGION:
        return None
    locked = tuple(item.label for item in _locked(cls) if item.name in lines)
    if cls.kind.owner is Owner.REGION or locked:
        what = "、".join(locked) or cls.kind.label
        return Problem(
            code="authority",
            sentence=f"{cls.kind.label}的“{what}”只能由自治区工作队管理办公室登记，请以数据包或文件报送",
            fields=lines,
        )
    return None


@functools.cache
def withheld(office: str, cls: type[Record]) -> frozenset[str] | None:
    """Return the fields that an office's lines may not carry although it owns the record; None for the whole kind."""
    if office in (ids.REGION, ""):
        return frozenset()
    return None if cls.kind.owner is Owner.REGION else frozenset(item.name for item in _locked(cls))
