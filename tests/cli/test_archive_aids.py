"""`archive catalogue|covers|stamp`: files of a filed year, and refusals in words."""

import io
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from tuopin_desktop.cli.main import run
from tuopin_desktop.demo import office
from tuopin_desktop.demo.tour import COUNTY, TODAY
from tuopin_desktop.documents.archival import check
from tuopin_desktop.services.archives import boxing, forming

COUNTS: list[int] = []
"""How many items the office below has."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("aids") / "o"
    with closing(office.build(folder, level="county", county=COUNTY, now=TODAY)) as desk:
        COUNTS.append(len(forming.form(desk, 2018)))
    return folder


def told(folder: Path, *words: str) -> tuple[int, str, str]:
    out, errors = io.StringIO(), io.StringIO()
    code = run(["--office", str(folder), "archive", *words], out, errors)
    return code, out.getvalue(), errors.getvalue()


def test_catalogue_and_covers_are_written(folder: Path, tmp_path: Path) -> None:
    code, out, _ = told(folder, "catalogue", "2018", str(tmp_path / "目录.pdf"), "--period", "永久")
    assert code == 0
    assert "2018年度 永久" in out
    assert check.faults((tmp_path / "目录.pdf").read_bytes()) == ()
    assert told(folder, "catalogue", "2018", str(tmp_path / "目录.xlsx"), "--layout", "seven")[0] == 0
    code, out, _ = told(folder, "covers", "2018", str(tmp_path / "盒"), "--width", "20", "--paper", "A3")
    assert code == 0
    assert {path.name for path in (tmp_path / "盒").iterdir()} == {f"2018年度{name}.pdf" for name in boxing.PARTS}
    assert "第1盒：0001至" in out


def test_stamps_of_a_year_and_of_one_item(folder: Path, tmp_path: Path) -> None:
    assert told(folder, "stamp", "2018", str(tmp_path / "全部.pdf"))[0] == 0
    with closing(pypdfium2.PdfDocument(tmp_path / "全部.pdf")) as document:
        assert [len(document)] == COUNTS
    assert told(folder, "stamp", "2018-永久-0001", str(tmp_path / "一.pdf"), "--at", "10,260")[0] == 0
    assert (tmp_path / "一.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("catalogue", "2016", "{out}.pdf"), "2016年度还没有"),
        (("catalogue", "2018", "{out}.pdf", "--period", "5年"), "没有“5年”这种保管期限"),
        (("covers", "2018", "{out}", "--width", "25"), "盒厚只有"),
        (("covers", "2018", "{out}", "--paper", "A2"), "纸张只有"),
        (("stamp", "Z9-1", "{out}.pdf"), "没有档号"),
        (("stamp", "2018-永久-0001", "{out}.pdf", "--at", "左边"), "两个毫米数"),
        (("stamp", "2018", "{out}.pdf", "--printer", "没有"), "还没有校准"),
    ],
)
def test_what_cannot_be_is_said_in_words(folder: Path, tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    code, _, errors = told(folder, *(word.format(out=tmp_path / "x") for word in words))
    assert code == 1
    assert why in errors
