"""An old catalogue against the items of this office: which rows are the same paper, and why the others are not."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.archives.oldcatalogues import Entry, plain_code, plain_document, plain_name
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.records import ArchiveItem

ALIKE = 0.5
"""How much of two titles must be the same (Dice of pairs of characters) for one paper of one day."""
_CLOSE = 0.8
"""How much for one paper where only one of them bears a day."""


class Pair(msgspec.Struct, frozen=True):
    """A row and an item that are the same paper, and why; `doubt`: somebody should look."""

    entry: Entry
    item: ArchiveItem
    reason: str
    doubt: bool = False


class There(msgspec.Struct, frozen=True):
    """A row that is in the old catalogue alone, and why nothing here is it."""

    entry: Entry
    reason: str


class Here(msgspec.Struct, frozen=True):
    """An item that is here alone, and why no row is it."""

    item: ArchiveItem
    reason: str


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Three lists: what is in both, only there, only here; every row and every item stands in exactly one."""

    both: tuple[Pair, ...]
    there: tuple[There, ...]
    here: tuple[Here, ...]


class _Own(msgspec.Struct, frozen=True):
    """An item with what it is compared by, worked out once."""

    item: ArchiveItem
    name: str
    document: str
    code: str


def compare(rows: Sequence[Entry], items: Sequence[ArchiveItem]) -> Comparison:
    """Return the three lists; a paper is matched once, by its code, its number, its title, at last by day and words."""
    return _Comparing(rows, items).run()


class _Comparing:
    def __init__(self, rows: Sequence[Entry], items: Sequence[ArchiveItem]) -> None:
        self._rows = rows
        self._own = [
            _Own(one, plain_name(one.name), plain_document(one.document), plain_code(one.code) if one.code else "")
            for one in items
        ]
        self._pairs: dict[int, Pair] = {}
        self._used: set[str] = set()
        self._by_code = _index(self._own, lambda one: one.code)
        self._by_document = _index(self._own, lambda one: one.document)
        self._by_name = _index(self._own, lambda one: one.name)
        self._by_day = _index(self._own, lambda one: one.item.dated)
        self._names = [plain_name(row.name) for row in rows]

    def run(self) -> Comparison:
        for step in (self._same_code, self._same_document, self._same_name, self._same_day):
            for at, row in enumerate(self._rows):
                if at not in self._pairs and (pair := step(at, row)) is not None:
                    self._pairs[at] = pair
                    self._used.add(pair.item.id)
        there = [There(row, self._why_there(at, row)) for at, row in enumerate(self._rows) if at not in self._pairs]
        days = {row.dated for row in self._rows}
        years = {_year(row) for row in self._rows}
        here = [Here(one.item, _why_here(one.item, days, years)) for one in self._own if one.item.id not in self._used]
        both = tuple(self._pairs[at] for at in sorted(self._pairs))
        return Comparison(both=both, there=tuple(there), here=tuple(here))

    def _free(self, found_here: Iterable[_Own]) -> list[_Own]:
        return [one for one in found_here if one.item.id not in self._used]

    def _same_code(self, at: int, row: Entry) -> Pair | None:
        """The same code is the same paper if anything else agrees: another office may have given it to another."""
        for one in self._free(self._by_code.get(plain_code(row.code), ()) if row.code else ()):
            if self._names[at] == one.name or _agrees(row, self._names[at], one):
                return Pair(row, one.item, "档号相同")
        return None

    def _same_document(self, at: int, row: Entry) -> Pair | None:
        number = plain_document(row.document)
        near = [one for one in self._free(self._by_document.get(number, ()) if number else ()) if _may_be(row, one)]
        if not near:
            return None
        best = max(near, key=lambda one: (one.item.dated == row.dated, likeness(self._names[at], one.name)))
        likely = best.item.dated == row.dated or likeness(self._names[at], best.name) >= ALIKE
        if len(near) > 1 and not likely:
            return None
        return Pair(row, best.item, "文号相同" + ("" if likely else "，题名、日期不同，请核对"), not likely)

    def _same_name(self, at: int, row: Entry) -> Pair | None:
        near = self._free(self._by_name.get(self._names[at], ()))
        same = [one for one in near if one.item.dated == row.dated and row.dated is not None]
        if same:
            return Pair(row, same[0].item, "题名和日期相同")
        blank = [one for one in near if row.dated is None or one.item.dated is None]
        if len(blank) == 1 and _may_be(row, blank[0]):
            return Pair(row, blank[0].item, "题名相同，有一边没有日期", doubt=True)
        return None

    def _same_day(self, at: int, row: Entry) -> Pair | None:
        if row.dated is None:
            return None
        near = sorted(
            ((likeness(self._names[at], one.name), one.item.id, one) for one in self._free(self._day(row))),
            reverse=True,
        )
        if not near or near[0][0] < ALIKE or not _documents_agree(row, near[0][2]):
            return None
        if len(near) > 1 and near[1][0] == near[0][0]:
            return None  # two are as like: nobody can tell which
        return Pair(row, near[0][2].item, "日期相同，题名相近", doubt=near[0][0] < _CLOSE)

    def _day(self, row: Entry) -> Sequence[_Own]:
        return self._by_day.get(row.dated, ())

    def _why_there(self, at: int, row: Entry) -> str:
        others = self._by_name.get(self._names[at], ())
        if others and all(one.item.id in self._used for one in others):
            return "与前面的一行重复：本处同题名的文件已经对上"
        if others:
            day = others[0].item.dated
            return f"题名相同但日期不同：本处是{day_words(day) if day else '没有日期'}"
        if row.code and plain_code(row.code) in self._by_code:
            return "档号相同，但题名、文号、日期都不同，不是同一件"
        if row.document and plain_document(row.document) in self._by_document:
            return "文号相同，但年度不同，或同号的文件不止一件，分不清是哪一件"
        if row.day_text and row.dated is None:
            return f"日期“{row.day_text[:20]}”认不出，也没有同文号、同题名的文件"
        count = len(self._day(row)) if row.dated else 0
        return f"本处同一天的{count}件题名都不相近" if count else "本处没有同文号、同题名或同一天的文件"


def _index(own: Iterable[_Own], key: Callable[[_Own], object]) -> dict[object, list[_Own]]:
    by_key: dict[object, list[_Own]] = defaultdict(list)
    for one in own:
        if key(one):
            by_key[key(one)].append(one)
    return dict(by_key)


def likeness(one: str, two: str) -> float:
    """Return how much two titles share: twice the common pairs of characters over all, 1 for the same."""
    first, second = {one[at : at + 2] for at in range(len(one) - 1)}, {two[at : at + 2] for at in range(len(two) - 1)}
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else float(one == two)


def _agrees(row: Entry, name: str, one: _Own) -> bool:
    return (
        (row.dated is not None and row.dated == one.item.dated)
        or (bool(row.document) and plain_document(row.document) == one.document)
        or likeness(name, one.name) >= ALIKE
    )


def _documents_agree(row: Entry, one: _Own) -> bool:
    """Two papers with different numbers are two papers, however alike."""
    return not row.document or not one.document or plain_document(row.document) == one.document


def _may_be(row: Entry, one: _Own) -> bool:
    return not _year(row) or _year(row) in (str(one.item.year), f"{one.item.dated or ''}"[:4])


def _year(row: Entry) -> str:
    return row.year[:4] if row.year[:4].isdecimal() else f"{row.dated.year}" if row.dated else ""


def _why_here(item: ArchiveItem, days: set[date | None], years: set[str]) -> str:
    if str(item.year) not in years:
        return f"旧目录没有{item.year}年的文件"
    if item.dated is not None and item.dated in days:
        return "旧目录同一天的文件题名、文号都不同"
    return "旧目录没有同文号、同题名或同一天的文件"
