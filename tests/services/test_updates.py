"""An update by stick: laid beside what runs and started next."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.services import updatesticks
from tests.services.exchangers import COUNTY, REGION
from tests.services.exchangers import found as office
from tests.services.updatesticks import NEXT, PIECES, lay, refused, stick, unchanged
from tuopin_desktop import __version__
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.machine import versions
from tuopin_desktop.machine.versions import Form, Installation, State
from tuopin_desktop.services.exchange import packages, sticks, updates
from tuopin_desktop.services.office import backups, upgrades
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.upgrades import News
from tuopin_desktop.store import migrations


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    return updatesticks.installation(tmp_path / "程 序", monkeypatch)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(office(tmp_path / "office", COUNTY)) as desk:
        yield desk


def test_an_update_lies_beside_what_runs_and_starts_next(place: Installation, desk: Desk, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    text = updates.take(desk, stick(tmp_path / "U"), lambda done, total: steps.append((done, total)))
    assert f"{NEXT}已备好" in text
    assert versions.read(place) == State(current=__version__, next=NEXT)
    for piece in PIECES:
        assert (place.versions / NEXT / piece.name).read_bytes() == piece.content
    if os.name != "nt":
        assert os.access(place.versions / NEXT / "tuopin-desktop", os.X_OK)
    assert steps[-1] == (len(PIECES), len(PIECES))
    assert (place.versions / __version__ / "tuopin-desktop").exists()
    assert [one.kind for one in backups.listed(desk)] == [backups.BEFORE_SWAP]
    assert upgrades.standing().next == NEXT


def test_what_is_told_before_it_is_taken_names_both_versions_and_changes_nothing(
    place: Installation, desk: Desk, tmp_path: Path
) -> None:
    of = updatesticks.update(schema=migrations.newest() + 1)
    with unchanged(place):
        text = "\n".join(updates.account(desk, stick(tmp_path / "U", of)))
    assert NEXT in text
    assert __version__ in text
    assert "签名核对无误" in text
    assert "旧版读不了新版录入的内容" in text
    assert "旧版读不了" not in "\n".join(updates.account(desk, stick(tmp_path / "U")))


def test_it_is_seen_on_the_stick_with_what_can_be_done(place: Installation, desk: Desk, tmp_path: Path) -> None:
    path = stick(tmp_path / "U")
    stick(tmp_path / "U", updatesticks.update("0.0.9"))
    stick(tmp_path / "U", updatesticks.update("9.2.0", "amiga-68000"))
    (tmp_path / "U" / "tuopin-update-x.zip").write_bytes(path.read_bytes()[:-10])
    rows = {row.path.name: row for row in sticks.look(desk, tmp_path / "U").packages}
    assert all(row.update for row in rows.values())
    states = {name: row.state for name, row in rows.items()}
    assert states.pop("tuopin-update-x.zip") == "bad"
    assert sorted(states.values()) == ["bad", "new", "other"]
    assert rows[path.name].name.startswith(f"程序更新 {NEXT}")
    updates.take(desk, path)
    rows = {row.path.name: row for row in sticks.look(desk, tmp_path / "U").packages}
    assert rows[path.name].state == "ready"


# ---------------------------------------------------------------- what does not fit here


@pytest.mark.parametrize(
    ("version", "system", "why"),
    [
        ("0.0.9", "", "旧"),
        (__version__, "", "不用再换"),
        (f"{__version__}.0", "", "不用再换"),
        (NEXT, "windows-x86_64" if os.name != "nt" else "linux-x86_64", "本机不能用"),
        (NEXT, "linux-aarch64", "本机不能用"),
    ],
)
def test_another_version_than_a_newer_one_for_this_system_is_not_taken(
    place: Installation, desk: Desk, tmp_path: Path, version: str, system: str, why: str
) -> None:
    with unchanged(place):
        text = refused(desk, stick(tmp_path / "U", updatesticks.update(version, system)))
    assert why in text


def test_an_older_one_does_not_replace_what_is_ready(place: Installation, desk: Desk, tmp_path: Path) -> None:
    updates.take(desk, stick(tmp_path / "U"))
    with unchanged(place):
        assert f"已备好的{NEXT}旧" in refused(desk, stick(tmp_path / "U", updatesticks.update("9.0.5")))
    updates.take(desk, stick(tmp_path / "U", updatesticks.update("9.2.0")))
    assert versions.read(place).next == "9.2.0"


@pytest.mark.parametrize(
    ("form", "why"), [(Form.SYSTEM, ".deb"), (Form.SOURCE, "源代码"), (Form.OTHER, "安装时的办法")]
)
def test_a_program_that_came_another_way_says_how_it_is_updated(
    place: Installation, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Form, why: str
) -> None:
    monkeypatch.setattr(versions, "installation", lambda: None)
    monkeypatch.setattr(versions, "form", lambda: form)
    assert why in refused(desk, stick(tmp_path / "U"))
    [row] = sticks.look(desk, tmp_path / "U").packages
    assert (row.state, why in row.why) == ("other", True)
    with pytest.raises(Refused, match=why):
        upgrades.back()


def test_a_checkout_knows_that_it_is_one() -> None:
    assert versions.installation() is None
    assert versions.form() is Form.SOURCE
    assert versions.form(Path("/usr/lib/tuopin-desktop/app/tuopin_desktop")) is Form.SYSTEM


def test_other_doors_say_what_an_update_is(place: Installation, desk: Desk, tmp_path: Path) -> None:
    path = stick(tmp_path / "U")
    with pytest.raises(Refused, match=r"程序的更新文件.*U盘交换"):
        packages.take(desk, path)
    with pytest.raises(Refused, match="程序的更新文件"):
        backups.look(path)
    (tmp_path / "x.zip").write_text("no", encoding="utf-8")
    assert "没有换上" in refused(desk, tmp_path / "x.zip")


# ---------------------------------------------------------------- handing down


def test_the_region_hands_down_what_it_took_for_every_system(place: Installation, tmp_path: Path) -> None:
    other = updatesticks.update(NEXT, "windows-x86_64" if os.name != "nt" else "linux-x86_64")
    with closing(office(tmp_path / "region", REGION)) as desk:
        with pytest.raises(Refused, match="没有收下可以下发的"):
            updates.hand_down(desk, tmp_path)
        for one in (updatesticks.update("9.0.1"), updatesticks.update(), other):
            updates.take(desk, stick(tmp_path / "U", one))
        assert versions.read(place).next == NEXT
        assert [one.update.version for one in updates.handouts(desk)] == [NEXT, NEXT]
        (tmp_path / "down").mkdir()
        paths = updates.hand_down(desk, tmp_path / "down")
    assert sorted(path.name for path in paths) == sorted(f"{one.name}.zip" for one in (updatesticks.update(), other))
    updatesticks.standing(place)
    mine = next(path for path in paths if versions.system() in path.name)
    with closing(office(tmp_path / "county", COUNTY)) as county:
        assert f"{NEXT}已备好" in updates.take(county, mine)
        assert updates.handouts(county) == []


def test_a_county_keeps_nothing_for_another_system(place: Installation, desk: Desk, tmp_path: Path) -> None:
    assert "本机不能用" in refused(desk, stick(tmp_path / "U", updatesticks.update(NEXT, "linux-aarch64")))
    assert not (desk.folder / updates.FOLDER).exists()


# ---------------------------------------------------------------- after the swap


def test_a_window_that_comes_up_ends_the_trial_and_lets_older_versions_go(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(place, "0.0.8")
    lay(place, "0.0.7")
    (place.versions / "9.9.part").mkdir()
    updatesticks.standing(place, previous="0.0.8", trial=__version__)
    news = upgrades.window_is_up()
    assert news == News(f"已换上新版{__version__}。旧版0.0.8仍保留，可以在“U盘交换”换回。", good=True)
    assert versions.read(place) == State(current=__version__, previous="0.0.8")
    upgrades.sweep()
    assert sorted(path.name for path in place.versions.iterdir() if path.is_dir()) == sorted(["0.0.8", __version__])
    assert upgrades.window_is_up() is None


def test_a_version_that_never_came_up_is_said_once_and_can_be_tried_again_without_a_stick(place: Installation) -> None:
    lay(place, NEXT)
    updatesticks.standing(place, failed=NEXT)
    news = upgrades.window_is_up()
    assert news is not None
    assert f"新版{NEXT}没有打开成功，已自动换回{__version__}" in news.sentence
    assert f"点“换回{NEXT}”再试" in news.sentence
    assert upgrades.window_is_up() is None
    upgrades.sweep()
    assert "数据不变" in upgrades.back()
    assert versions.read(place) == State(current=__version__, previous=NEXT, next=NEXT)
    assert versions.whole(place, NEXT)


def test_a_version_that_failed_and_is_gone_is_asked_for_again(place: Installation) -> None:
    updatesticks.standing(place, previous="0.0.8", failed=NEXT)
    news = upgrades.window_is_up()
    assert news is not None
    assert "再收一次更新文件再试" in news.sentence
    assert versions.read(place) == State(current=__version__, previous="0.0.8")


def test_nothing_is_swept_before_a_failure_is_said(place: Installation) -> None:
    lay(place, NEXT)
    updatesticks.standing(place, failed=NEXT)
    upgrades.sweep()
    assert versions.whole(place, NEXT)


def test_nothing_is_swept_while_another_window_unpacks(place: Installation) -> None:
    part = place.versions / f"{NEXT}.part"
    part.mkdir()
    with versions.changing(place):
        upgrades.sweep()
    assert part.exists()
    upgrades.sweep()
    assert not part.exists()


def _unreadable(monkeypatch: pytest.MonkeyPatch, place: Installation, winerror: int, tries: int) -> None:
    """Let another program hold the state for so many tries to read it."""
    real, left = Path.read_text, iter(range(tries))

    def read_text(path: Path, encoding: str | None = None) -> str:
        if path == place.state and next(left, None) is not None:
            error = PermissionError(13, "held")
            error.winerror = winerror  # type: ignore[attr-defined]  # the attribute of Windows
            raise error
        return real(path, encoding=encoding)

    monkeypatch.setattr(Path, "read_text", read_text)


def test_a_state_that_cannot_be_read_takes_no_version_away_and_is_said(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(place, "0.0.8")
    updatesticks.standing(place, previous="0.0.8", trial=__version__)
    before = place.state.read_bytes()
    with monkeypatch.context() as patch:
        _unreadable(patch, place, 0, 1000)
        upgrades.sweep()
        with pytest.raises(Trouble, match="读取"):
            versions.read(place)
        with pytest.raises(Trouble, match="读取"):
            upgrades.back()
        news = upgrades.window_is_up()
        assert news is not None
        assert not news.good
        assert "版本记录读不了" in upgrades.sentence(upgrades.standing())
    assert place.state.read_bytes() == before
    assert versions.whole(place, "0.0.8")


def test_a_state_that_a_scanner_holds_for_a_moment_is_read_all_the_same(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = updatesticks.standing(place, previous="0.0.8")
    _unreadable(monkeypatch, place, 32, 2)
    assert versions.read(place) == state


def test_whoever_goes_on_from_a_trial_leaves_no_trial_that_failed(place: Installation) -> None:
    lay(place, NEXT)
    updatesticks.standing(place, previous=NEXT, trial=__version__)
    upgrades.back()
    assert versions.read(place) == State(current=__version__, previous=NEXT, next=NEXT)


def test_one_can_go_back_and_on_again(place: Installation) -> None:
    lay(place, "0.0.8")
    updatesticks.standing(place, previous="0.0.8")
    assert upgrades.standing().earlier == "0.0.8"
    assert "读不了现在的数据" in upgrades.back()
    assert versions.read(place).next == "0.0.8"
    upgrades.note_tables(place, "0.0.8", migrations.newest())
    assert upgrades.back_meaning().endswith("数据不变。")


@pytest.mark.parametrize("previous", ["", "0.0.8"])
def test_a_swap_that_is_prepared_can_be_taken_back(place: Installation, previous: str) -> None:
    lay(place, NEXT)
    lay(place, "0.0.8")
    updatesticks.standing(place, previous=previous, next=NEXT)
    standing = upgrades.standing()
    assert (standing.next, standing.target) == (NEXT, __version__)
    assert upgrades.back_meaning() == standing.back
    assert f"不换{NEXT}" in upgrades.back()
    assert versions.read(place) == State(current=__version__, previous=previous)
    assert not (place.versions / NEXT).exists()
    assert upgrades.standing().target == previous


def test_going_back_can_be_taken_back_too(place: Installation) -> None:
    lay(place, "0.0.8")
    updatesticks.standing(place, previous="0.0.8")
    upgrades.back()
    assert "不换0.0.8" in upgrades.back()
    assert versions.read(place) == State(current=__version__, previous="0.0.8")
    assert versions.whole(place, "0.0.8")


def test_without_an_earlier_version_going_back_says_so(place: Installation) -> None:
    with pytest.raises(Refused, match="没有可以换回的版本"):
        upgrades.back()


def test_a_folder_of_the_program_that_is_read_only_is_said(
    place: Installation, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with unchanged(place):
        assert "不能写入" in refused(desk, stick(tmp_path / "U"))


def test_what_is_written_down_survives_what_others_wrote(place: Installation) -> None:
    place.state.write_bytes(b"current=0.1.0\r\nnext=../../x\r\nfuture=1\r\ntrial=9.9\r\n")
    assert versions.read(place) == State(current="0.1.0", trial="9.9")
    place.state.write_bytes(b"\xff\x00")
    assert versions.read(place) == State(current=place.own)
    assert msgspec.structs.fields(State)[0].name == "current"
