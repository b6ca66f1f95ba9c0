"""What is handed over for a register, whatever it is: a sheet, or forms of cadres in files and folders."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.sheets import cadres, intake
from tuopin_desktop.services.sheets.intake import Preview


def rehearse(desk: Desk, kind: str, paths: Sequence[Path], answers: Mapping[str, str] | None = None) -> Preview:
    """Read and judge what belongs together (one of `groups`); nothing is written. Raises Trouble, Refused."""
    if cadres.are_forms(kind, paths):
        return cadres.preview(desk, paths, answers)
    return intake.preview(desk, kind, paths[0], answers=answers)


def groups(kind: str, paths: Sequence[Path]) -> list[list[Path]]:
    """Return what is read together: all forms and folders as one, every sheet for itself."""
    forms = [path for path in paths if cadres.are_forms(kind, [path])]
    return [*([forms] if forms else []), *([path] for path in paths if path not in forms)]
