"""Every half-year each sending unit is told of its people from the facts, and a list says which units owe what."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.documents.official import Letter, Listing, Paragraph
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Advancement, FollowUp, Insurance, LeaveSlip, Posting, RoundTrip
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import unitletters

FORESTRY, FINANCE = "自治区林业和草原局", "赤峰市财政局"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as desk:
        kept = enter(desk, "乌云其木格", "deputy", unit=FORESTRY)
        lacking = enter(desk, "白音", unit=FORESTRY)
        other = enter(desk, "龚彧", unit=FINANCE)
        desk.clock = FixedClock(datetime(2019, 7, 10, 9))
        said = [
            FollowUp(posting=kept.id, type="talk", date=date(2019, 3, 5), by="王海"),
            FollowUp(posting=kept.id, type="briefing", date=date(2019, 7, 5)),
            Insurance(posting=kept.id, since=date(2018, 6, 1), until=date(2020, 5, 31)),
            *(
                RoundTrip(
                    posting=kept.id,
                    period=f"2018-{month:02d}-08am/2018-{month:02d}-09pm",
                    reimbursed=date(2018, month, 20),
                )
                for month in range(7, 12)
            ),
            _called_back(desk, other),
            Advancement(posting=lacking.id, type="grade", what="三级主任科员", due=date(2019, 4, 1)),
        ]
        for record in said:
            registers.save(desk, changed(record, id=registers.new_id(desk)))
        yield desk


def _called_back(desk: Desk, posting: Posting) -> LeaveSlip:
    drafted = leave.draft(desk, posting.id, date(2019, 5, 6))
    period = "2019-05-06am/2019-05-08pm"
    made: LeaveSlip = changed(drafted, place="赤峰市", reason="单位加班", period=period, leave_type="called_back")
    return made


def told(letter: Letter) -> str:
    return "".join(block.text for block in letter.blocks if isinstance(block, Paragraph))


def table(letter: Letter, place: int) -> dict[str, tuple[object, ...]]:
    listings = [block for block in letter.blocks if isinstance(block, Listing)]
    return {str(row[0]): row[1:] for row in listings[place].rows}


def test_a_unit_is_told_of_its_own_people_and_of_what_it_owes_them(desk: Desk) -> None:
    made = {one.unit: one for one in unitletters.halves(desk, 2019, "first")}
    assert list(made) == sorted((FORESTRY, FINANCE))
    letter = made[FORESTRY].letter
    assert letter.recipient == f"{FORESTRY}党委（党组）："
    assert set(table(letter, 0)) == {"乌云其木格", "白音"}
    assert "龚彧" not in told(letter)
    assert "龚彧：被原单位叫回工作（2019-05-06至2019-05-08，3天）" in told(made[FINANCE].letter)
    assert "乌云其木格：" not in told(letter)  # he is owed nothing
    assert "白音：派出单位已" in told(letter)
    assert "白音：1项晋升晋级到期未办" in told(letter)
    assert "请你单位办理" in told(letter)
    assert "请商派出单位" not in told(letter)


def test_talks_support_and_days_are_those_of_the_half_year(desk: Desk) -> None:
    letter = next(one.letter for one in unitletters.halves(desk, 2019, "first", FORESTRY))
    assert table(letter, 0)["白音"][-1] == 181.0  # nothing keyed is said as such
    assert table(letter, 1)["乌云其木格"] == (0, 1, 0, "2019-03-05", "未登记送达", 0, 0, 0, "")
    assert table(letter, 1)["白音"][-4:] == (0, 181, 1, "")


def test_days_after_the_term_are_not_days_without_insurance(desk: Desk) -> None:
    desk.clock = FixedClock(datetime(2021, 3, 1, 9))
    letters = unitletters.halves(desk, 2021, "first", FORESTRY)
    assert table(letters[0].letter, 1)["白音"][-3] == 0


def test_the_list_counts_what_each_unit_owes_and_adds_up(desk: Desk) -> None:
    sheet = unitletters.accountability(desk, 2019, "first").sheet
    rows = {str(row[1]): row[2:] for row in sheet.rows}
    assert rows[FORESTRY] == (2, 0, 1, 1, 1, 1, 4, "白音")
    assert rows[FINANCE] == (1, 1, 1, 0, 1, 1, 4, "龚彧")
    assert sheet.totals[0][2:9] == (3, 1, 2, 1, 2, 2, 8)
    assert [row[1] for row in sheet.rows] == [FORESTRY, FINANCE]


def test_a_half_year_that_has_not_begun_or_a_unit_without_people_is_refused(desk: Desk) -> None:
    for year, half, unit in ((2019, "second", "没有这个单位"), (2020, "first", ""), (2019, "third", "")):
        with pytest.raises(Refused):
            unitletters.halves(desk, year, half, unit)


def test_a_short_letter_keeps_to_one_page_in_readable_type(desk: Desk) -> None:
    enter(desk, "朝鲁", unit="自治区水利厅", since=date(2019, 6, 1))
    (one,) = unitletters.halves(desk, 2019, "first", "自治区水利厅")
    assert len(papers.sheets(desk, one.letter)) == 1
    assert one.letter.size >= 13


def test_letters_come_for_editing_and_for_printing(desk: Desk, tmp_path: Path) -> None:
    made = unitletters.write(desk, tmp_path / "函", 2019, "first")
    assert sorted(path.suffix for path in made) == [".docx", ".docx", ".pdf", ".pdf", ".pdf", ".xlsx"]
    whole, *beside = unitletters.write(desk, tmp_path / "全部.pdf", 2019, "first", editable=True)
    assert whole.read_bytes().startswith(b"%PDF")
    assert [path.suffix for path in beside] == [".docx", ".docx"]


def test_no_letter_goes_to_a_unit_that_is_not_registered_and_the_list_names_whose(desk: Desk, tmp_path: Path) -> None:
    enter(desk, "朝鲁", unit="")
    sheet = unitletters.accountability(desk, 2019, "first").sheet
    assert "朝鲁" in sheet.notes[-1]
    assert not any(name in sheet.notes[-1] for name in ("白音", "龚彧"))
    made = unitletters.write(desk, tmp_path / "函", 2019, "first")
    assert len(made) == 2 + 2 * 2
    assert not any("未登记" in path.name for path in made)
    whole, *beside = unitletters.write(desk, tmp_path / "全部.pdf", 2019, "first", editable=True)
    with closing(pypdfium2.PdfDocument(whole)) as document:
        pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    assert not any("派出单位未登记党委（党组）" in page for page in pages)
    assert len(beside) == 2
