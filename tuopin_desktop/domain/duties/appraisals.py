"""Duties of the year's appraisal (Art. 15): summaries, votes, grades, the end of the term; the measure sets no days."""

from collections.abc import Iterator, Sequence
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.appraisal.evidence import members_of
from tuopin_desktop.domain.appraisal.grading import WHOLE_TERM
from tuopin_desktop.domain.duties.duty import Duty, State, standing
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Grade, Posting
from tuopin_desktop.domain.records.choices import BALLOT

_OPENS = (12, 1)
"""The month and day from which a year's appraisal can be prepared."""


def summary(subject: str, key: str, county: str, who: str, facts: Facts, policy: Policy, year: int) -> Duty:
    """Return the summary of a year that a member or team hands in (A15-2); `key` is the log key shown for it."""
    _, due = policy.due_in(year, "appraisal.summary_day")
    opens = date(year, *_OPENS)
    work_summary = facts.duty_evidence.summary_of.get((subject, year))
    proved = work_summary is not None and facts.duty_evidence.proved(work_summary, work_summary.text)
    state, days = standing(opens, due, facts.today, work_summary.handed if work_summary else None, proved=proved)
    return Duty(
        rule="A15-2",
        what="年度工作总结",
        subject=key,
        county=county,
        who=who,
        period=f"{year}年度",
        opens=opens,
        due=due,
        state=state,
        days=days,
        mild=True,
        said=f"{work_summary.handed}提交" if work_summary and work_summary.handed else "",
        evidence=(ids.key("work_summary", work_summary.id),) if work_summary else (),
        kind="work_summary",
        preset={"subject": subject, "year": year},
    )


def ballots(county: str, who: str, facts: Facts, policy: Policy, year: int) -> Iterator[Duty]:
    """Yield the two votes of a year (A15-2); a round is proved by ballots that were keyed."""
    _, due = policy.due_in(year, "appraisal.ballots_day")
    opens = date(year, *_OPENS)
    for source, text in BALLOT.labels.items():
        ballot_rounds = facts.duty_evidence.rounds_of.get((county, year, source), ())
        voted = [one for one in ballot_rounds if one.id in facts.duty_evidence.voted]
        rounds = (voted or list(ballot_rounds))[:1]
        done_on = rounds[0].held if rounds else None
        state, days = standing(opens, due, facts.today, done_on, proved=bool(voted))
        yield Duty(
            rule="A15-2",
            what=text,
            subject=ids.key("team", f"{county}/team"),
            county=county,
            who=who,
            period=f"{year}年度",
            opens=opens,
            due=due,
            state=state,
            days=days,
            mild=True,
            said=(f"{done_on}测评" if voted else f"{done_on}测评，测评票未录入") if done_on else "",
            evidence=tuple(ids.key("ballot_round", one.id) for one in rounds),
            kind="ballot_round",
            preset={"year": year, "source": source},
        )


def grades(who: str, facts: Facts, policy: Policy, year: int) -> Iterator[Duty]:
    """Yield what the Office owes about the grades of a year: to propose them (A15-3), and to have them decided (A15-1).

    Both fall due in the year after, and are done when every member of the year has one.
    """
    # Those of one seat from one day on by their ids: the office's own part holds no names to tell them apart by.
    seats = sorted(members_of(facts, year), key=lambda one: (*team_order(one), one.since or date.max, one.id))
    members = [posting.id for posting in seats]
    grades = [facts.duty_evidence.grade_of.get((subject, year)) for subject in members]
    proposed = [one for one in grades if one is not None and (one.proposed or one.decided)]
    decided = [one for one in grades if one is not None and one.decided and one.paper]
    days_decided = [one.decided_on for one in decided if one.decided_on]
    _, last = policy.due_in(year + 1, "appraisal.proposal_day")
    _, decision = policy.due_in(year + 1, "appraisal.decided_day")
    # When a grade was proposed is not kept: that all are there by now is what can be known of it.
    day = min(last, facts.today)
    yield _graded("A15-3", "年度考核等次建议", year, last, day, proposed, len(members), who, facts)
    day = max(days_decided, default=facts.today)
    yield _graded("A15-1", "年度考核等次确定", year, decision, day, decided, len(members), who, facts)


def comprehensive(posting: Posting, key: str, who: str, start: date, facts: Facts, policy: Policy) -> Iterator[Duty]:
    """Yield the comprehensive appraisal after a person's last posting (A15-4), which the Office sees to by levels."""
    own = facts.postings_by_person.get(posting.person, ())
    end = posting.until or policy.day("term.end")
    if not own or own[-1].id != posting.id or end < start:
        return
    due = policy.due_after(end, "appraisal.final_days")
    grade = facts.duty_evidence.grade_of.get((posting.id, WHOLE_TERM))
    done_on = grade.decided_on if grade and grade.decided else None
    state, days = standing(end, due, facts.today, done_on, proved=grade is not None and bool(grade.paper))
    yield Duty(
        rule="A15-4",
        what="综合考核",
        subject=key,
        county=posting.county,
        who=who,
        period=f"{end}帮扶结束",
        opens=end,
        due=due,
        state=state,
        days=days,
        mild=True,
        said=f"{done_on}确定，{grade.paper}" if grade and done_on else "",
        evidence=(ids.key("grade", grade.id),) if grade and done_on else (),
        kind="grade",
        preset={"subject": posting.id, "year": WHOLE_TERM},
    )


def _graded(
    rule: str,
    what: str,
    year: int,
    due: date,
    day: date,
    own_grades: Sequence[Grade],
    members: int,
    who: str,
    facts: Facts,
) -> Duty:
    """Return a duty about the grades of all members of a year; `day` is when the last was there, if all are."""
    whole = bool(members) and len(own_grades) == members
    opens = date(year + 1, 1, 1)
    state, days = standing(opens, due, facts.today, day if whole else None)
    if own_grades and not whole and state is not State.OVERDUE:
        state = State.HALF
    return Duty(
        rule=rule,
        what=what,
        subject=ids.key("office", f"{ids.REGION}/office"),
        county="",
        who=who,
        period=f"{year}年度",
        opens=opens,
        due=due,
        state=state,
        days=days,
        mild=True,
        said=f"应评{members}人，已登记{len(own_grades)}人" if members else "这一年没有派驻人员",
        evidence=tuple(ids.key("grade", one.id) for one in own_grades),
        kind="grade",
        preset={"year": year},
    )
