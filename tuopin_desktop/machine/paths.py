"""Where things lie: the shipped data beside the program, the office's data in the user's folder."""

from pathlib import Path

import platformdirs

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
FORMS = ROOT / "forms"
FONTS = RESOURCES / "fonts"


def default_folder() -> Path:
    """Return the folder where an office keeps its data when none is named."""
    return Path(platformdirs.user_data_dir("TuopinDesktop", appauthor=False, roaming=False))


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time."""
    return Path(platformdirs.user_cache_dir("TuopinDesktop", appauthor=False))
