"""What a running month still asks of somebody (Art. 9): days lacking, days left for them, days nobody has keyed yet.

Nothing is promised that the calendar does not hold, and a day nobody keyed is not a day lost.
"""

import enum
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.attendance.codes import halves, join
from tuopin_desktop.domain.attendance.count import Counting, Month
from tuopin_desktop.domain.attendance.handover import Part, whole
from tuopin_desktop.domain.attendance.laidover import stretch_of
from tuopin_desktop.domain.attendance.presences import parts_of
from tuopin_desktop.domain.facts import Facts, days_known
from tuopin_desktop.domain.findings import Step
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Attendance, Posting
from tuopin_desktop.domain.unjustified import absent, count_month


class Presence(msgspec.Struct, frozen=True):
    """Somebody's month in a county, whatever postings it has: its count, days and how they were joined.

    `own` is the count under the posting it ends under.
    """

    own: Month
    month: Month
    days: Sequence[str]
    joined: tuple[Step, ...] = ()


def present(
    record: Attendance, posting: Posting, facts: Facts, policy: Policy, away: Mapping[int, str] | None = None
) -> Presence | None:
    """Return the month of a presence, asked of the posting it ends under; None of an earlier one, or outside it.

    `away` supposes half-days, by their numbers, to be spent as their codes say where nobody keyed anything else.
    """
    if away is not None:
        return _present(record, posting, facts, policy, away)
    # Two rules ask for every month, one over all of them after the other (A09-1, A09-2): the second has it made.
    key, source = ("presence", record.id, 0), (record, policy)
    if key not in facts.memory or facts.memory[key][0] != source:
        facts.memory[key] = source, _present(record, posting, facts, policy, {})
    presence: Presence | None = facts.memory[key][1]
    return presence


def _present(
    record: Attendance, posting: Posting, facts: Facts, policy: Policy, away: Mapping[int, str]
) -> Presence | None:
    days = days_known(facts, record, posting, policy)
    days = _supposed(days, record.month, away) if away else days
    month = facts.counting(policy, posting.county).month(days, record.month, posting, absent(posting, facts, policy))
    if month is None or month.span[1] < policy.in_force:
        return None
    chain = facts.presence(posting)
    parts = parts_of(record.month, chain) if len(chain) > 1 else ()
    if len(parts) < 2:
        return Presence(month, month, days)
    return _joined(month, days, parts, facts, policy) if parts[-1].id == posting.id else None


def _supposed(days: Sequence[str], month: str, away: Mapping[int, str]) -> Sequence[str]:
    stretch = stretch_of(month)
    groups = [list(halves(day)) for day in days]
    for number, code in away.items():
        place, half = divmod(number - stretch.start, 2)
        if number in stretch and not groups[place][half]:
            groups[place][half] = code
    return [join(*pair) for pair in groups]


def _joined(month: Month, days: Sequence[str], parts: Sequence[Posting], facts: Facts, policy: Policy) -> Presence:
    """Return a month and its days with those of the postings it began under, which are the same presence."""
    shares = [Part(parts[-1].id, days, month)]
    for earlier in reversed(parts[:-1]):
        own, count = count_month(facts.month_of(earlier, month.month), earlier, facts, policy)
        if count is None or count.span[1] < policy.in_force:
            continue  # it ended before the measure took effect
        shares.insert(0, Part(earlier.id, own, count))
    joined = whole(shares, facts.counting(policy, parts[-1].county))
    sums = " + ".join(str(one.month.needed) for one in shares)
    text = f"职务变动前后合并计算：应满 {sums} = {joined.month.needed} 天"
    return Presence(month, joined.month, joined.days, (text,))


class State(enum.Enum):
    """The state of a running month, in the words of the list."""

    REACHED = "已达到"
    POSSIBLE = "可以达到"
    UNKEYED = "先补登考勤"
    BEYOND = "已不能达到"


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """A running month as of a day; all but `needed` are half-days.

    `ahead` are the half-days after today that can still count, by their days, `workdays` how many of them fall on
    workdays; `blank` those up to today of which nothing is known and that could count.
    """

    today: date
    needed: int
    counted: int
    unlogged: int
    ahead: tuple[date, ...]
    workdays: int
    blank: int

    @property
    def lacking(self) -> int:
        """Return the half-days still lacking by what is keyed."""
        return max(0, 2 * self.needed - self.counted)

    @property
    def least(self) -> int:
        """Return the half-days lacking if everything that is not keyed, or not logged, turns out to count."""
        return max(0, self.lacking - self.blank - self.unlogged)

    @property
    def beyond(self) -> bool:
        """Tell whether the month misses its days whatever is still keyed, of the past as of what is left."""
        return self.least > len(self.ahead)

    @property
    def state(self) -> State:
        """Return whether the month has its days, still can, cannot any more, or depends on days not keyed yet."""
        if not self.lacking:
            return State.REACHED
        if self.lacking <= len(self.ahead):
            return State.POSSIBLE
        return State.BEYOND if self.beyond else State.UNKEYED

    @property
    def latest(self) -> date | None:
        """Return the day from which on every one has to be spent in the county; None where that is not the question."""
        possible = self.state is State.POSSIBLE
        return self.ahead[len(self.ahead) - self.lacking] if possible else None

    @property
    def lacking_words(self) -> str:
        """Return the days still needed: 8, 5至8 where days not keyed may make it fewer, 0."""
        most, least = f"{self.lacking / 2:g}", f"{self.least / 2:g}"
        return most if most == least else f"{least}至{most}"

    @property
    def sentence(self) -> str:
        """Return the outlook as a sentence."""
        text = f"应满{self.needed}天，已登记{self.counted / 2:g}天"
        if self.state is State.REACHED:
            return f"{text}，已达到"
        left = f"{day_words(self.today)}之后可用{len(self.ahead) / 2:g}天（工作日{self.workdays / 2:g}天）"
        text = f"{text}，还需{self.lacking_words}天，{left}"
        unkeyed = "、".join(
            f"{days / 2:g}天{what}" for days, what in ((self.blank, "没有登记"), (self.unlogged, "缺日志")) if days
        )
        if self.latest is not None:
            later = f"；已过的日子有{unkeyed}，补登后所需可能减少" if unkeyed else ""
            return f"{text}，最迟{day_words(self.latest)}起须天天在旗县{later}"
        if self.state is State.UNKEYED:
            return f"{text}；已过的日子有{unkeyed}，请先补登，再看能否达到"
        return f"{text}" + (f"，加上{unkeyed}的" if unkeyed else "") + "也不够，本月已不能达到"


def outlook_of(month: Month, counting: Counting, days: Sequence[str], today: date) -> Outlook:
    """Return the outlook of an unfinished month on a day."""
    ahead = counting.gains(days, max(today + timedelta(days=1), month.span[0]), month.span[1])
    return Outlook(
        today=today,
        needed=month.needed,
        counted=month.counted,
        unlogged=month.unlogged,
        ahead=tuple(ahead),
        workdays=sum(not counting.is_rest(day) for day in ahead),
        blank=len(counting.gains(days, month.span[0], min(today, month.span[1]))),
    )
