"""The cross-check over a real office: what the store reads, explained by the county, sent back by the Office."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.services.desks import enter, open_office, over
from tests.services.leaveteam import at, made
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Attendance, DailyLog, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.store.store import Store

DAY = date(2018, 7, 10)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_office(tmp_path / "county", practice=True)
    yield opened
    opened.close()


def log(desk: Desk, posting: Posting, day: date, place: str = "village") -> DailyLog:
    said = DailyLog(id=registers.new_id(desk), posting=posting.id, date=day, place_kind=place, text="入户走访")
    saved = registers.save(desk, said)
    assert isinstance(saved, DailyLog)
    return saved


def contradicted(desk: Desk) -> Posting:
    """One log written in the village on a day of approved leave."""
    who = enter(desk, "李四")
    made(desk, who, "2018-07-09am/2018-07-11pm", leave_type="personal")
    at(desk, DAY, 18)
    log(desk, who, DAY)
    return who


def test_a_log_in_leave_is_found_explained_and_stays_closed(desk: Desk) -> None:
    contradicted(desk)
    (row,) = evidence.rows(desk)
    assert (row.item.what, row.item.who, row.state, row.rule) == ("log_in_leave", "李四", "open", "A10-1-10")
    assert "嘎查村" in row.item.sentence
    assert [finding.verdict.value for finding in judging.findings(desk, "A10-1-*")] == ["amber"]
    said = evidence.explain(desk, row.id.partition("/")[2][:20], "当日已提前返村，未改报备单", by="王海")
    assert said.id == row.id
    (row,) = evidence.rows(desk)
    assert row.state == "explained"
    assert [finding.verdict.value for finding in judging.findings(desk, "A10-1-*")] == ["ok"]
    with pytest.raises(Refused, match="已经说明"):
        evidence.explain(desk, row.id, "再说一遍", by="王海")


def test_only_the_office_sends_an_explanation_back(desk: Desk) -> None:
    contradicted(desk)
    (row,) = evidence.rows(desk)
    evidence.explain(desk, row.id, "当日已提前返村", by="王海")
    with pytest.raises(Refused, match="只能由自治区"):
        evidence.reopen(desk, row.id, "请附证明")


def test_what_the_office_sent_back_is_open_until_it_is_explained_again(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "region", level="region", practice=True)
    try:
        contradicted(desk)
        (row,) = evidence.rows(desk)
        with pytest.raises(Refused, match="还没有说明"):
            evidence.reopen(desk, row.id, "请附证明")
        evidence.explain(desk, row.id, "当日已提前返村", by="王海")
        with pytest.raises(Refused, match="退回的原因"):
            evidence.reopen(desk, row.id, " ")
        evidence.reopen(desk, row.id, "请附证明")
        assert evidence.rows(desk)[0].state == "returned"
        evidence.explain(desk, row.id, "附嘎查证明", by="王海", proof="证明1份")
        assert evidence.rows(desk)[0].state == "explained"
    finally:
        desk.close()


def test_corrected_records_need_no_explanation(desk: Desk) -> None:
    who = contradicted(desk)
    registers.delete(desk, "daily_log", f"{who.id}/{DAY}")
    assert evidence.rows(desk) == []
    with pytest.raises(Refused, match="可能已经更正"):
        evidence.explain(desk, "150426/log_in_leave-0000", "无", by="王海")


def test_when_a_log_was_keyed_is_read_from_the_change_log(desk: Desk) -> None:
    who = enter(desk, "李四")
    at(desk, date(2018, 9, 3), 1)  # one in the morning here is still the day before in universal time
    for day in (date(2018, 7, 3), date(2018, 7, 4), date(2018, 8, 30), date(2018, 9, 3)):
        log(desk, who, day)
    at(desk, date(2018, 9, 4))
    with over(desk, date(2018, 9, 6)):  # as it comes by package from an older program: here nobody notes days ahead
        log(desk, who, date(2018, 9, 6))
    found = {row.item.what: row.item.sentence for row in evidence.rows(desk)}
    assert set(found) == {"log_late", "log_early"}
    assert found["log_late"].startswith("2018-07-03至2018-07-04的2份日志到2018-09-03才录入")
    assert found["log_early"] == "2018-09-06的日志2018-09-04就录入了，早于当天"


def test_logs_are_read_as_bits_by_place(desk: Desk) -> None:
    who = enter(desk, "李四")
    at(desk, date(2018, 7, 31))
    for number, place in ((1, "village"), (3, "village"), (31, "county"), (4, "")):
        log(desk, who, date(2018, 7, number), place)
    store: Store = desk.store
    month = f"{who.id}/2018-07"
    known = store.days_by(DailyLog, "place_kind", ("15", "16"))
    assert known == {month: {"village": 0b101, "county": 1 << 30, "": 0b1000}}
    assert store.days_by(DailyLog, "place_kind", ("150427", "16")) == {}
    with pytest.raises(KeyError):
        store.days_by(DailyLog, "nothing", ("15", "16"))


def test_rows_are_chosen_by_person_month_and_kind(desk: Desk) -> None:
    who = contradicted(desk)
    registers.save(desk, Attendance(id=f"{who.id}/2018-07", posting=who.id, month="2018-07", d09="vw/vw"))
    known = evidence.rows(desk)
    assert {row.item.what for row in known} == {"log_in_leave", "on_post_in_leave"}
    assert len(evidence.select(known, what="log_in_leave")) == 1
    assert len(evidence.select(known, person="李四", month="2018-07", state="pending")) == 2
    assert evidence.select(known, month="2018-08") == []
    assert evidence.select(known, person="王海") == []


def test_an_empty_office_has_no_contradiction(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(2019, 1, 1, 9)
    assert evidence.rows(desk) == []
