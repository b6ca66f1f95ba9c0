"""What an office chooses for itself: declared once, kept beside its database, never sent to another office."""

from pathlib import Path
from typing import TypeVar

import msgspec

from tuopin_desktop.domain.policy import FIRST_PACK
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine import files
from tuopin_desktop.services.office.desk import Desk

FILE = "settings.json"
_LIMIT = 1024 * 1024

Value = bool | int | str
V = TypeVar("V", bool, int, str)


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One choice: the type of `default` is the type of its values."""

    key: str
    label: str
    hint: str = ""
    default: Value
    own: bool = False
    """Kept by the program itself, whoever works."""


MARGIN_CODE = Setting(
    key="margin_code",
    label="报备单页脚印编号和二维码",
    hint="印在表格外的下页边，扫描件据此自动归档；空白表和套打从不印；签到表也照此办理",
    default=True,
)
PACK = Setting(
    key="pack",
    label="新登记的派驻按哪个办法文件",
    hint="已登记的派驻和请假单不变，仍按登记时的办法文件",
    default=FIRST_PACK,
)
BACKUP_PLACE = Setting(
    key="backup_place",
    label="备份另存位置",
    hint="另一块磁盘或U盘上的文件夹；每日备份同时存一份到这里",
    default="",
)
BACKUP_PATIENT = Setting(
    key="backup_patient",
    label="U盘没插时先只存本机，插上后补齐",
    hint="不勾选：没有插上备份用的U盘，第二天就提醒；勾选：七天没有插上才提醒",
    default=True,
)
BACKUP_SEEN = Setting(key="backup_seen", label="最近一次另存备份的日期", default="", own=True)
VERIFIED = Setting(key="verified", label="最近一次全面检查的日期", default="", own=True)
TOUR = Setting(key="tour", label="练习导览的进度", default="", own=True)
PRACTICE_DAYS = Setting(key="practice_days", label="练习的日子比电脑日期早几天", default=0, own=True)
SETTINGS = (MARGIN_CODE, PACK, BACKUP_PLACE, BACKUP_PATIENT, BACKUP_SEEN, VERIFIED, TOUR, PRACTICE_DAYS)
_DECLARED = {setting.key: setting for setting in SETTINGS}


def values(desk: Desk) -> dict[str, Value]:
    """Return every declared setting with the office's choice, or its default where none was made.

    A file that cannot be read counts as no choice: a slip must come out of the printer all the same.
    """
    fields = _kept(desk.folder)
    return {key: _sound(setting, fields.get(key)) for key, setting in _DECLARED.items()}


def kept_in(folder: Path, setting: Setting) -> Value:
    """Return the choice of an office whose database cannot be opened."""
    return _sound(setting, _kept(folder).get(setting.key))


def on(desk: Desk, setting: Setting) -> bool:
    """Tell whether a switch is on."""
    return bool(values(desk)[setting.key])


def choose(desk: Desk, key: str, value: Value) -> None:
    """Keep a choice; raises Refused for an unknown key or another type, Trouble when it cannot be written."""
    setting = _DECLARED.get(key)
    if setting is None:
        name = "、".join(one.label for one in _DECLARED.values())
        raise refuse("setting", f"没有“{key[:30]}”这项设置，可用：{name}", "key")
    if not setting.own:
        desk.require(Act.SETTINGS)
    if type(value) is not type(setting.default):
        raise refuse("setting", f"“{setting.label}”不能设为“{value}”", key)
    fields = {**_kept(desk.folder), key: value}  # what a newer program chose stays in the file
    files.write(desk.folder / FILE, msgspec.json.format(msgspec.json.encode(fields), indent=2))


def _sound(setting: Setting, value: object) -> Value:
    return value if isinstance(value, bool | int | str) and type(value) is type(setting.default) else setting.default


def _kept(folder: Path) -> dict[str, object]:
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(files.read(path, _LIMIT), type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}  # written by hand and spoilt: the next choice writes it anew
