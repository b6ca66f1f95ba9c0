"""The packages for Linux: what is in them, what they ask for, and that they come out the same twice."""

import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import dev
import pip_call
import pytest
import system_packages
from bundle import archive, parts, tree
from bundle.archive import Entry
from bundle.tree import Fault, Tree
from linux import build, launch, qt

WITH_SHELL = pytest.mark.skipif(os.name == "nt", reason="the launcher is a shell script and ships on Linux only")


# ---------------------------------------------------------------- archives


def _files(folder: Path) -> Path:
    for name, text in {"b/c.txt": "c", "a.txt": "a", "b/start": "#!/bin/sh", "b/名.txt": "n"}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "b/start").chmod(0o755)
    return folder


def _deb(path: Path, folder: Path) -> bytes:
    entries = [*archive.below(folder, "usr/lib/x"), Entry("usr/bin/x", b"", link="../lib/x/b/start")]
    archive.write_deb(path, {"control": b"Package: x\n"}, entries, 1_000_000)
    return path.read_bytes()


def test_a_tree_made_later_by_another_user_packs_to_the_same_bytes(tmp_path: Path) -> None:
    one, two = _files(tmp_path / "one"), _files(tmp_path / "two")
    for path in sorted(two.rglob("*"), reverse=True):
        os.utime(path, (5, 5))
        if path.suffix == ".txt":
            path.chmod(0o600)
    assert _deb(tmp_path / "1.deb", one) == _deb(tmp_path / "2.deb", two)


def _members(content: bytes) -> dict[str, bytes]:
    """Read an ar archive by the book: a line of 60 bytes before each member, members at even places."""
    assert content[:8] == b"!<arch>\n"
    members, at = {}, 8
    while at < len(content):
        head = content[at : at + 60].decode("ascii")
        size = int(head[48:58])
        assert head[58:] == "`\n"
        members[head[:16].strip()] = content[at + 60 : at + 60 + size]
        at += 60 + size + size % 2
    return members


def test_a_deb_is_number_control_and_data_with_root_as_owner_and_plain_rights(tmp_path: Path) -> None:
    members = _members(_deb(tmp_path / "x.deb", _files(tmp_path / "tree")))
    assert list(members) == ["debian-binary", "control.tar.xz", "data.tar.xz"]
    assert members["debian-binary"] == b"2.0\n"
    with tarfile.open(fileobj=io.BytesIO(members["data.tar.xz"])) as data:
        infos = {info.name: info for info in data}
    assert {(info.uname, info.gname, info.uid, info.gid, info.mtime) for info in infos.values()} == {
        ("root", "root", 0, 0, 1_000_000)
    }
    assert list(infos)[1:] == sorted(list(infos)[1:])
    assert infos["./usr/lib/x/b"].isdir()
    assert infos["./usr/bin/x"].linkname == "../lib/x/b/start"
    names = ("./usr/lib/x/a.txt", "./usr/lib/x/b/名.txt", "./usr/lib/x/b", "./usr")
    assert [oct(infos[name].mode) for name in names] == ["0o644", "0o644", "0o755", "0o755"]
    if os.name != "nt":
        assert infos["./usr/lib/x/b/start"].mode == 0o755


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="Debian's own reader of packages is not installed")
def test_dpkg_reads_the_package(tmp_path: Path) -> None:
    _deb(tmp_path / "x.deb", _files(tmp_path / "tree"))
    command = ["dpkg-deb", "--extract", str(tmp_path / "x.deb"), str(tmp_path / "out")]
    subprocess.run(command, check=True)
    assert (tmp_path / "out/usr/bin/x").resolve() == tmp_path / "out/usr/lib/x/b/start"


# ---------------------------------------------------------------- what goes in


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("peewee.py", "peewee.py"),
        ("x-1.data/purelib/x/a.py", "x/a.py"),
        ("x-1.data/scripts/x", None),
        ("x-1.dist-info/RECORD", None),
        ("x-1.dist-info/METADATA", "x-1.dist-info/METADATA"),
        ("x-1.dist-info/licenses/LICENSE", "x-1.dist-info/licenses/LICENSE"),
        ("PySide6/QtCore.pyi", None),
        ("../x.py", None),
        ("/x.py", None),
        ("x/", None),
    ],
)
def test_of_a_wheel_goes_in_what_the_program_needs(name: str, place: str | None) -> None:
    assert parts.place_of(name) == place


def _small_qt(packages: Path) -> Path:
    folder = packages / "PySide6"
    contents = {
        "__init__.py": b"",
        "QtCore.abi3.so": b"..libQt6Core.so.6\0",
        "QtQml.abi3.so": b"..libQt6Qml.so.6\0",
        "lupdate": b"",
        "Qt/lib/libQt6Core.so.6": b"libicuuc.so.73\0 GLIBC_2.9 GLIBC_2.17",
        "Qt/lib/libicuuc.so.73": b"libicudata.so.73\0",
        "Qt/lib/libicudata.so.73": b"",
        "Qt/lib/libQt6Qml.so.6": b"",
        "Qt/lib/libQt6XcbQpa.so.6": b"",
        "Qt/plugins/platforms/libqxcb.so": b"libQt6XcbQpa.so.6",
        "Qt/plugins/platforms/libqvnc.so": b"libQt6Qml.so.6",
        "Qt/translations/qtbase_zh_CN.qm": b"",
        "Qt/translations/qtbase_de.qm": b"",
        "Qt/qml/QtQuick/plugin.so": b"",
    }
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_of_qt_stays_what_the_program_imports_and_every_library_that_names(tmp_path: Path) -> None:
    folder = _small_qt(tmp_path)
    parts.trim_qt(tmp_path, {"QtCore"}, qt.LAYOUT)
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        "Qt/lib/libQt6Core.so.6",
        "Qt/lib/libQt6XcbQpa.so.6",
        "Qt/lib/libicudata.so.73",
        "Qt/lib/libicuuc.so.73",
        "Qt/plugins/platforms/libqxcb.so",
        "Qt/translations/qtbase_zh_CN.qm",
        "QtCore.abi3.so",
        "__init__.py",
    ]
    assert not (folder / "Qt/qml").exists()
    assert qt.newest_glibc(tmp_path) == 17


def test_the_modules_of_qt_are_read_from_the_program() -> None:
    modules = parts.qt_modules(dev.ROOT / "tuopin_desktop")
    assert {"QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg"} <= modules


def test_the_lock_has_no_wheel_that_a_glibc_of_uos_could_not_load() -> None:
    system, python = build.TARGET
    assert system.tags[0] == f"manylinux_2_{qt.GLIBC}_x86_64"
    assert python == build.PYTHON


# ---------------------------------------------------------------- the .deb


def _tree(folder: Path, version: str = "1.2.0rc1") -> Tree:
    build.add_starters(folder)
    app = folder / "app" / "tuopin_desktop"
    app.mkdir(parents=True)
    (app / "__init__.py").write_text("", encoding="utf-8")
    return Tree(folder, version, 1_000_000)


def _control(laid: Tree) -> tuple[dict[str, str], dict[str, bytes]]:
    files = build.control_files(laid, build.deb_entries(laid))
    lines = [line for line in files["control"].decode("utf-8").splitlines() if not line.startswith(" ")]
    return dict(line.split(": ", 1) for line in lines), files


def test_control_asks_for_the_python_of_the_wheels_and_all_that_qt_loads(tmp_path: Path) -> None:
    control, _ = _control(_tree(tmp_path))
    depends = control["Depends"].split(", ")
    assert f"python{build.PYTHON}" in depends
    assert set((system_packages.CORE | system_packages.WINDOW).values()) <= set(depends)
    assert control["Recommends"] == "libcups2"
    assert (control["Version"], control["Architecture"]) == ("1.2.0~rc1", "amd64")


def test_the_deb_has_no_script_that_could_touch_a_home_and_a_sum_for_every_file(tmp_path: Path) -> None:
    laid = _tree(tmp_path)
    _, files = _control(laid)
    assert set(files) == {"control", "md5sums"}
    entries = build.deb_entries(laid)
    listed = [line[34:] for line in files["md5sums"].decode("utf-8").splitlines()]
    assert listed == sorted(entry.name for entry in entries if not entry.link)
    assert {entry.name.split("/")[0] for entry in entries} == {"usr"}


def _with_licences(laid: Tree) -> Tree:
    licences = laid.folder / "app/tuopin_desktop/resources/licences.txt"
    licences.parent.mkdir()
    licences.write_text("", encoding="utf-8")
    return laid


def test_links_of_the_deb_lead_into_the_tree(tmp_path: Path) -> None:
    entries = build.deb_entries(_with_licences(_tree(tmp_path)))
    names = {entry.name for entry in entries}
    links = [entry for entry in entries if entry.link]
    assert links
    assert all(os.path.normpath(Path(entry.name).parent / entry.link) in names for entry in links)


def test_the_tar_holds_a_launcher_and_the_tree_as_its_first_version(tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    folder.mkdir()
    entries = {entry.name: entry for entry in build.tar_entries(_with_licences(_tree(folder, "1.2.0")))}
    top = "tuopin-desktop-1.2.0-linux-x86_64"
    assert not [name for name, entry in entries.items() if entry.link]
    assert {f"{top}/{name}" for name in build.LAUNCHERS} <= set(entries)
    assert {f"{top}/versions/1.2.0/{name}" for name in build.STARTERS} <= set(entries)
    state = entries[f"{top}/versions/state"].content
    assert isinstance(state, bytes)
    (tmp_path / "state").write_bytes(state)
    fields = launch.read(tmp_path / "state")
    assert launch.decide(fields, {"1.2.0"}) == ("1.2.0", fields)


def test_a_pre_release_has_no_place_among_versions(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"1\.2\.0rc1"):
        build.tar_entries(_with_licences(_tree(tmp_path)))


def test_the_menu_entry_speaks_chinese_and_starts_the_program() -> None:
    lines = (build.HERE / "tuopin-desktop.desktop").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    fields = dict(line.split("=", 1) for line in lines[1:])
    assert fields["Name"] == "脱贫攻坚工作总队管理"
    assert (fields["Exec"], fields["Icon"], fields["Type"]) == (build.NAME, build.NAME, "Application")
    assert "MimeType" not in fields


@pytest.mark.parametrize(
    ("version", "expected"), [("1.2.0", "1.2.0"), ("1.2.0rc1", "1.2.0~rc1"), ("1.2.0.dev3", "1.2.0~dev3")]
)
def test_a_pre_release_comes_before_its_release(version: str, expected: str) -> None:
    assert build.debian_version(version) == expected


# ---------------------------------------------------------------- the launcher


def _tool(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def _start(tree: Path, tools: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the launcher through a link, with nothing on the path but the system's small tools and ours."""
    for name in ("sh", "dirname", "readlink", "uname"):
        if not (tools / name).exists():
            (tools / name).symlink_to(str(shutil.which(name)))
    link = tools / "tuopin-desktop"
    link.symlink_to(tree / "tuopin-desktop")
    command = [str(link), *words]
    return subprocess.run(
        command, env={"PATH": str(tools)}, capture_output=True, text=True, encoding="utf-8", check=False
    )


@WITH_SHELL
@pytest.mark.parametrize(
    ("processor", "words"), [("x86_64", "需要 Python 3.11"), ("aarch64", "aarch64")], ids=["python", "processor"]
)
def test_what_the_launcher_lacks_it_says_in_chinese(processor: str, words: str, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    _tool(tools, "uname", f"echo {processor}")
    _tool(tools, "python3", "exit 1")
    (tmp_path / "tree").mkdir()
    _tree(tmp_path / "tree")
    done = _start(tmp_path / "tree", tools)
    assert done.returncode == 1
    assert words in done.stderr


@WITH_SHELL
def test_the_launcher_takes_python3_when_it_is_the_right_one_and_hands_on_what_was_typed(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    _tool(tools, "uname", "echo x86_64")
    _tool(tools, "python3", 'case "$3" in -c) exit 0;; esac; printf "%s\\n" "$@"')
    (tmp_path / "tree").mkdir()
    _tree(tmp_path / "tree")
    done = _start(tmp_path / "tree", tools, "slip", "--pdf", "a b.pdf")
    assert done.stdout.splitlines() == ["-I", "-S", "-B", f"{tmp_path}/tree/start.py", "slip", "--pdf", "a b.pdf"]


# ---------------------------------------------------------------- commands


@pytest.mark.parametrize(
    "argv",
    [
        ["build"],
        ["build", "rpm", "out"],
        ["build", "deb"],
        ["build", "deb", "out", "more"],
        ["build", "deb", "--wheelhouse", "w"],
        ["setup", "--wheelhouse"],
        ["wheelhouse"],
        ["wheelhouse", "a", "b"],
    ],
)
def test_a_command_that_lacks_its_folder_or_has_too_much_is_refused(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(argv) == 2
    assert "Usage" in capsys.readouterr().err


def test_an_empty_wheelhouse_is_said_with_the_command_that_fills_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["setup", "--wheelhouse", str(tmp_path)]) == 1
    assert f"dev.py wheelhouse {tmp_path}" in capsys.readouterr().err


def test_bytecode_holds_neither_time_nor_place(tmp_path: Path) -> None:
    contents: list[list[bytes]] = []
    for name in ("one", "two"):
        folder = tmp_path / name
        for part in ("app", "lib"):
            (folder / part).mkdir(parents=True)
            (folder / part / "a.py").write_text("def f(x):\n    return x in {'a', 'b', 'c'}\n", encoding="utf-8")
        os.utime(folder / "app" / "a.py", (len(contents), len(contents)))
        tree.compile_bytecode(Path(sys.executable), folder)
        contents.append([path.read_bytes() for path in sorted(folder.rglob("*.pyc"))])
    assert len(contents[0]) == 2
    assert contents[0] == contents[1]
    assert all(content[4:8] == b"\x01\0\0\0" for content in contents[0])  # by hash, and the hash is not looked at
    assert not any(str(tmp_path).encode() in content for content in contents[0])


def test_a_wheelhouse_set_up_asks_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[list[str], bool]] = []

    def pip(_python: Path, args: list[str], *, sources: bool) -> subprocess.CompletedProcess[bytes]:
        calls.append((args, sources))
        return subprocess.CompletedProcess([], 0)

    monkeypatch.setattr(pip_call, "pip", pip)
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    assert dev.install(tmp_path)
    [(args, sources)] = calls
    at = args.index("--no-index")
    assert args[at : at + 3] == ["--no-index", "--find-links", str(tmp_path.resolve())]
    assert "--require-hashes" in args
    assert not sources


def test_unpacked_wheels_lie_side_by_side(tmp_path: Path) -> None:
    for name in ("a", "b"):
        with zipfile.ZipFile(tmp_path / f"{name}-1-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}/__init__.py", "")
            wheel.writestr(f"{name}-1.data/scripts/{name}", "")
    parts.unpack(tmp_path.glob("*.whl"), tmp_path / "lib")
    assert sorted(path.name for path in (tmp_path / "lib").iterdir()) == ["a", "b"]
