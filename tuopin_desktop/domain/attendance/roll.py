"""The roll of a closed month: everybody's days as they were counted, and what was laid over them, in canonical form.

A close keeps it as one text (`MonthClose.roll`), so that whatever is written later about slips, classes, trips, logs,
people or postings cannot reach the days that were closed. A close of an earlier release has none: it is read from what
is registered today, and wherever it is shown that is said.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.codes import halves, join, sound
from tuopin_desktop.domain.attendance.laidover import Cover, Standing, lay_over, stretch_of, within
from tuopin_desktop.domain.attendance.months import month_id, served
from tuopin_desktop.domain.attendance.stays import Stay, StaySource
from tuopin_desktop.domain.policy import FIRST_PACK, pack_of
from tuopin_desktop.domain.records import Attendance, LeaveSlip, MonthClose, Posting
from tuopin_desktop.domain.records.attendance import DAYS

_BLANK = ("",) * len(DAYS)
_PLACES = 2 * len(DAYS)


class SlipDays(msgspec.Struct, frozen=True, array_like=True):
    """The half-days of a month that one slip took; `start` and `stop` count half-days from the month's first."""

    start: int
    stop: int
    standing: Standing
    slip: str
    number: str
    leave_type: str
    relation: str


class StayDays(msgspec.Struct, frozen=True, array_like=True):
    """The half-days of a month that one class or trip took, counted as those of a slip."""

    start: int
    stop: int
    code: str
    source: StaySource
    record: str
    text: str


class Journey(msgspec.Struct, frozen=True, array_like=True):
    """A leave travelled with a day in the month: `halves` of its period lie there, `late` if made out afterwards."""

    slip: str
    posting: str
    county: str
    name: str
    pack: str
    leave_type: str
    late: bool
    halves: int


class Overrun(msgspec.Struct, frozen=True, array_like=True):
    """A leave overstayed with a day in the month: from its first to its last day without leave, `open` if not back."""

    slip: str
    posting: str
    county: str
    name: str
    pack: str
    first: date
    last: date
    days: float
    open: bool


class RollLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """One posting in the month it was closed in.

    `own` are the 31 stored days as they were keyed and `laid` as they were counted, with commas between them (`laid`
    is empty where nothing was laid over); `logged` are the days with a log as bits. `returns` are the half-days of the
    month in which a return from leave was registered, counted as those of a slip; None in a roll that kept none.
    """

    posting: str
    person: str
    name: str
    post: str
    county: str
    position: str
    source_level: str = ""
    pack: str = FIRST_PACK
    since: date | None = None
    until: date | None = None
    own: str = ""
    laid: str = ""
    logged: int = 0
    slips: tuple[SlipDays, ...] = ()
    stays: tuple[StayDays, ...] = ()
    returns: tuple[int, ...] | None = None

    @cached_property
    def keyed(self) -> tuple[str, ...]:
        """Return the 31 days as they were keyed."""
        return tuple(self.own.split(",")) if self.own else _BLANK

    @cached_property
    def days_as_counted(self) -> tuple[str, ...]:
        """Return the 31 days as they were counted."""
        return tuple(self.laid.split(",")) if self.laid else self.keyed

    @cached_property
    def as_posting(self) -> Posting:
        """Return the posting as it stood when the month was closed."""
        return Posting(
            id=self.posting,
            person=self.person,
            county=self.county,
            position=self.position,
            source_level=self.source_level,
            pack=self.pack,
            since=self.since,
            until=self.until,
        )

    def days(self, own: Sequence[str], month: str) -> tuple[str, ...]:
        """Return the days that count, `own` being the keyed ones with corrections over them.

        Over a corrected day lies what lay over it before: a slip or class excuses there as everywhere else.
        """
        if tuple(own) == self.keyed:
            return self.days_as_counted
        over = lay_over(own, month, self.covers(month), self.stayed(month))
        pairs = zip(own, self.keyed, self.days_as_counted, over, strict=True)
        return tuple(text if now == keyed else _over(new, text) for now, keyed, text, new in pairs)

    def back(self, month: str) -> list[int]:
        """Return the half-days in which a return from leave was registered."""
        start = stretch_of(month).start
        return [start + place for place in self.returns or ()]

    def covers(self, month: str) -> tuple[Cover, ...]:
        """Return what slips said of the month's half-days."""
        start = stretch_of(month).start
        return tuple(
            Cover(
                range(start + one.start, start + one.stop),
                LeaveSlip(
                    id=one.slip,
                    number=one.number,
                    leave_type=one.leave_type,
                    relation=one.relation,
                    posting=self.posting,
                    name=self.name,
                ),
                one.standing,
            )
            for one in self.slips
        )

    def stayed(self, month: str) -> tuple[Stay, ...]:
        """Return what classes and trips said of the month's half-days."""
        start = stretch_of(month).start
        return tuple(
            Stay(range(start + one.start, start + one.stop), one.code, one.source, one.record, one.text)
            for one in self.stays
        )


def _over(now: str, text: str) -> str:
    """Return a corrected day; a half the correction leaves open stays as it was counted."""
    return join(*(half or before for half, before in zip(halves(now), halves(text), strict=True)))


class Roll(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A team's month as it was closed: who is printed on its book and everybody's line, in the order of the team."""

    team: str
    office: str
    lines: tuple[RollLine, ...]
    journeys: tuple[Journey, ...] = ()
    overruns: tuple[Overrun, ...] = ()


def text_of(roll: Roll) -> str:
    """Return a roll as a close keeps it: the same roll is the same text."""
    return msgspec.json.encode(roll).decode()


def days_text(days: Sequence[str]) -> str:
    """Return 31 days as a line keeps them; nothing for a month of which nothing is known."""
    return ",".join(days) if any(days) else ""


def roll_of(close: MonthClose) -> Roll | None:
    """Return the roll of a close; None for one of an earlier release, and for a text that is no roll."""
    return _read(close.roll) if close.roll else None


@lru_cache(maxsize=2048)
def _read(text: str) -> Roll | None:
    try:
        roll = msgspec.json.decode(text, type=Roll)
    except msgspec.DecodeError:
        return None
    return roll if all(map(_is_sound, roll.lines)) else None


def _is_sound(line: RollLine) -> bool:
    days = {*line.keyed, *line.days_as_counted}  # a month has a dozen different ones
    spans: tuple[SlipDays | StayDays, ...] = (*line.slips, *line.stays)
    return (
        len(line.keyed) == len(line.days_as_counted) == len(DAYS)
        and all(not day or sound(day) for day in days)
        and all(0 <= span.start <= span.stop <= _PLACES for span in spans)
        and all(sound(f"{stay.code}/") for stay in line.stays)
        and line.logged >= 0
    )


class Rolls(msgspec.Struct, frozen=True, dict=True):
    """The rolls of the closes that stand; `closes` by county and month."""

    closes: Mapping[tuple[str, str], MonthClose]

    @cached_property
    def of(self) -> Mapping[tuple[str, str], Roll]:
        """Return the rolls by county and month; a close of an earlier release has none."""
        read = ((at, roll_of(close)) for at, close in self.closes.items())
        return {at: roll for at, roll in read if roll is not None}

    @cached_property
    def months(self) -> Mapping[str, tuple[str, ...]]:
        """Return the months with a roll by county, in order."""
        names_by_key: dict[str, list[str]] = defaultdict(list)
        for county, month in sorted(self.of):
            names_by_key[county].append(month)
        return {county: tuple(months) for county, months in names_by_key.items()}

    @cached_property
    def lines(self) -> Mapping[tuple[str, str], RollLine]:
        """Return the lines by posting and month; of a posting that two counties closed, as it was closed first."""
        roll_line_by_pair: dict[tuple[str, str], RollLine] = {}
        for (county, month), roll in sorted(self.of.items(), key=lambda item: self._in_order(item[0])):
            for line in roll.lines:
                if line.county == county:
                    roll_line_by_pair.setdefault((line.posting, month), line)
        return roll_line_by_pair

    def _in_order(self, at: tuple[str, str]) -> tuple[str, date, str]:
        return at[1], self.closes[at].closed or date.max, at[0]

    @cached_property
    def by_person(self) -> Mapping[str, tuple[tuple[str, RollLine], ...]]:
        """Return months and lines by person, in the order of months."""
        pairs_by_key: dict[str, list[tuple[str, RollLine]]] = defaultdict(list)
        for (_, month), line in sorted(self.lines.items(), key=lambda item: item[0][1]):
            pairs_by_key[line.person].append((month, line))
        return {person: tuple(lines) for person, lines in pairs_by_key.items()}

    @cached_property
    def by_posting(self) -> Mapping[str, tuple[tuple[str, RollLine], ...]]:
        """Return months and lines by posting, in the order of months."""
        pairs_by_key: dict[str, list[tuple[str, RollLine]]] = defaultdict(list)
        for (posting, month), line in sorted(self.lines.items()):
            pairs_by_key[posting].append((month, line))
        return {posting: tuple(lines) for posting, lines in pairs_by_key.items()}

    @cached_property
    def laid_over(self) -> frozenset[str]:
        """Return the postings and persons over whose closed days something lies: most have nothing."""
        over = [line for line in self.lines.values() if line.slips or line.stays or line.returns]
        return frozenset((*(line.posting for line in over), *(line.person for line in over)))

    @cached_property
    def logged(self) -> Mapping[str, int]:
        """Return the days that had a log when the month was closed, by the id of the posting's month."""
        return {month_id(*at): line.logged for at, line in self.lines.items()}

    @cached_property
    def packs(self) -> frozenset[str]:
        """Return the rule packs of those on the rolls."""
        return frozenset(line.pack for line in self.lines.values())

    def line(self, posting: Posting, month: str) -> RollLine | None:
        """Return the line a posting's month was closed with."""
        return self.lines.get((posting.id, month))

    def leaves_out(self, posting: Posting, month: str) -> bool:
        """Tell whether the month was closed without a posting that was entered, or moved into it, afterwards."""
        if (posting.id, month) in self.lines:
            return False
        return any((county, month) in self.of for county in (posting.county, ids.owner(posting.id)))

    def late(self, posting: Posting) -> list[str]:
        """Return the closed months in which a posting serves and on whose roll it does not stand."""
        counties = {posting.county, ids.owner(posting.id)}
        months = sorted({month for county in counties for month in self.months.get(county, ())})
        return [one for one in months if (posting.id, one) not in self.lines and served(posting, one) is not None]


def attendance_of(line: RollLine, month: str, corrections: Mapping[str, str]) -> Attendance:
    """Return the month as it was keyed, with corrections (field name -> day) over it."""
    days = {**dict(zip(DAYS, line.keyed, strict=True)), **corrections}
    return msgspec.structs.replace(
        Attendance(id=month_id(line.posting, month), posting=line.posting, month=month), **days
    )


def roll_line(
    posting: Posting,
    names: tuple[str, str],
    month: str,
    own: Sequence[str],
    lines: Sequence[str],
    papers: tuple[Iterable[Cover], Iterable[Stay], Iterable[int]],
    logged: int,
) -> RollLine:
    """Return a posting's line: its name and post in words, what was keyed and counted, and what lies over it.

    `papers` are what slips say, what classes and trips say, and the half-days of returns from leave.
    """
    stretch = stretch_of(month)
    return RollLine(
        posting=posting.id,
        person=posting.person,
        name=names[0],
        post=names[1],
        county=posting.county,
        position=posting.position,
        source_level=posting.source_level,
        pack=pack_of(posting),
        since=posting.since,
        until=posting.until,
        own=days_text(own),
        laid="" if tuple(lines) == tuple(own) else days_text(lines),
        logged=logged,
        slips=tuple(_slip_days(one, stretch) for one in within(papers[0], stretch)),
        stays=tuple(_stay_days(one, stretch) for one in within(papers[1], stretch)),
        returns=tuple(sorted({number - stretch.start for number in papers[2] if number in stretch})),
    )


def _places(numbers: range, stretch: range) -> tuple[int, int]:
    return max(numbers.start, stretch.start) - stretch.start, min(numbers.stop, stretch.stop) - stretch.start


def _slip_days(cover: Cover, stretch: range) -> SlipDays:
    slip = cover.slip
    return SlipDays(
        *_places(cover.halves, stretch), cover.standing, slip.id, slip.number, slip.leave_type, slip.relation
    )


def _stay_days(stay: Stay, stretch: range) -> StayDays:
    return StayDays(*_places(stay.halves, stretch), stay.code, stay.source, stay.record, stay.text)
