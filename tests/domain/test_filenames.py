"""A name made of what people entered is one every system and every stick can keep, and every door asks for it."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.test_house import at, parsed
from tuopin_desktop.domain.filenames import portable

OWN = {
    # Names of ids, codes, days, hashes and numbers that this program made itself.
    "crash.py", "backups.py", "stations.py", "scanpackages.py", "attachments.py", "tray.py", "library.py", "fonts.py",
    "packed.py", "icons.py", "help.py", "tour.py", "reports.py", "packfiles.py",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("请假报备单 1 张三.pdf", "请假报备单 1 张三.pdf"),
        ("谁？.pdf", "谁？.pdf"),
        ('a<b>c:d"e/f\\g|h?i*j.pdf', "a＜b＞c：d＂e／f＼g｜h？i＊j.pdf"),
        ("../../etc/passwd", "..／..／etc／passwd"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("com1.旧.xlsx", "_com1.旧.xlsx"),
        ("LPT¹.txt", "_LPT¹.txt"),
        ("CONTRACT.pdf", "CONTRACT.pdf"),
        ("住建局. .docx", "住建局.docx"),
        ("结尾有点.", "结尾有点"),
        ("第一行\n第二行\t.pdf", "第一行 第二行.pdf"),
        ("..", "未命名"),
        ("", "未命名"),
        (".pdf", "未命名.pdf"),
        ("半\ud800个.pdf", "半 个.pdf"),
    ],
)
def test_a_name_is_made_fit_for_every_system(name: str, kept: str) -> None:
    assert portable(name) == kept
    assert portable(kept) == kept


@pytest.mark.parametrize("stem", ["长" * 300, "a" * 300, "ᠮ" * 100, "\U00020000" * 90])
def test_a_long_name_keeps_its_ending_and_room_for_a_part_file(stem: str) -> None:
    name = portable(f"{stem}.docx")
    assert name.endswith("….docx")
    assert len(f"{name}.part".encode()) <= 255
    assert portable(name) == name


def test_no_sign_at_all_makes_a_name_that_windows_refuses() -> None:
    for sign in map(chr, [*range(0x3000), *range(0xD7F0, 0x10000), 0x1F600]):
        name = portable(f"甲{sign}")
        assert not re.search(r'[\x00-\x1f<>:"/\\|?*]|[. ]$', name), repr(sign)
        name.encode()


def joins() -> Iterator[tuple[str, str]]:
    for path, node in parsed("tuopin_desktop"):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.right, ast.JoinedStr):
            yield path.name, at(path, node)


def test_no_door_makes_a_file_name_of_data_by_itself() -> None:
    assert [place for name, place in joins() if name not in OWN] == []
