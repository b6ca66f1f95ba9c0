"""The whole manual as one paper: contents, every topic with its pictures, keys, duty cards and articles."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from tuopin_desktop import __version__
from tuopin_desktop.documents import manualpages, pdf
from tuopin_desktop.documents.manualpages import Chapter, Grid, Heading, Part, Shot, Words
from tuopin_desktop.documents.ruled import Column, words_of
from tuopin_desktop.documents.table import Table
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.machine import files as disk
from tuopin_desktop.services.duties import dutycards
from tuopin_desktop.services.duties.keysheet import KeyRow
from tuopin_desktop.services.manual import keys, topics
from tuopin_desktop.services.manual.markup import Block, blocks
from tuopin_desktop.services.manual.topics import Topic
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk

TITLE = "工作总队管理程序使用手册"
LEVELS = {"county": "旗县工作总队用", "league": "盟市用", "region": "自治区办公室用"}
KEYS = "按键表"
CARDS = "职责卡"
_LOOKED_UP = frozenset({topics.RULE_CHAPTER, topics.MEASURE})
"""Chapters in the order of the articles, which need no contents."""
_BACK = "目录"
"""The way back at the end of a page of the window, which paper has not."""


def sheets(desk: Desk, rows: Sequence[KeyRow] = ()) -> tuple[Sheet, ...]:
    """Return the manual of an office's level as pages; `rows` are the keys of the window, those kept without any."""
    under = (LEVELS[desk.level.value], f"第{__version__}版")
    return manualpages.sheets(TITLE, under, list(_parts(desk, rows or keys.rows())), desk.fonts())


def write(desk: Desk, rows: Sequence[KeyRow], path: Path) -> Path:
    """Write the manual as a PDF; raises Trouble."""
    return files.write(desk, path, pdf.render(sheets(desk, rows), desk.fonts(), title=TITLE))


def card_tables(desk: Desk) -> dict[str, Table]:
    """Return the duty cards of an office by role; none where nobody has a duty yet."""
    return dict(dutycards.cards(desk).sheets)


def key_lines(rows: Sequence[KeyRow]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each page with its keys and what they do, keys that do the same beside each other."""
    for where, some in groupby(rows, key=lambda row: row.where):
        joined: dict[str, list[str]] = {}
        for row in some:
            joined.setdefault(row.text, []).append(row.keys)
        yield where, [("、".join(keys), text) for text, keys in joined.items()]


def _parts(desk: Desk, rows: Sequence[KeyRow]) -> Iterator[Part]:
    every = topics.topics(desk.level.value)
    for name, inside in groupby(every, key=lambda topic: topic.chapter):
        if name == topics.QUESTIONS:  # what is for the hand comes before what is looked up
            yield from _of_keys(rows)
            yield from _of_cards(desk)
        yield from _of_chapter(name, list(inside))


def _of_chapter(name: str, inside: Sequence[Topic]) -> Iterator[Part]:
    yield Chapter(topics.MADE.get(name, inside[0].title))
    for topic in inside:
        if topic.title != topics.MADE.get(name, inside[0].title):
            yield Heading(topic.title, listed=name not in _LOOKED_UP)
        yield from (part for block in blocks(topic.body) for part in _of_block(block))


def _of_block(block: Block) -> Iterator[Part]:
    if block.kind == "picture":
        yield _shot(block.text)
    elif block.kind == "row":
        yield from (Words(f"{one}　{other}", "·") for one, other in _pairs(block.cells))
    elif block.text != _BACK:
        yield Words(block.text, block.lead)


def _pairs(cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands beside each other in a row: a key and what it does, two such to a row at most."""
    for at in range(0, len(cells), 2):
        yield cells[at], cells[at + 1] if at + 1 < len(cells) else ""


def _shot(name: str) -> Shot:
    return manualpages.shot(disk.read(topics.PICTURES / f"{name}.png"))


def _of_keys(rows: Sequence[KeyRow]) -> Iterator[Part]:
    yield Chapter(KEYS)
    columns = (Column("按键", 40, "center"), Column("做什么", 110))
    for where, lines in key_lines(rows):
        yield Heading(f"{where}的按键")
        yield Grid(columns, tuple(lines))


def _of_cards(desk: Desk) -> Iterator[Part]:
    tables = card_tables(desk)
    if not tables:
        return
    yield Chapter(CARDS)
    for role, table in tables.items():
        yield Heading(f"{role}职责卡")
        yield from (Words(text) for text in (*table.intro, *table.notes))
        yield Grid(table.columns, tuple(tuple(map(words_of, row)) for row in table.rows))
