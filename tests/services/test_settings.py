"""An office's own choices: declared, kept whole, and never in the way of printing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.desks import open_office
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office import settings
from tuopin_desktop.services.office.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path)
    yield desk
    desk.close()


def test_every_setting_has_a_default_and_words(desk: Desk) -> None:
    assert settings.values(desk) == {setting.key: setting.default for setting in settings.SETTINGS}
    assert all(setting.label for setting in settings.SETTINGS)


def test_a_choice_is_kept_and_stays_in_this_office(desk: Desk) -> None:
    lines = desk.store.history("office", f"{desk.scope}/office")
    settings.choose(desk, "margin_code", False)
    assert settings.values(desk)["margin_code"] is False
    assert not settings.on(desk, settings.MARGIN_CODE)
    assert desk.store.history("office", f"{desk.scope}/office") == lines
    assert desk.take_changes() == frozenset()


@pytest.mark.parametrize(("key", "value"), [("nothing", True), ("margin_code", "no"), ("margin_code", 0)])
def test_what_is_no_setting_is_refused(desk: Desk, key: str, value: settings.Value) -> None:
    with pytest.raises(Refused):
        settings.choose(desk, key, value)
    assert not (desk.folder / settings.FILE).exists()


@pytest.mark.parametrize(
    "spoilt", [b"", b"{", b"[1]", b"\xff\xfe", b'{"margin_code": "off"}', b'{"margin_code": null}']
)
def test_a_spoilt_file_counts_as_no_choice_and_is_mended_by_the_next(desk: Desk, spoilt: bytes) -> None:
    (desk.folder / settings.FILE).write_bytes(spoilt)
    assert settings.on(desk, settings.MARGIN_CODE)
    settings.choose(desk, "margin_code", False)
    assert not settings.on(desk, settings.MARGIN_CODE)


def test_what_a_newer_program_chose_stays(desk: Desk) -> None:
    (desk.folder / settings.FILE).write_bytes(b'{"later": 7}')
    settings.choose(desk, "margin_code", False)
    assert b'"later": 7' in (desk.folder / settings.FILE).read_bytes()


def test_a_choice_that_cannot_be_written_is_a_trouble(desk: Desk) -> None:
    (desk.folder / settings.FILE).mkdir()
    with pytest.raises(Trouble):
        settings.choose(desk, "margin_code", False)
