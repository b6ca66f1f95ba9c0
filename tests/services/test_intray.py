"""All packages of a folder are rehearsed together and taken in together; each is whole, and a bad one stops nobody."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.services.exchangers import COUNTY, NEIGHBOUR, REGION, found, join, names, people, region, send
from tuopin_desktop.domain.exchange.standing import Standing, standing
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.exchange import intray, packageboard, packages, receiptlist, sticks
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


class Stop(Exception):
    """The clerk presses 停止."""


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk, Desk]]:
    """A region and two counties that are authorised."""
    root = region(tmp_path / "15")
    counties = found(tmp_path / "a", COUNTY), found(tmp_path / "b", NEIGHBOUR)
    for desk in counties:
        join(root, desk, tmp_path / "enrol")
    yield root, *counties
    for desk in (root, *counties):
        assert desk.store.audit() == ""
        desk.close()


def state_of(desk: Desk) -> tuple[object, ...]:
    with desk.store.ledger.reading() as cursor:
        tables = ("feed", "parcel", "peer", "meta", "log", "receipt")
        return tuple(cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


def test_a_folder_is_rehearsed_whole_oldest_first_and_nothing_is_written_before_it_is_taken(
    desks: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    root, one, other = desks
    stick = tmp_path / "stick"
    (person,) = people(one, "谢海")
    first = send(one, REGION, stick)
    bad = send(other, REGION, tmp_path / "bad")
    (stick / "坏的.zip").write_bytes(bad.read_bytes()[:-9])
    record = one.store.get(Person, person)
    assert record is not None
    registers.save(one, msgspec.structs.replace(record, phone="13900000000"))
    second = send(one, REGION, stick)
    people(other, "乌云", county=NEIGHBOUR)
    third = send(other, REGION, stick)
    before = state_of(root)
    paths = sticks.look(root, stick).arriving
    assert paths == [first, second, third] or paths == [third, first, second]
    rehearsals = {one.path: one for one in intray.rehearse_all(root, paths)}
    assert state_of(root) == before, "W34: no write before 收下"
    assert names(root) == []
    assert rehearsals[first].people == ("谢海",)
    assert any("新增人员：谢海" in text for text in rehearsals[first].sentences)
    assert any("手机" in text and "空 → 139" in text for text in rehearsals[second].sentences)
    account = rehearsals[second].account
    assert account is not None
    assert account.outcome.again, "each is rehearsed on top of those before"
    batch = intray.take_all(root, [*paths, stick / "坏的.zip"])
    assert names(root) == ["乌云", "谢海"]
    assert [bool(share.why) for share in batch.shares] == [False, False, False, True]
    assert batch.sentence.endswith("1个没有收下，原因写在收包记录里。")
    assert sum("回执" in line for line in batch.lines) == 3
    assert sum(account.backup is not None for account in batch.accounts) == 1, "one copy stands for the batch"
    undone = intray.undo_all(root)
    assert len(undone.acts) == 3
    assert names(root) == []
    said = intray.undoing_words(undone) + "".join(entry.line for entry in receiptlist.entries(root) if entry.given)
    assert not any(account.receipt in said for account in batch.accounts), "W35"
    assert sticks.look(root, stick).arriving == paths


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_batch_that_is_stopped_leaves_whole_packages(
    desks: tuple[Desk, Desk, Desk], tmp_path: Path, count: int
) -> None:
    root, one, other = desks
    stick = tmp_path / "stick"
    people(one, "甲")
    people(other, "乙", county=NEIGHBOUR)
    send(one, REGION, stick)
    send(other, REGION, stick)
    paths = sticks.look(root, stick).arriving

    def progress(number: int, _: int) -> None:
        if number >= count:
            raise Stop

    if count < len(paths):
        with pytest.raises(Stop):
            intray.take_all(root, paths, progress)
    else:
        intray.take_all(root, paths, progress)
    assert len(names(root)) == count
    assert len(sticks.look(root, stick).arriving) == 2 - count
    if count:
        assert len(intray.undo_all(root).acts) == count
        assert names(root) == []


def test_what_lacks_a_package_is_told_by_its_number_and_heals_by_sending_anew(
    desks: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    root, one, _ = desks
    people(one, "甲")
    taken = packages.take(root, send(one, REGION, tmp_path / "up"))
    packageboard.acknowledge(one, taken.receipt)
    people(one, "乙")
    lost = packages.take(root, send(one, REGION, tmp_path / "up2"))
    packageboard.acknowledge(one, lost.receipt)
    packages.undo(root)
    people(one, "丙")
    stick = tmp_path / "stick"
    path = send(one, REGION, stick)
    (row,) = intray.rehearse_all(root, sticks.look(root, stick).arriving)
    assert (row.state, row.lacking) == ("gap", "缺第2包")
    assert intray.ask_anew(root, path) == COUNTY
    board = {one.office: one for one in packageboard.board(root).rows}
    assert (board[COUNTY].state, board[COUNTY].explanation) == (Standing.GAP, "请对方从头重发")
    packages.take(one, send(root, COUNTY, tmp_path / "down"))
    (mine,) = packageboard.board(one).rows
    assert (mine.state, mine.explanation) == (Standing.GAP, "请给对方从头重发")
    packages.take(root, send(one, REGION, tmp_path / "again"))
    assert names(root) == ["丙", "乙", "甲"]
    assert {one.office: one for one in packageboard.board(root).rows}[COUNTY].state is not Standing.GAP


def test_the_states_of_the_board_are_exclusive_and_need_both_receipts(
    desks: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    root, one, _ = desks

    def state(desk: Desk, office: str) -> Standing:
        return {one.office: one for one in packageboard.board(desk).rows}[office].state

    assert state(root, COUNTY) is Standing.DUE, "authorising the neighbour is news for it"
    send(root, COUNTY, tmp_path / "down")
    assert state(root, COUNTY) is Standing.AWAITING
    row = {one.office: one for one in packageboard.board(root).rows}[COUNTY]
    assert row.explanation == "17:00写到“down”"
    people(one, "甲")
    assert state(one, REGION) is Standing.DUE
    packages.take(one, next((tmp_path / "down").iterdir()))
    packages.take(root, send(one, REGION, tmp_path / "up"))
    assert state(one, REGION) is Standing.AWAITING
    assert state(root, COUNTY) is Standing.AGREED
    packages.take(one, send(root, COUNTY, tmp_path / "down2"))
    assert state(one, REGION) is Standing.AGREED
    board = packageboard.board(root)
    assert sum(board.counts.values()) == len(board.rows) == 57
    assert board.counts[Standing.UNAUTHORISED] == 55


def test_whatever_is_known_of_an_office_gives_one_state() -> None:
    answers = {
        standing(stations=stations, gap=gap, unsent=unsent, covered=covered, came=came)
        for stations in (0, 2)
        for gap in (False, True)
        for unsent in (0, 3)
        for covered in (False, True)
        for came in (False, True)
    }
    assert answers == set(Standing)
    assert standing(stations=1, gap=False, unsent=0, covered=False, came=False) is Standing.AWAITING


def test_packages_of_one_sender_keep_their_order_whatever_its_clock_says() -> None:
    seen = [
        (Path("a2"), "a", 2, "1970-01-01"),
        (Path("b1"), "b", 1, "2018-06-02"),
        (Path("a1"), "a", 1, "2018-06-03"),
    ]
    assert [str(path) for path in intray.in_order(seen)] == ["a1", "b1", "a2"]


def test_nothing_of_a_batch_is_undone_where_the_newest_has_been_built_on(
    desks: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    root, one, _ = desks
    people(one, "甲")
    packages.take(root, send(one, REGION, tmp_path / "up"))
    (person,) = root.store.rows(Person)
    registers.save(root, msgspec.structs.replace(person, name="甲改"))
    with pytest.raises(Refused, match="收下之后又登记"):
        intray.undo_all(root)


def test_only_the_package_that_is_not_there_is_said_to_be_lacking(
    desks: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    root, one, _ = desks
    sent = []
    for name in ("甲", "乙", "丙", "丁"):
        people(one, name)
        sent.append(send(one, REGION, tmp_path / "stick"))
        packageboard.acknowledge(one, packages.take(root, sent[-1]).receipt)
    for _ in sent[1:]:
        packages.undo(root)
    second, fourth = intray.rehearse_all(root, [sent[1], sent[3]])
    assert second.account is not None
    assert fourth.lacking == "缺第3包"
