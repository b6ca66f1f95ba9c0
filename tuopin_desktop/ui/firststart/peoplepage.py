"""The second page: who uses this PC, each with a role and a password; or one alone without."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtWidgets import QCheckBox, QLineEdit

from tuopin_desktop.domain.roles import Role
from tuopin_desktop.services.office import founding, users
from tuopin_desktop.services.office.founding import Ground, Member
from tuopin_desktop.services.office.foundingdraft import Draft, SeatDraft
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.firststart.step import Circle, StepPage
from tuopin_desktop.ui.login.page import PasswordLine
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.parts import column, label, mark, row

LINES = 4
_ROLES = {
    "both": ("管理员兼经办人", frozenset({Role.ADMIN, Role.WRITER})),
    "admin": ("管理员", frozenset({Role.ADMIN})),
    "writer": ("经办人", frozenset({Role.WRITER})),
    "reviewer": ("复核人", frozenset({Role.REVIEWER})),
    "viewer": ("查看", frozenset({Role.VIEWER})),
}
_FIRST = ("both", "admin")
_OTHERS = ("writer", "reviewer", "admin", "both", "viewer")
_NO_NAME = "请写第一个人的姓名。"
_NO_WRITER = "还没有经办人，填不了单。请把第一个人改为“管理员兼经办人”，或再添一位经办人。"


class _Line:
    """The fields of one person."""

    def __init__(self, at: int, keys: Sequence[str]) -> None:
        who = f"第{at + 1}个人"
        self.name = QLineEdit()
        self.name.setMaxLength(30)
        self.name.setAccessibleName(f"{who}的姓名")
        self.name.setPlaceholderText("姓名" if at == 0 else "再添一人")
        self.role = FilterBox("", {key: _ROLES[key][0] for key in keys}, f"{who}的身份")
        self.password = PasswordLine(f"{who}的口令")

    def choose(self, key: str) -> None:
        at = self.role.findData(key)
        self.role.setCurrentIndex(max(at, 0))

    @property
    def member(self) -> Member:
        return Member(self.name.text().strip(), _ROLES[self.role.code()][1], self.password.text())


def faults(ground: Ground, members: Sequence[Member]) -> list[str]:
    """Return of each member why the password is not taken; runs in the worker thread."""
    del ground
    return [founding.fault_of(one.name, one.password) for one in members]


class PeoplePage(StepPage):
    """Passwords stay in the fields: they are never kept."""

    title, below = "人员", "谁用这台电脑，各自口令"

    def __init__(self, circle: Circle) -> None:
        super().__init__(circle)
        self.lines = [_Line(at, _FIRST if at == 0 else _OTHERS) for at in range(LINES)]
        self.alone = QCheckBox("只有我一个人用，不设口令")
        self.alone.toggled.connect(self._follow_alone)
        self._below = label("", "due", wrap=True)
        self._below.setMinimumHeight(theme.scaled(self, 34))
        for one in self.lines:
            one.password.editingFinished.connect(self._look)
        self._build()

    def _build(self) -> None:
        wide = theme.scaled(self, 150)
        names = column(label("姓名", "label"), *(one.name for one in self.lines), gap=8)
        roles = column(label("身份", "label"), *(one.role for one in self.lines), gap=8)
        passwords = column(label("口令", "label"), *(one.password for one in self.lines), gap=8)
        for one in self.lines:
            one.role.setFixedWidth(wide)
            one.password.setFixedWidth(theme.scaled(self, 220))
        fields = row(names, roles, passwords, None, gap=10)
        fields.setStretch(0, 1)
        self.setLayout(
            column(
                *self.heading("谁用这台电脑", "第一个人是管理员，也可以兼经办人。以后能再添。"),
                6,
                fields,
                self._below,
                row(self.alone, None),
                label("口令8个字以上，或6个字以上、字母和数字都有。忘了凭恢复码换。", "quiet", wrap=True),
                None,
                gap=6,
            )
        )
        order = [part for one in self.lines for part in (one.name, one.role, one.password)]
        for before, after in zip(order, [*order[1:], self.alone], strict=True):
            self.setTabOrder(before, after)

    def _follow_alone(self, alone: bool) -> None:
        """One alone has no password and no others; what was typed stays for whoever changes his mind."""
        for at, one in enumerate(self.lines):
            one.password.setEnabled(not alone)
            one.role.setEnabled(not alone)
            one.name.setEnabled(not alone or at == 0)
        self._say("")

    # -- answers

    @property
    def members(self) -> tuple[Member, ...]:
        """Whoever is named, the first one first; alone he has every role."""
        if self.alone.isChecked():
            return (Member(self.lines[0].name.text().strip(), users.EVERYTHING),)
        return tuple(one.member for at, one in enumerate(self.lines) if at == 0 or one.name.text().strip())

    def take(self, draft: Draft) -> None:
        for one, seat in zip(self.lines, draft.seats, strict=False):
            one.name.setText(seat.name)
            one.choose(seat.role)
        self.alone.setChecked(draft.alone)

    def give(self, draft: Draft) -> Draft:
        seats = tuple(SeatDraft(one.name.text().strip(), one.role.code()) for one in self.lines)
        return msgspec.structs.replace(draft, seats=seats, alone=self.alone.isChecked())

    # -- checking

    def check(self, go: Callable[[], object]) -> None:
        self._say("")
        if self._lacks():
            return
        if self.alone.isChecked():
            go()
            return
        members = self.members
        self.circle.asker.ask(faults, members, then=lambda sentences: self._tell(members, sentences, go), lane="people")

    def _lacks(self) -> bool:
        """Say what is missing without a password being looked at."""
        if not self.lines[0].name.text().strip():
            self._say(_NO_NAME, self.lines[0].name)
            return True
        for one in self.lines[1:]:
            if one.password.text() and not one.name.text().strip() and not self.alone.isChecked():
                self._say("这个口令是谁的？请写姓名，或清掉口令。", one.name)
                return True
        names = [one.name for one in self.members]
        twice = next((one for one in names if names.count(one) > 1), "")
        if twice:
            self._say(f"“{twice}”写了两次，请改成不同的姓名。", self.lines[names.index(twice)].name)
            return True
        if not any(Role.WRITER in one.roles for one in self.members):
            self._say(_NO_WRITER, self.lines[0].role)
            return True
        return False

    def _tell(self, members: Sequence[Member], sentences: Sequence[str], go: Callable[[], object]) -> None:
        for one, sentence in zip(members, sentences, strict=True):
            if sentence:
                field = next(line.password for line in self.lines if line.name.text().strip() == one.name)
                self._say(f"{one.name}：{sentence}。", field)
                return
        go()

    def _look(self) -> None:
        """Say of a password just typed whether it is taken, without stopping anybody."""
        members = [one for one in self.members if one.name and one.password]
        if members and not self.alone.isChecked():
            self.circle.asker.ask(faults, members, then=lambda all_: self._hint(members, all_), lane="people")

    def _hint(self, members: Sequence[Member], sentences: Sequence[str]) -> None:
        wrong = [f"{one.name}：{text}。" for one, text in zip(members, sentences, strict=True) if text]
        self._below.setText(wrong[0] if wrong else "")

    def _say(self, text: str, field: QLineEdit | FilterBox | None = None) -> None:
        for one in self.lines:
            for widget in (one.name, one.role, one.password):
                mark(widget, "wrong", "true" if widget is field else "")
        self._below.setText(text)
        if field is not None:
            field.setFocus()

    def take_keyboard(self) -> None:
        self.lines[0].name.setFocus()
