"""工作经历证明 over the whole term: from the records alone, numbered at every print, with its gaps named (E9)."""

from collections.abc import Iterator
from contextlib import closing as closed_after
from datetime import date
from pathlib import Path

import pytest

from tests.services import closedteam
from tests.services.archives import termoffice
from tests.services.archives.termoffice import Term
from tuopin_desktop.documents.official import Letter, Listing, Paragraph
from tuopin_desktop.domain.attendance.closing import figures_of
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import MonthClose, Person, ServiceCertificate
from tuopin_desktop.services.archives import certificates
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.office import disclosures, papers
from tuopin_desktop.services.registers import registers


@pytest.fixture
def term(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Term]:
    made = termoffice.build(tmp_path_factory.mktemp("term") / "o")
    with closed_after(made.desk):
        yield made


def tables(letter: Letter) -> tuple[Listing, Listing]:
    posted, days = (one for one in letter.blocks if isinstance(one, Listing))
    return posted, days


def text(letter: Letter) -> str:
    return "\n".join(one.text for one in letter.blocks if isinstance(one, Paragraph))


def test_two_teams_are_one_paper_with_two_rows_and_their_papers(term: Term) -> None:
    letter = certificates.letter(term.desk, term.two[0].person)
    posted, days = tables(letter)
    assert [row[4] for row in posted.rows] == ["内党组〔2018〕7号", "内党组〔2019〕9号"]
    assert [row[5] for row in posted.rows] == ["工作需要\n内脱攻办〔2019〕3号", "期满"]
    assert "没有登记" not in text(letter).replace("2020年2月考勤没有结账", "")
    assert {row[1] for row in days.rows} == {"2018", "2019", "2020"}
    assert len(days.rows) == 4  # 2019 in either team


def test_days_are_those_of_the_closed_months_each_month_by_itself(term: Term) -> None:
    letter = certificates.letter(term.desk, term.two[0].person)
    _, days = tables(letter)
    assert days.rows[0][2:] == (*["／"] * 5, *["18.5"] * 7, "129.5")
    whole = sum(float(str(row[-1])) for row in days.rows)
    assert days.totals[0][-1] == f"{whole:g}" == f"{30 * 18.5:g}"
    assert days.rows[-1][3] == "未结"
    assert "2020年2月考勤没有结账" in text(letter)


def test_a_month_is_as_it_was_closed_and_not_counted_anew(tmp_path: Path) -> None:
    desk, posted = closedteam.closed(tmp_path / "o")
    with closed_after(desk):
        person = posted["李四"].person
        (close,) = desk.store.rows(MonthClose)
        (days,) = (one.days for one in figures_of(close) if one.posting == posted["李四"].id)
        termoffice.put(desk, registers.get(desk, Person, person))  # nothing new
        assert tables(certificates.letter(desk, person))[1].rows[0][7] == f"{days:g}"
        closing.correct(desk, posted["李四"].id, date(2018, 6, 5), "ol/ol", "当日请假漏登")
        letter = certificates.letter(desk, person)
        assert tables(letter)[1].rows[0][7] == f"{days:g}"
        assert any("考勤更正单" in note for note in tables(letter)[1].notes)


def test_recall_replacement_and_return_stand_with_the_papers_they_rest_on(term: Term) -> None:
    (recalled,) = tables(certificates.letter(term.desk, term.recalled.person))[0].rows
    assert recalled[5] == "召回\n内脱攻办〔2019〕1号"
    first, second = tables(certificates.letter(term.desk, term.back[0].person))[0].rows
    assert (first[5], second[5]) == ("身体原因\n内脱攻办〔2018〕9号", "期满")


def test_what_is_not_on_record_is_named_and_never_invented(term: Term) -> None:
    letter = certificates.letter(term.desk, term.bare.person)
    ((_, span, _, _, paper, ended),) = tables(letter)[0].rows
    assert str(span).endswith("至\n（没有登记）")
    assert (paper, ended) == ("（没有登记）", "")
    said = text(letter)
    for gap in ("选派文号没有登记", "派驻止没有登记", "2020年2月考勤没有结账", "公民身份号码（没有登记）"):
        assert gap in said


def test_every_print_has_the_next_number_a_line_of_disclosure_and_the_log_of_the_one_before(term: Term) -> None:
    desk, person = term.desk, term.two[0].person
    first, again = (certificates.issue(desk, person, purpose) for purpose in ("职称评审", ""))
    other = certificates.issue(desk, term.recalled.person)
    numbers = [one.record.number for one in (first, again, other)]
    assert numbers == ["经历证明〔2021〕1号", "经历证明〔2021〕2号", "经历证明〔2021〕3号"]
    assert (first.record.first, again.record.first) == ("", numbers[0])
    assert f"本次为第2次出具，首次编号{numbers[0]}" in text(again.letter)
    assert "内容相同" in text(again.letter)
    assert [one.number for one in certificates.of_person(desk, person)] == numbers[:2]
    noted = [one.what for one in disclosures.lines(desk) if "工作经历证明" in one.what]
    assert [number in what for number, what in zip(reversed(numbers), noted, strict=True)] == [True] * 3


def test_a_purpose_that_is_too_long_is_refused_and_takes_no_number(term: Term) -> None:
    with pytest.raises(Refused, match="用途"):
        certificates.issue(term.desk, term.two[0].person, "职称" * 60)
    assert certificates.issue(term.desk, term.two[0].person).record.number.endswith("1号")


def test_nobody_who_was_never_posted_gets_one(term: Term) -> None:
    person = registers.save(term.desk, Person(id=registers.new_id(term.desk), name="钱七"))
    with pytest.raises(Refused, match="没有这个人的派驻记录"):
        certificates.issue(term.desk, person.id)
    assert not [one for one in term.desk.store.rows(ServiceCertificate) if one.person == person.id]


def test_three_years_and_a_long_unit_keep_to_two_pages(term: Term) -> None:
    sheets = papers.sheets(term.desk, certificates.letter(term.desk, term.two[0].person))
    assert 1 <= len(sheets) <= 2
