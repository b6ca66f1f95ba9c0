"""The house rules that no linter knows: sizes, names of rooms, and what must never stand in a file."""

import ast
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS_DOOR = ROOT / "tuopin_desktop/services/__init__.py"
PROGRAM = ROOT / "tuopin_desktop"
VAGUE = {"utils", "util", "common", "misc", "helpers", "helper", "manager", "managers"}
SKIPPED = {".git", ".venv", "__pycache__", "out", "build", "dist"}
# Put together here, so that this file does not find itself.
FORBIDDEN = [
    "/wo" + "rk/",
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "deb." + "debian.org",
    "ftp." + "debian.org",
]


def files() -> list[Path]:
    """Return what belongs to the project: what git tracks, or without git everything but the by-products."""
    if (ROOT / ".git").exists() and (git := shutil.which("git")):
        listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
        if listed.returncode == 0:
            return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not SKIPPED & set(path.relative_to(ROOT).parts)]


def sources(*folders: str) -> list[Path]:
    """Return the Python files under some top-level folders."""
    return [p for p in files() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in folders]


KINDS = (ast.Module, ast.stmt, ast.Call, ast.ExceptHandler)
"""The nodes the rules are about."""


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return the nodes of a file that rules are about; reading the whole house once takes as long as all its rules."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, KINDS))


def trees_of(path: Path) -> list[ast.Module]:
    """Return the one tree of a file."""
    return [node for node in nodes_of(path) if isinstance(node, ast.Module)]


def parsed(*folders: str) -> Iterator[tuple[Path, ast.AST]]:
    """Yield the statements, calls and handlers of every Python file under some top-level folders."""
    for path in sources(*folders):
        for node in nodes_of(path):
            yield path, node


def at(path: Path, node: ast.AST) -> str:
    """Return where a node stands."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def name_of(call: ast.Call) -> str:
    """Return the last name of what is called: spelling out every call of the house takes longer than reading it."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def length(node: ast.stmt) -> int:
    """Return how many lines a statement takes."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_a_great_hall() -> None:
    lines = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in sources("tuopin_desktop", "packaging", "tests")
    }
    assert [f"{path.relative_to(ROOT)}: {n}" for path, n in lines.items() if n > 400] == []


@pytest.mark.parametrize(
    ("kinds", "most"),
    [((ast.FunctionDef, ast.AsyncFunctionDef), 40), ((ast.ClassDef,), 250)],
    ids=["function", "class"],
)
def test_no_function_or_class_is_too_long(kinds: tuple[type[ast.stmt], ...], most: int) -> None:
    nodes = [(p, n) for p, n in parsed("tuopin_desktop", "packaging") if isinstance(n, kinds)]
    assert [f"{at(path, node)}: {length(node)}" for path, node in nodes if length(node) > most] == []


def test_no_room_has_a_vague_name() -> None:
    parts = {(path, part) for path in files() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert sorted(str(path.relative_to(ROOT)) for path, part in parts if part.lower() in VAGUE) == []


def test_every_module_says_what_it_is_for() -> None:
    modules = [path for path in sources("tuopin_desktop", "packaging", "tests") if path.stat().st_size]
    silent = [path for path in modules if not any(ast.get_docstring(one) for one in trees_of(path))]
    assert [str(path.relative_to(ROOT)) for path in silent] == []


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in sources("tuopin_desktop")}
    assert [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_error_is_swallowed_in_silence() -> None:
    handlers = [(p, n) for p, n in parsed("tuopin_desktop", "packaging", "tests") if isinstance(n, ast.ExceptHandler)]
    assert [at(p, n) for p, n in handlers if all(isinstance(line, ast.Pass) for line in n.body)] == []


def test_no_blind_suppress() -> None:
    calls = [(p, n) for p, n in parsed("tuopin_desktop", "packaging", "tests") if isinstance(n, ast.Call)]
    blind = {"suppress(Exception)", "suppress(BaseException)"}
    some = [(p, n) for p, n in calls if name_of(n) == "suppress"]
    assert some
    assert [at(p, n) for p, n in some if ast.unparse(n).removeprefix("contextlib.") in blind] == []


WHOLE_NUMBERS = {"delimited.py", "grids.py", "sameness.py", "sheetlook.py", "wordml.py", "word.py", "zipped.py"}
"""Files of `documents` that count things with `sum`; lengths are added with `fsum`."""


def test_lengths_on_paper_are_added_alike_by_every_python() -> None:
    """`sum` of floats rounds otherwise from 3.12 on, and where a line breaks would depend on the Python."""
    calls = [(p, n) for p, n in parsed("tuopin_desktop") if isinstance(n, ast.Call) and name_of(n) == "sum"]
    papers = [(p, n) for p, n in calls if "documents" in p.parts and p.name not in WHOLE_NUMBERS]
    assert [at(p, n) for p, n in papers if 'row.count("' not in ast.unparse(n).replace("'", '"')] == []


def test_no_relative_import() -> None:
    imports = [(p, n) for p, n in parsed("tuopin_desktop", "packaging", "tests") if isinstance(n, ast.ImportFrom)]
    assert [at(path, node) for path, node in imports if node.level] == []


PLAIN = PROGRAM / "ui" / "widgets" / "plain.py"
"""The one place that hands words of people and files to a Qt part that looks for markup in them."""
GUESSING = {"setToolTip", "showText", "setHtml", "insertHtml", "setMarkdown", "setWhatsThis", "setStatusTip"}
GUESSING |= {"setInformativeText", "setDetailedText", "appendHtml", "drawStaticText", "setTextFormat"}
GUESSING_PARTS = {"QMessageBox", "QLabel", "QErrorMessage", "QInputDialog", "QProgressDialog", "QTextEdit"}
GUESSING_PARTS |= {"QTextDocument", "QStaticText", "QGraphicsTextItem", "QStatusBar", "QWhatsThis", "QSystemTrayIcon"}


def guesses(call: ast.Call) -> bool:
    """Tell whether a call gives words to a part of Qt that would show them as markup if they look like it."""
    called = call.func
    if isinstance(called, ast.Attribute):
        return called.attr in GUESSING or ast.unparse(called.value) in GUESSING_PARTS
    return isinstance(called, ast.Name) and called.id in GUESSING_PARTS


def test_words_reach_qt_by_the_one_place_that_keeps_them_plain() -> None:
    labels = {PROGRAM / "ui" / "widgets" / name for name in ("oneline.py", "parts.py")}
    calls = [(p, n) for p, n in parsed("tuopin_desktop") if isinstance(n, ast.Call) and guesses(n) and p != PLAIN]
    assert {path for path, _ in calls} <= labels
    plain_text = "setTextFormat(Qt.TextFormat.PlainText)"
    assert [ast.unparse(node) for _, node in calls] == [f"self.{plain_text}", f"widget.{plain_text}"]


def test_a_model_hands_out_no_tooltip_that_was_not_made_plain() -> None:
    bare = []
    models = {path for path in sources("tuopin_desktop") if "ToolTipRole" in path.read_text(encoding="utf-8")}
    for path, node in parsed("tuopin_desktop"):
        within = list(ast.walk(node)) if path in models and isinstance(node, ast.FunctionDef) else []
        if any(isinstance(one, ast.Attribute) and one.attr == "ToolTipRole" for one in within):
            calls = [one.func for one in within if isinstance(one, ast.Call)]
            if not {"plain", "_heard"} & {one.id for one in calls if isinstance(one, ast.Name)}:
                bare.append(at(path, node))
    assert bare == []


def test_no_test_sleeps() -> None:
    asleep = {"time.sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep"}
    names = {words.rpartition(".")[2] for words in asleep}
    calls = [(p, n) for p, n in parsed("tests") if isinstance(n, ast.Call) and name_of(n) in names]
    assert [at(path, node) for path, node in calls if ast.unparse(node.func) in asleep] == []


def test_every_room_stands_in_every_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    homes = {"qt": {"ui", "app"}, "database": {"store"}, "paper": {"documents"}, "cipher": {"exchange"}}
    rooms = {path.stem for path in PROGRAM.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    bound = {contract["id"]: set(contract.get("source_modules", [])) for contract in contracts}
    for contract, home in homes.items():
        assert bound[contract] == {f"tuopin_desktop.{room}" for room in rooms - home - {"__init__"}}, contract


def test_no_contract_has_an_exception() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert [c["id"] for c in settings["contracts"] if c.get("ignore_imports") or c.get("exhaustive_ignores")] == []


def test_every_mark_that_silences_a_tool_says_why_beside_it() -> None:
    mark = re.compile(r"# (type: ignore(\[[a-z, -]+\])?|noqa(: [A-Z0-9, ]+)?)\s*$")
    lines = ((path, text) for path in sources("tuopin_desktop", "packaging", "tests") for text in lines_of(path))
    assert [f"{path.relative_to(ROOT)}: {text.strip()}" for path, text in lines if mark.search(text)] == []


def test_no_import_hides_from_the_tools() -> None:
    """Whatever is loaded late is imported by name within a function, so that mypy and import-linter see the arrow;
    the one reason for it is the time of the start. What scripts beside the program ask the services for by name alone
    is looked for by name: the program itself goes by no such way."""
    hidden = {"importlib", "import_module", "__import__"}
    calls = [
        at(p, n)
        for p, n in parsed("tuopin_desktop")
        if isinstance(n, ast.Name | ast.alias) and named(n) in hidden and p != SCRIPTS_DOOR
    ]
    calls += [
        at(p, n)
        for p, n in parsed("tuopin_desktop")
        if isinstance(n, ast.ImportFrom)
        and n.module == "tuopin_desktop.services"
        and any(not (SCRIPTS_DOOR.parent / one.name).is_dir() for one in n.names)
    ]
    marks = ((path, text) for path in sources("tuopin_desktop") for text in lines_of(path) if "PLC0415" in text)
    assert calls + [f"{path.name}: {text.strip()}" for path, text in marks if "PLC0415 start-up: " not in text] == []


def named(node: ast.Name | ast.alias) -> str:
    return node.id if isinstance(node, ast.Name) else node.name


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_no_file_names_a_workplace_or_a_registry() -> None:
    texts = ((path, path.read_bytes()) for path in files())
    found = [(path, word) for path, text in texts for word in FORBIDDEN if word.encode() in text]
    assert [f"{path.relative_to(ROOT)}: {word}" for path, word in found] == []


def test_only_facts_lay_papers_over_days_so_that_a_closed_month_is_read_as_it_was_closed() -> None:
    """`days_known` is asked for the days of a month; the grid lays over what is being keyed, in open months alone, a
    roll its own papers over its corrected days."""
    derives = {"laid", "covers_of", "stays_of"}
    allowed = {"domain/facts.py", "domain/attendance/laidover.py", "domain/attendance/stays.py"}
    allowed |= {"ui/pages/attendance/model.py", "domain/attendance/roll.py"}
    calls = [
        at(path, node)
        for path, node in parsed("tuopin_desktop")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in derives
        if not any(path.as_posix().endswith(one) for one in allowed)
    ]
    assert calls == []
