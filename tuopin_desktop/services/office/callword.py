"""The word spoken on the telephone by which two offices know that they noted the same call."""

import secrets

from tuopin_desktop.services.office.desk import Desk

_LETTERS = "ACDEFHJKLMNPRTUVWXY34679"
"""Letters and digits that sound and look unlike each other: no B or 8, G, O or 0, I or 1, Q, S or 5, Z or 2."""
_LENGTH = 4


def fresh(desk: Desk) -> str:
    """Return a new word of four characters; the county side makes it up and reads it out."""
    del desk  # every use case takes the desk first; chance needs nothing of it
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
