"""The line above every page of a practice office: that nothing here is real, and the step of the tour to be done next.

It is always one line high, whatever the tour says: nothing below it moves.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QMessageBox

from tuopin_desktop.services.home import guide
from tuopin_desktop.services.home.guide import StepRow, Tour
from tuopin_desktop.services.office import practiceend
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.oneline import OneLine
from tuopin_desktop.ui.widgets.parts import button, label, row

MARK = "练习　虚构的人和事，不作凭证"
_OVER = "十步都走过了。要正式办公，点“十步”，选“结束练习…”"
OVER = "结束练习，建立正式单位…"
_ASKED = "删除练习数据？\n\n程序会关闭；再打开时练习数据已经删除，从第一步建立正式单位。存到别处的打印件和表不会删。"
_SIGNS = {"done": "✓", "skipped": "–", "open": "○"}


class PracticeStrip(QFrame):
    """`page_wanted` carries the page where a step is done."""

    page_wanted = Signal(str)

    def __init__(self, asker: Asker) -> None:
        super().__init__()
        self.setObjectName("practice")
        self.setAccessibleName("练习")
        self._asker = asker
        self.tour: Tour | None = None
        self.question: QMessageBox | None = None
        self._step = ""
        self.hint = OneLine()
        self.go = button("去办", self._go, role="link")
        self.skip = button("跳过", self._skip, role="link")
        self.every = button("十步", self._show_all, role="link", tip="看十步各做了没有，接着哪一步做")
        self.fold = button("收起", self._fold, role="link")
        self.over = button("结束练习…", self.ask_over, role="link", tip="删除练习数据，建立正式单位")
        layout = row(label(MARK, "strong"), 12, self.hint, self.go, self.skip, self.every, self.over, self.fold, gap=8)
        layout.setContentsMargins(20, 3, 20, 3)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._show(None)
        asker.changed.connect(lambda _: self.look())

    def look(self) -> None:
        """Ask how far the tour is."""
        self._asker.ask(guide.tour, then=self._show, lane="tour")

    def note_help(self) -> None:
        """The help was opened, which leaves no record."""
        self._change(partial(guide.note, what=guide.HELP))

    @property
    def step(self) -> StepRow | None:
        """The step that is shown."""
        if self.tour is None:
            return None
        key = self._step if self._step and self.tour.row(self._step).state == "open" else self.tour.here
        return self.tour.row(key) if key else None

    def _show(self, tour: Tour | None) -> None:
        self.tour = tour
        is_open = tour is not None and not tour.folded
        step = self.step
        for one in (self.go, self.skip):
            one.setVisible(is_open and step is not None)
        self.go.setEnabled(step is not None and bool(step.page))
        self.every.setVisible(is_open)
        self.over.setVisible(tour is None or not self.every.isVisibleTo(self))
        self.fold.setVisible(tour is not None)
        self.hint.setText(self._text(tour, step))
        if tour is not None:
            self.every.setText(f"十步（已做{tour.count}）")
            self.fold.setText("收起" if is_open else "接着学")

    def _text(self, tour: Tour | None, step: StepRow | None) -> str:
        if tour is None or tour.folded:
            return ""
        if step is None:
            return _OVER
        at = [one.key for one in tour.rows].index(step.key) + 1
        return f"第{at}步　{step.title}：{step.how}"

    def _go(self) -> None:
        if self.step is not None:
            self.page_wanted.emit(self.step.page)

    def _skip(self) -> None:
        if self.step is not None:
            self._change(partial(guide.skip, key=self.step.key))

    def _fold(self) -> None:
        folded = self.tour is not None and self.tour.folded
        self._change(guide.unfold if folded else guide.fold)

    def _show_all(self) -> None:
        if self.tour is None:
            return
        menu = self.menu(self.tour)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.every.mapToGlobal(self.every.rect().bottomLeft()))

    def menu(self, tour: Tour) -> QMenu:
        """Return the list of the steps; one that is skipped is taken up, an open one is shown."""
        menu = QMenu(self)
        for at, one in enumerate(tour.rows, 1):
            action = QAction(f"{_SIGNS[one.state]}　{at}. {one.title}", menu)
            action.setEnabled(one.state != "done")
            action.triggered.connect(partial(self._take_up, one))
            menu.addAction(action)
        menu.addSeparator()
        over = QAction(OVER, menu)
        over.triggered.connect(lambda: self.ask_over())
        menu.addAction(over)
        return menu

    def ask_over(self) -> None:
        """Ask whether the practice office is to go."""
        self.question = confirm(self.window(), _ASKED, "删除，关闭程序", self.end)

    def end(self) -> None:
        """Note that it is to go, and close the window."""
        self._asker.ask(practiceend.want, then=lambda _: self.window().close())

    def _take_up(self, one: StepRow) -> None:
        self._step = one.key
        if one.state == "skipped":
            self._change(partial(guide.take_up, key=one.key))
        else:
            self._show(self.tour)

    def _change(self, deed: Callable[[Desk], None]) -> None:
        self._asker.ask(deed, then=lambda _: self.look())
