"""What every editor of a field is: words that stand in it, the value they mean, and what is wrong with them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tuopin_desktop.domain.record import Field
from tuopin_desktop.ui.widgets.parts import mark
from tuopin_desktop.ui.widgets.plain import set_tip

_FOR_INSTANCE = "如 "
_BESIDE_HINT = 44
"""Px an editor needs beside its hint: frame, margins and the arrow of a list."""


class Unclear(Exception):
    """The text of an editor cannot be read; the sentence says what is expected."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Editor(QWidget):
    """Base of all editors: `typed` and `retype` carry unsaved words, `load` and `read` stored values.

    `edited` tells that a person changed something, `changed` that other words stand there, whoever put them.
    """

    edited = Signal()
    changed = Signal()

    def __init__(self, field: Field, input_: QWidget) -> None:
        super().__init__()
        self.field = field
        self.input = input_
        self.example = ""
        self.locked = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(input_)
        self.setFocusProxy(input_)
        input_.setAccessibleName(f"{field.label}（必填）" if field.required else field.label)
        self.explain(field.hint)

    def load(self, value: object) -> None:
        """Show a stored value."""
        raise NotImplementedError

    def typed(self) -> str:
        """Return the words that stand in the editor."""
        raise NotImplementedError

    def retype(self, text: str) -> None:
        """Put words back as they were typed."""
        raise NotImplementedError

    def read(self) -> object:
        """Return the value to store; raises Unclear."""
        raise NotImplementedError

    def take_hint(self, room: int) -> bool:
        """Show the hint in the empty editor if so many px are enough, else an example; False if it stands elsewhere."""
        if self.locked or not self.field.hint or self.field.hint.startswith(_FOR_INSTANCE):
            return True  # an example may be cut: what is typed says it all
        fits = self.input.fontMetrics().horizontalAdvance(self.field.hint) + _BESIDE_HINT <= room
        self._suggest(self.field.hint if fits else self.example)
        return fits

    def _suggest(self, text: str) -> None:
        """Show words while nothing is typed."""

    def lock(self, why: str) -> None:
        """Make the editor read-only and say why."""
        self.locked = True
        self.input.setEnabled(False)
        set_tip(self, why)

    def complain(self, sentence: str) -> None:
        """Show the red frame and say in the tip and to a screen reader what is wrong; nothing takes it away."""
        mark(self.input, "wrong", "true" if sentence else "")
        self.explain(sentence or self.field.hint)

    def explain(self, text: str) -> None:
        """Give the tip of the input, a screen reader's too."""
        self.input.setAccessibleDescription(text)
        set_tip(self.input, text)
