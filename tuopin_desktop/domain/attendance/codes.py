"""The marks of attendance: where a half-day was spent and why, as stored, as typed and as printed on the sheet.

A half-day is two letters, place then reason, with an `i` behind them when it came from a sheet: `vw` in the village at
work, `oli` away on leave, imported. A day is its two halves around a stroke: `vw/cw`, `/vw` when only the afternoon is
known, nothing at all when nobody keyed anything.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import msgspec

PLACES: Mapping[str, str] = {
    "v": "嘎查村",
    "h": "农牧户",
    "t": "苏木乡镇工作点",
    "p": "季节性牧场",
    "c": "旗县",
    "o": "旗县外",
}
PLACE_KEYS: Mapping[str, str] = {"v": "village", "h": "household", "t": "worksite", "p": "pasture"}
"""The places that may count as villages, as the policy's list `village.places` calls them."""

AWAY = "o"
REASONS: Mapping[str, str] = {
    "w": "工作",
    "l": "请假",
    "t": "因公外出",
    "n": "自治区办公室培训",
    "r": "休息",
    "u": "无正当理由",
    "?": "事由待核",
}

_HALF = r"[vhtpco][wltnru?]i?"
_DAY = re.compile(f"({_HALF})?/({_HALF})?")
_PLAIN_HALF = re.compile(_HALF)
_BLANKS = ("-", "—", "－")
_SPLIT = re.compile(r"[/、,，;；\s]+")


class Mark(msgspec.Struct, frozen=True):
    """One sign of the sheet: its half-day code, its words, what else people write for it, and the keys that set it.

    The first key is the letter shown in the palette; the digit stands on the number pad as well. `short` are its words
    where there is little room.
    """

    sign: str
    code: str
    label: str
    aliases: tuple[str, ...] = ()
    keys: str = ""
    short: str = ""


MARKS = (
    Mark("√", "vw", "驻村工作", ("✓", "✔", "☑", "村", "驻村", "在村", "进村", "进村入户"), keys="V1", short="驻村"),
    Mark("户", "hw", "在农牧户", ("入户",), keys="H2", short="入户"),
    Mark("点", "tw", "在苏木乡镇工作点", ("镇", "乡", "苏木", "乡镇"), keys="D3", short="乡镇点"),
    Mark("牧", "pw", "在季节性牧场", ("牧场", "冬营地", "夏营地", "营地"), keys="M4", short="牧场"),
    Mark("○", "cw", "在旗县工作", ("〇", "◯", "O", "旗", "县", "在旗县", "在岗"), keys="Q5", short="在旗县"),
    Mark("休", "cr", "休息，在旗县", ("休息", "在旗休"), keys="X6", short="休息"),
    Mark("离", "or", "休息，离开旗县", ("离岗休息", "回家", "外休"), keys="L7", short="离旗县休息"),
    Mark("假", "ol", "请假", ("事假", "病假", "年休假", "休假"), keys="J8", short="请假"),
    Mark("差", "ot", "因公外出", ("出差", "公差", "外出开会"), keys="C9", short="因公外出"),
    Mark("训", "on", "自治区办公室培训", ("培训",), keys="P0", short="培训"),
    Mark("旷", "ou", "无正当理由离岗", ("旷工", "无故"), keys="K*", short="无故离岗"),
    Mark("?", "o?", "不在旗县，事由待核", ("待核", "不明"), keys="?/", short="待核"),
)
ACCEPTED = "、".join(f"{mark.sign}{mark.label}" for mark in MARKS)


def fold(text: str) -> str:
    """Return a mark for comparison: NFKC, without spaces, letters small."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


_CODES = {fold(spelling): mark.code for mark in MARKS for spelling in (mark.sign, mark.label, *mark.aliases)}
_SIGNS = {mark.code: mark.sign for mark in MARKS}
KEYS: Mapping[str, Mark] = {key: mark for mark in MARKS for key in mark.keys}
"""The mark that each key of the grid sets."""


def parse_half(text: str) -> str | None:
    """Return the code of one half-day's mark, or None; the two letters of a code are understood as well."""
    folded = fold(text)
    code = _CODES.get(folded)
    return code or (folded[:2] if _PLAIN_HALF.fullmatch(folded) else None)


def parse_day(text: str) -> str | None:
    """Return the stored day of a cell that means a whole day: one mark, or two for its halves (√○, 假/√); or None."""
    whole = parse_half(text)
    if whole is not None:
        return join(whole, whole)
    parts = [part for part in _SPLIT.split(text.strip()) if part]
    if len(parts) != 2:
        folded = fold(text)
        parts = [folded[:1], folded[1:]]
    read = ["" if part in _BLANKS else parse_half(part) for part in parts]
    return None if None in read else join(read[0] or "", read[1] or "") or None


def join(morning: str, afternoon: str) -> str:
    """Return the stored day of two half-day codes; nothing when neither is known."""
    return f"{morning}/{afternoon}" if morning or afternoon else ""


def without(day: str, other: str) -> str:
    """Return a stored day without the halves of which another says something."""
    return join(*("" if over else own for own, over in zip(halves(day), halves(other), strict=True)))


def over(day: str, under: str) -> str:
    """Return a stored day, its blank halves as another day has them."""
    return join(*(own or other for own, other in zip(halves(day), halves(under), strict=True)))


@lru_cache(maxsize=4096)
def halves(day: str) -> tuple[str, str]:
    """Return the codes of a stored day's halves, empty where nothing is known."""
    morning, _, afternoon = day.partition("/")
    return morning, afternoon


@lru_cache(maxsize=4096)
def sound(day: str) -> bool:
    """Tell whether a text is a stored day."""
    return day != "/" and _DAY.fullmatch(day) is not None


def imported(code: str) -> str:
    """Return a half-day code as one that came from a sheet."""
    return code[:2] + "i" if code else ""


def sign(code: str) -> str:
    """Return how a half-day is printed: its sign, or its two letters where no sign stands for them."""
    return _SIGNS.get(code[:2], code[:2])


def mark_words(code: str) -> str:
    """Return a half-day in words: 嘎查村工作."""
    return PLACES[code[0]] + REASONS[code[1]] if code else "未登记"


def day_sign(stored: str) -> str:
    """Return a stored day, or one of its halves, as the sheet shows it; a day of two equal halves is one sign."""
    if "/" not in stored:
        return sign(stored)
    morning, afternoon = (sign(code) for code in halves(stored))
    return morning if morning == afternoon else f"{morning or '-'}/{afternoon or '-'}"
