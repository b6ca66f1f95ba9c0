"""The first start: four questions, refusals in words, and one office made."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.hands import type_chinese
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.ui.welcome import Answers, FirstRun, Welcome


@pytest.fixture
def made() -> list[Answers]:
    return []


@pytest.fixture
def welcome(made: list[Answers], tmp_path: Path, qtbot: QtBot) -> Welcome:
    first = FirstRun(
        folder=tmp_path,
        counties={"150125": "呼和浩特市武川县", "150222": "包头市固阳县"},
        leagues={"1501": "呼和浩特市"},
        create=made.append,
    )
    dialog = Welcome(first)
    qtbot.addWidget(dialog)
    return dialog


def test_a_county_office_is_made_from_the_answers(welcome: Welcome, made: list[Answers], qtbot: QtBot) -> None:
    welcome.county.setEditText("呼和浩特市武川县")
    type_chinese(welcome.clerk, "李秀英")
    with qtbot.waitSignal(welcome.created):
        welcome._create()
    assert made == [Answers(level="county", county="150125", clerk="李秀英", practice=False)]


def test_a_county_is_found_by_part_of_its_name_or_code(welcome: Welcome) -> None:
    completer = welcome.county.completer()
    assert completer is not None
    for typed, found in (("武川", "呼和浩特市武川县"), ("1502", "包头市固阳县")):
        completer.setCompletionPrefix(typed)
        assert completer.completionCount() == 1
        assert completer.currentCompletion() == found


def test_the_region_office_needs_no_place(welcome: Welcome, made: list[Answers]) -> None:
    welcome.level.choose("region")
    welcome.clerk.setText("李秀英")
    welcome.practice.setChecked(True)
    welcome._create()
    assert made == [Answers(level="region", county="", clerk="李秀英", practice=True)]


@pytest.mark.parametrize(("level", "said"), [("county", "派驻旗县"), ("league", "盟市")])
def test_a_missing_place_is_asked_for(welcome: Welcome, made: list[Answers], level: str, said: str) -> None:
    welcome.level.choose(level)
    welcome.clerk.setText("李秀英")
    welcome._create()
    assert said in welcome.message.sentence
    assert made == []


def test_a_missing_clerk_is_asked_for(welcome: Welcome, made: list[Answers]) -> None:
    welcome.county.setEditText("呼和浩特市武川县")
    welcome._create()
    assert "经办人" in welcome.message.sentence
    assert made == []


def test_a_trouble_is_said_and_the_dialog_stays(welcome: Welcome, qtbot: QtBot, tmp_path: Path) -> None:
    def fail(_answers: Answers) -> None:
        raise Trouble("文件夹不能写入，请换一个位置。")

    other = Welcome(FirstRun(folder=tmp_path, counties={}, leagues={}, create=fail))
    qtbot.addWidget(other)
    other.level.choose("region")
    other.clerk.setText("李秀英")
    other._create()
    assert other.message.sentence == "文件夹不能写入，请换一个位置。"
    assert other.result() == 0


def test_enter_starts_when_all_is_filled_in(welcome: Welcome, made: list[Answers], qtbot: QtBot) -> None:
    welcome.county.setEditText("包头市固阳县")
    welcome.clerk.setText("李秀英")
    with qtbot.waitActive(welcome):
        welcome.show()
        welcome.activateWindow()
    qtbot.keyClick(welcome.clerk, Qt.Key.Key_Return)
    assert [answers.county for answers in made] == ["150222"]
