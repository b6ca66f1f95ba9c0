"""A printer that prints onto finished sheets: what is seen before, and its two crosses measured."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from tuopin_desktop.domain.display import Op, Sheet
from tuopin_desktop.domain.overprint import CROSSES, calibrated, cross_page
from tuopin_desktop.domain.problems import Problem, Trouble
from tuopin_desktop.domain.reading import narrow
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import calibrations, files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_ops
from tuopin_desktop.ui.paper.printing import print_sheets, printer_for
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row

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
