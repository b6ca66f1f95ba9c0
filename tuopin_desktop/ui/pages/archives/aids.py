"""The tab 目录和盒: catalogue, covers, spines and notes of a filed year as paper, and the stamps of its items."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtPrintSupport import QPrinter

from tuopin_desktop.documents.archival.boards import PAPERS
from tuopin_desktop.domain.archives.boxes import WIDTHS, Box
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.overprint import Calibration
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.services.archives import boxing, catalogues, items
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.archives.stamping import StampDialog, printers_measured
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.paper.pages import PagesView
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState, OrEmpty
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

CATALOGUE = "目录"
_WIDE = 400
_COLUMNS = (
    Column("期限", lambda one: PERIODS.word(one.series.period), 52),
    Column("机构", lambda one: one.series.body_label, 96, shed=1),
    Column("盒", lambda one: str(one.place), 36, sort=lambda one: one.place),
    Column("起止件号", lambda one: "至".join(one.ends), 0, tip=lambda one: _THICK if one.overfull else ""),
    Column("件", lambda one: str(len(one.items)), 40, sort=lambda one: len(one.items)),
    Column("页", lambda one: str(one.pages), 48, sort=lambda one: one.pages),
)
_THICK = "这一件比盒厚，请换更厚的盒"


class Wish(NamedTuple):
    """What is to be seen: of which year, which paper, in which form of the catalogue, for which boxes and sheets."""

    year: int
    part: str
    layout: str
    width: int
    paper: str


class AidPages(NamedTuple):
    """One of the papers: its title, its pages, the mark of practice data, the files of its fonts."""

    title: str
    sheets: tuple[Sheet, ...]
    mark: str
    fonts: Mapping[str, Path]


def years_filed(desk: Desk) -> list[int]:
    """Return the years that have items with a number, the newest first; runs in the worker thread."""
    return sorted({item.year for item in items.items(desk) if item.year}, reverse=True)


def aid_pages(desk: Desk, wish: Wish) -> AidPages:
    """Return the pages of what is to be seen."""
    if wish.part == CATALOGUE:
        sheets = catalogues.sheets(desk, wish.year, layout=wish.layout)
    else:
        sheets = boxing.part(desk, wish.part, wish.year, wish.width, wish.paper)
    return AidPages(f"{wish.year}年度{wish.part}", tuple(sheets), desk.mark, desk.fonts().files())


def write_aid(desk: Desk, path: Path, wish: Wish) -> Path:
    """Write it as what the file's name says."""
    if wish.part == CATALOGUE:
        return catalogues.write(desk, path, wish.year, layout=wish.layout)
    return boxing.write_part(desk, path, wish.part, wish.year, wish.width, wish.paper)


class AidsView(ArchiveView):
    """The boxes of a year at the left, the paper that is chosen at the right."""

    interests = frozenset({"archive_item", "fonds"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._pages: AidPages | None = None
        self._fonts: PaperFonts | None = None
        self._goal = ""  # the year to be shown once the years are known
        self.stamping: StampDialog | None = None
        self._boxes_of_choice()
        self.buttons = (
            button("归档章…", self.stamp, tip="套打在签字原件第1页：45×16毫米，只印章"),
            button("打印", self.print_, icon="printer", tip="Ctrl+P：按原尺寸"),
            button("保存", self.save, icon="file-down", role="primary", tip="Ctrl+S：PDF；目录还可存为 Excel"),
        )
        self.table = RecordTable(_COLUMNS, lambda one: f"{one.series.period}{one.series.body_code}{one.place}", "盒")
        self.table.opened.connect(lambda _: self.stamp())
        self.table.setFixedWidth(theme.scaled(self, _WIDE))
        self.paper = PagesView("纸面预览")
        choices = row(self.year, self.part, self.layout_box, self.width_box, self.sheet_box, self._hint, None, gap=8)
        beside = row(card(column(self.table, margins=(5, 6, 5, 6))), self.paper, gap=12)
        beside.setStretch(1, 1)
        whole = card(column(choices, beside, gap=8, margins=(12, 10, 12, 10)))
        self._either = OrEmpty(whole, _nothing)
        self.setLayout(column(self._either))

    def _boxes_of_choice(self) -> None:
        self.year = FilterBox("", {}, "年度")
        self.part = FilterBox("", {name: name for name in (CATALOGUE, *boxing.PARTS)}, "纸面")
        names = {key: layout.name for key, layout in catalogues.layouts().items()}
        self.layout_box = FilterBox("", names, "目录格式")
        self.width_box = FilterBox("", {str(width): f"盒厚{width}毫米" for width in WIDTHS}, "盒厚")
        self.width_box.setCurrentIndex(WIDTHS.index(boxing.USUAL))
        self.sheet_box = FilterBox("", PAPERS, "纸张")
        self._hint = label("", "quiet")
        for one in (self.year, self.part, self.layout_box, self.width_box, self.sheet_box):
            one.chosen.connect(lambda _: self._look())

    @property
    def state(self) -> str:
        return "目录、封面、盒脊和备考表都按件号自动生成，按原尺寸打印"

    # -- what is shown

    def refresh(self) -> None:
        self.context.ask(years_filed, then=self._offer, lane="aids")

    def _offer(self, years: list[int]) -> None:
        goal, self._goal = self._goal or self.year.code(), ""
        self.year.clear()
        for year in years:
            self.year.addItem(f"{year}年度", str(year))
        self.year.setCurrentIndex(max(0, self.year.findData(goal)) if years else -1)
        self._either.show_whole(bool(years))
        for one in self.buttons:
            one.setEnabled(bool(years))
        if years:
            self._look()

    def wish(self) -> Wish:
        """Return what is chosen."""
        width = int(self.width_box.code())
        return Wish(int(self.year.code()), self.part.code(), self.layout_box.code(), width, self.sheet_box.code())

    def _look(self) -> None:
        if not self.year.code():
            return
        wish = self.wish()
        self.layout_box.setVisible(wish.part == CATALOGUE)
        self.sheet_box.setVisible(wish.part in boxing.CUT)
        self.context.ask(boxing.filled, wish.year, wish.width, then=self._list, lane="aid boxes")
        ask = self.context.asker.ask
        ask(aid_pages, wish, then=self._show, failed=self._fail, lane="aid pages")

    def _list(self, filled: list[Box]) -> None:
        self.table.replace_rows(filled)
        if filled and self.table.current() is None:
            self.table.select(self.table.rows_model.key(filled[0]))

    def _show(self, pages: AidPages) -> None:
        self._pages = pages
        self._fonts = self._fonts or PaperFonts(pages.fonts)
        self._hint.setText(f"共{len(pages.sheets)}页")
        self.paper.show_sheets(pages.sheets, self._fonts, pages.mark)

    def _fail(self, error: Refused | Trouble) -> None:
        self._pages = None
        self.context.message.complain(error)

    # -- strokes

    def take_keyboard(self) -> None:
        self.table.setFocus()

    def show_subject(self, subject: str) -> None:
        self._goal = subject
        self.refresh()

    def print_(self) -> None:
        if (pages := self._pages) is not None:
            window = self.context.window
            ask_printer(window, pages.sheets, pages.title, partial(self.print_on, pages), self.save)

    def print_on(self, pages: AidPages, printer: QPrinter) -> None:
        """Print on a printer that was chosen."""
        if self._fonts is None:
            return
        try:
            print_sheets(printer, pages.sheets, self._fonts, mark=pages.mark)
        except Trouble as trouble:
            self.context.message.complain(trouble)
        else:
            self.context.message.say(f"已送打印机：{pages.title}，{len(pages.sheets)}张")

    def save(self) -> None:
        if (pages := self._pages) is not None:
            kinds = f"{PDFS};;{SHEETS}" if self.part.code() == CATALOGUE else PDFS
            ask_save(self.context.window, f"保存{pages.title}", f"{pages.title}.pdf", kinds, self.write)

    def write(self, path: Path) -> None:
        """Write what is shown."""
        self.context.ask(write_aid, path, self.wish(), then=self.context.message.say_file)

    def stamp(self) -> None:
        """Open the stamps of the box in hand."""
        if isinstance(box := self.table.current(), Box) and self._fonts is not None:
            self.context.ask(printers_measured, then=partial(self._open_stamps, box))

    def _open_stamps(self, box: Box, measured: Mapping[str, Calibration]) -> None:
        if self._fonts is not None:
            context = self.context
            self.stamping = dialog = StampDialog(context.asker, self._fonts, box, measured, context.window)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()


def _nothing() -> EmptyState:
    return EmptyState(
        "file-text",
        "还没有整理好的年度",
        hint="先在“归档文件”中整理一个已结束的年度，编出件号；目录、封面、盒脊、备考表和归档章就能在这里打印。",
    )
