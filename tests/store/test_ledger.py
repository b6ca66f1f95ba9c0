"""Writing: one log, one fold, nothing by the side door."""

from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from tests.store.offices import NOON, new_store, person
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import County, Decision, Person, Team
from tuopin_desktop.store import writing
from tuopin_desktop.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = new_store(tmp_path)
    yield store
    store.close()


def test_a_committed_person_is_read_back_as_declared(store: Store) -> None:
    assert store.commit([person(sex="2", reserve=True)], "王", NOON) == {"person"}
    found = store.get(Person, "150426/a")
    assert found == Person(id="150426/a", name="乌云其其格", sex="2", reserve=True)
    assert store.audit() == ""


def test_shipped_counties_and_teams_are_there_from_the_start(store: Store) -> None:
    assert store.get(County, "15/150426") == County(id="15/150426", code="150426", name="翁牛特旗", league="赤峰市")
    assert store.get(Team, "150426/team") is not None
    assert store.audit() == ""


def test_only_changed_fields_reach_the_log_with_what_stood_before(store: Store) -> None:
    store.commit([person()], "王", NOON)
    store.commit([Change("person", "150426/a", {"name": "乌云其其格", "phone": "13900000000"})], "李", NOON)
    lines = store.history("person", "150426/a")
    assert [(by, new, was) for _, by, new, was in lines] == [
        ("王", {"name": "乌云其其格"}, {}),
        ("李", {"phone": "13900000000"}, {}),
    ]


def test_a_change_that_changes_nothing_writes_nothing(store: Store) -> None:
    store.commit([person()], "王", NOON)
    assert store.commit([person()], "王", NOON) == frozenset()
    assert len(store.history("person", "150426/a")) == 1


def test_several_changes_of_one_new_record_in_one_commit_all_count(store: Store) -> None:
    store.commit([person(), Change("person", "150426/a", {"name": "其其格"}), person("b", "张三")], "王", NOON)
    assert [row.name for row in store.rows(Person)] == ["其其格", "张三"]
    assert store.audit() == ""


def test_deleting_is_a_field_and_can_be_undone(store: Store) -> None:
    store.commit([person()], "王", NOON)
    store.commit([Change("person", "150426/a", {"deleted": 1})], "王", NOON)
    assert store.rows(Person) == []
    assert [row.deleted for row in store.rows(Person, deleted=None)] == [True]
    store.commit([Change("person", "150426/a", {"deleted": None})], "王", NOON)
    assert len(store.rows(Person)) == 1


@pytest.mark.parametrize("table", ["person", "county", "log", "feed", "conflict", "word"])
@pytest.mark.parametrize("verb", ["INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET rowid = rowid", "DELETE FROM {}"])
def test_a_write_beside_the_commit_is_refused(store: Store, table: str, verb: str) -> None:
    store.commit([person()], "王", NOON)
    if "UPDATE" in verb and table in ("log", "conflict", "word"):
        column = {"log": "key", "conflict": "field", "word": "word"}[table]
        verb = f"UPDATE {{}} SET {column} = {column}"
    database = store._database
    if database.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0] == 0 and "INSERT" not in verb:
        return  # nothing there that a row trigger could guard
    with pytest.raises(peewee.DatabaseError, match=r"只能|NOT NULL"):
        database.execute_sql(verb.format(table))
    assert store.audit() == ""


def test_not_even_a_commit_rewrites_the_log(store: Store) -> None:
    store.commit([person()], "王", NOON)
    with pytest.raises(dbapi2.IntegrityError, match="日志只能追加"), store._ledger.writing() as cursor:
        cursor.execute("UPDATE log SET line = x'00'")
    assert store.audit() == ""


def test_a_county_cannot_write_its_neighbour_and_nothing_is_half_written(store: Store) -> None:
    with pytest.raises(Refused, match="无权修改"):
        store.commit([person(), person("b", owner="150421")], "王", NOON)
    assert store.rows(Person) == []
    assert store.audit() == ""


def test_a_county_cannot_decide_in_the_region_offices_place(store: Store) -> None:
    decision = Change("decision", "150426/d", {"matter": "relaxation", "result": "approved"})
    with pytest.raises(Refused, match="只能由自治区"):
        store.commit([decision], "王", NOON)
    with pytest.raises(Refused, match="承办人"):
        store.commit([Change("leave_slip", "150426/s", {"name": "张三", "handler_name": "李四"})], "王", NOON)


def test_the_region_office_decides_and_may_keep_a_countys_roster(tmp_path: Path) -> None:
    store = new_store(tmp_path, "15")
    store.commit([person(), Change("decision", "150426/d", {"matter": "relaxation"})], "办", NOON)
    assert len(store.rows(Decision)) == 1
    scopes = store._database.execute_sql("SELECT scope FROM feed WHERE station != 'shipped'").fetchall()
    assert scopes == [("150426",)]
    store.close()


def test_stamps_never_run_backwards_even_when_the_clock_does(store: Store) -> None:
    for moment in (NOON, NOON - 10**12, 0, NOON + 5):
        store.commit([Change("person", "150426/a", {"name": f"人{moment}"})], "王", moment)
    stamps = [at for at, *_ in store.history("person", "150426/a")]
    assert stamps == sorted(set(stamps))
    assert [row.name for row in store.rows(Person)] == [f"人{NOON + 5}"]


def test_a_person_is_found_by_name_pinyin_and_initials_from_any_character(store: Store) -> None:
    store.commit([person(), person("b", "曾祥"), person("c", "额尔德尼·朝鲁")], "王", NOON)
    for typed in ("wyqqg", "乌云", "其其格", "wuyun", "qiqige", "YunQ", "qqg"):
        assert store.find("person", typed) == ["150426/a"], typed
    assert store.find("person", "zengx") == ["150426/b"]
    assert store.find("person", "cengx") == ["150426/b"]
    assert store.find("person", "nicl") == []
    assert store.find("person", "ncl") == ["150426/c"]


def test_a_renamed_person_is_found_only_under_the_new_name(store: Store) -> None:
    store.commit([person()], "王", NOON)
    store.commit([Change("person", "150426/a", {"name": "张三"})], "王", NOON)
    assert store.find("person", "wyqqg") == []
    assert store.find("person", "zs") == ["150426/a"]


_names = st.sampled_from(["name", "unit", "phone", "note", "deleted", "birth"])
_values = st.one_of(st.none(), st.text("甲乙丙12", max_size=3).map(lambda text: text or None))


@given(st.lists(st.tuples(st.sampled_from("abc"), _names, _values), max_size=12), st.integers(1, 4))
def test_rows_are_always_the_fold_of_the_log(tmp_path_factory: pytest.TempPathFactory, edits: list, batch: int) -> None:
    store = new_store(tmp_path_factory.mktemp("office"))
    wanted: dict[str, dict] = {}
    try:
        for start in range(0, len(edits), batch):
            chunk = edits[start : start + batch]
            changes = []
            for place, name, value in chunk:
                full = 1 if name == "deleted" else f"197{len(value or '')}-05" if name == "birth" else value
                said = {name: full if value else None}
                changes.append(Change("person", f"150426/{place}", said))
                wanted.setdefault(place, {}).update(said)
            store.commit(changes, "王", NOON)
        assert store.audit() == ""
        for row in store.rows(Person, deleted=None):
            said = wanted[row.id[-1]]
            assert all((getattr(row, name) or None) == (value or None) for name, value in said.items())
        store.refold()
        assert store.audit() == ""
    finally:
        store.close()


@pytest.mark.parametrize("few", [0, 100])
def test_a_row_that_says_something_else_than_the_log_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Whether the rows are compared first or written as they come."""
    monkeypatch.setattr(writing, "_FEW", few)
    store = new_store(tmp_path)
    ids = [f"150426/{place}" for place in "abc"]
    store.commit([Change("person", one, {"name": f"王{one[-1]}", "unit": "局"}) for one in ids], "王", NOON)
    with store.ledger.writing() as cursor:
        cursor.execute("UPDATE person SET name = '李' WHERE id = ?", (ids[0],))
        cursor.execute("DELETE FROM person WHERE id = ?", (ids[1],))
    assert store.audit() != ""
    store.refold()
    assert store.audit() == ""
    assert [row.name for row in store.rows(Person)] == ["王a", "王b", "王c"]
    store.close()
