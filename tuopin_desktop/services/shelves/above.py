"""What offices above the counties keep about each of them: who changes one decision changes it for one county."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.record import Record
from tuopin_desktop.services.judging import portions
from tuopin_desktop.services.judging.portions import Link

_COUNTY = 6
"""The digits of a county's code, and of the one under which an office above keeps what is for itself alone."""


def is_above(owner: str) -> bool:
    """Tell whether records of an owner are about others: a county's, and what an office keeps for itself, are not."""
    return len(owner) < _COUNTY


class Groups:
    """The records of offices above, grouped by what hangs together, each group with the counties it leads to."""

    def __init__(self, records: Sequence[Record], links: Iterable[Link]) -> None:
        self._before: dict[str, str] = {}
        self._counties: dict[str, set[str]] = defaultdict(set)
        self._rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        for record in records:
            for name in portions.leads_of(type(record)):
                self._tie(record.id, str(getattr(record, name) or ""))
        ties_above = [link for link in links if is_above(ids.owner(link[1])) and not is_above(ids.owner(link[0]))]
        for source, target in ties_above:
            self._tie(target, source)
        for record in records:
            self._rows[self._root(record.id)].append((record.kind.name, record))
        for source, target in ties_above:
            self._rows[self._root(target)].append(("link", source, target))

    def about(self) -> Mapping[str, list[list[tuple[object, ...]]]]:
        """Return by county the groups that lead to it."""
        groups: dict[str, list[list[tuple[object, ...]]]] = defaultdict(list)
        counties: dict[str, set[str]] = defaultdict(set)
        for name, some in self._counties.items():
            counties[self._root(name)] |= some
        for root in sorted(self._rows):
            for county in counties[root]:
                groups[county].append(sorted(self._rows[root], key=repr))
        return groups

    def _tie(self, record_id: str, other: str) -> None:
        owner = ids.owner(other)
        if not owner:
            return
        if is_above(owner):
            self._before[self._root(record_id)] = self._root(other)
        else:
            self._counties[record_id].add(owner)

    def _root(self, name: str) -> str:
        while (before := self._before.get(name, name)) != name:
            name = before
        return name
