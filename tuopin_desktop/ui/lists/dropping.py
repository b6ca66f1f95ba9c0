"""Files dragged into the window: the page that stands open says what it would do, does it, or says why not."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast

import msgspec
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import dropped
from tuopin_desktop.ui.lists.ways import PageWays
from tuopin_desktop.ui.widgets.landing import SHEET_FILES, DropFrame, Landing
from tuopin_desktop.ui.widgets.listways import ways_of
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.rowsview import RowsView

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.DragLeave, QEvent.Type.Drop)
_MAY_NOT = "您的身份不能登记"
_MARGIN = 8


class _Aim(msgspec.Struct, frozen=True):
    """Where files would come down: the place, and what is done there, if anything."""

    place: QRect
    landing: Landing | None
    why: str = ""


class Dropping(QObject):
    """Hears the drags over a window before its fields do, which would take the path of a file for words."""

    def __init__(self, window: QWidget, page: Callable[[], Page], open_page: Callable[[str], object]) -> None:
        super().__init__(window)
        self._window, self._page, self._open_page = window, page, open_page
        self._paths: list[Path] = []
        self.frame = DropFrame(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def _begin(self) -> None:
        """Listen to the window of the system from now on: before it is shown there is none."""
        handle = self._window.windowHandle()
        handle.removeEventFilter(self)
        handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Show:
                self._begin()
            return False
        if event.type() not in _DRAGS:
            return False
        if isinstance(event, QDropEvent):
            return self._dragged(event)
        self.frame.hide()
        return bool(self._paths)

    def _dragged(self, event: QDropEvent) -> bool:
        """Take a drag of files; what else is dragged is left to the fields."""
        self._paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not self._paths:
            return False
        if QApplication.activeModalWidget() is not None or not self._page().isVisible():
            event.ignore()
            return True
        aim = self._aim(event.position().toPoint())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.frame.hide()
            self._let_go(aim)
        else:
            self._tell(aim)
        return True

    def _tell(self, aim: _Aim) -> None:
        name = self._paths[0].name if len(self._paths) == 1 else f"{len(self._paths)}个文件"
        if aim.landing is not None:
            self.frame.say(aim.place, f"松开：{aim.landing.text}", f"{name}，{aim.landing.note}", taken_in=True)
        else:
            self.frame.say(aim.place, f"这里不收“{name}”", aim.why or "松开后告诉您该放到哪里", taken_in=False)

    def _let_go(self, aim: _Aim) -> None:
        page = self._page()
        if aim.landing is not None:
            aim.landing.then(self._paths)
        elif aim.why:
            page.message.say(f"没有读取：{aim.why.rstrip('。')}。", "warn")
        else:
            page.context.ask(
                dropped.sentence, self._paths[0], _target(page), then=partial(page.message.say, tone="warn")
            )

    # -- what a place does

    def _aim(self, at: QPoint) -> _Aim:
        page = self._page()
        under = self._window.childAt(at)
        place = QRect(page.mapTo(self._window, QPoint(0, 0)), page.size()).adjusted(
            _MARGIN, _MARGIN, -_MARGIN, -_MARGIN
        )
        if not page.office.who.may(Act.ENTER):
            return _Aim(place, None, _MAY_NOT)
        for widget, landing in self._offers(page, under):
            if landing.takes(self._paths):
                if why := landing.why():
                    return _Aim(place, None, why)
                rect = QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())
                return _Aim(place if widget is page else rect, landing)
        return _Aim(place, None)

    def _offers(self, page: Page, under: QWidget | None) -> Iterator[tuple[QWidget, Landing]]:
        """Yield what can be done with files: by what lies under the pointer, the lists, the page, another one."""
        while under is not None and under is not page and page.isAncestorOf(under):
            yield from ((under, one) for one in getattr(under, "takes", ()))
            if isinstance(under, RowsView) and under.sheet:
                yield under, _as_rows(under)
            under = under.parentWidget()
        yield from ((page, _as_rows(one)) for one in _lists(page))
        yield from ((page, one) for one in page.takes)
        yield page, Landing("到“U盘交换”试收数据包", frozenset({".zip"}), self._to_exchange)

    def _to_exchange(self, paths: list[Path]) -> None:
        self._open_page("exchange")
        for one in self._page().takes:
            if one.takes(paths):
                one.then(paths)
                return


def _lists(page: Page) -> list[RowsView]:
    """Return the lists that can be seen whose rows can come from a sheet."""
    return [one for one in cast("list[RowsView]", page.findChildren(RowsView)) if one.sheet and one.isVisible()]


def _as_rows(table: RowsView) -> Landing:
    """Return what becomes of sheets dropped on a list: the rehearsal of an import."""

    from tuopin_desktop.ui.sheets.landing import sheet_landing  # noqa: PLC0415 start-up: nothing is dropped at first

    ways = ways_of(table)
    assert isinstance(ways, PageWays), "a page has one"
    return sheet_landing(ways.exchange(table.sheet))


def _target(page: Page) -> str:
    return "表格" if _lists(page) or any(SHEET_FILES & one.endings for one in page.takes) else "这一页能收的文件"
