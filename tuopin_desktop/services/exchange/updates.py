"""A new version of the program by stick: looked at, proved, laid beside the one that runs, handed down by the region.

Nothing that runs is touched: the new version lies beside it and starts when the program is opened next time. Who may
give one is the project alone, by its signature; an office only carries it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.versions import newer
from tuopin_desktop.exchange import updatefile
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.updatefile import Update
from tuopin_desktop.machine import files, versions
from tuopin_desktop.machine.filekinds import Kind
from tuopin_desktop.machine.paths import RESOURCES
from tuopin_desktop.machine.versions import Piece
from tuopin_desktop.services.office import backups, upgrades, wrongfiles
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import migrations

FOLDER = "updates"
"""Where the region office keeps what it hands down."""
ENDING = ".zip"
_BEGINNING = "tuopin-update-"
KEY = RESOURCES / "update.pub"
"""The public key of the project; who has its other half makes updates."""
_DONE = "没有换上，现在的程序没有变"
_SYSTEMS = {versions.WINDOWS: "Windows", versions.LINUX: "Linux"}
Progress = Callable[[int, int], None]


class ProvedUpdate(msgspec.Struct, frozen=True, kw_only=True):
    """An update the project signed: `state` is new, ready (laid beside, starts next), same, older or other.

    `why` says more of one that cannot be swapped in here. Of one that was only glanced at the program itself is not
    proved yet.
    """

    update: Update
    path: Path
    state: str
    why: str = ""

    @property
    def system(self) -> str:
        """Return for which system it is, as a clerk calls it."""
        return _SYSTEMS.get(self.update.system, self.update.system)


def glance(path: Path) -> ProvedUpdate:
    """Say what a file says of itself, its signature proved but not every byte of it: for lists. Raises Refused."""
    try:
        update, length = updatefile.glance(files.start(path, updatefile.START), _public())
        if path.stat().st_size != length:
            raise Unsound("文件不完整")
    except OSError as error:
        raise files.trouble(error, path, "读取") from error
    except Unsound as error:
        raise _refused(path, error) from error
    return _seen(update, path)


def inspect(path: Path) -> tuple[ProvedUpdate, memoryview]:
    """Prove every byte of a file and return what it says and the packed program; raises Refused, Trouble."""
    try:
        update, tree = updatefile.read(files.read(path, updatefile.MAX_FILE), _public())
    except Unsound as error:
        raise _refused(path, error) from error
    return _seen(update, path), tree


def _public() -> bytes:
    return files.read(KEY, 4096)


def _refused(path: Path, error: Unsound) -> Refused:
    wrong = None
    if not path.name.startswith(_BEGINNING):  # what is left of a cut one may look like something else
        wrong = wrongfiles.refusal(path, Kind.UPDATE, Kind.BROKEN, Kind.REPACKED, code="damaged", message=_DONE)
    text = f"更新文件“{path.name}”没有通过检查（{error}），{_DONE}。请重新拷贝，或向发放程序的单位索取"
    return wrong or refuse("damaged", text)


def _seen(update: Update, path: Path) -> ProvedUpdate:
    state, why = _fits(update)
    return ProvedUpdate(update=update, path=path, state=state, why=why)


def _fits(update: Update) -> tuple[str, str]:
    """Return what can be done with an update here, and why not."""
    standing = upgrades.standing()
    if update.system != versions.system():
        name = _SYSTEMS.get(update.system, update.system)
        return "other", f"这是给{name}电脑的更新，本机不能用，{_DONE}"
    if standing.next == update.version:
        return "ready", f"{update.version}已备好，关闭程序后再打开就换上"
    ahead = standing.next or standing.running
    if not newer(update.version, ahead):
        same = not newer(ahead, update.version)
        if same:
            return "same", f"本机已是{ahead}，不用再换"
        mine = "本机已备好的" if standing.next else "本机的"
        return "older", f"更新文件是{update.version}，比{mine}{ahead}旧，{_DONE}"
    if standing.hindrance:
        return "other", standing.hindrance
    return "new", ""


def account(desk: Desk, path: Path, progress: Progress | None = None) -> list[str]:
    """Say what an update is and what becomes of it; nothing is written. Raises Refused where it is of no use here."""
    del progress  # it takes moments: a file is read and hashed
    proved, _ = inspect(path)
    if proved.state != "new" and not (proved.state == "other" and desk.level is Level.REGION):
        raise refuse("update", proved.why, "file")
    update = proved.update
    lines = [
        f"程序 {update.version}（{update.date}，{proved.system}），签名核对无误，是本程序的发布者签发的。",
        f"本机现在是 {upgrades.standing().running}。",
    ]
    if proved.state == "new":
        size = update.unpacked // 1_000_000 + 1
        lines += [
            f"换上：先备份数据，再把新版放在旧版旁边（占{size} MB），关闭程序后再打开时换上。",
            "旧版保留着：新版打不开的话，再打开一次自动换回旧版；以后也可以在这里换回。",
        ]
        if update.schema > migrations.newest():
            lines.append("新版会改动数据的存法，改之前另做备份；换上以后旧版读不了新版录入的内容。")
    if desk.level is Level.REGION:
        lines.append("收下后可以随数据包下发给各单位（勾选“带程序更新”）。")
    return lines + ([proved.why] if proved.why else [])


def take(desk: Desk, path: Path, progress: Progress | None = None) -> str:
    """Lay an update beside the version that runs, so that it starts next; return what becomes of it.

    A checked copy of the data is made first. The region office keeps the file to hand it down, also one for another
    system. Raises Refused, Trouble, and then the program starts as before.
    """
    desk.require(Act.UPDATE)
    proved, tree = inspect(path)
    if desk.level is Level.REGION and proved.state in ("new", "other", "same", "ready"):
        _keep(desk, proved)
        if proved.state != "new":
            return f"已收下{proved.system}的{proved.update.version}，可以随数据包下发。{proved.why}。"
    if proved.state != "new":
        raise refuse("update", proved.why, "file")
    update, place = proved.update, upgrades.installed()
    with versions.changing(place):
        copy = backups.make(desk, backups.BEFORE_SWAP).path
        try:
            versions.unpack(place, update.version, _counted(update, tree, progress), update.unpacked)
        except Unsound as error:
            raise _refused(path, error) from error
        upgrades.note_tables(place, place.own, migrations.newest())
        upgrades.note_tables(place, update.version, update.schema)
        state = versions.read(place)
        versions.write(place, msgspec.structs.replace(state, next=update.version, failed=""))
    return f"{update.version}已备好，关闭程序后再打开就换上；旧版保留。数据已备份为“{copy.name}”。"


def _counted(update: Update, tree: memoryview, progress: Progress | None) -> Iterator[Piece]:
    for count, piece in enumerate(updatefile.unpack(update, tree), 1):
        if progress is not None:
            progress(count, update.pieces)
        yield piece


# -- handing down


def _keep(desk: Desk, proved: ProvedUpdate) -> None:
    """Keep a file to hand it down, the newest for each system; raises Trouble."""
    folder = desk.folder / FOLDER
    target = folder / f"{proved.update.name}{ENDING}"
    before = [one for one in handouts(desk) if one.update.system == proved.update.system]
    if any(newer(one.update.version, proved.update.version) for one in before):
        return
    files.make_folder(folder)
    if target != proved.path:
        files.write(target, files.read(proved.path, updatefile.MAX_FILE))
    for one in before:
        if one.path != target:
            files.remove(one.path)


def handouts(desk: Desk) -> list[ProvedUpdate]:
    """Return the updates kept here to hand down, by system; what does not hold any more is left out."""
    proved = []
    for path in sorted((desk.folder / FOLDER).glob(f"{_BEGINNING}*{ENDING}")):
        try:
            proved.append(glance(path))
        except (Refused, Trouble):
            continue
    return proved


def has_handout(desk: Desk, proved: ProvedUpdate) -> bool:
    """Tell whether an update is kept here already to hand it down."""
    return (desk.folder / FOLDER / f"{proved.update.name}{ENDING}").exists()


def handout_words(desk: Desk) -> str:
    """Return which updates go down with the data packages when that is wanted, "" for none."""
    return "、".join(f"{one.update.version}（{one.system}）" for one in handouts(desk))


def hand_down(desk: Desk, folder: Path) -> list[Path]:
    """Copy the kept updates to a stick beside the data packages, proved once more; raises Refused for none, Trouble."""
    desk.require(Act.UPDATE)
    paths = []
    for one in handouts(desk):
        inspect(one.path)
        target = folder / one.path.name
        files.write(target, files.read(one.path, updatefile.MAX_FILE))
        paths.append(target)
    if not paths:
        raise refuse("update", "本单位没有收下可以下发的程序更新，请先在“U盘交换”收下更新文件（命令行：update take）")
    return paths
