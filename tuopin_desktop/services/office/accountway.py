"""Whether the account of this PC opens the data by itself (本机账户解锁), and the accounts of PCs that are lost."""

import msgspec

from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.roles import Act, Role
from tuopin_desktop.services.office import recovery, users, vaults
from tuopin_desktop.services.office.desk import Desk


class AccountWay(msgspec.Struct, frozen=True):
    """Whether this account opens the data without typing, and how many accounts of other PCs or users do."""

    on: bool
    others: int


def standing(desk: Desk) -> AccountWay:
    """Return how it stands."""
    on = vaults.opens_by_account(desk.folder)
    return AccountWay(on, sum(way.kind == "account" for way in vaults.ways(desk.folder)) - on)


def choose(desk: Desk, *, on: bool) -> AccountWay:
    """Let the account of this PC open the data by itself, or nobody's any more: then a password has to be typed.

    Raises Refused by role, and for switching it off without a recovery code or without an administrator's password.
    """
    desk.require(Act.USERS)
    if not on:
        _refuse_lockout(desk)
    vaults.set_account(desk.folder, on=on)
    return standing(desk)


def _refuse_lockout(desk: Desk) -> None:
    if recovery.is_lacking(desk):
        raise refuse(
            "code",
            "还没有恢复码，不能关掉本机账户解锁：忘了口令就谁也打不开了。请先在“设置·备份”打印恢复码",
            "on",
        )
    rows = users.listed(desk)
    if not any(row.state == "在用" and row.has_password and Role.ADMIN in row.roles for row in rows):
        raise refuse("password", "关掉本机账户解锁以后要凭口令打开，请先给一名在用的管理员设口令", "on")


def drop_others(desk: Desk) -> int:
    """Let the accounts of other PCs, or of other users of this one, open nothing any more; return how many they were.

    Raises Refused by role, Trouble.
    """
    desk.require(Act.USERS)
    return vaults.drop_other_accounts(desk.folder)
