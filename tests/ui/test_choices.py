"""Every list to choose from finds by initials and pinyin as well as by Chinese."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.hands import type_chinese
from tuopin_desktop.ui.widgets.combo import FilterBox, PickBox

COUNTIES = {"150421": "阿鲁科尔沁旗", "150426": "翁牛特旗", "150422": "巴林左旗", "150423": "巴林右旗"}


def test_a_plain_choice_is_made_by_letters_or_by_chinese(qtbot: QtBot) -> None:
    box = FilterBox("全部旗县", COUNTIES, "旗县")
    qtbot.addWidget(box)
    chosen: list[str] = []
    box.chosen.connect(chosen.append)
    qtbot.keyClicks(box, "wntq")
    assert (box.currentText(), chosen) == ("翁牛特旗", ["150426"])
    box._forget_letters()
    qtbot.keyClicks(box, "bly")
    assert box.currentText() == "巴林右旗"
    type_chinese(box, "翁")
    assert box.currentText() == "翁牛特旗"


@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)
def test_letters_mark_the_entry_in_the_open_list_and_enter_takes_it(qtbot: QtBot) -> None:
    box = FilterBox("全部旗县", COUNTIES, "旗县")
    qtbot.addWidget(box)
    box.show()
    box.showPopup()
    qtbot.keyClicks(box.view(), "wnt")
    assert (box.view().currentIndex().data(), box.currentText()) == ("翁牛特旗", "全部旗县")
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert box.currentText() == "翁牛特旗"


@pytest.mark.parametrize("text", ["wntq", "wnt", "翁牛", "150426", "wengniu"])
def test_what_is_typed_into_a_choice_means_the_one_entry_it_stands_for(qtbot: QtBot, text: str) -> None:
    box = PickBox(COUNTIES)
    qtbot.addWidget(box)
    box.setEditText(text)
    assert box.code() == "150426"
    completer = box.completer()
    assert completer is not None
    completer.setCompletionPrefix(text)
    assert completer.currentCompletion() == "翁牛特旗"


def test_letters_that_mean_one_entry_become_its_words_when_the_hand_goes_on(qtbot: QtBot) -> None:
    box = PickBox({"leader": "队长", "member": "队员", "first": "第一书记"})
    qtbot.addWidget(box)
    box.show()
    line = box.lineEdit()
    assert line is not None
    for typed, text in (("dy", "队员"), ("duiyuan", "队员"), ("d", "d"), ("队", "队")):
        line.setText(typed)
        line.editingFinished.emit()
        assert box.currentText() == text
