"""Hostile updates and disks that fail under them: the old program starts, and a sentence says why."""

import errno
import os
import re
import shutil
import signal
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import disks
from tests.services import updatesticks
from tests.services.exchangers import COUNTY
from tests.services.exchangers import found as office
from tests.services.updatesticks import KEY, NEXT, PIECES, members, named, refused, signed, stick, tree_of, unchanged
from tuopin_desktop import __version__
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.exchange import frame, secretkey, updatefile
from tuopin_desktop.exchange.updatefile import Key
from tuopin_desktop.machine import files, versions
from tuopin_desktop.machine.versions import Installation, Piece
from tuopin_desktop.services.exchange import updates
from tuopin_desktop.services.office import backups, offices
from tuopin_desktop.services.office.desk import Desk


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    return updatesticks.installation(tmp_path / "程 序", monkeypatch)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(office(tmp_path / "office", COUNTY)) as desk:
        yield desk


# ---------------------------------------------------------------- what is wrong with the file


def _other_key(path: Path) -> Path:
    content, _, name = secretkey.make()
    path.write_bytes(updatefile.write(Key(secretkey.secret_of(content)[0], name), updatesticks.update(), PIECES))
    return path


def _same_key_id(path: Path) -> Path:
    content, _, _ = secretkey.make()
    path.write_bytes(updatefile.write(Key(secretkey.secret_of(content)[0], KEY.name), updatesticks.update(), PIECES))
    return path


def _unsigned(path: Path) -> Path:
    parts = members(path)
    del parts["tagmanifest-sha256.txt.minisig"]
    path.write_bytes(frame.join(parts))
    return path


def _truncated(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-100])
    return path


def _cut_in_the_label(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:90])
    return path


def _flipped(path: Path) -> Path:
    raw = bytearray(path.read_bytes())
    raw[-700] ^= 1
    path.write_bytes(bytes(raw))
    return path


def _swapped_program(path: Path) -> Path:
    parts = members(path)
    parts[updatefile.TREE] = tree_of(named("tuopin-desktop", b"evil"))
    path.write_bytes(frame.join(parts))
    return path


def _swapped_label(path: Path) -> Path:
    parts = members(path)
    parts["bag-info.txt"] = parts["bag-info.txt"].replace(b"9.1.0", b"9.9.0")
    path.write_bytes(frame.join(parts))
    return path


def _more_behind(path: Path) -> Path:
    path.write_bytes(path.read_bytes() + b"PK")
    return path


def _repacked(path: Path) -> Path:
    folder = path.parent / "unpacked"
    for name, content in members(path).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    path.unlink()
    shutil.make_archive(str(path.with_suffix("")), "zip", folder)
    return path


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (_other_key, "不是本程序的发布者签的"),
        (_same_key_id, "不是本程序的发布者签的"),
        (_unsigned, "签名已损坏或被改动"),
        (_truncated, "不完整|已损坏"),
        (_cut_in_the_label, "不完整"),
        (_flipped, "不符|已损坏"),
        (_swapped_program, "不符"),
        (_swapped_label, "不符"),
        (_more_behind, "末尾"),
        (_repacked, "解压以后又压缩过|已损坏或被改动"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_file_that_is_not_what_the_project_signed_is_not_taken(
    place: Installation, desk: Desk, tmp_path: Path, harm: Callable[[Path], Path], why: str
) -> None:
    path = harm(stick(tmp_path / "U"))
    with unchanged(place):
        text = refused(desk, path)
    assert any(one in text for one in why.split("|")), text
    assert "没有换上，现在的程序没有变" in text
    assert backups.listed(desk) == []


def _bomb() -> bytes:
    return tree_of(named("tuopin-desktop"), named("zeros", bytes(40_000_000)))


HOSTILE = {
    "above": (tree_of(named("../evil"), named("tuopin-desktop")), 2, 2),
    "above inside": (tree_of(named("lib/../../evil"), named("tuopin-desktop")), 2, 2),
    "absolute": (tree_of(named("/etc/evil"), named("tuopin-desktop")), 2, 2),
    "drive": (tree_of(named("C:/evil"), named("tuopin-desktop")), 2, 2),
    "backslash": (tree_of(named("lib\\..\\..\\evil"), named("tuopin-desktop")), 2, 2),
    "device": (tree_of(named("lib/NUL.txt"), named("tuopin-desktop")), 2, 2),
    "stream": (tree_of(named("lib/a.txt:evil"), named("tuopin-desktop")), 2, 2),
    "dot at the end": (tree_of(named("lib./a"), named("tuopin-desktop")), 2, 2),
    "link": (tree_of(named("lib", kind=tarfile.SYMTYPE), named("tuopin-desktop")), 1, 2),
    "hard link": (tree_of(named("lib", kind=tarfile.LNKTYPE), named("tuopin-desktop")), 1, 2),
    "device file": (tree_of(named("lib", kind=tarfile.CHRTYPE), named("tuopin-desktop")), 1, 2),
    "twice": (tree_of(named("Lib/a"), named("lib/A"), named("tuopin-desktop")), 3, 3),
    "file and folder": (tree_of(named("lib"), named("lib/a"), named("tuopin-desktop")), 3, 3),
    "long": (tree_of(named("/".join(["a" * 60] * 5)), named("tuopin-desktop")), 2, 2),
    "bomb": (_bomb(), 2, 2),
    "one more": (tree_of(named("a"), named("b"), named("tuopin-desktop")), 3, 2),
    "one less": (tree_of(named("tuopin-desktop")), 1, 2),
    "not packed": (b"not packed at all", 1, 1),
    "half": (tree_of(named("tuopin-desktop", bytes(range(256)) * 99))[:-50], 256 * 99, 1),
    "nothing to start": (tree_of(named("a"), named("b")), 2, 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_the_project_signed_by_mistake_reaches_nothing_outside_its_own_folder(
    place: Installation, desk: Desk, tmp_path: Path, name: str
) -> None:
    tree, unpacked, pieces = HOSTILE[name]
    path = signed(stick(tmp_path / "U"), tree, unpacked, pieces)
    before = {one for one in tmp_path.rglob("*") if "office" not in one.parts and one.suffix != ".lock"}
    with unchanged(place):
        text = refused(desk, path)
    assert "没有" in text
    assert {one for one in tmp_path.rglob("*") if "office" not in one.parts and one.suffix != ".lock"} == before


# ---------------------------------------------------------------- what the world says


class _Cut(BaseException):
    """The power goes."""


def _points(monkeypatch: pytest.MonkeyPatch, count: int, fault: Callable[[], BaseException]) -> list[str]:
    """Let the `count`th step of unpacking and swapping fail; return the steps that were gone."""
    gone: list[str] = []

    def failing(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **options: object) -> object:
            gone.append(name)
            if len(gone) == count:
                raise fault()
            return real(*args, **options)

        return step

    modules: dict[str, object] = {"_write": versions, "_clear": versions, "_room": versions, "fsync": os}
    modules |= {"flush_folder": files, "replace": files}
    for name, module in modules.items():
        monkeypatch.setattr(module, name, failing(name, getattr(module, name)))
    return gone


def _steps(desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    with monkeypatch.context() as patch:
        gone = _points(patch, 0, OSError)
        updates.take(desk, path)
    return len(gone)


def _afresh(place: Installation) -> None:
    shutil.rmtree(place.versions / NEXT, ignore_errors=True)
    shutil.rmtree(place.versions / f"{NEXT}.part", ignore_errors=True)
    (place.versions / "tables").unlink(missing_ok=True)
    updatesticks.standing(place)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_fails_at_any_step_leaves_the_old_program_and_says_why(
    place: Installation, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = stick(tmp_path / "U")
    whole = _steps(desk, path, monkeypatch)
    assert whole > 8
    for count in range(1, whole + 1):
        _afresh(place)
        with monkeypatch.context() as patch:
            gone = _points(patch, count, lambda: OSError(number, os.strerror(number)))
            try:
                text = updates.take(desk, path)
            except Trouble as trouble:
                text = trouble.sentence
        assert versions.read(place).current == __version__
        started = versions.read(place).next
        assert started in ("", NEXT)
        assert ("已备好" in text) == (started == NEXT), (gone[-1], text)
        if started:
            assert all((place.versions / NEXT / one.name).read_bytes() == one.content for one in PIECES)
        else:
            assert re.search("没有成功|没有保存", text)
            assert not versions.whole(place, f"{NEXT}.part")


def test_power_cut_at_any_step_leaves_the_old_program_or_the_new_one_whole(
    place: Installation, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stick(tmp_path / "U")
    whole = _steps(desk, path, monkeypatch)
    for count in range(1, whole + 1):
        _afresh(place)
        with monkeypatch.context() as patch:
            _points(patch, count, _Cut)
            patch.setattr(versions, "_discard", lambda _: None)  # nobody tidies up after a power cut
            with pytest.raises(_Cut):
                updates.take(desk, path)
        state = versions.read(place)
        assert state.current == __version__
        assert versions.whole(place, __version__)
        if versions.whole(place, NEXT):
            assert all((place.versions / NEXT / one.name).read_bytes() == one.content for one in PIECES)
        else:
            assert state.next == ""
        if state.next != NEXT:  # and the next try goes through
            assert f"{NEXT}已备好" in updates.take(desk, path)


def test_every_file_is_flushed_before_the_version_gets_its_name(
    place: Installation, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stick(tmp_path / "U")
    with monkeypatch.context() as patch:
        steps = _points(patch, 0, OSError)
        updates.take(desk, path)
    unpacking = steps[steps.index("_write") : len(steps) - steps[::-1].index("_clear")]
    after = [unpacking[at + 1] for at, step in enumerate(unpacking) if step == "_write"]
    assert after == ["fsync"] * len(PIECES)
    assert "replace" not in unpacking


def test_a_disk_that_gives_back_something_else_is_noticed(
    place: Installation, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = stick(tmp_path / "U"), Path.read_bytes
    worn = lambda one: b"?" if one.name == "a.bin" else real(one)  # noqa: E731 - a disk in one line
    with unchanged(place), monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", worn)
        text = refused(desk, path)
    assert "读写设备出错" in text


def _killed() -> BaseException:
    os.kill(os.getpid(), signal.SIGKILL)
    return SystemExit()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed by itself after a fork")
def test_a_process_killed_at_a_step_leaves_the_old_program(
    place: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path / "office", COUNTY).close()
    path = stick(tmp_path / "U")
    for count in range(2, 60, 9):
        _afresh(place)
        child = os.fork()
        if child == 0:
            _points(monkeypatch, count, _killed)
            updates.take(offices.open_desk(tmp_path / "office"), path)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        state = versions.read(place)
        assert state.current == __version__
        assert versions.whole(place, __version__)
        assert state.next == "" or versions.whole(place, state.next)
        if os.WIFEXITED(status):
            assert state.next == NEXT
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
    with closing(offices.open_desk(tmp_path / "office")) as desk:
        assert backups.listed(desk)


def test_a_stick_that_is_pulled_says_so(
    place: Installation, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stick(tmp_path / "U")
    shutil.rmtree(tmp_path / "U")
    with unchanged(place):
        assert "没有成功" in refused(desk, path)


def test_cancelled_in_the_middle_nothing_is_left(place: Installation, desk: Desk, tmp_path: Path) -> None:
    def cancel(done: int, _total: int) -> None:
        if done == 2:
            raise _Cut

    with unchanged(place), pytest.raises(_Cut):
        updates.take(desk, stick(tmp_path / "U"), cancel)


def test_too_little_room_is_said_before_anything_is_written(
    place: Installation, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with unchanged(place):
        assert "磁盘空间不足" in refused(desk, stick(tmp_path / "U"))


def test_a_real_disk_that_fills_while_unpacking_leaves_the_old_program(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with disks.mounted(tmp_path / "disk", "size=1m") as disk:
        place = updatesticks.installation(disk, monkeypatch)
        monkeypatch.setattr(versions, "_room", lambda *_: None)
        large = (*PIECES, Piece("lib/large.bin", os.urandom(2_000_000)))
        with unchanged(place):
            assert "磁盘空间不足" in refused(desk, stick(tmp_path / "U", pieces=large))
        disks.remount(disk, "ro")
        with unchanged(place):
            assert "不能写入" in refused(desk, stick(tmp_path / "U"))


def test_two_windows_do_not_unpack_at_once(place: Installation, desk: Desk, tmp_path: Path) -> None:
    path = stick(tmp_path / "U")
    with versions.changing(place), unchanged(place):
        assert "另一个窗口正在换版本" in refused(desk, path)
