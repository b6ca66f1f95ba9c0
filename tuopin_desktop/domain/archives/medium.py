"""What is handed over to the archives as a folder: which file lies where, by 档发〔2012〕7号, annex on the medium.

The root holds four things and no more: 说明文件.TXT, 文件目录.XML, 电子档案/ and 其他/. Below 电子档案 a folder for
each year, retention period, body (where bodies are told apart) and item; all else lies in 其他.
"""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain.filenames import portable

NOTE = "说明文件.TXT"
CATALOGUE = "文件目录.XML"
PAPERS = "电子档案"
REST = "其他"
UNFINISHED = "未写完-请勿移交.TXT"
"""Lies in the root while the medium is written, says so to people, and tells what is whole; gone once all is."""
END = f"{REST}/移交完成.TXT"
"""Written last of all: a folder without it is no medium."""
REGISTRATION = f"{REST}/电子档案移交与接收登记表"
SCRIPT = f"{REST}/核对移交包.py"
INDEX = f"{REST}/index.html"

LONGEST = 120
"""Characters of a path within the medium: with drive and folder before it, it stays within what old Windows opens."""
_CODE = 56
_BODY = 20
_ENDING = 5

CHARSETS = ("GB18030", "UTF-8")
"""What 文件目录.XML may be written in (the paper allows GB2312 too, which lacks many a name)."""


class Piece(msgspec.Struct, frozen=True):
    """One file of an item: its ending with the dot, and a stamp that is another whenever its bytes would be."""

    ending: str
    stamp: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One item as the medium holds it; `period` in words, `day` of eight digits or "", `pages` 0 where nobody knows.

    `key` is what its bytes are asked by; `people`, `kind`, `month` (`2018-06`) and `text` are for the index of the box
    alone.
    """

    year: int
    period: str
    number: int
    body: str = ""
    code: str = ""
    title: str = ""
    author: str = ""
    day: str = ""
    secrecy: str = ""
    pages: int = 0
    remark: str = ""
    pieces: tuple[Piece, ...] = ()
    key: str = ""
    people: tuple[str, ...] = ()
    kind: str = ""
    month: str = ""
    text: str = ""


class Place(msgspec.Struct, frozen=True):
    """An item with the paths of its files, from the root of the medium on, with `/` between."""

    entry: Entry
    paths: tuple[str, ...]


def places(entries: Sequence[Entry]) -> tuple[Place, ...]:
    """Return where the files of each item lie, in the order given; no two paths are alike to Windows.

    Bodies whose names Windows would not tell apart, and items that bear one number, get folders of their own.
    """
    folders = _Folders()
    return tuple(_place(entry, folders) for entry in entries)


def is_legal(path: str) -> bool:
    """Tell whether Windows, Linux and a stick all keep a path as it is, and whether it is short enough."""
    return len(path) <= LONGEST and all(portable(part) == part for part in path.split("/"))


class _Folders:
    """Names of folders that were given, so that each thing has one and no two share it."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._owners: dict[str, int] = {}

    def body(self, parent: str, body: str) -> str:
        """Return the folder of a body: the same one for the same words."""
        if (parent, body) not in self._names:
            self._names[parent, body] = self.fresh(parent, portable(body[:_BODY]).rstrip(". "))
        return self._names[parent, body]

    def fresh(self, parent: str, name: str) -> str:
        """Return a folder that nothing has yet."""
        twin = f"{parent}/{name}".casefold()
        count = self._owners[twin] = self._owners.get(twin, 0) + 1
        return f"{parent}/{name}" if count == 1 else self.fresh(parent, f"{name}-{count}")


def _place(entry: Entry, folders: _Folders) -> Place:
    parent = f"{PAPERS}/{entry.year}/{portable(entry.period)}"
    if entry.body:
        parent = folders.body(parent, entry.body)
    number = f"{entry.number:04d}"
    folder = folders.fresh(parent, number)
    stem = portable(entry.code[:_CODE]) if entry.code else number
    return Place(entry, tuple(_file(folder, stem, at, piece) for at, piece in enumerate(entry.pieces, start=1)))


def _file(folder: str, stem: str, at: int, piece: Piece) -> str:
    ending = piece.ending.lower()
    if len(ending) > _ENDING or portable(f"x{ending}") != f"x{ending}":
        raise ValueError(f"no ending of a file: {piece.ending}")
    return f"{folder}/{stem.rstrip('. ')}{'' if at == 1 else f'-{at:02d}'}{ending}"
