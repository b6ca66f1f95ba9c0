"""Article 10: a daily log for each day on post (Q33), and a weekly note of each team for each week (Q34)."""

from collections.abc import Sequence
from datetime import date, timedelta

from tuopin_desktop.domain.attendance.logs import first_in_month, in_month, runs_words, since, until
from tuopin_desktop.domain.attendance.presences import parts_of
from tuopin_desktop.domain.duties.horizon import horizon, remembered
from tuopin_desktop.domain.facts import Facts, day_of, days_known
from tuopin_desktop.domain.findings import Step, Verdict
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Attendance, Posting, Team
from tuopin_desktop.domain.rules.rule import Outcome, rule

_WEEK = 0b1111111


@rule(
    "A10-2",
    "队员每天写工作日志",
    over="attendance",
    switches=("journal.days", "journal.grace_days", "journal.missing_days"),
)
def daily_logs(record: Attendance, facts: Facts, policy: Policy) -> Outcome | None:
    """Each day marked on post has a log, or one on paper that somebody has seen; the last days may still be written."""
    posting = facts.posting_of(record)
    if posting is None or facts.today < policy.in_force:
        return None
    facts, policy = facts.terms(posting.county, record.month, policy)
    chain = facts.presence(posting)
    parts = parts_of(record.month, chain) if len(chain) > 1 else chain
    if len(parts) > 1 and parts[-1].id != posting.id:
        return None  # judged with the rest of the month, on the posting it ends under
    grace = policy.number("journal.grace_days")
    due, missing = _owed(record, parts if len(parts) > 1 else (posting,), facts, policy, grace)
    if not due:
        return None
    gaps = in_month(missing, record.month)
    number = due.bit_count()
    first = first_in_month(due, record.month)
    inputs = (("应写日志", f"{number}天"), ("已写", f"{number - len(gaps)}天"), ("缺", f"{len(gaps)}天"))
    rule_words = policy.switch("journal.days").value_words
    count = f"应写 {number} 天（{rule_words}）− 已写 {number - len(gaps)} 天 = 缺 {len(gaps)} 天"
    if not gaps:
        return Outcome(Verdict.OK, f"应写日志{number}天，都已写", inputs, (count,), first)
    limit = policy.number("journal.missing_days")
    verdict = Verdict.RED if len(gaps) >= limit else Verdict.AMBER
    steps = (count, f"缺：{runs_words(gaps)}", f"缺 {limit} 天以上为不符，以下为提醒；最近 {grace} 天可以补写，不算缺")
    return Outcome(verdict, f"应写日志{number}天，缺{len(gaps)}天", inputs, steps, first)


def _owed(record: Attendance, parts: Sequence[Posting], facts: Facts, policy: Policy, grace: int) -> tuple[int, int]:
    """Return the days of a month that want a log, and those without one, of all postings of one presence in it."""
    count = logged = 0
    log_days = facts.counting(policy, parts[-1].county).log_days
    for part in parts:
        own = record if part.id == record.posting else facts.month_of(part, record.month)
        due = since(log_days.days(days_known(facts, own, part, policy), own.month, part), own.month, policy.in_force)
        due = until(due, own.month, facts.today - timedelta(days=grace + 1))
        count |= due
        logged |= facts.journals.logged.get(own.id, 0)
    return count, count & ~logged  # of a day of hand-over, which both postings have, one log is asked for


@rule(
    "A10-2",
    "总队每周写周记",
    over="team",
    switches=("weekly_note.due_weekday", "weekly_note.month_of", "weekly_note.missing_weeks"),
)
def weekly_notes(team: Team, facts: Facts, policy: Policy) -> Outcome | None:
    """Each week in which somebody is marked on post has its note by the day it is due; a missing one stays missing."""
    names = _weeks_wanted(team, facts, policy)
    if not names:
        return None
    missing, late = [], []
    for week in names:
        note = f"{team.county}/{week}"
        date_ = facts.journals.noted.get(note)
        if note not in facts.journals.noted:
            missing.append(week)
        elif date_ is not None and date_ > (due := weeks.due(week, policy)) and remembered(due, facts.today):
            late.append(week)
    present = len(names) - len(missing)
    inputs = (
        ("应有周记", f"{len(names)}篇"),
        ("已有", f"{present}篇"),
        ("缺", f"{len(missing)}篇"),
        ("迟", f"{len(late)}篇"),
    )
    limit = policy.number("weekly_note.missing_weeks")
    steps = [f"应有 {len(names)} 篇 − 已有 {present} 篇 = 缺 {len(missing)} 篇"]
    steps += _by_month("缺", missing, policy) + _by_month("迟", late, policy)
    if missing:
        steps.append(f"缺 {limit} 篇以上为不符，以下为提醒")
    verdict = Verdict.RED if len(missing) >= limit else Verdict.AMBER if missing or late else Verdict.OK
    text = f"应有周记{len(names)}篇，"
    text += "都按时写了" if verdict is Verdict.OK else "，".join(_counted(len(missing), len(late)))
    day = weeks.days((missing or late or names)[0])[0]
    return Outcome(verdict, text, inputs, tuple(steps), day)


def _counted(missing: int, late: int) -> list[str]:
    return [text for number, text in ((missing, f"缺{missing}篇"), (late, f"迟{late}篇")) if number]


def _by_month(what: str, names: list[str], policy: Policy) -> list[Step]:
    months: dict[str, list[str]] = {}
    for week in names:
        months.setdefault(weeks.month_of(week, policy), []).append(weeks.week_words(week)[5:])
    return [f"{what}：{month[:4]}年{int(month[5:])}月{'、'.join(texts)}" for month, texts in months.items()]


def _weeks_wanted(team: Team, facts: Facts, policy: Policy) -> list[str]:
    """Return the weeks whose note should be there: those in which somebody is marked on post."""
    if facts.today < policy.in_force:
        return []
    first, last = horizon(facts, policy)
    due = [(week, weeks.due(week, policy)) for week in weeks.between(first - timedelta(days=7), facts.today)]
    last = min(last, policy.day("term.end"), facts.today - timedelta(days=1))
    names = [week for week, day in due if first <= day <= last and weeks.days(week)[-1] >= policy.in_force]
    serving = facts.postings_by_county.get(team.county, ())
    if not names or not serving:
        return []
    first = weeks.days(names[0])[0]
    marked = _marked(serving, first, facts, policy)
    starts = ((week, (weeks.days(week)[0] - first).days) for week in names)
    return [week for week, start in starts if marked >> start & _WEEK]


def _marked(serving: Sequence[Posting], first: date, facts: Facts, policy: Policy) -> int:
    """Return, for a team, the days on which somebody is marked on post, a bit a day from the first day on.

    A region asks for some ninety weeks of each team: seven days of a week are one mask of one number.
    """
    marked = 0
    for posting in serving:
        for record in facts.attendance_of.get(posting.id, ()):
            if record.month >= f"{first:%Y-%m}":
                own = policy.on(day_of(record) or facts.today)
                due = facts.counting(own, serving[0].county).log_days
                days = due.days(days_known(facts, record, posting, own), record.month, posting)
                ahead = (date.fromisoformat(f"{record.month}-01") - first).days
                marked |= days << ahead if ahead >= 0 else days >> -ahead
    return marked


RULES = (daily_logs, weekly_notes)
