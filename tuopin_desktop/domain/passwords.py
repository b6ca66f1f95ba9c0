"""What a password must be like: long enough, and not among what is tried first."""

import re
from collections.abc import Collection

SHORTEST, LONGEST = 6, 128
"""Characters of a password; the shortest has letters and digits."""
PLAIN = 8
"""Characters of a password that has not both."""
ADVICE = "8个字以上，或6个字以上、字母和数字都有"
SHORT = f"口令太短：请用{ADVICE}"
LONG = f"口令太长：最多{LONGEST}个字"
GUESSED = (
    "这个口令一猜就中：不要用姓名、连号、重复的字、日期、电话号码或常见口令。"
    "可以取一句话每个字的拼音首字母，再加几个没有规律的数字"
)
_ROWS = (
    "0123456789012345678",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgb",
    "qweasdzxc",
    "147258369",
    "a1b2c3d4e5f6",
)
COMMON = (
    *("password", "passw0rd", "iloveyou", "woaini", "administrator", "admin", "root", "welcome", "letmein"),
    *("5201314", "1314520", "159357", "789456123", "tuopin", "fupin", "mima", "kouling"),
)
_DATE = re.compile(r"(19|20)\d{2,6}|\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}\d{7,8}|[2-9]\d{6}|\d{17}[\dx]|\d{15}")
"""A mobile, an area with a number, a number alone; and the number of an identity card."""
_REPEAT = re.compile(r"(.{1,5}?)\1+|(?:(.)\2)(?:(.)\3)(?:(.)\4)+")
_RUN = re.compile(r"[^\W\d_]+|\d+")
_UNLIKELY = 4
"""So many characters must be left that nobody tries first."""
_ROW, _INITIALS = 3, 2
"""Characters of the shortest row; initials count only at the beginning."""


def fault(password: str, names: Collection[str]) -> str:
    """Return why a password is not taken, in words; "" when it is. `names` are those of the user, as they are typed."""
    if len(password) > LONGEST:
        return LONG
    is_mixed = any(one.isalpha() for one in password) and any(one.isdigit() for one in password)
    if len(password) < (SHORTEST if is_mixed else PLAIN):
        return SHORT
    return GUESSED if _is_guessed(password.casefold(), names) else ""


def _is_guessed(text: str, names: Collection[str]) -> bool:
    """Tell whether hardly anything is left without names, common words, rows, repeats, dates and numbers."""
    rest = re.sub(r"[\W_年月日号]+", "", text)
    if len(set(rest)) < _UNLIKELY or _is_plain(rest):
        return True
    likely = {name.casefold() for name in names} | set(COMMON)
    for word in sorted(likely, key=len, reverse=True):
        rest = rest.replace(word, "", 1) if len(word) > _INITIALS or rest.startswith(word) else rest
    return sum(len(run) for run in _RUN.findall(rest) if not _is_plain(run)) < _UNLIKELY


def _is_plain(run: str) -> bool:
    """Tell whether a run is a row of keys, a repeat, a date or a telephone number."""
    if any(pattern.fullmatch(run) for pattern in (_DATE, _PHONE, _REPEAT)):
        return True
    return len(run) >= _ROW and any(run in row or run[::-1] in row for row in _ROWS)
