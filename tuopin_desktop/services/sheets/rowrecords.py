"""What the values of a row become: a record that is kept, with what the row says, or a new one of its owner."""

import secrets
from collections.abc import Iterable, Mapping
from typing import TypeVar

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.belonging import may_be_office, stated_id
from tuopin_desktop.domain.columns import home_column
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Owner, Record, Scalar, build, scalars
from tuopin_desktop.domain.records import KINDS, Person, Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.registers.refrows import declared_id

Values = Mapping[str, Scalar]
"""What a row says, by key."""
R = TypeVar("R", bound=Record)


def merged(desk: Desk, kind: str, cls: type[R], record: Record | None, table: Values, cell: Scalar, owner: str) -> R:
    """Return the known record with what the row says; without one, a new record of the owner.

    An empty cell empties a field only in a row that names its record: in a list typed by somebody else it means
    "not stated".
    """
    stated = {name: value for name, value in table.items() if name != "id" and (value is not None or cell)}
    if record is None:
        named = str(cell or natural_id(kind, table, desk.scope))
        stated = {**registers.preset(desk, cls.kind.name), **stated}
        return build(
            cls,
            sound_id(cls, named) if named else fresh_id(owner or home(kind, table, desk.scope)),
            stated,
        )
    return build(cls, record.id, {**scalars(record), "deleted": None, **stated})


def part_of(values: Values, kind: str) -> dict[str, Scalar]:
    """Return what a row says of one kind, by field."""
    start = kind + "."
    return {key[len(start) :]: value for key, value in values.items() if key.startswith(start)}


def home(kind: str, table: Mapping[str, Scalar], scope: str) -> str:
    """Return who owns a new record: the county it names, this county office, or nobody can tell."""
    if table.get("county") and kind != "leave_slip":
        return str(table["county"])
    if len(scope) == 6:
        return scope
    about = KINDS[kind].kind if kind in KINDS else None
    if about and (about.inherited or about.each_office):
        return scope  # an office above has classes, rates and outgoing papers of its own
    if about and about.owner is Owner.REGION:
        return ids.REGION
    column = home_column(kind)
    raise refused("owner", f"请在“{column.heading}”列填写这条记录属于哪个旗县", column.field.name)


def office_of(cls: type[Record], table: Mapping[str, Scalar], scope: str) -> str:
    """Return the region office where a row of no county is its own, "" where it is not."""
    own = cls.kind.own
    return ids.REGION if own and scope == ids.REGION and may_be_office(cls.kind, table.get(own.field)) else ""


def could_be(person: Person, county: str) -> bool:
    """Tell whether somebody may be meant by a row of a county."""
    owner = ids.owner(person.id)
    return not county or owner == county or not owner.startswith(county[: len(owner)])


def agree(person: Person, table: Mapping[str, Scalar]) -> bool:
    """Tell whether nothing that both sides state differs: birth may be month or day, unit must not contradict."""
    birth, unit = str(table.get("birth") or ""), str(table.get("unit") or "")
    same_birth = not birth or not person.birth or birth.startswith(person.birth) or person.birth.startswith(birth)
    return same_birth and (not unit or not person.unit or unit == person.unit)


def refused(code: str, sentence: str, name: str) -> Refused:
    """Return the exception for one field of a row."""
    return Refused([Problem(code=code, sentence=sentence, fields=(name,))])


def sound_id(cls: type[Record], value: str) -> str:
    """Return the record id a row gives; raises Refused for one nobody wrote."""
    try:
        return ids.split(ids.key(cls.kind.name, value))[1]
    except ValueError as error:
        raise refused("id", "记录号不对，请清空记录号后重新导入", "id") from error


def natural_id(kind: str, table: Mapping[str, Scalar], scope: str) -> str:
    """Return the id a new record has by what its row says, "" for kinds without one."""
    stated = stated_id(KINDS[kind].kind, table, scope) if kind in KINDS else ""
    return stated or declared_id(kind, table, scope)


def fresh_id(owner: str) -> str:
    """Return a new record id of an owner."""
    return f"{owner}/{secrets.token_hex(16)}"


def sole_posting(name: str, standing: Iterable[Posting], table: Mapping[str, Scalar]) -> None:
    """Raise Refused when a row would begin a posting beside one that has not ended: which is meant nobody can tell."""
    since, until = str(table.get("since") or ""), str(table.get("until") or "")
    for posting in standing:
        if since and posting.since and not posting.until and not (until and until < posting.since.isoformat()):
            word = POSITION.word(posting.position) if posting.position else "未填职务"
            raise refused(
                "second",
                f"{name}从{posting.since.isoformat()}起的派驻（{word}）还没有结束，表里又从{since}起："
                "若是日期要更正，请在花名册里改原来那条；若是另一段派驻，请先给原来那条填上派驻止，再导入",
                "since",
            )
