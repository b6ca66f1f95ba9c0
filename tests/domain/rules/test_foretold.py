"""What is foretold of somebody overdue lies ahead: no day that is over, none after the posting."""

from datetime import date
from typing import Any

import pytest

from tests.domain.rules.build import POLICY
from tests.domain.rules.test_absence_of_slips import leave, post, seen
from tuopin_desktop.domain.leave.watch import overdue_words
from tuopin_desktop.domain.policy import Policy, what_if

AWAY = leave("2018-07-02am/2018-07-10pm")


@pytest.mark.parametrize(
    ("today", "more", "words"),
    [
        ("2018-07-20", {}, "；如不返岗，到2018年7月26日连续超过15天（管理办法第十六条）"),
        ("2018-07-26", {}, "；2018年7月26日起已连续超过15天（管理办法第十六条）"),
        ("2018-09-01", {}, "；2018年7月26日起已连续超过15天（管理办法第十六条）"),
        ("2018-07-20", {"until": date(2018, 7, 25)}, ""),
    ],
)
def test_an_overdue_sentence_foretells_no_day_that_is_over_or_after_the_posting(
    today: str, more: dict[str, Any], words: str
) -> None:
    told = overdue_words(seen(today, AWAY, postings=[post(**more)]).story(AWAY, POLICY))
    assert told.partition("无续假即为无正当理由离岗")[2] == words


def test_where_workdays_make_the_run_the_slip_alone_foretells_nothing() -> None:
    by_workdays = what_if(POLICY, "absence.run_unit", "workday")
    assert isinstance(by_workdays, Policy)
    told = overdue_words(seen("2018-07-28", AWAY).story(AWAY, by_workdays))
    assert "连续超过" not in told
