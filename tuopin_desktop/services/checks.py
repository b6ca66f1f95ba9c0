"""Asking the measure: the rules applied to everything this office keeps."""

from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.policy import Policy, with_rulings
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import (
    Attendance,
    Call,
    County,
    Decision,
    Filing,
    LeaveSlip,
    Opinion,
    Person,
    Posting,
    Ruling,
    Team,
)
from tuopin_desktop.domain.rules import RULES, check
from tuopin_desktop.services import calendars
from tuopin_desktop.services.desk import Desk


def facts(desk: Desk, on: date | None = None) -> Facts:
    """Return the live records of this office and those below it, to be judged as of a day (default today)."""
    store, scope = desk.store, desk.scope
    counties = tuple(county for county in store.rows(County) if county.code.startswith(scope))
    return Facts(
        today=on or desk.today(),
        scope=scope,
        counties=counties,
        teams=tuple(store.rows(Team, scope=scope)),
        persons=tuple(store.rows(Person, scope=scope)),
        postings=tuple(store.rows(Posting, scope=scope)),
        slips=tuple(store.rows(LeaveSlip, scope=scope)),
        decisions=tuple(store.rows(Decision, scope=scope)),
        rulings=tuple(store.rows(Ruling)),
        opinions=tuple(store.rows(Opinion, scope=scope)),
        filings=tuple(store.rows(Filing, scope=scope)),
        calls=tuple(store.rows(Call, scope=scope)),
        attendance=tuple(store.rows(Attendance, scope=scope)),
        calendar=calendars.calendar(desk),
    )


def policy_on(desk: Desk, day: date) -> Policy:
    """Return the policy with the region office's rulings that apply on a day."""
    return with_rulings(desk.policy, desk.store.rows(Ruling), day)


def findings(desk: Desk, rule: str | None = None, subject: str | None = None, on: date | None = None) -> list[Finding]:
    """Return what the rules say, `ok` included; `rule` is a key or `A10-*`, `subject` a log key `kind:id`."""
    known = [item.key for item in RULES]
    if rule and not any(key.startswith(rule[:-1]) if rule.endswith("*") else key == rule for key in known):
        raise refuse(
            "rule", f"没有规则“{rule[:20]}”，可用：{'、'.join(dict.fromkeys(known))}（末尾可用 * 表示一组）", "rule"
        )
    if subject:
        ids.split(subject)
    return judge(desk, facts(desk, on), rule, subject)


def judge(desk: Desk, known: Facts, rule: str | None = None, subject: str | None = None) -> list[Finding]:
    """Return what the rules say of given facts under the policy of their day."""
    return check(known, policy_on(desk, known.today), rule, subject)
