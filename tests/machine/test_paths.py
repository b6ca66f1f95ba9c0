"""Where things lie: what is shipped is found, and an office's data lies in the user's own folder."""

import sys
from pathlib import Path

import pytest

from tuopin_desktop.machine import paths


def test_what_ships_with_the_program_is_there() -> None:
    assert all(folder.is_dir() for folder in (paths.RESOURCES, paths.FORMS, paths.FONTS))
    assert paths.ROOT in Path(paths.__file__).parents


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked by a call, not by the environment")
def test_data_and_cache_lie_in_the_users_own_folders_and_are_not_made_by_asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    data, cache = paths.default_folder(), paths.cache_folder()
    assert data != cache
    assert all(tmp_path in folder.parents and "TuopinDesktop" in folder.parts for folder in (data, cache))
    assert list(tmp_path.iterdir()) == []
