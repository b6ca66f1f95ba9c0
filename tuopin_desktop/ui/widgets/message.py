"""The calm line above a page's work: what was done, what is in the way, and what to do next."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.widgets.parts import button, label, mark, row

_SIGNS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x", "quiet": "info"}
_GONE_AFTER_MS = 8000


class MessageBar(QFrame):
    """Shows one sentence until it is closed; a success goes by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = label()
        self._sentence = label(wrap=True)
        self._sentence.setAccessibleName("消息")
        close = button("", self.hide, icon="x", role="flat", tip="关闭消息")
        self.setLayout(row(self._sign, self._sentence, close, margins=(12, 4, 4, 4)))
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._timer = QTimer(self, singleShot=True, interval=_GONE_AFTER_MS)
        self._timer.timeout.connect(self.hide)
        self._passing = False
        self.hide()

    @property
    def sentence(self) -> str:
        """The words shown, or nothing when the line is closed."""
        return "" if self.isHidden() else self._sentence.text()

    def say(self, sentence: str, tone: str = "ok") -> None:
        """Show a sentence; `tone` is ok, warn, bad or quiet."""
        mark(self, "tone", tone)
        self._sign.setPixmap(icons.picture(_SIGNS[tone], 18, _ink(tone), ratio=self.devicePixelRatioF()))
        self._sentence.setText(sentence)
        self._timer.stop()
        self._passing = tone == "ok"
        self.show()
        self._count_down()

    def complain(self, error: Refused | Trouble) -> None:
        """Show why something was not done: a refusal as a warning, the world's trouble in red."""
        self.say(error.sentence, "warn" if isinstance(error, Refused) else "bad")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count_down()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _count_down(self) -> None:
        """A success counts down only while somebody can see it."""
        if self._passing and self.isVisible():
            self._timer.start()


def _ink(tone: str) -> str:
    return theme.TONES[tone][0] if tone != "quiet" else theme.TOKENS["accent"]
