"""The judge of each column: dates, choices, flags, whole numbers and periods, and which judge a column gets."""

import math
import re
from collections.abc import Container

from tuopin_desktop.domain import officialdays
from tuopin_desktop.domain.attendance import codes as marks
from tuopin_desktop.domain.codes import CodeTable, Vocabulary, plain
from tuopin_desktop.domain.columns import ENDS, Column
from tuopin_desktop.domain.columns import period_words as field_period
from tuopin_desktop.domain.intake import empty, spans, texts
from tuopin_desktop.domain.intake.months import month_judge
from tuopin_desktop.domain.intake.numbers import id_number_judge
from tuopin_desktop.domain.intake.verdicts import (
    BLANK,
    DIGITS_LOST,
    LONGEST,
    VEILED,
    Judge,
    Raw,
    Verdict,
    as_text,
    discreet,
    fine,
    noted,
    quoted,
    wrong,
)
from tuopin_desktop.domain.masking import hides_column, is_veiled
from tuopin_desktop.domain.periods import understand
from tuopin_desktop.domain.reading import narrow, read_date, read_flag, read_money, read_period
from tuopin_desktop.domain.record import Form

_NOTHING = {"-", "--", "—", "——", "–", "/", "\\", "无", "空", "暂无"}
_OPEN_END = {"至今", "现在"}
_ERROR_VALUE = re.compile(r"#(REF|DIV/0|VALUE|NAME|N/A|NULL|NUM)[!?]?")
_HALVES = {"上午": "am", "下午": "pm", "am": "am", "pm": "pm"}
_LARGEST = 2**53
_USUAL = re.compile(r"[0-9]{4}([-./年]?)[0-9]{1,2}([-./月]?)[0-9]{1,2}[日号]?( [0-9:]{4,8})?")
"""A date nobody needs to be told how it was read."""


def judge_of(
    column: Column,
    *,
    vocabulary: Vocabulary,
    areas: Container[str] | None = None,
    practice: bool = False,
    since_1904: bool = False,
) -> Judge:
    """Return the function that judges the cells of this column; `since_1904` says from when its days are counted."""
    judge = _judge_of(column, vocabulary, areas, practice=practice)
    if since_1904 and column.field.form in _DATED:
        judge = _later(judge)
    return _discreet(judge, column) if hides_column(column) else judge


_DATED = (Form.DATE, Form.MONTH, Form.PERIOD, Form.HALF)
_SERIALS = range(8000, 73050)
_FOUR_YEARS = 1462


def _later(judge: Judge) -> Judge:
    """Read bare day numbers as those of a workbook whose first day is 1904-01-01 (made on a Macintosh)."""

    def judge_cell(raw: Raw) -> Verdict:
        if isinstance(raw, int | float) and not isinstance(raw, bool) and raw in _SERIALS:
            return judge(raw + _FOUR_YEARS)
        return judge(raw)

    return judge_cell


def _discreet(judge: Judge, column: Column) -> Judge:
    """Judge a personal column: a mask that came back is passed over, and no sentence repeats what a cell holds."""

    def judge_cell(raw: Raw) -> Verdict:
        if isinstance(raw, str) and is_veiled(column.field, raw):
            return VEILED
        return discreet(judge(raw), raw)

    return judge_cell


def _judge_of(column: Column, vocabulary: Vocabulary, areas: Container[str] | None, *, practice: bool) -> Judge:
    form = column.field.form
    if column.field.name == "id":
        return _guarded(texts.record_judge(column))
    if form in (Form.TEXT, Form.LONG, Form.REF) and not column.is_phone:
        judge = texts.name_judge(column) if column.field.person_name else texts.text_judge(column)
    elif form is Form.CHOICE:
        judge = _or_nothing(_choice_judge(column.field.codes(vocabulary)))
    elif form is Form.ID_NUMBER:
        judge = _or_nothing(id_number_judge(areas=areas, practice=practice))
    else:
        judge = _or_nothing(_declared(column, practice=practice))
    return _guarded(judge if form in _COUNTING or column.part == "count" else _unlinked(judge))


def _declared(column: Column, *, practice: bool) -> Judge:
    """Return the judge that the column's own declaration asks for: its part, its form."""
    form = column.field.form
    if column.is_phone:
        return texts.phone_judge(column, practice=practice)
    if column.part in ENDS:
        return spans.judge_of(column.part)
    if form is Form.DAY:
        return _mark_judge(whole=not column.part)
    if form is Form.MONTH:
        return month_judge(birth=column.field.name.endswith("birth"))
    return _PLAIN_JUDGES[form]


_COUNTING = (Form.INTEGER, Form.MONEY, Form.FLAG)
"""The forms in which 0 is a value."""


def _unlinked(judge: Judge) -> Judge:
    """Take the 0 that a formula makes of an empty cell for an empty cell."""

    def judge_cell(raw: Raw) -> Verdict:
        if not isinstance(raw, str) and empty.nought(raw):
            return noted(None, "公式取到的是空格（显示0），按空白处理")
        return judge(raw)

    return judge_cell


def _guarded(judge: Judge) -> Judge:
    """Refuse what no column can take before the judge looks."""

    def guarded(raw: Raw) -> Verdict:
        if isinstance(raw, str):
            raw = _unquoted(raw)
            if len(raw) > LONGEST:
                return wrong(f"该格有{len(raw)}个字，超出表格软件的上限，请检查原表")
            if raw.startswith("#") and _ERROR_VALUE.fullmatch(raw):
                return wrong(f"公式出错（{raw}），请改正公式或直接填写结果")
        elif isinstance(raw, float) and not math.isfinite(raw):
            return wrong("不是有效的数字，请重新录入")
        return judge(raw)

    return guarded


def _unquoted(text: str) -> str:
    """Return what stands in ="…", the guard other programs put around long numbers."""
    return text[2:-1] if text.startswith('="') and text.endswith('"') and len(text) > 3 else text


def _or_nothing(judge: Judge) -> Judge:
    """Take a dash, a stroke or 无 as an empty cell where it could mean nothing else."""

    def judge_cell(raw: Raw) -> Verdict:
        if isinstance(raw, str) and len(raw) < 8:
            text = narrow(raw)
            if not text:
                return BLANK
            if text in _NOTHING:
                return noted(None, f"“{text}”按空白处理")
        return judge(raw)

    return judge_cell


def _choice_judge(table: CodeTable) -> Judge:
    labels = list(table.labels.values())
    names = "、".join(labels[:20]) + (f"等{len(labels)}项" if len(labels) > 20 else "")

    def judge(raw: Raw) -> Verdict:
        value = as_text(raw) or ""
        text = value.translate(texts.NO_INVISIBLE)
        code = table.code(text) if len(text) <= 200 else None
        if not plain(text):
            return BLANK
        if code is None:
            return wrong(f"“{quoted(value)}”不在可选范围内，请填：{names}")
        return spelled_word(code, table.word(code), value)

    return judge


def _mark_judge(*, whole: bool) -> Judge:
    """Return the judge of attendance marks: of a half-day, or of a cell that means the whole day."""
    read = marks.parse_day if whole else marks.parse_half

    def judge(raw: Raw) -> Verdict:
        text = as_text(raw) or ""
        code = read(text) if len(text) < 40 else None
        if code is None:
            return wrong(f"“{quoted(text)}”不是考勤符号，请填：{marks.ACCEPTED}")
        word = marks.day_sign(code)
        return fine(code) if word == text.strip() else noted(code, f"“{quoted(text)}”按“{word}”登记")

    return judge


def spelled_word(code: str, word: str, text: str) -> Verdict:
    """Return a code read from a word: silently if it is the table's own word, else noted."""
    return fine(code) if word == text else noted(code, f"“{quoted(text)}”按“{word}”登记")


def _judge_date(raw: Raw) -> Verdict:
    if isinstance(raw, str) and narrow(raw) in _OPEN_END:
        return noted(None, f"“{raw}”按空白处理")
    text = narrow(raw) if isinstance(raw, str) and len(raw) < 60 else ""
    day = read_date(text if isinstance(raw, str) else raw)
    if day is None:
        return wrong(_weekday(text) or "看不出日期，请写成2018-05-31（要写到日，年份在1900至2099之间）")
    value = day.isoformat()
    if isinstance(raw, str):
        return fine(value) if raw == text and _USUAL.fullmatch(raw) else noted(value, f"“{quoted(raw)}”按{value}登记")
    if isinstance(raw, int | float) and raw < 100000:
        return noted(value, f"Excel日期序号，按{value}登记")
    return fine(value)


def _weekday(text: str) -> str:
    """Return what is wrong with a date beside whose day another weekday is written."""
    day = read_date(officialdays.plain(text))
    return officialdays.weekday_fault(text, day) if day is not None else ""


def _judge_flag(raw: Raw) -> Verdict:
    flag = read_flag(as_text(raw) if isinstance(raw, str) else raw)
    if flag is None:
        return wrong(f"“{quoted(raw)}”看不出是或否，请填“是”，或空着")
    return fine(1 if flag else None)


def _judge_integer(raw: Raw) -> Verdict:
    if isinstance(raw, bool):
        return wrong("应为整数")
    if isinstance(raw, int | float):
        whole = raw == int(raw) and abs(raw) < _LARGEST
        return fine(int(raw)) if whole else wrong("应为整数")
    value = as_text(raw) or ""
    text = narrow(value).replace(",", "").replace("+", "")
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        return wrong(f"“{quoted(value)}”不是整数")
    return fine(int(text)) if text == value else noted(int(text), f"按{int(text)}登记")


def _judge_money(raw: Raw) -> Verdict:
    fen = read_money(raw) if not isinstance(raw, str) or len(raw) < 40 else None
    if fen is None:
        return wrong(f"“{quoted(raw)}”看不出金额，请填以元为单位的数，最多两位小数，如386.50")
    return fine(fen)


def _judge_period(raw: Raw) -> Verdict:
    text = as_text(raw)
    if text is None:
        return wrong(DIGITS_LOST)
    reading = understand(text) if len(text) < 80 else None
    if reading is None or reading.period is None:
        return wrong(reading.doubt if reading and reading.doubt else UNREADABLE_PERIOD)
    period = reading.period
    if period.halves <= 0:
        return wrong("止在起之前，请核对起止时间")
    if read_period(text) is not None:
        return fine(period.stored())
    note = f"（{reading.note}）" if reading.note else ""
    return noted(period.stored(), f"“{quoted(text)}”按{field_period(period)}登记{note}")


UNREADABLE_PERIOD = "看不出起止时间，请写成“2018-06-05至2018-06-08”，半天加“上午”“下午”"


def _judge_half(raw: Raw) -> Verdict:
    value = as_text(raw) or ""
    text = narrow(value).replace(" ", "") if len(value) < 60 else ""
    half = next((half for word, half in _HALVES.items() if text.endswith(word)), None)
    day = read_date(text[:-2]) if half else None
    if half is None or day is None:
        return wrong("看不出是哪半天，请写成2018-05-31上午")
    return fine(f"{day.isoformat()}{half}")


_PLAIN_JUDGES: dict[Form, Judge] = {
    Form.DATE: _judge_date,
    Form.FLAG: _judge_flag,
    Form.INTEGER: _judge_integer,
    Form.MONEY: _judge_money,
    Form.PERIOD: _judge_period,
    Form.HALF: _judge_half,
}
