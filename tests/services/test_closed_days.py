"""A closed month is what was closed: no later writing of any kind changes its book, its figures or its findings."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.services import closedteam, exchangers, leaveteam
from tests.services.closedteam import COUNTY, JULY_2, MONTH, on, paper, said
from tests.services.desks import changed
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.appraisal import strikes
from tuopin_desktop.domain.appraisal.evidence import Strike
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.record import Field, Form, Scalar, fields
from tuopin_desktop.domain.records import KINDS, LeaveSlip, Opinion, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closechanges, closing, monthbooks
from tuopin_desktop.services.attendance import month as grid
from tuopin_desktop.services.attendance import year as card
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.leave import leavedesk, leaveversions
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import circular, monthly, year

NIGHTLY = os.environ.get("TUOPIN_NIGHTLY") == "1"
MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """Return a folder with the office whose June is closed, in memory where the system has such a place."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        for name, level in (("office", "county"), ("region", "region")):
            desk, _ = closedteam.closed(Path(folder) / name, level)
            desk.close()
        yield Path(folder)


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(made / "office", tmp_path / "office")
    desk = offices.open_desk(tmp_path / "office", FixedClock(JULY_2_NINE))
    yield desk
    desk.close()


JULY_2_NINE = datetime.combine(JULY_2, time(9))


def slip_of(desk: Desk) -> LeaveSlip:
    (slip,) = desk.store.rows(LeaveSlip)
    return slip


def test_the_month_as_closed_has_absence_leave_a_class_and_a_trip_in_it(office: Desk) -> None:
    members = {one.name: one for one in teammonth.read(office, MONTH).members}
    assert members["李四"].days[19:22] == ("ol/ol", "ou/ou", "ou/")
    assert members["赵五"].days[19:22] == ("on/on", "on/on", "")
    assert members["孙六"].days[19:22] == ("", "o?/o?", "o?/")


def edited(desk: Desk) -> None:
    """Change place and days of the slip, as a second PC's package would."""
    slip = slip_of(desk)
    said: dict[str, Scalar] = {"period": "2018-06-20am/2018-06-22pm", "place": "赤峰市"}
    desk.store.commit([Change("leave_slip", slip.id, said)], "乙", desk.clock.wall_ms())


def test_a_slip_edited_after_the_close_changes_neither_book_nor_circular_nor_rules(office: Desk) -> None:
    before = paper(office), said(office), circular.circular(office, MONTH)
    (absent,) = judging.findings(office, "A16-3")
    assert absent.sentence.startswith("无正当理由离岗最长连续2.5天")
    edited(office)
    assert (paper(office), said(office), circular.circular(office, MONTH)) == before
    assert judging.findings(office, "A16-3") == [absent]


def test_grid_year_card_and_figures_of_the_month_show_the_closed_days(office: Desk) -> None:
    posting = next(one for one in office.store.rows(Posting) if one.id == slip_of(office).posting)
    before = grid.read(office, MONTH), card.year(office, posting.id, 2018).months[5], monthly.monthly(office, MONTH)
    edited(office)
    after = grid.read(office, MONTH), card.year(office, posting.id, 2018).months[5], monthly.monthly(office, MONTH)
    assert [(row.name, row.closed_days, row.count) for row in after[0].rows] == [
        (row.name, row.closed_days, row.count) for row in before[0].rows
    ]
    assert after[1:] == before[1:]


def test_an_open_month_goes_on_reading_what_papers_say_today(office: Desk) -> None:
    closing.reopen(office, MONTH, "报备单有误")
    edited(office)
    member = next(one for one in teammonth.read(office, MONTH).members if one.name == "李四")
    assert member.days[19:22] == ("ol/ol", "ol/ol", "ol/")  # back on the 22nd, afternoon (Q6)


def test_absence_over_a_closed_and_an_open_month_counts_the_closed_days_as_closed(office: Desk) -> None:
    posting = slip_of(office).posting
    on(office, date(2018, 8, 1))
    days: dict[str, Scalar] = {f"d{day:02d}": "ou/ou" for day in range(1, 16)}
    values = {"posting": posting, "month": "2018-07", **days}
    office.commit([Change("attendance", f"{posting}/2018-07", values)])
    june: dict[str, Scalar] = {f"d{day:02d}": "ou/ou" for day in range(23, 31)}
    office.store.commit([Change("attendance", f"{posting}/{MONTH}", june)], "乙", office.clock.wall_ms())
    (found,) = judging.findings(office, "A16-3")
    assert found.verdict is not Verdict.SUSPECTED
    assert dict(found.inputs)["2018年累计"] == "17.5天"
    closing.reopen(office, MONTH, "补报")
    (found,) = judging.findings(office, "A16-3")
    assert found.verdict is Verdict.SUSPECTED


def test_a_reprint_bears_the_day_office_names_and_title_of_the_close(office: Desk) -> None:
    book = monthbooks.month_book(office, MONTH)
    assert (book.filled, book.office, book.state) == (JULY_2, "翁牛特旗工作总队办公室", "2018年7月2日结账")
    before = paper(office)
    registers.save(office, changed(office.office, name="翁牛特旗乡村振兴局", clerk="新人"))
    for person in registers.rows(office, "person"):
        registers.save(office, changed(person, name="改名"))
    on(office, JULY_2 + timedelta(days=400))
    assert paper(office) == before


def test_a_correction_and_a_reopening_change_the_book_and_the_earlier_close_stays_readable(office: Desk) -> None:
    before = paper(office)
    edited(office)
    closing.correct(office, slip_of(office).posting, date(2018, 6, 21), "假", "报备单更正")
    book = monthbooks.month_book(office, MONTH)
    assert any("更正单2018-0001" in note for note in book.notes)
    closing.reopen(office, MONTH, "报备单更正")
    closing.close(office, MONTH, gaps=closing.preview(office, MONTH).missing or None)
    again = monthbooks.month_book(office, MONTH)
    assert again.state == "2018年7月2日第2次结账"
    assert [line.totals[-1] for line in again.lines if line.name == "李四"] == [0]
    earlier = monthbooks.month_book(office, MONTH, edition=1)
    assert (earlier.state, earlier.notes) == ("2018年7月2日结账", book.notes)
    assert [line.totals[-1] for line in earlier.lines if line.name == "李四"] == [0.5]
    assert paper(office) != before


# ------------------------------------------------------------ whatever is written


KEPT = ("month_close", "correction")
"""What corrects or reopens a month; everything else that travels may be written at will."""

_PLACES = st.integers(0, 10_000)
Edit = tuple[int, int, int, int]


def written(desk: Desk, edit: Edit) -> Change:
    """Return one change of any kind: a field of a record that is here, or of a new one, with some value of its form."""
    kinds = [cls for name, cls in KINDS.items() if name not in KEPT and not cls.kind.local]
    cls = kinds[edit[0] % len(kinds)]
    held = desk.store.rows(cls, deleted=None)
    record = held[edit[1] % len(held)] if held and edit[1] % 4 else None
    record_id = record.id if record is not None else f"150426/neu{edit[1] % 5}"
    names: dict[str, Scalar] = {"deleted": 1 if edit[3] % 2 else None}
    if edit[2] % 6:
        item = fields(cls)[edit[2] % len(fields(cls))]
        names = {item.name: value(desk, item, edit[3])}
    return Change(cls.kind.name, record_id, names)


def value(desk: Desk, item: Field, place: int) -> Scalar:
    """Return a value of a field's form, or nothing."""
    if place % 7 == 0:
        return None
    if item.form is Form.REF:
        targets = [row.id for row in desk.store.rows(KINDS[item.ref.split(",")[0] or "posting"], deleted=None)]
        target = targets[place % len(targets)] if targets else None
        return target if item.ref or target is None else ids.key("posting", target)  # any kind's: by its log key
    if item.form is Form.CHOICE:
        words = list(item.codes(desk.vocabulary).labels)
        return words[place % len(words)]
    day = date(2018, 6, 1) + timedelta(days=place % 60)
    some: dict[Form, Scalar] = {
        Form.DATE: day.isoformat(),
        Form.PERIOD: f"{day}am/{day + timedelta(days=place % 9)}pm",
        Form.HALF: f"{day}am",
        Form.MONTH: f"2018-0{6 + place % 2}",
        Form.DAY: ("vw/cw", "ou/ou", "ol/ol", "ot/vw")[place % 4],
        Form.INTEGER: place % 40,
        Form.MONEY: place,
        Form.FLAG: 1,
    }
    return some.get(item.form, f"改{place % 13}"[: item.limit or 10])


@settings(
    max_examples=1_000 if NIGHTLY else 40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=st.lists(st.tuples(_PLACES, _PLACES, _PLACES, _PLACES), min_size=1, max_size=25))
def test_no_sequence_of_writings_changes_a_byte_of_the_book_or_a_finding_on_its_days(
    made: Path, edits: list[Edit]
) -> None:
    """They are written at the region office, which may write everything, past every form like a package's."""
    with tempfile.TemporaryDirectory(dir=made) as folder:
        shutil.copytree(made / "region", Path(folder) / "office")
        desk = offices.open_desk(Path(folder) / "office", FixedClock(JULY_2_NINE))
        before = paper(desk), said(desk)
        for edit in edits:
            desk.store.commit([written(desk, edit)], "乙", desk.clock.wall_ms())
        desk = closedteam.reopened(desk, JULY_2 + timedelta(days=1 + len(edits)))
        try:
            assert (paper(desk), said(desk)) == before
        finally:
            desk.close()


# ------------------------------------------------------------ other doors


def test_a_new_version_of_a_signed_slip_and_a_void_one_leave_the_book_and_are_told(tmp_path: Path) -> None:
    desk, posted = closedteam.closed(tmp_path / "office", signed=True)
    before = paper(desk), said(desk)
    slip = slip_of(desk)
    version = leaveversions.correct(desk, slip.id, "日期写错", period="2018-06-20至2018-06-22")
    leaveteam.sign(desk, version, JULY_2)
    told = [one.words for one in closechanges.changes(desk, MONTH)]
    assert told
    assert all(posted["李四"].id == one.posting for one in closechanges.changes(desk, MONTH))
    assert (paper(desk), said(desk)) == before
    desk.close()


def test_a_package_and_its_undoing_leave_the_book_of_the_office_above_too(tmp_path: Path) -> None:
    """The county closes and sends; then it goes on writing and sends again, and the region takes and takes back."""
    root, county = exchangers.region(tmp_path / "15"), exchangers.found(tmp_path / "county", COUNTY)
    exchangers.join(root, county, tmp_path)
    closedteam.counted(county)
    closing.close(county, MONTH, gaps=closing.preview(county, MONTH).missing)
    on(root, JULY_2)
    packages.take(root, exchangers.send(county, exchangers.REGION, tmp_path))
    before = paper(root), said(root)
    assert paper(county) == before[0]
    edited(county)
    for posting in county.store.rows(Posting):
        registers.save(county, changed(posting, since=date(2018, 6, 15)))
    packages.take(root, exchangers.send(county, exchangers.REGION, tmp_path))
    assert closechanges.changes(root, MONTH, COUNTY)
    assert (paper(root), said(root)) == before
    packages.undo(root)
    assert closechanges.changes(root, MONTH, COUNTY) == ()
    assert (paper(root), said(root)) == before
    root.close()
    county.close()


def test_a_figure_of_the_year_and_a_veto_count_the_closed_month_as_closed(tmp_path: Path) -> None:
    desk, posted = closedteam.closed(tmp_path / "office", signed=True)
    on(desk, date(2018, 7, 20))
    before = year.read(desk, 2018).leave, struck(desk, posted["李四"])
    assert [(one.halves, one.overrun) for one in before[0]] == [(2, True)]
    assert [one.amount for one in before[1]] == [1]
    slip = slip_of(desk)
    desk.store.commit([Change("opinion", one.id, {"deleted": 1}) for one in desk.store.rows(Opinion)], "乙", 1)
    leavedesk.end(desk, slip.id, "voided", "作废重填")
    assert closechanges.changes(desk, MONTH)
    assert (year.read(desk, 2018).leave, struck(desk, posted["李四"])) == before
    desk.close()


def struck(desk: Desk, posting: Posting) -> list[Strike]:
    facts = judging.facts(desk)
    return list(strikes.leave(posting, facts, judging.policy_on(desk, facts.today), 2018))
