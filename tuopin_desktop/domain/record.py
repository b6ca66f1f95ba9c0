"""How a record is declared: one typed struct whose annotations carry everything the other rooms derive from it."""

import enum
import functools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar, get_args, get_origin

import msgspec

from tuopin_desktop.domain.codes import CodeTable, Vocabulary
from tuopin_desktop.domain.roles import Act

Scalar = str | int | None
"""What a field holds in the change log: text, integer or null; null means "as never filled in"."""


class Form(enum.Enum):
    """The shape of a field's value, from which column, editor, Excel cell and checks follow."""

    TEXT = "text"
    LONG = "long text"
    DATE = "date"
    MONTH = "month or day"  # '1970-05' or '1970-05-17', as birth dates come
    FLAG = "yes or no"
    CHOICE = "choice"
    INTEGER = "integer"
    MONEY = "money"  # whole fen, so that sums are exact
    REF = "reference"
    PERIOD = "half-day period"
    HALF = "half-day"  # '2018-07-27am'
    DAY = "two half-days"  # 'vw/cw': attendance of a day, see domain/attendance/codes.py
    ID_NUMBER = "citizen number"


WHOLE = (Form.FLAG, Form.INTEGER, Form.MONEY)
"""The forms whose values are whole numbers; all others are texts."""


class Owner(enum.Enum):
    """Who may write a field: an office at or above the county, or the region office alone (`docs/exchange.md`)."""

    COUNTY = "county"
    REGION = "region"


class Voice(enum.Enum):
    """Whose word a record is, by what one of its choices says: a signature, a side of a call, who checked.

    `OWNER`: the office it belongs to; an office above may enter it until that office has. `NOTED`: the region office;
    until it has spoken, another may note the paper it holds. `LEAGUE` and `REGION`: that office alone.
    """

    OWNER = "owner"
    LEAGUE = "league"
    REGION = "region"
    NOTED = "noted"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """Everything said about one field, once.

    `person_name` says the value is what a human being is called, and is kept in the state's spelling of names.
    `least` and `most` bound a whole number. `speaks` tells of every value of a choice whose word the record then is.
    `width` is the list column's width in px at 100 % (0: not a list column); `search` puts the value into the
    pinyin index; `index` gives the table column an index; `auto` means the program fills it, no editor is shown.
    `happened` marks the day of something seen or signed: it is refused while it lies ahead.
    `lasting` text says nothing of a person and outlives the forgetting of its record (`domain/forgetting.py`).
    `machine` text is written and read by the program alone: no search looks through it, nobody is shown it as it is.
    `needed_by` names the rules that cannot judge without the field: while empty it is on the to-do (`essentials.py`).
    """

    name: str = ""
    label: str
    form: Form = Form.TEXT
    group: str = ""
    required: bool = False
    limit: int = 200
    table: str | CodeTable = ""
    ref: str = ""
    personal: bool = False
    person_name: bool = False
    owner: Owner = Owner.COUNTY
    unit: str = ""
    least: int = -(10**12)
    most: int = 10**12
    speaks: Mapping[str, Voice] = {}
    hint: str = ""
    synonyms: tuple[str, ...] = ()
    width: int = 0
    search: bool = False
    index: bool = False
    auto: bool = False
    sheet: bool = True
    happened: bool = False
    lasting: bool = False
    machine: bool = False
    needed_by: tuple[str, ...] = ()

    def codes(self, vocabulary: Vocabulary) -> CodeTable:
        """Return the code table of a choice field."""
        return self.table if isinstance(self.table, CodeTable) else vocabulary[self.table]


class Freeze(msgspec.Struct, frozen=True, kw_only=True):
    """From when on a record is fixed like the paper it stands for, and what is done instead of writing over it.

    Fixed it is while a field of `own` holds a value, and for good once a record of `by` names it: `("opinion", "slip")`
    is the kind and the field that does. Then the fields of `groups` and `also` stand as they are, but for those in
    `free`; where `blanks`, what is empty may still be filled in. A fixed field is corrected with a reason where `amend`
    says so, and the old value stays to be read; `strict` is paper with ink on it: a line that changes it counts nowhere
    (`domain/freezing.py`). `why` and `instead` are said to whoever tries.
    """

    why: str
    instead: str
    article: int
    own: tuple[str, ...] = ()
    by: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    blanks: bool = True
    amend: bool = True
    strict: bool = False


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """Which records of a kind about counties are the region office's own: by the values of one field.

    Those of `values` are the Office's alone, those of `also` are if they name no county.
    """

    field: str
    values: tuple[str, ...]
    also: tuple[str, ...] = ()


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """What is said about a kind of record as a whole: glossary name, Chinese title, owner, and how a row is named."""

    name: str
    label: str
    owner: Owner = Owner.COUNTY
    title: tuple[str, ...] = ("name",)
    groups: tuple[str, ...] = ()
    keep_one: tuple[str, ...] = ()
    """Fields that together should be unlike any other live row: duplicates are shown, never refused by the database."""
    key: tuple[str, ...] = ()
    """Fields that make the id: two offices that enter the same thing meet in one record (`domain/belonging.py`)."""
    id_by: str = ""
    """The id a record has by what it says, where older records have it so: `{posting}/{date}`; `{county|15}` is 15
    while no county is said, `{office}` the office that enters it (`stated_id` in `domain/belonging.py`)."""
    order: tuple[str, ...] = ()
    """Fields by which its records are told one after another; empty: whom they are about, then their days."""
    about: str = ""
    """The field that says whose the record is: a record it points to, or the code of a county."""
    restricted: bool = False
    """Shown only to whoever asks for it, left out of overviews, and leaves the office only encrypted."""
    inherited: bool = False
    """Records of the offices above hold below as well, and are listed there beside the office's own."""
    each_office: bool = False
    """Every office keeps such records of its own: a row that names no county belongs to the office that takes it in."""
    sealed: bool = False
    """Written by use cases of its own alone: never typed into a form, taken from a sheet, deleted or brought back."""
    own: Own | None = None
    """Which of its records, though the kind is about counties, the region office holds for itself."""
    impersonal: bool = False
    """About no person: nothing of its records is ever to be forgotten."""
    freezes: tuple[Freeze, ...] = ()
    """When its records are fixed; every door asks at the one place where a commit goes through."""
    act: Act = Act.ENTER
    """What it is to write one: the table of roles (`domain/roles.py`) says who may."""
    beyond_term: bool = False
    """About the office and its archive rather than a term: still written after a term is sealed (`domain/sealing.py`).
    Whatever does not say so is behind the seal."""
    local: bool = False
    """This computer's own: kept under `ids.local`, never in a package, never taken from one."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records; `id` is `<owner code>/<rest>`, deletion is a field and can be undone."""

    kind: ClassVar[Kind]

    id: str = ""
    deleted: Annotated[bool, msgspec.Meta(extra={"field": Field(label="已删除", form=Form.FLAG, auto=True)})] = False


def about(label: str, **values: Any) -> msgspec.Meta:
    """Return the annotation that declares a field: `name: Annotated[str, about("姓名", required=True)] = ""`."""
    return msgspec.Meta(extra={"field": Field(label=label, **values)})


R = TypeVar("R", bound=Record)

_DECLARED: dict[type[Record], tuple[Field, ...]] = {}


def _annotations(cls: type[Record]) -> dict[str, Any]:
    """Return what a class and its bases declare by name; never as words, and so nothing has to be looked up."""
    bases = reversed(cls.__mro__)
    return {name: hint for base in bases for name, hint in getattr(base, "__annotations__", {}).items()}


def fields(cls: type[Record]) -> tuple[Field, ...]:
    """Return the declared fields of a record class in order, without `id`, with names filled in."""
    if cls not in _DECLARED:
        hints = _annotations(cls)
        own = [name for name in cls.__struct_fields__ if name not in ("id", "deleted")]
        _DECLARED[cls] = tuple(_declared(name, hints[name]) for name in [*own, "deleted"])
    return _DECLARED[cls]


@functools.cache
def _by_name(cls: type[Record]) -> dict[str, Field]:
    return {item.name: item for item in fields(cls)}


def editable(cls: type[Record]) -> tuple[Field, ...]:
    """Return the fields a person types, in form order."""
    return tuple(item for item in fields(cls) if not item.auto)


def _declared(name: str, hint: Any) -> Field:
    if get_origin(hint) is Annotated:
        for part in get_args(hint)[1:]:
            if isinstance(part, msgspec.Meta) and part.extra and "field" in part.extra:
                field: Field = part.extra["field"]
                return msgspec.structs.replace(field, name=name)
    raise TypeError(f"field {name} carries no declaration")


def scalars(record: Record) -> dict[str, Scalar]:
    """Return the record's values as the log holds them; empty, false and missing are all null."""
    return {item.name: scalar(getattr(record, item.name)) for item in fields(type(record))}


def scalar(value: object) -> Scalar:
    """Turn one field value into its log form."""
    if value is None or value == "" or value is False:
        return None
    if value is True:
        return 1
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | str):
        return value
    raise TypeError(f"{type(value).__name__} is not a scalar")


def build(cls: type[R], record_id: str, values: dict[str, Scalar]) -> R:
    """Return the record for log values; unknown fields are ignored, missing ones take their defaults.

    Raises msgspec.ValidationError when a value does not fit its declared type.
    """
    field_by_key = _by_name(cls)
    names: dict[str, object] = {"id": record_id}
    for name, value in values.items():
        item = field_by_key.get(name)
        if item is not None and value is not None:
            names[name] = bool(value) if item.form is Form.FLAG else value
    return msgspec.convert(names, cls)


def build_rows(cls: type[R], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[R]:
    """Return the records of rows as they are stored: the id, then the values of the fields named.

    Converted in one call: a region's rows take half the time of `build` for each. Raises as `build` does.
    """
    keys, flags = ("id", *names), [name for name in names if _by_name(cls)[name].form is Form.FLAG]
    values = [{name: value for name, value in zip(keys, row, strict=True) if value is not None} for row in rows]
    for one in values if flags else ():
        one.update({name: bool(one[name]) for name in flags if name in one})
    return msgspec.convert(values, list[cls])  # type: ignore[valid-type]  # the kind is known at run time


def title(record: Record) -> str:
    """Return the words by which a row is called in messages and pickers."""
    parts = [str(getattr(record, name) or "") for name in record.kind.title]
    return " ".join(part for part in parts if part) or record.id
