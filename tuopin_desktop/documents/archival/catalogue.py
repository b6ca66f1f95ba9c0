"""The catalogue of filed items (归档文件目录) as a list: its columns stand in `forms/archive-catalogue/`."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from tuopin_desktop.documents.table import Align, Column, Table
from tuopin_desktop.domain import tomltext
from tuopin_desktop.domain.archives.boxes import number_words
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.domain.records.archives import SECRECY

TITLE = "归档文件目录"


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column: its heading, what it holds (a key of `CONTENTS`), its width in mm."""

    heading: str
    holds: str
    width: float
    align: Align = "left"


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One form of the catalogue: what it is called and its columns."""

    name: str
    columns: tuple[Head, ...]


def title_words(item: ArchiveItem) -> str:
    """Return a title as the catalogue has it: one that the paper itself does not bear stands in [ ]."""
    name = item.name.strip()
    return f"[{name}]" if name and item.made_title and not name.startswith("[") else name


CONTENTS: Mapping[str, Callable[[int, ArchiveItem], str]] = {
    "place": lambda place, _: str(place),
    "number": lambda _, item: number_words(item),
    "code": lambda _, item: item.code,
    "document": lambda _, item: item.document,
    "author": lambda _, item: item.author,
    "title": lambda _, item: title_words(item),
    "dated": lambda _, item: item.dated.strftime("%Y%m%d") if item.dated else "",
    "secrecy": lambda _, item: SECRECY.word(item.secrecy) if item.secrecy else "",
    "pages": lambda _, item: str(item.pages) if item.pages else "",
    "note": lambda _, item: item.note,
}
"""What a column may hold, all of it words: a spreadsheet would make numbers of days and codes (DA/T 22-2015, 5.5)."""


def layouts(path: Path) -> dict[str, Layout]:
    """Read the forms of the catalogue by key; raises Trouble for a file that cannot be used."""
    try:
        shapes = msgspec.convert(tomltext.read(path.read_bytes()), dict[str, Layout])
    except (OSError, tomltext.Unreadable, msgspec.ValidationError) as error:
        raise Trouble(f"目录栏目文件“{path.name}”无法读取，请重新安装本程序。") from error
    if strange := {head.holds for layout in shapes.values() for head in layout.columns} - set(CONTENTS):
        raise Trouble(f"目录栏目文件“{path.name}”有不认识的内容：{'、'.join(sorted(strange))}。")
    return shapes


def table(layout: Layout, items: Sequence[ArchiveItem], notes: Sequence[str] = ()) -> Table:
    """Return items as a list of this form; `notes` are words under it."""
    return Table(
        title=TITLE,
        columns=tuple(Column(head.heading, head.width, head.align) for head in layout.columns),
        rows=tuple(
            tuple(CONTENTS[head.holds](place, item) for head in layout.columns) for place, item in enumerate(items, 1)
        ),
        notes=tuple(notes),
        signed=(),
        frozen=0,
    )
