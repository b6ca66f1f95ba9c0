"""The filing stamp (归档章) printed onto page 1 of a signed original: what it says, where it may stand, its page."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import msgspec

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents import scans
from tuopin_desktop.documents.archival import stamping
from tuopin_desktop.documents.scans import Picture
from tuopin_desktop.domain.archives.boxes import number_words
from tuopin_desktop.domain.display import MM, Sheet
from tuopin_desktop.domain.overprint import Calibration
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.services.archives import catalogues, items, printing, settings
from tuopin_desktop.services.office import attachments, files
from tuopin_desktop.services.office.desk import Desk

At = tuple[float, float]
"""The upper left corner of a stamp in mm from that of the page."""

_LOOK_DPI = 110
_NO_ROOM = "第1页没有放得下归档章（45×16毫米）的空白，请在纸上另选位置盖章，或自定位置"
_ON_WORDS = "这个位置压在文字或表格上，请换到空白处（距上边、左边的毫米数）"
_OUTSIDE = "归档章超出了纸边，请往里移"


class Original(msgspec.Struct, frozen=True):
    """Page 1 of an item: its size in mm, where the stamp would go (None: nowhere), and how it looks.

    `sheet` is the page as the program prints it, whose words are known; `picture` the PNG of a scan, on which the clerk
    sees where ink is. One of them is given.
    """

    item: ArchiveItem
    width: float
    height: float
    at: At | None
    sheet: Sheet | None = None
    picture: bytes = b""


class Batch(NamedTuple):
    """Stamps of many items: a page for each, and the items with no room for one."""

    items: tuple[ArchiveItem, ...]
    sheets: tuple[Sheet, ...]
    without: tuple[ArchiveItem, ...]


def original(desk: Desk, item_id: str) -> Original:
    """Return page 1 of an item, of its scan where there is one; raises Refused for an item nobody knows or printed."""
    item = _item(desk, item_id)
    if (picture := _scan(desk, item)) is not None:
        out = BytesIO()
        picture.image.convert("RGB").save(out, "PNG")
        size = picture.width / MM, picture.height / MM
        return Original(item, *size, stamping.free_on(picture), picture=out.getvalue())
    if not (pages := printing.sheets(desk, item)):
        raise refuse("empty", "这件归档文件没有可打印的页，也没有扫描件，请直接在原件上盖章")
    page = pages[0]
    return Original(item, page.width, page.height, stamping.free_place(page, desk.fonts()), page)


def stamp(desk: Desk, item_id: str, at: At | None = None, calibration: Calibration | None = None) -> Sheet:
    """Return the page that prints an item's stamp and nothing else, at a place or where it goes by itself.

    `calibration` is the printer's. Raises Refused where no room is, where the place lies outside the paper, and where
    it lies on words of a known form; on a scan the clerk sees himself where ink is.
    """
    return _stamped(desk, original(desk, item_id), at, calibration)


def _stamped(desk: Desk, page: Original, at: At | None, calibration: Calibration | None) -> Sheet:
    place = at or page.at
    if place is None:
        raise refuse("place", _NO_ROOM, "at")
    if not stamping.is_free(place, page.width, page.height, ()):
        raise refuse("place", _OUTSIDE, "at")
    if page.sheet is not None and not stamping.is_free(
        place, page.width, page.height, stamping.occupied(page.sheet, desk.fonts())
    ):
        raise refuse("place", _ON_WORDS, "at")
    size = (page.width, page.height)
    form = catalogues.form("archive-stamp")
    return stamping.stamp(form, values(desk, page.item), place, size, desk.fonts(), calibration)


def batch(desk: Desk, item_ids: Iterable[str], calibration: Calibration | None = None) -> Batch:
    """Return the stamps of items in their order, each where it goes by itself; those without room are told."""
    pairs: list[tuple[ArchiveItem, Sheet]] = []
    without = []
    for one in item_ids:
        page = original(desk, one)
        if page.at is None:
            without.append(page.item)
        else:
            pairs.append((page.item, _stamped(desk, page, None, calibration)))
    return Batch(tuple(item for item, _ in pairs), tuple(sheet for _, sheet in pairs), tuple(without))


def values(desk: Desk, item: ArchiveItem) -> dict[str, str]:
    """Return what stands in the six cells; what is not settled stays empty (机构或问题 may always be)."""
    fonds = settings.fonds(desk)
    return {
        "fonds_code": item.fonds_code or fonds.fonds_code,
        "year": str(item.year or ""),
        "number": number_words(item),
        "body": fonds.body,
        "period": PERIODS.word(item.period),
        "pages": str(item.pages or ""),
    }


def by_code(desk: Desk, text: str) -> ArchiveItem:
    """Return the item of an archival code, or of year-period-number (2018-30年-0012); raises Refused."""
    for item in items.items(desk):
        short = f"{item.year}-{PERIODS.word(item.period)}-{number_words(item)}"
        if text in (item.code, short, short.replace(PERIODS.word(item.period), item.period)):
            return item
    raise refuse("missing", f"没有档号为“{text[:60]}”的归档文件，请照目录中的档号填写", "code")


def write(desk: Desk, path: Path, pages: Sequence[Sheet]) -> Path:
    """Write stamps as a PDF for the printer; raises Refused where there are none, Trouble."""
    if not pages:
        raise refuse("empty", _NO_ROOM)
    return files.write(desk, path, pdfs.render(pages, desk.fonts(), title="归档章套打"))


def _item(desk: Desk, item_id: str) -> ArchiveItem:
    item = desk.store.get(ArchiveItem, item_id)
    if item is None or item.deleted:
        raise refuse("missing", "找不到这件归档文件，可能已被替换，请刷新后重试")
    return item


def _scan(desk: Desk, item: ArchiveItem) -> Picture | None:
    """Return the first scanned page of an item whose file is on this PC."""
    for one in items.scans(desk, item):
        if attachments.has_file(desk, attachments.sha_of(one)):
            first = min(attachments.pages_of(one), default=1)
            return next(scans.pictures_in(attachments.content(desk, one.id), _LOOK_DPI, [first]), None)
    return None
