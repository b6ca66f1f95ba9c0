"""What is typed and not saved is its author's alone, and what somebody who left has left behind is counted."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.desks import open_office
from tuopin_desktop.domain.roles import NOBODY, Role
from tuopin_desktop.services.office import unsaved, users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.unsaved import Unsaved
from tuopin_desktop.services.reporting import handover
from tuopin_desktop.store import unsaved as store

BAI, QI, YU = "baiyin-6214", "qiqige-5531", "yuweidong-9471"
PLACE = ("leave", "k")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """白音, who is all, at the desk; 其其格 writes, 于伟东 looks."""
    with closing(open_office(tmp_path / "office")) as desk:
        users.add(desk, "白音", users.EVERYTHING, BAI)
        users.add(desk, "其其格", [Role.WRITER], QI)
        users.add(desk, "于伟东", [Role.VIEWER], YU)
        yield desk


def draft(text: str) -> Unsaved:
    return Unsaved(page=PLACE[0], key=PLACE[1], label="请假报备单 李明", content={"reason": text})


def texts(desk: Desk) -> list[str]:
    return [one.content["reason"] for one in unsaved.waiting(desk)]


@pytest.mark.parametrize(("name", "password"), [("其其格", QI), ("于伟东", YU)])
def test_nobody_reads_replaces_or_discards_anothers_draft(desk: Desk, name: str, password: str) -> None:
    unsaved.keep(desk, [draft("看病")])
    users.sign_in(desk, name, lambda: password)
    assert texts(desk) == []
    unsaved.keep(desk, [draft("开会")])
    unsaved.give_up(desk, [PLACE])
    users.sign_in(desk, "白音", lambda: BAI)
    assert texts(desk) == ["看病"]


def test_whoever_only_looks_is_offered_nothing_even_of_his_own(desk: Desk) -> None:
    users.sign_in(desk, "其其格", lambda: QI)
    unsaved.keep(desk, [draft("看病")])
    users.sign_in(desk, "白音", lambda: BAI)
    users.set_roles(desk, "其其格", [Role.VIEWER])
    users.sign_in(desk, "其其格", lambda: QI)
    assert texts(desk) == []
    desk.who = NOBODY
    assert texts(desk) == []


def test_what_a_window_puts_away_is_its_own_users_whoever_is_at_the_desk_by_then(desk: Desk) -> None:
    bai = desk.who.user
    users.sign_in(desk, "其其格", lambda: QI)
    unsaved.keep(desk, [draft("看病")], (), bai)
    assert texts(desk) == []
    users.sign_in(desk, "白音", lambda: BAI)
    assert texts(desk) == ["看病"]


def test_what_was_typed_before_there_were_users_is_the_first_ones(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "early")) as desk:
        unsaved.keep(desk, [draft("看病")])
        assert texts(desk) == ["看病"]
        users.add(desk, "白音", users.EVERYTHING, BAI)
        users.add(desk, "其其格", [Role.WRITER], QI)
        assert texts(desk) == ["看病"]
        users.sign_in(desk, "其其格", lambda: QI)
        assert texts(desk) == []


def test_drafts_of_an_earlier_release_are_of_whoever_works_alone_and_else_of_nobody(desk: Desk) -> None:
    store.put(desk.store.ledger, [draft("看病")], (), "")
    assert texts(desk) == []
    assert unsaved.left_behind(desk) == {"": 1}
    for name in ("其其格", "于伟东"):
        users.disable(desk, name)
    assert texts(desk) == ["看病"]


def test_the_handover_paper_counts_what_a_disabled_user_left(desk: Desk) -> None:
    users.sign_in(desk, "其其格", lambda: QI)
    unsaved.keep(desk, [draft("看病")])
    users.sign_in(desk, "白音", lambda: BAI)
    users.disable(desk, "其其格")
    part = next(one for one in handover.handover(desk, "于伟东").parts if one.what == "没有写完的草稿")
    assert part.count.startswith("0份")
    assert part.lines == ("其其格（已停用）：1份",)
