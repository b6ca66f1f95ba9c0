"""Two offices never make one archival code: asked before numbers are given, and of what packages brought together."""

from collections import Counter

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives import codes
from tuopin_desktop.domain.archives.subjects import office_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import ArchiveItem, Fonds
from tuopin_desktop.services.archives import settings
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk


class Clash(msgspec.Struct, frozen=True):
    """One code that several items bear, and the offices they are of."""

    code: str
    offices: tuple[str, ...]


def refuse_clash(desk: Desk) -> None:
    """Raise Refused where another office known here files in the same fonds and class under the same body."""
    own = settings.fonds(desk)
    if not own.fonds_code:
        return
    for other in desk.store.rows(Fonds):
        if other.id != own.id and _prefix(other) == _prefix(own):
            name = offices.called(office_of(ids.owner(other.id)))
            how = "请在“归档配置”里改机构（问题）代码"
            sentence = f"{name}也用全宗号{own.fonds_code}和同样的机构代码，两家的档号会相同。{how}"
            raise refuse("archive.clash", sentence, "body_code")


def _prefix(fonds: Fonds) -> tuple[str, str, str]:
    office = office_of(ids.owner(fonds.id))
    return fonds.fonds_code, fonds.category or codes.FIRST_CATEGORY, codes.body_code(fonds, office)


def clashes(desk: Desk) -> list[Clash]:
    """Return the codes that more than one item known here bears; none, unless an office left its area code out."""
    items = [item for item in desk.store.rows(ArchiveItem) if item.code]
    count = Counter(item.code for item in items)
    return [
        Clash(code, tuple(sorted({offices.called(office_of(ids.owner(one.id))) for one in items if one.code == code})))
        for code in sorted(code for code, number in count.items() if number > 1)
    ]
