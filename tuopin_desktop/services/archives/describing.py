"""What a catalogue says of a paper, from its records: title, who answers for it, number, day, how many pages."""

from datetime import date
from typing import Any

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives import codes, subjects
from tuopin_desktop.domain.archives.kinds import PaperKind
from tuopin_desktop.domain.archives.periods import Periods
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.record import Form, Record, fields, scalar
from tuopin_desktop.domain.records import ArchiveItem, Fonds, LeaveSlip, Person, Posting, Snapshot, Team
from tuopin_desktop.services.archives.gathering import Group
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk

_MOST_TITLE = 290


class Names:
    """The names that titles are made of, read once for a whole year's papers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._postings = {one.id: one for one in desk.store.rows(Posting, deleted=None)}
        self._people = {one.id: one for one in desk.store.rows(Person, deleted=None)}
        self._teams = {one.county: one.name for one in desk.store.rows(Team)}
        self.office = desk.office.name

    def team(self, code: str) -> str:
        """Return what answers for the papers of a county, or this office's own name."""
        if code in ("", self._desk.scope) and len(code) < len("150426"):
            return self.office
        return self._teams.get(code) or f"驻{offices.called(code)}工作总队"

    def short(self, code: str) -> str:
        """Return how a title calls the team of a county, or this office."""
        return f"{offices.called(code)}工作总队" if len(code) == len("150426") else self.team(code)

    def person(self, key: str) -> Person | None:
        """Return who is meant by the id of a person, a posting or anything that leads to one."""
        posting = self._postings.get(key)
        return self._people.get(posting.person if posting is not None else key)

    def slip(self, key: str) -> str:
        """Return whose slip is meant, "" where it is none."""
        slip = self._desk.store.get(LeaveSlip, key) if key else None
        return slip.name if slip is not None else ""


def item_of(desk: Desk, group: Group, periods: Periods, fonds: Fonds, names: Names) -> ArchiveItem:
    """Return a paper as an item without number: what the catalogue will say of it.

    Of a register about conduct it says neither who, nor the day, nor a number: items are listed for everybody. Whoever
    files the paper may write its title.
    """
    office, county = desk.scope, _county(group)
    main = _leading(group.records)
    text, is_ours = _title(desk, group, names, main, county)
    return ArchiveItem(
        id=f"{ids.private(office)}/{group.paper.key}/{group.subject.owner}/{group.subject.rest}",
        year=group.year,
        period=periods.of(group.paper).period,
        body_code=codes.body_code(fonds, office),
        fonds_code=fonds.fonds_code,
        category=fonds.category or codes.FIRST_CATEGORY,
        document="" if main.kind.restricted else _document(group, main),
        author=_author(group.paper, main, names, county),
        name=text[:_MOST_TITLE],
        dated=None if main.kind.restricted else group.day,
        secrecy=fonds.secrecy,
        paper=group.paper.key,
        subject=group.subject.key,
        county=county,
        made_title=is_ours,
    )


def _county(group: Group) -> str:
    owner = subjects.office_of(group.subject.owner)
    return owner if len(owner) == len("150426") else ""


def _leading(records: list[Record]) -> Record:
    """Return the record that speaks for a paper: a close before its attendance, the newest edition of a report."""
    if isinstance(records[0], Snapshot):
        return max(records, key=lambda one: one.id)
    return records[0]


def _title(desk: Desk, group: Group, names: Names, main: Record, county: str) -> tuple[str, bool]:
    """Return the title, and whether the program made it."""
    paper = group.paper
    own = str(getattr(main, paper.own_title) or "").strip() if paper.own_title else ""
    if own and len(group.records) == 1:
        return own, False
    values = _values(desk, group, names, main, county)
    rest = group.subject.rest
    if (
        main.kind.restricted
        or not paper.title
        or (len(rest) == len("2019") and rest.isdecimal() and paper.unit == "record")
    ):
        return f"{values['team']}{values['year']}年{paper.name}", True
    return paper.title.format(**values), True


def _values(desk: Desk, group: Group, names: Names, main: Record, county: str) -> dict[str, Any]:
    day = group.day or date(group.year or 1, 1, 1)
    return {
        "team": names.short(county),
        "year": _year_of(main) or group.year,
        "month": _month(group) or day.month,
        "day": day.day,
        "name": _name(main, names),
        "type": _type(desk, main),
    }


def _year_of(main: Record) -> int | None:
    year = getattr(main, "year", None)
    return year if isinstance(year, int) and year else None


def _month(group: Group) -> int:
    tail = group.subject.rest.rpartition("-")[2]
    return int(tail) if group.paper.unit == "month" and tail.isdecimal() and len(tail) <= len("12") else 0


def _name(main: Record, names: Names) -> str:
    if isinstance(main, LeaveSlip):
        return main.name
    for field in ("posting", "person", "subject", "round"):
        person = names.person(str(getattr(main, field, "") or ""))
        if person is not None:
            return person.name
    target = str(getattr(main, "subject", "") or "")
    return names.team(ids.owner(target)) if target.endswith("/team") else names.slip(target)


_TYPES = ("type", "matter", "half", "source", "role")


def _type(desk: Desk, main: Record) -> str:
    for item in fields(type(main)):
        if item.name in _TYPES and item.form is Form.CHOICE:
            return field_words(item, scalar(getattr(main, item.name)), desk.vocabulary)
    return ""


def _document(group: Group, main: Record) -> str:
    name = group.paper.document
    return str(getattr(main, name) or "") if name and len(group.records) == 1 else ""


def _author(paper: PaperKind, main: Record, names: Names, county: str) -> str:
    if paper.author == "team":
        return names.team(county)
    person = names.person(str(getattr(main, "posting", "") or getattr(main, "person", "") or ""))
    if paper.author == "unit" and person is not None and person.unit:
        return person.unit
    if paper.author == "person":
        return _name(main, names) or names.team(county)
    return names.team(county) if paper.author != "office" or county == "" else names.office
