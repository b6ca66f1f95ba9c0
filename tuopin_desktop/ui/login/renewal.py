"""Where a password that somebody else chose is changed into an own one before its owner goes in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from tuopin_desktop.domain import passwords
from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.roles import Signed
from tuopin_desktop.services.office import users
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.parts import button, column, label, row

_UNLIKE = "两遍输入的口令不一样"


class RenewalCard(QFrame):
    """`signed` carries who went in with the own new password."""

    signed = Signal(object)

    def __init__(self, asker: Asker | None) -> None:
        super().__init__()
        self.setProperty("role", "stepform")
        self._asker, self._user, self._before = asker, "", ""
        self.lines = [self._line("自己的新口令"), self._line("新口令，再输一遍")]
        self.change = button("换口令并进入", self.go)
        self._below = label("", "problem", wrap=True)
        hint = label(f"{passwords.ADVICE}；不用姓名、日期、电话号码。", "hint", wrap=True)
        title = label("换成自己的", "quiet")
        title.setFixedWidth(theme.scaled(self, 96))
        body = column(row(*self.lines, self.change, gap=8), hint, self._below, gap=8)
        layout = row(column(title, None), body, gap=10, margins=(20, 12, 20, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        line.setMaxLength(passwords.LONGEST)
        line.returnPressed.connect(self.go)
        return line

    def begin(self, user: str, before: str) -> None:
        """Ask a user, by id, for a password in place of the given one."""
        self._user, self._before = user, before
        self._below.setText("")
        for line in self.lines:
            line.clear()
        self.show()
        self.lines[0].setFocus()

    def go(self) -> None:
        """Change it, once both lines are alike."""
        first, again = (line.text() for line in self.lines)
        if first != again:
            self.refuse(refuse("password", _UNLIKE, "password"))
        elif self._asker is not None and self.change.isEnabled():
            self.change.setEnabled(False)
            self._asker.ask(users.renew, self._user, self._before, first, then=self._done, failed=self.refuse)

    def refuse(self, error: Refused | Trouble) -> None:
        """Say why it was not taken."""
        self.change.setEnabled(True)
        self._below.setText(error.sentence)

    def _done(self, who: Signed) -> None:
        self.change.setEnabled(True)
        self._before = ""
        for line in self.lines:
            line.clear()
        self.signed.emit(who)
