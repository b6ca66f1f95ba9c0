"""Paper for classes and meetings is filled in from the roster; half-year reports go out with letters and a list."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests import papers as scanned
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Posting, Training
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.duties import coverletters, signinsheets
from tuopin_desktop.services.leave import leave, scans
from tuopin_desktop.services.office import books, papers, settings
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers
from tuopin_desktop.services.rulings import rulings


@pytest.fixture
def team(desk: Desk) -> dict[str, Posting]:
    return {
        "王海": enter(desk, "王海", "leader", unit="自治区教育厅"),
        "李强": enter(desk, "李强", unit="赤峰市财政局"),
        "包明": enter(desk, "包明", unit="赤峰市财政局"),
    }


def words(content: bytes) -> str:
    with closing(pypdfium2.PdfDocument(content)) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def a_class(desk: Desk, period: str = "2018-06-11am/2018-06-13pm") -> Training:
    blank = changed(registers.blank(desk, "training"), name="专题培训班", type="special", organiser="office")
    saved = registers.save(desk, changed(blank, period=period, place="乌丹镇", hours=24))
    assert isinstance(saved, Training)
    return saved


def learns(desk: Desk, training: Training, posting: Posting, **said: object) -> None:
    blank = registers.blank(desk, "training_attendance")
    registers.save(desk, changed(blank, training=training.id, posting=posting.id, **said))


def test_a_class_has_a_page_for_each_day_with_those_who_were_entered(desk: Desk, team: dict[str, Posting]) -> None:
    training = a_class(desk)
    for name in ("包明", "王海"):
        learns(desk, training, team[name])
    made = signinsheets.sign_in(desk, "training", training.id)
    assert [one.name for one in made.rows] == ["王海", "包明"]
    text = words(books.pdf(desk, made))
    for day in (11, 12, 13):
        assert f"2018年6月{day}日" in text
    assert text.count("自治区教育厅") == 3
    assert "乌丹镇" in text
    assert "李强" not in text


def test_a_class_nobody_was_entered_for_lists_who_is_posted_and_says_so(desk: Desk, team: dict[str, Posting]) -> None:
    made = signinsheets.sign_in(desk, "training", a_class(desk, "2018-06-11am/2018-06-11pm").id)
    assert {one.name for one in made.rows} == set(team)
    assert "还没有登记学员" in made.papers[0].notes[0]  # type: ignore[union-attr]  # a table


def test_who_has_leave_on_the_day_is_told_on_the_sheet_of_a_meeting(desk: Desk, team: dict[str, Posting]) -> None:
    slip = changed(leave.draft(desk, team["李强"].id), place="呼和浩特市", period="605-608", reason="开会")
    leave.save(desk, slip)
    codes = {"joint": 3 + 15, "analysis": 3 + 3}
    for kind, rows in codes.items():
        meeting = changed(registers.blank(desk, "meeting"), type=kind, held=date(2018, 6, 6))
        made = signinsheets.sign_in(desk, "meeting", registers.save(desk, meeting).id)
        assert {one.name: one.away for one in made.rows if one.away} == {"李强": "已报备外出（2018-0001）"}
        assert len(made.sheet.rows) == rows
        assert "翁牛特旗工作总队" in made.title


def test_a_meeting_of_leaders_lists_the_leaders_of_all_teams(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "region", level="region")
    enter(desk, "王海", "leader")
    enter(desk, "李强")
    enter(desk, "乌兰", "leader", county="150125")
    meeting = changed(registers.blank(desk, "meeting"), type="leaders", held=date(2018, 6, 6))
    made = signinsheets.sign_in(desk, "meeting", registers.save(desk, meeting).id)
    assert {one.name for one in made.rows} == {"王海", "乌兰"}
    desk.close()


def test_other_records_and_endless_classes_have_no_sheet(desk: Desk, team: dict[str, Posting]) -> None:
    matter = changed(registers.blank(desk, "matter"), type="help", name="求助", raised=date(2018, 6, 3))
    with pytest.raises(Refused, match="可用于：培训班、会议"):
        signinsheets.sign_in(desk, "matter", registers.save(desk, matter).id)
    with pytest.raises(Refused, match="最多按31天"):
        signinsheets.sign_in(desk, "training", a_class(desk, "2018-06-01am/2018-08-01pm").id)


def test_certificates_are_for_those_who_came(desk: Desk, team: dict[str, Posting]) -> None:
    training = a_class(desk)
    with pytest.raises(Refused, match="还没有登记学员"):
        signinsheets.certificates(desk, training.id)
    learns(desk, training, team["王海"], result="合格", certificate="结字001号")
    learns(desk, training, team["李强"], absent=True)
    made = signinsheets.certificates(desk, training.id)
    assert [row[1:6] for row in made.sheet.rows] == [("王海", "翁牛特旗", "自治区教育厅", "合格", "结字001号")]
    assert made.sheet.notes == ("注：应参训2人，实际参训1人，缺席1人，24学时。",)


def reports(desk: Desk, *postings: Posting, year: int = 2018) -> None:
    for posting in postings:
        made = changed(registers.blank(desk, "half_year_report"), posting=posting.id, year=year, half="first")
        registers.save(desk, changed(made, written=date(year, 6, 4)))


def test_each_unit_gets_one_letter_with_its_own_people_and_the_office_one_with_all(
    desk: Desk, team: dict[str, Posting]
) -> None:
    reports(desk, *team.values())
    *units, office = coverletters.envelopes(desk, 2018, "first")
    assert {one.receiver: set(one.names) for one in units} == {
        "自治区教育厅党委（党组）": {"王海"},
        "赤峰市财政局党委（党组）": {"李强", "包明"},
    }
    assert set(office.names) == set(team)
    text = words(papers.pdf(desk, units[1].letter))
    assert "赤峰市财政局党委（党组）：" in text
    assert "第十二条第四项" in text
    assert "等2名同志2018年上半年" in text
    assert "王海" not in text
    assert "翁牛特旗工作总队" in text


def test_the_list_counts_envelopes_and_says_whose_report_is_missing(
    desk: Desk, team: dict[str, Posting], tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="2018年上半年还没有登记半年报告"):
        coverletters.envelopes(desk, 2018, "first")
    with pytest.raises(Refused, match="没有“spring”这个期间"):
        coverletters.envelopes(desk, 2018, "spring")
    reports(desk, team["王海"], team["李强"])
    made = coverletters.envelope_list(desk, 2018, "first")
    assert made.sheet.totals[0][2:4] == ("信封3个", 4)
    assert "还没有登记报告的：包明。" in made.sheet.notes
    (book,) = coverletters.write(desk, tmp_path / "清单.xlsx", 2018, "first")
    cells = [cell.value for row in openpyxl.load_workbook(book).active.iter_rows() for cell in row]
    assert "赤峰市财政局党委（党组）" in cells
    (bound,) = coverletters.write(desk, tmp_path / "全部.pdf", 2018, "first")
    assert words(bound.read_bytes()).count("思想、工作、学习情况报告的函") == 3
    files = coverletters.write(desk, tmp_path / "函件", 2018, "first")
    assert [path.suffix for path in files] == [".pdf", ".docx", ".docx", ".docx"]
    assert all(path.exists() for path in files)


def test_no_letter_goes_to_a_unit_that_is_not_registered_and_the_list_names_whose(
    desk: Desk, team: dict[str, Posting], tmp_path: Path
) -> None:
    reports(desk, team["王海"], enter(desk, "乌兰", unit=""), enter(desk, "朝鲁", unit=""))
    unit, office = coverletters.envelopes(desk, 2018, "first")
    assert (unit.receiver, unit.names) == ("自治区教育厅党委（党组）", ("王海",))
    assert set(office.names) == {"王海", "乌兰", "朝鲁"}
    note = next(one for one in coverletters.envelope_list(desk, 2018, "first").sheet.notes if "没有致" in one)
    assert {name for name in ("王海", "乌兰", "朝鲁") if name in note} == {"乌兰", "朝鲁"}
    assert len(coverletters.write(desk, tmp_path / "函件", 2018, "first")) == 3


def owing(desk: Desk, year: int = 2018) -> str:
    notes = coverletters.envelope_list(desk, year, "first", "150426").sheet.notes
    return "".join(note for note in notes if note.startswith("还没有登记报告的："))


def test_the_list_names_for_a_missing_report_whom_the_radar_names(desk: Desk, team: dict[str, Posting]) -> None:
    reports(desk, *team.values())
    enter(desk, "乌兰", since=date(2018, 6, 18))
    assert owing(desk) == ""
    enter(desk, "朝鲁", since=date(2018, 6, 1))
    assert owing(desk) == "还没有登记报告的：朝鲁。"


def test_a_report_is_missed_on_the_day_ruled_for_it_which_no_later_ruling_moves(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "region", level="region")) as desk:
        desk.clock = FixedClock(datetime(2019, 7, 5, 9))
        reports(desk, enter(desk, "王海", "leader"), year=2019)
        enter(desk, "朝鲁", until=date(2019, 6, 25))
        assert owing(desk, 2019) == ""
        rulings.rule(desk, "report.half_year_first", "06-20", "办公室通知", date(2019, 7, 1))
        assert owing(desk, 2019) == ""
        rulings.rule(desk, "report.half_year_first", "06-20", "办公室通知", date(2019, 6, 1))
        assert owing(desk, 2019) == "还没有登记报告的：朝鲁。"


def test_no_report_is_missed_after_the_term(desk: Desk, team: dict[str, Posting]) -> None:
    desk.clock = FixedClock(datetime(2021, 7, 5, 9))
    reports(desk, team["王海"], year=2021)
    assert owing(desk, 2021) == ""


@pytest.mark.parametrize("kind", signinsheets.KINDS)
def test_a_signed_sheet_that_is_scanned_finds_its_record(
    desk: Desk, team: dict[str, Posting], tmp_path: Path, kind: str
) -> None:
    meeting = changed(registers.blank(desk, "meeting"), type="joint", held=date(2018, 6, 4))
    record = a_class(desk) if kind == "training" else registers.save(desk, meeting)
    pdf = books.pdf(desk, signinsheets.sign_in(desk, kind, record.id))
    folder = tmp_path / "扫描"
    folder.mkdir()
    turned = scanned.page(pdf).rotate(90, expand=True)
    (folder / "签到.jpg").write_bytes(scanned.jpeg(scanned.noisy(turned)))
    report = scans.take_in(desk, folder)
    assert (report.sentence, report.tray) == ("归入登记1条。", ())
    assert (report.placed[0].kind, report.placed[0].slip) == (kind, record.id)
    (made,) = recordfiles.of_record(desk, kind, record.id)
    assert made.name == "签到.jpg"
    again = scans.take_in(desk, folder)
    assert (again.placed, again.known) == ((), 1)


def test_pages_of_one_scan_go_each_to_its_own_record(desk: Desk, team: dict[str, Posting], tmp_path: Path) -> None:
    meeting = changed(registers.blank(desk, "meeting"), type="joint", held=date(2018, 6, 4))
    one, other = registers.save(desk, meeting), a_class(desk, "2018-06-11am/2018-06-12pm")
    first = books.pdf(desk, signinsheets.sign_in(desk, "meeting", one.id))
    second = books.pdf(desk, signinsheets.sign_in(desk, "training", other.id))
    images = [scanned.page(first), scanned.page(second), scanned.page(second, number=2)]
    path = tmp_path / "一摞.pdf"
    path.write_bytes(scanned.bound(images))
    scans.take_in(desk, [path])
    pages = {}
    for kind, record in (("meeting", one), ("training", other)):
        (made,) = recordfiles.of_record(desk, kind, record.id)
        pages[kind] = recordfiles.pages(desk, made.id)
    assert pages == {"meeting": (1,), "training": (2, 3)}
    with desk.amending("重复登记"):
        registers.delete(desk, "meeting", one.id)
    late = tmp_path / "后来.jpg"
    late.write_bytes(scanned.jpeg(images[0]))
    (waiting,) = scans.take_in(desk, [late]).tray
    assert waiting.reason == "这条会议已删除"


def test_the_code_is_left_out_where_the_office_switched_it_off(desk: Desk, team: dict[str, Posting]) -> None:
    made = signinsheets.sign_in(desk, "training", a_class(desk).id)
    assert all(page.margin for page in books.sheets(desk, made))
    settings.choose(desk, settings.MARGIN_CODE.key, value=False)
    assert not any(page.margin for page in books.sheets(desk, made))
