"""The columns of sheets, derived from the record declarations: what a template asks and an export shows."""

import functools
from collections.abc import Callable

import msgspec

from tuopin_desktop.domain import registercolumns
from tuopin_desktop.domain.attendance import codes as marks
from tuopin_desktop.domain.codes import Vocabulary
from tuopin_desktop.domain.halves import Period, parse_stored
from tuopin_desktop.domain.reading import money_words
from tuopin_desktop.domain.record import Field, Form, Scalar, editable
from tuopin_desktop.domain.records import KINDS

ROSTER = "roster"
"""The sheet kind with a person and the posting in one row."""

_ROSTER_KINDS = ("person", "posting")
HALVES = {"am": ("上", "上午"), "pm": ("下", "下午")}
"""The two parts of a day, and how a heading names them."""

ENDS = {"first": "起", "last": "止", "count": "天数"}
"""The three parts in which a sheet may give a period, and how a heading names them."""

_END_WORDS = {
    "first": ("开始", "起始", "起"),
    "last": ("结束", "终止", "截止", "返回", "止"),
    "count": ("天数",),
}
_DAY_ALONE = (
    "请假日期",
    "外出日期",
    "外出时间",
    "离岗时间",
    "离开时间",
    "离开日期",
    "离岗日期",
    "启程时间",
    "出发时间",
    "出发日期",
)
_BACK_ALONE = ("返岗时间", "返岗日期", "返程时间", "回岗时间")
_COUNT_ALONE = ("共计天数", "共几天", "共计", "合计天数", "外出天数", "离岗天数")

_OWNER = Field(
    name="owner",
    label="所属旗县",
    form=Form.CHOICE,
    table="旗县",
    hint="该行记录归哪个旗县；空着即归本单位",
    synonyms=("归属旗县", "所属旗县（市、区）"),
    width=150,
)
_ID = Field(name="id", label="记录号", limit=200, hint="由程序填写，重新导入时据此更新原记录，请勿改动", width=120)


class Column(msgspec.Struct, frozen=True):
    """One column of a sheet: the kind and field it fills, and its heading in Chinese.

    `part` names the part of a field that stands in several columns: `am` and `pm` of a day of attendance, `first`,
    `last` and `count` of a period.
    """

    kind: str
    field: Field
    heading: str
    part: str = ""

    @property
    def key(self) -> str:
        """Return `kind.field`, under which the value of a row is kept; `kind.id` and `kind.owner` are no fields."""
        return f"{self.kind}.{self.name}"

    @property
    def name(self) -> str:
        """Return the field's name, with the part after a dot where the column is a part of it: `d01.am`."""
        return f"{self.field.name}.{self.part}" if self.part else self.field.name

    @property
    def is_phone(self) -> bool:
        """Tell whether the column holds telephone numbers."""
        return self.field.form is Form.TEXT and self.field.name.endswith("phone")


def sheet_kinds() -> tuple[str, ...]:
    """Return every kind that comes by sheets: the roster, and all records but those written by their use case alone."""
    return (ROSTER, *(name for name, cls in KINDS.items() if not cls.kind.sealed))


def kinds_of(kind: str) -> tuple[str, ...]:
    """Return the record kinds a row of this sheet kind fills."""
    return _ROSTER_KINDS if kind == ROSTER else (kind,)


def label_of(kind: str) -> str:
    """Return the Chinese title of a sheet kind."""
    return "派驻人员花名册" if kind == ROSTER else KINDS[kind].kind.label


@functools.cache
def columns(kind: str) -> tuple[Column, ...]:
    """Return the columns a person fills in, in form order; raises KeyError for an unknown kind."""
    result: list[Column] = []
    for name in kinds_of(kind):
        for item in editable(KINDS[name]):
            if item.sheet and not (kind == ROSTER and (name, item.name) == ("posting", "person")):
                result += _columns(name, item, {column.heading for column in result})
    return tuple(result)


@functools.cache
def owner_column(kind: str) -> Column:
    """Return the column 所属旗县, which leads the sheets of an office above the county; the roster needs none."""
    return Column(kinds_of(kind)[-1], _OWNER, _OWNER.label)


@functools.cache
def home_column(kind: str) -> Column:
    """Return the column of a sheet that says whose a row is in an office above: the county's own, else 所属旗县."""
    return next((column for column in columns(kind) if column.field.name == "county"), owner_column(kind))


@functools.cache
def id_columns(kind: str) -> tuple[Column, ...]:
    """Return the columns of record ids that end an export, so that a re-import updates instead of doubling."""
    names = kinds_of(kind)
    if len(names) == 1:
        return (Column(kind, _ID, _ID.label),)
    return tuple(Column(name, _ID, KINDS[name].kind.label + _ID.label) for name in names)


@functools.cache
def all_columns(kind: str) -> tuple[Column, ...]:
    """Return every column an intake of this kind understands: owner, fields and record ids."""
    owner = () if kind == ROSTER else (owner_column(kind),)
    return (*owner, *columns(kind), *_whole_days(kind), *_ends(kind), *register_columns(kind), *id_columns(kind))


@functools.cache
def register_columns(kind: str) -> tuple[Column, ...]:
    """Return the columns a register of past years has beside the fields of a slip; none for other kinds."""
    if kind != registercolumns.KIND:
        return ()
    return tuple(Column(kind, item, item.label) for item in registercolumns.fields())


def _columns(kind: str, item: Field, names: set[str]) -> list[Column]:
    if item.form is Form.DAY:
        return [_half_day(kind, item, part) for part in HALVES]
    heading = item.label if item.label not in names else KINDS[kind].kind.label + item.label
    return [Column(kind, item, heading)]


def _half_day(kind: str, item: Field, part: str) -> Column:
    others = [f"{item.label}{day}{word}" for day in ("", "日", "号") for word in HALVES[part]]
    heading, *synonyms = others
    field = msgspec.structs.replace(item, label=heading, synonyms=tuple(synonyms))
    return Column(kind, field, heading, part)


def _whole_days(kind: str) -> tuple[Column, ...]:
    """Return the columns in which a sheet may give a day as one cell; none is ever asked for."""
    days = [(name, item) for name in kinds_of(kind) for item in editable(KINDS[name]) if item.form is Form.DAY]
    return tuple(Column(name, _called(item, f"{item.label}日", f"{item.label}号"), item.label) for name, item in days)


def _ends(kind: str) -> tuple[Column, ...]:
    """Return the columns in which a sheet may give a period in parts; none is ever asked for."""
    periods = [(name, item) for name in kinds_of(kind) for item in editable(KINDS[name]) if item.form is Form.PERIOD]
    return tuple(_end(name, item, part) for name, item in periods for part in ENDS)


def _end(kind: str, item: Field, part: str) -> Column:
    stem = item.label
    for word in ("起止时间", "起止", "时间"):
        stem = stem.removesuffix(word)
    names = [
        first + word + unit for first in (stem, "") for word in _END_WORDS[part] for unit in ("时间", "日期", "日", "")
    ]
    own = {"first": _DAY_ALONE, "last": _BACK_ALONE, "count": _COUNT_ALONE}[part]
    if part == "count":
        names = [stem + "天数", "天数", "请假天数", "天"]
    heading = f"{item.label}（{ENDS[part]}）"
    return Column(kind, _called(item, item.label + ENDS[part], *names, *own), heading, part)


def _called(item: Field, *synonyms: str) -> Field:
    return msgspec.structs.replace(item, synonyms=synonyms)


def field_words(field: Field, value: Scalar, vocabulary: Vocabulary) -> str:
    """Return the Chinese words of a stored value, as sheets, lists and paper show it; null is empty."""
    if value is None:
        return ""
    text = str(value)
    if field.form is Form.FLAG:
        return "是" if value else ""
    if field.form is Form.CHOICE:
        return field.codes(vocabulary).word(text)
    return _SHOWN[field.form](text) if field.form in _SHOWN else text


def _month(text: str) -> str:
    return text.replace("-", ".") if len(text) == 7 else text


def _period(text: str) -> str:
    period = parse_stored(text)
    return text if period is None else period_words(period)


def period_words(period: Period) -> str:
    """Return a period as sheets and lists show it, halves named where it does not begin and end with whole days."""
    if period.first_half == "am" and period.last_half == "pm":
        return f"{period.first}至{period.last}"
    halves = {"am": "上午", "pm": "下午"}
    return f"{period.first}{halves[period.first_half]}至{period.last}{halves[period.last_half]}"


def _half(text: str) -> str:
    return text.replace("am", "上午").replace("pm", "下午")


_SHOWN: dict[Form, Callable[[str], str]] = {
    Form.MONTH: _month,
    Form.PERIOD: _period,
    Form.DAY: marks.day_sign,
    Form.HALF: _half,
    Form.MONEY: lambda text: money_words(int(text)),
}
