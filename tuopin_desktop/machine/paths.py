"""Where things lie: the shipped data beside the program, the office's data in the user's folder."""

import os
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


def config_folder() -> Path:
    """Return the folder for what belongs to the person at this PC and not to an office; never that of the data.

    Windows keeps data and settings of a program in one folder, but for those that follow the person to another PC.
    """
    own = os.environ.get("TUOPIN_CONFIG")
    return Path(own) if own else Path(platformdirs.user_config_dir("TuopinDesktop", appauthor=False, roaming=True))


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time."""
    return Path(platformdirs.user_cache_dir("TuopinDesktop", appauthor=False))
