"""What may befall a small region that keeps shelves: random writes of every kind."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from tests.services.desks import arrived, changed
from tests.services.smallregions import Region, fill
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change, FeedLine
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Form, Record, Scalar, fields, scalars
from tuopin_desktop.domain.records import (
    KINDS,
    Attendance,
    Correction,
    DailyLog,
    LeaveSlip,
    Meeting,
    Person,
    Posting,
    Ruling,
    SpotCheck,
)
from tuopin_desktop.domain.records import choices as tables
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.domain.shelf import tally
from tuopin_desktop.domain.shelf.part import Part
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.appraisal import year
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import circular, dashboard, monthshelf
from tuopin_desktop.services.reporting.monthly import monthly
from tuopin_desktop.services.shelves import merge
from tuopin_desktop.services.shelves.shelves import Shelves
from tuopin_desktop.services.shelves.topic import TODAY, Topic
from tuopin_desktop.store import keyring
from tuopin_desktop.store.memo import MEMO, Memo

COUNTIES = ("150125", "150222", "150426", "150429", "152222")
FIRST, LAST = date(2018, 6, 1), date(2018, 9, 20)
NOW = datetime(2018, 9, 27, 9, 0)
STAMP = 1_538_010_000_000
"""2018-09-27 in milliseconds: stamps of lines that come from elsewhere."""

_RULINGS = (("journal.late_days", "3"), ("journal.late_days", "9"), ("presence.partial_month", "whole"))
_HANDED = ("county", "ruling", "training", "calendar_day", "calendar_year", "rule_pack", "station", "revocation")
_FREE = (Form.TEXT, Form.LONG, Form.DATE, Form.DAY, Form.FLAG, Form.PERIOD)


def transferred(region: Region, home: str, there: str) -> list[Record]:
    """Return a person who served in one county and serves in another, with months, logs and a slip in both."""
    person = Person(id=region.id(home), name="转任", birth="1975-03", rank="division", political="01")
    turn = date(2018, 8, 10)
    first = Posting(
        id=region.id(home), person=person.id, county=home, position="member", source_level="county",
        since=FIRST, until=turn - timedelta(days=1),
    )  # fmt: skip
    second = Posting(
        id=region.id(there), person=person.id, county=there, position="member", source_level="county", since=turn
    )
    records: list[Record] = [person, first, second]
    for posting in (first, second):
        records += [DailyLog(id=f"{posting.id}/{day}", posting=posting.id, date=day, place_kind="village", text="走访")
                    for day in (turn - timedelta(days=2), turn, turn + timedelta(days=1))]  # fmt: skip
        records.append(
            Attendance(id=f"{posting.id}/2018-08", posting=posting.id, month="2018-08", d09="vw/vw", d10="vw/vw")
        )
        records.append(
            LeaveSlip(
                id=region.id(ids.owner(posting.id)), posting=posting.id, form="member", name="转任", place="北京",
                reason="探亲", leave_type="personal", period="2018-08-08am/2018-08-12pm", filled=date(2018, 8, 7),
            )
        )  # fmt: skip
    return records


def settle(desk: Desk, seed: int) -> None:
    """Fill a region with five counties, two transfers, two packs, and months that are closed."""
    region = Region(seed, COUNTIES, FIRST, LAST)
    records = [*region.records, *transferred(region, COUNTIES[0], COUNTIES[1])]
    records += transferred(region, COUNTIES[2], COUNTIES[3])
    village = next(one for one in records if isinstance(one, Posting) and one.county == COUNTIES[4])
    records = [changed(one, pack="2021-village") if one is village else one for one in records]
    fill(desk, [records], date(2018, 9, 26))
    desk.clock = FixedClock(NOW)
    for county in COUNTIES[:2]:
        shut(desk, "2018-06", county)


def shut(desk: Desk, month: str, county: str) -> None:
    """Close a month of a county, whatever of it nobody registered."""
    closing.close(desk, month, county, gaps=closing.preview(desk, month, county).missing)


def graded(subject: str, decided: bool) -> dict[str, Scalar]:
    """Return what is written of a grade of 2018, proposed alone or decided too."""
    said: dict[str, Scalar] = {"subject": subject, "year": 2018, "proposed": "competent"}
    return said | {"decided": "competent", "decided_on": "2019-01-01", "paper": "1号"} if decided else said


class History:
    """Random events on a region; each returns how many shelves may be judged for it, None for all."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.rng = desk, random.Random(seed)
        self._imports: list[tuple[int, list[str]]] = []
        self.events: Sequence[Callable[[], int | None]] = (
            self.change, self.change, self.change, self.change, self.delete, self.restore, self.transfer, self.rename,
            self.ruling, self.holiday, self.local_day, self.meeting_above, self.check_above, self.bring, self.undo,
            self.revoke, self.close, self.reopen, self.correct, self.tomorrow, self.year_end, self.grade, self.grade,
            self.mark, self.score, self.ballots,
        )  # fmt: skip

    def step(self) -> tuple[str, int | None]:
        """Let something happen; return what, and how many shelves it concerns."""
        event = self.rng.choice(self.events)
        try:
            return event.__name__, event()
        except Refused:
            return f"{event.__name__} refused", None

    def _some(self, *kinds: type[Record], deleted: bool = False) -> Record:
        """Return any record of some kinds, or of any; a person where there is none."""
        chosen = self.rng.choice(kinds or tuple(KINDS.values()))
        records = self.desk.store.rows(chosen, deleted=deleted)
        return self.rng.choice(records) if records else self._some(Person)

    def _write(self, *changes: Change) -> None:
        kinds = self.desk.store.commit(changes, "经办人", STAMP)
        self.desk.touch(kinds)

    def change(self) -> int | None:
        """Write another record's value, or none, over a field: whatever it is, it is a value of that field."""
        record = self._some()
        free = [item for item in fields(type(record)) if item.form in _FREE and item.name != "deleted"]
        item = self.rng.choice(free)
        values = [scalars(one).get(item.name) for one in self.desk.store.rows(type(record), limit=40)]
        self._write(Change(record.kind.name, record.id, {item.name: self.rng.choice([*values, None])}))
        return _concerned(record)

    def delete(self) -> int | None:
        record = self._some()
        self._write(Change(record.kind.name, record.id, {"deleted": 1}))
        return _concerned(record)

    def restore(self) -> int | None:
        record = self._some(deleted=True)
        self._write(Change(record.kind.name, record.id, {"deleted": None}))
        return _concerned(record)

    def transfer(self) -> int:
        posting = self._some(Posting)
        assert isinstance(posting, Posting)
        there = self.rng.choice(COUNTIES)
        new = {"person": posting.person, "county": there, "position": "member", "since": "2018-09-01"}
        name = f"{there}/{self.rng.getrandbits(64):016x}"
        days: dict[str, Scalar] = dict.fromkeys(DAYS[:9], "vw/vw")
        log = DailyLog(posting=name, date=date(2018, 9, 2), place_kind="village", text="走访")
        self._write(
            Change("posting", name, dict(new)),
            Change("attendance", f"{name}/2018-09", {"posting": name, "month": "2018-09", **days}),
            Change("daily_log", f"{name}/2018-09-02", scalars(log)),
        )
        return 6

    def rename(self) -> int:
        self._write(Change("person", self._some(Person).id, {"name": f"改名{self.rng.randint(0, 9)}"}))
        return 6

    def ruling(self) -> None:
        switch, value = self.rng.choice(_RULINGS)
        record = Ruling(switch=switch, value=value, paper="1号", applies=FIRST, ruled=FIRST)
        self._write(Change("ruling", f"15/r{self.rng.randint(0, 2)}", scalars(record)))

    def holiday(self) -> None:
        day = f"2018-08-{self.rng.randint(1, 28):02d}"
        said: dict[str, Scalar] = {"date": day, "day": "off", "name": "放假", "nature": "festival", "notice": "1号"}
        self._write(Change("calendar_day", f"15/{day}", said))

    def local_day(self) -> int:
        county, day = self.rng.choice(COUNTIES), f"2018-08-{self.rng.randint(1, 28):02d}"
        said: dict[str, Scalar] = {"date": day, "day": "off", "name": "那达慕", "nature": "local", "notice": "1号"}
        self._write(Change("calendar_day", f"{county}/{day}", {**said, "county": county}))
        return 6

    def meeting_above(self) -> int:
        record = Meeting(type="leaders", held=date(2018, 9, self.rng.randint(1, 20)))
        self._write(Change("meeting", f"15/m{self.rng.randint(0, 3)}", scalars(record)))
        return 2  # the office's own shelf and that of what it keeps

    def check_above(self) -> int:
        posting = self._some(Posting)
        record = SpotCheck(
            posting=posting.id, county=ids.owner(posting.id), checked=date(2018, 8, 9),
            manner=next(iter(tables.CHECK_TYPE.labels)),
            found=next(iter(tables.FOUND.labels)),
        )  # fmt: skip
        self._write(Change("spot_check", f"15/c{self.rng.randint(0, 5)}", scalars(record)))
        return 8

    def bring(self) -> int:
        """Take lines in as a feed of another office's."""
        record = self._some(Person, Meeting)
        name = {"name": f"外来{self.rng.randint(0, 99)}"} if isinstance(record, Person) else {"topics": "外来"}
        line = FeedLine(at=(STAMP + 5) << 16, by="外", key=ids.key(record.kind.name, record.id), set=dict(name), was={})
        arrived(self.desk, ids.owner(record.id), [line])
        self.desk.touch({record.kind.name})
        with self.desk.store.ledger.reading() as cursor:
            number = cursor.execute("SELECT max(n) FROM feed").fetchone()[0]
        self._imports.append((number, [line.key]))
        return 6

    def undo(self) -> int:
        """Take the lines out again, as undoing an import does."""
        if not self._imports:
            return 0
        number, keys = self._imports.pop()
        with self.desk.store.ledger.writing() as cursor:
            cursor.execute("INSERT INTO gate(n) VALUES (2)")
            cursor.execute("DELETE FROM log WHERE n = ?", (number,))
            cursor.execute("DELETE FROM gate WHERE n = 2")
            cursor.execute("DELETE FROM feed WHERE n = ?", (number,))
            self.desk.store.ledger.fold(cursor, keys)
        self.desk.touch({"person", "meeting"})
        return 6

    def revoke(self) -> None:
        """Let the region say that of a feed that was brought only some lines count."""
        with self.desk.store.ledger.reading() as cursor:
            feeds = [row[0] for row in cursor.execute("SELECT feed FROM feed WHERE station LIKE 'from%'").fetchall()]
        if feeds:
            self._write(Change("revocation", f"15/{self.rng.choice(feeds)}", {"after": self.rng.choice((0, None))}))

    def close(self) -> int:
        month, county = self.rng.choice(("2018-07", "2018-08")), self.rng.choice(COUNTIES)
        shut(self.desk, month, county)
        return 6

    def reopen(self) -> int:
        closing.reopen(self.desk, "2018-06", "重报", self.rng.choice(COUNTIES[:2]))
        return 6

    def correct(self) -> int:
        closed = [one for one in self.desk.store.rows(Posting) if one.county in COUNTIES[:2]]
        posting = self.rng.choice(closed)
        closing.correct(self.desk, posting.id, date(2018, 6, self.rng.randint(1, 28)), "ou/ou", "原件有误", paper="1号")
        assert self.desk.store.count(Correction)
        return 6

    def grade(self) -> int:
        """Propose or decide a grade of the year: the office owes one for every member of every county."""
        posting = self._some(Posting)
        self._write(Change("grade", f"{posting.id}/2018", graded(posting.id, self.rng.choice((True, False)))))
        return 6

    def mark(self) -> int:
        """Give somebody, or a team, the points of a month."""
        subject = self.rng.choice((self._some(Posting).id, f"{self.rng.choice(COUNTIES)}/team"))
        month = f"2018-0{self.rng.randint(6, 9)}"
        said: dict[str, Scalar] = {"subject": subject, "month": month, "points": self.rng.randint(50, 100)}
        self._write(Change("routine_mark", f"{subject}/{month}", said))
        return 6

    def score(self) -> int:
        """Score an item of the year, which is the office's alone to do."""
        posting, item = self._some(Posting), self.rng.choice(("summary", "results"))
        said: dict[str, Scalar] = {"subject": posting.id, "year": 2018, "item": item, "points": 80, "evidence": "总结"}
        self._write(Change("appraisal_score", f"{posting.id}/2018/{item}", said))
        return 6

    def ballots(self) -> int:
        """Hold a round in a county on somebody of any county: whoever was moved stays on the paper."""
        county, posting = self.rng.choice(COUNTIES), self._some(Posting)
        name = f"{county}/2018-democratic-2018-09-{self.rng.randint(1, 20):02d}"
        subjects = f"{county}/team\n{posting.id}"
        said: dict[str, Scalar] = {
            "year": 2018, "source": "democratic", "held": "2018-09-20", "issued": 1, "subjects": subjects
        }  # fmt: skip
        keyed = [
            Change("ballot", f"{name}/1-{keying}", {"round": name, "serial": 1, "keying": keying, "marks": "12"})
            for keying in (1, 2)
        ]
        self._write(Change("ballot_round", name, said), *keyed)
        return 8

    def year_end(self) -> None:
        """Go on to the first days of the next year, when the year's appraisal falls due."""
        self.desk.clock = FixedClock(max(self.desk.clock.now() + timedelta(days=1), datetime(2019, 1, 2, 9)))

    def tomorrow(self) -> None:
        """Go on to another day: everybody is judged anew."""
        self.desk.clock = FixedClock(self.desk.clock.now() + timedelta(days=self.rng.choice((1, 1, 30))))


def _concerned(record: Record) -> int | None:
    """Return how many shelves a change of a record may concern: all where it is handed down."""
    return None if record.kind.name in _HANDED and len(ids.owner(record.id)) < 6 else 6


def differences(desk: Desk) -> list[str]:
    """Return in what the shelves say anything else than all records at once."""
    found = [first_difference(merge.findings(desk), judging.findings(desk))]
    found += [str(year) for year, some in merge.duties(desk).items() if some != radar.duties(desk, year)]
    found += ["pressing"] * (radar.pressing_today(desk) != radar.due(desk))
    found += ["evidence"] * (evidence.from_shelves(desk) != evidence.rows(desk))
    found += ["absences"] * (merge.absences(desk) != judging.findings(desk, "A16-3"))
    found += ["stories"] * (merge.stories(desk) != leavedesk.stories(desk))
    facts, policy = judging.facts(desk, traced=True), judging.policy_on(desk, desk.today())
    for owner, said in merge.tallies(desk).items():
        if said != tally.of_part(Part(owner=owner, facts=facts, policy=policy, packs=())):
            found.append(f"tally of {owner}")
    found += _of_topics(desk)
    last = desk.today().replace(day=1) - timedelta(days=1)
    for month in (f"{last:%Y-%m}", f"{desk.today():%Y-%m}"):
        teams = {team.county: team for team in monthly(desk, month, with_findings=False).teams}
        found += [month] * (merge.months(desk, month) != teams)
    return [one for one in found if one]


def _of_topics(desk: Desk) -> list[str]:
    """Return of which years and months the shelves say anything else than all records at once."""
    found = []
    for number in {FIRST.year, desk.today().year}:
        found += [f"appraisal {number}"] * (year.compute(desk, number) != year.at_once(desk, number))
        found += [f"charts {number}"] * (dashboard.dashboard(desk, number) != dashboard.at_once(desk, number))
    for month in ("2018-06", f"{LAST:%Y-%m}"):
        found += [f"circular {month}"] * (circular.circular(desk, month) != circular.at_once(desk, month))
        found += [f"figures {month}"] * (monthshelf.read(desk, month)[0] != monthly(desk, month))
    return found


def again(desk: Desk, topic: Topic = TODAY) -> Shelves:
    """Return the shelves as the next start would find them."""
    return Shelves(desk, topic)


def first_difference(one: list[Finding], other: list[Finding]) -> str:
    """Return where two lists differ, for whoever has to mend it."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return (
                f"{place}: {left.rule} {left.subject} {left.sentence} | {right.rule} {right.subject} {right.sentence}"
            )
    return "" if len(one) == len(other) else f"{len(one)} and {len(other)}"


def started_again(desk: Desk) -> None:
    """Let go of everything that is kept in memory."""
    desk.memo = Memo(desk.folder / MEMO, desk.store.identity.whose, keyring.key_of(desk.store.path))
    desk._kept.clear()
