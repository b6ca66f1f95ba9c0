"""Every team in a line: each figure is that of the list behind it, and the sums are those of the lines."""

from collections.abc import Iterator
from contextlib import closing as shutting
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import openpyxl
import pytest

from tests.services.closings import key
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain.duties.duty import State
from tuopin_desktop.domain.teamline import TeamLine
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import overview

COUNTY, OTHER = "150426", "150125"


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    with shutting(open_office(tmp_path / "region", level="region")) as desk:
        yield desk


def at(desk: Desk, *moment: int) -> Desk:
    desk.clock = FixedClock(datetime(*moment))  # type: ignore[arg-type]  # year, month, day, hour
    return desk


def line(desk: Desk, county: str = COUNTY) -> TeamLine:
    return next(one for one in overview.overview(desk).teams if one.county == county)


def test_every_team_has_a_line_also_an_empty_one_and_the_sums_are_theirs(region: Desk) -> None:
    enter(region, "王海", "leader")
    enter(region, "李江", county=OTHER)
    found = overview.overview(at(region, 2018, 7, 10, 9))
    assert len(found.teams) == 57
    assert (found.month, found.total.serving, found.total.size) == ("2018-06", 2, 285)
    assert found.total.unknown == sum(one.unknown for one in found.teams) == 2
    assert {one.county for one in found.teams if one.serving} == {COUNTY, OTHER}


def test_the_month_that_is_over_and_what_of_it_is_not_closed(region: Desk) -> None:
    posting = enter(region, "王海", "leader")
    assert line(region).unclosed == 0
    at(region, 2018, 7, 10, 9)
    key(region, posting, "2018-06", day="vw/vw")
    before = line(region)
    assert (before.reached, before.short, before.mean, before.unclosed) == (1, 0, 30.0, 1)
    assert (before.rate, before.month.text) == (100.0, "达标率100%（已登记100%）")
    closing.close(region, "2018-06", COUNTY, gaps=len(closing.preview(region, "2018-06", COUNTY).gaps))
    assert line(region).unclosed == 0


def test_no_rate_is_stated_of_a_team_of_which_too_little_is_registered(region: Desk) -> None:
    people = [enter(region, name, source_level=source) for name, source in (("王海", "region"), ("李江", "league"))]
    at(region, 2018, 7, 10, 9)
    key(region, people[0], "2018-06", day="vw/vw")
    found = line(region)
    assert (found.reached, found.unknown, found.rate) == (1, 1, None)
    assert found.month.text == "达标率登记不足，不作比率（已登记50%）"
    assert "—（50%）" in found.cells


def test_duties_leave_and_evidence_are_those_of_their_lists(region: Desk) -> None:
    posting = enter(region, "王海", "leader")
    slip = changed(leave.draft(region, posting.id), period="605-608", place="呼和浩特市", reason="开会")
    saved = leave.save(region, slip)
    leavedesk.sign(region, saved.id, "secretary", "白音", date(2018, 6, 4))
    leavedesk.sign(region, saved.id, "office", "某主任", date(2018, 6, 4))
    at(region, 2018, 6, 20, 9)
    found = line(region)
    assert (found.out, found.late) == (1, 1)
    late = [one for one in radar.duties(region) if one.county == COUNTY and one.state is State.OVERDUE]
    assert found.overdue == len(late)
    assert found.age is None


def test_before_the_first_month_is_over_there_is_no_month_to_speak_of(region: Desk) -> None:
    enter(region, "王海", "leader", since=date(2018, 5, 30))
    found = overview.overview(at(region, 2018, 5, 31, 9))
    assert (found.month, found.total.unclosed, found.total.mean) == ("", 0, None)
    assert "人均天数为" not in books.lines(overview.printed(region))[0]


def test_the_list_is_written_by_word_of_command_with_the_figures_of_the_screen(region: Desk, tmp_path: Path) -> None:
    enter(region, "王海", "leader")
    shown = overview.overview(at(region, 2018, 7, 10, 9))
    folder = str(region.folder)
    region.close()
    out, err = StringIO(), StringIO()
    path = tmp_path / "各队.xlsx"
    asked = ["--office", folder, "--today", "2018-07-10", "report", "teams", "--xlsx", str(path)]
    assert run(asked, out, err) == 0, err.getvalue()
    rows = [
        [str(cell or "") for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    ]
    for one in (*shown.teams, shown.total):
        assert list(one.cells) in [row[: len(one.cells)] for row in rows]
