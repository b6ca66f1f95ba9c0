"""One number or open question of a rule pack: what it holds, what it may hold, and how that is said."""

import re
from datetime import date
from typing import Literal

import msgspec

Value = int | bool | str
"""What a switch holds; dates, months and lists are text of a stated type."""

Type = Literal["number", "choice", "flag", "date", "month", "yearday", "several", "words"]
"""`several` is choices joined by commas, `words` free words joined by commas, `yearday` is MM-DD."""

_SHAPES = {"month": r"\d{4}-(0[1-9]|1[0-2])", "yearday": r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"}
_POSSIBLE = {
    "flag": "是、否",
    "date": "日期，如2018-05-30",
    "month": "年月，如1960-05",
    "yearday": "月日，如12-31",
    "words": "词语，多个以半角逗号连接",
}
_FLAGS = {"是": True, "true": True, "1": True, "否": False, "false": False, "0": False}


class Switch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One number or open question: its value, the question as the Office reads it, and why it stands so.

    `q` is the number in the list of open questions (0: a figure of the text itself), `switch` tells whether a
    ruling may change it, `paper` names the ruling that did. `sure` is false where the pack's source leaves it open.
    `before` is what held before the pack had this switch: months closed then keep being read by it.
    """

    value: Value
    type: Type
    question: str
    why: str
    article: int
    key: str = ""
    q: int = 0
    switch: bool = False
    choices: dict[str, str] = {}
    least: int = 0
    most: int = 9999
    unit: str = ""
    paper: str = ""
    sure: bool = True
    before: str = ""

    @property
    def possible(self) -> str:
        """Return in words what the switch can be set to."""
        if self.choices:
            text = "、".join(f"{code}（{word}）" for code, word in self.choices.items())
            return f"{text}{'，多项以半角逗号连接' if self.type == 'several' else ''}"
        if self.type == "number":
            return f"{self.least}至{self.most}的整数{f'（{self.unit}）' if self.unit else ''}"
        return _POSSIBLE[self.type]

    @property
    def value_words(self) -> str:
        """Return the value as the office says it."""
        if self.type == "flag":
            return "是" if self.value else "否"
        if self.choices:
            return "、".join(self.choices[part] for part in str(self.value).split(",") if part)
        return f"{self.value}{self.unit}"


def misfit(switch: Switch) -> str | None:
    """Return what is wrong with a value, in Chinese, or None."""
    value, text = switch.value, str(switch.value)
    if switch.type == "flag":
        return None if isinstance(value, bool) else "应为是或否"
    if switch.type == "number":
        number = isinstance(value, int) and not isinstance(value, bool) and switch.least <= value <= switch.most
        return None if number else f"应为{switch.least}至{switch.most}的整数"
    return None if isinstance(value, str) and _fits(switch, text) else f"“{text}”不在可取的值之内"


def _fits(switch: Switch, text: str) -> bool:
    if switch.type == "choice":
        return text in switch.choices
    if switch.type == "several":
        return all(part in switch.choices for part in text.split(",") if part)
    if switch.type in _SHAPES:
        return re.fullmatch(_SHAPES[switch.type], text) is not None
    return switch.type != "date" or _is_date(text)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def parse_value(switch: Switch, text: str) -> Value:
    """Return a value given as text: its code for a word, a number, yes or no; else the text as it is."""
    if switch.type == "number" and re.fullmatch(r"[0-9]{1,6}", text):
        return int(text)
    if switch.type == "flag":
        return _FLAGS.get(text.lower(), text)
    for code, word in switch.choices.items():
        if text == word:
            return code
    return text


def stored(switch: Switch) -> str:
    """Return a value as a ruling or a closed month keeps it; `set_to` and `what_if` read it again."""
    return switch.value_words if switch.type == "flag" else str(switch.value)
