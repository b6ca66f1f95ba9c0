"""What the way to the first page loads: no rule, no judging, no paper, none of what most starts do not come to."""

import os
import subprocess
import sys

import pytest

_WAY = (
    "import sys, tuopin_desktop.app.main, tuopin_desktop.app.window, tuopin_desktop.ui.pages.home; print(*sys.modules)"
)
_ENUMS = """
import enum, sys
names, create = [], enum.EnumType._create_
def _create_(cls, name, *words, **options):
    names.append(name)
    return create(cls, name, *words, **options)
enum.EnumType._create_ = _create_
from PySide6.QtWidgets import QApplication
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.table import Column, RecordTable
app = QApplication([sys.argv[0], *theme.STYLE_WORDS])
theme.apply(app, styled=True)
table = RecordTable((Column("one", str, 76, tone=lambda _: "ok"), Column("two", str)), str, "table")
table.replace_rows(["a", "b"])
table.select("a")
table.grab()
print(*names)
"""
LATER = {
    "rules": ("domain.rules", "domain.facts", "domain.leave.story", "domain.duties", "domain.attendance.closing"),
    "judging": ("services.judging", "services.shelves.shelves", "services.shelves.drawers", "services.leave.leavedesk"),
    "paper": ("documents",),
    "help, forms and rescue": (
        "ui.keysheet",
        "ui.helppane",
        "ui.manualview",
        "ui.manualdoors",
        "services.manual",
        "ui.widgets.form",
        "ui.rescue",
        "services.office.rescue",
        "store.salvage",
    ),
    "lock, login and the first questions": ("ui.login", "ui.firststart", "services.office.founding"),
    "copies and the check of the week": (
        "services.office.backups",
        "services.office.soundness",
        "services.office.sealedcopies",
    ),
    "what signs, and what encrypts to another computer": (
        "services.office.exitsigns",
        "services.office.stations",
        "exchange.keys",
        "exchange.seal",
        "exchange.minisign",
        "exchange.updatefile",
    ),
}
FOREIGN = ("argon2", "pyrage", "tomllib", "PySide6.QtNetwork", "cryptography.hazmat.primitives.asymmetric")
"""Libraries that hardly any start comes to, or none before the first page is painted."""


@pytest.fixture(scope="module")
def names() -> list[str]:
    """Return the modules that are loaded when the first page is made, ours without the name of the whole."""
    run = subprocess.run([sys.executable, "-c", _WAY], capture_output=True, text=True, check=True)
    return [one.removeprefix("tuopin_desktop.") for one in run.stdout.split()]


@pytest.mark.parametrize("what", LATER)
def test_the_first_page_does_not_wait_for(what: str, names: list[str]) -> None:
    assert "ui.pages.home" in names
    assert [one for one in names for start in LATER[what] if f"{one}.".startswith(f"{start}.")] == []


@pytest.mark.parametrize("library", FOREIGN)
def test_the_first_page_does_not_wait_for_a_library(library: str, names: list[str]) -> None:
    assert [one for one in names if f"{one}.".startswith(f"{library}.")] == []


def test_no_name_of_a_style_or_a_gradient_is_made_for_the_first_page() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _ENUMS],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert "AlignmentFlag" in run.stdout.split()
    assert {"PixelMetric", "StandardPixmap", "Preset"}.isdisjoint(run.stdout.split())
