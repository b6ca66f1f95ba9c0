"""What the way to the first page loads: no rule, no judging, no paper, none of what most starts do not come to."""

import subprocess
import sys

import pytest

_WAY = (
    "import sys, tuopin_desktop.app.main, tuopin_desktop.app.window, tuopin_desktop.ui.pages.home; "
    "print(*[one for one in sys.modules if one.startswith('tuopin_desktop')])"
)
LATER = {
    "rules": ("domain.rules", "domain.facts", "domain.leave.story", "domain.duties", "domain.attendance.closing"),
    "judging": ("services.judging", "services.shelves.shelves", "services.shelves.drawers", "services.leave.leavedesk"),
    "paper": ("documents",),
    "help, forms and rescue": ("ui.help", "ui.widgets.form", "ui.rescue"),
}


@pytest.fixture(scope="module")
def names() -> list[str]:
    """Return the modules of ours that are loaded when the first page is made."""
    run = subprocess.run([sys.executable, "-c", _WAY], capture_output=True, text=True, check=True)
    return [one.removeprefix("tuopin_desktop.") for one in run.stdout.split()]


@pytest.mark.parametrize("what", LATER)
def test_the_first_page_does_not_wait_for(what: str, names: list[str]) -> None:
    assert "ui.pages.home" in names
    assert [one for one in names for start in LATER[what] if f"{one}.".startswith(f"{start}.")] == []
