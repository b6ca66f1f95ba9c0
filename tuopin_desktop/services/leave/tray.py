"""The tray: scans nobody could put on a slip wait here with the reason, until a person does or throws them away."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.documents import scans as paper
from tuopin_desktop.domain import shortened
from tuopin_desktop.domain.problems import Trouble, refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine import files
from tuopin_desktop.services.office import attachments, safe
from tuopin_desktop.services.office.desk import Desk

FOLDER = attachments.TRAY
WHOLE = 0
"""The page number of a file that waits as a whole."""

_ITEM = re.compile(r"([0-9a-f]{64})-([0-9]{1,4})")
_NOTE = re.compile(r"[0-9a-f]{64}\.json")
_SIGNS = 12  # of a file's number in the list


class TrayItem(msgspec.Struct, frozen=True):
    """One page that waits, or a whole file (`page` 0); `pages` is how many the file has, 0 when nobody can tell."""

    id: str
    name: str
    page: int
    pages: int
    reason: str
    taken: date | None
    size: int


class _Note(msgspec.Struct):
    """What is kept beside the bytes: page -> reason for those that still wait."""

    name: str
    pages: int
    size: int
    taken: date | None
    waiting: dict[int, str]


def items(desk: Desk) -> list[TrayItem]:
    """Return what waits, oldest first."""
    folder = desk.folder / FOLDER
    try:
        names = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise files.trouble(error, folder, "读取") from error
    tray_items: list[TrayItem] = []
    for name in names:
        if _NOTE.fullmatch(name):
            sha = name[:64]
            note = _note(desk, sha)
            tray_items += [_item(sha, note, page) for page in sorted(note.waiting)]
    return sorted(tray_items, key=lambda item: (item.taken or date.min, item.name, item.page))


def lay(desk: Desk, data: bytes, name: str, pages: int, reasons: dict[int, str]) -> list[TrayItem]:
    """Put pages of a file into the tray; returns those that did not wait there yet. Raises Trouble."""
    desk.require(Act.ENTER)
    sha = attachments.digest(data)
    note_before = _note(desk, sha) if _path(desk, sha, "json").exists() else None
    waiting = {**(note_before.waiting if note_before else {}), **reasons}
    new = [page for page in reasons if note_before is None or page not in note_before.waiting]
    note = _Note(
        note_before.name if note_before else name,
        pages,
        len(data),
        note_before.taken if note_before else desk.today(),
        waiting,
    )
    bytes_path = _path(desk, sha, paper.media_of(data)[1])
    files.make_folder(bytes_path.parent)
    if not bytes_path.exists() or safe.read(bytes_path) != data:
        safe.write(desk, bytes_path, data)
    if note_before is None or waiting != note_before.waiting:
        _write(desk, sha, note)  # last: what the tray lists can be opened
    return [_item(sha, note, page) for page in sorted(new)]


def look(desk: Desk, item_id: str) -> tuple[TrayItem, bytes]:
    """Return an item and the bytes of its file; raises Refused when it no longer waits."""
    sha, page = _parts(item_id)
    note = _note(desk, sha) if _path(desk, sha, "json").exists() else None
    if note is None or page not in note.waiting:
        raise refuse("missing", "收件筐中已没有这一项，请刷新后重试")
    place = _bytes_path(desk, sha)
    if place is None:
        raise Trouble(f"收件筐中“{note.name}”的文件不见了，请重新扫描后再收一次。")
    return _item(sha, note, page), safe.read(place)


def numbers(desk: Desk) -> dict[str, TrayItem]:
    """Return what waits by the number a person types: the first signs of the file, and the page where that is needed.

    A file of one waiting page needs no page.
    """
    waiting = items(desk)
    length = _SIGNS
    while len({item.id[:length] for item in waiting}) < len({item.id[:64] for item in waiting}):
        length += 4
    pages = Counter(item.id[:64] for item in waiting)
    return {item.id[:length] + (f"-{item.page}" if pages[item.id[:64]] > 1 else ""): item for item in waiting}


def called(desk: Desk, text: str) -> TrayItem:
    """Return the item of a number as listed, of a whole id, or of the beginning of one; raises Refused."""
    tray_item_by_key = numbers(desk)
    value, dash, page = text.strip().lower().partition("-")
    fit = [item for number, item in tray_item_by_key.items() if number == text or item.id == text]
    if not fit and len(value) >= shortened.LEAST:
        tray_items = (item for item in tray_item_by_key.values() if not dash or str(item.page) == page)
        fit = [item for item in tray_items if item.id.startswith(value)]
    if len(fit) != 1:
        texts = [number for number, item in tray_item_by_key.items() if item in fit]
        raise refuse("tray", f"收件筐：{shortened.unclear(text, texts, tray_item_by_key)}", "item")
    return fit[0]


def page_words(item: TrayItem) -> str:
    """Return which part of its file an item is."""
    return "整个文件" if item.page == WHOLE else f"第{item.page}页"


def take_out(desk: Desk, sha: str, pages: set[int]) -> None:
    """Take pages out of the tray; with the last one the file goes."""
    desk.require(Act.ENTER)
    path = _path(desk, sha, "json")
    if not path.exists():
        return
    note = _note(desk, sha)
    left = {page: reason for page, reason in note.waiting.items() if page not in pages}
    if left == note.waiting:
        return
    note.waiting = left
    if left:
        _write(desk, sha, note)
        return
    place = _bytes_path(desk, sha)
    for gone in (path, place):
        if gone is not None:
            _remove(gone)


def item_parts(item: TrayItem) -> tuple[str, int]:
    """Return (hash of the file, page) of an item."""
    return _parts(item.id)


def _parts(item_id: str) -> tuple[str, int]:
    match = _ITEM.fullmatch(item_id)
    if match is None:
        raise refuse("missing", "收件筐中没有这一件，请刷新后重试", "item")
    return match[1], int(match[2])


def _item(sha: str, note: _Note, page: int) -> TrayItem:
    return TrayItem(f"{sha}-{page}", note.name, page, note.pages, note.waiting[page], note.taken, note.size)


def _path(desk: Desk, sha: str, ending: str) -> Path:
    return desk.folder / FOLDER / f"{sha}.{ending}"


def _bytes_path(desk: Desk, sha: str) -> Path | None:
    endings = dict.fromkeys([*(ending for _, _, ending in paper.MEDIA), paper.UNKNOWN[1]])
    return next((path for ending in endings if (path := _path(desk, sha, ending)).exists()), None)


def _note(desk: Desk, sha: str) -> _Note:
    """The note beside a file; a spoilt one still shows that something waits."""
    try:
        return msgspec.json.decode(safe.read(_path(desk, sha, "json")), type=_Note)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _Note(sha[:12], 0, 0, None, {WHOLE: "收件筐的记录已损坏，请看原件后指定报备单"})


def _write(desk: Desk, sha: str, note: _Note) -> None:
    safe.write(desk, _path(desk, sha, "json"), msgspec.json.encode(note))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise files.trouble(error, path, "移走") from error
