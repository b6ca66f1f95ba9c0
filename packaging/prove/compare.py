"""Two folders that one list of verbs made on two systems, file by file: the same bytes, or a named difference."""

import fnmatch
import io
import re
import struct
import tomllib
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

HERE = Path(__file__).resolve().parent
KNOWN = HERE / "differences.toml"
_PNG = b"\x89PNG\r\n\x1a\n"

Verdict = Literal["equal", "alike", "named", "different", "only here", "only there"]


class Known(NamedTuple):
    """A difference that is right: which files (a pattern), where in a text (a pattern, "" for all of it), and why.

    `alone`: the name itself is made by chance or time, so that the file stands on one side only.
    """

    files: str
    text: str
    why: str
    alone: bool = False


class Compared(NamedTuple):
    """One file of the two folders, by its path below them."""

    path: str
    verdict: Verdict
    why: str = ""

    @property
    def is_good(self) -> bool:
        """Tell whether the systems agree, or differ where they must."""
        return self.verdict in ("equal", "alike", "named")


def known(path: Path = KNOWN) -> list[Known]:
    """Return the differences that are right."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["known"]
    return [Known(entry["files"], entry.get("text", ""), entry["why"], entry.get("alone", False)) for entry in entries]


def compare(here: Path, there: Path, differences: Sequence[Known]) -> list[Compared]:
    """Compare every file of two folders, in the order of their paths."""
    names = {path.relative_to(folder).as_posix() for folder in (here, there) for path in _files(folder)}
    return [_one(name, here / name, there / name, differences) for name in sorted(names)]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _one(name: str, here: Path, there: Path, differences: Sequence[Known]) -> Compared:
    fitting = [one for one in differences if fnmatch.fnmatchcase(name, one.files)]
    whole = next((one.why for one in fitting if not one.text), "")
    if here.exists() and there.exists():
        first, second = here.read_bytes(), there.read_bytes()
        if first == second:
            return Compared(name, "equal")
        if (alike := _same_content(name, first, second, differences)) is not None:
            return Compared(name, "alike", alike)
        return Compared(name, "named", whole) if whole else Compared(name, "different", _where(first, second))
    if alone := next((one.why for one in fitting if one.alone), ""):
        return Compared(name, "named", alone)
    return Compared(name, "only here" if here.exists() else "only there")


def _same_content(name: str, first: bytes, second: bytes, differences: Sequence[Known]) -> str | None:
    """Return why two files count as the same, part by part where they are archives; None where they are not."""
    if first.startswith(_PNG) and second.startswith(_PNG):
        return "the same picture, packed by another zlib" if _unpacked(first) == _unpacked(second) else None
    if not (first.startswith(b"PK") and second.startswith(b"PK")):
        return _alike(first, second, [one for one in differences if fnmatch.fnmatchcase(name, one.files)])
    parts, others = _parts(first), _parts(second)
    if list(parts) != list(others):
        return None
    reasons: dict[str, None] = {}
    for part, content in parts.items():
        if content != others[part]:
            why = _same_content(f"{name}!{part}", content, others[part], differences)
            if why is None:
                return None
            reasons[why] = None
    return "; ".join(reasons)


def _unpacked(png: bytes) -> list[bytes]:
    """Return the parts of a picture, those with its rows unpacked: Pillow brings one zlib for each system."""
    parts, rows, at = [], b"", len(_PNG)
    while at < len(png):
        (size,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + size]
        rows += body if kind == b"IDAT" else b""
        parts.append(kind if kind == b"IDAT" else kind + body)
        at += 12 + size
    return [*dict.fromkeys(parts), zlib.decompress(rows)]


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _alike(first: bytes, second: bytes, fitting: Sequence[Known]) -> str | None:
    """Return why two texts count as the same, None where they are no texts or differ otherwise."""
    try:
        raw = [one.decode("utf-8") for one in (first, second)]
    except UnicodeDecodeError:
        return None
    texts = [plain(text) for text in raw]
    reasons = ["line ends and strokes of paths"] if texts != raw else []
    for one in fitting:
        freed = [re.sub(one.text, "…", text) for text in texts] if one.text else texts
        if freed != texts and texts[0] != texts[1]:
            reasons.append(one.why)
            texts = freed
    return "; ".join(reasons) if texts[0] == texts[1] else None


def plain(text: str) -> str:
    """Return a text with the line ends and the strokes of paths of one system."""
    return text.replace("\r\n", "\n").replace("\\\\", "/").replace("\\", "/")


def _where(first: bytes, second: bytes) -> str:
    at = next((at for at, (one, two) in enumerate(zip(first, second, strict=False)) if one != two), -1)
    at = min(len(first), len(second)) if at < 0 else at
    return f"{len(first)} / {len(second)} bytes, from byte {at}: {_glance(first, at)} / {_glance(second, at)}"


def _glance(content: bytes, at: int) -> str:
    return content[max(0, at - 20) : at + 40].decode("utf-8", "replace").replace("\n", " ⏎ ")


def summary(results: Sequence[Compared]) -> str:
    """Return the counts in one line."""
    counts = Counter(one.verdict for one in results)
    names = {"equal": "byte-equal", "alike": "equal text", "named": "named difference", "different": "DIFFERENT"}
    parts = [f"{counts[name]} {names.get(name, name.upper())}" for name in counts]
    return f"{len(results)} files: {', '.join(parts)}"
