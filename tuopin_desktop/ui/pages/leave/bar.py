"""The buttons above the list of slips, and above a slip: before there is ink, and after."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.pages.leave.output import Output
from tuopin_desktop.ui.widgets.parts import act_button, button


class Way(Protocol):
    """What the buttons do on the page."""

    output: Output

    def new(self) -> None:
        """Make out a slip."""

    def back(self) -> None:
        """Go back to the list."""

    def save(self) -> None:
        """Save the slip."""

    def print_(self) -> None:
        """Print what is chosen."""

    def pdf(self) -> None:
        """Write what is chosen as PDF."""

    def overprint(self) -> None:
        """Print single cells onto the signed sheet."""

    def ask_return(self) -> None:
        """Ask when the traveller came back."""


_RARE = (("correct", "更正…"), ("withdraw", "撤回…"), ("void", "作废…"))
Step = Callable[[str], object]


class Bar:
    """Makes the buttons once; `step` lays a step open, `books` is the menu of registers."""

    def __init__(self, page: Way, step: Step, books: QMenu) -> None:
        self._steps: frozenset[str] = frozenset()
        self._new = act_button(Act.ENTER, "新建报备单", page.new, icon="plus", role="primary", tip="Ctrl+N")
        self._many = button("打印和存档", lambda: None, icon="printer")
        self._many.setMenu(_many_menu(page, self._many))
        self._books = button("台账", lambda: None, icon="file-spreadsheet", tip="登记簿、备案台账、请假卡、电话单等")
        self._books.setMenu(books)
        self._back = button("返回", page.back, icon="arrow-left", role="flat", tip="Esc")
        self._save = act_button(Act.ENTER, "保存", page.save, icon="save", role="primary", tip="Ctrl+S")
        self._print = button("打印", page.print_, icon="printer", tip="先保存再打印（Ctrl+P）")
        self._file = button("存为 PDF", page.pdf, icon="file-down", tip="先保存再存为 PDF（Ctrl+E），也算打印")
        self._reroute = act_button(Act.ENTER, "变更行程…", partial(step, "reroute"), tip="改去别处：新地点和原因")
        self._extend = act_button(Act.ENTER, "续假…", partial(step, "extend"), tip="续到哪天和原因")
        self._return = act_button(Act.ENTER, "销假…", page.ask_return, tip="登记哪天返回（Ctrl+R）")
        self._more = button("更多", lambda: None, icon="chevron-down", tip="打印、存为PDF、套打、更正等")
        self._more.setMenu(self._more_menu(page, step, books))

    def of_list(self) -> list[QPushButton]:
        """Return the buttons above the list."""
        return [self._books, self._many, self._new]

    def of_desk(self, steps: frozenset[str], *, stored: bool, void: bool) -> list[QPushButton]:
        """Return the buttons above a slip; `steps` can be taken of one with ink, one that was never saved has fewer."""
        self._steps = steps
        if void:
            return [self._books]
        if steps:
            ways = (("reroute", self._reroute), ("extend", self._extend), ("back", self._return))
            return [*(one for key, one in ways if key in steps), self._more]
        return [*([self._books] if stored else []), self._file, self._print, self._save]

    def _more_menu(self, page: Way, step: Step, books: QMenu) -> QMenu:
        """Return what is rarely done to a slip with ink; 作废 is last, what cannot be done now stays and is grey."""
        menu = _menu(
            self._more,
            (
                ("打印  Ctrl+P", page.print_),
                ("存为 PDF…  Ctrl+E", page.pdf),
                ("套印到原表…  Ctrl+T", page.overprint),
                ("保存表外内容  Ctrl+S", page.save),
            ),
        )
        menu.addAction("台账").setMenu(books)
        menu.addSeparator()
        rare = {key: menu.addAction(text, partial(step, key)) for key, text in _RARE}
        menu.aboutToShow.connect(partial(self._look, rare))
        return menu

    def _look(self, rare: Mapping[str, QAction]) -> None:
        for key, action in rare.items():
            action.setEnabled(key in self._steps)

    def lead(self) -> list[QPushButton]:
        """Return what stands before the title of a slip."""
        return [self._back]


def _menu(parent: QPushButton, entries: tuple[tuple[str, Callable[[], object]], ...]) -> QMenu:
    menu = QMenu(parent)
    for text, slot in entries:
        menu.addAction(text, slot)
    return menu


def _many_menu(page: Way, parent: QPushButton) -> QMenu:
    return _menu(
        parent,
        (
            ("打印所选…", page.print_),
            ("所选存为 PDF…", page.pdf),
            ("收扫描件、看收件筐…", lambda: page.output.scans()),
            ("空白附件1（队长）…", lambda: page.output.blank(1)),
            ("空白附件2（副队长、队员）…", lambda: page.output.blank(2)),
        ),
    )
