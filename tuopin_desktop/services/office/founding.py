"""Setting an office up as the first start asks it: the office, its people, the recovery code, the place of copies."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain import passwords
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.roles import Role
from tuopin_desktop.exchange import recoverycode
from tuopin_desktop.machine import files
from tuopin_desktop.machine import rooms as disks
from tuopin_desktop.machine.clock import Clock, ShiftedClock
from tuopin_desktop.machine.rooms import Room
from tuopin_desktop.services.office import backups, offices, recovery, rescue, settings, users, vaults
from tuopin_desktop.services.office import desk as desks
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import memo, pinyin
from tuopin_desktop.store.database import discard
from tuopin_desktop.store.store import DATABASE

_HALF, _YEAR = 184, 364
"""Days before the end of the term until which practice begins as of today; the days of fifty-two weeks."""
PLACE_FOLDER = "工作总队备份"
"""What the folder of the copies on another disk is called."""
_REST = "单位已经建立；备份没有放到所选的位置：{why}请到“设置·备份”点“另存位置…”重选。"


class Ground(rescue.Bench):
    """The folder on which an office is to stand; takes the place of the desk in the worker thread.

    `origin` is the folder it began with, `anew` where data were lost for good; `sample` fills a practice office before
    anybody sees it.
    """

    def __init__(
        self, folder: Path, clock: Clock, *, anew: bool = False, sample: Callable[[Desk], object] | None = None
    ) -> None:
        super().__init__(folder, clock)
        self.origin, self.anew, self.sample = folder, anew, sample


class Member(msgspec.Struct, frozen=True):
    """Somebody who is to use this PC; the password is "" for who works alone without one."""

    name: str
    roles: frozenset[Role]
    password: str = ""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """The office that is wanted: `county` is a county or league code, "" for the region; `place` None for later.

    The first of the members is there to run the office. `code` is the recovery code that lies on paper already.
    """

    level: str
    county: str
    practice: bool
    members: tuple[Member, ...]
    place: Path | None
    patient: bool
    code: str


class Site(msgspec.Struct, frozen=True):
    """The folder of the data, the free bytes there, and the disks that a copy can go to."""

    folder: Path
    free: int
    rooms: tuple[Room, ...]


class CodePaper(msgspec.Struct, frozen=True):
    """A recovery code that opens nothing yet, its paper, the fonts to print it, the mark of a practice office."""

    code: str
    sheet: Sheet
    fonts: dict[str, Path]
    mark: str


def site(ground: Ground) -> Site:
    """Look at the disks; nothing is touched."""
    return Site(ground.folder, disks.free_at(ground.folder), tuple(disks.rooms(ground.folder)))


def move(ground: Ground, folder: Path) -> Site:
    """Put the office into another folder; raises Refused where one stands, Trouble where nothing can be written."""
    if offices.is_office(folder) or offices.has_copies(folder):
        raise Trouble(f"“{folder}”里已经有单位的数据。要打开它，请退出后从它的快捷方式打开；要新建，请换一个空文件夹。")
    files.make_folder(folder)
    probe = folder / ".tuopin-probe"
    files.write(probe, b"")
    files.remove(probe)
    ground.folder = folder
    return site(ground)


def place_in(room: Room) -> Path:
    """Return the folder of the copies on a disk."""
    return room.root / PLACE_FOLDER


def code_paper(ground: Ground, office: str, by: str, *, practice: bool) -> CodePaper:
    """Return a new recovery code with its paper; it opens the data once the office is founded with it."""
    code = recoverycode.new_code()
    fonts = desks.fonts()
    sheet = compose(recovery.form(), recovery.fields(code, office, day_words(ground.clock.today()), by), fonts)
    return CodePaper(code, sheet, fonts.files(), desks.PRACTICE_MARK if practice else "")


def code_pdf(paper: CodePaper) -> bytes:
    """Return the paper of a code ready for printing elsewhere."""
    return pdfs.render([paper.sheet], desks.fonts(), title="恢复码", mark=paper.mark)


def fault_of(name: str, password: str) -> str:
    """Return why a password is not taken of somebody, "" when it is."""
    return passwords.fault(password, pinyin.spellings(name))


def establish(ground: Ground, wish: Wish) -> str:
    """Set the office up, all of it or nothing; return what is left to be said of the place of the copies, mostly "".

    Raises Refused or Trouble, and then nothing was made.
    """
    folder = ground.folder
    first = wish.members[0]
    offices.create(
        folder,
        level=wish.level,
        county=wish.county,
        clerk=first.name,
        practice=wish.practice,
        clock=ground.clock,
        anew=ground.anew,
    )
    desk = None
    try:
        desk = offices.open_desk(folder, ground.clock)
        _fill(desk, wish, ground.sample)
        return _place(desk, wish)
    except BaseException:
        if desk is not None:
            desk.close()
            desk = None
        _take_away(folder)
        raise
    finally:
        if desk is not None:
            desk.close()


def restore(ground: Ground, path: Path) -> str:
    """Put a copy where the office is to stand; return what is said of it. Raises Refused, Locked, Trouble."""
    files.make_folder(ground.folder)
    rescue.restore(ground, path)
    return f"已恢复备份“{path.name}”：单位、人员、全部记录都在"


def _fill(desk: Desk, wish: Wish, sample: Callable[[Desk], object] | None) -> None:
    vaults.set_code(desk.folder, wish.code)
    if wish.practice and sample is not None:
        _go_back(desk)
        sample(desk)
    for one in wish.members:
        users.add(desk, one.name, one.roles, one.password)
    settings.choose(desk, settings.BACKUP_PATIENT.key, wish.patient)


def _go_back(desk: Desk) -> None:
    """Let practice play in a year of the teams: whole weeks earlier, so that a Tuesday stays one.

    After their term no slip is due any more, and there would be little to try.
    """
    late = (desk.clock.today() - desk.policy.day("term.end")).days + _HALF
    if late > 0:
        days = -(-late // _YEAR) * _YEAR
        settings.choose(desk, settings.PRACTICE_DAYS.key, days)
        desk.clock = ShiftedClock(days) if type(desk.clock) is Clock else desk.clock


def _place(desk: Desk, wish: Wish) -> str:
    """A stick that was pulled out meanwhile is no reason to take the office away."""
    if wish.place is None:
        return ""
    try:
        files.make_folder(wish.place)
        backups.choose_place(desk, wish.place)
    except (Refused, Trouble) as error:
        return _REST.format(why=error.sentence)
    return ""


def _take_away(folder: Path) -> None:
    """Let an office go that was founded in part: nobody has anything in it, and nobody could come in."""
    path = folder / DATABASE
    vaults.forget_office(folder)
    discard(path)
    memo.forget(path)
    files.remove(folder / settings.FILE)
