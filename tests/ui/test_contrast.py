"""Words can be read in every state that the style sheet knows: pointed at, pressed, with the keyboard, wrong, dead."""

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pictures
import pytest
from PIL import Image, ImageDraw
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.contrast import ENOUGH, Colour, faint, ratio
from tuopin_desktop.ui import theme

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"#[0-9A-F]{6}", re.IGNORECASE)
STATES = tuple(",hover,pressed,focus,disabled,checked,selected,read-only,hover focus,checked focus".split(","))
_WORDLESS = ("::indicator", "::chunk", "::handle", "::separator")
"""Parts of controls that carry no words."""
GROUNDS = ("bg", "card")
"""What lies under something that has no ground of its own."""


class Rule(NamedTuple):
    """One selector of the sheet and the inks it sets; `marks` are its names and properties."""

    within: str
    kind: str
    marks: frozenset[str]
    states: frozenset[str]
    ink: str
    ground: str

    @property
    def weight(self) -> tuple[int, int, int]:
        """Return how strong the selector is beside another."""
        ids = sum(mark.startswith("#") for mark in self.marks) + self.within.count("#")
        return ids, len(self.marks) + len(self.states) - ids + self.within.count("["), len(self.kind + self.within)


def _rules() -> Iterator[Rule]:
    sheet = re.sub(r"/\*.*?\*/", "", theme.style_sheet(), flags=re.DOTALL)
    for selectors, body in _RULE.findall(sheet):
        set_ = dict(line.strip().split(":", 1) for line in body.split(";") if ":" in line)
        ink, ground = set_.get("color", "").strip(), set_.get("background", "").strip()
        for selector in selectors.split(",") if ink or ground else ():
            *within, last = re.sub(r"\s*>\s*", " ", selector.strip()).split()
            head, *states = re.split(r"(?<!:):(?!:)", last)
            kind = re.match(r"[\w*:]*", head)
            assert kind is not None
            marks = frozenset(re.findall(r"#\w+|\[[^]]+\]", head))
            yield Rule(" ".join(within), kind[0], marks, frozenset(states), ink, ground)


def _effective(target: Rule, states: frozenset[str], rules: list[Rule]) -> tuple[str, str]:
    """Return ink and ground of a control in a state: of the rules that fit the strongest, of equals the last."""
    fits = [
        one
        for one in rules
        if one.kind in (target.kind, "QWidget", "*", "")
        and one.within in ("", target.within)
        and one.marks <= target.marks
        and one.states <= states
    ]
    fits.sort(key=lambda one: one.weight)
    ink = [one.ink for one in fits if _COLOUR.fullmatch(one.ink)]
    own = [one.ground for one in fits if one.kind not in ("QWidget", "*") and one.ground]
    return ink[-1], own[-1] if own else "transparent"


def _rgb(text: str) -> Colour:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def test_words_can_be_read_in_every_state_of_every_control_of_the_sheet() -> None:
    rules = list(_rules())
    weak = set()
    for target, state in product(rules, STATES):
        if target.kind.endswith(_WORDLESS):
            continue
        states = frozenset(state.split()) | {one for one in target.states if one not in " ".join(STATES)}
        ink, ground = _effective(target, states, rules)
        name = f"{target.within} {target.kind}{' '.join(sorted(target.marks))}:{state}"
        for under in [ground] if _COLOUR.fullmatch(ground) else [theme.TOKENS[one] for one in GROUNDS]:
            if (off := ratio(_rgb(ink), _rgb(under))) < ENOUGH:
                weak.add(f"{name} {ink} on {under}: {off:.1f}")
    assert len(rules) > 80
    assert weak == set(), "\n".join(sorted(weak))


def test_every_tone_can_be_read_on_its_own_ground_and_on_a_chosen_row() -> None:
    under = [theme.TOKENS["selection"], theme.TOKENS["card"]]
    weak = {
        f"{name} on {ground}"
        for name, (ink, own) in theme.TONES.items()
        for ground in [own, *under]
        if ratio(_rgb(ink), _rgb(ground)) < ENOUGH
    }
    assert weak == set()


@pytest.mark.parametrize(("ink", "told"), [("#8A94A3", True), ("#4C5665", False)])
def test_faint_words_are_told_by_what_they_say(qtbot: QtBot, ink: str, told: bool) -> None:
    words = QLabel("乌云其其格")
    qtbot.addWidget(words)
    words.setStyleSheet(f"color: {ink}; background: #FFFFFF")
    words.resize(120, 24)
    words.show()
    found = faint(words, pictures.as_pillow(pictures.draw(words)))
    assert list(found) == (["乌云其其格"] if told else [])


def test_black_on_white_is_the_most_there_is() -> None:
    assert ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert ratio((90, 90, 90), (90, 90, 90)) == 1


def test_words_under_something_else_are_not_measured(qtbot: QtBot) -> None:
    words = QLabel("盖住的字")
    qtbot.addWidget(words)
    words.setStyleSheet("color: #8A94A3; background: #FFFFFF")
    words.resize(120, 24)
    words.show()
    picture = pictures.as_pillow(pictures.draw(words))
    ImageDraw.Draw(picture).rectangle((0, 0, *picture.size), fill=(255, 230, 120))
    assert isinstance(picture, Image.Image)
    assert faint(words, picture) == {}
