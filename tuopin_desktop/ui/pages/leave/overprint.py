"""Printing some cells onto the slip that was signed before (套打), on a printer that was measured."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.overprint import Calibration
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import calibrations, files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.paper.calibration import CalibrationDialog, SheetPreview
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import print_sheets, printer_for
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.still import ChoiceBox

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
