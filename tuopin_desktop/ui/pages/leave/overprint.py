"""Printing onto the sheet that was signed before (套打): a printer measured with two crosses, then some cells."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from tuopin_desktop.domain.display import Op, Sheet
from tuopin_desktop.domain.overprint import CROSSES, Calibration, calibrated, cross_page
from tuopin_desktop.domain.problems import Problem, Trouble
from tuopin_desktop.domain.reading import narrow
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import calibrations, files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_ops
from tuopin_desktop.ui.paper.printing import print_sheets, printer_for
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row
from tuopin_desktop.ui.widgets.still import ChoiceBox

_FAINT = 0.3
_STRONG = QColor("#1B3A6B")


class SheetPreview(QWidget):
    """Shows a sheet at so many pixels a millimetre; `overlay` is drawn strong over the faint form."""

    def __init__(self, fonts: PaperFonts, mm: float) -> None:
        super().__init__()
        self._fonts = fonts
        self._mm = mm
        self._sheet: Sheet | None = None
        self._overlay: tuple[Op, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("套打预览")

    def show_overlay(self, sheet: Sheet, overlay: Sequence[Op]) -> None:
        """Show what is printed onto a sheet that is filled in already."""
        self._sheet, self._overlay = sheet, tuple(overlay)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        width, height = (self._sheet.width, self._sheet.height) if self._sheet else (210.0, 297.0)
        return QSize(round(width * self._mm), round(height * self._mm))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("card"))
            if self._sheet is not None:
                painter.setOpacity(_FAINT)
                paint_ops(painter, self._sheet.static, self._fonts, mm=self._mm)
                painter.setOpacity(1.0)
                paint_ops(painter, self._overlay, self._fonts, mm=self._mm, ink=_STRONG)
            painter.setPen(theme.color("line2"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


_PDF_ONLY = "PDF"
_FONT = "fang"
_SIDES = ("距左边", "距上边")


def write_crosses(desk: Desk, path: Path) -> Path:
    """Write the test page as a PDF."""
    return files.write(desk, path, leave.calibration_page(desk))


class CalibrationDialog(QDialog):
    """`measured` carries all calibrations once this printer's is kept."""

    measured = Signal(object)

    def __init__(self, asker: Asker, fonts: PaperFonts, printer: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._asker = asker
        self._fonts = fonts
        self._printer = printer or _PDF_ONLY
        self.setWindowTitle(f"打印校准 · {self._printer}")
        self.setMinimumWidth(480)
        self._build()

    def _build(self) -> None:
        self.message = Toasts(self)
        prints = button("打印校准页", self._print, icon="printer")
        prints.setEnabled(self._printer != _PDF_ONLY)
        first = row(label("1  打印校准页（A4，实际大小）", "strong"), None, prints, button("存为 PDF…", self._ask_pdf))
        second = label("2  从纸的左上角量两个十字中心的位置，填毫米数", "strong")
        self.fields: dict[tuple[int, int], QLineEdit] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for point, cross in enumerate(CROSSES):
            grid.addWidget(label(f"第{point + 1}点", "label"), point, 0)
            for side, text in enumerate(_SIDES):
                grid.addWidget(label(f"{text}（应为 {cross[side]:g}）", "label"), point, 1 + 2 * side)
                grid.addWidget(self._field(point, side), point, 2 + 2 * side)
        self.outcome = label("填好四个数后显示结果。", "quiet", wrap=True)
        self._keep = act_button(Act.ENTER, "保存", self._save, role="primary")
        self._keep.setDefault(True)
        feet = row(None, button("取消", self.reject), self._keep)
        inside = card(column(first, 6, second, grid, self.outcome, gap=10, margins=(16, 14, 16, 14)))
        self.setLayout(column(inside, feet, gap=10, margins=(16, 14, 16, 12)))

    def _field(self, point: int, side: int) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(f"第{point + 1}点{_SIDES[side]}（毫米）")
        edit.setMaximumWidth(72)
        edit.textEdited.connect(lambda: self._show())
        self.fields[point, side] = edit
        return edit

    def points(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """Return the two measured points in mm, or None while they are not complete."""
        numbers = []
        for field in self.fields.values():
            try:
                numbers.append(float(narrow(field.text()).replace(",", ".").replace("。", ".")))
            except ValueError:
                return None
        return (numbers[0], numbers[1]), (numbers[2], numbers[3])

    def _show(self) -> None:
        points = self.points()
        if points is None:
            self.outcome.setText("填好四个数后显示结果。")
            return
        first, second = points
        outcome = calibrated(first, second)
        self.outcome.setText(str(outcome) if isinstance(outcome, Problem) else calibrations.describe(outcome))

    def _save(self) -> None:
        points = self.points()
        if points is None:
            self.message.say("请填写四个毫米数，如 20.5。", "warn")
            return
        first, second = points
        self._asker.ask(
            calibrations.measure, self._printer, first, second, then=self._after_measuring, failed=self.message.complain
        )

    def _after_measuring(self, value: object) -> None:
        self.measured.emit(value)
        self.accept()

    # -- the test page

    def _print(self) -> None:
        try:
            self.print_on(printer_for(cross_page(_FONT), "套打校准页", self._printer))
        except Trouble as trouble:
            self.message.complain(trouble)

    def print_on(self, printer: QPrinter) -> None:
        """Print the two crosses as this printer places them, uncorrected."""
        try:
            print_sheets(printer, [cross_page(_FONT)], self._fonts)
        except Trouble as trouble:
            self.message.complain(trouble)
        else:
            self.message.say("已送打印机：校准页1张")

    def _ask_pdf(self) -> None:
        ask_save(self, "校准页存为 PDF", "套打校准页.pdf", PDFS, self.write_pdf)

    def write_pdf(self, path: Path) -> None:
        """Write the test page."""
        self._asker.ask(write_crosses, path, then=self._written, failed=self.message.complain)

    def _written(self, path: Path) -> None:
        self.message.say_file(path)


_USUAL = "return_note"
_PREVIEW_MM = 1.62


class Overprintable(msgspec.Struct, frozen=True):
    """A kept slip for the second pass: its cells that hold words (name -> label), its form, the printers measured."""

    slip: LeaveSlip
    cells: dict[str, str]
    sheet: Sheet
    printers: dict[str, Calibration]


def overprintable(desk: Desk, slip_id: str) -> Overprintable:
    """Return what can be printed onto a slip's signed sheet; runs in the worker thread."""
    slip = registers.get(desk, LeaveSlip, slip_id)
    values = leave.values(slip)
    boxes = leave.boxes(desk, slip.form)
    cells = {box.name: box.label for box in boxes if not box.ink and values.get(box.name, "").strip()}
    return Overprintable(slip, cells, leave.sheet(desk, slip), calibrations.by_printer(desk))


def write_overprint(desk: Desk, slip_id: str, names: list[str], calibration: Calibration | None, path: Path) -> Path:
    """Write the chosen cells as a PDF."""
    return files.write(desk, path, leave.overprint_pdf(desk, slip_id, names, calibration))


class OverprintDialog(QDialog):
    """Chooses cells and a printer; `said(words, tone)` and `filed(path)` tell the page what came of it."""

    said = Signal(str, str)
    filed = Signal(object)

    def __init__(self, asker: Asker, fonts: PaperFonts, overprint: Overprintable, parent: QWidget) -> None:
        super().__init__(parent)
        self._asker = asker
        self._fonts = fonts
        self._overprint = overprint
        self._printers: Mapping[str, Calibration] = overprint.printers
        self.calibrating: CalibrationDialog | None = None
        self.setWindowTitle(f"套打 · {overprint.slip.name} {overprint.slip.number}")
        self._build()
        self._look()
        if _USUAL in self.boxes:
            self.boxes[_USUAL].setFocus()

    def _build(self) -> None:
        self.message = Toasts(self)
        self.preview = SheetPreview(self._fonts, _PREVIEW_MM)
        self.boxes: dict[str, QCheckBox] = {}
        self.printers = ChoiceBox()
        self.printers.setAccessibleName("打印机")
        self.printers.addItems(QPrinterInfo.availablePrinterNames())
        self.printers.setPlaceholderText("没有可用的打印机，可存为 PDF")
        self.printers.currentIndexChanged.connect(lambda: self._say_calibration())
        self._measured = label("", "quiet", wrap=True)
        self._print = button("打印", self._ask_print, icon="printer", role="primary")
        self._print.setDefault(True)
        self._print.setEnabled(self.printers.count() > 0)
        feet = row(
            button("打印校准…", self._calibrate, role="flat"),
            None,
            button("取消", self.reject),
            button("存为 PDF…", self._ask_pdf),
            self._print,
        )
        right = column(
            label("印哪些格", "section"),
            self._cells(),
            8,
            label("打印机", "section"),
            self.printers,
            self._measured,
            8,
            label(
                "把已签字的原件按原方向放入打印机，只印所选的格，不印表格线。打印时选“实际大小”。", "quiet", wrap=True
            ),
            None,
            margins=(16, 12, 16, 12),
        )
        beside = card(right)
        beside.setFixedWidth(360)
        whole = row(self.preview, beside, gap=12)
        self.setLayout(column(whole, feet, gap=10, margins=(16, 14, 16, 12)))

    def _cells(self) -> QVBoxLayout:
        layout = column(gap=0)
        for name, text in self._overprint.cells.items():
            if name in ("month", "day"):
                continue  # one date, one box: they go with the year
            box = QCheckBox("填表日期" if name == "year" else text)
            box.setChecked(name == _USUAL)
            box.toggled.connect(lambda: self._look())
            self.boxes[name] = box
            layout.addWidget(box)
        if _USUAL not in self._overprint.cells:
            layout.addWidget(label("“销假情况”还没有内容，请先登记归队。", "due", wrap=True))
        return layout

    def names(self) -> list[str]:
        """Return the fields of the form that are chosen."""
        names = [name for name, box in self.boxes.items() if box.isChecked()]
        return names + (["month", "day"] if "year" in names else [])

    # -- preview

    def _look(self) -> None:
        self._say_calibration()
        names = self.names()
        if not names:
            self.preview.show_overlay(self._overprint.sheet, ())
            return
        self._asker.ask(
            leave.overprint,
            self._overprint.slip.id,
            names,
            then=self._show,
            failed=self.message.complain,
            lane="overprint",
        )

    def _show(self, sheet: Sheet) -> None:
        self.preview.show_overlay(self._overprint.sheet, sheet.fields)

    def _say_calibration(self) -> None:
        self._measured.setText(calibrations.describe(self._calibration()))

    def _calibration(self) -> Calibration | None:
        return self._printers.get(self.printers.currentText())

    # -- paper and files

    def _ask_print(self) -> None:
        self._asker.ask(
            leave.overprint,
            self._overprint.slip.id,
            self.names(),
            self._calibration(),
            then=self._print_sheet,
            failed=self.message.complain,
        )

    def _print_sheet(self, sheet: Sheet) -> None:
        try:
            self.print_on(printer_for(sheet, "套打", self.printers.currentText()), sheet)
        except Trouble as trouble:
            self.message.complain(trouble)

    def print_on(self, printer: QPrinter, sheet: Sheet) -> None:
        """Print on a printer that was chosen."""
        try:
            print_sheets(printer, [sheet], self._fonts)
        except Trouble as trouble:
            self.message.complain(trouble)
        else:
            self.said.emit("已送打印机：套打1张", "ok")
            self.accept()

    def _ask_pdf(self) -> None:
        slip = self._overprint.slip
        ask_save(self, "套打存为 PDF", f"套打 {slip.number} {slip.name}.pdf", PDFS, self.write_pdf)

    def write_pdf(self, path: Path) -> None:
        """Write the chosen cells as a PDF, corrected for the printer chosen."""
        self._asker.ask(
            write_overprint,
            self._overprint.slip.id,
            self.names(),
            self._calibration(),
            path,
            then=self._written,
            failed=self.message.complain,
        )

    def _written(self, path: Path) -> None:
        self.filed.emit(path)
        self.accept()

    def _calibrate(self) -> None:
        self.calibrating = dialog = CalibrationDialog(self._asker, self._fonts, self.printers.currentText(), self)
        dialog.measured.connect(self._take_measure)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_measure(self, calibration_by_key: Mapping[str, Calibration]) -> None:
        self._printers = calibration_by_key
        self._say_calibration()
