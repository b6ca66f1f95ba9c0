"""Small building pieces: labels by role, buttons, cards and rows, so that pages need no styling of their own."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from tuopin_desktop.domain.daywords import with_dates
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.widgets.hand import keep_hand
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.still import Tabs

WHITE = "#FFFFFF"


class Words(QLabel):
    """Words as they are, days in them as they are written for people."""

    def setText(self, text: str) -> None:
        super().setText(with_dates(text))


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label; `role` is quiet, faint, section, label, number, problem, hint or strong (style sheet)."""
    widget = Words()
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setText(text)
    widget.setWordWrap(wrap)
    if role:
        widget.setProperty("role", role)
    return widget


def pill(text: str, tone: str) -> QLabel:
    """Return a status word on its tinted ground."""
    widget = label(text)
    widget.setProperty("pill", tone)
    widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return widget


class Button(QPushButton):
    """A button that Enter presses as Space does.

    Qt leaves Enter to a dialog's default button: with the focus on 取消, Enter would confirm.
    """

    act: Act | None = None
    """What it is to press it; whoever may not does not see it (`ui/limits.py`)."""
    is_absent = False

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible and not self.is_absent)

    def leave_out(self) -> None:
        """Be absent for good, whatever the page shows."""
        self.is_absent = True
        self.setVisible(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():  # a key that is held down presses once
                self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, slot: Callable[[], object], *, icon: str = "", role: str = "", tip: str = "") -> QPushButton:
    """Return a push button; `role` is primary or flat."""
    widget = Button(f" {text}" if icon and text else text)
    widget.setAccessibleName(text or tip)
    set_tip(widget, tip)
    widget.setAutoDefault(False)
    if role:
        widget.setProperty("role", role)
    if icon:
        ink = {"primary": WHITE, "flat": theme.TOKENS["accent"]}.get(role, "")
        widget.setIcon(icons.icon(icon, ink))
        widget.setIconSize(QSize(16, 16))
    widget.clicked.connect(lambda: slot())
    return widget


def follow_group(one: QAbstractButton, *, by_mouse: bool = True) -> None:
    """Tab stops at the button of a group that is pressed; the arrow keys go on from there."""
    policies = Qt.FocusPolicy
    tab, other = (policies.StrongFocus, policies.ClickFocus) if by_mouse else (policies.TabFocus, policies.NoFocus)

    def follow(on: bool) -> None:
        one.setFocusPolicy(tab if on else other)

    follow(one.isChecked())
    one.toggled.connect(follow)


def act_button(
    act: Act, text: str, slot: Callable[[], object], *, icon: str = "", role: str = "", tip: str = ""
) -> QPushButton:
    """Return a push button for what not everybody may do: whoever lacks the role does not see it."""
    widget = button(text, slot, icon=icon, role=role, tip=tip)
    assert isinstance(widget, Button)
    widget.act = act
    return widget


def tabs(name: str, *texts: str) -> QTabBar:
    """Return a bar of tabs; `name` is what a screen reader says of the whole."""
    bar = Tabs()
    bar.setAccessibleName(name)
    bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else the keyboard of the page that goes falls to the rail
    bar.setDrawBase(False)
    bar.setExpanding(False)
    for word in texts:
        bar.addTab(word)
    return bar


def rule() -> QFrame:
    """Return a fine horizontal line."""
    frame = QFrame()
    frame.setProperty("role", "rule")
    return frame


def card(layout: QLayout) -> QFrame:
    """Return a white card around a layout."""
    frame = QFrame()
    frame.setProperty("role", "card")
    frame.setLayout(layout)
    return frame


Piece = QWidget | QLayout | int | None


def row(*pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return pieces side by side; an int is a fixed gap in px, None takes the room that is left."""
    layout = QHBoxLayout()
    _fill(layout, pieces, gap, margins)
    return layout


def column(*pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return pieces one under another; an int is a fixed gap in px, None takes the room that is left."""
    layout = QVBoxLayout()
    _fill(layout, pieces, gap, margins)
    return layout


def _fill(
    layout: QHBoxLayout | QVBoxLayout, pieces: tuple[Piece, ...], gap: int, margins: tuple[int, int, int, int]
) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for piece in pieces:
        if piece is None:
            layout.addStretch(1)
        elif isinstance(piece, int):
            layout.addSpacing(piece)
        elif isinstance(piece, QWidget):
            layout.addWidget(piece)
        else:
            layout.addLayout(piece)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go; the keyboard comes back to what is built in its place."""
    come_back = keep_hand(layout.parentWidget())
    _empty(layout)
    come_back()


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            _empty(inner)


def hide_unless(widget: QWidget, when: bool) -> None:
    """Leave a widget out unless it is wanted; shown before it has a parent it would be a window of its own."""
    if not when:
        widget.hide()


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at and let the widget be drawn anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is dressed before it is first shown
        widget.style().unpolish(widget)
        widget.style().polish(widget)
