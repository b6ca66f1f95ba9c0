"""Data packages: make, look at, rehearse, take in, undo. What was not confirmed goes again; a repeat is harmless."""

import secrets
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.exchange import receipt
from tuopin_desktop.domain.exchange.arrival import Outcome
from tuopin_desktop.domain.exchange.parcel import SCANS, Header, encode, read_header
from tuopin_desktop.domain.exchange.planning import addressed
from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.uncounted import value_of, words_of, written_over
from tuopin_desktop.exchange import minisign, seal
from tuopin_desktop.exchange.bag import MAX_FILE, Bag, Label, open_bag, pack
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.keys import Keys
from tuopin_desktop.machine import files
from tuopin_desktop.machine.filekinds import Kind
from tuopin_desktop.services.exchange import closedpcs, importnotes
from tuopin_desktop.services.exchange.accounts import ImportAccount, PackageFile, PackageView
from tuopin_desktop.services.forgetting import purging
from tuopin_desktop.services.office import (
    backups,
    clocks,
    closedmonths,
    disclosures,
    offices,
    seals,
    signed,
    stations,
    stickfiles,
    wrongfiles,
)
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import wording
from tuopin_desktop.services.registers.wording import Wording, spoken
from tuopin_desktop.store import receiving, sending, undoing
from tuopin_desktop.store.admitting import Admit
from tuopin_desktop.store.feeds import certificates
from tuopin_desktop.store.receiving import receive
from tuopin_desktop.store.undoing import Undone

ENDING = ".zip"
_FAST = 50_000
_TOLD = 20
Progress = Callable[[int, int], None]


class _Part(msgspec.Struct):
    header: Header
    name: str
    squeezer: seal.Squeezer
    pieces: list[sending.Piece]


def make(
    desk: Desk,
    office: str,
    folder: Path,
    *,
    part_bytes: int = 0,
    everything: bool = False,
    progress: Progress | None = None,
) -> list[PackageFile]:
    """Write the package for an office to a folder and return it, or its parts, each complete in itself.

    Everything the office has not confirmed goes in. `part_bytes` cuts where a part grows larger;
    `everything` passes over the receipts, for an office that lost what it had confirmed. Raises Refused when
    nobody there is certified, Trouble when the stick says no: then no half file stands under a final name.
    """
    desk.require(Act.SEND)
    own = stations.keys(desk)
    ready(desk)
    purging.follow(desk)  # nothing leaves that was to be forgotten
    files.make_folder(folder)
    with desk.store.ledger.writing() as cursor:
        to = sending.recipients(cursor, office)
        if not to:
            raise refuse("nobody", f"{offices.called(office)}还没有经授权的电脑，不能给它制作数据包", "to")
        parts = list(_fill(desk, cursor, own, office, [] if everything else list(to), part_bytes, progress))
        places = [sending.note(cursor, part.name, part.header, part.pieces) for part in parts]
    signed.remember(desk)
    for part in parts:
        what = f"给{offices.called(office)}的第{part.header.number}号数据包（加密）"
        disclosures.note(desk, "export", what, sum(piece.lines for piece in part.pieces), need=Act.SEND)
    recipients = [*to.values(), own.age, *stations.escrow(desk)]
    package_files = [_write(desk, own, part, recipients, folder) for part in parts]
    sending.mark_written(desk.store.ledger, places, stickfiles.place_words(folder))
    return package_files


def ready(desk: Desk) -> None:
    """Raise Refused where this PC may not send packages yet."""
    if why := stations.unready(desk):
        raise refuse("unauthorised", why)


def _fill(
    desk: Desk, cursor: object, own: Keys, office: str, to: list[str], part_bytes: int, progress: Progress | None
) -> Iterator[_Part]:
    plan = sending.plan(cursor, office, to)
    total = sum(send.feed.seq - send.after for send in plan)
    count = 0
    part = _begin(desk, cursor, own, office, fast=total > _FAST)
    for send in plan:
        for piece in sending.pieces(cursor, send, own.sign_bytes, cut=bool(part_bytes)):
            if part_bytes and part.squeezer.size > part_bytes and part.pieces:
                yield part
                part = _begin(desk, cursor, own, office, fast=total > _FAST)
            for batch in sending.lines(cursor, piece):
                part.squeezer.add(batch)
                count += len(batch)
                if progress is not None:
                    progress(min(count, total), total)
            part.pieces.append(piece)
    yield part


def _begin(desk: Desk, cursor: object, own: Keys, office: str, *, fast: bool) -> _Part:
    header = Header(
        sender=own.station,
        office=desk.scope,
        era=desk.store.identity.era,
        number=sending.reserve(cursor),
        to=office,
        made=clocks.moment(desk),
        practice=desk.practice,
        token=secrets.token_hex(16),
        have=sending.have(cursor),
        refused=sending.refusals(cursor, office),
        acts=disclosures.counts(desk) if desk.scope.startswith(office) else {},
    )
    squeezer = seal.Squeezer(fast=fast)
    squeezer.add([encode(header)])
    name = f"tuopin-{desk.scope}-to-{office}-{header.number:06d}-{own.station[:6]}"
    return _Part(header, name, squeezer, [])


def _write(desk: Desk, own: Keys, part: _Part, recipients: list[str], folder: Path) -> PackageFile:
    changes = sum(piece.lines for piece in part.pieces)
    label = Label(
        name=part.name,
        office=desk.scope,
        to=part.header.to,
        number=part.header.number,
        changes=changes,
        date=desk.today().isoformat(),
    )
    raw = pack(own, label, seal.seal(part.squeezer.finish(), recipients))
    path = stickfiles.package(folder, desk.scope, part.header.to, part.header.number)
    files.write(path, raw)
    return PackageFile(path=path, number=part.header.number, to=part.header.to, changes=changes, size=len(raw))


def show(desk: Desk, path: Path) -> PackageView:
    """Return the header of a package and whether its sender is certified; raises Refused for a damaged one."""
    bag = proved(path)
    header, text = None, ""
    try:
        header = opened(desk, path, bag)[0]
    except Refused as refused:
        text = refused.sentence
    with desk.store.ledger.reading() as cursor:
        certificate = certificates(cursor, root=stations.root(desk)).get(bag.station)
    return PackageView(
        label=bag.label,
        station=bag.station,
        known=certificate is not None and certificate.sign == bag.sign,
        shut=certificate is not None and certificate.is_closed,
        header=header,
        closed=text,
    )


def rehearse(desk: Desk, path: Path, progress: Progress | None = None) -> ImportAccount:
    """Do everything an import does and take it all back: what it would change. Raises Refused as the import would."""
    return _receive(desk, path, progress, keep=False)


def take(desk: Desk, path: Path, progress: Progress | None = None) -> ImportAccount:
    """Take a package in, all of it or nothing, after a checked copy of the database; raises Refused with the reason."""
    return _receive(desk, path, progress, keep=True)


def take_further(desk: Desk, path: Path, progress: Progress | None = None) -> ImportAccount:
    """Take a further package of a batch in: the copy made before the first stands for all, they are undone together."""
    return _receive(desk, path, progress, keep=True, first=False)


def follow(desk: Desk, path: Path, progress: Progress | None = None, *, keep: bool = True) -> ImportAccount:
    """Take in, or rehearse, a package of the region office also where another version of a PC's data is here.

    A PC that was copied with its key wrote two histories, and this office was given the other one: it gives way, and
    stays in the copy made before. Raises Refused for a package of anybody else.
    """
    return _receive(desk, path, progress, keep=keep, yielding=True)


def account(import_account: ImportAccount) -> list[str]:
    """Return what an import did, or would do, in words."""
    outcome = import_account.outcome
    whose = offices.called(import_account.office)
    lines = [
        f"{whose}第{import_account.number}号数据包（{import_account.made}）：新增{outcome.new}条，已有{outcome.again}条。"
    ]
    lines += [f"    {text}" for text in import_account.idle]
    for kind, news in outcome.kinds.items():
        label = KINDS[kind].kind.label if kind in KINDS else wording.UNKNOWN
        lines.append(f"    {label}：新记录{news.new}个，改动{news.changed}个")
    lines += [f"    {sentence}" for sentence in import_account.samples]
    if outcome.lost:
        lines.append(f"    有{len(outcome.lost)}处两边都改过，两个值都保留，请逐处确认。")
    lines += [f"    {phrase}" for phrase in uncounted_words(outcome)]
    lines += [f"    {phrase}" for phrase in (*import_account.closed, *import_account.clocks)]
    lines += written_over(outcome.altered)
    if outcome.aside:
        lines.append(
            f"    以自治区办公室的数据为准，放下本机原存的另一个版本{outcome.aside}条（收包前的备份里还有）。"
            "请写这些内容的电脑重新制作数据包。"
        )
    if outcome.forked:
        lines.append("    本机的数据文件夹曾被复制到别处使用，本机后来的修改已改用新编号，没有丢失。")
    lines += [f"    对方没有收下本机第{one.number}号包：{one.why}" for one in import_account.refused]
    lines += [f"    本机数据曾恢复为旧备份：{phrase}，对方下一个数据包会补齐。" for phrase in import_account.lacking]
    return lines


def uncounted_words(outcome: Outcome) -> list[str]:
    """Return what came and does not count, each with its sender, and where to look for the rest."""
    asides = outcome.uncounted
    if not asides:
        return []
    codes = {code for one in asides for code in (one.office, ids.owner(one.key.partition(":")[2]))}
    called = {code: offices.called(code) for code in codes}
    rest = f"（另有{len(asides) - _TOLD}处）" if len(asides) > _TOLD else ""
    head = f"有{len(asides)}处没有采用（已存档，不影响其余内容），详见“两边不一致”{rest}："
    return [head, *(f"  {words_of(one, called)}。" for one in asides[:_TOLD])]


def undo(desk: Desk) -> Undone:
    """Undo the newest import; work entered since stays unless it builds on it, then Refused names the records."""
    desk.require(Act.RECEIVE)
    with spoken(desk):
        undone = undoing.undo(desk.store.ledger, _admit(desk))
    importnotes.note_undoing(desk, undone)
    desk.touch(undone.kinds | frozenset(KINDS if {"station", "revocation"} & undone.kinds else ()))
    return undone


def _admit(desk: Desk) -> Admit:
    """Return what refuses an import, or its undoing, that changes a sealed term."""
    return partial(seals.refuse_arriving, desk.store, desk.scope, seals=desk.seals)


def arriving(desk: Desk, path: Path, *, yielding: bool = False) -> receiving.ProvedContainer:
    """Return a package that is proved, opened and for this office, ready to be taken in; raises Refused, Trouble."""
    bag = proved(path)
    header, lines = opened(desk, path, bag)
    if (problem := addressed(header, desk.scope, practice=desk.practice)) is not None:
        raise Refused([Wording(desk).problem(problem)])
    if SCANS in header.needs:
        raise refuse("scans", "这是扫描件包，不含数据，请按扫描件收下")
    if yielding and header.office != ids.REGION:
        raise refuse("follow", "只能以自治区工作队管理办公室的数据包为准，这个数据包不是它制作的，没有收下")
    changes = bag.label.get("Tuopin-Changes", "0")
    return receiving.ProvedContainer(
        bag.label["External-Identifier"], bag.sign, header, lines, int(changes) if changes.isdecimal() else 0
    )


def _receive(
    desk: Desk,
    path: Path,
    progress: Progress | None,
    *,
    keep: bool,
    yielding: bool = False,
    first: bool = True,
) -> ImportAccount:
    desk.require(Act.RECEIVE)
    stations.keys(desk)
    package = arriving(desk, path, yielding=yielding)
    header = package.header
    brings = yielding or (keep and receiving.brings(desk.store.ledger, opened(desk, path, proved(path))[1]))
    copy = backups.make(desk, backups.BEFORE_IMPORT).path if keep and brings and first else None
    try:
        with spoken(desk):
            outcome = receive(
                desk.store.ledger,
                package,
                minisign.good,
                desk.clock.stamp_ms(),
                keep=keep,
                yielding=yielding,
                first=first,
                progress=progress,
                admit=_admit(desk),
            )
    except Refused as refused:
        if keep:
            receiving.note_refused(desk.store.ledger, package, refused.sentence, clocks.moment(desk))
        raise
    if keep:
        desk.store.reread()
        anything = outcome.aside or {"station", "revocation"} & set(outcome.kinds)
        desk.touch(KINDS if anything else [kind for kind in outcome.kinds if kind in KINDS])
        purging.after_import(desk)
        importnotes.note_import(desk, header, outcome.new)
    return account_of(desk, package, outcome, copy)


def account_of(
    desk: Desk, package: receiving.ProvedContainer, outcome: Outcome, copy: Path | None = None
) -> ImportAccount:
    """Return the account of a package by what came of it."""
    header, wording = package.header, Wording(desk)
    code = receipt.code(header.number, header.token, desk.store.identity.station)
    asides = tuple(msgspec.structs.replace(one, value=value_of(one)) for one in outcome.uncounted)
    outcome = msgspec.structs.replace(outcome, uncounted=asides)
    return ImportAccount(
        name=package.name,
        office=header.office,
        number=header.number,
        made=clocks.claimed_time(desk, header.made),
        outcome=msgspec.structs.replace(outcome, samples=tuple(map(wording.sample, outcome.samples))),
        receipt=code,
        refused=header.refused,
        missing=signed.missing(desk),
        samples=tuple(wording.change(one) for one in outcome.samples[:_TOLD]),
        lacking=wording.lacking(signed.missing(desk)),
        closed=tuple(closedmonths.arriving(desk.store, outcome.months)),
        clocks=clocks.of_import(desk, outcome),
        idle=closedpcs.sentences(desk, header.sender, outcome),
        backup=copy,
    )


def proved(path: Path) -> Bag:
    """Return a package whose integrity and signature are sound; raises Refused, Trouble."""
    try:
        raw = files.read(path, MAX_FILE)
    except Trouble as trouble:
        raise wrongfiles.refusal(path, Kind.PACKAGE, code="damaged") or trouble from trouble
    try:
        return open_bag(raw)
    except Unsound as error:
        wrong = wrongfiles.refusal(path, Kind.PACKAGE, Kind.SCANS, Kind.BROKEN, code="damaged")
        raise wrong or unsound(path, error) from error


def opened(desk: Desk, path: Path, bag: Bag) -> tuple[Header, Iterator[bytes]]:
    """Return what a proved package holds: its header and its lines; raises Refused where this PC cannot open it."""
    try:
        lines = seal.lines(seal.unseal(bag.payload, stations.keys(desk).identity))
        first = next(lines, b"")
    except Unsound as error:
        raise unsound(path, error) from error
    return read_header(first), _telling(path, lines)


def _telling(path: Path, lines: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from lines
    except Unsound as error:
        raise unsound(path, error) from error


def unsound(path: Path, error: Unsound) -> Refused:
    """Return the refusal of a package that failed a check."""
    return refuse("damaged", f"数据包“{path.name}”没有通过检查（{error}），没有收下。请重新拷贝，或请对方重新制作")
