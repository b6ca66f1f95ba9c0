"""Making an update: a built version signed by a key that lies outside the repository, and what is refused."""

import shutil
from pathlib import Path

import dev
import pytest
import updates as making

from tests.services import updatesticks
from tuopin_desktop import __version__
from tuopin_desktop.exchange import minisign, updatefile
from tuopin_desktop.machine import versions
from tuopin_desktop.machine.paths import RESOURCES
from tuopin_desktop.store import migrations


def _tree(folder: Path, version: str = __version__) -> Path:
    for piece in updatesticks.PIECES:
        path = folder / piece.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(piece.content)
        path.chmod(0o755 if piece.executable else 0o644)
    own = folder / making.OWN
    own.parent.mkdir(parents=True)
    shutil.copy(Path(migrations.__file__), own)
    info = folder / "app" / "x-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: x\nVersion: {version}\n", encoding="utf-8")
    return folder


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(making, "PUBLIC", tmp_path / "update.pub")
    making.make_key(tmp_path / "secret.key")
    return tmp_path / "secret.key"


def test_a_built_version_becomes_a_file_that_proves_itself(tmp_path: Path, secret: Path) -> None:
    path = making.sign(_tree(tmp_path / "tree"), secret, tmp_path / "out")
    update, packed = updatefile.read(path.read_bytes(), making.PUBLIC.read_bytes())
    assert (update.version, update.system, update.schema) == (__version__, versions.LINUX, migrations.newest())
    pieces = {piece.name: piece for piece in updatefile.unpack(update, packed)}
    assert pieces["lib/a.bin"].content == updatesticks.PIECES[2].content
    assert making.OWN in pieces
    again = making.sign(tmp_path / "tree", secret, tmp_path / "again")
    assert again.read_bytes() == path.read_bytes()


def test_a_tree_for_windows_is_told_by_its_python(tmp_path: Path) -> None:
    tree = _tree(tmp_path / "tree")
    (tree / "tuopin-desktop").unlink()
    with pytest.raises(making.Fault, match="for which system"):
        making.system_of(tree)
    (tree / "python").mkdir()
    (tree / "python" / "python313.dll").write_bytes(b"")
    assert making.system_of(tree) == versions.WINDOWS


def test_another_source_another_key_or_a_link_makes_no_update(
    tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(making.Fault, match=r"version 9\.9"):
        making.sign(_tree(tmp_path / "other", "9.9"), secret, tmp_path)
    tree = _tree(tmp_path / "tree")
    (tree / making.OWN).write_text("STEPS = ()\n", encoding="utf-8")
    with pytest.raises(making.Fault, match="other tables"):
        making.sign(tree, secret, tmp_path)
    with pytest.raises(making.Fault, match="no built version"):
        making.sign(tmp_path, secret, tmp_path)
    (tree / "link").symlink_to("lib")
    with pytest.raises(making.Fault, match="is a link"):
        making.pieces_of(tree)
    monkeypatch.setattr(making, "PUBLIC", RESOURCES / "update.pub")
    with pytest.raises(making.Fault, match="not the other half"):
        making.sign(tree, secret, tmp_path)


def test_a_secret_key_never_lies_in_the_repository_and_none_is_written_over(secret: Path) -> None:
    with pytest.raises(making.Fault, match="in the repository"):
        making.make_key(dev.ROOT / "new.key")
    with pytest.raises(making.Fault, match="in the repository"):
        making.key_in(dev.ROOT / "new.key")
    with pytest.raises(making.Fault, match="there already"):
        making.make_key(secret)
    assert secret.stat().st_mode & 0o077 == 0


def test_no_secret_key_is_in_the_tree() -> None:
    for folder in ("packaging", "resources", "tests", "tuopin_desktop", "docs"):
        for path in (dev.ROOT / folder).rglob("*.key"):
            pytest.fail(f"{path} looks like a key")
    assert minisign.key_of((RESOURCES / "update.pub").read_bytes())[1]


@pytest.mark.parametrize(
    "argv",
    [["sign-update"], ["sign-update", "a", "b"], ["sign-update", "--new-key"], ["sign-update", "a", "b", "c", "d"]],
)
def test_a_command_that_lacks_something_is_refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(argv) == 2
    assert "Usage" in capsys.readouterr().err


def test_a_wrong_file_as_key_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.key").write_bytes(b"untrusted comment: x\nAAAA\n")
    assert making.main([str(tmp_path), str(tmp_path / "x.key"), str(tmp_path)]) == 1
    assert "私钥" in capsys.readouterr().err
