"""Articles 9 and 10: twenty days a month in the county, most of them in villages, and no leaving without a slip."""

from collections.abc import Sequence
from fractions import Fraction

from tuopin_desktop.domain.attendance.closing import recounted
from tuopin_desktop.domain.attendance.codes import AWAY, halves
from tuopin_desktop.domain.attendance.count import Counting, Month
from tuopin_desktop.domain.attendance.laidover import Cover, clashes, days_of, stretch_of, within
from tuopin_desktop.domain.attendance.months import begins, following, months_over
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Step, Verdict
from tuopin_desktop.domain.leave.count import day_of, half_number, runs, short_words
from tuopin_desktop.domain.outlook import outlook_of, present
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Attendance, Posting
from tuopin_desktop.domain.rules.rule import Inputs, Outcome, rule

_DAY_SWITCHES = (
    "presence.days",
    "presence.unit",
    "presence.partial_month",
    "presence.trips",
    "presence.office_training",
    "presence.granularity",
    "presence.travel_day",
    "presence.rest_day_in_county",
)
_SHARE_SWITCHES = ("village.share", "village.amber_share", "village.places")
_REST_WORDS = {
    "worked": "休息日登记为工作、有工作日志的计入",
    "always": "休息日留在旗县的一律计入",
    "never": "休息日一律不计入",
}


@rule("A09-1", "每月在旗县工作不少于20天", over="attendance", switches=_DAY_SWITCHES)
def twenty_days(record: Attendance, facts: Facts, policy: Policy) -> Outcome | None:
    """A month has at least 20 days worked in the county; a running month says whether they can still be reached."""
    posting = facts.posting_of(record)
    if posting is None:
        return None
    facts, policy = facts.terms(posting.county, record.month, policy)
    counting = facts.counting(policy, posting.county)
    presence = present(record, posting, facts, policy)
    if presence is None or presence.month.span[0] > facts.today:
        return None
    own, month, days, joined = presence.own, presence.month, presence.days, presence.joined
    inputs = _inputs(month)
    steps = (*_steps(month, counting), *joined)
    if month.span[1] >= facts.today:
        verdict, sentence, more = _running(month, counting, days, facts)
        return Outcome(verdict, sentence, inputs, (*steps, *more), month.span[0])
    # What blank days could still add is asked of months that fall short only: most reach their days.
    blank = len(counting.gains(days, *month.span)) if month.needed > month.days else 0
    verdict, sentence = _finished(month, blank)
    frozen = facts.closed_months.figures.get((posting.id, record.month)) if facts.closes else None
    if frozen is not None and recounted(frozen, own, policy.in_force):
        change = f"结账登记{frozen.days:g}天，现计{own.days:g}天"
        return Outcome(verdict, f"{sentence}（{change}）", inputs, (*steps, change), month.span[0])
    return Outcome(verdict, sentence, inputs, steps, month.span[0])


def _inputs(month: Month) -> Inputs:
    workdays = "节假日表未登记" if month.workdays is None else f"{month.workdays}天"
    return (
        ("在派天数", f"{month.in_post}天"),
        ("计入天数", f"{month.days:g}天"),
        ("因公外出单列", f"{month.apart / 2:g}天"),
        *((("休息日工作无日志", f"{month.unlogged / 2:g}天"),) if month.unlogged else ()),
        ("请假", f"{month.leave / 2:g}天"),
        ("未登记", f"{month.missing / 2:g}天"),
        ("当月法定工作日", workdays),
    )


def _steps(month: Month, counting: Counting) -> tuple[Step, ...]:
    reading = counting.reading
    whole = reading.days
    if reading.unit == "min" and month.workdays is not None:
        whole = min(whole, month.workdays)
    needed = f"应满{month.needed}天"
    if month.in_post < month.length and reading.partial == "prorate":
        exact = whole * month.in_post / month.length
        needed = f"{whole} × {month.in_post} ÷ {month.length} = {exact:.2f}，舍去零头，{needed}"
    steps = [needed, f"计入 {month.counted} 个半天 ÷ 2 = {month.days:g} 天"]
    if month.rested or reading.rest != "worked":
        steps.append(f"其中休息日 {month.rested / 2:g} 天：{_REST_WORDS[reading.rest]}")
    if month.unlogged:
        steps.append(f"休息日登记为工作、没有工作日志 {month.unlogged} 个半天 ÷ 2 = {month.unlogged / 2:g} 天，不计入")
    if month.apart:
        steps.append(f"因公外出 {month.apart} 个半天 ÷ 2 = {month.apart / 2:g} 天，单列不计入")
    if month.workdays is not None:
        steps.append(f"当月法定工作日 {month.workdays} 天")
    else:
        steps.append(f"{month.month[:4]}年节假日表未登记，休息日按星期六、星期日")
    return tuple(steps)


def _finished(month: Month, blank: int) -> tuple[Verdict, str]:
    """Return the verdict on a finished month; what nobody keyed is never held against a person.

    `blank` are the half-days of which nothing is known and that could count.
    """
    short = month.needed - month.days
    if not month.known and month.needed:
        return Verdict.AMBER, f"没有登记考勤，不能判断是否达到{month.needed}天，请先补登"
    if short <= 0:
        return Verdict.OK, f"在旗县工作{month.days:g}天，应满{month.needed}天"
    text = f"在旗县工作{month.days:g}天，应满{month.needed}天，差{short:g}天"
    if month.workdays is not None and month.workdays < month.needed:
        text += f"；当月法定工作日只有{month.workdays}天"
    if 2 * short <= month.unlogged:
        return Verdict.AMBER, f"{text}；另有{month.unlogged / 2:g}天休息日登记为工作但没有工作日志，补写日志后计入"
    if 2 * short <= month.apart:
        return Verdict.AMBER, f"{text}；加因公外出{month.apart / 2:g}天则满"
    if 2 * short <= blank + month.unlogged + month.apart:
        # Blank days and work that no log tells of may both still turn out to count, and so may both together.
        return Verdict.AMBER, f"{text}；还有{_open_words(blank, month.unlogged, month.apart)}"
    return Verdict.RED, text


def _running(
    month: Month, counting: Counting, days: Sequence[str], facts: Facts
) -> tuple[Verdict, str, tuple[Step, ...]]:
    """Return the verdict on a month that has not ended: what is still possible, and until when."""
    short = month.needed - month.days
    if not month.known and month.needed:
        return Verdict.AMBER, f"至{facts.today}没有登记考勤，不能判断能否达到{month.needed}天，请先补登", ()
    so_far = f"至{facts.today}计{month.days:g}天，应满{month.needed}天"
    if short <= 0:
        return Verdict.OK, so_far, ()
    forecast = counting.forecast(month, days, facts.today)
    step = f"还差 {short:g} 天，{facts.today}之后还有 {forecast.left / 2:g} 天可用"
    if forecast.reachable and forecast.latest is not None:
        more = f"最迟{forecast.latest}起须天天在旗县工作"
        return Verdict.OK, f"{so_far}，还可达到，{more}", (step, f"{more}（{month.span[1]}止）")
    outlook = outlook_of(month, counting, days, facts.today)
    if not outlook.beyond:
        text = f"{so_far}；已过的日子有{_open_words(outlook.blank, outlook.unlogged)}"
        return Verdict.AMBER, text, (step,)
    return Verdict.AMBER, f"{so_far}，本月已不能达到", (step,)


def _open_words(blank: int, unlogged: int, apart: int = 0) -> str:
    """Return in words the half-days that may still count, and what to do first; only those there are."""
    parts = (
        (blank, "天没有登记", "补登考勤"),
        (unlogged, "天休息日工作没有日志", "补写日志"),
        (apart, "天因公外出单列", ""),
    )
    what = "，".join(f"{part / 2:g}{text}" for part, text, _ in parts if part)
    return f"{what}，请先{'、'.join(todo for part, _, todo in parts if part and todo)}"


@rule("A09-4", "每月登记考勤", over="posting")
def registered(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """Months over of which nothing is registered are a state of their own: neither short nor reached (Art. 9, 10)."""
    if posting.since is None:
        return None
    ends = [policy.day(key) for key in ("term.end",) if key in policy.switches]  # not every programme has a term
    last = min(posting.until or facts.today, facts.today, *ends)
    first = max(posting.since, policy.in_force)
    over = [one for one in months_over(first, facts.today) if max(begins(one), first) <= last]
    names = {record.month for record in facts.attendance_of.get(posting.id, ())}
    bare = [one for one in over if one not in names]
    if not bare:
        return None
    text = f"{_months_words(bare)}没有登记考勤，在旗县工作天数、应写日志都无法判断，请补登"
    steps = (f"应登记 {len(over)} 个月 − 已登记 {len(over) - len(bare)} 个月 = 未登记 {len(bare)} 个月",)
    inputs = (("未登记", f"{len(bare)}个月"),)
    return Outcome(Verdict.NOTICE, text, inputs, steps, max(begins(bare[0]), policy.in_force))


def _months_words(months: Sequence[str]) -> str:
    """Return months in words, those that follow each other as one: 2018年6月、2018年8月至2018年11月共4个月."""
    stretches: list[list[str]] = []
    for month in months:
        if stretches and begins(month) == following(begins(stretches[-1][-1])):
            stretches[-1].append(month)
        else:
            stretches.append([month])
    text = "、".join("至".join(map(_month_words, dict.fromkeys((one[0], one[-1])))) for one in stretches)
    return f"{text}共{len(months)}个月" if len(months) > 1 else text


def _month_words(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"


@rule("A09-2", "大部分时间进村入户", over="attendance", switches=_SHARE_SWITCHES)
def village_share(record: Attendance, facts: Facts, policy: Policy) -> Outcome | None:
    """More than half of the days worked in the county are spent in villages, seasonal pastures among them."""
    posting = facts.posting_of(record)
    if posting is None:
        return None
    facts, policy = facts.terms(posting.county, record.month, policy)
    presence = present(record, posting, facts, policy)
    month = presence.month if presence is not None else None
    if presence is None or month is None or month.share is None or month.span[1] >= facts.today:
        return None
    percent = 100 * month.share
    share, amber = policy.number("village.share"), policy.number("village.amber_share")
    inputs = (("进村入户", f"{month.village / 2:g}天"), ("在旗县工作", f"{month.county / 2:g}天"))
    text = f"{float(percent):.1f}%"
    steps = (
        f"进村入户 {month.village / 2:g} 天 ÷ 在旗县工作 {month.county / 2:g} 天 = {text}",
        f"应超过 {share}%；{amber}% 以下为不符",
        *(("职务变动前后合并计算",) if presence.joined else ()),
    )
    if percent > share:
        return Outcome(Verdict.OK, f"进村入户占{text}", inputs, steps, month.span[0])
    verdict = Verdict.AMBER if percent >= Fraction(amber) else Verdict.RED
    return Outcome(verdict, f"进村入户占{text}，未超过{share}%", inputs, steps, month.span[0])


@rule("A10-3", "离开旗县必须请假报备", over="attendance", switches=("presence.rest_day_away",))
def left_with_a_slip(record: Attendance, facts: Facts, policy: Policy) -> Outcome | None:
    """Whoever is keyed as away has a slip for it, whatever day of the week; keyed days and slips do not disagree."""
    posting = facts.posting_of(record)
    if posting is None:
        return None
    facts, policy = facts.terms(posting.county, record.month, policy)
    away = [number for number in _away(record, facts) if day_of(number) >= policy.in_force]
    covers = facts.covers(posting.person, policy)
    stays = facts.stays(posting)
    if not away and not covers and not stays:
        return None
    bare = _without_slip(away, record.month, covers, facts.returns(posting.person, policy)) if away else []
    quarrels = [one for one in clashes(record, covers, facts.today, stays) if day_of(one[0]) >= policy.in_force]
    if bare:
        return _unreported(bare, facts)
    if quarrels:
        steps = tuple(f"{day_of(number)}{'下午' if number % 2 else '上午'}：{text}" for number, text in quarrels)
        return Outcome(
            Verdict.NOTICE,
            f"考勤与报备单、培训、行程有{len(quarrels)}处不一致，请核对",
            (),
            steps,
            day_of(quarrels[0][0]),
        )
    if not away:
        return None
    return Outcome(Verdict.OK, f"离开旗县{len(away) / 2:g}天，都有报备单", day=day_of(away[0]))


def _without_slip(away: Sequence[int], month: str, covers: Sequence[Cover], returns: Sequence[int]) -> list[int]:
    """Return the half-days away in which there was neither leave, asked for or approved, nor a return from one."""
    near = within(covers, stretch_of(month))
    ranges = [cover.halves for cover in near if cover.standing in ("approved", "waiting")]
    return [number for number in away if number not in returns and not any(number in halves for halves in ranges)]


def _away(record: Attendance, facts: Facts) -> list[int]:
    days = days_of(record)
    if AWAY not in "".join(days):
        return []
    start, end = stretch_of(record.month).start, half_number(facts.today, "pm")
    counts = (
        start + 2 * place + half
        for place, day in enumerate(days)
        if AWAY in day
        for half, code in enumerate(halves(day))
        if code[:1] == AWAY
    )
    return [number for number in counts if number <= end]


def _unreported(bare: list[int], facts: Facts) -> Outcome:
    periods = runs(bare)
    steps = tuple(
        f"{short_words(period)}，{period.halves} 个半天 ÷ 2 = {period.days:g} 天，没有报备单" for period in periods
    )
    inputs = (("离开未报备", f"{len(bare) / 2:g}天"), ("共几次", str(len(periods))))
    return Outcome(Verdict.AMBER, f"离开未报备{len(bare) / 2:g}天", inputs, steps, periods[0].first)


RULES = (twenty_days, village_share, left_with_a_slip)
"""What is said of a month of attendance."""

OF_POSTINGS = (registered,)
