"""The attendance book as a workbook: signs to choose from, totals as formulas that carry their values."""

import io
from datetime import datetime
from typing import Any

from tuopin_desktop.documents.engine import workbook_writer
from tuopin_desktop.documents.monthbook import STRUCK, BookLine, MonthBook
from tuopin_desktop.documents.sameness import as_on_unix
from tuopin_desktop.documents.sheetlook import safe
from tuopin_desktop.domain.halves import day_words

_TITLE = {"font_name": "方正小标宋简体", "font_size": 22, "align": "center", "valign": "vcenter"}
_LINE = {"font_name": "仿宋", "font_size": 12, "valign": "vcenter"}
_HEAD = {"font_name": "黑体", "font_size": 10.5, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
_BODY = {
    "font_name": "仿宋_GB2312", "font_size": 10.5, "border": 1, "align": "center", "valign": "vcenter",
    "text_wrap": True, "shrink": False,
}  # fmt: skip
_REST = {"bg_color": "#E0E0E0"}
_FIRST_DAY = 4
_TOP = 4  # rows above the people
_ACROSS = 85  # characters that surely stand on one line under the table


def xlsx(
    month_book: MonthBook,
    *,
    signs: tuple[tuple[str, ...], ...],
    choices: tuple[str, ...],
    created: datetime,
    mark: str = "",
) -> bytes:
    """Return the workbook; `signs` are those each total after the first two counts, `choices` those a cell may have."""
    out = io.BytesIO()
    book = workbook_writer().Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    )
    book.set_properties({"created": created})
    _Page(book, month_book, signs, choices, mark).write()
    book.close()
    return as_on_unix(out.getvalue())


class _Page:
    """The one sheet of the workbook."""

    def __init__(
        self, book: Any, month_book: MonthBook, signs: tuple[tuple[str, ...], ...], choices: tuple[str, ...], mark: str
    ) -> None:
        self._made, self._signs, self._choices, self._mark = month_book, signs, choices, mark
        self._sheet = book.add_worksheet("考勤簿")
        self._look = {
            (base, rest): book.add_format({**values, **(_REST if rest else {})})
            for base, values in (("head", _HEAD), ("body", _BODY))
            for rest in (False, True)
        }
        self._title, self._report = book.add_format(_TITLE), book.add_format(_LINE)
        self._note = book.add_format({**_LINE, "font_size": 10.5, "text_wrap": True})
        self._right = book.add_format({**_LINE, "align": "right"})
        self._red = book.add_format({"bg_color": "#FFC7CE"})
        self._last_day = _FIRST_DAY + len(month_book.days) - 1
        self._last = self._last_day + len(month_book.headings)

    def write(self) -> None:
        self._head()
        for place, line in enumerate(self._made.lines):
            self._person(_TOP + 2 * place, line)
        foot = _TOP + 2 * len(self._made.lines)
        self._sums(foot)
        self._after(foot + 2)
        self._rules(foot)
        self._set_up(foot)

    def _head(self) -> None:
        sheet, month_book = self._sheet, self._made
        sheet.set_row(0, 39)
        sheet.merge_range(0, 0, 0, self._last, safe(month_book.title + ("（练习）" if self._mark else "")), self._title)
        third = self._last // 3
        day = f"填报日期：{day_words(month_book.filled)}" if month_book.filled else "填报日期："
        sheet.merge_range(1, 0, 1, third, safe(f"填报单位（盖章）：{month_book.office}"), self._report)
        sheet.merge_range(1, third + 1, 1, 2 * third, safe(month_book.state), self._report)
        sheet.merge_range(1, 2 * third + 1, 1, self._last, day, self._right)
        head = self._look["head", False]
        for place, text in enumerate(("序号", "姓名", "职务", "")):
            sheet.merge_range(2, place, 3, place, text, head)
        for place, day_of in enumerate(month_book.days, _FIRST_DAY):
            sheet.write_number(2, place, day_of.number, self._look["head", day_of.rest])
            sheet.write_string(3, place, day_of.weekday, self._look["head", day_of.rest])
        for place, text in enumerate(month_book.headings, self._last_day + 1):
            sheet.merge_range(2, place, 3, place, text, head)

    def _person(self, row: int, line: BookLine) -> None:
        sheet, body = self._sheet, self._look["body", False]
        sheet.merge_range(row, 0, row + 1, 0, line.number, body)
        sheet.merge_range(row, 1, row + 1, 1, safe(line.name), body)
        sheet.merge_range(row, 2, row + 1, 2, safe(line.post), body)
        for half, text in enumerate(("上", "下")):
            sheet.write_string(row + half, 3, text, body)
            for place, (day, mark) in enumerate(zip(self._made.days, line.marks, strict=True), _FIRST_DAY):
                sentence = STRUCK if mark is None else mark[half]
                sheet.write_string(row + half, place, sentence, self._look["body", day.rest])
        for place, value in enumerate(line.totals):
            column = self._last_day + 1 + place
            sheet.merge_range(row, column, row + 1, column, "", body)
            count = place - (len(line.totals) - len(self._signs))
            if count >= 0:
                choices = ",".join(f'"{sign}"' for sign in self._signs[count])
                cells = f"{_cell(row, _FIRST_DAY + line.counts_from - 1)}:{_cell(row + 1, self._last_day)}"
                sheet.write_formula(row, column, f"=SUMPRODUCT(COUNTIF({cells},{{{choices}}}))/2", body, value or 0)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, body)
            else:
                sheet.write_number(row, column, value, body)

    def _sums(self, row: int) -> None:
        sheet, head = self._sheet, self._look["head", False]
        sheet.merge_range(row, 0, row + 1, 2, "合计（在旗县人数）", head)
        worked = ",".join(f'"{sign}"' for sign in self._signs[0])
        for half, text in enumerate(("上", "下")):
            sheet.write_string(row + half, 3, text, head)
            for place, (day, pair) in enumerate(zip(self._made.days, self._made.presence, strict=True), _FIRST_DAY):
                look = self._look["head", day.rest]
                if not self._made.lines:
                    sheet.write_blank(row + half, place, None, look)
                    continue
                parts = [
                    f"SUMPRODUCT(COUNTIF({_cell(_TOP + 2 * n + half, place)},{{{worked}}}))"
                    for n in range(len(self._made.lines))
                ]
                sheet.write_formula(row + half, place, "=" + "+".join(parts), look, int(pair[half] or 0))
        for place, value in enumerate(self._made.sums):
            column = self._last_day + 1 + place
            sheet.merge_range(row, column, row + 1, column, "", head)
            cells = f"{_cell(_TOP, column)}:{_cell(max(_TOP, row - 1), column)}"
            sheet.write_formula(row, column, f"=SUM({cells})", head, value or 0)

    def _after(self, row: int) -> None:
        for text in (*self._made.legend, *self._made.notes):
            self._sheet.set_row(row, 18 * (1 + len(text) // _ACROSS))
            self._sheet.merge_range(row, 0, row, self._last, safe(text), self._note)
            row += 1
        self._sheet.write_string(row, 0, "        ".join(f"{sentence}          " for sentence in self._made.signed))

    def _rules(self, foot: int) -> None:
        if not self._made.lines:
            return
        self._sheet.data_validation(
            _TOP, _FIRST_DAY, foot - 1, self._last_day,
            {
                "validate": "list", "source": [*self._choices, STRUCK], "error_title": "考勤符号",
                "error_message": "请从列表中选择考勤符号", "ignore_blank": True,
            },
        )  # fmt: skip
        needed, text = _cell(_TOP, self._last_day + 1), _cell(_TOP, self._last_day + 2)
        rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({text}),{text}<{needed})", "format": self._red}
        self._sheet.conditional_format(_TOP, self._last_day + 2, foot - 1, self._last_day + 2, rule)

    def _set_up(self, foot: int) -> None:
        sheet = self._sheet
        for first, last, width in ((0, 0, 5), (1, 1, 14), (2, 2, 8), (3, 3, 4)):
            sheet.set_column(first, last, width)
        sheet.set_column(_FIRST_DAY, self._last_day, 3.2)
        sheet.set_column(self._last_day + 1, self._last, 6)
        sheet.freeze_panes(_TOP, _FIRST_DAY)
        sheet.repeat_rows(2, 3)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        sheet.print_area(0, 0, foot + 2 + len(self._made.legend) + len(self._made.notes), self._last)


def _cell(row: int, column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
