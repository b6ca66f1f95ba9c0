"""The account of one import: what it brought, and whether the rows are as many as the log says."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from typing import Any

from tuopin_desktop.domain.ahead import days, lies_ahead, may_lie_ahead
from tuopin_desktop.domain.change import DOUBT, Aside, FeedLine
from tuopin_desktop.domain.clocks import DAY, ClockState, horizon, reach, standing
from tuopin_desktop.domain.exchange.arrival import Idle, News, Outcome, Sample, Source
from tuopin_desktop.domain.exchange.shapes import Batch, Shape
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.voices import speaking
from tuopin_desktop.store import asides, notes, sqlite, statements

_SAMPLES = 200
_PEOPLE = 50
_DAY_STAMPS = DAY << 16
_DECIDING = frozenset({"opinion", "decision"})
_MONTHS = frozenset({"attendance", "month_close"})


class Account:
    """Counts what an import does, and checks at its end that the rows are as many as the log says."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.new, self.again, self.aside = 0, 0, 0
        self.oldest, self.newest = 0, 0
        self._timed: dict[int, list[int]] = {}
        self.untimed, self.untimed_at, self.clock = 0, 0, 0
        self.today = ""
        self.ahead, self.ahead_day = 0, ""
        self.sources: list[Source] = []
        self._kinds: dict[str, News] = {}
        self._changed: set[str] = set()
        self._came: dict[str, set[str]] = defaultdict(set)
        self._samples: list[Sample] = []
        self._idle: Counter[str] = Counter()
        self._open_before = self._open_conflicts()
        self._aside_before = self._asides()
        self._altered_before = self._altered()

    def source(self, source: Source) -> None:
        self.sources.append(source)

    def idle(self, station: str, lines: int) -> None:
        """Count lines of a closed PC among those taken that do not count."""
        if lines:
            self._idle[station] += lines

    def take(self, come: Batch, counting: Batch) -> set[str]:
        """Count lines that are about to be appended; return those of their keys that have lines already.

        Only the `counting` change anything.
        """
        rows = self._cursor.execute(sqlite.KEYS_WITH_LINES, (sqlite.array(come.keys),)).fetchall()
        standing = {row[0] for row in rows}
        self.new += len(come.keys)
        stamps = sorted(come.stamps)
        self.oldest = min(stamps[0], self.oldest or stamps[0])
        self.newest = max(self.newest, stamps[-1])
        self._times(stamps if counting is come else sorted(counting.stamps))
        for shape in counting.shapes:
            news = self._kinds.setdefault(shape.kind, News())
            news.lines += len(shape.lines)
            came = set(shape.keys) - standing
            news.new += len(came - self._came[shape.kind])
            self._came[shape.kind] |= came
            self._ahead(shape)
        for line in counting.lines if standing else ():
            if line.key in standing and line.key not in self._came[line.key.partition(":")[0]]:
                self._changed.add(line.key)
                self._sample(line)
        return standing

    def _times(self, stamps: Sequence[int]) -> None:
        """Count stamps, given in their order, under their days: which days are believed is known when all have come."""
        untimed = [at for at in stamps if at & DOUBT]
        self.untimed += len(untimed)
        self.untimed_at = max(self.untimed_at, *untimed[-1:], 0)
        timed = [at for at in stamps if not at & DOUBT] if untimed else stamps
        place = 0
        while place < len(timed):
            day = timed[place] // _DAY_STAMPS
            end = bisect_left(timed, (day + 1) * _DAY_STAMPS, place)
            counts = self._timed.setdefault(day, [0, 0])
            counts[0] += end - place
            counts[1] = max(counts[1], timed[end - 1])
            place = end

    def _ahead(self, shape: Shape) -> None:
        """Count what is said to have happened on days after today."""
        if not may_lie_ahead(shape.kind, shape.names) or not lies_ahead(
            shape.kind, shape.keys, shape.columns, self.today
        ):
            return
        for line in shape.lines:
            for _, day in days(shape.kind, line.key.partition(":")[2], line.set, self.today):
                self.ahead += 1
                self.ahead_day = max(self.ahead_day, day)

    def date(self, wall_ms: int, clock: int) -> int:
        """Return the newest stamp that came and is believed, or the clock; count those that are not.

        Where this computer's own clock is not plausible, the lines that came vouch for one another, day by day.
        """
        until = horizon(wall_ms, clock >> 16)
        if standing(wall_ms, clock >> 16) is not ClockState.RIGHT:
            until = max(until, reach([at for _, at in self._timed.values()], clock >> 16))
        for count, at in self._timed.values():
            if at >> 16 <= until:
                clock = max(clock, at)
            else:
                self.untimed += count
                self.untimed_at = max(self.untimed_at, at)
        self.clock = clock
        return clock

    def _sample(self, line: FeedLine) -> None:
        for name, new in line.set.items():
            if len(self._samples) < _SAMPLES:
                self._samples.append(Sample(line.key, name, line.was.get(name), new, line.by))

    def check(self) -> None:
        """Raise when rows and log disagree: with no line revoked, a table has one row for every key."""
        if self._cursor.execute(statements.ANY_LIMIT).fetchone():
            return  # then rows are fewer; the audit knows how many
        for kind in self._kinds:
            if kind not in KINDS:
                continue
            rows = self._cursor.execute(statements.row_count(kind)).fetchone()[0]
            keys = self._cursor.execute(statements.RECORD_COUNT, (f"{kind}:", f"{kind};")).fetchone()[0]
            lacking = keys - rows - self._rowless(kind)
            if lacking < 0 or (lacking and speaking(KINDS[kind]) is None):
                raise AssertionError(f"{kind}: {rows} rows, {keys} keys")

    def _rowless(self, kind: str) -> int:
        """Return how many keys have no row because nothing of their lines counts, as far as it is told.

        Of a kind that says whose word it is a line may be left out and say nothing that were worth telling.
        """
        query = statements.asides_without_row(kind)
        row = (f"{kind}:", f"{kind};", len(kind) + 2)
        return int(self._cursor.execute(query, row).fetchone()[0])

    @property
    def keys(self) -> frozenset[str]:
        """Return the log keys of all that the new lines write."""
        return frozenset(self._changed).union(*self._came.values())

    def outcome(self, forked_feeds: tuple[str, ...]) -> Outcome:
        """Return the account."""
        for key in self._changed:
            self._kinds[key.partition(":")[0]].changed += 1
        return Outcome(
            new=self.new,
            again=self.again,
            sources=tuple(self.sources),
            kinds=self._kinds,
            samples=tuple(self._samples),
            lost=tuple(sorted((key, field) for key, field, _ in self._open_conflicts() - self._open_before)),
            oldest=self.oldest,
            newest=self.newest,
            untimed=self.untimed,
            untimed_at=self.untimed_at,
            clock=self.clock,
            ahead=self.ahead,
            ahead_day=self.ahead_day,
            forked=forked_feeds,
            aside=self.aside,
            uncounted=tuple(self._uncounted()),
            altered=tuple(sorted({row[0] for row in self._altered() - self._altered_before})),
            idle=tuple(Idle(station, lines) for station, lines in sorted(self._idle.items())),
            months=self._months(),
            people=tuple(sorted(self._came["person"])[:_PEOPLE]),
        )

    def _months(self) -> tuple[Set[str], ...]:
        """Return the keys as they were kept, by kind: a package may bring 300,000."""
        changed = {key for key in self._changed if key.partition(":")[0] in _MONTHS}
        return (*(self._came[kind] for kind in sorted(_MONTHS)), changed)

    def _uncounted(self) -> list[Aside]:
        fresh = [one for one in asides.listed(self._cursor) if _place(one) not in self._aside_before]
        deciding = not _DECIDING.isdisjoint(self._kinds)
        return fresh + (notes.contradicted(self._cursor, self._changed.union(*self._came.values())) if deciding else [])

    def _asides(self) -> set[tuple[str, int, str]]:
        return {_place(one) for one in asides.listed(self._cursor)}

    def _altered(self) -> set[tuple[str, str, int]]:
        return set(self._cursor.execute(statements.ALTERATION_PLACES).fetchall())

    def _open_conflicts(self) -> set[tuple[str, str, int]]:
        return set(self._cursor.execute(statements.CONFLICT_PLACES).fetchall())


def _place(one: Aside) -> tuple[str, int, str]:
    """Return which value of which line was put aside."""
    return one.feed, one.seq, one.field
