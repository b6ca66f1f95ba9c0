"""Practice offices of the whole term: every month kept, logged and closed, and nothing found that was not seeded."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import open_office
from tuopin_desktop import demo
from tuopin_desktop.demo import office
from tuopin_desktop.demo.term import WHOLE, YEAR
from tuopin_desktop.demo.tour import WHOLE_COUNTY_FOLDER, WHOLE_REGION_FOLDER
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import (
    KINDS,
    Attendance,
    BallotRound,
    DailyLog,
    HalfYearReport,
    Meeting,
    MonthClose,
    Person,
    Posting,
    RecallCase,
    TeamReport,
    WeeklyNote,
)
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing as months
from tuopin_desktop.services.judging import judging, sealing
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import PRACTICE_MARK, Desk
from tuopin_desktop.services.registers import conflicts

MORNING = datetime.combine(WHOLE.morning, time(9))
COUNTIES = ("150426", "152202")
SEEDED = Counter(
    {
        ("A04-3", "150426", Verdict.AMBER): 1,  # Party relation not transferred
        ("A06-1", "150426", Verdict.NOTICE): 1,  # the term ends in a month
        ("A06-1", "152202", Verdict.NOTICE): 1,
        ("A09-1", "152202", Verdict.RED): 1,  # gone for sixteen days without a reason
        ("A10-3", "152202", Verdict.AMBER): 1,
        ("A16-3", "152202", Verdict.SUSPECTED): 1,
        ("A10-2", "150426", Verdict.AMBER): 5,  # a few logs missed in May 2019
        ("A10-3", "150426", Verdict.NOTICE): 1,  # the overlapping slips, in the month
        ("A10-1-04", "150426", Verdict.AMBER): 1,  # the same two slips, side by side
        ("A10-3", "150426", Verdict.AMBER): 2,
        ("A10-1-07", "150426", Verdict.AMBER): 1,  # found on post on a day of leave
        ("A10-1-08", "150426", Verdict.AMBER): 1,  # said to be on leave, without a slip
        ("A10-5", "150426", Verdict.AMBER): 1,  # back, but not filed with the liaison desk
        ("A10-6", "150426", Verdict.AMBER): 1,  # overdue for four days
        ("A10-6", "150426", Verdict.NOTICE): 1,  # due this morning
        ("A16-3", "150426", Verdict.NOTICE): 1,  # the day on which Art. 16 would be met by the same overdue
        ("A12-3", "150426", Verdict.RED): 1,  # no joint meeting in May 2019, a problem past its day
        ("A12-4", "150426", Verdict.AMBER): 1,  # a half-year report that only the sending unit has
        ("A18-5", "150426", Verdict.RED): 1,  # seven days without insurance, every year
    }
)
TRIPS = "A18-2"
"""Who took few journeys home was paid for few."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two teams of a region office."""
    folder = tmp_path_factory.mktemp("whole") / "office"
    office.build(folder, level="region", now=MORNING, term=WHOLE, counties=COUNTIES).close()
    return folder


@pytest.fixture
def region(folder: Path) -> Iterator[Desk]:
    with closing(offices.open_desk(folder, FixedClock(MORNING))) as desk:
        yield desk


def test_what_was_seeded_of_these_teams_is_found_and_nothing_else_is(region: Desk) -> None:
    told = [
        one
        for one in judging.findings(region)
        if one.verdict is not Verdict.OK and one.rule != TRIPS and _owner(one.subject) in COUNTIES
    ]
    # That the other 55 teams of the region are not there is said of each of them.
    told = [one for one in told if not one.rule.startswith("A02")]
    assert Counter((one.rule, _owner(one.subject), one.verdict) for one in told) == SEEDED


def _owner(subject: str) -> str:
    return ids.owner(subject.partition(":")[2]) or subject.partition(":")[2]


def test_every_posting_has_every_month_of_its_time_and_a_log_for_every_day_worked(region: Desk) -> None:
    kept = {(one.posting, one.month) for one in region.store.rows(Attendance)}
    assert len(kept) == 10 * 30
    assert {posting for posting, _ in kept} == {one.id for one in region.store.rows(Posting)}
    logs = Counter(f"{one.date:%Y-%m}" for one in region.store.rows(DailyLog))
    assert (min(logs), max(logs), len(logs)) == ("2018-06", "2020-11", 30)
    assert min(logs.values()) > 10 * 13
    assert 20 < sum(logs.values()) / len(kept) < 26


def test_every_month_but_the_last_is_closed_and_says_what_is_registered_today(region: Desk) -> None:
    closes = region.store.rows(MonthClose)
    assert Counter(one.county for one in closes) == dict.fromkeys(COUNTIES, 29)
    for one in closes[::7]:
        team = months.preview(region, one.month, one.county).team
        assert team.is_closed
        assert [member.posting.id for member in team.members if member.changed] == []


@pytest.mark.parametrize(("county", "month"), [("150426", "2018-10"), ("152202", "2020-01")])
def test_a_month_is_closed_as_the_clerk_would_have_closed_it(
    folder: Path, tmp_path: Path, county: str, month: str
) -> None:
    """Read from the whole office on the day of the close, it is the same to the letter."""
    shutil.copytree(folder, tmp_path / "copy")
    with closing(offices.open_desk(tmp_path / "copy", FixedClock(MORNING))) as desk:
        close = months.standing_close(desk, month, county)
        assert close is not None
        assert close.closed is not None
        desk.clock = FixedClock(datetime.combine(close.closed, time(9)))
        months.reopen(desk, month, "核对", county)
        again = months.close(desk, month, county, gaps=close.gaps)
        assert (again.figures, again.roll, again.terms, again.days, again.calendar) == (
            close.figures,
            close.roll,
            close.terms,
            close.days,
            close.calendar,
        )


def test_reports_were_sent_with_the_figures_of_their_month(region: Desk) -> None:
    reports = [one for one in region.store.rows(TeamReport) if one.figures]
    assert {one.month for one in reports if one.county == "152202"} == {f"{month:%Y-%m}" for month in WHOLE.months[:-1]}
    sealed = msgspec.json.decode(reports[17].figures, type=dict[str, float])
    assert sealed["在派人数"] == 5
    month = datetime.strptime(reports[17].month, "%Y-%m").date()
    now = sealing.figures(region, reports[17].county, month)
    assert {name: sealed[name] for name in now if "未销号" not in name} == {
        name: value for name, value in now.items() if "未销号" not in name
    }


def test_meetings_notes_and_appraisals_go_on_through_the_years(region: Desk) -> None:
    store = region.store
    assert Counter(one.held.year for one in store.rows(Meeting, scope="152202") if one.held)[2020] > 20
    assert len(store.rows(WeeklyNote, scope="152202")) > 125
    assert {one.year for one in store.rows(BallotRound)} == {2018, 2019, 2020}
    assert {one.year for one in store.rows(HalfYearReport)} == {2018, 2019, 2020}
    assert [one.outcome for one in store.rows(RecallCase)] == ["corrected"]


def test_the_first_year_is_that_of_the_first_look(region: Desk, tmp_path: Path) -> None:
    with closing(office.build(tmp_path, level="county", county="150426", now=datetime(2019, 6, 3, 9))) as first:
        assert first.store.rows(Person) == region.store.rows(Person, scope="150426")
        march = [one for one in first.store.rows(DailyLog) if f"{one.date:%Y-%m}" == "2019-03"]
        whole = [one for one in region.store.rows(DailyLog, scope="150426") if f"{one.date:%Y-%m}" == "2019-03"]
    assert march == whole
    assert YEAR.months == WHOLE.months[:12]


def test_two_offices_of_the_whole_term_hold_the_same_and_say_that_they_are_for_practice(tmp_path: Path) -> None:
    logs = []
    for name in "ab":
        with closing(office.build(tmp_path / name, level="county", county="150426", now=MORNING, term=WHOLE)) as desk:
            assert desk.mark == PRACTICE_MARK
            assert {one.id_number[:6] for one in desk.store.rows(Person)} == {"159999"}
            logs.append(desk.store.since({}))
    assert logs[0] == logs[1]
    assert len({key.partition(":")[0] for _, _, key, _ in logs[0]} - KINDS.keys()) == 0


def test_two_offices_of_the_whole_term_have_exchanged_packages_and_disagree_about_nothing(tmp_path: Path) -> None:
    lines = list(demo.whole_term(tmp_path, COUNTIES))
    assert [line for line in lines if "收下" in line and "数据包" in line and "新增" in line] == lines[2:4]
    with closing(offices.open_desk(tmp_path / WHOLE_REGION_FOLDER, FixedClock(MORNING))) as region:
        assert conflicts.listed(region) == []
        assert Counter(one.county for one in region.store.rows(MonthClose)) == dict.fromkeys(COUNTIES, 29)
    with closing(offices.open_desk(tmp_path / WHOLE_COUNTY_FOLDER, FixedClock(MORNING))) as county:
        assert conflicts.listed(county) == []
        told = {one.rule for one in judging.findings(county) if one.verdict is not Verdict.OK}
        assert not told & {"A10-8", "A10-9"}  # the Office's own ink and calls have come with its package


@pytest.mark.parametrize("where", [WHOLE_REGION_FOLDER, WHOLE_COUNTY_FOLDER])
def test_a_real_office_is_never_touched(tmp_path: Path, where: str) -> None:
    open_office(tmp_path / where).close()
    listed = sorted(tmp_path.rglob("*"))
    with pytest.raises(Trouble, match="正式数据"):
        next(demo.whole_term(tmp_path))
    assert sorted(tmp_path.rglob("*")) == listed
