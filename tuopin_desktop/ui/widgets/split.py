"""Two panes with an edge between them that stays where somebody put it."""

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from tuopin_desktop.ui.widgets.memory import memory_of


class Split(QSplitter):
    """Keeps the place of its edges by its accessible name, or else by its class."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._taken_up = False
        self.splitterMoved.connect(lambda *_: self._keep())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._taken_up:
            self._taken_up = True
            self._take_up()

    def _take_up(self) -> None:
        try:
            shares = json.loads(memory_of(self).get(self._name) or "[]")
        except ValueError:
            return  # the file of settings is anybody's to edit
        if isinstance(shares, list) and len(shares) == self.count() and all(isinstance(one, int) for one in shares):
            self.setSizes(shares)

    def _keep(self) -> None:
        memory_of(self).keep(self._name, json.dumps(self.sizes()))

    @property
    def _name(self) -> str:
        return f"splits/{self.accessibleName() or type(self).__name__}"
