"""The files of one record under its form: added, dropped here, looked at, saved elsewhere, taken off."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.records import Attachment
from tuopin_desktop.ui.widgets.ask import SCANS, ask_files
from tuopin_desktop.ui.widgets.parts import button, clear, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip

_NAME_PX = 560
_HINT = "纪要、签到表、照片、凭证的扫描件，可以拖到这里"


class FileStrip(QWidget):
    """`added(paths)`, `opened(id, name)`, `saved(id, name)` and `taken_off(id)` tell what is wanted.

    Files of a record that is not saved yet wait here and are kept with it.
    """

    added = Signal(list)
    opened = Signal(str, str)
    saved = Signal(str, str)
    taken_off = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.waiting: tuple[Path, ...] = ()
        self.files: tuple[Attachment, ...] = ()
        self._lines = column(gap=2)
        add = button("添加附件…", self._ask, icon="plus", tip="PDF、JPG、PNG、TIFF，每个不超过30 MB")
        head = row(label("附件", "section"), label(_HINT, "quiet"), None, add)
        self.setLayout(column(head, self._lines, gap=6, margins=(0, 8, 0, 0)))

    def replace(self, files: Iterable[Attachment], waiting: Iterable[Path] = ()) -> None:
        """Show the files a record has, and those that wait for it to be saved."""
        self.files, self.waiting = tuple(files), tuple(waiting)
        clear(self._lines)
        for one in self.files:
            look = partial(self.opened.emit, one.id, one.name)
            save, off = partial(self.saved.emit, one.id, one.name), partial(self.taken_off.emit, one.id)
            self._line(one.name, _size(one.size or 0), (("查看", look), ("另存…", save), ("取下", off)))
        for path in self.waiting:
            self._line(path.name, "保存时归入", (("不要", partial(self._drop, path)),))

    def wait(self, paths: Sequence[Path]) -> None:
        """Let files wait until the record is saved."""
        self.replace(self.files, dict.fromkeys((*self.waiting, *paths)))

    def _drop(self, path: Path) -> None:
        self.replace(self.files, (one for one in self.waiting if one != path))

    def _line(self, name: str, about: str, strokes: Iterable[tuple[str, partial[None]]]) -> None:
        buttons = [button(text, stroke, role="flat", tip=name) for text, stroke in strokes]
        words = label(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _NAME_PX))
        set_tip(words, name)
        whole = QWidget()
        whole.setLayout(row(words, label(about, "quiet"), *buttons, None))
        self._lines.addWidget(whole)

    def _ask(self) -> None:
        ask_files(self, "选择附件", SCANS, self.added.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.added.emit(paths)


def _size(count: int) -> str:
    return f"{count / 1048576:.1f} MB" if count >= 1048576 else f"{max(1, round(count / 1024))} KB"
