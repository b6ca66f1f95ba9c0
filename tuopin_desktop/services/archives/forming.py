"""The items of a year: as they would be while it is not finished, and with the numbers they keep from then on."""

from collections import Counter
from collections.abc import Callable

import msgspec

from tuopin_desktop.domain.archives import codes, numbering
from tuopin_desktop.domain.archives.periods import Periods
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import clashes, describing, gathering, pagemaking, settings, tables
from tuopin_desktop.services.archives.gathering import Gathered, Group, Loose
from tuopin_desktop.services.office.desk import Desk

Progress = Callable[[int, int], None]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A year as it would be filed: its items in the order of the catalogue, which of them are new, what is loose.

    `finished`: numbers were given before, and only `fresh` (late papers) are to get theirs.
    """

    year: int
    items: tuple[ArchiveItem, ...]
    fresh: tuple[ArchiveItem, ...]
    finished: bool
    loose: tuple[Loose, ...]


class YearState(msgspec.Struct, frozen=True, kw_only=True):
    """One year of an office: how many items have a number, how many papers wait for one; `over`: it may be formed."""

    year: int
    numbered: int
    waiting: int
    over: bool


class Years(msgspec.Struct, frozen=True):
    """Every year with papers, and the records that belong to none."""

    years: tuple[YearState, ...]
    loose: tuple[Loose, ...]


def gathered(desk: Desk, periods: Periods | None = None) -> Gathered:
    """Return every paper of this office; under the office's own table it is kept until something is written."""
    if periods is not None:
        return gathering.gather(desk, periods)
    return desk.once("archives", lambda: gathering.gather(desk, tables.periods(desk)))


def years(desk: Desk) -> Years:
    """Return the years of this office, the first one first."""
    every = gathered(desk)
    standing = gathering.items_of(desk)
    numbers = Counter(item.year or 0 for item in standing)
    subjects = {item.subject for item in standing}
    waiting = Counter(group.year or 0 for key, group in every.groups.items() if key not in subjects)
    today = desk.today().year
    rows = [
        YearState(year=year, numbered=numbers[year], waiting=waiting[year], over=year < today)
        for year in sorted({*numbers, *waiting})
    ]
    return Years(tuple(rows), tuple(every.loose))


def plan(desk: Desk, year: int, periods: Periods | None = None) -> Plan:
    """Return how a year is, or would be, filed; nothing is written. Raises Refused for a kind without a rule."""
    every = gathered(desk, periods)
    standing = [item for item in gathering.items_of(desk) if item.year == year]
    subjects = {item.subject for item in gathering.items_of(desk)}
    groups = [group for key, group in every.groups.items() if group.year == year and key not in subjects]
    fresh = _fresh(desk, groups, periods or tables.periods(desk), standing)
    return Plan(
        year=year,
        items=tuple(sorted((*standing, *fresh), key=numbering.catalogue_order)),
        fresh=tuple(fresh),
        finished=bool(standing),
        loose=tuple(every.loose),
    )


def _fresh(desk: Desk, groups: list[Group], periods: Periods, standing: list[ArchiveItem]) -> list[ArchiveItem]:
    if not groups:
        return []
    fonds, late = settings.fonds(desk), bool(standing)
    items = numbering.numbered(standing, described(desk, groups, periods))
    return [msgspec.structs.replace(item, code=codes.item_code(fonds, item), late=late) for item in items]


def described(desk: Desk, groups: list[Group], periods: Periods) -> list[ArchiveItem]:
    """Return papers as items without number."""
    fonds, names = settings.fonds(desk), describing.Names(desk)
    return [describing.item_of(desk, group, periods, fonds, names) for group in groups]


def form(desk: Desk, year: int, progress: Progress | None = None) -> list[ArchiveItem]:
    """Give every paper of a year that is over its number, and return them; those that have one keep it.

    `progress` hears (done, all) while pages are counted. Raises Refused: a year that still runs, nothing that waits,
    a code that another office uses, a kind without a rule.
    """
    desk.require(Act.ARCHIVE)
    if year >= desk.today().year:
        raise refuse("archive.year", f"{year}年还没有结束，文件还会增加，请到下一年再编件号", "year")
    fresh = plan(desk, year).fresh
    if not fresh:
        raise refuse("archive.empty", f"{year}年没有等待编号的文件", "year")
    clashes.refuse_clash(desk)
    today, groups = desk.today(), gathered(desk).groups
    items = []
    for place, item in enumerate(fresh):
        if progress is not None:
            progress(place, len(fresh))
        pages = pagemaking.count(desk, item, groups[item.subject])
        items.append(msgspec.structs.replace(item, formed=today, pages=pages))
    desk.commit([Change(ArchiveItem.kind.name, item.id, difference({}, scalars(item))) for item in items])
    return items
