"""From the rows of a messy sheet to judged values: which column is which, what each cell means, what is wrong."""

from tuopin_desktop.domain.intake.headers import Header, find_header, find_headers
from tuopin_desktop.domain.intake.headings import heading_key, recognised
from tuopin_desktop.domain.intake.months import doubtful_cells
from tuopin_desktop.domain.intake.rows import Cell, Counts, Intake, Rules, SheetRow, SkippedRow, take_in
from tuopin_desktop.domain.intake.verdicts import Raw, Status

__all__ = [
    "Cell",
    "Counts",
    "Header",
    "Intake",
    "Raw",
    "Rules",
    "SheetRow",
    "SkippedRow",
    "Status",
    "doubtful_cells",
    "find_header",
    "find_headers",
    "heading_key",
    "recognised",
    "take_in",
]
