"""The guided tour of a practice county: each step is over once the records show that a clerk did it, in any year."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import open_office
from tuopin_desktop.demo import sample
from tuopin_desktop.domain.attendance.months import month_id
from tuopin_desktop.domain.journals.entries import log_id
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import DailyLog, Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import keep
from tuopin_desktop.services.attendance.keep import Edit
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.home import guide
from tuopin_desktop.services.journals import logs
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture(scope="module", params=["2018-07-02", "2020-03-01", "2026-12-01"])
def desk(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A practice county of a day, also of one long after the teams: the sample is always of these weeks."""
    folder = tmp_path_factory.mktemp("practice") / "office"
    clock = FixedClock(datetime.fromisoformat(f"{request.param}T09:00"))
    offices.create(folder, level="county", county="150426", clerk="李秀英", practice=True, clock=clock)
    opened = offices.open_desk(folder, clock)
    sample.fill(opened)
    yield opened
    opened.close()


def _find(desk: Desk) -> None:
    person = registers.get(desk, Person, guide.sample_id(desk.scope, f"person {guide.DEPUTY}"))
    registers.save(desk, msgspec.structs.replace(person, phone="10000012345"))


def _slip(desk: Desk) -> None:
    day = desk.today()
    slip = leave.draft(desk, guide.sample_id(desk.scope, f"posting {guide.ASKER}"))
    period = f"{day}am/{day}pm"
    leave.save(desk, msgspec.structs.replace(slip, period=period, place="呼和浩特市", reason="参加会议。"))


def _own(desk: Desk) -> str:
    given = {guide.sample_id(desk.scope, f"slip {name}") for name in (guide.RED, guide.AWAY)}
    return next(one.id for one in leave.slips(desk) if one.id not in given)


def _attend(desk: Desk) -> None:
    day = desk.today()
    posting = guide.sample_id(desk.scope, f"posting {guide.LEADER}")
    keep.keep(desk, [Edit(posting, f"{day:%Y-%m}", day.day, "", "vw/vw")])


def _clear(desk: Desk) -> None:
    day = guide.red_day(desk)
    assert isinstance(day, date)
    posting = guide.sample_id(desk.scope, f"posting {guide.RED}")
    keep.keep(desk, [Edit(posting, f"{day:%Y-%m}", day.day, guide.CLASH, "")])
    assert month_id(posting, f"{day:%Y-%m}")


def _log(desk: Desk) -> None:
    posting = guide.sample_id(desk.scope, f"posting {guide.LEADER}")
    day = desk.today()
    assert logs.keep(desk, [DailyLog(id=log_id(posting, day), posting=posting, date=day, text="走访农牧户")]) == {}


DEEDS: dict[str, Callable[[Desk], object]] = {
    "find": _find,
    "slip": _slip,
    "print": lambda desk: leavedesk.printed(desk, [_own(desk)]),
    "back": lambda desk: leavedesk.sheet_back(desk, _own(desk)),
    "return": lambda desk: leavedesk.back(desk, guide.sample_id(desk.scope, f"slip {guide.AWAY}"), desk.today(), "am"),
    "attendance": _attend,
    "red": _clear,
    "log": _log,
    "package": lambda desk: packages.make(desk, "15", desk.folder / "stick"),
    "help": lambda desk: guide.note(desk, guide.HELP),
}


def test_nothing_is_done_at_first_and_each_deed_alone_ticks_its_step(desk: Desk) -> None:
    assert list(DEEDS) == [step.key for step in guide.STEPS]
    for at, (key, deed) in enumerate(DEEDS.items()):
        before = guide.tour(desk)
        assert before is not None
        assert (before.here, before.count) == (key, at)
        deed(desk)
        after = guide.tour(desk)
        assert after is not None
        assert after.here == next(iter(list(DEEDS)[at + 1 :]), "")
        assert [row.key for row in after.rows if row.state == "done"] == list(DEEDS)[: at + 1]


def test_a_step_is_skipped_taken_up_again_and_the_tour_put_away(tmp_path: Path) -> None:
    opened = open_office(tmp_path / "office", practice=True, clerk="李秀英")
    try:
        sample.fill(opened)
        guide.skip(opened, "find")
        tour = guide.tour(opened)
        assert tour is not None
        assert (tour.here, tour.row("find").state) == ("slip", "skipped")
        guide.take_up(opened, "find")
        guide.fold(opened)
        again = guide.tour(opened)
        assert again is not None
        assert (again.here, again.folded) == ("find", True)
        with pytest.raises(Refused):
            guide.skip(opened, "nonsense")
        assert not (opened.folder / "练习-自治区").exists()
    finally:
        opened.close()


def test_a_real_office_has_no_tour_and_takes_no_sample(tmp_path: Path) -> None:
    opened = open_office(tmp_path / "office", clerk="李秀英")
    try:
        assert guide.tour(opened) is None
        guide.note(opened, guide.HELP)
        with pytest.raises(Trouble):
            sample.fill(opened)
        assert opened.store.rows(Person) == []
    finally:
        opened.close()
