"""The last hundred messages of a window: what was said and went by itself can be read again."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

MOST = 100


class LogLine:
    """A message: its words, its tone, and when it was said, once that is known."""

    def __init__(self, sentence: str, tone: str) -> None:
        self.sentence, self.tone = sentence, tone
        self.at: datetime | None = None

    def date(self, moment: datetime) -> None:
        """Learn when it was said."""
        self.at = moment


class MessageLog(QObject):
    """Lines, the newest last; `another` carries the one that came."""

    another = Signal(object)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.lines: list[LogLine] = []

    def add(self, sentence: str, tone: str) -> None:
        """Keep a message; said again at once it is kept once."""
        if self.lines and (self.lines[-1].sentence, self.lines[-1].tone) == (sentence, tone):
            self.lines.pop()
        line = LogLine(sentence, tone)
        self.lines = [*self.lines, line][-MOST:]
        self.another.emit(line)


def log_of(widget: QWidget) -> MessageLog | None:
    """Return the log of the window a widget stands in, or of the one that opened it."""
    place: QWidget | None = widget
    while place is not None:
        for one in place.children():
            if isinstance(one, MessageLog):
                return one
        place = place.parentWidget()
    return None
