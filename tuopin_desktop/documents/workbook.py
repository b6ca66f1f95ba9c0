"""The workbooks an office is given: registers, and templates to fill in."""

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from tuopin_desktop.documents.sheetlook import CODES_SHEET, Cell, Heading, Paper, heading_of
from tuopin_desktop.domain.codes import Vocabulary
from tuopin_desktop.domain.columns import Column, field_words
from tuopin_desktop.domain.masking import hides_column, veil
from tuopin_desktop.domain.record import Form, Scalar

_INLINE_LIST = 255
_DAY = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")


class Personal(enum.Enum):
    """What becomes of personal data in an export: written out, masked, or left out with their columns."""

    KEEP = "keep"
    MASK = "mask"
    OMIT = "omit"


def record_table(
    columns: Sequence[Column],
    records: Iterable[Mapping[str, Scalar]],
    vocabulary: Vocabulary,
    *,
    personal: Personal = Personal.KEEP,
) -> tuple[list[Heading], list[list[Cell]]]:
    """Return headings and rows for `register`; `records` are values by `kind.field`, as an intake gives them."""
    hidden = {column.key for column in columns if hides_column(column)}
    visible = [column for column in columns if personal is not Personal.OMIT or column.key not in hidden]
    veiled = hidden if personal is Personal.MASK else set()
    rows = [
        [_cell(column, record.get(column.key), vocabulary, hide=column.key in veiled) for column in visible]
        for record in records
    ]
    return [msgspec.structs.replace(heading_of(column), required=False) for column in visible], rows


def _cell(column: Column, value: Scalar, vocabulary: Vocabulary, *, hide: bool) -> Cell:
    if value is None:
        return None
    form = column.field.form
    if hide:
        return veil(column.field, field_words(column.field, value, vocabulary))
    if form is Form.INTEGER and isinstance(value, int):
        return value
    if form is Form.MONEY and isinstance(value, int):
        return value / 100
    if form is Form.DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return field_words(column.field, value, vocabulary)


def register(
    title: str,
    headings: Sequence[Heading],
    rows: Sequence[Sequence[Cell]],
    *,
    office: str,
    filled: date | None,
    created: datetime,
    frozen: int = 1,
    signed: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> bytes:
    """Return the .xlsx of a printed list in the official look.

    `created` is written into the file, so that the same content gives the same bytes; `frozen` columns stay in
    sight, and stand again on every page of a table too wide for one; `notes` are lines under the table, `signed` the
    words of the last line (填表人, 审核), left open for ink.
    """
    paper = Paper(title, created=created, rows=len(rows))
    _listed(paper, PrintedList(title, headings, rows, office, filled, frozen, signed, notes))
    return paper.bytes()


class PrintedList(msgspec.Struct, frozen=True):
    """One printed list: what `register` writes, or one sheet of a workbook of several."""

    title: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    office: str = ""
    filled: date | None = None
    frozen: int = 1
    signed: Sequence[str] = ()
    notes: Sequence[str] = ()


def several(lists: Mapping[str, PrintedList], *, created: datetime) -> bytes:
    """Return a workbook of several lists, each on a sheet of its name."""
    rows = max((len(one.rows) for one in lists.values()), default=0)
    paper: Paper | None = None
    for name, one in lists.items():
        paper = Paper(name, created=created, rows=rows) if paper is None else paper.beside(name)
        _listed(paper, one)
    if paper is None:
        raise ValueError("a workbook needs at least one sheet")
    return paper.bytes()


def _listed(paper: Paper, one: PrintedList) -> None:
    paper.lay(one.headings, one.rows, frozen=one.frozen)
    paper.head(one.title, one.office, one.filled)
    paper.headings(one.headings)
    for cells in one.rows:
        paper.body([_dated(cell) for cell in cells], one.headings, {})
    for text in one.notes:
        paper.note(text)
    if one.signed:
        paper.places("        ".join(f"{sentence}：          " for sentence in one.signed))
    paper.page()


def _dated(cell: Cell) -> Cell:
    """Return a cell of a list that is one day, as the log writes it, as the day: so a column of days can be sorted."""
    if isinstance(cell, str) and _DAY.fullmatch(cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return cell
    return cell


def template(
    title: str,
    columns: Sequence[Column],
    vocabulary: Vocabulary,
    *,
    office: str,
    created: datetime,
    lines: int = 200,
) -> bytes:
    """Return an empty table to fill in: lists for choices, prompts, text format for numbers that are names.

    It holds no example row - one would be imported one day; examples stand in the prompts.
    """
    paper = Paper(title, created=created, rows=lines)
    headings = [heading_of(column) for column in columns]
    starred = [_starred(heading) for heading in headings]
    paper.lay(starred, [], frozen=1)
    paper.head(title, office, None)
    paper.headings(starred)
    first = paper.row
    for place, column in enumerate(columns):
        paper.sheet.write_comment(first - 1, place, _advice(column), {"author": "", "x_scale": 1.6})
        for row in range(first, first + lines):
            paper.cell(row, place, None, headings[place])
    paper.row = first + lines
    _validate(paper, columns, vocabulary, first=first, last=first + lines + 2000)
    paper.page()
    return paper.bytes()


def _starred(heading: Heading) -> Heading:
    text = f"{heading.text}*" if heading.required else heading.text
    return Heading(text, heading.width, heading.form, heading.required)


def _advice(column: Column) -> str:
    field = column.field
    ways = {
        Form.DATE: "日期，如2018-05-31",
        Form.MONTH: "年月，如1970.05，或年月日1970-05-17",
        Form.CHOICE: "从下拉列表中选择",
        Form.FLAG: "填“是”，或空着",
        Form.INTEGER: f"整数，单位：{field.unit}" if field.unit else "整数",
        Form.MONEY: "金额，单位：元，最多两位小数",
        Form.PERIOD: "如2018-06-05至2018-06-08，半天加“上午”“下午”",
        Form.ID_NUMBER: "18位，末位可为X；本列已设为文本，请勿改格式",
        Form.REF: "姓名或名称，也可填导出表中的记录号",
    }
    way = ways.get(field.form) or (
        "11位手机号码，文本格式" if "手机" in field.label else f"文字，最多{field.limit}个字"
    )
    parts = ("必填" if field.required else "选填", way, field.hint)
    return "。".join(part for part in parts if part)[:250]


def _validate(paper: Paper, columns: Sequence[Column], vocabulary: Vocabulary, *, first: int, last: int) -> None:
    lists = _Lists(paper)
    for place, column in enumerate(columns):
        rule = _rule(column, vocabulary, lists)
        advice = _advice(column)
        rule |= {"input_title": column.heading[:32], "input_message": advice, "ignore_blank": True}
        rule |= {"error_title": "请核对", "error_message": f"“{column.heading}”{advice}"[:250]}
        paper.sheet.data_validation(first, place, last, place, rule)


def _rule(column: Column, vocabulary: Vocabulary, lists: "_Lists") -> dict[str, object]:
    field = column.field
    if field.form is Form.CHOICE:
        return {"validate": "list", "source": lists.source(list(field.codes(vocabulary).labels.values()))}
    if field.form is Form.FLAG:
        return {"validate": "list", "source": ["是", "否"]}
    between = {"criteria": "between", "error_type": "warning"}
    if field.form is Form.DATE:
        return {"validate": "date", "minimum": date(1900, 3, 1), "maximum": date(2099, 12, 31), **between}
    if field.form is Form.INTEGER:
        return {"validate": "integer", "minimum": -(10**9), "maximum": 10**9, **between}
    if field.form is Form.MONEY:
        return {"validate": "decimal", "minimum": 0, "maximum": 10**9, **between}
    if field.form is Form.ID_NUMBER:
        return {"validate": "length", "minimum": 15, "maximum": 18, **between}
    return {"validate": "length", "minimum": 0, "maximum": field.limit, **between}


class _Lists:
    """The choices of lists too long to stand in a cell rule, on a hidden sheet."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._places = paper, dict[tuple[str, ...], str]()
        self._sheet: Any = None

    def source(self, texts: list[str]) -> list[str] | str:
        """Return the words themselves, or where they stand."""
        if len(",".join(texts)) <= _INLINE_LIST and not any("," in word for word in texts):
            return texts
        key = tuple(texts)
        if key not in self._places:
            if self._sheet is None:
                self._sheet = self._paper.book.add_worksheet(CODES_SHEET)
                self._sheet.hide()
            column = len(self._places)
            self._sheet.write_column(0, column, texts)
            letter = chr(65 + column)
            self._places[key] = f"={CODES_SHEET}!${letter}$1:${letter}${len(texts)}"
        return self._places[key]
