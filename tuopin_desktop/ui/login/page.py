"""The page on which somebody says who he is: at the start, and to unlock the window."""

from collections.abc import Sequence
from datetime import date

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from tuopin_desktop.domain import passwords
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.roles import Signed
from tuopin_desktop.services.office import users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.users import UserRow
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.login.forgotten import ForgottenCard
from tuopin_desktop.ui.login.renewal import RenewalCard
from tuopin_desktop.ui.login.tiles import ACROSS, GAP, WIDTH, Tiles
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.days import long_day
from tuopin_desktop.ui.widgets.parts import button, card, column, label, mark, row

PRODUCT = "脱贫攻坚工作总队管理"
_WIDE = ACROSS * WIDTH + (ACROSS - 1) * GAP


class LoginView(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: the office, the day, who may sign in, and the line above them."""

    office: str
    today: date
    rows: Sequence[UserRow]
    administrators: str
    line: str = "请选名字，填写口令"
    own: str = ""
    """Whose window it is that was locked, by id: that tile is chosen."""


def login_view(desk: Desk) -> LoginView:
    """Return what the login shows of an open office; runs in the worker thread."""
    rows = users.tiles(desk)
    return LoginView(office=desk.office.name, today=desk.today(), rows=rows, administrators=users.administrators(rows))


def sign_in(desk: Desk, user_id: str, password: str) -> Signed:
    """Let somebody work at the desk; runs in the worker thread."""
    return users.sign_in(desk, user_id, lambda: password)


class PasswordLine(QLineEdit):
    """A password, shown as dots until the eye is pressed; `caps` tells whether capitals are locked.

    Qt cannot be asked for the lock, but a letter that comes large without Shift tells it.
    """

    caps = Signal(bool)
    moved = Signal(int)

    def __init__(self, name: str = "口令") -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(passwords.LONGEST)
        self.setAccessibleName(name)
        self._eye = self.addAction(icons.icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.triggered.connect(self._turn)

    def _turn(self) -> None:
        hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icons.icon("eye-off" if hidden else "eye"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._step(event)
        if step:
            self.moved.emit(step)
            return
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.emit(text.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps.emit(False)  # pressed again: the next letter tells
        super().keyPressEvent(event)

    def _step(self, event: QKeyEvent) -> int:
        """Return by how many tiles an arrow moves: left and right only while nothing is typed."""
        keys = Qt.Key
        steps = {keys.Key_Up: -ACROSS, keys.Key_Down: ACROSS}
        if not self.text():
            steps |= {keys.Key_Left: -1, keys.Key_Right: 1}
        return steps.get(Qt.Key(event.key()), 0)


class LoginPage(QWidget):
    """`signed` carries who signed in, `large_wanted` asks for larger letters.

    Without rows (data that only a password opens: no name can be read) the password alone is asked for, and
    `password_wanted` carries it.
    """

    signed = Signal(object)
    password_wanted = Signal(str)
    large_wanted = Signal()

    def __init__(self, asker: Asker | None, view: LoginView) -> None:
        super().__init__()
        self.setObjectName("page")
        self._asker, self._view = asker, view
        self._busy = False
        self.tiles = Tiles(view.rows, view.today)
        self.password = PasswordLine()
        self._name = label("", "strong", wrap=True)
        self._below = label("", "problem")
        self.enter = button("进入", self.go, role="primary")
        self.forgot = button("忘记口令…", self._turn_forgotten, role="flat")
        self.forgotten = ForgottenCard(asker, view.administrators)
        self.renewal = RenewalCard(asker)
        self._seconds = 0
        self._ticks = QTimer(self, interval=1000)
        self._ticks.timeout.connect(self._tick)
        self._build()
        self._wire()
        self.tiles.choose(view.own)

    def _build(self) -> None:
        title = label(PRODUCT)
        title.setObjectName("loginTitle")
        self._day = label(f"{self._view.office}　·　{long_day(self._view.today)}".strip("　·"), "quiet")
        for one in (title, self._day):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name.setFixedWidth(theme.scaled(self, 96))
        field = column(self.password, row(self._below, None, self.forgot), gap=4)
        line = row(self._name, field, column(self.enter, None), gap=10, margins=(20, 18, 20, 12))
        line.setStretch(1, 1)
        self.forgotten.hide()
        self.renewal.hide()
        inside = QWidget()
        inside.setFixedWidth(theme.scaled(self, _WIDE))
        self._line = label(self._view.line, "quiet", wrap=True)
        inside.setLayout(
            column(
                title, self._day, 28, self._line, self.tiles, 6, card(line), self.forgotten, self.renewal, None, gap=8
            )
        )
        large = button("大字显示", self.large_wanted.emit, icon="zoom-in", role="flat")
        large.setVisible(not self._view.own)  # a locked window is not built anew
        feet = row(large, None, margins=(20, 6, 20, 10))
        whole = QWidget()
        whole.setObjectName("canvas")
        whole.setLayout(column(None, row(None, inside, None), None, gap=0, margins=(0, 16, 0, 0)))
        self._area = area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName("登录")
        area.setWidget(whole)
        area.setWidgetResizable(True)
        layout = column(area, feet, gap=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _wire(self) -> None:
        self.tiles.tile_changed.connect(self._mean)
        self.password.moved.connect(self.tiles.move_by)
        self.password.returnPressed.connect(self.go)
        self.password.caps.connect(self._tell_caps)
        self.password.textEdited.connect(self._typed)
        self.forgotten.renewed.connect(self._given)
        self.renewal.signed.connect(self._signed)
        for tile in self.tiles.tiles:
            tile.installEventFilter(self)
            tile.clicked.connect(self.take_keyboard)

    # -- who

    def take_keyboard(self) -> None:
        """Put the keyboard into the password."""
        self.password.setFocus()

    def _mean(self, one: UserRow) -> None:
        self._name.setText(one.name)
        self.password.clear()
        self._say("")
        self.password.setPlaceholderText("" if one.has_password else "没有设口令，按回车进入")
        self.forgotten.mean(one)
        self.renewal.hide()
        self._wait(one.wait)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is typed on a tile goes to the password."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.text() and event.text().isprintable() and event.key() != Qt.Key.Key_Space:
                self.password.setFocus()
                self.password.insert(event.text())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go()
                return True
            steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -ACROSS, Qt.Key.Key_Down: ACROSS}
            if step := steps.get(Qt.Key(event.key()), 0):
                self.tiles.move_by(step)
                return True
        return super().eventFilter(watched, event)

    # -- going in

    def go(self) -> None:
        """Try the password."""
        if self._busy or self._seconds:
            return
        if self._asker is None or not self._view.rows:
            self._set_busy(True)
            self.password_wanted.emit(self.password.text())
            return
        one = self.tiles.current
        if one is not None:
            self._set_busy(True)
            self._asker.ask(sign_in, one.id, self.password.text(), then=self._signed, failed=self.refuse)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.enter.setEnabled(not busy and not self._seconds)

    def _signed(self, who: Signed) -> None:
        self._set_busy(False)
        self.password.clear()
        self.renewal.hide()
        self._say("")
        self.signed.emit(who)

    def refuse(self, error: Refused | Trouble) -> None:
        """Say under the field why it was not right; the whole of it is selected, to be typed anew."""
        self._set_busy(False)
        self._say(error.sentence, "problem")
        self.password.selectAll()
        self.password.setFocus()
        codes = [problem.code for problem in error.problems] if isinstance(error, Refused) else []
        one = self.tiles.current
        if users.GIVEN in codes and one is not None:
            self.renewal.begin(one.id, self.password.text())
        if "wait" in codes and one is not None and self._asker is not None:
            self._asker.ask(users.wait_of, one.id, then=self._wait)

    def _wait(self, seconds: int) -> None:
        self._seconds = seconds
        self.enter.setEnabled(not seconds)
        if seconds:
            self._ticks.start()
            self._count()
        else:
            self._ticks.stop()

    def _tick(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self._wait(0)
            self._say("现在可以再试了", "done")
            return
        self._count()

    def _count(self) -> None:
        self._say(f"口令错了多次，请等{self._seconds}秒再试；数据没有动", "problem")

    def _typed(self) -> None:
        if not self._seconds and self._below.property("role") == "problem":
            self._say("")

    def _tell_caps(self, on: bool) -> None:
        if self._seconds:
            return
        if on:
            self._say("大写锁定开着", "due")
        elif self._below.property("role") == "due":
            self._say("")

    def _say(self, text: str, role: str = "problem") -> None:
        mark(self._below, "role", role)
        self._below.setText(text)

    # -- forgotten

    def _turn_forgotten(self) -> None:
        self.forgotten.setVisible(self.forgotten.isHidden())
        if self.forgotten.isHidden():
            self.take_keyboard()
            return
        self.forgotten.setFocus()
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.forgotten))

    def _given(self, text: str) -> None:
        self.forgotten.hide()
        self._wait(0)
        self._say(text, "done")
        self.take_keyboard()

    def stop(self) -> None:
        """Count no more: the page goes."""
        self._ticks.stop()
