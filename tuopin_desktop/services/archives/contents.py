"""What of the items goes onto a medium: an entry for each, and the bytes of its files when they are asked for."""

import hashlib
from collections.abc import Collection
from functools import cache

import msgspec

from tuopin_desktop import __version__
from tuopin_desktop.documents.archival import wrapping
from tuopin_desktop.domain.archives.kinds import BY_KEY
from tuopin_desktop.domain.archives.medium import Entry, Piece, Place
from tuopin_desktop.domain.archives.periods import Periods
from tuopin_desktop.domain.masking import hides
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.record import Form, Record, fields
from tuopin_desktop.domain.records import ArchiveItem, Attachment
from tuopin_desktop.domain.records.archives import PERIODS, SECRECY
from tuopin_desktop.services.archives import editions, forming, printing, tables
from tuopin_desktop.services.archives import items as filed
from tuopin_desktop.services.office import attachments
from tuopin_desktop.services.office.desk import Desk

_ENDING = ".pdf"
_MOST = 20_000
"""Characters of an item that the search of the box looks through."""
LOST = "扫描件不在本机，未附"
PAPER_ONLY = "无电子文件，见纸质"


class Holding(msgspec.Struct, frozen=True):
    """An item with what is filed in it: whether the program prints it, its scans that are here, how many are not."""

    item: ArchiveItem
    records: tuple[Record, ...]
    scans: tuple[Attachment, ...]
    printed: bool
    lost: int = 0


class Contents:
    """The items of some years as a medium takes them, in the order of the catalogue."""

    def __init__(self, desk: Desk, years: Collection[int]) -> None:
        self._desk = desk
        self._stamp = _stamp(desk)
        periods = tables.periods(desk)
        self._groups = forming.gathered(desk).groups
        every = [item for year in sorted(years) for item in filed.items(desk, year)]
        self.held_back = tuple(item for item in every if not _is_filed(periods, item))
        """Items that bear a number of a kind that is not filed any more: they stay where they are."""
        self.holdings = tuple(self._holding(item) for item in every if _is_filed(periods, item))
        self._by_key = {one.item.id: one for one in self.holdings}

    def entries(self) -> list[Entry]:
        """Return the items as the catalogue has them."""
        return [self._entry(one) for one in self.holdings]

    def piece(self, place: Place, at: int) -> bytes:
        """Return one file of an item; raises Trouble that names the item."""
        holding = self._by_key[place.entry.key]
        try:
            if holding.printed and at == 0:
                return self._print(holding)
            return self._scan(holding.scans[at - holding.printed])
        except Trouble as trouble:
            name = holding.item.code or holding.item.name
            raise Trouble(f"{name}写不出来：{trouble.sentence}") from trouble

    def _holding(self, item: ArchiveItem) -> Holding:
        group = self._groups.get(item.subject)
        records = group.every if group is not None else ()
        files = sorted((one for one in records if isinstance(one, Attachment)), key=lambda one: (one.name, one.id))
        scans = {(attachments.sha_of(one), one.media): one for one in files}
        here = tuple(one for (sha, _), one in scans.items() if attachments.has_file(self._desk, sha))
        return Holding(
            item=item,
            records=records,
            scans=here,
            printed=bool(records),
            lost=len(scans) - len(here),
        )

    def _entry(self, holding: Holding) -> Entry:
        item = holding.item
        pieces = [Piece(_ENDING, self._stamp)] if holding.printed else []
        pieces += [Piece(_ENDING, f"{attachments.sha_of(one)} {one.media} {__version__}") for one in holding.scans]
        return Entry(
            key=item.id,
            year=item.year or 0,
            period=PERIODS.word(item.period),
            body=item.body_code,
            number=item.number or 0,
            code=item.code,
            title=f"[{item.name}]" if item.made_title else item.name,
            author=item.author,
            day=f"{item.dated:%Y%m%d}" if item.dated else "",
            secrecy=SECRECY.word(item.secrecy) if item.secrecy else "",
            pages=item.pages or 0,
            remark=_remark(holding, len(pieces)),
            pieces=tuple(pieces),
            people=_people(holding),
            kind=BY_KEY[item.paper].name if item.paper in BY_KEY else "",
            month=f"{item.dated:%Y-%m}" if item.dated else "",
            text=_text(holding)[:_MOST],
        )

    def _print(self, holding: Holding) -> bytes:
        return editions.edition(self._desk, printing.sheets(self._desk, holding.item), title=holding.item.name)

    def _scan(self, scan: Attachment) -> bytes:
        data = attachments.content(self._desk, scan.id)
        pages = attachments.pages_of(scan)
        return editions.proved(wrapping.wrapped(data, title=scan.name, pages=pages), scan.name)


def _stamp(desk: Desk) -> str:
    """Return what a print is made under: it looks otherwise only after a change of a record or by another program."""
    position = " ".join(f"{feed}:{at}" for feed, at in sorted(desk.store.position().items()))
    return hashlib.sha256(f"{__version__} {position}".encode()).hexdigest()


def _is_filed(periods: Periods, item: ArchiveItem) -> bool:
    """Tell whether the table still files an item's kind; a kind it does not know is refused by name before."""
    return item.paper in BY_KEY and periods.of(BY_KEY[item.paper]).filed


def _remark(holding: Holding, pieces: int) -> str:
    remarks = [holding.item.note, LOST if holding.lost else "", "" if pieces else PAPER_ONLY]
    return "；".join(remark for remark in remarks if remark)


def _people(holding: Holding) -> tuple[str, ...]:
    """Return the ids of the people, or of their postings, that the records of an item are about."""
    keys = (getattr(record, name) for record in holding.records for name in _naming(type(record)))
    return tuple(dict.fromkeys(str(key) for key in keys if key))


def _text(holding: Holding) -> str:
    """Return what was written into the records of an item, without what is masked elsewhere."""
    values = (getattr(record, name) for record in holding.records for name in _plain(type(record)))
    return " ".join(dict.fromkeys(str(value) for value in values if value))


@cache
def _plain(cls: type[Record]) -> tuple[str, ...]:
    texts = (one for one in fields(cls) if one.form in (Form.TEXT, Form.LONG) and not (one.auto or one.machine))
    return tuple(one.name for one in texts if not hides(cls, one))


@cache
def _naming(cls: type[Record]) -> tuple[str, ...]:
    """Return the fields of a kind that point to a person or a posting; none of a kind shown only on request."""
    if cls.kind.restricted:
        return ()
    return tuple(one.name for one in fields(cls) if one.form is Form.REF and one.ref in ("person", "posting"))
