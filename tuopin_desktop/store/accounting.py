"""The account of one import: what it brought, and whether the rows are as many as the log says."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tuopin_desktop.domain.ahead import days
from tuopin_desktop.domain.change import Aside, FeedLine, doubtful
from tuopin_desktop.domain.clocks import DAY, ClockState, horizon, reach, standing
from tuopin_desktop.domain.exchange.arrival import Idle, News, Outcome, Sample, Source
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.voices import speaking
from tuopin_desktop.store import asides, notes, sqlite, statements

_SAMPLES = 200
_MONTHS = ("attendance:", "month_close:")


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
        self._came: set[str] = set()
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

    def take(self, lines: list[FeedLine], counting: Sequence[FeedLine]) -> set[str]:
        """Count lines that are about to be appended; return those of their keys that have lines already.

        Only the `counting` change anything.
        """
        target = sqlite.array(line.key for line in lines)
        items = {row[0] for row in self._cursor.execute(sqlite.KEYS_WITH_LINES, (target,)).fetchall()}
        self.new += len(lines)
        stamps = [line.at for line in lines]
        self.oldest = min(stamps) if not self.oldest else min(self.oldest, min(stamps))
        self.newest = max(self.newest, max(stamps))
        for line in counting:
            self._time(line.at)
            kind, _, record_id = line.key.partition(":")
            for _, day in days(kind, record_id, line.set, self.today):
                self.ahead += 1
                self.ahead_day = max(self.ahead_day, day)
            news = self._kinds.get(kind)
            if news is None:
                news = self._kinds[kind] = News()
            news.lines += 1
            if line.key not in items:
                self._came.add(line.key)
            elif line.key not in self._came:
                self._changed.add(line.key)
                self._sample(line)
        return items

    def _time(self, at: int) -> None:
        """Count a stamp under its day: which days are believed is known when all have come."""
        if doubtful(at):
            self.untimed += 1
            self.untimed_at = max(self.untimed_at, at)
            return
        counts = self._timed.setdefault((at >> 16) // DAY, [0, 0])
        counts[0] += 1
        counts[1] = max(counts[1], at)

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

    def outcome(self, forked_feeds: tuple[str, ...]) -> Outcome:
        """Return the account."""
        for key in self._came:
            self._kinds[key.partition(":")[0]].new += 1
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
            months=tuple(
                sorted(key for some in (self._came, self._changed) for key in some if key.startswith(_MONTHS))
            ),
        )

    def _uncounted(self) -> list[Aside]:
        fresh = [one for one in asides.listed(self._cursor) if _place(one) not in self._aside_before]
        return fresh + notes.contradicted(self._cursor, self._came | self._changed)

    def _asides(self) -> set[tuple[str, int, str]]:
        return {_place(one) for one in asides.listed(self._cursor)}

    def _altered(self) -> set[tuple[str, str, int]]:
        return set(self._cursor.execute(statements.ALTERATION_PLACES).fetchall())

    def _open_conflicts(self) -> set[tuple[str, str, int]]:
        return set(self._cursor.execute(statements.CONFLICT_PLACES).fetchall())


def _place(one: Aside) -> tuple[str, int, str]:
    """Return which value of which line was put aside."""
    return one.feed, one.seq, one.field
