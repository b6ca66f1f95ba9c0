"""The key of a database, wrapped once for each way in: a password, the recovery code, the account of the PC's user.

The key itself never changes with a password; it is wrapped anew. A slot says nothing of whose it is but an id. What a
slot claims of itself is bound into its seal, so a slot cannot be moved to another vault or made cheaper to guess.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tuopin_desktop.exchange.frame import Unsound

FORMAT = 1
KEY_BYTES, ID_BYTES, _NONCE = 32, 16, 12
Kind = Literal["password", "recovery", "account"]


class Cost(msgspec.Struct, frozen=True):
    """What one guess of a password costs: rounds, memory in KiB, lanes of argon2id."""

    rounds: int
    memory: int
    lanes: int


COST = Cost(3, 96 * 1024, 2)
"""0.4 s on two cores of 2020; a tenth of that would make guessing cheap, ten times would make logging in a nuisance."""
_DEAREST = Cost(64, 1024 * 1024, 16)
"""What a file may ask for: a damaged or hostile one must not take all memory of the PC."""


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One way to the key: its kind, whose it is by id, and the key wrapped with what opens it."""

    kind: Kind
    id: str
    salt: bytes = b""
    cost: Cost | None = None
    nonce: bytes = b""
    wrapped: bytes = b""


class Vault(msgspec.Struct, frozen=True, kw_only=True):
    """The ways to one database key; `id` is 32 hexadecimal digits, the first 16 bytes of every file it encrypts."""

    id: str
    slots: tuple[Slot, ...] = ()


class Later(Unsound):
    """A file of vaults that a later version wrote: nothing is wrong with it, and nothing may take its place."""


class _Head(msgspec.Struct):
    format: int


class _File(msgspec.Struct, kw_only=True):
    format: int
    vaults: tuple[Vault, ...]
    sum: str


def make() -> tuple[Vault, bytes]:
    """Return a vault without slots and its new key."""
    return Vault(id=secrets.token_hex(ID_BYTES)), secrets.token_bytes(KEY_BYTES)


# -- slots


def with_password(vault: Vault, key: bytes, owner: str, password: str) -> Vault:
    """Return the vault with a password in the place of the one this owner had."""
    cost, salt = COST, secrets.token_bytes(16)
    return _with(vault, key, _stretched(password, salt, cost), Slot(kind="password", id=owner, salt=salt, cost=cost))


def with_code(vault: Vault, key: bytes, code: str, owner: str = "") -> Vault:
    """Return the vault with a recovery code, tidy, in the place of the one before."""
    return _with(vault, key, _of_code(code), Slot(kind="recovery", id=owner))


def with_account(vault: Vault, key: bytes, account: bytes) -> Vault:
    """Return the vault with a slot for the account of a PC's user, by his key."""
    return _with(vault, key, account, Slot(kind="account", id=account_id(account)))


def without(vault: Vault, kind: Kind, owner: str) -> Vault:
    """Return the vault without a slot."""
    return Vault(id=vault.id, slots=tuple(one for one in vault.slots if (one.kind, one.id) != (kind, owner)))


def account_id(account: bytes) -> str:
    """Return what the slot of an account is called; nothing of its key can be told from it."""
    return hashlib.sha256(b"tuopin account slot" + account).hexdigest()[:16]


def _with(vault: Vault, key: bytes, opener: bytes, slot: Slot) -> Vault:
    nonce = secrets.token_bytes(_NONCE)
    wrapped = ChaCha20Poly1305(opener).encrypt(nonce, key, _about(vault.id, slot))
    rest = without(vault, slot.kind, slot.id).slots
    return Vault(id=vault.id, slots=(*rest, msgspec.structs.replace(slot, nonce=nonce, wrapped=wrapped)))


def _about(vault_id: str, slot: Slot) -> bytes:
    return msgspec.json.encode([FORMAT, vault_id, slot.kind, slot.id, slot.salt, slot.cost])


# -- ways in


def by_password(vault: Vault, password: str, owner: str = "") -> tuple[bytes, str] | None:
    """Return the key and whose password it was, that of one owner or of any; None for a wrong password."""
    slots = [slot for slot in vault.slots if slot.kind == "password" and owner in ("", slot.id)]
    for slot in slots:
        opener = _stretched(password, slot.salt, slot.cost or COST)
        if (key := _opened(vault, slot, opener)) is not None:
            return key, slot.id
    return None


def by_code(vault: Vault, code: str) -> bytes | None:
    """Return the key by the recovery code, tidy; None for another office's or an earlier one."""
    slots = [slot for slot in vault.slots if slot.kind == "recovery"]
    return next((key for slot in slots if (key := _opened(vault, slot, _of_code(code))) is not None), None)


def by_account(vault: Vault, account: bytes) -> bytes | None:
    """Return the key by the key of a user's account on this PC; None where that is no way in."""
    slots = [slot for slot in vault.slots if slot.kind == "account" and slot.id == account_id(account)]
    return next((key for slot in slots if (key := _opened(vault, slot, account)) is not None), None)


def _opened(vault: Vault, slot: Slot, opener: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(opener).decrypt(slot.nonce, slot.wrapped, _about(vault.id, slot))
    except InvalidTag:
        return None


def _stretched(password: str, salt: bytes, cost: Cost) -> bytes:
    from argon2 import low_level  # noqa: PLC0415 start-up: 80 ms, and most offices open without a password

    content = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    rounds, memory, lanes = cost.rounds, cost.memory, cost.lanes
    return low_level.hash_secret_raw(content, salt, rounds, memory, lanes, KEY_BYTES, low_level.Type.ID)


def _of_code(code: str) -> bytes:
    # 120 bits of chance need no stretching: nobody guesses them at any price.
    return hashlib.blake2b(code.encode("ascii"), digest_size=KEY_BYTES, person=b"tuopin recovery").digest()


# -- the file


def dump(vaults: Iterable[Vault]) -> bytes:
    """Return the bytes of a file of vaults."""
    rows = tuple(vaults)
    return msgspec.json.format(msgspec.json.encode(_File(format=FORMAT, vaults=rows, sum=_sum(rows))), indent=1)


def load(raw: bytes) -> tuple[Vault, ...]:
    """Return the vaults of a file; raises Unsound for one that is damaged, so that no password is called wrong then.

    Raises Later for one of a later version, whatever else that version keeps in it.
    """
    try:
        if msgspec.json.decode(raw, type=_Head).format > FORMAT:
            raise Later("钥匙文件是更新的版本写的")
        file = msgspec.json.decode(raw, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unsound("钥匙文件已损坏") from error
    if (
        file.format != FORMAT
        or file.sum != _sum(file.vaults)
        or not all(_is_sane(slot) for one in file.vaults for slot in one.slots)
    ):
        raise Unsound("钥匙文件已损坏")
    return file.vaults


def _sum(vaults: tuple[Vault, ...]) -> str:
    return hashlib.sha256(msgspec.json.encode(vaults)).hexdigest()


def _is_sane(slot: Slot) -> bool:
    cost = slot.cost or Cost(1, 8, 1)
    within = all(1 <= value <= most for value, most in zip(_numbers(cost), _numbers(_DEAREST), strict=True))
    return within and len(slot.nonce) == _NONCE and (slot.kind != "password" or len(slot.salt) >= 8)


def _numbers(cost: Cost) -> tuple[int, int, int]:
    return cost.rounds, cost.memory, cost.lanes


# -- small things kept beside the vault


def seal(key: bytes, content: bytes, about: str) -> bytes:
    """Return bytes that only the same key, asked for the same thing, opens again."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, content, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """Return what was sealed; raises Unsound for another key, another thing or damage."""
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError) as error:
        raise Unsound("内容已损坏，或不是用这把钥匙封的") from error
