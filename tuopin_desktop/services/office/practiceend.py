"""The end of practice: a practice office is taken away whole, so that a real one can stand in its folder.

It is open when somebody wants that; so it is noted, and done before the program opens it the next time.

Of the folder only what the program itself put there goes; a paper somebody saved beside it stays.
"""

import shutil
from pathlib import Path

from tuopin_desktop.domain.problems import Trouble, refuse
from tuopin_desktop.machine import files
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.machine.files import trouble
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.services.office import attachments, offices, settings, stations, vaultfiles, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import memo
from tuopin_desktop.store.memo import MEMO
from tuopin_desktop.store.store import DATABASE

_FOLDERS = (offices.COPIES, attachments.FOLDER)
_FILES = (offices.PRACTICE_OVER, settings.FILE, stations.FILE, vaultfiles.FILE)


def want(desk: Desk) -> None:
    """Note that the practice office is to go when the program opens next; raises Refused for a real one, Trouble."""
    if not desk.practice:
        raise refuse("practice", "这是正式数据，不能这样删除")
    files.write(desk.folder / offices.PRACTICE_OVER, b"")


def is_wanted(folder: Path) -> bool:
    """Tell whether somebody wants the practice office of a folder to go."""
    return (folder / offices.PRACTICE_OVER).exists()


def end(folder: Path, clock: Clock) -> None:
    """Take a practice office away; raises Trouble for a real one, and where something cannot be taken away."""
    desk = offices.open_desk(folder, clock)
    practice = desk.practice
    desk.close()
    if not practice:
        files.remove(folder / offices.PRACTICE_OVER)
        raise Trouble(f"“{folder}”中是正式数据，不能这样删除。")
    lock = FolderLock(folder)
    try:
        vaults.forget_office(folder)
        for name in (DATABASE, MEMO):
            for path in sorted(folder.glob(f"{name}*")):
                path.unlink()
        for name in _FILES:
            (folder / name).unlink(missing_ok=True)
        for name in _FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
        memo.forget(folder / DATABASE)
    except OSError as error:
        raise trouble(error, folder, "删除练习数据") from error
    finally:
        lock.release()
