"""An import that can be taken back as a whole: what it wrote, and what stood there before."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.columns import label_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form, Record, Scalar, fields, scalars
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake
from tuopin_desktop.services.sheets.plans import Counts, Preview

_NAMED = 3
_GONE: Mapping[str, Scalar] = {"deleted": 1}
_Key = tuple[str, str]


class Imported(msgspec.Struct, frozen=True):
    """An import that was written: its counts, what it set, and what brings back what stood before."""

    kind: str
    counts: Counts
    after: tuple[Change, ...] = ()
    before: tuple[Change, ...] = ()

    @property
    def sentence(self) -> str:
        """Return what is said of it."""
        return f"导入完成：{self.counts.text()}"


def confirm(desk: Desk, rehearsed: Preview) -> Imported:
    """Write what a preview showed, all rows without errors or none, and say how to take it back."""
    after = _folded(intake.changes_of(desk, rehearsed))
    before = tuple(_standing(desk, change) for change in after)
    return Imported(rehearsed.kind, intake.confirm(desk, rehearsed), after, before)


def take_back(desk: Desk, imported: Imported) -> str:
    """Bring back what stood before an import, new records deleted; return what is said of it.

    Raises Refused, and changes nothing, where something was entered since that builds on it.
    """
    altered = [after for after, before in _pairs(imported) if not _stands(desk, after, new=before.set == _GONE)]
    leaning = [] if altered else list(_leaning(desk, imported))
    if altered or leaning:
        titles = [_title(desk, change) for change in altered] or leaning
        more = f"等{len(titles)}条" if len(titles) > _NAMED else ""
        how = "导入以后又改动过" if altered else "用到了这次导入的内容"
        raise refuse("altered", f"没有撤销：{'、'.join(titles[:_NAMED])}{more}{how}。请逐条更正")
    desk.commit(imported.before)
    return f"已撤销导入：{label_of(imported.kind)}，{len(imported.after)}条回到导入以前"


def _folded(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes with those of one record put together."""
    folded: dict[_Key, dict[str, Scalar]] = {}
    for change in changes:
        folded.setdefault((change.kind, change.id), {}).update(change.set)
    return tuple(Change(kind, record_id, values) for (kind, record_id), values in folded.items())


def _values(desk: Desk, kind: str, record_id: str) -> Mapping[str, Scalar] | None:
    record: Record | None = desk.store.get(KINDS[kind], record_id)
    return None if record is None else scalars(record)


def _standing(desk: Desk, change: Change) -> Change:
    """Return what brings a record back to what it is now; one that is not there yet is deleted."""
    values = _values(desk, change.kind, change.id)
    if values is None:
        return Change(change.kind, change.id, dict(_GONE))
    return Change(change.kind, change.id, {name: values.get(name) for name in change.set})


def _pairs(imported: Imported) -> Iterator[tuple[Change, Change]]:
    return zip(imported.after, imported.before, strict=True)


def _stands(desk: Desk, change: Change, *, new: bool) -> bool:
    """Tell whether a record is as the import left it; of a new one nothing more may have been filled in."""
    values = _values(desk, change.kind, change.id) or {}
    if new:
        return _filled(values) == _filled(change.set)
    return all(values.get(name) == value for name, value in change.set.items())


def _filled(values: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _leaning(desk: Desk, imported: Imported) -> Iterator[str]:
    """Yield the titles of records, not of this import, that point to one it brought."""
    brought = {change.id for change in imported.before if change.set == _GONE}
    own = {change.id for change in imported.after}
    kinds = {change.kind for change in imported.before if change.set == _GONE}
    for name, cls in KINDS.items():
        refs = [item.name for item in fields(cls) if item.form is Form.REF and kinds & set((item.ref or "").split(","))]
        for record in registers.rows(desk, name) if refs else ():
            if record.id not in own and any(getattr(record, ref) in brought for ref in refs):
                yield f"{cls.kind.label}{registers.title_of(desk, record)}"


def _title(desk: Desk, change: Change) -> str:
    record = desk.store.get(KINDS[change.kind], change.id)
    return registers.title_of(desk, record) if record is not None else KINDS[change.kind].kind.label
