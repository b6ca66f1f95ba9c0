"""Random histories as a command, for a copy of the program with a bug in it: `python -m tests.services.hunting N`."""

import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.services.exchangers import NO_COPIES
from tests.services.network import template
from tests.services.test_convergence import MEMORY, History
from tuopin_desktop.services.exchange import packages


def hunt(histories: int) -> None:
    """Run so many histories without making a failure small: that there is one is all that is asked."""
    setattr(packages, "backups", NO_COPIES)  # noqa: B010  a stand-in is no module
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        template(Path(folder) / "template")
        History.place = Path(folder)
        chosen = settings(
            max_examples=histories,
            stateful_step_count=20,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(History, settings=chosen)


if __name__ == "__main__":
    hunt(int(sys.argv[1]))
