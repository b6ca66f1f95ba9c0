"""Which tables of a file are read: several sheets that fit, or blocks that stand abreast, are chosen by the clerk."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from tuopin_desktop.documents.grids import Grid
from tuopin_desktop.domain.columns import all_columns, label_of
from tuopin_desktop.domain.intake import Header, find_headers, recognised
from tuopin_desktop.domain.intake.questions import Answer, Question
from tuopin_desktop.domain.problems import Problem, Refused, refuse

ALL = "all"
SHEETS, BLOCKS, COLUMN = "sheets", "blocks", "column:"
_NAMED = 8


class Table(msgspec.Struct, frozen=True):
    """One table of a file: the sheet, its heading, and which block of the sheet it is (0: the only one)."""

    grid: Grid
    header: Header
    block: int = 0


class Choice(msgspec.Struct, frozen=True):
    """The tables to be read, what must be asked first, and all sheets that fit."""

    tables: tuple[Table, ...]
    questions: tuple[Question, ...] = ()
    fitting: tuple[str, ...] = ()


def choose(grids: Sequence[Grid], kind: str, answers: Mapping[str, str]) -> Choice:
    """Return the tables that fit a kind and were chosen; raises Refused when none fits or a name is wrong."""
    fitting: list[tuple[Grid, tuple[Header, ...]]] = []
    refused: Problem | None = None
    for grid in grids:
        match = find_headers(grid.rows, kind)
        if isinstance(match, Problem):
            refused = refused or match
        else:
            fitting.append((grid, match))
    if not fitting:
        assert refused is not None, "a book has at least one sheet"
        raise Refused([refused])
    names = [grid.name for grid, _ in fitting]
    selection = _wanted(names, answers.get(SHEETS, ""), kind)
    questions = [] if selection else [_sheets(names, kind)]
    read = [(grid, headers) for grid, headers in fitting if grid.name in selection] or fitting[:1]
    tables: list[Table] = []
    for grid, headers in read:
        blocks, question = _blocks(grid, headers, answers.get(BLOCKS, ""))
        tables += blocks
        questions += [question] if question and question not in questions else []
    return Choice(tuple(tables), tuple(questions), tuple(names))


def _wanted(names: Sequence[str], answer: str, kind: str) -> Sequence[str]:
    if len(names) == 1 and not answer:
        return names
    if answer.casefold() in (ALL, "全部"):
        return names
    selection = [name for name in answer.split("\n") if name]
    for name in selection:
        if name not in names:
            raise refuse(
                "sheet", f"没有像{label_of(kind)}的工作表“{name[:30]}”，可选：{'、'.join(names[:_NAMED])}", "sheet"
            )
    return selection


def _sheets(names: Sequence[str], kind: str) -> Question:
    text = "、".join(names[:_NAMED]) + (f"等{len(names)}张" if len(names) > _NAMED else "")
    answers = (Answer(ALL, f"全部{len(names)}张"), *(Answer(name, f"只导入“{name}”") for name in names))
    return Question(SHEETS, f"文件里有{len(names)}张工作表都像{label_of(kind)}：{text}。要导入哪些？", answers)


def _blocks(grid: Grid, headers: tuple[Header, ...], answer: str) -> tuple[list[Table], Question | None]:
    if len(headers) == 1:
        return [Table(grid, headers[0])], None
    tables = [Table(grid, header, number) for number, header in enumerate(headers, 1)]
    if answer == ALL:
        return tables, None
    if selection := [table for table in tables if str(table.block) in answer.split("\n")]:
        return selection, None
    answers = (
        Answer(ALL, f"{len(headers)}组都导入"),
        *(Answer(str(one.block), f"只导入第{one.block}组") for one in tables),
    )
    sentence = f"工作表“{grid.name}”里有{len(headers)}组表格左右并排，要导入哪一组？"
    return tables[:1], Question(BLOCKS, sentence, answers)


def parted(
    rows: Sequence[Sequence[object]], header: Header, answers: Mapping[str, str]
) -> tuple[Sequence[Sequence[object]], Header]:
    """Return the rows and the heading with every column that the clerk wants in two fields cut into two columns."""
    columns = {column.key: column for column in all_columns(header.kind)}
    for place, text in header.headings.items():
        pair = [columns[key] for key in answers.get(f"{COLUMN}{text}", "").split("+") if key in columns]
        if len(pair) != len(_CUT.groupindex):
            continue
        width = max((len(row) for row in rows), default=0)
        rows = [[*row, *[""] * (width - len(row)), *_cut(row[place] if place < len(row) else "")] for row in rows]
        header = header.assign(width, pair[0]).assign(width + 1, pair[1])
    return rows, header


_CUT = re.compile(r"(?P<first>[^（(、/／,，;；\s]+)[（(、/／,，;；\s]+(?P<second>[^）)]+)[）)]?")


def _cut(cell: object) -> tuple[object, object]:
    """Return the two things a cell says, 科长（乡科级正职）; what cannot be cut is the first."""
    match = _CUT.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return (match["first"], match["second"].strip()) if match else (cell, "")


def assigned(header: Header, answers: Mapping[str, str]) -> Header:
    """Return the heading with the columns the clerk gave another field, or none, by their words."""
    columns = {column.key: column for column in all_columns(header.kind)}
    for place, text in header.headings.items():
        answer = answers.get(f"{COLUMN}{text}")
        if answer is None:
            continue
        if "+" in answer:
            continue  # `parted` cuts it
        column = columns.get(answer) or (recognised(header.kind, answer) if answer not in ("", "skip") else None)
        if header.columns.get(place) != column:
            header = header.assign(place, column)
    return header
