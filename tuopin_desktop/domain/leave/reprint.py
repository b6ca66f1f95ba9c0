"""Whether the sheet that was printed still says what the slip says: whoever changes it afterwards prints it again."""

import hashlib

from tuopin_desktop.domain.records import LeaveSlip

ON_SHEET = ("number", "form", "county", "filled", "name", "post", "place", "period", "reason")
"""What stands on the sheet that goes out to be signed; what the Office and the return add comes onto it later."""
_HEX = 7
_SPACE = "\x1f"


def sheet_code(slip: LeaveSlip) -> int:
    """Return a number for the words on the printed sheet: it is kept with the print and differs once they do.

    So no way of changing a slip, by hand, by sheet, by package, has to say that the paper is stale.
    """
    text = _SPACE.join(str(getattr(slip, name) or "") for name in ON_SHEET)
    return int(hashlib.sha256(text.encode()).hexdigest()[:_HEX], 16)


def stale(slip: LeaveSlip) -> bool:
    """Tell whether the slip was changed since it was printed; not known, and so not said, of prints of old."""
    return bool(slip.printed) and slip.sheet_code is not None and slip.sheet_code != sheet_code(slip)
