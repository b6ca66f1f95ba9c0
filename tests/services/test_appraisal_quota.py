"""The shipped example: its quota over everybody, places by points, ties by name, and months not registered."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.desks import enter, open_office
from tests.services.leaveteam import at
from tests.services.test_appraisal import complete, finished, item, member, month, vote
from tuopin_desktop.documents.table import Table
from tuopin_desktop.domain.records import Grade
from tuopin_desktop.services.appraisal import grades, papers
from tuopin_desktop.services.appraisal.year import compute
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", level="region", practice=True)) as desk:
        yield desk


def test_months_not_registered_earn_no_full_mark_and_registering_them_does(desk: Desk) -> None:
    posting = enter(desk, "张三")
    at(desk, date(2019, 1, 10))
    assert item(member(desk, posting.id), "presence").points is None, "of nobody's months nothing is known"
    month(desk, posting, "2018-07", 25)
    few = compute(desk, 2018)
    (row,), (team,) = few.members, few.teams
    assert (item(row, "presence").points, item(row, "village").points) == (Decimal("6.86"), Decimal("4.57"))
    assert item(team, "presence").points == Decimal("11.43"), "of a team every person-month counts: 20 × 8 ÷ 14"
    assert "12个人月" not in " ".join(line.words for line in item(team, "presence").lines)
    for number in (6, 8, 9, 10, 11, 12):
        month(desk, posting, f"2018-{number:02d}", 25)
    assert item(member(desk, posting.id), "presence").points == 12


def test_an_earlier_edition_leaves_out_what_is_not_registered(desk: Desk) -> None:
    posting = finished(desk)
    before = Grade(
        id=f"{posting.id}-2018", subject=posting.id, year=2018, scheme="2018-example-2", proposed="excellent"
    )
    registers.save(desk, before)
    grades.decide(desk, [posting.id], 2018, "优秀", "内组考〔2019〕3号", date(2019, 2, 1))
    presence = item(member(desk, posting.id), "presence")
    assert presence.points == 8
    assert "在派7个月中有4个月没有登记考勤，不计入" in presence.lines[-1].words


def test_the_shipped_example_has_a_quota_and_ranks_by_points(desk: Desk) -> None:
    people = [enter(desk, f"队员{number}") for number in range(14)]
    at(desk, date(2019, 1, 10))
    for place, posting in enumerate(people):
        month(desk, posting, "2018-07", 25)
        complete(desk, posting.id, 100 - 2 * min(place, 3))
    for source in ("democratic", "survey"):
        vote(desk, source, "1" * 15)
    made = compute(desk, 2018)
    ranks = {row.name: row.proposal.rank for row in made.members}
    assert [ranks[f"队员{number}"] for number in (0, 1, 2, 3, 13)] == [1, 2, 3, 4, 4]
    assert {row.name for row in made.members if row.proposal.level == "excellent"} == {"队员0", "队员1"}
    assert made.limits == ("优秀名额2个（14人的15%），建议优秀2人",)
    sheet = papers.proposal_sheet(desk, made).papers[0]
    assert isinstance(sheet, Table)
    assert sheet.notes[0] == "优秀名额2个（14人的15%），建议优秀2人。"
    assert "条文号待核" in sheet.notes[1]
    heading = [column.heading for column in sheet.columns].index("名次")
    assert [row[heading] for row in sheet.rows].count(4) == 11


def test_a_tie_at_the_line_is_named_under_the_sheet_and_nobody_is_cut_in_silence(desk: Desk) -> None:
    people = [enter(desk, f"队员{number}") for number in range(14)]
    at(desk, date(2019, 1, 10))
    for place, posting in enumerate(people):
        month(desk, posting, "2018-07", 25)
        complete(desk, posting.id, 100 if place == 0 else 98 if place < 3 else 90)
    for source in ("democratic", "survey"):
        vote(desk, source, "1" * 15)
    (said,) = compute(desk, 2018).limits
    assert said.startswith("优秀名额2个（14人的15%），建议优秀1人；")
    assert "2人并列（队员1、队员2），均未列入，由办公室研究确定" in said


def test_a_county_ranks_nobody_because_the_quota_is_of_the_whole_region(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "county", practice=True)) as county:
        posting = enter(county, "张三")
        at(county, date(2019, 1, 10))
        month(county, posting, "2018-07", 25)
        made = compute(county, 2018)
        assert (made.limits, made.members[0].proposal.rank) == ((), 0)
