"""Text cells: names, words, telephone numbers and record numbers, kept as typed but for what nobody can see."""

import re
import unicodedata

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.columns import Column
from tuopin_desktop.domain.intake.verdicts import (
    BLANK,
    DIGITS_LOST,
    Judge,
    Raw,
    Status,
    Verdict,
    as_text,
    fine,
    noted,
    spelled,
    warned,
    wrong,
)
from tuopin_desktop.domain.names import name_fault, tidy_name
from tuopin_desktop.domain.reading import narrow, read_digits
from tuopin_desktop.domain.record import Form

INVISIBLE = "\u200b\ufeff\u00ad\u2060"
"""Zero-width characters that chat programs and web pages leave behind; they are taken out."""

_MONGOLIAN = "\u180e\u200c\u200d"
"""Format characters Mongolian script is written with; they stay."""

_HARMLESS = {*INVISIBLE, *_MONGOLIAN, *"\t\n\r"}

_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff（）()、，。．.：:;；·《》〔〕“”%/+=@_-]*")
_PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)*")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_PRACTICE_PHONE = re.compile(r"10000\d{6}")
NO_INVISIBLE = str.maketrans("", "", INVISIBLE)


def text_judge(column: Column) -> Judge:
    """Return the judge of a free text column; formula-like text stays text, nothing is folded but white space."""
    limit, lines = column.field.limit, column.field.form is Form.LONG

    def judge(raw: Raw) -> Verdict:
        text = as_text(raw)
        if text is None:
            return wrong(DIGITS_LOST)
        if _PLAIN.fullmatch(text):
            return _limited(fine(text), limit) if text else BLANK
        return _limited(_looked_at(text, _tidy_text(text, lines=lines)), limit)

    return judge


def name_judge(column: Column) -> Judge:
    """Return the judge of a column of personal names: one dot, no padding, every character kept.

    The column of a person's own name takes the name of one person and nothing beside it.
    """
    limit, alone = column.field.limit, column.field.name == "name"

    def judge(raw: Raw) -> Verdict:
        text = as_text(raw)
        if text is None or not isinstance(raw, str):
            return wrong("姓名不能是数字或日期，请重新录入")
        if alone and (fault := name_fault(text.strip())):
            odd = _odd(text)[0]
            return wrong(_named(odd) if odd else fault)
        if _PLAIN_NAME.fullmatch(text):
            return _limited(fine(text), limit)
        return _limited(_looked_at(text, tidy_name(text)), limit)

    return judge


def phone_judge(column: Column, *, practice: bool) -> Judge:
    """Return the judge of telephone numbers; the pattern of a mobile number only warns."""
    mobile, limit = "手机" in column.field.label, column.field.limit

    def judge(raw: Raw) -> Verdict:
        text = as_text(raw)
        if text is None or re.fullmatch(r"\d\.\d*[eE]\+?\d+", text):
            return wrong("电话号码是科学计数的数字，位数已丢失，请把这一列设为“文本”后重新录入")
        digits = read_digits(text)
        if _PRACTICE_PHONE.fullmatch(digits) and not practice:
            return wrong("10000开头的11位号码是练习号码，正式数据不能使用")
        if _MOBILE.fullmatch(digits) or _PRACTICE_PHONE.fullmatch(digits):
            return _limited(spelled(digits, text), limit)
        verdict = _looked_at(text, narrow(text.translate(NO_INVISIBLE)))
        if mobile and verdict.value is not None and verdict.status is not Status.ERROR:
            verdict = warned(verdict.value, "不像手机号码（应为1开头的11位数字），请核对")
        return _limited(verdict, limit)

    return judge


def record_judge(column: Column) -> Judge:
    """Return the judge of record numbers, which the program wrote and nobody should have changed."""

    def judge(raw: Raw) -> Verdict:
        text = (as_text(raw) or "?").strip()
        if not text:
            return BLANK
        try:
            _, record_id = ids.split(ids.key(column.kind, text))
        except ValueError:
            return wrong("记录号被改动过，请从导出的原表复制回来；新增的行请留空")
        if odd := _odd(record_id)[0]:
            return wrong(_named(odd))
        return fine(record_id)

    return judge


def _tidy_text(value: str, *, lines: bool) -> str:
    text = value.translate(NO_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return text.strip() if lines else text.replace("\n", "").strip()


def _looked_at(value: str, text: str) -> Verdict:
    """Judge the characters of `value`, of which `text` is the tidied form."""
    errors, doubts = _odd(value)
    if errors:
        return wrong(_named(errors))
    if not text:
        return BLANK
    if doubts:
        return warned(text, f"含有造字区或未定义的字符{_points(doubts)}，换一台电脑可能显示不出，请改用标准汉字")
    return fine(text) if text == value else noted(text, "已去掉多余的空格、换行或统一了间隔号")


def _odd(text: str) -> tuple[str, str]:
    errors = doubts = ""
    for char in set(text) - _HARMLESS:
        category = unicodedata.category(char)
        if category in ("Co", "Cn"):
            doubts += char
        elif category in ("Cs", "Cc", "Cf"):
            errors += char
    return "".join(sorted(errors)), "".join(sorted(doubts))


def _named(errors: str) -> str:
    return f"含有看不见的控制字符{_points(errors)}，请删除该格内容后重新录入"


def _points(chars: str) -> str:
    return "、".join(f" U+{ord(char):04X}" for char in chars[:5])


def _limited(verdict: Verdict, limit: int) -> Verdict:
    if isinstance(verdict.value, str) and len(verdict.value) > limit:
        return wrong(f"太长：最多{limit}个字，现有{len(verdict.value)}个字")
    return verdict
