"""`archive certificate|personal|extract|lend` from the command line: what is said, written and logged."""

from pathlib import Path

from tests.cli.test_cli import Office
from tests.cli.test_cli_roster import ROWS as ROSTER

ROWS = ROSTER


def test_the_four_steps_about_people_say_and_write_what_they_are_for(county: Office, tmp_path: Path) -> None:
    name = str(next(cell for cell in ROWS[0] if isinstance(cell, str)))
    assert county("archive", "certificate", name) == 0, county.out
    assert county("archive", "certificate", name, "--out", tmp_path / "证明.pdf") == 0, county.out
    assert (tmp_path / "证明.pdf").read_bytes().startswith(b"%PDF")
    assert county("archive", "certificate") == 0
    assert "经历证明〔" in county.out
    assert county("archive", "personal") == 0
    assert "综合考核材料缺签字、盖章、形成时间" in county.out
    assert county("archive", "extract", name, "--for", "巡察组", "--basis", "1号", "--out", tmp_path / "a") == 0, (
        county.out
    )
    assert county("archive", "extract") == 0
    number = county.out.strip().splitlines()[-1].partition("　")[0]
    assert number.startswith("提取〔")
    assert county("archive", "extract", "--again", number, "--out", tmp_path / "b") == 0, county.out
    assert {one.name for one in (tmp_path / "a").iterdir()} == {one.name for one in (tmp_path / "b").iterdir()}
    assert county("archive", "lend", "--overdue") == 0
