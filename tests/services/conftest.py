"""The office most of the services' tests work in."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.desks import open_office
from tuopin_desktop.services.office.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A county office without people, opened on the morning of 2018-06-04."""
    with closing(open_office(tmp_path / "office")) as desk:
        yield desk
