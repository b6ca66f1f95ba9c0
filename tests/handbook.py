"""What docs/ is measured by: the papers, the names that stand in the code, and the tables made from declarations."""

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

from tests.test_house import ROOT, sources
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.rules import RULES
from tuopin_desktop.domain.switches import Switch
from tuopin_desktop.services.office import library

DOCS = ROOT / "docs"
FENCE = re.compile(r"^ *(```|~~~).*?^ *\1\s*$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
_WORD = re.compile(r"[A-Za-z_]\w*")
_BINDING = re.compile(r"^(?:(?:async )?def|class) (\w+)|^([A-Za-z_][\w, ]*?)(?:: [^=\n]+)? =", re.MULTILINE)
_IMPORT = re.compile(r"^from \S+ import (?:\(([^)]*)\)|(.*))$", re.MULTILINE)
_CLASS = re.compile(r"^class (\w+).*?:\n(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_MEMBER = re.compile(r"^    (?:def )?([a-zA-Z_]\w*)(?=[(:]| =)|self\.(\w+)(?=[:,]| =)", re.MULTILINE)
_COMMENTARY = re.compile(r'""".*?"""|#[^\n]*', re.DOTALL)
"""Docstrings and comments: text about code, in which a name proves nothing."""


def papers() -> list[Path]:
    """Return every paper for programmers; the changelog tells of the past and is none."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


def prose(path: Path) -> str:
    """Return a paper without its blocks of code."""
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def spans(path: Path) -> list[str]:
    """Return what stands in single backticks in a paper."""
    return SPAN.findall(prose(path))


class Names:
    """The names of the code: modules by every ending of their dotted path, what they hold, members of classes.

    Read line by line, not parsed: a syntax tree of every file would take ten times as long.
    """

    def __init__(self) -> None:
        self.modules: dict[str, set[str]] = defaultdict(set)
        self.members: dict[str, set[str]] = defaultdict(set)
        self.tokens: set[str] = set()
        for path in sources("tuopin_desktop", "tests", "packaging"):
            self._read(path)
        for path in (ROOT / "pyproject.toml", *ROOT.glob("resources/policies/*"), *ROOT.glob("forms/*/*.toml")):
            self.tokens |= set(_WORD.findall(path.read_text(encoding="utf-8")))

    def _read(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        parts = [part for part in path.relative_to(ROOT).with_suffix("").parts if part != "__init__"]
        contents = {name for pair in _BINDING.findall(text) for name in _WORD.findall(" ".join(pair))}
        if path.name == "__init__.py":
            contents |= {name for pair in _IMPORT.findall(text) for name in _WORD.findall("".join(pair))}
        for start in range(len(parts)):
            self.modules[".".join(parts[start:])] |= contents
        self.tokens |= {*parts, *contents}
        if parts[0] == "tuopin_desktop":
            self.tokens |= set(_WORD.findall(_COMMENTARY.sub("", text)))
            for name, body in _CLASS.findall(text):
                self.members[name] |= {one for pair in _MEMBER.findall(body) for one in pair if one}

    def all_members(self, name: str) -> set[str]:
        """Return the members of a class with those of every class of a record or page it may come from."""
        return self.members[name] | self.members["Record"] | self.members["Page"]

    def knows(self, dotted: str) -> bool:
        """Tell whether a dotted name leads to something: a switch, a module's name, a member, a field of a kind."""
        parts = dotted.split(".")
        if len(parts) == 1:
            return dotted in self.tokens
        if dotted in switch_keys() or (parts[-1] == "" and any(key.startswith(dotted) for key in switch_keys())):
            return True
        return dotted in self.modules or self._in_module(parts) or self._in_class(parts) or _is_field(parts)

    def _in_module(self, parts: list[str]) -> bool:
        contents = self.modules.get(".".join(parts[:-1]))
        return (contents is not None and parts[-1] in contents) or (len(parts) > 2 and self._in_class(parts[-2:]))

    def _in_class(self, parts: list[str]) -> bool:
        owner = parts[-2]
        classes = [owner] if owner in self.members else [one for one in self.members if one.lower() == owner]
        return any(parts[-1] in self.all_members(one) for one in classes)


@cache
def names() -> Names:
    """Return the names of the code as it stands."""
    return Names()


@cache
def own_switches(pack: str) -> dict[str, Switch]:
    """Return the numbers and switches that a pack's own file declares, without what it takes over."""
    path = ROOT / "resources" / "policies" / f"{pack}.toml"
    return Policy.read(tomllib.loads(path.read_text(encoding="utf-8"))).switches


@cache
def switch_keys() -> frozenset[str]:
    """Return the keys of every number and switch of every pack."""
    return frozenset(key for pack in library.packs() for key in own_switches(pack))


def _is_field(parts: list[str]) -> bool:
    if len(parts) != 2 or parts[0] not in KINDS:
        return False
    return parts[1] in {"id", *(item.name for item in fields(KINDS[parts[0]]))}


# ---------------------------------------------------------------- tables


def _table(head: str, rows: list[list[str]]) -> str:
    columns = head.split("|")
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(cell.strip().replace('|', '/') for cell in line)} |\n" for line in lines)


def _first(text: str | None) -> str:
    return (text or "").strip().split("\n")[0].rstrip(".")


def _module(dotted: str) -> str:
    return "/".join(dotted.split(".")[1:]) + ".py"


def rules_table() -> str:
    """Return every rule: its key, article, kind of subject, title, sentence and module; contradictions stand apart."""
    rows = [
        [
            f"`{one.key}`",
            str(one.article),
            f"`{one.over}`",
            one.title,
            _first(one.judge.__doc__),
            f"`{_module(one.judge.__module__)}`",
        ]
        for one in RULES
        if not one.key.startswith("A10-1-")  # contradictions share one function; their table is written by hand
    ]
    return _table("key|article|judges a|title|what it says|where", rows)


def switches_table(pack: str) -> str:
    """Return a pack's numbers and switches: key, default as stored and in words, question, article, who may rule."""
    rows = []
    for key, one in own_switches(pack).items():
        default = f"`{one.value}`" + (f" {one.value_words}" if one.choices or one.unit else "")
        rows.append([f"`{key}`", default, one.question, str(one.article or ""), "yes" if one.switch else "no"])
    return _table("key|default|question|article|may be ruled", rows)


def kinds_table() -> str:
    """Return every kind of record: its Chinese title, name in the log, class, who owns it, and what it is."""
    rows = [
        [
            cls.kind.label,
            f"`{name}`",
            f"`{cls.__name__}`",
            cls.kind.owner.value,
            f"`{_module(cls.__module__)}`",
            _first(cls.__doc__),
        ]
        for name, cls in KINDS.items()
    ]
    return _table("Chinese|kind|class|owner|declared in|what it is", rows)


TABLES = {
    ("rules.md", "rules"): rules_table,
    ("rules.md", "switches 2018-nmg"): lambda: switches_table("2018-nmg"),
    ("rules.md", "switches 2021-village"): lambda: switches_table("2021-village"),
    ("glossary.md", "kinds"): kinds_table,
}
"""The parts of papers that are made from declarations, by paper and name."""


def table_region(name: str) -> re.Pattern[str]:
    """Return the pattern of a generated part of a paper: (opening mark)(table)(closing mark)."""
    return re.compile(rf"(<!-- table: {re.escape(name)} -->\n)(.*?)(<!-- end -->)", re.DOTALL)
