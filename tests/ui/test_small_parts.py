"""The small parts: message line, findings that unfold, search line, file questions, period words."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import button, everything, labels
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.ui.widgets import parts
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save, confirm
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.days import long_day, short_period
from tuopin_desktop.ui.widgets.findings import FindingList
from tuopin_desktop.ui.widgets.parts import column, label
from tuopin_desktop.ui.widgets.running import RunningLine
from tuopin_desktop.ui.widgets.search import SearchLine


def _finding(verdict: Verdict, sentence: str) -> Finding:
    return Finding(
        rule="A03-4",
        article=3,
        subject="posting:150125/q",
        subject_words="王海（武川县队长）",
        verdict=verdict,
        sentence=sentence,
        inputs=(("出生年月", "1960-04"),),
        steps=("1960年4月早于1960年5月",),
        basis="管理办法第三条",
    )


def test_findings_stand_gravest_first_and_unfold_their_reason(qtbot: QtBot) -> None:
    made = FindingList(linked=True)
    qtbot.addWidget(made)
    made.replace([_finding(Verdict.OK, "符合要求"), _finding(Verdict.RED, "年龄不符")])
    made.show()
    pills = [word.text() for word in labels(made) if word.property("pill")]
    assert pills == ["不符", "符合"]
    unfold = next(one for one in everything(made, QPushButton) if one.accessibleName() == "展开依据：年龄不符")
    why = next(word for word in labels(made) if "1960年4月早于1960年5月" in word.text())
    assert not why.isVisible()
    unfold.click()
    assert why.isVisible()
    assert why.text().splitlines() == [
        "出生年月：1960年4月",
        "1960年4月早于1960年5月",
        "依据：管理办法第三条",
    ]
    with qtbot.waitSignal(made.followed) as told:
        next(one for one in everything(made, QPushButton) if one.text() == "查看").click()
    assert told.args is not None
    assert told.args[0].sentence == "年龄不符"
    made.hide()


def test_no_findings_are_said_in_words(qtbot: QtBot) -> None:
    made = FindingList(nothing="没有需要注意的事项。")
    qtbot.addWidget(made)
    made.replace([])
    assert any(word.text() == "没有需要注意的事项。" and not word.isHidden() for word in labels(made))


def test_searching_waits_a_moment_and_enter_does_not(qtbot: QtBot) -> None:
    line = SearchLine("姓名")
    qtbot.addWidget(line)
    told: list[str] = []
    line.searched.connect(told.append)
    with qtbot.waitSignal(line.searched):
        qtbot.keyClicks(line, "zjg")
    assert told == ["zjg"]
    with qtbot.waitSignal(line.entered, timeout=100) as entered:
        qtbot.keyClicks(line, "x")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert entered.args == ["zjgx"]
    assert told == ["zjg"]
    with qtbot.waitSignal(line.left_down, timeout=100):
        qtbot.keyClick(line, Qt.Key.Key_Down)


def test_where_to_save_is_asked_without_stopping_the_program(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chosen: list[Path] = []
    dialog = ask_save(window, "存为 PDF", "请假报备单.pdf", PDFS, chosen.append)
    assert isinstance(dialog, QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit(str(tmp_path / "a.pdf"))
    dialog.reject()
    assert chosen == [tmp_path / "a.pdf"]


@pytest.mark.parametrize(("pressed", "done"), [("删除", 1), ("取消", 0)])
def test_only_the_named_button_confirms(qtbot: QtBot, pressed: str, done: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    calls: list[int] = []
    box = confirm(window, "删除这张报备单？", "删除", lambda: calls.append(1))
    assert isinstance(box, QMessageBox)
    button(box, pressed).click()
    assert len(calls) == done


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(date(2018, 6, 5), "am", date(2018, 6, 8), "pm"), "2018-06-05 至 06-08"),
        (Period(date(2018, 6, 5), "pm", date(2018, 6, 8), "am"), "2018-06-05下午 至 06-08上午"),
        (Period(date(2018, 12, 30), "am", date(2019, 1, 2), "pm"), "2018-12-30 至 2019-01-02"),
        (Period(date(2018, 6, 5), "am", date(2018, 6, 5), "pm"), "2018-06-05"),
        (Period(date(2018, 6, 5), "am", date(2018, 6, 5), "am"), "2018-06-05上午"),
        (Period(date(2018, 6, 5), "pm", date(2018, 6, 5), "pm"), "2018-06-05下午"),
        (None, ""),
    ],
)
def test_periods_are_short_in_lists(period: Period | None, words: str) -> None:
    assert short_period(period) == words


def test_today_is_written_out() -> None:
    assert long_day(date(2018, 6, 5)) == "2018年6月5日 星期二"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_focus_and_not_the_dialogs_own(qtbot: QtBot, key: Qt.Key) -> None:
    pressed: list[str] = []
    dialog = QDialog()
    row = QHBoxLayout(dialog)
    cancel, go = (parts.button(word, partial(pressed.append, word)) for word in ("取消", "确认导入"))
    go.setDefault(True)
    row.addWidget(cancel)
    row.addWidget(go)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(cancel, key)
    assert pressed == ["取消"]


def test_a_running_line_moves_nothing_when_it_comes_and_goes(qtbot: QtBot) -> None:
    running = RunningLine("正在核对", lambda: None, tip="停在当前一步")
    below, page = label("下面"), QWidget()
    page.setLayout(column(running, below, None))
    qtbot.addWidget(page)
    page.resize(500, 200)
    page.show()
    place = below.geometry()
    running.begin()
    assert running.isVisible()
    assert below.geometry() == place


def test_a_count_set_while_the_chips_are_not_seen_is_not_cut_when_they_are(qtbot: QtBot) -> None:
    chips, page = Chips({"a": "待核", "b": "已说明"}, "证据核对"), QWidget()
    page.setLayout(column(chips, None))
    qtbot.addWidget(page)
    page.resize(500, 200)
    page.show()
    page.hide()
    chips.count({"a": 12345, "b": 12345})
    page.show()
    assert [one.width() >= one.sizeHint().width() for one in chips.buttons.values()] == [True, True]
