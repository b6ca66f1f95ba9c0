"""Every paper of an office from its records: which records are one paper, and which could not be placed, and why."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives import subjects
from tuopin_desktop.domain.archives.kinds import BY_KEY, FILED_KINDS, NO_PAPER, PAPERS, PARTS, PaperKind
from tuopin_desktop.domain.archives.periods import Periods
from tuopin_desktop.domain.archives.subjects import Subject
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.record import Owner, Record, fields, title
from tuopin_desktop.domain.records import KINDS, ArchiveItem, Attachment, OwnCheck, Person, Posting
from tuopin_desktop.services.office.desk import Desk

NO_DAY = "没有登记日期，不知道归入哪一年"
NO_PARENT = "所属的登记已经删除或不在本单位"
NO_POSTING = "没有派驻记录，不知道归入哪一年"


class Group(msgspec.Struct):
    """One paper: its records, first those it is, then those that are part of it.

    `year` is that it is filed in, `day` that of the last of its records that says one.
    """

    subject: Subject
    paper: PaperKind
    records: list[Record] = []
    parts: list[Record] = []
    year: int | None = None
    day: date | None = None

    @property
    def every(self) -> tuple[Record, ...]:
        """All records that the paper holds."""
        return (*self.records, *self.parts)


class Loose(msgspec.Struct, frozen=True):
    """A record that is filed but could not be placed: what it is, and what is lacking."""

    key: str
    label: str
    reason: str


class Gathered(msgspec.Struct):
    """Every paper that is filed, by the key of its subject; the loose records; how many records are not filed."""

    groups: dict[str, Group] = {}
    loose: list[Loose] = []
    left_out: int = 0


def items_of(desk: Desk, office: str = "") -> list[ArchiveItem]:
    """Return the items of an office that stand, in no order."""
    code = ids.private(office or desk.scope)
    return desk.store.rows(ArchiveItem, between=(f"{code}/", f"{code}0"))


def gather(desk: Desk, periods: Periods) -> Gathered:
    """Return every paper of this office under a table of periods; raises Refused for a kind without a rule."""
    return _Gathering(desk, periods).run()


class _Gathering:
    def __init__(self, desk: Desk, periods: Periods) -> None:
        self._desk, self._periods = desk, periods
        self._standing = {one.subject: one for one in items_of(desk)}
        self._gathered = Gathered()
        self._home: dict[str, Group] = {}

    def run(self) -> Gathered:
        for kind in dict.fromkeys(kind for paper in PAPERS for kind in paper.kinds):
            if kind != Person.kind.name:
                for record in _rows(self._desk, KINDS[kind]):
                    self._place(record)
        self._people()
        for kind, field in PARTS.items():
            self._parts(KINDS[kind], field)
        self._gathered.loose.sort(key=lambda one: (one.label, one.key))
        return self._gathered

    def _place(self, record: Record) -> None:
        paper = subjects.kind_of(record)
        if paper is None:
            return
        time = self._time(record, paper)
        standing = next((one for one in subjects.candidates(record, time) if one.key in self._standing), None)
        if standing is not None:
            self._join(standing, record, self._standing[standing.key].year, time.day)
            return
        if not self._periods.of(paper).filed:
            self._gathered.left_out += 1
            return
        subject = subjects.subject_of(record, paper, self._periods.unit(paper), time)
        if subject is None or time.year is None:
            self._lose(record, NO_DAY)
        else:
            self._join(subject, record, time.year, time.day)

    def _time(self, record: Record, paper: PaperKind) -> subjects.Time:
        """Return when a record is of; a ballot is of the day of its round."""
        if not paper.by_field:
            return subjects.time_of(record, paper)
        (kind,) = (item.ref for item in fields(type(record)) if item.name == paper.by_field)
        parent = self._desk.store.get(KINDS[kind], str(getattr(record, paper.by_field)))
        above = subjects.kind_of(parent) if parent is not None else None
        return subjects.time_of(parent, above) if parent is not None and above is not None else subjects.Time()

    def _join(self, subject: Subject, record: Record, year: int | None, day: date | None) -> None:
        group = self._gathered.groups.get(subject.key)
        if group is None:
            group = Group(subject, BY_KEY[subject.paper], [], [], year)
            self._gathered.groups[subject.key] = group
        group.records.append(record)
        group.day = max(filter(None, (group.day, day)), default=None)
        self._home[ids.key(record.kind.name, record.id)] = group

    def _people(self) -> None:
        """Put each person on the roster of the year in which he first came."""
        first: dict[str, Posting] = {}
        for group in list(self._gathered.groups.values()):
            for record in group.records:
                if isinstance(record, Posting) and record.since is not None:
                    earliest = first.get(record.person)
                    if earliest is None or (record.since, record.id) < (earliest.since, earliest.id):
                        first[record.person] = record
        for person in _rows(self._desk, Person):
            posting = first.get(person.id)
            if posting is not None:
                group = self._home[ids.key(Posting.kind.name, posting.id)]
                group.records.append(person)
                self._home[ids.key(Person.kind.name, person.id)] = group
            elif self._periods.of(BY_KEY["roster"]).filed:
                self._lose(person, NO_POSTING)

    def _parts(self, cls: type[Record], field: str) -> None:
        ref = next(item.ref for item in fields(cls) if item.name == field)
        parents = _parents(self._home, ref)
        rows = self._desk.store.rows(cls, field_among=(field, sorted(parents)))
        for record in rows:
            group = parents[str(getattr(record, field))]
            group.parts.append(record)
            self._home[ids.key(cls.kind.name, record.id)] = group
        self._orphans(cls, field, {record.id for record in rows})

    def _orphans(self, cls: type[Record], field: str, placed_ids: set[str]) -> None:
        """Tell of parts whose record is gone; those of a paper that is not filed are not filed either."""
        for record in _rows(self._desk, cls):
            if record.id in placed_ids:
                continue
            if _has_parent(self._desk, cls, field, str(getattr(record, field))):
                self._gathered.left_out += 1
            else:
                self._lose(record, NO_PARENT)

    def _lose(self, record: Record, reason: str) -> None:
        key = ids.key(record.kind.name, record.id)
        name = "" if isinstance(record, Attachment) else title(record)
        self._gathered.loose.append(Loose(key, f"{record.kind.label} {name}".strip(), reason))


def _parents(home: Mapping[str, Group], ref: str) -> dict[str, Group]:
    """Return the papers by what a part calls its record: its id, or its log key where it may be of any kind."""
    if not ref:
        return dict(home)
    by_pair = ((key.partition(":"), group) for key, group in home.items())
    return {pair[2]: group for pair, group in by_pair if pair[0] in ref.split(",")}


def _has_parent(desk: Desk, cls: type[Record], field: str, value: str) -> bool:
    """Tell whether the record that a part belongs to stands, though its paper is not filed here."""
    ref = next(item.ref for item in fields(cls) if item.name == field)
    kind, _, record_id = value.partition(":") if not ref else ("", "", value)
    kinds = ref.split(",") if ref else [kind]
    rows = (desk.store.get(KINDS[one], record_id) for one in kinds if one in KINDS)
    return any(row is not None and not row.deleted for row in rows)


def _rows(desk: Desk, cls: type[Record]) -> Iterable[Record]:
    """Return the live records of a kind whose original this office holds."""
    return [one for one in _read(desk, cls) if subjects.filer(one) == desk.scope]


def _read(desk: Desk, cls: type[Record]) -> Iterator[Record]:
    office = desk.scope
    if cls.kind.owner is Owner.REGION:
        if office == ids.REGION:
            yield from desk.store.rows(cls)
    elif desk.level is Level.COUNTY:
        yield from desk.store.rows(cls, scope=office)
    else:
        for code in (office, ids.private(office)):
            yield from desk.store.rows(cls, between=(f"{code}/", f"{code}0"))
        if cls is OwnCheck and desk.level is Level.LEAGUE:
            yield from desk.store.rows(cls, {"level": "league"}, scope=office)


def unsorted_kinds() -> list[str]:
    """Return the kinds of records that nobody said a paper of: a new kind says one, or why it is none."""
    return sorted(set(KINDS) - FILED_KINDS - set(NO_PAPER))
