"""The calm line of a long job: how far it is, and a button to end it."""

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QWidget

from tuopin_desktop.ui.widgets.parts import button, label, row


class RunningLine(QWidget):
    """Hidden until `begin`; `cancel` is called once when the clerk wants no more."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        self._words = label("", "quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self.stop = button("取消", cancel, role="flat", tip="已经收好的保留")
        self.stop.setAccessibleName("取消收扫描件")
        line = row(self._words, self._bar, self.stop, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    @property
    def words(self) -> str:
        """What the line says."""
        return self._words.text()

    def begin(self) -> None:
        """Appear, with nothing known yet."""
        self._words.setText("正在收扫描件…")
        self._bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()

    def tell(self, done: int, total: int) -> None:
        """Say how far it is."""
        self._words.setText(f"正在收扫描件 {done}/{total}")
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def stopping(self) -> None:
        """Say that it ends with the page in hand."""
        self._words.setText("正在停下…")
        self.stop.setEnabled(False)
