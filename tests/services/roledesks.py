"""Desks of an office with users, one for each role, for the tests of who may do what."""

from collections.abc import Iterable

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import User
from tuopin_desktop.domain.roles import Role, Signed
from tuopin_desktop.services.office.desk import Desk

NAMES = {Role.WRITER: "其其格", Role.REVIEWER: "王秀兰", Role.ADMIN: "白音", Role.VIEWER: "于伟东"}


def user_of(desk: Desk, name: str, roles: Iterable[Role], number: int) -> User:
    """Return a user that is not stored yet."""
    flags = {role.value: True for role in roles}
    return User(id=f"{ids.local(desk.scope)}/u{number}", name=name, **flags)


def change_of(user: User) -> Change:
    """Return what writes a user."""
    return Change("user", user.id, difference({}, scalars(user)))


def enter_users(desk: Desk) -> dict[Role, Signed]:
    """Register one user of each role and leave the administrator at the desk; return all by role."""
    users = {role: user_of(desk, name, [role], number) for number, (role, name) in enumerate(NAMES.items())}
    desk.commit([change_of(user) for user in users.values()])
    desk.who = users[Role.ADMIN].signed
    return {role: user.signed for role, user in users.items()}
