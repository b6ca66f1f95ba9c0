"""Where things lie: the shipped data beside the program, the office's data in the user's folder."""

from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE if (PACKAGE / "resources").is_dir() else PACKAGE.parent
"""What holds the shipped data: a wheel maps it into the package (pyproject.toml), in a checkout it lies beside it."""
RESOURCES = ROOT / "resources"
FORMS = ROOT / "forms"
FONTS = RESOURCES / "fonts"


def default_folder() -> Path:
    """Return the folder where an office keeps its data when none is named."""
    return Path(platformdirs.user_data_dir("TuopinDesktop", appauthor=False, roaming=False))


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time."""
    return Path(platformdirs.user_cache_dir("TuopinDesktop", appauthor=False))
