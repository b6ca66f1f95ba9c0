"""A county whose year is in order: five people, a year of attendance, logs, slips, trips, classes, checks and notes."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import msgspec

from tests.domain.rules.build import COUNTY, county, full_team, inked, slip
from tuopin_desktop.domain.attendance.months import month_id
from tuopin_desktop.domain.calendar import days_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.halves import Period, parse_stored
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.domain.journals.weeks import week_of
from tuopin_desktop.domain.records import (
    Attendance,
    LeaveSlip,
    LedgerItem,
    Posting,
    RoundTrip,
    SpotCheck,
    Training,
    TrainingAttendance,
)
from tuopin_desktop.domain.traces import Traces
from tuopin_desktop.services.office import library

FIRST, LAST, TODAY = date(2018, 6, 1), date(2019, 5, 31), date(2019, 6, 10)
CALENDAR = library.calendar()
PEOPLE, POSTINGS = full_team()
LEADER, DEPUTY, WANG, ZHAO, QIAN = (msgspec.structs.replace(one, id=f"{COUNTY}/q{n}") for n, one in enumerate(POSTINGS))


class Year:
    """The records of the year, open to be spoilt by a test; days and logs by posting id and day."""

    def __init__(self) -> None:
        self.postings: list[Posting] = [LEADER, DEPUTY, WANG, ZHAO, QIAN]
        self.days: dict[tuple[str, date], str] = {}
        self.logs: dict[tuple[str, date], str] = {}
        self.slips: list[LeaveSlip] = []
        self.trips: list[RoundTrip] = []
        self.classes: list[Training] = []
        self.entries: list[TrainingAttendance] = []
        self.checks: list[SpotCheck] = []
        self.items: list[LedgerItem] = []
        self.notes = {f"{COUNTY}/{week_of(day)}" for day in days_of(FIRST, LAST)}
        self.keyed: dict[str, date] = {}
        self.signed: dict[str, date] = {}
        for one in self.postings:
            self._ordinary(one)
        self._leaves()
        self._classes()
        self._checks()

    def mark(self, who: Posting, first: str, last: str, day: str, log: str = "") -> None:
        """Key the same day from first to last, with a log at a place, or without."""
        for one in days_of(date.fromisoformat(first), date.fromisoformat(last)):
            self.days[who.id, one] = day
            self.logs.pop((who.id, one), None)
            if log:
                self.logs[who.id, one] = log

    def leave(self, who: Posting, period: str, *, back: str, kind: str = "personal", form: str = "member") -> LeaveSlip:
        """Make out a slip, numbered, signed the day before and reported back from."""
        made = slip(
            who,
            period,
            form,
            id=f"{COUNTY}/s{len(self.slips)}",
            number=f"2018-{len(self.slips) + 1:04d}",
            returned=back,
            reported=date.fromisoformat(back[:10]),
            leave_type=kind,
        )
        self.slips.append(made)
        return made

    def check(self, who: Posting, day: str, found: str, half: str = "") -> SpotCheck:
        """Note a check."""
        made = SpotCheck(
            id=f"{COUNTY}/c{len(self.checks)}",
            checked=date.fromisoformat(day),
            half=half,
            manner="covert",
            checker="联络考评组",
            county=COUNTY,
            posting=who.id,
            found=found,
        )
        self.checks.append(made)
        return made

    def train(self, who: Posting, period: str, name: str = "专题培训班", **said: Any) -> None:
        """Hold a class with one who took part."""
        number = len(self.classes)
        self.classes.append(
            Training(id=f"15/t{number}", name=name, type="special", organiser="office", period=period, **said)
        )
        entry = f"{COUNTY}/t{number}-{who.id[-2:]}"
        self.entries.append(TrainingAttendance(id=entry, training=f"15/t{number}", posting=who.id))

    def trip(self, who: Posting, period: str, paid: str | None = "2019-05-20") -> None:
        """Note a journey home."""
        day = date.fromisoformat(paid) if paid else None
        made = RoundTrip(id=f"{COUNTY}/r{len(self.trips)}", posting=who.id, period=period, reimbursed=day)
        self.trips.append(made)

    def _ordinary(self, who: Posting) -> None:
        for day in days_of(FIRST, LAST):
            if not CALENDAR.is_workday(day):
                self.days[who.id, day] = "cr/cr"
            elif day.weekday() == 0:
                self.days[who.id, day], self.logs[who.id, day] = "cw/cw", "county"
            else:
                self.days[who.id, day], self.logs[who.id, day] = "vw/vw", "village"

    def _leaves(self) -> None:
        """Leave taken whole, by halves, early, by business, extended; keyed as leave or left to the slip."""
        self.leave(LEADER, "2018-07-10am/2018-07-12pm", back="2018-07-13am", form="leader")
        self.mark(LEADER, "2018-07-10", "2018-07-12", "ol/ol")
        self.leave(DEPUTY, "2018-08-07pm/2018-08-09am", back="2018-08-09pm")
        self.mark(DEPUTY, "2018-08-07", "2018-08-07", "vw/ol", "village")
        self.mark(DEPUTY, "2018-08-08", "2018-08-08", "")
        self.mark(DEPUTY, "2018-08-09", "2018-08-09", "/vw", "village")
        self.leave(WANG, "2018-09-04am/2018-09-07pm", back="2018-09-06am")
        self.mark(WANG, "2018-09-04", "2018-09-05", "")
        self.leave(ZHAO, "2018-10-16am/2018-10-18pm", back="2018-10-19am", kind="official")
        self.mark(ZHAO, "2018-10-16", "2018-10-18", "ot/ot", "out")
        self.leave(QIAN, "2018-11-06am/2018-11-07pm", back="2018-11-10am")
        longer = self.leave(QIAN, "2018-11-08am/2018-11-09pm", back="2018-11-10am")
        self.slips[-1] = msgspec.structs.replace(longer, relation="extension", follows=self.slips[-2].id, returned="")
        self.mark(QIAN, "2018-11-06", "2018-11-09", "")
        self.trip(QIAN, "2018-11-06am/2018-11-09pm")
        self.trip(WANG, "2019-01-08am/2019-01-08pm", paid=None)

    def _classes(self) -> None:
        self.train(LEADER, "2019-03-05am/2019-03-07pm")
        self.mark(LEADER, "2019-03-05", "2019-03-07", "on/on", "out")
        self.train(DEPUTY, "2019-03-12am/2019-03-12pm", venue=COUNTY)
        self.mark(DEPUTY, "2019-03-12", "2019-03-12", "cw/cw", "county")

    def _checks(self) -> None:
        self.check(LEADER, "2018-07-11", "on_leave")
        self.check(WANG, "2018-09-12", "on_post")
        self.check(ZHAO, "2018-10-17", "on_trip")
        self.check(QIAN, "2018-07-14", "not_found")
        self.finish(WANG, "2018-07-11")

    def finish(self, who: Posting, day: str) -> None:
        """Note a task of the ledger as finished by somebody."""
        done = LedgerItem(
            id=f"{COUNTY}/i{len(self.items)}",
            task="危房改造回头看",
            posting=who.id,
            opened=FIRST,
            finished=date.fromisoformat(day),
            state="done",
        )
        self.items.append(done)

    def facts(self) -> Facts:
        """Return the facts as the county sees them."""
        papers = [inked(made) for made in self.slips]
        signed = self.signed
        opinions = tuple(
            msgspec.structs.replace(one, signed=signed.get(one.slip, one.signed)) for both in papers for one in both[0]
        )
        return Facts(
            today=TODAY,
            scope=COUNTY,
            counties=(county(),),
            persons=tuple(PEOPLE),
            postings=tuple(self.postings),
            slips=tuple(self.slips),
            opinions=opinions,
            filings=tuple(one for both in papers for one in both[1]),
            attendance=tuple(self._months()),
            trainings=tuple(self.classes),
            training_attendance=tuple(self.entries),
            round_trips=tuple(self.trips),
            calendar=CALENDAR,
            journals=Journals(noted=dict.fromkeys(sorted(self.notes))),
            traces=Traces(
                logs=self._bits(),
                keyed=self.keyed,
                items=tuple(self.items),
                checks=tuple(self.checks),
            ),
        )

    def _months(self) -> Iterable[Attendance]:
        grouped: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
        for (posting, day), stored in self.days.items():
            grouped[posting, f"{day:%Y-%m}"][f"d{day.day:02d}"] = stored
        for (posting, month), fields in grouped.items():
            yield Attendance(id=month_id(posting, month), posting=posting, month=month, **fields)

    def _bits(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for (posting, day), place in self.logs.items():
            found[month_id(posting, f"{day:%Y-%m}")][place] |= 1 << (day.day - 1)
        return {name: dict(places) for name, places in found.items()}


Spoil = Callable[[Year], object]


def _swap(year: Year) -> None:
    """王五 went over to another team for a day of which he also has a log here."""
    other = Posting(
        id="150222/x",
        person=WANG.person,
        county="150222",
        position="member",
        since=date(2019, 4, 10),
        until=date(2019, 4, 10),
    )
    year.postings.append(other)
    year.days[other.id, date(2019, 4, 10)] = "vw/vw"
    year.logs[other.id, date(2019, 4, 10)] = "village"


def _overlap(year: Year) -> None:
    first = year.leave(DEPUTY, "2018-12-11am/2018-12-12pm", back="2018-12-13am")
    year.leave(DEPUTY, "2018-12-12am/2018-12-13pm", back="2018-12-14am")
    year.mark(DEPUTY, "2018-12-11", "2018-12-13", "ol/ol")
    assert parse_stored(first.period) == Period(date(2018, 12, 11), "am", date(2018, 12, 12), "pm")


def _late_paper(year: Year) -> None:
    made = year.leave(ZHAO, "2018-12-04am/2018-12-05pm", back="2018-12-06am")
    year.mark(ZHAO, "2018-12-04", "2018-12-05", "ol/ol")
    year.signed[made.id] = date(2018, 12, 6)


def _overstay_here(year: Year) -> None:
    year.leave(QIAN, "2019-01-08am/2019-01-08pm", back="2019-01-11am")
    year.mark(QIAN, "2019-01-08", "2019-01-08", "ol/ol")
    year.mark(QIAN, "2019-01-09", "2019-01-09", "")
    year.mark(QIAN, "2019-01-10", "2019-01-10", "vw/vw", "village")


def _away_after(year: Year) -> None:
    year.leave(LEADER, "2019-01-15am/2019-01-18pm", back="2019-01-17am", form="leader")
    year.mark(LEADER, "2019-01-15", "2019-01-18", "ol/ol")
    year.mark(LEADER, "2019-01-18", "2019-01-18", "vw/vw", "village")


def _in_leave(year: Year) -> None:
    year.leave(WANG, "2019-01-22am/2019-01-23pm", back="2019-01-24am")
    year.mark(WANG, "2019-01-22", "2019-01-22", "ol/ol")


def _logged_in_leave(year: Year) -> None:
    year.leave(ZHAO, "2019-01-22am/2019-01-23pm", back="2019-01-24am")
    year.mark(ZHAO, "2019-01-22", "2019-01-23", "ol/ol")
    year.logs[ZHAO.id, date(2019, 1, 23)] = "household"


def _half_keyed(year: Year) -> None:
    year.check(QIAN, "2018-07-24", "not_found")
    year.mark(QIAN, "2018-07-24", "2018-07-24", "vw/", "village")


def _absent_week(year: Year) -> None:
    """The Spring Festival week: nobody on post."""
    for who in (LEADER, DEPUTY, WANG, ZHAO, QIAN):
        year.mark(who, "2019-02-04", "2019-02-10", "or/or")


SEEDS: dict[str, Spoil] = {
    "on_post_in_leave": lambda year: _in_leave(year),
    "on_post_before_return": _overstay_here,
    "away_after_return": _away_after,
    "slips_overlap": _overlap,
    "approved_late": _late_paper,
    "check_absent": lambda year: year.check(WANG, "2018-07-17", "not_found", "am"),
    "check_present": lambda year: year.check(LEADER, "2018-07-12", "on_post"),
    "check_excused": lambda year: year.check(ZHAO, "2018-07-18", "on_leave"),
    "check_logged": _half_keyed,
    "log_in_leave": _logged_in_leave,
    "log_when_away": lambda year: year.mark(WANG, "2018-08-14", "2018-08-15", "or/or", "village"),
    "log_unmarked": lambda year: year.mark(ZHAO, "2018-08-21", "2018-08-21", "", "village"),
    "log_elsewhere": lambda year: year.mark(QIAN, "2018-08-28", "2018-08-28", "vw/hw", "county"),
    "log_two_places": _swap,
    "log_early": lambda year: year.keyed.update({f"{WANG.id}/2018-09-13": date(2018, 9, 10)}),
    "log_late": lambda year: year.keyed.update({f"{ZHAO.id}/2018-09-13": date(2018, 12, 10)}),
    "trip_at_home": lambda year: year.trip(DEPUTY, "2018-09-18am/2018-09-20pm"),
    "training_in_village": lambda year: year.train(QIAN, "2018-09-19am/2018-09-19pm", venue=COUNTY),
    "training_in_leave": lambda year: year.train(QIAN, "2018-11-07am/2018-11-07pm"),
    "note_without_team": _absent_week,
    "task_when_away": lambda year: year.finish(LEADER, "2018-07-11"),
}
"""What brings about one contradiction of each kind, and nothing else."""
