"""The forgotten office: left open in 2019, started in 2026: one list to close by, no alarm that nobody can answer."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.services.desks import arrived, enter, open_office
from tests.services.roledesks import enter_users
from tuopin_desktop.domain.change import Change, FeedLine, difference
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import ArchiveHandover, ArchiveItem, Posting, Ruling, TermSeal
from tuopin_desktop.domain.roles import Role
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.archives import checklist, duedates, sealing
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.home import standing
from tuopin_desktop.services.judging import terms
from tuopin_desktop.services.leave.watching import slips_to_watch
from tuopin_desktop.services.office import disclosures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import leaderview

LAST, NEXT, LATER = (datetime(*day, 9) for day in ((2020, 12, 31), (2021, 1, 1), (2026, 11, 30)))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a county office of three people in which nobody wrote anything after they came."""
    desk = open_office(tmp_path / "office")
    for name in ("王五", "赵六", "钱七"):
        enter(desk, name, "leader" if name == "王五" else "member")
    yield desk
    desk.close()


def at(desk: Desk, moment: datetime) -> Desk:
    desk.clock = FixedClock(moment)
    return desk


def test_alarms_stop_the_day_after_the_term_and_are_one_list(desk: Desk) -> None:
    pressing = radar.pressing_today(at(desk, LAST))
    assert len(pressing) > 20
    county = standing.standing(desk).county
    assert county is not None
    assert sum(county.badges.values()) > 50
    for moment in (NEXT, LATER):
        at(desk, moment)
        assert (radar.pressing_today(desk), radar.due(desk), slips_to_watch(desk)) == ([], [], ())
        listed = checklist.checklist(desk)
        assert listed.groups.keys() >= {"离任登记", "考勤结账", "履职事项", "收发数据包"}
        assert len({row.item.key for row in listed.rows}) == len(listed.rows)
        assert all(row.item.button and row.item.page for row in listed.open)
    state = standing.standing(desk)
    assert state.county is None
    assert state.closing is not None
    assert state.closing.badges == {"archives": len(listed.open)}
    assert [term.pack for term in terms.over(desk)] == ["2018-nmg"]
    view = leaderview.look(desk)
    assert (view.people, view.duties) == ((), ())


def test_one_guided_way_leads_to_a_sealed_term(desk: Desk) -> None:
    at(desk, LATER)
    with pytest.raises(Refused, match=r"还有\d+项没有办"):
        sealing.seal(desk)
    assert sealing.end_postings(desk) == 3
    assert {one.until for one in desk.store.rows(Posting)} == {date(2020, 12, 31)}
    listed = checklist.checklist(desk)
    assert "离任登记" not in listed.groups
    with pytest.raises(Refused, match="请写明为什么"):
        checklist.explain(desk, [listed.open[0].item.key], " ")
    first = checklist.explain(desk, [listed.open[0].item.key], "当年没有办理")
    assert len(first.open) == len(listed.open) - 1
    assert len(checklist.withdraw(desk, [listed.open[0].item.key]).open) == len(listed.open)
    after = checklist.explain(desk, [row.item.key for row in listed.open], "经办人已离任，无从补办")
    assert after.open == ()
    assert {row.reason for row in after.rows} == {"经办人已离任，无从补办"}
    seal = sealing.seal(desk, "全部清理完毕")
    assert (seal.state, seal.edition, seal.ends) == ("sealed", 1, date(2020, 12, 31))
    with pytest.raises(Refused, match="已于2026年11月30日封存"):
        enter(desk, "孙八")
    closing = standing.standing(desk).closing
    assert closing is not None
    assert (closing.badges, closing.sealed_on) == ({}, date(2026, 11, 30))
    _opened_again(desk)


def _opened_again(desk: Desk) -> None:
    """Expect that a sealed term is opened with a reason alone, which is noted, and can be sealed again."""
    with pytest.raises(Refused, match="写明为什么"):
        sealing.reopen(desk, "")
    opened = sealing.reopen(desk, "补登盖章件")
    assert (opened.state, opened.reopen_reason) == ("open", "补登盖章件")
    assert [line.act for line in disclosures.lines(desk)][:2] == ["重新打开任期", "封存任期"]
    assert any("补登盖章件" in line.what for line in disclosures.lines(desk))
    assert [values.get("state") for _, _, values, _ in desk.store.history("term_seal", opened.id)] == ["sealed", "open"]
    assert sealing.seal(desk).edition == 2


def test_an_office_of_several_users_seals_with_two(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "office")
    enter(desk, "王五")
    at(desk, LATER)
    sealing.end_postings(desk)
    checklist.explain(desk, [row.item.key for row in checklist.checklist(desk).open], "无从补办")
    users = enter_users(desk)
    desk.who = users[Role.WRITER]
    with pytest.raises(Refused, match="要两个人"):
        sealing.seal(desk)
    with desk.countersigned(users[Role.REVIEWER]):
        assert "复核" in sealing.seal(desk).sealed_by
    desk.close()


@pytest.mark.parametrize(("level", "years"), [("county", 10), ("region", 20)])
def test_what_was_filed_is_due_after_ten_years_at_a_county_and_twenty_at_the_region(
    tmp_path: Path, level: str, years: int
) -> None:
    desk = open_office(tmp_path / "office", level=level)
    for number, (year, period) in enumerate([(2018, "D10"), (2018, "Y"), (2019, "D10")], 1):
        item = ArchiveItem(
            id=f"{desk.scope.ljust(6, '0')}/item/x/{number}",
            name="请假报备单",
            year=year,
            period=period,
            body_code="BGS",
            number=number,
        )
        desk.commit([Change("archive_item", item.id, difference({}, scalars(item)))])
    at(desk, datetime(2018 + years - 1, 12, 31, 9))
    assert [one.year for one in duedates.due_years(desk) if one.is_due] == []
    at(desk, datetime(2018 + years, 1, 1, 9))
    assert [(one.year, one.items) for one in duedates.due_years(desk) if one.is_due] == [(2018, 2)]
    given = ArchiveHandover(
        id=f"{desk.scope.ljust(6, '0')}/h",
        name="移交",
        receiver="档案馆",
        received=desk.today(),
        series="2018 D10 BGS 1\n2018 Y BGS 2",
    )
    desk.commit([Change("archive_handover", given.id, difference({}, scalars(given)))])
    assert [(one.year, one.is_due) for one in duedates.due_years(desk) if one.received] == [(2018, False)]
    assert [one.year for one in duedates.expired(desk, date(2028, 1, 1))] == [2018]
    assert duedates.expired(desk, date(2027, 12, 31)) == []
    desk.close()


def test_a_term_that_the_region_extends_ends_later_for_every_alarm(desk: Desk) -> None:
    ruling = Ruling(
        id="15/x", switch="term.end", value="2021-06-30", paper="内党办发〔2020〕9号", applies=date(2020, 12, 1)
    )
    lines = [Change("ruling", ruling.id, difference({}, scalars(ruling)))]
    arrived(desk, "15", [FeedLine(at=1 << 60, by="办公室", key="ruling:15/x", set=lines[0].set, was={})])
    at(desk, NEXT)
    assert terms.over(desk) == ()
    assert radar.pressing_today(desk) != []
    at(desk, datetime(2021, 7, 1, 9))
    assert [one.last for one in terms.over(desk)] == [date(2021, 6, 30)]
    assert radar.pressing_today(desk) == []


def test_the_region_closes_its_own_things_and_asks_only_whether_each_county_has_sealed(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "office", level="region")
    enter(desk, "王五")
    at(desk, LATER)
    state = standing.standing(desk)
    assert state.above is None
    assert state.closing is not None
    listed = checklist.checklist(desk)
    assert listed.groups["旗县封存"] == (57, 57)
    assert not any("150426" in row.item.key for row in listed.rows if row.item.group == "履职事项")
    seal = TermSeal(
        id="150426/2018-nmg", pack="2018-nmg", state="sealed", ends=date(2020, 12, 31), sealed_on=LATER.date()
    )
    desk.commit([Change("term_seal", seal.id, difference({}, scalars(seal)))])
    assert checklist.checklist(desk).groups["旗县封存"] == (56, 56)
    with pytest.raises(Refused, match="封存"):
        enter(desk, "赵六")
    desk.close()
