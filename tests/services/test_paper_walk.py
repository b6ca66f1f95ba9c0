"""Every paper the program can make, read through: nothing a director would not sign, in words, type and pages."""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pypdfium2
import pytest

from tests import preflight
from tests.services import everypaper
from tuopin_desktop import services
from tuopin_desktop.demo import office
from tuopin_desktop.demo.tour import COUNTY, TODAY
from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.archival import check, edition, stamping
from tuopin_desktop.documents.official import Letter
from tuopin_desktop.documents.table import Column, Table, figure, words_of
from tuopin_desktop.domain.display import MM, Sheet, Text
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.office.books import Book, totalled
from tuopin_desktop.services.office.desk import Desk

FORBIDDEN = {
    "a hash": r"\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{8,}\b",
    "a key": r"[a-z]+:[0-9]",
    "a rule key": r"\bA[0-9]{2}-[0-9]",
    "a question's number": r"\bQ[0-9]+",
    "a word of the language the program is written in": r"None|True|False|SHA|sha256|xlsx|NaN",
    "a date of the log": r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}",
    "English": r"[A-Za-z]{4,}",
    "a place nobody filled": r"[{}]|请在此|XX|××",
    "a colour on black paper": r"红色|黄色",
    "a word before the decision": r"疑似|旷工",
    "a developers' word": r"规则包|口径|题号|校验码|种子/|算法|快照|冻结",
}
AREA_CODE = re.compile(r"\b15[0-9]{4}\b")
HOLDS_CODES = (
    "register county",
    "register ballot",
    "register fund",
    "slip",
    "certificate of service",
    "archive ",
    "register archive_item",
)
"""Papers with six-figure numbers of their own: area codes, points, sums, a slip's margin number, archival codes."""

SPELT = {
    "register call": "the check code of a telephone call is letters and digits",
    "phone notes": "the same",
    "register appraisal_score": "an item is kept by the key its scheme gives it, which may be the office's own",
    "archive item appraisal_score": "the same",
}
"""Papers that hold Latin letters of their own, and why."""

DIGESTS = {"archive registration form": "档发〔2012〕7号 wants the digest on the form, with the name of its algorithm"}
"""Papers that state a digest, and why."""
OF_A_DIGEST = {"a hash", "a word of the language the program is written in", "English"}

EMPTY = {"empty", "nobody"}
"""Problems that say an office has nothing of a kind to print."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with closing(
        office.build(tmp_path_factory.mktemp("papers") / "o", level="county", county=COUNTY, now=TODAY)
    ) as desk:
        yield desk


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("papers") / "r"
    with closing(office.build(folder, level="region", counties=(COUNTY, "152202"), now=TODAY)) as desk:
        yield desk


def walk(desk: Desk) -> Iterator[tuple[str, everypaper.Made, list[Sheet]]]:
    for name, make in everypaper.every(desk):
        try:
            made = make()
        except Refused as refused:
            if {one.code for one in refused.problems} <= EMPTY:
                continue
            raise
        yield name, made, everypaper.pages(desk, made)


def words(sheet: Sheet) -> str:
    """What a sheet says, a line for every run of words, so that no two cells become one."""
    return "\n".join(op.text for op in sheet.ops if isinstance(op, Text))


@pytest.mark.parametrize("level", ["county", "region"])
def test_no_paper_says_what_only_a_program_would_say(level: str, request: pytest.FixtureRequest) -> None:
    desk: Desk = request.getfixturevalue(level)
    faults, seen = [], 0
    for name, made, sheets in walk(desk):
        seen += 1
        assert sheets, name
        said = "\n".join(words(sheet) for sheet in sheets[:6])
        for what, pattern in FORBIDDEN.items():
            if name in DIGESTS and what in OF_A_DIGEST:
                continue
            if (found := re.search(pattern, said)) and not (what == "English" and name in SPELT):
                faults.append((name, what, said[max(0, found.start() - 12) : found.end() + 12]))
        if not name.startswith(HOLDS_CODES) and (found := AREA_CODE.search(said)):
            faults.append((name, "an area code", found[0]))
        faults += [(name, "a character no font has", one.char) for sheet in sheets for one in sheet.missing]
        faults += [(name, "a half-empty last page", "")] * alone(made, sheets)
    assert not faults, "\n".join(map(str, faults))
    assert seen > 60


def alone(made: everypaper.Made, sheets: list[Sheet]) -> bool:
    """Tell whether a letter's last page holds a signature and nothing else, or a list's two rows or less."""
    if len(sheets) < 2 or not isinstance(made, Letter | Book):
        return False
    heights = {op.y for op in sheets[-1].ops if isinstance(op, Text)}
    return len(heights) <= 2


def test_every_paper_carries_its_fonts(county: Desk) -> None:
    sheets = [pages[0] for _, _, pages in walk(county)]
    with closing(pypdfium2.PdfDocument(pdfs.render(sheets, county.fonts(), title="全部"))) as document:
        assert len(document) == len(sheets)
    assert b"Helvetica" not in pdfs.render(sheets, county.fonts(), title="全部")


@pytest.fixture(scope="module")
def filed(county: Desk) -> bytes:
    """The first page of every paper, as it goes to the archives."""
    sheets = [pages[0] for _, _, pages in walk(county)]
    return edition.render(sheets, county.fonts(), title="全部", mark=county.mark)


def test_every_paper_can_go_to_the_archives(filed: bytes) -> None:
    assert check.faults(filed) == ()


@pytest.mark.skipif(bool(preflight.lacking()), reason=preflight.lacking())
def test_a_validator_finds_every_paper_fit_for_the_archives(filed: bytes, tmp_path: Path) -> None:
    (tmp_path / "all.pdf").write_bytes(filed)
    assert preflight.errors(tmp_path) == {"all.pdf": []}


NOT_STAMPED = ("archive ", "sign in", "blank", "ballot")
"""Aids of filing, which are no items themselves, and sheets that go out empty."""


def test_the_filing_stamp_finds_white_paper_on_page_one_of_every_paper(county: Desk) -> None:
    pages = [(name, pages[0]) for name, _, pages in walk(county) if not name.startswith(NOT_STAMPED)]
    data = pdfs.render([page for _, page in pages], county.fonts(), title="全部", mark=county.mark)
    without, inked = [], []
    with closing(pypdfium2.PdfDocument(data)) as document:
        for (name, page), drawn in zip(pages, document, strict=True):
            if (at := stamping.free_place(page, county.fonts())) is None:
                without.append(name)
                continue
            scale = 2.0
            box = [side * MM * scale for side in (*at, at[0] + stamping.WIDTH, at[1] + stamping.HEIGHT)]
            picture = drawn.render(scale=scale).to_pil().convert("L").crop(tuple(map(round, box)))
            inked += [name] * (picture.getextrema() != (255, 255))
    assert (without, inked) == ([], [])


MADE_OF_OTHERS = {
    "checklist_paper",  # both of what everypaper gives to the same functions
    "appraisal_paper",
    "copies",
    "blank",
    "flips_table",
    "_card",
    "lines",
    "bare",
    "book",
    "filled",
    "glance",
    "at_once",
    "numbered",
}
NEEDS_KEYS = {"slip"}
"""The slip of a PC's check number: a practice office has no keys."""
"""Functions that make a part of a paper, or turn one into another."""


def test_no_service_that_makes_a_paper_is_missing_here() -> None:
    catalogue = inspect.getsource(everypaper)
    missing = [
        f"{module}.{name}"
        for module, name, makes in _services()
        if makes and f".{name}" not in catalogue and name not in MADE_OF_OTHERS | NEEDS_KEYS
    ]
    assert not missing


def _services() -> Iterator[tuple[str, str, bool]]:
    for found in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        module = import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != found.name or name.startswith("_"):
                continue
            try:
                gives = get_type_hints(function).get("return")
            except NameError:
                continue
            yield found.name, name, gives is Letter or getattr(gives, "__origin__", gives) is Book


SUMMED = (
    "support days",
    "support gaps",
    "filings",
    "calls",
    "phone notes",
    "radar",
    "work ledger",
    "overview",
    "grades",
)
"""Lists that count something: each ends with 合计, which is the sum of its rows."""


def test_a_list_that_counts_ends_with_its_sum(county: Desk) -> None:
    for name, make in everypaper.every(county):
        if name.startswith((*SUMMED, "register ")) and isinstance(volume := _made(make), Book):
            for one in volume.papers:
                if isinstance(one, Table) and one.rows:
                    assert any(str(cell).startswith("合计") for cell in one.totals[-1]), name


def test_a_sum_of_figures_is_printed_with_their_places() -> None:
    columns = (Column("姓名", 30), Column("旗县", 30), Column("金额（元）", 30))
    rows = (("甲", "某旗", figure("120.50")), ("乙", "某旗", figure("80.25")))
    (total,) = totalled(Table(title="表", columns=columns, rows=rows), "人", "金额（元）").totals
    assert [words_of(cell) for cell in total] == ["合计", "2人", "200.75"]


def _made(make: Callable[[], everypaper.Made]) -> everypaper.Made | None:
    try:
        return make()
    except Refused:
        return None
