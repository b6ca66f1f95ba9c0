"""What was written and not sent is signed when the office is closed: whoever rewrites it is found out."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.exchangers import COUNTY, REGION, found, join, people, region, send
from tuopin_desktop.domain.change import decode, encode
from tuopin_desktop.domain.openings import link
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import exitsigns, soundness, stations
from tuopin_desktop.services.office.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = found(tmp_path / "county", COUNTY)
    stations.keys(opened)
    people(opened, "乌云", "巴特尔", "张三")
    exitsigns.at_exit(opened)
    with closing(opened):
        yield opened


def rewrite(desk: Desk) -> None:
    """Change a name in the log as somebody would who knows how: the chain and the rows computed anew."""
    with desk.store.ledger.writing() as cursor:
        cursor.execute("DROP TRIGGER guard_log_update")
        n, seq, raw = cursor.execute("SELECT n, seq, line FROM log WHERE instr(line, '张三') > 0").fetchone() or (
            0,
            0,
            b"",
        )
        line = decode(bytes(raw))
        line.set["name"] = "李四"
        cursor.execute("UPDATE log SET line = ? WHERE n = ? AND seq = ?", (encode(line), n, seq))
        digest = b""
        for (one,) in cursor.execute("SELECT line FROM log WHERE n = ? ORDER BY seq", (n,)).fetchall():
            digest = link(digest, bytes(one))
        cursor.execute("UPDATE feed SET hash = ? WHERE n = ?", (digest, n))
        desk.store.ledger.fold(cursor, [line.key])


def test_a_line_rewritten_with_its_whole_chain_is_found_out(desk: Desk) -> None:
    assert soundness.verify(desk).fault == ""
    rewrite(desk)
    assert desk.store.audit() == ""  # all agrees with itself
    assert "与2018-06-04" in soundness.verify(desk).fault
    assert "退出时的签名不符" in soundness.verify(desk).fault


def test_what_is_written_after_the_exit_is_no_fault_and_is_signed_at_the_next(desk: Desk) -> None:
    people(desk, "李四")
    assert soundness.verify(desk).fault == ""
    exitsigns.sign(desk)
    assert soundness.verify(desk).fault == ""


def test_a_signature_that_was_altered_is_said_to_be(desk: Desk) -> None:
    with desk.store.ledger.writing() as cursor:
        cursor.execute("UPDATE meta SET value = replace(value, '\"at\":', '\"at\":1') WHERE name = 'exit'")
    assert "签名被改动过" in soundness.verify(desk).fault


def test_exchange_and_its_undoing_leave_nothing_to_be_suspected(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    with closing(root), closing(county):
        join(root, county, tmp_path)
        people(county, "乌云")
        exitsigns.at_exit(county)
        packages.take(root, send(county, REGION, tmp_path))
        exitsigns.at_exit(root)
        packages.undo(root)
        assert soundness.verify(county).fault == ""
        assert soundness.verify(root).fault == ""


def test_a_signature_that_was_taken_out_with_lines_rewritten_is_missed(desk: Desk) -> None:
    with desk.store.ledger.writing() as cursor:
        cursor.execute("DELETE FROM meta WHERE name = 'exit'")
    assert soundness.verify(desk).fault == ""  # as an undone import leaves it: every line that was signed is there
    rewrite(desk)
    assert "退出时的签名不见了" in soundness.verify(desk).fault
