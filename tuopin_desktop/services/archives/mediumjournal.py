"""What of a medium is whole while it is written: kept on it, so that a stop costs nothing of it."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from tuopin_desktop.domain.archives.digests import SHA256, SM3, Whole
from tuopin_desktop.domain.archives.medium import UNFINISHED
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files

_WORDS = "这个移交包还没有写完，不能移交。请在程序“归档”的“移交”中对同一个文件夹再写一次，已写好的保留，接着写完。"
_COLUMNS = 5
_NO_DIGEST = "-"


class Kept(msgspec.Struct, frozen=True):
    """A file that was written whole, and from what: `stamp` is another when its bytes would be."""

    whole: Whole
    stamp: str


class MediumJournal:
    """The lines of `UNFINISHED` in the root of a medium; a torn last line counts for nothing."""

    def __init__(self, folder: Path, identity: str) -> None:
        """Read what is there, or begin; raises Trouble when it is of another medium than `identity`."""
        self._path = folder / UNFINISHED
        self._kept: dict[str, Kept] = {}
        first = f"{_WORDS}\n{identity}\n".encode("utf-8-sig")
        if not self._path.exists():
            files.write(self._path, first)
            return
        whole_lines = files.read(self._path).rpartition(b"\n")[0].decode("utf-8-sig", "replace").split("\n")
        if whole_lines[1:2] != [identity]:
            raise Trouble(f"“{folder}”里是另一个没有写完的移交包，请换一个空文件夹；那一个不要了的，请先把它删除。")
        for line in whole_lines[2:]:
            self._read(line)
        self._mend()

    def __contains__(self, path: str) -> bool:
        """Tell whether a path was written by us."""
        return path in self._kept

    def standing(self, folder: Path, path: str, stamp: str) -> Whole | None:
        """Return what is known of a file that stands there whole, made of the same; None when it is to be written."""
        one = self._kept.get(path)
        target = folder / path
        if one is None or one.stamp != stamp or not target.is_file() or target.stat().st_size != one.whole.size:
            return None
        return one.whole if files.digest_of(target).hex() == one.whole.digests[SHA256] else None

    def note(self, path: str, whole: Whole, stamp: str) -> None:
        """Note a file that is written and flushed; raises Trouble."""
        digests = whole.digests
        cells = (digests[SHA256], digests.get(SM3, _NO_DIGEST), str(whole.size), stamp, path)
        try:
            with self._path.open("ab") as file:
                file.write(("\t".join(cells) + "\n").encode())
        except OSError as error:
            raise files.trouble(error, self._path, "写入") from error
        self._kept[path] = Kept(whole, stamp)

    def close(self) -> None:
        """Take the journal away: all is written; raises Trouble."""
        files.remove(self._path)

    def _read(self, line: str) -> None:
        cells = line.split("\t")
        if len(cells) == _COLUMNS and cells[2].isdecimal():
            digests: Mapping[str, str] = {SHA256: cells[0]} | ({SM3: cells[1]} if cells[1] != _NO_DIGEST else {})
            self._kept[cells[4]] = Kept(Whole(int(cells[2]), digests), cells[3])

    def _mend(self) -> None:
        """End a torn last line, so that the next does not run on from it."""
        raw = files.read(self._path)
        if not raw.endswith(b"\n"):
            files.write(self._path, raw + b"\n")
