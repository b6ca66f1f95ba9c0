"""The extract for an inspection or audit: a numbered folder that says of every record what there is, and is logged."""

import hashlib
import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives import extracts as rules
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Extract
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import extractfiles
from tuopin_desktop.services.office import disclosures, files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

_NUMBER = re.compile(r"提取〔([0-9]{4})〕([0-9]+)号")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What an inspection asks for: who, on what basis, of whom (person ids), which days, which kinds (none: all)."""

    asked_by: str
    basis: str
    persons: tuple[str, ...]
    first: date
    last: date
    kinds: tuple[str, ...] = ()
    full: bool = False
    """Whether personal values and scans go along unmasked."""


class Taken(msgspec.Struct, frozen=True):
    """An extract with the folder it was written to."""

    record: Extract
    folder: Path


def extracts(desk: Desk) -> list[Extract]:
    """Return what this office took out, the last one first."""
    return sorted(_own(desk), key=_place, reverse=True)


def _own(desk: Desk) -> list[Extract]:
    rows = desk.store.rows(Extract, scope=desk.scope, deleted=None)
    return [one for one in rows if ids.owner(one.id) == ids.private(desk.scope)]


def _place(one: Extract) -> tuple[int, int]:
    match = _NUMBER.fullmatch(one.number)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def take(desk: Desk, folder: Path, request: Request) -> Taken:
    """Write what was asked for into a new folder of that folder, and log it; raises Refused, Trouble.

    The log has it before the folder is complete: what leaves the office without a line would be worse than a line of
    what did not.
    """
    _check(request)
    year = desk.today().year
    serials = [number for of_year, number in map(_place, _own(desk)) if of_year == year]
    record = Extract(
        id=f"{ids.private(desk.scope)}/{ids.own_part(registers.new_id(desk))}",
        number=f"提取〔{year}〕{max(serials, default=0) + 1}号",
        asked_by=request.asked_by.strip(),
        basis=request.basis.strip(),
        taken=desk.today(),
        taken_by=desk.user,
        first=request.first,
        last=request.last,
        full=request.full,
        persons="\n".join(sorted(set(request.persons))),
        kinds="\n".join(kind for kind in _known_kinds() if kind in request.kinds),
        position=msgspec.json.encode(desk.store.position(), order="deterministic").decode(),
    )
    content = extractfiles.content(desk, record)
    record = msgspec.structs.replace(record, records=content.records, digest=digest(content.files))
    if faults := registers.check(desk, record):
        raise Refused(faults)
    what = f"{record.number}提取材料给{record.asked_by}（{'含个人信息' if record.full else '个人信息已遮盖'}）"
    disclosures.note(desk, "export", what, content.records, need=Act.REVEAL if record.full else Act.PRINT)
    desk.commit([Change(record.kind.name, record.id, scalars(record))])
    return Taken(record, _write(desk, folder, record, content.files))


def _check(request: Request) -> None:
    if not request.persons:
        raise refuse("empty", "请先选中要提取的人员", "person")
    if not request.asked_by.strip():
        raise refuse("required", "请写明提取单位，如 旗委巡察组", "asked_by")
    if not request.basis.strip():
        raise refuse("required", "请写明依据，如 调阅函的文号", "basis")
    if request.last < request.first:
        raise refuse("span", "起止日期的先后不对，请重新填写", "last")
    if unknown := sorted(set(request.kinds) - set(_known_kinds())):
        raise refuse("kind", f"没有“{unknown[0][:30]}”这一类，可提取的类别见清单", "kinds")


def _known_kinds() -> tuple[str, ...]:
    return tuple(cls.kind.name for cls in rules.extractable())


def kinds() -> Mapping[str, str]:
    """Return the kinds an extract can hold by glossary name, with what they are called."""
    return {cls.kind.name: cls.kind.label for cls in rules.extractable()}


def remake(desk: Desk, number: str, folder: Path) -> Taken:
    """Write a logged extract again, byte by byte the same; raises Refused where the log no longer gives that.

    Whatever was written since does not count: the records are read as they stood when it was taken.
    """
    record = next((one for one in _own(desk) if one.number == number), None)
    if record is None:
        raise refuse("number", f"没有编号“{number[:40]}”的提取记录", "number")
    content = extractfiles.content(desk, record)
    if digest(content.files) != record.digest:
        text = f"{number}不能按原样重做：提取以后有记录按期清除、撤销收包，或扫描件不在本机了，请以当时留存的一份为准"
        raise refuse("digest", text, "number")
    what = f"{record.number}提取材料重做一份（{'含个人信息' if record.full else '个人信息已遮盖'}）"
    disclosures.note(desk, "export", what, content.records, need=Act.REVEAL if record.full else Act.PRINT)
    return Taken(record, _write(desk, folder, record, content.files))


def digest(contents: Mapping[str, bytes]) -> str:
    """Return the SHA-256 over the names and contents of all files."""
    whole = hashlib.sha256()
    for name in sorted(contents):
        whole.update(f"{name}\0{hashlib.sha256(contents[name]).hexdigest()}\n".encode())
    return whole.hexdigest()


def _write(desk: Desk, folder: Path, record: Extract, contents: Mapping[str, bytes]) -> Path:
    inside = folder / portable(f"{record.number}-{record.asked_by}")
    if inside.exists() and any(inside.iterdir()):
        raise refuse("folder", f"文件夹“{inside.name}”里已经有文件，请换一个位置", "folder")
    for name, data in contents.items():
        files.write(desk, inside / name, data)
    return inside


def persons_called(desk: Desk, names: Collection[str]) -> list[str]:
    """Return the ids of people by their names; raises Refused for one who is not there or is there twice."""
    return [registers.called(desk, "person", name) for name in names]
