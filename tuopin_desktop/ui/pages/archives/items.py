"""The tab 归档文件: the items of a year in the order of their numbers, and what is missing of them on paper."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QStackedWidget

from tuopin_desktop.domain.archives.kinds import FILED_KINDS
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import forming
from tuopin_desktop.services.archives.items import EDITABLE
from tuopin_desktop.ui.pages.archives import questions
from tuopin_desktop.ui.pages.archives.questions import ItemRow, YearView
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_LISTS = {"all": "全部", "waits": "待编件号", "lacks": "纸质缺漏"}
_HINT = "登记了报备单、考勤、会议等以后，按年度自动列成归档文件；年度结束后编件号。"
_COLUMNS = (
    Column("期限", lambda one: PERIODS.word(one.item.period), 56),
    Column("件号", lambda one: f"{one.item.number:04d}" + (" 拟" if one.waits else ""), 76),
    Column("题名", lambda one: one.item.name, tip=lambda one: one.item.name),
    Column("文号", lambda one: one.item.document, 110, shed=2, most=170),
    Column("责任者", lambda one: one.item.author, 110, shed=1, tip=lambda one: one.item.author),
    Column("日期", lambda one: day_words(one.item.dated) if one.item.dated else "", 132),
    Column("页数", lambda one: "" if one.item.pages is None else str(one.item.pages), 48, right=True, shed=3),
    Column("纸质缺漏", lambda one: one.lacks, 130, tip=lambda one: one.lacks),
)


class ItemsView(ArchiveView):
    """Ctrl+N gives a year's items their numbers; Enter puts one right; Ctrl+S saves what is missing as a list."""

    interests = FILED_KINDS | frozenset({"archive_item", "fonds", "filing_rule", "team", "office"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._view: YearView | None = None
        self._year = 0
        self.dialog: QDialog | None = None
        self.year = FilterBox("", {}, "年度")
        self.year.chosen.connect(self._choose)
        self.lists = Chips(_LISTS, "归档文件")
        self.lists.chosen.connect(lambda _: self._fill())
        self.table = RecordTable(_COLUMNS, lambda one: one.item.id, "归档文件", nothing="没有这样的文件")
        self.table.opened.connect(self._open)
        self._form = act_button(
            Act.ARCHIVE, "编件号", self.new, icon="plus", role="primary", tip="Ctrl+N：给这一年还没有件号的文件编号"
        )
        self._save = button("缺漏清单", self.save, icon="file-down", tip="Ctrl+S：PDF 或 Excel")
        self._pdf = button("存为 PDF", self.save_item, icon="file-down", tip="选中的这一件")
        self.buttons = (self._save, self._form)
        self._loose = label("", "hint", wrap=True)
        self._nothing = EmptyState("archive", "还没有可以归档的文件", hint=_HINT)
        tools = row(self.year, self.lists, None, self._pdf)
        inside = column(tools, self.table, self._loose, gap=8, margins=(14, 10, 14, 10))
        inside.setStretch(1, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(card(inside))
        self._stack.addWidget(card(row(self._nothing)))
        self.setLayout(row(self._stack))

    @property
    def state(self) -> str:
        view = self._view
        if view is None or not view.years:
            return "按年度整理成件，编件号"
        here = next((one for one in view.years if one.year == view.year), None)
        lacking = sum(bool(one.lacks) for one in view.rows)
        if here is None:
            return ""
        return f"{here.year}年度：已编{here.numbered}件，待编{here.waiting}件，纸质缺漏{lacking}件"

    def refresh(self) -> None:
        self.context.ask(questions.year_view, self._year, then=self._show, lane="items")

    def _choose(self, code: str) -> None:
        self._year = int(code)
        self.refresh()

    def _show(self, view: YearView) -> None:
        self._view, self._year = view, view.year
        self._stack.setCurrentIndex(0 if view.years else 1)
        self.year.clear()
        for one in view.years:
            self.year.addItem(_year_words(one), str(one.year))
        self.year.setCurrentIndex(self.year.findData(str(view.year)))
        self._loose.setText(_loose_words(view))
        self._loose.setVisible(bool(view.loose))
        self._fill()

    def _fill(self) -> None:
        if self._view is not None:
            which = self.lists.code()
            rows = [one for one in self._view.rows if which == "all" or (one.waits if which == "waits" else one.lacks)]
            self.table.about = f"{self._view.year}年度"
            self.table.replace_rows(rows)
        self.turned.emit()

    def take_keyboard(self) -> None:
        (self.table if self._stack.currentIndex() == 0 else self._nothing).setFocus()

    def show_subject(self, subject: str) -> None:
        if subject.isdecimal():
            self._year = int(subject)
            self.refresh()

    # -- strokes

    def new(self) -> None:
        if self._view is not None and self._view.years:
            self.context.ask_long(forming.form, self._view.year, then=self._formed)

    def _formed(self, items: list[ArchiveItem]) -> None:
        late = "，接着原来的件号" if any(one.late for one in items) else ""
        self.context.message.say(f"已给{len(items)}件编件号{late}")

    def save(self) -> None:
        if self._view is not None:
            name = f"{self._view.year}年度归档文件纸质缺漏清单.pdf"
            ask_save(self.context.window, "保存缺漏清单", name, f"{PDFS};;{SHEETS}", self.write_lacks)

    def write_lacks(self, path: Path) -> None:
        """Write what is missing."""
        if self._view is not None:
            self.context.ask(questions.write_lacks, self._view.year, path, then=self._written)

    def save_item(self) -> None:
        """Ask where to save the chosen item."""
        one: ItemRow | None = self.table.current()
        if one is None:
            self.context.message.say("请先选中一件。", "warn")
            return
        ask_save(self.context.window, "存为 PDF", f"{one.item.name}.pdf", PDFS, self.write_item)

    def write_item(self, path: Path) -> None:
        """Write the chosen item."""
        one: ItemRow | None = self.table.current()
        if one is not None:
            self.context.ask(questions.write_item, one.item, path, then=self._written)

    def _written(self, path: Path) -> None:
        self.context.message.say_file(path)

    def _open(self, one: ItemRow) -> None:
        if one.waits:
            self.context.message.say("编了件号以后可以改题名、页数和备注。", "quiet")
            return

        def take(record: ArchiveItem) -> None:
            ask = self.context.asker.ask
            ask(question(questions.amend, record), then=lambda _: dialog.accept(), failed=dialog.refused)

        title = f"{one.item.code or f'{one.item.year}年{PERIODS.word(one.item.period)}{one.item.number:04d}'}"
        dialog = FormDialog(one.item, EDITABLE, title, "保存", self.context.office, take, self.context.window)
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _year_words(one: forming.YearState) -> str:
    return f"{one.year}年" + (f"（待编{one.waiting}）" if one.waiting else "")


def _loose_words(view: YearView) -> str:
    if not view.loose:
        return ""
    names = "、".join(f"{one.label}（{one.reason}）" for one in view.loose[:3])
    return f"有{len(view.loose)}条登记不能归入年度：{names}{' 等' if len(view.loose) > len(view.loose[:3]) else ''}"
