"""The month as a table: people down, days and totals across; never editable in Qt's sense, so no IME takes the keys."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tuopin_desktop.domain.attendance.codes import day_sign, halves, mark_words
from tuopin_desktop.domain.attendance.count import Month
from tuopin_desktop.domain.attendance.laidover import Half, lay_over, ledger, stretch_of
from tuopin_desktop.domain.attendance.lines import working
from tuopin_desktop.domain.attendance.months import why_not
from tuopin_desktop.domain.findings import Finding, Verdict, gravest_first
from tuopin_desktop.domain.leave.count import half_number
from tuopin_desktop.domain.records import Attendance
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.attendance.month import Day, MonthRow, MonthSheet
from tuopin_desktop.ui.widgets.plain import plain

SOURCES = {
    "key": "手工登记",
    "import": "导入",
    "slip": "按报备单",
    "extension": "按续假单",
    "overstay": "超假未归",
    "trip": "按往返交通登记",
    "training": "按培训记录",
}
HALVES = ("上午", "下午")


class PersonMonth:
    """A row of the month with the edits of this moment in it; everything derived is worked out when it is asked."""

    def __init__(self, row: MonthRow, shut: str, edits: Mapping[int, str]) -> None:
        """Take a row, why it cannot be keyed (empty: it can), and the days keyed but not yet stored."""
        self.row, self.shut = row, shut
        self.days = list(row.days)
        self._stretch = stretch_of(row.record.month)
        self._count: Month | None = row.count
        for number, day in edits.items():
            self.days[number - 1] = day
        self._renew(touched=bool(edits))

    def _renew(self, *, touched: bool) -> None:
        papers = (self.row.covers, self.row.stays)
        laid_over = lay_over(self.days, self.row.record.month, *papers) if any(papers) else self.days
        self.laid = self.row.closed_days or laid_over
        self._ledger: dict[int, Half] | None = None
        if touched:
            self._count = None

    def set(self, number: int, day: str) -> None:
        """Key one day."""
        self.days[number - 1] = day
        self._renew(touched=True)

    @property
    def count(self) -> Month:
        """The month counted with what stands in it now."""
        if self._count is None:
            absent = self.row.grounds.absent([self._record()])
            self._count = self.row.counting.month(self.laid, self.row.record.month, self.row.posting, absent)
        assert self._count is not None, "only those posted in the month are listed"
        return self._count

    def _record(self) -> Attendance:
        """Return the month with the edits in it."""
        return msgspec.structs.replace(self.row.record, **dict(zip(DAYS, self.days, strict=True)))

    def missing(self, today: date) -> int:
        """Return the half-days up to today of which nothing is known."""
        first, last = self.row.count.span
        numbers = range(first.day, min(last, today).day + 1) if today >= first else range(0)
        return sum(not code for number in numbers for code in halves(self.laid[number - 1]))

    def why_shut(self, number: int) -> str:
        """Return why a day cannot be keyed, in Chinese; empty when it can."""
        return self.shut or why_not(number, self.row.record.month, self.row.posting)

    def in_post(self, number: int) -> bool:
        """Tell whether the person served on that day."""
        first, last = self.row.served
        return first.day <= number <= last.day

    def half(self, number: int, which: int) -> Half | None:
        """Return one half-day as it stands, None when nothing is known; `which` is 0 for the morning."""
        if self._ledger is None:
            self._ledger = ledger(self._record(), self.row.record.month, self.row.covers, self.row.stays)
        return self._ledger.get(self._stretch.start + 2 * (number - 1) + which)

    def clashes(self, number: int) -> tuple[str, ...]:
        """Return in words what contradicts what on a day."""
        if not (self.row.covers or self.row.stays):
            return ()
        morning, afternoon = (half.clashes if (half := self.half(number, which)) else () for which in (0, 1))
        if morning == afternoon:
            return tuple(f"全天：{text}" for text in morning)
        return (*(f"上午：{text}" for text in morning), *(f"下午：{text}" for text in afternoon))

    def said_by_paper(self, number: int, which: int) -> bool:
        """Tell whether a paper claims a half-day, whatever was keyed."""
        at = half_number(self.row.served[0].replace(day=number), "pm" if which else "am")
        return any(cover.says_away and at in cover.halves for cover in self.row.covers)

    def day_text(self, number: int) -> str:
        """Return a day in words with its sources: 上午嘎查村工作（手工登记），下午未登记."""
        if not self.in_post(number):
            return "不在派驻期内"
        messages = []
        for which in (0, 1):
            half = self.half(number, which)
            source = f"（{SOURCES.get(half.source, half.source)}）" if half else ""
            messages.append((mark_words(half.code[:2]) if half else "未登记") + source)
        return (
            f"全天{messages[0]}"
            if messages[0] == messages[1]
            else "，".join(map("".join, zip(HALVES, messages, strict=True)))
        )


Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROLES = Qt.ItemDataRole


Edits = Mapping[str, Mapping[int, str]]
"""Days keyed and not yet stored, by posting and day of the month."""


class Total(NamedTuple):
    """A column behind the days: its heading, what it means, and the rule that judges it."""

    heading: str
    meaning: str
    rule: str


TOTALS = (
    Total("计/应", "计入天数/应满天数（第九条）", "A09-1"),
    Total("进村", "进村入户占在旗县工作的比例（第九条）", "A09-2"),
    Total("假", "请假天数，没有已批准报备单、计为无正当理由离岗的除外（第十条）", "A10-3"),
    Total("无故", "按第十六条计的无正当理由离岗天数：登记为旷、未经批准、超假的", "A16-3"),
    Total("缺", "到今天为止没有登记的天数", "A09-1"),
)
WEEK = "一二三四五六日"


class Cell(NamedTuple):
    """A day of a line: place of the line, day of the month."""

    row: int
    number: int


class MonthModel(QAbstractTableModel):
    """Lines of one month; `today` decides what is missing."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.sheet: MonthSheet | None = None
        self.days: tuple[Day, ...] = ()
        self.lines: list[PersonMonth] = []
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self._present: list[float | None] = []
        self._places: dict[str, int] = {}

    # -- what stands in it

    def show(self, sheet: MonthSheet, edits: Edits) -> None:
        """Show a month; edits not yet stored stay in it. The same people keep their places and the selection."""
        same = self.sheet is not None and [line.row.posting.id for line in self.lines] == [
            row.posting.id for row in sheet.rows
        ]
        same = same and self.sheet is not None and self.sheet.month == sheet.month
        if not same:
            self.beginResetModel()
            self._findings = {}
        self.sheet, self.days = sheet, sheet.days
        self.lines = [self._line(row, edits) for row in sheet.rows]
        self._places = {line.row.posting.id: place for place, line in enumerate(self.lines)}
        self._present = [None] * len(self.days)
        if not same:
            self.endResetModel()
        self._all_changed()

    def renew(self, rows: Iterable[MonthRow], edits: Edits) -> None:
        """Show some of the rows as they are stored now."""
        for row in rows:
            if row.posting.id in self._places:
                self.lines[self._places[row.posting.id]] = self._line(row, edits)
        self._present = [None] * len(self.days)
        self._all_changed()

    def _line(self, row: MonthRow, edits: Edits) -> PersonMonth:
        assert self.sheet is not None
        return PersonMonth(row, self.sheet.closed_counties.get(row.posting.county, ""), edits.get(row.posting.id, {}))

    def judge(self, findings: Mapping[str, tuple[Finding, ...]]) -> None:
        """Take what the rules say, by posting."""
        self._findings.update(findings)
        self._all_changed()

    def write(self, days: Iterable[tuple[str, int, str]]) -> None:
        """Key days: (posting, day of the month, day as stored)."""
        touched: set[int] = set()
        for posting, number, day in days:
            place = self._places[posting]
            self.lines[place].set(number, day)
            self._present[number - 1] = None
            touched.add(place)
        if touched:
            last = self.index(max(touched), self.columnCount() - 1)
            self.dataChanged.emit(self.index(min(touched), 0), last)

    def place(self, posting: str) -> int | None:
        """Return in which row a posting stands."""
        return self._places.get(posting)

    def _all_changed(self) -> None:
        if self.lines and self.days:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, self.columnCount() - 1))

    # -- what is shown of it

    def total(self, row: int, place: int) -> str:
        """Return the words of a total."""
        line = self.lines[row]
        count = line.count
        if place == 0:
            return f"{count.days:g}/{count.needed}"
        if place == 1:
            return f"{float(100 * count.share):.0f}%" if count.share is not None else ""
        halves = (count.leave, count.unjustified, line.missing(self.today))[place - 2]
        return f"{halves / 2:g}" if halves else ""

    def sums(self, place: int) -> str:
        """Return the sum of a total over all lines."""
        if place < 2 or not self.lines:
            return ""
        parts = ((line.count.leave, line.count.unjustified, line.missing(self.today))[place - 2] for line in self.lines)
        return f"{sum(parts) / 2:g}"

    def present_words(self, number: int) -> str:
        """Return how many were in the county on a day; nothing of a day to come that nobody entered.

        Of hundreds a half is not worth its room.
        """
        people = self.present(number)
        if not people and self.days[number - 1].date > self.today:
            return ""
        return f"{people:g}" if people < 100 else f"{people:.0f}"

    def present(self, number: int) -> float:
        """Return how many people worked in their county on a day, by halves: the figure of the printed book."""
        amount = self._present[number - 1]
        if amount is None:
            amount = self._present[number - 1] = sum(self._working(line, number) for line in self.lines)
        return amount

    @staticmethod
    def _working(line: PersonMonth, number: int) -> float:
        return sum(working(line.laid[number - 1])) / 2 if line.in_post(number) else 0

    def finding(self, row: int, rule: str) -> Finding | None:
        """Return what a rule says of a line."""
        findings = self._findings.get(self.lines[row].row.posting.id, ())
        return next((finding for finding in findings if finding.rule == rule), None)

    def findings(self, row: int) -> list[Finding]:
        """Return everything said of a line, gravest first."""
        return gravest_first(self._findings.get(self.lines[row].row.posting.id, ()))

    def verdict(self, row: int, place: int) -> Verdict:
        """Return how a total is judged; what is missing is never worse than a reminder."""
        if place == len(TOTALS) - 1:
            return Verdict.AMBER if self.lines[row].missing(self.today) else Verdict.OK
        finding = self.finding(row, TOTALS[place].rule)
        return finding.verdict if finding else Verdict.OK

    def title(self, row: int) -> str:
        """Return who a line is about: 白音（队长）."""
        line = self.lines[row].row
        return f"{line.name}（{POSITION.word(line.posting.position)}）"

    @property
    def several(self) -> bool:
        """Whether lines of more than one team are shown."""
        return len({line.row.posting.county for line in self.lines[:12]}) > 1

    def day_words(self, number: int) -> str:
        """Return a day in words: 6月5日（星期三，工作日）."""
        day = self.days[number - 1]
        kind = day.name or ("休息日" if day.rest else "工作日")
        kind = f"{day.name}调休上班" if day.name and not day.rest else kind
        return f"{day.date.month}月{day.date.day}日（星期{WEEK[day.date.weekday()]}，{kind}）"

    # -- what Qt asks

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or not self.days else len(self.days) + len(TOTALS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if column >= len(self.days):
            return self._of_total(row, column - len(self.days), role)
        if role == _ROLES.DisplayRole:
            return day_sign(self.lines[row].laid[column])
        if role in (_ROLES.ToolTipRole, _ROLES.AccessibleTextRole):
            line = self.lines[row]
            lines = [f"{self.title(row)} {self.day_words(column + 1)}：{line.day_text(column + 1)}"]
            return _heard("\n".join([*lines, *line.clashes(column + 1)]), role)
        return None

    def _of_total(self, row: int, place: int, role: int) -> object:
        if role == _ROLES.DisplayRole:
            return self.total(row, place)
        if role in (_ROLES.ToolTipRole, _ROLES.AccessibleTextRole):
            finding = self.finding(row, TOTALS[place].rule)
            return _heard(f"{TOTALS[place].meaning}\n{finding.sentence if finding else ''}".strip(), role)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> object:
        if role not in (_ROLES.DisplayRole, _ROLES.ToolTipRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            return _heard(self.title(section), role) if section < len(self.lines) else None
        if section < len(self.days):
            return plain(self.day_words(section + 1)) if role == _ROLES.ToolTipRole else str(section + 1)
        place = section - len(self.days)
        if place >= len(TOTALS):
            return None
        return plain(TOTALS[place].meaning) if role == _ROLES.ToolTipRole else TOTALS[place].heading

    def cells(self, rows: Sequence[int], numbers: Sequence[int]) -> list[Cell]:
        """Return the cells of a rectangle."""
        return [Cell(row, number) for row in rows for number in numbers]


def _heard(text: str, role: int) -> str:
    """Return words for a tooltip, where Qt would look for markup in them, or as a screen reader says them."""
    return plain(text) if role == _ROLES.ToolTipRole else text
