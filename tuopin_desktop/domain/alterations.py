"""What was written over signed or sent paper, as the rules judge it: by record, with old and new value in words."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import ClassVar

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Alteration
from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.masking import hides, veil
from tuopin_desktop.domain.record import Field, Form, Kind, Record, Scalar, fields
from tuopin_desktop.domain.records import KINDS

ALTERED = "altered"
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))
_LONG = 40


class Altered(Record, frozen=True, kw_only=True):
    """One record with everything that was written over it while it was fixed; never stored, found in the log."""

    kind: ClassVar[Kind] = Kind(name=ALTERED, label="定稿后改动", title=("called",))

    key: str
    called: str
    changes: tuple[Alteration, ...]


def by_record(notes: Iterable[tuple[str, Alteration]]) -> Mapping[str, tuple[Alteration, ...]]:
    """Return alterations by log key, in their order."""
    alterations_by_key: dict[str, list[Alteration]] = defaultdict(list)
    for key, one in notes:
        alterations_by_key[key].append(one)
    return {key: tuple(some) for key, some in alterations_by_key.items()}


def records(notes: Mapping[str, tuple[Alteration, ...]], *, but: str) -> Mapping[str, Record]:
    """Return what was altered of every kind `but` one, as records to be judged, under the ids of those altered."""
    record_by_key: dict[str, Record] = {}
    for key, some in notes.items():
        kind, record_id = ids.split(key)
        if kind != but and kind in KINDS:
            name = f"{record_id}/{kind}"
            record_by_key[name] = Altered(id=name, key=key, called=KINDS[kind].kind.label, changes=some)
    return record_by_key


def sentence(key: str, one: Alteration) -> str:
    """Return who wrote what over what, and when (Beijing time)."""
    kind, item = key.partition(":")[0], _field(key, one.field)
    at = datetime.datetime.fromtimestamp((one.at >> 16) / 1000, _BEIJING)
    who = one.by or "经办人"
    if one.field == "deleted":
        return f"{who}{at:%Y年%m月%d日%H:%M}{'删除了这条记录' if one.value else '恢复了这条记录'}"
    was, text = _words(kind, item, one.was), _words(kind, item, one.value)
    return f"“{item.label}”由“{was}”改为“{text}”（{who}，{at:%Y年%m月%d日%H:%M}）"


def _field(key: str, name: str) -> Field:
    cls = KINDS[key.partition(":")[0]]
    return next((item for item in fields(cls) if item.name == name), Field(name=name, label="内容"))


def _words(kind: str, item: Field, value: Scalar) -> str:
    if value is None:
        return "空"
    if item.form is Form.PERIOD:
        period = parse_stored(str(value))
        return period.text().replace("\n", "") if period else str(value)
    if item.form is Form.CHOICE and isinstance(item.table, CodeTable):
        return item.table.word(str(value)) or str(value)
    if item.form is Form.REF:
        return "另一条记录"
    if hides(KINDS[kind], item):
        return veil(item, str(value))
    text = " ".join(str(value).split())
    return text if len(text) <= _LONG else text[:_LONG] + "…"
