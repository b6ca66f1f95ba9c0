"""A disk that fails at the very end of a write: nobody can know, so it is not said that nothing was saved."""

import errno
import os
from pathlib import Path
from typing import Any

import peewee
import pytest

from tests.store.offices import NOON, new_store, person
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files
from tuopin_desktop.store import database as room
from tuopin_desktop.store.database import Database, speaking

DOUBT = "刚才的修改可能没有保存，请重新打开后核对"


def failing(monkeypatch: pytest.MonkeyPatch, verb: str, words: str) -> None:
    """Let the driver say so when it is given a statement that begins with the verb."""
    cursor = Database.cursor

    class Cursor:
        def __init__(self, real: Any) -> None:
            self._real = real

        def execute(self, sql: str, *params: Any) -> Any:
            if sql.startswith(verb):
                raise peewee.OperationalError(words)
            return self._real.execute(sql, *params)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

    monkeypatch.setattr(Database, "cursor", lambda self, *said, **named: Cursor(cursor(self, *said, **named)))


@pytest.mark.parametrize(
    ("verb", "words", "doubtful"),
    [
        ("COMMIT", "disk I/O error", True),
        ("COMMIT", "database or disk is full", False),
        ("COMMIT", "database is locked", False),
        ("DELETE FROM gate", "disk I/O error", False),
        ("INSERT INTO gate", "disk I/O error", False),
    ],
)
def test_only_what_surely_failed_is_said_not_to_be_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, words: str, *, doubtful: bool
) -> None:
    store = new_store(tmp_path)
    with monkeypatch.context() as patch:
        failing(patch, verb, words)
        with pytest.raises(Trouble) as caught:
            store.commit([person()], "王", NOON)
    assert (DOUBT in caught.value.sentence) is doubtful
    assert ("刚才的修改没有保存" in caught.value.sentence) is not doubtful
    store.commit([person()], "王", NOON)
    assert store.audit() == ""
    store.close()


def test_reading_is_never_in_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = new_store(tmp_path)
    with monkeypatch.context() as patch:
        failing(patch, "COMMIT", "disk I/O error")
        with pytest.raises(Trouble, match="数据没有读出"), store.ledger.reading():
            pass
    store.close()


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("单位没有建立", "单位可能没有建立，请重新打开后核对"),
        ("备份没有恢复，现有数据没有改动", "备份可能没有恢复，请重新打开后核对"),
    ],
)
def test_a_file_that_has_its_name_may_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: str, said: str
) -> None:
    (tmp_path / "a.part").write_bytes(b"x")
    monkeypatch.setattr(files, "flush_name", _broken)
    with pytest.raises(Trouble) as caught, speaking(outcome):
        room.settle(tmp_path / "a.part", tmp_path / "a.db")
    assert said in caught.value.sentence
    assert outcome not in caught.value.sentence
    assert (tmp_path / "a.db").exists()


def test_a_written_file_whose_place_was_not_flushed_may_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "flush_name", _broken)
    with pytest.raises(Trouble, match=r"可能没有成功.*核对"):
        files.write(tmp_path / "a.zip", b"x")
    monkeypatch.setattr(os, "fsync", _broken)
    with pytest.raises(Trouble, match=r"b[.]zip”没有成功"):
        files.write(tmp_path / "b.zip", b"x")
    assert not (tmp_path / "b.zip").exists()


def _broken(_: object) -> None:
    raise OSError(errno.EIO, "Input/output error")
