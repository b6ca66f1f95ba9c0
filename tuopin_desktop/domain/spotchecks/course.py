"""What became of a check: nothing to mend, to be put right, overdue, put right and waiting, closed; and what recurs."""

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain.records import Check, Rectification


class Stage(enum.Enum):
    """The stage of a check: without a finding, open, overdue, put right, closed."""

    CLEAR = "无问题"
    OPEN = "待整改"
    OVERDUE = "整改超期"
    MENDED = "待销号"
    CLOSED = "已销号"

    @property
    def pending(self) -> bool:
        """Tell whether something is still to be done about it."""
        return self in (Stage.OPEN, Stage.OVERDUE, Stage.MENDED)


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """One check with its answers: `nth` counts findings of the same matter on the same person or team so far."""

    check: Check
    stage: Stage
    answers: tuple[Rectification, ...] = ()
    nth: int = 0

    @property
    def repeated(self) -> bool:
        """Tell whether the same was found before."""
        return self.nth > 1


def has_finding(check: Check) -> bool:
    """Tell whether a check found something to be put right: words, a matter, or nobody on post."""
    return bool(check.finding or check.matter) or check.found == "not_found"


def matter_of(check: Check) -> str:
    """Return what a finding is counted under; who was not found and nothing else said, under absence."""
    return check.matter or ("absence" if check.found == "not_found" else "other" if check.finding else "")


def stage_of(check: Check, answers: Iterable[Rectification], today: date) -> Stage:
    """Return where a check stands on a day."""
    if not has_finding(check):
        return Stage.CLEAR
    if check.closed:
        return Stage.CLOSED
    if any(answer.done for answer in answers):
        return Stage.MENDED
    return Stage.OVERDUE if check.due and check.due < today else Stage.OPEN


def courses(checks: Iterable[Check], rectifications: Iterable[Rectification], today: date) -> list[Course]:
    """Return all live checks with what became of them, oldest first."""
    answers: dict[str, list[Rectification]] = defaultdict(list)
    for item in rectifications:
        if not item.deleted:
            answers[item.check].append(item)
    count_by_pair: dict[tuple[str, str], int] = defaultdict(int)
    result = []
    for check in sorted((item for item in checks if not item.deleted), key=_day):
        own_answers = tuple(sorted(answers.get(check.id, ()), key=lambda item: item.done or date.min))
        nth = 0
        if matter := matter_of(check):
            whom = (check.posting or check.county, matter)
            count_by_pair[whom] += 1
            nth = count_by_pair[whom]
        result.append(Course(check=check, stage=stage_of(check, own_answers, today), answers=own_answers, nth=nth))
    return result


def _day(check: Check) -> date:
    return check.checked or date.min


def last_checks(checks: Iterable[Check], today: date) -> tuple[Mapping[str, date], Mapping[str, date]]:
    """Return the day of the last check up to today by county, and by posting; a person's check is one of the team."""
    teams: dict[str, date] = {}
    people: dict[str, date] = {}
    for check in checks:
        day = check.checked
        if check.deleted or day is None or day > today:
            continue
        teams[check.county] = max(day, teams.get(check.county, day))
        if check.posting and check.found != "not_checked":
            people[check.posting] = max(day, people.get(check.posting, day))
    return teams, people
