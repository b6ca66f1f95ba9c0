"""Each month is worked out once in a check, and what the facts remember is what they would say anew."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.services.desks import changed, open_office
from tests.services.leaveteam import at
from tests.services.smallregions import COUNTIES, Region, fill
from tuopin_desktop.domain import facts as facts_module
from tuopin_desktop.domain.attendance.count import Counting
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.rules import RULES, check
from tuopin_desktop.services.attendance import closing as months
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.rulings import rulings

TODAY = date(2019, 2, 15)
_VILLAGE = "2021-village"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Facts, Policy]]:
    """A region with leave, classes, trips and logs, closed months, a ruling and a second pack, ready to be judged."""
    region = Region(7, COUNTIES[:2], date(2018, 10, 1), date(2019, 1, 31))
    records = [
        changed(one, pack=_VILLAGE, position="first", village="某村")
        if isinstance(one, Posting) and region.chance(0.15)
        else one
        for one in region.records
    ]
    with closing(open_office(tmp_path_factory.mktemp("engine") / "region", level="region")) as desk:
        fill(desk, [records])
        at(desk, date(2018, 12, 20))
        for county, month in ((COUNTIES[0], "2018-10"), (COUNTIES[0], "2018-11"), (COUNTIES[1], "2018-10")):
            gaps = months.preview(desk, month, county).missing
            months.close(desk, month, county, gaps=gaps, note="核对过")
        rulings.rule(
            desk, "presence.rest_day_away", "unjustified", "1号", date(2018, 12, 20), applies=date(2018, 12, 1)
        )
        at(desk, TODAY)
        yield judging.facts(desk, traced=True), judging.policy_on(desk, TODAY)


def anew(facts: Facts) -> Facts:
    """Return the same facts with nothing remembered."""
    return msgspec.structs.replace(facts)


def test_what_is_remembered_is_what_would_be_said_anew(judged: tuple[Facts, Policy]) -> None:
    facts, policy = judged
    whole = check(anew(facts), policy)
    assert {one.rule for one in whole} >= {"A09-1", "A09-2", "A10-2", "A10-3", "A10-4", "A16-3", "A10-1-10"}
    assert {one.pack for one in whole} == {"", _VILLAGE}
    apart = [
        finding for key in dict.fromkeys(rule.key for rule in RULES) for finding in check(anew(facts), policy, key)
    ]
    assert sorted(apart, key=_place) == sorted(whole, key=_place)
    of_months = [one for one in whole if one.subject.startswith(("attendance:", "posting:"))]
    for one in of_months[::9]:
        assert one in check(anew(facts), policy, one.rule, one.subject)


def _place(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.subject


def counted(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, of: Callable[..., object]) -> Counter[Any]:
    """Count the calls of a function by what `of` makes of its arguments."""
    real, calls = getattr(where, name), Counter[Any]()

    def noted(*args: Any, **said: Any) -> object:
        calls[of(*args)] += 1
        return real(*args, **said)

    monkeypatch.setattr(where, name, noted)
    return calls


def test_a_month_is_laid_and_counted_once_in_a_check(
    judged: tuple[Facts, Policy], monkeypatch: pytest.MonkeyPatch
) -> None:
    facts, policy = judged
    fresh = anew(facts)
    laid = counted(monkeypatch, facts_module, "_days", lambda known, record, posting, policy: (id(known), record.id))
    sums = counted(
        monkeypatch, Counting, "_month", lambda self, days, month, posting, absent: (id(self), posting.id, month)
    )
    stays = counted(monkeypatch, facts_module, "_stays", lambda known, posting: (id(known), posting))
    check(fresh, policy)
    keyed = {one.id for one in facts.attendance}
    assert len(sums) > 25
    assert {name for _, name in laid} >= keyed
    # A closed month is asked of its posting as it was closed and as it stands; of one nobody keyed there is no record.
    shut = {f"{posting}/{month}" for posting, month in facts.closed_months.rolls.lines}
    assert max(number for (_, name), number in laid.items() if name in keyed - shut) == 1
    assert max(sums.values()) == 1
    assert max(stays.values()) == 1


def test_the_same_policy_comes_again_for_a_day(tmp_path: Path) -> None:
    """What facts have worked out is known again by the policy itself, so that a page's questions share one search."""
    with closing(open_office(tmp_path, level="region")) as desk:
        first = judging.policy_on(desk, TODAY)
        assert judging.policy_on(desk, TODAY) is first
        assert judging.policy_on(desk, date(2019, 2, 16)) is not None
        assert judging.policy_on(desk, TODAY) is first
        rulings.rule(desk, "presence.rest_day_away", "unjustified", "1号", desk.today())
        assert judging.policy_on(desk, TODAY) is not first
