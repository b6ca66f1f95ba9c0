"""The first page's answer as it is kept for the next start: of these very records, of this day, or not at all."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.desks import enter, open_office
from tuopin_desktop.machine import programme
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.home import firstpage
from tuopin_desktop.services.home.standing import standing
from tuopin_desktop.services.office import library, offices, prepared
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.shelves import shelves
from tuopin_desktop.store.memo import MEMO


@pytest.fixture
def served(desk: Desk) -> Desk:
    """An office with two people whose first page was answered and kept."""
    enter(desk, "包永强")
    enter(desk, "那顺", "leader")
    standing(desk)
    return desk


def test_the_next_start_shows_it_and_judges_nothing(served: Desk) -> None:
    state = standing(served)
    folder, clock = served.folder, served.clock
    served.close()
    with closing(offices.open_desk(folder, clock)) as again:
        assert firstpage.last(again) == state
        assert shelves.of(again).count == 0
    assert state.heads.total == 2


def test_whatever_is_written_is_in_the_next_answer(served: Desk) -> None:
    before = firstpage.last(served)
    posting = enter(served, "乌兰")
    assert firstpage.last(served) is None
    assert standing(served).heads.total == 3
    registers.delete(served, "posting", posting.id)
    assert firstpage.last(served) is None
    assert standing(served) != before


def test_another_day_is_another_page(served: Desk) -> None:
    served.clock = FixedClock(served.clock.now() + timedelta(days=1))
    assert firstpage.last(served) is None


def test_another_program_answers_anew(served: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programme, "judging", lambda: "another")
    assert firstpage.last(served) is None


def test_an_edition_on_trial_has_its_own(served: Desk) -> None:
    served.policy = library.policy("2021-village")
    assert firstpage.last(served) is None


def test_what_is_still_of_yesterday_is_never_kept(served: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "_FEW", 0)
    served.patient = True
    served.clock = FixedClock(served.clock.now() + timedelta(days=1))
    served._kept.clear()
    standing(served)
    assert shelves.of(served).stale()
    assert firstpage.last(served) is None
    while served.later is not None:
        served.later()
    assert firstpage.last(served) is None
    state = standing(served)
    assert firstpage.last(served) == state


def test_of_another_office_nothing_is_shown(served: Desk, tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "other", county="150429")) as other:
        path = other.folder / MEMO
        other.memo.close()
        served.memo.close()
        path.write_bytes((served.folder / MEMO).read_bytes())
    with closing(offices.open_desk(tmp_path / "other", served.clock)) as other:
        assert firstpage.last(other) is None


def test_what_cannot_be_read_is_answered_anew(served: Desk) -> None:
    served.memo.keep("first page", firstpage.key(served), b"\xc1")
    assert firstpage.last(served) is None
    assert standing(served).heads.total == 2


# -- the packs


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a program that has read no pack yet."""
    monkeypatch.setattr(library, "_taken", {})
    for one in (library.policy, library.packs):
        one.cache_clear()


@pytest.mark.usefixtures("unread")
def test_packs_are_taken_from_the_memo_as_their_files_say(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    packs = dict(library.packs())
    library.packs.cache_clear()
    library.policy.cache_clear()
    prepared.take(desk.memo)
    library.packs.cache_clear()
    library.policy.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(library, "parsed", lambda name: pytest.fail(f"{name} was read"))
        prepared.take(desk.memo)
        assert library.packs() == packs
        assert library.policy() == packs[library.policy().id]


@pytest.mark.usefixtures("unread")
def test_an_edited_pack_is_read_of_its_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared.take(desk.memo)
    library.packs.cache_clear()
    library.policy.cache_clear()
    raw = library.raw_packs()
    monkeypatch.setattr(library, "raw_packs", lambda: [(name, one + b"\n") for name, one in raw])
    prepared.take(desk.memo)
    assert library._taken == {}
    assert library.packs.cache_info().currsize == 1


@pytest.mark.usefixtures("unread")
def test_of_a_memo_that_holds_no_packs_nothing_is_taken(desk: Desk) -> None:
    desk.memo.keep("packs", prepared.key(), b"\xc1")
    prepared.take(desk.memo)
    assert library._taken == {}
    assert library.packs()
