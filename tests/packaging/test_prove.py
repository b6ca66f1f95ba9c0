"""The proof of a Windows build: what of it needs no wine is held here: list, comparison, table, counts, hands."""

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image
from prove import bench, compare, desktop, installing, main, root, suite, table, verbs, wine
from prove.compare import Known
from prove.table import Failed, NotBuilt, Row

from tuopin_desktop.cli.parser import parser

LIST = verbs.read(verbs.LIST.read_text(encoding="utf-8"))


def test_the_list_has_every_verb_of_the_program_or_says_which_it_leaves_out() -> None:
    """Those left out ask for a number made by chance, or for a file that the region signed."""
    left_out = {"attachment", "update"}
    actions = [one for one in parser()._actions if one.choices]
    offered = {str(name) for one in actions for name in one.choices or ()}
    used = {verb.words[0] for verb in LIST}
    assert len(LIST) >= 42
    assert not {word for word in used if not word.startswith("-")} - offered - {"help"}
    assert offered - used <= left_out
    assert len({verb.name for verb in LIST}) == len(LIST)


@pytest.mark.parametrize("line", ["county", "nobody list person", "region"])
def test_a_line_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=line):
        verbs.read(f"# a comment\n\n{line}\n")


def test_what_each_verb_says_is_kept_with_its_exit_code(tmp_path: Path) -> None:
    asked: list[Sequence[str]] = []

    def program(words: Sequence[str]) -> verbs.Answer:
        asked.append(words)
        return subprocess.CompletedProcess(words, len(asked) - 1, "好".encode(), b"no")

    verbs.run(verbs.read("- --version\ncounty list person\n"), tmp_path / "run", program)
    said = {path.name: path.read_bytes() for path in (tmp_path / "run" / verbs.SAID).iterdir()}
    assert said == {
        "01-none-version.txt": "exit 0\n好\n-- errors\nno".encode(),
        "02-county-list-person.txt": "exit 1\n好\n-- errors\nno".encode(),
    }
    assert asked[0] == ["--version"]
    assert list(asked[1]) == [*verbs.OFFICES["county"], "list", "person"]


def test_two_runs_of_a_line_of_this_program_are_the_same(tmp_path: Path) -> None:
    lines = verbs.read("- --version\nnew init --level county --county 150421 --clerk 李四 --arrived 2018-06-01\n")
    for side in ("here", "there"):
        folder = tmp_path / side
        verbs.run(lines, folder, lambda words, folder=folder: bench.checkout(words, folder))  # type: ignore[misc]  # mypy takes the default for a second argument
    results = compare.compare(tmp_path / "here", tmp_path / "there", compare.known())
    assert [one.path for one in results if not one.is_good] == []
    assert {one.verdict for one in results} >= {"equal"}
    assert (tmp_path / "here" / "said" / "01-none-version.txt").read_text(encoding="utf-8").startswith("exit 0\n")


# -- the comparison


def archive(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in parts.items():
            file.writestr(f"{name}.xml", text)
    return content.getvalue()


TIMES = [
    Known("*.xlsx!core.xml", "[0-9]+", "the time"),
    Known("*.db", "", "a log"),
    Known("故障/*", "", "x", alone=True),
]


@pytest.mark.parametrize(
    ("name", "here", "there", "verdict"),
    [
        ("a.pdf", b"same", b"same", "equal"),
        ("a.pdf", b"same", b"other", "different"),
        ("a.txt", b"one\ntwo out/a", b"one\r\ntwo out\\a", "alike"),
        ("a.json", b'"out/a"', b'"out\\\\a"', "alike"),
        ("a.db", b"1", b"2", "named"),
        ("a.db", b"1", None, "only here"),
        ("a.db", None, b"1", "only there"),
        ("故障/1", None, b"1", "named"),
        ("a.xlsx", archive(core="at 12", rest="x"), archive(core="at 13", rest="x"), "alike"),
        ("a.xlsx", archive(core="at 12", rest="x"), archive(core="at 12", rest="y"), "different"),
        ("a.xlsx", archive(core="at 12"), archive(core="at 12", rest="y"), "different"),
        ("a.png", b"\xff\n", b"\xff\r\n", "different"),
    ],
)
def test_a_file_of_two_systems_is_equal_or_its_difference_has_a_name(
    tmp_path: Path, name: str, here: bytes | None, there: bytes | None, verdict: str
) -> None:
    for side, content in (("here", here), ("there", there)):
        path = tmp_path / side / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            path.write_bytes(content)
    (one,) = compare.compare(tmp_path / "here", tmp_path / "there", TIMES)
    assert (one.path, one.verdict) == (name, verdict)
    assert one.is_good is (verdict in ("equal", "alike", "named"))
    assert one.why or verdict in ("equal", "only here", "only there")


def picture(colour: int, level: int) -> bytes:
    content = io.BytesIO()
    Image.frombytes("L", (64, 64), bytes(at * colour % 251 for at in range(64 * 64))).save(
        content, "PNG", compress_level=level
    )
    return content.getvalue()


def test_a_picture_packed_otherwise_is_the_same_and_one_of_other_colours_is_not(tmp_path: Path) -> None:
    for side, level, colour in (("here", 1, 4), ("there", 9, 5)):
        (tmp_path / side).mkdir()
        (tmp_path / side / "same.png").write_bytes(picture(3, level))
        (tmp_path / side / "other.png").write_bytes(picture(colour, 9))
    other, same = compare.compare(tmp_path / "here", tmp_path / "there", [])
    assert (tmp_path / "here" / "same.png").read_bytes() != (tmp_path / "there" / "same.png").read_bytes()
    assert (same.verdict, same.why) == ("alike", "the same picture, packed by another zlib")
    assert other.verdict == "different"


def test_every_known_difference_says_why() -> None:
    assert all(len(one.why) > 5 for one in compare.known())


def test_the_counts_of_a_comparison_stand_in_one_line() -> None:
    results = [compare.Compared("a", "equal"), compare.Compared("b", "equal"), compare.Compared("c", "different")]
    assert compare.summary(results) == "3 files: 2 byte-equal, 1 DIFFERENT"


# -- the table


def test_a_row_ends_as_its_work_does_and_takes_no_other_along() -> None:
    def raises(error: Exception) -> str:
        raise error

    endings = [
        table.attempt("a", "wine", lambda: "seen"),
        table.attempt("b", "wine", lambda: raises(Failed("two pages"))),
        table.attempt("c", "wine", lambda: raises(NotBuilt("no update"))),
        table.attempt("d", "both", lambda: raises(OSError("gone"))),
    ]
    assert [(row.ending, row.seen) for row in endings] == [
        ("proved", "seen"),
        ("failed", "two pages"),
        ("not built", "no update"),
        ("failed", "OSError: gone"),
    ]
    assert not table.is_whole(endings)
    assert table.is_whole([endings[0], endings[2]])


def test_columns_stand_under_each_other_with_wide_characters_too() -> None:
    text = table.rendered([Row("window", "wine", "proved", "“总队”"), Row("报备单", "both", "failed", "x")])
    lines = text.splitlines()
    assert {table.width(line.partition(" | ")[0]) for line in (lines[0], *lines[2:])} == {6}
    assert lines[3].endswith("| failed | x")


# -- the suite, the root, the hands


def test_the_counts_of_a_room_come_from_the_report_and_known_artefacts_are_left_out(tmp_path: Path) -> None:
    report = tmp_path / "r.xml"
    report.write_text(
        "<testsuites><testsuite>"
        '<testcase classname="tests.store.test_a" name="one"/>'
        '<testcase classname="tests.store.test_a" name="two"><skipped/></testcase>'
        '<testcase classname="tests.store.test_a" name="three[x]"><failure/></testcase>'
        '<testcase classname="tests.store.test_b" name="four"><error/></testcase>'
        "</testsuite></testsuites>",
        encoding="utf-8",
    )
    counts = suite.read_report("store", report)
    assert tuple(counts) == ("store", 1, 1, ("tests/store/test_a.py::three[x]", "tests/store/test_b.py::four"))
    lines = counts.line({"tests/store/test_b.py::four": "wine"}).splitlines()
    assert lines == ["store: 1 passed, 1 skipped, 2 failed (1 wine's)", "    tests/store/test_a.py::three[x]"]


def test_every_artefact_of_wine_is_a_test_that_is_there_and_says_why() -> None:
    for name, why in suite.artefacts().items():
        path, _, test = name.partition("::")
        assert f"def {test.partition('[')[0]}(" in (suite.CHECKOUT / path).read_text(encoding="utf-8"), name
        assert len(why) > 10, name


def test_every_folder_of_tests_is_a_room() -> None:
    folders = {path.parent.name for path in (suite.CHECKOUT / "tests").glob("*/test_*.py")}
    assert folders - {"faults", "benchmarks"} <= set(suite.ROOMS)
    assert all((suite.CHECKOUT / path).exists() for room in suite.ROOMS for path in suite.paths(room))


@pytest.mark.parametrize(
    "sources",
    [
        ["Types: deb", "URIs: http://mirror.example/debian", "URIs: http://mirror.example/debian-security"],
        ["# comment", "deb [signed-by=x] http://mirror.example/debian bookworm main"],
    ],
)
def test_the_mirror_is_the_one_this_machine_uses(sources: list[str]) -> None:
    assert root.mirror(sources) == "http://mirror.example/debian"
    with pytest.raises(root.Unprovable, match="no Debian mirror"):
        root.mirror(["URIs: http://mirror.example/debian-security", "URIs: https://example.org/other"])


def test_a_job_is_described_by_its_own_words() -> None:
    job = b"%!PS-Adobe-3.0\n%%Page: 1 1\n%%PageOrientation: Landscape\n%%Page: 2 2\n%%PageOrientation: Landscape\n"
    assert desktop.described(job) == (2, "Landscape")
    with pytest.raises(Failed, match="no page"):
        desktop.described(b"%PDF-1.4")
    assert desktop.newest([Path("d1")], [Path("d1"), Path("d2")]) == Path("d2")
    with pytest.raises(Failed, match="2 jobs"):
        desktop.newest([], [Path("d1"), Path("d2")])


def test_what_does_not_come_is_waited_for_and_then_said() -> None:
    with pytest.raises(Failed, match="no window within 0 s"):
        desktop.until(lambda: False, "no window", 0)


def test_the_tree_of_a_build_is_compared_below_its_one_folder(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a.txt").write_bytes(b"1")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as file:
        file.writestr("TuopinDesktop/", "")
        file.writestr("TuopinDesktop/a.txt", "1")
    assert bench.archived(tmp_path / "b.zip") == bench.digests(tmp_path / "tree")


def test_a_command_inside_gets_only_what_it_is_given(tmp_path: Path) -> None:
    windows = wine.Windows(root.Root(tmp_path), display=":78")
    command = windows.root.command(["wine", "x"], windows.variables)
    assert command[:4] == ["chroot", str(tmp_path), "env", "-i"]
    assert "WINEPREFIX=/prove/windows" in command
    assert "DISPLAY=:78" in command
    assert windows.program == tmp_path / "prove/windows/drive_c/users/张 三/AppData/Local/Programs/TuopinDesktop"


def test_the_command_line_names_a_room_that_is_there() -> None:
    assert main.options(["out", "--suite", "store", "--suite", "top"]).suite == ["store", "top"]
    with pytest.raises(SystemExit):
        main.options(["out", "--suite", "cellar"])


def test_two_programs_are_timed_in_turns() -> None:
    turns: list[str] = []
    first, second = installing.seconds_of((lambda: turns.append("a"), lambda: turns.append("b")), times=2)
    assert turns == ["a", "b"] * 3
    assert min(first, second) >= 0


def test_where_a_window_lies_is_read_from_the_systems_own_account() -> None:
    account = """
  Absolute upper-left X:  -4
  Absolute upper-left Y:  23
  Relative upper-left X:  0
  Width: 1366
  Height: 745
"""
    assert desktop.place_in(account) == (-4, 23, 1362, 768)


# -- the root is never emptied through what is the host's


@pytest.fixture
def asked_of_the_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Everything that would be run as root, noted and answered: apt-get fails inside, `mount` and the rest succeed."""
    asked: list[list[str]] = []

    def run(words: Sequence[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append([str(word) for word in words])
        if asked[-1][0] == "debootstrap":
            for name in ("usr/sbin", "etc", "proc", "dev"):
                (Path(asked[-1][-2]) / name).mkdir(parents=True)
        return subprocess.CompletedProcess(words, int("apt-get" in asked[-1]), b"", b"no network")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(os, "name", "posix")
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(root, "apt_sources", lambda: ["deb http://mirror.example/debian trixie main"])
    monkeypatch.setattr(root, "MOUNTS", tmp_path / "mounts")
    (tmp_path / "mounts").write_text("/dev/sda1 / ext4 rw 0 0\n", encoding="utf-8")
    return asked


def test_a_root_that_could_not_be_furnished_leaves_nothing_bound_and_is_begun_again(
    tmp_path: Path, asked_of_the_host: list[list[str]]
) -> None:
    folder = tmp_path / "root"
    for _ in range(2):
        asked_of_the_host.clear()
        with pytest.raises(root.Unprovable, match="no network"):
            root.ready(folder)
        bound = [words[-1] for words in asked_of_the_host if words[0] == "mount"]
        assert bound == [str(folder / "proc"), str(folder / "dev")]
        assert [words[-1] for words in asked_of_the_host if words[0] == "umount"] == bound[::-1]


def test_what_cannot_be_bound_leaves_nothing_bound(
    tmp_path: Path, asked_of_the_host: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer: Callable[..., subprocess.CompletedProcess[bytes]] = subprocess.run

    def run(words: Sequence[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        said = answer(words, **options)
        failed = words[0] == "mount" and words[2] == "/dev"
        return subprocess.CompletedProcess(words, 1) if failed else said

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(root.Unprovable, match="/dev could not be bound"):
        root.Root(tmp_path).enter()
    assert ["umount", "-l", str(tmp_path / "proc")] in asked_of_the_host


def test_a_root_with_a_mount_below_is_not_emptied(tmp_path: Path, asked_of_the_host: list[list[str]]) -> None:
    folder = tmp_path / "ein root"
    with pytest.raises(root.Unprovable):
        root.ready(folder)
    (folder / "dev" / "sda").touch()
    name = str(folder / "dev").replace(" ", "\\040")
    root.MOUNTS.write_text(f"/dev/sda1 / ext4 rw 0 0\nudev {name} devtmpfs rw 0 0\n", encoding="utf-8")
    asked_of_the_host.clear()
    with pytest.raises(root.Unprovable, match="is mounted; nothing was removed"):
        root.ready(folder)
    assert (folder / "dev" / "sda").exists()
    assert asked_of_the_host == []


def test_a_folder_that_is_no_root_is_not_emptied(tmp_path: Path, asked_of_the_host: list[list[str]]) -> None:
    folder = tmp_path / "照片"
    folder.mkdir()
    (folder / "1.jpg").touch()
    with pytest.raises(root.Unprovable, match="holds other files; nothing was removed"):
        root.ready(folder)
    with pytest.raises(root.Unprovable, match="is a file"):
        root.ready(folder / "1.jpg")
    assert (folder / "1.jpg").exists()
    assert asked_of_the_host == []


def test_the_next_suite_begins_with_an_empty_folder(
    tmp_path: Path, asked_of_the_host: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer: Callable[..., subprocess.CompletedProcess[bytes]] = subprocess.run

    def run(words: Sequence[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        if words[0] == "debootstrap":
            assert [one.name for one in Path(str(words[-2])).iterdir()] == [root.BEGUN]
        said = answer(words, **options)
        return subprocess.CompletedProcess(words, 1) if words[0] == "debootstrap" else said

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(root.Unprovable, match="debootstrap had none of"):
        root.ready(tmp_path / "root")
    assert [words[3] for words in asked_of_the_host if words[0] == "debootstrap"] == list(root.SUITES)
