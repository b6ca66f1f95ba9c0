"""The citizen number in a sheet: taken only when every digit is there and the check digit agrees."""

import re
from collections.abc import Container

from tuopin_desktop.domain.idcard import PRACTICE_AREA, read_id_number
from tuopin_desktop.domain.intake.verdicts import BLANK, EXACT, Judge, Raw, Verdict, as_text, fine, noted, warned, wrong
from tuopin_desktop.domain.problems import Problem

_PROVINCES = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43"),
    *("44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"),
}
_LOST = "身份证号码成了数字格式，后几位已被改成0，无法还原：请把这一列设为“文本”，照身份证重新录入"
_UNSEEN = re.compile(r"[\s'‘’`\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\x00-\x1f]")


def id_number_judge(*, areas: Container[str] | None, practice: bool) -> Judge:
    """Return the judge of citizen numbers; `areas` are the six-digit codes ever in force in the region, a hint only."""

    def judge(raw: Raw) -> Verdict:
        if isinstance(raw, int | float) and not isinstance(raw, bool) and not abs(raw) < EXACT:
            return wrong(_LOST)
        value = as_text(raw) or ""
        if len(value) == 18 and value.isascii() and value.isalnum():
            return _read(value, value)
        if re.fullmatch(r"\d\.\d*[eE]\+?\d+", value):
            return wrong(_LOST)
        text = _UNSEEN.sub("", value)
        return _read(text, value) if text else BLANK

    def _read(text: str, original: str) -> Verdict:
        read = read_id_number(text)
        if isinstance(read, Problem):
            return wrong(read.sentence if not re.fullmatch(r"\d{15}000", text) else f"{read.sentence}；{_LOST}")
        if read.area == PRACTICE_AREA and not practice:
            return wrong("159999开头的是练习号码，正式数据不能使用")
        return _hinted(read.number, original, areas)

    return judge


def _hinted(number: str, text: str, areas: Container[str] | None) -> Verdict:
    area = number[:6]
    if area != PRACTICE_AREA and (
        area[:2] not in _PROVINCES or (areas is not None and area.startswith("15") and area not in areas)
    ):
        return warned(number, "号码前六位不在区划代码表内，请对照身份证核对")
    if number.endswith("000"):
        return warned(number, "末三位是000，可能是表格软件改掉的，请对照身份证核对")
    if number == text:
        return fine(number)
    if len(_UNSEEN.sub("", text)) == 15:
        return noted(number, f"15位号码已升为18位：{number}")
    return noted(number, "号码中的全角、小写x或多余字符已改正")
