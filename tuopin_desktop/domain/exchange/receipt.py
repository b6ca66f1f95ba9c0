"""The short receipt: a package's number and eight letters that only somebody who opened it can know."""

import hashlib
import re

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_CODE = re.compile(r"([0-9]{1,9})([0-9A-HJKMNP-TV-Z]{8})")


def code(number: int, token: str, receiver: str) -> str:
    """Return what the receiving station says over the phone: `0017-K7QM-3RXP`.

    40 bits of a hash over the token inside the encrypted package: it cannot be guessed, nor made by a courier.
    """
    digest = int.from_bytes(hashlib.sha256(f"tuopin-receipt-1\n{token}\n{receiver}".encode()).digest()[:5], "big")
    return spelled(number, "".join(_LETTERS[digest >> shift & 31] for shift in range(35, -1, -5)))


def spelled(number: int, letters: str) -> str:
    """Return a code as it is written."""
    return f"{number:04d}-{letters[:4]}-{letters[4:]}"


def heard(text: str) -> tuple[int, str] | None:
    """Return (number, letters) of a code as somebody typed it, or None; O and 0, I, L and 1 are the same."""
    parts = re.sub(r"\s+", "-", text.strip().upper()).replace("－", "-").replace("—", "-").split("-")
    if len(parts) < 2:
        return None
    match = _CODE.fullmatch(parts[0] + "".join(parts[1:]).translate(_HEARD))
    return (int(match[1]), match[2]) if match else None


def matches(letters: str, token: str, receiver: str) -> bool:
    """Tell whether the letters are those of this package for this receiver."""
    return code(0, token, receiver).replace("-", "")[4:] == letters
