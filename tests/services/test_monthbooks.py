"""The attendance book on paper and as a workbook: everything on it, nothing cut off, and the state it is printed in."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing as closed
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.documents.conftest import by_pdfplumber, plumbed
from tests.services.closings import at, key
from tests.services.desks import enter, open_office, over
from tuopin_desktop.domain.display import Line, Text
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Attendance, Posting
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.services.attendance import closing, monthbooks
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

LONG = "努尔买买提·阿布都热西提·吐尔逊江·阿布都克里木·买买提"
MARKS = ("vw/cw", "hw/ol", "cw/cw", "ot/ot", "ou/vw", "tw/pw", "on/o?")


def team(folder: Path, size: int, month: str = "2018-10", **said: Any) -> tuple[Desk, list[Posting]]:
    desk = open_office(folder, clerk="包图雅", **said)
    names = ["张三", LONG[:25], "苏布达其其格", *(f"队员{number}" for number in range(3, size))]
    posted = [
        enter(desk, name, ("leader", "deputy")[place] if place < 2 else "member") for place, name in enumerate(names)
    ]
    for place, posting in enumerate(posted):
        days = {f"d{day:02d}": MARKS[(day + place) % len(MARKS)] for day in range(1, 29)}
        key(desk, posting, month, "cr/cr", **days)
    return desk, posted


@pytest.fixture
def five(tmp_path: Path) -> Iterator[Desk]:
    desk, _ = team(tmp_path / "five", 5)
    desk = at(desk, "2018-11-05")
    yield desk
    desk.close()


@pytest.mark.parametrize("size", [5, 8, 20])
def test_everything_stands_inside_its_page_and_the_heading_on_every_page(tmp_path: Path, size: int) -> None:
    desk, _ = team(tmp_path / "office", size)
    with closed(at(desk, "2018-11-05")) as desk:
        made = monthbooks.month_book(desk, "2018-10")
        raw = monthbooks.pdf(desk, made)
        assert not [gap for sheet in monthbooks.sheets(desk, made) for gap in sheet.missing]
    with plumbed(raw) as document:
        for place, page in enumerate(document.pages, 1):
            assert (round(page.width), round(page.height)) == (842, 595)
            text = "".join(char["text"] for char in page.chars)
            assert f"第{place}页共{len(document.pages)}页" in text.replace(" ", "")
            assert "序号" in text
            assert min(char["x0"] for char in page.chars) >= 10 / 25.4 * 72 - 0.5
            assert max(char["x1"] for char in page.chars) <= (297 - 10) / 25.4 * 72 + 1
            assert max(char["bottom"] for char in page.chars) <= (210 - 12) / 25.4 * 72
        assert len(document.pages) == {5: 1, 8: 1, 20: 2}[size]
    whole = "".join(by_pdfplumber(raw))
    assert LONG[:25] in whole.replace("\n", "")
    for words in ("总队长签字", "考勤员", "审核", "合计", "填报单位（盖章）", "未结账"):
        assert words in whole


def test_no_sign_touches_a_rule_beside_it(five: Desk) -> None:
    (sheet,) = monthbooks.sheets(five, monthbooks.month_book(five, "2018-10"))
    words = [op for op in sheet.fields if isinstance(op, Text) and op.y < 100]
    marks = [op for op in words if op.text in ("√", "假", "差", "旷", "训")]
    uprights = sorted({line.x0 for line in sheet.fields if isinstance(line, Line) and line.x0 == line.x1})
    assert len(marks) > 100
    for op in marks:
        left = max(x for x in uprights if x <= op.x + 0.01)
        right = min(x for x in uprights if x > op.x)
        assert left <= op.x
        assert op.x + op.size / 72 * 25.4 * 0.95 <= right + 0.3


def test_rest_days_are_grey_and_totals_add_up(five: Desk) -> None:
    made = monthbooks.month_book(five, "2018-10")
    assert [day.number for day in made.days if day.rest] == [1, 2, 3, 4, 5, 6, 7, 13, 14, 20, 21, 27, 28]
    assert [day.weekday for day in made.days[:3]] == ["一", "二", "三"]
    (sheet,) = monthbooks.sheets(five, made)
    assert sum(getattr(op, "grey", 0) > 0 for op in sheet.fields) == 13
    # 28 days are four times the seven marks; the Office's training counts to the twenty days, though away (Q4).
    assert made.lines[0].totals == (20, 18, 16, 10, 6, 2, 2)
    assert made.sums[1:3] == (90, 80)
    firsts = [line.marks[0] or ("", "") for line in made.lines]
    assert made.presence[0] == tuple(str(sum(pair[half] in "√户点牧○" for pair in firsts)) for half in (0, 1))


def test_the_state_is_printed_and_corrections_beside_the_closed_figure(five: Desk) -> None:
    assert monthbooks.month_book(five, "2018-10").state == "未结账"
    closing.close(five, "2018-10")
    posting = five.store.rows(Posting)[0]
    first = closing.correct(five, posting.id, date(2018, 10, 31), "√", "补交签到簿", paper="签到簿")
    made = monthbooks.month_book(five, "2018-10")
    assert made.state == "2018年11月5日结账"
    name = next(line.name for line in made.lines if line.totals[1] == 19)
    change, *others = made.notes
    assert change == f"更正：{name}结账登记18天，更正后19天（更正单2018-0001）"
    assert [one[:22] for one in others] == ["按管理办法第十六条计的无正当理由离岗（无已批"]
    text = "".join(by_pdfplumber(monthbooks.correction_pdf(five, [first])))
    for words in (
        "考勤更正单",
        "2018-0001",
        "原登记：上午旗县休息，下午旗县休息",
        "更正为：上午嘎查村工作",
        "签到簿",
        "18天，更正后19天",
    ):
        assert words in text
    listed = monthbooks.correction_list(five, 2018)
    assert books.lines(listed)[1].startswith(f"2018-0001\t{name}\t2018-10-31\t休\t√\t补交签到簿")
    assert monthbooks.correction_list(five, 2019).rows == ()


@pytest.mark.parametrize(("month", "length"), [("2020-02", 29), ("2019-02", 28), ("2018-12", 31)])
def test_a_blank_book_has_names_and_days_and_nothing_else(tmp_path: Path, month: str, length: int) -> None:
    desk = open_office(tmp_path / "office", practice=True)
    enter(desk, "张三", "leader")
    enter(desk, "李四", since=date(int(month[:4]), int(month[5:]), 11))
    with closed(desk):
        made = monthbooks.month_book(desk, month, blank=True)
        assert len(made.days) == length
        assert made.lines[0].marks == (("", ""),) * length
        assert made.lines[1].marks == (None,) * 10 + (("", ""),) * (length - 10)
        assert set(made.lines[0].totals) == {""}
        text = "".join(by_pdfplumber(monthbooks.pdf(desk, made)))
    assert "张三" in text
    assert "练习数据  不作凭证" in text
    assert "空白簿" in text


def test_rest_days_worked_without_a_log_are_said_under_the_table(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "office")
    posting = enter(desk, "张三", "leader")
    days = dict.fromkeys(DAYS[:30], "vw/vw")
    with over(desk, date(2018, 6, 30)):
        registers.save(desk, Attendance(id=f"{posting.id}/2018-06", posting=posting.id, month="2018-06", **days))  # type: ignore[arg-type]  # days by name
    with closed(at(desk, "2018-07-02")) as desk:
        made = monthbooks.month_book(desk, "2018-06")
    assert made.lines[0].totals[1:3] == (20, 30)
    assert made.notes == ("休息日登记在旗县工作而没有工作日志的，不计入“计入”：张三10天。",)


def test_a_month_without_anybody_has_no_book(five: Desk) -> None:
    with pytest.raises(Refused, match="没有派驻人员"):
        monthbooks.month_book(five, "2017-01")
    with pytest.raises(Refused, match="没有可打印的考勤更正单"):
        monthbooks.correction_pdf(five, [])


def test_the_workbook_carries_its_values_and_counts_the_same_again(five: Desk, tmp_path: Path) -> None:
    made = monthbooks.month_book(five, "2018-10")
    raw = monthbooks.xlsx(five, made, "2018-10")
    kept = openpyxl.load_workbook(io.BytesIO(raw), data_only=True).active
    shown = [kept.cell(5, column).value for column in range(36, 43)]
    assert tuple(shown) == made.lines[0].totals
    assert openpyxl.load_workbook(io.BytesIO(raw)).active.cell(5, 38).value.startswith("=SUMPRODUCT(COUNTIF(")
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "book.xlsx").write_bytes(raw)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "csv:Text - txt - csv (StarCalc):9,34,76", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "book.xlsx")], check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "book.csv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines]
    for place, line in enumerate(made.lines):
        assert [float(cell) for cell in cells[4 + 2 * place][-7:]] == list(line.totals)
    assert [float(cell) for cell in cells[14][-7:]] == list(made.sums)
    assert [cells[14][4], cells[15][4]] == list(made.presence[0])
