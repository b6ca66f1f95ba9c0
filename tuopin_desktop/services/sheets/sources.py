"""Where the rows of an import come from: a file, or what was copied in Excel or WPS. Both are read the same way."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from tuopin_desktop.documents import clip, grids
from tuopin_desktop.documents.grids import Grid, Workbook
from tuopin_desktop.domain.columns import label_of
from tuopin_desktop.domain.intake import find_headers
from tuopin_desktop.domain.intake.questions import SKIP, Answer, Question
from tuopin_desktop.domain.problems import Problem, refuse
from tuopin_desktop.services.office import wrongfiles

HEADS = "heads"
"""The code of the question whether rows without headings are read by those of the list they were pasted into."""
_LIST = Answer("list", "就按这张表的列序")
_WITH_HEADS = "请在 Excel 或 WPS 里连同标题行一起选中、复制，再粘贴"
_NAMED = 12


class Clip(msgspec.Struct, frozen=True):
    """What lies on the clipboard, and the headings of the list it was pasted into, from left to right."""

    html: str
    text: str
    headings: tuple[str, ...] = ()


Source = Path | Clip


def path_of(source: Source) -> str:
    """Return the path of a file, or what is said in its place."""
    return clip.NAME if isinstance(source, Clip) else str(source)


def stem_of(source: Source) -> str:
    """Return the name in which a month may stand."""
    return "" if isinstance(source, Clip) else source.stem


def formats(source: Source, sheet: str, cells: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Return the number formats of some cells; the clipboard gives words alone."""
    return {} if isinstance(source, Clip) else grids.number_formats(source, sheet, cells)


def read(source: Source, kind: str, answers: Mapping[str, str]) -> tuple[Workbook, tuple[Question, ...]]:
    """Return the sheets of a source, and what must be asked of it; raises Trouble or Refused."""
    if not isinstance(source, Clip):
        with wrongfiles.instead_of_sheet(source):
            return grids.read_book(source), ()
    book = clip.read_clip(source.html, source.text)
    if any(not isinstance(find_headers(grid.rows, kind), Problem) for grid in book.grids):
        return book, ()
    under, questions = _under_heads(book.grids[0], source.headings, kind, answers.get(HEADS, ""))
    return Workbook((*under.grids, *book.grids[1:])), questions


def _under_heads(
    grid: Grid, headings: tuple[str, ...], kind: str, answer: str
) -> tuple[Workbook, tuple[Question, ...]]:
    """Return rows that were copied without their headings under those of the list; asked, never taken for granted."""
    width = max((len(row) for row in grid.rows), default=0)
    heads = headings[:width]
    under = msgspec.structs.replace(
        grid,
        rows=[list(heads), *grid.rows],
        merged=tuple((top + 1, left, bottom + 1, right) for top, left, bottom, right in grid.merged),
        look=msgspec.structs.replace(
            grid.look,
            struck=frozenset((row + 1, place) for row, place in grid.look.struck),
            hidden=frozenset(row + 1 for row in grid.look.hidden),
        ),
    )
    fits = len(heads) == width and not isinstance(find_headers(under.rows, kind), Problem)
    if not fits or answer == SKIP.word:
        raise refuse("heads", f"粘贴的内容里没有认得出的{label_of(kind)}标题行。{_WITH_HEADS}", "sheet")
    if answer == _LIST.word:
        return Workbook((under,)), ()
    sentence = f"粘贴的内容没有标题行。各列依次是 {'、'.join(heads[:_NAMED])} 吗？"
    return Workbook((under,)), (Question(HEADS, sentence, (_LIST, msgspec.structs.replace(SKIP, label="不是"))),)
