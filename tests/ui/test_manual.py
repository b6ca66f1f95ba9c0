"""The manual is true: it names nothing that is not there, leaves no page out, and no picture is older than its page."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import manualpictures
import msgspec
import pictures
import pytest
from manualpictures import Stage, plain
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage, QPainter
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from tests.test_house import PROGRAM, sources
from tests.ui.hands import button
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.duties.keysheet import KeyRow
from tuopin_desktop.services.manual import keys, papers, questions, topics
from tuopin_desktop.services.manual.markup import figures, steps
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.manualview import LargePicture
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_sheet
from tuopin_desktop.ui.shell import Shell

LEVELS = ("county", "league", "region")
LARGEST, ALL = 48_000, 4_000_000
QUOTED = re.compile(r"“([^“”]+)”")
PRESSED = re.compile(r"(?:Ctrl|Alt|Shift)\+(?:Shift\+)?[A-Z0-9]\b|\bF\d{1,2}\b")
_SYSTEM = {"Ctrl+A", "Ctrl+C", "Ctrl+V"}
"""Keys that lists and fields have of Qt."""
_OF_PRINTERS = {"实际大小", "适合页面"}
"""What the window of a printer says, not the program."""
_MORE = "（：…·"
"""What may follow the words of a control that the manual calls by its beginning: 更正一天（考勤更正单）…"""


class Walk:
    """What the window shows wherever a picture of the manual is drawn: lines to compare, words, tabs, keys."""

    def __init__(self, folder: Path) -> None:
        self.structures: dict[str, list[str]] = {}
        self.words: dict[str, set[str]] = defaultdict(set)
        self.tabs: dict[tuple[str, str], list[str]] = defaultdict(list)
        with ExitStack() as stack:
            stage = Stage(folder, stack)
            self.keys: list[KeyRow] = stage.keys()
            for figure in manualpictures.declared():
                with stage.shown(figure) as root:
                    self.structures[figure.name] = manualpictures.structure(root, figure)
                    self.words[figure.page] |= set(_words(root))
                    tabs = [one.words for one in manualpictures.controls(root) if one.role == "tab"]
                    if not figure.deeds:
                        self.tabs[figure.level, figure.page] = tabs
            self.keys_in_use = stage.keys()


def _words(root: QWidget) -> Iterator[str]:
    yield from (one.words for one in manualpictures.controls(root))
    actions: list[QAction] = list(root.window().findChildren(QAction))
    for action in actions:
        yield plain(action.text().partition("\t")[0])
    for combo in pictures.every(root, QComboBox):
        yield from (combo.itemText(at) for at in range(combo.count()))


@pytest.fixture(scope="module")
def walk(dressed: None, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    return Walk(tmp_path_factory.mktemp("manual"))


def test_no_picture_is_older_than_its_page(walk: Walk) -> None:
    kept = manualpictures.kept()
    stale = {
        name: sorted(set(lines) ^ set(kept.get(name, [])))
        for name, lines in walk.structures.items()
        if not manualpictures.agrees(lines, kept.get(name, []))
    }
    assert stale == {}, "dev.py pictures draws them anew"
    assert sorted(kept) == sorted(walk.structures)
    assert sorted(path.stem for path in topics.PICTURES.glob("*.png")) == sorted(walk.structures)


def test_every_page_and_tab_has_a_topic_with_a_picture_at_every_level(walk: Walk) -> None:
    lacking = []
    for level in LEVELS:
        drawn = "county" if level == "county" else "region"
        for door in DOORS:
            tabs = walk.tabs.get((drawn, door.key)) or walk.tabs[("county", door.key)] or [""]
            for tab in tabs:
                topic = topics.at(door.key, tab, level)
                shots = [one for one in figures(topic.body) if one.page == door.key and one.tab in (tab, "")]
                if topic.title not in (tab or door.label, door.label) or not shots:
                    lacking.append((level, door.key, tab))
    assert lacking == []


def test_a_picture_has_as_many_numbers_as_steps_and_stays_small() -> None:
    wrong = []
    for topic in topics.topics():
        counts = steps(topic.body)
        wrong += [one.name for one in figures(topic.body) if counts[one.name] != len(one.marks) or not one.marks]
    assert wrong == []
    sizes = {path.name: path.stat().st_size for path in topics.PICTURES.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert sum(sizes.values()) <= ALL


@cache
def _literals() -> frozenset[str]:
    """Return the texts of the program that a clerk may see, with the words of its records and switches."""
    texts = {
        plain(node.value.partition("\t")[0])
        for path in sources("tuopin_desktop")
        if path.relative_to(PROGRAM).parts[0] not in {"cli", "demo", "store", "app"}
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    texts |= {one.question for one in library.policy().switches.values()}
    texts |= {one.kind.label for one in KINDS.values()}
    return frozenset(texts)


def test_nothing_is_named_in_quotation_marks_that_the_program_does_not_have(walk: Walk) -> None:
    there = _literals() | set().union(*walk.words.values()) | {topic.title for topic in topics.topics()}
    known = there | _OF_PRINTERS | {text[:at] for text in there for at, char in enumerate(text) if char in _MORE}
    unknown = {
        (topic.chapter, topic.title, name)
        for topic in topics.topics()
        if topic.chapter not in (topics.MEASURE, topics.RULE_CHAPTER)
        for name in QUOTED.findall(topic.plain)
        if not {plain(name)} <= known and not {plain(part) for part in re.split("[·－]", name)} <= known
    }
    assert unknown == set()


def test_every_question_leads_to_a_page_a_tab_and_a_control_that_are_there(walk: Walk) -> None:
    key_by_label = {door.label: door.key for door in DOORS}
    window = set(walk.words["home"])
    wrong = []
    for one in questions.every():
        key = key_by_label.get(one.page, "")
        tabs = {tab for level in ("county", "region") for tab in walk.tabs[level, key]}
        is_there = not one.button or plain(one.button) in walk.words[key] | window | {"大字显示"}
        if not key or (one.tab and one.tab not in tabs) or not is_there:
            wrong.append((one.question, one.page, one.tab, one.button))
    assert wrong == []
    for level in LEVELS:
        assert len(questions.of_level(level)) >= 40


def test_the_kept_sheet_of_keys_is_that_of_the_window_and_no_other_key_is_named(walk: Walk) -> None:
    assert list(keys.rows()) == walk.keys, "dev.py pictures writes them anew"
    bound = {part for row in (*walk.keys, *walk.keys_in_use) for part in PRESSED.findall(row.keys)} | _SYSTEM
    bound |= {part for words in walk.words.values() for one in words for part in PRESSED.findall(one)}
    bound |= {f"Ctrl+{digit}" for digit in range(10)} | {f"Alt+{digit}" for digit in range(10)}
    unknown = {
        (topic.title, key)
        for topic in topics.topics()
        if topic.chapter not in (topics.MEASURE, topics.RULE_CHAPTER)
        for key in PRESSED.findall(topic.plain)
        if key not in bound
    }
    assert unknown == set()


def test_a_picture_is_seen_in_the_pane_and_large_on_a_click(each_shell: Shell, each_desk: Desk, qtbot: QtBot) -> None:
    each_shell.manual.toggle()
    pane = each_shell.manual.pane
    assert pane is not None
    assert "①" in pane.plain_text
    title = topics.chapter("home", each_desk.level.value)[0].title
    pane.resize(pane.width() - 40, pane.height())
    qtbot.waitUntil(lambda: not pane._text._resized.isActive())
    assert pane.plain_text.splitlines().count(title) == 1
    shown = {one.name for one in figures(topics.chapter("home", each_desk.level.value)[0].body)}
    assert len(shown) == 1
    pane._text._click(f"picture:{shown.pop()}")
    large = each_shell.findChild(LargePicture)
    assert large is not None
    assert large.isVisible()
    button(large, "关闭").click()


def test_the_whole_manual_is_saved_and_copied_from_the_pane(each_shell: Shell, tmp_path: Path) -> None:
    each_shell.manual.toggle()
    each_shell.manual.doors.save(tmp_path / "手册.pdf")
    assert (tmp_path / "手册.pdf").read_bytes()[:4] == b"%PDF"
    each_shell.manual.doors.copy(tmp_path)
    assert (tmp_path / "使用手册" / "打开手册.html").exists()


def test_a_picture_is_printed_where_the_paper_has_it(desk: Desk) -> None:
    sheet = next(one for one in papers.sheets(desk) if one.pictures)
    page = QImage(round(sheet.width), round(sheet.height), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    paint_sheet(painter, msgspec.structs.replace(sheet, fields=()), PaperFonts({}), mm=1.0)
    painter.end()
    place = sheet.pictures[0]
    inside = page.copy(round(place.x), round(place.y), round(place.width), round(place.height))
    assert len(set(bytes(inside.constBits()))) > 20
    outside = page.copy(0, 0, page.width(), round(place.y) - 1)
    assert set(bytes(outside.constBits())) == {255}
