"""What differs from a frozen year today, with its reasons: records written since, and other readings of the measure."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.services.annualdesks import COUNTY, PAPER, first_release, one_team, posting_of, two_teams
from tests.services.desks import changed
from tests.services.test_circular import MONTH, NAMES, at, keyed
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import MedicalClaim, Ruling
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import snapshots
from tuopin_desktop.services.reporting.differences import NAMED, SINGLY, by_reason, differences
from tuopin_desktop.services.rulings import rulings


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = one_team(tmp_path / "office")
    yield opened
    opened.close()


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    opened = two_teams(tmp_path / "region")
    yield opened
    opened.close()


def test_nothing_differs_while_nothing_is_written(desk: Desk) -> None:
    assert differences(desk, snapshots.take(desk, 2019)) == []


def test_what_differs_is_said_with_both_values_and_the_records_written_since(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    posting = posting_of(desk, NAMES[2])
    at(desk, date(2020, 3, 1))
    keyed(desk, posting, 21)
    found = {one.key: one for one in differences(desk, taken)}
    assert {"reached", "registered", "unknown", "mean_days", "months", "people"} <= set(found)
    assert not {"posted", "slips", "trainings", "leave"} & set(found)
    assert (found["reached"].was, found["reached"].now) == ("1人月", "2人月")
    assert found["reached"].why == (f"考勤1条有改动（经办人）：{posting.id}/{MONTH}",)
    assert (found["months"].was, found["months"].now) == (
        "5月：达到1、登记不全3、人均天数16.5",
        "5月：达到2、登记不全2、人均天数18",
    )
    assert f"翁牛特旗 {NAMES[2]} 队员：达到1、登记不全11、计入天数21" in found["people"].now


def test_a_deletion_is_a_reason_too(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    posting = posting_of(desk, NAMES[4])
    registers.delete(desk, "posting", posting.id)
    found = {one.key: one for one in differences(desk, taken)}
    assert (found["posted"].was, found["posted"].now) == ("5人", "4人")
    assert posting.id in found["posted"].why[0]


def test_lines_that_arrive_late_count_whatever_their_date(desk: Desk) -> None:
    taken = snapshots.take(desk, 2019)
    desk.clock = FixedClock(datetime(2019, 2, 1))  # a computer whose clock stood in the past
    posting = posting_of(desk, NAMES[3])
    desk.commit([Change("posting", posting.id, scalars(changed(posting, until=date(2019, 3, 1))))])
    at(desk, date(2020, 3, 1))
    assert posting.id in {one.key: one for one in differences(desk, taken)}["posted"].why[0]


def ruled(desk: Desk, value: str = "always") -> None:
    rulings.rule(desk, "presence.rest_day_in_county", value, PAPER, date(2019, 1, 2), applies=date(2019, 1, 1))


def test_a_ruling_is_named_where_it_changed_a_figure_and_nowhere_else(region: Desk) -> None:
    taken = snapshots.take(region, 2019)
    ruled(region)
    claim = MedicalClaim(id=registers.new_id(region, COUNTY), posting=posting_of(region, NAMES[3]).id)
    registers.save(region, changed(claim, submitted=date(2019, 8, 1)))
    found = {one.key: one for one in differences(region, taken)}
    assert (found["short"].was, found["short"].now) == ("1人月", "0人月")
    said = f"口径变化：Q8 休息日、节假日留在旗县是否计入20天，由“有工作日志的计入”改为“一律计入”（{PAPER}）"
    assert found["short"].why == found["league_rates"].why == (said,)
    assert [why[:8] for why in found["claims"].why] == ["医药费报销1条有"]
    assert "posted" not in found
    (_, ruling), (_, record) = by_reason(found.values())
    assert {"short", "reached", "league_rates"} <= {one.key for one in ruling}
    assert {one.key for one in record} == {"claims", "county_support"}


def test_a_ruling_that_no_longer_applies_is_named_too(region: Desk) -> None:
    ruled(region)
    taken = snapshots.take(region, 2019)
    registers.delete(region, "ruling", region.store.rows(Ruling)[0].id)
    found = {one.key: one for one in differences(region, taken)}
    assert found["short"].why[0].endswith(f"由“一律计入”改为“有工作日志的计入”（原登记的{PAPER}不再适用）")


def test_another_edition_of_the_policy_pack_is_named(region: Desk) -> None:
    taken = snapshots.take(region, 2019)
    days = changed(region.policy.switch("presence.days"), value=10)
    region.policy = changed(region.policy, switches={**region.policy.switches, days.key: days})
    found = {one.key: one for one in differences(region, taken)}
    assert found["reached"].why == ("口径变化：每月在派驻旗县工作天数，由“20天”改为“10天”（规则文件改版）",)


def test_many_changed_switches_are_named_together_and_the_rest_counted(region: Desk) -> None:
    taken = snapshots.take(region, 2019)
    numbers = [one for one in region.policy.switches.values() if one.type == "number" and one.value != one.least]
    days = region.policy.switch("presence.days")
    others = [one for one in numbers if one.article == 18 and one.key != days.key][:3]
    raised = {one.key: changed(one, value=int(one.value) - 1) for one in (days, *others, *numbers[:2])}
    assert len(raised) > SINGLY
    region.policy = changed(region.policy, switches={**region.policy.switches, **raised})
    keyed(region, posting_of(region, NAMES[2]), 19)
    found = {one.key: one for one in differences(region, taken)}
    assert [why[:5] for why in found["reached"].why[:NAMED]] == ["口径变化："] * NAMED
    assert found["reached"].why[NAMED] == f"另有{len(raised) - NAMED}项口径不同"
    assert found["reached"].why[-1].startswith("考勤1条有改动")


def test_figures_declared_since_do_not_differ_from_an_old_snapshot(desk: Desk) -> None:
    old = first_release()
    found = {one.key for one in differences(desk, old)}
    assert found <= set(snapshots.opened(old).figures) | set(snapshots.opened(old).tables)
