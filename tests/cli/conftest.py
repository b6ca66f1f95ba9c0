"""The office most tests of the verbs work in: set up and filled by the verbs themselves, once, and copied."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest

from tests.cli.test_cli import Office, roster_file


@pytest.fixture
def county(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    """A county office with the people of the module's `ROWS`."""
    shutil.copytree(_filled(tuple(map(tuple, request.module.ROWS))), tmp_path / "county")
    return Office(tmp_path / "county")


@cache
def _filled(rows: tuple[tuple[object, ...], ...]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="county-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    office = Office(folder / "county")
    assert office("init", "--level", "county", "--county", "150426") == 0
    assert office("import", "roster", roster_file(folder / "花名册.xlsx", list(map(list, rows)))) == 0, office.out
    return office.folder
