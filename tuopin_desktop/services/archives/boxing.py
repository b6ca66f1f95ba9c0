"""What belongs to the boxes of a year: cover, spines, and in each the note of what lies in it (备考表)."""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.archival.boards import PAPERS, Paper, boards
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain.archives import boxes
from tuopin_desktop.domain.archives.boxes import WIDTHS, Box, number_words
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.services.archives import catalogues, editions, items
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk

USUAL = 30
"""mm of the boxes most offices have."""
_MOST_NAMED = 12


def filled(desk: Desk, year: int, width: int = USUAL) -> list[Box]:
    """Return the boxes of a year, all of one thickness in mm; raises Refused for one there is not, or for no items."""
    if width not in WIDTHS:
        raise refuse("width", f"盒厚只有{'、'.join(map(str, WIDTHS))}毫米", "width")
    return [box for one in catalogues.series(desk, year) for box in boxes.boxes(one, width)]


def covers(desk: Desk, year: int) -> list[Sheet]:
    """Return the cover of the catalogue of each series."""
    return [catalogues.cover(desk, one) for one in catalogues.series(desk, year)]


def box_cover(desk: Desk, paper: Paper = "A4") -> list[Sheet]:
    """Return the cover of a box, the same for all of them: 220 mm wide, 310 mm high."""
    name = {"fonds_name": catalogues.fonds_name(desk)}
    return boards([compose(catalogues.form("archive-box"), name, desk.fonts())], paper, desk.fonts())


def spines(desk: Desk, year: int, width: int = USUAL, paper: Paper = "A4") -> list[Sheet]:
    """Return the spines of the boxes of a year side by side; the box number is left for the pencil."""
    return boards([_spine(desk, box) for box in filled(desk, year, width)], paper, desk.fonts())


def remarks(desk: Desk, year: int, width: int = USUAL) -> list[Sheet]:
    """Return the note that lies behind the papers of each box."""
    unsigned = {lack.item.id for lack in items.lacks(desk, year) if lack.code == "unsigned"}
    return [_remark(desk, box, unsigned) for box in filled(desk, year, width)]


def _spine(desk: Desk, box: Box) -> Sheet:
    first, last = box.ends
    values = {**catalogues.heads(desk, box.series), "first": first, "last": last}
    return compose(catalogues.form("archive-spine", box.width), values, desk.fonts())


def _remark(desk: Desk, box: Box, unsigned: Collection[str]) -> Sheet:
    days = [item.formed for item in box.items if item.formed]
    values = {"state": "\n".join(_state(box, unsigned)), "formed": day_words(max(days)) if days else ""}
    return compose(catalogues.form("archive-remarks"), values, desk.fonts())


def _state(box: Box, unsigned: Collection[str]) -> Iterator[str]:
    """Yield what the note says: how much lies in the box, and what an inspector would miss."""
    first, last = box.ends
    what = f"{box.series.year}年度保管期限{PERIODS.word(box.series.period)}的归档文件{len(box.items)}件"
    yield f"本盒装{what}，件号{first}至{last}，共{box.pages}页。"
    if late := [number_words(item) for item in box.items if item.late]:
        yield f"整理完毕后补入{len(late)}件：{_listed(late)}。"
    if without := [number_words(item) for item in box.items if item.id in unsigned]:
        yield f"没有登记签字、报出或收回{len(without)}件：{_listed(without)}。"
    if uncounted := [number_words(item) for item in box.items if not item.pages]:
        yield f"未登记页数{len(uncounted)}件：{_listed(uncounted)}。"


def _listed(numbers: list[str]) -> str:
    rest = f"等{len(numbers)}件" if len(numbers) > _MOST_NAMED else ""
    return "、".join(numbers[:_MOST_NAMED]) + rest


PARTS: Mapping[str, Callable[[Desk, int, int, Paper], list[Sheet]]] = {
    "目录封面": lambda desk, year, _width, _paper: covers(desk, year),
    "盒封面": lambda desk, _year, _width, paper: box_cover(desk, paper),
    "盒脊": lambda desk, year, width, paper: spines(desk, year, width, paper),
    "备考表": lambda desk, year, width, _paper: remarks(desk, year, width),
}
"""What is printed for the boxes of a year, by name."""

FILED = frozenset({"目录封面", "备考表"})
"""Those that go to the archives with the papers, as PDF/A; what is cut out and glued does not."""


CUT = frozenset({"盒封面", "盒脊"})
"""Those that are cut out, and larger than A4."""


def part(desk: Desk, name: str, year: int, width: int = USUAL, paper: str = "A4") -> list[Sheet]:
    """Return the pages of one part (a key of `PARTS`); raises Refused for a paper there is not."""
    if paper not in PAPERS:
        raise refuse("paper", f"纸张只有{'、'.join(PAPERS)}", "paper")
    return PARTS[name](desk, year, width, "A3" if paper == "A3" else "A4")


def write(desk: Desk, folder: Path, year: int, width: int = USUAL, paper: str = "A4") -> list[Path]:
    """Write every part as a PDF into a folder, true to size; raises Refused, Trouble."""
    return [write_part(desk, folder / f"{year}年度{name}.pdf", name, year, width, paper) for name in PARTS]


def write_part(desk: Desk, path: Path, name: str, year: int, width: int = USUAL, paper: str = "A4") -> Path:
    """Write one part (a key of `PARTS`) as a PDF."""
    pages = part(desk, name, year, width, paper)
    title = f"{year}年度{name}"
    if name in CUT:
        return files.write(desk, path, pdfs.render(pages, desk.fonts(), title=title, mark=desk.mark))
    return files.write(desk, path, editions.edition(desk, pages, title=title))
