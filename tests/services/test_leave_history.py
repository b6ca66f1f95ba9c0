"""Registers of leave of past years: returns, ink and filings come in as history, and nobody is accused of anything."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.services.desks import enter, open_office, over
from tests.services.leaveteam import at, made, team
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.leave.watch import watches
from tuopin_desktop.domain.records import Filing, LeaveSlip, Opinion
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.leave.leavebooks import filings, lates, register
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.sheets import intake

PAST = {"history": "history"}
TODAY = date(2019, 3, 1)
HEAD = ("序号", "姓名", "外出地点", "请假起", "请假止", "天数", "事由", "审批人", "审批日期", "返岗时间", "备案")
ROWS: tuple[tuple[object, ...], ...] = (
    (
        1,
        "赵甲一",
        "呼和浩特市",
        "2018.7.10",
        "2018.7.12",
        3,
        "体检",
        "孙队长",
        "2018.7.9",
        "2018.7.20",
        "派出单位7月9日",
    ),
    (2, "赵甲一", "通辽市", "2018-08-01", "2018-08-03", 3, "家事", "同意", None, None, None),
    (3, "赵甲一", "赤峰市", "2018年9月3日", "2018年9月30日", 28, "住院", "孙队长", "9月2日", "9月25日下午", "已备案"),
)


def book(path: Path, *rows: Sequence[object]) -> Path:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as desk:
        enter(desk, "赵甲一")
        enter(desk, "钱乙二", "leader")
        with over(desk, TODAY):
            yield desk


def _slips(desk: Desk) -> list[LeaveSlip]:
    return sorted(desk.store.rows(LeaveSlip), key=lambda one: one.period)


def test_a_register_is_asked_about_and_taken_in_as_history(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "请假登记簿.xlsx", ("2018年请假登记簿",), HEAD, *ROWS)
    asked = intake.preview(desk, "leave_slip", path)
    assert [one.code for one in asked.open] == ["history"]
    assert asked.counts.pending == 3
    preview = intake.preview(desk, "leave_slip", path, answers=PAST)
    assert (preview.counts.new, preview.counts.rejected) == (3, 0), list(preview.messages())
    intake.confirm(desk, preview)
    first, second, third = _slips(desk)
    assert {one.history for one in (first, second, third)} == {True}
    assert (first.returned, second.returned, third.returned) == ("2018-07-20am", "", "2018-09-25pm")
    opinions = {one.slip: one for one in desk.store.rows(Opinion)}
    assert {one.signer for one in opinions.values()} == {"孙队长"}
    assert (opinions[first.id].signed, opinions[third.id].signed) == (date(2018, 7, 9), date(2018, 9, 2))
    filings = desk.store.rows(Filing)
    assert [(one.slip, one.body, one.filed) for one in filings] == [(first.id, "unit", date(2018, 7, 9))]
    assert ("签批：同意" in second.note, "备案：已备案" in third.note) == (True, True), (
        "what no record can hold is not lost"
    )
    again = intake.preview(desk, "leave_slip", path, answers=PAST)
    assert (again.counts.new, again.counts.same) == (0, 3)


def test_nobody_is_accused_of_anything_by_history(desk: Desk, tmp_path: Path) -> None:
    before = {(one.rule, one.subject, one.verdict) for one in judging.findings(desk)}
    contradicted = len(evidence.rows(desk))
    late = (4, "钱乙二", "呼和浩特市", "2018.10.8", "2018.10.9", 2, "会议", "某处长", "2018.10.12", "2018.10.20", None)
    path = book(tmp_path / "a.xlsx", HEAD, *ROWS, late)
    intake.confirm(desk, intake.preview(desk, "leave_slip", path, answers=PAST))
    new = [one for one in judging.findings(desk) if (one.rule, one.subject, one.verdict) not in before]
    assert [one.sentence for one in new if one.verdict is not Verdict.OK] == []
    rows = register(desk, 2018).rows
    assert [row.state for row in rows] == ["补录"] * 4, "it is marked on paper and screen"
    assert not any("缺" in row.signed + row.filed or "超假" in row.back for row in rows)
    assert [row.slips for row in lates(desk, 2018).rows] == []
    assert len(evidence.rows(desk)) == contradicted
    assert {row.state for row in filings(desk, 2018).rows} == {"已备案"}
    papers = judging.facts(desk).papers
    assert not any(papers.chain(one).awaited for one in _slips(desk)), "nor does it wait for the Office"
    stories = [judging.facts(desk).story(one, desk.policy) for one in _slips(desk)]
    assert [watches(one) for one in stories] == [()] * 4, "it stands on no list of what is to be done"


def test_the_same_rows_as_new_slips_lose_the_columns_and_say_so(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", (*HEAD, "填表日期"), *((*row, "2018-07-01") for row in ROWS))
    preview = intake.preview(desk, "leave_slip", path, answers={"history": "new"})
    assert preview.counts.new == 3
    assert "返回、签批、备案的列没有导入" in "".join(preview.notes)
    intake.confirm(desk, preview)
    assert not any(one.history for one in _slips(desk))
    assert desk.store.rows(Opinion) == []


def test_leave_that_is_not_over_is_no_history(desk: Desk, tmp_path: Path) -> None:
    row = (1, "赵甲一", "通辽市", "2019-02-27", "2019-03-05", 7, "家事", "孙队长", "2019-02-26", None, None)
    preview = intake.preview(desk, "leave_slip", book(tmp_path / "a.xlsx", HEAD, row), answers=PAST)
    assert preview.counts.rejected == 1
    assert "还没有过去" in next(iter(preview.messages()))[2]
    row = (1, "赵甲一", "通辽市", "2019-01-07", "2019-01-08", 2, "家事", "孙队长", "2019-01-06", None, None)
    preview = intake.preview(desk, "leave_slip", book(tmp_path / "b.xlsx", HEAD, row), answers=PAST)
    assert "已启用程序，请按报备单办理" in next(iter(preview.messages()))[2], "lateness is not hidden this way"


def test_our_own_register_comes_back_as_history(desk: Desk, tmp_path: Path) -> None:
    head = (
        "编号",
        "姓名",
        "职务",
        "外出地点",
        "起止时间",
        "自然日天数",
        "事由",
        "假别",
        "签批情况",
        "备案",
        "返回/销假",
        "状态",
    )
    row = (
        *("2018-0001", "赵甲一", "工作总队队员", "呼和浩特市", "7月10日至\n7月12日", 3, "体检", "病假"),
        *(
            "书记王某某7月9日同意\n队长孙某7月9日同意",
            "派出单位7月10日\n联络组7月10日",
            "7月13日上午返回\n7月14日销假",
            "按期返回",
        ),
    )
    path = book(tmp_path / "a.xlsx", ("2018年度请假登记簿",), head, row)
    preview = intake.preview(desk, "leave_slip", path, answers=PAST)
    assert preview.counts.new == 1, list(preview.messages())
    intake.confirm(desk, preview)
    (slip,) = _slips(desk)
    assert (slip.period, slip.returned, slip.reported) == (
        "2018-07-10am/2018-07-12pm",
        "2018-07-13am",
        date(2018, 7, 14),
    )
    assert {one.role: one.signer for one in desk.store.rows(Opinion)} == {"secretary": "王某某", "leader": "孙某"}
    assert {one.body for one in desk.store.rows(Filing)} == {"unit", "liaison"}


def test_the_workbook_of_our_own_register_comes_back_whole_in_another_office(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "one", practice=True)) as one:
        people = team(one)
        slip = made(one, people["李四"], "2018-06-05am/2018-06-08pm")
        at(one, date(2018, 6, 9))
        leavedesk.file(one, slip.id, "unit", date(2018, 6, 6))
        leavedesk.file(one, slip.id, "liaison", date(2018, 6, 7))
        leavedesk.back(one, slip.id, date(2018, 6, 9), "am")
        at(one, date(2018, 7, 1))
        written = books.write(one, tmp_path / "登记簿.xlsx", register(one, 2018))
    with closing(open_office(tmp_path / "two", practice=True)) as two:
        team(two)
        at(two, TODAY)
        preview = intake.preview(two, "leave_slip", written, answers=PAST)
        assert (preview.counts.new, preview.counts.rejected) == (1, 0), list(preview.messages())
        intake.confirm(two, preview)
        (copy,) = _slips(two)
        assert (copy.period, copy.place, copy.reason, copy.returned) == (
            "2018-06-05am/2018-06-08pm",
            "呼和浩特市",
            "参加会议",
            "2018-06-09am",
        )
        assert {item.role: item.signer for item in two.store.rows(Opinion)} == {"secretary": "白音", "leader": "王海"}
        days = {item.body: item.filed for item in two.store.rows(Filing)}
        assert days == {"unit": date(2018, 6, 6), "liaison": date(2018, 6, 7)}


def test_words_of_a_return_are_kept_and_a_return_before_the_leave_is_refused(desk: Desk, tmp_path: Path) -> None:
    head = ("姓名", "外出地点", "请假起止时间", "事由", "返回日期", "销假日期")
    days = [("7月15日下午返回", "7月16日"), ("7月15日（超假）", None), ("7月9日", None)]
    cells = [("按时", "当日"), ("未返", None), *days]
    rows = [("赵甲一", f"{place}地", "2018-07-10至2018-07-12", "家事", *pair) for place, pair in enumerate(cells)]
    preview = intake.preview(desk, "leave_slip", book(tmp_path / "a.xlsx", head, *rows), answers=PAST)
    assert (preview.counts.new, preview.counts.rejected) == (4, 1)
    assert "返回的日子2018年7月9日在请假起始2018年7月10日之前" in next(
        text for row, _, text in preview.messages() if row == 6
    )
    intake.confirm(desk, preview)
    slips = sorted(desk.store.rows(LeaveSlip), key=lambda one: one.place)
    assert [(one.returned, one.note) for one in slips] == [
        ("", "返回：按时；返回：当日"),
        ("", "返回：未返"),
        ("2018-07-15pm", ""),
        ("2018-07-15am", "返回：7月15日(超假)"),
    ]


def test_leave_of_years_past_is_asked_about_without_any_column_of_a_register(desk: Desk, tmp_path: Path) -> None:
    """Such rows accused people of not being back for years: they stay open until somebody says what they are."""
    head = ("姓名", "填表日期", "外出地点", "请假起止时间", "请假事由")
    old = ("赵甲一", "2018-07-01", "赤峰市", "2018-07-10至2018-07-12", "体检")
    new = ("赵甲一", "2019-02-27", "通辽市", "2019-03-04至2019-03-05", "家事")
    path = book(tmp_path / "a.xlsx", head, old, new)
    preview = intake.preview(desk, "leave_slip", path)
    assert [(one.code, one.rows) for one in preview.open] == [("history", frozenset({2}))]
    assert (preview.counts.new, preview.counts.pending) == (1, 1)
    preview = intake.preview(desk, "leave_slip", book(tmp_path / "b.xlsx", head, old), answers=PAST)
    intake.confirm(desk, preview)
    assert [one.history for one in _slips(desk)] == [True]
    assert intake.preview(desk, "leave_slip", path).open == (), "what is kept already is not asked about again"
    bare = book(tmp_path / "c.xlsx", ("姓名", "请假起止时间", "请假事由"), ("赵甲一", "2018-08-10至2018-08-12", "家事"))
    assert [one.code for one in intake.preview(desk, "leave_slip", bare).open] == ["history"]
    assert intake.preview(desk, "leave_slip", bare, answers=PAST).counts.new == 1
