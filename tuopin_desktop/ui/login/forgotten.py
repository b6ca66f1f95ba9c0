"""What helps whoever forgot the password: another administrator, or the recovery code on paper."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from tuopin_desktop.domain import passwords
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import User
from tuopin_desktop.services.office import users
from tuopin_desktop.services.office.users import UserRow
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.parts import button, column, label, mark, row

_GROUPS, _SIGNS = 6, 5
_OTHER = "管理员{}在“设置·人员与口令”里可以给您换一个。管理员也忘了：拿出打印的恢复码，按6组填写，再写一个新口令。"
_SHUT = "拿出打印的恢复码，按6组填写，先打开数据。"
_ALONE = "拿出打印的恢复码，按6组填写，再写一个新口令。恢复码也没有的，谁也打不开：没有后门。"


class ForgottenCard(QFrame):
    """`renewed` carries what to say once a new password holds; without an asker `code_wanted` carries the code."""

    renewed = Signal(str)
    code_wanted = Signal(str)

    def __init__(self, asker: Asker | None, administrators: str) -> None:
        super().__init__()
        self.setProperty("role", "stepform")
        self._asker, self._user = asker, ""
        shut = asker is None
        text = _OTHER.format(administrators) if administrators else _ALONE
        self._hint = label(_SHUT if shut else text, wrap=True)
        self.groups = [self._group(place) for place in range(_GROUPS)]
        self.after = QLineEdit()
        self.after.setEchoMode(QLineEdit.EchoMode.Password)
        self.after.setPlaceholderText(f"新口令：{passwords.ADVICE}")
        self.after.setAccessibleName("新口令")
        self.after.setMaxLength(passwords.LONGEST)
        self.after.setMinimumWidth(theme.scaled(self, 264))
        self.after.setHidden(shut)
        self.change = button("打开" if shut else "换口令", self.go)
        self._below = label("", "problem", wrap=True)
        title = label("忘记口令时", "quiet")
        title.setFixedWidth(theme.scaled(self, 96))
        code = row(*self.groups, None, gap=6)
        new = row(self.after, self.change, None, gap=8)
        body = column(self._hint, code, new, self._below, gap=8)
        layout = row(column(title, None), body, gap=10, margins=(20, 12, 20, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for one in (*self.groups, self.after):
            one.textChanged.connect(self._look)
        self.after.returnPressed.connect(self.go)
        self.setFocusProxy(self.groups[0])
        self._look()

    def _group(self, place: int) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(f"恢复码第{place + 1}组")
        line.setFixedWidth(theme.scaled(self, 84))
        line.textEdited.connect(lambda text: self._spread(place, text))
        return line

    def _spread(self, place: int, text: str) -> None:
        """A whole code may be pasted into any box; a full box hands the keyboard on."""
        signs = "".join(one for one in text.upper() if one.isalnum())
        for at in range(place, _GROUPS):
            own, signs = signs[:_SIGNS], signs[_SIGNS:]
            self.groups[at].setText(own)
            if not signs:
                break
        if len(self.groups[at].text()) == _SIGNS:
            (self.groups[at + 1] if at + 1 < _GROUPS else self.after).setFocus()

    def _look(self) -> None:
        full = all(len(one.text()) == _SIGNS for one in self.groups)
        self.change.setEnabled(full and (self._asker is None or len(self.after.text()) >= passwords.SHORTEST))

    def mean(self, one: UserRow) -> None:
        """Say whose password it is."""
        self._user = one.id
        self._below.setText("")

    def go(self) -> None:
        """Give the user another password by the code."""
        if not self.change.isEnabled():
            return
        self.change.setEnabled(False)
        code = "-".join(one.text() for one in self.groups)
        if self._asker is None:
            self.code_wanted.emit(code)
        else:
            self._asker.ask(users.recover, code, self._user, self.after.text(), then=self._done, failed=self.refuse)

    def refuse(self, error: Refused | Trouble) -> None:
        """Say why the code or the password was not taken."""
        self._look()
        mark(self._below, "role", "problem")
        self._below.setText(error.sentence)

    def _done(self, user: User) -> None:
        for one in (*self.groups, self.after):
            one.clear()
        self.renewed.emit(f"已换{user.name}的口令，请用新口令进入")
