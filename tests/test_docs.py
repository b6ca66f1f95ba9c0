"""What docs/ says of the tree is true: its paths, names, links, keys and verbs, and what code cites of papers."""

import argparse
import ast
import os
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.handbook import DOCS, FENCE, SPAN, TABLES, names, papers, prose, spans, table_region
from tests.test_house import PROGRAM, ROOT, files, sources
from tuopin_desktop import RELEASED, __version__
from tuopin_desktop.cli.parser import parser
from tuopin_desktop.domain.contradictions.kinds import KINDS as CONTRADICTIONS
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.rules import RULES

WRITE = os.environ.get("TUOPIN_WRITE_REFERENCES") == "1"
ENDINGS = tuple(".py .toml .md .csv .sql .json .txt .lock .html .svg .c .qss .db .key .pub .minisig .gz .age".split())
TOPS = {path.name for place in (ROOT, PROGRAM) for path in place.iterdir() if path.is_dir()}
_PATH = re.compile(r"\.?[\w*-]+(\.[\w*-]+)*(/[\w.*-]+)*/?")
_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*\.?")
_RULE = re.compile(r"A\d\d-[\d-]*\*?")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
OUTSIDE = set("python3 unzip sha256sum minisign age ruff mypy wyqqg".split())
"""Other programs, and what a clerk types to find a name."""
STEPS = ("Situation", "Decision", "Reason", "Tested in")


@cache
def file_names() -> frozenset[str]:
    return frozenset(path.name for path in files())


def is_path(token: str) -> bool:
    return bool(_PATH.fullmatch(token)) and (token.endswith(ENDINGS) or ("/" in token and token.split("/")[0] in TOPS))


def there(token: str, *places: Path) -> bool:
    """Tell whether a path leads to something from the root, the package, or one of the places."""
    target = token.rstrip("/")
    if any(next(place.glob(target), None) is not None for place in (ROOT, PROGRAM, *places)):
        return True
    if "/" in target and target.split("/")[0] in TOPS:
        return False
    return target in file_names() or set(re.findall(r"[A-Za-z]\w*", target)) <= names().tokens


@cache
def verbs() -> dict[str, argparse.ArgumentParser]:
    """Return every verb, and every step of a verb as `verb step`, with its parser."""
    parsers: dict[str, argparse.ArgumentParser] = {}

    def walk(one: argparse.ArgumentParser, before: str) -> None:
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, below in action.choices.items():
                    parsers[f"{before} {name}".strip()] = below
                    walk(below, f"{before} {name}".strip())

    walk(parser(), "")
    return parsers


@cache
def options() -> frozenset[str]:
    every = [parser(), *verbs().values()]
    return frozenset(word for one in every for action in one._actions for word in action.option_strings)


def rule_there(key: str) -> bool:
    keys = {rule.key for rule in RULES}
    return any(one.startswith(key.rstrip("*")) for one in keys) if key.endswith(("*", "-")) else key in keys


def command_fault(tokens: list[str]) -> str:
    """Return what of a command is not there: a step or an option of its verb; paths in any other command."""
    if tokens[0] not in verbs():
        return next((one for one in tokens if is_path(one) and not there(one, DOCS)), "")
    wrong = [one for one in tokens if one.startswith("--") and one.split("=")[0] not in options()]
    steps = [name.split(" ")[1] for name in verbs() if name.startswith(tokens[0] + " ")]
    if steps and len(tokens) > 1 and re.fullmatch(r"[a-z-]+", tokens[1]) and tokens[1] not in steps:
        wrong.append(tokens[1])
    return wrong[0] if wrong else ""


def fault(span: str, place: Path) -> str:
    """Return what of a span of code is not in the tree, or nothing; placeholders and plain values are passed over."""
    if not span.isascii() or re.search(r"[<>{}$|=…]", span) or re.fullmatch(r"[VQ]\d+", span):
        return ""
    tokens = span.split()
    if len(tokens) > 1:
        return command_fault(tokens) if "(" not in tokens[0] else ""
    token = span.split("(")[0]
    if token in OUTSIDE:
        return ""
    if token.startswith("--"):
        return "" if token in options() or token[2:].replace("-", "_") in names().tokens else token
    if _RULE.fullmatch(token):
        return "" if rule_there(token) else token
    if is_path(token):
        return "" if there(token, place) else token
    return token if _DOTTED.fullmatch(token) and not names().knows(token) else ""


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_papers_are_there() -> None:
    target = {"README", "architecture", "glossary", "exchange", "rules"}
    assert target <= {path.stem for path in DOCS.glob("*.md")}
    assert len(list((DOCS / "how-to").glob("*.md"))) >= 6
    assert (DOCS / "decisions").is_dir()


@pytest.mark.parametrize("path", papers(), ids=ids)
def test_what_stands_in_backticks_is_in_the_tree(path: Path) -> None:
    assert [wrong for span in spans(path) if (wrong := fault(span, path.parent))] == []


def test_the_check_of_names_finds_what_is_not_there() -> None:
    invented = [
        "services/moon.py",
        "moonrise_of",
        "ids.moonrise",
        "Kind.moon",
        "person.moon",
        "A99-1",
        "--moon",
        "moon.py",
    ]
    invented += ["presence.moon", "package moon", "package make --moon", "docs/moon.md", "tests/services/test_moon.py"]
    assert [span for span in invented if not fault(span, DOCS)] == []
    genuine = ["services/", "domain/ids.py", "ids.owner", "Kind.about", "person.name", "A10-*", "presence.days"]
    assert [span for span in genuine if fault(span, DOCS)] == []


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")


@pytest.mark.parametrize("path", papers(), ids=ids)
def test_every_link_leads_somewhere(path: Path) -> None:
    missing = []
    for link in _LINK.findall(prose(path)):
        place, _, part = link.partition("#")
        aim = path if not place else path.parent / place
        if "://" in link:
            continue
        text = aim.read_text(encoding="utf-8") if aim.suffix == ".md" and aim.is_file() else ""
        headings = {slug(one) for one in _HEADING.findall(text)}
        if not aim.exists() or (part and part not in headings):
            missing.append(link)
    assert missing == []


def test_every_paper_is_reached_from_the_first() -> None:
    reached, waiting = set(), [DOCS / "README.md"]
    while waiting:
        path = waiting.pop()
        if path.suffix == ".md" and path.is_file() and path not in reached:
            reached.add(path)
            waiting += [(path.parent / link.split("#")[0]).resolve() for link in _LINK.findall(prose(path))]
    assert set(DOCS.rglob("*.md")) - reached == set()


def blocks(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the blocks of code of a paper: what they are written in, and their text."""
    for match in FENCE.finditer(path.read_text(encoding="utf-8")):
        head, _, rest = match[0].partition("\n")
        yield head.strip("`~ "), rest.rsplit("\n", 2)[0]


@pytest.mark.parametrize("path", papers(), ids=ids)
def test_what_a_recipe_imports_and_calls_is_there_or_is_made_by_it(path: Path) -> None:
    code = [text for language, text in blocks(path) if language == "python"]
    new = re.compile(r"^# (\S+)\.py, a new file", re.MULTILINE)
    new_modules = {one.replace("/", ".") for text in code for one in new.findall(text)}
    missing = [one for text in code for one in _uses(ast.parse(text)) if not _defines(*one)]
    assert [one for one in missing if one[0] not in new_modules] == []


def _uses(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield (module, name) for everything of ours that a block imports, or reads of a module it imported."""
    alias: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("tuopin_desktop", "tests"):
            yield from ((str(node.module), one.name) for one in node.names)
            modules = _below(str(node.module))
            alias |= {one.name: f"{node.module}.{one.name}" for one in node.names if one.name in modules}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in alias:
            yield alias[node.value.id], node.attr


def _defines(module: str, name: str) -> bool:
    return name in names().modules.get(module, set()) | _below(module)


def _below(module: str) -> set[str]:
    return {name.rsplit(".", 1)[1] for name in names().modules if name.rpartition(".")[0] == module}


@pytest.mark.parametrize(("paper", "name"), TABLES, ids=lambda one: str(one))
def test_a_table_says_what_is_declared(paper: str, name: str) -> None:
    """Write it anew with TUOPIN_WRITE_REFERENCES=1."""
    path, part, table = DOCS / paper, table_region(name), TABLES[(paper, name)]()
    text = path.read_text(encoding="utf-8")
    if WRITE:
        text = part.sub(lambda match: match[1] + table + match[3], text)
        path.write_text(text, encoding="utf-8")
    region = part.search(text)
    assert region is not None
    assert region[2] == table


def test_every_kind_of_record_stands_in_the_glossary_with_its_title() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert [name for name, cls in KINDS.items() if f"| {cls.kind.label} | `{name}` |" not in text] == []


def test_every_rule_and_contradiction_stands_in_the_paper_of_rules() -> None:
    text = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert [rule.key for rule in RULES if f"| `{rule.key}` |" not in text] == []
    numbered = enumerate(CONTRADICTIONS.items(), 1)
    heads = [f"| `A10-1-{number:02d}` | `{code}` | {title} | " for number, (code, title) in numbered]
    assert [head for head in heads if head not in text] == []


def test_every_worked_example_names_its_tests() -> None:
    text = (DOCS / "rules.md").read_text(encoding="utf-8")
    rows = {match[1]: match[0] for match in re.finditer(r"^\| (V\d+) \|.*$", text, re.MULTILINE)}
    assert list(rows) == [f"V{number}" for number in range(1, 12)]
    assert [name for name, row in rows.items() if not re.search(r"`tests/\S+\.py`", row)] == []


def decisions() -> Iterator[tuple[str, str]]:
    for path in sorted((DOCS / "decisions").glob("*.md")):
        if path.name != "README.md":
            for part in path.read_text(encoding="utf-8").split("\n## ")[1:]:
                yield f"{path.stem}: {part.splitlines()[0]}", part


def test_every_decision_says_situation_decision_reason_and_where_it_is_tested() -> None:
    lacking = [(name, step) for name, part in decisions() for step in STEPS if f"\n**{step}.** " not in part]
    assert lacking == []
    proof = re.compile(r"\*\*Tested in\.\*\* .*`(?:tests/|pyproject)\S+`")
    assert [name for name, part in decisions() if not proof.search(part)] == []


def test_every_recipe_ends_in_the_tests_that_say_what_was_forgotten() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "how-to").glob("*.md")}
    last = {name: text.rsplit("\n## ", 1)[1] for name, text in texts.items()}
    assert [name for name, part in last.items() if not part.startswith("What says that something was forgotten")] == []
    assert [name for name, part in last.items() if not re.search(r"`tests/\S+\.py`", part)] == []


# ---------------------------------------------------------------- the first page and the release


def test_the_table_of_the_first_page_lists_every_verb_and_every_step() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [row for row in text.partition("| verb |")[2].splitlines() if row.startswith("| `")]

    def listed(verb: str, step: str = "") -> bool:
        head, word = re.compile(rf"`{verb}\b"), re.compile(rf"(?<![\w-]){step}(?![\w-])")
        return any(head.search(row) and word.search(row.partition(" | ")[0]) for row in rows)

    assert [verb for verb in verbs() if not listed(*verb.split(" "))] == []


def test_the_first_page_names_the_files_of_this_version_and_links_its_notes() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\d+\.\d+\.\d+(?=-windows|_amd64)", text)) == {__version__}
    assert (DOCS / f"release-notes-{__version__}.md").is_file()
    assert f"(docs/release-notes-{__version__}.md)" in text
    assert f"\n## [{__version__}] - {RELEASED:%Y-%m}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# ---------------------------------------------------------------- what code cites

_PAPER = re.compile(r"(?<![\w*])[\w./-]+\.md\b")
_MODULE = re.compile(r"`([\w./]+/[\w./]+\.py)`")


def comments(path: Path, ending: str) -> Iterator[str]:
    """Yield the comments and texts of a file of code, where such an ending stands in it at all."""
    if ending not in path.read_text(encoding="utf-8"):
        return
    with tokenize.open(path) as opened:
        for token in tokenize.generate_tokens(opened.readline):
            if token.type in (tokenize.COMMENT, tokenize.STRING):
                yield token.string


def test_no_code_cites_a_paper_that_is_not_there() -> None:
    citations = [
        (ids(path), paper)
        for path in sources("tuopin_desktop", "tests", "packaging")
        if path != Path(__file__) and path.name != "handbook.py"
        for text in comments(path, ".md")
        for paper in _PAPER.findall(text)
    ]
    assert [(path, paper) for path, paper in citations if not (ROOT / paper).is_file()] == []


def test_no_comment_names_a_module_that_is_not_there() -> None:
    rooms = [PROGRAM / room for room in ("domain", "services", "ui")]
    mentions = [
        (ids(path), module)
        for path in sources("tuopin_desktop", "tests", "packaging")
        if path != Path(__file__)
        for text in comments(path, ".py`")
        for module in _MODULE.findall(text)
    ]
    assert [(path, module) for path, module in mentions if not there(module, *rooms)] == []


def test_data_files_cite_no_paper_that_is_not_there() -> None:
    data = [path for path in files() if path.suffix in (".toml", ".csv") or path.parent.name == ".ci"]
    citations = [(ids(path), one) for path in data for one in _PAPER.findall(path.read_text(encoding="utf-8"))]
    assert [(path, one) for path, one in citations if not (ROOT / one).is_file() and not one.startswith("*")] == []


def test_docs_are_not_ignored() -> None:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.strip("/") == "docs"] == []


def test_single_backticks_come_in_pairs() -> None:
    odd = [f"{ids(path)}: {line}" for path in papers() for line in prose(path).splitlines() if line.count("`") % 2]
    assert odd == []
    assert SPAN.findall("a `b` c") == ["b"]


def test_no_code_cites_a_row_of_a_table_that_is_not_there() -> None:
    rows = re.compile(r"\(features\b|\bfeatures \d")
    paths = [path for top in ("tuopin_desktop", "packaging") for path in (ROOT / top).rglob("*.py")]
    assert [path.name for path in paths if rows.search(path.read_text(encoding="utf-8"))] == []
    assert rows.search("proposed from its words (features 29)")
