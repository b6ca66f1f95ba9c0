"""How each printer places ink, measured once with two crosses and kept in the office's folder."""

import msgspec

from tuopin_desktop.domain.overprint import Calibration, calibrated
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine import files
from tuopin_desktop.services.office.desk import Desk

FILE = "printers.json"
_LIMIT = 1024 * 1024


def by_printer(desk: Desk) -> dict[str, Calibration]:
    """Return the calibrations by printer name; a file that cannot be read counts as none measured."""
    path = desk.folder / FILE
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(files.read(path, _LIMIT), type=dict[str, Calibration])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}


def measure(
    desk: Desk, printer: str, first: tuple[float, float], second: tuple[float, float]
) -> dict[str, Calibration]:
    """Keep what was measured on a printer's test page and return all; raises Refused when it cannot be right."""
    desk.require(Act.ENTER)
    calibration = calibrated(first, second)
    if isinstance(calibration, Problem):
        raise Refused([calibration])
    calibration_by_key = {**by_printer(desk), printer: calibration}
    files.write(desk.folder / FILE, msgspec.json.format(msgspec.json.encode(calibration_by_key), indent=2))
    return calibration_by_key


def describe(calibration: Calibration | None) -> str:
    """Return a calibration in words: where this printer's ink falls off, and by how much it stretches."""
    if calibration is None:
        return "未校准，按打印机原样打印"
    across = "偏右" if calibration.dx >= 0 else "偏左"
    down = "偏下" if calibration.dy >= 0 else "偏上"
    shift = f"{across}{abs(calibration.dx):.1f}毫米、{down}{abs(calibration.dy):.1f}毫米"
    return f"{shift}，缩放 {calibration.sx:.2%}×{calibration.sy:.2%}，打印时自动纠正"
