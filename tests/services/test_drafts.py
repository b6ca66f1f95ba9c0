"""Drafts and support lists: filled from what is kept, left open for people's words, frozen when a report is sent."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.documents.official import Letter, Paragraph
from tuopin_desktop.documents.table import Table, figure
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import TeamReport
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.duties import drafts, supportlists
from tuopin_desktop.services.judging import sealing
from tuopin_desktop.services.office import papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_office(tmp_path)
    assert isinstance(made.clock, FixedClock)
    made.clock.moment = datetime(2018, 8, 3, 9)
    yield made
    made.close()


def words(letter: Letter) -> str:
    return "\n".join(block.text for block in letter.blocks if isinstance(block, Paragraph))


def held(desk: Desk, kind: str, day: date) -> str:
    meeting = changed(registers.blank(desk, "meeting"), type=kind, held=day, minutes="纪要")
    return registers.save(desk, meeting).id


def raised(desk: Desk, meeting: str, name: str, **said: object) -> None:
    registers.save(desk, changed(registers.blank(desk, "meeting_problem"), meeting=meeting, name=name, **said))


def test_the_agenda_writes_itself_from_what_is_open(desk: Desk) -> None:
    enter(desk, "王五", "leader")
    joint = held(desk, "joint", date(2018, 7, 20))
    raised(desk, joint, "饮水工程未完工", due=date(2018, 7, 31))
    raised(desk, joint, "台账不全", closed=date(2018, 7, 30), proof="整改报告")
    text = words(drafts.draft(desk, "agenda", "2018-08"))
    assert "饮水工程未完工（责任单位未定，整改期限2018-07-31，已超期3天）" in text
    assert "台账不全" not in text
    assert "2018年7月月报" in text
    assert drafts.BLANK in text
    minutes = drafts.draft(desk, "minutes", "2018-08")
    assert "应到人员：王五（队长）" in words(minutes)
    assert papers.docx(desk, minutes)[:2] == b"PK"


def test_a_report_keeps_the_figures_of_the_day_it_was_sent(desk: Desk) -> None:
    enter(desk, "王五", "leader")
    joint = held(desk, "joint", date(2018, 7, 20))
    report = TeamReport(id="150426/r", type="monthly", county="150426", month="2018-07", name="七月报告")
    assert registers.save(desk, report) == report
    sent = registers.save(desk, changed(report, sent=date(2018, 8, 3)))
    assert isinstance(sent, TeamReport)
    assert sealing.differences(desk, sent) == []
    raised(desk, joint, "饮水工程未完工")
    assert sealing.differences(desk, sent) == ["提出问题：报出时0，现为1", "累计未销号问题：报出时0，现为1"]
    with desk.amending("标题有误"):
        again = registers.save(desk, changed(sent, name="七月工作报告"))
    assert isinstance(again, TeamReport)
    assert again.figures == sent.figures


@pytest.mark.parametrize(("month", "county"), [("2018-13", ""), ("2018-07", "1504"), ("2018-07", "150125")])
def test_a_draft_is_about_one_month_of_one_own_team(desk: Desk, month: str, county: str) -> None:
    with pytest.raises(Refused):
        drafts.draft(desk, "agenda", month, county)


def test_each_unit_gets_a_page_with_days_rate_and_amount(desk: Desk) -> None:
    posting = enter(desk, "王五", unit="赤峰市财政局")
    enter(desk, "赵六", unit="自治区教育厅")
    days = {f"d{number:02d}": "vw/cr" for number in range(2, 12)} | {"d12": "vw/ol"}
    month = {"posting": posting.id, "month": "2018-07", **days}
    registers.save(desk, changed(registers.blank(desk, "attendance"), id=f"{posting.id}/2018-07", **month))
    rate = changed(registers.blank(desk, "subsidy_rate"), type="living", since=date(2018, 6, 1), amount=10000)
    registers.save(desk, rate)
    made = supportlists.certificates(desk, "2018-07")
    first, second = (paper for paper in made.papers if isinstance(paper, Table))
    assert ("自治区教育厅：", "赤峰市财政局：") == (first.intro[0], second.intro[0])
    assert second.rows[0][1:8] == ("王五", "翁牛特旗", "队员", 31, 10.5, figure("100.00"), figure("1050.00"))


def test_days_without_insurance_are_listed_to_the_day(desk: Desk) -> None:
    posting = enter(desk, "王五")
    with_gap = {"posting": posting.id, "since": date(2018, 6, 8), "until": date(2018, 7, 31)}
    registers.save(desk, changed(registers.blank(desk, "insurance"), **with_gap))
    (row,) = supportlists.gaps(desk, 2018).rows
    assert row[3:] == (10, "2018-06-01至2018-06-07（7天）、2018-08-01至2018-08-03（3天）")
    rest = {"posting": posting.id, "since": date(2018, 1, 1), "until": date(2018, 12, 31), "number": "B"}
    registers.save(desk, changed(registers.blank(desk, "insurance"), **rest))
    with pytest.raises(Refused, match="没有缺口"):
        supportlists.gaps(desk, 2018)


def test_no_day_after_the_term_is_listed_as_without_insurance(desk: Desk) -> None:
    posting = enter(desk, "王五")
    cover = {"posting": posting.id, "since": date(2018, 6, 1), "until": date(2020, 12, 30)}
    registers.save(desk, changed(registers.blank(desk, "insurance"), **cover))
    desk.clock = FixedClock(datetime(2021, 3, 1, 9))
    (row,) = supportlists.gaps(desk, 2020).rows
    assert row[3:] == (1, "2020-12-31至2020-12-31（1天）")
    with pytest.raises(Refused, match="没有缺口"):
        supportlists.gaps(desk, 2021)
