"""Articles 11 and 12 over a year: reports, meetings and trainings as the radar finds them, with every period told."""

from collections.abc import Iterable, Sequence
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.duties import office, people, teams
from tuopin_desktop.domain.duties.duty import Duty, State
from tuopin_desktop.domain.duties.horizon import horizon, spoken_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import MeetingProblem, Office, Posting, Team
from tuopin_desktop.domain.rules.rule import Inputs, Outcome, rule

_BAD = (State.OVERDUE, State.LATE, State.BARE, State.HALF)


def outcome_of(duties: Iterable[Duty], today: date) -> Outcome | None:
    """Return a finding for each duty due by today: red where its record is missing, amber where it was late."""
    due = [duty for duty in duties if duty.due < today or duty.state in (State.DONE, State.HALF, State.BARE)]
    if not due:
        return None
    inputs: Inputs = tuple(
        (what, f"应办{len(mine)}，已办{sum(not duty.state.open for duty in mine)}")
        for what in dict.fromkeys(duty.what for duty in due)
        if (mine := [duty for duty in due if duty.what == what])
    )
    bad = [duty for duty in due if duty.state in _BAD and spoken_of(duty, today)]
    verdict = max((_verdict(duty) for duty in bad), key=_GRAVITY.index, default=Verdict.OK)
    sentence = "；".join(_short(bad)) or "、".join(f"{what}{text}" for what, text in inputs)
    return Outcome(verdict, sentence, inputs, tuple(_line(duty) for duty in bad) or tuple(_line(d) for d in due[-3:]))


_GRAVITY = (Verdict.OK, Verdict.NOTICE, Verdict.AMBER, Verdict.RED)


def _verdict(duty: Duty) -> Verdict:
    return Verdict.RED if duty.state is State.OVERDUE and not duty.mild else Verdict.AMBER


def _short(bad: Sequence[Duty]) -> Iterable[str]:
    for what in dict.fromkeys(duty.what for duty in bad):
        for state in _BAD:
            periods = [duty.period for duty in bad if duty.what == what and duty.state is state]
            if periods:
                yield f"{_named(periods)}{what}{state.label}"


def _named(periods: Sequence[str]) -> str:
    """Return periods in words, the last three of many: what has just been missed is news."""
    if len(periods) <= _SHOWN:
        return "、".join(periods)
    return f"{'、'.join(periods[-_SHOWN:])}等{len(periods)}期"


_SHOWN = 3


def _line(duty: Duty) -> str:
    late = f"，逾期{duty.days}天" if duty.state in (State.LATE, State.OVERDUE) else ""
    text = f"，{duty.said}" if duty.said else ""
    return f"{duty.period}{duty.what}：应于{duty.due}前，{duty.state.label}{late}{text}"


@rule(
    "A12-1",
    "月报和工作分析例会",
    over="team",
    switches=("report.month_day", "meeting.analysis_day", "meeting.analysis_count", "meeting.analysis_shift"),
)
def monthly(team: Team, facts: Facts, policy: Policy) -> Outcome | None:
    """Every month a report, and an analysis meeting before the 5th; what is missing stays missing next year."""
    makers = (teams.report, teams.analysis)
    return outcome_of(teams.of_months(team, facts, policy, horizon(facts, policy), makers), facts.today)


@rule("A12-3", "每月联席会议和问题整改", over="team", switches=("meeting.joint_per_month",))
def joint(team: Team, facts: Facts, policy: Policy) -> Outcome | None:
    """A joint meeting every month, and the problems raised at it put right in time."""
    outcome = outcome_of(teams.of_months(team, facts, policy, horizon(facts, policy), (teams.joint,)), facts.today)
    still = [item for item in facts.duty_evidence.problems_of.get(team.county, ()) if not (item.closed and item.proof)]
    if not still:
        return outcome
    aged = sorted((-_age(item, facts), _problem(item, facts)) for item in still)
    late = [item for item in still if item.due is not None and item.due < facts.today]
    text = f"未销号问题{len(still)}件，最久{-aged[0][0]}天" + (f"，超过整改期限{len(late)}件" if late else "")
    verdict = Verdict.AMBER if late else Verdict.OK
    steps = tuple(line for _, line in aged)
    if outcome is None:
        return Outcome(verdict, text, steps=steps)
    worst = max(verdict, outcome.verdict, key=_GRAVITY.index)
    return Outcome(worst, f"{outcome.sentence}；{text}", outcome.inputs, (*outcome.steps, *steps))


def _age(item: MeetingProblem, facts: Facts) -> int:
    meeting = facts.duty_evidence.meeting_by_id.get(item.meeting)
    return (facts.today - meeting.held).days if meeting and meeting.held else 0


def _problem(item: MeetingProblem, facts: Facts) -> str:
    state = "已报办结，缺销号依据" if item.closed else f"已{_age(item, facts)}天未销号"
    return f"问题“{item.name[:40]}”：{state}" + (f"，整改期限{item.due}" if item.due else "")


@rule("A12-2", "队长会议一般每两月一次", over="office", switches=("meeting.leaders_window", "meeting.leaders_days"))
def leaders(record: Office, facts: Facts, policy: Policy) -> Outcome | None:
    """A meeting of the team leaders every two months; 一般, so a gap is amber and never red."""
    if facts.scope != ids.REGION or facts.today < policy.in_force:
        return None
    meetings = facts.duty_evidence.meetings_of.get((ids.REGION, "leaders"), ())
    days = [item.held for item in meetings if item.held is not None and item.held <= facts.today]
    last, most = max(days, default=policy.in_force), policy.number("meeting.leaders_days")
    # After the term no meeting is owed any more, so no gap grows.
    now = min(facts.today, policy.day("term.end"))
    gap = (now - last).days
    steps = [f"{now} − {last}{'' if days else '（办法施行）'} = {gap} 天，规定 {most} 天"]
    duties = office.of_office(facts, policy, *horizon(facts, policy))
    duties_due = (duty for duty in duties if duty.what == office.LEADERS and duty.state is State.OVERDUE)
    missed = [duty.period for duty in duties_due if policy.on(duty.due).choice("meeting.leaders_window") == "pairs"]
    steps += [f"{period}没有召开" for period in missed]
    over = gap > most
    texts = [f"距上次队长会议{gap}天，超过{most}天" if over else f"距上次队长会议{gap}天"]
    texts += [f"{_named(missed)}没有召开"] if missed else []
    return Outcome(Verdict.AMBER if over or missed else Verdict.OK, "；".join(texts), (), tuple(steps))


@rule("A11-3", "每年至少一次示范培训班", over="office", switches=("training.demonstration_per_year",))
def demonstration(record: Office, facts: Facts, policy: Policy) -> Outcome | None:
    """At least one demonstration class a year; a year that has ended without one is red."""
    if facts.scope != ids.REGION:
        return None
    years = range(policy.in_force.year, min(facts.today, policy.day("term.end")).year + 1)
    duties = [office.demonstration(facts, policy, year, date(year, 12, 31)) for year in years]
    outcome = outcome_of(duties, facts.today)
    return outcome or Outcome(Verdict.OK, f"{facts.today.year}年示范培训班尚未举办，应于年底前举办")


@rule("A11-1", "岗前培训全员覆盖", over="posting", switches=("training.newcomer_days",))
def trained(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """Everybody is trained before or within 30 days of taking up the post."""
    start = people.came(posting, facts, policy)
    if start is None or not people.speaks(posting, facts):
        return None
    duty = people.pre_post(posting, facts, policy, start)
    if duty.state.open and people.lapsed(duty.due, posting, facts, policy):
        return None
    days = (duty.due - start).days
    steps = (f"{start} + {days} 天 = {duty.due}", f"今日 {facts.today}")
    if duty.state is State.OVERDUE:
        never = "" if people.trainings(posting, facts) else "，从未参加培训"
        return Outcome(Verdict.AMBER, f"到岗{days}天内未参加岗前培训，逾期{duty.days}天{never}", (), steps)
    if duty.state.open:
        return Outcome(Verdict.OK, f"岗前培训最迟{duty.due}，还有{-duty.days}天", (), steps)
    return Outcome(Verdict.OK, f"已于{duty.said}完成岗前培训", (), steps)


@rule(
    "A12-4",
    "队员半年报告",
    over="posting",
    switches=(
        "report.half_year_first",
        "report.half_year_second",
        "report.half_year_grace",
        "report.half_year_days",
    ),
)
def half_years(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """Each half-year a report to two receivers: due in amber, red after fifteen days."""
    start = people.began(posting, policy)
    if start is None:
        return None
    first, last = horizon(facts, policy)
    low, high = max(first, start), min(last, policy.day("term.end"))
    years = range(low.year, high.year + 1)
    duties = (duty for year in years for duty in people.half_years(posting, facts, policy, year))
    return outcome_of((duty for duty in duties if low <= duty.due <= high), facts.today)


@rule("A12-6", "微信群“十不准”承诺", over="posting", switches=("chat.sign_days",))
def signed(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """The ten don'ts are signed soon after arrival; the measure sets no day, so it is a reminder."""
    start = people.came(posting, facts, policy)
    if start is None or not people.speaks(posting, facts):
        return None
    acknowledgement = people.signature(posting, facts)
    due = policy.due_after(start, "chat.sign_days")
    if acknowledgement is not None and acknowledgement.signed is not None:
        return Outcome(Verdict.OK, f"“十不准”承诺已于{acknowledgement.signed}签字")
    if people.lapsed(due, posting, facts, policy):
        return None
    verdict = Verdict.NOTICE if facts.today > due else Verdict.OK
    return Outcome(verdict, f"“十不准”承诺尚未签字，应于{due}前", (), (f"{start} + {(due - start).days} 天 = {due}",))


RULES = (demonstration, trained, monthly, leaders, joint, half_years, signed)
