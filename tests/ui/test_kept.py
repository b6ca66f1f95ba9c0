"""The kept pictures themselves: that they tell a change, lie within their room, and say when letters differ here."""

from collections.abc import Callable

import pictures
import pytest
from PIL import ImageDraw
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui import kept
from tests.ui.kept import FOLDER, MOST, Gallery


@pytest.fixture
def words(qtbot: QtBot) -> QLabel:
    """A label of the size of a window."""
    made = QLabel("待签字 3")
    qtbot.addWidget(made)
    made.setStyleSheet("background: #FFFFFF; color: #1F2733")
    made.resize(1366, 728)
    made.show()
    return made


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        (lambda words: words.setText("待签字 3"), False),
        (lambda words: words.setText("待销假 3"), True),
        (lambda words: words.setIndent(6), True),
        (lambda words: words.setStyleSheet("background: #FBF2DC; color: #1F2733"), True),
    ],
    ids=["nothing", "two letters", "moved", "another tint"],
)
def test_a_change_that_can_be_seen_is_told_and_nothing_else(
    words: QLabel, change: Callable[[QLabel], None], differs: bool
) -> None:
    before = pictures.as_pillow(pictures.draw(words))
    stored = kept._in_colours(before).convert("RGB")
    change(words)
    after = pictures.as_pillow(pictures.draw(words))
    assert bool(kept._differing(after, stored)) is differs


def test_where_letters_are_drawn_otherwise_what_moved_is_told_and_shades_are_not(words: QLabel) -> None:
    before = pictures.as_pillow(pictures.draw(words))
    softer = before.resize((1300, 700)).resize(before.size)
    moved = before.copy()
    ImageDraw.Draw(moved).rectangle((200, 100, 700, 300), fill=(47, 93, 155))
    assert kept._mask(softer, before).getbbox() is not None
    assert not kept._coarsely(softer, before)
    assert kept._coarsely(moved, before)


def test_the_references_are_there_and_take_no_more_than_their_room() -> None:
    every = list(FOLDER.rglob("*.png"))
    assert len(every) > 500
    assert sum(one.stat().st_size for one in every) <= MOST


def test_letters_come_out_here_as_on_the_references(gallery: Callable[[str], Gallery]) -> None:
    """Without this the pictures are compared by coarse blocks alone; `letters.png` and the figures say why."""
    kept.keep_letters(anew=True)
    if not kept.same_letters():
        pytest.skip(
            f"letters are drawn otherwise here ({kept.letters_here()}) than on the references ({kept.letters_kept()}):"
            f" {kept.letters_differ():.1%} of the pixels of tests/ui/pictures/letters.png; only coarse blocks compared"
        )
