"""The stick in hand: what is plugged in, or a folder chosen by hand; what is put into it is seen by itself."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame

from tuopin_desktop.ui.pages.exchange import questions
from tuopin_desktop.ui.pages.exchange.questions import Glance
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import ask_folder
from tuopin_desktop.ui.widgets.parts import button, label, row
from tuopin_desktop.ui.widgets.still import ChoiceBox

_EVERY_MS = 1000


class StickBar(QFrame):
    """Looks for sticks while it can be seen; `changed(folder or None)` tells which one is in hand, and again a second
    after the last change in it: a file that is still being copied is not looked at.
    """

    changed = Signal(object)

    def __init__(self, asker: Asker) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._asker = asker
        self._chosen: list[Path] = []
        self._seen: dict[str, object] = {}
        self._coming: object = None
        self.box = ChoiceBox()
        self.box.setAccessibleName("U盘或文件夹")
        self.box.setMinimumWidth(260)
        self.box.activated.connect(lambda _: self._tell())
        self._none = label("没有检测到U盘，请插入，或选择文件夹。", "quiet")
        self._words = label("", "quiet")
        watch = label("自动查看，放进新文件马上显示", "quiet")
        other = button("其他文件夹…", self._ask, tip="光盘、中转机的共享文件夹等")
        line = row(label("U盘", "label"), self.box, self._none, self._words, None, watch, other, margins=(14, 8, 14, 8))
        self.setLayout(line)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._show([])

    @property
    def folder(self) -> Path | None:
        """The stick in hand."""
        place = self.box.currentData()
        return Path(place) if place else None

    def tell_content(self, text: str) -> None:
        """Say what lies on it."""
        self._words.setText(text)

    def look(self) -> None:
        """Ask which sticks stand in the computer, and whether something changed in the one in hand."""
        self._asker.ask(questions.glance, self.folder, then=self._glanced, failed=lambda _: None, lane="sticks")

    def _glanced(self, glance: Glance) -> None:
        self._show(glance.plugged)
        if glance.folder is None or glance.folder != self.folder:
            return
        place = str(glance.folder)
        if place not in self._seen:
            self._seen[place] = glance.files
        elif glance.files == self._seen[place]:
            self._coming = None
        elif glance.files == self._coming:
            self._seen[place], self._coming = glance.files, None
            self._tell()
        else:
            self._coming = glance.files  # it may still be growing

    def choose(self, folder: Path) -> None:
        """Take a folder in hand, as if it had been plugged in."""
        if folder not in self._chosen:
            self._chosen.append(folder)
        self._show([])
        self.box.setCurrentIndex(self.box.findData(str(folder)))
        self._tell()

    def _show(self, plugged: list[Path]) -> None:
        before = self.folder
        names = list(dict.fromkeys([*map(str, plugged), *map(str, self._chosen)]))
        if names != [self.box.itemData(at) for at in range(self.box.count())]:
            self.box.clear()
            for path in names:
                self.box.addItem(path, path)
            self.box.setCurrentIndex(max(0, self.box.findData(str(before))) if names else -1)
        self.box.setVisible(bool(names))
        self._none.setVisible(not names)
        if self.folder != before:
            self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.folder)

    def _ask(self) -> None:
        ask_folder(self, "选择U盘或文件夹", "stick", self.choose, start=self.folder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
