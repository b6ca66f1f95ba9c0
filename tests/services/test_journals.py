"""Logs with their gaps, drafts that never lose what was written, the ledger carried over, and the private hint."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.services.desks import enter, open_office, write_logs
from tests.services.leaveteam import at
from tuopin_desktop.domain.journals.entries import log_id
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Attendance, DailyLog, LedgerItem, Posting, WeeklyNote
from tuopin_desktop.services.journals import hints, ledger, logs, notes
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

WEEK = "2018-W24"  # 11 to 17 June


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as desk:
        at(desk, date(2018, 6, 20))
        yield desk


def mark(desk: Desk, posting: Posting, month: str = "2018-06", **days: Any) -> None:
    registers.save(desk, Attendance(id=f"{posting.id}/{month}", posting=posting.id, month=month, **days))


def log(posting: Posting, day: date, text: str = "走访", **said: Any) -> DailyLog:
    return DailyLog(id=log_id(posting.id, day), posting=posting.id, date=day, text=text, **said)


# -- logs


def test_a_week_lists_the_team_in_order_with_gaps_against_the_days_on_post(desk: Desk) -> None:
    member, leader = enter(desk, "李四"), enter(desk, "王海", "leader")
    mark(desk, member, d11="vw/vw", d12="ol/ol", d13="vw/ol", d14="ot/ot")
    write_logs(desk, member, [date(2018, 6, 13)])
    sheet = logs.week(desk, WEEK)
    assert [item.name for item in sheet.members] == ["王海", "李四"]
    assert [(row.day.day, row.member.name) for row in sheet.gaps] == [(11, "李四"), (14, "李四")]
    assert sheet.rows[member.id, date(2018, 6, 13)].marked == "上午嘎查村工作，下午旗县外请假"
    assert sheet.rows[leader.id, date(2018, 6, 11)].marked == ""
    assert sheet.log_count == 1


def test_today_and_days_to_come_are_no_gaps(desk: Desk) -> None:
    posting = enter(desk, "李四")
    at(desk, date(2018, 6, 21))
    mark(desk, posting, d19="vw/vw", d20="vw/vw", d21="vw/vw")
    at(desk, date(2018, 6, 20))  # the day that was keyed is one to come by this clock
    assert [row.day.day for row in logs.week(desk, "2018-W25").gaps] == [19]


def test_the_place_of_the_last_log_is_proposed_over_the_week_end(desk: Desk) -> None:
    posting = enter(desk, "李四")
    logs.keep(desk, [log(posting, date(2018, 6, 8), place="胡吉尔图嘎查", place_kind="household")])
    monday = logs.week(desk, WEEK).rows[posting.id, date(2018, 6, 11)]
    assert (monday.place, monday.place_kind) == ("胡吉尔图嘎查", "household")
    assert logs.week(desk, "2018-W23").rows[posting.id, date(2018, 6, 8)].place == ""


def test_a_day_of_five_people_is_kept_in_one_commit_or_not_at_all(desk: Desk) -> None:
    team = [enter(desk, name) for name in ("甲", "乙", "丙", "丁", "戊")]
    day = date(2018, 6, 11)
    wrong = logs.keep(desk, [*(log(one, day) for one in team[:4]), log(team[4], day, households=-1)])
    assert {key: problems[0].fields for key, problems in wrong.items()} == {log_id(team[4].id, day): ("households",)}
    assert desk.store.rows(DailyLog) == []
    assert logs.keep(desk, [log(one, day) for one in team]) == {}
    assert len(desk.store.rows(DailyLog)) == 5


def test_a_log_emptied_is_taken_away_and_written_again_is_back(desk: Desk) -> None:
    posting, day = enter(desk, "李四"), date(2018, 6, 11)
    logs.keep(desk, [log(posting, day)])
    assert logs.keep(desk, [log(posting, day, text=" ")]) == {}
    assert desk.store.rows(DailyLog) == []
    assert logs.keep(desk, [log(posting, day, text="")]) == {}
    assert logs.keep(desk, [log(posting, day, text="补写")]) == {}
    assert [one.text for one in desk.store.rows(DailyLog)] == ["补写"]


def test_a_month_of_a_person_has_its_logs_and_its_gaps(desk: Desk) -> None:
    posting = enter(desk, "李四")
    mark(desk, posting, d11="vw/vw", d12="vw/vw", d20="vw/vw")
    write_logs(desk, posting, [date(2018, 6, 12)])
    (month,) = logs.month(desk, "2018-06")
    assert ([one.date for one in month.logs], month.gaps) == ([date(2018, 6, 12)], (date(2018, 6, 11),))


def test_an_empty_office_and_words_that_mean_nothing(desk: Desk) -> None:
    assert logs.week(desk, WEEK).members == ()
    assert notes.listed(desk) == []
    for wrong in ("2018-W54", "", "0001-W01"):
        with pytest.raises(Refused):
            logs.week(desk, wrong)
    with pytest.raises(Refused):
        logs.month(desk, "2018-13")
    with pytest.raises(Refused):
        logs.week(desk, WEEK, "150125")


# -- weekly notes


def test_a_draft_is_put_together_by_day_and_person(desk: Desk) -> None:
    member, leader = enter(desk, "李四"), enter(desk, "王海", "leader")
    monday, tuesday = date(2018, 6, 11), date(2018, 6, 12)
    said = [
        log(member, tuesday, "核对收入。", place="乌丹镇", households=3),
        log(member, monday, "走访", place="胡吉尔图嘎查", households=5),
        log(leader, monday, "主持例会", place="旗政府"),
        log(leader, tuesday, "", paper_seen_by="赵六", paper_seen=date(2018, 6, 18)),
    ]
    assert logs.keep(desk, said) == {}
    ledger.add(desk, "修通组公路", posting=member.id, due=date(2018, 6, 30), opened=monday)
    view = notes.open_note(desk, WEEK)
    assert view.new
    assert view.text.splitlines() == [
        "一、本周工作",
        "2018年第24周（6月11日至6月17日），2人写日志4篇，走访农牧户8户次，到旗政府、胡吉尔图嘎查、乌丹镇。",
        "6月11日（星期一）",
        "王海：旗政府，主持例会。",
        "李四：胡吉尔图嘎查，走访5户，走访。",
        "6月12日（星期二）",
        "王海：日志写在纸上。",
        "李四：乌丹镇，走访3户，核对收入。",
        "二、存在的问题",
        "（请队长补写）",
        "三、下周打算",
        "1. 修通组公路（李四，6月30日前）",
    ]


def test_drafting_anew_never_touches_what_was_written_and_shows_what_the_logs_say_now(desk: Desk) -> None:
    posting = enter(desk, "李四")
    write_logs(desk, posting, [date(2018, 6, 11)])
    first = notes.open_note(desk, WEEK)
    notes.keep(desk, WEEK, first.text + "\n队长的判断。", first.draft)
    write_logs(desk, posting, [date(2018, 6, 12)], "入户核查")
    logs.keep(desk, [log(posting, date(2018, 6, 11), "改写的内容")])
    again = notes.open_note(desk, WEEK)
    assert again.text == first.text + "\n队长的判断。"
    assert "李四：入户核查。" in again.news
    assert "李四：改写的内容。" in again.news
    assert "李四：走访农牧户。" in again.gone
    notes.keep(desk, WEEK, again.text, again.draft)
    settled = notes.open_note(desk, WEEK)
    assert (settled.news, settled.gone) == ((), ())


def test_the_list_of_weeks_says_how_each_stands(desk: Desk) -> None:
    posting = enter(desk, "李四", since=date(2018, 5, 30))
    write_logs(desk, posting, [date(2018, 6, 5), date(2018, 6, 12), date(2018, 6, 19)])
    notes.keep(desk, WEEK, "写好", "初稿", signed_by="王海", signed=date(2018, 6, 20))
    found = {row.week: (row.state, row.logs) for row in notes.listed(desk)}
    assert found == {
        "2018-W25": ("初稿已备好", 1),
        "2018-W24": ("已签字，迟于限期", 1),
        "2018-W23": ("逾期未写", 1),
        "2018-W22": ("没有周记", 0),
    }


def test_a_note_without_words_or_with_a_day_and_no_signer_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        notes.keep(desk, WEEK, "  ", "")
    with pytest.raises(Refused):
        notes.keep(desk, WEEK, "写好", "", signed=date(2018, 6, 19))
    assert desk.store.rows(WeeklyNote) == []


# -- the ledger


def test_carrying_over_keeps_the_link_and_the_age_and_twice_is_refused(desk: Desk) -> None:
    item = ledger.add(desk, "修路", opened=date(2018, 6, 5), due=date(2018, 6, 15))
    (second,) = ledger.carry(desk, [item.id, item.id], "2018-W24")
    with pytest.raises(Refused, match="不是在办事项"):
        ledger.carry(desk, [item.id], "2018-W25")
    (third,) = ledger.carry(desk, [second.id], "2018-W26")
    assert (third.id, third.carried_from, third.opened) == (f"{item.id}/2018-W26", second.id, date(2018, 6, 5))
    (row,) = ledger.items(desk)
    assert (row.item.id, row.age, row.overdue, row.carried) == (third.id, 15, True, 2)
    assert [held.state for held in desk.store.rows(LedgerItem)] == ["carried", "carried", "open"]
    assert ledger.counts(desk) == {"open": 1, "overdue": 1, "done": 0, "all": 3}


def test_all_that_is_in_hand_is_carried_over_the_year_end_in_one_stroke(desk: Desk) -> None:
    at(desk, date(2020, 12, 31))
    first = ledger.add(desk, "一", opened=date(2020, 12, 1))
    ledger.add(desk, "二", opened=date(2020, 12, 31))
    done = ledger.add(desk, "三", opened=date(2020, 12, 30))
    ledger.finish(desk, done.id, "已办")
    made = ledger.carry_all(desk)
    assert sorted(item.week for item in made) == ["2021-W01", "2021-W01"]
    assert ledger.carry_all(desk) == []
    with pytest.raises(Refused):
        ledger.carry(desk, [f"{first.id}/2021-W01"], "2020-W53")


def test_what_cannot_be_carried_leaves_everything_as_it_was(desk: Desk) -> None:
    one = ledger.add(desk, "一", opened=date(2018, 6, 5))
    later = ledger.add(desk, "二", opened=date(2018, 6, 20))
    with pytest.raises(Refused):
        ledger.carry(desk, [one.id, later.id], "2018-W25")
    assert {row.item.state for row in ledger.items(desk, which="all")} == {"open"}


def test_an_item_is_finished_dropped_and_taken_up_again(desk: Desk) -> None:
    item = ledger.add(desk, "一" * 1000, opened=date(2018, 6, 5))
    done = ledger.finish(desk, item.id, "办好了")
    assert (done.state, done.finished, done.result) == ("done", date(2018, 6, 20), "办好了")
    again = ledger.change(desk, msgspec.structs.replace(done, state="open"))
    assert again.finished is None
    assert ledger.finish(desk, item.id, dropped=True).state == "dropped"
    with pytest.raises(Refused):
        ledger.add(desk, "")


# -- the hint

TEXT = "上午到胡吉尔图嘎查走访贫困户，核对人均收入和两不愁三保障情况，下午召开党员会议"


def test_nearly_the_same_text_is_hinted_with_both_days_whoever_wrote_it(desk: Desk) -> None:
    one, other = enter(desk, "李四"), enter(desk, "张三")
    logs.keep(desk, [log(one, date(2018, 6, 4), TEXT), log(other, date(2018, 6, 12), TEXT.replace("5", "") + "。")])
    logs.keep(desk, [log(one, date(2018, 6, 12), "到乌丹镇协调饮水工程的施工占地，会同水利局查看机井位置")])
    (hint,) = hints.hints(desk, WEEK)
    assert (hint.first_name, hint.first.date, hint.second_name, hint.percent) == ("李四", date(2018, 6, 4), "张三", 100)
    assert hints.hints(desk, "2018-W20") == []


@pytest.mark.parametrize(
    ("one", "other", "hinted"),
    [
        ("走访贫困户", "走访贫困户", False),
        (TEXT, TEXT[:20], False),
        (TEXT, TEXT.replace("党员", "村民"), True),
        (TEXT, TEXT.translate(str.maketrans("，", " ")), True),
        ("长" * 5000, "长" * 5000, True),
    ],
)
def test_how_alike_is_alike(desk: Desk, one: str, other: str, hinted: bool) -> None:
    posting = enter(desk, "李四")
    logs.keep(desk, [log(posting, date(2018, 6, 11), one), log(posting, date(2018, 6, 12), other)])
    assert bool(hints.hints(desk, WEEK)) is hinted
