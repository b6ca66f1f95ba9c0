"""Names of the program say what a thing is: a participle (found, made, said) names what was done to it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.test_house import PROGRAM, ROOT, sources

PARTICIPLES = frozenset(
    "added asked chosen closed counted done drawn found given held judged kept known laid made meant placed said seen "
    "sent shown taken told typed wanted words written".split()
)
"""What no definition may be called as a whole; in a longer name they may stand (`days_known`). `listed` is none of
them: it is the list of a subject, in every service and table that has one.
"""

STORED = (PROGRAM / "domain" / "records", PROGRAM / "store" / "tables.py")
"""Where fields are columns of stored records: their names are the glossary's, and fixed (`docs/glossary.md`)."""

LEAVING = frozenset(
    # keys of the command line's JSON, which other programs read
    "AfterClose.words BackupFile.made BoardRow.told Cell.done Count.counted Duty.said Event.words ImportAccount.closed "
    "ImportAccount.made LineCheck.counted Open.kept OpenQuestion.words PackageView.closed PackageView.known "
    "ReceiptEntry.given ScanReport.known ScanReport.placed Seat.closed Side.words TraceLine.words TrayItem.taken "
    # keys of files, packages and closed months that are kept
    "Figure.counted Header.made LeaveWords.words RollLine.laid Scheme.words SnapshotContent.taken _Note.taken "
    # the same value on its way to or from one of those, or from a column: one thing, one word
    "Conflict.kept Month.counted Month.known Outlook.counted Parcel.made Peer.made".split()
)
"""Fields whose names leave the program or are written to disk."""

SCRIPTS = frozenset({"intake.typed"})
"""Names of modules that scripts beside the program use (`tuopin_desktop/services/__init__.py`)."""

WINDOW = 98
"""How many are left in the window (`ui/`); the number may only fall."""


def _allowed(path: Path, tree: ast.Module) -> set[ast.AST]:
    """Return the targets in bodies of classes that keep their name."""
    stored = any(path == one or one in path.parents for one in STORED)
    return (
        {
            line.target
            for cls in ast.walk(tree)
            if isinstance(cls, ast.ClassDef)
            for line in cls.body
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
            if stored or f"{cls.name}.{line.target.id}" in LEAVING
        }
        | {
            target
            for cls in ast.walk(tree)
            if stored and isinstance(cls, ast.ClassDef)
            for line in cls.body
            if isinstance(line, ast.Assign)
            for target in line.targets
        }
        | {
            target
            for line in tree.body
            if isinstance(line, ast.Assign)
            for target in line.targets
            if isinstance(target, ast.Name) and f"{path.stem}.{target.id}" in SCRIPTS
        }
    )


def _names(tree: ast.Module) -> Iterator[tuple[str, ast.AST, int]]:
    """Yield what a module defines: classes, functions, parameters, variables, fields and attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node, node.lineno


def _participles(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed = _allowed(path, tree)
    return [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for name, node, line in _names(tree)
        if name in PARTICIPLES and node not in allowed
    ]


def _inside(room: str) -> list[str]:
    paths = sources("tuopin_desktop")
    return [one for path in paths if path.relative_to(PROGRAM).parts[0] == room for one in _participles(path)]


def test_no_definition_below_the_window_is_called_by_a_participle() -> None:
    rooms = {path.relative_to(PROGRAM).parts[0] for path in sources("tuopin_desktop")} - {"ui"}
    assert [one for room in sorted(rooms) for one in _inside(room)] == []


def test_no_module_below_the_window_is_called_by_a_participle() -> None:
    modules = [path for path in sources("tuopin_desktop", "tests") if "ui" not in path.parts]
    assert [str(path.relative_to(ROOT)) for path in modules if path.stem in PARTICIPLES] == []


def test_the_window_gains_no_participle() -> None:
    assert len(_inside("ui")) <= WINDOW


def test_every_name_that_may_stay_is_there_still() -> None:
    fields = {
        f"{cls.name}.{line.target.id}"
        for path in sources("tuopin_desktop")
        for cls in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(cls, ast.ClassDef)
        for line in cls.body
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }
    assert sorted(LEAVING - fields) == []
