"""Packages of scans: the files of attachments travel only when asked, in packages of their own beside the data.

Nothing of them is a change: a file is known by its hash, taken in once however often it comes, and only for a record
that is here. So no order matters and none can be lost for good: what is lacking is counted, and sent again when asked.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.documents import scans as paper
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.exchange.parcel import PLAIN, SCANS, Header, encode
from tuopin_desktop.domain.exchange.planning import addressed
from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.records import Attachment
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.exchange import seal
from tuopin_desktop.exchange.bag import Bag, Label, pack
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.keys import Keys
from tuopin_desktop.machine import files
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import attachments, clocks, disclosures, offices, safe, stations, stickfiles
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers.wording import Wording
from tuopin_desktop.store import sending
from tuopin_desktop.store.feeds import certificates

_PIECE = 600 * 1024
_PART = 64 * 1024 * 1024
"""Compressed bytes after which another package is begun: a package is made and proved in memory."""
Progress = Callable[[int, int], None]


class ScanPackageFile(msgspec.Struct, frozen=True, kw_only=True):
    """One package of scans on the stick, read back and proved."""

    path: Path
    to: str
    scans: int
    size: int


class ScanImport(msgspec.Struct, frozen=True, kw_only=True):
    """What came: files that are new here, files that were here, and those whose record has not come yet.

    `lacking` counts the attachments of all records here whose file is still not here, `unreadable` files that came
    and cannot be opened as a scan: they are not kept.
    """

    office: str
    new: int
    again: int
    unknown: int
    lacking: int
    unreadable: int = 0

    @property
    def sentence(self) -> str:
        """Return the account in a sentence."""
        text = f"{offices.called(self.office)}的扫描件：新收{self.new}份，已有{self.again}份。"
        if self.unknown:
            text += f"有{self.unknown}份所属的记录还没有收到，没有存：请先收下它的数据包，再收一次。"
        if self.unreadable:
            text += f"有{self.unreadable}份打不开，不是扫描件，没有存：请对方重新扫描后再发。"
        return text + (f"本机还缺{self.lacking}份扫描件。" if self.lacking else "")


class _Head(msgspec.Struct, frozen=True):
    """The line before the pieces of one file."""

    sha: str
    size: int
    pieces: int


def make(
    desk: Desk, office: str, folder: Path, *, since: date | None = None, progress: Progress | None = None
) -> list[ScanPackageFile]:
    """Write the scans kept here since a day (default: all) for an office; several packages where they are many.

    Raises Refused when nobody there is certified or there is nothing to send, Trouble when the stick says no.
    """
    desk.require(Act.SEND)
    own = stations.keys(desk)
    packages.ready(desk)
    files.make_folder(folder)
    with desk.store.ledger.reading() as cursor:
        to = sending.recipients(cursor, office)
    if not to:
        raise refuse("nobody", f"{offices.called(office)}还没有经授权的电脑，不能给它制作扫描件包", "to")
    pairs = _chosen(desk, office, since)
    if not pairs:
        raise refuse("empty", "没有可以带的扫描件（所选日期以后没有收过，或文件不在本机）", "since")
    recipients = [*to.values(), own.age, *stations.escrow(desk)]
    disclosures.note(desk, "export", f"给{offices.called(office)}的扫描件包（加密）", len(pairs), need=Act.SEND)
    scan_package_files = []
    for number, part in enumerate(_parts(pairs), 1):
        scan_package_files.append(_write(desk, own, office, part, recipients, folder, number))
        if progress is not None:
            progress(sum(one.scans for one in scan_package_files), len(pairs))
    return scan_package_files


def any_for(desk: Desk, office: str, since: date | None = None) -> bool:
    """Tell whether there are scans to send to an office."""
    return bool(_chosen(desk, office, since))


def _name(desk: Desk, own: Keys, office: str, number: int) -> str:
    now = beijing(clocks.moment(desk))
    return f"tuopin-{desk.scope}-to-{office}-scans-{now:%Y%m%d%H%M%S}-{number:02d}-{own.station[:6]}"


def _chosen(desk: Desk, office: str, since: date | None) -> list[tuple[str, Path]]:
    """Return hash and place of every file the office may see that is here and was kept since the day."""
    path_by_key: dict[str, Path] = {}
    for record in desk.store.rows(Attachment, scope=desk.scope):
        place = attachments.place_of(desk, record)
        if place is None or not ids.sees(office, ids.owner(record.id)):
            continue
        if since is None or beijing(place.stat().st_mtime * 1000).date() >= since:
            path_by_key[attachments.sha_of(record)] = place
    return sorted(path_by_key.items())


def _parts(pairs: list[tuple[str, Path]]) -> Iterator[list[tuple[str, Path]]]:
    part: list[tuple[str, Path]] = []
    size = 0
    for sha, place in pairs:
        if part and size + place.stat().st_size > _PART:
            yield part
            part, size = [], 0
        part.append((sha, place))
        size += place.stat().st_size
    yield part


def _write(
    desk: Desk, own: Keys, office: str, part: list[tuple[str, Path]], to: list[str], folder: Path, number: int
) -> ScanPackageFile:
    squeezer = seal.Squeezer(fast=True)
    squeezer.add([encode(_header(desk, own, office))])
    for sha, place in part:
        content = safe.read(place)
        pieces = [content[at : at + _PIECE] for at in range(0, len(content), _PIECE)]
        squeezer.add([encode(_Head(sha, len(content), len(pieces))), *map(base64.b64encode, pieces)])
    label = Label(
        name=_name(desk, own, office, number),
        office=desk.scope,
        to=office,
        number=0,
        changes=len(part),
        date=desk.today().isoformat(),
    )
    raw = pack(own, label, seal.seal(squeezer.finish(), to))
    target = stickfiles.scans(folder, desk.scope, office, f"{desk.today():%Y%m%d}", number)
    files.write(target, raw)
    return ScanPackageFile(path=target, to=office, scans=len(part), size=len(raw))


def _header(desk: Desk, own: Keys, office: str) -> Header:
    return Header(
        tuopin=PLAIN,
        needs=(SCANS,),
        sender=own.station,
        office=desk.scope,
        era=desk.store.identity.era,
        number=0,
        to=office,
        made=clocks.moment(desk),
        practice=desk.practice,
        token=secrets.token_hex(16),
        have={},
    )


def are_scans(label: dict[str, str]) -> bool:
    """Tell by its label whether a package holds scans."""
    return "-scans-" in label.get("External-Identifier", "")


def take(desk: Desk, path: Path, *, keep: bool = True, progress: Progress | None = None) -> ScanImport:
    """Keep the scans of a package that belong to records here; raises Refused for a package that is not sound.

    Without `keep` they are only counted: what would come.

    What was kept before a fault stays: each file is whole or not there, and a second import brings the rest.
    """
    desk.require(Act.RECEIVE)
    bag = packages.proved(path)
    header, lines = packages.opened(desk, path, bag)
    if SCANS not in header.needs:
        raise refuse("scans", "这不是扫描件包，请按数据包收下")
    if (problem := addressed(header, desk.scope, practice=desk.practice)) is not None:
        raise Refused([Wording(desk).problem(problem)])
    _certified(desk, bag, header)
    names = {attachments.sha_of(record) for record in desk.store.rows(Attachment)} - {""} - attachments.forgotten(desk)
    here = {sha for sha in names if attachments.has_file(desk, sha)}
    counts = {"new": 0, "again": 0, "unknown": 0, "unreadable": 0}
    total = int(bag.label.get("Tuopin-Changes", "0") or 0)
    for count, (sha, content) in enumerate(_files(path, lines), 1):
        state = "again" if sha in here else "new" if sha in names else "unknown"
        if state == "new" and not _keep(desk, content, keep=keep):
            state = "unreadable"
        counts[state] += 1
        if progress is not None:
            progress(count, max(count, total))
    return ScanImport(office=header.office, lacking=len(lacking(desk)), **counts)


def _keep(desk: Desk, content: bytes, *, keep: bool) -> bool:
    """Keep a file that came; False for one that is no scan, as an older program may have taken one in."""
    try:
        proof = paper.proved(content)
    except Trouble:
        return False
    if keep:
        attachments.keep(desk, proof)
    return True


def lacking(desk: Desk) -> list[Attachment]:
    """Return the attachments whose file is not on this PC."""
    gone = attachments.forgotten(desk)
    records = [one for one in desk.store.rows(Attachment) if attachments.sha_of(one) not in gone]
    return [one for one in records if attachments.place_of(desk, one) is None]


def _certified(desk: Desk, bag: Bag, header: Header) -> None:
    """Raise Refused unless a station that the region vouches for, and that is not closed, signed for its own office."""
    with desk.store.ledger.reading() as cursor:
        certificate = certificates(cursor, root=stations.root(desk)).get(bag.station)
    is_trusted = certificate is not None and certificate.sign == bag.sign and certificate.office == header.office
    if not is_trusted or header.sender != bag.station or (certificate is not None and certificate.is_closed):
        raise refuse("unknown", "扫描件包不是已授权的电脑签的，或该电脑已停用，没有收下。请先收下它的数据包")


def _files(path: Path, lines: Iterator[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield hash and bytes of each file; raises Refused for one that is not what it says."""
    decode = msgspec.json.Decoder(_Head).decode
    for raw in lines:
        try:
            head = decode(raw)
            if not 0 <= head.size <= attachments.MOST or head.pieces > head.size // _PIECE + 1:
                raise Unsound("有一份扫描件过大")
            content = b"".join(base64.b64decode(next(lines, b""), validate=True) for _ in range(head.pieces))
        except (msgspec.DecodeError, binascii.Error, UnicodeDecodeError) as error:
            raise packages.unsound(path, Unsound("扫描件读不懂")) from error
        except Unsound as error:
            raise packages.unsound(path, error) from error
        if len(content) != head.size or hashlib.sha256(content).hexdigest() != head.sha:
            raise packages.unsound(path, Unsound("有一份扫描件与它的编号不符"))
        yield head.sha, content
