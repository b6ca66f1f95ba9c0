"""A damaged database: whatever lines of its log can be read are folded into a new one, the old one is not touched."""

import shutil
from pathlib import Path

import pytest

from tests.store.offices import NOON, SHIPPED, new_store, person
from tuopin_desktop.domain.problems import Damaged
from tuopin_desktop.domain.records import Person
from tuopin_desktop.store.salvage import Salvage, salvage
from tuopin_desktop.store.store import DATABASE, Store

PAGE = 4096


def office(folder: Path, people: int = 400) -> Path:
    """Make an office with people entered one by one, closed as at the end of work."""
    folder.mkdir(parents=True, exist_ok=True)
    store = new_store(folder)
    for number in range(0, people, 4):
        store.commit([person(f"p{number + place:04}", note="注" * 60) for place in range(4)], "王", NOON)
    store.close()
    return folder / DATABASE


def saved(path: Path, copies: list[Path] | None = None) -> tuple[Salvage, set[str]]:
    """Salvage a database and return the account and who is on the roster of the new one, proved by its audit."""
    done = salvage(path, copies or [], path.with_name("new.part"), SHIPPED)
    store = Store(done.path)
    try:
        assert store.audit() == ""
        return done, {one.id for one in store.rows(Person)}
    finally:
        store.close()


def leaves_of_the_log(raw: bytes | bytearray) -> list[int]:
    """Return the numbers of the pages that hold lines of the log, from 0 on."""
    return [
        at
        for at in range(len(raw) // PAGE)
        if raw[at * PAGE] == 0x0A and raw.count(b'"key":', at * PAGE, (at + 1) * PAGE) > 2
    ]


def test_a_whole_database_is_salvaged_whole(tmp_path: Path) -> None:
    path = office(tmp_path)
    before = path.read_bytes()
    done, people = saved(path)
    assert (done.office, done.there, done.saved, len(people)) == ("150426", 402, 402, 400)
    assert all(part.whole for part in done.parts)
    assert path.read_bytes() == before


def test_without_its_first_page_every_line_is_still_there(tmp_path: Path) -> None:
    path = office(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[:PAGE] = bytes(PAGE)
    path.write_bytes(raw)
    done, people = saved(path)
    assert (done.there, done.saved, len(people)) == (402, 402, 400)
    assert path.read_bytes() == raw


def test_one_lost_page_costs_its_own_lines_alone_and_says_how_many(tmp_path: Path) -> None:
    path = office(tmp_path)
    raw = bytearray(path.read_bytes())
    leaf = leaves_of_the_log(raw)[3]
    gone = raw.count(b'"key":', leaf * PAGE, (leaf + 1) * PAGE)
    raw[leaf * PAGE : (leaf + 1) * PAGE] = b"\xff" * PAGE
    path.write_bytes(raw)
    done, people = saved(path)
    assert done.there == 402
    assert 0 < done.there - done.saved <= gone
    assert len(people) == done.saved - len(SHIPPED)
    (own,) = [part for part in done.parts if part.own]
    assert not own.whole
    assert own.lines_kept + own.moved == len(people)


def test_a_copy_closes_the_gap(tmp_path: Path) -> None:
    path = office(tmp_path, people=200)
    store = Store(path)
    copy = store.backup(tmp_path / "copy.db").path
    for number in range(200, 400):
        store.commit([person(f"p{number:04}", note="注" * 60)], "王", NOON)
    store.close()
    raw = bytearray(path.read_bytes())
    leaf = leaves_of_the_log(raw)[2]
    raw[leaf * PAGE : (leaf + 1) * PAGE] = bytes(PAGE)
    path.write_bytes(raw)
    alone, _ = saved(path)
    done, people = saved(path, [copy])
    assert alone.saved < done.saved == done.there == 402
    assert len(people) == 400
    assert all(part.whole for part in done.parts)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_file_gives_what_is_left_of_it(tmp_path: Path, share: float) -> None:
    path = office(tmp_path)
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * share)])
    done, people = saved(path)
    assert len(people) == done.saved - len(SHIPPED)
    assert people or share < 0.5


def test_whose_it_is_may_be_known_from_its_feeds_alone(tmp_path: Path) -> None:
    path = office(tmp_path, 40)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"office150426", b"offixe150426"))
    done, people = saved(path)
    assert (done.office, len(people)) == ("150426", 40)


def test_what_stands_in_the_journal_alone_is_salvaged_too(tmp_path: Path) -> None:
    path = office(tmp_path, people=8)
    store = Store(path)
    store._database.execute_sql("PRAGMA wal_autocheckpoint=0")
    store.commit([person("last")], "王", NOON)
    pulled = tmp_path / "pulled"
    pulled.mkdir()
    for name in (DATABASE, f"{DATABASE}-wal"):
        shutil.copy(tmp_path / name, pulled / name)
    store.close()
    raw = bytearray((pulled / DATABASE).read_bytes())
    raw[100:300] = bytes(200)
    (pulled / DATABASE).write_bytes(raw)
    _, people = saved(pulled / DATABASE)
    assert "150426/last" in people


@pytest.mark.parametrize("content", [b"", b"x" * 9000, bytes(8192)])
def test_a_file_of_which_nothing_is_left_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / DATABASE
    path.write_bytes(content)
    with pytest.raises(Damaged, match="读不出是哪个单位"):
        salvage(path, [], tmp_path / "new.part", SHIPPED)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]
