"""The class of leave a reason sounds like: proposed from its words, which are data; a person confirms."""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain.records.choices import CALLED_BACK, OFFICIAL

_DUTY = (OFFICIAL, CALLED_BACK)
NOT_LEAVE = "因公外出不是休假，仍须履行请销假手续（第十条）"


class LeaveWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"beside": "with"}):
    """Words that sound like one class: any of `words`, with any of `beside` where it is given, none of `without`."""

    code: str
    words: tuple[str, ...]
    beside: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def fits(self, reason: str) -> bool:
        """Tell whether a reason sounds like this class."""
        if any(word in reason for word in self.without) or not any(word in reason for word in self.words):
            return False
        return not self.beside or any(word in reason for word in self.beside)


def proposed(reason: str, classes: Sequence[LeaveWords]) -> str:
    """Return the code of the class a reason sounds like: the first that fits; "" where none does, or it is both
    official and private.
    """
    plain = "".join(reason.split())
    names = [one.code for one in classes if one.fits(plain)]
    duty = [code for code in names if code in _DUTY]
    if not names or 0 < len(duty) < len(names):
        return ""
    return names[0]
