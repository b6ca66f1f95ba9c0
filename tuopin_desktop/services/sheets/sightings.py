"""What the eye sees on a sheet before it is judged: what must be asked, what is left out, how it is to be read."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from tuopin_desktop.documents.grids import Grid
from tuopin_desktop.domain.columns import Column
from tuopin_desktop.domain.intake import Header, heading_key, legends, monthsheets, recognised
from tuopin_desktop.domain.intake.headers import is_day_heading
from tuopin_desktop.domain.intake.headings import both, near
from tuopin_desktop.domain.intake.questions import SKIP, TAKE, Answer, Question, row_words
from tuopin_desktop.domain.intake.verdicts import unfigured
from tuopin_desktop.domain.reading import read_month
from tuopin_desktop.domain.record import Scalar
from tuopin_desktop.services.sheets import below, mergedcells

_NO_DATA = {"序号", "编号", "no", "问题", "原表行号"}
_CORRECTION = ("问题", "原表行号")
"""The headings our correction workbook ends with: its colours and comments are ours."""

_QUOTED = 3
_LEGEND_ROWS = 400


class Sighting(msgspec.Struct, frozen=True):
    """How one part of a sheet is to be read: its rows, what is open, rows set aside by an answer, notes, defaults."""

    rows: Sequence[Sequence[object]]
    questions: tuple[Question, ...] = ()
    aside: Mapping[int, str] = {}
    notes: tuple[str, ...] = ()
    defaults: Mapping[str, Scalar] = {}


def sight(grid: Grid, header: Header, answers: Mapping[str, str], file: str, others: Sequence[Grid]) -> Sighting:
    """Return how a part of a sheet is read under the answers; what is not answered is asked."""
    sighting = Sighting(grid.rows)
    if monthsheets.days_of(header):
        sighting = _month(grid, header, answers, file, others)
    aside: dict[int, str] = dict(sighting.aside)
    questions = [
        one for one in (*sighting.questions, *_columns(header), *_doubles(grid, header)) if one.code not in answers
    ]
    for question in (*_rows(grid, header), *below.questions(grid, header)):
        answer = answers.get(question.code, "")
        if answer == SKIP.word:
            aside |= dict.fromkeys(question.rows, f"{_REASONS[question.code]}，按您的回答不导入")
        elif answer != TAKE.word or TAKE not in question.answers:
            questions.append(question)
    notes = (*sighting.notes, *_notes(grid, header))
    return msgspec.structs.replace(sighting, questions=tuple(questions), aside=aside, notes=notes)


def _rows(grid: Grid, header: Header) -> Iterator[Question]:
    """Yield what is asked of rows that do not look like the others."""
    look, columns, last = grid.look, set(header.columns), header.last
    struck = {row for row, column in look.struck if column in columns and row > last}
    if struck:
        whole = frozenset(row for row in struck if _wholly_struck(grid, header, row))
        part = frozenset(struck) - whole
        if whole:
            yield _asked("struck", whole, f"{row_words(whole)}整行划了删除线，可能已经离任或作废")
        if part:
            yield _asked("struck_cells", part, f"{row_words(part)}有划了删除线的格，分不清划去的还算不算")
    lacking = frozenset(row for row, column in grid.unreckoned if row > last and column in columns)
    if lacking:
        text = "有公式没有计算结果，读入会缺内容；最好先用Excel或WPS打开、保存一次"
        yield _asked("formulas", lacking, f"{row_words(lacking)}{text}")
    hidden = frozenset(row for row in look.hidden if row > last and _filled(grid, header, row))
    if hidden:
        yield _asked("hidden", hidden, f"{row_words(hidden)}被隐藏或被筛选掉")
    if joined := mergedcells.split_slips(grid, header):
        text = "的姓名和填表日期（或事由）各合并成一格，起止却分写几行，像是一张假条；若是，请在原表里把起止写进一行"
        yield _asked("merged", joined, f"{row_words(joined)}{text}")
    if not all(key in map(heading_key, header.headings.values()) for key in _CORRECTION):
        yield from _dressed(grid, header)


def _dressed(grid: Grid, header: Header) -> Iterator[Question]:
    """Yield what is asked of rows with comments or with a ground of their own."""
    look, columns, last = grid.look, set(header.columns), header.last
    remarks = {row: text for (row, column), text in look.comments.items() if row > last and column in columns}
    if remarks:
        texts = "；".join(f"第{row}行“{unfigured(text[:20])}”" for row, text in sorted(remarks.items())[:_QUOTED])
        yield _asked("comments", frozenset(remarks), f"{row_words(frozenset(remarks))}有批注（{texts}），可能另有含义")
    coloured = _coloured(grid, header)
    if coloured:
        yield _asked("colour", coloured, f"{row_words(coloured)}的底色与其他行不同，可能另有含义（如已离任）")


_REASONS = {
    "struck": "划了删除线的行",
    "struck_cells": "有划去内容的行",
    "formulas": "公式没有结果的行",
    "hidden": "隐藏的行",
    "merged": "合并成一格、起止分写几行的行",
    "below": "下面另一张表的行",
    "comments": "有批注的行",
    "colour": "底色不同的行",
}


def _asked(code: str, rows: frozenset[int], sentence: str) -> Question:
    return Question(code, f"{sentence}。这些行要导入吗？", (SKIP, TAKE), "rows", rows, lasting=code == "colour")


def _filled(grid: Grid, header: Header, row: int) -> bool:
    cells = grid.rows[row - 1] if row <= len(grid.rows) else []
    return any(cells[place] not in (None, "") for place in header.columns if place < len(cells))


def _wholly_struck(grid: Grid, header: Header, row: int) -> bool:
    cells = grid.rows[row - 1] if row <= len(grid.rows) else []
    filled = [place for place in header.columns if place < len(cells) and cells[place] not in (None, "")]
    return all((row, place) in grid.look.struck for place in filled)


def _coloured(grid: Grid, header: Header) -> frozenset[int]:
    """Return the rows whose first mapped cell has a ground of its own, where most rows have none or another."""
    colours = grid.look.fills(min(header.columns)) if header.columns else {}
    colours = {row: colour for row, colour in colours.items() if row > header.last}
    if not colours:
        return frozenset()
    body = [row for row in range(header.last + 1, len(grid.rows) + 1) if _filled(grid, header, row)]
    kinds = [colours.get(row, "none") for row in body]
    usual = Counter(kinds).most_common(1)[0][0] if kinds else ""
    other = [row for row, kind in zip(body, kinds, strict=True) if kind != usual]
    return frozenset(other) if len(other) * 3 <= len(body) or len(body) <= _FEW else frozenset()


_FEW = 5
"""Rows of a short list, in which a colour of its own is no band."""


def _columns(header: Header) -> Iterator[Question]:
    """Yield what is asked of columns that sound like ours, or stand among the days of a month."""
    days = monthsheets.days_of(header)
    mapped = {column.key for column in header.columns.values()}
    own = {heading_key(header.headings[place]) for place in header.columns if place in header.headings}
    for place, text in header.headings.items():
        if place in header.columns or heading_key(text) in _NO_DATA:
            continue
        if days and min(days) < place < max(days):
            sentence = f"“{text[:20]}”列夹在日期列中间，看不出是哪一天"
            yield Question(f"column:{text}", f"{sentence}。这一列不导入吗？", (SKIP,), lasting=True)
            continue
        column, pair = near(header.kind, text), both(header.kind, text)
        twice = heading_key(text) in own
        if twice:
            yield Question(
                f"column:{text}", f"“{text[:20]}”列出现了两次，只读了前一列", (SKIP,), "column", lasting=True
            )
        elif pair is not None and not mapped & {one.key for one in pair}:
            answers: tuple[Answer, ...]
            names = f"“{pair[0].heading}”和“{pair[1].heading}”"
            answers = (SKIP, Answer("+".join(one.key for one in pair), f"分成{names}"), *_single(pair[0]))
            sentence = f"“{text[:20]}”列一格里有两项，像是{names}，这一列没有导入"
            yield Question(f"column:{text}", f"{sentence}。要分成两项吗？", answers, "column", lasting=True)
        elif column is not None and column.key not in mapped:
            answers = (SKIP, *_single(column))
            sentence = f"“{text[:20]}”列没有对应项目，像是“{column.heading}”，这一列没有导入"
            yield Question(f"column:{text}", f"{sentence}。它是哪一项？", answers, "column", lasting=True)


def _doubles(grid: Grid, header: Header) -> Iterator[Question]:
    """Yield what is asked of columns of one meaning under two headings, 手机 and 手机号码, that do not agree."""
    place_of = {column.key: place for place, column in header.columns.items()}
    own = {heading_key(header.headings[place]) for place in header.columns if place in header.headings}
    for place, text in header.headings.items():
        column = recognised(header.kind, text) if place not in header.columns else None
        first = place_of.get(column.key) if column is not None else None
        if first is None or heading_key(text) in own or heading_key(text) in _NO_DATA:
            continue
        pairs = [
            (number, row[first] if first < len(row) else "", row[place])
            for number, row in enumerate(grid.rows[header.last :], header.last + 1)
            if place < len(row) and row[place] not in (None, "")
        ]
        if rows := frozenset(number for number, one, other in pairs if str(one).strip() != str(other).strip()):
            name = header.headings.get(first, column.heading if column else "")
            sentence = f"“{text[:20]}”列与“{name[:20]}”列是同一项，{row_words(rows)}两列不同，只读了“{name[:20]}”列"
            yield Question(f"column:{text}", sentence, (SKIP,), "column")


def _single(column: Column) -> tuple[Answer]:
    return (Answer(column.key, f"导入为“{column.heading}”"),)


def _notes(grid: Grid, header: Header) -> Iterator[str]:
    """Yield what stands on the sheet and belongs to no row: titles, columns without a heading, hidden columns."""
    above = chain.from_iterable(grid.rows[: header.first - 1])
    titles = dict.fromkeys(str(cell).strip() for cell in above if cell not in (None, ""))
    if titles:
        text = "、".join(f"“{unfigured(' '.join(title.split())[:30])}”" for title in list(titles)[:_QUOTED])
        yield f"表头上方的文字不是数据，没有读入：{text}{'等' if len(titles) > _QUOTED else ''}"
    places = [place for place in header.columns if place in grid.look.hidden_columns]
    hidden = [header.headings.get(place, header.columns[place].heading) for place in places]
    if hidden:
        yield f"隐藏的列也已读入：{'、'.join(hidden)}"
    width = max((len(row) for row in grid.rows[:50]), default=0)
    others = {at for row in grid.rows[header.first - 1 : header.last] for at, cell in enumerate(row) if cell}  # abreast
    for place in [place for place in range(width) if place not in header.headings and place not in others][:20]:
        count = sum(place < len(row) and row[place] not in (None, "") for row in grid.rows[header.last :])
        if count:
            yield f"第{place + 1}列没有表头，其中{count}格没有读入"


def _month(grid: Grid, header: Header, answers: Mapping[str, str], file: str, others: Sequence[Grid]) -> Sighting:
    """Return a sheet of attendance with its month, its halves put together, its marks as its legend has them."""
    rows: Sequence[Sequence[object]]
    questions: list[Question] = []
    notes: list[str] = []
    rows, spread = mergedcells.each_day(grid, header)
    if spread:
        notes.append(f"{row_words(spread)}有横着合并的格，其中的符号已登记到合并的每一天")
    aside: dict[int, str] = {}
    column = monthsheets.halves_column(rows, header)
    if column is not None:
        rows, joined = monthsheets.paired(rows, header, column)
        aside |= {row: f"下午，已与第{first}行的上午合为一天" for row, first in joined.items()}
        notes.append("上午、下午分两行，已合为一天")
    spans = monthsheets.spans_of(grid.rows, header)
    span = _chosen(spans, answers, questions)
    if span is not None:
        rows = _without(rows, header, {place for one in spans if one != spans[span] for place in one.places})
        rest = "、".join(one.text for one in spans if one != spans[span])
        notes.append(f"表中日期跨月，只读了{spans[span].text}，{rest}没有读入，请再导入一次、选另一段")
    defaults = _month_default(grid, header, answers, file, questions, notes, spans, span)
    lines = legends.legend_rows(grid.rows, header.last)
    aside |= dict.fromkeys(lines, "图例")
    own = legends.outside(grid.rows, header.last, header.columns, monthsheets.days_of(header), lines)
    legend = legends.legend_of([*own, *chain.from_iterable(one.rows[:_LEGEND_ROWS] for one in others)])
    if "signs" not in answers:
        questions += _unclear(grid, header, rows, lines)
    question = legends.question(legend, legends.used_marks(_day_cells(rows, header)))
    answer = answers.get("legend", "")
    if question is not None and answer == "sheet":
        rows = _each_day(rows, header, legend.translated)
        notes.append("考勤符号按表中图例登记：" + "、".join(f"{mark}{word}" for mark, word in legend.meanings.items()))
    elif question is not None and answer != "ours":
        questions.append(question)
    return Sighting(rows, tuple(questions), aside, tuple(notes), defaults)


def _unclear(grid: Grid, header: Header, rows: Sequence[Sequence[object]], lines: frozenset[int]) -> Iterator[Question]:
    """Yield what is asked of a line that speaks of the sheet's marks and is not understood."""
    numbers = legends.unclear(grid.rows, header.last, legends.used_marks(_day_cells(rows, header)), lines)
    if numbers:
        text = " ".join(str(cell) for cell in grid.rows[numbers[0] - 1] if cell not in (None, ""))
        sentence = f"第{numbers[0]}行“{unfigured(text[:30])}”说到考勤符号，看不懂，符号可能另有含义"
        yield Question("signs", f"{sentence}。按本程序的符号登记吗？", (Answer("ours", "按本程序的符号"),))


def _chosen(spans: Sequence[monthsheets.Span], answers: Mapping[str, str], questions: list[Question]) -> int | None:
    """Return which part of a sheet that goes across months is read, None when it is one month or nobody said."""
    if len(spans) < 2:
        return None
    codes = [str(number) for number in range(1, len(spans) + 1)]
    if answers.get("span", "") in codes:
        return codes.index(answers["span"])
    line = "，再".join(span.text for span in spans)
    choices = tuple(Answer(word, f"只导入{span.text}") for word, span in zip(codes, spans, strict=True))
    sentence = f"这张表的日期跨月（{line}），一次只能登记一个月的。先导入哪一段？另一段请再导入一次"
    questions.append(Question("span", sentence, choices))
    return None


def _without(rows: Sequence[Sequence[object]], header: Header, places: set[int]) -> list[Sequence[object]]:
    """Return the rows with the cells of some columns blank below the heading."""
    top, body = rows[: header.last], rows[header.last :]
    return [*top, *(["" if place in places else cell for place, cell in enumerate(row)] for row in body)]


def _month_default(
    grid: Grid,
    header: Header,
    answers: Mapping[str, str],
    file: str,
    questions: list[Question],
    notes: list[str],
    spans: Sequence[monthsheets.Span],
    span: int | None,
) -> dict[str, Scalar]:
    if any(column.key == "attendance.month" for column in header.columns.values()):
        return {}
    answered = read_month(answers.get("month", ""))
    if answered:
        return {"attendance.month": answered[:7]}
    if len(spans) > 1 and span is None:
        return {}
    if span is None:
        month = monthsheets.month_of(grid.rows, header, grid.name, file)
    else:
        month = monthsheets.month_of_span(grid.rows, header, grid.name, file, spans, span)
        places = set(monthsheets.days_of(header)) - set(spans[span].places)
        columns = {place: column for place, column in header.columns.items() if place not in places}
        header = msgspec.structs.replace(header, columns=columns)
    if month.question is not None:
        questions.append(month.question)
        return {}
    if (fault := monthsheets.weekday_fault(grid.rows, header, month.value)) is not None:
        questions.append(fault)
        return {}
    notes.append(f"月份按{month.source}定为{month.value}")
    return {"attendance.month": month.value}


def _day_cells(rows: Sequence[Sequence[object]], header: Header) -> Iterator[object]:
    places = monthsheets.days_of(header)
    return (row[place] for row in rows[header.last :] for place in places if place < len(row))


def _each_day(rows: Sequence[Sequence[object]], header: Header, change: Callable[[str], str]) -> list[Sequence[object]]:
    result: list[Sequence[object]] = []
    for number, row in enumerate(rows, 1):
        cells = list(row)
        for place, cell in enumerate(cells) if number > header.last else ():
            if isinstance(cell, str) and is_day_heading(header, place) and len(cell) < 12:
                cells[place] = change(cell)
        result.append(cells)
    return result
