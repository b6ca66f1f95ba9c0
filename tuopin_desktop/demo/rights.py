"""What a practice year owed its people and teams beside the duties: promotions, awards, medical bills, funds."""

from collections.abc import Iterator
from datetime import date, timedelta

from tuopin_desktop.demo.roster import Entry, Roster
from tuopin_desktop.demo.team import rng_for
from tuopin_desktop.domain.records import Advancement, Fund, MedicalClaim, Posting

_PROMOTED, _ILL = 12, 9
"""One person in so many was due for a promotion; one in so many handed in a medical bill."""

_GRANTED = (date(2018, 7, 20), date(2019, 3, 11), date(2020, 3, 16))
_FUND = 20_000_000  # fen
_AWARDED = date(2019, 2, 26)


def entries(roster: Roster) -> Iterator[Entry]:
    """Yield what was granted, paid and made available, on the days it was entered; nobody waited too long."""
    morning = roster.term.morning
    for county in roster.counties:
        for granted in _GRANTED:
            if granted < morning:
                yield granted, _fund(county, granted.year, granted)
    for posting in roster.postings.values():
        if posting.since is not None:
            yield from _member(posting, posting.since, min(posting.until or morning, morning))


def _fund(county: str, year: int, granted: date) -> Fund:
    chance = rng_for(county, f"fund {year}")
    return Fund(
        id=f"{county}/fund-{year}",
        county=county,
        date=granted,
        source="自治区财政",
        amount=_FUND,
        spent=_FUND * chance.randrange(30, 96) // 100,
        purpose="工作总队工作经费",
        paper=f"财农〔{year}〕15号",
    )


def _member(posting: Posting, since: date, until: date) -> Iterator[Entry]:
    chance = rng_for(posting.id, "rights")
    if chance.randrange(_PROMOTED) == 0:
        yield from _advanced(posting, since + timedelta(days=chance.randrange(60, 240)), until)
    if chance.randrange(_ILL) == 0:
        yield from _ill(
            posting, since + timedelta(days=chance.randrange(30, 300)), until, 100 * chance.randrange(80, 4200)
        )
    if posting.position == "leader" and chance.randrange(_PROMOTED) == 0 and since < _AWARDED < until:
        what = "全区脱贫攻坚先进个人"
        yield _AWARDED, _advancement(posting, "award", what, None, _AWARDED, "内党发〔2019〕6号")


def _advanced(posting: Posting, due: date, until: date) -> Iterator[Entry]:
    day = due - timedelta(days=12)
    if due < until:
        yield day, _advancement(posting, "grade", "晋升职级", due, day, f"任〔{day.year}〕{day.month}号")


def _advancement(posting: Posting, kind: str, what: str, due: date | None, day: date, paper: str) -> Advancement:
    return Advancement(
        id=f"{posting.id}-{kind}", posting=posting.id, type=kind, what=what, due=due, done=day, paper=paper
    )


def _ill(posting: Posting, submitted: date, until: date, amount: int) -> Iterator[Entry]:
    """A bill is paid three weeks later; of the last ones some are still open."""
    paid = submitted + timedelta(days=21)
    if submitted >= until:
        return
    is_done = paid < until
    claim = MedicalClaim(
        id=f"{posting.id}-claim",
        posting=posting.id,
        submitted=submitted,
        amount=amount,
        paid=amount * 8 // 10 if is_done else None,
        reimbursed=paid if is_done else None,
    )
    yield (paid if is_done else submitted), claim
