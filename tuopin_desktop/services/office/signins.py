"""When each user signed in last and how many wrong passwords came since; wrong ones make the next wait longer.

Kept in a file of its own beside the database, so that it outlives a restart and can be read before the office is open.
Nothing is ever destroyed, and nobody is shut out for good: whoever guesses only waits.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from tuopin_desktop.machine import files

FILE = "signins.json"
FREE = 5
"""So many wrong passwords make nobody wait: fingers slip."""
_FIRST_S, _MOST_S = 30, 900
_LIMIT = 1024 * 1024
_FORGET_MS = 24 * 3600 * 1000
"""Wrong passwords of another day count no more."""


class SignIns(msgspec.Struct, frozen=True):
    """Of one user: `used` is when he signed in last, `wrong` how many wrong passwords since, `last` when; ms, wall.

    `unlisted` counts the wrong ones that no line of the list of acts tells yet. `foreign` says that somebody else chose
    the password, `news` who and when, until its owner has heard of it.
    """

    used: int = 0
    wrong: int = 0
    last: int = 0
    unlisted: int = 0
    foreign: bool = False
    news: str = ""

    def wait(self, now: int) -> int:
        """Return for how many seconds no password is looked at; a clock that went back makes it the whole delay."""
        if self.wrong < FREE:
            return 0
        delay = min(_FIRST_S * 2 ** min(self.wrong - FREE, 10), _MOST_S)
        gone = max(0.0, (now - self.last) / 1000)
        return 0 if gone >= delay else max(1, round(delay - gone))


def table(folder: Path) -> Mapping[str, SignIns]:
    """Return by user id; a file that cannot be read counts as none."""
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(files.read(path, _LIMIT), type=dict[str, SignIns])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}


def of(folder: Path, user: str) -> SignIns:
    """Return of one user."""
    return table(folder).get(user, SignIns())


def standing(folder: Path, user: str, now: int) -> SignIns:
    """Return of one user before a password is looked at; where the clock went back, the delay begins now.

    Raises Trouble when that cannot be kept.
    """
    before = of(folder, user)
    if before.wrong < FREE or now >= before.last:
        return before
    return _keep(folder, user, msgspec.structs.replace(before, last=now))


def note_wrong(folder: Path, user: str, now: int) -> SignIns:
    """Count a wrong password; return what stands then. Raises Trouble when it cannot be kept."""
    before = of(folder, user)
    wrong = before.wrong + 1 if now - before.last < _FORGET_MS else 1
    after = msgspec.structs.replace(before, wrong=wrong, last=now, unlisted=before.unlisted + 1)
    return _keep(folder, user, after)


def note_right(folder: Path, user: str, now: int) -> SignIns:
    """Note that a user signed in: wrong passwords before count no more, and he has heard what there was to hear."""
    return _keep(folder, user, msgspec.structs.replace(of(folder, user), used=now, wrong=0, last=0, news=""))


def note_password(folder: Path, user: str, news: str = "", *, foreign: bool = False) -> SignIns:
    """Note that a user has another password; `foreign`: somebody else chose it. `news` is what he has to hear."""
    return _keep(folder, user, msgspec.structs.replace(of(folder, user), wrong=0, last=0, foreign=foreign, news=news))


def note_listed(folder: Path, user: str) -> SignIns:
    """Note that a line of the list of acts tells of the wrong passwords so far."""
    return _keep(folder, user, msgspec.structs.replace(of(folder, user), unlisted=0))


def _keep(folder: Path, user: str, signs: SignIns) -> SignIns:
    signs_by_user = {**table(folder), user: signs}
    files.write(folder / FILE, msgspec.json.encode(signs_by_user), private=True)
    return signs
