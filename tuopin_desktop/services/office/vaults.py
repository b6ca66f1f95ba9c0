"""How the encrypted data of an office are opened: by the account of this PC, a password, or the recovery code.

Beside the database lies `office.keys` with the wrapped key; every copy carries one behind its last page, and what was
ever opened here is remembered in the person's own folder. So a copy, or the database alone, opens wherever one of them
is at hand. Whether a password is right is known from the vault before a page of the database is asked.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

import msgspec

from tuopin_desktop.domain.problems import Locked, Refused, Trouble, refuse
from tuopin_desktop.exchange import pagecipher, recoverycode, vault
from tuopin_desktop.exchange.vault import Kind, Vault
from tuopin_desktop.machine import files
from tuopin_desktop.services.office import accounts, vaultfiles
from tuopin_desktop.store import keyring
from tuopin_desktop.store.keyring import DatabaseKey
from tuopin_desktop.store.store import DATABASE

FILE, COPIES, REMEMBERED = vaultfiles.FILE, vaultfiles.COPIES, vaultfiles.REMEMBERED
CODE_GROUPS = recoverycode.GROUPS
CODE_SIGNS = recoverycode.GROUPS * recoverycode.LENGTH
"""Groups and signs of a recovery code."""
_VARIED = 200
"""So many different values of a byte has a page of 4096 that is encrypted (256 are to be expected); no text has."""


class Unlock(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody gives to open the data: the password of a user (by id; "" for whoever it is), or the code."""

    user: str = ""
    password: str = ""
    code: str = ""


class Way(msgspec.Struct, frozen=True):
    """By what the data were opened: the kind of slot, and whose it is by id."""

    kind: Kind
    owner: str


# -- opening


def is_encrypted(path: Path) -> bool:
    """Tell whether a database file is encrypted: it does not begin as a plain one, and a page looks like chance.

    So a plain file whose beginning was overwritten, or a letter of that name, is not taken for one that is locked.
    """
    head = keyring.head(path)
    return head != keyring.PLAIN and any(len(set(page)) >= _VARIED for _, page in keyring.pages(path))


def admit(path: Path, folder: Path | None, unlock: Unlock | None = None) -> Way | None:
    """Make what opens a database file known to this process and say which way it was; None for a plain file.

    `folder` is an office's, whose vaults count besides what the file carries and what is remembered here. Without
    `unlock` the account of this PC is tried. Raises Locked where that is no way in or no vault is at hand, Refused for
    a wrong password or code, and then nothing is wrong with the data; Newer for a vault of a later version, Trouble
    where the key of the account cannot be read and nothing could be typed instead.
    """
    if not is_encrypted(path):
        return None
    head = keyring.head(path)
    vaults = vaultfiles.at_hand(path, folder, head)
    named = [one for one in vaults if bytes.fromhex(one.id) == head]
    unread: Trouble | None = None
    for one in named or vaults:
        try:
            pair = _opened(one, unlock)
        except Trouble as trouble:
            unread, pair = trouble, None
        if pair is not None and (named or keyring.is_of(path, _database_key(one, pair[0]))):
            _hold(folder, path, next(other for other in vaults if other.id == one.id), pair[0])
            return pair[1]
    if unread is not None and not _typed(named):
        raise unread
    raise _shut(named, unlock) if named else _keyless(path)


def hold(path: Path, folder: Path | None) -> None:
    """Make sure that a database file can be opened now: its key is held already, or the account of this PC opens it.

    Raises Locked.
    """
    if keyring.key_of(path) is None:
        admit(path, folder)


def lock(folder: Path) -> None:
    """Forget the key of an office; whoever opens it next has to have a way in. What is open stays open."""
    if (key := keyring.key_of(folder / DATABASE)) is not None:
        keyring.dismiss(key.id)


def _keyless(path: Path) -> Locked:
    return Locked(
        f"“{path.name}”是加密的，找不到打开它的钥匙文件“{FILE}”。请把原来数据文件夹里的“{FILE}”放回它旁边；"
        "或者用一份备份恢复（备份里带着钥匙，凭恢复码或口令打开）。"
    )


def _opened(one: Vault, unlock: Unlock | None) -> tuple[bytes, Way] | None:
    if unlock is None:
        key = _by_account(one)
        return (key, Way("account", "")) if key is not None else None
    if unlock.code:
        key = vault.by_code(one, tidy(unlock.code))
        return (key, Way("recovery", "")) if key is not None else None
    pair = vault.by_password(one, unlock.password, unlock.user)
    return (pair[0], Way("password", pair[1])) if pair is not None else None


def _by_account(one: Vault) -> bytes | None:
    """Return the key by one of the account's; raises Trouble where none opens it and one could not be read."""
    return next((key for account in accounts.every_key() if (key := vault.by_account(one, account)) is not None), None)


def _typed(vaults: list[Vault]) -> list[str]:
    """Return what may be typed to open the data."""
    kinds = {slot.kind for one in vaults for slot in one.slots}
    return [name for kind, name in (("password", "口令"), ("recovery", "恢复码")) if kind in kinds]


def _shut(vaults: list[Vault], unlock: Unlock | None) -> Refused | Locked:
    if unlock is not None and unlock.code:
        return refuse("code", "恢复码不是这份数据的，或已换过新的。请核对纸上的单位和日期", "code")
    if unlock is not None:
        return refuse("password", "口令不对，请重新输入（注意大小写和输入法）", "password")
    ways = _typed(vaults)
    if not ways:
        return Locked(
            "数据是加密的，只有平时使用的电脑和登录用户打得开。请回到那台电脑、用那个用户登录后再打开，并打印恢复码。"
        )
    return Locked(f"数据是加密的，这台电脑的登录用户不能直接打开。请输入{'或'.join(ways)}。")


def tidy(code: str) -> str:
    """Return a typed recovery code as it is printed; raises Refused that names the groups to look at."""
    try:
        return recoverycode.tidy(code)
    except recoverycode.Miscopied as error:
        if not error.groups:
            raise refuse("code", "恢复码应为6组、每组5个字母或数字，请照纸上的抄全", "code") from error
        places = "、".join(f"第{place}组" for place in error.groups)
        raise refuse(
            "code", f"恢复码{places}抄得不对，请对照纸再看一遍（没有数字0和1，没有字母O和I）", "code"
        ) from error


def _hold(folder: Path | None, path: Path, one: Vault, key: bytes) -> None:
    """Let the process open the data; `one` is the vault that counts first for the file."""
    is_office = folder is not None and path == folder / DATABASE
    now = one if is_office else vaultfiles.current(folder, one)
    keyring.admit(_database_key(now, key))
    with suppress(Trouble):  # a full disk must not shut an office; it is tried again at the next opening
        if folder is not None and is_office and now not in vaultfiles.read(folder / FILE):
            vaultfiles.write(folder, now)
        vaultfiles.remember(now, is_current=is_office)


def _database_key(one: Vault, key: bytes) -> DatabaseKey:
    name = bytes.fromhex(one.id)
    return DatabaseKey(name, key, pagecipher.opener(key), pagecipher.tester(key, name), vault.dump([one]))


# -- making, and the ways in


def make(folder: Path) -> DatabaseKey:
    """Make a key for a new database, which the account of this PC opens, and keep its vault. Raises Trouble."""
    one, key = vault.make()
    one = vault.with_account(one, key, accounts.own_key())
    vaultfiles.write(folder, one)
    vaultfiles.remember(one)
    database_key = _database_key(one, key)
    keyring.admit(database_key)
    return database_key


def key_for(folder: Path) -> DatabaseKey:
    """Return the key under which plain data become this office's: the one it has, if it opens, or a new one."""
    key = keyring.key_of(folder / DATABASE)
    if key is not None:
        return key
    for one in vaultfiles.read(folder / FILE):
        if (pair := _opened(one, None)) is not None:
            _keep(folder, one, pair[0])
            return _database_key(one, pair[0])
    return make(folder)


def drop(folder: Path, key: DatabaseKey) -> None:
    """Let a key go whose database was not made; raises Trouble."""
    keyring.dismiss(key.id)
    rest = [one for one in vaultfiles.read(folder / FILE) if one.id != key.id.hex()]
    if rest:
        files.write(folder / FILE, vault.dump(rest), private=True)
    else:
        files.remove(folder / FILE)
    files.remove(vaultfiles.remembered(key.id.hex()))


def forget_office(folder: Path) -> None:
    """Let the key of an office go that was founded in part; raises Trouble."""
    if (key := keyring.key_of(folder / DATABASE)) is not None:
        drop(folder, key)


def adopt(folder: Path, path: Path) -> DatabaseKey:
    """Keep the vault of a copy that is to become the office's database, before it does, and return the key it has then.

    On another PC than the one it was made on, the account there opens it too, if one did before. A plain copy becomes
    the office's under the key that has, or a new one. Raises Newer, Trouble.
    """
    key = keyring.key_of(path)
    one = _adopted(folder, path)
    if key is None or one is None:
        return key_for(folder)
    if any(slot.kind == "account" for slot in one.slots) and _by_account(one) is None:
        one = vault.with_account(one, key.key, accounts.own_key())
    _keep(folder, one, key.key)
    return key


def ways_after(folder: Path, path: Path) -> tuple[Way, ...]:
    """Return the ways in that an office will have once a copy is its database; the copy can be opened. Raises Newer."""
    one = _adopted(folder, path) if keyring.key_of(path) is not None else _own(folder)
    return _ways(one)


def _adopted(folder: Path, path: Path) -> Vault | None:
    """Return the vault of now with what only the copy's has: the users are the copy's, and want their passwords."""
    key = keyring.key_of(path)
    if key is None:
        return None
    one = vaultfiles.current(folder, vaultfiles.parsed(path, key.vault)[0])
    have = {(slot.kind, slot.id) for slot in one.slots}
    day = (
        slot for other in vaultfiles.parsed(path, keyring.carried(path)) if other.id == one.id for slot in other.slots
    )
    more = [slot for slot in day if slot.kind != "account" and (slot.kind, slot.id) not in have]
    return msgspec.structs.replace(one, slots=(*one.slots, *more))


def set_password(folder: Path, user: str, password: str) -> None:
    """Let a user open the data by a password, in the place of the one before; raises Locked, Trouble."""
    _change(folder, lambda one, key: vault.with_password(one, key, user, password))


def drop_password(folder: Path, user: str) -> None:
    """Let a user's password open nothing any more; raises Refused for the last way in, Locked, Trouble."""
    _change(folder, lambda one, key: vault.without(one, "password", user))


def renew_code(folder: Path) -> str:
    """Return a new recovery code, which nobody can be told again, in the place of the one before.

    Raises Locked, Trouble; and then the code before still opens.
    """
    code = recoverycode.new_code()
    set_code(folder, code)
    return code


def set_code(folder: Path, code: str) -> None:
    """Let a recovery code open the data, in the place of the one before; raises Locked, Trouble."""
    _change(folder, lambda one, key: vault.with_code(one, key, code))


def set_account(folder: Path, *, on: bool) -> None:
    """Let the account of this PC open the data without a password, or no account any more.

    Raises Refused for the last way in, Locked, Trouble.
    """
    if on:
        account = accounts.own_key()
        _change(folder, lambda one, key: vault.with_account(one, key, account))
    else:
        _change(folder, lambda one, _: _without_accounts(one))


def drop_other_accounts(folder: Path) -> int:
    """Take away the slots of accounts other than this one, so of a lost PC; return how many. Raises Locked, Trouble.

    Nothing is taken away where a key of this account cannot be read.
    """
    mine = {vault.account_id(account) for account in accounts.every_key()}
    others = sum(way.kind == "account" and way.owner not in mine for way in ways(folder))
    if others:
        _change(folder, lambda one, _: _without_accounts(one, but=mine))
    return others


def _without_accounts(one: Vault, but: Collection[str] = ()) -> Vault:
    slots = tuple(slot for slot in one.slots if slot.kind != "account" or slot.id in but)
    return msgspec.structs.replace(one, slots=slots)


def is_right(folder: Path, unlock: Unlock) -> bool:
    """Tell whether a password or a code opens the data of an office, which may be open; raises Refused for a misspelt.

    Takes as long as one login.
    """
    one = _own(folder)
    return one is not None and _opened(one, unlock) is not None


def ways(folder: Path) -> tuple[Way, ...]:
    """Return the ways in to an office's data, by its vault; none for a plain office."""
    return _ways(_own(folder))


def _ways(one: Vault | None) -> tuple[Way, ...]:
    return tuple(Way(slot.kind, slot.id) for slot in one.slots) if one is not None else ()


def had_password(folder: Path, user: str) -> bool:
    """Tell whether a user's password stands in any vault at hand, also in one that does not count any more."""
    path = folder / DATABASE
    every = vaultfiles.everywhere(path, folder, _name(path)) if is_encrypted(path) else []
    return any((slot.kind, slot.id) == ("password", user) for one in every for slot in one.slots)


def opens_by_account(folder: Path) -> bool:
    """Tell whether the account of this PC opens an office's data without typing."""
    one = _own(folder)
    try:
        return one is not None and _by_account(one) is not None
    except Trouble:
        return False  # not at the moment


def _own(folder: Path) -> Vault | None:
    path = folder / DATABASE
    name = _name(path)
    vaults = vaultfiles.at_hand(path, folder, name) if is_encrypted(path) else []
    return next((one for one in vaults if bytes.fromhex(one.id) == name), None)


def _name(path: Path) -> bytes:
    """Return which vault a file is of, also one whose beginning is spoilt while its key is held."""
    key = keyring.key_of(path)
    return key.id if key is not None else keyring.head(path)


def _change(folder: Path, change: Callable[[Vault, bytes], Vault]) -> None:
    key, one = keyring.key_of(folder / DATABASE), _own(folder)
    if key is None or one is None:
        raise Locked("数据没有打开，不能改动打开它的办法。请先登录后重试。")
    new = change(one, key.key)
    if not new.slots:
        raise refuse("last", "这是打开数据的唯一办法，不能去掉；请先设好口令或打印恢复码")
    _keep(folder, new, key.key)


def _keep(folder: Path, one: Vault, key: bytes) -> None:
    vaultfiles.write(folder, one)
    keyring.admit(_database_key(one, key))
    with suppress(Trouble):
        vaultfiles.remember(one)
