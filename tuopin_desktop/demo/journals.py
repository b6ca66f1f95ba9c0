"""Practice journals to go with practice attendance: a log for each day worked, weekly notes, one team's ledger."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from tuopin_desktop.demo import elements
from tuopin_desktop.demo.roster import Entry, Roster
from tuopin_desktop.demo.team import rng_for
from tuopin_desktop.domain.attendance.codes import halves
from tuopin_desktop.domain.attendance.laidover import days_of
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.calendar import days_of as every_day
from tuopin_desktop.domain.facts import serves, team_order
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.journals.draft import HEADINGS, TO_WRITE, LogLine, draft
from tuopin_desktop.domain.journals.entries import carried_id, item_settled, log_id, note_id
from tuopin_desktop.domain.records import Attendance, DailyLog, LeaveSlip, LedgerItem, Posting, WeeklyNote
from tuopin_desktop.services.office import library

COUNTY = "150426"
_MISSED = 0.06
_CARELESS = "2019-05"
"""The month in which the practice county missed a few logs."""
_ON_PAPER = 0.04
_AWAY = "因公外出，到自治区有关部门汇报、对接工作。"
_KINDS = {"v": ("village",), "h": ("household",), "c": ("county",)}
"""What a log tells of for each place marked."""


def entries(roster: Roster, slips: Iterable[Entry], pairs: Iterable[Entry]) -> Iterator[Entry]:
    """Yield logs, notes and items with the days they were entered, for every day worked here or away on duty."""
    out = _on_duty(slips)
    months: dict[str, list[Attendance]] = defaultdict(list)
    for _, record in pairs:
        if isinstance(record, Attendance):
            months[record.posting].append(record)
    last = roster.term.last
    for county in roster.counties:
        team = [one for one in roster.postings.values() if one.county == county]
        team.sort(key=lambda one: (*team_order(one), one.id))
        logs = [entry for one in team for month in months[one.id] for entry in _logs(one, month, out[one.id], last)]
        yield from logs
        names = {one.id: roster.persons[one.person].name for one in team}
        yield from _notes(county, names, [log for _, log in logs if isinstance(log, DailyLog)], last)
        if county == COUNTY:
            yield from _ledger(county, [one for one in team if serves(one, last)], last)


def _on_duty(slips: Iterable[Entry]) -> dict[str, set[date]]:
    days_by_key: dict[str, set[date]] = defaultdict(set)
    for _, slip in slips:
        period = parse_stored(slip.period) if isinstance(slip, LeaveSlip) and slip.leave_type == "official" else None
        if isinstance(slip, LeaveSlip) and period is not None:
            days_by_key[slip.posting] |= set(every_day(period.first, period.last))
    return days_by_key


def _logs(posting: Posting, month: Attendance, out: set[date], end: date) -> Iterator[Entry]:
    """Yield a log for each day worked; in the practice county a few are missed or kept on paper."""
    chance = rng_for(posting.id, "logs", month.month)
    places = elements.townships(posting.county) or ("旗镇",)
    first, last = span_of(month.month) or (end, end)
    for day, stored in zip(every_day(first, min(last, end)), days_of(month), strict=False):
        worked = next((code for code in halves(stored) if code[1:2] == "w"), "")
        number = chance.random() if posting.county == COUNTY else 1.0
        log = DailyLog(id=log_id(posting.id, day), posting=posting.id, date=day)
        if day in out and not worked:
            yield day, msgspec.structs.replace(log, place="呼和浩特市", place_kind="out", text=_AWAY)
        if not worked or (number < _MISSED and month.month == _CARELESS and library.calendar().is_workday(day)):
            continue
        if number < _MISSED + _ON_PAPER:
            yield day, msgspec.structs.replace(log, paper_seen_by="赵甲一", paper_seen=day + timedelta(days=3))
        else:
            yield day, _said(log, worked[0], chance, places)


def _said(log: DailyLog, place: str, chance: random.Random, places: tuple[str, ...]) -> DailyLog:
    row = chance.choice([row for row in _of("log") if row["kind"] in _KINDS[place]])
    town = chance.choice(places)
    households = chance.randint(int(row["least"]), int(row["most"])) or None
    where = elements.counties()[log.posting[:6]]["name"] if row["kind"] == "county" else town
    text = row["text"].rstrip("。") + "；" + chance.choice(_of("also"))["text"]
    return msgspec.structs.replace(log, place=where, place_kind=row["kind"], households=households, text=text)


def _of(use: str) -> list[elements.Row]:
    return [row for row in elements.rows("journals") if row["use"] == use]


def _notes(county: str, names: dict[str, str], logs: list[DailyLog], last: date) -> Iterator[Entry]:
    """Yield the notes of every week but the last, signed on the Monday or Tuesday after it."""
    chance = rng_for(county, "notes")
    order = list(names)
    leader = next(iter(names.values()), "")
    by_week: dict[str, list[DailyLog]] = defaultdict(list)
    for log in logs:
        if log.date is not None:
            by_week[weeks.week_of(log.date)].append(log)
    for week, of_week in sorted(by_week.items()):
        days = weeks.days(week)
        if days[-1] >= last:
            continue
        of_week.sort(key=lambda log: (str(log.date), order.index(log.posting)))
        plans = [row["text"] for row in chance.sample(_of("plan"), 2)]
        result = draft(week, [LogLine(names[log.posting], log) for log in of_week], plans)
        text = result.replace(f"{HEADINGS[1]}\n{TO_WRITE}", f"{HEADINGS[1]}\n{chance.choice(_of('problem'))['text']}")
        signed = days[-1] + timedelta(days=chance.choice((1, 1, 2)))
        note = WeeklyNote(id=note_id(county, week), county=county, week=week, text=text, draft=result)
        yield signed, msgspec.structs.replace(note, signed_by=leader, signed=signed)


def _ledger(county: str, serving: list[Posting], last: date) -> Iterator[Entry]:
    """Yield the items: most are done, one was carried over twice and is overdue, two are in hand."""
    chance = rng_for(county, "ledger")
    for number, row in enumerate(_of("task")):
        opened = last - timedelta(days=55 - 7 * number)
        item = LedgerItem(
            id=f"{county}/{chance.getrandbits(128):032x}",
            task=row["text"],
            posting=serving[number % len(serving)].id,
            opened=opened,
            due=opened + timedelta(days=14),
        )
        if number == 4:
            yield from _carried(item)
        elif opened + timedelta(days=12) < last:
            finished = opened + timedelta(days=chance.randint(4, 12))
            finished_item = msgspec.structs.replace(
                item, state="done", finished=finished, result="已办结，资料存台账。"
            )
            yield finished, item_settled(finished_item)
        else:
            yield opened, item_settled(item)


def _carried(item: LedgerItem) -> Iterator[Entry]:
    assert item.opened is not None
    standing = item_settled(item)
    for later in (1, 2):
        week = weeks.week_of(item.opened + timedelta(weeks=later))
        yield item.opened + timedelta(weeks=later), msgspec.structs.replace(standing, state="carried")
        standing = msgspec.structs.replace(
            standing, id=carried_id(item.id, week), week=week, carried_from=standing.id, state="open"
        )
    yield item.opened + timedelta(weeks=2), standing
