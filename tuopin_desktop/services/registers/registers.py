"""What every register can do, whatever its kind: list, look at, save, delete, undelete."""

import secrets
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from typing import Any, TypeVar, overload

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.masking import hides
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.reading import read_money, read_month
from tuopin_desktop.domain.record import Field, Form, Owner, Record, Scalar, fields, scalar, scalars, title
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.validate import problems, tidy
from tuopin_desktop.domain.voices import not_ours
from tuopin_desktop.services.judging import sealing
from tuopin_desktop.services.office import belonging, offices, ordering, ownrules
from tuopin_desktop.services.office.desk import Desk

R = TypeVar("R", bound=Record)

_ALIKE = 5
_PARTICULARS = 3
"""How many records of one title a refusal names, and by how many of their differences."""


def kind_of(name: str) -> type[Record]:
    """Return the record class of a glossary name; raises Refused."""
    if name not in KINDS:
        text = "、".join(f"{cls.kind.label} {one}" for one, cls in KINDS.items())
        raise refuse("kind", f"没有“{name[:30]}”这种登记簿，可用：{text}", "kind")
    return KINDS[name]


def rows(desk: Desk, kind: str, where: Mapping[str, str] | None = None) -> list[Record]:
    """Return the live records of a kind that this office keeps, in order.

    `where` compares fields with a stored value or as the clerk says it: a code's Chinese word, a month as 2018.6, a
    person by name. Raises Refused for an unknown field and for words that mean nothing certain there.
    """
    cls = kind_of(kind)
    table = {_name(cls, name): _meant(desk, cls, name, value) for name, value in (where or {}).items()}
    scope = desk.scope if cls.kind.owner is Owner.COUNTY and not cls.kind.inherited else ""
    return ordering.rows(desk, cls, table, scope=scope)


def _name(cls: type[Record], text: str) -> str:
    """Return the field meant by its name or its label; 记录号 is the id."""
    return next((item.name for item in fields(cls) if text == item.label), "id" if text == "记录号" else text)


def _meant(desk: Desk, cls: type[Record], name: str, value: str) -> Scalar:
    if name in ("id", "记录号"):
        return value
    item = next((item for item in fields(cls) if name in (item.name, item.label)), None)
    if item is None:
        names = "、".join(item.label for item in fields(cls))
        raise refuse("where", f"“{cls.kind.label}”没有字段“{name[:30]}”，可用：记录号、{names}", name)
    return _stored(desk, item, value) if value else None


def _stored(desk: Desk, item: Field, value: str) -> Scalar:
    if item.form is Form.CHOICE:
        code = item.codes(desk.vocabulary).code(value)
        if code is None:
            raise refuse("where", f"“{item.label}”没有“{value[:30]}”这一项", item.name)
        return code
    if item.form in (Form.FLAG, Form.INTEGER):
        return int(value) if value.lstrip("-").isdecimal() else None
    if item.form is Form.MONEY:
        return read_money(value)
    if item.form is Form.MONTH:
        return read_month(value) or value
    return _named(desk, item, value) if item.form is Form.REF and item.ref else value


def _named(desk: Desk, item: Field, value: str) -> str:
    return called(desk, item.ref, value, item.label, item.name)


def called(desk: Desk, kinds: str, text: str, label: str = "", field: str = "where") -> str:
    """Return the id of the one record of some kinds called by those words; an id stays itself. Raises Refused."""
    if "/" in text:
        return text
    label = label or kind_of(kinds.split(",")[0]).kind.label
    values = titles(desk, kinds)
    names = {one: title for one, title in values.items() if text in (title, title.split(" ")[0])}
    if not names and "（" in text:  # described as the refusal below asks for
        plain = text.partition("（")[0]
        alike = {one: title for one, title in values.items() if plain in (title, title.split(" ")[0])}
        names = {one: value for one, value in _described(desk, kinds, alike).items() if value == text}
    if len(names) == 1:
        return next(iter(names))
    if not names:
        raise refuse("where", f"“{label}”中没有“{text[:30]}”", field)
    sentence = "、".join(list(_described(desk, kinds, names).values())[:_ALIKE])
    raise refuse("where", f"“{label}”有{len(names)}个“{text[:30]}”，请写明是哪一个：{sentence}", field)


def _described(desk: Desk, kinds: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return words that tell records of one title apart: where they are, what else differs, else a count."""
    classes = [kind_of(kind) for kind in kinds.split(",")]
    values_by_key = {
        key: _particulars(desk, next(filter(None, (desk.store.get(cls, key) for cls in classes)))) for key in texts
    }
    names = dict.fromkeys(name for values in values_by_key.values() for name in values)
    differing = [name for name in names if len({of_one.get(name, "") for of_one in values_by_key.values()}) > 1][
        :_PARTICULARS
    ]
    counter: Counter[tuple[str, ...]] = Counter()
    merged: dict[str, str] = {}
    for key, text in texts.items():
        parts = text, *(values_by_key[key][name] for name in differing if values_by_key[key].get(name))
        counter[parts] += 1
        more = [f"第{counter[parts]}个"] if counter[parts] > 1 or len(parts) == 1 else []
        merged[key] = f"{text}（{'，'.join([*parts[1:], *more])}）"
    return merged


def _particulars(desk: Desk, record: Record) -> dict[str, str]:
    cls = type(record)
    values = {"": offices.called(ids.owner(record.id))}
    for item in fields(cls):
        if item.width and item.form is not Form.REF and not hides(cls, item):
            values[item.name] = field_words(item, scalar(getattr(record, item.name)), desk.vocabulary)
    return values


@overload
def get(desk: Desk, kind: type[R], record_id: str) -> R: ...


@overload
def get(desk: Desk, kind: str, record_id: str) -> Record: ...


def get(desk: Desk, kind: str | type[Record], record_id: str) -> Record:
    """Return one record, also a deleted one, of the class asked for; raises Refused when there is none."""
    cls = kind_of(kind) if isinstance(kind, str) else kind
    record = desk.store.get(cls, record_id)
    if record is None:
        raise refuse("missing", f"找不到这条{cls.kind.label}记录，可能已被替换，请刷新后重试")
    return record


def new_id(desk: Desk, county: str = "") -> str:
    """Return a fresh id owned by a county, or by this office when no county is said."""
    return f"{county or desk.scope}/{secrets.token_hex(16)}"


@overload
def blank(desk: Desk, kind: type[R], county: str = "") -> R: ...


@overload
def blank(desk: Desk, kind: str, county: str = "") -> Record: ...


def blank(desk: Desk, kind: str | type[Record], county: str = "") -> Record:
    """Return an empty record with a fresh id and what a new one begins with; nothing is written yet."""
    cls = kind_of(kind) if isinstance(kind, str) else kind
    return msgspec.structs.replace(cls(), id=new_id(desk, county), **ownrules.preset(desk, cls))


def preset(desk: Desk, kind: str) -> dict[str, Any]:
    """Return what a new record of a kind begins with."""
    return ownrules.preset(desk, kind_of(kind))


def check(desk: Desk, record: Record, references: Container[str] = ()) -> list[Problem]:
    """Return everything that keeps a record from being saved; `references` are ids known to be there."""
    faults = problems(record, desk.vocabulary, practice=desk.practice, today=desk.today())
    for item in fields(type(record)):
        value = getattr(record, item.name)
        pointing = item.form is Form.REF and item.ref and value and value not in references
        if pointing and not _exists(desk, item.ref, value):
            faults.append(
                Problem(code="reference", sentence=f"“{item.label}”所指的记录不存在，请重新选择", fields=(item.name,))
            )
    return faults + belonging.problems(desk, record) + ownrules.problems(desk, record)


def _exists(desk: Desk, kinds: str, record_id: str) -> bool:
    return any(desk.store.get(KINDS[kind], record_id) is not None for kind in kinds.split(","))


def save(desk: Desk, record: R, references: Container[str] = ()) -> R:
    """Check and write a record; return it as stored. Raises Refused naming the fields, and then nothing is written."""
    return save_all(desk, [record], references)[0]


def save_all(desk: Desk, records: Iterable[R], references: Container[str] = ()) -> list[R]:
    """Check and write several records, all or none; return them as stored. Raises Refused naming the fields.

    A record that is handed over as deleted is only asked whether this office may delete it.
    """
    ready = [settled(desk, _unsealed(record)) for record in records]
    if faults := [problem for record in ready if not record.deleted for problem in check(desk, record, references)]:
        raise Refused(faults)
    if changes := [change for record in ready if (change := change_of(desk, record)) is not None]:
        sealed = sealing.sealed(desk, changes)
        desk.commit(sealed)
        if sealed != changes:
            ready = [desk.store.get(type(record), record.id) or record for record in ready]
    return ready


def settled(desk: Desk, record: R) -> R:
    """Return a record as it would be stored: tidied, and under the id that is its own by what it says."""
    return belonging.settled(desk, ownrules.settled(desk, tidy(record)))


def change_of(desk: Desk, record: Record) -> Change | None:
    """Return what saving a settled record would change, None for nothing; raises Refused where this office may not."""
    before = desk.store.get(type(record), record.id)
    new = difference(scalars(before) if before is not None else {}, scalars(record))
    if not new:
        return None
    if (problem := may_write(desk.scope, type(record), record.id, new, offices.called)) is not None:
        raise Refused([problem])
    if (problem := not_ours(record, desk.scope)) is not None:
        raise Refused([problem])
    return Change(record.kind.name, record.id, new)


def delete(desk: Desk, kind: str, record_id: str) -> None:
    """Mark a record as deleted; it stays in the log and can be brought back. Raises Refused where it is not ours."""
    _mark(desk, kind, record_id, 1)


def restore(desk: Desk, kind: str, record_id: str) -> None:
    """Bring a deleted record back; raises Refused where it is not ours."""
    _mark(desk, kind, record_id, None)


def _mark(desk: Desk, kind: str, record_id: str, deleted: int | None) -> None:
    record = _unsealed(get(desk, kind, record_id))
    if (problem := may_write(desk.scope, type(record), record.id, ("deleted",), offices.called)) is not None:
        raise Refused([problem])
    desk.commit([Change(kind, record.id, {"deleted": deleted})])


def _unsealed(record: R) -> R:
    """Return a record that may be written here; raises Refused for a kind that only its own use case writes."""
    if record.kind.sealed:
        sentence = f"{record.kind.label}由程序办理时登记，不能直接填写、修改或删除，请用相应的办理按钮"
        raise refuse("sealed", sentence)
    return record


def titles(desk: Desk, kind: str) -> dict[str, str]:
    """Return id -> words for the rows a reference field may point to; several kinds are joined by commas."""
    named: dict[str, str] = {}
    for one in kind.split(","):
        names = _names_in_title(desk, kind_of(one))
        for record in rows(desk, one):
            named[record.id] = _title(desk, record, names)
    return named


class Titles:
    """What the records are called that fields point to; those of a kind are looked up once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._by_kind: dict[str, dict[str, str]] = {}

    def of(self, item: Field, record_id: str) -> str:
        """Return what the record is called that a field points to, "" where it is not there."""
        for kind in item.ref.split(",") if item.ref else ():
            if kind not in self._by_kind:
                self._by_kind[kind] = titles(self._desk, kind)
            if record_id in self._by_kind[kind]:
                return self._by_kind[kind][record_id]
        return ""


def title_of(desk: Desk, record: Record) -> str:
    """Return what a record is called, with the words of what it points to."""
    return _title(desk, record, _names_in_title(desk, type(record)))


def _names_in_title(desk: Desk, cls: type[Record]) -> dict[str, str]:
    """Return the words for the ids that stand in the title of a kind."""
    kinds = [item.ref for item in fields(cls) if item.name in cls.kind.title and item.form is Form.REF and item.ref]
    return {key: text for kind in kinds for key, text in titles(desk, kind).items()}


def _title(desk: Desk, record: Record, names: Mapping[str, str]) -> str:
    texts = []
    for item in fields(type(record)):
        if item.name in record.kind.title:
            value = field_words(item, scalar(getattr(record, item.name)), desk.vocabulary)
            texts.append(names.get(value, value))
    return " ".join(word for word in texts if word) or title(record)


def owner_of(record: Record) -> str:
    """Return the code of the office a record belongs to."""
    return ids.owner(record.id)
