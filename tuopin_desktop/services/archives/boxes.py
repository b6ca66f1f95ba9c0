"""The index of the box for one office: who its people are, in words that identify nobody further."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from tuopin_desktop.documents.archival import box
from tuopin_desktop.documents.archival.box import Box, Who
from tuopin_desktop.domain.archives.medium import Place
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.archives.contents import Contents
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called

HIDDEN = "内容不列入目录，须查阅原文"
"""What the index says of an item made of records that are shown only on request."""


def index(desk: Desk, contents: Contents, years: str) -> Callable[[Sequence[Place]], Iterable[tuple[str, bytes]]]:
    """Return what makes the pages of the index of a medium's items."""
    hidden = {one.item.id for one in contents.holdings if any(record.kind.restricted for record in one.records)}
    people = _People(desk)

    def pages(places: Sequence[Place]) -> Iterable[tuple[str, bytes]]:
        every = [_shown(place, people, hidden=place.entry.key in hidden) for place in places]
        under = f"{years}年度，{day_words(desk.today())}写出{'（练习数据，不作凭证）' if desk.practice else ''}"
        named = {key for place in every for key in place.entry.people}
        who = {key: people.who(key) for key in sorted(named)}
        return box.pages(Box(title=f"{desk.office.name}档案", under=under, places=every, people=who))

    return pages


class _People:
    """The people of an office, by their ids and those of their postings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._persons: Mapping[str, Person] = {one.id: one for one in desk.store.rows(Person)}
        self._person_of: dict[str, str] = {}
        self._postings: dict[str, list[Posting]] = defaultdict(list)
        for posting in desk.store.rows(Posting):
            self._person_of[posting.id] = posting.person
            self._postings[posting.person].append(posting)

    def of(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the people that ids of people and postings stand for, each once; who is forgotten is left out."""
        persons = dict.fromkeys(self._person_of.get(key, key) for key in keys)
        return tuple(key for key in persons if key in self._persons)

    def who(self, key: str) -> Who:
        """Return name and service of a person: nothing that is masked elsewhere."""
        return Who(self._persons[key].name, "；".join(self._service(one) for one in self._postings[key]))

    def _service(self, one: Posting) -> str:
        position = POSITION.word(one.position) if one.position else ""
        since = day_words(one.since) if one.since else ""
        days = f"{since}至{day_words(one.until)}" if one.until else f"{since}起" if since else ""
        return f"{called(one.county)}{position} {days}".strip()


def _shown(place: Place, people: _People, *, hidden: bool) -> Place:
    entry = place.entry
    if hidden:
        return Place(msgspec.structs.replace(entry, title=HIDDEN, people=(), text=""), place.paths)
    return Place(msgspec.structs.replace(entry, people=people.of(entry.people)), place.paths)
