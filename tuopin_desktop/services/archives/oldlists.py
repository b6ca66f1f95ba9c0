"""The catalogue reported in 2021 beside this office's items: read once in its own layout, compared, never touched."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tuopin_desktop.documents import grids
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives import comparing, oldcatalogues
from tuopin_desktop.domain.archives.comparing import Comparison
from tuopin_desktop.domain.archives.oldcatalogues import LABELS, Entry, Head, head_key
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import ArchiveItem, CatalogueHeads
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import forming
from tuopin_desktop.services.office.desk import Desk

LACKING = "archive.heads"
"""The code of a refusal because nobody said which column holds the titles."""


class Layout(msgspec.Struct, frozen=True):
    """How a file is laid out: the heads it has in its order, and which known column each was taken for."""

    heads: tuple[str, ...]
    answers: dict[str, str]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of an old catalogue: its rows, and how its layout was understood."""

    entries: tuple[Entry, ...]
    layout: Layout


def layout(desk: Desk, path: Path) -> Layout:
    """Return the heads of a file with the columns they are taken for, as far as that is known. Raises Trouble."""
    heads: list[str] = []
    answers: dict[str, str] = {}
    for grid in grids.read_book(path).grids:
        own = _answers(desk, grid.rows)
        head = oldcatalogues.head_of(grid.rows, own)
        if head is None:
            heads += [text for text in oldcatalogues.likely_heads(grid.rows) if text not in heads]
        else:
            texts = [_words_of(grid.rows[head.row], place) for place in range(len(head.texts))]
            heads += [text for text in texts if text and text not in heads]
            answers |= {texts[place]: key for key, place in head.columns.items()}
    return Layout(tuple(heads), answers)


def _words_of(cells: list[object], place: int) -> str:
    return " ".join(oldcatalogues.cell_text(cells[place]).split()) if place < len(cells) else ""


def read(desk: Desk, path: Path, answers: Mapping[str, str] | None = None) -> Reading:
    """Return the rows of an old catalogue; `answers` say heads -> columns, and are remembered for this layout.

    Raises Refused (`LACKING`) with the heads where it cannot be told which is the title, Trouble for no sheet.
    """
    rows: list[Entry] = []
    book = grids.read_book(path)
    heads: list[Head] = []
    for grid in book.grids:
        columns = {**_answers(desk, grid.rows), **(answers or {})}
        head = oldcatalogues.head_of(grid.rows, columns)
        if head is not None and "name" in head.columns:
            heads.append(head)
            rows += oldcatalogues.entries(grid.name if len(book.grids) > 1 else "", grid.rows, head)
            if answers:
                _remember(desk, head, answers)
    if not heads:
        texts = "、".join(layout(desk, path).heads[:20]) or "（没有找到表头）"
        raise refuse(LACKING, f"认不出哪一列是题名，请指明各列。表头有：{texts}", "name")
    if not rows:
        raise refuse("empty", "表头下面没有目录内容，请检查是否选对了文件")
    return Reading(entries=tuple(rows), layout=layout(desk, path))


def _answers(desk: Desk, rows: list[list[object]]) -> dict[str, str]:
    """Return what a clerk once said of the heads of a layout: it is known again by the row they stand in."""
    kept_by_id = {one.id: one for one in _kept_heads(desk)}
    for cells in rows[: oldcatalogues.LOOK]:
        kept_heads = kept_by_id.get(_heads_id(desk, [head_key(cell) for cell in cells]))
        if kept_heads is not None:
            return msgspec.json.decode(kept_heads.columns, type=dict[str, str])
    return {}


def _kept_heads(desk: Desk) -> list[CatalogueHeads]:
    code = ids.private(desk.scope)
    return desk.store.rows(CatalogueHeads, between=(f"{code}/", f"{code}0"))


def _heads_id(desk: Desk, texts: list[str]) -> str:
    whole = "\n".join(text for text in texts if text)
    return f"{ids.private(desk.scope)}/heads-{hashlib.sha256(whole.encode()).hexdigest()[:24]}"


def _remember(desk: Desk, head: Head, answers: Mapping[str, str]) -> None:
    if not desk.who.may(Act.ARCHIVE):
        return
    by_text = {text: key for text, key in answers.items() if head_key(text) in head.texts}
    record = CatalogueHeads(
        id=_heads_id(desk, list(head.texts)),
        heads="、".join(text for text in head.texts if text),
        columns=msgspec.json.encode(by_text).decode(),
    )
    before = desk.store.get(CatalogueHeads, record.id)
    new = difference(scalars(before) if before is not None else {}, scalars(record))
    if new:
        desk.commit([Change(CatalogueHeads.kind.name, record.id, new)])


def own_items(desk: Desk) -> list[ArchiveItem]:
    """Return every item of this office, with a number or waiting for one."""
    return [item for year in forming.years(desk).years for item in forming.plan(desk, year.year).items]


def compare(desk: Desk, path: Path, answers: Mapping[str, str] | None = None) -> Comparison:
    """Compare an old catalogue with this office's items; the file is only read. Raises Refused, Trouble."""
    if answers:
        unknown = [key for key in answers.values() if key not in LABELS]
        if unknown:
            raise refuse("archive.column", f"没有“{unknown[0][:20]}”这一栏，可用：{'、'.join(LABELS.values())}", "name")
    reading = read(desk, path, answers)
    return comparing.compare(reading.entries, own_items(desk))


def column_called(text: str) -> str:
    """Return the key of a column by its Chinese name; raises Refused."""
    key = next((key for key, label in LABELS.items() if text in (key, label)), "")
    if not key:
        raise refuse("archive.column", f"没有“{text[:20]}”这一栏，可用：{'、'.join(LABELS.values())}", "name")
    return key
