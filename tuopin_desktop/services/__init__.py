"""What an office does: one use case per function, in a package for each subject.

A script beside the program may ask for a module by its name alone (`from tuopin_desktop.services import offices`): the
subjects came later than the scripts, and they may be cut anew. The program itself always names the subject.
"""

import importlib
import pkgutil
from types import ModuleType


def __getattr__(name: str) -> ModuleType:
    """Return the one module of that name among the subjects; raises AttributeError where there is none, or several."""
    subjects = [subject.name for subject in pkgutil.iter_modules(__path__)]
    homes = [
        one for one in subjects if any(each.name == name for each in pkgutil.iter_modules([f"{__path__[0]}/{one}"]))
    ]
    if name in subjects or len(homes) != 1:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{homes[0]}.{name}")
