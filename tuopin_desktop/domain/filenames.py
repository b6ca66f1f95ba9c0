"""Names of files made from what people entered, such as every system and every stick can keep them."""

import re

_MARKS = {ord(mark): ord(mark) + 0xFEE0 for mark in '\\/:*?"<>|'}
"""Marks Windows and FAT refuse become their full-width twins, which read the same in Chinese."""
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]+")
_RESERVED = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(?:\.|$)", re.IGNORECASE
)
"""Devices of Windows, with any ending."""
_MOST = 200
"""UTF-8 bytes of a name: Linux keeps 255 (85 Chinese characters), and `.part` and a number must fit behind it."""
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_NAMELESS = "未命名"


def portable(name: str) -> str:
    """Return a file's name, with its ending, as Windows, Linux and FAT all take it; never empty, never a path."""
    plain = _INVISIBLE.sub(" ", name).translate(_MARKS).strip()
    match = _ENDING.search(plain)
    ending = match[0] if match else ""
    stem = _cut(plain.removesuffix(ending), _MOST - len(ending)).strip().rstrip(". ")
    whole = (stem or _NAMELESS) + ending
    return f"_{whole}" if _RESERVED.match(whole) else whole


def _cut(stem: str, most: int) -> str:
    raw = stem.encode()
    return stem if len(raw) <= most else raw[: most - len("…".encode())].decode(errors="ignore") + "…"
