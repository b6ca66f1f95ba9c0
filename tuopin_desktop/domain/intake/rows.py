"""The rows of a sheet under its heading: what is data, what each row gives, and what a person must look at."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence

import msgspec

from tuopin_desktop.domain.codes import Vocabulary
from tuopin_desktop.domain.columns import ENDS, ROSTER, Column, all_columns, columns
from tuopin_desktop.domain.intake import empty, remarks, spans
from tuopin_desktop.domain.intake.cells import judge_of
from tuopin_desktop.domain.intake.crosscheck import Found, Twins, agree
from tuopin_desktop.domain.intake.footing import is_numbering, reason_to_skip
from tuopin_desktop.domain.intake.headers import Header
from tuopin_desktop.domain.intake.headings import heading_key
from tuopin_desktop.domain.intake.verdicts import VEILED, Judge, Raw, Status, Verdict, noted, wrong
from tuopin_desktop.domain.record import Form, Scalar

DITTO = {"同上", "同前", "〃", "″", "”", "〞", '"', "''"}
_NO_KEYS: frozenset[str] = frozenset()
_STRIDE = 256
_REMEMBERED = 5000
"""Different cells of a column whose verdict is kept: enough for choice words and units, too few to fill the memory."""


class Rules(msgspec.Struct, frozen=True):
    """What an intake needs to know beside the sheet.

    `areas` six-digit area codes ever in force (a hint); `practice` allows the made-up numbers of practice data;
    `defaults` values by key for cells left empty and columns the sheet lacks; `formats` number formats by
    (row number, column index) for the cells named by `doubtful_cells`; `since_1904` says that the workbook counts its
    days from then; `waived` are keys of required columns that this sheet need not fill; `beside` are words by row
    number and key for items the sheet has no column for.
    """

    vocabulary: Vocabulary
    areas: Container[str] | None = None
    practice: bool = False
    defaults: Mapping[str, Scalar] = {}
    formats: Mapping[tuple[int, int], str] = {}
    since_1904: bool = False
    waived: frozenset[str] = frozenset()
    beside: Mapping[int, Mapping[str, str]] = {}


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A cell a person may want to look at; `place` is its column index, -1 when the sheet has no such column."""

    column: Column
    place: int
    raw: Raw
    value: Scalar
    status: Status
    message: str


class SheetRow(msgspec.Struct, frozen=True, gc=False):
    """One row of data: its number in the sheet, its raw cells, its values by key, the cells that are not plainly ok.

    `values` has a key for every mapped column (null when empty) but none for a cell in error.
    """

    number: int
    raw: Sequence[Raw]
    values: dict[str, Scalar]
    cells: tuple[Cell, ...] = ()

    @property
    def status(self) -> Status:
        """Return the worst status of the row's cells."""
        return max((cell.status for cell in self.cells), default=Status.OK)

    @property
    def problems(self) -> tuple[str, ...]:
        """Return the sentences of the errors, each once."""
        lines = (f"{cell.column.heading}：{cell.message}" for cell in self.cells if cell.status is Status.ERROR)
        return tuple(dict.fromkeys(lines))


class SkippedRow(msgspec.Struct, frozen=True):
    """A row that is no data, and why."""

    number: int
    reason: str


class Counts(msgspec.Struct, frozen=True):
    """The number of rows by status; a row counts under its worst cell."""

    ok: int
    noted: int
    warning: int
    error: int

    @property
    def rows(self) -> int:
        """Return the number of data rows."""
        return self.ok + self.noted + self.warning + self.error

    @property
    def usable(self) -> int:
        """Return the number of rows without an error."""
        return self.rows - self.error


class Intake(msgspec.Struct, frozen=True):
    """A judged sheet: its heading, its data rows in order, and the rows that were passed over."""

    header: Header
    rows: tuple[SheetRow, ...]
    skipped: tuple[SkippedRow, ...] = ()

    @property
    def counts(self) -> Counts:
        """Return the number of rows by status."""
        totals = [0, 0, 0, 0]
        for row in self.rows:
            totals[row.status] += 1
        return Counts(*totals)


def take_in(
    rows: Sequence[Sequence[Raw]],
    header: Header,
    rules: Rules,
    aside: Mapping[int, str] | None = None,
    *,
    hear: Callable[[int], object] | None = None,
) -> Intake:
    """Judge every row below the heading; `rows` are all rows of the sheet, the first being row 1.

    `aside` are rows that are not to be read, with the reason; `hear` is told now and then which row is in hand.
    """
    aside = aside or {}
    reader = _Reader(header, rules)
    sheet_rows, skipped = [], []
    for number, row in enumerate(rows[header.last :], header.last + 1):
        if hear is not None and number % _STRIDE == 0:
            hear(number)
        result = aside[number] if number in aside else reader.read(number, row)
        if isinstance(result, SheetRow):
            sheet_rows.append(result)
        elif result:
            skipped.append(SkippedRow(number, result))
    return Intake(header, tuple(sheet_rows), tuple(skipped))


def _posting_keys(header: Header) -> frozenset[str]:
    if header.kind != ROSTER:
        return _NO_KEYS
    return frozenset(column.key for column in all_columns(ROSTER) if column.kind == "posting")


class _Plan(msgspec.Struct, frozen=True):
    place: int
    column: Column
    key: str
    judge: Judge
    verdict_by_value: dict[object, Verdict]


class _Reader:
    """Reads row after row, remembering the verdicts on words that come again and the row above for 同上."""

    def __init__(self, header: Header, rules: Rules) -> None:
        self._header, self._rules = header, rules
        self._plan = [_plan(place, column, rules) for place, column in sorted(header.columns.items())]
        self._seen = [(item.key, item.verdict_by_value) for item in self._plan]
        self._places = [item.place for item in self._plan]
        self._folded = [heading_key(header.headings.get(place)) for place in self._places]
        self._nothing: list[Raw] = [None] * len(self._places)
        self._no_words: list[Raw] = [""] * len(self._places)
        required = [column for column in columns(header.kind) if column.field.required]
        self._required = [
            (column.key, column.heading, f"{column.kind}.id") for column in required if column.key not in rules.waived
        ]
        self._place_of = {column.key: place for place, column in header.columns.items()}
        self._column_of = {column.key: column for column in columns(header.kind)}
        self._column_of |= {column.key: column for column in header.columns.values()}
        self._defaults = [(key, value) for key, value in rules.defaults.items() if key in self._column_of]
        self._beside = rules.beside
        self._of_posting = _posting_keys(header)
        self._periods = [
            item.key for item in self._plan if item.column.field.form is Form.PERIOD and not item.column.part
        ]
        self._parted = any(item.column.part in ENDS for item in self._plan)
        self._own_names = [at for at, item in enumerate(self._plan) if empty.names_the_row(item.column)]
        self._twins = Twins(header.kind)
        self._cells_made: dict[tuple[str, int], tuple[Verdict, Cell]] = {}
        self._above: list[Raw] = []
        self._below_footer = self._pointed = False

    def read(self, number: int, row: Sequence[Raw]) -> SheetRow | str:
        """Return the judged row, or why it is none; an empty reason is a blank row."""
        raw = [row[place] if place < len(row) else None for place in self._places]
        if raw == self._nothing or raw == self._no_words:
            return ""
        if reason := self._passed_over(number, row, raw):
            return reason
        values: dict[str, Scalar] = {}
        verdict_by_key: Found = {}
        for index, (key, verdict_by_value) in enumerate(self._seen):
            cell = raw[index]
            if cell is None or cell == "":
                values[key] = None
                continue
            # Asked here and not in a method: this line runs once for every cell of the sheet.
            verdict = verdict_by_value.get(cell) if type(cell) is str else None
            if verdict is None:
                verdict = self._verdict(self._plan[index], cell) or self._ditto(index, raw)
            if verdict.status is not Status.OK:
                verdict_by_key[key] = verdict
            values[key] = verdict.value
        if not verdict_by_key and not any(value is not None for value in values.values()):
            return ""
        self._check(number, row, values, verdict_by_key)
        self._above = raw
        cells = tuple(self._cells(row, values, verdict_by_key)) if verdict_by_key else ()
        return SheetRow(number, self._whole(row, raw), values, cells)

    def _fill(self, texts: Mapping[str, str], values: dict[str, Scalar], reading: Found) -> None:
        """Judge the words for items without a column as if they stood in one."""
        for key, word in texts.items():
            if key not in self._place_of and key in self._column_of and word:
                verdict = self._judge_of(self._column_of[key])(word)
                values[key] = verdict.value
                if verdict.status is not Status.OK:
                    reading[key] = verdict

    def _passed_over(self, number: int, row: Sequence[Raw], raw: list[Raw]) -> str:
        if number == self._header.last + 1 and is_numbering(row):
            return "列号行"
        if reason := empty.reason_of(raw, self._own_names):
            return reason
        reason = reason_to_skip(row, below_footer=self._below_footer)
        if reason:
            self._below_footer = self._below_footer or reason == "表尾"
            return reason
        return "重复的表头" if self._repeats_heading(raw) else ""

    def _repeats_heading(self, raw: list[Raw]) -> bool:
        same = filled = 0
        for heading, cell in zip(self._folded, raw, strict=True):
            if cell not in (None, ""):
                filled += 1
                same += isinstance(cell, str) and cell.strip()[:1] == heading[:1] and heading_key(cell) == heading
                if not same:
                    return False
        return same * 2 > filled

    def _verdict(self, item: _Plan, cell: Raw) -> Verdict | None:
        """Return the verdict on a cell; None when it only points to the cell above."""
        word: object = cell if type(cell) is str else (type(cell), cell)
        verdict = item.verdict_by_value.get(word)
        if verdict is not None:
            return verdict
        if isinstance(cell, str) and len(cell) < 5 and cell.strip() in DITTO:
            return None
        verdict = item.judge(cell)
        if len(item.verdict_by_value) < _REMEMBERED:
            item.verdict_by_value[word] = verdict
        return verdict

    def _ditto(self, index: int, raw: list[Raw]) -> Verdict:
        """Judge 同上 by the cell above, and let a row below that says 同上 again find the same."""
        mark, above = str(raw[index]).strip(), self._above[index] if self._above else None
        verdict = None if above is None or above == "" else self._verdict(self._plan[index], above)
        if verdict is None:
            return wrong(f"“{mark}”的上一行是空的，请填写内容")
        raw[index], self._pointed = above, True
        if verdict.status > Status.NOTED:
            return Verdict(verdict.value, verdict.status, f"“{mark}”取自上一行：{verdict.message}")
        return noted(verdict.value, f"“{mark}”取自上一行")

    def _whole(self, row: Sequence[Raw], raw: list[Raw]) -> Sequence[Raw]:
        """Return the row with 同上 replaced by what it stands for, so that the row can be handed back alone."""
        if not self._pointed:
            return row
        self._pointed = False
        whole = list(row)
        for place, cell in zip(self._places, raw, strict=True):
            if place < len(whole):
                whole[place] = cell
        return whole

    def _check(self, number: int, row: Sequence[Raw], values: dict[str, Scalar], reading: Found) -> None:
        if number in self._beside:
            self._fill(self._beside[number], values, reading)
        aside = self._set_aside(values, reading)
        for key, default in self._defaults:
            failed = key in reading and reading[key].status is Status.ERROR
            if values.get(key) is None and not failed and key not in aside:
                values[key] = default
        self._settle(row, values, reading)
        agree(row, values, reading, places=self._place_of, formats=self._rules.formats, number=number)
        self._require(values, reading, aside)
        self._twins.check(number, values, reading)
        if reading:
            for key, verdict in reading.items():
                if verdict.status is Status.ERROR or verdict is VEILED:
                    values.pop(key, None)

    def _settle(self, row: Sequence[Raw], values: dict[str, Scalar], reading: Found) -> None:
        """Put together what a row gives in pieces: a name with a remark, a period in parts or without its year."""
        if reading:
            remarks.settle(row, values, reading, self._place_of, self._judge_of)
        for key in self._periods:
            spans.without_year(row, values, reading, key, self._place_of[key])
        if self._parted:
            spans.settle(row, values, reading, self._place_of)

    def _set_aside(self, values: dict[str, Scalar], reading: Found) -> frozenset[str]:
        """Return the keys of the posting when an exported row of a roster is about a person who has none.

        Such a row has the person's record number and not a word on a posting; it updates the person alone.
        """
        if values.get("person.id") is None or not self._of_posting:
            return _NO_KEYS
        if any(values.get(key) is not None or key in reading for key in self._of_posting):
            return _NO_KEYS
        for key in self._of_posting:
            values.pop(key, None)
        return self._of_posting

    def _require(self, values: dict[str, Scalar], reading: Found, aside: frozenset[str]) -> None:
        for key, heading, id_key in self._required:
            if values.get(key) is not None or key in aside or _given_up(reading.get(key)):
                continue
            if any(_is_wrong(reading.get(f"{key}.{end}")) for end in ENDS):
                continue  # its parts say what is wrong
            if key in self._place_of:
                reading[key] = wrong("必填，不能空着")
            elif values.get(id_key) is None:
                reading[key] = wrong(f"表中没有“{heading}”这一列，新增记录必须填写")

    def _cells(self, row: Sequence[Raw], values: dict[str, Scalar], reading: Found) -> Iterator[Cell]:
        """Yield the cells to look at; one that repeats a remembered verdict is the same object, to save memory."""
        for key, verdict in reading.items():
            pair = self._cells_made.get((key, id(verdict)))
            if pair is not None:
                yield pair[1]
                continue
            place = self._place_of.get(key, -1)
            raw = row[place] if 0 <= place < len(row) else None
            cell = Cell(self._column_of[key], place, raw, values.get(key), verdict.status, verdict.message)
            if len(self._cells_made) < _REMEMBERED:
                self._cells_made[key, id(verdict)] = verdict, cell
            yield cell

    def _judge_of(self, column: Column) -> Judge:
        rules = self._rules
        return judge_of(column, vocabulary=rules.vocabulary, areas=rules.areas, practice=rules.practice)


def _is_wrong(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.status is Status.ERROR


def _given_up(verdict: Verdict | None) -> bool:
    """Tell whether a cell that gives no value is spoken of already: in error, or a mask."""
    return verdict is not None and (verdict.status is Status.ERROR or verdict is VEILED)


def _plan(place: int, column: Column, rules: Rules) -> _Plan:
    judge = judge_of(
        column,
        vocabulary=rules.vocabulary,
        areas=rules.areas,
        practice=rules.practice,
        since_1904=rules.since_1904,
    )
    return _Plan(place, column, column.key, judge, {})
