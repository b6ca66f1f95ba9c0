"""A medium for the archives: its layout, what a stop leaves, and that program and script name the same faults."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tuopin_desktop.domain.archives import cataloguexml, digests
from tuopin_desktop.domain.archives.medium import (
    CATALOGUE,
    END,
    INDEX,
    LONGEST,
    NOTE,
    SCRIPT,
    UNFINISHED,
    Entry,
    Piece,
    Place,
    is_legal,
    places,
)
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files
from tuopin_desktop.machine.paths import RESOURCES
from tuopin_desktop.services.archives import mediumcheck, mediums
from tuopin_desktop.services.archives.mediums import Size, Source

CHECKER = RESOURCES / "archives" / "check_medium.py"
ODD = '〇䶮𠮷: <请假> & "病"\x07\n\x00'
"""A title with characters of every plane, of markup, of control."""


def entry(number: int, *, count: int = 1, **values: Any) -> Entry:
    pieces = tuple(Piece(".pdf" if at == 0 else ".JPG", f"{number}-{at}") for at in range(count))
    usual = {"year": 2018, "period": "30年", "code": f"Z109-WS·2018-D30-{number:04d}", "day": "20180604"}
    return Entry(**{**usual, "number": number, "title": f"第{number}件", "pieces": pieces, **values})


ENTRIES = (entry(1, title=ODD), entry(2, count=3), entry(3, period="永久", code=""))


class Maker:
    """Bytes for a medium; notes what was asked, and stops where it is told to."""

    def __init__(self, charset: str = "UTF-8", stop: str = "") -> None:
        self.asked: list[str] = []
        self._charset = charset
        self._stop = stop

    def source(self, every: tuple[Place, ...]) -> Source:
        def rest(size: Size) -> Iterator[tuple[str, bytes]]:
            yield NOTE, f"{size.items}件".encode()
            yield CATALOGUE, cataloguexml.document(every, {"全宗号": "Z109"}, self._charset)
            yield SCRIPT, CHECKER.read_bytes()
            yield "其他/规则/保管期限表.TXT", b"rules"

        return Source(piece=self._piece, rest=rest, forms=_forms)

    def _piece(self, place: Place, at: int) -> bytes:
        path = place.paths[at]
        self.asked.append(path)
        if path == self._stop:
            raise Trouble("写入“E盘”没有成功：设备已拔出，请重新插入后再试。")
        return f"bytes of {path}".encode()


def _forms(size: Size, names: Mapping[str, str]) -> Mapping[str, bytes]:
    return {digests.FORMS[1]: f"{size.files} {names['SHA256']}".encode()}


def make(folder: Path, maker: Maker | None = None, entries: tuple[Entry, ...] = ENTRIES, **values: Any) -> Size:
    every = places(entries)
    maker = maker or Maker()
    return mediums.write(folder, every, maker.source(every), identity="150426 2018", **values)


def by_program(folder: Path) -> set[str]:
    return {str(one) for one in mediumcheck.check(folder).faults}


def by_script(folder: Path) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-I", str(folder / SCRIPT) if (folder / SCRIPT).exists() else str(CHECKER), str(folder)],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
    )
    lines = run.stdout.decode().splitlines()
    assert run.stderr == b""
    assert (run.returncode == 0) == (lines[-1] == "核对无误")
    return {line for line in lines[:-1] if not re.match(r"共\d+件", line)}


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    make(tmp_path / "移交")
    return tmp_path / "移交"


@pytest.mark.parametrize("charset", ["GB18030", "UTF-8"])
@pytest.mark.parametrize("sm3", [False, True])
def test_a_medium_has_the_layout_and_a_stranger_finds_every_file_with_its_digest(
    tmp_path: Path, charset: str, sm3: bool
) -> None:
    size = make(tmp_path / "m", Maker(charset), names=mediums.algorithms(sm3=sm3))
    assert size.items == 3
    assert size.files == 5
    assert sorted(path.name for path in (tmp_path / "m").iterdir()) == sorted(
        ["其他", "文件目录.XML", "电子档案", NOTE]
    )
    assert by_program(tmp_path / "m") == by_script(tmp_path / "m") == set()
    raw = (tmp_path / "m" / CATALOGUE).read_bytes()
    assert '〇䶮𠮷: &lt;请假&gt; &amp; "病"' in raw.decode(charset)
    lines = cataloguexml.lines(raw)
    assert [line.ordinal for line in lines] == ["1", "2", "3"]
    assert [len(line.paths) for line in lines] == [1, 3, 1]
    assert (tmp_path / "m" / lines[1].paths[2]).read_bytes() == f"bytes of {lines[1].paths[2]}".encode()
    assert (tmp_path / "m" / digests.LISTS["SM3"]).exists() == sm3


def test_the_list_of_digests_is_read_by_another_program(medium: Path) -> None:
    run = subprocess.run(["sha256sum", "--strict", "-c", digests.LISTS["SHA256"]], cwd=medium, capture_output=True)
    assert run.returncode == 0, run.stderr


def a_byte(folder: Path) -> str:
    path = places(ENTRIES)[1].paths[1]
    raw = bytearray((folder / path).read_bytes())
    raw[3] ^= 1
    (folder / path).write_bytes(bytes(raw))
    return path


def a_loss(folder: Path) -> str:
    path = places(ENTRIES)[0].paths[0]
    (folder / path).unlink()
    return path


def a_stranger(folder: Path) -> str:
    path = "电子档案/2018/30年/0001/新建 文本文档.txt"
    (folder / path).write_bytes(b"")
    return path


def in_the_rest(folder: Path) -> str:
    (folder / "其他/desktop.ini").write_bytes(b"[x]")
    return "其他/desktop.ini"


def in_the_root(folder: Path) -> str:
    (folder / "照片.pdf").write_bytes(b"%PDF-1.4")
    return "照片.pdf"


def a_twin(folder: Path) -> str:
    path = places(ENTRIES)[0].paths[0]
    raw = (folder / CATALOGUE).read_text(encoding="utf-8")
    other = places(ENTRIES)[1].paths[0]
    (folder / CATALOGUE).write_text(raw.replace(other, path), encoding="utf-8")
    return path


def the_list(folder: Path) -> str:
    path = digests.LISTS["SHA256"]
    lines = (folder / path).read_text(encoding="utf-8").splitlines()
    (folder / path).write_text("".join(f"{line}\n" for line in lines[1:]), encoding="utf-8")
    return path


def the_form(folder: Path) -> str:
    (folder / digests.FORMS[1]).write_bytes(b"other")
    return digests.FORMS[1]


def the_end(folder: Path) -> str:
    raw = (folder / END).read_bytes()
    (folder / END).write_bytes(raw.replace("文件数：".encode(), "文件数：1".encode()))
    return END


def no_end(folder: Path) -> str:
    (folder / END).unlink()
    return END


def packed(folder: Path) -> str:
    path = places(ENTRIES)[2].paths[0]
    (folder / path).write_bytes(b"%PDF-1.7\ntrailer<</Encrypt 5 0 R>>")
    return path


@pytest.mark.parametrize(
    "spoil",
    [a_byte, a_loss, a_stranger, in_the_rest, in_the_root, a_twin, the_list, the_form, the_end, no_end, packed],
)
def test_what_is_not_right_is_named_by_program_and_script_alike(medium: Path, spoil: Callable[[Path], str]) -> None:
    path = spoil(medium)
    faults = by_program(medium)
    assert any(f"“{path}”" in one for one in faults)
    assert by_script(medium) == faults


def test_every_byte_of_a_medium_is_watched(medium: Path) -> None:
    for path in sorted(one for one in medium.rglob("*") if one.is_file()):
        raw = path.read_bytes()
        path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        assert mediumcheck.check(medium).faults, path
        path.write_bytes(raw)
    assert mediumcheck.check(medium).faults == ()


def test_a_stop_leaves_what_is_whole_and_the_next_go_asks_only_for_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    every = places(ENTRIES)
    with pytest.raises(Trouble, match="接着写完"):
        make(folder, Maker(stop=every[1].paths[1]))
    assert not (folder / END).exists()
    assert by_program(folder) == by_script(folder) == {"移交包还没有写完"}
    again = Maker()
    make(folder, again)
    assert again.asked == [every[1].paths[1], every[1].paths[2], every[2].paths[0]]
    assert by_program(folder) == by_script(folder) == set()
    assert not (folder / UNFINISHED).exists()


def test_a_file_that_a_pulled_stick_spoilt_or_whose_record_changed_is_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    every = places(ENTRIES)
    with pytest.raises(Trouble):
        make(folder, Maker(stop=every[2].paths[0]))
    (folder / every[0].paths[0]).write_bytes(b"?" * (folder / every[0].paths[0]).stat().st_size)
    (folder / UNFINISHED).write_bytes((folder / UNFINISHED).read_bytes() + b"torn")
    (folder / f"{every[2].paths[0]}.part").parent.mkdir(parents=True, exist_ok=True)
    (folder / f"{every[2].paths[0]}.part").write_bytes(b"half")
    changed = (ENTRIES[0], entry(2, count=2, pieces=(Piece(".pdf", "new"), Piece(".JPG", "2-1"))), ENTRIES[2])
    again = Maker()
    make(folder, again, changed)
    assert again.asked == [every[0].paths[0], every[1].paths[0], every[2].paths[0]]
    assert by_program(folder) == by_script(folder) == set()


def test_no_medium_is_written_over_another_or_over_other_files(medium: Path, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="已有一个写完的移交包"):
        make(medium)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "照片.jpg").write_bytes(b"x")
    with pytest.raises(Trouble, match=r"已有别的文件（如“照片\.jpg”）"):
        make(tmp_path / "other")
    half = tmp_path / "half"
    with pytest.raises(Trouble):
        make(half, Maker(stop=places(ENTRIES)[1].paths[0]))
    every = places(ENTRIES)
    with pytest.raises(Trouble, match="另一个没有写完的移交包"):
        mediums.write(half, every, Maker().source(every), identity="150426 2019")
    (half / "电子档案/2018/自己的.doc").write_bytes(b"x")
    with pytest.raises(Trouble, match=r"自己的\.doc”，请把它移走"):
        make(half)


def test_two_at_once_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "m"

    def second(count: int, total: int) -> None:
        del total
        if count == 1:
            make(folder)

    with pytest.raises(Trouble, match="正由另一个窗口写移交包"):
        make(folder, progress=second)
    make(folder)
    assert by_program(folder) == set()


def test_a_full_disk_is_said_and_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "m"
    whole = files.write

    def full(path: Path, content: bytes, *, private: bool = False) -> None:
        if path.name == places(ENTRIES)[1].paths[2].rpartition("/")[2]:
            path.with_name(path.name + ".part").write_bytes(b"ha")
            raise files.trouble(OSError(28, "no space"), path, "写入")
        whole(path, content, private=private)

    monkeypatch.setattr(files, "write", full)
    with pytest.raises(Trouble, match=r"磁盘空间不足，请清理磁盘后重试。已写好的保留在原处"):
        make(folder)
    monkeypatch.undo()
    make(folder)
    assert by_program(folder) == by_script(folder) == set()


def test_every_path_is_short_and_legal_and_no_two_are_alike_to_windows() -> None:
    bodies = ["综合/组", "综合:组", "CON", "Ａ" * 90, "Ａ" * 91, "a.", "A", " "]
    every = [
        entry(number, count=2, body=body, code=code)
        for body in bodies
        for number in (1, 10_000, 1)
        for code in ("", "Z109-WS·2018·D30·" + "办" * 80 + "-0001", "NUL.", "a?b*c/d\\e")
    ]
    paths = [path for place in places(every) for path in place.paths]
    assert len({path.casefold() for path in paths}) == len(paths)
    assert [path for path in paths if not is_legal(path)] == []
    assert max(len(path) for path in paths) <= LONGEST
    assert INDEX.startswith("其他/")
