"""Choosing who goes on leave: type a few initials, press Enter."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.people.roster import PersonRow
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row
from tuopin_desktop.ui.widgets.placing import resize_fitting
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable


class PersonPicker(QDialog):
    """Lists people who have a posting; `picked` carries the posting's id."""

    picked = Signal(str)

    def __init__(self, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asker = asker
        self.setWindowTitle("选择请假人")
        resize_fitting(self, 620, 460)
        self._build()
        self._ask("")

    def _build(self) -> None:
        self.message = Toasts(self)
        self.search = SearchLine("姓名或拼音首字母，回车选中第一个", "查找请假人")
        self.search.searched.connect(self._ask)
        columns = (
            Column("姓名", lambda item: item.person.name, 120),
            Column("队内职务", _position, 90),
            Column("旗县", lambda item: item.county_name),
            Column("状态", lambda item: item.state, 90, tone=lambda item: "ok" if _serves(item) else "quiet"),
        )
        nothing = "没有找到：换个姓名试试；还没有登记的，先在“队伍与人员”登记派驻。"
        self.table = RecordTable(columns, lambda item: item.person.id, "可请假人员", nothing=nothing)
        self.table.opened.connect(self._take)
        self.search.left_down.connect(self.table.enter)
        self.search.entered.connect(self._take_first)
        note = label("表样按职务自动选用：队长用附件1，副队长和队员用附件2。", "quiet")
        take = act_button(Act.ENTER, "填写报备单", self._take_current, role="primary")
        feet = row(note, None, button("取消", self.reject), take)
        layout = column(self.search, card(column(self.table, margins=(1, 1, 1, 1))), feet, margins=(16, 16, 16, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.search.setFocus()

    def _ask(self, text: str) -> None:
        self._asker.ask(roster.people, text, then=self._show, failed=self.message.complain, lane="picker")

    def _show(self, people: Sequence[PersonRow]) -> None:
        self.table.replace_rows(_in_service_first(people))

    def _take_first(self, text: str) -> None:
        """Enter in the search line may come before the answer: ask again and take the first row of that answer."""
        self._asker.ask(roster.people, text, then=self._show_and_take, failed=self.message.complain, lane="picker")

    def _show_and_take(self, people: Sequence[PersonRow]) -> None:
        self._show(people)
        self.table.enter()
        self._take_current()

    def _take_current(self) -> None:
        item = self.table.current()
        if item is None:
            self.message.say("请先选中一个人。", "warn")
            return
        self._take(item)

    def _take(self, item: PersonRow) -> None:
        if item.posting is not None:
            self.picked.emit(item.posting.id)
            self.accept()


def _in_service_first(people: Sequence[PersonRow]) -> list[PersonRow]:
    return sorted((item for item in people if item.posting is not None), key=lambda item: not _serves(item))


def _serves(item: PersonRow) -> bool:
    return item.state in roster.SERVING


def _position(item: PersonRow) -> str:
    return POSITION.word(item.posting.position) if item.posting else ""
