"""What of the lines in the log does not count, in words: which record, which field, what was written, and why not."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Aside
from tuopin_desktop.domain.masking import HIDDEN, hides
from tuopin_desktop.domain.record import Field, Form, Kind, Record, fields
from tuopin_desktop.domain.records import KINDS

UNCOUNTED = "uncounted"
_SHORT = 20


class Uncounted(Record, frozen=True, kw_only=True):
    """A record of which something does not count; never stored, made of what was put aside.

    Its id is `<owner>/<kind>-<rest of the record's id>`.
    """

    kind: ClassVar[Kind] = Kind(name=UNCOUNTED, label="未采用的内容", title=("who",))

    who: str
    sentence: str
    inputs: tuple[tuple[str, str], ...]


def uncounted(asides: Iterable[Aside], called: Mapping[str, str]) -> dict[str, Uncounted]:
    """Return by id what does not count, a record at a time; `called` gives the words for office codes."""
    grouped: dict[str, list[Aside]] = {}
    for one in asides:
        if one.key.partition(":")[0] in KINDS:
            grouped.setdefault(one.key, []).append(one)
    uncounteds = (_of(key, some, called) for key, some in grouped.items())
    return {item.id: item for item in uncounteds}


def _of(key: str, some: list[Aside], called: Mapping[str, str]) -> Uncounted:
    kind, record_id = ids.split(key)
    owner = ids.owner(record_id)
    by = "、".join(dict.fromkeys(f"{called.get(one.office, one.office)}{one.by}" for one in some))
    return Uncounted(
        id=uncounted_id(key),
        who=f"{called.get(owner, owner)}的{KINDS[kind].kind.label}",
        sentence=f"{by}登记的{'、'.join(dict.fromkeys(label_of(one) for one in some))}没有采用，请核对更正",
        inputs=tuple((label_of(one), f"“{value_of(one)}”：{one.why}") for one in some),
    )


def uncounted_id(key: str) -> str:
    """Return under which id is told what of the record of a log key does not count."""
    kind, record_id = ids.split(key)
    owner, _, rest = record_id.partition("/")
    return f"{owner}/{kind}-{rest}"


def label_of(one: Aside) -> str:
    """Return the Chinese label of the field."""
    item = _field(one)
    return item.label if item is not None else "其他内容"


def value_of(one: Aside, *, reveal: bool = False) -> str:
    """Return what was written as it may be shown: the word of a choice; of what is personal only that there is one."""
    item = _field(one)
    if one.value is None:
        return "（空）"
    cls = KINDS.get(one.key.partition(":")[0])
    if cls is None or item is None or (hides(cls, item) and not reveal):
        return HIDDEN
    text = str(one.value)
    word = item.table.labels.get(text, text) if item.form is Form.CHOICE and not isinstance(item.table, str) else text
    return word[:_SHORT] + ("…" if len(word) > _SHORT else "")


def words_of(one: Aside, called: Mapping[str, str]) -> str:
    """Return one value that does not count as a sentence."""
    kind, record_id = ids.split(one.key)
    label = KINDS[kind].kind.label if kind in KINDS else "本版程序不认识的内容"
    whose = called.get(ids.owner(record_id), ids.owner(record_id))
    by = f"{called.get(one.office, one.office)}{one.by}"
    return f"{whose}的{label}“{label_of(one)}”：{by}登记的“{value_of(one)}”没有采用，{one.why}"


def _field(one: Aside) -> Field | None:
    kind = one.key.partition(":")[0]
    cls = KINDS.get(kind)
    return next((item for item in fields(cls) if item.name == one.field), None) if cls is not None else None


def written_over(keys: Sequence[str]) -> list[str]:
    """Return in words how many records it wrote over that stand like paper."""
    slips = sum(key.startswith("leave_slip:") for key in keys)
    messages = [f"已签字的报备单{slips}张（改动不算数）"] if slips else []
    messages += [f"已定稿的登记{len(keys) - slips}条（没有更正原因）"] if len(keys) > slips else []
    return [f"    改动了{'、'.join(messages)}，见“检查”中的签字后不改、定稿后不改。"] if messages else []
