"""Leave slips of a sheet: the one a row says again, the next number, the class it sounds like, those it overlaps."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.leave import overlap
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import LEAVE_TYPE
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk


class SlipRows:
    """The slips kept before and those of the rows above."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._of: dict[str, dict[str, LeaveSlip]] = defaultdict(dict)  # posting -> its slips by id
        self._numbers: dict[tuple[str, int], int] = {}
        self._proposed: set[str] = set()  # slips whose class of leave was read from the reason

    def keep(self, slip: LeaveSlip) -> None:
        """Remember a slip, or how it stands after its row."""
        self._of[slip.posting][slip.id] = slip

    def twin(self, slip: LeaveSlip) -> LeaveSlip | None:
        """Return the slip that says the same: of one posting, for one period and place."""
        pair = (slip.period, slip.place)
        return next((one for one in self._of[slip.posting].values() if (one.period, one.place) == pair), None)

    def numbered(self, slip: LeaveSlip) -> LeaveSlip:
        """Number slips of one file in their order; the store knows only those written before."""
        settled = leave.settle(self._desk, slip)
        key = (ids.owner(slip.id), (slip.filled or date.min).year)
        last = max(int(settled.number[5:]), self._numbers.get(key, 0) + 1)
        self._numbers[key] = last
        return msgspec.structs.replace(settled, number=f"{settled.number[:5]}{last:04d}")

    def classed(self, slip: LeaveSlip) -> LeaveSlip:
        """Return a new slip with the class its reason sounds like where none is given; `warnings` tells of it."""
        code = leave.proposed_class(self._desk, slip)
        if not code:
            return slip
        self._proposed.add(slip.id)
        return msgspec.structs.replace(slip, leave_type=code)

    def warnings(self, slip: LeaveSlip, seats: Iterable[str]) -> list[Problem]:
        """Return the slips of a person's postings that a slip overlaps, and that its class is only proposed."""
        problems = overlap.warnings(slip, [one for seat in seats for one in self._of[seat].values()])
        if slip.id in self._proposed:
            sentence = f"假别空着，按事由“{slip.reason[:20]}”填为“{LEAVE_TYPE.word(slip.leave_type)}”，请核对"
            problems.append(Problem(code="proposed", sentence=sentence, fields=("leave_type",)))
        return problems
