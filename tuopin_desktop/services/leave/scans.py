"""The paper loop: scans taken in from a folder, each page to the record its code names, the rest to the tray."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from tuopin_desktop.documents import scans as paper
from tuopin_desktop.domain import ids, slipcode
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Problem, Refused, Trouble, refuse
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Attachment, LeaveSlip
from tuopin_desktop.machine import files
from tuopin_desktop.services.leave import tray
from tuopin_desktop.services.leave.tray import TrayItem
from tuopin_desktop.services.office import attachments, wrongfiles
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers

MOST = 5000  # files of one folder
_ENDINGS = frozenset((".pdf", ".jpg", ".jpeg", ".jpe", ".png", ".tif", ".tiff"))
_TOLD = frozenset((".heic", ".heif", ".webp", ".bmp", ".gif"))
"""Pictures that cannot be taken in: those of a folder are named and not passed over, they may show a signed sheet."""

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


class ScanPlacement(msgspec.Struct, frozen=True):
    """Pages of a file that were put on a slip; of another record `kind` and id, called by its words in `number`."""

    slip: str
    number: str
    person: str
    file: str
    pages: tuple[int, ...]
    kind: str = "leave_slip"


class Unread(msgspec.Struct, frozen=True):
    """A file that was not taken in at all, and why; it stays where it is."""

    file: str
    reason: str


class ScanReport(msgspec.Struct, frozen=True):
    """What became of the scans.

    `known` counts pages that were on their slip or in the tray before, `left` the files not reached when stopped.
    """

    placed: tuple[ScanPlacement, ...] = ()
    tray: tuple[TrayItem, ...] = ()
    unread: tuple[Unread, ...] = ()
    known: int = 0
    left: int = 0

    @property
    def sentence(self) -> str:
        """The outcome as one Chinese line."""
        others = sum(one.kind != "leave_slip" for one in self.placed)
        slips = len(self.placed) - others
        parts = [f"归入报备单{slips}张"] if slips or not others else []
        parts += [f"归入登记{others}条"] if others else []
        parts += [f"已收过{self.known}页"] if self.known else []
        parts += [f"放入收件筐待认{len(self.tray)}页"] if self.tray else []
        parts += [f"未收{len(self.unread)}个文件"] if self.unread else []
        stopped = f"已取消：其余{self.left}个文件没有收，可以再收，不会重复。" if self.left else ""
        return "，".join(parts) + "。" + stopped


class _Stopped(Exception):
    """Raised between two pages of a file once the clerk wants no more."""


def take_in(
    desk: Desk, where: Path | Sequence[Path], progress: Progress | None = None, stop: Stop | None = None
) -> ScanReport:
    """Take in a folder of scans, or some files: every page whose code names a slip of this office goes onto it.

    The originals are only read. A file is taken in whole or not at all; Trouble with this computer's own disk stops
    the run, what was taken in before stands, and doing it again doubles nothing. The same holds once `stop()` is
    true, which is asked before every page. `progress` counts files, or the pages of a single one.
    """
    paths = list(_listed([where] if isinstance(where, Path) else where))
    if not paths:
        raise refuse("empty", "没有找到扫描件（PDF、JPG、PNG、TIFF），请选择扫描仪存放文件的文件夹")
    attachments_by_key = _kept(desk)
    alone = len(paths) == 1
    pages = _pages(progress if alone else None, stop)
    scan_reports: list[ScanReport] = []
    for count, path in enumerate(paths):
        try:
            scan_reports.append(_one(desk, path, attachments_by_key, pages, count))
        except _Stopped:
            break
        if progress is not None and not alone:
            progress(count + 1, len(paths))
    return ScanReport(
        tuple(item for one in scan_reports for item in one.placed),
        tuple(item for one in scan_reports for item in one.tray),
        tuple(item for one in scan_reports for item in one.unread),
        sum(one.known for one in scan_reports),
        len(paths) - len(scan_reports),
    )


def _pages(progress: Progress | None, stop: Stop | None) -> Progress:
    """Return what a file tells of its pages as they are read, and once before, with nothing done."""

    def report(count: int, total: int) -> None:
        if stop is not None and stop():
            raise _Stopped
        if progress is not None and count:
            progress(count, total)

    return report


def _one(
    desk: Desk, path: Path, attachments_by_key: Mapping[str, Sequence[Attachment]], pages: Progress, before: int
) -> ScanReport:
    """Take one file in; `before` files were taken before it. Raises _Stopped, and then nothing of it is taken."""
    pages(0, 0)
    try:
        data = files.read(path, paper.LIMIT)
    except Trouble as trouble:
        return ScanReport(unread=(Unread(attachments.file_name(path), trouble.sentence),))
    if wrong := wrongfiles.named(data, path.name, "扫描件"):
        return ScanReport(unread=(Unread(attachments.file_name(path), wrong),))
    one = _File(desk, data, attachments.named(path, data), attachments_by_key)
    try:
        one.look(pages)
        one.settle()
    except Trouble as trouble:
        text = f"此前{before}个文件已收好；" if before else ""
        raise Trouble(f"{trouble.sentence}{text}排除后请再收一次，不会重复。") from trouble
    return ScanReport(tuple(one.placements), tuple(one.waiting), known=one.known_pages)


def items(desk: Desk) -> list[TrayItem]:
    """Return the pages that wait for a person, oldest first."""
    return tray.items(desk)


def assign(desk: Desk, item_id: str, record_id: str, kind: str = "leave_slip") -> Attachment:
    """Put a waiting page on the slip, or sign-in sheet's record, a person chose; raises Refused where it is not ours.

    Raises Trouble for a page that shows nothing: it would note a signed sheet as back that nobody has.
    """
    item, data = tray.look(desk, item_id)
    record = _here(desk, kind, record_id)
    if isinstance(record, Problem):
        raise Refused([record])
    pages = () if item.page == tray.WHOLE else (item.page,)
    try:
        proof = paper.proved(data, pages, sheet=True)
    except Trouble as trouble:
        raise Trouble(f"“{item.name}”不能作为签字件：{trouble.sentence}") from trouble
    attachments.keep(desk, proof)
    desk.commit(_attaching(desk, record, data, item.name, pages, proof.pages))
    sha, page = tray.item_parts(item)
    tray.take_out(desk, sha, {page})
    of_slip = recordfiles.of_record(desk, kind, record_id)
    return next(one for one in of_slip if attachments.sha_of(one) == sha)


def discard(desk: Desk, item_id: str) -> None:
    """Throw a waiting page away; the clerk's own file stays where it was."""
    item, _ = tray.look(desk, item_id)
    sha, page = tray.item_parts(item)
    tray.take_out(desk, sha, {page})


def scan_bytes(desk: Desk, attachment_id: str) -> bytes:
    """Return the file of an attachment as it was taken in; raises Refused or Trouble."""
    return attachments.content(desk, attachment_id)


def page_image(desk: Desk, attachment_id: str, page: int, dpi: int = 100) -> bytes:
    """Return a page of an attachment's file, counted from 1, as a PNG; raises Refused or Trouble."""
    return paper.picture_of(attachments.content(desk, attachment_id), page, dpi)


def tray_image(desk: Desk, item_id: str, dpi: int = 100) -> bytes:
    """Return a waiting page as a PNG; raises Refused, or Trouble for a file nobody can open."""
    item, data = tray.look(desk, item_id)
    return paper.picture_of(data, max(item.page, 1), dpi)


def _listed(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and of folders what looks like a scan; links lead elsewhere and are left alone."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        try:
            inside = [one for one in sorted(path.rglob("*")) if _may_be_scan(one)]
            inside = [one for one in inside if one.is_file()]
        except OSError as error:
            raise files.trouble(error, path, "读取") from error
        if len(inside) > MOST:
            raise refuse("many", f"文件夹中有{len(inside)}个扫描件，一次最多{MOST}个，请分批")
        yield from inside


def _may_be_scan(path: Path) -> bool:
    return path.suffix.lower() in _ENDINGS | _TOLD and not path.is_symlink()


def _kept(desk: Desk) -> dict[str, list[Attachment]]:
    """Every attachment by the hash of its file, asked once for a whole folder of scans."""
    attachments_by_key: dict[str, list[Attachment]] = {}
    for record in desk.store.rows(Attachment, scope=desk.scope):
        attachments_by_key.setdefault(attachments.sha_of(record), []).append(record)
    return attachments_by_key


class _File:
    """One file on its way: looked at first, then settled in one stroke."""

    def __init__(
        self, desk: Desk, data: bytes, name: str, attachment_by_hash: Mapping[str, Sequence[Attachment]]
    ) -> None:
        self._desk = desk
        self._data = data
        self._name = name
        self._sha = attachments.digest(data)
        self._kept = attachment_by_hash.get(self._sha, ())
        self._total = 0
        self._records: dict[str, Record] = {}
        self._pages: dict[str, set[int]] = {}  # log key of a record -> pages that bear its code
        self._reasons: dict[int, str] = {}  # page -> why a person must look
        self.placements: list[ScanPlacement] = []
        self.waiting: list[TrayItem] = []
        self.known_pages = 0

    def look(self, progress: Progress) -> None:
        """Read the codes; decide for every page. A file that shows nothing waits as a whole with the reason."""
        try:
            pages = paper.read(self._data, progress)
            if not any(page.sound for page in pages):
                paper.proved(self._data)  # raises, and says why
        except Trouble as trouble:
            self._reasons[tray.WHOLE] = trouble.sentence
            return
        self._total = len(pages)
        for page in pages:
            self._decide(page)

    def _decide(self, page: paper.Page) -> None:
        why: list[str] = []
        for text in page.texts:
            read = slipcode.decode(text)
            record = read if isinstance(read, Problem) else _here(self._desk, *read)
            if not isinstance(record, Problem):
                key = ids.key(record.kind.name, record.id)
                self._records[key] = record
                self._pages.setdefault(key, set()).add(page.number)
            elif record.code != "alien":  # another program's code on the paper says nothing about it
                why.append(record.sentence)
        if why:
            self._reasons[page.number] = "；".join(dict.fromkeys(why))
        elif not any(page.number in pages for pages in self._pages.values()):
            self._reasons[page.number] = _no_code(page)

    def settle(self) -> None:
        """Keep the bytes, write the records in one commit, and only then touch the tray. Raises Trouble."""
        assigned = self._assigned()
        changes: list[Change] = []
        for key, pages in self._pages.items():
            record = self._records[key]
            new = _attaching(self._desk, record, self._data, self._name, pages, self._total)
            changes += new
            self._count(record, pages, new=bool(new))
        if self._pages:
            pages = set().union(*self._pages.values())
            attachments.keep(self._desk, paper.proved(self._data, pages))
        self._desk.commit(changes)
        reasons = {page: reason for page, reason in self._reasons.items() if page not in assigned}
        self.known_pages += len(self._reasons) - len(reasons)
        if reasons:
            self.waiting = tray.lay(self._desk, self._data, self._name, self._total, reasons)
            self.known_pages += len(reasons) - len(self.waiting)
        settled = set().union(*self._pages.values()) - set(reasons)
        tray.take_out(self._desk, self._sha, settled)

    def _count(self, record: Record, pages: set[int], *, new: bool) -> None:
        if not new:
            self.known_pages += len(pages)
            return
        slip = record if isinstance(record, LeaveSlip) else None
        pair = (slip.number, slip.name) if slip else (registers.title_of(self._desk, record), "")
        self.placements.append(ScanPlacement(record.id, *pair, self._name, tuple(sorted(pages)), record.kind.name))

    def _assigned(self) -> set[int]:
        """The pages a person put on a slip that their code does not name: they do not wait again."""
        counts: set[int] = set()
        for record in self._kept:
            pages = attachments.pages_of(record) or set(range(self._total + 1))
            counts |= pages - self._pages.get(record.subject, set())
        return counts


def _here(desk: Desk, kind: str, record_id: str) -> Record | Problem:
    if kind == "leave_slip":
        return attachments.slip_here(desk, record_id)
    return recordfiles.here(desk, kind, record_id)


def _attaching(desk: Desk, record: Record, data: bytes, name: str, pages: Collection[int], total: int) -> list[Change]:
    """Return the changes that put pages on a record; those of a slip also note that its sheet is back."""
    if isinstance(record, LeaveSlip):
        return attachments.attaching(desk, record, data, name, pages, total)
    return recordfiles.attaching(desk, record, data, name, pages, total)


def _no_code(page: paper.Page) -> str:
    if not page.sound:
        return "这一页打不开，请重新扫描"
    if page.blank:
        return "这一页是空白的，可能是背面，不用的请丢弃"
    if page.spoilt:
        return "页脚的二维码读不清，请看图指定归到哪里"
    return "没有找到页脚的二维码，请看图指定归到哪里"
