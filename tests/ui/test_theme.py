"""The look: tokens fill the sheet, letters grow, dialogs speak Chinese."""

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from tuopin_desktop.ui import icons, resources, theme


def test_the_style_sheet_names_only_known_tokens_and_existing_pictures() -> None:
    sheet = theme.style_sheet()
    assert "$" not in sheet
    assert theme.TOKENS["accent"] in sheet
    pictures = re.findall(r"url\((.+?)\)", sheet)
    assert pictures
    assert all((resources.ICONS / picture.removeprefix("icons:")).exists() for picture in pictures)


def test_large_letters_grow_and_fine_lines_do_not() -> None:
    sheet = theme.style_sheet(theme.LARGE)
    assert "font-size: 18px" in sheet
    assert "border: 1px" in sheet
    assert "font-size: 14px" not in sheet


def test_letters_are_the_bundled_ones_and_measured_in_pixels(qapp: QApplication) -> None:
    assert qapp.font().families() == ["JX Hei"]
    assert qapp.font().pixelSize() == theme.BODY_PX


def test_dialogs_speak_chinese(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().language() is QLocale.Language.Chinese


def test_every_icon_paints_something_at_any_scale(qtbot: QtBot) -> None:
    for path in resources.ICONS.glob("*.svg"):
        for ratio in (1.0, 1.25, 1.5):
            image = icons.picture(path.stem, 20, "#2F5D9B", ratio=ratio).toImage()
            marks = sum(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height()))
            assert marks > 20, path.name


def test_lengths_follow_the_letters(qtbot: QtBot) -> None:
    words = QLabel("字")
    qtbot.addWidget(words)
    words.setStyleSheet("font-size: 18px")
    words.ensurePolished()
    assert theme.scaled(words, 34) == round(34 * 18 / 14)


@pytest.mark.no_qt_log
def test_the_pictures_of_controls_are_there_whatever_the_folder_is_called(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = QApplication.instance()  # noqa: TID251  # the one of pytest-qt
    assert isinstance(app, QApplication)

    def ticked() -> QImage:
        theme.set_size(app, 1.0)
        box = QCheckBox()
        qtbot.addWidget(box)
        box.setChecked(True)
        box.resize(40, 40)
        return box.grab().toImage()

    wanted = ticked()
    folder = tmp_path / "李'四 & 50% 12px $x (1)"
    shutil.copytree(resources.ICONS, folder)
    monkeypatch.setattr(resources, "ICONS", tmp_path / "nowhere")
    missing = ticked()
    monkeypatch.setattr(resources, "ICONS", folder)
    found = ticked()
    monkeypatch.undo()
    theme.style_sheet()
    assert missing != wanted
    assert found == wanted
