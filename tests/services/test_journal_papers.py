"""Journals on paper: every character is on a page, the look is the register's, blank pages are blank."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.services.desks import enter, open_office, write_logs
from tests.services.leaveteam import at
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.journals import ledger, notes, papers
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk

LONG = "字" * 4999 + "尾"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", practice=True)) as desk:
        at(desk, date(2018, 7, 2))
        yield desk


def words(content: bytes) -> list[str]:
    """Return the characters of each page."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    return ["".join(text.split()) for text in pages]


def test_a_month_of_logs_is_one_list_a_person_and_nothing_is_cut(desk: Desk) -> None:
    for name in ("张三", "长" * 50):
        write_logs(desk, enter(desk, name), [date(2018, 6, 5), date(2018, 6, 6)], LONG)
    made = papers.month_logs(desk, "2018-06")
    pages = words(books.pdf(desk, made))
    whole = "".join(pages)
    assert whole.count("尾") == 4
    assert whole.count("字") - whole.count("签字") >= 4 * 4999
    assert "2018年6月工作日志（张三）" in whole
    assert "练习数据不作凭证" in whole
    book = openpyxl.load_workbook(BytesIO(books.xlsx(desk, made)))
    assert sum("尾" in str(cell.value) for row in book.active for cell in row) == 4


def test_one_person_is_printed_alone_and_nobody_is_refused(desk: Desk) -> None:
    write_logs(desk, enter(desk, "张三"), [date(2018, 6, 5)])
    enter(desk, "李四")
    text = "".join(words(books.pdf(desk, papers.month_logs(desk, "2018-06", person="张三"))))
    assert ("张三" in text, "李四" in text) == (True, False)
    with pytest.raises(Refused, match="没有“王五”的派驻人员"):
        papers.month_logs(desk, "2018-06", person="王五")


def test_a_weekly_note_fits_one_page_and_a_long_one_goes_on(desk: Desk) -> None:
    posting = enter(desk, "张三")
    write_logs(desk, posting, [date(2018, 6, day) for day in range(4, 11)])
    draft = words(books.pdf(desk, papers.weekly_note(desk, "2018-W23")))
    assert len(draft) == 1
    assert "（初稿，未定稿）" in draft[0]
    notes.keep(desk, "2018-W23", "一、本周工作\n" + "\n".join(f"第{n}件事。" for n in range(30)), "", signed_by="王海")
    kept = words(books.pdf(desk, papers.weekly_note(desk, "2018-W23")))
    assert (len(kept), "初稿" in kept[0], "签字：王海" in kept[0]) == (1, False, True)
    notes.keep(desk, "2018-W23", LONG, "")
    long = words(books.pdf(desk, papers.weekly_note(desk, "2018-W23")))
    assert len(long) > 5
    assert "尾" in long[-1]


def test_the_ledger_is_a_register_with_overdue_and_carried_items(desk: Desk) -> None:
    item = ledger.add(desk, "修路" + LONG[:990], opened=date(2018, 6, 5), due=date(2018, 6, 20))
    ledger.carry(desk, [item.id], "2018-W26")
    text = "".join(words(books.pdf(desk, papers.work_ledger(desk))))
    assert "翁牛特旗工作总队工作台账" in text
    assert ("逾期" in text, "1次" in text, "已结转" in text) == (True, True, True)
    empty = "".join(words(books.pdf(desk, papers.work_ledger(desk, week="2018-W30"))))
    assert "（无记录）" in empty


@pytest.mark.parametrize(
    ("kind", "said", "number"), [("log", "31日", 2), ("note", "下周打算", 1), ("ledger", "办理结果", 1)]
)
def test_blank_pages_are_one_sheet_to_write_on(desk: Desk, kind: str, said: str, number: int) -> None:
    pages = words(books.pdf(desk, papers.blank(desk, kind)))
    assert (len(pages), said in pages[-1]) == (number, True)


def test_another_blank_page_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        papers.blank(desk, "moon")
