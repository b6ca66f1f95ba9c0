"""Weekly notes and the work ledger against a team's attendance."""

from collections.abc import Iterator, Sequence
from datetime import date

from tuopin_desktop.domain.attendance.codes import AWAY
from tuopin_desktop.domain.contradictions.kinds import Contradiction, Side, contradiction
from tuopin_desktop.domain.contradictions.view import View, numbers_of, whole
from tuopin_desktop.domain.journals.weeks import days
from tuopin_desktop.domain.records import LedgerItem


def note_without_team(note: str, views: Sequence[View]) -> Iterator[Contradiction]:
    """Yield the contradiction of a weekly note of a week in which nobody of the team was in the county at all."""
    county, _, week = note.partition("/")
    span = days(week)
    serving = [view for view in views if _serves(view, span)]
    for view in serving:
        is_known = False
        for day in span:
            for number in numbers_of(day, ""):
                code = view.keyed(number) or ("ol" if view.cover(number) else "")
                is_known |= bool(code)
                if code and code[0] != AWAY:
                    return
        if not is_known:
            return  # of somebody of whom nothing is known it cannot be said that he was not there
    if not serving:
        return
    (period,) = whole(span)
    sentence = f"{week}周（{span[0]}至{span[-1]}）全队没有一人在旗县，却有周记"
    side = Side(f"weekly_note:{note}", "周记", f"{week}周有周记")
    keyed = [view.attendance_side(period, f"{view.who}整周不在旗县") for view in serving]
    yield contradiction("note_without_team", county, "", "全队", period, sentence, side, *keyed)


def _serves(view: View, span: Sequence[date]) -> bool:
    since, until = view.posting.since, view.posting.until
    return bool(span) and since is not None and since <= span[-1] and (until is None or until >= span[0])


def task_when_away(item: LedgerItem, view: View) -> Iterator[Contradiction]:
    """Yield the contradiction of a task finished by somebody on a day he was away on leave or without reason."""
    day = item.finished
    if day is None or item.state != "done":
        return
    numbers = numbers_of(day, "")
    if not all(view.away(number) for number in numbers) or any(view.keyed(number)[1:2] == "t" for number in numbers):
        return
    cover = view.cover(numbers[0])
    if cover is not None and cover.code == "ot":
        return
    (period,) = whole([day])
    sentence = f"台账事项“{item.task[:20]}”登记{day}办结，责任人当天不在旗县"
    side = Side(f"ledger_item:{item.id}", "工作台账", f"{day}办结")
    yield view.contradiction("task_when_away", period, sentence, side, view.attendance_side(period, "不在旗县"))
