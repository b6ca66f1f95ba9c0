"""电子档案移交与接收登记表: on paper for both sides to sign, and its fields as a text beside it on the medium."""

from collections.abc import Mapping
from functools import cache

from tuopin_desktop.documents import form as forms
from tuopin_desktop.documents.archival import edition
from tuopin_desktop.documents.sheet import compose
from tuopin_desktop.domain.archives.digests import LISTS
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.records import ArchiveHandover
from tuopin_desktop.machine import paths
from tuopin_desktop.services.office.desk import Desk

TITLE = "电子档案移交与接收登记表"
_GB = 1024**3
_ACCURATE = "文件目录与文件逐一相符"
_COMPLETE = "数字摘要逐一相符，没有缺失、多余"
_USABLE = "PDF/A 格式，写出时逐件检查"
_SAFE = "没有加密、压缩的文件；病毒检查："


def sheet(desk: Desk, handover: ArchiveHandover) -> Sheet:
    """Return the form of a hand-over, what both sides check and sign by hand left empty."""
    return compose(_form(), _fields(desk, handover), desk.fonts())


def pdf(desk: Desk, handover: ArchiveHandover) -> bytes:
    """Return the form as the archives keep it."""
    return edition.render([sheet(desk, handover)], desk.fonts(), title=TITLE, mark=desk.mark)


def text(desk: Desk, handover: ArchiveHandover) -> str:
    """Return the fields of the form, one in a line: what a program of the archives can take over."""
    values = _fields(desk, handover)
    return "".join(f"{slot.box.label}：{values.get(slot.box.name, '')}\n" for slot in _form().slots)


def gigabytes(size: int) -> str:
    """Return an amount of data as the form wants it: GB with three decimals, and the bytes."""
    return f"{size / _GB:.3f} GB（{size}字节）"


def digest_words(digests: Mapping[str, str]) -> str:
    """Return the digests of the lists as they stand in the record, one for each algorithm."""
    return " ".join(f"{name} {value}" for name, value in digests.items())


def _fields(desk: Desk, one: ArchiveHandover) -> dict[str, str]:
    pairs = one.digest.split(" ")
    digests = dict(zip(pairs[::2], pairs[1::2], strict=False))
    return {
        "name": one.name,
        "content": one.content,
        "count": f"{one.items or 0}件（{one.files or 0}个文件）",
        "size": gigabytes(one.size or 0),
        "span": one.span,
        "carrier": one.carrier,
        "digest": "\n".join(f"{_algorithm(name)}（{LISTS[name]}）\n{value}" for name, value in digests.items()),
        "giver": f"移交单位：{desk.office.name}",
        "receiver": f"接收单位：{one.receiver}",
        "accurate": _ACCURATE,
        "complete": _COMPLETE,
        "usable": _USABLE,
        "safe": _SAFE,
    }


def _algorithm(name: str) -> str:
    return {"SHA256": "SHA-256"}.get(name, name)


@cache
def _form() -> forms.Form:
    return forms.load(paths.FORMS / "handover" / "form.toml")
