"""The spoken word: four characters that cannot be misheard for one another."""

from pathlib import Path

from tests.services.desks import open_office
from tuopin_desktop.services.office import callword


def test_words_are_four_clear_characters_and_not_all_alike(tmp_path: Path) -> None:
    desk = open_office(tmp_path)
    made = {callword.fresh(desk) for _ in range(50)}
    desk.close()
    assert len(made) > 10
    assert all(len(word) == 4 and word.isascii() and word == word.upper() for word in made)
    assert not set("".join(made)) & set("01258BGIOQSZ")
