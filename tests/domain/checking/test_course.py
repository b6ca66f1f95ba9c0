"""From finding to closed: stages, repeats, and when a team or person was checked last."""

from datetime import date
from typing import Any

from tuopin_desktop.domain.records import Rectification, SpotCheck
from tuopin_desktop.domain.spotchecks.course import Stage, courses, last_checks

TODAY = date(2019, 6, 3)


def check(number: int, day: str, **said: Any) -> SpotCheck:
    about = {"county": "150426", "found": "on_post", **said}
    return SpotCheck(id=f"150426/{number}", checked=date.fromisoformat(day), manner="open", checker="某", **about)


def stages(*checks: SpotCheck, answers: tuple[Rectification, ...] = ()) -> list[Stage]:
    return [item.stage for item in courses(checks, answers, TODAY)]


def test_a_finding_is_open_overdue_mended_and_closed() -> None:
    found = {"finding": "台账缺五月"}
    mended = Rectification(id="150426/r", check="150426/4", done=TODAY, words="已补齐")
    assert stages(
        check(1, "2019-05-01"),
        check(2, "2019-05-02", **found, due=TODAY),
        check(3, "2019-05-03", **found, due=date(2019, 6, 2)),
        check(4, "2019-05-04", **found),
        check(5, "2019-05-05", **found, closed=TODAY),
        answers=(mended,),
    ) == [Stage.CLEAR, Stage.OPEN, Stage.OVERDUE, Stage.MENDED, Stage.CLOSED]


def test_nobody_on_post_is_a_finding_without_a_word() -> None:
    assert stages(check(1, "2019-05-01", found="not_found")) == [Stage.OPEN]


def test_the_same_matter_on_the_same_person_is_counted_again() -> None:
    first = check(1, "2019-05-01", posting="150426/a", found="not_found")
    other = check(2, "2019-05-02", posting="150426/b", found="not_found")
    unlike = check(3, "2019-05-03", posting="150426/a", matter="ledger")
    again = check(4, "2019-05-04", posting="150426/a", matter="absence")
    found = courses((again, unlike, other, first), (), TODAY)
    assert [(item.check.id[-1], item.nth, item.repeated) for item in found] == [
        ("1", 1, False),
        ("2", 1, False),
        ("3", 1, False),
        ("4", 2, True),
    ]


def test_a_check_counts_for_its_team_and_its_person_up_to_today() -> None:
    teams, people = last_checks(
        (
            check(1, "2019-05-01", posting="150426/a"),
            check(2, "2019-05-09", posting="150426/b", found="not_checked"),
            check(3, "2019-07-01"),
        ),
        TODAY,
    )
    assert teams == {"150426": date(2019, 5, 9)}
    assert people == {"150426/a": date(2019, 5, 1)}
