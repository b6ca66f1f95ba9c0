"""A closed month says one absence: figure, grid, book, year and Article 16, and so it does after a correction slip."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services import closedteam
from tests.services.closedteam import COUNTY, MONTH
from tuopin_desktop.documents.official import Paragraph
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.records import LeaveSlip, Posting
from tuopin_desktop.services.attendance import closing, monthbooks
from tuopin_desktop.services.attendance import month as grid
from tuopin_desktop.services.attendance.year import year
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting.circular import circular


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk, _ = closedteam.closed(tmp_path / "office", "region")
    yield desk
    desk.close()


def posting_of(desk: Desk, name: str) -> Posting:
    team = teammonth.read(desk, MONTH, COUNTY)
    return next(one.posting for one in team.members if one.name == name)


def said(desk: Desk) -> dict[str, tuple[float, ...]]:
    """What every place says of June, by name: book's figure, grid, year card, Article 16."""
    team = teammonth.read(desk, MONTH, COUNTY)
    rows = {row.name: row.count.unjustified / 2 for row in grid.read(desk, MONTH, COUNTY).rows}
    found: dict[str, tuple[float, ...]] = {}
    for one in team.members:
        month = next(item for item in year(desk, one.posting.id, 2018).months if item.month == MONTH)
        told = judging.findings(desk, "A16-3", f"posting:{one.posting.id}")
        account = float(dict(told[0].inputs)["2018年累计"].partition("天")[0]) if told else 0.0
        assert month.count is not None
        found[one.name] = (one.month.unjustified / 2, rows[one.name], month.count.unjustified / 2, account)
    return found


def test_a_closed_month_is_one_number_everywhere(office: Desk) -> None:
    told = said(office)
    assert {name: len(set(values)) for name, values in told.items()} == dict.fromkeys(told, 1)
    assert told["李四"][0] == 2.5  # the slip without ink, and the days beyond it
    kept = {one.name: one.figure.unjustified / 2 for one in closing.days(office, MONTH, COUNTY)}
    assert kept == {name: values[0] for name, values in told.items()}
    notes = monthbooks.month_book(office, MONTH, COUNTY).notes
    assert any("第十六条" in note and "李四2.5天（登记为旷1.5天）" in note for note in notes)
    said_of_all = "".join(one.text for one in circular(office, MONTH).blocks if isinstance(one, Paragraph))
    assert "没有批准的假、待核的1人（按第十六条计，本月共2.5天）" in said_of_all, "undecided: by number, not by name"
    assert "李四2.5天" not in said_of_all


def test_ink_that_came_after_the_close_changes_no_number_of_it(office: Desk) -> None:
    before = said(office)
    (slip,) = office.store.rows(LeaveSlip)
    office.store.commit([Change("leave_slip", slip.id, {"returned": "2018-06-21am"})], "乙", office.clock.wall_ms())
    assert said(office) == before


def test_a_correction_to_absence_over_a_class_is_told_and_counts_as_in_an_open_month(office: Desk) -> None:
    who = posting_of(office, "赵五")
    before = said(office)
    closing.correct(office, who.id, date(2018, 6, 20), "旷", "没有见到本人", paper="签到簿")
    assert said(office) == before
    told = judging.findings(office, "A10-3", f"attendance:{who.id}/{MONTH}")
    assert [one.verdict for one in told if "不一致" in one.sentence or "未报备" in one.sentence] != []
    assert Verdict.RED not in {one.verdict for one in told}
    closing.correct(office, who.id, date(2018, 6, 26), "旷", "没有见到本人", paper="签到簿")
    after = said(office)["赵五"]
    assert (set(after), before["赵五"][0]) == ({1.0}, 0.0)
