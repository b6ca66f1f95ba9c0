"""Cells corrected in a rehearsal: the clerk's words stand where the file has others, and are judged as if it had them.

A correction is an answer like any other of the rehearsal, so whatever reads the file again reads it corrected. The
file itself stays as it was handed in.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from tuopin_desktop.domain.intake import Header, Intake, Raw, SheetRow
from tuopin_desktop.domain.intake.rows import DITTO

_CODE = "cell"


class _Part(Protocol):
    """A table of a rehearsal: the sheet it stands on, what was read of it, the answers it was read under."""

    @property
    def sheet(self) -> str: ...

    @property
    def intake(self) -> Intake: ...

    @property
    def answers(self) -> Mapping[str, str]: ...


class Mend(msgspec.Struct, frozen=True):
    """One corrected cell: its sheet, its row there, the item's key, what stood in it, and what is to stand in it."""

    sheet: str
    row: int
    key: str
    raw: str
    word: str


class Corrected(msgspec.Struct, frozen=True):
    """The rows of a table with the corrections in them.

    `beside` are words by row number and key for items the table has no column for; `spots` are (row number, key) of all
    corrections that are in, `lost` those whose cell says something else by now, and stays as it is.
    """

    rows: Sequence[Sequence[Raw]]
    beside: Mapping[int, Mapping[str, str]] = {}
    lost: tuple[Mend, ...] = ()
    spots: frozenset[tuple[int, str]] = frozenset()

    def notes(self, header: Header) -> Iterator[str]:
        """Yield what is said of corrections that no longer fit."""
        names = {column.key: column.heading for column in header.columns.values()}
        for one in self.lost:
            yield f"第{one.row}行“{names.get(one.key, '')}”在文件里已经是另外的内容，没有照改，请重新核对"


def code(part: _Part, row: SheetRow, key: str) -> str:
    """Return the code of the answer that corrects an item of a row; one corrected before keeps its code."""
    earlier = _of_cell(part, row.number, key)
    return earlier or _start(part.sheet, row.number, key) + _text(_raw(part, row, key))


def word(part: _Part, row: SheetRow, key: str) -> str:
    """Return what stands for an item of a row now: as corrected, as the file has it, or "" without a column."""
    earlier = _of_cell(part, row.number, key)
    return part.answers[earlier] if earlier else _text(_raw(part, row, key))


def number(answers: Mapping[str, str]) -> int:
    """Return how many cells are corrected."""
    return sum(1 for _ in _all(answers))


def is_mend(text: str) -> bool:
    """Tell whether the code of an answer is that of a correction."""
    return text.startswith(f"{_CODE}\n")


def spot(text: str) -> tuple[str, int]:
    """Return the sheet and the row of the correction of a code."""
    _, sheet, row, *_ = text.split("\n", 4)
    return sheet, int(row)


def original(text: str) -> str:
    """Return what stood in the cell of a code before it was corrected."""
    return text.split("\n", 4)[4]


def corrected(rows: Sequence[Sequence[Raw]], header: Header, sheet: str, answers: Mapping[str, str]) -> Corrected:
    """Return the rows of a table with its corrections in them; the rows handed in stay as they are."""
    own = [one for one in _all(answers) if one.sheet == _line(sheet) and one.row <= len(rows)]
    if not own:
        return Corrected(rows)
    result = list(rows)
    places = {column.key: place for place, column in header.columns.items()}
    beside: dict[int, dict[str, str]] = {}
    lost = []
    for one in own:
        place = places.get(one.key)
        if place is None:
            beside.setdefault(one.row, {})[one.key] = one.word
        elif _stands(rows[one.row - 1], place, one.raw):
            cells = list(result[one.row - 1])
            cells += [None] * (place + 1 - len(cells))
            cells[place] = one.word
            result[one.row - 1] = cells
        else:
            lost.append(one)
    spots = frozenset((one.row, one.key) for one in own if one not in lost)
    return Corrected(result, beside, tuple(lost), spots)


def _all(answers: Mapping[str, str]) -> Iterator[Mend]:
    for text, word_ in answers.items():
        if is_mend(text):
            _, sheet, row, key, raw = text.split("\n", 4)
            yield Mend(sheet, int(row), key, raw, word_)


def _start(sheet: str, row: int, key: str) -> str:
    return "\n".join((_CODE, _line(sheet), str(row), key, ""))


def _line(sheet: str) -> str:
    """Return the name of a sheet without line breaks, which part the pieces of a code."""
    return " ".join(sheet.split("\n"))


def _of_cell(part: _Part, row: int, key: str) -> str:
    start = _start(part.sheet, row, key)
    return next((text for text in part.answers if text.startswith(start)), "")


def _stands(row: Sequence[Raw], place: int, raw: str) -> bool:
    """Tell whether a cell still says what it said when it was corrected; 同上 was shown as what it stands for."""
    cell = row[place] if place < len(row) else None
    return _text(cell) == raw or (isinstance(cell, str) and cell.strip() in DITTO)


def _text(raw: Raw) -> str:
    return "" if raw is None else str(raw)


def _raw(part: _Part, row: SheetRow, key: str) -> Raw:
    columns = part.intake.header.columns
    place = next((place for place, column in columns.items() if column.key == key), -1)
    return row.raw[place] if 0 <= place < len(row.raw) else None
