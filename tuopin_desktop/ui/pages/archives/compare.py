"""The tab 比对: an old catalogue beside this office's items, in three lists with the reason of every row."""

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QDialog, QFormLayout, QStackedWidget

from tuopin_desktop.domain.archives.comparing import Comparison
from tuopin_desktop.domain.archives.kinds import FILED_KINDS
from tuopin_desktop.domain.archives.oldcatalogues import LABELS
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.archives import comparelists, oldlists
from tuopin_desktop.services.archives.oldlists import Layout
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_open, ask_save
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_LISTS = {"both": comparelists.BOTH, "there": comparelists.THERE, "here": comparelists.HERE}
_HINT = (
    "2021年已经归集上报过目录的，打开那份 Excel、WPS 或 CSV：逐件对上，找出要补报的和本处没有的。旧目录只读，不会改动。"
)
_FILES = "表格 (*.xlsx *.xls *.et *.ods *.csv *.txt)"
_WIDTH = 460


class CompareRow(msgspec.Struct, frozen=True):
    """One row of a list: where it stands in the old catalogue and what it is called there, the same here, and why."""

    place: str
    name: str
    code: str
    own: str
    reason: str
    doubt: bool = False


class CompareView(ArchiveView):
    """Ctrl+N opens an old catalogue, Ctrl+S saves the three lists; nothing is written to either."""

    interests = FILED_KINDS | frozenset({"archive_item", "catalogue_heads", "fonds", "filing_rule", "team", "office"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._path: Path | None = None
        self._comparison: Comparison | None = None
        self.dialog: QDialog | None = None
        open_ = button("打开旧目录", self.new, icon="upload", role="primary", tip="Ctrl+N：Excel、WPS 或 CSV，只读")
        self._heads = button("表头对应", self.ask_heads, tip="旧目录的哪一列是题名、文号、日期")
        self._save = button("保存清单", self.save, icon="file-down", tip="Ctrl+S：Excel 或 PDF")
        self.buttons = (self._heads, self._save, open_)
        self.lists = Chips(_LISTS, "比对结果")
        self.lists.chosen.connect(lambda _: self._fill())
        columns = (
            Column("旧目录位置", lambda one: one.place, 92, shed=2),
            Column("旧目录题名", lambda one: one.name, 190, most=300, tip=lambda one: one.name),
            Column("本处档号", lambda one: one.code, 150, shed=1, most=220),
            Column("本处题名", lambda one: one.own, 190, most=300, tip=lambda one: one.own),
            Column("原因", lambda one: one.reason, tip=lambda one: one.reason),
        )
        self.table = RecordTable(columns, lambda one: f"{one.place} {one.code} {one.own}", "比对结果", nothing="没有")
        self._nothing = EmptyState("archive", "还没有打开旧目录", hint=_HINT, first=("打开旧目录", self.new))
        self._file = label("", "quiet")
        inside = column(row(self.lists, None, self._file), self.table, gap=8, margins=(14, 10, 14, 10))
        inside.setStretch(1, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(card(row(self._nothing)))
        self._stack.addWidget(card(inside))
        self.setLayout(row(self._stack))

    @property
    def state(self) -> str:
        if self._comparison is None:
            return "与已上报的旧目录逐件比对"
        one = self._comparison
        doubt = sum(pair.doubt for pair in one.both)
        doubtful = f"（{doubt}件请核对）" if doubt else ""
        return f"两边都有{len(one.both)}件{doubtful}，只在旧目录{len(one.there)}件，只在本处{len(one.here)}件"

    def refresh(self) -> None:
        if self._path is not None:
            self.compare(self._path)

    def compare(self, path: Path, answers: dict[str, str] | None = None) -> None:
        """Compare a file; a layout nobody knows is asked for."""
        failed = partial(self._refused, path)
        self.context.asker.ask(oldlists.compare, path, answers, then=partial(self._show, path), failed=failed)

    def _refused(self, path: Path, error: Refused | Trouble) -> None:
        if isinstance(error, Refused) and error.problems[0].code == oldlists.LACKING:
            self._ask_heads(path)
        elif isinstance(error, Trouble) and self._comparison is not None and path == self._path:
            self.context.message.say("旧目录的文件读不到了，显示的是上次比对的结果。", "warn")
        else:
            self.context.message.complain(error)

    def _show(self, path: Path, comparison: Comparison) -> None:
        self._path, self._comparison = path, comparison
        self._file.setText(path.name)
        self._stack.setCurrentIndex(1)
        self._fill()

    def _fill(self) -> None:
        if self._comparison is not None:
            self.table.replace_rows(_rows(self._comparison, self.lists.code()))
        self.turned.emit()

    def take_keyboard(self) -> None:
        (self._nothing if self._stack.currentIndex() == 0 else self.table).setFocus()

    # -- strokes

    def new(self) -> None:
        """Ask which file."""
        ask_open(self.context.window, "打开旧目录", _FILES, self.compare)

    def ask_heads(self) -> None:
        """Say anew which column is what."""
        if self._path is None:
            self.context.message.say("请先打开旧目录。", "warn")
        else:
            self._ask_heads(self._path)

    def _ask_heads(self, path: Path) -> None:
        self.context.ask(oldlists.layout, path, then=partial(self._map, path))

    def _map(self, path: Path, layout: Layout) -> None:
        self.dialog = HeadsDialog(self.context, layout, partial(self.compare, path))
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def save(self) -> None:
        if self._path is None or self._comparison is None:
            self.context.message.say("请先打开旧目录。", "warn")
            return
        name = f"与{self._path.stem}比对.xlsx"
        ask_save(self.context.window, "保存比对清单", name, f"{SHEETS};;{PDFS}", self.write)

    def write(self, path: Path) -> None:
        """Write the three lists."""
        if self._path is not None and self._comparison is not None:
            name = self._path.stem
            self.context.ask(_write, self._comparison, name, path, then=self.context.message.say_file)


class HeadsDialog(QDialog):
    """Asks of every column of a catalogue which head of the file it is; remembered for files with the same heads."""

    def __init__(self, context: PageContext, layout: Layout, then: partial[None]) -> None:
        super().__init__(context.window)
        self._then = then
        self.setWindowTitle("表头对应")
        heads = {text: text for text in layout.heads}
        standing = {key: text for text, key in layout.answers.items()}
        form = QFormLayout()
        self.boxes: dict[str, FilterBox] = {}
        for key in ("name", "document", "dated", "author", "code", "year", "period"):
            box = FilterBox("（没有这一列）", heads, LABELS[key])
            box.setCurrentIndex(max(0, box.findData(standing.get(key, ""))))
            form.addRow(LABELS[key], box)
            self.boxes[key] = box
        heading = label("旧目录的哪一列是什么？说一次，同样表头的文件以后不再问。", "strong", wrap=True)
        self.agree = button("比对", self.take, role="primary")
        feet = row(None, button("取消", self.reject), self.agree)
        self.setLayout(column(heading, form, feet, gap=12, margins=(16, 14, 16, 14)))
        self.resize(min(_WIDTH, context.window.width()), self.sizeHint().height())

    def take(self) -> None:
        """Hand over what was chosen."""
        answers = {box.code(): key for key, box in self.boxes.items() if box.code()}
        self.accept()
        self._then(answers)


def _rows(comparison: Comparison, which: str) -> list[CompareRow]:
    place = comparelists.place_of
    if which == "both":
        return [
            CompareRow(one.entry.place, one.entry.name, place(one.item), one.item.name, one.reason, one.doubt)
            for one in comparison.both
        ]
    if which == "there":
        return [CompareRow(one.entry.place, one.entry.name, "", "", one.reason) for one in comparison.there]
    return [CompareRow("", "", place(own.item), own.item.name, own.reason) for own in comparison.here]


def _write(desk: Desk, comparison: Comparison, name: str, path: Path) -> Path:
    return books.write(desk, path, comparelists.listed(desk, comparison, name))
