"""How alike two logs are: the share of common runs of three characters; a hint to the leader, never a verdict."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain.records import DailyLog

_RUN = 3
SHORTEST = 12
"""Characters a text needs at least: 入户走访贫困户 is what anybody writes."""
_NOISE = re.compile(r"[\W_0-9]+")


class Pair(msgspec.Struct, frozen=True):
    """Two logs that are nearly the same, the earlier first, and how alike they are in per cent."""

    first: DailyLog
    second: DailyLog
    percent: int


def plain(text: str) -> str:
    """Return a text for comparison: NFKC, without blanks, punctuation and figures, which alone do not make a day."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[place : place + _RUN] for place in range(len(text) - _RUN + 1))


def pairs(logs: Sequence[DailyLog], least: int) -> list[Pair]:
    """Return the pairs at least so many per cent alike, most alike first; each log is compared where it can agree.

    Only logs that share a run are compared, and only when their lengths allow the share that is asked for.
    """
    texts = {log.id: plain(log.text) for log in logs}
    long = sorted((log for log in logs if len(texts[log.id]) >= SHORTEST), key=lambda log: str(log.date))
    runs = {log.id: _runs(texts[log.id]) for log in long}
    daily_logs_by_key: dict[str, list[DailyLog]] = defaultdict(list)
    result = []
    for log in long:
        near = {other.id: other for run in runs[log.id] for other in daily_logs_by_key[run]}
        for other in near.values():
            mine, theirs = runs[log.id], runs[other.id]
            if 100 * min(len(mine), len(theirs)) < least * max(len(mine), len(theirs)):
                continue
            percent = 100 * len(mine & theirs) // len(mine | theirs)
            if percent >= least:
                result.append(Pair(other, log, percent))
        for run in runs[log.id]:
            daily_logs_by_key[run].append(log)
    place = {log.id: at for at, log in enumerate(long)}
    return sorted(result, key=lambda pair: (-pair.percent, place[pair.first.id], place[pair.second.id]))
