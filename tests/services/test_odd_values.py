"""Odd values of the right type in every field a county may write: no verb of the region ends in a traceback."""

import os
import random
from pathlib import Path

import pytest

from tests.services import oddvalues
from tests.services.desks import arrived
from tests.services.exchangers import COUNTY
from tuopin_desktop.domain.records import Attendance
from tuopin_desktop.store import counting

ROUNDS = 2_000 if os.environ.get("TUOPIN_NIGHTLY") == "1" else 2


@pytest.mark.timeout(36_000 if ROUNDS > 2 else 240)
def test_no_odd_value_of_a_county_ends_a_verb_of_the_region(tmp_path: Path) -> None:
    oddvalues.base(tmp_path / "base")
    for seed in range(ROUNDS):
        chance = random.Random(seed)
        with oddvalues.copy_of(tmp_path / "base", tmp_path / "round") as desk:
            arrived(desk, COUNTY, oddvalues.odd_lines(desk, chance, 60))
            assert oddvalues.failures(desk, tmp_path / "round", chance) == [], seed
            assert desk.store.audit() == ""


def test_a_day_that_no_form_takes_ends_no_verb_even_where_values_are_not_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "faults", lambda *_: {})
    oddvalues.base(tmp_path / "base")
    with oddvalues.copy_of(tmp_path / "base", tmp_path / "round") as desk:
        months = [row[0] for row in desk.store.look(Attendance, ("month",), scope=COUNTY)]
        arrived(desk, COUNTY, [oddvalues.day(record, place) for place, record in enumerate(months)])
        assert oddvalues.failures(desk, tmp_path / "round", random.Random(1)) == []
