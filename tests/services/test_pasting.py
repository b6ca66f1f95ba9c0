"""Rows copied in Excel or WPS go the way of a sheet: rehearsed, asked, written at once, and taken back at once."""

from dataclasses import dataclass

import msgspec
import pytest

from tests.services.desks import enter
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.record import Scalar, scalars
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake, takeback
from tuopin_desktop.services.sheets.sources import HEADS, Clip

TEXT = "姓名\t性别\t队内职务\t派驻时间\n甲某\t男\t队长\t2018-06-01\n乙某\t未知\t队员\t2018年6月1日\n"
WPS = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>
.xl65{mso-number-format:"@";}
.font7{text-decoration:line-through;}
</style></head><body><table border=0><col width=72>
<tr height=18><td class=xl65 rowspan=1>姓名</td><td>性别</td>
<td>队内<br>职务</td><td>派驻时间</td><td>公民身份号码</td></tr>
<tr><td>甲某</td><td x:str>男</td><td>队长</td><td align=right x:num="43252">2018/6/1</td>
<td x:num="150426196508211438">1.50426E+17</td></tr>
<tr><td class="xl65 font7">乙某</td><td>男</td><td>队员</td><td>2018/6/1</td><td></td></tr>
</table></body></html>"""
HEADINGS = ("姓名", "性别", "队内职务", "派驻起", "状态")


def _people(desk: Desk) -> dict[str, dict[str, Scalar]]:
    return {str(one["name"]): one for record in registers.rows(desk, "person") if (one := dict(scalars(record)))}


def test_tabbed_text_is_rehearsed_with_the_reason_for_each_cell_that_is_no_good(desk: Desk) -> None:
    preview = intake.preview(desk, "roster", Clip("", TEXT))
    assert (preview.counts.new, preview.counts.rejected) == (1, 1)
    assert [(row, head) for row, head, _ in preview.messages()] == [(3, "性别")]
    assert registers.rows(desk, "person") == []


def test_a_line_end_inside_a_copied_cell_parts_no_row(desk: Desk) -> None:
    text = 'X\n姓名\t"队内\n职务"\t性别\t派驻时间\n甲某\t队长\t男\t2018-06-01'.removeprefix("X\n")
    assert intake.preview(desk, "roster", Clip("", text)).counts.new == 1


def test_what_wps_writes_as_html_is_read_whole_and_what_is_struck_out_is_asked(desk: Desk) -> None:
    preview = intake.preview(desk, "roster", Clip(WPS, "something else"))
    assert (preview.counts.new, preview.counts.pending) == (1, 1)
    takeback.confirm(desk, preview)
    assert _people(desk)["甲某"]["id_number"] == "150426196508211438"


def test_rows_without_headings_are_asked_about_and_read_by_those_of_the_list(desk: Desk) -> None:
    clip = Clip("", "甲某\t男\t队长\t2018-06-01\n", HEADINGS)
    asked = intake.preview(desk, "roster", clip)
    assert [question.code for question in asked.open] == [HEADS]
    assert (asked.counts.new, asked.counts.pending) == (0, 1)
    assert intake.preview(desk, "roster", clip, answers={HEADS: "list"}).counts.new == 1
    with pytest.raises(Refused, match="连同标题行"):
        intake.preview(desk, "roster", clip, answers={HEADS: "skip"})


@pytest.mark.parametrize("text", ["", "\t\t\n\t", "只是一句话", "1\t2\t3\t4\t5\t6\t7"])
def test_what_is_no_table_gets_a_sentence(desk: Desk, text: str) -> None:
    with pytest.raises((Refused, Trouble), match="复制"):
        intake.preview(desk, "roster", Clip("", text, HEADINGS))


@dataclass
class Office:
    """An office with one person, and an import that changes him and brings another."""

    desk: Desk
    imported: takeback.Imported


@pytest.fixture
def office(desk: Desk) -> Office:
    enter(desk, "甲某", "leader")
    text = (
        "姓名\t性别\t民族\t队内职务\t派驻时间\n甲某\t男\t蒙古族\t队长\t2018-06-01\n乙某\t男\t汉族\t队员\t2018-06-01\n"
    )
    imported = takeback.confirm(desk, intake.preview(desk, "roster", Clip("", text)))
    return Office(desk, imported)


def test_an_import_is_taken_back_as_a_whole(desk: Desk) -> None:
    enter(desk, "甲某", "leader")
    before = _people(desk)
    text = "姓名\t民族\t队内职务\t派驻时间\n甲某\t蒙古族\t队长\t2018-06-01\n乙某\t汉族\t队员\t2018-06-01\n"
    preview = intake.preview(desk, "roster", Clip("", text))
    imported = takeback.confirm(desk, preview)
    assert len(_people(desk)) == 2
    assert "撤销" in takeback.take_back(desk, imported)
    assert _people(desk) == before


def test_what_was_entered_since_is_not_taken_back_with_it(office: Office) -> None:
    desk = office.desk
    other = next(one for one in registers.rows(desk, "posting") if one.id in {x.id for x in office.imported.after})
    slip = leave.draft(desk, other.id, desk.today())
    leave.save(desk, msgspec.structs.replace(slip, place="某地", period="2018-06-05am/2018-06-06pm", reason="某事"))
    with pytest.raises(Refused, match="没有撤销"):
        takeback.take_back(desk, office.imported)
    assert len(_people(desk)) == 2


def test_a_record_altered_since_keeps_the_import(office: Office) -> None:
    desk = office.desk
    record = next(one for one in registers.rows(desk, "person") if getattr(one, "name", "") == "乙某")
    registers.save(desk, msgspec.structs.replace(record, unit="某局"))
    with pytest.raises(Refused, match="又改动过"):
        takeback.take_back(desk, office.imported)
