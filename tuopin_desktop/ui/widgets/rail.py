"""The rail at the left: the program's name, the office, and one button per page."""

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.widgets.oneline import OneLine
from tuopin_desktop.ui.widgets.parts import column, follow_group, label
from tuopin_desktop.ui.widgets.plain import set_tip

WIDTH, NARROW = 176, 56
LOW, HIGH = 26, 36
"""A button is as high as the screen allows: twelve pages stand on 1366x768 at 125 % as well."""
_MOST = 99
"""What is more than this is told as more."""
NARROW_BELOW = 1000
"""Only a window narrower than this has no room for the rail's words, and then on no page."""
_GAP, _NARROW_GAP, _NARROW_LOW = 4, 2, 22
_LONG = re.compile("脱贫攻坚(?=工作)|贫困旗县（市、区）|(?<=脱贫攻坚)工作队(?=管理)")
"""What every office's name has and nobody needs to tell it from another's."""
_FIRST = 100
"""Buttons take the room before the empty space under them does."""


class RailButton(QToolButton):
    """A button of the rail, which Enter presses as Space does; `badge` is how many are owed behind it."""

    badge = 0

    def tell(self, count: int) -> None:
        """Show how many are owed: painted over the button, so that nothing moves."""
        if count != self.badge:
            self.badge = count
            self.setAccessibleDescription(f"{count}项要办" if count else "")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.badge:
            return
        painter = QPainter(self)
        try:
            self._paint_badge(painter)
        finally:
            painter.end()

    def _paint_badge(self, painter: QPainter) -> None:
        foreground, ground = theme.TONES["warn"]
        text = str(self.badge) if self.badge <= _MOST else f"{_MOST}+"
        font = self.font()
        font.setPixelSize(theme.scaled(self, 12))
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        high = metrics.height() + 2
        width = max(high, metrics.horizontalAdvance(text) + 10)
        right = self.width() - (2 if self.width() < theme.scaled(self, NARROW) else 8)
        box = QRectF(right - width, (self.height() - high) / 2, width, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color_of(ground))
        painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setPen(theme.color_of(foreground))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


class OfficeName(OneLine):
    """Whose window it is, in short on one line: 驻翁牛特旗工作总队, in full in the tip."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setObjectName("office")
        self.setContentsMargins(8, 0, 4, 0)
        self.say(name)

    def say(self, name: str) -> None:
        """Show another name."""
        short = name.replace("自治区派驻", "驻", 1).replace("派驻", "驻", 1)
        self.setText(_LONG.sub("", short) or name)
        self.setAccessibleName(name)
        set_tip(self, name)

    def _tell_whole(self) -> None:
        """The tip is the whole name, also where the short one fits."""


class Rail(QFrame):
    """Buttons by page key, each named (key, words, icon, keys that open it); `chosen` carries the key."""

    chosen = Signal(str)
    help_wanted = Signal()
    large_wanted = Signal(bool)

    def __init__(self, pages: Sequence[tuple[str, str, str, str]], office: str, *, large: bool) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(theme.scaled(self, WIDTH))
        self.setMinimumHeight(1)  # what it needs with words is no reason for a window to be higher than the screen
        product, self._office = label("工作总队管理"), OfficeName(office, self)
        self._labels = (product, self._office)
        product.setObjectName("product")
        product.setContentsMargins(8, 0, 4, 0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        self._lines = layout = column(product, self._office, 8, gap=_GAP, margins=(10, 16, 10, 10))
        self.setLayout(layout)
        for key, name, sign, keys in pages:
            self._add(layout, key, name, sign, keys)
        layout.addStretch(1)
        self._large = self._button("大字显示", "zoom-in", "字和按钮放大四分之一")
        self._large.setCheckable(True)
        self._large.setChecked(large)
        self._large.clicked.connect(self.large_wanted)
        layout.addWidget(self._large, _FIRST)
        self._help = self._button("帮助  F1", "help", "本页帮助（F1）")
        self._help.clicked.connect(lambda: self.help_wanted.emit())
        layout.addWidget(self._help, _FIRST)

    def set_large(self, large: bool) -> None:
        """Show whether letters are large."""
        self._large.setChecked(large)

    def name(self, office: str) -> None:
        """Show the office's name."""
        self._office.say(office)

    def fit(self, width: int) -> None:
        """Show icons and words, or icons only in a window so wide that there is no room for words."""
        self._set_narrow(width < theme.scaled(self, NARROW_BELOW))

    def _set_narrow(self, narrow: bool) -> None:
        self.setFixedWidth(theme.scaled(self, NARROW if narrow else WIDTH))
        styles = Qt.ToolButtonStyle
        style = styles.ToolButtonIconOnly if narrow else styles.ToolButtonTextBesideIcon
        for button in (*self._buttons.values(), self._large, self._help):
            button.setToolButtonStyle(style)
            button.setMinimumHeight(theme.scaled(self, _NARROW_LOW if narrow else LOW))
        for one in self._labels:
            one.setVisible(not narrow)
        self._lines.setSpacing(_NARROW_GAP if narrow else _GAP)  # such a window is low as well

    def enter(self) -> None:
        """Give the keyboard to the button of the page that stands open."""
        next(button for button in self._buttons.values() if button.isChecked()).setFocus()

    def count(self, owed: Mapping[str, int]) -> None:
        """Show how many are owed behind each button."""
        for key, button in self._buttons.items():
            button.tell(owed.get(key, 0))

    def mark(self, key: str) -> None:
        """Show which page stands open."""
        self._buttons[key].setChecked(True)

    def _add(self, layout: QVBoxLayout, key: str, name: str, sign: str, keys: str) -> None:
        button = self._button(name, sign, f"{name}（{keys}）")
        button.setCheckable(True)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        follow_group(button)
        self._buttons[key] = button
        layout.addWidget(button, _FIRST)

    def _button(self, name: str, sign: str, tip: str) -> RailButton:
        button = RailButton()
        button.setText(f"  {name}")
        button.setAccessibleName(name)
        set_tip(button, tip)
        button.setIcon(icons.icon(sign))
        button.setIconSize(QSize(18, 18))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setMinimumHeight(theme.scaled(self, LOW))
        button.setMaximumHeight(theme.scaled(self, HIGH))
        return button
