"""A spring of practice journals: logs, weekly notes and the ledger of one team; of every other team one day of logs."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.calendar import days_of
from tuopin_desktop.domain.facts import serves, team_order
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.journals.draft import HEADINGS, TO_WRITE, Line, draft
from tuopin_desktop.domain.journals.entries import carried_id, log_id, note_id, settled
from tuopin_desktop.domain.records import DailyLog, LeaveSlip, LedgerItem, Posting, WeeklyNote
from tuopin_desktop.services import library
from tuopin_desktop.services.demo import elements
from tuopin_desktop.services.demo.roster import Entry, Roster
from tuopin_desktop.services.demo.team import rng_for

COUNTY = "150426"
FIRST, LAST = date(2019, 3, 4), date(2019, 6, 2)
_ONE_DAY = date(2019, 5, 31)
_MISSED = 0.03
_ON_PAPER = 0.04


def entries(roster: Roster, slips: Iterable[Entry]) -> Iterator[Entry]:
    """Yield logs, notes and items with the days they were entered; nobody on leave by a slip writes a log."""
    away = _away(slips)
    for county in roster.counties:
        serving = [one for one in roster.postings.values() if one.county == county and serves(one, _ONE_DAY)]
        serving.sort(key=lambda one: (*team_order(one), one.id))
        if county != COUNTY:
            yield from (entry for one in serving for entry in _logs(one, [_ONE_DAY], away, always=True))
            continue
        written = [entry for one in serving for entry in _logs(one, days_of(FIRST, LAST), away)]
        yield from written
        names = {one.id: roster.persons[one.person].name for one in serving}
        yield from _notes(county, names, [log for _, log in written if isinstance(log, DailyLog)])
        yield from _ledger(county, serving)


def _away(slips: Iterable[Entry]) -> dict[str, set[date]]:
    found: dict[str, set[date]] = defaultdict(set)
    for _, slip in slips:
        if isinstance(slip, LeaveSlip) and (period := parse_stored(slip.period)) is not None:
            found[slip.posting] |= set(days_of(period.first, period.last))
    return found


def _logs(
    posting: Posting, days: Iterable[date], away: dict[str, set[date]], *, always: bool = False
) -> Iterator[Entry]:
    """Yield a log for each workday on post, now and then for a Saturday; a few are missed or kept on paper."""
    calendar, chance = library.calendar(), rng_for(posting.id, "logs")
    places = elements.townships(posting.county) or ("旗镇",)
    for day in days:
        drawn = chance.random()
        working = calendar.is_workday(day) or (day.weekday() == 5 and drawn > 0.85)
        if not always and (not working or day in away[posting.id] or drawn < _MISSED):
            continue
        log = DailyLog(id=log_id(posting.id, day), posting=posting.id, date=day)
        if not always and drawn < _MISSED + _ON_PAPER:
            yield day, msgspec.structs.replace(log, paper_seen_by="赵甲一", paper_seen=day + timedelta(days=3))
        else:
            yield day, _said(log, chance, places)


def _said(log: DailyLog, chance: random.Random, places: tuple[str, ...]) -> DailyLog:
    row = chance.choice(_of("log"))
    town = chance.choice(places)
    households = chance.randint(int(row["least"]), int(row["most"])) or None
    place = elements.counties()[log.posting[:6]]["name"] if row["kind"] == "county" else town
    text = row["text"].rstrip("。") + "；" + chance.choice(_of("also"))["text"]
    return msgspec.structs.replace(log, place=place, place_kind=row["kind"], households=households, text=text)


def _of(use: str) -> list[elements.Row]:
    return [row for row in elements.rows("journals") if row["use"] == use]


def _notes(county: str, names: dict[str, str], logs: list[DailyLog]) -> Iterator[Entry]:
    """Yield the notes of every week but the last, signed on the Monday or Tuesday after it."""
    chance = rng_for(county, "notes")
    order = list(names)
    leader = next(iter(names.values()), "")
    for week in weeks.between(FIRST, LAST)[:-1]:
        days = weeks.days(week)
        of_week = [log for log in logs if log.date in days]
        of_week.sort(key=lambda log: (str(log.date), order.index(log.posting)))
        plans = [row["text"] for row in chance.sample(_of("plan"), 2)]
        made = draft(week, [Line(names[log.posting], log) for log in of_week], plans)
        text = made.replace(f"{HEADINGS[1]}\n{TO_WRITE}", f"{HEADINGS[1]}\n{chance.choice(_of('problem'))['text']}")
        signed = days[-1] + timedelta(days=chance.choice((1, 1, 2)))
        note = WeeklyNote(id=note_id(county, week), county=county, week=week, text=text, draft=made)
        yield signed, msgspec.structs.replace(note, signed_by=leader, signed=signed)


def _ledger(county: str, serving: list[Posting]) -> Iterator[Entry]:
    """Yield the items: most are done, one was carried over twice and is overdue, two are in hand."""
    chance = rng_for(county, "ledger")
    for number, row in enumerate(_of("task")):
        opened = date(2019, 4, 8) + timedelta(days=7 * number)
        item = LedgerItem(
            id=f"{county}/{chance.getrandbits(128):032x}",
            task=row["text"],
            posting=serving[number % len(serving)].id,
            opened=opened,
            due=opened + timedelta(days=14),
        )
        if number == 4:
            yield from _carried(item)
        elif opened + timedelta(days=12) < LAST:
            finished = opened + timedelta(days=chance.randint(4, 12))
            done = msgspec.structs.replace(item, state="done", finished=finished, result="已办结，资料存台账。")
            yield finished, settled(done)
        else:
            yield opened, settled(item)


def _carried(item: LedgerItem) -> Iterator[Entry]:
    assert item.opened is not None
    standing = settled(item)
    assert isinstance(standing, LedgerItem)
    for later in (1, 2):
        week = weeks.week_of(item.opened + timedelta(weeks=later))
        yield item.opened + timedelta(weeks=later), msgspec.structs.replace(standing, state="carried")
        standing = msgspec.structs.replace(
            standing, id=carried_id(item.id, week), week=week, carried_from=standing.id, state="open"
        )
    yield item.opened + timedelta(weeks=2), standing
