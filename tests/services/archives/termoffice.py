"""A region's office after the term: two teams of one man, a recall, a man replaced and back."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tests.services.desks import changed, enter, open_office
from tests.services.leaveteam import ID_NUMBER
from tuopin_desktop.domain.attendance.closing import Figure, encode_figures
from tuopin_desktop.domain.attendance.months import following, served
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.record import Record, scalars
from tuopin_desktop.domain.records import Decision, Grade, Measure, MonthClose, Posting, RecallCase
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

ONE, OTHER = "150426", "152202"
LONG_UNIT = "内蒙古自治区" + "农牧业技术推广和草原生态保护综合服务中心" * 9 + "总站党委"
"""A unit of 200 characters."""
UNTIL = date(2020, 12, 31)


class Term(NamedTuple):
    """The office, and the postings of those who served."""

    desk: Desk
    two: tuple[Posting, Posting]
    recalled: Posting
    back: tuple[Posting, Posting]
    bare: Posting


def put(desk: Desk, record: Record) -> None:
    """Write a record as its own use case would."""
    desk.commit([Change(record.kind.name, record.id, difference({}, scalars(record)))])


def came(desk: Desk, record: Record) -> None:
    """Bring a record as a package of another release would: past what is asked of whoever writes here."""
    change = Change(record.kind.name, record.id, difference({}, scalars(record)))
    desk.store.commit([change], "经办人", desk.clock.stamp_ms())


def again(desk: Desk, before: Posting, county: str, position: str, **said: Any) -> Posting:
    """Post somebody once more."""
    posting = Posting(
        id=registers.new_id(desk, county),
        person=before.person,
        county=county,
        position=position,
        **said,
    )
    return registers.save(desk, posting)


def build(folder: Path) -> Term:
    """Set the office up in 2018 and let it be January 2021."""
    desk = open_office(folder, level="region", practice=True, clerk="包图雅", name="自治区工作队管理办公室")
    desk.clock = FixedClock(datetime(2021, 1, 15, 9))
    ended: dict[str, Any] = {"until": UNTIL, "end_reason": "term"}
    two = enter(
        desk,
        "王海",
        "leader",
        ONE,
        unit=LONG_UNIT[:100],
        sex="1",
        id_number=ID_NUMBER,
        post="处长",
        until=date(2019, 8, 31),
    )
    two = registers.save(
        desk, _with(two, end_reason="work", paper="内党组〔2018〕7号", approval_paper="内脱攻办〔2019〕3号")
    )
    second = again(desk, two, OTHER, "deputy", since=date(2019, 9, 1), paper="内党组〔2019〕9号", **ended)
    recalled = enter(desk, "李四", "member", ONE, unit="自治区林业和草原局", until=date(2019, 3, 20))
    recalled = registers.save(desk, _with(recalled, end_reason="recall", paper="内党组〔2018〕7号"))
    case = RecallCase(
        id=registers.new_id(desk, ONE),
        posting=recalled.id,
        trigger="weak",
        since=date(2019, 2, 1),
        opened=date(2019, 2, 2),
        facts="走访少",
        outcome="recalled",
        closed=date(2019, 3, 25),
    )
    put(desk, case)
    put(
        desk,
        Measure(
            id=registers.new_id(desk, ONE),
            case=case.id,
            measure="opinion",
            taken=date(2019, 3, 12),
            paper="内脱攻办〔2019〕1号",
        ),
    )
    back = enter(desk, "孙六", "member", ONE, unit="自治区林业和草原局", until=date(2018, 12, 31))
    back = registers.save(desk, _with(back, end_reason="health", paper="内党组〔2018〕7号"))
    put(
        desk,
        Decision(
            id=registers.new_id(desk, ONE),
            matter="replacement",
            subject=back.id,
            result="approved",
            decided=date(2018, 12, 20),
            paper="内脱攻办〔2018〕9号",
        ),
    )
    returned = again(desk, back, ONE, "member", since=date(2019, 6, 17), paper="内党组〔2019〕4号", **ended)
    bare = enter(desk, "赵五", "deputy", ONE)
    put(
        desk,
        Grade(
            id=f"{ONE}/g1",
            subject=two.id,
            year=2018,
            decided="excellent",
            decided_on=date(2019, 1, 20),
            paper="内脱攻办〔2019〕2号",
        ),
    )
    for county in (ONE, OTHER):
        close_all(desk, county)
    return Term(desk, (two, second), recalled, (back, returned), bare)


def _with(posting: Posting, **said: Any) -> Posting:
    before: Posting = changed(posting, **said)
    return before


def close_all(desk: Desk, county: str, but: str = "2020-02") -> None:
    """Close every month of a county's term but one, each posting with 18.5 days or what it served."""
    month, posted = date(2018, 6, 1), desk.store.rows(Posting, {"county": county})
    changes = []
    while month <= UNTIL:
        name = f"{month:%Y-%m}"
        figures = [figure(one, name) for one in posted if served(one, name)]
        close = MonthClose(
            id=f"{county}/{name}",
            county=county,
            month=name,
            state="closed",
            edition=1,
            closed=following(month),
            figures=encode_figures(figures),
        )
        if name != but:
            changes.append(Change("month_close", close.id, difference({}, scalars(close))))
        month = following(month)
    desk.commit(changes)


def figure(posting: Posting, month: str) -> Figure:
    """Return what a month was closed with."""
    span = served(posting, month)
    assert span is not None
    in_post = (span[1] - span[0]).days + 1
    counted = min(37, 2 * in_post)
    halves = dict.fromkeys(("apart", "village", "county", "rested", "leave", "unjustified", "missing"), 0)
    return Figure(
        posting=posting.id,
        name="",
        position=POSITION.word(posting.position),
        in_post=in_post,
        needed=20,
        counted=counted,
        **halves,
    )
