"""Files dropped on a page: a dashed overlay says what will happen while they hover; then the page is handed them."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QWidget

from tuopin_desktop.ui.widgets.parts import label

_INSET = 12


class DropZone(QObject):
    """`dropped` carries the paths that were let go over the host; nothing is shown or moved otherwise."""

    dropped = Signal(list)

    def __init__(self, host: QWidget, sentence: str, then: Callable[[list[Path]], object]) -> None:
        super().__init__(host)
        self._host = host
        self.overlay: QLabel = label(sentence, "drop", wrap=True)
        self.overlay.setParent(host)
        self.overlay.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.overlay.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.overlay.hide()
        self.dropped.connect(then)
        host.setAcceptDrops(True)
        host.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow files over the host."""
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return self._over(cast("QDropEvent", event), let_go=kind == QEvent.Type.Drop)
        if kind == QEvent.Type.DragLeave:
            self.overlay.hide()
        return super().eventFilter(watched, event)

    def _over(self, event: QDropEvent, *, let_go: bool) -> bool:
        paths = paths_in(event.mimeData())
        if not paths:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if let_go:
            self.overlay.hide()
            self.dropped.emit(paths)
        elif self.overlay.isHidden():
            self.overlay.setGeometry(self._host.rect().adjusted(_INSET, _INSET, -_INSET, -_INSET))
            self.overlay.show()
            self.overlay.raise_()
        return True


def paths_in(data: QMimeData) -> list[Path]:
    """Return the files and folders that are carried, none where something else is."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
