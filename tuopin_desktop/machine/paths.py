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
_CHOICE = "office-folder.txt"


def default_folder() -> Path:
    """Return the folder where an office keeps its data when none is named: the one chosen at the first start."""
    return chosen_folder() or Path(platformdirs.user_data_dir("TuopinDesktop", appauthor=False, roaming=False))


def chosen_folder() -> Path | None:
    """Return the folder somebody chose for the data at the first start, None where nobody did."""
    try:
        text = (config_folder() / _CHOICE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(text) if text and Path(text).is_absolute() else None


def config_folder() -> Path:
    """Return the folder for what belongs to the person at this PC and not to an office; never that of the data.

    Windows keeps data and settings of a program in one folder, but for those that follow the person to another PC.
    """
    own = os.environ.get("TUOPIN_CONFIG")
    return Path(own) if own else Path(platformdirs.user_config_dir("TuopinDesktop", appauthor=False, roaming=True))


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time."""
    return Path(platformdirs.user_cache_dir("TuopinDesktop", appauthor=False))


def choice_file() -> Path:
    """Return the file in which the choice of the data's folder is kept for this person at this PC."""
    return config_folder() / _CHOICE
