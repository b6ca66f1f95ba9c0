"""What a year's charts compare - months, places, duties, grades - and the rows behind every mark of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from tuopin_desktop.documents.official import Chart, Series
from tuopin_desktop.domain.attendance.presencerate import LEAST, OPEN, REACHED, hollow_words
from tuopin_desktop.domain.attendance.roll import Journey
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.duties.radar import Cell, heat
from tuopin_desktop.domain.records.choices import LEAVE_TYPE, OFFICIAL
from tuopin_desktop.services.appraisal.year import Year
from tuopin_desktop.services.judging.teamfigures import PersonMonth
from tuopin_desktop.services.reporting.monthly import MonthFigures, mean_days, presence_rate, rate
from tuopin_desktop.services.reporting.year import YearFacts

BINS = ((0, "60以下"), (60, "60至70"), (70, "70至80"), (80, "80至90"), (90, "90以上"))
"""Points of an appraisal, lower end included."""

NO_PROPOSAL = "暂不建议"
_WHOLE = 100.0
_FEW = 2
"""Marks a chart compares at least: one alone is said in a sentence."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row behind a mark: who or what it is, where, what is said of it, and the page and subject it opens."""

    name: str
    place: str
    text: str
    page: str
    subject: str = ""


class Plot(msgspec.Struct, frozen=True, kw_only=True):
    """One chart of the year; `rows` are those behind each of its categories, `definition` says what is counted.

    `sentence` stands in its place where there is too little to compare.
    """

    chart: Chart
    rows: tuple[tuple[Row, ...], ...]
    definition: str
    sentence: str = ""

    @property
    def says(self) -> bool:
        """Tell whether anything is rated at all."""
        return bool(self.sentence) or any(value is not None for one in self.chart.series for value in one.values)


def plots(facts: YearFacts, appraised: Year | None, *, county: bool) -> tuple[Plot, ...]:
    """Return the charts of a year that say something."""
    every = (
        _rate(facts),
        _leave(facts),
        _compared(facts, county=county),
        _duties(facts.duties),
        *_appraisal(appraised),
    )
    return tuple(plot for plot in every if plot.says)


def over(facts: YearFacts) -> list[MonthFigures]:
    """Return the months that are over and in which somebody was posted."""
    return [month for month in facts.months if month.over and month.people]


# -- attendance


def _rate(facts: YearFacts) -> Plot:
    months = over(facts)
    rates = [month.rate for month in months]
    names = tuple(f"{month.first.month}月" for month in months)
    series = (
        Series("达标率", tuple(one.raw for one in rates), hollow=tuple(one.thin for one in rates)),
        Series("已登记", tuple(one.coverage if one.judgeable else None for one in rates)),
    )
    rated = [(name, one) for name, one in zip(names, rates, strict=True) if one.raw is not None]
    return Plot(
        chart=Chart(
            kind="coverage",
            categories=names,
            series=series,
            caption="各月达标率（第九条）",
            unit="%",
            top=_WHOLE,
            hollow=hollow_words(facts.policy.number(LEAST)),
        ),
        rows=tuple(tuple(_present(month, one, facts) for one in month.people) for month in months),
        definition="达标率：在旗县工作达到应满天数的人数，占登记齐全的人数；登记不足的月份只画空心圈，不连线。",
        sentence="" if len(rated) != 1 else f"{rated[0][0]}达标情况：{rated[0][1].text}。",
    )


def _present(month: MonthFigures, one: PersonMonth, facts: YearFacts) -> Row:
    state = "登记不全" if one.state == OPEN else "达到" if one.state == REACHED else "不足"
    return Row(
        name=one.name,
        place=facts.facts.county_name(one.county),
        text=f"{state}，计入{one.days:g}天，应满{one.needed}天",
        page="attendance",
        subject=f"attendance:{one.posting}/{month.month}",
    )


def _leave(facts: YearFacts) -> Plot:
    """Return the leave of every month in its parts, on duty, other, overstayed: together the circular's number."""
    months = over(facts)
    parts = [_parts(month) for month in months]
    names = ("因公外出", "请假", "超假")
    whole = [len(month.slips) for month in months]
    return Plot(
        chart=Chart(
            kind="stack",
            categories=tuple(f"{month.first.month}月" for month in months),
            series=tuple(Series(name, tuple(float(one[name]) for one in parts)) for name in names),
            caption="各月请假外出人次（第十条）",
            unit="人次",
            top=float(max(whole, default=0)),
        )
        if any(whole)
        else Chart(kind="stack", categories=(), series=()),
        rows=tuple(tuple(_travelled(one, facts) for one in month.slips) for month in months),
        definition="人次：当月有一天在外的报备单，跨月的各月都计；超假的单列，不重复计。",
        sentence=f"{months[0].month_text}请假外出{whole[0]}人次。" if len(months) == 1 and whole[0] else "",
    )


def _parts(month: MonthFigures) -> Counter[str]:
    late = {one.slip for one in month.overdue}
    return Counter(
        "超假" if one.slip in late else "因公外出" if one.leave_type == OFFICIAL else "请假" for one in month.slips
    )


def _travelled(one: Journey, facts: YearFacts) -> Row:
    kind = LEAVE_TYPE.word(one.leave_type) if one.leave_type else "假别未登记"
    return Row(
        name=one.name,
        place=facts.facts.county_name(one.county),
        text=f"{kind}，当月{one.halves / 2:g}天",
        page="leave",
        subject=f"leave_slip:{one.slip}",
    )


def _compared(facts: YearFacts, *, county: bool) -> Plot:
    """Return people or leagues side by side, the least first, with the mean of all."""
    months = over(facts)
    groups = _by_person(months) if county else [(league.name, league.people) for league in facts.leagues]
    means = [(name, mean_days(people), people) for name, people in groups]
    means.sort(key=lambda one: (one[1] is None, one[1] or 0.0))
    values = tuple(value for _, value, _ in means)
    sound = [value for value in values if value is not None]
    thin = tuple(presence_rate(people, facts.policy).thin for _, _, people in means)
    everybody = mean_days(one for month in months for one in month.people)
    return Plot(
        chart=Chart(
            kind="dots",
            categories=tuple(name for name, _, _ in means),
            series=(Series("", values, hollow=thin),),
            caption=("每人" if county else "各盟市") + "月均在旗县工作天数",
            unit="天",
            top=everybody or 0.0,
            hollow=hollow_words(facts.policy.number(LEAST)),
        ),
        rows=tuple(tuple(_monthly(one, facts) for one in people) for _, _, people in means),
        definition="月均在旗县工作天数：只计登记齐全的月份；虚线为全体平均。",
        sentence=f"月均在旗县工作{sound[0]:g}天。" if len(sound) == 1 and len(values) < _FEW else "",
    )


def _monthly(one: PersonMonth, facts: YearFacts) -> Row:
    text = "登记不全" if one.state == OPEN else f"{one.days:g}天"
    return Row(name=one.name, place=facts.facts.county_name(one.county), text=text, page="roster")


def _by_person(months: Sequence[MonthFigures]) -> list[tuple[str, tuple[PersonMonth, ...]]]:
    """Return everybody's months; two people of one name stay two."""
    person_months_by_key: dict[str, list[PersonMonth]] = defaultdict(list)
    for month in months:
        for one in month.people:
            person_months_by_key[one.posting].append(one)
    return [(people[0].name, tuple(people)) for people in person_months_by_key.values()]


# -- duties


def cells(duties: Iterable[Duty]) -> dict[str, Cell]:
    """Return how every duty stands, all counties together, the worst first."""
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, what), cell in heat(duties).items():
        whole[what].update(msgspec.structs.asdict(cell))
    result = {what: Cell(**tally) for what, tally in whole.items() if Cell(**tally).total}
    return dict(sorted(result.items(), key=lambda item: (item[1].done / item[1].total, item[0])))


def _duties(duties: Sequence[Duty]) -> Plot:
    """Return the duties that were not all done in time; those that were are counted in the title."""
    every = cells(duties)
    lacking = {what: cell for what, cell in every.items() if cell.done < cell.total}
    rest = len(every) - len(lacking)
    beside = f"（其余{rest}项均为100%）" if rest and lacking else ""
    return Plot(
        chart=Chart(
            kind="bar",
            categories=tuple(lacking),
            series=(Series("", tuple(rate(cell.done, cell.total) for cell in lacking.values())),),
            caption=f"未全部按期办结的履职事项办结率{beside}",
            unit="%",
            top=_WHOLE,
        ),
        rows=tuple(tuple(_owed(one) for one in duties if one.what == what) for what in lacking),
        definition="按期办结率：按期办结的件数，占已到期的件数。",
        sentence=f"{rest}项履职事项全部按期办结。" if rest and not lacking else "",
    )


def _owed(one: Duty) -> Row:
    return Row(
        name=one.what,
        place=one.who,
        text=one.state.label,
        page="duties",
        subject=f"duty:{one.due.year}/{one.what}",
    )


# -- appraisal


def grades(year: Year) -> dict[str, int]:
    """Return how many members have each grade: as decided, or as proposed, in the words of the scheme."""
    counts = Counter(
        row.grade.decided if row.grade and row.grade.decided else row.proposal.level or "" for row in year.members
    )
    levels = [level.code for level in year.scheme.levels]
    numbers = {year.scheme.word(code, "default"): counts[code] for code in levels}
    rest = {year.scheme.word("none", "default"): counts["none"], NO_PROPOSAL: counts[""]}
    return numbers | {text: count for text, count in rest.items() if count}


def _appraisal(year: Year | None) -> Iterator[Plot]:
    """Yield the grades, or the points while no grade can be proposed yet."""
    if year is None or not year.members:
        return
    spread, text = grades(year), "考核等次分布"
    if spread.get(NO_PROPOSAL) == len(year.members):
        spread, text = _totals(year), "考核得分分布（尚未建议等次）"
    filled = [(name, count) for name, count in spread.items() if count]
    caption = text + ("" if year.scheme.official else "，按试用评分表")
    yield Plot(
        chart=Chart(
            kind="distribution",
            categories=tuple(spread),
            series=(Series("", tuple(map(float, spread.values()))),),
            caption=caption,
            unit="人",
        ),
        rows=((),) * len(spread),
        definition="等次以已确定的为准，没有确定的按建议等次。",
        sentence=f"{caption}：{filled[0][1]}人都是“{filled[0][0]}”。" if len(filled) == 1 else "",
    )


def _totals(year: Year) -> dict[str, int]:
    totals = [row.proposal.appraisal.total for row in year.members]
    ends: list[Decimal] = [*(Decimal(low) for low, _ in BINS[1:]), year.scheme.full("member") + 1]
    return {text: sum(low <= total < end for total in totals) for (low, text), end in zip(BINS, ends, strict=True)}
