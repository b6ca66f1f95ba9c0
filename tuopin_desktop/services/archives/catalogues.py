"""The catalogue of what an office files in a year: to be bound behind its cover, and as a workbook."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from tuopin_desktop.documents import form as forms
from tuopin_desktop.documents import table
from tuopin_desktop.documents.archival import catalogue as lists
from tuopin_desktop.documents.archival.catalogue import Layout
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.documents.table import Table
from tuopin_desktop.domain.archives import boxes
from tuopin_desktop.domain.archives.boxes import Series
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import ArchiveItem, Fonds
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.machine import paths
from tuopin_desktop.services.archives import editions, items, settings
from tuopin_desktop.services.office import books, files
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import Desk

NINE = "nine"
"""The form of DA/T 22-2015; the others stand beside it in `forms/archive-catalogue/`."""


@cache
def layouts() -> Mapping[str, Layout]:
    """Return the forms of the catalogue by key."""
    return lists.layouts(paths.FORMS / "archive-catalogue" / "columns.toml")


@cache
def form(name: str, width: int = 0) -> forms.Form:
    """Return a form of the filing aids, `archive-cover`, on paper of another width in mm where one is given."""
    return forms.load(paths.FORMS / name / "form.toml", width=width)


def series(desk: Desk, year: int, period: str = "") -> list[Series]:
    """Return what an office filed of a year, or of one period of it (a code); raises Refused where that is nothing."""
    some = [one for one in boxes.series(items.items(desk, year)) if period in ("", one.period)]
    if not some:
        which = f"{year}年度" + (f"保管期限{PERIODS.word(period)}" if period else "")
        raise refuse("empty", f"{which}还没有整理好的归档文件，请先在“归档文件”中整理该年度")
    return some


def catalogue(desk: Desk, year: int, period: str = "", layout: str = NINE) -> Book[ArchiveItem]:
    """Return the catalogue of a year, a list for each series of numbers; raises Refused where nothing was filed."""
    shape = _layout(layout)
    some = series(desk, year, period)
    fonds = settings.fonds(desk)
    by_name = {name_of(one): lists.table(shape, one.items, [_note(fonds, one)]) for one in some}
    rows = tuple(item for one in some for item in one.items)
    whole = lists.table(shape, rows)
    titled = msgspec.structs.replace(whole, title=f"{year}年度{lists.TITLE}")
    return Book(title=titled.title, rows=rows, sheet=titled, papers=tuple(by_name.values()), sheets=by_name)


def name_of(one: Series) -> str:
    """Return what a series is called: 2018年度 30年 150426BGS."""
    return " ".join(filter(None, (f"{one.year}年度", PERIODS.word(one.period), one.body_label)))


def heads(desk: Desk, one: Series) -> dict[str, str]:
    """Return what stands on covers and spines of a series, by field of the forms."""
    fonds = settings.fonds(desk)
    return {
        "fonds_code": one.items[0].fonds_code or fonds.fonds_code,
        "year": str(one.year),
        "period": PERIODS.word(one.period),
        "body": fonds.body,
    }


def cover(desk: Desk, one: Series) -> Sheet:
    """Return the cover of the catalogue of a series (目录封面)."""
    return compose(form("archive-cover"), {**heads(desk, one), "fonds_name": fonds_name(desk)}, desk.fonts())


def fonds_name(desk: Desk) -> str:
    """Return whose fonds it is: as entered, else the office's own name."""
    return settings.fonds(desk).fonds_name or desk.office.name


def sheets(desk: Desk, year: int, period: str = "", layout: str = NINE) -> list[Sheet]:
    """Return the catalogue as it is bound: each series behind its cover, its pages numbered anew."""
    volume = catalogue(desk, year, period, layout)
    pairs = zip(series(desk, year, period), volume.papers, strict=True)
    return [page for one, paper in pairs for page in (cover(desk, one), *_pages(desk, paper))]


def _pages(desk: Desk, paper: books.Paper) -> tuple[Sheet, ...]:
    return table.sheets(paper, desk.fonts()) if isinstance(paper, Table) else ()


def write(desk: Desk, path: Path, year: int, period: str = "", layout: str = NINE) -> Path:
    """Write the catalogue as what the file's name says: .xlsx a workbook, else PDF/A; raises Trouble, Refused."""
    volume = catalogue(desk, year, period, layout)
    if path.suffix.lower() == ".xlsx":
        return files.write(desk, path, books.xlsx(desk, volume))
    pages = sheets(desk, year, period, layout)
    return files.write(desk, path, editions.edition(desk, pages, title=volume.title))


def _layout(key: str) -> Layout:
    if key not in layouts():
        choices = "、".join(f"{name}（{layout.name}）" for name, layout in layouts().items())
        raise refuse("layout", f"没有“{key[:20]}”这种目录格式，可用：{choices}", "layout")
    return layouts()[key]


def _note(fonds: Fonds, one: Series) -> str:
    code = one.items[0].fonds_code or fonds.fonds_code
    parts = [f"全宗号{code}" if code else "", f"{one.year}年度", f"保管期限{PERIODS.word(one.period)}"]
    parts.append(f"机构（问题）{fonds.body}" if fonds.body else "")
    return "，".join(filter(None, parts)) + f"，共{len(one.items)}件、{one.pages}页。"
