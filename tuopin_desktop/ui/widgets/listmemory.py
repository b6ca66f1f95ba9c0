"""The widths, places and order somebody gave a list: kept by the list's name, taken up when it is shown again."""

import json

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QTableView

from tuopin_desktop.ui.widgets.memory import memory_of


class ListMemory(QObject):
    """Watches the head of a list; what the program does to the widths by itself is not kept."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._head = table.horizontalHeader()
        self._taken_up = False
        self._before: list[int] = []
        self._head.viewport().installEventFilter(self)
        self._head.sortIndicatorChanged.connect(self._keep_order)
        self._head.sectionMoved.connect(lambda *_: self._keep_places())

    def take_up(self) -> None:
        """Give the list what was kept of it; once, when it is first shown."""
        if self._taken_up:
            return
        widths = self._kept("widths")
        for at, title in enumerate(self._titles()):
            if (width := widths.get(title)) is not None:
                self._head.resizeSection(at, int(width))
        self._take_places(self._kept("places"))
        for title, order in self._kept("order").items():
            if title in self._titles():
                self._table.sortByColumn(self._titles().index(title), Qt.SortOrder(int(order)))
        self._taken_up = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._before = self._widths()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._widths() != self._before:
            pairs = zip(self._titles(), self._before, self._widths(), strict=True)
            self._keep("widths", self._kept("widths") | {title: now for title, was, now in pairs if was != now})
        return super().eventFilter(watched, event)

    def _take_places(self, places: dict[str, int]) -> None:
        """Put the columns where somebody moved them; one he did not know of stays behind the others."""
        titles = self._titles()
        for target, title in enumerate(sorted((one for one in places if one in titles), key=lambda one: places[one])):
            self._head.moveSection(self._head.visualIndex(titles.index(title)), target)

    def _keep_places(self) -> None:
        if self._taken_up:
            self._keep("places", {title: self._head.visualIndex(at) for at, title in enumerate(self._titles())})

    def _keep_order(self, place: int, order: Qt.SortOrder) -> None:
        if self._taken_up:
            self._keep("order", {self._titles()[place]: order.value} if place >= 0 else {})

    def _titles(self) -> list[str]:
        model = self._table.model()
        return [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(model.columnCount())]

    def _widths(self) -> list[int]:
        return [self._head.sectionSize(at) for at in range(self._head.count())]

    def _kept(self, what: str) -> dict[str, int]:
        text = memory_of(self._table).get(self._name(what))
        try:
            values = json.loads(text or "{}")
        except ValueError:
            return {}  # the file of settings is anybody's to edit
        return (
            {key: value for key, value in values.items() if isinstance(value, int)} if isinstance(values, dict) else {}
        )

    def _keep(self, what: str, values: dict[str, int]) -> None:
        memory_of(self._table).keep(self._name(what), json.dumps(values, ensure_ascii=False))

    def _name(self, what: str) -> str:
        return f"lists/{self._table.accessibleName()}/{what}"
