"""Originals for personal files: everybody once, to who keeps his file, open until the receipt is here (E8)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.services.archives import termoffice
from tests.services.archives.termoffice import Term
from tuopin_desktop.domain.display import Sheet, Text
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.services.archives import personal, personalpapers
from tuopin_desktop.services.office import disclosures


@pytest.fixture
def term(tmp_path: Path) -> Iterator[Term]:
    made = termoffice.build(tmp_path / "o")
    with closing(made.desk):
        yield made


def words(sheets: list[Sheet]) -> str:
    return "".join(op.text for sheet in sheets for op in sheet.ops if isinstance(op, Text))


def test_everyone_ever_posted_is_in_exactly_one_list_of_the_unit_that_keeps_his_file(term: Term) -> None:
    everybody = {one.person for one in term.desk.store.rows(Posting)}
    listed = Counter(row.person for unit in personal.units(term.desk) for row in personal.people(term.desk, unit.unit))
    assert listed == dict.fromkeys(everybody, 1)
    assert {one.unit: one.people for one in personal.units(term.desk)} == {
        termoffice.LONG_UNIT[:100]: 1,
        "自治区林业和草原局": 2,
        personal.NO_UNIT: 1,
    }


def test_screen_and_paper_say_what_is_unsigned_unstamped_undated_and_that_only_originals_count(term: Term) -> None:
    desk, person = term.desk, term.two[0].person
    (row,) = personal.people(desk, persons=[person])
    assert [(one.name, one.lacks) for one in row.materials] == [
        ("2018年度考核材料", ("签字", "盖章")),
        ("综合考核材料", ("签字", "盖章", "形成时间")),
    ]
    notes = personalpapers.catalogue(desk, person).sheet.notes
    assert "只有本人和单位签字、盖章、写明日期的原件" in notes[0]
    assert "2份材料的原件还不齐：没有登记签字2份、盖章2份、形成时间1份" in notes[1]
    said = words(personalpapers.handover_list(desk, row.unit))
    assert "只有本人和单位签字" in said
    assert "缺签字、盖章、形成时间" in said
    assert personal.enter_originals(desk, [person], formed=date(2020, 12, 28)) == 2
    (row,) = personal.people(desk, persons=[person])
    assert row.unready == ()
    assert len(personalpapers.catalogue(desk, person).sheet.notes) == 1


def test_a_receipt_clears_the_open_list_and_what_comes_back_is_sent_again(term: Term) -> None:
    desk = term.desk
    two = [term.recalled.person, term.back[0].person]  # 李四 before 孙六
    (number,) = personal.send(desk, two, date(2021, 1, 10))
    assert number == "移交〔2021〕1号"
    assert [row.person for row in personal.people(desk, state=personal.SENT)] == two
    assert number in words(personalpapers.handover_list(desk, "自治区林业和草原局", number))
    with pytest.raises(Refused, match="已经送出"):
        personal.send(desk, two[:1])
    assert [row.person for row in personal.receipt(desk, number, "钱科长", persons=two[:1])] == two[1:]
    assert personal.receipt(desk, number, "钱科长") == []
    assert personal.people(desk, state=personal.SENT) == []
    with pytest.raises(Refused, match="没有等着回执"):
        personal.receipt(desk, number)
    assert personal.give_back(desk, two[:1], "未盖章") == 1
    (back,) = personal.people(desk, state=personal.RETURNED)
    assert (back.person, back.reason) == (two[0], "未盖章")
    assert personal.send(desk, two[:1]) == ["移交〔2021〕2号"]
    assert {row.person: row.state for row in personal.people(desk, "自治区林业和草原局")} == dict(
        zip(two, (personal.SENT, personal.RECEIVED), strict=True)
    )


def test_nothing_is_sent_tomorrow_nor_back_before_it_went(term: Term) -> None:
    desk, person = term.desk, term.recalled.person
    with pytest.raises(Refused, match="还没有到"):
        personal.send(desk, [person], date(2099, 1, 1))
    (number,) = personal.send(desk, [person], date(2021, 1, 10))
    with pytest.raises(Refused, match="“签收日期”早于“送出日期”"):
        personal.receipt(desk, number, "钱科长", date(1900, 1, 1))
    with pytest.raises(Refused, match="“退回日期”早于“送出日期”"):
        personal.give_back(desk, [person], "未盖章", date(2021, 1, 9))
    with pytest.raises(Refused, match="退回原因"):
        personal.give_back(desk, [person], "未盖章" * 100, date(2021, 1, 11))
    assert [row.state for row in personal.people(desk, state=personal.SENT)] == [personal.SENT]


def test_nothing_is_sent_to_a_unit_that_is_not_on_record(term: Term) -> None:
    with pytest.raises(Refused, match="没有登记派出单位"):
        personal.send(term.desk, [term.bare.person])


def test_the_folder_has_a_list_for_each_unit_and_two_papers_for_everybody(term: Term, tmp_path: Path) -> None:
    paths = personalpapers.write(term.desk, tmp_path / "out")
    folders = sorted(one.name for one in (tmp_path / "out").iterdir())
    assert [name[:4] for name in folders] == ["001-", "002-", "003-"]
    assert len(paths) == 3 + 2 * 4
    for path in paths:
        with closing(pypdfium2.PdfDocument(path)) as document:
            assert len(document) >= 1
    assert "归入个人档案的材料" in disclosures.lines(term.desk)[0].what
