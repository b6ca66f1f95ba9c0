"""The guided tour: what it makes, that it is nobody's data, that every seeded case is found and nothing else is."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from tests import practice
from tests.practice import Tour
from tests.services.desks import open_office
from tuopin_desktop import demo
from tuopin_desktop.demo import office
from tuopin_desktop.demo.tour import COUNTY_FOLDER, REGION_FOLDER, TODAY
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.duties.duty import State
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import KINDS, Attendance, LeaveSlip, Person, Posting, Team
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import PRACTICE_MARK, Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake

FILES = {
    "演示-花名册.xlsx",
    "演示-花名册录入模板.xlsx",
    "演示-检查结果.jsonl",
    "演示-检查结果.txt",
    "演示-请假报备单-全部.pdf",
    "演示-请假报备单-一张.pdf",
    "演示-空白-附件1.pdf",
    "演示-空白-附件2.pdf",
    "演示-出勤通报-2019-05.pdf",
    "演示-等次评定建议表-2018.pdf",
    "演示-考勤簿-2019-04.pdf",
}
SEEDED = Counter(
    {
        ("A02-1", "150821", Verdict.AMBER): 1,  # a team of four
        ("A02-4", "150821", Verdict.AMBER): 1,
        ("A02-1", "150925", Verdict.AMBER): 1,  # a team of six
        ("A02-4", "150925", Verdict.AMBER): 1,
        ("A02-4", "152523", Verdict.AMBER): 1,  # two league members, none of the county
        ("A03-4", "150525", Verdict.NOTICE): 1,  # born in the month of the line
        ("A03-5", "150421", Verdict.RED): 1,  # over age
        ("A04-3", "150426", Verdict.AMBER): 1,  # Party relation not transferred
        ("A05-1", "150422", Verdict.RED): 1,  # two members exchanged without approval
        ("A05-1", "150423", Verdict.RED): 1,
        ("A09-1", "150524", Verdict.RED): 4,  # a team short of its twenty days in May
        ("A09-1", "150524", Verdict.AMBER): 1,  # one of them reaches them with a trip on duty
        ("A09-1", "152202", Verdict.RED): 1,  # gone for sixteen days without a reason
        ("A10-3", "152202", Verdict.AMBER): 1,
        ("A16-1", "152202", Verdict.NOTICE): 1,  # the Office looks into it, the unit is asked to select anew
        ("A16-3", "152202", Verdict.SUSPECTED): 1,
        ("A10-2", "150426", Verdict.AMBER): 5,  # a few logs missed in May
        ("A10-3", "150426", Verdict.NOTICE): 1,  # the overlapping slips, in the month
        ("A10-1-04", "150426", Verdict.AMBER): 1,  # the same two slips, side by side
        ("A10-1-07", "150426", Verdict.AMBER): 1,  # found on post on a day of leave
        ("A10-1-08", "150426", Verdict.AMBER): 1,  # said to be on leave, without a slip
        ("A10-3", "150426", Verdict.AMBER): 2,  # two slips that overlap
        ("A10-4", "150125", Verdict.RED): 1,  # a leader on the members' form
        ("A10-5", "150426", Verdict.AMBER): 1,  # back, but not filed with the liaison desk
        ("A10-6", "150426", Verdict.AMBER): 1,  # overdue since the last day of May
        ("A10-6", "150426", Verdict.NOTICE): 1,  # due this morning
        ("A12-1", "150426", Verdict.AMBER): 1,  # an analysis meeting on the 6th
        ("A12-3", "150426", Verdict.RED): 1,  # no joint meeting in May, a problem past its day
        ("A12-4", "150426", Verdict.AMBER): 1,  # a half-year report that only the sending unit has
        ("A18-5", "150426", Verdict.RED): 1,  # seven days without insurance
        ("A16-3", "150426", Verdict.NOTICE): 1,  # the same overdue: the day on which Art. 16 would be met
    }
)


TRIPS = "A18-2"
"""Who took few journeys home in 2018 was paid for few: the radar and the rule say so of the same people."""

UNKEPT = "A09-4"
"""One county keeps a year of attendance, the others two months: the months without any are said of everybody."""


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Tour:
    """A tour into a folder where an earlier one was broken off after its first office."""
    return practice.copy(tmp_path_factory, tmp_path_factory.mktemp("demo") / "tour")


@pytest.fixture
def region(tour: Tour) -> Iterator[Desk]:
    with closing(offices.open_desk(tour.folder / REGION_FOLDER, FixedClock(TODAY))) as desk:
        yield desk


@pytest.fixture
def county(tour: Tour) -> Iterator[Desk]:
    with closing(offices.open_desk(tour.folder / COUNTY_FOLDER, FixedClock(TODAY))) as desk:
        yield desk


def pages(path: Path) -> list[str]:
    """The text of every page of a PDF."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [page.get_textpage().get_text_range() for page in document]


def owner_of(finding: Finding) -> str:
    return ids.owner(finding.subject.partition(":")[2])


def test_every_step_names_what_it_made_and_all_of_it_is_there(tour: Tour) -> None:
    named = {Path(line.rpartition("：")[2]) for line in tour.lines if "已输出" in line or "已建立" in line}
    assert named == {tour.results / name for name in FILES} | {
        tour.folder / REGION_FOLDER,
        tour.folder / COUNTY_FOLDER,
    }
    assert {path.name for path in tour.results.iterdir()} == FILES
    assert tour.lines[-1].startswith("演示完成。自治区办公室285人，检查")


def test_the_region_office_keeps_57_teams_and_285_people_in_service(region: Desk) -> None:
    persons, postings = region.store.rows(Person), region.store.rows(Posting)
    serving = {posting.person for posting in postings if serves(posting, region.today())}
    assert (len(region.store.rows(Team)), len(persons), len(serving)) == (57, 285, 285)


def test_the_county_office_has_the_same_five_people_the_region_office_knows(region: Desk, county: Desk) -> None:
    own = county.store.rows(Person)
    assert len(own) == 5
    assert own == region.store.rows(Person, scope="150426")
    assert county.store.rows(Posting) == region.store.rows(Posting, scope="150426")


def test_both_offices_are_for_practice_and_nobody_in_them_is_real(region: Desk, county: Desk) -> None:
    assert region.practice
    assert county.practice
    persons = region.store.rows(Person)
    numbers = [person.id_number for person in persons]
    assert len(set(numbers)) == len(numbers)
    assert {number[:6] for number in numbers} == {"159999"}
    assert [person.phone for person in persons if not re.fullmatch(r"100000\d{5}", person.phone)] == []


def test_every_record_would_pass_where_a_clerk_enters_it(region: Desk) -> None:
    entered = ("office", "team", "person", "posting", "leave_slip", "decision")
    wrong = [
        problem for kind in entered for record in registers.rows(region, kind) for problem in _said(region, record)
    ]
    assert wrong == []


def _said(desk: Desk, record: Record) -> list[str]:
    return [f"{record.id}: {problem}" for problem in registers.check(desk, record)]


def test_a_year_of_slips_is_spread_over_people_and_months(region: Desk) -> None:
    slips = region.store.rows(LeaveSlip)
    person_of = {posting.id: posting.person for posting in region.store.rows(Posting)}
    each = Counter(person_of[slip.posting] for slip in slips)
    months = Counter(slip.period[:7] for slip in slips)
    assert len(each) == 285
    assert sum(10 <= number <= 12 for number in each.values()) >= 280
    this_month = months.pop("2019-06")
    assert this_month == 2  # one out this morning, one still waiting for its signatures
    assert (min(months), max(months), len(months)) == ("2018-06", "2019-05", 12)
    assert min(months.values()) > 200
    assert any(slip.period.startswith("2018-12") and "/2019-01" in slip.period for slip in slips)


def test_slips_are_numbered_without_gaps_in_the_order_they_were_filled(county: Desk) -> None:
    of_year: dict[str, list[LeaveSlip]] = defaultdict(list)
    for slip in leave.slips(county):
        of_year[slip.number[:4]].insert(0, slip)
    assert sorted(of_year) == ["2018", "2019"]
    for year, slips in of_year.items():
        assert [slip.number for slip in slips] == [f"{year}-{place:04d}" for place in range(1, len(slips) + 1)]
        assert [slip.filled for slip in slips] == sorted(slip.filled for slip in slips if slip.filled)


def test_nobody_spends_leave_in_the_county_of_the_team(region: Desk) -> None:
    names = region.vocabulary["旗县"].labels
    slips = region.store.rows(LeaveSlip)
    assert [(slip.county, slip.place) for slip in slips if names[ids.owner(slip.id)] in slip.place] == []


def test_the_seeded_cases_are_found_and_nothing_else_is(region: Desk) -> None:
    told = [
        one for one in judging.findings(region) if one.verdict is not Verdict.OK and one.rule not in (TRIPS, UNKEPT)
    ]
    assert Counter((one.rule, owner_of(one), one.verdict) for one in told) == SEEDED


def test_whoever_was_short_of_trips_in_the_year_that_ended_is_short_in_the_radar_too(region: Desk) -> None:
    told = {one.subject for one in judging.findings(region, TRIPS) if one.verdict is Verdict.AMBER}
    owed = {one.subject for one in radar.duties(region, 2018) if one.rule == TRIPS and one.state is State.OVERDUE}
    assert told
    assert told == owed


def test_months_that_nobody_kept_are_said_and_held_against_nobody(region: Desk) -> None:
    told = judging.findings(region, UNKEPT)
    assert {one.verdict for one in told} == {Verdict.NOTICE}
    kept = {(record.posting, record.month) for record in region.store.rows(Attendance)}
    for one in told:
        posting = one.subject.partition(":")[2]
        months = int(dict(one.inputs)["未登记"].removesuffix("个月"))
        held = sum(month < "2019-06" for name, month in kept if name == posting)
        assert one.steps[0] == f"应登记 {months + held} 个月 − 已登记 {held} 个月 = 未登记 {months} 个月"


def test_what_was_decided_is_found_in_order(region: Desk) -> None:
    relaxed = [one for one in judging.findings(region, "A03-6") if owner_of(one) == "150722"]
    replaced = [one for one in judging.findings(region, "A05-1") if owner_of(one) == "150924"]
    assert [one.verdict for one in (*relaxed, *replaced)] == [Verdict.OK, Verdict.OK]
    assert "演示放宽〔2018〕3号" in relaxed[0].sentence
    assert "演示批〔2018〕7号" in replaced[0].sentence


def test_the_county_office_finds_its_own_cases_and_decides_nothing(county: Desk) -> None:
    told = [
        one for one in judging.findings(county) if one.verdict is not Verdict.OK and one.rule not in (TRIPS, UNKEPT)
    ]
    expected = Counter({key: number for key, number in SEEDED.items() if key[1] == "150426"})
    expected["A10-8", "150426", Verdict.AMBER] = 11  # the Office's ink noted from paper: its own record is to come
    expected["A10-9", "150426", Verdict.NOTICE] = 10  # and its notes of the leader's calls come with a package
    assert Counter((one.rule, owner_of(one), one.verdict) for one in told) == expected
    assert registers.rows(county, "decision") == []
    assert {slip.handler_name for slip in leave.slips(county)} == {""}


def test_names_that_try_paper_and_lists_are_there(region: Desk) -> None:
    names = Counter(person.name for person in region.store.rows(Person, scope="150429"))
    assert names["王建军"] == 2
    every = {person.name for person in region.store.rows(Person)}
    assert {"王喆", "欧阳志刚", "刘堃", "陈䶮", "李㛃", "额尔敦其其格·苏日娜"} <= every


def test_every_kind_of_slip_fits_its_paper_with_every_character(region: Desk) -> None:
    one_each = {slip.posting: slip for slip in leave.slips(region)} | {
        slip.reason: slip for slip in leave.slips(region)
    }
    sheets = [leave.sheet(region, slip) for slip in one_each.values()]
    assert [(sheet.overflow, sheet.missing) for sheet in sheets if sheet.overflow or sheet.missing] == []


def test_the_slips_are_printed_one_a_page_with_the_practice_mark(tour: Tour, county: Desk) -> None:
    mark = "".join(PRACTICE_MARK.split())
    slips = sorted(leave.slips(county), key=lambda slip: slip.number)
    printed = pages(tour.results / "演示-请假报备单-全部.pdf")
    assert len(printed) == len(slips)
    for text, slip in zip(printed, slips, strict=True):
        assert slip.name in text
        assert mark in "".join(text.split())
    assert pages(tour.results / "演示-请假报备单-一张.pdf") == printed[-1:]


@pytest.mark.parametrize("number", [1, 2])
def test_a_blank_form_is_one_page_and_a_form_to_use(tour: Tour, number: int) -> None:
    (text,) = pages(tour.results / f"演示-空白-附件{number}.pdf")
    assert f"附件{number}" in "".join(text.split())
    assert "演示" not in text


def test_the_check_is_kept_for_programs_and_for_people(tour: Tour, region: Desk) -> None:
    found = judging.findings(region)
    lines = (tour.results / "演示-检查结果.jsonl").read_bytes().splitlines()
    assert [msgspec.json.decode(line, type=Finding) for line in lines] == found
    text = (tour.results / "演示-检查结果.txt").read_text("utf-8-sig")
    for one in found:
        assert (one.sentence in text) == (one.verdict is not Verdict.OK), one
    order = [text.index(f"\n{article}\n") for article in ("第二条", "第三条", "第四条", "第五条", "第十条")]
    assert order == sorted(order)
    assert PRACTICE_MARK in text


def test_the_roster_sheet_comes_in_again_without_a_change(tour: Tour, region: Desk) -> None:
    preview = intake.preview(region, "roster", tour.results / "演示-花名册.xlsx")
    assert Counter(plan.action for plan in preview.plans) == {"same": 288}


def test_two_offices_built_alike_hold_the_same_log(tmp_path: Path) -> None:
    first, second = (_histories(tmp_path / name) for name in ("a", "b"))
    assert first == second
    assert len(first) > 60


def _histories(folder: Path) -> dict[tuple[str, str], object]:
    with closing(office.build(folder, level="county", county="150426", now=TODAY)) as desk:
        rows = [(kind, record.id) for kind in KINDS for record in registers.rows(desk, kind)]
        return {(kind, key): (desk.store.get(KINDS[kind], key), desk.store.history(kind, key)) for kind, key in rows}


def test_the_log_reads_like_a_year_of_work(county: Desk) -> None:
    slip = next(slip for slip in leave.slips(county) if slip.return_note)
    history = county.store.history("leave_slip", slip.id)
    (filled, by, _, _), (reported, _, noted, _) = history[0], history[-1]
    period = parse_stored(slip.period)
    assert period is not None
    assert by == office.CLERK
    assert filled < reported
    assert noted["return_note"] == slip.return_note
    assert county.store.audit() == ""


@pytest.mark.parametrize("where", [".", REGION_FOLDER, COUNTY_FOLDER])
def test_a_real_office_is_never_touched(tmp_path: Path, where: str) -> None:
    real = tmp_path / where
    open_office(real).close()
    before, listed = (real / "office.db").read_bytes(), sorted(tmp_path.rglob("*"))
    with pytest.raises(Trouble, match="正式数据"):
        next(demo.tour(tmp_path))
    assert (real / "office.db").read_bytes() == before
    assert sorted(tmp_path.rglob("*")) == listed


def test_an_open_practice_office_is_not_taken_away(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / COUNTY_FOLDER, practice=True)) as desk:
        with pytest.raises(Trouble, match="另一个窗口"):
            next(demo.tour(tmp_path))
        assert registers.rows(desk, "county")
