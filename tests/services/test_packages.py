"""V9: packages that never lose, double or overstep, whatever becomes of the sticks."""

from pathlib import Path

import pytest

from tests.services import closings
from tests.services.desks import enter
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
from tuopin_desktop.domain.records import Attendance, Draw, Person
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.exchange import packageboard, packages
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.spotchecks import draws
from tuopin_desktop.store.feeds import every_feed

NAMES = "甲乙丙丁戊己庚辛壬癸"


def own_lines(desk: Desk) -> dict[str, int]:
    with desk.store.ledger.reading() as cursor:
        own = desk.store.identity.station
        return {feed.feed: feed.seq for feed in every_feed(cursor) if feed.station == own}


def test_v9_lost_found_doubled_receipted_by_phone_and_restored(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, stick)
    packages.take(root, send(county, REGION, stick))
    packages.take(county, send(root, COUNTY, stick))  # the receipt: only what follows is counted below

    people(county, *NAMES)
    snapshot = copy_of(county, tmp_path / "snapshot.db")
    p1 = packages.make(county, REGION, stick)[0]
    assert p1.changes == 10
    people(county, "一", "二", "三", "四", "五")
    p2 = packages.make(county, REGION, stick)[0]
    assert p2.changes == 15
    taken = packages.take(root, p2.path)
    assert (taken.outcome.new, taken.outcome.again) == (15, 0)
    assert names(root) == sorted([*NAMES, *"一二三四五"])

    late = packages.take(root, p1.path)
    assert (late.outcome.new, late.outcome.again) == (0, 10)

    people(county, "六", "七", "八")
    p3 = packages.make(county, REGION, stick)[0]
    assert p3.changes == 18
    taken = packages.take(root, p3.path)
    assert (taken.outcome.new, taken.outcome.again) == (3, 15)
    assert len(names(root)) == 18

    heard = packageboard.acknowledge(county, taken.receipt.lower().replace("-", " "))
    assert (heard.office, heard.number, heard.changes) == (REGION, p3.number, 18)
    people(county, "九")
    p4 = packages.make(county, REGION, stick)[0]
    assert p4.changes == 1
    packages.take(root, p4.path)

    before = own_lines(county)
    county = restored(county, snapshot)
    assert names(county) == sorted(NAMES)
    assert county.store.identity.era == 2
    lacking = packageboard.board(county).missing
    assert [(held, wanted) for held, wanted in lacking.values()] == [(11, 20)]
    people(county, "十")
    assert set(own_lines(county)) > set(before)
    p5 = packages.make(county, REGION, stick)[0]
    assert p5.number > p4.number
    packages.take(root, p5.path)
    packages.take(county, send(root, COUNTY, stick))
    assert packageboard.board(county).missing == {}
    everyone = sorted([*NAMES, *"一二三四五六七八九十"])
    assert names(county) == names(root) == everyone
    all_closed(root, county)


def test_a_rehearsal_says_what_an_import_does_and_writes_nothing(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    ids = people(county, "甲", "乙")
    packages.take(root, send(county, REGION, tmp_path))
    person = county.store.get(Person, ids[0])
    assert person is not None
    registers.save(county, Person(id=ids[0], name="甲某", birth="1975-03"))
    package = send(county, REGION, tmp_path)
    rehearsed = packages.rehearse(root, package)
    assert names(root) == ["乙", "甲"]
    news = rehearsed.outcome.kinds["person"]
    assert (news.new, news.changed) == (0, 1)
    assert [(one.old, one.new) for one in rehearsed.outcome.samples] == [("甲", "甲某")]
    assert packages.take(root, package).outcome == rehearsed.outcome
    assert names(root) == ["乙", "甲某"]
    all_closed(root, county)


def test_an_import_is_undone_as_a_whole_and_can_be_made_again(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲", "乙")
    package = send(county, REGION, tmp_path)
    before = content(root)
    packages.take(root, package)
    people(root, "丙")
    undone = packages.undo(root)
    assert undone.lines == 3  # the county's own office record came with them
    assert names(root) == ["丙"]
    packages.take(root, package)
    assert len(names(root)) == 3
    packages.undo(root)
    registers.delete(root, "person", root.store.rows(Person)[0].id)
    assert content(root)["rows"] == before["rows"]
    all_closed(root, county)


def content(desk: Desk) -> dict[str, object]:
    store = desk.store
    return {"rows": store.rows(Person)}


def test_undoing_is_refused_when_later_work_builds_on_the_import(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    ids = people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path))
    registers.delete(root, "person", ids[0])
    with pytest.raises(Refused, match="不能撤销整个包"):
        packages.undo(root)
    assert names(root) == []
    all_closed(root, county)


@pytest.mark.parametrize("practice", [True, False])
def test_practice_and_real_never_meet(tmp_path: Path, practice: bool) -> None:
    root, county = region(tmp_path / "15", practice=practice), found(tmp_path / "c", COUNTY, practice=practice)
    other = region(tmp_path / "other", practice=not practice)
    join(root, county, tmp_path)
    package = send(county, REGION, tmp_path)
    with pytest.raises(Refused):
        packages.take(other, package)
    all_closed(root, county, other)


def test_a_neighbour_cannot_open_a_package_and_is_never_given_one(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    neighbour, league = found(tmp_path / "neighbour", NEIGHBOUR), found(tmp_path / "league", LEAGUE)
    for desk in (county, neighbour, league):
        join(root, desk, tmp_path)
    people(county, "甲")
    with pytest.raises(Refused, match="解不开"):
        packages.take(neighbour, send(county, REGION, tmp_path))
    packages.take(root, send(county, REGION, tmp_path))
    packages.take(neighbour, send(root, NEIGHBOUR, tmp_path))
    packages.take(league, send(root, LEAGUE, tmp_path))
    assert (names(neighbour), names(league)) == ([], ["甲"])
    all_closed(root, county, neighbour, league)


def test_whoever_is_drawn_for_a_covert_visit_does_not_read_it_in_a_package(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    league, second = found(tmp_path / "league", LEAGUE), found(tmp_path / "second", REGION)
    for desk in (county, league, second):
        join(root, desk, tmp_path)
    enter(county, "张三")
    packages.take(root, send(county, REGION, tmp_path))
    packages.take(league, send(root, LEAGUE, tmp_path))
    above = [draws.draw(root, "team", 1).id, draws.draw(root, "person", 1, county=COUNTY).id]
    beside = draws.draw(league, "team", 1).id
    packages.take(root, send(league, REGION, tmp_path))
    own = draws.draw(county, "person", 1).id
    for desk, to in ((league, LEAGUE), (county, COUNTY), (second, REGION)):
        packages.take(desk, send(root, to, tmp_path))
    packages.take(county, send(league, COUNTY, tmp_path))
    assert {one.id for one in county.store.rows(Draw)} == {own}
    assert {one.id for one in league.store.rows(Draw)} == {beside}
    assert {one.id for one in second.store.rows(Draw)} == {one.id for one in root.store.rows(Draw)} == {*above, beside}
    assert draws.prove(second, above[1]).agrees
    all_closed(root, county, league, second)


def test_attendance_of_a_closed_month_from_a_second_pc_is_told_and_leaves_the_figures(tmp_path: Path) -> None:
    root, first, second = region(tmp_path / "15"), found(tmp_path / "1", COUNTY), found(tmp_path / "2", COUNTY)
    for desk in (first, second):
        join(root, desk, tmp_path)
    packages.take(first, send(root, COUNTY, tmp_path))  # now it knows the second PC
    posting = enter(first, "张三")
    packages.take(second, send(first, COUNTY, tmp_path))
    packages.take(root, send(first, REGION, tmp_path))
    first, second = closings.at(first, "2018-11-05"), closings.at(second, "2018-11-05")
    closings.key(first, posting, "2018-10")
    closing.close(first, "2018-10")
    monthly = packages.take(root, send(first, REGION, tmp_path))
    assert monthly.closed == ()  # attendance and close in one package: nothing to say
    registers.save(second, Attendance(id=f"{posting.id}/2018-10", posting=posting.id, month="2018-10", d08="o?/o?"))
    package = send(second, COUNTY, tmp_path)
    (before,) = closing.days(first, "2018-10")
    rehearsed = packages.rehearse(first, package)
    taken = packages.take(first, package)
    (words,) = taken.closed
    assert rehearsed.closed == taken.closed
    assert words.startswith("已结账月份有不同：2018年10月考勤已于2018-11-05结账")
    assert "张三" in words
    assert any(words in line for line in packages.account(taken))
    (after,) = closing.days(first, "2018-10")
    assert after.figure == before.figure
    assert after.now == after.figure.days, "what came after the close is told, and changes no figure of it"
    assert packages.take(first, package).closed == ()
    all_closed(root, first, second)
