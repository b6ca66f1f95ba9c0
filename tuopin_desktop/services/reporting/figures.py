"""The figures of an annual report, each declared once: words, unit, article, where it comes from, how it is computed.

A further figure is one line here and its place in a sentence of `annual`.
"""

from collections import Counter
from collections.abc import Callable

import msgspec

from tuopin_desktop.domain.findings import Verdict, article_words
from tuopin_desktop.services.reporting.monthly import OPEN, REACHED, SHORT, mean, mean_days, rate, reached_rate
from tuopin_desktop.services.reporting.year import LEAVE, PRESENCE, YearFacts

Value = int | float | None
"""None where nothing is known: a rate of nothing is not zero."""

_SUSPECT = (Verdict.RED, Verdict.SUSPECTED)


class Figure(msgspec.Struct, frozen=True):
    """One figure: `kinds` are the records it is computed from, `source` says in Chinese how."""

    key: str
    words: str
    unit: str
    article: int
    source: str
    kinds: tuple[str, ...]
    value: Callable[[YearFacts], Value]

    def said(self, value: Value) -> str:
        """Return a value as it stands in a sentence: 285人, 96.8%, 未登记."""
        return "（未登记）" if value is None else f"{value:g}{self.unit}"

    @property
    def article_words(self) -> str:
        """Return the article: 第九条."""
        return article_words(self.article)


def _in_post(position: str) -> Callable[[YearFacts], Value]:
    return lambda year: sum(item.position == position for item in year.serving)


def _full_teams(year: YearFacts) -> Value:
    teams = Counter(item.county for item in year.serving)
    return sum(count >= year.policy.number("composition.team_size") for count in teams.values())


def _ended(year: YearFacts) -> Value:
    return sum(item.until is not None and item.until.year == year.year for item in year.known.posting_by_id.values())


def _begun(year: YearFacts) -> Value:
    return sum(item.since is not None and item.since.year == year.year for item in year.known.posting_by_id.values())


def _state(state: str) -> Callable[[YearFacts], Value]:
    return lambda year: sum(one.state == state for one in year.people)


def _village(year: YearFacts) -> Value:
    return mean(one.village for one in year.people if one.village is not None)


def _leave_days(year: YearFacts) -> Value:
    return float(sum(year.leave_days(told) for told in year.stories))


def _official(year: YearFacts) -> Value:
    return sum(told.slip.leave_type == "official" for told in year.stories)


def _late(year: YearFacts) -> Value:
    return rate(sum(told.late for told in year.stories), len(year.stories))


def _overdue(year: YearFacts) -> Value:
    return sum(
        over is not None and over.first.year <= year.year <= over.last.year
        for over in (told.journey.overstay for told in year.stories)
    )


def _findings(rule: str, *verdicts: Verdict) -> Callable[[YearFacts], Value]:
    return lambda year: year.said(rule, *verdicts)


def _records(kind: str, field: str, **where: str) -> Callable[[YearFacts], Value]:
    """Return the count of records whose day lies in the year and whose fields have these values."""

    def count(year: YearFacts) -> Value:
        return sum(all(getattr(one, name) == value for name, value in where.items()) for one in year.dated(kind, field))

    return count


def _filled(kind: str, field: str, name: str) -> Callable[[YearFacts], Value]:
    """Return the count of a year's records in which another field is filled in."""
    return lambda year: sum(bool(getattr(one, name)) for one in year.dated(kind, field))


def _insured(year: YearFacts) -> Value:
    """Return the share of people in service who are insured on the last day."""
    covered = {
        getattr(one, "posting", "")
        for one in year.records("insurance")
        if (since := getattr(one, "since", None)) and since <= year.on
        if (until := getattr(one, "until", None)) is None or until >= year.on
    }
    return rate(sum(item.id in covered for item in year.serving), len(year.serving))


FIGURES: tuple[Figure, ...] = (
    Figure(
        "teams", "工作总队", "个", 2, "年末有在派人员的总队", ("posting",), lambda y: len({p.county for p in y.serving})
    ),
    Figure("posted", "在派人员", "人", 2, "年末在派的派驻登记", ("posting",), lambda y: len(y.serving)),
    Figure("leaders", "队长", "人", 2, "年末在派的队长", ("posting",), _in_post("leader")),
    Figure("deputies", "副队长", "人", 2, "年末在派的副队长", ("posting",), _in_post("deputy")),
    Figure("members", "队员", "人", 2, "年末在派的队员", ("posting",), _in_post("member")),
    Figure("full_teams", "满员总队", "个", 2, "年末在派不少于5人的总队", ("posting", "ruling"), _full_teams),
    Figure(
        "unfit_people",
        "任职条件待核",
        "项",
        3,
        "规则A03各条列出的疑点",
        ("person", "posting", "decision"),
        _findings("A03-"),
    ),
    Figure("party_open", "党组织关系未转接", "人", 4, "规则A04列出的人员", ("posting",), _findings("A04-")),
    Figure("ended", "当年离任", "人", 5, "派驻止在当年的派驻登记", ("posting",), _ended),
    Figure("begun", "当年到任", "人", 5, "派驻起在当年的派驻登记", ("posting",), _begun),
    Figure(
        "unapproved",
        "未见批准的更换",
        "项",
        5,
        "规则A05列出的更换",
        ("posting", "decision"),
        _findings("A05-", *_SUSPECT),
    ),
    Figure("applied", "申请更换", "件", 5, "当年申请的更换", ("replacement",), _records("replacement", "applied")),
    Figure("person_months", "应考核人月", "人月", 9, "各月在派人次（已过完的月份）", PRESENCE, lambda y: len(y.people)),
    Figure("reached", "达到应满天数", "人月", 9, "计入天数不少于应满天数", PRESENCE, _state(REACHED)),
    Figure("short", "不足应满天数", "人月", 9, "连同未登记的半天仍不足", PRESENCE, _state(SHORT)),
    Figure("unknown", "考勤登记不全", "人月", 9, "补登后才能判断", PRESENCE, _state(OPEN)),
    Figure("reached_rate", "达标率", "%", 9, "达到÷（达到＋不足）", PRESENCE, lambda y: reached_rate(y.people)),
    Figure(
        "mean_days", "月人均在旗县工作", "天", 9, "已登记人月的计入天数平均", PRESENCE, lambda y: mean_days(y.people)
    ),
    Figure("village", "进村入户占比", "%", 9, "各人各月占比的平均", PRESENCE, _village),
    Figure("slips", "请假外出", "次", 10, "当年成行的报备单", LEAVE, lambda y: len(y.stories)),
    Figure("leave_days", "请假外出天数", "天", 10, "报备单在当年的自然日", LEAVE, _leave_days),
    Figure("official", "其中因公", "次", 10, "假别为因公外出的报备单", LEAVE, _official),
    Figure("late_rate", "补办率", "%", 10, "补办的报备单÷报备单", LEAVE, _late),
    Figure("overdue", "超假未归", "次", 10, "假满后次日起未销假的报备单", LEAVE, _overdue),
    Figure("unreported", "离开未报备", "人月", 10, "规则A10-3列出的月份", (*PRESENCE, *LEAVE), _findings("A10-3")),
    Figure("logs", "工作日志", "篇", 10, "当年的工作日志", ("daily_log",), _records("daily_log", "date")),
    Figure("weekly", "周记", "篇", 10, "当年的周记", ("weekly_note",), _records("weekly_note", "week")),
    Figure(
        "ledger", "工作台账事项", "项", 10, "当年立项的台账事项", ("ledger_item",), _records("ledger_item", "opened")
    ),
    Figure("checks", "明查暗访和抽查", "次", 10, "当年的检查记录", ("spot_check",), _records("spot_check", "checked")),
    Figure(
        "checks_found",
        "检查发现问题",
        "个",
        10,
        "写明问题的检查记录",
        ("spot_check",),
        _filled("spot_check", "checked", "finding"),
    ),
    Figure(
        "checks_closed",
        "已销号",
        "个",
        10,
        "已销号的检查记录",
        ("spot_check",),
        _filled("spot_check", "checked", "closed"),
    ),
    Figure("trainings", "培训班", "期", 11, "当年开班的培训", ("training",), _records("training", "period")),
    Figure(
        "demonstration",
        "其中示范培训班",
        "期",
        11,
        "类别为示范的培训",
        ("training",),
        _records("training", "period", type="demonstration"),
    ),
    Figure(
        "analysis",
        "工作分析例会",
        "次",
        12,
        "当年的工作分析例会",
        ("meeting",),
        _records("meeting", "held", type="analysis"),
    ),
    Figure("joint", "联席会议", "次", 12, "当年的联席会议", ("meeting",), _records("meeting", "held", type="joint")),
    Figure(
        "leaders_met", "队长会议", "次", 12, "当年的队长会议", ("meeting",), _records("meeting", "held", type="leaders")
    ),
    Figure(
        "monthly",
        "月报",
        "份",
        12,
        "当年月份的月报",
        ("team_report",),
        _records("team_report", "month", type="monthly"),
    ),
    Figure(
        "half_year", "半年报告", "份", 12, "当年的半年报告", ("half_year_report",), _records("half_year_report", "year")
    ),
    Figure("matters", "瓶颈问题和调研宣传", "件", 12, "当年提出的事项", ("matter",), _records("matter", "raised")),
    Figure(
        "followed", "派出单位谈话走访", "次", 8, "当年的跟踪管理记录", ("follow_up",), _records("follow_up", "date")
    ),
    Figure(
        "excellent",
        "考核优秀",
        "个",
        15,
        "当年考核确定为优秀的人员和总队",
        ("grade",),
        _records("grade", "year", decided="excellent"),
    ),
    Figure(
        "graded",
        "已确定等次",
        "个",
        15,
        "当年考核已确定等次的人员和总队",
        ("grade",),
        _filled("grade", "year", "decided"),
    ),
    Figure(
        "suspected",
        "疑似达到第十六条规定",
        "人",
        16,
        "规则A16-3列为疑似或不符",
        (*PRESENCE, *LEAVE),
        _findings("A16-3", *_SUSPECT),
    ),
    Figure(
        "cases", "召回调整立案", "件", 16, "当年立案的召回调整", ("recall_case",), _records("recall_case", "opened")
    ),
    Figure("incidents", "违纪违规情况", "件", 13, "当年登记的情况", ("incident",), _records("incident", "date")),
    Figure("trips", "往返交通", "次", 18, "当年出发的往返登记", ("round_trip",), _records("round_trip", "period")),
    Figure("insured", "意外险覆盖率", "%", 18, "年末在派且在保的人员÷在派人员", ("insurance", "posting"), _insured),
)
"""In the order of their sentences; keys are never reused for another meaning: old snapshots hold them."""

BY_KEY = {figure.key: figure for figure in FIGURES}


def measured(year: YearFacts) -> dict[str, Value]:
    """Return the value of every figure."""
    return {figure.key: figure.value(year) for figure in FIGURES}
