"""What rules may ask of the facts is read: a kind declared there and forgotten in the reading is judged by nobody."""

import typing
from datetime import date
from pathlib import Path

import msgspec

from tests.plausible import plausible
from tests.services.desks import open_office
from tests.services.leaveteam import at
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.dutyevidence import DutyEvidence
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.recall.course import Docket
from tuopin_desktop.domain.record import Record, scalars
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.under import under
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import library

COUNTY = "150426"
BESIDE = {"counties", "decisions", "rulings", "trainings", "attendance_today", "closes", "corrections"}
"""Fields a county does not fill by entering records: what offices above hand down, and closed months."""


def declared(struct: type[msgspec.Struct]) -> dict[str, type[Record]]:
    """Return the fields of a struct that hold records of one kind each."""
    kinds: dict[str, type[Record]] = {}
    for name, hint in typing.get_type_hints(struct).items():
        inner = next(iter(typing.get_args(hint)), None)
        if typing.get_origin(hint) is tuple and isinstance(inner, type) and issubclass(inner, Record):
            kinds[name] = inner
    return {name: cls for name, cls in kinds.items() if name not in BESIDE}


def test_every_kind_the_facts_declare_is_read_from_the_office(tmp_path: Path) -> None:
    fields = {struct: declared(struct) for struct in (Facts, DutyEvidence, Docket)}
    kinds = {cls for names in fields.values() for cls in names.values()}
    assert len(kinds) > 20
    desk = open_office(tmp_path / "office", level="region")
    at(desk, date(2019, 6, 3))
    for cls in kinds:
        record = plausible(cls, library.codes(), lambda kind: f"{COUNTY}/{kind}")
        desk.commit([Change(cls.kind.name, f"{COUNTY}/{cls.kind.name}/2018-06", difference({}, scalars(record)))])
    facts = judging.facts(desk)
    desk.close()
    parts = {Facts: facts, DutyEvidence: facts.duty_evidence, Docket: facts.docket}
    assert [name for struct, names in fields.items() for name in names if not getattr(parts[struct], name)] == []


def test_what_hangs_on_a_posting_is_parted_by_the_pack_of_the_posting() -> None:
    first, other = Posting(id=f"{COUNTY}/a"), Posting(id=f"{COUNTY}/b", pack="2021-village")
    hanging = {name: cls for name, cls in declared(Facts).items() if "posting" in cls.__struct_fields__}
    assert {"slips", "attendance"} <= hanging.keys()
    for name, cls in hanging.items():
        records = tuple(
            msgspec.structs.replace(cls(), id=f"{one.id}/2018-06", posting=one.id, **_month(cls))
            for one in (first, other)
        )
        empty = Facts(today=date(2019, 6, 3), scope=COUNTY, postings=(first, other))
        facts = msgspec.structs.replace(empty, **{name: records})
        assert [one.posting for one in getattr(under(facts, other.pack), name)] == [other.id], name


def _month(cls: type[Record]) -> dict[str, str]:
    return {"month": "2018-06"} if "month" in cls.__struct_fields__ else {}
