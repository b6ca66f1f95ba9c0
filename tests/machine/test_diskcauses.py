"""Windows says by number what is wrong; one errno stands for many of them, and its words are Chinese."""

import ast
import errno
from pathlib import Path

import pytest

from tests.test_house import PROGRAM, at, parsed
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import diskcauses, files
from tuopin_desktop.store.database import speaking

CAUSES = [
    (3, errno.ENOENT, "路径太长"),
    (5, errno.EACCES, "没有写入权限"),
    (19, errno.EACCES, "写保护"),
    (21, errno.EACCES, "没有插好"),
    (23, errno.EACCES, "坏道"),
    (32, errno.EACCES, "正被其他程序"),
    (33, errno.EACCES, "正被其他程序"),
    (39, errno.EINVAL, "磁盘空间不足"),
    (112, errno.ENOSPC, "磁盘空间不足"),
    (121, errno.EINVAL, "已拔出"),
    (123, errno.EINVAL, "不能用的字符"),
    (206, errno.ENOENT, "文件名太长"),
    (223, errno.EINVAL, "文件太大"),
    (225, errno.EINVAL, "杀毒软件"),
    (226, errno.EINVAL, "杀毒软件"),
    (362, errno.EINVAL, "云盘"),
    (395, errno.EINVAL, "云盘"),
    (433, errno.EINVAL, "已拔出"),
    (1112, errno.EINVAL, "没有插好"),
    (1117, errno.EINVAL, "读写设备出错"),
    (1167, errno.EINVAL, "已拔出"),
    (1392, errno.EINVAL, "已损坏"),
]


def by_windows(number: int, code: int) -> OSError:
    error = OSError(code, "系统自己的话")
    error.winerror = number  # type: ignore[attr-defined]  # the attribute of Windows
    return error


@pytest.mark.parametrize(("number", "code", "words"), CAUSES)
def test_a_file_that_windows_refuses_is_explained_by_its_number(number: int, code: int, words: str) -> None:
    sentence = files.trouble(by_windows(number, code), Path("甲.xlsx"), "写入").sentence
    assert words in sentence
    assert "系统" not in sentence


@pytest.mark.parametrize(("number", "code", "words"), CAUSES)
def test_the_database_explains_the_same_numbers(number: int, code: int, words: str) -> None:
    with pytest.raises(Trouble) as caught, speaking("备份没有保存"):
        raise by_windows(number, code)
    assert words in caught.value.sentence
    assert "备份没有保存" in caught.value.sentence


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.ENOENT])
def test_the_language_of_the_system_makes_no_difference(code: int) -> None:
    sentences = set()
    for words in ("No space left on device", "磁盘空间不足。", ""):
        with pytest.raises(Trouble) as caught, speaking("备份没有保存"):
            raise OSError(code, words)
        sentences.add(caught.value.sentence)
    assert len(sentences) == 1


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, ""), True),
        (OSError(errno.EDQUOT, ""), True),
        (by_windows(39, errno.EINVAL), True),
        (by_windows(19, errno.EACCES), False),
        (OSError(errno.EACCES, ""), False),
    ],
)
def test_a_full_disk_is_known_by_any_of_its_numbers(error: OSError, *, full: bool) -> None:
    assert diskcauses.is_full(error) is full


def test_no_other_module_puts_a_finished_file_in_its_place() -> None:
    """A scanner holds it for a moment on Windows: `files.replace` tries again."""
    strays = [
        at(path, node)
        for path, node in parsed("tuopin_desktop")
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("replace", "rename")
        and (isinstance(node.func.value, ast.Name) and node.func.value.id in ("os", "part", "shutil"))
        and path != PROGRAM / "machine" / "files.py"
    ]
    assert strays == []
