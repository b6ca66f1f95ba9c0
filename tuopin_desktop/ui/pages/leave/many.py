"""What is done with the slips selected in the list: reported back, sheets received, filed, opened."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.ui.pages.leave.doing import Doing
from tuopin_desktop.ui.pages.leave.questions import UNSAVED, SlipRow
from tuopin_desktop.ui.pages.leave.slips import SlipList
from tuopin_desktop.ui.slips.words import back_question
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.message import MessageBar


class Many:
    """Strokes on the selection; `print_` and `open_` are the page's own."""

    def __init__(
        self,
        slips: SlipList,
        doing: Doing,
        message: MessageBar,
        window: QWidget,
        *,
        print_: Callable[[], None],
        open_: Callable[[str], None],
    ) -> None:
        self._slips = slips
        self._doing = doing
        self._message = message
        self._window = window
        self._open = open_
        self._strokes = {
            "back": self.back_now,
            "print": print_,
            "sheet": self._sheets_back,
            "file": self._file,
            "open": self._open_current,
        }
        slips.stroke.connect(self.stroke)

    def stroke(self, name: str) -> None:
        """Carry out one of the strokes of the list."""
        self._strokes[name]()

    def chosen(self) -> list[LeaveSlip]:
        """Return the selected slips that are kept; says so when there is none."""
        return [item.slip for item in self._items()]

    def _items(self) -> list[SlipRow]:
        items: list[SlipRow] = [item for item in self._slips.table.chosen() if item.state != UNSAVED]
        if not items:
            self._message.say("请先在列表中选中报备单（按住 Ctrl 或 Shift 可多选）。", "warn")
        return items

    def back_now(self) -> None:
        """Report the travellers back; more than one is asked about first, who is back already is left out."""
        items = self._items()
        away = [item.slip for item in items if any(watch.out for watch in item.lists)]
        if len(away) > 1:
            confirm(self._window, back_question(away), "销假", lambda: self._doing.back_now(away))
        elif away:
            self._doing.back_now(away)
        elif items:
            self._message.say("所选人员没有外出，或已经销假。", "warn")

    def _sheets_back(self) -> None:
        if slips := self.chosen():
            self._doing.sheets_back(slips)

    def _file(self) -> None:
        if slips := self.chosen():
            self._doing.file_many(slips, self._slips.office, self._window)

    def _open_current(self) -> None:
        item = self._slips.table.current()
        if item is not None:
            self._open(item.slip.id)
