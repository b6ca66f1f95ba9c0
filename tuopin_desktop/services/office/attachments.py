"""Files kept for records: the bytes once in the data folder under their hash, one record for each slip they show."""

import hashlib
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from tuopin_desktop.documents import scans as paper
from tuopin_desktop.documents.plain import printable
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.problems import Problem, Refused, Trouble, refuse
from tuopin_desktop.domain.record import Scalar, scalars
from tuopin_desktop.domain.records import Attachment, LeaveSlip
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine import files
from tuopin_desktop.services.office import offices, safe
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import forgetting

FOLDER = "attachments"
TRAY = "tray"
"""Where scans wait that nobody could put on a slip (`services/leave/tray.py`)."""
MOST = paper.LIMIT
"""Bytes of one file."""
_NAME = 200
_MEDIA = 60
_PAGES = re.compile(r";pages=([0-9,-]+)")
_ENDINGS = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "jpe": "jpg", "png": "png", "tif": "tif", "tiff": "tif"}
_FOREIGN = frozenset(("heic", "heif", "webp", "bmp", "gif", "txt", "dat", "bin", "tmp", "doc", "docx", "zip"))
_SHA = re.compile(r"[0-9a-f]{64}")


def digest(data: bytes) -> str:
    """Return the name the bytes are kept under."""
    return hashlib.sha256(data).hexdigest()


def file_name(path: Path) -> str:
    """Return a file's name as it can be shown and kept: no invisible marks, at most 200 characters with its ending."""
    name = printable(path.name.encode("utf-8", "replace").decode("utf-8")).replace("\n", " ").strip()
    return (name if len(name) <= _NAME else name[: _NAME - 10] + "…" + name[-9:]) or "扫描件"


def named(path: Path, data: bytes) -> str:
    """Return the name a file is kept under: with the ending of what it is, whatever it was called."""
    name, ending = file_name(path), paper.media_of(data)[1]
    stem, dot, last = name.rpartition(".")
    if ending in (paper.UNKNOWN[1], _ENDINGS.get(last.lower())):
        return name
    bare = stem if dot and stem and last.lower() in _FOREIGN | _ENDINGS.keys() else name
    return f"{bare}.{ending}" if len(bare) + len(ending) < _NAME else f"{bare[: _NAME - 10]}….{ending}"


def keep(desk: Desk, proof: paper.Proof) -> None:
    """Keep a proved file under its hash, once; raises Trouble, and then no half file is there.

    Raises Refused for a scan that was forgotten.

    Whatever door a file comes through, it is kept here, and nothing is kept that `paper.proved` could not draw.
    """
    desk.require(Act.AMEND)
    data = proof.data
    if digest(data) in forgotten(desk):
        raise refuse("forgotten", "这份扫描件所属的登记已按期清除，不能再收")
    place = _place(desk, digest(data), paper.media_of(data)[1])
    if place.exists() and _holds(place, data):
        return
    files.make_folder(place.parent)
    safe.write(desk, place, data)


def forgotten(desk: Desk) -> set[str]:
    """Return the hashes of files that only records show which an act of forgetting reached."""
    kind = Attachment.kind.name
    with desk.store.ledger.reading() as cursor:
        names = {key.partition(":")[2] for key in forgetting.gone(cursor, kind)}
    if not names:
        return set()
    records = desk.store.rows(Attachment, deleted=None)
    staying = {sha_of(one) for one in records if one.id not in names}
    return {sha_of(one) for one in records if one.id in names} - staying - {""}


def _holds(place: Path, data: bytes) -> bool:
    try:
        return safe.read(place) == data
    except Trouble:  # spoilt, or under a key that is gone: it is written anew
        return False


def sha_of(record: Attachment) -> str:
    """Return the hash a record's file is kept under; "" for a record that names none."""
    sha = record.id.split("/")[1] if "/" in record.id else ""
    return sha if _SHA.fullmatch(sha) else ""


def pages_of(record: Attachment) -> frozenset[int]:
    """Return which pages of the file are the record's, counted from 1; none means all of it."""
    match = _PAGES.search(record.media)
    pages: set[int] = set()
    for run in match[1].split(",") if match else ():
        first, _, last = run.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            pages.update(range(int(first), min(int(last or first), paper.PAGES) + 1))
    return frozenset(pages)


def content(desk: Desk, attachment_id: str) -> bytes:
    """Return the bytes of an attachment; raises Refused when there is no such record, Trouble for a lost file."""
    record = desk.store.get(Attachment, attachment_id)
    sha = sha_of(record) if record is not None else ""
    if record is None or not sha:
        raise refuse("missing", "找不到这个附件，请刷新后重试")
    place = place_of(desk, record)
    if place is None:
        raise Trouble(
            f"附件“{record.name}”的文件不在本机：扫描件平时不随数据走，请报送单位制作数据包时勾选“带扫描件”，或重新扫描。"
        )
    data = safe.read(place)
    if digest(data) != sha:
        raise Trouble(f"附件“{record.name}”的文件已损坏，请重新扫描后再收一次。")
    return data


def place_of(desk: Desk, record: Attachment) -> Path | None:
    """Return the path of the file of an attachment; None where it is not on this PC."""
    sha = sha_of(record)
    endings = {media: ending for _, media, ending in paper.MEDIA}
    place = _place(desk, sha, endings.get(record.media.partition(";")[0], paper.UNKNOWN[1]))
    return place if sha and place.exists() else None


def has_file(desk: Desk, sha: str) -> bool:
    """Return whether the file with this SHA-256 is on this PC."""
    return any((desk.folder / FOLDER / sha[:2]).glob(f"{sha}.*"))


def of_slip(desk: Desk, slip_id: str) -> list[Attachment]:
    """Return the attachments of a slip in id order."""
    return desk.store.rows(Attachment, {"subject": ids.key("leave_slip", slip_id)}, scope=ids.owner(slip_id))


def attaching(desk: Desk, slip: LeaveSlip, data: bytes, name: str, pages: Collection[int], total: int) -> list[Change]:
    """Return the changes that put pages of a kept file on a slip and note that its sheet is back; none for a repeat.

    No pages, or all of `total`, mean the whole file. Raises Refused when this office may not write the slip.
    """
    record_id = f"{ids.owner(slip.id)}/{digest(data)}/{slip.id.partition('/')[2]}"
    attachment = desk.store.get(Attachment, record_id)
    counts = set(pages)
    if attachment is not None and not attachment.deleted and counts:
        counts |= pages_of(attachment) or set(range(1, total + 1))
    record = Attachment(
        id=record_id,
        name=attachment.name if attachment else name,
        subject=ids.key("leave_slip", slip.id),
        media=media_with(paper.media_of(data)[0], counts, total),
        size=len(data),
        note=attachment.note if attachment else "",
    )
    new = difference(scalars(attachment) if attachment else {}, scalars(record))
    if new and (problem := may_write(desk.scope, Attachment, record_id, new, offices.called)) is not None:
        raise Refused([problem])
    changes = [Change("attachment", record_id, new)] if new else []
    if new and slip.sheet_back is None:
        back: dict[str, Scalar] = {"sheet_back": desk.today().isoformat()}
        changes.append(Change("leave_slip", slip.id, back))
    return changes


def slip_here(desk: Desk, slip_id: str) -> LeaveSlip | Problem:
    """Return the slip when this office keeps it, else the Problem that says why paper cannot be put on it."""
    if not slip_id.startswith(desk.scope):
        owner = ids.owner(slip_id)
        return Problem(code="elsewhere", sentence=f"这是{offices.called(owner)}的报备单，不属于本单位")
    slip = desk.store.get(LeaveSlip, slip_id)
    if slip is None:
        return Problem(code="missing", sentence="本单位没有这张报备单，可能是试用数据或还没有收到的数据")
    if slip.deleted:
        return Problem(code="deleted", sentence=f"报备单{slip.number}已删除")
    return slip


def _place(desk: Desk, sha: str, ending: str) -> Path:
    return desk.folder / FOLDER / sha[:2] / f"{sha}.{ending}"


def media_with(media: str, pages: Iterable[int], total: int) -> str:
    """Return the media type with the pages that count, as long as that fits; else the whole file counts."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    if not runs or runs == [[1, total]]:
        return media
    text = f"{media};pages={','.join(f'{a}-{b}' if b > a else str(a) for a, b in runs)}"
    return text if len(text) <= _MEDIA else media
