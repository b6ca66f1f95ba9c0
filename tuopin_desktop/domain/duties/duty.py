"""One duty: who owes what by when, what of it is done, and by which record."""

import enum
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain.record import Scalar


class State(enum.Enum):
    """The state of a duty; done means that a record with its evidence exists, never a tick."""

    DONE = "done"
    LATE = "late"
    BARE = "bare"
    HALF = "half"
    DUE = "due"
    AHEAD = "ahead"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        """Return the Chinese word."""
        return _WORDS[self]

    @property
    def open(self) -> bool:
        """Tell whether something is still to be done."""
        return self not in (State.DONE, State.LATE)


_WORDS = {
    State.DONE: "已办",
    State.LATE: "逾期办结",
    State.BARE: "缺凭据",
    State.HALF: "办了一半",
    State.DUE: "待办",
    State.AHEAD: "未到期",
    State.OVERDUE: "逾期未办",
}


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """A duty of one subject (log key) for one period.

    `days` are the days it is late by, or until it is due when negative. `mild` duties are never red: the measure
    says 一般, or binds somebody else. `periods` is how many duties a line of a list stands for. `kind` and `preset` are
    the record that would show it done, `evidence` the log keys of those that do.
    """

    rule: str
    what: str
    subject: str
    county: str
    who: str
    period: str
    opens: date
    due: date
    state: State
    days: int = 0
    mild: bool = False
    periods: int = 1
    said: str = ""
    evidence: tuple[str, ...] = ()
    kind: str = ""
    preset: Mapping[str, Scalar] = {}

    @property
    def article(self) -> int:
        """Return the article that asks for it."""
        return int(self.rule[1:3])

    @property
    def key(self) -> str:
        """Return a key that no other duty has."""
        return f"{self.rule}/{self.what}/{self.subject}/{self.period}"


def count_duties(duties: Iterable[Duty]) -> int:
    """Return the number of duties (项) of some lines; a line may stand for several periods."""
    return sum(duty.periods for duty in duties)


def overdue(duties: Iterable[Duty]) -> list[Duty]:
    """Return those whose day is past and which are not done (逾期): the one meaning of the word, 一般 or not."""
    return [duty for duty in duties if duty.state is State.OVERDUE]


def standing(opens: date, due: date, today: date, day: date | None, *, proved: bool = True) -> tuple[State, int]:
    """Return the state of a duty and how many days it is late, negative while there is time."""
    if day is not None and day <= today:
        late = (day - due).days
        if not proved:
            return State.BARE, late
        return (State.LATE, late) if late > 0 else (State.DONE, late)
    late = (today - due).days
    if late > 0:
        return State.OVERDUE, late
    return (State.DUE if today >= opens else State.AHEAD), late
