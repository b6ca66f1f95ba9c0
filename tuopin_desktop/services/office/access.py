"""The wall of roles: whoever writes needs the role that the record's kind asks for, and an administrator stays."""

from collections.abc import Sequence

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import build, scalars
from tuopin_desktop.domain.records import KINDS, Access, User
from tuopin_desktop.domain.roles import ALWAYS_TWO, CLERK, NOBODY, REVIEWABLE, Act, Signed, refusal, second_refusal
from tuopin_desktop.store.store import Store

LAST = "users.last"
"""The code of a refusal to leave an office without an administrator."""


def users(store: Store, office: str) -> list[User]:
    """Return everybody who was ever registered at this computer, in the order of their ids."""
    return store.rows(User, scope=ids.local(office))


def access_id(office: str) -> str:
    """Return the id of what this computer asks of whoever signs in."""
    return f"{ids.local(office)}/access"


def rule(store: Store, office: str) -> Access:
    """Return what this computer asks of whoever signs in."""
    record_id = access_id(office)
    return store.get(Access, record_id) or Access(id=record_id)


def unsigned(store: Store, office: str) -> Signed:
    """Return who works before anybody has signed in: the one clerk with all roles, or nobody where users stand."""
    return NOBODY if users(store, office) else CLERK


def as_standing(store: Store, office: str, who: Signed) -> Signed:
    """Return the same person with the name and the roles of now."""
    if not who.user or who.user == NOBODY.user:
        return unsigned(store, office)
    user = store.get(User, who.user)
    return NOBODY if user is None or not user.active else user.signed


def require(store: Store, office: str, who: Signed, second: Signed | None, act: Act) -> None:
    """Raise Refused unless this person may do it, with a second one where the office wants two."""
    if (problem := refusal(who, act)) is not None:
        raise Refused([problem])
    if not who.user or not _wants_second(store, office, act):
        return
    if (problem := second_refusal(who, second, act)) is not None:
        raise Refused([problem])


def _wants_second(store: Store, office: str, act: Act) -> bool:
    """Tell whether an act needs two: as the office chose, and always where somebody else could stand beside."""
    if act in ALWAYS_TWO:
        return sum(one.signed.may(act) for one in users(store, office)) > 1
    return act in REVIEWABLE and rule(store, office).wants_second(act)


def acts_of(changes: Sequence[Change], second: Signed | None = None) -> list[Act]:
    """Return what it is to write these changes, each act once, in the order of the table.

    That the second person takes the work over with the own password is a handover, and no giving of roles.
    """
    takes_over = Change("user", second.user, {"awaits": None}) if second is not None else None
    acts = {Act.HAND_OVER} if takes_over in changes else set()
    acts |= {KINDS[change.kind].kind.act for change in changes if change.kind in KINDS and change != takes_over}
    return [act for act in Act if act in acts]


def refuse_orphaning(store: Store, office: str, changes: Sequence[Change]) -> None:
    """Raise Refused when the changes would leave users and no administrator who can sign in."""
    mine = [change for change in changes if change.kind == User.kind.name]
    if not mine:
        return
    user_by_id = {user.id: user for user in users(store, office)}
    for change in mine:
        values = scalars(user_by_id.get(change.id, User(id=change.id)))
        user_by_id[change.id] = build(User, change.id, {**values, **change.set})
    if not any(user.active and user.admin and not user.awaits for user in user_by_id.values()):
        raise refuse(LAST, "至少要留一名在用的管理员，否则以后谁也不能添人、换口令、恢复备份", "admin")
    names = [user.name for user in user_by_id.values() if user.active]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise refuse("users.name", f"已经有一位“{'、'.join(twice)}”，请在姓名后加以区别", "name")
