"""The circular of a month: an official paper with every team or person, what does not comply, honest without data."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.documents.conftest import by_pdfplumber
from tests.documents.wordfiles import paragraphs, tables
from tests.domain.rules.build import ruling
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.documents.official import Letter, Listing
from tuopin_desktop.domain.attendance.presencerate import OPEN, REACHED, SHORT
from tuopin_desktop.domain.policy import with_rulings
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Attendance, Dispatch, LeaveSlip, Person, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registerlists, registers
from tuopin_desktop.services.reporting.circular import circular, numbered
from tuopin_desktop.services.reporting.monthly import monthly

MONTH = "2019-05"
WORKDAYS = [
    day for day in range(5, 32) if date(2019, 5, day).weekday() < 5 or day == 5
]  # the 5th was worked for the 3rd
NAMES = ("阿拉坦其其格", "包𬱟", "龑彧", "张淼堃", "额尔德尼朝鲁·乌云")


def keyed(desk: Desk, posting: Posting, worked: int, known: int = 31, code: str = "vw") -> None:
    """Enter May: so many workdays worked in a village, the rest of the known days at rest."""
    at_work = WORKDAYS[:worked]
    days: dict[str, Any] = {
        f"d{day:02d}": f"{code}/{code}" if day in at_work else "tr/tr" for day in range(1, known + 1)
    }
    registers.save(desk, Attendance(id=f"{posting.id}/{MONTH}", posting=posting.id, month=MONTH, **days))


def at(desk: Desk, day: date) -> Desk:
    desk.clock = FixedClock(datetime(day.year, day.month, day.day, 9))
    return desk


@pytest.fixture
def county(tmp_path: Path) -> Any:
    desk = at(open_office(tmp_path), date(2019, 6, 3))
    postings = [enter(desk, name) for name in NAMES]
    keyed(desk, postings[0], 21)
    keyed(desk, postings[1], 20)
    keyed(desk, postings[2], 12)
    keyed(desk, postings[3], 4, known=10)
    slip = LeaveSlip(
        id=registers.new_id(desk), form="member", posting=postings[4].id, name=NAMES[4], post="队员", place="呼和浩特",
        period="2019-05-06am/2019-05-08pm", reason="开会", leave_type="official", number="2019-0001",
        filled=date(2019, 5, 5),
    )  # fmt: skip
    registers.save(desk, slip)
    yield desk
    desk.close()


def posting_of(desk: Desk, name: str) -> Posting:
    people = {one.id for one in desk.store.rows(Person) if one.name == name}
    return next(one for one in desk.store.rows(Posting) if one.person in people)


def words(letter: Letter) -> str:
    return "".join(getattr(block, "text", "") for block in letter.blocks)


def test_people_are_told_apart_by_what_is_known_of_their_month(county: Desk) -> None:
    made = monthly(county, MONTH)
    states = {one.name: one.state for one in made.people}
    assert [states[name] for name in NAMES] == [REACHED, REACHED, SHORT, OPEN, OPEN]
    assert len(made.slips) == 1


def test_the_county_circular_names_everybody_and_what_to_put_right(county: Desk) -> None:
    letter = circular(county, MONTH)
    said = words(letter)
    assert "总队在派5人，2人达到应满天数，1人不足，2人考勤登记不全，达标率登记不足，不作比率（已登记60%）" in said
    assert "人均在旗县工作17.7天" in said
    assert "不符情况在旗县工作不足1人：龑彧12天。" in said
    assert not any(word in said for word in ("红色", "黄色", "疑似"))
    assert set(said.partition("考勤登记不全2人：")[2].partition("。")[0].split("、")) == {NAMES[3], NAMES[4]}
    assert {row[0] for row in tables(papers.docx(county, letter))[0][1:]} == {*NAMES, "合计"}


def test_an_absence_nobody_has_judged_is_told_by_number_and_never_by_name(county: Desk) -> None:
    posting = posting_of(county, NAMES[4])
    away: dict[str, Any] = {f"d{day:02d}": "ol/ol" for day in range(9, 27)}
    registers.save(county, Attendance(id=f"{posting.id}/{MONTH}", posting=posting.id, month=MONTH, **away))
    said = words(circular(county, MONTH))
    assert "离开驻地没有批准的假、待核的1人" in said
    assert "离岗超过界限" not in said


def test_both_files_are_the_same_each_time_and_the_type_is_the_standards(county: Desk) -> None:
    letter = circular(county, MONTH)
    assert (letter.size, letter.leading) == (16, 28)
    assert papers.pdf(county, letter) == papers.pdf(county, circular(county, MONTH))
    assert papers.docx(county, letter) == papers.docx(county, circular(county, MONTH))
    assert letter.number == "", "a paper without a number has no place kept for one"
    assert circular(county, MONTH, number="翁驻队〔2019〕3号").number == "翁驻队〔2019〕3号"


def test_the_region_has_all_its_teams_in_an_annex_that_adds_up(tmp_path: Path) -> None:
    desk = at(open_office(tmp_path, level="region"), date(2019, 6, 3))
    try:
        for code in desk.vocabulary["旗县"].labels:
            keyed(desk, enter(desk, "额尔德尼朝鲁·乌云", county=code), 12)
        letter = circular(desk, MONTH)
        (listing,) = [one for one in letter.blocks if isinstance(one, Listing)]
        pages = by_pdfplumber(papers.pdf(desk, letter))
        named = "".join(page.replace("\n", "") for page in pages)
        assert all(name in named for name in desk.vocabulary["旗县"].labels.values())
        (total,) = listing.totals
        assert [total[at] for at in (2, 3, 4, 5)] == [
            sum(int(str(row[at])) for row in listing.rows) for at in (2, 3, 4, 5)
        ]
        assert "等57人" in words(letter)
        assert letter.attachments == ("各工作总队2019年5月出勤情况表",)
        assert "办公室成员，各盟市委组织部。" in "".join(paragraphs(papers.docx(desk, letter)))
    finally:
        desk.close()


def test_a_running_month_says_until_when_and_one_to_come_is_refused(county: Desk) -> None:
    at(county, date(2019, 5, 20))
    assert "截至2019年5月20日，本月尚未结束" in words(circular(county, MONTH))
    for text in ("2019-06", "2019-13", "五月", ""):
        with pytest.raises(Refused) as refused:
            circular(county, text)
        assert refused.value.problems[0].fields == ("month",)


@pytest.mark.parametrize("level", ["county", "region"])
def test_an_office_without_people_says_so(tmp_path: Path, level: str) -> None:
    desk = at(open_office(tmp_path, level=level), date(2019, 6, 3))
    try:
        letter = circular(desk, MONTH)
        assert "没有在派人员" in words(letter)
        assert papers.pdf(desk, letter)
        assert papers.docx(desk, letter)
    finally:
        desk.close()


def handed_over(desk: Desk, worked: int) -> str:
    """Enter somebody deputy until 15 May and leader since that day, which both months have; return the state."""
    first = enter(desk, "宝音", "deputy", until=date(2019, 5, 15))
    second = Posting(
        id=registers.new_id(desk), person=first.person, county=first.county, position="leader", since=date(2019, 5, 15)
    )
    registers.save(desk, second)
    at_work = WORKDAYS[:worked]
    for posting, days in ((first, range(1, 16)), (second, range(15, 32))):
        marks: dict[str, Any] = {f"d{day:02d}": "vw/vw" if day in at_work else "tr/tr" for day in days}
        registers.save(desk, Attendance(id=f"{posting.id}/{MONTH}", posting=posting.id, month=MONTH, **marks))
    (state,) = {one.state for one in monthly(desk, MONTH).people if one.name == "宝音"}
    return state


@pytest.mark.parametrize(("worked", "state"), [(19, SHORT), (20, REACHED)])
def test_a_day_of_hand_over_counts_once_in_the_rate(county: Desk, worked: int, state: str) -> None:
    assert handed_over(county, worked) == state


@pytest.mark.parametrize(("ruled", "state"), [("", OPEN), ("never", SHORT)])
def test_blank_rest_days_that_cannot_count_leave_no_month_open(county: Desk, ruled: str, state: str) -> None:
    posting = enter(county, "斯琴")
    days: dict[str, Any] = {f"d{day:02d}": "vw/vw" if day in WORKDAYS[:19] else "ol/ol" for day in WORKDAYS}
    registers.save(county, Attendance(id=f"{posting.id}/{MONTH}", posting=posting.id, month=MONTH, **days))
    rulings = [ruling("presence.rest_day_in_county", ruled)] if ruled else []
    policy = with_rulings(judging.policy_on(county, county.today()), rulings, county.today())
    assert next(one.state for one in monthly(county, MONTH, policy=policy).people if one.name == "斯琴") == state


def test_a_circular_takes_the_next_number_of_its_office_once_and_bears_it(county: Desk) -> None:
    with pytest.raises(Refused, match="还没有填机关代字"):
        numbered(county, MONTH)
    registers.save(county, changed(county.office, dispatch_code="翁驻队"))
    assert numbered(county, MONTH).number == "翁驻队〔2019〕1号"
    assert circular(county, MONTH).number == "翁驻队〔2019〕1号"
    assert numbered(county, MONTH).number == "翁驻队〔2019〕1号", "asked twice it keeps its number"
    assert numbered(county, "2019-04").number == "翁驻队〔2019〕2号"
    (second,) = [one for one in county.store.rows(Dispatch) if one.number.endswith("2号")]
    registers.save(county, changed(second, deleted=True))
    assert numbered(county, "2019-04").number == "翁驻队〔2019〕3号", "a number that was struck is not given again"
    rows = registerlists.printed(county, "dispatch").rows
    assert len(rows) == 2
    assert "翁驻队〔2019〕1号" in "".join(by_pdfplumber(papers.pdf(county, circular(county, MONTH))))
