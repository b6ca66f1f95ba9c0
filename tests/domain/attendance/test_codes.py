"""The marks: every sign leads to its code and back, generous spellings are read, an accusing × is not."""

import pytest

from tuopin_desktop.domain.attendance import codes


@pytest.mark.parametrize("mark", codes.MARKS, ids=lambda mark: mark.code)
def test_every_mark_is_read_in_all_its_spellings_and_shown_as_its_sign(mark: codes.Mark) -> None:
    assert {codes.parse_half(said) for said in (mark.sign, mark.label, *mark.aliases)} == {mark.code}
    assert codes.sign(mark.code) == codes.sign(codes.imported(mark.code)) == mark.sign
    assert mark.code[0] in codes.PLACES
    assert mark.code[1] in codes.REASONS


def test_no_spelling_stands_for_two_marks() -> None:
    said = [codes.fold(said) for mark in codes.MARKS for said in (mark.sign, mark.label, *mark.aliases)]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("√", "vw/vw"),
        (" ✓ ", "vw/vw"),
        ("√○", "vw/cw"),
        ("假/√", "ol/vw"),
        ("√ 差", "vw/ot"),
        ("-/√", "/vw"),
        ("√/-", "vw/"),
        ("在村、休息", "vw/cr"),
        ("？", "o?/o?"),
        ("cl", "cl/cl"),
        ("VW", "vw/vw"),
    ],
)
def test_a_cell_may_mean_a_whole_day(typed: str, day: str) -> None:
    assert codes.parse_day(typed) == day
    assert codes.sound(day)


@pytest.mark.parametrize("typed", ["×", "x", "1", "-/-", "√√√", "√/×", "vx", "上午", "a/b/c"])
def test_what_could_mean_two_things_is_not_guessed(typed: str) -> None:
    assert codes.parse_day(typed) is None


@pytest.mark.parametrize(
    ("stored", "sign"),
    [("vw/vw", "√"), ("vwi/vw", "√"), ("vw/cw", "√/○"), ("/vw", "-/√"), ("ol/", "假/-"), ("vl/vl", "vl"), ("cwi", "○")],
)
def test_a_day_is_shown_as_a_clerk_writes_it(stored: str, sign: str) -> None:
    assert codes.day_sign(stored) == sign


@pytest.mark.parametrize("stored", ["/", "", "vw", "vw/x", "vw/vwk", "zz/zz", "vw/vw/vw"])
def test_what_is_no_stored_day_is_told(stored: str) -> None:
    assert not codes.sound(stored)


def test_a_half_day_has_words() -> None:
    assert codes.mark_words("pwi") == "季节性牧场工作"
    assert codes.mark_words("") == "未登记"
    assert codes.join("", "") == ""
    assert codes.imported("") == ""


def test_every_mark_has_a_letter_and_a_key_of_the_number_pad_and_no_key_sets_two() -> None:
    keys = [key for mark in codes.MARKS for key in mark.keys]
    assert len(set(keys)) == len(keys) == 2 * len(codes.MARKS)
    assert codes.KEYS["V"].code == codes.KEYS["1"].code == "vw"
    assert {mark.keys[1] for mark in codes.MARKS} <= set("0123456789*/")
