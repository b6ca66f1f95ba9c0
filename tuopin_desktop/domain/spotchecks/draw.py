"""The draw: by lot, weighted by the time since the last check, and provable years later from seed and inputs.

Procedure `sha256-1`, whole numbers only, so that it comes out the same on any machine and can be redone by hand:

1. The candidates are put in the order of their ids. Every candidate has a weight of at least 1.
2. The n-th random number, n = 1, 2, ..., is SHA-256 of the text `<seed>/<n>` (UTF-8), read as one whole number
   below 2^256.
3. One candidate is drawn: let W be the sum of the weights of those not drawn yet. A number of 2^256 - (2^256 mod W)
   or more is passed over and the next one taken, so that none is favoured; else its remainder modulo W is the lot.
   Weights are added up in the order of the candidates; the first whose sum is greater than the lot is drawn.
4. That is repeated with those who are left until as many are drawn as were wanted.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.policy import Policy

METHOD = "sha256-1"
_SPACE = 1 << 256
_NEVER = "-"


class Candidate(msgspec.Struct, frozen=True, order=True):
    """Who may be drawn: id (a county's code or a posting's id), day of the last check or None, and weight."""

    id: str
    last: date | None
    weight: int

    @property
    def line(self) -> str:
        """Return the candidate as it is kept and printed."""
        return f"{self.id} {self.last or _NEVER} {self.weight}"


class Weighing(msgspec.Struct, frozen=True):
    """How weights follow from days: one a day since the last check, within `least` and `most`; never checked: most."""

    least: int
    most: int

    @classmethod
    def of(cls, policy: Policy) -> "Weighing":
        """Return the weighing of a policy."""
        return cls(policy.number("spot_check.least_weight"), policy.number("spot_check.most_weight"))

    def candidate(self, candidate_id: str, last: date | None, on: date) -> Candidate:
        """Return a candidate with the weight of a day."""
        days = self.most if last is None else (on - last).days
        return Candidate(candidate_id, last, max(self.least, min(days, self.most)))


def draw(candidates: Sequence[Candidate], count: int, seed: str) -> tuple[str, ...]:
    """Return the ids drawn, in the order drawn; all of them when no more are there than wanted.

    Raises ValueError for a weight below 1 or an id that stands twice: then no lot would be fair.
    """
    left = sorted(candidates, key=lambda item: item.id)
    if len({item.id for item in left}) < len(left) or any(item.weight < 1 for item in left):
        raise ValueError("every candidate stands once and has a weight of at least 1")
    numbers = _numbers(seed)
    names: list[str] = []
    while left and len(names) < count:
        names.append(left.pop(_place(left, _below(sum(item.weight for item in left), numbers))).id)
    return tuple(names)


def _numbers(seed: str) -> Iterator[int]:
    place = 0
    while True:
        place += 1
        yield int.from_bytes(hashlib.sha256(f"{seed}/{place}".encode()).digest(), "big")


def _below(limit: int, numbers: Iterator[int]) -> int:
    fair = _SPACE - _SPACE % limit
    return next(number for number in numbers if number < fair) % limit


def _place(left: Sequence[Candidate], lot: int) -> int:
    total = 0
    for place, item in enumerate(left):
        total += item.weight
        if total > lot:
            return place
    raise AssertionError("a lot is below the sum of the weights")


def write(candidates: Sequence[Candidate]) -> str:
    """Return the candidates as the record of a draw keeps them, a line each."""
    return "\n".join(item.line for item in sorted(candidates, key=lambda item: item.id))


def read(text: str) -> tuple[Candidate, ...]:
    """Return the candidates of a kept text; raises ValueError for a line that is not one."""
    candidates = []
    for line in text.splitlines():
        name, last, weight = line.split(" ")
        candidates.append(Candidate(name, None if last == _NEVER else date.fromisoformat(last), int(weight)))
    return tuple(candidates)
