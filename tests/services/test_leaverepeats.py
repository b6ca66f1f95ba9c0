"""A stroke made twice is refused and names the first; two slips that claim the same half-days are told at once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import openpyxl
import pytest

from tests.services.desks import changed, open_office
from tests.services.leaveteam import at, made, team
from tuopin_desktop.domain.halves import Half
from tuopin_desktop.domain.leave import overlap
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Call, Filing, LeaveSlip, Posting
from tuopin_desktop.services.leave import leave, leavedesk, leaveversions
from tuopin_desktop.services.office import overlapping
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", practice=True)) as desk:
        registers.save(desk, changed(desk.office, secretary="白音"))
        yield desk


@pytest.fixture
def people(desk: Desk) -> dict[str, Posting]:
    return team(desk)


def refused(words: str, action: Callable[..., object], *args: object, **said: object) -> None:
    with pytest.raises(Refused, match=words):
        action(*args, **said)


def slips(desk: Desk) -> int:
    return len(registers.rows(desk, "leave_slip"))


@pytest.mark.parametrize(
    ("until", "half"), [(12, "pm"), (12, "am"), (10, "pm"), (20, "pm"), (9, "am")], ids=lambda one: str(one)
)
@pytest.mark.parametrize("signed", [False, True])
def test_days_that_are_extended_are_not_extended_again(
    desk: Desk, people: dict[str, Posting], until: int, half: Half, signed: bool
) -> None:
    slip = made(desk, people["李四"], "605-608")
    at(desk, date(2018, 6, 8))
    longer = leaveversions.extend(desk, slip.id, date(2018, 6, 12), "pm", "会议延期")
    if signed:
        for role, name in (("secretary", "白音"), ("leader", "王海")):
            leavedesk.sign(desk, longer.id, role, name, date(2018, 6, 8))
        if until > 12:
            leaveversions.extend(desk, slip.id, date(2018, 6, until), half, "再延")  # from where the first one ends
            return
    for number in (slip.id, longer.id):
        refused(
            f"已续假（报备单{longer.number}", leaveversions.extend, desk, number, date(2018, 6, until), half, "会议延期"
        )
    assert slips(desk) == 2


def test_a_withdrawn_or_refused_extension_is_in_nobodys_way(desk: Desk, people: dict[str, Posting]) -> None:
    slip = made(desk, people["李四"], "605-608")
    at(desk, date(2018, 6, 8))
    first = leaveversions.extend(desk, slip.id, date(2018, 6, 12), "pm", "会议延期")
    leavedesk.end(desk, first.id, "withdrawn", "写错")
    second = leaveversions.extend(desk, slip.id, date(2018, 6, 13), "pm", "会议延期")
    leavedesk.sign(desk, second.id, "leader", "王海", date(2018, 6, 8), verdict="refused")
    assert leaveversions.extend(desk, slip.id, date(2018, 6, 10), "pm", "会议延期").period.startswith("2018-06-09am/")


def test_an_extension_to_a_day_within_the_leave_says_when_it_ends(desk: Desk, people: dict[str, Posting]) -> None:
    slip = made(desk, people["李四"], "605-608")
    refused("假期到2018年6月8日下午为止", leaveversions.extend, desk, slip.id, date(2018, 6, 8), "pm", "会议延期")


def test_a_route_is_changed_once_and_then_on_the_slip_that_changed_it(desk: Desk, people: dict[str, Posting]) -> None:
    slip = made(desk, people["李四"], "605-608")
    other = leaveversions.reroute(desk, slip.id, "北京市", "改道")
    refused(f"已变更行程（报备单{other.number}，北京市）", leaveversions.reroute, desk, slip.id, "北京市", "改道")
    refused(f"报备单{other.number}上变更", leaveversions.reroute, desk, slip.id, "上海市", "改道")
    assert leaveversions.reroute(desk, other.id, "上海市", "再改").follows == other.id
    leavedesk.end(desk, other.id, "voided", "写错")
    assert leaveversions.reroute(desk, slip.id, "天津市", "改道").place == "天津市"


def test_what_is_recorded_is_not_recorded_again_but_corrected(desk: Desk, people: dict[str, Posting]) -> None:
    slip = made(desk, people["李四"], "605-608")
    at(desk, date(2018, 6, 9))
    leavedesk.file(desk, slip.id, "unit", date(2018, 6, 5))
    for day in (date(2018, 6, 5), date(2018, 6, 6)):
        refused("2018年6月5日报", leavedesk.file, desk, slip.id, "unit", day)
    at(desk, date(2018, 6, 9))
    leavedesk.back(desk, slip.id, date(2018, 6, 8))
    for day in (date(2018, 6, 8), date(2018, 6, 7)):
        refused("已登记2018年6月8日下午返回", leavedesk.back, desk, slip.id, day)
    refused("已登记2018年6月8日下午返回", leavedesk.back_now, desk, [slip.id])
    leader = made(desk, people["王海"], "605-608")
    at(desk, date(2018, 6, 9))
    leavedesk.call(desk, leader.id, "county", "K7P2", day=date(2018, 6, 9))
    for word in ("K7P2", "K7P3"):
        refused("核对词K7P2", leavedesk.call, desk, leader.id, "county", word, day=date(2018, 6, 9))
    with desk.amending("笔误"):
        leavedesk.file(desk, slip.id, "unit", date(2018, 6, 6), correct=True)
    leavedesk.back(desk, slip.id, date(2018, 6, 7), reported=date(2018, 6, 9), correct=True)
    leavedesk.call(desk, leader.id, "county", "K7P3", day=date(2018, 6, 9), correct=True)
    assert [one.filed for one in desk.store.rows(Filing)] == [date(2018, 6, 6)]
    assert [one.word for one in desk.store.rows(Call)] == ["K7P3"]
    assert desk.store.rows(LeaveSlip, {"id": slip.id})[0].returned == "2018-06-07pm"


def test_a_slip_is_ended_once(desk: Desk, people: dict[str, Posting]) -> None:
    slip = made(desk, people["李四"], "605-608")
    leavedesk.end(desk, slip.id, "withdrawn", "不去了")
    for how in ("withdrawn", "voided"):
        refused("已于2018年6月4日撤回", leavedesk.end, desk, slip.id, how, "不去了")


# -- overlaps


def draft(desk: Desk, posting: Posting, period: str) -> LeaveSlip:
    return leave.settle(desk, changed(leave.draft(desk, posting.id), period=period, place="赤峰市", reason="外出"))


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2018-06-08am/2018-06-09pm", "2018年6月8日，共1天"),
        ("2018-06-08pm/2018-06-09pm", "2018年6月8日下午，共0.5天"),
        ("2018-06-04am/2018-06-05am", "2018年6月5日上午，共0.5天"),
        ("2018-06-01am/2018-06-30pm", "2018年6月5日至2018年6月8日，共4天"),
        ("2018-06-06am/2018-06-06pm", "2018年6月6日，共1天"),
        ("2018-06-09am/2018-06-09pm", ""),
        ("2018-06-01am/2018-06-04pm", ""),
        ("2018-06-09pm/2018-06-08am", ""),
    ],
)
def test_half_days_that_two_slips_claim_are_told(
    desk: Desk, people: dict[str, Posting], period: str, days: str
) -> None:
    slip = made(desk, people["李四"], "605-608")
    told = [str(one) for one in overlapping.warnings(desk, draft(desk, people["李四"], period))]
    wanted = f"请假时间与李四的报备单{slip.number}（2018年6月5日至2018年6月8日）重叠：{days}，请核对（管理办法第10条）"
    assert told == ([wanted] if days else [])
    assert overlapping.warnings(desk, draft(desk, people["孙六"], period)) == []


def test_halves_that_only_touch_are_no_overlap(desk: Desk, people: dict[str, Posting]) -> None:
    made(desk, people["李四"], "2018-06-05am/2018-06-06am")
    assert overlapping.warnings(desk, draft(desk, people["李四"], "2018-06-06pm/2018-06-07pm")) == []
    (told,) = overlapping.warnings(desk, draft(desk, people["李四"], "2018-06-06am/2018-06-07pm"))
    assert "2018年6月6日上午，共0.5天" in told.sentence


def test_each_slip_that_is_overlapped_is_named_and_an_ended_one_is_not(desk: Desk, people: dict[str, Posting]) -> None:
    first = made(desk, people["李四"], "605-608")
    at(desk, date(2018, 6, 8))
    longer = leaveversions.extend(desk, first.id, date(2018, 6, 12), "pm", "会议延期")
    gone = made(desk, people["李四"], "620-621")
    leavedesk.end(desk, gone.id, "voided", "写错")
    told = overlapping.warnings(desk, draft(desk, people["李四"], "2018-06-08am/2018-06-30pm"))
    assert [first.number in told[0].sentence, longer.number in told[1].sentence, len(told)] == [True, True, 2]
    other = leaveversions.reroute(desk, first.id, "北京市", "改道")
    assert overlapping.warnings(desk, other) == []  # the two are one leave
    assert overlapping.warnings(desk, first) == []


def test_two_slips_of_the_same_days_without_a_number_are_both_told(desk: Desk, people: dict[str, Posting]) -> None:
    same = [msgspec.structs.replace(draft(desk, people["李四"], "605-608"), number="", id=f"150426/{n}") for n in "ab"]
    told = overlap.warnings(draft(desk, people["李四"], "606-607"), same)
    assert [one.sentence.count("另一张报备单") for one in told] == [1, 1]


def test_a_person_who_moved_to_another_seat_is_still_one_person(desk: Desk, people: dict[str, Posting]) -> None:
    slip = made(desk, people["李四"], "605-608")
    seat = changed(people["李四"], id=registers.new_id(desk), position="deputy", since=date(2018, 6, 7))
    (told,) = overlapping.warnings(desk, draft(desk, registers.save(desk, seat), "607-609"))
    assert slip.number in told.sentence


def sheet(path: Path, *rows: Sequence[object]) -> Path:
    book = openpyxl.Workbook()
    for row in (["姓名", "填表日期", "外出地点", "请假起止时间", "请假事由"], *rows):
        book.active.append(row)
    book.save(path)
    return path


def test_a_sheet_tells_overlaps_with_kept_slips_and_with_its_own_rows(
    desk: Desk, people: dict[str, Posting], tmp_path: Path
) -> None:
    slip = made(desk, people["李四"], "605-608")
    path = sheet(
        tmp_path / "请假.xlsx",
        ["李四", "2018-06-04", "赤峰市", "2018-06-08至2018-06-09", "外出"],
        ["孙六", "2018-06-04", "赤峰市", "2018-06-08至2018-06-09", "外出"],
        ["孙六", "2018-06-04", "通辽市", "2018-06-09下午至2018-06-11", "外出"],
    )
    preview = intake.preview(desk, "leave_slip", path)
    told = [(row, heading, sentence) for row, heading, sentence in preview.messages()]
    assert [(row, heading) for row, heading, _ in told] == [(2, "请假起止时间"), (4, "请假起止时间")]
    assert f"报备单{slip.number}" in told[0][2]
    assert "报备单2018-0003" in told[1][2]
    assert "2018年6月9日下午，共0.5天" in told[1][2]
    assert intake.confirm(desk, preview) == intake.Counts(new=3)  # told, not refused
    assert list(intake.preview(desk, "leave_slip", path).messages()) == []  # nothing new is said of what is there


def test_one_typed_row_tells_what_it_overlaps(desk: Desk, people: dict[str, Posting]) -> None:
    made(desk, people["李四"], "605-608")
    said = {
        "姓名": "李四",
        "填表日期": "2018-06-04",
        "外出地点": "赤峰市",
        "请假起止时间": "2018-06-07",
        "请假事由": "外出",
    }
    ((_, _, sentence),) = intake.read_row(desk, "leave_slip", said).messages()
    assert "重叠：2018年6月7日，共1天" in sentence
