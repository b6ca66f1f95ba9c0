"""What is handed over for a register, whatever it is: a sheet, a clip, or forms of cadres in files and folders."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.sheets import cadres, intake
from tuopin_desktop.services.sheets.hearing import Hear, deaf
from tuopin_desktop.services.sheets.plans import Preview
from tuopin_desktop.services.sheets.sources import Source


def rehearse(
    desk: Desk,
    kind: str,
    sources: Sequence[Source],
    answers: Mapping[str, str] | None = None,
    hear: Hear = deaf,
) -> Preview:
    """Read and judge what belongs together (one of `groups`); nothing is written. Raises Trouble, Refused.

    `hear` is told (steps done, of how many) now and then; what it raises ends the reading.
    """
    paths = [one for one in sources if isinstance(one, Path)]
    if cadres.are_forms(kind, paths):
        return cadres.preview(desk, paths, answers, hear)
    return intake.preview(desk, kind, sources[0], answers=answers, hear=hear)


def groups(kind: str, sources: Sequence[Source]) -> list[list[Source]]:
    """Return what is read together: all forms and folders as one, every sheet for itself."""
    forms = [one for one in sources if isinstance(one, Path) and cadres.are_forms(kind, [one])]
    return [*([list[Source](forms)] if forms else []), *([one] for one in sources if one not in forms)]
