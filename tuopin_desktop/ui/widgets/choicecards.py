"""Choices as cards: a word, a line of what it means, one of them taken. Drawn whole, so that a long line is elided."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QSizePolicy, QWidget

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.parts import clear, column, follow_group, row
from tuopin_desktop.ui.widgets.plain import set_tip

_HIGH, _LEAST = 58, 160
_EDGE, _RING, _DOT = 14, 16, 6
_RING_INK = "#7FA3D1"


class Choice(NamedTuple):
    """What a card says: the word, the line below, and the tone of that line ("" or warn)."""

    word: str
    sentence: str
    tone: str = ""


class ChoiceCard(QRadioButton):
    """One card; arrow keys go from card to card as between radio buttons."""

    def __init__(self, choice: Choice, name: str) -> None:
        super().__init__(choice.word)
        self.choice = choice
        self.setAccessibleName(f"{name}：{choice.word}")
        self.setAccessibleDescription(choice.sentence)
        set_tip(self, choice.sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self, _LEAST), theme.scaled(self, _HIGH))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """The whole card is the button."""
        del pos
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on, accent = self.isChecked(), theme.color("accent")
        painter.setPen(QPen(accent if is_on else theme.color("line2"), 2 if is_on else 1))
        painter.setBrush(theme.color_of("#F7FAFE") if is_on else theme.color("card"))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(theme.color_of(_RING_INK), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 7, 7)
        self._draw_ring(painter, is_on=is_on)
        self._draw_words(painter)

    def _draw_ring(self, painter: QPainter, *, is_on: bool) -> None:
        size = theme.scaled(self, _RING)
        ring = QRect(_EDGE, theme.scaled(self, _EDGE), size, size)
        painter.setBrush(theme.color("card"))
        painter.setPen(QPen(theme.color("accent") if is_on else theme.color("text3"), 1.5))
        painter.drawEllipse(ring)
        if is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            inner = (size - theme.scaled(self, _DOT) - 4) // 2 + 1
            painter.drawEllipse(ring.adjusted(inner, inner, -inner, -inner))

    def _draw_words(self, painter: QPainter) -> None:
        left = _EDGE + theme.scaled(self, _RING) + 10
        wide, half = self.width() - left - _EDGE, self.height() // 2
        ink = "warn" if self.choice.tone == "warn" else "text2"
        lines = ((self.choice.word, "text", True, half - 4), (self.choice.sentence, ink, False, half - 2))
        top = 4
        for text, tone, bold, high in lines:
            font = QFont(self.font())
            font.setBold(bold)
            font.setPixelSize(theme.scaled(self, 14 if bold else 13))
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            flags = Qt.AlignmentFlag.AlignLeft | (Qt.AlignmentFlag.AlignBottom if bold else Qt.AlignmentFlag.AlignTop)
            room = QRect(left, top, wide, high - 2)
            painter.drawText(room, flags, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, wide))
            top += high


class ChoiceCards(QWidget):
    """A group of cards over code -> choice; `picked` carries the code of the one a person took."""

    picked = Signal(str)

    def __init__(self, choices: Mapping[str, Choice], name: str, *, upright: bool = False, gap: int = 12) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.cards: dict[str, ChoiceCard] = {}
        layout: QBoxLayout = column(gap=gap) if upright else row(gap=gap)
        self.setLayout(layout)
        self.offer(choices)

    def offer(self, choices: Mapping[str, Choice]) -> None:
        """Offer other choices; what was taken stays taken while it is among them."""
        before = self.code()
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        for card in self.cards.values():
            self._group.removeButton(card)
        clear(layout)
        self.cards = {code: ChoiceCard(choice, self._name) for code, choice in choices.items()}
        for code, card in self.cards.items():
            self._group.addButton(card)
            follow_group(card)
            card.clicked.connect(lambda _=False, code=code: self.picked.emit(code))
            layout.addWidget(card)
        self.choose(before)

    def code(self) -> str:
        """Return the code taken, "" for none."""
        return next((code for code, card in self.cards.items() if card.isChecked()), "")

    def choose(self, code: str) -> None:
        """Take a code without telling it; an unknown one takes none."""
        if code in self.cards:
            self.cards[code].setChecked(True)

    def take_keyboard(self) -> None:
        """Go to the card that is taken, else to the first."""
        if self.cards:
            self.cards.get(self.code(), next(iter(self.cards.values()))).setFocus()
