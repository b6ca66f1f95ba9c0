"""The six ways of docs/architecture.md lead through the code as they stand there: every function calls the next."""

import ast
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise

import pytest

from tests.test_house import PROGRAM, ROOT

PAPER = ROOT / "docs/architecture.md"
_WAY = re.compile(r"^\| (?P<name>[^|]+) \| (?P<way>`[^|]+`) \| (?P<hops>\d+) \|$", re.MULTILINE)


@cache
def functions() -> dict[str, list[tuple[str, str]]]:
    """Return by name every function of the program: where it stands (`ui.pages.leave.page.LeavePage`), its source."""
    by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(PROGRAM.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        module = ".".join(path.relative_to(PROGRAM).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(text).body:
            inner = node.body if isinstance(node, ast.ClassDef) else [node]
            place = f"{module}.{node.name}" if isinstance(node, ast.ClassDef) else module
            for one in inner:
                if isinstance(one, ast.FunctionDef):
                    by_name[one.name].append((f".{place}", "\n".join(lines[one.lineno - 1 : one.end_lineno])))
    return by_name


def sources_of(name: str) -> list[str]:
    """Return the source of every function that a name such as `Desk.commit` or `leave.pdf` can mean."""
    place, _, last = name.rpartition(".")
    return [source for where, source in functions()[last] if where.endswith(f".{place}")]


def ways() -> list[tuple[str, str, int]]:
    found = _WAY.finditer(PAPER.read_text(encoding="utf-8"))
    return [(one["name"], one["way"], int(one["hops"])) for one in found]


def test_there_are_six() -> None:
    assert len(ways()) == 6


@pytest.mark.parametrize(("name", "way", "hops"), ways())
def test_a_way_is_as_the_paper_says(name: str, way: str, hops: int) -> None:
    steps = re.findall(r"(?:(→|⇢) )?`([\w.]+)`", way)
    assert len(steps) == hops + 1
    assert [step for _, step in steps if not sources_of(step)] == []
    broken = []
    for (_, before), (arrow, after) in pairwise(steps):
        call = after.rpartition(".")[2]
        if arrow == "→" and not any(re.search(rf"\b{call}\b", source) for source in sources_of(before)):
            broken.append(f"{before} → {after}")
    assert broken == []
