"""What an import would change of records that are kept, in words: what stands there, and what would."""

from collections.abc import Iterator, Mapping, Sequence

from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.codes import Vocabulary
from tuopin_desktop.domain.masking import mask
from tuopin_desktop.domain.record import Form, Scalar, fields
from tuopin_desktop.domain.records import KINDS

_SHOWN = 6
"""Items that are named one by one; of a month of days the rest is counted."""
_NONE = "空"


def text(changes: Sequence[Change], before: Sequence[Mapping[str, Scalar]], vocabulary: Vocabulary) -> str:
    """Return what is another afterwards; `before` has for each change what stands there now, personal data masked."""
    items = [item for change, old in zip(changes, before, strict=True) for item in _items(change, old, vocabulary)]
    rest = f"等{len(items)}项" if len(items) > _SHOWN else ""
    return "；".join(items[:_SHOWN]) + rest


def _items(change: Change, old: Mapping[str, Scalar], vocabulary: Vocabulary) -> Iterator[str]:
    cls = KINDS[change.kind]
    for item in fields(cls):
        if item.name not in change.set:
            continue
        if item.form is Form.REF:
            yield f"{item.label} 另有所指"
            continue
        was, now = (mask(cls, item, one, vocabulary) or _NONE for one in (old.get(item.name), change.set[item.name]))
        yield f"{item.label} {was} → {now}"
