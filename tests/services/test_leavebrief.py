"""The decision brief and the story on a real office: who is away, who leads, the twenty days; slips told in order."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.services.desks import changed, open_office
from tests.services.leaveteam import at, made, pages, sign, team
from tuopin_desktop.domain.outlook import State
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Attendance
from tuopin_desktop.services.attendance import outlooks
from tuopin_desktop.services.leave import leavebooks, leavedesk, leaveversions, signers
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path, practice=True)) as desk:
        registers.save(desk, changed(desk.office, secretary="白音"))
        yield desk


def words(book: Book[Any], label: str) -> str:
    return "；".join(row.text for row in book.rows if row.label == label)


def test_the_brief_flags_leader_and_deputy_both_away(desk: Desk) -> None:
    people = team(desk)
    made(desk, people["赵五"], "2018-06-06pm/2018-06-08pm")
    slip = made(desk, people["王海"], "2018-06-07am/2018-06-09am", signed=False, leave_type="official")
    book = leavebooks.brief(desk, slip.id)
    assert words(book, "同期外出") == "副队长赵五 2018-06-07至2018-06-08（已批准）"
    assert words(book, "注意") == "2018-06-07至2018-06-08队长、副队长均不在岗"
    assert "2018-06-09上午副队长赵五" in words(book, "主持工作")
    (text,) = pages(desk, book)
    assert "“二十天”按已登记的请假推算，“本月还需”按已登记的考勤推算" in text
    signers.authorise(desk, "leader", "李四", date(2018, 6, 7), date(2018, 6, 9), "授权书1号")
    assert words(leavebooks.brief(desk, slip.id), "主持工作") == "李四（受权，授权书1号）"
    assert words(leavebooks.brief(desk, slip.id), "注意") == "2018-06-07至2018-06-08队长、副队长均不在岗"


def test_the_brief_of_a_member_with_everybody_at_home(desk: Desk) -> None:
    people = team(desk)
    made(desk, people["赵五"], "2018-06-09am/2018-06-09pm")
    made(desk, people["李四"], "2018-06-11am/2018-06-12pm", leave_type="personal")
    slip = made(desk, people["李四"], "2018-06-05am/2018-06-08pm", signed=False)
    book = leavebooks.brief(desk, slip.id)
    assert (words(book, "同期外出"), words(book, "主持工作"), words(book, "注意")) == ("无其他人员", "队长王海", "")
    assert words(book, "今年请假") == "2018年除本次外已批准1次2天：事假1次2天"
    assert words(book, "二十天") == "2018年6月共30天，请假（含本次）6天，最多可在旗县24天，要求20天，可以达到"


@pytest.mark.parametrize(("last", "short"), [(13, ""), (14, "差1天")])
def test_the_brief_says_when_twenty_days_are_out_of_reach(desk: Desk, last: int, short: str) -> None:
    people = team(desk)
    made(desk, people["李四"], "2018-06-25am/2018-06-25pm")
    slip = made(desk, people["李四"], f"2018-06-05am/2018-06-{last}pm", signed=False)
    row = next(row for row in leavebooks.brief(desk, slip.id).rows if row.label == "二十天")
    assert (row.text.rpartition("，")[2] if row.flagged else "", row.flagged) == (short, bool(short))


def test_the_brief_says_what_the_running_month_still_needs_from_what_is_keyed(desk: Desk) -> None:
    people = team(desk)
    at(desk, date(2018, 6, 20))
    days: dict[str, Any] = {f"d{day:02d}": "vw/vw" for day in range(11, 21)}
    posting = people["李四"].id
    registers.save(desk, Attendance(id=f"{posting}/2018-06", posting=posting, month="2018-06", **days))
    slip = made(desk, people["李四"], "2018-06-25am/2018-06-27pm", day=date(2018, 6, 20), signed=False)
    said = words(leavebooks.brief(desk, slip.id), "本月还需")
    assert "已登记7天" in said  # of the ten, three are rest days without a log
    assert "2018年6月20日之后可用7天" in said
    assert "已过的日子有10天没有登记、3天缺日志，请先补登" in said
    month = outlooks.outlooks(desk)
    assert [(row.name, row.outlook.state) for row in month.rows if row.posting == posting] == [("李四", State.UNKEYED)]
    assert len(month.rows) == len(people)
    assert "在旗县天数推算表" in pages(desk, month)[0]


def test_an_early_return_takes_somebody_off_the_brief(desk: Desk) -> None:
    people = team(desk)
    gone = made(desk, people["赵五"], "2018-06-05am/2018-06-08pm")
    slip = made(desk, people["王海"], "2018-06-07am/2018-06-08pm", signed=False)
    assert "赵五" in words(leavebooks.brief(desk, slip.id), "同期外出")
    at(desk, date(2018, 6, 7), 8)
    leavedesk.back(desk, gone.id, date(2018, 6, 7), "am")
    assert words(leavebooks.brief(desk, slip.id), "同期外出") == "无其他人员"
    assert words(leavebooks.brief(desk, slip.id), "主持工作") == "副队长赵五"


def test_a_brief_over_two_months_and_without_a_period(desk: Desk) -> None:
    people = team(desk)
    slip = made(desk, people["李四"], "2018-06-29am/2018-07-02pm", signed=False)
    months = [row.text[:7] for row in leavebooks.brief(desk, slip.id).rows if row.label == "二十天"]
    assert months == ["2018年6月", "2018年7月"]
    with pytest.raises(Refused, match="起止时间"):
        leavebooks.brief(desk, "150426/none")


def test_the_story_tells_a_slip_and_its_followers_in_order(desk: Desk) -> None:
    people = team(desk)
    slip = made(desk, people["李四"], "2018-06-05am/2018-06-08pm")
    at(desk, date(2018, 6, 8))
    longer = leaveversions.extend(desk, slip.id, date(2018, 6, 12), "pm", "会议延期")
    sign(desk, longer, date(2018, 6, 8))
    still = leaveversions.extend(desk, slip.id, date(2018, 6, 13), "pm", "再延期")
    for one in (slip.id, longer.id, still.id):
        book = leavebooks.story(desk, one)
        assert {row.number for row in book.rows} == {"2018-0001", "2018-0002", "2018-0003"}
        assert [row.day for row in book.rows] == sorted(row.day for row in book.rows)
    assert book.rows[0].text == "填写报备单2018-0001"
    (text,) = pages(desk, book)
    assert "2018-0003现状" in text
    with pytest.raises(Refused):
        leavebooks.story(desk, "150426/none")
