"""Setting up an office and opening it again."""

from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Damaged, Refused, Trouble, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import County, Office
from tuopin_desktop.domain.validate import problems, tidy
from tuopin_desktop.machine import files, privacy
from tuopin_desktop.machine.clock import Clock, ShiftedClock
from tuopin_desktop.machine.drives import Drive, drive_of
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.services.office import encrypting, leftovers, library, settings, signed, vaults
from tuopin_desktop.services.office.desk import UNNAMED, Desk
from tuopin_desktop.services.office.vaults import Unlock
from tuopin_desktop.store.store import DATABASE, First, Store

COPIES = vaults.COPIES
"""The folder of the copies, in that of the data."""
PRACTICE_OVER = "practice-over"
"""The note beside the data of a practice office that it is to go (`practiceend.py`)."""
_REGION_NAME = "自治区贫困旗县（市、区）脱贫攻坚工作队管理办公室"


def is_office(folder: Path) -> bool:
    """Tell whether a folder holds an office's data."""
    return (folder / DATABASE).exists()


def has_copies(folder: Path) -> bool:
    """Tell whether copies of an office's data lie in a folder: without the data, somebody lost them."""
    return any((folder / COPIES).glob("*.db"))


def office_code(level: str, county: str = "") -> str:
    """Return the office code for a level and a county or league code or name; raises Refused.

    A league is named by its own code or name, or by that of any county in it.
    """
    if level == ids.Level.REGION.value:
        return ids.REGION
    if not county:
        raise refuse("county", "请选择旗县（市、区）" if level == "county" else "请选择盟市", "county")
    rows = library.table("counties.csv")
    leagues = {row["league"]: row["league_code"] for row in rows}
    if level == ids.Level.LEAGUE.value and (county in leagues or county.ljust(6, "0") in leagues.values()):
        return leagues.get(county, county)[:4]
    code = library.codes()["旗县"].code(county)
    if code is None:
        raise refuse("county", f"“{county[:20]}”不是57个派驻旗县（市、区）之一，请填写6位行政区划代码或全称", "county")
    return code if level == ids.Level.COUNTY.value else code[:4]


def default_name(code: str) -> str:
    """Return the name an office is given when none is typed."""
    if code == ids.REGION:
        return _REGION_NAME
    for row in library.table("counties.csv"):
        if row["code"] == code:
            return f"派驻{row['name']}脱贫攻坚工作总队"
        if len(code) == 4 and row["league_code"].startswith(code):
            return f"{row['league']}脱贫攻坚工作队管理联络处"
    return code


def called(code: str) -> str:
    """Return what an office is called in a sentence: the Office, its league or its county; else the code."""
    return library.called(code)


def is_called(code: str, text: str) -> bool:
    """Tell whether an office is meant by words: its code, the code of one above it, or what it is called."""
    return code.startswith(text) or text == called(code)


def create(
    folder: Path,
    *,
    level: str,
    county: str = "",
    name: str = "",
    clerk: str = "",
    practice: bool = False,
    clock: Clock | None = None,
    arrived: date | None = None,
    anew: bool = False,
) -> str:
    """Set up an office in a folder and return its code; raises Refused or Trouble, leaving nothing half made.

    A folder that has copies and no data lost them: an office is set up there only when it is wanted `anew`.
    `arrived` is the day a county's team came: its duties are known from the first moment.
    """
    code = office_code(level, county)
    if arrived and len(code) != 6:
        raise refuse("arrived", "进驻日期只在建立旗县总队时填写", "arrived")
    office = tidy(Office(id=f"{code}/office", name=name or default_name(code), level=level, clerk=clerk))
    if faults := problems(office, library.codes(), practice=practice):
        raise Refused(faults)
    if not anew and not is_office(folder) and has_copies(folder):
        raise _lost(folder)
    files.make_folder(folder)
    lock = FolderLock(folder)
    try:
        shipped = library.shipped_records()
        changes = [Change("office", office.id, scalars(office))]
        changes += [Change("team", f"{code}/team", {"arrived": arrived.isoformat()})] if arrived else []
        first = First(changes, office.clerk or UNNAMED, (clock or Clock()).stamp_ms())
        _encrypted(folder, code, shipped, first, practice=practice)
        privacy.heal(folder)
    finally:
        lock.release()
    return code


def _encrypted(folder: Path, code: str, shipped: list[Change], first: First, *, practice: bool) -> None:
    """Make the database under a key of its own; nothing of the key stays where it was not made."""
    if is_office(folder):
        raise Trouble(f"“{folder}”中已有单位数据，不能重复建立。请直接打开，或换一个空文件夹。")
    key = vaults.make(folder)
    try:
        path = folder / DATABASE
        founding = msgspec.structs.replace(first, key=key)
        Store.create(path, office=code, practice=practice, shipped=shipped, first=founding).close()
    except BaseException:
        vaults.drop(folder, key)
        raise


def open_desk(folder: Path, clock: Clock | None = None, *, unlock: Unlock | None = None) -> Desk:
    """Open the office in a folder, by the account of this PC or what is given to `unlock` it.

    Raises Locked where that does not open it, Refused for a wrong password or code, Trouble with what to do next.
    """
    if not is_office(folder):
        raise (
            _lost(folder)
            if has_copies(folder)
            else Trouble(f"“{folder}”中还没有单位数据，请先建立单位（命令行：init）。")
        )
    lock = FolderLock(folder)
    try:
        leftovers.sweep(folder)
        privacy.heal(folder)
        vaults.admit(folder / DATABASE, folder, unlock)
        notice = encrypting.settle_office(folder, clock or Clock())
        local = drive_of(folder) in (Drive.FIXED, Drive.UNKNOWN)
        store = Store(folder / DATABASE, journal="WAL" if local else "TRUNCATE")
        store.notice += notice
        desk = Desk(folder, store, lock, clock or Clock())
        _play(desk)
        signed.settle(desk)
        return desk
    except BaseException:
        lock.release()
        raise


def _play(desk: Desk) -> None:
    """A practice office of a later year plays in a year of the teams, unless another day is wanted of it."""
    if desk.practice and type(desk.clock) is Clock and (days := settings.values(desk)[settings.PRACTICE_DAYS.key]):
        desk.clock = ShiftedClock(int(days))


def _lost(folder: Path) -> Damaged:
    return Damaged(
        f"“{folder}”中的数据文件不见了，“{COPIES}”里有备份。请先恢复备份（打开窗口按提示办理，或用 backup restore）；"
        "不要在这里重新建立单位。"
    )


def counties(desk: Desk) -> list[County]:
    """Return the counties of this office, each code once, in the order of their ids."""
    rows = (one for one in desk.store.rows(County) if one.code.startswith(desk.scope))
    return list({one.code: one for one in rows}.values())


def county_called(desk: Desk, name: str) -> str:
    """Return the code of a county said by code or name, "" for ""; raises Refused for an unknown one."""
    if not name or name.isdecimal():
        return name
    code = desk.vocabulary["旗县"].code(name)
    if not code:
        raise refuse("county", f"没有旗县“{name[:50]}”", "county")
    return code
