"""Declarations: every kind says enough of itself for tables, forms, sheets and packages to be derived from it."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain.codes import CodeTable, vocabulary
from tuopin_desktop.domain.record import (
    Form,
    Kind,
    Record,
    about,
    build,
    editable,
    fields,
    scalar,
    scalars,
    title,
)
from tuopin_desktop.domain.records import KINDS, LeaveSlip, Person, Posting, Team

PACKS = {"2018-nmg": "2018年办法", "2021-village": "2021年驻村"}

RESOURCES = Path(__file__).parents[2] / "resources"
SNAKE = re.compile(r"[a-z]+(_[a-z]+)*|d[0-3][0-9]")  # d01 to d31 are the days of a month

every_kind = pytest.mark.parametrize("cls", KINDS.values(), ids=KINDS)


def _rows(name: str) -> list[dict[str, str]]:
    with (RESOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tables() -> dict[str, CodeTable]:
    return vocabulary(_rows("codes.csv"), _rows("counties.csv"), PACKS)


def _value_of(hint: object) -> st.SearchStrategy[object]:
    text = st.text(max_size=8)
    choices: dict[object, st.SearchStrategy[object]] = {
        str: text,
        bool: st.booleans(),
        int | None: st.none() | st.integers(-(2**53), 2**53),
        date | None: st.none() | st.dates(),
    }
    return choices[hint]


def _records() -> st.SearchStrategy[Record]:
    def of(cls: type[Record]) -> st.SearchStrategy[Record]:
        types = {item.name: item.type for item in msgspec.structs.fields(cls)}
        bare = {name: getattr(hint, "__origin__", hint) for name, hint in types.items()}
        return st.builds(cls, **{name: _value_of(hint) for name, hint in bare.items()})

    return st.sampled_from(list(KINDS.values())).flatmap(of)


@every_kind
def test_every_field_has_a_label_and_labels_are_distinct(cls: type[Record]) -> None:
    labels = [item.label for item in fields(cls)]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert cls.kind.label


@every_kind
def test_names_are_words_of_the_glossary_in_snake_case(cls: type[Record]) -> None:
    names = [item.name for item in fields(cls)]
    assert [name for name in [cls.kind.name, *names] if not SNAKE.fullmatch(name)] == []
    assert len(set(names)) == len(names)
    assert names[-1] == "deleted"
    assert "id" not in names


@every_kind
def test_every_field_a_person_fills_in_stands_in_a_known_group_and_no_group_is_empty(cls: type[Record]) -> None:
    used = [item.group for item in editable(cls)]
    assert set(used) <= set(cls.kind.groups)
    if used:
        assert list(dict.fromkeys(used)) == list(cls.kind.groups)


@every_kind
def test_every_choice_has_its_table_and_every_reference_its_kind(
    cls: type[Record], tables: dict[str, CodeTable]
) -> None:
    for item in fields(cls):
        if item.form is Form.CHOICE:
            assert len(item.codes(tables).labels) > 1, item.name
        else:
            assert item.table == "", item.name
        if item.form is Form.REF:
            assert set(filter(None, item.ref.split(","))) <= set(KINDS), item.name
            assert item.ref or item.auto, item.name
        else:
            assert item.ref == "", item.name


@every_kind
def test_forms_and_types_agree(cls: type[Record]) -> None:
    types = {item.name: getattr(item.type, "__origin__", item.type) for item in msgspec.structs.fields(cls)}
    kinds = {Form.DATE: date | None, Form.FLAG: bool, Form.INTEGER: int | None, Form.MONEY: int | None}
    assert {item.name: types[item.name] for item in fields(cls)} == {
        item.name: kinds.get(item.form, str) for item in fields(cls)
    }


@every_kind
def test_what_the_kind_says_of_its_fields_exists(cls: type[Record]) -> None:
    names = {item.name for item in fields(cls)}
    assert set(cls.kind.title) <= names
    assert cls.kind.title
    assert set(cls.kind.keep_one) <= names


@every_kind
def test_an_empty_record_is_all_null_and_null_builds_it_again(cls: type[Record]) -> None:
    assert set(scalars(cls()).values()) == {None}
    assert build(cls, "", scalars(cls())) == cls()
    assert build(cls, "", {}) == cls()


@given(_records())
def test_a_record_survives_its_log_values(record: Record) -> None:
    assert build(type(record), record.id, scalars(record)) == record


@given(_records())
def test_log_values_are_text_whole_numbers_or_null_and_never_empty_text(record: Record) -> None:
    assert all(value is None or (type(value) in (str, int) and value != "") for value in scalars(record).values())


@given(_records())
def test_a_record_survives_json(record: Record) -> None:
    assert msgspec.json.decode(msgspec.json.encode(record), type=type(record)) == record


def test_a_field_unknown_to_this_program_is_passed_over() -> None:
    assert build(Person, "150426/a", {"name": "张三", "unheard_of": "三儿"}) == Person(id="150426/a", name="张三")


@pytest.mark.parametrize("values", [{"since": "昨天"}, {"since": 5}, {"note": 5}, {"since": "2018-02-30"}])
def test_a_value_of_the_wrong_type_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        build(Posting, "150426/p", values)


@pytest.mark.parametrize(
    ("value", "kept"),
    [("", None), (False, None), (None, None), (True, 1), (0, 0), (date(2018, 6, 5), "2018-06-05"), ("甲", "甲")],
)
def test_one_value_in_its_log_form(value: object, kept: object) -> None:
    assert scalar(value) == kept


@pytest.mark.parametrize("value", [1.5, ["甲"], {"a": 1}, b"x"])
def test_fractions_and_containers_never_reach_the_log(value: object) -> None:
    with pytest.raises(TypeError):
        scalar(value)


def test_a_field_without_a_declaration_is_a_bug_found_at_once() -> None:
    class Bare(Record, frozen=True, kw_only=True):
        kind: ClassVar[Kind] = Kind(name="bare", label="裸")

        said: Annotated[str, about("说过")] = ""
        silent: str = ""

    with pytest.raises(TypeError, match="silent"):
        fields(Bare)


def test_a_row_is_called_by_its_title_fields_or_else_by_its_id() -> None:
    assert title(LeaveSlip(id="150426/s", number="2018-0001", name="张三")) == "2018-0001 张三"
    assert title(LeaveSlip(id="150426/s", name="张三")) == "张三"
    assert title(Team(id="150426/team")) == "150426/team"


SEVERAL = {"spot_check.checker", "own_check.checker", "check_draw.witness", "ballot_round.tellers"}
"""Fields that name more than one human being in a line: tidied as one name, they would run together."""


def test_the_names_of_human_beings_are_declared_as_such() -> None:
    items = {f"{kind}.{item.name}": item for kind, cls in KINDS.items() for item in fields(cls)}
    declared = {key for key, item in items.items() if item.person_name}
    called = {
        key for key, item in items.items() if item.form is Form.TEXT and item.label.endswith(("人", "姓名", "书记"))
    }
    assert declared == called - SEVERAL
    assert called >= SEVERAL


def test_what_tells_of_a_persons_life_is_marked_personal() -> None:
    personal = {f"{kind}.{item.name}" for kind, cls in KINDS.items() for item in fields(cls) if item.personal}
    assert {"person.id_number", "person.birth", "person.health", "person.phone", "leave_slip.phone"} <= personal
