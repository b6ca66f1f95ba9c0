"""What a clerk keeps an eye on every day: who is late, due, away, which papers are out, which filings are missing."""

from collections.abc import Callable
from datetime import date

from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.journey import Overstay, Trip
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import AGAIN, Story
from tuopin_desktop.domain.leave.watchlists import Watch

ROLES = {
    "secretary": "书记",
    "leader": "队长",
    "office": "办公室",
    "township": "乡镇党委",
    "organisation": "组织部",
}
"""Who signs, in a word."""

_BODIES = {"unit": "派出单位", "liaison": "联络组"}


QUIET = (Watch.AWAY, Watch.UNPRINTED)
"""The lists of slips about which nobody has to be rung."""
_PRINTING = {Paper.DRAFT: "打印", Paper.CHANGED: "重印"}

OUT = "OUT"
"""The list of whoever is not back yet, whatever else is owed: what 外出 counts everywhere."""


def on_list(story: Story, name: str) -> bool:
    """Tell whether a slip is on a list: OUT, the name of a Watch, or "" for any slip at all."""
    if name == OUT:
        return story.journey.trip.out
    return not name or Watch[name] in watches(story)


_TRIPS = {
    Trip.OVERDUE: Watch.OVERDUE,
    Trip.GRACE: Watch.DUE,
    Trip.DUE: Watch.DUE,
    Trip.WORDED: Watch.DUE,
    Trip.AWAY: Watch.AWAY,
}
_OVER = (Trip.EARLY, Trip.BACK, Trip.LATE, Trip.WORDED, Trip.ENDED, Trip.PAST)


def watches(story: Story) -> tuple[Watch, ...]:
    """Return the lists a slip is on today, most pressing first."""
    result = []
    if not story.rerouted and story.journey.trip in _TRIPS:
        result.append(_TRIPS[story.journey.trip])
    if not story.rerouted and unprinted(story):
        result.append(Watch.UNPRINTED)
    if not story.rerouted and (story.chain.paper in (Paper.PRINTED, Paper.SIGNING) or sheet_out(story)):
        result.append(Watch.UNSIGNED)
    if not story.rerouted and story.unfiled:
        result.append(Watch.UNFILED)
    if any(gap.presses for gap in story.phone):
        result.append(Watch.UNCALLED)
    return tuple(result)


def pressing(story: Story) -> Watch | None:
    """Return the most pressing reason to ring about a slip; being away on leave is none, nor is one's own printing."""
    return next((watch for watch in watches(story) if watch not in QUIET), None)


def unprinted(story: Story) -> bool:
    """Tell whether a slip is to be printed, or printed again; once its journey is over no print comes before it."""
    return story.chain.paper.to_print and not _over(story)


def _over(story: Story) -> bool:
    return bool(story.slip.returned) or story.journey.trip in _OVER


def sheet_out(story: Story) -> bool:
    """Tell whether a fully signed sheet printed here has not come back, of a journey that is not reported over."""
    slip = story.slip
    signed = story.chain.paper is Paper.APPROVED and not story.rerouted
    return bool(slip.printed) and slip.sheet_back is None and signed and not _over(story)


def overdue_words(story: Story) -> str:
    """Return the sentence with the days of an overstay so far, or ""."""
    over = story.journey.overstay
    if over is None:
        return ""
    so_far = f"自{day_words(over.first)}起超假{over.days:g}天，无续假即为无正当理由离岗"
    if not over.open:
        return f"{day_words(over.first)}至{day_words(over.last)}超假{over.days:g}天"
    passing = passing_words(over)
    law = "（管理办法第十六条）" if passing and form_of(story.slip).article else ""
    return f"{so_far}{passing and '；'}{passing}{law}"


def passing_words(over: Overstay, say: Callable[[date], str] = day_words) -> str:
    """Return when an open overstay passes the limit of Art. 16, or that it has: no day that is over is foretold."""
    if over.passes is None:
        return ""
    day = say(over.passes)
    return f"{day}起已连续超过{over.limit}天" if over.passed else f"如不返岗，到{day}连续超过{over.limit}天"


def brief(story: Story, today: date) -> str:
    """Return what is owed in a few words for a list column; the full words are `story.owed`."""
    parts = ["签字件未收回"] if sheet_out(story) else [] if not unprinted(story) else [_PRINTING[story.chain.paper]]
    parts += [AGAIN] if story.waiting or (story.altered and story.owed) else []
    if not story.owed:
        return "，".join(parts)
    if story.chain.missing:
        parts.append(f"缺{_joined(ROLES, story.chain.missing)}签字")
    if missing := story.unfiled:
        late = "（逾期）" if story.filing_due and today > story.filing_due else ""
        parts.append(f"缺{_joined(_BODIES, missing)}备案{late}")
    if story.journey.trip.due:
        parts.append(Trip.WORDED.value if story.journey.trip is Trip.WORDED else "未销假")
    return "，".join([*parts, *(gap.brief for gap in story.phone)])


def _joined(values: dict[str, str], codes: tuple[str, ...] | list[str]) -> str:
    return "、".join(values[code] for code in codes)
