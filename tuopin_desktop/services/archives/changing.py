"""What changes when one kind of paper is kept longer, bound otherwise or not filed: listed before, and then done."""

import msgspec

from tuopin_desktop.domain.archives.kinds import BY_KEY, PaperKind
from tuopin_desktop.domain.archives.periods import Periods
from tuopin_desktop.domain.records import FilingRule
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.services.archives import forming, gathering, tables
from tuopin_desktop.services.office.desk import Desk


class Move(msgspec.Struct, frozen=True):
    """One paper that goes elsewhere: its year and title, and where it stood and stands, "" for not filed."""

    year: int
    name: str
    before: str
    after: str


class Moves(msgspec.Struct, frozen=True):
    """What a change of a line moves: the papers of that kind alone; those with a number stay as they are."""

    paper: str
    rows: tuple[Move, ...]
    staying: int
    rule: FilingRule

    @property
    def sentence(self) -> str:
        """The whole in a sentence."""
        stay = f"；已编件号的{self.staying}件不动" if self.staying else ""
        return f"“{self.paper}”有{len(self.rows)}件换位置{stay}，其他种类不变"


def moves(desk: Desk, paper: str, *, filed: str = "", period: str = "", binding: str = "", note: str = "") -> Moves:
    """Return what a change of a kind's line would move; nothing is written. Raises Refused."""
    rule = tables.rule_of(desk, paper, filed=filed, period=period, binding=binding, note=note)
    kind = BY_KEY[rule.paper]
    before, after = _places(desk, kind, tables.periods(desk)), _places(desk, kind, tables.periods(desk, rule))
    keys = sorted({*before, *after}, key=lambda key: (after.get(key) or before[key]).year)
    rows = tuple(
        Move(place.year, place.name, _word(before.get(key)), _word(after.get(key)))
        for key in keys
        for place in (after.get(key) or before[key],)
        if _word(before.get(key)) != _word(after.get(key))
    )
    staying = sum(item.paper == kind.key for item in gathering.items_of(desk))
    return Moves(kind.name, rows, staying, rule)


def adjust(desk: Desk, paper: str, *, filed: str = "", period: str = "", binding: str = "", note: str = "") -> Moves:
    """Change a kind's line and return what moved; raises Refused."""
    change = moves(desk, paper, filed=filed, period=period, binding=binding, note=note)
    tables.save_rule(desk, change.rule)
    return change


class _Place(msgspec.Struct, frozen=True):
    year: int
    name: str
    period: str


def _places(desk: Desk, kind: PaperKind, periods: Periods) -> dict[str, _Place]:
    """Return the papers of a kind that have no number yet, with the period they would be filed under."""
    standing = {item.subject for item in gathering.items_of(desk)}
    groups = forming.gathered(desk, periods).groups
    wanting = {key: group for key, group in groups.items() if group.paper is kind and key not in standing}
    if not wanting:
        return {}
    items = {item.subject: item for item in forming.described(desk, list(wanting.values()), periods)}
    return {key: _Place(items[key].year or 0, items[key].name, items[key].period) for key in wanting}


def _word(place: _Place | None) -> str:
    return PERIODS.labels.get(place.period, place.period) if place else ""
