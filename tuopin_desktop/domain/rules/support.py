"""Articles 8, 14 and 18: what the sending unit owes its people - talks, advancement, preference, trips, insurance."""

from collections.abc import Iterable
from datetime import date, timedelta

from tuopin_desktop.domain.duties import people
from tuopin_desktop.domain.duties.duty import State
from tuopin_desktop.domain.duties.horizon import horizon
from tuopin_desktop.domain.dutyevidence import uncovered
from tuopin_desktop.domain.facts import Facts, serves
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Posting, dutychoices
from tuopin_desktop.domain.rules.rule import Outcome, rule

_UNIT = "请商派出单位"


@rule("A08-1", "派出单位听取汇报、谈心谈话", over="posting", switches=("follow_up.talk_days",))
def talked_with(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """The sending unit hears its member or talks with him; after 180 days without, it is reminded."""
    start = people.came(posting, facts, policy)
    if start is None or not people.speaks(posting, facts):
        return None
    *_, duty = people.talks(posting, facts, policy, start)
    most = (duty.due - duty.opens).days
    if people.lapsed(duty.due, posting, facts, policy):
        return None
    until = min(facts.today, people.ends(posting, facts, policy))
    since = (until - duty.opens).days
    steps = (f"{until} − {duty.opens} = {since} 天，规定 {most} 天",)
    if duty.state is State.OVERDUE and until < facts.today:
        text = f"到派驻结束（{until}）派出单位已{since}天没有听取汇报或谈心谈话，{_UNIT}说明"
        return Outcome(Verdict.AMBER, text, (), steps)
    if duty.state is State.OVERDUE:
        return Outcome(Verdict.AMBER, f"派出单位已{since}天没有听取汇报或谈心谈话，{_UNIT}安排", (), steps)
    return Outcome(Verdict.OK, f"距上次听取汇报或谈心谈话{since}天", (), steps)


@rule("A14-1", "派驻期间按期晋升定级", over="posting")
def advanced(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """Whoever is due for promotion gets it in time while posted; a right of the member, so the unit is reminded."""
    due = [
        item for item in facts.duty_evidence.advancements_of.get(posting.id, ()) if item.due and item.type != "award"
    ]
    if not due:
        return None
    late = [
        item for item in due if item.due and item.due < facts.today and not (item.done and item.done <= facts.today)
    ]
    steps = tuple(
        f"{dutychoices.ADVANCEMENT.word(item.type)}{item.what}：应办{item.due}，"
        + (f"{item.done}办理" if item.done else "未办")
        for item in due
    )
    if not late:
        return Outcome(Verdict.OK, f"应晋升晋级{len(due)}项，都在期内", (), steps)
    longest = max((facts.today - item.due).days for item in late if item.due)
    return Outcome(Verdict.AMBER, f"{len(late)}项晋升晋级到期未办，最久{longest}天，{_UNIT}办理", (), steps)


_OUTSTANDING = "excellent"


@rule("A14-2", "帮扶工作结束后优先提拔重用", over="posting")
def preferred(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """Whoever was outstanding comes first for promotion once his service has ended; the unit is reminded, never blamed.

    Outstanding is a grade so decided, of a year or of the whole term; whoever was recalled has no such claim.
    """
    own, over = facts.postings_by_person[posting.person], policy.day("term.end")
    # He who goes on in another county has not ended his service: it is asked once, of the posting that ends last.
    last = max(own, key=lambda one: (min(one.until or over, over), one.since or date.min, one.id))
    ended = min(last.until or over, over)
    if last.id != posting.id or ended >= facts.today or posting.end_reason == "recall":
        return None
    years = _outstanding(own, facts)
    if not years:
        return None
    inputs = (("派驻止", ended.isoformat()), ("考核优秀", "、".join(years)))
    steps_up = (
        item.done
        for one in own
        for item in facts.duty_evidence.advancements_of.get(one.id, ())
        if item.type in ("post", "grade") and item.done
    )
    first = min((day for day in steps_up if ended < day <= facts.today), default=None)
    if first is not None:
        return Outcome(Verdict.OK, f"{'、'.join(years)}考核优秀，期满后已于{first}提拔晋级", inputs)
    text = f"{'、'.join(years)}考核优秀，{ended}帮扶工作结束，应优先提拔重用，尚无登记，{_UNIT}考虑"
    return Outcome(Verdict.NOTICE, text, inputs)


def _outstanding(postings: Iterable[Posting], facts: Facts) -> list[str]:
    """Return the years, and the whole term, whose decided grade is outstanding, under any of a person's postings."""
    ids = {one.id for one in postings}
    good = {
        year
        for (whose, year), one in facts.duty_evidence.grade_of.items()
        if whose in ids and one.decided == _OUTSTANDING
    }
    return [f"{year}年度" if year else "综合" for year in sorted(good, key=lambda year: year or 9999)]


@rule(
    "A18-2",
    "每年往返交通费10至12次",
    over="posting",
    switches=("support.trips_least", "support.trips_most", "support.trips_meaning", "support.trips_prorate"),
)
def round_trips(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """Ten to twelve trips of a year are paid for, in proportion to the days in post; if not, the unit is reminded."""
    outcomes = [_trips_of(posting, facts, policy, *span) for span in _years_in_post(posting, facts, policy)]
    if not outcomes:
        return None
    *ended, latest = outcomes
    # A year that ended short stays short until its trips are paid for: no new year forgives it.
    bad = [one for one in ended if one.verdict is Verdict.AMBER]
    if latest.verdict is not Verdict.OK or not bad:
        bad.append(latest)
    worst = Verdict.AMBER if any(one.verdict is Verdict.AMBER for one in bad) else latest.verdict
    steps = tuple(step for one in (*bad, *(() if latest in bad else (latest,))) for step in one.steps)
    return Outcome(worst, "；".join(one.sentence for one in bad), latest.inputs, steps, bad[-1].day)


def _trips_of(posting: Posting, facts: Facts, policy: Policy, first: date, last: date) -> Outcome:
    """Return what is said of the trips of one year in post."""
    least, most, steps = people.least_and_most(first, last, policy)
    paid = len(people.reimbursed(posting, facts, first, last))
    inputs = (("本年已报销", f"{paid}次"), ("应为", f"{least}至{most}次"))
    steps = (*steps, f"{first}至{last}已报销 {paid} 次")
    if paid > most:
        return Outcome(Verdict.NOTICE, f"{first.year}年往返交通费已报销{paid}次，超过{most}次", inputs, steps, last)
    owed = policy.on(last).choice("support.trips_meaning") == "entitlement"
    if owed and paid < least and facts.today >= last:
        text = f"{first.year}年往返交通费只报销{paid}次，不足{least}次，{_UNIT}补足"
        return Outcome(Verdict.AMBER, text, inputs, steps, last)
    return Outcome(Verdict.OK, f"{first.year}年往返交通费已报销{paid}次，应为{least}至{most}次", inputs, steps, last)


def _years_in_post(posting: Posting, facts: Facts, policy: Policy) -> list[tuple[date, date]]:
    """Return the days in post of every year that is asked for, oldest first; the running year to its end."""
    start, chain = people.came(posting, facts, policy), facts.presence(posting)
    if start is None or start > facts.today or chain[-1].id != posting.id:
        return []
    low, high = horizon(facts, policy)
    first, last = max(start, low), min(posting.until or high, high, policy.day("term.end"))
    spans = ((max(first, date(year, 1, 1)), min(last, date(year, 12, 31))) for year in range(first.year, last.year + 1))
    return [span for span in spans if span[0] <= span[1]]


@rule("A18-5", "每年购买意外伤害保险", over="posting", switches=("support.insurance_alert_days",))
def insured(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """Every posted day is insured: days without cover are named, the end of the cover 30 days ahead."""
    span = people.days_in_post(posting, policy, facts.today)
    if span is None:
        return None
    start, last = span
    insurances = people.insurances(posting, facts)
    gaps = uncovered(start, last, insurances)
    steps = tuple(f"{item.since}至{item.until} {item.insurer}{item.number}" for item in insurances)
    if gaps:
        days = sum((end - begin).days + 1 for begin, end in gaps)
        named = "、".join(people.gap_words(gap) for gap in gaps)
        return Outcome(Verdict.RED, f"在派期间{days}天没有意外伤害保险：{named}", (), (*steps, f"在派{start}至{last}"))
    return _runs_out(posting, facts, policy, steps)


def _runs_out(posting: Posting, facts: Facts, policy: Policy, steps: tuple[str, ...]) -> Outcome:
    ahead = facts.today + timedelta(days=policy.number("support.insurance_alert_days"))
    ahead = min(ahead, posting.until or ahead, policy.day("term.end"))
    gaps = uncovered(facts.today, ahead, people.insurances(posting, facts)) if ahead >= facts.today else []
    if gaps and serves(posting, facts.today):
        left = (gaps[0][0] - facts.today).days
        text = f"意外伤害保险{left}天后到期（{gaps[0][0] - timedelta(days=1)}止），{_UNIT}续保"
        return Outcome(Verdict.AMBER, text, (), steps)
    return Outcome(Verdict.OK, "在派期间都有意外伤害保险", (), steps)


RULES = (talked_with, advanced, preferred, round_trips, insured)
