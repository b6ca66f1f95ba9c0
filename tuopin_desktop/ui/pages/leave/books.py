"""The menu of books: registers, filings, cover lists, cards, call sheet, brief and story, saved as PDF or Excel."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.leave import leavebooks
from tuopin_desktop.services.office import books, settings
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.plain import set_tip

_YEARS = 3
BOOKS = {
    "register": "请假登记簿",
    "filings": "备案台账",
    "cards": "个人请假卡（全部人员）",
    "lates": "补办情况",
    "calls": "催办电话单",
    "phone": "电话销假核对表",
    "cover-unit": "报备案目录（派出单位）",
    "cover-liaison": "报备案目录（联络考评组）",
}
OF_SLIP = {"brief": "审批参考", "story": "办理经过", "card": "本人请假卡"}
_OF_TODAY = ("calls", "phone", "cover-unit", "cover-liaison", "brief", "story")

Made = books.Book[Any]


def make(desk: Desk, name: str, year: int, slip_id: str) -> Made:
    """Return a book; those of one slip need its id. Runs in the worker thread; raises Refused for an empty one."""
    yearly: dict[str, Callable[[], Made]] = {
        "register": lambda: leavebooks.register(desk, year),
        "filings": lambda: leavebooks.filings(desk, year),
        "cards": lambda: leavebooks.card(desk, year),
        "lates": lambda: leavebooks.lates(desk, year),
        "calls": lambda: leavebooks.calls(desk),
        "phone": lambda: leavebooks.phone_notes(desk),
        "cover-unit": lambda: leavebooks.cover(desk, body="unit"),
        "cover-liaison": lambda: leavebooks.cover(desk, body="liaison"),
        "brief": lambda: leavebooks.brief(desk, slip_id),
        "story": lambda: leavebooks.story(desk, slip_id),
        "card": lambda: leavebooks.card(desk, year, person=_person(desk, slip_id)),
    }
    return yearly[name]()


def _person(desk: Desk, slip_id: str) -> str:
    slip = registers.get(desk, LeaveSlip, slip_id)
    return str(getattr(registers.get(desk, "posting", slip.posting), "person", ""))


def write(desk: Desk, name: str, year: int, slip_id: str, path: Path) -> Path:
    """Write a book as what the file's name says: .xlsx a workbook, else a PDF."""
    book = make(desk, name, year, slip_id)
    return books.write(desk, path, book)


def margin_code(desk: Desk) -> bool:
    """Tell whether slips carry their number and code below the frame."""
    return settings.on(desk, settings.MARGIN_CODE)


class Books:
    """Fills the menu and saves what is chosen; `slip` gives the slip in hand, or None."""

    def __init__(self, context: PageContext, slip: Callable[[], LeaveSlip | None]) -> None:
        self._context = context
        self._slip = slip
        self.year = context.office.today.year
        self.menu = QMenu(context.window)
        self._build()

    def _build(self) -> None:
        years = self.menu.addMenu("年度")
        self._years = QActionGroup(years)
        for year in range(self.year, self.year - _YEARS, -1):
            action = years.addAction(f"{year}年", partial(self._choose_year, year))
            action.setCheckable(True)
            action.setChecked(year == self.year)
            self._years.addAction(action)
        self.menu.addSeparator()
        for name, text in BOOKS.items():
            self.menu.addAction(f"{text}…", partial(self.ask, name))
        self.menu.addSeparator()
        for name, text in OF_SLIP.items():
            self.menu.addAction(f"所选报备单：{text}…", partial(self.ask, name))
        self.menu.addSeparator()
        self.code = self.menu.addAction(settings.MARGIN_CODE.label, self._switch_code)
        self.code.setCheckable(True)
        set_tip(self.code, settings.MARGIN_CODE.hint)
        self.menu.aboutToShow.connect(self._look)

    def _choose_year(self, year: int) -> None:
        self.year = year
        self._context.message.say(f"台账年度：{year}年")

    # -- books

    def ask(self, name: str) -> None:
        """Ask where to save a book; its file name decides between PDF and Excel."""
        slip = self._slip()
        if name in OF_SLIP and slip is None:
            self._context.message.say("请先选中一张已保存的报备单。", "warn")
            return
        text = {**BOOKS, **OF_SLIP}[name]
        year = "" if name in _OF_TODAY else f"{self.year}年"
        whose = f" {slip.number} {slip.name}" if slip is not None and name in OF_SLIP else ""
        slip_id = slip.id if slip is not None else ""
        ask_save(
            self._context.window,
            f"保存{text}",
            f"{year}{text}{whose}.pdf",
            f"{PDFS};;{SHEETS}",
            lambda path: self.write(name, slip_id, path),
        )

    def write(self, name: str, slip_id: str, path: Path) -> None:
        """Write a book."""
        self._context.ask(write, name, self.year, slip_id, path, then=self._written)

    def _written(self, path: Path) -> None:
        self._context.message.say_file(path)

    # -- the code in the margin

    def _look(self) -> None:
        self._context.ask(margin_code, then=self.code.setChecked)

    def _switch_code(self) -> None:
        on = self.code.isChecked()
        text = "报备单页脚将印编号和二维码" if on else "报备单页脚不再印编号和二维码"
        self._context.ask(
            settings.choose,
            settings.MARGIN_CODE.key,
            on,
            then=lambda _: self._context.message.say(text),
        )
