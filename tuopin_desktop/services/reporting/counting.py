"""How the figures of a year are counted: each function takes a year, of an office or of some counties of it."""

from collections.abc import Callable

from tuopin_desktop.domain.duties.duty import State
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.records import Advancement, SubsidyRate
from tuopin_desktop.domain.seats import empty
from tuopin_desktop.services.duties.supportlists import living_rate
from tuopin_desktop.services.reporting.monthly import mean, rate
from tuopin_desktop.services.reporting.year import YearFacts

Value = int | float | None
"""None where nothing is known: a rate of nothing is not zero."""


def in_post(position: str) -> Callable[[YearFacts], Value]:
    return lambda year: sum(item.position == position for item in year.serving)


def seated_teams(year: YearFacts) -> Value:
    """Return how many teams have somebody on every post on the last day: five heads may leave one of them empty."""
    counties = {item.county for item in year.serving}
    own = year.facts.postings_by_county
    return sum(empty(year.policy.slots, own.get(county, ()), year.on) == 0 for county in counties)


def retired(_year: YearFacts) -> Value:
    """Return nothing: what is counted no more is known from old snapshots alone."""
    return None


def vacancy_days(year: YearFacts) -> Value:
    """Return for how many days posts stood empty; None while no team is known to have begun."""
    return sum(one.days for one in year.vacancies.values()) if year.vacancies else None


def vacant(year: YearFacts) -> Value:
    """Return how many posts stand empty on the last day."""
    return sum(one.now for one in year.vacancies.values()) if year.vacancies else None


def ended(year: YearFacts) -> Value:
    return sum(item.until is not None and item.until.year == year.year for item in year.postings)


def begun(year: YearFacts) -> Value:
    return sum(item.since is not None and item.since.year == year.year for item in year.postings)


def months(state: str) -> Callable[[YearFacts], Value]:
    return lambda year: sum(one.state == state for one in year.people)


def village(year: YearFacts) -> Value:
    return mean(one.village for one in year.people if one.village is not None)


def leave_days(year: YearFacts) -> Value:
    return sum(one.halves for one in year.leave) / 2


def official(year: YearFacts) -> Value:
    return sum(one.leave_type == "official" for one in year.leave)


def late(year: YearFacts) -> Value:
    return rate(sum(one.late for one in year.leave), len(year.leave))


def overdue(year: YearFacts) -> Value:
    return sum(one.overrun for one in year.leave)


def duties(*states: State) -> Callable[[YearFacts], Value]:
    """Return the count of duties that stand in one of these states (default: any)."""
    return lambda year: sum(not states or duty.state in states for duty in year.duties)


def in_time(year: YearFacts) -> Value:
    """Return the share of duties done in time."""
    return rate(sum(duty.state is State.DONE for duty in year.duties), len(year.duties))


def findings(rule: str, *verdicts: Verdict) -> Callable[[YearFacts], Value]:
    return lambda year: year.count_findings(rule, *verdicts)


def records(kind: str, field: str, **where: str) -> Callable[[YearFacts], Value]:
    """Return the count of records whose day lies in the year and whose fields have these values."""

    def count(year: YearFacts) -> Value:
        return sum(all(getattr(one, name) == value for name, value in where.items()) for one in year.dated(kind, field))

    return count


def filled(kind: str, field: str, name: str) -> Callable[[YearFacts], Value]:
    """Return the count of a year's records in which another field is filled in."""
    return lambda year: sum(bool(getattr(one, name)) for one in year.dated(kind, field))


def insured(year: YearFacts) -> Value:
    """Return the share of people in service who are insured on the last day."""
    covered = {
        getattr(one, "posting", "")
        for one in year.records("insurance")
        if (since := getattr(one, "since", None)) and since <= year.on
        if (until := getattr(one, "until", None)) is None or until >= year.on
    }
    return rate(sum(item.id in covered for item in year.serving), len(year.serving))


def advancements(year: YearFacts) -> list[Advancement]:
    """Return promotions and rises of any year; awards stand in the same register and are no rise."""
    return [one for one in year.records("advancement") if isinstance(one, Advancement) and one.type != "award"]


def due_advancements(year: YearFacts) -> Value:
    """Return how many promotions and rises are due in the year, also after its last day so far."""
    return sum(one.due is not None and one.due.year == year.year for one in advancements(year))


def done_advancements(year: YearFacts) -> Value:
    """Return how many promotions and rises were done in the year up to its last day."""
    return sum(
        one.done is not None and one.done.year == year.year and one.done <= year.on for one in advancements(year)
    )


def not_advanced(year: YearFacts) -> Value:
    """Return how many promotions and rises were due before the last day and not done on it, as rule A14-1 has it."""
    return sum(
        one.due is not None and one.due < year.on and not (one.done and one.done <= year.on)
        for one in advancements(year)
    )


def stayed(year: YearFacts) -> Value:
    """Return the days in the county of everybody, those a living subsidy is paid for."""
    return sum(one.stayed for one in year.people)


def subsidy(year: YearFacts) -> Value:
    """Return the living subsidy of these days (yuan) at the registered rates; None where no rate is registered."""
    rates = [one for one in year.records("subsidy_rate") if isinstance(one, SubsidyRate)]
    paid = [
        round(one.stayed * each)
        for month in year.months
        if month.over
        for team in month.teams
        if (each := living_rate(rates, team.county, month.until))
        for one in team.people
    ]
    return round(sum(paid) / 100, 2) if paid else None


def money(kind: str, day: str, field: str) -> Callable[[YearFacts], Value]:
    """Return the sum (yuan) of a field in fen over a year's records."""
    return lambda year: round(sum(getattr(one, field) or 0 for one in year.dated(kind, day)) / 100, 2)
