"""What a page shows when there is nothing yet: one sentence and what to do first."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from tuopin_desktop.ui import icons
from tuopin_desktop.ui.widgets.front import Front
from tuopin_desktop.ui.widgets.parts import button, column, hide_unless, label, row


class EmptyState(Front):
    """A grey sign, a sentence, and at most two buttons: (words, slot)."""

    def __init__(
        self,
        sign: str,
        sentence: str,
        *,
        hint: str = "",
        first: tuple[str, Callable[[], object]] | None = None,
        second: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__()
        self._sign = sign
        self._picture = label()
        self._sentence = label(sentence, "strong")
        self._hint = label(hint, "quiet", wrap=True)
        hide_unless(self._hint, bool(hint))
        for part in (self._picture, self._sentence, self._hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = [
            button(text, slot, role="primary" if at == 0 else "") for at, (text, slot) in enumerate(_two(first, second))
        ]
        if buttons:
            self.begin_at(buttons[0])
        self.setLayout(
            column(None, self._picture, self._sentence, self._hint, 6, row(None, *buttons, None), None, gap=10)
        )
        self._picture.setPixmap(icons.picture(sign, 40, ratio=2.0))

    def say(self, sentence: str, hint: str = "") -> None:
        """Change the words."""
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


class OrEmpty(QStackedWidget):
    """Shows something, or in its place what is said where there is nothing: that is made when it is first needed."""

    def __init__(self, whole: QWidget, empty: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make: Callable[[], QWidget] | None = empty
        self.addWidget(whole)

    def show_whole(self, whole: bool) -> None:
        """Show the one or the other."""
        if not whole and self._make is not None:
            self.addWidget(self._make())
            self._make = None
        self.setCurrentIndex(0 if whole else 1)


def _two(
    first: tuple[str, Callable[[], object]] | None, second: tuple[str, Callable[[], object]] | None
) -> list[tuple[str, Callable[[], object]]]:
    return [pair for pair in (first, second) if pair is not None]
