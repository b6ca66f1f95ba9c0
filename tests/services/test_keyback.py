"""A book kept by hand is keyed back line by line: what does not agree with the paper's totals is held back."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from tests.services.closings import at, key
from tests.services.desks import enter, open_office
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Amendment, Attendance, Explanation, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing, keep, keyback
from tuopin_desktop.services.attendance.keep import Edit
from tuopin_desktop.services.attendance.keyback import KeyedLine
from tuopin_desktop.services.office.desk import Desk

JUNE = "2018-06"
MORNING = "V" * 20 + "q" * 4 + "JJ" + "9" + "旷" + "休X"
AFTERNOON = "1" * 20 + "○○○○" + "假假" + "差" + "K" + "--"
TOTALS = (24, 20, 1, 2, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "office", clerk="包图雅")
    desk.clock = FixedClock(datetime(2018, 7, 2, 9))  # June is over
    yield desk
    desk.close()


def line(
    posting: Posting,
    totals: tuple[float, ...] = TOTALS,
    morning: str = MORNING,
    afternoon: str = AFTERNOON,
    reason: str = "",
) -> KeyedLine:
    return KeyedLine(posting=posting.id, totals=totals, morning=morning, afternoon=afternoon, reason=reason)


def held(desk: Desk, posting: Posting) -> Attendance | None:
    return desk.store.get(Attendance, f"{posting.id}/{JUNE}")


def test_a_line_that_agrees_is_saved_as_keyed(desk: Desk) -> None:
    posting = enter(desk, "张三")
    kept = keyback.save(desk, JUNE, [line(posting)])
    assert (kept.saved, kept.held_back) == (("张三",), ())
    month = held(desk, posting)
    assert month is not None
    assert (month.d01, month.d21, month.d25, month.d27, month.d28, month.d30) == (
        "vw/vw", "cw/cw", "ol/ol", "ot/ot", "ou/ou", "cr/",
    )  # fmt: skip
    assert desk.store.rows(Explanation) == []


def test_a_line_that_does_not_agree_is_held_back_alone_until_it_is_confirmed(desk: Desk) -> None:
    first, second = enter(desk, "张三"), enter(desk, "李四")
    wrong = line(second, (25, 20, 1, 2, 1))
    kept = keyback.save(desk, JUNE, [line(first), wrong])
    assert kept.saved == ("张三",)
    ((back),) = kept.held_back
    assert (back.name, back.differences) == ("李四", ("在旗县：纸上25天，录入24天，差1天",))
    assert held(desk, second) is None
    confirmed = line(second, (25, 20, 1, 2, 1), reason="纸上加错")
    assert keyback.save(desk, JUNE, [confirmed]).saved == ("李四",)
    (note,) = desk.store.rows(Explanation)
    assert (note.id, note.words, note.by) == (f"{second.id}/{JUNE}/totals", "纸上加错", "包图雅")
    assert "在旗县：纸上25天，录入24天" in note.what
    assert keyback.save(desk, JUNE, [confirmed]).saved == ("李四",)
    assert desk.store.rows(Explanation)[0].turn == 2


def test_half_days_in_the_totals_are_told_apart(desk: Desk) -> None:
    posting = enter(desk, "张三")
    found = keyback.check(desk, JUNE, line(posting, (24, 20, 1.5, 2, 1)))
    assert found.differences == ("因公：纸上1.5天，录入1天，差0.5天",)
    assert not found.agrees


@pytest.mark.parametrize(
    ("morning", "afternoon", "words"),
    [
        (MORNING[:-1], AFTERNOON, "应有30个符号（每天一个，空着用-），现有29个"),
        (MORNING, "×" + AFTERNOON[1:], "1日的“×”不是考勤符号"),
        ("", AFTERNOON, "现有0个"),
    ],
)
def test_signs_that_are_none_are_said_at_their_place(desk: Desk, morning: str, afternoon: str, words: str) -> None:
    posting = enter(desk, "张三")
    with pytest.raises(Refused) as refused:
        keyback.save(desk, JUNE, [line(posting, morning=morning, afternoon=afternoon)])
    assert words in refused.value.sentence
    assert held(desk, posting) is None


def test_days_not_served_closed_months_and_a_line_twice_are_refused(desk: Desk) -> None:
    late = enter(desk, "李四", since=date(2018, 6, 2))
    with pytest.raises(Refused, match="李四：2018-06-01在派驻起2018-06-02之前"):
        keyback.save(desk, JUNE, [line(late)])
    with pytest.raises(Refused, match="录入了两行"):
        keyback.save(desk, JUNE, [line(late), line(late)])
    with pytest.raises(Refused, match="请按考勤簿填写5项合计"):
        keyback.save(desk, JUNE, [line(late, (1, 2))])
    key(desk, late, JUNE, d01="")
    desk = at(desk, "2018-07-02")
    closing.close(desk, JUNE)
    with pytest.raises(Refused, match="2018年6月考勤已于2018-07-02由包图雅结账"):
        keyback.save(desk, JUNE, [line(late)])
    desk.close()


def test_column_totals_are_said_and_hold_nothing_back(desk: Desk) -> None:
    posting = enter(desk, "张三")
    columns = [(1, 1)] * 24 + [(0, 0)] * 5 + [(0, 1)]
    kept = keyback.save(desk, JUNE, [line(posting)], columns=columns)
    assert kept.saved == ("张三",)
    assert kept.columns == ("30日下午：纸上1人，录入0人",)


def test_a_month_keyed_back_is_changed_only_with_a_reason(desk: Desk) -> None:
    """What stands in the paper book is not typed over in the grid, by a sheet or by keying it again."""
    posting = enter(desk, "张三")
    keyback.save(desk, JUNE, [line(posting)])
    month = held(desk, posting)
    assert month is not None
    assert month.keyed == desk.today()
    edit = Edit(posting.id, JUNE, 1, "vw/vw", "ou/ou")
    with pytest.raises(Refused, match="照纸质考勤簿"):
        keep.keep(desk, [edit])
    with pytest.raises(Refused):
        keep.keep(desk, [Edit(posting.id, JUNE, 30, "cr/", "cr/cr")])  # empty in the book
    other = line(posting, (23, 19, 1, 2, 2), morning="旷" + MORNING[1:], afternoon="旷" + AFTERNOON[1:])
    with pytest.raises(Refused, match="更正原因"):
        keyback.save(desk, JUNE, [other])
    assert held(desk, posting) == month
    with desk.amending("看错了行"):
        keep.keep(desk, [edit])
    (note,) = desk.store.rows(Amendment)
    assert (note.was, note.now, note.reason) == ("vw/vw", "ou/ou", "看错了行")
    keyback.save(desk, JUNE, [msgspec.structs.replace(line(posting), reason="重新对照")])
    assert len(desk.store.rows(Amendment)) == 2


def test_a_month_keyed_back_closed_and_corrected_is_reopened_with_its_corrections_in_it(desk: Desk) -> None:
    posting = enter(desk, "张三")
    desk = at(desk, "2018-07-05")
    keyback.save(desk, JUNE, [line(posting)])
    closing.close(desk, JUNE, gaps=closing.preview(desk, JUNE).missing)
    closing.correct(desk, posting.id, date(2018, 6, 5), "假", "补交病假条")
    closing.reopen(desk, JUNE, "重报")
    month = held(desk, posting)
    assert month is not None
    assert month.d05 == "ol/ol"
    (amendment,) = desk.store.rows(Amendment)
    assert amendment.reason == "考勤更正单2018-0001写入考勤"
    desk.close()
