"""The recipes of docs/how-to open every office: whatever schema it stands at, whatever table gets one more column."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, NamedTuple, cast

import msgspec
import peewee
import pytest

from tests.plausible import plausible
from tests.store.offices import NOON, SHIPPED, of_release
from tests.store.test_schema import KEPT, shape
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.record import Kind, Record, about, scalars
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.office import library
from tuopin_desktop.store import migrations, tables
from tuopin_desktop.store.database import connect
from tuopin_desktop.store.migrations import Step, add_field, add_kind
from tuopin_desktop.store.store import Store

STEPS = migrations.STEPS
NUMBERS = [migrations.FIRST, *sorted(step.number for step in STEPS)]
"""Every schema number an office may stand at."""
REGION = "15"


class Later(NamedTuple):
    """A program that came after this one: its steps, and an office of its own with one record of every kind."""

    steps: tuple[Step, ...]
    office: Path


def one_more_field(kind: str) -> type[Record]:
    """Return the declaration of a kind with one field more, indexed, as the recipe writes it."""
    cls = KINDS[kind]
    field = ("nickname", Annotated[str, about("曾用名", limit=50, index=True)], "")
    made = msgspec.defstruct(cls.__name__, [field], bases=(cls,), frozen=True, kw_only=True, module=__name__)
    return cast(type[Record], made)


@cache
def _climbed() -> Mapping[int, bytes]:
    """Return the file of an empty office at every schema number: the steps are taken once, not anew for each.

    Asked for before a test declares anything further, by every test that does.
    """
    files: dict[int, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        of_release(path, KEPT[0]).close()
        files[migrations.FIRST] = path.read_bytes()
        for step in sorted(STEPS, key=lambda one: one.number):
            database = connect(path)
            with database.atomic():
                step.run(database)
            database.execute_sql(f"PRAGMA user_version = {step.number}")
            database.close()
            files[step.number] = path.read_bytes()
    return files


def stood_at(path: Path, number: int) -> Path:
    """Make an empty office as it stood at a schema number, with the declarations of today."""
    files = _climbed()
    path.write_bytes(files[max(one for one in files if one <= number)])
    if number not in files:  # no step bears it, yet an office may say it stands there
        database = connect(path)
        database.execute_sql(f"PRAGMA user_version = {number}")
        database.close()
    return path


def _late() -> type[Record]:
    """Return a kind of record that no release has had."""
    field = ("name", Annotated[str, about("名称", required=True)], "")
    kind = Kind(name="song", label="歌曲")
    made = msgspec.defstruct("Song", [field], bases=(Record,), namespace={"kind": kind}, frozen=True, kw_only=True)
    return cast(type[Record], made)


def _id(kind: str) -> str:
    return f"{ids.local(REGION) if KINDS[kind].kind.local else '150426'}/{kind}"


def _records() -> Iterator[Change]:
    for kind, cls in KINDS.items():
        if kind not in ("station", "revocation"):  # their lines are certificates, judged when read
            made = plausible(cls, library.codes(), lambda kind: f"150426/{kind}")
            yield Change(kind, _id(kind), {**scalars(made), "nickname": "那顺"})


def _feeds(donor: Path, into: Path) -> None:
    """Put the log of one office, with its feeds and its identity, into the empty tables of another."""
    database = connect(into)
    database.execute_sql("ATTACH ? AS donor", (str(donor),))
    database.execute_sql("INSERT INTO gate(n) VALUES (1)")
    for table in ("meta", "feed", "log"):
        have = database.execute_sql("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
        columns = ", ".join(f'"{row[0]}"' for row in have)
        database.execute_sql(f"INSERT INTO {table}({columns}) SELECT {columns} FROM donor.{table}")
    database.execute_sql("DELETE FROM gate")
    database.close()


@pytest.fixture
def offices(tmp_path: Path) -> dict[int, Path]:
    """Return an empty office at every schema number, made before anything further is declared."""
    return {number: stood_at(tmp_path / f"at-{number}.db", number) for number in NUMBERS}


@pytest.fixture
def later(offices: dict[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Later]:
    """Be a later program: every kind, and every table that is none, has one field more; one kind is new."""
    last = migrations.newest()
    fixed = {"peer": tables.Peer, "parcel": tables.Parcel, "disclosure": tables.Disclosure, "feed": tables.Feed}
    names = [*KINDS, *fixed]
    added = [Step(last + 3 + place, name, add_field(name, "nickname")) for place, name in enumerate(names)]
    song = Step(last + 1000, "songs are kept", add_kind("song"))
    for kind in list(KINDS):
        cls = one_more_field(kind)
        monkeypatch.setitem(KINDS, kind, cls)
        monkeypatch.setitem(tables.TABLES, kind, tables._table(cls))
    monkeypatch.setitem(KINDS, "song", _late())
    monkeypatch.setitem(tables.TABLES, "song", tables._table(KINDS["song"]))
    for model in fixed.values():
        model._meta.add_field("nickname", peewee.TextField(null=True))
    monkeypatch.setattr(migrations, "STEPS", (song, *reversed(added), *STEPS))
    office = tmp_path / "later.db"
    store = Store.create(office, office=REGION, practice=False, shipped=SHIPPED)
    store.commit(list(_records()), "王", NOON)
    store.close()
    yield Later(migrations.STEPS, office)
    for model in fixed.values():
        model._meta.remove_field("nickname")
        delattr(model, "nickname")


def test_one_field_more_in_every_table_opens_every_office_and_shows_what_its_log_holds(
    later: Later, offices: dict[int, Path]
) -> None:
    fresh = connect(later.office)
    wanted = shape(fresh)
    fresh.close()
    for number, path in offices.items():
        _feeds(later.office, path)
        store = Store(path, journal="TRUNCATE")
        kinds = [kind for kind in KINDS if kind not in ("station", "revocation")]
        held: dict[str, Any] = {kind: store.get(KINDS[kind], _id(kind)) for kind in kinds}
        assert [kind for kind in kinds if held[kind] is None] == [], number
        assert {getattr(one, "nickname", "那顺") for one in held.values()} == {"那顺"}, number
        song = Change("song", "150426/new", {"name": "鸿雁"})
        store.commit([song, Change("person", "150426/person", {"nickname": "巴图"})], "王", NOON)
        assert store.audit() == "", number
        store.close()
        database = connect(path)
        assert shape(database) == wanted, number
        database.close()


WHEN: dict[str, Callable[[int], int]] = {"just before": lambda own: own - 1, "just after": lambda own: own}


@pytest.mark.parametrize("when", ["first release", *WHEN])
def test_a_field_added_to_one_kind_alone_opens_the_offices_around_the_kinds_own_step(
    when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in list(KINDS):
        own = _own_step(kind)
        if when != "first release" and own == migrations.FIRST:
            continue  # it was there from the first
        number = WHEN[when](own) if when in WHEN else migrations.FIRST
        old = stood_at(tmp_path / f"{kind}.db", number)
        with monkeypatch.context() as patch:
            cls = one_more_field(kind)
            patch.setitem(KINDS, kind, cls)
            patch.setitem(tables.TABLES, kind, tables._table(cls))
            step = Step(migrations.newest() + 1, "one more", add_field(kind, "nickname"))
            patch.setattr(migrations, "STEPS", (*STEPS, step))
            database = connect(old)
            migrations.migrate(database, lambda number: None, lambda: None)
            assert _indexed(database, kind), (kind, number)
            database.close()


def _indexed(database: Any, kind: str) -> bool:
    rows = database.execute_sql("SELECT name FROM pragma_table_info(?)", (kind,)).fetchall()
    query = "SELECT count(*) FROM pragma_index_list(?) AS l, pragma_index_info(l.name) AS c WHERE c.name = 'nickname'"
    return ("nickname",) in rows and database.execute_sql(query, (kind,)).fetchone() == (1,)


def _own_step(kind: str) -> int:
    """Return the number of the step that makes the table of a kind: FIRST when the first release had it."""
    return next((one.number for one in STEPS if kind in _captured(one)), migrations.FIRST)


def _captured(step: Step) -> list[Any]:
    cells = getattr(step.run, "__closure__", None) or ()
    return [cell.cell_contents for cell in cells] if step.run.__qualname__.startswith("add_kind") else []


@pytest.fixture
def parcels(tmp_path: Path) -> Iterator[Any]:
    """Return an office with one parcel, at the schema that brought parcels."""
    database = connect(stood_at(tmp_path / "old.db", 36))
    database.execute_sql("INSERT INTO parcel VALUES (1, 'made', 'a.zip', 's', '15', 1, 1, 1, 1, 1, '', '{}', '', '')")
    yield database
    database.close()
    tables.Parcel._meta.remove_field("nickname")
    delattr(tables.Parcel, "nickname")


def test_rows_that_are_there_hold_the_default_of_a_column_that_may_not_be_empty(parcels: Any) -> None:
    tables.Parcel._meta.add_field("nickname", peewee.TextField(default="甲'乙"))
    add_field("parcel", "nickname")(parcels)
    assert parcels.execute_sql("SELECT n, nickname FROM parcel").fetchall() == [(1, "甲'乙")]


def test_a_column_that_may_not_be_empty_and_has_no_default_is_told_to_its_author(parcels: Any) -> None:
    tables.Parcel._meta.add_field("nickname", peewee.TextField())
    with pytest.raises(TypeError, match="nickname"):
        add_field("parcel", "nickname")(parcels)
