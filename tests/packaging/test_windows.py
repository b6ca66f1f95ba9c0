"""The program for Windows: what is declared once, what is refused, and that the same comes out each time."""

import hashlib
import io
import itertools
import os
import re
import shutil
import struct
import subprocess
import sys
import tomllib
import xml.etree.ElementTree
import zipfile
from pathlib import Path

import dev
import pytest
from bundle import archive, parts, tree, versions
from bundle.archive import Entry
from bundle.tree import Fault, Kit, Tree
from linux import launch
from windows import build, program, qt, runtime, tools

LAUNCHER = build.HERE / "launcher"
TABLE = dev.ROOT / "packaging" / "launch_table.tsv"
CC = shutil.which("cc") or shutil.which("gcc")

# ---------------------------------------------------------------- which version starts


@pytest.fixture(scope="module")
def decide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if CC is None:
        pytest.skip("no C compiler is here; the launcher's decision is in C")
    path = tmp_path_factory.mktemp("decide") / "decide"
    source = Path(__file__).with_name("decide.c")
    subprocess.run([CC, "-std=c11", "-Wall", "-Wextra", "-Werror", "-I", LAUNCHER, "-o", path, source], check=True)
    return path


def _answers(decide: Path, questions: list[tuple[str, str]]) -> list[list[str]]:
    lines = "".join(f"{whole}\t{state}\n" for whole, state in questions)
    done = subprocess.run([decide], input=lines, capture_output=True, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_the_launcher_follows_the_table_row_by_row(decide: Path) -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    rows = [line.replace("-", "").split("\t") for line in lines]
    answers = _answers(decide, [(whole, before) for whole, before, *_ in rows])
    assert len(rows) > 15
    for (_, _, start, after, *why), answer in zip(rows, answers, strict=True):
        assert answer[:2] == [start, after], why


def test_both_launchers_decide_alike_in_every_state(decide: Path) -> None:
    names = ("", "1.9", "1.10", "2.0.1")
    states = list(itertools.product(names, repeat=5))
    wholes = [some for size in range(4) for some in itertools.combinations(names[1:], size)]
    cases = list(itertools.product(wholes, states))
    answers = _answers(decide, [(" ".join(whole), ",".join(state)) for whole, state in cases])
    for (whole, values), (start, after, standing) in zip(cases, answers, strict=True):
        state = dict(zip(launch.FIELDS, values, strict=True))
        expected, then = launch.decide(state, set(whole))
        assert (start, after, standing) == (expected, ",".join(then.values()), launch.standing(state, set(whole)))


def test_what_is_no_version_is_not_read_from_the_state(decide: Path) -> None:
    junk = ["1", "1.", ".1", "1..2", "1.2.3.4.5", "1.0rc1", "..", "a", "1.0-"]
    answers = _answers(decide, [("1.0", f"{text},,,,") for text in junk])
    assert {tuple(answer) for answer in answers} == {("1.0", "1.0,,,,", "1.0")}
    long = "1" * 60 + ".0"  # more than the launcher has room for
    assert _answers(decide, [("1.0", f"{long},,,,")]) == [["1.0", "1.0,,,,", "1.0"]]


def test_the_launcher_tells_only_the_start_that_noted_a_trial_that_it_is_one() -> None:
    source = (LAUNCHER / "launcher.c").read_text(encoding="utf-8")
    assert source.count("put(trial, ") == 1
    assert "if (write_state(&after))\n        put(trial, after.trial);" in source
    assert 'L"TUOPIN_TRIAL="' in source
    telling, run = source.index("    tell_trial(trial);"), source.index("return run(start")
    assert source.index("choose(plain, start, trial)") < telling < run  # before Python is loaded, which reads it once


def test_the_launcher_reads_nothing_before_it_has_the_lock() -> None:
    source = (LAUNCHER / "launcher.c").read_text(encoding="utf-8")
    body = source[source.index("static void choose(") : source.index("static int tell_trial(")]
    steps = ["plain && grab()", "list_versions()", "read_state(&state)", "decide(&state"]
    assert [body.count(step) for step in steps] == [1] * len(steps)
    assert sorted(steps, key=body.index) == steps


# ---------------------------------------------------------------- declared once


@pytest.mark.parametrize(
    ("major", "number", "too_old"),
    [(6, 7601, True), (6, 9600, True), (10, 17134, True), (10, 17762, True), (10, 17763, False), (10, 26100, False)],
)
def test_windows_before_10_1809_is_refused(major: int, number: int, too_old: bool) -> None:
    assert program.is_too_old(major, number) == too_old


def test_launcher_and_installer_refuse_by_the_same_numbers_in_the_same_words() -> None:
    source = (LAUNCHER / "launcher.c").read_text(encoding="utf-8")
    script = (build.HERE / "installer.nsi").read_text(encoding="utf-8")
    assert f"#define OLDEST_BUILD {program.OLDEST_BUILD}\n" in program.header()
    assert f'!define OLDEST_BUILD "{program.OLDEST_BUILD}"\n' in program.definitions("1.2.3", 1)
    assert "dwMajorVersion < 10 || (answer.dwMajorVersion == 10 && answer.dwBuildNumber < OLDEST_BUILD)" in source
    assert "${If} $0 < 10" in script
    assert "${If} $0 = 10\n    ${AndIf} $2 < ${OLDEST_BUILD}" in script
    assert script.count('Refuse 3 "${TOO_OLD}"') == 2
    for text in (program.header(), program.definitions("1.2.3", 1)):
        assert program.TOO_OLD in text
    assert not set(program.TOO_OLD) & set('"$\\\n')  # no sign that C or the installer's script would read otherwise


def test_every_name_the_installer_uses_is_defined() -> None:
    script = (build.HERE / "installer.nsi").read_text(encoding="utf-8")
    defined = set(re.findall(r"!define (\w+)", script + program.definitions("1.2.3", 1)))
    used = {name for name in re.findall(r"\$\{([A-Z_]+)\}", script) if not name.startswith("MUI_")}
    assert used <= defined | {"WORK", "OUT", "PREFIX", "CODE", "SENTENCE"}


def test_the_version_stands_in_both_launchers_and_the_installer() -> None:
    text = program.resources("1.2.3", program.CONSOLE)
    assert "FILEVERSION 1,2,3,0\n" in text
    assert 'VALUE "ProductVersion", L"1.2.3"' in text
    assert f'VALUE "OriginalFilename", L"{program.CONSOLE}"' in text
    assert '!define VERSION_OF_FILE "1.2.3.0"\n' in program.definitions("1.2.3", 1)


def test_the_manifest_asks_for_long_paths_sharp_text_and_no_administrator() -> None:
    root = xml.etree.ElementTree.parse(LAUNCHER / "launcher.manifest").getroot()
    values = {element.tag.rpartition("}")[2]: (element.text or "").strip() for element in root.iter()}
    attributes = {k: v for element in root.iter() for k, v in element.attrib.items()}
    assert values["longPathAware"] == "true"
    assert values["dpiAwareness"].startswith("PerMonitorV2")
    assert attributes["Id"] == "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"  # Windows 10 and 11
    assert attributes["level"] == "asInvoker"
    assert "activeCodePage" not in values  # a file that Notepad saved is read by the system's own code page


def test_neither_installer_nor_uninstaller_clears_a_folder_that_is_not_the_programs() -> None:
    script = (build.HERE / "installer.nsi").read_text(encoding="utf-8")
    cleared = set(re.findall(r"RMDir /r (.*)", script))
    assert cleared
    assert all(place.startswith(('"${VERSIONS}', '"${PART}')) for place in cleared)
    assert '!define VERSIONS "$INSTDIR\\versions"' in script
    assert '!define PART "${VERSIONS}\\' in script
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script


# ---------------------------------------------------------------- what goes in


def _tree(folder: Path) -> tuple[Tree, Path]:
    laid, top = folder / "tree", folder / "top"
    for name in ("python/python313.dll", "lib/a/b.py", "lib/a.py", "app/tuopin_desktop/名.toml"):
        (laid / name).parent.mkdir(parents=True, exist_ok=True)
        (laid / name).write_text(name, encoding="utf-8")
    top.mkdir()
    (top / program.WINDOW).write_bytes(b"MZ")
    return Tree(laid, "1.2.3", 1_000_000_000), top


def test_the_archive_holds_launchers_one_version_and_its_state(tmp_path: Path) -> None:
    laid, top = _tree(tmp_path)
    archive.write_zip(tmp_path / "x.zip", build.entries(laid, top), laid.epoch)
    with zipfile.ZipFile(tmp_path / "x.zip") as content:
        assert content.namelist() == sorted(content.namelist())
        assert set(content.namelist()) == {
            "TuopinDesktop/脱贫总队.exe",
            "TuopinDesktop/versions/1.2.3/app/tuopin_desktop/名.toml",
            "TuopinDesktop/versions/1.2.3/lib/a.py",
            "TuopinDesktop/versions/1.2.3/lib/a/b.py",
            "TuopinDesktop/versions/1.2.3/python/python313.dll",
            "TuopinDesktop/versions/state",
        }
        (tmp_path / "state").write_bytes(content.read("TuopinDesktop/versions/state"))
    state = launch.read(tmp_path / "state")
    assert launch.decide(state, {"1.2.3"}) == ("1.2.3", state)


def test_a_tree_made_later_with_other_rights_packs_to_the_same_archive(tmp_path: Path) -> None:
    contents: list[bytes] = []
    for name in ("one", "two"):
        laid, top = _tree(tmp_path / name)
        for path in laid.folder.rglob("*.py"):
            os.utime(path, (len(contents) + 5, 5))
            path.chmod(0o600 if contents else 0o755)
        archive.write_zip(tmp_path / f"{name}.zip", build.entries(laid, top), laid.epoch)
        contents.append((tmp_path / f"{name}.zip").read_bytes())
    assert contents[0] == contents[1]


def test_a_zip_from_before_1980_cannot_be_asked_for_by_accident(tmp_path: Path) -> None:
    archive.write_zip(tmp_path / "x.zip", [Entry("a", b"a")], tree.EARLIEST)
    with zipfile.ZipFile(tmp_path / "x.zip") as content:
        assert content.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_the_installer_lays_every_file_where_it_belongs_in_order_of_names(tmp_path: Path) -> None:
    laid, _ = _tree(tmp_path)
    lines = build.commands(laid.folder, "${PART}").splitlines()
    assert [line.removeprefix("SetOutPath ").strip('"') for line in lines if line.startswith("SetOutPath")] == [
        "${PART}\\app\\tuopin_desktop",
        "${PART}\\lib",
        "${PART}\\lib\\a",
        "${PART}\\python",
    ]
    assert [line for line in lines if line.startswith("File")] == [
        f'File "{laid.folder}/{name}"'
        for name in ("app/tuopin_desktop/名.toml", "lib/a.py", "lib/a/b.py", "python/python313.dll")
    ]


WITH_TOOLS = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in tools.PACKAGES), reason="the tools for Windows are not installed here"
)


@WITH_TOOLS
@pytest.mark.nightly
def test_the_installer_of_a_small_tree_made_at_two_times_is_the_same(tmp_path: Path) -> None:
    contents: list[bytes] = []
    for name in ("one", "two"):
        work = tmp_path / name
        laid, top = _tree(work)
        shutil.rmtree(top)
        build.make_top(Kit(Path(sys.executable), None), work, laid.version)
        for path in work.rglob("*"):
            os.utime(path, (len(contents) + 5, 5 + len(contents)))
        build.write_installer(laid, top, work, work / "small.exe")
        contents.append((work / "small.exe").read_bytes())
    assert contents[0] == contents[1]


def test_a_version_without_order_is_refused_with_its_name() -> None:
    with pytest.raises(Fault, match=r"1\.2\.0rc1"):
        versions.place("1.2.0rc1")


def test_of_qt_for_windows_stays_what_is_imported_whatever_the_letters_of_a_library(tmp_path: Path) -> None:
    folder = tmp_path / "PySide6"
    contents = {
        "__init__.py": b"",
        "QtCore.pyd": b"..Qt6Core.dll\0pyside6.abi3.dll",
        "QtQml.pyd": b"..Qt6Qml.dll\0",
        "pyside6.abi3.dll": b"VCRUNTIME140.dll",
        "Qt6Core.dll": b"MSVCP140.dll\0",
        "Qt6Qml.dll": b"",
        "Qt6Svg.dll": b"",
        "opengl32sw.dll": b"",
        "msvcp140.dll": b"",
        "vcruntime140.dll": b"",
        "concrt140.dll": b"",
        "lupdate.exe": b"",
        "plugins/platforms/qwindows.dll": b"Qt6Core.dll",
        "plugins/platforms/qdirect2d.dll": b"",
        "plugins/iconengines/qsvgicon.dll": b"Qt6Svg.dll",
        "translations/qtbase_zh_CN.qm": b"",
        "translations/qtbase_de.qm": b"",
    }
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    parts.trim_qt(tmp_path, {"QtCore"}, qt.LAYOUT)
    gone = {"QtQml.pyd", "Qt6Qml.dll", "opengl32sw.dll", "concrt140.dll", "lupdate.exe"}
    gone |= {"plugins/platforms/qdirect2d.dll", "translations/qtbase_de.qm"}
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert left == set(contents) - gone


def test_the_forwarder_hands_on_every_stable_name() -> None:
    names = "#define EXPORT_FUNC(name) \\\n    x\nEXPORT_FUNC(PyList_New)\nEXPORT_DATA(PyExc_OSError)\n"
    assert runtime.forwarder_definition(names.replace("#define EXPORT_FUNC(name)", "#define X")) == (
        "LIBRARY python3.dll\nEXPORTS\n"
        "  PyExc_OSError = python313.PyExc_OSError DATA\n"
        "  PyList_New = python313.PyList_New\n"
    )


@WITH_TOOLS
def test_the_forwarder_holds_nothing_of_the_folder_it_was_made_in(tmp_path: Path) -> None:
    names = tmp_path / "python3dll.c"
    names.write_text("EXPORT_FUNC(PyList_New)\n", encoding="ascii")
    contents: list[bytes] = []
    for folder in ("one", "another-folder"):
        (tmp_path / folder).mkdir()
        runtime.forwarder(names, tmp_path / folder, tmp_path / folder / "python3.dll")
        contents.append((tmp_path / folder / "python3.dll").read_bytes())
    assert contents[0] == contents[1]


# ---------------------------------------------------------------- what is refused


def _archive(contents: dict[str, bytes]) -> zipfile.ZipFile:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in contents.items():
            made.writestr(name, content)
    return zipfile.ZipFile(buffer)


def test_a_part_of_the_runtime_is_held_against_its_digest(tmp_path: Path) -> None:
    files = {"vcruntime140.dll": hashlib.sha256(b"right").hexdigest()}
    runtime.take_files(_archive({"deploy_libs/VCRUNTIME140.dll": b"right"}), files, tmp_path)
    assert (tmp_path / "vcruntime140.dll").read_bytes() == b"right"
    with pytest.raises(Fault, match=r"vcruntime140\.dll is not what was declared"):
        runtime.take_files(_archive({"deploy_libs/VCRUNTIME140.dll": b"wrong"}), files, tmp_path)
    with pytest.raises(Fault, match=r"lacks vcruntime140\.dll"):
        runtime.take_files(_archive({"deploy_libs/other.dll": b"right"}), files, tmp_path)


def test_a_source_that_a_person_laid_in_is_held_against_its_digest(tmp_path: Path) -> None:
    declared = runtime.declared()
    (tmp_path / declared.source["name"]).write_bytes(b"another")
    with pytest.raises(Fault, match="is not what was declared"):
        runtime.source_archive(Kit(Path(sys.executable), tmp_path), tmp_path, declared)


def test_the_embeddable_python_is_taken_when_a_person_laid_it_in(tmp_path: Path) -> None:
    declared = runtime.declared()
    (tmp_path / declared.embed).write_bytes(b"")
    assert runtime.runtime_archive(Kit(Path(sys.executable), tmp_path), tmp_path, declared) == tmp_path / declared.embed


@pytest.mark.parametrize("answer", [(1, "Python Software Foundation"), (0, "somebody else"), (1, "")])
def test_a_signature_that_is_broken_or_another_persons_is_refused(
    answer: tuple[int, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, signer = answer
    declared = runtime.declared()
    printed = declared.signer if signer == "Python Software Foundation" else f"Subject: /CN={signer}"
    monkeypatch.setattr(tools, "run", lambda *_: subprocess.CompletedProcess([], code, printed))
    monkeypatch.setattr(tools, "system_roots", lambda: runtime.HERE / "root.pem")
    (tmp_path / "python313.dll").write_bytes(b"MZ")
    with pytest.raises(Fault, match=r"python313\.dll does not bear a valid signature"):
        runtime.check_signature(tmp_path / "python313.dll", declared)
    monkeypatch.setattr(tools, "run", lambda *_: subprocess.CompletedProcess([], 0, declared.signer))
    runtime.check_signature(tmp_path / "python313.dll", declared)


def test_every_part_of_the_runtime_has_a_digest_and_nothing_of_the_network_is_in_it() -> None:
    declared = runtime.declared()
    assert all(re.fullmatch(r"[0-9a-f]{64}", sha256) for sha256 in declared.files.values())
    assert {"python313.dll", "_sqlite3.pyd", "_ctypes.pyd"} <= set(declared.files)
    assert not [name for name in declared.files if "ssl" in name or "crypto" in name]
    lock = (runtime.HERE / "runtime.lock").read_text(encoding="utf-8")
    assert re.fullmatch(r"#.*\npanda3d==\S+ \\\n    --hash=sha256:[0-9a-f]{64}\n", lock)
    assert tomllib.loads((runtime.HERE / "runtime.toml").read_text(encoding="utf-8"))["python"] == runtime.TARGET[1]


def test_everything_missing_is_said_in_one_sentence_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _tool: None)
    monkeypatch.setattr(tools, "bytecode_of", lambda _python: 0)
    with pytest.raises(Fault) as fault:
        tools.check()
    sentence = str(fault.value)
    assert "\n" not in sentence
    assert all(package in sentence for package in tools.PACKAGES.values())
    assert "apt-get install" in sentence
    assert "python3.13" in sentence


def test_the_python_that_compiles_is_known_by_its_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    monkeypatch.setitem(tools.BYTECODE, here, tools.bytecode_of(Path(sys.executable)))
    assert tools.python_of(here) == Path(sys.executable)
    monkeypatch.setitem(tools.BYTECODE, here, 1)
    with pytest.raises(Fault, match=f"python{here}"):
        tools.python_of(here)


# ---------------------------------------------------------------- the icon


def test_the_icon_holds_every_size_that_windows_asks_for(tmp_path: Path) -> None:
    icon, side = tmp_path / "x.ico", tmp_path / "x.bmp"
    drawing = dev.ROOT / "resources" / "icons" / "app.svg"
    command: list[str | Path] = [sys.executable, build.HERE / "icon.py", drawing, icon, side]
    subprocess.run(command, check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    content = icon.read_bytes()
    kind, count = struct.unpack_from("<HH", content, 2)
    entries = [struct.unpack_from("<BBBBHHII", content, 6 + 16 * index) for index in range(count)]
    assert kind == 1
    assert [entry[0] or 256 for entry in entries] == [16, 20, 24, 32, 40, 48, 64, 256]
    assert entries[-1][7] + entries[-1][6] == len(content)
    assert content[entries[-1][7] :].startswith(b"\x89PNG")
    assert side.read_bytes()[:2] == b"BM"
