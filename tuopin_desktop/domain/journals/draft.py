"""A week's note put together from its logs, by day and person; households are summed, the rest is the leader's."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

import msgspec

from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.records import DailyLog

_WEEKDAYS = "一二三四五六日"
_MOST_PLACES = 6
HEADINGS = ("一、本周工作", "二、存在的问题", "三、下周打算")
TO_WRITE = "（请队长补写）"
ON_PAPER = "日志写在纸上"


class LogLine(msgspec.Struct, frozen=True):
    """One log with the name of whom it is of."""

    name: str
    log: DailyLog


def draft(week: str, lines: Sequence[LogLine], plans: Iterable[str] = ()) -> str:
    """Return the draft of a week's note; `lines` in the order of the team, `plans` are unfinished matters in words."""
    days = sorted(lines, key=lambda line: line.log.date or date.min)  # a stable sort: within a day the team's order
    texts = [HEADINGS[0], f"{weeks.week_words(week)}，{_summed(lines)}。" if lines else "（本周还没有工作日志）"]
    for day, of_day in groupby(days, key=lambda line: line.log.date):
        if day is not None:
            texts.append(f"{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）")
            texts += [log_words(line) for line in of_day]
    planned = [f"{number}. {plan}" for number, plan in enumerate(plans, 1)]
    return "\n".join([*texts, HEADINGS[1], TO_WRITE, HEADINGS[2], *(planned or [TO_WRITE])])


def log_words(line: LogLine) -> str:
    """Return a log as a line of the note: 张三：胡吉尔图嘎查，走访6户，核对收入。"""
    log = line.log
    parts = [log.place, f"走访{log.households}户" if log.households else "", " ".join(log.text.split())]
    text = "，".join(part for part in parts if part) or ON_PAPER
    return f"{line.name}：{text.rstrip('。')}。"


def _summed(lines: Sequence[LogLine]) -> str:
    people = len({line.name for line in lines})
    households = sum(line.log.households or 0 for line in lines)
    places = list(dict.fromkeys(line.log.place for line in lines if line.log.place))
    text = f"{people}人写日志{len(lines)}篇"
    text += f"，走访农牧户{households}户次" if households else ""
    if places:
        more = f"等{len(places)}处" if len(places) > _MOST_PLACES else ""
        text += f"，到{'、'.join(places[:_MOST_PLACES])}{more}"
    return text


def differences(before: str, now: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of logs that are new in a draft, and those that are no longer in it; plans are no logs."""
    old, new = (text.partition(HEADINGS[1])[0].splitlines() for text in (before, now))
    return tuple(line for line in new if line not in old), tuple(line for line in old if line not in new)
