"""The markup of a topic: what of it is for a level of office, its pictures, and its text as blocks for paper.

Besides plain HTML a topic may hold `data-level` on any element (county, league, region; several with a blank between),
`<section>` round a whole topic, and pictures: `<img>` with what the script of the pictures is to draw (`Figure`).
A picture is followed by the `<ol>` of its steps, one for each number on it.
"""

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

_EMPTY = frozenset({"img", "br", "hr"})
_BLOCKS = frozenset({"p", "li", "td"})
NO_MARK = "-"
"""A step that is not at a control of the picture: a key to press, a look at the paper."""


class Figure(NamedTuple):
    """A picture of a page: its name, what it shows in words, where it is drawn, and the controls numbered on it.

    `tab` is the tab of the page, "" for what stands open first; `deeds` what is done before it is drawn, such as
    `press:新建报备单`; `marks` the words of the controls in the order of their numbers.
    """

    name: str
    alt: str
    page: str
    tab: str
    level: str
    deeds: tuple[str, ...]
    marks: tuple[str, ...]


class Block(NamedTuple):
    """A part of a topic on paper: text, step, item, row or picture; `text` without markup, `lead` its number or dot."""

    kind: str
    text: str
    lead: str = ""
    cells: tuple[str, ...] = ()


def for_level(markup: str, level: str) -> str:
    """Return markup without what is for other levels; all of it for no level."""
    reader = _Kept(level)
    reader.feed(markup)
    reader.close()
    return "".join(reader.out)


def figures(markup: str) -> list[Figure]:
    """Return the pictures of a text in their order."""
    reader = _Figures()
    reader.feed(markup)
    return reader.figures


def steps(markup: str) -> dict[str, int]:
    """Return how many steps follow each picture of a text, by its name."""
    counts: dict[str, int] = {}
    name = ""
    for block in blocks(markup):
        if block.kind == "picture":
            name = block.text
            counts[name] = 0
        elif block.kind == "step" and name:
            counts[name] += 1
        else:
            name = ""
    return counts


def blocks(markup: str) -> list[Block]:
    """Return a text as the blocks it is set in on paper."""
    reader = _Blocks()
    reader.feed(markup)
    reader.close()
    return list(reader.blocks)


def disc(number: int) -> str:
    """Return the number of a step as a sign: ①."""
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else f"{number}."


class _Kept(HTMLParser):
    """Writes a text again without the elements that are for other levels, and without the sections round topics."""

    def __init__(self, level: str) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._level = level
        self._depth = 0  # how many elements inside one that is left out are open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        levels = (dict(attrs).get("data-level") or "").split()
        is_for_others = bool(self._level and levels) and self._level not in levels
        if self._depth or is_for_others:
            self._depth += tag not in _EMPTY
        elif tag != "section":
            self.out.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._depth -= bool(self._depth and tag not in _EMPTY)

    def handle_endtag(self, tag: str) -> None:
        if self._depth:
            self._depth -= 1
        elif tag != "section":
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def _add(self, text: str) -> None:
        if not self._depth:
            self.out.append(text)


class _Figures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.figures: list[Figure] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.figures.append(_figure(attrs))


def _figure(attrs: list[tuple[str, str | None]]) -> Figure:
    of = {key: value or "" for key, value in attrs}
    level = (of.get("data-level") or "county").split()[0]
    return Figure(
        name=of["src"].rpartition("/")[2].removesuffix(".png"),
        alt=of.get("alt", ""),
        page=of.get("data-page", ""),
        tab=of.get("data-tab", ""),
        level="region" if level == "league" else level,  # a league's window is the region's
        deeds=tuple(one for one in of.get("data-do", "").split(";") if one),
        marks=tuple(one for one in of.get("data-marks", "").split("|") if one),
    )


class _Blocks(HTMLParser):
    """Takes a text apart: paragraphs, list items, numbered steps, rows of tables, pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._cells: list[str] = []
        self._number = 0  # of the last step of a numbered list, 0 outside one
        self._numbered = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            figure = _figure(attrs)
            self.blocks.append(Block("picture", figure.name, figure.alt))
        elif tag in {"ol", "ul"}:
            self._numbered, self._number = tag == "ol", 0
        elif tag == "br":
            self._words.append("\n")
        if tag in _BLOCKS or tag == "tr":
            self._close("text")
        if tag == "tr":
            self._cells = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._number += 1
            lead = disc(self._number) if self._numbered else "·"
            self._close("step" if self._numbered else "item", lead)
        elif tag == "td":
            self._cells.append(self._text())
        elif tag == "tr":
            self.blocks.append(Block("row", "", "", tuple(self._cells)))
        elif tag == "p":
            self._close("text")

    def handle_data(self, data: str) -> None:
        self._words.append(data.replace("\n", ""))

    def close(self) -> None:
        super().close()
        self._close("text")

    def _text(self) -> str:
        text = "".join(self._words).strip()
        self._words.clear()
        return text

    def _close(self, kind: str, lead: str = "") -> None:
        if text := self._text():
            self.blocks.append(Block(kind, text, lead))


def table(rows: Iterator[tuple[str, ...]]) -> str:
    """Return rows of words as a table."""
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
