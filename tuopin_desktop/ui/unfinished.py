"""What is typed and not saved in the window: stored while it is typed, offered at the next start, taken up."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QScrollArea, QWidget

from tuopin_desktop.domain.roles import Signed
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.office import unsaved
from tuopin_desktop.services.office.unsaved import Unsaved
from tuopin_desktop.ui.plumbing.drafting import Draft, DraftKeeper, Place
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.placing import resize_fitting

_WIDTH, _MOST_HEIGHT = 620, 520


class TakeUpDialog(QDialog):
    """`taken_up` carries the forms to go on with, `given_up` those nobody wants; closing it leaves them for later."""

    taken_up = Signal(list)
    given_up = Signal(list)

    def __init__(self, waiting: Sequence[Unsaved], parent: QWidget) -> None:
        super().__init__(parent)
        self._waiting = list(waiting)
        self._lines: dict[tuple[str, str], QWidget] = {}
        self.setWindowTitle("没有保存的填写")
        question = label("上次关闭程序时，下面的内容还没有保存。继续填写，还是放弃？", "strong", wrap=True)
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(column(*(self._line(one) for one in self._waiting), None, gap=2, margins=(12, 8, 12, 8)))
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setAccessibleName("没有保存的填写")
        self.go_on = button("继续填写", self._take_up, role="primary")
        self.all_gone = button("全部放弃", self._give_all_up)
        feet = row(self.all_gone, None, button("以后再说", self.reject, role="flat"), self.go_on)
        hint = label("继续填写后要按 Ctrl+S 保存才算登记。", "quiet")
        layout = column(question, area, hint, feet, gap=10, margins=(16, 14, 16, 14))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        resize_fitting(self, _WIDTH, min(_MOST_HEIGHT, 180 + 44 * len(self._waiting)))
        self.go_on.setFocus()

    def _line(self, one: Unsaved) -> QWidget:
        line = QWidget()
        when = label(f"{beijing(one.at):%m月%d日 %H:%M}", "quiet")
        gone = button("放弃", lambda: self._give_up(one), role="flat")
        gone.setAccessibleName(f"放弃{one.label}")
        title = label(one.label, wrap=True)
        layout = row(title, when, gone, gap=10)
        layout.setStretch(0, 1)
        line.setLayout(layout)
        self._lines[one.page, one.key] = line
        return line

    def _give_up(self, one: Unsaved) -> None:
        self._waiting.remove(one)
        self._lines.pop((one.page, one.key)).hide()
        self.given_up.emit([one])
        if not self._waiting:
            self.accept()

    def _give_all_up(self) -> None:
        self.given_up.emit(self._waiting)
        self.accept()

    def _take_up(self) -> None:
        self.taken_up.emit(self._waiting)
        self.accept()


class WordsDialog(QDialog):
    """The words of a small window that was open then: it cannot be opened again by itself, so they can be copied."""

    def __init__(self, one: Unsaved, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(one.label)
        self.text = QPlainTextEdit("\n".join(f"{name}：{text}" for name, text in one.content.items()))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(one.label)
        sentence = label(f"“{one.label}”没有保存。请重新打开该窗口，可从这里复制当时填写的内容。", wrap=True)
        self.gone = button("不要了", self.accept)
        feet = row(self.gone, None, button("以后再说", self.reject, role="flat"))
        self.setLayout(column(sentence, self.text, feet, gap=10, margins=(16, 14, 16, 14)))
        resize_fitting(self, _WIDTH, 320)
        self.finished.connect(self.deleteLater)


def offer(waiting: Sequence[Unsaved], asker: Asker, window: QWidget) -> TakeUpDialog:
    """Ask what becomes of the forms that were not saved; return the open window."""

    def let_go(gone: Sequence[Unsaved]) -> None:
        asker.ask(unsaved.give_up, [(one.page, one.key) for one in gone], waiting[0].author)

    dialog = TakeUpDialog(waiting, window)
    dialog.given_up.connect(let_go)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def show_words(waiting: Sequence[Unsaved], asker: Asker, window: QWidget) -> None:
    """Show the words of forms that no page takes up; each goes once its author says so."""
    for one in waiting:
        dialog = WordsDialog(one, window)
        place = (one.page, one.key)
        dialog.accepted.connect(lambda place=place, who=one.author: asker.ask(unsaved.give_up, [place], who))
        dialog.open()


class Unfinished(QObject):
    """Serves one window: `pages` are those made so far, `doors` the keys of all, `ways` make and show one.

    `who` types here.
    """

    def __init__(
        self,
        window: QWidget,
        asker: Asker,
        pages: Mapping[str, Page],
        doors: Collection[str],
        ways: tuple[Callable[[str], Page], Callable[[str], object]],
        who: Signed,
    ) -> None:
        super().__init__(window)
        self._window, self._asker, self._pages, self._doors = window, asker, pages, doors
        self._make, self._show = ways
        self._is_idle = who.only_looks
        self.keeper = DraftKeeper(asker, self._typed, who.user, self)
        self.take_up: TakeUpDialog | None = None

    def _typed(self) -> dict[Place, Draft]:
        draft_by_pair = {
            (name, key): draft for name, page in self._pages.items() for key, draft in page.drafts().items()
        }
        from tuopin_desktop.ui.widgets.form import dialog_drafts  # noqa: PLC0415 start-up: the first page has no form

        return {**draft_by_pair, **dialog_drafts(self._window)}

    def begin(self, app: QApplication) -> None:
        """Offer what was typed and not saved when the program ended last, and keep what is typed from now on."""
        if self._is_idle:
            return
        self._asker.ask(unsaved.waiting, then=self._offer, lane="unsaved")
        self.keeper.begin(app)

    def _offer(self, waiting: list[Unsaved]) -> None:
        if waiting:
            self.take_up = offer(waiting, self._asker, self._window)
            self.take_up.taken_up.connect(self._resume)

    def _resume(self, waiting: list[Unsaved]) -> None:
        """Hand every form to its page, the newest last and shown; the words of small windows stand to be copied."""
        places = [one for one in reversed(waiting) if one.page in self._doors]
        self.keeper.adopt(places)
        for one in places:
            page, newest = self._pages.get(one.page) or self._make(one.page), one is places[-1]
            if newest:
                self._show(one.page)
            page.resume(one.key, one.content, show=newest)
        show_words([one for one in waiting if one not in places], self._asker, self._window)
