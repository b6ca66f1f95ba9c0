"""The first page of whoever only looks: where everybody is, how the month stands, what presses; nothing to press."""

from PySide6.QtWidgets import QFrame

from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import leaderview
from tuopin_desktop.services.reporting.leaderview import LeaderView
from tuopin_desktop.services.shelves.groups import DAY
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.days import long_day
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable


def look(desk: Desk) -> LeaderView:
    """Return what the page shows; runs in the worker thread."""
    return leaderview.look(desk)


class LeaderPage(Page):
    """Four numbers, everybody's whereabouts with the month, the duties that press."""

    from_shelves = frozenset({DAY})
    interests = frozenset(KINDS)  # as the clerk's first page

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self._numbers = {name: label("–", "number") for name in ("posted", "present", "out", "vacant")}
        people = (
            Column("职务", lambda one: one.post, 90),
            Column("姓名", lambda one: one.name, 110),
            Column("今天", lambda one: one.state, 100, tone=lambda one: one.tone),
            Column("去向", lambda one: one.more, 220),
            Column("本月", lambda one: "，".join(one.month.split("，")[:3]), tip=lambda one: one.month),
        )
        self.people = RecordTable(people, lambda one: f"{one.post} {one.name}", "今天都在哪里")
        duties = (
            Column("事项", lambda one: one.what, 220),
            Column("所属期", lambda one: one.period, 130),
            Column("由谁办", lambda one: one.who, 150),
            Column("情况", lambda one: one.state, tone=lambda one: "bad" if one.late else "warn"),
        )
        self.duties = RecordTable(duties, lambda one: f"{one.what} {one.period} {one.who}", "要办的履职事项")
        self._about = label("", "quiet")
        self._count = label("", "quiet")
        self._build()

    def _build(self) -> None:
        titles = {"posted": "在派人数", "present": "今日在岗", "out": "外出未归", "vacant": "空缺岗位"}
        cards = row(*(self._card(name, text) for name, text in titles.items()), gap=12)
        above = column(row(label("今天都在哪里", "section"), self._about, None), self.people, margins=(14, 10, 14, 10))
        below = column(row(label("履职事项", "section"), self._count, None), self.duties, margins=(14, 10, 14, 10))
        for one in (above, below):
            one.setStretch(1, 1)
        whole = column(cards, card(above), card(below), gap=12)
        whole.setStretch(1, 3)
        whole.setStretch(2, 2)
        self.body.addLayout(whole)

    def _card(self, name: str, text: str) -> QFrame:
        return card(column(label(text, "quiet"), self._numbers[name], gap=2, margins=(16, 8, 8, 10)))

    def refresh(self) -> None:
        self.asker.ask(look, then=self._show, failed=self.complain, lane="leader")

    def _show(self, view: LeaderView) -> None:
        self.head("首页", f"{long_day(view.day)} · 数字截至 {view.at:%H:%M}")
        counts = (view.heads.posted, view.heads.posted - view.heads.out, view.heads.out, view.vacant)
        for line, number in zip(self._numbers.values(), counts, strict=True):
            line.setText(str(number))
        self.people.replace_rows(view.people)
        self.duties.replace_rows(view.duties)
        away = "外出的和空缺的" if self.office.level.value != "county" else "按登记的报备单"
        self._about.setText(f"{away}；没有报备单的算在旗县")
        self._count.setText(f"{view.count}项到期或逾期" if view.count else "没有到期和逾期的")

    def take_keyboard(self) -> None:
        self.people.enter()
