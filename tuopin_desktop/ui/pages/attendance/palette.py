"""The palette above the grid: twelve marks with their keys, which half, what a fill leaves alone, the whole month."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QPushButton, QSizePolicy, QWidget

from tuopin_desktop.domain.attendance.codes import MARKS, Mark
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.attendance.headers import INKS, small
from tuopin_desktop.ui.pages.attendance.plans import Care, Part
from tuopin_desktop.ui.widgets.flow import FlowLayout
from tuopin_desktop.ui.widgets.oneline import OneLine
from tuopin_desktop.ui.widgets.parts import Button, button, column, follow_group, mark, row
from tuopin_desktop.ui.widgets.plain import set_tip

_PAD, _BETWEEN, _CAP = 7, 4, 5
_HEIGHT = 26
_LEAST = 800


class KeyButton(Button):
    """A button with a sign, text and the key that does the same; `pressed_twice` tells of a double click."""

    pressed_twice = Signal()

    def __init__(self, sign: str, text: str, key: str, ink: str = "text") -> None:
        super().__init__("")
        self._parts, self._ink = (sign, text, key), ink
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # by the mouse the keyboard stays in the grid
        self.setAutoDefault(False)
        self.setProperty("role", "key")
        self.setFixedHeight(theme.scaled(self, _HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 2 * _PAD + 2 * _BETWEEN, theme.scaled(self, _HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _widths(self) -> tuple[int, int, int]:
        sign, text, key = self._parts
        whole, cap = QFontMetrics(self.font()), QFontMetrics(small(self.font(), 0.78))
        return whole.horizontalAdvance(sign), whole.horizontalAdvance(text), cap.horizontalAdvance(key) + 2 * _CAP

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pressed_twice.emit()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        sign, text, key = self._parts
        wide, middle, cap = self._widths()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left = _PAD
            painter.setPen(theme.color(self._ink if self.isEnabled() else "text3"))
            painter.drawText(QRect(left, 0, wide, self.height()), Qt.AlignmentFlag.AlignCenter, sign)
            left += wide + (_BETWEEN if sign else 0)
            painter.setPen(theme.color("text" if self.isEnabled() else "text3"))
            painter.drawText(QRect(left, 0, middle, self.height()), Qt.AlignmentFlag.AlignCenter, text)
            left += middle + _BETWEEN
            box = QRect(left, (self.height() - 17) // 2, cap, 17)
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.drawRoundedRect(box, 3, 3)
            painter.setFont(small(self.font(), 0.78))
            painter.setPen(theme.color("text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


class Palette(QFrame):
    """`picked` and `brush_wanted` carry a mark clicked or double clicked, `part_chosen` a half, `commanded` a name."""

    picked = Signal(object)
    brush_wanted = Signal(object)
    part_chosen = Signal(str)
    commanded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("考勤符号")
        self.buttons = {one.code: self._mark(one) for one in MARKS}
        clear = KeyButton("", "清除", "Del")
        clear.setAccessibleName("清除，按键Del")
        clear.clicked.connect(lambda: self.commanded.emit("clear"))
        self.filled = QCheckBox("只填空格")
        self.filled.setChecked(True)
        set_tip(self.filled, "选中多格时只填还空着的，已登记的不动；只选一格时总是改那一格")
        self.rest = QCheckBox("跳过休息日")
        self.rest.setChecked(True)
        set_tip(self.rest, "选中多格按一个键填写时不动休息日；按住 Shift 再按字母，只填休息日")
        for box in (self.filled, self.rest):
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.month = self._command("整月：平日√、休息日休", "W", "month")
        set_tip(self.month, "选中的人（只选一格时为全队）到今天为止：平日填√，休息日填休；有报备单的日子不动")
        self.week = button("照抄上周", lambda: self.commanded.emit("week_before"), role="key")
        set_tip(self.week, "选中的格照抄七天前登记的符号（Ctrl+Shift+W）")
        self.week.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.week.setFixedHeight(theme.scaled(self, _HEIGHT))
        self.account = OneLine()
        self.account.setProperty("role", "quiet")
        self.account.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.account.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.account.setAccessibleName("选中的格和刚才的操作")
        self.account.setMinimumWidth(theme.scaled(self, 100))
        marks, ways = QWidget(), QWidget()
        least = theme.scaled(self, _LEAST)
        marks.setLayout(FlowLayout(*self.buttons.values(), clear, least=least))
        ways.setLayout(
            FlowLayout(self._parts(), self.filled, self.rest, self.month, self.week, self.account, gap=10, least=least)
        )
        self.setLayout(column(marks, ways, gap=6, margins=(12, 7, 12, 7)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _mark(self, one: Mark) -> KeyButton:
        key_button = KeyButton(one.sign, one.short, one.keys[0], INKS.get(one.code[1], "text"))
        key_button.setAccessibleName(f"{one.sign} {one.label}，按键{one.keys[0]}")
        keys = f"按 {one.keys[0]} 或小键盘 {one.keys[1]}"
        set_tip(key_button, f"{one.sign} {one.label}：{keys}\n双击后可在表上拖动连续填，Esc 结束")
        key_button.clicked.connect(lambda: self.picked.emit(one))
        key_button.pressed_twice.connect(lambda: self.brush_wanted.emit(one))
        return key_button

    def _command(self, text: str, key: str, name: str) -> KeyButton:
        key_button = KeyButton("", text, key)
        key_button.setAccessibleName(f"{text}，按键{key}")
        key_button.clicked.connect(lambda: self.commanded.emit(name))
        return key_button

    def _parts(self) -> QWidget:
        """Return the three halves of a day to choose from, with the keys that say the same of the next mark."""
        self._group = QButtonGroup(self)
        self.parts: Mapping[str, QPushButton] = {
            name: button(text, lambda name=name: self.part_chosen.emit(name), role="chip", tip=tip)  # type: ignore[misc] # a lambda with a default
            for name, text, tip in (
                ("day", "全天", "填全天"),
                ("am", "上午 ,", "只填上午；键盘：先按逗号，再按符号"),
                ("pm", "下午 .", "只填下午；键盘：先按句号，再按符号"),
            )
        }
        for one in self.parts.values():
            one.setCheckable(True)
            follow_group(one, by_mouse=False)  # the hand stays in the grid
            self._group.addButton(one)
        self.parts["day"].setChecked(True)
        whole = QWidget()
        whole.setAccessibleName("全天、上午或下午")
        whole.setLayout(row(*self.parts.values(), gap=2))
        return whole

    def show_part(self, part: Part) -> None:
        """Show which half the next mark sets."""
        self.parts[part].setChecked(True)

    def show_brush(self, code: str) -> None:
        """Show which mark sticks to the pointer, by its code; none for nothing."""
        for name, one in self.buttons.items():
            mark(one, "brush", "true" if name == code else "")

    def care(self, *, rest_only: bool = False, against: bool = False) -> Care:
        """Return what the next fill leaves alone."""
        rest = "only" if rest_only else "skip" if self.rest.isChecked() else "all"
        return Care(self.filled.isChecked(), rest, against)  # type: ignore[arg-type] # one of the three text
