"""Files that ship as data and that somebody may edit: saved in the code page, the sentence says what to do."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.exchangers import COUNTY, found
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine.paths import RESOURCES
from tuopin_desktop.services.appraisal import schemes
from tuopin_desktop.services.office import library
from tuopin_desktop.services.recall import letters

READERS: dict[str, Callable[[], object]] = {
    "policies/2018-nmg.toml": library.policy,
    "leavewords.toml": lambda: library.leave_words(library.policy()),
    "codes.csv": lambda: library.table("codes.csv"),
    "calendar.csv": library.calendar,
    "measure/2018-nmg.txt": library.measure,
}


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the resources, read from anew before and after."""
    place = tmp_path / "resources"
    shutil.copytree(RESOURCES, place, ignore=shutil.ignore_patterns("fonts", "icons", "demo", "manual"))
    monkeypatch.setattr(library, "RESOURCES", place)
    forget()
    yield place
    forget()


def forget() -> None:
    for one in (library.table, library.policy, library.packs, library._leave_words, library.calendar, library.measure):
        one.cache_clear()


def recoded(path: Path, codec: str) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode(codec, "ignore"))


@pytest.mark.parametrize("name", READERS)
def test_a_file_saved_in_the_code_page_is_said_with_what_to_do(shipped: Path, name: str) -> None:
    recoded(shipped / name, "gbk")
    forget()
    with pytest.raises(Trouble, match=r"不是 UTF-8 编码，请用记事本打开，“另存为”时编码选 UTF-8.*重新安装"):
        READERS[name]()


@pytest.mark.parametrize("name", READERS)
def test_the_mark_notepad_puts_at_the_front_changes_nothing(shipped: Path, name: str) -> None:
    before = READERS[name]()
    recoded(shipped / name, "utf-8-sig")
    forget()
    assert READERS[name]() == before


def test_letters_saved_in_the_code_page_are_said(shipped: Path, tmp_path: Path) -> None:
    with closing(found(tmp_path / "a", COUNTY)) as desk:
        recoded(shipped / "letters/2018-nmg.toml", "gbk")
        with pytest.raises(Trouble, match=r"letters/2018-nmg\.toml.*不是 UTF-8 编码"):
            letters.filled(desk, "recall", {}, number="", dated=None, office=True)


def test_words_of_leave_that_do_not_fit_are_said_in_chinese(shipped: Path) -> None:
    (shipped / "leavewords.toml").write_text("leave = 3\n", encoding="utf-8")
    forget()
    with pytest.raises(Trouble, match=r"类型不对.*请按原来的格式更正"):
        library.leave_words(library.policy())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('base = "2018-example-2"\ntitle = "本县"\n'.encode("gbk"), r"“本县\.toml”不是 UTF-8 编码.*记事本.*另存为"),
        ('base = "2018-example-2"\ntitle = "本县"\n'.encode("utf-16"), r"“本县\.toml”不是 UTF-8 编码.*记事本.*另存为"),
        ('base = "2018-example-2"\nfirst_year = "去年"\n'.encode(), r"类型不对（在〔first_year〕）"),
        (b'base = "2018-example-2"\nfirst_year = \n', r"“本县\.toml”第2行读不懂"),
    ],
)
def test_a_scheme_of_the_office_that_is_not_understood_is_said_in_chinese(
    tmp_path: Path, content: bytes, words: str
) -> None:
    with closing(found(tmp_path / "a", COUNTY)) as desk:
        (desk.folder / "schemes").mkdir()
        (desk.folder / "schemes" / "本县.toml").write_bytes(content)
        with pytest.raises(Trouble, match=words) as caught:
            schemes.schemes(desk)
    assert "Expected" not in caught.value.sentence
