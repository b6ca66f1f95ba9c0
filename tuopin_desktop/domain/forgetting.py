"""What of a record can be forgotten once its term is over: derived from the declaration, so no new field escapes it.

Whatever a person typed, and all that is declared as personal, can name somebody. Codes, days, numbers and references
cannot; a text that says nothing of a person is declared as `Field.lasting`, a kind about nobody as `Kind.impersonal`.
"""

import functools

from tuopin_desktop.domain.masking import hides
from tuopin_desktop.domain.record import Field, Form, Record, fields
from tuopin_desktop.domain.records import KINDS


@functools.cache
def apart(kind: str) -> frozenset[str]:
    """Return the fields of a kind whose values lie in the opening of a line; none of a kind that is unknown here."""
    cls = KINDS.get(kind)
    if cls is None or cls.kind.impersonal:
        return frozenset()
    return frozenset(item.name for item in fields(cls) if _forgets(cls, item))


def _forgets(cls: type[Record], item: Field) -> bool:
    if item.lasting:
        return False
    is_text = item.form in (Form.LONG, Form.ID_NUMBER) or (item.form is Form.TEXT and not item.auto)
    return is_text or item.person_name or hides(cls, item)
