"""One wrong bit anywhere in an encrypted office: it is noticed or harmless, and what other pages hold is saved."""

import random
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import NIGHTLY
from tests.services.desks import MORNING, enter, open_office
from tuopin_desktop.domain.problems import Damaged
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import offices, rescue
from tuopin_desktop.services.office.rescue import Bench
from tuopin_desktop.store.store import DATABASE

PLACES = 200 if NIGHTLY else 16
SALVAGED = 40 if NIGHTLY else 4
PEOPLE = {f"人员{chr(0x4E00 + 61 * number)}" for number in range(40)}
PAGE_LINES = 60
"""No page of 4,096 bytes holds more lines of the log; a bit costs those of its own page at most."""


def people(folder: Path) -> set[str]:
    with closing(offices.open_desk(folder, FixedClock(MORNING))) as desk:
        assert desk.store.audit() == ""
        return {one.name for one in desk.store.rows(Person)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bits") / "office"
    with closing(open_office(folder)) as desk:
        for name in sorted(PEOPLE):
            enter(desk, name)
    return folder


def test_a_wrong_bit_is_noticed_or_harmless_and_costs_no_other_page(whole: Path) -> None:
    path = whole / DATABASE
    sound = path.read_bytes()
    chance = random.Random(20180530)
    noticed = 0
    for place in range(PLACES):
        at = place * len(sound) // PLACES + chance.randrange(len(sound) // PLACES)
        raw = bytearray(sound)
        raw[at] ^= 1 << chance.randrange(8)
        path.write_bytes(raw)
        try:
            assert people(whole) == PEOPLE, f"bit at {at}: not noticed, and something else is read"
        except Damaged:
            noticed += 1
            assert path.read_bytes() == raw
            if noticed <= SALVAGED:
                account = rescue.attempt(Bench(whole, FixedClock(MORNING)))
                assert account.there - account.saved <= PAGE_LINES
                rescue.give_up(account)
    path.write_bytes(sound)
    assert people(whole) == PEOPLE
    assert noticed > PLACES // 2
