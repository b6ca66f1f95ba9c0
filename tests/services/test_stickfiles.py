"""What the files on a stick are called: the names that people use, and what scripts look for."""

from pathlib import Path

from tuopin_desktop.services.office import stickfiles


def test_a_card_bears_the_name_of_its_office_and_begins_as_in_every_release(tmp_path: Path) -> None:
    name = stickfiles.card(tmp_path, "150426", "李秀英").name
    assert name.startswith("tuopin-card-")
    assert name.endswith(".json")
    assert "翁牛特旗" in name
