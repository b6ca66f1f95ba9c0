"""A region judged in portions: not one finding differs from what is said over everything at once."""

import itertools
import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.services.desks import enter, open_office, over
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Record, scalars
from tuopin_desktop.domain.records import (
    Attendance,
    DailyLog,
    Decision,
    LeaveSlip,
    LedgerItem,
    Meeting,
    Opinion,
    OwnCheck,
    Person,
    Posting,
    SpotCheck,
    Team,
    WeeklyNote,
)
from tuopin_desktop.services.judging import judging, portions
from tuopin_desktop.services.office.desk import Desk

COUNTIES = ("150125", "150207", "150426", "150429", "152222")
DAY = date(2019, 6, 3)


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "region", level="region")) as desk:
        yield desk


def crowd(seed: int) -> Iterator[Record]:
    """People with slips and months; some serve in a second county, or are kept by another owner than their county."""
    rng = random.Random(seed)
    yield Meeting(id="15/m", type="leaders", held=date(2019, 5, 6))  # what the office itself is judged by
    for county in COUNTIES[:3]:
        yield Meeting(id=f"{county}/m", type="analysis", held=date(2019, 5, 5))
    yield from teams(rng)
    for number in range(40):
        home, here = rng.choice(COUNTIES), rng.choice(COUNTIES)
        keeper = rng.choice((home, home, home, "15"))
        person = Person(id=f"{keeper}/p{number}", name=f"队员{number}", birth=rng.choice(("1975-03", "1970-05", "")))
        yield person
        seats = [(home, date(2018, 6, 1), date(2018, 12, 31)), (rng.choice((home, here)), date(2019, 1, 1), None)]
        for place, (county, since, until) in enumerate(seats):
            owner = rng.choice((county, county, county, home))
            posting = Posting(
                id=f"{owner}/q{number}-{place}", person=person.id, county=county, since=since, until=until,
                position=rng.choice(("member", "member", "leader")),
                replaces=f"{home}/q{number - 1}-0" if place else "",
            )  # fmt: skip
            yield posting
            yield from papers(rng, posting, f"{number}-{place}")
            yield from traces(rng, posting, f"{number}-{place}")


def teams(rng: random.Random) -> Iterator[Record]:
    """Teams, some of them entered by another office than the county's own, which writes the weekly notes."""
    for at, county in enumerate(COUNTIES):
        yield Team(id=f"{(county, '15', COUNTIES[at - 1])[at % 3]}/team{at}", county=county, name=f"总队{at}")
        for week in range(19, 23):
            if rng.random() < 0.6:
                yield WeeklyNote(id=f"{county}/2019-W{week}", county=county, week=f"2019-W{week}", text="本周情况")


def traces(rng: random.Random, posting: Posting, name: str) -> Iterator[Record]:
    """Logs of the month keyed and of the days of a transfer under both postings, tasks and checks of any office."""
    month = "2019-05" if posting.until is None else "2018-05"
    days = [f"{month}-{day:02d}" for day in range(1, 29) if rng.random() < 0.5]
    for text in [*days, "2018-12-29", "2018-12-30"]:
        place, day = rng.choice(("village", "county", "out")), date.fromisoformat(text)
        yield DailyLog(id=f"{posting.id}/{day}", posting=posting.id, date=day, place_kind=place, text="走访")
    owner, day = rng.choice((posting.county, "15")), date.fromisoformat(f"{month}-{rng.randint(1, 28):02d}")
    yield LedgerItem(id=f"{owner}/l{name}", posting=posting.id, task="修渠", state="done", finished=day)
    kind = rng.choice((SpotCheck, OwnCheck))
    yield kind(
        id=f"{owner}/c{name}", posting=posting.id, county=posting.county, checked=day, manner="covert",
        checker="考评组", found=rng.choice(("not_found", "on_post", "on_leave")),
    )  # fmt: skip


def papers(rng: random.Random, posting: Posting, name: str) -> Iterator[Record]:
    owner = posting.id.split("/")[0]
    first = 20 if posting.until is None else 2
    year = 2019 if posting.until is None else 2018
    slip = LeaveSlip(
        id=f"{owner}/s{name}", posting=posting.id, form="member", name="某", place="北京", reason="探亲",
        period=f"{year}-05-{first:02d}am/{year}-05-{first + 5:02d}pm", leave_type="personal",
        filled=date(year, 5, first),
    )  # fmt: skip
    yield slip
    yield Opinion(
        id=f"{rng.choice((owner, '150125'))}/o{name}", slip=slip.id, role="secretary", verdict="approved",
        signer="白音", signed=date(year, 5, first),
    )  # fmt: skip
    days: Any = {f"d{day:02d}": rng.choice(("vw/vw", "cw/ou", "ou/ou", "")) for day in range(1, 29)}
    yield Attendance(id=f"{posting.id}/{year}-05", posting=posting.id, month=f"{year}-05", **days)
    if rng.random() < 0.3:
        yield Decision(
            id=f"{owner}/d{name}", matter="replacement", subject=posting.id, result="approved", decided=DAY, paper="1号"
        )


def fill(desk: Desk, seed: int) -> None:
    records = list(crowd(seed))
    with over(desk, date(2019, 12, 31)):
        desk.commit([Change(one.kind.name, one.id, scalars(one)) for one in records])


def plain(findings: list[Finding]) -> list[tuple[str, str, Finding]]:
    return sorted(((one.rule, one.subject, one) for one in findings), key=lambda item: item[:2])


@pytest.fixture(scope="module", params=range(3))
def crowded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A region with a crowd in it, of each seed made once; it is read alone."""
    with closing(open_office(tmp_path_factory.mktemp("crowd") / "region", level="region")) as desk:
        fill(desk, request.param)
        yield desk


@pytest.fixture(scope="module")
def whole(crowded: Desk) -> list[Finding]:
    """What is said over everything at once."""
    return judging.findings(crowded, on=DAY)


@pytest.mark.parametrize("size", [1, 30])
def test_portions_say_what_the_whole_says(
    crowded: Desk, whole: list[Finding], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    real = portions.portions
    monkeypatch.setattr(portions, "portions", lambda desk: real(desk, size))
    assert len(portions.portions(crowded)) > 1
    streamed = list(judging.stream(crowded, on=DAY))
    assert plain(streamed) == plain(whole)
    assert {one.rule for one in whole} >= {"A02-1", "A09-1", "A10-2", "A10-3", "A12-1", "A12-2", "A10-1-14"}
    assert {one.rule for one in whole} & {f"A10-1-{number:02d}" for number in (6, 7, 9, 21)}
    assert any("距上次队长会议28天" in one.sentence for one in streamed)


def test_the_portions_hold_every_owner_once(region: Desk) -> None:
    fill(region, 1)
    parts = portions.portions(region, 20)
    assert parts[0].first == "15"
    assert all(before.end == after.first for before, after in itertools.pairwise(parts))
    for code in ("15/x", *(f"{county}/x" for county in COUNTIES), "159999/x"):
        assert sum(part.holds(code) for part in parts) == 1


def test_an_office_of_todays_size_is_one_portion_in_the_order_of_the_rules(region: Desk) -> None:
    enter(region, "张三")
    assert list(judging.stream(region)) == judging.findings(region)


def test_findings_come_before_the_last_portion_is_read(region: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(region, 1)
    real = portions.portions
    monkeypatch.setattr(portions, "portions", lambda desk: real(desk, 1))
    read: list[portions.Portion] = []
    rows = portions.rows

    def noted(desk: Desk, kinds: Any, part: portions.Portion, links: Any) -> portions.Rows:
        read.append(part)
        return rows(desk, kinds, part, links)

    monkeypatch.setattr(portions, "rows", noted)
    next(one for one in judging.stream(region, "A09-*", DAY) if one.subject)
    assert len(read) < len(portions.portions(region))


def test_an_unknown_rule_is_refused_before_anything_is_judged(region: Desk) -> None:
    with pytest.raises(Refused, match="没有规则"):
        judging.stream(region, "A99-*")
