"""The calm line of a long job: how far it is, and a button to end it."""

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QWidget

from tuopin_desktop.ui.widgets.parts import button, label, row


class RunningLine(QWidget):
    """Hidden until `begin`; `cancel` is called once when the clerk wants no more.

    `words` say what is done (正在收扫描件), `tip` what becomes of it when it is cancelled. Its `place` is kept while it
    is hidden, so that it moves nothing, unless what lies beside it gives room.
    """

    def __init__(self, text: str, cancel: Callable[[], None], *, tip: str, place: bool = True) -> None:
        super().__init__()
        self._doing = self._now = text
        self._label = label("", "quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self.stop = button("取消", cancel, role="flat", tip=tip)
        self.stop.setAccessibleName(f"取消：{text}")
        line = row(self._label, self._bar, self.stop, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(place)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def text(self) -> str:
        """What the line says."""
        return self._label.text()

    def begin(self, text: str = "") -> None:
        """Appear, with nothing known yet; `text` where something else is done than this line usually says."""
        self._now = text or self._doing
        self._label.setText(f"{self._now}…")
        self._bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()

    def tell(self, count: int, total: int) -> None:
        """Say how far it is."""
        self._label.setText(f"{self._now} {count}/{total}")
        self._bar.setRange(0, total)
        self._bar.setValue(count)

    def stopping(self) -> None:
        """Say that it ends with the step in hand."""
        self._label.setText("正在停下…")
        self.stop.setEnabled(False)
