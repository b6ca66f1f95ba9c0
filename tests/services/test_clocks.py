"""A clock that stands in another year: noticed, told, never passed on, never used against a person."""

from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest

from tests.services.exchangers import COUNTY, found, join, people, region, reopened, send
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain import clocks as bounds
from tuopin_desktop.domain.change import Change, doubtful
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import Clock, FixedClock
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import backups, clocks, disclosures
from tuopin_desktop.services.office.desk import Desk

FAR = datetime(2099, 1, 1, 8)


def one(desk: Desk, name: str) -> str:
    """Enter a person and return the id."""
    return people(desk, name, county=desk.scope)[0]


def moved(desk: Desk, moment: datetime) -> None:
    desk.clock = FixedClock(moment)


def stamped(desk: Desk, record_id: str) -> list[int]:
    """Return the stamps of a person's lines, in order."""
    return [at for at, *_ in desk.store.history("person", record_id)]


def year(at: int) -> int:
    return datetime.fromtimestamp(at / 65536 / 1000).year


def without_a_bound(desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str) -> str:
    """Enter a person as a release without a bound did with its computer in 2099, and return the id."""
    with monkeypatch.context() as patched:
        patched.setattr(bounds, "PATIENCE", 10**15)
        patched.setattr(bounds, "SERVICE", 10**15)
        before, desk.clock = desk.clock, FixedClock(FAR)
        made = people(desk, name, county=desk.scope)[0]
        desk.clock = before
    with desk.store.ledger.writing() as cursor:
        cursor.execute("DELETE FROM meta WHERE name = 'farthest'")
    assert year(stamped(desk, made)[-1]) == 2099
    return made


def renamed(desk: Desk, record_id: str, name: str) -> None:
    desk.commit([Change("person", record_id, {"name": name})])


def test_an_entry_in_2099_dates_nothing_after_it(desk: Desk) -> None:
    normal = desk.clock
    moved(desk, FAR)
    wrong = one(desk, "甲")
    assert "系统时间显示2099-01-01" in clocks.warning(desk)
    desk.clock = normal
    right = one(desk, "乙")
    assert clocks.warning(desk) == ""
    assert [year(stamped(desk, who)[0]) for who in (wrong, right)] == [2018, 2018]
    assert doubtful(stamped(desk, wrong)[0])
    assert not doubtful(stamped(desk, right)[0])


def test_an_office_that_holds_a_line_of_2099_goes_on_in_its_own_time_and_later_words_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = found(tmp_path / "county", COUNTY)
    old = without_a_bound(desk, monkeypatch, "甲")
    desk = reopened(desk)
    renamed(desk, old, "甲乙")
    other = people(desk, "丙")[0]
    found_name = desk.store.get(Person, old)
    assert found_name is not None
    assert found_name.name == "甲乙"
    assert year(stamped(desk, other)[0]) == 2018
    assert desk.store.audit() == ""
    assert clocks.warning(desk) == ""
    desk.close()


def test_a_package_stamped_2099_is_told_and_does_not_move_the_regions_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, county = region(tmp_path / "region"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path / "stick")
    old = without_a_bound(county, monkeypatch, "甲")
    county = reopened(county)
    people(county, "乙")
    package = send(county, "15", tmp_path / "up")
    told = "\n".join(packages.account(packages.rehearse(root, package)))
    assert "其中1条录入时电脑时钟不对（最晚的标为2099-01-01" in told
    assert clocks.UNTIMED in told
    packages.take(root, package)
    own = people(root, "丙")[0]
    assert year(stamped(root, own)[0]) == 2018
    assert clocks.warning(root) == ""
    renamed(root, old, "甲乙")
    packages.take(county, send(root, COUNTY, tmp_path / "down"))
    for desk in (root, county):
        held = desk.store.get(Person, old)
        assert held is not None
        assert held.name == "甲乙"
        assert desk.store.audit() == ""
        desk.close()


def test_a_doubted_line_stays_doubted_wherever_its_package_goes(tmp_path: Path) -> None:
    root, county = region(tmp_path / "region"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path / "stick")
    moved(county, datetime(2000, 1, 1, 8))
    wrong = people(county, "甲")[0]
    taken = packages.take(root, send(county, "15", tmp_path / "up"))
    assert "1条录入时电脑时钟不对" in "\n".join(packages.account(taken))
    assert doubtful(stamped(root, wrong)[0])
    for desk in (root, county):
        desk.close()


def test_a_computer_some_days_behind_learns_it_from_what_comes_and_nobodys_clock_is_moved(tmp_path: Path) -> None:
    root, county = region(tmp_path / "region"), found(tmp_path / "county", COUNTY)
    moved(county, datetime(2018, 6, 1, 8))
    assert clocks.warning(county) != ""  # the office was made three days later by this clock
    clocks.trust(county)
    assert clocks.warning(county) == ""
    join(root, county, tmp_path / "stick")
    people(root, "甲")
    rehearsed = packages.rehearse(county, send(root, COUNTY, tmp_path / "stick"))
    assert any("本机系统时间是2018-06-01" in words for words in packages.account(rehearsed))
    assert clocks.warning(county) == ""
    for desk in (root, county):
        desk.close()


def test_a_clock_behind_the_newest_entry_is_told_with_both_times(desk: Desk) -> None:
    one(desk, "甲")
    moved(desk, datetime(2000, 1, 1, 8))
    said = clocks.warning(desk)
    assert "系统时间显示2000-01-01" in said
    assert "2018-06-04" in said
    assert doubtful(stamped(desk, one(desk, "乙"))[0])


def test_the_clerks_word_makes_a_clock_right_but_no_impossible_one(desk: Desk) -> None:
    one(desk, "甲")
    moved(desk, datetime(2034, 5, 6, 8))
    assert clocks.warning(desk)
    clocks.trust(desk)
    assert clocks.warning(desk) == ""
    assert not doubtful(stamped(desk, one(desk, "乙"))[0])
    moved(desk, FAR)
    with pytest.raises(Refused, match="不可能是对的"):
        clocks.trust(desk)


def test_a_clock_before_the_program_was_made_is_no_time_even_in_a_new_office() -> None:
    class Dead(Clock):
        def wall_ms(self) -> int:
            return bounds.day_ms(date(2000, 1, 1))

    assert Dead().stamp_ms() == 0
    assert Clock().stamp_ms() > 0


def test_a_copy_says_the_time_it_knows(desk: Desk) -> None:
    one(desk, "甲")
    moved(desk, FAR)
    one(desk, "乙")
    words = backups.newest_words(backups.look(backups.make(desk).path))
    assert words.startswith("2018-06-04")
    assert clocks.UNTIMED in words


def test_every_verb_says_it_beside_its_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(tmp_path / "office")
    assert run(["--office", folder, "init", "--level", "county", "--county", COUNTY], StringIO(), StringIO()) == 0
    monkeypatch.setattr(Clock, "wall_ms", lambda self: bounds.day_ms(date(2000, 1, 1)))
    for words in (["leave", "list"], ["list", "person"], ["check"], ["backup", "list"]):
        out, err = StringIO(), StringIO()
        assert run(["--office", folder, *words], out, err) == 0
        assert "系统时间显示2000-01-01" in err.getvalue()
        assert "系统时间" not in out.getvalue()


def test_the_command_line_takes_the_clerks_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(tmp_path / "office")
    assert run(["--office", folder, "init", "--level", "county", "--county", COUNTY], StringIO(), StringIO()) == 0
    later = Clock().wall_ms() + 2 * bounds.PATIENCE
    monkeypatch.setattr(Clock, "wall_ms", lambda self: later)
    for words, warned in ((["clock"], True), (["clock", "--accept"], True), (["clock"], False)):
        out, err = StringIO(), StringIO()
        assert run(["--office", folder, *words], out, err) == 0
        assert "系统时间" in out.getvalue()
        assert ("时钟可能不对" in err.getvalue()) is warned


def test_what_is_shown_while_the_clock_is_wrong_is_noted_at_the_newest_entry_with_a_word(desk: Desk) -> None:
    one(desk, "甲")
    moved(desk, FAR)
    disclosures.note(desk, "show", "甲的公民身份号码")
    (line,) = disclosures.lines(desk, None)
    assert line.at.year == 2018
    assert clocks.UNTIMED in line.what
