"""Whom a purge may reach and when: the term, the office that wrote it, and no name in what stays for ever."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import enter
from tests.services.exchangers import COUNTY, REGION, send
from tests.services.purges import NAME, PHONE, Offices, later, purge, region_and_county
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import (
    ArchiveHandover,
    ArchiveItem,
    Person,
    Purge,
)
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.forgetting import due, purging, subjects
from tuopin_desktop.services.registers import registers


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with region_and_county(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(("until", "says"), [(None, "还在任职"), (date(2020, 6, 1), "还没有到期")])
def test_nobody_is_forgotten_before_his_term_is_over(offices: Offices, until: date | None, says: str) -> None:
    county = offices.county
    posting = enter(county, "巴特尔", until=until)
    with pytest.raises(Refused, match=says):
        purging.propose(county, posting.person, "第12项", "已移交")
    later(county, 2040)
    if until:
        proposal = purging.propose(county, posting.person, "第12项", "已移交")
        later(county)
        with pytest.raises(Refused, match=says):
            purging.confirm(county, proposal.id, "钱乙二")


def test_who_comes_back_before_the_second_name_stays(offices: Offices) -> None:
    county = offices.county
    proposal = purging.propose(county, offices.person, "第12项", "已移交")
    again = msgspec.structs.replace(offices.posting, id=registers.new_id(county), since=date(2029, 6, 1), until=None)
    county.store.commit([Change("posting", again.id, scalars(again))], county.user, county.clock.stamp_ms())
    with pytest.raises(Refused, match="还在任职"):
        purging.confirm(county, proposal.id, "钱乙二")
    assert registers.get(county, Person, offices.person).name == NAME


@pytest.mark.parametrize("field", ["basis", "archived"])
@pytest.mark.parametrize("text", [f"档号15-{NAME}", "档号15 阿拉 坦花", f"联系{PHONE}"])
def test_an_act_that_stays_for_ever_does_not_name_whom_it_forgets(offices: Offices, field: str, text: str) -> None:
    words = {"basis": "第12项", "archived": "已移交"} | {field: text}
    with pytest.raises(Refused, match="永久保留") as refused:
        purging.propose(offices.county, offices.person, words["basis"], words["archived"])
    assert refused.value.problems[0].fields == (field,)


def test_no_office_above_ends_a_countys_duty_to_keep(offices: Offices) -> None:
    root, county = offices.root, offices.county
    keys = "\n".join(sorted(subjects.within(county, subjects.of(county, offices.person).own)))
    act = Purge(id=f"{COUNTY}/x", person=offices.person, basis="x", proposed=date(2029, 1, 1), proposed_by="赵甲一")
    forged = msgspec.structs.replace(act, confirmed=date(2029, 1, 1), confirmed_by="钱乙二", keys=keys)
    root.store.commit([Change("purge", forged.id, scalars(forged))], "赵甲一", root.clock.stamp_ms())
    assert purging.follow(root) is None
    packages.take(county, send(root, COUNTY, offices.stick))
    for desk in (root, county):
        assert registers.get(desk, Person, offices.person).name == NAME


def test_what_an_office_above_writes_over_an_act_adds_nothing_to_it(offices: Offices) -> None:
    root, county = offices.root, offices.county
    other = enter(county, "巴特尔").person
    purge(county, offices.person)
    packages.take(root, send(county, REGION, offices.stick))
    act = root.store.rows(Purge, scope=COUNTY)[0]
    root.store.commit([Change("purge", act.id, {"keys": f"person:{other}"})], "赵甲一", root.clock.stamp_ms())
    packages.take(county, send(root, COUNTY, offices.stick))
    for desk in (root, county):
        purging.follow(desk)
        assert registers.get(desk, Person, other).name == "巴特尔"
        assert registers.get(desk, Person, offices.person).name == subjects.NAMELESS


def test_nobody_is_forgotten_whose_papers_are_filed_and_not_yet_with_the_archives(offices: Offices) -> None:
    county, year = offices.county, offices.posting.since.year if offices.posting.since else 0
    assert [one.person for one in due.listed(county)] == [offices.person]
    item = ArchiveItem(
        id=f"{COUNTY}/item/slips/x", name="请假报备单", year=year, period="D10", body_code="BGS", number=1
    )
    county.commit([Change("archive_item", item.id, difference({}, scalars(item)))])
    assert due.listed(county) == due.listed(county, soon=True) == []
    with pytest.raises(Refused, match="移交以前不能清除"):
        purging.propose(county, offices.person, "第12项", "已移交")
    given = ArchiveHandover(
        id=f"{COUNTY}/handover/x",
        name="移交",
        receiver="旗档案馆",
        series=f"{year} D10 BGS 1-1",
        received=date(2029, 1, 5),
    )
    county.commit([Change("archive_handover", given.id, difference({}, scalars(given)))])
    assert [one.person for one in due.listed(county)] == [offices.person]
    assert purging.propose(county, offices.person, "第12项", "已移交").person == offices.person
