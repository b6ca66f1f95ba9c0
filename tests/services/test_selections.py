"""The sheet of Article 3: every criterion in the measure's words, what is on record, room for opinion and seal."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.services.desks import enter
from tuopin_desktop.documents.official import Listing
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Person, Recommendation
from tuopin_desktop.services.office import disclosures, library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import selections
from tuopin_desktop.services.registers import registers


def pages_of(path: Path) -> list[str]:
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def criteria(desk: Desk, person: str) -> dict[str, tuple[str, str]]:
    listings = [block for block in selections.statement(desk, person).blocks if isinstance(block, Listing)]
    found = next(one for one in listings if one.columns[0].heading == "序号")
    return {str(row[1]): (str(row[2]), str(row[3])) for row in found.rows}


def test_the_criteria_are_the_words_of_the_measure_in_its_order() -> None:
    text = library.text("measure/2018-nmg.txt").replace("\n", "")
    assert "、".join(item.label for item in selections.CRITERIA) in text


def test_each_criterion_says_what_is_on_record(desk: Desk) -> None:
    posting = enter(desk, "白音", birth="1975-03", education="21", health="good")
    said = Recommendation(
        id=registers.new_id(desk), person=posting.person, politics="yes", conduct="no", signed=date(2018, 5, 28)
    )
    registers.save(desk, said)
    found = criteria(desk, posting.person)
    assert found["政治素质好"] == ("派出单位：符合（2018-05-28签署）", "√符合　□不符合")
    assert found["工作作风实"] == ("派出单位：不符合（2018-05-28签署）", "□符合　√不符合")
    assert found["熟悉基层工作"] == ("尚未登记", "□符合　□不符合")
    assert found["大专以上学历，身体健康"][0] == "学历、健康状况符合一般要求"
    assert found["年龄"][0].startswith("年龄符合：1975-03出生")


def test_who_is_over_the_line_or_not_posted_yet_is_said_so(desk: Desk) -> None:
    old = enter(desk, "老者", birth="1965-02")
    candidate = Person(id=registers.new_id(desk), name="候选人", birth="1980-01", rank="section")
    registers.save(desk, candidate)
    assert criteria(desk, old.person)["年龄"][0].startswith("【不符】1965-02出生")
    assert criteria(desk, candidate.id)["年龄"][0].startswith("年龄符合")
    assert set(selections.everybody(desk)) == {old.person, candidate.id}


def test_one_sheet_is_one_page_and_its_birth_is_noted_as_disclosed(desk: Desk, tmp_path: Path) -> None:
    long = enter(desk, "旺其格" * 4, birth="1965-02", reserve=True, unit="内蒙古自治区" * 6, post="副处长" * 6)
    short = enter(desk, "白音")
    path = selections.write(desk, tmp_path / "审查表.pdf", [long.person, short.person])
    pages = pages_of(path)
    assert len(pages) == 2
    assert all("党委（党组）意见" in page and "盖章" in page for page in pages)
    assert "选派人员条件审查表（含出生年月）" in [line.what for line in disclosures.lines(desk)]
    selections.write(desk, tmp_path / "审查表.docx", [short.person])
    with pytest.raises(Refused):
        selections.write(desk, tmp_path / "两人.docx", [long.person, short.person])
    with pytest.raises(Refused):
        selections.write(desk, tmp_path / "无人.pdf", [])


def test_what_the_unit_signed_is_not_written_over(desk: Desk) -> None:
    posting = enter(desk, "白音")
    said = Recommendation(id=registers.new_id(desk), person=posting.person, politics="yes", signed=date(2018, 5, 28))
    registers.save(desk, said)
    with pytest.raises(Refused):
        registers.save(desk, Recommendation(id=said.id, person=said.person, politics="no", signed=said.signed))
