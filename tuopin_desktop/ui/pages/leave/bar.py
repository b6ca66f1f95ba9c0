"""The buttons above the list of slips, and above a slip."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.widgets.parts import act_button, button

if TYPE_CHECKING:
    from tuopin_desktop.ui.pages.leave.page import LeavePage


class Bar:
    """Makes the buttons once; `books` is the menu of registers."""

    def __init__(self, page: "LeavePage", books: QMenu) -> None:
        self._new = act_button(Act.ENTER, "新建报备单", page.new, icon="plus", role="primary", tip="Ctrl+N")
        self._many = button("打印和存档", lambda: None, icon="printer")
        self._many.setMenu(_many_menu(page, self._many))
        self._books = button("台账", lambda: None, icon="file-spreadsheet", tip="登记簿、备案台账、请假卡、电话单等")
        self._books.setMenu(books)
        self._back = button("返回", page.back, icon="arrow-left", role="flat", tip="Esc")
        self._save = act_button(Act.ENTER, "保存", page.save, icon="save", role="primary", tip="Ctrl+S")
        self._print = button("打印", page.print_, icon="printer", tip="先保存再打印（Ctrl+P）")
        self._over = button("套打", page.overprint, tip="把销假情况印到已签字的原件上（Ctrl+T）")
        self._file = button("存为 PDF", page.pdf, icon="file-down", tip="先保存再存为 PDF（Ctrl+E）")

    def of_list(self) -> list[QPushButton]:
        """Return the buttons above the list."""
        return [self._books, self._many, self._new]

    def of_desk(self, *, stored: bool) -> list[QPushButton]:
        """Return the buttons above a slip; one that was never saved has fewer."""
        return [*([self._books, self._over] if stored else []), self._file, self._print, self._save]

    def lead(self) -> list[QPushButton]:
        """Return what stands before the title of a slip."""
        return [self._back]


def _many_menu(page: "LeavePage", parent: QPushButton) -> QMenu:
    menu = QMenu(parent)
    for text, slot in (
        ("打印所选…", page.print_),
        ("所选存为 PDF…", page.pdf),
        ("收扫描件、看收件筐…", lambda: page.output.scans()),
        ("空白附件1（队长）…", lambda: page.output.blank(1)),
        ("空白附件2（副队长、队员）…", lambda: page.output.blank(2)),
    ):
        menu.addAction(text, slot)
    return menu
