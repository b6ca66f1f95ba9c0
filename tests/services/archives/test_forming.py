"""Items of a term: every record in exactly one, numbers without gaps, the same twice, late papers last."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.services.archives.randomoffices import KINDS_OF_PAPER, fill, whole
from tests.services.desks import changed, open_office, over
from tuopin_desktop.demo import office
from tuopin_desktop.demo.tour import COUNTY, TODAY
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives import numbering, subjects
from tuopin_desktop.domain.archives.kinds import PARTS
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import KINDS, ArchiveItem, Fonds, LeaveSlip
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.archives import changing, clashes, forming, gathering, items, settings, tables
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk

LATER = date(2021, 3, 1)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archives") / "county"
    office.build(folder, level="county", county=COUNTY, now=TODAY).close()
    return folder


@pytest.fixture
def demo_county(practice: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the practice county, years after its term: what a test files in it is its own."""
    shutil.copytree(practice, tmp_path / "county")
    with closing(offices.open_desk(tmp_path / "county", FixedClock(TODAY))) as desk, over(desk, LATER):
        yield desk


def held(desk: Desk) -> Counter[str]:
    """How many papers hold each record, by its log key."""
    every = forming.gathered(desk)
    keys = Counter(ids.key(record.kind.name, record.id) for group in every.groups.values() for record in group.every)
    keys.update(one.key for one in every.loose)
    return keys


def filed_records(desk: Desk) -> set[str]:
    """Every live record of this office whose kind is filed here, asked of the store and of nothing else."""
    periods = tables.periods(desk)
    keys = set()
    for kind in KINDS_OF_PAPER:
        for record in desk.store.rows(KINDS[kind]):
            paper = subjects.kind_of(record)
            if paper is not None and subjects.filer(record) == desk.scope and periods.of(paper).filed:
                keys.add(ids.key(kind, record.id))
    return keys


@pytest.mark.parametrize("level", ["county", "region"])
def test_in_random_offices_no_record_of_a_filed_kind_is_lost_and_none_is_twice(tmp_path: Path, level: str) -> None:
    parts: list[str] = []
    for seed in range(3):
        with closing(open_office(tmp_path / f"{seed}", level=level)) as desk, over(desk, LATER):
            fill(desk, seed)
            for year in (2018, 2019):
                forming.form(desk, year)
            keys = held(desk)
            assert filed_records(desk) - set(keys) == set()
            assert [key for key, count in keys.items() if count > 1] == []
            assert numbering.gaps(items.items(desk)) == []
            parts += [key for key in keys if key.partition(":")[0] in PARTS]
    assert len(parts) > 20


def test_a_demo_countys_term_is_in_items_whole_and_numbers_run_the_same_twice(demo_county: Desk) -> None:
    first = [forming.plan(demo_county, year).items for year in (2018, 2019)]
    again = [forming.plan(demo_county, year).items for year in (2018, 2019)]
    assert first == again
    keys = held(demo_county)
    assert filed_records(demo_county) == {key for key in keys if key.partition(":")[0] not in PARTS}
    assert set(keys.values()) == {1}
    assert numbering.gaps(first[0]) == numbering.gaps(first[1]) == []
    assert [one.number for one in first[0] if one.period == "Y"] == list(range(1, 16))


def test_a_late_paper_takes_the_next_number_and_nothing_is_renumbered(demo_county: Desk) -> None:
    desk = demo_county
    forming.form(desk, 2018)
    standing = items.items(desk, 2018)
    before = {one.id: scalars(one) for one in standing}
    slip = desk.store.rows(LeaveSlip)[0]
    late = changed(slip, id=f"{COUNTY}/late", number="2018-0999", filled=date(2018, 6, 20), period=slip.period)
    desk.store.commit([whole(late)], "甲", desk.clock.stamp_ms())
    (new,) = forming.form(desk, 2018)
    assert (new.late, new.subject) == (True, f"slip:{late.id}")
    assert new.number == 1 + max(one.number or 0 for one in standing if one.period == new.period)
    after = {one.id: scalars(one) for one in items.items(desk, 2018)}
    assert {key: after[key] for key in before} == before
    with pytest.raises(Refused, match="没有等待编号"):
        forming.form(desk, 2018)


def test_a_deleted_paper_keeps_its_number_and_is_told(demo_county: Desk) -> None:
    desk = demo_county
    forming_done = items.items(desk, 2018) or forming.form(desk, 2018)
    meeting = next(one for one in forming_done if one.paper == "meeting")
    desk.store.commit(
        [Change("meeting", meeting.subject.partition(":")[2], {"deleted": 1})], "甲", desk.clock.stamp_ms()
    )
    assert items.held_by(desk, meeting) == ()
    assert (meeting.id, "gone") in {(one.item.id, one.code) for one in items.lacks(desk, 2018)}
    assert numbering.gaps(items.items(desk, 2018)) == []


def test_what_is_missing_on_paper_is_a_list_to_chase(demo_county: Desk) -> None:
    lacks = items.plan_lacks(demo_county, forming.plan(demo_county, 2019).items)
    assert {"scan", "unsigned"} <= {one.code for one in lacks}
    assert all(one.sentence and one.item.name for one in lacks)


def test_a_kind_kept_longer_moves_its_papers_alone_and_each_is_listed(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk, over(desk, LATER):
        fill(desk, 7)
        settings.type_in(desk, {"periods": "generic"})
        before = {one.id: one for one in forming.plan(desk, 2018).items + forming.plan(desk, 2019).items}
        slips = [one for one in before.values() if one.paper == "slip"]
        every = sum(one.paper.key == "slip" for one in forming.gathered(desk).groups.values())
        done = changing.adjust(desk, "slip", period="D30")
        after = {one.id: one for one in forming.plan(desk, 2018).items + forming.plan(desk, 2019).items}
        assert {(one.before, one.after) for one in done.rows} == {("10年", "30年")}
        assert len(done.rows) == every >= len(slips) > 0
        assert {one.period for one in after.values() if one.paper == "slip"} == {"D30"}
        others = {key: one.period for key, one in before.items() if one.paper != "slip"}
        assert {key: after[key].period for key in others} == others
        assert numbering.gaps(list(after.values())) == []


def test_what_has_a_number_stays_where_it_is_when_a_period_changes(demo_county: Desk) -> None:
    desk = demo_county
    if not items.items(desk, 2018):
        forming.form(desk, 2018)
    before = [one for one in items.items(desk, 2018) if one.paper == "daily_log"]
    moved = changing.moves(desk, "工作日志", period="D30")
    assert moved.staying == len(before) > 0
    assert {one.year for one in moved.rows} == {2019}
    assert "已编件号的" in moved.sentence


def test_slips_bound_by_the_year_are_one_item_and_no_record_is_lost(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk, over(desk, LATER):
        fill(desk, 11, each=6)
        changing.adjust(desk, "slip", binding="volume")
        bound = [one for one in forming.gathered(desk).groups.values() if one.paper.key == "slip"]
        assert len(bound) == len({one.year for one in bound})
        forming.form(desk, 2018)
        changing.adjust(desk, "slip", binding="item")  # what is bound and has a number stays together
        keys = held(desk)
        assert filed_records(desk) - set(keys) == set()
        assert set(keys.values()) == {1}


def test_an_office_without_a_fonds_code_forms_its_items_and_prints_the_code_empty(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk, over(desk, LATER):
        fill(desk, 3)
        assert {one.code for one in forming.form(desk, 2018)} == {""}
        settings.type_in(desk, {"fonds_code": "Z109", "code_form": "DA/T 13-2022"})
        codes = [one.code for one in items.items(desk, 2018)]
        assert len(set(codes)) == len(codes)
        assert codes[0] == "Z109-WS·2018·Y·150426-0001"
        settings.type_in(desk, {"fonds_code": "Z110"})
        assert [one.code for one in items.items(desk, 2018)] == codes


def test_a_year_that_still_runs_gets_no_numbers(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o")) as desk, over(desk, date(2018, 12, 31)):
        fill(desk, 3)
        with pytest.raises(Refused, match="还没有结束"):
            forming.form(desk, 2018)


def test_counties_league_and_region_never_make_the_same_code_in_one_fonds(tmp_path: Path) -> None:
    """All four enter the very same words; whoever leaves the area code out is refused where the other is known."""
    codes: list[str] = []
    fonds = {"fonds_code": "Z109", "body_code": "BGS"}
    for place, (level, county) in enumerate(
        [("county", "150426"), ("county", "150125"), ("league", "1504"), ("region", "15")]
    ):
        with closing(open_office(tmp_path / f"{place}", level=level, county=county)) as desk, over(desk, LATER):
            fill(desk, 5)
            settings.type_in(desk, fonds)
            for year in (2018, 2019):
                if forming.plan(desk, year).fresh:
                    codes += [one.code for one in forming.form(desk, year)]
    assert len(codes) > 60
    assert len(set(codes)) == len(codes)


def test_the_same_fonds_and_bare_body_of_another_office_is_refused_before_numbers_are_given(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "o", level="region")) as desk, over(desk, LATER):
        fill(desk, 5)
        settings.type_in(desk, {"fonds_code": "Z109", "body_code": "BGS", "bare_body": "是"})
        other = Fonds(id="150426/fonds", fonds_code="Z109", body_code="BGS", bare_body=True)
        desk.store.commit([whole(other)], "甲", desk.clock.stamp_ms())
        with pytest.raises(Refused, match="翁牛特旗也用全宗号Z109"):
            forming.form(desk, 2018)
        assert clashes.clashes(desk) == []


def test_every_kind_of_record_says_its_paper_or_why_it_has_none() -> None:
    assert gathering.unsorted_kinds() == []


def test_an_item_is_put_right_but_never_its_number(demo_county: Desk) -> None:
    desk = demo_county
    item = (items.items(desk, 2018) or forming.form(desk, 2018))[0]
    done = items.amend(desk, item.id, {"name": "原件上的题名", "pages": 7})
    assert (done.name, done.pages, done.made_title) == ("原件上的题名", 7, False)
    with pytest.raises(Refused, match="件号"):
        items.amend(desk, item.id, {"number": 9})
    assert isinstance(desk.store.get(ArchiveItem, item.id), ArchiveItem)
