"""Filing stamps onto signed originals: page 1 as it is, the stamp laid where the mouse or the fields say."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from tuopin_desktop.documents.archival.stamping import HEIGHT, WIDTH
from tuopin_desktop.domain.archives.boxes import Box, number_words
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.overprint import Calibration
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.reading import narrow
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.services.archives import stamps
from tuopin_desktop.services.archives.stamps import Original
from tuopin_desktop.services.office import calibrations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.paper.calibration import CalibrationDialog
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_sheet
from tuopin_desktop.ui.paper.printing import print_sheets, printer_for
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.placing import resize_fitting
from tuopin_desktop.ui.widgets.still import ChoiceBox
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_FAINT = 0.45
_TALL = 560  # px of the preview
_AROUND = 190  # px above and below it: the frame of the window, the buttons
_COLUMNS = (
    Column("件号", number_words, 56),
    Column("题名", lambda one: one.name, 0, tip=lambda one: one.code),
    Column("页", lambda one: str(one.pages or ""), 40),
)
_ACROSS = "横向的原件竖着放入打印机，标题一侧朝右。"
_UPRIGHT = "把签字原件按原方向放入打印机，只印章，其余不印。"
_CHOSEN = "章的位置可用鼠标在纸面上点选。"


class Batched(msgspec.Struct, frozen=True):
    """Stamps of a whole box, written: the file, how many, and the numbers of the items with no room."""

    path: Path
    count: int
    without: tuple[str, ...]


def printers_measured(desk: Desk) -> dict[str, Calibration]:
    """Return the calibrations of this PC by printer; runs in the worker thread."""
    return calibrations.by_printer(desk)


def write_stamp(desk: Desk, path: Path, item_id: str, at: stamps.At, calibration: Calibration | None) -> Path:
    """Write the stamp of one item."""
    return stamps.write(desk, path, [stamps.stamp(desk, item_id, at, calibration)])


def write_batch(desk: Desk, path: Path, item_ids: list[str], calibration: Calibration | None) -> Batched:
    """Write the stamps of items, each where it goes by itself."""
    batch = stamps.batch(desk, item_ids, calibration)
    file = stamps.write(desk, path, batch.sheets)
    return Batched(file, len(batch.sheets), tuple(number_words(one) for one in batch.without))


class PagePreview(QWidget):
    """Page 1 faint, the stamp strong on it; `picked(x, y)` in mm when the mouse lays it elsewhere."""

    picked = Signal(float, float)

    def __init__(self, fonts: PaperFonts) -> None:
        super().__init__()
        self._fonts = fonts
        self._page: Original | None = None
        self._picture = QImage()
        self._at: stamps.At | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("原件第1页和归档章的位置")
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_page(self, page: Original) -> None:
        """Show another page, without a stamp yet."""
        self._page, self._at = page, None
        self._picture = QImage.fromData(page.picture) if page.picture else QImage()
        self.setFixedSize(self.sizeHint())
        self.update()

    def lay(self, at: stamps.At | None) -> None:
        """Lay the stamp at a place in mm, or nowhere."""
        self._at = at
        self.update()

    @property
    def _mm(self) -> float:
        page = self._page
        tall = min(theme.scaled(self, _TALL), self.screen().availableGeometry().height() - _AROUND)
        return tall / max(page.height, page.width * 1.1) if page is not None else 1.9

    def sizeHint(self) -> QSize:
        width, height = (self._page.width, self._page.height) if self._page is not None else (210.0, 297.0)
        return QSize(round(width * self._mm), round(height * self._mm))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._move(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.position())

    def _move(self, point: QPointF) -> None:
        """Lay the stamp's middle where the mouse is, inside the paper."""
        if self._page is None:
            return
        x = min(max(0.0, point.x() / self._mm - WIDTH / 2), self._page.width - WIDTH)
        y = min(max(0.0, point.y() / self._mm - HEIGHT / 2), self._page.height - HEIGHT)
        self.picked.emit(round(x, 1), round(y, 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            page, mm = self._page, self._mm
            if page is not None:
                painter.setOpacity(_FAINT if page.sheet is not None else 1.0)
                if page.sheet is not None:
                    paint_sheet(painter, page.sheet, self._fonts, mm=mm)
                else:
                    painter.drawImage(self.rect(), self._picture)
                painter.setOpacity(1.0)
            if self._at is not None:
                self._stamp(painter, *self._at, mm)
            painter.setPen(theme.color("line2"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _stamp(self, painter: QPainter, x: float, y: float, mm: float) -> None:
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawRect(round(x * mm), round(y * mm), round(WIDTH * mm), round(HEIGHT * mm))
        middle = y + HEIGHT / 2
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.drawLine(QPointF(x * mm, middle * mm), QPointF((x + WIDTH) * mm, middle * mm))
        for third in (x + WIDTH / 3, x + WIDTH * 2 / 3):
            painter.drawLine(QPointF(third * mm, y * mm), QPointF(third * mm, (y + HEIGHT) * mm))


class StampDialog(QDialog):
    """The items of a box at the right, page 1 of the one in hand at the left."""

    def __init__(
        self, asker: Asker, fonts: PaperFonts, box: Box, measured: Mapping[str, Calibration], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._asker, self._fonts, self._box = asker, fonts, box
        self._measured = dict(measured)
        self.page: Original | None = None
        self.calibrating: CalibrationDialog | None = None
        self.setWindowTitle("归档章套打")
        self._build()
        self.table.replace_rows(box.items)
        self.table.select(box.items[0].id)

    def _build(self) -> None:
        self.message = Toasts(self)
        self.preview = PagePreview(self._fonts)
        self.preview.picked.connect(self.move_to)
        beside = card(self._beside())
        beside.setMinimumWidth(theme.scaled(self, 380))
        self.print = button("打印本件", self._ask_print, icon="printer", role="primary")
        self.print.setEnabled(self.printers.count() > 0)
        feet = row(
            button("打印校准…", self._calibrate, role="flat"),
            None,
            button("关闭", self.reject),
            button("全盒存为 PDF…", self._ask_batch, tip="每件一页，顺序同目录，章的位置自动"),
            button("本件存为 PDF…", self._ask_pdf),
            self.print,
        )
        self.setLayout(column(row(self.preview, beside, gap=12), feet, gap=10, margins=(16, 14, 16, 12)))
        resize_fitting(self, 900, 660)
        self._say_calibration()

    def _beside(self) -> QVBoxLayout:
        """Return the items, where the stamp of the one in hand stands, and the printer."""
        self.table = RecordTable(_COLUMNS, lambda one: one.id, "盒内的件")
        self.table.current_changed.connect(lambda _: self._ask_page())
        self.fields = {name: self._field(name) for name in ("距左边", "距上边")}
        self.printers = ChoiceBox()
        self.printers.setAccessibleName("打印机")
        self.printers.addItems(QPrinterInfo.availablePrinterNames())
        self.printers.setPlaceholderText("没有可用的打印机，可存为 PDF")
        self.printers.currentIndexChanged.connect(lambda: self._say_calibration())
        self._calibration_words = label("", "quiet", wrap=True)
        self._advice = label(_CHOSEN, "quiet", wrap=True)
        places = [piece for name, field in self.fields.items() for piece in (label(name, "label"), field)]
        layout = column(
            label("盒内的件", "section"),
            self.table,
            label("章的左上角（毫米）", "section"),
            row(*places, None),
            self._advice,
            label("打印机", "section"),
            self.printers,
            self._calibration_words,
            margins=(16, 12, 16, 12),
        )
        layout.setStretch(1, 1)
        return layout

    def _field(self, name: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(f"章的左上角{name}（毫米）")
        edit.setMaximumWidth(theme.scaled(self, 72))
        edit.textEdited.connect(lambda: self.preview.lay(self.at()))
        return edit

    # -- the page in hand

    def _ask_page(self) -> None:
        if isinstance(item := self.table.current(), ArchiveItem):
            self._asker.ask(stamps.original, item.id, then=self._show, failed=self.message.complain, lane="stamp page")

    def _show(self, page: Original) -> None:
        self.page = page
        self.preview.show_page(page)
        if page.at is None:
            self.message.say("第1页没有放得下归档章的空白，请在纸面上点选位置，或直接在原件上盖章。", "warn")
            for field in self.fields.values():
                field.clear()
        else:
            self.move_to(*page.at)
        way = _ACROSS if page.width > page.height else _UPRIGHT
        self._advice.setText(f"{_CHOSEN}{way}")

    def move_to(self, x: float, y: float) -> None:
        """Lay the stamp's upper left corner at a place in mm."""
        for field, side in zip(self.fields.values(), (x, y), strict=True):
            field.setText(f"{side:g}")
        self.preview.lay((x, y))

    def at(self) -> stamps.At | None:
        """Return where the stamp is to stand, None while the fields do not say."""
        try:
            x, y = (float(narrow(field.text()).replace("。", ".")) for field in self.fields.values())
        except ValueError:
            return None
        return x, y

    # -- paper and files

    def _calibration(self) -> Calibration | None:
        return self._measured.get(self.printers.currentText())

    def _say_calibration(self) -> None:
        self._calibration_words.setText(calibrations.describe(self._calibration()))

    def _ready(self) -> tuple[Original, stamps.At] | None:
        at = self.at()
        if self.page is None or at is None:
            self.message.say("请先在纸面上点选章的位置，或填两个毫米数。", "warn")
            return None
        return self.page, at

    def _ask_print(self) -> None:
        if (ready := self._ready()) is not None:
            page, at = ready
            self._asker.ask(
                stamps.stamp,
                page.item.id,
                at,
                self._calibration(),
                then=self._print_sheet,
                failed=self.message.complain,
            )

    def _print_sheet(self, sheet: Sheet) -> None:
        try:
            self.print_on(printer_for(sheet, "归档章", self.printers.currentText()), sheet)
        except Trouble as trouble:
            self.message.complain(trouble)

    def print_on(self, printer: QPrinter, sheet: Sheet) -> None:
        """Print on a printer that was chosen."""
        try:
            print_sheets(printer, [sheet], self._fonts)
        except Trouble as trouble:
            self.message.complain(trouble)
        else:
            self.message.say("已送打印机：归档章1张")

    def _ask_pdf(self) -> None:
        if (ready := self._ready()) is not None:
            name = f"归档章 {number_words(ready[0].item)}.pdf"
            ask_save(self, "归档章存为 PDF", name, PDFS, self.write)

    def write(self, path: Path) -> None:
        """Write the stamp of the item in hand."""
        if (ready := self._ready()) is not None:
            page, at = ready
            self._asker.ask(
                write_stamp,
                path,
                page.item.id,
                at,
                self._calibration(),
                then=self.message.say_file,
                failed=self.message.complain,
            )

    def _ask_batch(self) -> None:
        first, last = self._box.ends
        ask_save(self, "全盒归档章存为 PDF", f"归档章 {first}至{last}.pdf", PDFS, self.write_all)

    def write_all(self, path: Path) -> None:
        """Write the stamps of all items of the box."""
        every = [item.id for item in self._box.items]
        calibration = self._calibration()
        self._asker.ask(write_batch, path, every, calibration, then=self._tell, failed=self.message.complain)

    def _tell(self, batched: Batched) -> None:
        if batched.without:
            self.message.say(f"已写{batched.count}张；第1页没有空白的件：{'、'.join(batched.without)}", "warn")
        else:
            self.message.say_file(batched.path)

    def _calibrate(self) -> None:
        self.calibrating = dialog = CalibrationDialog(self._asker, self._fonts, self.printers.currentText(), self)
        dialog.measured.connect(self._take_measure)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_measure(self, calibration_by_key: Mapping[str, Calibration]) -> None:
        self._measured = dict(calibration_by_key)
        self._say_calibration()
