"""The second person: says at the same window who he is, for what two have to do."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.roles import Act, Signed
from tuopin_desktop.services.office import users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.users import UserRow
from tuopin_desktop.ui.login.page import PasswordLine
from tuopin_desktop.ui.plumbing.lifting import Seconds
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.parts import button, column, label, row

_WIDTH = 460


def others(desk: Desk) -> list[UserRow]:
    """Return who may stand beside; runs in the worker thread."""
    able = (row for row in users.tiles(desk) if row.state == "在用" and row.id != desk.who.user)
    return [row for row in able if Signed(row.id, row.name, row.roles).may(Act.CONFIRM)]


class SecondDialog(QDialog):
    """`then` gets the second person; `without` is called when nobody says who he is."""

    def __init__(
        self,
        error: Refused,
        rows: Sequence[UserRow],
        ways: tuple[Callable[[Signed], object], Callable[[], object]],
        asker: Asker,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._then, self._without = ways
        self._asker = asker
        self._is_taken = False
        self.setWindowTitle("第二人复核")
        self.setMinimumWidth(_WIDTH)
        self.who = FilterBox("", {one.id: f"{one.name}（{one.role_text}）" for one in rows}, "第二人")
        self.password = PasswordLine("第二人的口令")
        self._below = label("", "problem", wrap=True)
        self.agree = button("复核同意", self.go, role="primary")
        self.password.returnPressed.connect(self.go)
        feet = row(None, button("不办了", self.reject), self.agree)
        body = column(
            label(error.sentence, wrap=True),
            label("姓名", "label"),
            self.who,
            label("口令", "label"),
            self.password,
            self._below,
            label("两个人的名字都记在经过里。", "quiet"),
            feet,
            gap=6,
            margins=(18, 14, 18, 12),
        )
        self.setLayout(body)
        self.finished.connect(self._leave)

    def go(self) -> None:
        """Ask whether the password is the second person's."""
        self.agree.setEnabled(False)
        self._asker.ask(users.beside, self.who.code(), self.password.text(), then=self._take, failed=self._refuse)

    def _take(self, second: Signed) -> None:
        self._is_taken = True
        self.accept()
        self._then(second)

    def _refuse(self, error: Refused | Trouble) -> None:
        self.agree.setEnabled(True)
        self._below.setText(error.sentence)
        self.password.selectAll()
        self.password.setFocus()

    def _leave(self) -> None:
        if not self._is_taken:
            self._without()
        self.deleteLater()


def ask_second(asker: Asker, parent: QWidget) -> Seconds:
    """Return what asks for a second person in a window; with nobody else to ask the refusal stands."""

    def ask(error: Refused, then: Callable[[Signed], object], without: Callable[[], object]) -> None:
        def show(rows: list[UserRow]) -> None:
            if not rows:
                without()
                return
            dialog = SecondDialog(error, rows, (then, without), asker, parent)
            dialog.open()
            dialog.password.setFocus()

        asker.ask(others, then=show, failed=lambda _: without())

    return ask
