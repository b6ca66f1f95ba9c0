"""Pictures of the window: the same each time, of the control that was named, and without a word of this machine."""

from pathlib import Path

import pictures
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot


@pytest.fixture
def panel(qtbot: QtBot) -> QWidget:
    """Two buttons of one name, a label and a bar of tabs, side by side."""
    made, bar = QWidget(), QTabBar()
    qtbot.addWidget(made)
    bar.addTab("甲")
    bar.addTab("乙")
    layout = QHBoxLayout(made)
    for one in (bar, QPushButton(" 打印"), QPushButton("打印"), QLabel("姓名")):
        layout.addWidget(one)
    made.resize(600, 60)
    made.show()
    return made


def test_a_control_is_had_by_its_words_and_the_first_of_several(panel: QWidget) -> None:
    first, second = pictures.every(panel, QPushButton)
    second.setAccessibleName("打印第二张")
    assert pictures.control(panel, "打印") is first
    assert pictures.control(panel, "打印第二张") is second
    assert pictures.place(panel, first).x() < pictures.place(panel, second).x()


def test_a_control_that_is_not_seen_is_not_there_and_the_others_are_named(panel: QWidget) -> None:
    pictures.every(panel, QLabel)[0].hide()
    with pytest.raises(pictures.Absent, match="打印"):
        pictures.control(panel, "姓名")


def test_a_tab_is_had_by_its_words(panel: QWidget) -> None:
    assert pictures.tab(panel, "甲").right() < pictures.tab(panel, "乙").left()
    with pytest.raises(pictures.Absent):
        pictures.tab(panel, "丙")


def test_a_picture_is_as_many_pixels_as_its_scale_says_and_the_same_each_time(panel: QWidget, tmp_path: Path) -> None:
    pictures.settle()
    assert pictures.draw(panel, 1.5).size() == panel.size() * 1.5
    for name in ("one", "two"):
        pictures.save(pictures.draw(panel), tmp_path / f"{name}.png")
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_plain_grounds_keep_their_colour_and_a_rare_one_is_not_lost(tmp_path: Path) -> None:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("#F5F6F8"))
    for at in range(64):
        image.setPixelColor(at, 0, QColor(at, at, at))
    image.setPixelColor(5, 5, QColor("#B3403A"))
    pictures.save(image, tmp_path / "one.png")
    small = QImage(str(tmp_path / "one.png"))
    assert small.colorCount() < 16
    assert small.pixelColor(9, 9) == QColor("#F5F6F8")
    assert small.pixelColor(5, 5) == QColor("#B3403A")


def test_numbers_lie_on_the_picture_also_at_its_edge(panel: QWidget) -> None:
    plain = pictures.draw(panel)
    marked = pictures.numbered(plain, [QRect(0, 0, 20, 10), QRect(300, 20, 80, 20)])
    assert plain.pixelColor(300, 17) != marked.pixelColor(300, 17)
    reds = [at for at in range(30) if marked.pixelColor(at, 12).red() > 180 and marked.pixelColor(at, 12).green() < 90]
    assert len(reds) > 10
