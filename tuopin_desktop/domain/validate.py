"""What every record must satisfy before it is saved, derived from its declaration."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

import msgspec

from tuopin_desktop.domain.attendance import codes as marks
from tuopin_desktop.domain.codes import Vocabulary
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.idcard import PRACTICE_AREA, quarrels, read_id_number
from tuopin_desktop.domain.names import odd_characters, pictograph, tidy_name, vacant
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.reading import EARLIEST, LATEST, narrow, read_month
from tuopin_desktop.domain.record import Field, Form, Record, fields
from tuopin_desktop.domain.values import fault

R = TypeVar("R", bound=Record)

_NOTHING = ("", None)
_ONE_LINE = str.maketrans({"\n": "", "\t": " "})
"""A line break inside a cell of a sheet is there for its width, as the intake of sheets takes it."""

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def tidy(record: R) -> R:
    """Return the record with padding removed and line ends, names and citizen numbers in their standard spelling."""
    changed: dict[str, Any] = {}
    for item in fields(type(record)):
        value = getattr(record, item.name)
        if not isinstance(value, str):
            continue
        clean = value.strip()
        if "\r" in clean:
            clean = clean.replace("\r\n", "\n").replace("\r", "\n")
        if item.form is not Form.LONG:
            clean = clean.translate(_ONE_LINE)
        if item.form is Form.ID_NUMBER:
            checked = read_id_number(clean)
            clean = narrow(clean).upper() if isinstance(checked, Problem) else checked.number
        elif item.person_name:
            clean = tidy_name(clean)
        if clean != value:
            changed[item.name] = clean
    return msgspec.structs.replace(record, **changed) if changed else record


def problems(
    record: Record, vocabulary: Vocabulary, *, practice: bool = False, today: date | None = None
) -> list[Problem]:
    """Return everything that keeps a record from being saved; each Problem names its field.

    With `today`, nobody may be born after it.
    """
    faults = [
        problem
        for item in fields(type(record))
        if (value := getattr(record, item.name)) not in _NOTHING or item.required
        for problem in _field(item, value, vocabulary)
    ]
    faults += _citizen(record, practice=practice)
    faults += _in_order(record)
    birth = getattr(record, "birth", "")
    if today is not None and birth > today.isoformat()[: len(birth)]:
        sentence = "“出生年月”在今天之后，请核对"
        faults.append(Problem(code="not_born", sentence=sentence, fields=("birth",)))
    return faults


def _field(item: Field, value: object, vocabulary: Vocabulary) -> Iterator[Problem]:
    if value in _NOTHING:
        yield Problem(code="required", sentence=f"请填写“{item.label}”", fields=(item.name,))
        return
    if isinstance(value, date) and not EARLIEST <= value <= LATEST:
        yield _off(item, "date", f"“{item.label}”的日期{value.isoformat()}不可信，请核对年份")
    faults = list(_text(item, value, vocabulary)) if isinstance(value, str) else []
    yield from faults
    if not faults and isinstance(value, int | str) and item.form is not Form.ID_NUMBER and (why := fault(item, value)):
        yield _off(item, "value", f"“{item.label}”的“{str(value)[:20]}”{why}，请核对")


def _text(item: Field, value: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    if len(value) > item.limit:
        yield _off(item, "too_long", f"“{item.label}”最多{item.limit}字，现有{len(value)}字，请改短")
    if odd := odd_characters(value):
        points = "、".join(f"U+{ord(char):04X}" for char in dict.fromkeys(odd))
        yield _off(item, "characters", f"“{item.label}”中有无法通用的字符（{points}），请用输入法重新录入该字")
        return  # the sentences below would repeat them to the screen
    if item.person_name:
        yield from _name(item, value)
    if item.form is Form.CHOICE and value not in item.codes(vocabulary).labels:
        text = "、".join(list(item.codes(vocabulary).labels.values())[:8])
        sentence = "这一项" if item.personal else f"“{value[:20]}”这一项"
        yield _off(item, "choice", f"“{item.label}”没有{sentence}，可填：{text}等")
    if item.form is Form.MONTH and not (_MONTH.fullmatch(value) and read_month(value)):
        yield _off(item, "month", f"“{item.label}”应写成 1970-05 或 1970-05-17")
    if item.form is Form.DAY and not marks.sound(value):
        yield _off(item, "day", f"“{item.label}日”不是考勤符号，请填：{marks.ACCEPTED}", article=10)
    if item.form is Form.PERIOD:
        yield from _period(item, value)


def _name(item: Field, value: str) -> Iterator[Problem]:
    if sign := pictograph(value):
        yield _off(item, "characters", f"“{item.label}”里有图形符号“{sign}”，请删去")
    if item.name == "name" and vacant(value):
        yield _off(item, "nobody", f"“{value[:10]}”不是人名：空缺的岗位不登记人员，请填写真实姓名")


def _period(item: Field, value: str) -> Iterator[Problem]:
    period = parse_stored(value)
    if period is None:
        yield _off(item, "period", f"“{item.label}”看不懂，请写成 6月5日上午至6月8日下午", article=10)
    elif period.halves <= 0:
        yield _off(item, "period_order", "返回时间早于离开时间，请核对请假起止时间", article=10)
    elif not (EARLIEST <= period.first and period.last <= LATEST and period.halves <= 2 * 366):
        yield _off(item, "period_length", "请假起止时间超出一年或年份不可信，请核对", article=10)


def _citizen(record: Record, *, practice: bool) -> list[Problem]:
    number = getattr(record, "id_number", "")
    if not number:
        return []
    checked = read_id_number(number)
    if isinstance(checked, Problem):
        return [checked]
    faults = []
    if checked.area == PRACTICE_AREA and not practice:
        faults.append(
            Problem(code="practice_number", sentence="这是练习用的号码，不能存入正式数据", fields=("id_number",))
        )
    return faults + quarrels(checked.number, getattr(record, "birth", ""), getattr(record, "sex", ""))


def _in_order(record: Record) -> list[Problem]:
    since, until = getattr(record, "since", None), getattr(record, "until", None)
    if since and until and until < since:
        labels = {item.name: item.label for item in fields(type(record))}
        sentence = f"“{labels['until']}”早于“{labels['since']}”，请核对"
        return [Problem(code="date_order", sentence=sentence, fields=("until", "since"))]
    return []


def _off(item: Field, code: str, sentence: str, article: int = 0) -> Problem:
    return Problem(code=code, sentence=sentence, fields=(item.name,), article=article)
