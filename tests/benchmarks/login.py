"""What one guess of a password costs: enough to be dear for who guesses, little for who knows it."""

import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.benchmarks._figure import Figure
from tests.services.desks import open_office
from tuopin_desktop.services.office import vaults

ROUNDS = 5
FIGURES = {"login": Figure("0.8 s", 1.0)}


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio, detail); the median of some logins, by the wall: who waits has only that."""
    with tempfile.TemporaryDirectory() as name, closing(open_office(Path(name) / "office")) as desk:
        folder = desk.folder
        vaults.set_password(folder, "u1", "2018-wengniute")
        spent = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            assert vaults.is_right(folder, vaults.Unlock(user="u1", password="2018-wengniute"))
            spent.append(time.perf_counter() - began)
    least = statistics.median(spent)
    return [("login", least / 0.8, f"{least:.2f} s, not below 0.3")]
