"""The wall around what is fixed like paper: whatever way a change comes, it is refused in words or needs a reason."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.codes import Vocabulary
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.freezing import AMENDMENT, altered, fixed, frozen_now, reference, text_of
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Freeze, Record, Scalar, fields, scalars, title
from tuopin_desktop.domain.records import KINDS, Amendment, LeaveSlip
from tuopin_desktop.store.store import Store

FIXED = "frozen"
"""The code of a refusal that no reason lifts: paper with ink on it, what is void."""
REASON = "frozen.reason"
"""The code of a refusal that a correction with a reason lifts."""

Over = tuple[Record, Freeze, list[str]]


def over(store: Store, changes: Iterable[Change]) -> list[Over]:
    """Return what the changes would write over: each record, the freeze that holds and the fields, in their order."""
    changes_by_key: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind in KINDS and KINDS[change.kind].kind.freezes:
            changes_by_key[change.kind].append(change)
    rows: list[Over] = []
    for kind, some in changes_by_key.items():
        cls = KINDS[kind]
        record_by_key = {row.id: row for row in store.rows(cls, among=sorted({one.id for one in some}), deleted=None)}
        if not record_by_key:
            continue
        naming = _naming(store, cls, list(record_by_key))
        for change in some:
            if (row := record_by_key.get(change.id)) is None:
                continue
            values = scalars(row)
            freezes = frozen_now(cls, values, naming.get(row.id, ()))
            touched = ((row, freeze, altered(cls, freeze, values, change.set)) for freeze in freezes)
            rows += [one for one in touched if one[2]]
    return rows


def _naming(
    store: Store, cls: type[Record], record_ids: Sequence[str], naming: Mapping[str, Sequence[Record]] | None = None
) -> dict[str, set[str]]:
    """Return by record id the kinds of records, deleted ones too, that name it and so fix it.

    `naming` are by kind all that name these records, where they were read already.
    """
    names_by_key: dict[str, set[str]] = defaultdict(set)
    kind = cls.kind.name
    for trigger, field in {pair for freeze in cls.kind.freezes for pair in freeze.by}:
        named = {reference(trigger, ids.key(kind, one)): one for one in record_ids}
        rows = (naming or {}).get(trigger)
        if rows is None:
            rows = store.rows(KINDS[trigger], field_among=(field, sorted(named)), deleted=None)
        for row in rows:
            if getattr(row, field) in named:
                names_by_key[named[getattr(row, field)]].add(trigger)
    return names_by_key


def holding(store: Store, record: Record) -> tuple[Freeze, ...]:
    """Return the freezes of a stored record, none for one that is not stored yet."""
    row = store.get(type(record), record.id)
    return () if row is None else _holding(store, row)


def _holding(store: Store, row: Record, naming: Mapping[str, Sequence[Record]] | None = None) -> tuple[Freeze, ...]:
    if not row.kind.freezes:
        return ()
    kinds = _naming(store, type(row), [row.id], naming).get(row.id, ())
    return tuple(frozen_now(type(row), scalars(row), kinds))


def read_only(store: Store, record: Record) -> dict[str, str]:
    """Return the fields of a kept record that nobody types over, each with why and what to do instead."""
    return _read_only(record, holding(store, record))


def read_only_of(store: Store, row: Record, naming: Mapping[str, Sequence[Record]]) -> dict[str, str]:
    """Return the same of a record as stored; `naming` are by kind the records that name it and were read already."""
    return _read_only(row, _holding(store, row, naming))


def _read_only(record: Record, freezes: Iterable[Freeze]) -> dict[str, str]:
    values: dict[str, str] = {}
    for freeze in freezes:
        if not freeze.amend:
            for name in fixed(type(record), freeze):
                values.setdefault(name, f"{freeze.why}。{freeze.instead}。")
    return values


def settle(
    store: Store, changes: Sequence[Change], reason: str, by: str, day: date, vocabulary: Vocabulary
) -> list[Change]:
    """Return the changes with a note of correction for each fixed field they write over; raises Refused.

    What is paper with ink on it is never written over; other fixed fields only with a reason.
    """
    notes: list[Change] = []
    table_by_pair = {(change.kind, change.id): change.set for change in changes}
    problems: list[Problem] = []
    for record, freeze, names in over(store, changes):
        if not freeze.amend or not reason.strip():
            problems.append(_refusal(record, freeze, names))
            continue
        new = table_by_pair[record.kind.name, record.id]
        notes += [_note(record, name, new[name], reason, by, day, vocabulary) for name in names]
    if problems:
        raise Refused(problems)
    return [*changes, *notes]


def problems(store: Store, changes: Iterable[Change], reason: str = "") -> list[Problem]:
    """Return why these changes cannot be made, each at its fields; of what a reason lifts nothing once there is one."""
    return [
        _refusal(record, freeze, names)
        for record, freeze, names in over(store, changes)
        if not (freeze.amend and reason.strip())
    ]


def _refusal(record: Record, freeze: Freeze, names: Sequence[str]) -> Problem:
    labels = {item.name: item.label for item in fields(type(record))}
    what = "不能删除" if list(names) == ["deleted"] else f"“{'、'.join(labels[name] for name in names)}”不能再改"
    called = f"{record.name}的报备单{record.number}" if isinstance(record, LeaveSlip) else ""
    sentence = f"{called}{freeze.why}，{what}。{freeze.instead}"
    return Problem(
        code=REASON if freeze.amend else FIXED, sentence=sentence, fields=tuple(names), article=freeze.article
    )


def _note(record: Record, name: str, new: Scalar, reason: str, by: str, day: date, vocabulary: Vocabulary) -> Change:
    item = next(item for item in fields(type(record)) if item.name == name)
    key = ids.key(record.kind.name, record.id)
    amendment = Amendment(
        id=f"{ids.owner(record.id)}/{secrets.token_hex(16)}",
        day=day,
        what=f"{record.kind.label} {_called(record, vocabulary)}：{item.label}"[:200],
        was=text_of(scalars(record)[name]),
        now=text_of(new),
        reason=reason.strip()[:300],
        by=by,
        subject=key,
        field=name,
    )
    return Change(
        AMENDMENT, amendment.id, {name: value for name, value in scalars(amendment).items() if value is not None}
    )


def _called(record: Record, vocabulary: Vocabulary) -> str:
    """Return the record's title without the ids in it, which say nothing to whoever reads the correction."""
    texts = []
    for item in fields(type(record)):
        value = scalars(record)[item.name]
        if item.name in record.kind.title and not item.ref:
            texts.append(field_words(item, value, vocabulary))
    return " ".join(word for word in texts if word) or title(record)


def of_record(store: Store, kind: str, record_ids: Sequence[str]) -> Mapping[str, list[Amendment]]:
    """Return the corrections of records of a kind by record id, in the order they were made."""
    values = {ids.key(kind, one): one for one in record_ids}
    amendments_by_key: dict[str, list[Amendment]] = defaultdict(list)
    for row in store.rows(Amendment, field_among=("subject", sorted(values))):
        amendments_by_key[values[row.subject]].append(row)
    return amendments_by_key
