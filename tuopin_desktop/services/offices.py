"""Setting up an office and opening it again."""

from datetime import date
from pathlib import Path

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Office
from tuopin_desktop.domain.validate import problems, tidy
from tuopin_desktop.machine import files, privacy
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.machine.drives import Drive, drive_of
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.services import library, signed
from tuopin_desktop.services.desk import UNNAMED, Desk
from tuopin_desktop.store.store import DATABASE, First, Store

_REGION_NAME = "自治区贫困旗县（市、区）脱贫攻坚工作队管理办公室"


def is_office(folder: Path) -> bool:
    """Tell whether a folder holds an office's data."""
    return (folder / DATABASE).exists()


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
    if code == ids.REGION:
        return "自治区工作队管理办公室"
    for row in library.table("counties.csv"):
        if row["code"] == code:
            return row["name"]
        if len(code) == 4 and row["league_code"].startswith(code):
            return row["league"]
    return code


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
) -> str:
    """Set up an office in a folder and return its code; raises Refused or Trouble, leaving nothing half made.

    `arrived` is the day a county's team came: its duties are known from the first moment.
    """
    code = office_code(level, county)
    if arrived and len(code) != 6:
        raise refuse("arrived", "进驻日期只在建立旗县总队时填写", "arrived")
    office = tidy(Office(id=f"{code}/office", name=name or default_name(code), level=level, clerk=clerk))
    if found := problems(office, library.codes(), practice=practice):
        raise Refused(found)
    files.make_folder(folder)
    lock = FolderLock(folder)
    try:
        shipped = library.shipped_records()
        made = [Change("office", office.id, scalars(office))]
        made += [Change("team", f"{code}/team", {"arrived": arrived.isoformat()})] if arrived else []
        first = First(made, office.clerk or UNNAMED, (clock or Clock()).stamp_ms())
        Store.create(folder / DATABASE, office=code, practice=practice, shipped=shipped, first=first).close()
        privacy.heal(folder)
    finally:
        lock.release()
    return code


def open_desk(folder: Path, clock: Clock | None = None) -> Desk:
    """Open the office in a folder; raises Trouble with what to do next."""
    if not is_office(folder):
        raise Trouble(f"“{folder}”中还没有单位数据，请先建立单位（命令行：init）。")
    lock = FolderLock(folder)
    try:
        privacy.heal(folder)
        local = drive_of(folder) in (Drive.FIXED, Drive.UNKNOWN)
        store = Store(folder / DATABASE, journal="WAL" if local else "TRUNCATE")
        desk = Desk(folder, store, lock, clock or Clock())
        signed.settle(desk)
        return desk
    except BaseException:
        lock.release()
        raise


def county_called(desk: Desk, name: str) -> str:
    """Return the code of a county said by code or name, "" for ""; raises Refused for an unknown one."""
    if not name or name.isdecimal():
        return name
    code = desk.vocabulary["旗县"].code(name)
    if not code:
        raise refuse("county", f"没有旗县“{name[:50]}”", "county")
    return code
