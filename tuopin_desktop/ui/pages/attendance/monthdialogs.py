"""The small windows of a month: closing it, reopening it with a reason, correcting a day, a book as it prints."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from tuopin_desktop.domain.attendance import codes
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.attendance import closechanges, closing, keyback, monthbooks, outlooks
from tuopin_desktop.services.attendance.closing import HistoryEntry, Preview
from tuopin_desktop.services.attendance.keyback import KeybackOutcome, KeyedLine
from tuopin_desktop.services.judging.teammonth import Member, TeamMonth
from tuopin_desktop.services.office import books, files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_mark, paint_sheet
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.placing import resize_fitting
from tuopin_desktop.ui.widgets.still import ChoiceBox, NumberBox


class MonthState(msgspec.Struct, frozen=True):
    """A month as it stands: what closing it would freeze or what it was closed with, and its history."""

    preview: Preview
    history: tuple[HistoryEntry, ...]
    earlier: int = 0
    """The number of the closing before the one that stands; 0 where there is none."""


class Pages(msgspec.Struct, frozen=True):
    """Pages ready to be shown and printed: what they are called, and the words every practice print carries."""

    title: str
    sheets: tuple[Sheet, ...]
    mark: str
    fonts: dict[str, Path]


def standing(desk: Desk, month: str, county: str) -> MonthState:
    """Return how a team's month stands."""
    preview = closing.preview(desk, month, county)
    edition = (preview.team.close.edition or 0) if preview.team.close else 0
    earlier = edition - 1 if preview.team.is_closed else edition
    return MonthState(preview, tuple(closing.history(desk, month, county)), max(0, earlier))


def book(desk: Desk, month: str, county: str, *, blank: bool, edition: int | None = None) -> Pages:
    """Return the pages of a month's book, or of an earlier closing's by its number."""
    month_book = monthbooks.month_book(desk, month, county, blank=blank, edition=edition)
    return Pages(month_book.title, tuple(monthbooks.sheets(desk, month_book)), desk.mark, desk.fonts().files())


def write_book(desk: Desk, month: str, county: str, path: Path, *, blank: bool, edition: int | None = None) -> Path:
    """Write a month's book as what the file's name says: .xlsx a workbook, else a PDF."""
    month_book = monthbooks.month_book(desk, month, county, blank=blank, edition=edition)
    if path.suffix.lower() == ".xlsx":
        return files.write(desk, path, monthbooks.xlsx(desk, month_book, month, county, edition=edition))
    return files.write(desk, path, monthbooks.pdf(desk, month_book))


def changes(desk: Desk, month: str, county: str) -> Pages:
    """Return the pages of what was written about a closed month since."""
    changes = closechanges.listed(desk, month, county)
    return Pages(changes.title, tuple(books.sheets(desk, changes)), desk.mark, desk.fonts().files())


def write_changes(desk: Desk, month: str, county: str, path: Path) -> Path:
    """Write that list as what the file's name says."""
    changes = closechanges.listed(desk, month, county)
    if path.suffix.lower() == ".xlsx":
        return files.write(desk, path, books.xlsx(desk, changes))
    return files.write(desk, path, books.pdf(desk, changes))


def outlook(desk: Desk, county: str) -> Pages:
    """Return the pages of what the running month still asks of a team, or of every team."""
    outlook_rows = outlooks.outlooks(desk, county)
    return Pages(outlook_rows.title, tuple(books.sheets(desk, outlook_rows)), desk.mark, desk.fonts().files())


def write_outlook(desk: Desk, county: str, path: Path) -> Path:
    """Write that list as what the file's name says."""
    return books.write(desk, path, outlooks.outlooks(desk, county))


def close(desk: Desk, month: str, county: str, gaps: int | None, note: str) -> str:
    """Close a month; return what to say."""
    closing.close(desk, month, county, gaps=gaps, note=note)
    return f"{_month_title(month)}考勤已结账，{len(closing.days(desk, month, county))}人的数字已冻结"


def reopen(desk: Desk, month: str, county: str, reason: str) -> str:
    """Reopen a month; return what to say."""
    closing.reopen(desk, month, reason, county)
    return f"{_month_title(month)}考勤已重新打开，可以修改；改完请再次结账"


def _month_title(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"


def correct(desk: Desk, posting: str, day: date, after: str, reason: str, paper: str) -> Pages:
    """Correct a day; return the slip to be printed."""
    correction = closing.correct(desk, posting, day, after, reason, paper=paper)
    sheets = tuple(monthbooks.correction_sheets(desk, correction))
    return Pages(f"考勤更正单 {correction.number}", sheets, desk.mark, desk.fonts().files())


def write_slip(desk: Desk, number: str, county: str, path: Path) -> Path:
    """Write the slip of a correction as a PDF."""
    corrections = [one for one in closing.corrections(desk, county=county) if one.number == number]
    return files.write(desk, path, monthbooks.correction_pdf(desk, corrections))


def key_line(desk: Desk, month: str, county: str, line: KeyedLine) -> KeybackOutcome:
    """Save one keyed line if it agrees with its paper."""
    return keyback.save(desk, month, [line], county)


_MM = 3.4  # px: landscape A4 fits the width of a small screen
_GAP = 12


class _Page(QWidget):
    """One page at so many pixels a millimetre."""

    def __init__(self, sheet: Sheet, fonts: PaperFonts, mark: str) -> None:
        super().__init__()
        self._sheet, self._fonts, self._mark = sheet, fonts, mark
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName("纸面预览")

    def sizeHint(self) -> QSize:
        return QSize(round(self._sheet.width * _MM), round(self._sheet.height * _MM))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            paint_sheet(painter, self._sheet, self._fonts, mm=_MM)
            paint_mark(painter, self._sheet, self._fonts, self._mark, mm=_MM)
            painter.setPen(theme.color("line2"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class BookDialog(QDialog):
    """Shows pages; `save(path)` writes them under a name the clerk gives, Excel only where it is offered."""

    def __init__(self, pages: Pages, save: Callable[[Path], object], parent: QWidget, *, excel: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(pages.title)
        self.message = Toasts(self)
        self._pages, self._save = pages, save
        self.fonts = PaperFonts(pages.fonts)
        inside = QWidget()
        views = [_Page(sheet, self.fonts, pages.mark) for sheet in pages.sheets]
        inside.setLayout(column(*views, None, gap=_GAP, margins=(_GAP, _GAP, _GAP, _GAP)))
        area = QScrollArea()
        area.setAccessibleName(pages.title)
        area.setWidget(inside)
        self.print = button("打印", self._print, icon="printer", role="primary")
        tools = [label(f"共{len(pages.sheets)}页", "quiet"), None, button("保存 PDF", lambda: self._ask(PDFS, ".pdf"))]
        if excel:
            tools.append(button("保存 Excel", lambda: self._ask(SHEETS, ".xlsx")))
        tools += [self.print, button("关闭", self.accept, role="flat")]
        whole = column(row(*tools), area, gap=8, margins=(12, 10, 12, 10))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        resize_fitting(self, 1090, 690)

    def _ask(self, kind: str, ending: str) -> None:
        ask_save(self, f"保存{self._pages.title}", f"{self._pages.title}{ending}", kind, self._save)

    def _print(self) -> None:
        pages = self._pages
        ask_printer(self, pages.sheets, pages.title, self.print_on, lambda: self._ask(PDFS, ".pdf"))

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen."""
        try:
            print_sheets(printer, self._pages.sheets, self.fonts, mark=self._pages.mark)
        except Trouble as trouble:
            self.message.complain(trouble)
        else:
            self.message.say(f"已送打印机：{len(self._pages.sheets)}张")


_WIDTH = 620


class _Dialog(QDialog):
    """A title, a message line, what is asked, and the two buttons."""

    def __init__(self, title: str, yes: str, inside: QLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.message = Toasts(self)
        self.yes = button(yes, self.take, role="primary")
        self.yes.setDefault(True)
        feet = row(None, button("取消", self.reject, role="flat"), self.yes)
        self.setLayout(column(inside, feet, gap=10, margins=(16, 14, 16, 14)))
        self.resize(_WIDTH, self.sizeHint().height())

    def take(self) -> None:
        """Hand over what was asked."""

    def refused(self, error: Refused | Trouble) -> None:
        """Say why it was not done; what was typed stays."""
        self.message.complain(error)


class CloseDialog(_Dialog):
    """Shows what closing would freeze and what is missing; `taken(gaps, note)` wants it done, -1 for no gaps."""

    taken = Signal(int, str)

    def __init__(self, state: MonthState, parent: QWidget) -> None:
        self._missing = state.preview.missing
        team = state.preview.team
        self.summary = QPlainTextEdit("\n".join(_lines(state)))
        self.summary.setReadOnly(True)
        self.summary.setAccessibleName("结账前的情况")
        self.summary.setMinimumHeight(220)
        self.gaps = NumberBox()
        self.gaps.setRange(0, 62 * 999)
        self.gaps.setSuffix(" 个半天")
        self.gaps.setAccessibleName("确认未登记的半天数")
        self.note = QLineEdit()
        self.note.setMaxLength(300)
        self.note.setAccessibleName("结账说明")
        form = QFormLayout()
        if self._missing:
            text = f"还有{self._missing}个半天未登记。确属无法补登的，请填写这个数确认："
            form.addRow(label(text, "due", wrap=True))
            form.addRow("确认缺", self.gaps)
        form.addRow("结账说明", self.note)
        note = label(
            "结账后这个月不能再改，数字、口径和工作日按今天的冻结；有误的逐日填考勤更正单。", "quiet", wrap=True
        )
        super().__init__(f"{team.month_text}考勤结账", "结账", column(note, self.summary, form, gap=8), parent)
        if state.preview.problems:
            self.refused(Refused(state.preview.problems))
            self.yes.setEnabled(False)

    def take(self) -> None:
        self.taken.emit(self.gaps.value() if self._missing else -1, self.note.text())


def _lines(state: MonthState) -> list[str]:
    team = state.preview.team
    lines = [f"{team.team}{team.month_text}，{len(team.members)}人"]
    lines += [_figure(member) for member in team.members]
    lines += [f"未登记：{gap.text}" for gap in state.preview.gaps]
    lines += [*state.preview.notes, *(f"{entry.on} {entry.by} {entry.what}" for entry in state.history)]
    return lines


def _figure(member: Member) -> str:
    month = member.month
    short = "" if month.days >= month.needed else f"，差{month.needed - month.days:g}天"
    lacking = f"；休息日工作{month.unlogged / 2:g}天没有工作日志，未计入" if month.unlogged else ""
    return f"{member.name}（{member.position}）计入{month.days:g}天，应满{month.needed}天{short}{lacking}"


class ReopenDialog(_Dialog):
    """Asks why a closed month is reopened; `taken(reason)`."""

    taken = Signal(str)

    def __init__(self, state: MonthState, parent: QWidget) -> None:
        team = state.preview.team
        message = "\n".join(f"{entry.on} {entry.by} {entry.what}" for entry in state.history)
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.reason.setAccessibleName("重新打开的原因")
        form = QFormLayout()
        form.addRow("原因 *", self.reason)
        text = (
            "重新打开后全月可以修改，已填的更正单写入考勤；原结账数字和经过保留在记录中。"
            "只有个别日子有误的，请用“更正”。"
        )
        inside = column(label(text, "quiet", wrap=True), label(message, wrap=True), form, gap=8)
        super().__init__(f"重新打开{team.month_text}考勤", "重新打开", inside, parent)

    def take(self) -> None:
        self.taken.emit(self.reason.text())


class CorrectDialog(_Dialog):
    """Corrects one day of somebody; `taken(posting, day of the month, stored day, reason, paper)`."""

    taken = Signal(str, int, str, str, str)

    def __init__(self, team: TeamMonth, parent: QWidget, posting: str = "", day: int = 1) -> None:
        self._members = {member.posting.id: member for member in team.members}
        self.person = ChoiceBox()
        self.person.setAccessibleName("姓名")
        for member in team.members:
            self.person.addItem(f"{member.name}（{member.position}）", member.posting.id)
        self.day = NumberBox()
        self.day.setRange(1, team.last.day)
        self.day.setPrefix(f"{team.first.month}月 ")
        self.day.setSuffix(" 日")
        self.day.setAccessibleName("日期")
        self.stands = label("", "strong")
        self.morning, self.afternoon = _marks("上午"), _marks("下午")
        self.reason, self.paper = QLineEdit(), QLineEdit()
        self.reason.setMaxLength(200)
        self.paper.setMaxLength(80)
        self.reason.setAccessibleName("更正原因")
        self.paper.setAccessibleName("更正依据")
        form = QFormLayout()
        form.addRow("姓名", self.person)
        form.addRow("日期", self.day)
        form.addRow("现登记", self.stands)
        form.addRow("更正为", row(label("上午"), self.morning, label("下午"), self.afternoon, None))
        form.addRow("更正原因 *", self.reason)
        form.addRow("更正依据", self.paper)
        note = label("结账登记的数字保留，更正后的数字写在旁边；保存后可打印考勤更正单。", "quiet", wrap=True)
        super().__init__(f"{team.month_text}考勤更正", "保存更正单", column(note, form, gap=8), parent)
        self.person.currentIndexChanged.connect(self._look)
        self.day.valueChanged.connect(self._look)
        self.person.setCurrentIndex(max(0, self.person.findData(posting)))
        self.day.setValue(day)
        self._look()

    def _look(self) -> None:
        """Show how the day stands, and begin from there."""
        member = self._members.get(str(self.person.currentData()))
        day = member.days[self.day.value() - 1] if member else ""
        parts = codes.halves(day)
        self.stands.setText(
            "，".join(f"{half}{codes.mark_words(code)}" for half, code in zip(("上午", "下午"), parts, strict=True))
        )
        for box, code in zip((self.morning, self.afternoon), parts, strict=True):
            box.setCurrentIndex(max(0, box.findData(code[:2])))

    def take(self) -> None:
        after = codes.join(str(self.morning.currentData()), str(self.afternoon.currentData()))
        self.taken.emit(str(self.person.currentData()), self.day.value(), after, self.reason.text(), self.paper.text())


def _marks(name: str) -> QComboBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    for mark in codes.MARKS:
        box.addItem(f"{mark.sign} {mark.label}", mark.code)
    return box
