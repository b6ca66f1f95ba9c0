"""The month as a table: people down, days and totals across; never editable in Qt's sense, so no IME takes the keys."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tuopin_desktop.domain.attendance.codes import day_sign
from tuopin_desktop.domain.attendance.lines import working
from tuopin_desktop.domain.findings import Finding, Verdict, gravest_first
from tuopin_desktop.domain.records import Remark
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.attendance.month import Day, MonthRow, MonthSheet
from tuopin_desktop.ui.pages.attendance.personmonth import PersonMonth
from tuopin_desktop.ui.widgets.plain import plain

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
    Total("外", "有事由不在旗县的天数：请假、因公外出、培训、离开旗县休息（第十条）", "A10-3"),
    Total("旷", "登记为无故离岗的天数（第十六条）", "A16-3"),
    Total("待核", "离开了没有批准的假、超假未归或事由不明的天数；按第十六条计算，定下来以前只叫待核", "A16-3"),
    Total("缺", "到今天为止该登记还空着的天数", "A09-1"),
)
OUT, WITHOUT, UNSURE, LACKING = range(2, 6)
"""Places of the totals that are sums of half-days."""
LESS = (1, OUT, WITHOUT)
"""What a narrow window does without; 旷 then stands before 待核."""
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
        self._sums: tuple[int, ...] | None = None
        self._remarks: dict[tuple[str, int], list[Remark]] = {}
        self.narrow = False
        """Whether some totals are left out for want of room (`LESS`)."""

    # -- what stands in it

    def show(self, sheet: MonthSheet, edits: Edits) -> None:
        """Show a month; edits not yet stored stay in it. The same people keep their places and the selection."""
        same = self.sheet is not None and [line.row.posting.id for line in self.lines] == [
            row.posting.id for row in sheet.rows
        ]
        same = same and self.sheet is not None and self.sheet.month == sheet.month
        if not same:
            self._remarks = {}
            self.beginResetModel()
            self._findings = {}
        self.sheet, self.days = sheet, sheet.days
        self.lines = [self._line(row, edits) for row in sheet.rows]
        self.take_remarks(sheet)
        self._places = {line.row.posting.id: place for place, line in enumerate(self.lines)}
        self._present = [None] * len(self.days)
        if not same:
            self.endResetModel()
        self._all_changed()

    def take_remarks(self, sheet: MonthSheet) -> None:
        """Take what offices above think is wrong, of the teams of a sheet."""
        postings = {row.posting.id for row in sheet.rows}
        remarks_by_day = {key: remarks for key, remarks in self._remarks.items() if key[0] not in postings}
        for one in sheet.remarks:
            if one.day is not None:
                remarks_by_day.setdefault((one.posting, one.day.day), []).append(one)
        self._remarks = remarks_by_day

    def remarks(self, row: int, number: int) -> Sequence[Remark]:
        """Return what offices above think is wrong on a day."""
        return self._remarks.get((self.lines[row].row.posting.id, number), ())

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
            self._sums = None
            last = self.index(max(touched), self.columnCount() - 1)
            self.dataChanged.emit(self.index(min(touched), 0), last)

    def place(self, posting: str) -> int | None:
        """Return in which row a posting stands."""
        return self._places.get(posting)

    def _all_changed(self) -> None:
        self._sums = None
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
        return self._words(place, self._halves(line))

    def _halves(self, line: PersonMonth) -> tuple[int, int, int, int]:
        """Return of a line the half-days of every total that is a sum."""
        return (*line.apart(), line.missing(self.today))

    def _words(self, place: int, sums: Sequence[int]) -> str:
        halves = sums[place - OUT]
        if self.narrow and place == UNSURE:
            without = sums[WITHOUT - OUT]
            return f"{without / 2:g}/{halves / 2:g}" if without or halves else ""
        return f"{halves / 2:g}" if halves else ""

    def heading(self, place: int) -> str:
        """Return how a total is headed."""
        return "旷/核" if self.narrow and place == UNSURE else TOTALS[place].heading

    def sums(self, place: int) -> str:
        """Return the sum of a total over all lines."""
        if place < OUT or not self.lines:
            return ""
        return self._words(place, self._summed()) or "0"

    def bare_sum(self, place: int) -> str:
        """Return the sum of a total in days without what stands before it; nothing for none."""
        halves = self._summed()[place - OUT] if self.lines else 0
        return f"{halves / 2:g}" if halves else ""

    def _summed(self) -> tuple[int, ...]:
        if self._sums is None:
            self._sums = tuple(map(sum, zip(*(self._halves(line) for line in self.lines), strict=True)))
        return self._sums

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
        if place == LACKING:
            return Verdict.AMBER if self.lines[row].missing(self.today) else Verdict.OK
        finding = self.finding(row, TOTALS[place].rule)
        return finding.verdict if finding else Verdict.OK

    def outlook(self, row: int) -> str:
        """Return in words whether a line's month can still reach what it needs."""
        return self.lines[row].outlook(self.today)

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
            return day_sign(self.lines[row].face(column + 1))
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
        return plain(TOTALS[place].meaning) if role == _ROLES.ToolTipRole else self.heading(place)

    def cells(self, rows: Sequence[int], numbers: Sequence[int]) -> list[Cell]:
        """Return the cells of a rectangle."""
        return [Cell(row, number) for row in rows for number in numbers]


def _heard(text: str, role: int) -> str:
    """Return words for a tooltip, where Qt would look for markup in them, or as a screen reader says them."""
    return plain(text) if role == _ROLES.ToolTipRole else text
