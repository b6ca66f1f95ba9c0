"""What an official document says, once: its printed pages and its editable file are made from this alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec

from tuopin_desktop.documents.plain import printable
from tuopin_desktop.documents.ruled import Column
from tuopin_desktop.documents.sheetlook import Cell, safe
from tuopin_desktop.domain.daywords import with_dates
from tuopin_desktop.domain.halves import day_words

Level = Literal[1, 2, 3, 4]
ChartKind = Literal["bar", "line", "distribution", "stack", "coverage", "dots"]
Head = Literal["none", "document", "letter"]

STANDARD = 16.0  # pt: 三号
_DIGITS = "零一二三四五六七八九"


class Heading(msgspec.Struct, frozen=True):
    """A heading; its number (一、 （一） 1. （1）) is counted, never typed."""

    text: str
    level: Level = 1


class Paragraph(msgspec.Struct, frozen=True):
    """Body text with its first line indented by two characters; `plain` begins at the margin."""

    text: str
    plain: bool = False


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A table across the type area; column widths are proportions, `size` its type (pt), `least` the mm of a row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[tuple[Cell, ...], ...] = ()
    caption: str = ""
    notes: tuple[str, ...] = ()
    size: float = 12
    least: float = 7.0


class Series(msgspec.Struct, frozen=True):
    """One row of values of a chart, as many as it has categories; None where nothing is known.

    `hollow` tells of each value whether it rests on too little; none at all where all are sound.
    """

    name: str
    values: tuple[float | None, ...]
    hollow: tuple[bool, ...] = ()

    def is_hollow(self, place: int) -> bool:
        """Tell whether the value at a place is there and rests on too little."""
        return bool(self.hollow) and self.hollow[place] and self.values[place] is not None


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing that can be read in black and white: series by hatching or dashes, every value written beside its mark.

    `distribution` shows how many fall into each category (bins in order) and their share; `stack` lays its series upon
    each other; `coverage` shows a rate over the share registered; `dots` compares places on a scale that begins where
    they do, `top` their mean. Else `top` is the value the scale must reach; 0 takes the largest. `hollow` says what the
    hollow marks are, where there are any.
    """

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    caption: str = ""
    unit: str = ""
    top: float = 0.0
    hollow: str = ""

    @property
    def hollow_said(self) -> str:
        """Return what its hollow marks are; empty where it has none."""
        places = range(len(self.categories))
        return self.hollow if any(one.is_hollow(place) for one in self.series for place in places) else ""


class Annex(msgspec.Struct, frozen=True):
    """An annex begins on a new page: 附件1 in its corner and its title below."""

    title: str
    number: str = "附件"


Block = Heading | Paragraph | Listing | Chart | Annex


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One official document (GB/T 9704-2012).

    `issuer` is the mark at the head, red, and `head` how it stands there: of a document (35 mm into the page), of a
    letter (at the top, compact), or none. `signed` is the signature, "\\n" where it is to break; `attachments` the
    titles named under the text; `copied` and `distributed` fill the block at the foot (抄送, 分送), closed by who
    printed it when. `inked` words stand above the signature, left open for ink. `size` and `leading` (pt) are the
    standard's; less only where a document must keep to one page (`fitted`).
    """

    title: str
    blocks: tuple[Block, ...] = ()
    issuer: str = ""
    head: Head = "none"
    number: str = ""
    recipient: str = ""
    attachments: tuple[str, ...] = ()
    signed: str = ""
    dated: date | None = None
    note: str = ""
    copied: str = ""
    distributed: str = ""
    printer: str = ""
    printed: date | None = None
    inked: tuple[str, ...] = ()
    size: float = STANDARD
    leading: float = 28

    @property
    def compact(self) -> bool:
        """Tell whether the document gives up blank lines to keep to one page."""
        return self.size < STANDARD

    @property
    def foot(self) -> tuple[str, ...]:
        """Return the lines of the distribution block but the last."""
        pair = (("抄送：", self.copied), ("分送：", self.distributed))
        return tuple(f"{label}{text.rstrip('。')}。" for label, text in pair if text)

    @property
    def printing(self) -> tuple[str, str]:
        """Return the two ends of the block's last line."""
        return self.printer, f"{day_words(self.printed)}印发" if self.printed else ""

    @property
    def date_words(self) -> str:
        """Return the date under the signature."""
        return day_words(self.dated) if self.dated else ""

    @property
    def annexes(self) -> tuple[str, ...]:
        """Return the lines that name the attachments: 附件：1.… or, of a single one, 附件：…"""
        if len(self.attachments) == 1:
            return (f"附件：{self.attachments[0]}",)
        return tuple(
            f"{'附件：' if place == 0 else ''}{place + 1}.{title}" for place, title in enumerate(self.attachments)
        )


class Worded(NamedTuple):
    """A line of text as it is set: a heading with its number, or a paragraph (level 0; -1 begins at the margin)."""

    text: str
    level: int


def clean(text: str) -> str:
    """Return text as paper and editable file can hold it, its dates in words."""
    return safe(with_dates(printable(text)))


def worded(blocks: Sequence[Block]) -> Iterator[Worded | Listing | Chart | Annex]:
    """Yield blocks with headings numbered and text cut at its line ends into paragraphs."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            yield Worded(
                _number(block.level, counts[block.level - 1]) + clean(block.text).replace("\n", ""), block.level
            )
        elif isinstance(block, Paragraph):
            for part in clean(block.text).split("\n"):
                yield Worded(part, -1 if block.plain else 0)
        else:
            if isinstance(block, Annex):
                counts = [0, 0, 0, 0]
            yield block


def _number(level: Level, count: int) -> str:
    return {1: f"{chinese(count)}、", 2: f"（{chinese(count)}）", 3: f"{count}.", 4: f"（{count}）"}[level]


def chinese(number: int) -> str:
    """Return 二十三 for 23; headings go up to 99."""
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return f"{ten}{_DIGITS[ones] if ones or not tens else ''}"


def texts(letter: Letter) -> Iterable[str]:
    """Yield every text a clerk may have typed, to be asked for characters no font has."""
    yield from (letter.title, letter.issuer, letter.number, letter.recipient, letter.signed, letter.note)
    yield from (*letter.annexes, *letter.foot, letter.printer, *letter.inked)
    for item in worded(letter.blocks):
        if isinstance(item, Worded):
            yield item.text
