"""The users of an office: registered, given roles and passwords, disabled, signed in; nobody is ever deleted."""

import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids, passwords
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Access, User
from tuopin_desktop.domain.roles import NOBODY, Act, Role, Signed, refusal, role_words
from tuopin_desktop.domain.validate import problems, tidy
from tuopin_desktop.machine.clock import Clock, beijing
from tuopin_desktop.services.office import access, disclosures, signins, unsaved, upgrades, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.vaults import Unlock
from tuopin_desktop.store import pinyin
from tuopin_desktop.store.store import DATABASE

GIVEN = "given"
"""The code of a refusal of a password that somebody else chose: its owner has to choose another."""
ANYBODY = ""
"""Under which wrong passwords are counted while no name can be read."""
EVERYTHING = frozenset({Role.WRITER, Role.REVIEWER, Role.ADMIN})
"""The roles of whoever works alone."""


class UserRow(msgspec.Struct, frozen=True):
    """A user as lists and the login show him; `used` is when he signed in last, Beijing, `wait` in seconds."""

    id: str
    name: str
    roles: frozenset[Role]
    used: datetime | None
    state: str
    has_password: bool
    wait: int = 0

    @property
    def role_text(self) -> str:
        """The roles in words."""
        return role_words(self.roles)


def slot_of(user_id: str) -> str:
    """Return what a user's slot of the vault is called: it says nothing of the office."""
    return user_id.rpartition("/")[2]


def listed(desk: Desk) -> list[UserRow]:
    """Return everybody ever registered here, who works first, then by name."""
    rows = [_row(desk, user) for user in access.users(desk.store, desk.scope)]
    return sorted(rows, key=lambda row: (row.state == "停用", row.name))


def tiles(desk: Desk) -> list[UserRow]:
    """Return who may sign in, whoever used the program last first."""
    users = [user for user in access.users(desk.store, desk.scope) if user.active]
    rows = [_row(desk, user) for user in users]
    return sorted(rows, key=lambda row: (row.used is None, -(row.used.timestamp() if row.used else 0), row.name))


def administrators(rows: Sequence[UserRow]) -> str:
    """Return who can help whoever forgot the password."""
    return "、".join(row.name for row in rows if Role.ADMIN in row.roles)


def wait_of(desk: Desk, user_id: str) -> int:
    """Return for how many seconds no password of a user is looked at."""
    return signins.of(desk.folder, slot_of(user_id)).wait(desk.clock.wall_ms())


def _row(desk: Desk, user: User) -> UserRow:
    signs = signins.of(desk.folder, slot_of(user.id))
    state = "停用" if not user.active else "待交接" if user.awaits else "在用"
    return UserRow(
        user.id,
        user.name,
        user.roles,
        beijing(signs.used) if signs.used else None,
        state,
        has_password(desk, user.id),
        signs.wait(desk.clock.wall_ms()),
    )


def called(desk: Desk, text: str) -> User:
    """Return the active user of an id or a name; raises Refused."""
    for user in access.users(desk.store, desk.scope):
        if user.active and text.strip() in (user.id, user.name):
            return user
    raise refuse("user", f"没有“{text.strip()[:30]}”这位使用人，或已停用", "user")


# -- passwords


def has_password(desk: Desk, user_id: str) -> bool:
    """Tell whether a user signs in with a password."""
    return any(way.kind == "password" and way.owner == slot_of(user_id) for way in vaults.ways(desk.folder))


def _acceptable(name: str, password: str) -> None:
    if fault := passwords.fault(password, pinyin.spellings(name)):
        raise refuse("password", fault, "password")


def change_password(desk: Desk, before: str, after: str) -> None:
    """Change the own password: only the key is wrapped anew. Raises Refused, Trouble; the old one holds then."""
    user = _myself(desk)
    if has_password(desk, user.id):
        prove(desk, user, before)
    _acceptable(user.name, after)
    vaults.set_password(desk.folder, slot_of(user.id), after)
    signins.note_password(desk.folder, slot_of(user.id))


def give_password(desk: Desk, user_id: str, after: str) -> User:
    """Give somebody who forgot it another password, as an administrator; raises Refused, Trouble.

    It is good for nothing but being changed by its owner (`renew`).
    """
    desk.require(Act.USERS)
    user = called(desk, user_id)
    _give(desk, user, after)
    return user


def is_given(desk: Desk, who: str) -> bool:
    """Tell whether somebody else chose the password of a user; raises Refused for an unknown one."""
    return signins.of(desk.folder, slot_of(called(desk, who).id)).foreign


def renew(desk: Desk, who: str, before: str, after: str) -> Signed:
    """Let a user choose his own password in place of the given one, and sign him in; raises Refused, Trouble."""
    user = called(desk, who)
    prove(desk, user, before)
    if before == after:
        raise refuse("password", "新口令不能和给的一样，请另写一个", "password")
    _acceptable(user.name, after)
    vaults.set_password(desk.folder, slot_of(user.id), after)
    signins.note_password(desk.folder, slot_of(user.id))
    return sign_in(desk, user.id, lambda: after)


def recover(desk: Desk, code: str, user_id: str, after: str) -> User:
    """Give a user another password by the recovery code on paper; raises Refused for a wrong one, Trouble."""
    user = called(desk, user_id)
    if not vaults.is_right(desk.folder, Unlock(code=code)):
        raise refuse("code", "恢复码不是这份数据的，或已换过新的。请核对纸上的单位和日期", "code")
    _give(desk, user, after, by_code=True)
    return user


def _give(desk: Desk, user: User, after: str, *, by_code: bool = False) -> None:
    """The line comes first: no password is changed without one."""
    _acceptable(user.name, after)
    what = f"用恢复码换{user.name}的口令" if by_code else f"给{user.name}换口令"
    disclosures.note(desk, "password", what, need=None, by="" if desk.who != NOBODY else "（没有登录）")
    when = f"{beijing(desk.clock.wall_ms()):%m月%d日 %H:%M}"
    news = f"您的口令在{when}用恢复码换过" if by_code else f"您的口令是{desk.user}在{when}给的"
    signins.note_password(desk.folder, slot_of(user.id), news, foreign=not by_code)
    vaults.set_password(desk.folder, slot_of(user.id), after)


def _myself(desk: Desk) -> User:
    user = desk.store.get(User, desk.who.user) if desk.who.user else None
    if user is None:
        raise refuse("user", "还没有登记使用人，请先在“设置·人员与口令”中添加自己")
    return user


# -- signing in


def prove(desk: Desk, user: User, password: str) -> None:
    """Raise Refused unless the password is this user's; wrong ones are counted, and after some one has to wait."""
    slot, now = slot_of(user.id), desk.clock.wall_ms()
    if wait := signins.standing(desk.folder, slot, now).wait(now):
        raise waiting(wait)
    if vaults.is_right(desk.folder, Unlock(user=slot, password=password)):
        return
    signs = signins.note_wrong(desk.folder, slot, now)
    if wait := signs.wait(now):
        raise waiting(wait)
    left = signins.FREE - signs.wrong
    raise refuse("password", f"口令不对，请再试一次（再错{left}次要等一等）", "password")


def waiting(seconds: int) -> Refused:
    """Return the refusal while somebody has to wait."""
    return refuse("wait", f"口令错了多次，请等{seconds}秒再试；数据没有动。忘记口令的，请点“忘记口令”", "password")


def sign_in(desk: Desk, who: str, password: Callable[[], str]) -> Signed:
    """Let a user work at the desk and return him; raises Refused for an unknown one, a wrong password, or to wait.

    `password` is asked for only where there is one.
    """
    user = called(desk, who)
    if has_password(desk, user.id):
        prove(desk, user, password())
    elif not _alone(desk) or vaults.had_password(desk.folder, slot_of(user.id)):
        way = "请管理员在“设置·人员与口令”中给一个，或点“忘记口令”凭恢复码换一个"
        raise refuse("password", f"{user.name}现在没有口令，{way}", "user")
    if (signs := signins.of(desk.folder, slot_of(user.id))).foreign:
        raise refuse(GIVEN, f"{signs.news}：请先换成自己的", "password")
    if user.awaits:
        raise refuse("awaits", f"{user.name}还没有办交接：请移交人在“设置·人员与口令”里打印交接单，当面确认", "user")
    return _seat(desk, user)


def _seat(desk: Desk, user: User) -> Signed:
    """Put a user at the desk who has proved who he is and may work; what he has to hear is the desk's notice."""
    slot = slot_of(user.id)
    desk.who = user.signed
    if news := signins.of(desk.folder, slot).news:
        desk.store.notice = f"{news}。不是您本人换的，请马上再换一个，并告诉管理员"
    _list_wrong(desk)
    signins.note_right(desk.folder, slot, desk.clock.wall_ms())
    disclosures.note(desk, "signin", "登录", need=None)
    return desk.who


def _list_wrong(desk: Desk) -> None:
    """Note the wrong passwords that no line tells yet, one line for each name: nobody reads the list before."""
    name_by_slot = {slot_of(user.id): user.name for user in access.users(desk.store, desk.scope)}
    for slot, signs in signins.table(desk.folder).items():
        if signs.unlisted:
            whose = f"{name_by_slot[slot]}的口令" if slot in name_by_slot else "打开数据的口令"
            disclosures.note(desk, "wrong", f"{whose}输错", signs.unlisted, need=None)
            signins.note_listed(desk.folder, slot)


def open_locked(folder: Path, clock: Clock | None, password: str) -> Desk:
    """Open data that the account of this PC does not open, by a user's password; he is at the desk then.

    Whoever awaits the handover, or has a password that somebody else chose, is not: the login says what is to be done.
    Whose it is is not asked before: no name is readable then. Whoever guesses waits all the same. Raises Refused,
    Trouble.
    """
    own = clock or Clock()
    if wait := signins.standing(folder, ANYBODY, own.wall_ms()).wait(own.wall_ms()):
        raise waiting(wait)
    try:
        way = vaults.admit(folder / DATABASE, folder, Unlock(password=password))
    except Refused:
        signins.note_wrong(folder, ANYBODY, own.wall_ms())
        raise
    owner = way.owner if way is not None else ""
    desk = upgrades.open_desk(folder, clock, unlock=Unlock(user=owner, password=password))
    signins.note_right(folder, ANYBODY, own.wall_ms())
    for user in access.users(desk.store, desk.scope):
        if slot_of(user.id) == owner and user.active and not user.awaits and not signins.of(folder, owner).foreign:
            _seat(desk, user)
    return desk


def open_by_code(folder: Path, clock: Clock | None, code: str) -> Desk:
    """Open data by the recovery code on paper, on whatever PC; nobody is at the desk then. Raises Refused, Trouble."""
    return upgrades.open_desk(folder, clock, unlock=Unlock(code=code))


def _alone(desk: Desk) -> bool:
    return sum(user.active for user in access.users(desk.store, desk.scope)) == 1


def sign_in_alone(desk: Desk) -> bool:
    """Sign in the one user who works here without a password; tell whether anybody has to say who he is.

    One who ever had a password is not without: a lost vault or an older copy must open no door.
    """
    users = [user for user in access.users(desk.store, desk.scope) if user.active]
    if desk.who == NOBODY and len(users) == 1 and not vaults.had_password(desk.folder, slot_of(users[0].id)):
        desk.who = users[0].signed
    return desk.who == NOBODY


def sign_out(desk: Desk) -> None:
    """Leave the desk: nobody works at it until somebody signs in."""
    desk.who = access.unsigned(desk.store, desk.scope)


def beside(desk: Desk, who: str, password: str) -> Signed:
    """Return a second person who has said who he is, for what two have to do; raises Refused."""
    user = called(desk, who)
    prove(desk, user, password)
    if signins.of(desk.folder, slot_of(user.id)).news:
        raise refuse(GIVEN, f"{user.name}的口令刚由别人或用恢复码换过，请{user.name}先自己登录一次", "password")
    _list_wrong(desk)
    return user.signed


# -- who there is


def add(desk: Desk, name: str, roles: Collection[Role], password: str = "", *, awaits: bool = False) -> User:
    """Register a user and return him; the first one is whoever works here now. Raises Refused, Trouble.

    The slot of the vault comes first: one without a user opens nothing, a user without one could not sign in.
    """
    desk.require(Act.USERS)
    first = not access.users(desk.store, desk.scope)
    flags = {role.value: role in roles for role in Role}
    user = tidy(User(id=f"{ids.local(desk.scope)}/{secrets.token_hex(16)}", name=name, awaits=awaits, **flags))
    _check(desk, user)
    if password or not first:
        _acceptable(user.name, password)
    change = Change("user", user.id, difference({}, scalars(user)))
    access.refuse_orphaning(desk.store, desk.scope, [change])
    _refuse_open_door(desk, first=first)
    if password:
        vaults.set_password(desk.folder, slot_of(user.id), password)
    desk.commit([change])
    if first:
        desk.who = user.signed
        unsaved.assign(desk, user.id)
    return user


def _check(desk: Desk, user: User) -> None:
    if faults := problems(user, desk.vocabulary, practice=desk.practice):
        raise Refused(faults)
    if not user.roles:
        raise refuse("roles", "请至少选一种身份", "roles")


def _refuse_open_door(desk: Desk, *, first: bool) -> None:
    """A second user needs the first to have a password: else anybody would be the first."""
    bare = [row.name for row in listed(desk) if row.state != "停用" and not row.has_password]
    if not first and bare:
        raise refuse("password", f"请先给{'、'.join(bare)}设口令：有两个人用，每个人都要有口令", "user")


def set_roles(desk: Desk, user_id: str, roles: Collection[Role]) -> User:
    """Give a user other roles; raises Refused, so for the last administrator."""
    user = called(desk, user_id)
    return _save(desk, user, msgspec.structs.replace(user, **{role.value: role in roles for role in Role}))


def disable(desk: Desk, user_id: str) -> User:
    """Let a user sign in no more; the password's slot goes, the name stays. Raises Refused for the last administrator.

    The record first: whoever is disabled and still has a slot is refused by the record.
    """
    user = called(desk, user_id)
    after = _save(desk, user, msgspec.structs.replace(user, disabled=True))
    if has_password(desk, user.id):
        vaults.drop_password(desk.folder, slot_of(user.id))
    return after


def enable(desk: Desk, user_id: str, password: str) -> User:
    """Let somebody disabled sign in again, with a new password; raises Refused."""
    desk.require(Act.USERS)
    user = next((one for one in access.users(desk.store, desk.scope) if user_id in (one.id, one.name)), None)
    if user is None or user.active:
        raise refuse("user", "没有这位停用的使用人", "user")
    _give(desk, user, password)
    return _save(desk, user, msgspec.structs.replace(user, disabled=False))


def _save(desk: Desk, before: User, after: User) -> User:
    _check(desk, after)
    desk.commit([Change("user", after.id, difference(scalars(before), scalars(after)))])
    return after


# -- what is asked of everybody


def rules(desk: Desk) -> Access:
    """Return what this computer asks of whoever works here."""
    return access.rule(desk.store, desk.scope)


def set_rules(desk: Desk, after: Access) -> Access:
    """Choose when the window locks and what two have to do; raises Refused."""
    before = rules(desk)
    if faults := problems(after, desk.vocabulary, practice=desk.practice):
        raise Refused(faults)
    needs = [act for act in Act if after.wants_second(act) and not before.wants_second(act)]
    able = [user for user in access.users(desk.store, desk.scope) if user.active]
    if needs and sum(refusal(user.signed, Act.CONFIRM) is None for user in able) < 2:
        raise refuse("second", "第二人复核要有两位在用的经办人或复核人，请先添加", "second")
    desk.commit([Change("access", after.id, difference(scalars(before), scalars(after)))])
    return after
