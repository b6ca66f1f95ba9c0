"""A slip is judged by the records around it alone: what is said of it is what would be said over everybody's."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.services.desks import changed, open_office
from tests.services.smallregions import COUNTIES, Region, fill
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Amendment, Call, Decision, Filing, LeaveSlip, Opinion, Person, Posting
from tuopin_desktop.domain.records.choices import RELATION
from tuopin_desktop.domain.rules import RULES
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave, leavedesk, near
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.leave import questions
from tuopin_desktop.ui.pages.leave.versions import versions_of

PAUSE = 10
"""The most statements a pause in typing may cost."""
SHOWN = 60
"""The most reads the saving of a slip and its showing afterwards, steps and story, may cost beside its writing."""
SAVE = 25
"""The most reads the saving of a slip may cost beside its writing."""
_ABOUT_LEAVE = (Person, Posting, LeaveSlip, Opinion, Filing, Call, Decision)
_VILLAGE = "2021-village"


def crowd(seed: int) -> list[Record]:
    """Two teams with leave: slips that follow one another, transfers, two rule packs, what was deleted since."""
    region = Region(seed, COUNTIES[:2])
    records = [one for one in region.records if isinstance(one, _ABOUT_LEAVE)]
    slips = [one for one in records if isinstance(one, LeaveSlip)]
    return [two for one in records for two in _tangled(one, region.rng, slips)]


def _tangled(one: Record, rng: random.Random, slips: list[LeaveSlip]) -> Iterator[Record]:
    if isinstance(one, LeaveSlip) and rng.random() < 0.5:
        own = [other for other in slips if other.posting == one.posting and other.id != one.id]
        before = rng.choice(own if own and rng.random() < 0.8 else slips)
        one = changed(one, follows=before.id, relation=rng.choice([*RELATION.labels]))
    if isinstance(one, Posting) and rng.random() < 0.2:
        one = changed(one, pack=_VILLAGE, position="first", village="某村")
    if isinstance(one, Posting) and rng.random() < 0.3:
        yield _transfer(one)
    if isinstance(one, Call) and rng.random() < 0.5:
        yield changed(one, id=f"{one.slip}/call-liaison", side="liaison")
    if isinstance(one, LeaveSlip | Posting | Opinion) and rng.random() < 0.05:
        one = changed(one, deleted=True)
    yield one


def _of_county(one: Record) -> bool:
    """Tell whether the first county may write a record: of its own, and nothing that is the Office's word."""
    return one.id.startswith(COUNTIES[0]) and not isinstance(one, Decision) and getattr(one, "side", "") != "liaison"


def _transfer(posting: Posting) -> Posting:
    """Return a later posting of the same person to the other county."""
    county = next(code for code in COUNTIES[:2] if code != posting.county)
    since = (posting.since or date(2018, 6, 1)) + timedelta(days=60)
    return changed(posting, id=f"{county}/{posting.id[7:]}", county=county, since=since, until=None, pack="")


def everybody(desk: Desk, slip: LeaveSlip) -> list[Finding]:
    """Return what is said of a settled slip over the facts of everybody."""
    facts = judging.facts(desk)
    others = tuple(one for one in facts.slips if one.id != slip.id)
    judged = judging.judge(desk, changed(facts, slips=(*others, slip)), "A10-*", ids.key("leave_slip", slip.id))
    return [one for one in judged if one.verdict is not Verdict.OK]


def typed(desk: Desk, seed: int) -> Iterator[LeaveSlip]:
    """Yield stored slips with something typed over, and new ones of everybody."""
    rng = random.Random(seed)
    for slip in desk.store.rows(LeaveSlip):
        first = date(2018, 6, 1) + timedelta(days=rng.randint(0, 180))
        period = rng.choice((slip.period, f"{first}am/{first + timedelta(days=rng.randint(0, 9))}pm", "6月", ""))
        yield changed(slip, period=period, returned=rng.choice((slip.returned, "", f"{first}am")))
    for posting in desk.store.rows(Posting):
        first = (posting.since or date(2018, 6, 1)) + timedelta(days=rng.randint(-3, 90))
        yield changed(leave.draft(desk, posting.id), period=f"{first}am/{first + timedelta(days=3)}pm", place="北京")


@pytest.fixture(params=["region", "county"])
def level(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("seed", range(3))
def test_a_slip_is_judged_as_over_everybody(tmp_path: Path, level: str, seed: int) -> None:
    with closing(open_office(tmp_path, level=level, county=COUNTIES[0])) as desk:
        fill(desk, [[one for one in crowd(seed) if level == "region" or _of_county(one)]])
        rules = set()
        for slip in typed(desk, seed):
            prepared = leave.prepare(desk, slip)
            found = leave.warnings(desk, prepared)
            assert found == everybody(desk, prepared.slip)
            assert prepared.slip == leave.settle(desk, slip)
            assert prepared.sheet == leave.sheet(desk, prepared.slip)
            written = registers.check(desk, prepared.slip) + leave.paper_problems(desk, prepared.slip)
            assert list(prepared.problems) == written
            rules |= {one.rule for one in found}
        assert len(rules) >= 3  # the slips of a seed are not all alike


@pytest.mark.parametrize("seed", range(2))
def test_a_slips_story_is_told_as_from_everybodys_papers(tmp_path: Path, level: str, seed: int) -> None:
    with closing(open_office(tmp_path, level=level, county=COUNTIES[0])) as desk:
        records = [one for one in crowd(seed) if level == "region" or _of_county(one)]
        fill(desk, [records, [*_amendments(records)]])
        every, told = leavedesk.papers(desk), 0
        for slip in desk.store.rows(LeaveSlip):
            story, events = leavedesk.story(desk, slip.id)
            assert (story, events) == leavedesk.story(desk, slip.id, every)
            near_by = leavedesk.papers_of(desk, slip)
            assert versions_of(story, near_by) == versions_of(story, every)
            told += len(events)
        assert told > 50


def _amendments(records: list[Record]) -> Iterator[Amendment]:
    """Yield a correction of every third record about leave."""
    for at, one in enumerate(records[::3]):
        if isinstance(one, LeaveSlip | Opinion | Filing):
            owner = one.id.partition("/")[0]
            key = ids.key(one.kind.name, one.id)
            day = date(2018, 7, 1)
            yield Amendment(
                id=f"{owner}/a{at}", subject=key, field="place", was="甲", now="乙", reason="笔误", by="某", day=day
            )


class _Unread:
    """Stands for what the facts of a slip do not hold; whoever looks at it fails."""

    def __getattribute__(self, name: str) -> object:
        raise AssertionError("a rule over a slip asks for records that were not read")

    __iter__ = __len__ = __bool__ = __getattribute__


_READ = {"today", "scope", "postings", "persons", "slips", "opinions", "filings", "calls", "decisions", "calendar"}
_READ |= {"alterations", "pack", "year"}


def test_rules_over_a_slip_look_at_nothing_else(tmp_path: Path) -> None:
    """A rule that comes to ask for attendance, say, has to have it read by `near.facts`, and then it is named above."""
    with closing(open_office(tmp_path, level="region")) as desk:
        fill(desk, [crowd(1)])
        policy = judging.policy_on(desk, desk.today())
        judged = 0
        for slip in desk.store.rows(LeaveSlip):
            facts = near.facts(desk, slip, near.read(desk, slip))
            if slip.posting not in facts.posting_by_id:
                continue  # judged over everybody
            poisoned = changed(facts, **{one: _Unread() for one in Facts.__struct_fields__ if one not in _READ})
            for rule in RULES:
                if rule.over == "leave_slip" and rule.key.startswith("A10-"):
                    finding = rule.finding(slip, poisoned, policy)
                    assert finding is None or finding.verdict is not Verdict.UNKNOWN, rule.key
                    judged += 1
        assert judged > 100


def statements(desk: Desk, act: Callable[[], object]) -> list[str]:
    """Return the statements that an act reads by, after a write has made every kept answer stale."""
    office = desk.office
    desk.commit([Change("office", office.id, {"name": f"{office.name}甲"})])
    lines: list[str] = []
    connection = desk.store.ledger.database.connection()
    connection.set_trace_callback(lines.append)
    try:
        act()
    finally:
        connection.set_trace_callback(None)
    return [line for line in lines if line.startswith(("SELECT", "WITH"))]


def people(desk: Desk, number: int) -> Posting:
    """Write that many members, each with two slips; return the posting of the first."""
    records: list[Record] = []
    for at in range(number):
        posting = Posting(
            id=f"150426/q{at}", person=f"150426/p{at}", county="150426", position="member", since=date(2018, 6, 1)
        )
        records += [Person(id=posting.person, name=f"王{chr(0x4E00 + at)}", birth="1975-03"), posting]
        for day in (5, 15):
            period = f"2018-06-{day:02d}am/2018-06-{day + 2:02d}pm"
            said: dict[str, Any] = {
                "name": "王",
                "form": "member",
                "place": "呼和浩特市",
                "reason": "参加会议",
                "period": period,
            }
            records.append(LeaveSlip(id=f"150426/s{at}-{day}", posting=posting.id, filled=date(2018, 6, 4), **said))
    fill(desk, [records])
    return next(one for one in records if isinstance(one, Posting))


def _slip(desk: Desk, posting: Posting, period: str) -> LeaveSlip:
    return changed(leave.draft(desk, posting.id), period=period, place="呼和浩特市", reason="参加会议")


@pytest.mark.parametrize("kind", ["new", "stored"])
def test_a_pause_in_typing_costs_ten_statements_whoever_else_is_there(tmp_path: Path, level: str, kind: str) -> None:
    counts = []
    for number in (10, 100):
        with closing(open_office(tmp_path / str(number), level=level)) as desk:
            posting = people(desk, number)
            stored = next(iter(desk.store.rows(LeaveSlip, {"posting": posting.id})))
            slip = stored if kind == "stored" else _slip(desk, posting, "801-803")
            questions.compose(desk, slip)  # the calendar and the rulings are read once
            counts.append(len(statements(desk, lambda slip=slip: questions.compose(desk, slip))))  # type: ignore[misc]  # a lambda's default is not inferred
    assert counts[0] == counts[1] <= PAUSE


def test_a_slip_is_saved_and_shown_by_a_few_ranges_whoever_else_is_there(tmp_path: Path, level: str) -> None:
    counts = []
    for number in (10, 100):
        with closing(open_office(tmp_path / str(number), level=level)) as desk:
            posting = people(desk, number)
            slip = next(iter(desk.store.rows(LeaveSlip, {"posting": posting.id})))
            questions.saved_slip(desk, slip)  # the calendar and the rulings are read once
            written = changed(slip, reason="参加学习")
            counts.append(len(statements(desk, lambda written=written: questions.saved_slip(desk, written))))  # type: ignore[misc]  # a lambda's default is not inferred
    assert counts[0] == counts[1] <= SHOWN
