"""Small windows of the users' section: somebody is added, given roles or another password, confirms a handover."""

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.roles import ROLE_ACTS, ROLE_WORDS, Role
from tuopin_desktop.ui.login.page import PasswordLine
from tuopin_desktop.ui.widgets.parts import button, column, label, row

_WIDTH = 460
_UNLIKE = "两遍输入的口令不一样"
Answer = Callable[[dict[str, object]], object]


class UserDialog(QDialog):
    """Asks for a name, roles and a password, whichever are wanted; `take` gets them by these names.

    Nothing is lost on a refusal: the window stays with what was typed, and says why.
    """

    def __init__(self, title: str, yes: str, take: Answer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self._take, self._pieces = take, column(gap=6, margins=(18, 14, 18, 12))
        self.name: QLineEdit | None = None
        self.roles: dict[Role, QCheckBox] = {}
        self.passwords: list[PasswordLine] = []
        self.before: PasswordLine | None = None
        self.awaits: QCheckBox | None = None
        self._below = label("", "problem", wrap=True)
        self.agree = button(yes, self.go, role="primary")
        self._feet = row(None, button("取消", self.reject), self.agree)
        self.finished.connect(self.deleteLater)

    def with_name(self, name: str) -> "UserDialog":
        """Ask for the name."""
        self.name = QLineEdit(name)
        self.name.setMaxLength(50)
        self._line("姓名", self.name)
        return self

    def with_roles(self, roles: Collection[Role]) -> "UserDialog":
        """Ask for the roles, each with what it does."""
        self._pieces.addWidget(label("身份（可以几种）", "label"))
        for role, text in ROLE_ACTS.items():
            box = QCheckBox(f"{ROLE_WORDS.labels[role.value]}：{text}")
            box.setChecked(role in roles)
            self.roles[role] = box
            self._pieces.addWidget(box)
        return self

    def with_before(self) -> "UserDialog":
        """Ask for the password that holds now."""
        self.before = PasswordLine("现在的口令")
        self._line("现在的口令", self.before)
        return self

    def with_password(self, name: str = "口令", hint: str = "", *, twice: bool = True) -> "UserDialog":
        """Ask for a password, twice where it is a new one."""
        for text in (name, f"{name}，再输一遍")[: 2 if twice else 1]:
            line = PasswordLine(text)
            line.returnPressed.connect(self.go)
            self.passwords.append(line)
            self._line(text, line)
        if hint:
            self._pieces.addWidget(label(hint, "hint", wrap=True))
        return self

    def with_awaits(self) -> "UserDialog":
        """Ask whether the new user takes over somebody's work."""
        self.awaits = QCheckBox("接收工作的人：办了交接才能登录")
        self._pieces.addWidget(self.awaits)
        return self

    def ask(self, text: str = "") -> "UserDialog":
        """Show the window."""
        if text:
            self._pieces.insertWidget(0, label(text, "quiet", wrap=True))
        self._pieces.addWidget(self._below)
        self._pieces.addLayout(self._feet)
        self.setLayout(self._pieces)
        self.open()
        first = self.name or self.before or next(iter(self.passwords), None) or next(iter(self.roles.values()), None)
        if first is not None:
            first.setFocus()
        return self

    def _line(self, text: str, line: QLineEdit) -> None:
        line.setAccessibleName(text)
        self._pieces.addWidget(label(text, "label"))
        self._pieces.addWidget(line)

    def go(self) -> None:
        """Hand over what stands here, once both passwords are alike; once, until it is refused."""
        if not self.agree.isEnabled():
            return
        if len({line.text() for line in self.passwords}) > 1:
            self.refuse(refuse("password", _UNLIKE, "password"))
            return
        self.agree.setEnabled(False)
        self._take(
            {
                "name": self.name.text() if self.name is not None else "",
                "roles": frozenset(role for role, box in self.roles.items() if box.isChecked()),
                "password": self.passwords[0].text() if self.passwords else "",
                "before": self.before.text() if self.before is not None else "",
                "awaits": self.awaits is not None and self.awaits.isChecked(),
            }
        )

    def done_with(self, answer: object) -> None:
        """Close: it was taken."""
        del answer
        self.accept()

    def refuse(self, error: Refused | Trouble) -> None:
        """Say why it was not taken; what was typed stays."""
        self.agree.setEnabled(True)
        self._below.setText(error.sentence)
