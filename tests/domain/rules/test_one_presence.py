"""A change of position inside one county is one presence (Art. 2, 9): nobody arrives anew who never left."""

from datetime import date
from typing import Any

import msgspec
import pytest

from tests.domain.attendance.marks import months, spread
from tests.domain.duties.dutyrecords import talk
from tests.domain.rules.build import COUNTY, POLICY, facts, judged, only, person, posting, slip
from tuopin_desktop.domain.appraisal.evidence import months_in_post
from tuopin_desktop.domain.duties.people import of_posting
from tuopin_desktop.domain.dutyevidence import DutyEvidence
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.records import Acknowledgement
from tuopin_desktop.services.office import library

WHO = person(id=f"{COUNTY}/who", name="李四")
DEPUTY = posting(WHO, "deputy", id=f"{COUNTY}/deputy", since=date(2018, 6, 1), until=date(2018, 9, 14))
LEADER = posting(WHO, "leader", id=f"{COUNTY}/leader", since=date(2018, 9, 15), party_moved=None)


def seen(today: str = "2018-11-01", *, leader: Any = LEADER, days: tuple[int, int] = (6, 14), **said: Any) -> Facts:
    """September 2018 with so many days worked as deputy and then as leader; every other day at rest."""
    rest = spread("2018-09-01", "2018-09-14", "cr/cr"), spread("2018-09-15", "2018-09-30", "cr/cr")
    worked = (
        spread("2018-09-01", f"2018-09-{days[0]:02d}", "vw/vw"),
        spread("2018-09-15", f"2018-09-{14 + days[1]}", "vw/vw"),
    )
    kept = [*months({**rest[0], **worked[0]}, DEPUTY.id), *months({**rest[1], **worked[1]}, leader.id)]
    logged = {f"{one.id}/2018-09": (1 << 31) - 1 for one in (DEPUTY, leader)}
    return facts(
        today=date.fromisoformat(today),
        persons=[WHO],
        postings=[DEPUTY, leader],
        attendance=kept,
        calendar=library.calendar(),
        journals=msgspec.structs.replace(Facts(today=date(2018, 9, 1), scope=COUNTY).journals, logged=logged),
        **said,
    )


def test_the_two_halves_of_the_month_are_judged_as_the_month_they_are() -> None:
    finding = only(seen(), "A09-1")
    assert (finding.verdict, finding.subject) == (Verdict.OK, f"attendance:{LEADER.id}/2018-09")
    assert finding.sentence.startswith("在旗县工作20天，应满20天")
    assert "职务变动前后合并计算：应满 9 + 11 = 20 天" in finding.steps
    short = only(seen(days=(6, 13)), "A09-1")
    assert (short.verdict, "在旗县工作19天，应满20天，差1天" in short.sentence) == (Verdict.RED, True)


def test_the_targets_of_the_two_halves_are_the_whole_target() -> None:
    known = seen()
    needed = []
    for record in known.attendance:
        held = known.posting_of(record)
        assert held is not None
        month = known.counting(POLICY, COUNTY).month([""] * 31, record.month, held, ())
        assert month is not None
        needed.append(month.needed)
    assert needed == [9, 11]


@pytest.mark.parametrize(
    "other",
    [
        msgspec.structs.replace(LEADER, since=date(2018, 9, 17)),
        msgspec.structs.replace(LEADER, county="150223"),
    ],
    ids=["gone for two days", "another county"],
)
def test_whoever_left_in_between_or_went_to_another_county_begins_anew(other: Any) -> None:
    assert len(judged(seen(leader=other), "A09-1")) == 2
    moved = {one.subject: one.verdict for one in judged(seen(leader=other), "A04-3")}
    assert moved == {f"posting:{DEPUTY.id}": Verdict.OK, f"posting:{LEADER.id}": Verdict.AMBER}


def test_villages_and_logs_of_the_month_are_judged_as_the_month_they_are() -> None:
    """Six days in villages as deputy and fourteen in town as leader: together most of the time was not in villages."""
    town = spread("2018-09-15", "2018-09-28", "cw/cw")
    kept = {**spread("2018-09-15", "2018-09-30", "cr/cr"), **town}
    known = seen()
    other = tuple(one if one.posting == DEPUTY.id else months(kept, LEADER.id)[0] for one in known.attendance)
    share = only(msgspec.structs.replace(known, attendance=other), "A09-2")
    assert (share.verdict, share.subject) == (Verdict.RED, f"attendance:{LEADER.id}/2018-09")
    assert share.inputs == (("进村入户", "6天"), ("在旗县工作", "20天"))
    written = {f"{DEPUTY.id}/2018-09": 0b111, f"{LEADER.id}/2018-09": ((1 << 25) - 1) & ~((1 << 14) - 1)}
    some = msgspec.structs.replace(known, journals=msgspec.structs.replace(known.journals, logged=written))
    logs = only(some, "A10-2", f"attendance:{LEADER.id}/2018-09")
    assert logs.inputs == (("应写日志", "20天"), ("已写", "14天"), ("缺", "6天"))
    assert judged(some, "A10-2", f"attendance:{DEPUTY.id}/2018-09") == []


def test_a_month_of_two_positions_is_one_month_of_the_appraisal() -> None:
    known = seen()
    today, year = date(2018, 12, 31), 2018
    counts = [months_in_post(one, year, today, known.presence(one)) for one in (DEPUTY, LEADER)]
    assert counts == [3, 4]  # June to August, and September to December
    assert [months_in_post(one, year, today) for one in (DEPUTY, LEADER)] == [4, 4]


def test_the_party_relation_that_was_moved_is_not_asked_for_again() -> None:
    finding = only(seen(), "A04-3")
    assert (finding.verdict, "已于2018-06-10转接" in finding.sentence) == (Verdict.OK, True)


def test_the_ten_donts_that_were_signed_are_not_asked_for_again() -> None:
    mark = Acknowledgement(id=f"{COUNTY}/s", posting=DEPUTY.id, signed=date(2018, 6, 5), joined=True)
    assert only(seen(duty_evidence=DutyEvidence(signatures=(mark,))), "A12-6").verdict is Verdict.OK
    late = only(seen(), "A12-6")
    assert (late.verdict, late.sentence) == (Verdict.NOTICE, only(seen("2018-09-16"), "A12-6").sentence)


def test_talks_heard_before_the_change_count_after_it() -> None:
    kept = DutyEvidence(talks=(talk(DEPUTY, "2018-09-01"),))
    assert "距上次听取汇报或谈心谈话61天" in only(seen(duty_evidence=kept), "A08-1").sentence


def test_the_radar_asks_once_too() -> None:
    known = seen(duty_evidence=DutyEvidence(talks=(talk(DEPUTY, "2018-09-01"),)))
    made = [
        duty
        for one in (DEPUTY, LEADER)
        for duty in of_posting(one, known, POLICY, date(2018, 1, 1), date(2019, 12, 31))
        if duty.rule in ("A04-3", "A11-1", "A12-6")
    ]
    assert sorted((duty.rule, duty.subject) for duty in made) == [
        (rule, f"posting:{DEPUTY.id}") for rule in ("A04-3", "A11-1", "A12-6")
    ]


HAND_OVER = msgspec.structs.replace(DEPUTY, until=date(2018, 9, 15))


def handing_over(deputy: str, leader: str, *slips: Any, worked: int = 14) -> Facts:
    """September 2018: deputy until the 15th, leader since the 15th, that day with these marks in either month."""
    kept = {
        DEPUTY.id: spread("2018-09-01", "2018-09-05", "vw/vw") | spread("2018-09-06", "2018-09-14", "cr/cr"),
        LEADER.id: spread("2018-09-16", f"2018-09-{15 + worked}", "vw/vw"),
    }
    kept[LEADER.id] |= {date(2018, 9, day): "cr/cr" for day in range(16 + worked, 31)}
    kept[DEPUTY.id][date(2018, 9, 15)], kept[LEADER.id][date(2018, 9, 15)] = deputy, leader
    known = seen()
    return msgspec.structs.replace(
        known,
        postings=(HAND_OVER, LEADER),
        attendance=tuple(one for name, days in kept.items() for one in months(days, name)),
        slips=slips,
    )


@pytest.mark.parametrize(
    ("deputy", "leader", "days"),
    [("vw/vw", "vw/vw", 20), ("vw/vw", "", 20), ("vw/", "/vw", 20), ("vw/vw", "cr/cr", 19), ("cr/cr", "vw/vw", 20)],
)
def test_the_day_of_hand_over_counts_once_and_as_the_later_posting_has_it(deputy: str, leader: str, days: int) -> None:
    finding = only(handing_over(deputy, leader), "A09-1")
    assert dict(finding.inputs) | {"计入天数": f"{days}天", "未登记": "0天", "在派天数": "30天"} == dict(finding.inputs)
    assert finding.verdict is (Verdict.OK if days == 20 else Verdict.RED)


def test_a_slip_over_the_day_of_hand_over_is_one_day_of_leave() -> None:
    away = slip(LEADER.id, "2018-09-15am/2018-09-15pm", leave_type="personal", returned="2018-09-16am")
    finding = only(handing_over("", "", away), "A09-1")
    assert (dict(finding.inputs)["请假"], dict(finding.inputs)["未登记"]) == ("1天", "0天")


def test_the_log_of_the_day_of_hand_over_is_asked_for_once() -> None:
    known = handing_over("vw/vw", "vw/vw")
    written = {DEPUTY.id + "/2018-09": 0b11111, LEADER.id + "/2018-09": ((1 << 29) - 1) & ~((1 << 14) - 1)}
    some = msgspec.structs.replace(known, journals=msgspec.structs.replace(known.journals, logged=written))
    assert only(some, "A10-2", f"attendance:{LEADER.id}/2018-09").inputs[-1] == ("缺", "0天")
