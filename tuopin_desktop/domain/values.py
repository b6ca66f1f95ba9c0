"""One value as it stands in the log, judged by the form of its field: the same everywhere, whatever is kept here.

Whatever an office typed was judged when it was saved. This is asked of every line again, because what arrives, and
what an older program wrote, was judged by somebody else or by nobody.
"""

import functools
import re
from collections.abc import Callable, Mapping
from datetime import date

from tuopin_desktop.domain.attendance import codes as marks
from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.halves import parse_half, parse_stored
from tuopin_desktop.domain.idcard import read_id_number
from tuopin_desktop.domain.names import odd_characters
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.reading import EARLIEST, LATEST
from tuopin_desktop.domain.record import WHOLE, Field, Form, Record, Scalar, fields
from tuopin_desktop.domain.standards import CODES

Judge = Callable[[Scalar], str]
"""Returns "" for a value that its field may hold, else in Chinese what is wrong with it."""

MOST_FEN = 10**13
"""The largest amount: eleven digits of yuan, as they are typed."""

_REPEATED = 4096
_FIRST, _LAST = EARLIEST.isoformat(), LATEST.isoformat()
_MONTH = re.compile(r"([0-9]{4}-(?:0[1-9]|1[0-2]))(-[0-9]{2})?")
_REF = re.compile(r"(?:[a-z_]{1,40}:)?[0-9]{2,12}/[^\s/]{1,120}(?:/[^\s/]{1,60})*")
_COUNTY = re.compile(r"15[0-9]{4}")
_PACK = re.compile(r"[0-9A-Za-z._-]{1,40}")


def fault(item: Field, value: Scalar) -> str:
    """Return "" or what is wrong with a value of a field; an empty field is never wrong by itself."""
    return "" if value is None else _judge(item)(value)


@functools.cache
def judges(cls: type[Record]) -> Mapping[str, Judge]:
    """Return what judges each field's values, by the field's name; made once, because every value is asked."""
    return {item.name: _judge(item) for item in fields(cls)}


def _judge(item: Field) -> Judge:
    if item.form in WHOLE:
        return _whole(item)
    if item.form is Form.CHOICE:
        return _choice(item)
    judge = _text(item.limit, _FORMS.get(item.form))
    # A package of 300,000 lines repeats a few thousand months, days and record numbers: asking again is two thirds of
    # judging them. Typed, because 1 and True are one key and not one value. What persons are called is not kept.
    return functools.lru_cache(maxsize=_REPEATED, typed=True)(judge) if item.form in _IMPERSONAL else judge


def _whole(item: Field) -> Judge:
    least, most = (0, 1) if item.form is Form.FLAG else (0, MOST_FEN) if item.form is Form.MONEY else _span(item)

    def judge(value: Scalar) -> str:
        if isinstance(value, int) and least <= value <= most:
            return ""
        return "不是整数" if not isinstance(value, int) else f"不在{least}至{most}之间"

    return judge


def _span(item: Field) -> tuple[int, int]:
    return item.least, item.most


def _choice(item: Field) -> Judge:
    if not isinstance(item.table, CodeTable) and item.table not in CODES:
        shape = _COUNTY if item.table == "旗县" else _PACK
        return _shaped(shape, "不是本程序认得的一项")
    known_names = frozenset(item.table.labels) if isinstance(item.table, CodeTable) else CODES[item.table]
    return lambda value: "" if value in known_names else "没有这一项"


def _shaped(shape: re.Pattern[str], why: str) -> Judge:
    return lambda value: "" if isinstance(value, str) and shape.fullmatch(value) else why


def _text(limit: int, form: Callable[[str], str] | None) -> Judge:
    def judge(value: Scalar) -> str:
        if not isinstance(value, str):
            return "不是文字"
        if len(value) > limit:
            return f"有{len(value)}字，最多{limit}字"
        if odd_characters(value):
            return "有无法通用的字符"
        return form(value) if form is not None else ""

    return judge


def _date(value: str) -> str:
    try:
        right = len(value) == 10 and date.fromisoformat(value) is not None and _FIRST <= value <= _LAST
    except ValueError:
        right = False
    return "" if right else "不是1900年至2099年间的日期"


def _month(value: str) -> str:
    match = _MONTH.fullmatch(value)
    right = match is not None and not _date(value if match[2] else f"{value}-01")
    return "" if right else "不是月份"


def _day(value: str) -> str:
    return "" if marks.sound(value) else "不是考勤符号"


def _half(value: str) -> str:
    return "" if parse_half(value) is not None and not _date(value[:10]) else "不是某日的上午或下午"


def _period(value: str) -> str:
    period = parse_stored(value)
    if period is None:
        return "不是起止时间"
    right = 0 < period.halves <= 2 * 366 and EARLIEST <= period.first and period.last <= LATEST
    return "" if right else "止在起之前，或者超出一年"


def _ref(value: str) -> str:
    return "" if _REF.fullmatch(value) else "不是记录号"


def _id_number(value: str) -> str:
    checked = read_id_number(value)
    return "不是公民身份号码" if isinstance(checked, Problem) or checked.number != value else ""


_FORMS: Mapping[Form, Callable[[str], str]] = {
    Form.DATE: _date,
    Form.MONTH: _month,
    Form.DAY: _day,
    Form.HALF: _half,
    Form.PERIOD: _period,
    Form.REF: _ref,
    Form.ID_NUMBER: _id_number,
}
"""The forms of text that have a shape of their own; the rest is judged by its length and characters alone."""

_IMPERSONAL = frozenset(_FORMS) - {Form.ID_NUMBER}
