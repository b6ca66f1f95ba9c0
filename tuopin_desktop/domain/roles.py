"""Who may do what in an office: the one table of acts by role, asked where a change is written and at every door."""

import enum
from collections.abc import Collection, Mapping
from types import MappingProxyType

import msgspec

from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.problems import Problem

REFUSED = "role"
"""The code of a refusal for want of a role."""
SECOND = "role.second"
"""The code of a refusal that a second person lifts by saying who he is."""


class Role(enum.Enum):
    """What a user of an office is there for; one person may be several. The values are the fields of a user."""

    WRITER = "writer"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    VIEWER = "viewer"


ROLE_WORDS = CodeTable({"writer": "经办人", "reviewer": "复核人", "admin": "管理员", "viewer": "查看"})
ROLE_ACTS: Mapping[Role, str] = MappingProxyType(
    {
        Role.WRITER: "登记、填写、打印、收发数据包",
        Role.REVIEWER: "看全部，复核结账、更正和等次",
        Role.ADMIN: "人员与口令、备份、恢复、授权",
        Role.VIEWER: "只看和打印，不能改",
    }
)
"""What a role does, for the list of users."""


class Act(enum.Enum):
    """What is done in an office, as far as it matters who does it."""

    READ = "read"
    PRINT = "print"
    REVEAL = "reveal"
    ENTER = "enter"
    AMEND = "amend"
    CONFIRM = "confirm"
    GRADE = "grade"
    OFFICE = "office"
    SEND = "send"
    RECEIVE = "receive"
    COPY = "copy"
    RESTORE = "restore"
    CHECK = "check"
    SETTINGS = "settings"
    AUTHORISE = "authorise"
    PACKS = "packs"
    UPDATE = "update"
    USERS = "users"
    HAND_OVER = "hand over"
    PURGE = "purge"
    ARCHIVE = "archive"
    SEAL = "seal"


_ALL = frozenset(Role)
_WRITING = frozenset({Role.WRITER, Role.REVIEWER, Role.ADMIN})
_CONFIRMING = frozenset({Role.WRITER, Role.REVIEWER})
_ENTERING = frozenset({Role.WRITER})
_RUNNING = frozenset({Role.ADMIN})

TABLE: Mapping[Act, tuple[str, frozenset[Role]]] = MappingProxyType(
    {
        Act.READ: ("查看", _ALL),
        Act.PRINT: ("打印和导出", _ALL),
        Act.REVEAL: ("查看、带走完整的个人信息", _CONFIRMING),
        Act.ENTER: ("登记和改动", _ENTERING),
        Act.AMEND: ("登记更正和附件", _WRITING),
        Act.CONFIRM: ("考勤结账和结账后更正", _CONFIRMING),
        Act.GRADE: ("登记考核等次", _CONFIRMING),
        Act.OFFICE: ("改动单位资料", frozenset({Role.WRITER, Role.ADMIN})),
        Act.SEND: ("制作数据包", _ENTERING),
        Act.RECEIVE: ("收下、撤销数据包", _ENTERING),
        Act.COPY: ("备份", frozenset({Role.WRITER, Role.ADMIN})),
        Act.RESTORE: ("恢复备份", _RUNNING),
        Act.CHECK: ("全面检查、确认电脑时钟", _WRITING),
        Act.SETTINGS: ("改动设置", _RUNNING),
        Act.AUTHORISE: ("登记、授权、停用电脑", _RUNNING),
        Act.PACKS: ("启用、签发办法文件", _RUNNING),
        Act.UPDATE: ("更新程序", _RUNNING),
        Act.USERS: ("管理人员与口令", _RUNNING),
        Act.HAND_OVER: ("交接", frozenset({Role.WRITER, Role.ADMIN})),
        Act.PURGE: ("按期清除个人信息", _WRITING),
        Act.ARCHIVE: ("整理归档", frozenset({Role.WRITER, Role.ADMIN})),
        Act.SEAL: ("封存和重新打开任期", _CONFIRMING),
    }
)
"""Of each act what it is called and who may do it."""

REVIEWABLE = (Act.CONFIRM, Act.GRADE, Act.SEND)
"""The acts for which an office may want a second person (`services/office/settings.py`)."""


ALWAYS_TWO = (Act.SEAL,)
"""The acts for which every office of several users wants a second person, whatever it chose."""


class Signed(msgspec.Struct, frozen=True):
    """Who works at the desk: the user's id, "" for the clerk of an office without users, the name, the roles."""

    user: str = ""
    name: str = ""
    roles: frozenset[Role] = _ALL

    def may(self, act: Act) -> bool:
        """Tell whether the table lets this person do it."""
        return bool(self.roles & TABLE[act][1])

    @property
    def only_looks(self) -> bool:
        """Whether the window is there for looking and printing alone."""
        return not self.roles & _WRITING


CLERK = Signed()
"""The one clerk of an office without users: all roles; the name is the office record's."""
NOBODY = Signed("-", "", frozenset())
"""Somebody at an office with users who has not said who he is."""


def role_words(roles: Collection[Role]) -> str:
    """Return the roles in the order of the table."""
    return "、".join(ROLE_WORDS.labels[role.value] for role in Role if role in roles)


def refusal(who: Signed, act: Act) -> Problem | None:
    """Return None when the person may do it, else the Problem that says who may."""
    if who.may(act):
        return None
    label, roles = TABLE[act]
    if not who.roles:
        return Problem(code=REFUSED, sentence=f"{label}要先登录：请说明您是谁并填写口令")
    return Problem(
        code=REFUSED,
        sentence=f"{who.name}是{role_words(who.roles)}，不能{label}。请由{role_words(roles)}办理",
    )


def second_refusal(who: Signed, second: Signed | None, act: Act) -> Problem | None:
    """Return None when two persons stand for an act, a writer and a reviewer among them; else what is lacking."""
    label = TABLE[act][0]
    if second is None:
        return Problem(code=SECOND, sentence=f"{label}要两个人：请另一位复核人（或经办人）填写口令")
    if second.user == who.user:
        return Problem(code=SECOND, sentence=f"{label}要两个人，复核的须是另一个人")
    if not _CONFIRMING <= who.roles | second.roles or not second.roles & _CONFIRMING:
        return Problem(code=SECOND, sentence=f"{label}要一位经办人和一位复核人，{second.name}不是")
    return None
