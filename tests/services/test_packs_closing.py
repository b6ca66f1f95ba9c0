"""Closed months in which people of two rule packs stand side by side: each pack's terms are frozen."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.closings import at, key
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.judging import explaining, judging, teammonth
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.rulings import rulings

VILLAGE = "2021-village"
FIRST, JUNE = "2018-nmg", "2021-06"
PAPER = {"paper": "内组通〔2021〕9号", "ruled": date(2021, 6, 20), "applies": date(2021, 6, 1)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[list[Desk]]:
    """Keep one member of each programme, eleven days in the county and the rest on business, in a closed month."""
    desk = open_office(tmp_path / "region", level="region", clerk="包图雅")
    people = [enter(desk, "王海", since=date(2021, 5, 1)), villager(desk, "白音")]
    opened = [at(desk, "2021-07-05")]
    for posting in people:
        key(opened[0], posting, JUNE, **{f"d{day:02d}": "ot/ot" for day in range(12, 31)})
    closing.close(opened[0], JUNE, "150426")
    yield opened
    opened[-1].close()


def villager(desk: Desk, name: str) -> Posting:
    person = registers.save(desk, Person(id=registers.new_id(desk, "150426"), name=name, birth="1975-03"))
    blank = Posting(id=registers.new_id(desk, "150426"), county="150426", position="first", pack=VILLAGE)
    saved = registers.save(desk, changed(blank, person=person.id, since=date(2021, 5, 1)))
    assert isinstance(saved, Posting)
    return saved


def counted(desk: Desk) -> dict[str, tuple[float, bool]]:
    return {one.name: (one.month.days, one.changed) for one in teammonth.read(desk, JUNE, "150426").members}


def test_a_later_ruling_on_either_pack_leaves_a_closed_month_as_it_was(office: list[Desk]) -> None:
    desk = office[0]
    before = on_days(desk)
    assert len(before) == 4
    for pack in (VILLAGE, FIRST):
        rulings.rule(desk, "presence.trips", "counted", pack=pack, **PAPER)  # type: ignore[arg-type]  # words by name
        assert counted(desk) == {"王海": (11, False), "白音": (11, False)}
        assert on_days(desk) == before


def test_a_month_reopened_and_closed_again_takes_the_ruling_of_its_pack(office: list[Desk]) -> None:
    desk = office[0]
    rulings.rule(desk, "presence.trips", "counted", pack=VILLAGE, **PAPER)  # type: ignore[arg-type]  # words by name
    closing.reopen(desk, JUNE, "口径明确后重报", "150426")
    assert counted(desk) == {"王海": (11, False), "白音": (30, False)}
    closing.close(desk, JUNE, "150426")
    assert counted(desk) == {"王海": (11, False), "白音": (30, False)}


def test_a_finding_under_a_pack_is_explained_by_its_own_source_and_switches(office: list[Desk]) -> None:
    desk = office[0]
    rulings.rule(desk, "presence.trips", "counted", pack=VILLAGE, **PAPER)  # type: ignore[arg-type]  # words by name
    told = {one.finding.pack: one for one in (explaining.explain(desk, said) for said in twenty(desk))}
    assert set(told) == {"", VILLAGE}
    assert told[""].article.startswith("第九条")
    assert "第九条" not in told[VILLAGE].article
    assert "待核" in told[VILLAGE].article
    asked = "因公外出"
    trips = {pack: next(it for it in one.settings if asked in it.question) for pack, one in told.items()}
    assert {pack: one.value for pack, one in trips.items()} == {"": "不计入20天，单列", VILLAGE: "不计入，单列"}
    assert "结账时的口径" in trips[VILLAGE].why
    assert "结账" not in trips[""].why


def twenty(desk: Desk) -> list[Finding]:
    return judging.findings(desk, rule="A09-1")


def on_days(desk: Desk) -> list[Finding]:
    """Return what is said of the closed days; that they stand under other terms than today's is said beside it."""
    return [one for one in judging.findings(desk, rule="A09-*") if one.rule not in ("A09-3", "A09-4")]
