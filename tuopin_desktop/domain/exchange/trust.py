"""Who is believed: fingerprints, certificates, and how many lines of a feed count after a revocation."""

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

import msgspec

from tuopin_desktop.domain import ids

GROUP, GROUPS = 4, 8
"""Digits of a group, and groups of a fingerprint as it is shown, read out and typed."""
_AGE = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_HEX = re.compile(r"[0-9a-f]{32}")
_UNSPOKEN_BITS = 22
"""Of the 128 bits of the old form, those that 32 decimal digits have no room for."""
_OLD_LEAST = 16


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A station's request to be enrolled: its office, its public keys, what the clerk calls the PC."""

    office: str
    station: str
    name: str
    sign: str
    age: str
    practice: bool

    @property
    def signed(self) -> bytes:
        """Return the bytes the station signs to show that it holds the key."""
        return f"tuopin-card-1\n{msgspec.json.encode(self).decode()}\n".encode()


class Feed(msgspec.Struct, frozen=True):
    """A feed as planning needs it: its name, who writes it for whom, and how long it is here."""

    feed: str
    station: str
    scope: str
    seq: int


def fingerprint(sign: str) -> str:
    """Return the 32 decimal digits by which two people compare a key over the phone; "" for what is no key.

    They are 106 bits of the key's SHA-256, as many as 32 digits can hold: digits are read out and typed without a
    mistake where letters are not.
    """
    return in_digits(old_fingerprint(sign))


def old_fingerprint(sign: str) -> str:
    """Return the 32 hex digits that earlier versions showed; they are still accepted. "" for what is no key."""
    try:
        key = base64.b64decode(sign, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return hashlib.sha256(key).hexdigest()[:32] if len(key) == 32 else ""


def in_digits(text: str) -> str:
    """Return 32 hex digits of an earlier version as the decimal digits of the same key; other texts as they are."""
    if not _HEX.fullmatch(text) or text.isdecimal():
        return text
    return f"{int(text, 16) >> _UNSPOKEN_BITS:032d}"


def fits(number: str, sign: str) -> bool:
    """Tell whether a kept number, in either form, is that of a key."""
    return bool(number) and number in (fingerprint(sign), old_fingerprint(sign))


def answers(text: str, sign: str) -> bool:
    """Tell whether what somebody typed (`heard`) is the number of a key: all 32 digits, or half the old ones."""
    return text == fingerprint(sign) or (len(text) >= _OLD_LEAST and old_fingerprint(sign).startswith(text))


def spoken(digits: str) -> str:
    """Return a fingerprint as 8 groups of 4."""
    return " ".join(groups(digits))


def groups(digits: str) -> list[str]:
    """Return a fingerprint, or the beginning of one, cut into its groups of 4; the last may be shorter."""
    return [digits[at : at + GROUP] for at in range(0, len(digits), GROUP)]


def heard(text: str) -> str:
    """Return the digits of a fingerprint as somebody typed it: groups, marks, spaces, wide digits do not matter."""
    return re.sub(r"[\s\-_.,:;，。、；：·—]", "", unicodedata.normalize("NFKC", text)).lower()


def station_id(sign: str) -> str:
    """Return the station a public key makes; "" for what is no key."""
    return old_fingerprint(sign)[:16]


def card_fault(card: Card) -> str:
    """Return "" or what is wrong with a card, before its signature is asked."""
    try:
        ids.level_of(card.office)
    except ValueError:
        return "单位代码不对"
    if station_id(card.sign) != card.station or not card.station:
        return "编号与公钥不符"
    return "" if _AGE.fullmatch(card.age) else "加密公钥不对"


def limits(feeds: Iterable[tuple[str, str]], names: Iterable[str], revoked: Mapping[str, int]) -> dict[str, int | None]:
    """Return how many lines of each (feed, station) count: None for all, 0 for a closed station without revocation."""
    shut = frozenset(names)
    return {feed: revoked.get(feed, 0 if station in shut else None) for feed, station in feeds}


def always(key: str) -> bool:
    """Tell whether a key's lines count whatever is revoked: else a revocation could revoke itself, and never settle."""
    return key.startswith(("station:", "revocation:"))
