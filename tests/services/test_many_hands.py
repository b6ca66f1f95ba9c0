"""A sheet changed in forty ways a person would: every value arrives equal, or the part is named first."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from tests.services.desks import open_office
from tuopin_desktop.domain.intake import Status
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.sheets import intake

HEADING = ["姓名", "性别", "民族", "出生年月", "政治面貌", "派出单位", "原任职务", "手机", "队内职务", "来源", "派驻起"]
PEOPLE = [
    ["王试四", "男", "蒙古族", "1975.06", "中共党员", "测试厅", "科长", "13900001004", "队员", "区直", "2018-06-05"],
    ["王试五", "女", "汉族", "1980.11", "中共党员", "测试厅", "科员", "13900001005", "队员", "区直", "2018-06-12"],
    ["额尔德尼·朝鲁", "男", "蒙古族", "1990.02", "群众", "测试局", "科员", "13900001006", "队员", "区直", "2018-06-05"],
]
Sheet = Any


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with closing(open_office(tmp_path_factory.mktemp("office"))) as desk:
        yield desk


def values(preview: intake.Preview) -> dict[str, tuple[object, ...]]:
    """Return what would be written, by name."""
    keys = ("sex", "ethnicity", "birth", "political", "unit", "post", "phone")
    rows = [plan.row.values for part in preview.parts for plan in part.plans if plan.action in ("new", "changed")]
    return {
        str(row["person.name"]): (
            *(row.get(f"person.{key}") for key in keys),
            row.get("posting.position"),
            row.get("posting.source_level"),
            row.get("posting.since"),
        )
        for row in rows
    }


def book(tmp_path: Path, change: Callable[[Sheet], object] = lambda sheet: None) -> Path:
    whole = openpyxl.Workbook()
    sheet = whole.active
    sheet.title = "花名册"
    for line in (HEADING, *PEOPLE):
        sheet.append(line)
    change(sheet)
    whole.save(tmp_path / "花名册.xlsx")
    return tmp_path / "花名册.xlsx"


def headings(*pairs: tuple[int, str]) -> Callable[[Sheet], None]:
    def change(sheet: Sheet) -> None:
        for place, text in pairs:
            sheet.cell(1, place).value = text

    return change


def cell(row: int, column: int, value: object) -> Callable[[Sheet], None]:
    def change(sheet: Sheet) -> None:
        sheet.cell(row, column).value = value

    return change


def every(column: int, *texts: object) -> Callable[[Sheet], None]:
    def change(sheet: Sheet) -> None:
        for row, text in enumerate(texts, 2):
            sheet.cell(row, column).value = text

    return change


def title(sheet: Sheet) -> None:
    sheet.insert_rows(1, 2)
    sheet["A1"] = "翁牛特旗派驻干部花名册（2018年6月）"
    sheet.merge_cells("A1:K1")
    sheet["A2"] = "填报单位：翁牛特旗"


def total(sheet: Sheet) -> None:
    sheet.append(["合计", "3人"])
    sheet.append(["填表人：张三", None, "审核人：李四"])


def numbered(sheet: Sheet) -> None:
    sheet.insert_cols(1)
    for row, text in enumerate(["序号", 1, 2, 3], 1):
        sheet.cell(row, 1).value = text


def two_rows(sheet: Sheet) -> None:
    sheet.insert_rows(1)
    for place, text in ((1, "基本情况"), (6, "单位职务"), (8, "联系"), (9, "派驻情况")):
        sheet.cell(1, place).value = text
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("I1:K1")


def three_rows(sheet: Sheet) -> None:
    two_rows(sheet)
    sheet.insert_rows(1)
    sheet["A1"] = "派驻人员"
    sheet.merge_cells("A1:K1")


def moved(sheet: Sheet) -> None:
    sheet.move_range("A1:K4", rows=5, cols=3)


def turned(sheet: Sheet) -> None:
    lines = [[one.value for one in reversed(line)] for line in sheet.iter_rows()]
    for row, line in enumerate(lines, 1):
        for place, value in enumerate(line, 1):
            sheet.cell(row, place).value = value


def merged_units(sheet: Sheet) -> None:
    sheet.merge_cells("F2:F3")


def struck(sheet: Sheet) -> None:
    for one in sheet[3]:
        one.font = Font(strike=True)


def struck_cell(sheet: Sheet) -> None:
    sheet["H3"].font = Font(strike=True)


def coloured(sheet: Sheet) -> None:
    for one in sheet[3]:
        one.fill = PatternFill("solid", fgColor="FFFFFF00")


def hidden(sheet: Sheet) -> None:
    sheet.row_dimensions[3].hidden = True


def remark(sheet: Sheet) -> None:
    sheet["A3"].comment = Comment("已调离", "张三")


def second_sheet(sheet: Sheet) -> None:
    other = sheet.parent.create_sheet("第二组")
    other.append(HEADING)
    other.append(["李试一", *PEOPLE[0][1:]])


def second_book(sheet: Sheet) -> None:
    sheet.parent.create_sheet("说明").append(["本表由各旗县填报，如有变动请及时上报"])


def abreast(sheet: Sheet) -> None:
    for row, line in enumerate([HEADING, ["李试一", *PEOPLE[0][1:]]], 1):
        for place, value in enumerate(line, 13):
            sheet.cell(row, place).value = value


def split_periods(sheet: Sheet) -> None:
    sheet["L1"], sheet["L2"] = "派驻止", "2019年6月4日"


def zeros(sheet: Sheet) -> None:
    for _ in range(3):
        sheet.append([0] * len(HEADING))


def groups(sheet: Sheet) -> None:
    sheet.insert_rows(2)
    sheet["A2"] = "一、翁牛特旗工作总队"


HANDS: dict[str, Callable[[Sheet], object]] = {
    "as it was": lambda sheet: None,
    "a title above": title,
    "totals and signatures below": total,
    "a column of numbers before": numbered,
    "a group title over the headings": two_rows,
    "three rows of headings": three_rows,
    "moved down and to the right": moved,
    "columns in another order": turned,
    "units merged over two rows": merged_units,
    "remarks in the headings": headings(
        (1, "*姓名（必填）"), (2, "性别（男/女）"), (4, "出生年月（如1970.05）"), (8, "手机（11位）")
    ),
    "line breaks in the headings": headings((4, "出生\n年月"), (5, "政治\n面貌"), (11, "派驻起\n（年月日）")),
    "English beside the headings": headings((1, "姓名 Name"), (2, "性别/Sex"), (6, "派出单位\nUnit")),
    "Mongolian beside the headings": headings((1, "姓名\nᠨᠡᠷ᠎ᠡ"), (3, "民族 ᠦᠨᠳᠦᠰᠦᠲᠡᠨ")),
    "database names beside the headings": headings((1, "A0101姓名"), (2, "A0104 性别"), (4, "出生年月(A0107)")),
    "traditional characters": headings(
        (5, "政治面貌"), (6, "派出單位"), (7, "原任職務"), (8, "手機"), (9, "隊內職務"), (11, "派駐起")
    ),
    "days in Chinese numerals": every(11, "二〇一八年六月五日", "二零一八年六月十二日", "二○一八年六月五日"),
    "days with their weekday": every(11, "2018年6月5日（星期二）", "2018-06-12 周二", "2018.6.5(二)"),
    "days with a wrong weekday": cell(2, 11, "2018年6月5日（星期三）"),
    "days with a short year": every(11, "18.6.5", "18年6月12日", "18/6/5"),
    "births in words": every(4, "一九七五年六月", "80.11", "1990年2月生"),
    "lunar days": cell(2, 11, "二〇一八年四月廿二（农历）"),
    "a name with a remark": cell(2, 1, "王试四（男，蒙古族）"),
    "a name with an unknown remark": cell(2, 1, "王试四（兼）"),
    "two names in a cell": cell(2, 1, "王试四、王试六"),
    "a numbered name": cell(2, 1, "1.王试四"),
    "a name with a star": cell(2, 1, "王试四★"),
    "a row struck out": struck,
    "a cell struck out": struck_cell,
    "a coloured row": coloured,
    "a hidden row": hidden,
    "a comment": remark,
    "a second sheet that fits": second_sheet,
    "a second sheet of notes": second_book,
    "a second block beside": abreast,
    "an end beside the beginning": split_periods,
    "formulas that show 0": zeros,
    "a group title among the rows": groups,
    "a heading that is none of ours": headings((7, "职务及职级")),
    "a heading of somebody else's": headings((8, "电话（家属）")),
    "a formula nobody has reckoned": cell(2, 8, '="13900001004"'),
}


@pytest.mark.parametrize("hand", HANDS)
def test_every_value_arrives_equal_or_the_part_is_named(desk: Desk, tmp_path: Path, hand: str) -> None:
    usual = values(intake.preview(desk, "roster", book(tmp_path)))
    assert len(usual) == len(PEOPLE)
    preview = intake.preview(desk, "roster", book(tmp_path, HANDS[hand]))
    arrived = values(preview)
    named = bool(preview.open) or any(cell.status is Status.ERROR for row in preview.intake.rows for cell in row.cells)
    assert arrived == usual or named
    assert all(usual.get(name) == row or named for name, row in arrived.items())
    if hand not in NAMED:
        assert arrived == usual, list(preview.messages())
    else:
        assert named


NAMED = {
    "days with a wrong weekday",
    "lunar days",
    "a name with an unknown remark",
    "two names in a cell",
    "a numbered name",
    "a name with a star",
    "a row struck out",
    "a cell struck out",
    "a coloured row",
    "a hidden row",
    "a comment",
    "a second sheet that fits",
    "a second block beside",
    "a heading that is none of ours",
    "a heading of somebody else's",
    "a formula nobody has reckoned",
}
"""The changes that must be asked about; after all others every value arrives equal."""
