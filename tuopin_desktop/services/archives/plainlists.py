"""The values of an item's records as a list: the paper of kinds that are written by hand or came from elsewhere."""

from collections.abc import Iterator

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.archives.kinds import PARTS
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.masking import mask
from tuopin_desktop.domain.record import Field, Form, Record, fields, scalar
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.services.archives.gathering import Group
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

_COLUMNS = (Column("登记", 30), Column("项目", 36, "center"), Column("内容", 104, "left", Form.LONG))
_INSIDE = frozenset({"attachment", "amendment"})
"""Parts that are no words of the paper: its scans, and notes of what was corrected."""


def listed(desk: Desk, item: ArchiveItem, group: Group) -> Table:
    """Return every value of an item's records, a row each; numbers of identity and telephone are masked."""
    rows: list[tuple[str, str, str]] = []
    for record in group.every:
        if record.kind.name not in _INSIDE:
            rows += _rows(desk, record)
    return Table(
        title=item.name,
        columns=_COLUMNS,
        rows=tuple(rows),
        office=desk.office.name,
        filled=item.dated,
        signed=(),
        landscape=False,
    )


def _rows(desk: Desk, record: Record) -> Iterator[tuple[str, str, str]]:
    label = record.kind.label
    for item in fields(type(record)):
        text = _text(desk, record, item)
        if text:
            yield label, item.label, text
            label = ""


def _text(desk: Desk, record: Record, item: Field) -> str:
    if item.auto or item.name == "deleted" or item.name == PARTS.get(record.kind.name):
        return ""
    value = scalar(getattr(record, item.name))
    if value is None:
        return ""
    if item.form is Form.REF:
        names = desk.once(("titles", item.ref), lambda: registers.titles(desk, item.ref))
        return names.get(str(value), "")
    if item.personal and not record.kind.restricted:
        return mask(type(record), item, value, desk.vocabulary)
    return field_words(item, value, desk.vocabulary)
