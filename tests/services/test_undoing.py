"""Undoing an import: everything stands as it stood, or it is refused in words and nothing is touched."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.services.exchangers import (
    COUNTY,
    LEAGUE,
    NEIGHBOUR,
    REGION,
    all_closed,
    copy_of,
    found,
    join,
    names,
    people,
    region,
    restored,
    send,
)
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import KINDS, Person, Posting
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

OWN_TABLES = ("feed", "log", "peer", "conflict", "word", *KINDS)


def standing(desk: Desk) -> dict[str, list[Sequence[object]]]:
    """Return every row that an import may touch; feeds by name, since a feed once seen keeps its number."""
    with desk.store.ledger.reading() as cursor:
        rows = {table: sorted(cursor.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in OWN_TABLES}
    rows["feed"] = [row for row in rows["feed"] if any(row[0] == line[0] for line in rows["log"])]
    return rows


def refusal(desk: Desk) -> tuple[str, str]:
    """Return the code and the sentence with which undoing is refused; nothing may change by it."""
    before = standing(desk)
    with pytest.raises(Refused) as refused:
        packages.undo(desk)
    assert standing(desk) == before
    (problem,) = refused.value.problems
    return problem.code, problem.sentence


def post(desk: Desk, person: str) -> str:
    """Enter a posting of a person; return its id."""
    record = Posting(
        id=registers.new_id(desk, COUNTY), person=person, county=COUNTY, position="member", since=date(2018, 6, 1)
    )
    return registers.save(desk, record).id


def test_nothing_imported_is_nothing_to_undo(tmp_path: Path) -> None:
    root = region(tmp_path / "15")
    assert refusal(root) == ("nothing", "没有可以撤销的收包")
    all_closed(root)


def test_every_table_stands_as_before_the_import_and_the_note_names_package_lines_and_kinds(tmp_path: Path) -> None:
    root, county, league = region(tmp_path / "15"), found(tmp_path / "c", COUNTY), found(tmp_path / "l", LEAGUE)
    for desk in (county, league):
        join(root, desk, tmp_path)
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path))
    packages.take(county, send(root, COUNTY, tmp_path))  # with the league's authorisation
    people(county, "乙")
    packages.take(league, send(county, LEAGUE, tmp_path))
    registers.save(league, Person(id=f"{NEIGHBOUR}/x", name="丙", birth="1970-01"))
    before = standing(root)
    package = send(league, REGION, tmp_path)  # the county's second line, the league's own and those it wrote below
    taken = packages.take(root, package)
    assert names(root) == ["丙", "乙", "甲"]
    undone = packages.undo(root)
    assert standing(root) == before
    assert (undone.name, undone.lines) == (taken.name, taken.outcome.new)
    assert undone.kinds == frozenset(taken.outcome.kinds)
    assert "person" in undone.kinds
    packages.take(root, package)
    assert names(root) == ["丙", "乙", "甲"]
    all_closed(root, county, league)


def test_imports_are_undone_one_after_the_other_from_the_newest(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    states = [standing(root)]
    for name in ("甲", "乙"):
        people(county, name)
        packages.take(root, send(county, REGION, tmp_path))
        states.append(standing(root))
    packages.undo(root)
    assert standing(root) == states[1]
    packages.undo(root)
    assert standing(root) == states[0]
    assert refusal(root)[0] == "nothing"
    all_closed(root, county)


def test_the_import_that_authorises_this_pc_stays(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    assert refusal(county) == ("depends", "这次收下的包带来了本机的授权，撤销后本机不能再收发数据包，没有撤销")
    all_closed(root, county)


def test_undoing_a_revocation_lets_the_lines_count_again(tmp_path: Path) -> None:
    root, county, other = region(tmp_path / "15"), found(tmp_path / "c", COUNTY), found(tmp_path / "d", COUNTY)
    for desk in (county, other):
        join(root, desk, tmp_path)
    people(other, "甲")
    packages.take(county, packages.make(other, COUNTY, tmp_path)[0].path)
    packages.take(root, send(other, REGION, tmp_path))
    own = other.store.identity.station
    stations.revoke(root, own, "失窃", everything=True)
    packages.take(county, send(root, COUNTY, tmp_path))
    assert names(county) == []
    packages.undo(county)
    assert names(county) == ["甲"]
    all_closed(root, county, other)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Desk, Desk, str]:
    """The region and a county of which it has imported one person; the person's id."""
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    people(root, "早先")
    (brought,) = people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path))
    return root, county, brought


def test_work_that_touches_what_came_is_named_and_nothing_is_undone(pair: tuple[Desk, Desk, str]) -> None:
    root, county, brought = pair
    people(root, "无关")
    registers.save(root, Person(id=brought, name="甲某", birth="1975-03"))
    code, sentence = refusal(root)
    assert code == "depends"
    assert sentence.startswith("收下之后又登记了1条与之有关的记录（")
    assert sentence.endswith("），不能撤销整个包。请先把这些记录逐条改回，或直接更正收下的内容")
    assert "人员“甲某”（翁牛特旗" in sentence
    assert "无关" not in sentence
    assert "早先" not in sentence
    all_closed(root, county)


def test_work_that_points_to_what_came_is_named_too(pair: tuple[Desk, Desk, str]) -> None:
    root, county, brought = pair
    people(root, "无关")
    post(root, brought)
    code, sentence = refusal(root)
    assert code == "depends"
    assert "登记了1条" in sentence
    all_closed(root, county)


def test_of_many_dependents_five_are_named(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    brought = people(county, *"甲乙丙丁戊己庚")
    packages.take(root, send(county, REGION, tmp_path))
    for number, one in enumerate(brought):
        registers.save(root, Person(id=one, name=f"改{number}", birth="1975-03"))
    sentence = refusal(root)[1]
    assert "登记了7条" in sentence
    assert sum(f"“改{number}”" in sentence for number in range(7)) == 5
    all_closed(root, county)


def test_lines_entered_before_the_import_are_no_later_work(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    (shared,) = people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path))
    registers.save(root, Person(id=shared, name="甲改", birth="1975-03"))
    registers.save(county, Person(id=shared, name="甲县", birth="1975-03"))
    before = standing(root)
    packages.take(root, send(county, REGION, tmp_path))
    packages.undo(root)
    assert standing(root) == before
    all_closed(root, county)


def test_own_lines_that_came_back_are_given_up_only_while_nothing_was_added(tmp_path: Path) -> None:
    """An old copy is filled by the region's package; what is entered after that goes on in a feed of its own."""
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    copy = copy_of(county, tmp_path / "old.db")
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path))
    county = restored(county, copy)
    packages.take(root, send(county, REGION, tmp_path))  # tells how far the old copy reaches
    before = standing(county)
    package = send(root, COUNTY, tmp_path)
    packages.take(county, package)
    assert names(county) == ["甲"]
    packages.undo(county)
    assert standing(county) == before
    packages.take(county, package)
    people(county, "无关")
    packages.undo(county)
    assert names(county) == ["无关"]
    all_closed(root, county)
