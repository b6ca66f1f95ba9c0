"""Everything that is kept of one person: the records that point to him, and those that only mention his name."""

from collections.abc import Collection, Iterable, Iterator

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.forgetting import apart
from tuopin_desktop.domain.purging import FORGOTTEN
from tuopin_desktop.domain.record import Form, Owner, Record, Scalar, fields, scalars
from tuopin_desktop.domain.records import KINDS, Amendment, Person, Purge
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import forgetting

NAMELESS = "已按期清除"
"""What a person is called once he is forgotten."""
_LEAST_NAME = 2
"""Signs of a name that is looked for in texts: a single one stands in too many words."""
_LEAST_NUMBER = 7
"""Signs of a number that is looked for: a shorter one may be part of a file's number."""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A person's records by log key: `own` point to him, `mentions` say one of the `names` he ever had; `alike` are
    others so called.

    Where somebody else's name holds his, nobody can tell whom a text means: then `mentions` are only told.
    """

    person: str
    names: tuple[str, ...]
    own: frozenset[str]
    mentions: frozenset[str]
    alike: int = 0


def of(desk: Desk, person_id: str) -> Subject:
    """Return what is kept of a person here, in records of whatever office."""
    names = _names(desk, person_id)
    pointing = _pointing(desk, person_id)
    own = frozenset(key for key in pointing if not covers_a_public_field(desk, key))
    mentions = frozenset((*(key for name in names for key in _holding(desk, name)), *pointing)) - own
    alike = [
        one.id
        for one in desk.store.rows(Person, deleted=None)
        if one.id != person_id and any(name in one.name for name in names) and ids.key("person", one.id) not in own
    ]
    return Subject(person=person_id, names=names, own=own, mentions=mentions, alike=len(alike))


def _names(desk: Desk, person_id: str) -> tuple[str, ...]:
    """Return every name a person had as far as the log still knows, the longest first."""
    past = (new.get("name") for _, _, new, _ in desk.store.history(Person.kind.name, person_id))
    names = {str(name).strip() for name in past if name} - {NAMELESS}
    return tuple(sorted((name for name in names if len(name) >= _LEAST_NAME), key=len, reverse=True))


def numbers(desk: Desk, person_id: str) -> set[str]:
    """Return every ID and telephone number a person had as far as the log still knows."""
    past = [new for _, _, new, _ in desk.store.history(Person.kind.name, person_id)]
    every = {str(new.get(field) or "").strip() for new in past for field in ("id_number", "phone")}
    return {one for one in every if len(one) >= _LEAST_NUMBER}


def _holding(desk: Desk, name: str) -> list[str]:
    with desk.store.ledger.reading() as cursor:
        return forgetting.holding(cursor, name)


def _pointing(desk: Desk, person_id: str) -> set[str]:
    """Return the log keys of a person and of all that leads to him: postings, slips, their signatures, scans."""
    keys, fresh = {ids.key("person", person_id)}, {ids.key("person", person_id)}
    while fresh:
        fresh = {ids.key(one.kind.name, one.id) for one in _next(desk, fresh, person_id)} - keys
        keys |= fresh
    return keys


def _next(desk: Desk, keys: Collection[str], person_id: str) -> Iterator[Record]:
    names = [*keys, *(key.partition(":")[2] for key in keys)]
    for cls in KINDS.values():
        if cls is Purge:
            continue
        for item in fields(cls):
            if item.form is Form.REF:
                rows = desk.store.rows(cls, deleted=None, field_among=(item.name, names))
                yield from (one for one in rows if not _somebody_elses(one, person_id))


def _somebody_elses(record: Record, person_id: str) -> bool:
    """Tell whether a record that points to one of this person's is another person's: he took over the post."""
    return getattr(record, "person", person_id) != person_id if record.kind.name == "posting" else False


def within(desk: Desk, keys: Iterable[str]) -> set[str]:
    """Return those of the records whose forgetting is this office's: its own, and the region's what it alone keeps."""
    return {key for key in keys if _ours(desk, key)}


def _ours(desk: Desk, key: str) -> bool:
    kind, _, record_id = key.partition(":")
    cls = KINDS.get(kind)
    if cls is None or cls.kind.impersonal or not apart(kind):
        return False
    owner = ids.owner(record_id)
    return owner in (desk.scope, ids.private(desk.scope)) or (
        may_write(desk.scope, cls, record_id, ()) is None and cls.kind.owner is Owner.REGION
    )


def kept_words(desk: Desk, key: str, past_names: Iterable[str]) -> dict[str, Scalar]:
    """Return what is to be written again of a record that only mentions a name: all its texts, without the names."""
    kind, _, record_id = key.partition(":")
    record = desk.store.get(KINDS[kind], record_id)
    if record is None:
        return {}
    names = apart(kind)
    texts: dict[str, Scalar] = {
        one: value for one, value in scalars(record).items() if one in names and value is not None
    }
    for name in past_names:
        texts = {
            one: value.replace(name, FORGOTTEN) if isinstance(value, str) else value for one, value in texts.items()
        }
    return texts


def covers_a_public_field(desk: Desk, key: str) -> bool:
    """Tell whether a record corrects a field that is not forgotten: without it the corrected value would not count."""
    kind, _, record_id = key.partition(":")
    record = desk.store.get(Amendment, record_id) if kind == Amendment.kind.name else None
    return record is not None and record.field not in apart(record.subject.partition(":")[0])
