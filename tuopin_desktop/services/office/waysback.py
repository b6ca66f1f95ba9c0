"""Whether somebody can run an office once a copy is its database: the users are the copy's, the vault is of today."""

from pathlib import Path

from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.services.office import vaults
from tuopin_desktop.store import backup


def refuse_shut(folder: Path, path: Path) -> None:
    """Raise Refused for a copy after which no administrator would have a way in; it can be opened. Raises Trouble."""
    users = backup.users_in(path)
    ways = vaults.ways_after(folder, path)
    if not users or any(way.kind == "recovery" for way in ways):
        return
    active = [user for user in users if user.active]
    admins = [user for user in active if user.admin and not user.awaits]
    slots = {way.owner for way in ways if way.kind == "password"}
    by_id = {user.id.rpartition("/")[2]: user for user in admins}
    if slots & by_id.keys() or (len(active) == 1 and admins and not slots):
        return  # who works alone without a password needs none
    names = "、".join(user.name for user in admins) or "没有在用的"
    raise refuse(
        "ways",
        f"这份备份不能恢复，数据没有改动：备份里的管理员（{names}）没有口令，也没有恢复码，恢复后谁也管不了。"
        "请先在“设置·备份”打印恢复码再恢复，或另选一份备份",
        "path",
    )
