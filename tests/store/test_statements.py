"""SQL stands in three files: what any server understands, SQLite's alone, what files beside the database are asked."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.offices import new_store
from tests.test_house import PROGRAM, ROOT, at, sources
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.tables import FIXED

STATEMENTS, SQLITE = PROGRAM / "store" / "statements.py", PROGRAM / "store" / "sqlite.py"
BESIDE = PROGRAM / "store" / "sidesql.py"
"""What the files beside the database are asked, the memo and the finder."""
SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|VACUUM|WHERE|VALUES|IMMEDIATE)\b"
    r"|\b(ORDER|GROUP) BY\b|\b(IS|IN|LIMIT) \?|\bIN \(|json_(each|extract)|sqlite_schema|pragma_|coalesce\("
)
SQLITE_ALONE = re.compile(
    r"PRAGMA|pragma_|VACUUM|IMMEDIATE|TRIGGER|RAISE|ROWID|sqlite_|json_|INSERT OR|\bIS \?|instr\(|julianday|unixepoch"
    r"|\bdate\(|strftime|glob|MATCH|x''|substr\([^)]*-"
)
WHOLE = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH) ")


def literals(path: Path, sought: re.Pattern[str]) -> list[str]:
    """Return where the texts of a file that are no docstrings hold what is sought; most files need no parsing."""
    source = path.read_text(encoding="utf-8")
    if not sought.search(source):
        return []
    nodes = list(ast.walk(ast.parse(source)))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = [n for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docstrings]
    return [at(path, node) for node in texts if sought.search(str(node.value))]


def constants(module: object) -> dict[str, str]:
    """Return the whole statements of a module that are constants."""
    return {
        name: text
        for name, text in vars(module).items()
        if name.isupper() and isinstance(text, str) and WHOLE.match(text)
    }


def of_kind(kind: str) -> Iterator[str]:
    """Yield every statement that is made for a kind of record."""
    names = [item.name for item in fields(KINDS[kind])]
    tests = [statements.LIVE, statements.ID_RANGE, sqlite.among("id"), sqlite.same(statements.quoted(names[:1]))]
    arguments = {
        "kind": kind,
        "names": names,
        "columns": names[:1],
        "field": names[0],
        "tests": tests,
        "of_month": False,
    }
    for module in (statements, sqlite):
        for function in vars(module).values():
            if inspect.isfunction(function) and "kind" in (asked := inspect.signature(function).parameters):
                yield function(**{name: arguments[name] for name in asked})


def test_sql_stands_in_the_files_of_the_store_alone() -> None:
    beside = [path for path in sources("tuopin_desktop") if path not in (STATEMENTS, SQLITE, BESIDE)]
    assert [place for path in beside for place in literals(path, SQL)] == []


def test_what_only_sqlite_understands_stands_in_one_file() -> None:
    assert literals(STATEMENTS, SQLITE_ALONE) == []
    assert len(literals(SQLITE, SQLITE_ALONE)) > 20  # the test sees what it looks for


@pytest.mark.parametrize("path", [STATEMENTS, SQLITE], ids=lambda path: path.stem)
def test_a_question_says_what_it_answers(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    questions = [
        node
        for node in ast.parse("\n".join(lines)).body
        if isinstance(node, ast.Assign) and "SELECT" in ast.unparse(node.value) and "_STEP" not in ast.unparse(node)
    ]
    assert len(questions) > 5
    silent = [ast.unparse(node.targets[0]) for node in questions if not lines[node.lineno - 2].startswith("#")]
    assert [name for name in silent if not name.startswith("_")] == []


@pytest.mark.parametrize("module", [statements, sqlite], ids=["statements", "sqlite"])
def test_no_statement_is_left_behind(module: object) -> None:
    names = {name for name in constants(module) if not name.startswith("_")}
    names |= {name for name, value in vars(module).items() if inspect.isfunction(value)}
    texts = [path.read_text(encoding="utf-8") for path in sources("tuopin_desktop")]
    used = {name for text in texts for name in re.findall(r"\b(?:statements|sqlite)\.(\w+)", text)}
    own = STATEMENTS.read_text(encoding="utf-8") + SQLITE.read_text(encoding="utf-8")
    used |= {name for name in names if len(re.findall(rf"\b{name}\b", own)) > 1}
    assert sorted(names - used) == []


def test_every_statement_is_understood_by_the_tables_there_are(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    texts = [*constants(statements).values(), *constants(sqlite).values()]
    texts += [statements.feeds(office=True), statements.feed_chains(office=True)]
    texts += [text for kind in KINDS for text in of_kind(kind) if WHOLE.match(text)]
    assert len(texts) > 100
    with store.ledger.reading() as cursor:
        for text in texts:
            cursor.execute(f"EXPLAIN {text}", [None] * text.count("?")).fetchall()
    store.close()


def test_the_paper_names_every_table_and_all_that_is_sqlites_alone() -> None:
    paper = (ROOT / "docs/storage.md").read_text(encoding="utf-8")
    tables = [model._meta.table_name for model in FIXED]
    assert [name for name in tables if f"| `{name}` |" not in paper] == []
    lines = re.findall(r"^(?:def )?([A-Za-z][\w, ]*?)(?:\(| = )", SQLITE.read_text(encoding="utf-8"), re.MULTILINE)
    names = [name for line in lines for name in line.split(", ")]
    assert len(names) > 30
    assert [name for name in names if f"`sqlite.{name}`" not in paper] == []
