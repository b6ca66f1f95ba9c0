"""Kills and full disks: what was acknowledged stays, nothing is half there, and the program goes on."""

import itertools
import os
import random
import re
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from tests.disks import mounted
from tests.store.offices import NOON, SHIPPED, new_store, person
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.store.store import DATABASE, Store

ROOT = Path(__file__).parents[2]
TOGETHER = 3
WRITER = """
import os, sys
from pathlib import Path
from tests.store.offices import NOON, person
from tuopin_desktop.store.store import Store

store = Store(Path(sys.argv[1]))
# A dot for every few hundred steps of the database engine, so that the parent can kill in the midst of a commit.
store._database.connection().set_progress_handler(lambda: os.write(1, b".") != 1, 400)
number = int(sys.argv[2])
while True:
    store.commit([person(f"{number}-{place}", note="长" * 300) for place in range(3)], "王", NOON)
    os.write(1, b"%d\\n" % number)
    number += 1
"""


def kill_at_random(path: Path, first: int) -> set[int]:
    """Let a program commit in a loop and kill it at some moment; return the commits it acknowledged."""
    command = [sys.executable, "-c", WRITER, str(path), str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        pipe, heard, wanted = writer.stdout.fileno(), b"", random.randint(1, 400)
        while len(heard) < wanted:
            heard += (some := os.read(pipe, wanted - len(heard)))
            assert some, "the writer stopped by itself"
        writer.kill()
        while some := os.read(pipe, 65536):
            heard += some
    return {int(number) for number in re.findall(rb"([0-9]+)\n", heard.replace(b".", b""))}


def check_whole(path: Path, acknowledged: set[int], kills: int) -> int:
    """Open the office after a kill and hold it against what was acknowledged; return the highest commit found."""
    store = Store(path)
    try:
        groups = Counter(int(row.id.split("/")[1].split("-")[0]) for row in store.rows(Person))
        assert acknowledged <= set(groups), "an acknowledged commit is lost"
        assert set(groups.values()) <= {TOGETHER}, "half a commit is there"
        assert len(set(groups) - acknowledged) <= kills, "more is there than was ever tried"
        assert store.audit() == ""
        return max(groups, default=0)
    finally:
        store.close()


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
@pytest.mark.parametrize(
    ("offices", "kills"),
    [(2, 10), pytest.param(40, 25, marks=[pytest.mark.nightly, pytest.mark.timeout(3600)])],
    ids=["20 kills", "1000 kills"],
)
def test_a_killed_program_keeps_every_acknowledged_commit_and_no_half_one(
    tmp_path: Path, offices: int, kills: int
) -> None:
    for office in range(offices):
        folder = tmp_path / str(office)
        folder.mkdir()
        new_store(folder).close()
        acknowledged: set[int] = set()
        last = 0
        for done in range(1, kills + 1):
            acknowledged |= kill_at_random(folder / DATABASE, last + 1)
            last = check_whole(folder / DATABASE, acknowledged, done)
        assert acknowledged


def fill(store: Store, prefix: str = "f") -> int:
    """Commit until the disk says no; return how many commits were acknowledged."""
    for done in itertools.count():
        people = [person(f"{prefix}{done}-{place}", note="长" * 300) for place in range(20)]
        try:
            store.commit(people, "王", NOON)
        except Trouble as trouble:
            said = trouble.sentence
            break
    assert "磁盘空间不足，刚才的修改没有保存" in said
    return done


def test_a_full_database_refuses_in_words_and_works_again_when_there_is_room(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    pages = store._database.execute_sql("PRAGMA page_count").fetchone()[0]
    store._database.execute_sql(f"PRAGMA max_page_count = {pages + 40}")
    done = fill(store)
    assert done > 0
    assert store.count(Person) == done * 20
    assert store.audit() == ""
    store._database.execute_sql("PRAGMA max_page_count = 1000000")
    store.commit([person("after")], "王", NOON)
    assert store.count(Person) == done * 20 + 1
    assert store.audit() == ""
    store.close()


@pytest.mark.parametrize("journal", ["WAL", "TRUNCATE"])
def test_a_full_disk_loses_nothing_acknowledged_and_the_program_goes_on(tmp_path: Path, journal: str) -> None:
    with mounted(tmp_path / "disk", "size=3m") as disk:
        filler = disk / "other.bin"
        filler.write_bytes(bytes(800_000))
        new_store(disk).close()
        store = Store(disk / DATABASE, journal=journal)
        done = fill(store)
        assert store.count(Person) == done * 20
        assert store.audit() == ""
        store.close()
        store = Store(disk / DATABASE, journal=journal)
        assert store.audit() == ""
        filler.unlink()
        store.commit([Change("person", "150426/f0-0", {"note": "又有地方了"})], "王", NOON)
        assert store.audit() == ""
        store.close()
        assert done > 0


def test_an_office_or_a_backup_that_does_not_fit_leaves_nothing_behind(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=64k") as disk:
        with pytest.raises(Trouble, match="磁盘空间不足，单位没有建立"):
            new_store(disk)
        assert list(disk.iterdir()) == []
        store = new_store(tmp_path)
        with pytest.raises(Trouble, match="磁盘空间不足，备份没有保存"):
            store.backup(disk / "备份.db")
        assert list(disk.iterdir()) == []
        assert store.backup(tmp_path / "备份.db").lines == len(SHIPPED)
        store.close()


def test_an_office_on_a_disk_of_any_small_size_is_whole_or_not_there(tmp_path: Path) -> None:
    made = []
    for size in range(200, 2400, 150):
        with mounted(tmp_path / f"disk{size}", f"size={size}k") as disk:
            store = None
            with suppress(Trouble):
                store = new_store(disk)
            if store is None:
                assert list(disk.iterdir()) == []
            else:
                assert store.audit() == ""
                store.close()
            made.append(store is not None)
    assert made[-1]
    assert not made[0]
