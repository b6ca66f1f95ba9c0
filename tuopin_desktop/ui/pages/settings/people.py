"""The section of those who use this computer: who, with which roles, when the window locks, what two have to do."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QWidget

from tuopin_desktop.domain import passwords
from tuopin_desktop.domain.records import Access
from tuopin_desktop.domain.roles import ROLE_ACTS, Role, Signed, role_words
from tuopin_desktop.services.office import accountway, users
from tuopin_desktop.services.office.accountway import AccountWay
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.users import UserRow
from tuopin_desktop.ui.login.tiles import used_words
from tuopin_desktop.ui.pages.settings.handing import HandingCard
from tuopin_desktop.ui.pages.settings.userdialogs import UserDialog
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_MINUTES = {"5": "5分钟", "10": "10分钟", "20": "20分钟", "30": "30分钟", "60": "1小时", "0": "不锁定"}
_TONES = {"在用": "ok", "待交接": "warn", "停用": "quiet"}
_HINT = "停用的人名字保留在经过里，不能删除。至少留一名管理员。"
_ALONE = "还没有登记使用人：{}一个人用，不必登录。要设口令、几个人分工时，先点“添加”登记自己。"
_FIRST = "先登记自己：现在办理的人就是第一位使用人，要兼管理员。只有一个人用时可以不设口令（两栏空着）。"
_SECONDS = {
    "second_close": "考勤结账和更正要两个人",
    "second_grade": "考核等次要两个人",
    "second_send": "制作数据包要两个人",
}


_ACCOUNT = (
    "开着：登录只管住这个窗口，本机这个登录用户不凭口令也能打开数据文件；拷走的文件仍打不开。"
    "关掉：每次打开都要口令或恢复码，先要有恢复码"
)


class People(msgspec.Struct, frozen=True):
    """What the section shows: who there is, what is asked of them, who looks and is called what, and what opens."""

    rows: tuple[UserRow, ...]
    rules: Access
    who: Signed
    user: str
    way: AccountWay


def people(desk: Desk) -> People:
    """Return what the section shows; runs in the worker thread."""
    return People(tuple(users.listed(desk)), users.rules(desk), desk.who, desk.user, accountway.standing(desk))


def choose_account(desk: Desk, on: bool) -> AccountWay:
    """Let the account of this PC open the data by itself, or not."""
    return accountway.choose(desk, on=on)


def add(desk: Desk, form: dict[str, Any]) -> str:
    """Register a user as the dialog tells; return the name."""
    return users.add(desk, form["name"], form["roles"], form["password"], awaits=form["awaits"]).name


class PeopleSection(QWidget):
    """Lists the users; whoever is no administrator changes the own password and looks."""

    def __init__(self, context: PageContext, renew: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._renew = context, renew
        self._people: People | None = None
        today = context.office.today
        columns = (
            Column("姓名", lambda one: one.name, 110),
            Column("身份", lambda one: one.role_text, 130),
            Column("能办什么", lambda one: "；".join(ROLE_ACTS[role] for role in Role if role in one.roles)),
            Column("上次使用", lambda one: used_words(one.used, today), 110, shed=1),
            Column("状态", lambda one: one.state, 80, tone=lambda one: _TONES[one.state]),
        )
        self.table = RecordTable(columns, lambda one: one.id, "使用人")
        self.table.current_changed.connect(lambda _: self._look())
        self._hint = label(_HINT, "quiet", wrap=True)
        self.own = button("换自己的口令…", self.ask_own)
        self.other = button("给他换口令…", self.ask_other)
        self.roles = button("身份…", self.ask_roles)
        self.off = button("停用…", self.ask_off)
        self.add_button = button("添加", self.ask_add, icon="user-plus", role="primary")
        self.handing = HandingCard(context, renew)
        self._build()

    def _build(self) -> None:
        self._title = label("能用这台电脑的人", "section")
        head = row(self._title, None, self.add_button, gap=6)
        strokes = row(self.other, self.roles, self.off, None, self.own, gap=6)
        list_ = column(head, self._hint, self.table, strokes, gap=8, margins=(14, 10, 14, 10))
        list_.setStretch(2, 1)
        self._rules = self._rules_card()
        left = column(card(list_), self._rules, gap=12)
        left.setStretch(0, 1)
        layout = row(gap=12)
        layout.addLayout(left, 3)
        layout.addWidget(self.handing, 2)
        self.setLayout(layout)

    def _rules_card(self) -> QFrame:
        self.idle = FilterBox("", _MINUTES, "没有操作多久后锁定")
        self.idle.chosen.connect(lambda _: self._choose())
        self.seconds = {name: QCheckBox(text) for name, text in _SECONDS.items()}
        for box in self.seconds.values():
            box.clicked.connect(self._choose)
        line = row(label("没有操作"), self.idle, label("后锁定", "quiet"), None)
        hint = label("锁定不关窗口，没写完的不丢；Ctrl+L 随时锁定。", "hint", wrap=True)
        left = column(label("锁定", "section"), line, hint, None, gap=6)
        right = column(label("第二人复核", "section"), *self.seconds.values(), None, gap=4)
        both = row(left, right, gap=16)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        return card(column(both, self._opening(), gap=8, margins=(14, 10, 14, 10)))

    def _opening(self) -> QHBoxLayout:
        self.account = QCheckBox("本机账户解锁：打开数据不用输口令")
        set_tip(self.account, _ACCOUNT)
        self.account.clicked.connect(
            lambda on: self._context.asker.ask(choose_account, on, then=self._renewed, failed=self._back)
        )
        tip = "以前的电脑丢了、换了：它的账户不再能打开这份数据"
        self.drop = button("去掉别的电脑的…", self.ask_drop, tip=tip)
        return row(self.account, None, self.drop)

    # -- what is shown

    @property
    def state(self) -> str:
        """The line under the page's title."""
        rows = self._people.rows if self._people is not None else ()
        used = sum(one.state == "在用" for one in rows)
        return f"{used}人在用" if rows else "一个人用，不必登录"

    def refresh(self) -> None:
        """Ask for the users."""
        self._context.ask(people, then=self._show, lane="people")

    def _show(self, people: People) -> None:
        self._people = people
        self.table.replace_rows(people.rows)
        self._hint.setText(_HINT if people.rows else _ALONE.format(people.user))
        code = str(people.rules.idle_minutes)
        self.idle.setCurrentIndex(max(0, self.idle.findData(code)))
        for name, box in self.seconds.items():
            box.setChecked(bool(getattr(people.rules, name)))
        self.account.setChecked(people.way.on)
        self.drop.setVisible(people.way.others > 0)
        self.handing.show_rows(people.rows, people.who)
        self._rules.setVisible(bool(people.rows))
        self._look()

    def _look(self) -> None:
        """Show the buttons that whoever looks may press; what a role lacks is not there."""
        people = self._people
        if people is None:
            return
        runs, one = Role.ADMIN in people.who.roles, self.table.current()
        self.own.setVisible(bool(people.who.user))
        self.add_button.setVisible(runs)
        for each in (self.other, self.roles, self.off):
            each.setVisible(runs and bool(people.rows))
        active = one is not None and one.state != "停用"
        self.other.setEnabled(active and one.id != people.who.user)
        self.roles.setEnabled(active)
        self.off.setEnabled(one is not None)
        self.off.setText("停用…" if active or one is None else "重新启用…")
        for widget in (self.idle, *self.seconds.values(), self.account, self.drop):
            widget.setEnabled(runs)

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.enter()

    # -- what is done

    def ask_add(self) -> None:
        """Ask for a new user; the first one is whoever works here."""
        people = self._people
        if people is None:
            return
        first = not people.rows
        dialog = UserDialog("添加使用人", "添加", lambda form: self._do(dialog, add, form), self._context.window)
        dialog.with_name(people.user if first else "").with_roles(users.EVERYTHING if first else {Role.WRITER})
        dialog.with_password("口令", f"{passwords.ADVICE}，不用姓名")
        (dialog if first else dialog.with_awaits()).ask(_FIRST if first else "")

    def ask_roles(self) -> None:
        """Ask for other roles."""
        if (one := self.table.current()) is not None:
            dialog = UserDialog(
                f"{one.name}的身份", "改身份", lambda form: self._do(dialog, users.set_roles, one.id, form["roles"]),
                self._context.window,
            )  # fmt: skip
            dialog.with_roles(one.roles).ask()

    def ask_other(self) -> None:
        """Ask for another password of somebody who forgot it."""
        if (one := self.table.current()) is not None:
            dialog = UserDialog(
                f"给{one.name}换口令", "换口令",
                lambda form: self._do(dialog, users.give_password, one.id, form["password"]), self._context.window,
            )  # fmt: skip
            dialog.with_password("新口令").ask(
                "只换打开的钥匙，数据不必重新加密。请当面交给本人：他登录时要先换成自己的。"
            )

    def ask_own(self) -> None:
        """Ask for the own new password."""
        people = self._people
        if people is None:
            return
        dialog = UserDialog(
            "换自己的口令", "换口令",
            lambda form: self._do(dialog, users.change_password, form["before"], form["password"]),
            self._context.window,
        )  # fmt: skip
        mine = next((one for one in people.rows if one.id == people.who.user), None)
        if mine is not None and mine.has_password:
            dialog.with_before()
        dialog.with_password("新口令", f"{passwords.ADVICE}，不用姓名").ask()

    def ask_off(self) -> None:
        """Ask before somebody is disabled; somebody disabled is given a new password."""
        one = self.table.current()
        if one is None:
            return
        if one.state == "停用":
            dialog = UserDialog(
                f"重新启用{one.name}", "启用", lambda form: self._do(dialog, users.enable, one.id, form["password"]),
                self._context.window,
            )  # fmt: skip
            dialog.with_password("新口令").ask()
            return
        text = f"停用{one.name}（{role_words(one.roles)}）？停用后不能再登录，名字保留在经过里，可以重新启用。"
        confirm(self, text, "停用", lambda: self._context.ask(users.disable, one.id, then=self._renewed))

    def ask_drop(self) -> None:
        """Ask before the accounts of other PCs open nothing any more."""
        if (people := self._people) is not None:
            text = (
                f"另有{people.way.others}个账户（别的电脑，或本机别的登录用户）不输口令就能打开这份数据。去掉以后，"
                "它们要凭口令或恢复码打开；以前的备份仍带着当时的钥匙。"
            )
            confirm(self, text, "去掉", lambda: self._context.ask(accountway.drop_others, then=self._renewed))

    def _do(self, dialog: UserDialog, function: Callable[..., object], *args: object) -> None:
        def take(answer: object) -> None:
            dialog.done_with(answer)
            self._renewed(answer)

        self._context.asker.ask(function, *args, then=take, failed=dialog.refuse)

    def _renewed(self, answer: object) -> None:
        del answer
        self._context.message.say("已保存")
        self._renew()

    def _choose(self) -> None:
        """Keep when the window locks and what two have to do."""
        if self._people is None:
            return
        flags = {name: box.isChecked() for name, box in self.seconds.items()}
        rules = msgspec.structs.replace(self._people.rules, idle=int(self.idle.code() or 0), **flags)
        self._context.asker.ask(users.set_rules, rules, then=self._renewed, failed=self._back)

    def _back(self, error: Any) -> None:
        self._context.message.complain(error)
        self._renew()
