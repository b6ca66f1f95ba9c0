"""A fingerprint of the code that judges log lines: a release that judges otherwise folds the whole log again."""

import hashlib
from functools import cache

from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.standards import CODES

_VERSION = 1
"""To be raised when `domain/values.py` or `domain/voices.py` judge otherwise without a word changing in the records."""


@cache
def judgement() -> str:
    """Return the fingerprint of everything that decides whether a value of a line counts."""
    items: list[object] = [_VERSION, sorted((title, sorted(codes)) for title, codes in CODES.items())]
    for kind, cls in sorted(KINDS.items()):
        for item in fields(cls):
            table = item.table if isinstance(item.table, str) else sorted(item.table.labels)
            speaks = sorted((value, voice.value) for value, voice in item.speaks.items())
            items.append((kind, item.name, item.form.value, item.limit, item.least, item.most, table, speaks))
            items.append((cls.kind.owner.value, item.owner.value))
    return hashlib.sha256(repr(items).encode()).hexdigest()[:32]
