"""Rule packs by stick: the region signs one with its paper; an office looks at it, keeps it, and takes it into use.

What was kept lies as it came in the folder `packs` beside the data and counts for nothing. Taken into use, it is a
record of the office's own: in its log, its backups and its packages, proved again whenever it is read.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from tuopin_desktop.documents import scans as paper
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.packreading import read_pack
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Attachment, RulePack
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.validate import problems
from tuopin_desktop.exchange import packfile
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.packfile import Outside, PackFile
from tuopin_desktop.machine import files
from tuopin_desktop.machine.filekinds import Kind
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import (
    attachments,
    library,
    offices,
    packproofs,
    packshelf,
    safe,
    stations,
    wrongfiles,
)
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles
from tuopin_desktop.store import feeds

FOLDER = "packs"
ENDING = ".zip"
_TOML = 2 * 1024 * 1024
"""Bytes of a file that are read to say that it is too large for a pack."""
_KEPT = 50
"""Files looked at in the folder."""
_DONE = "没有收下"
_NAMES = re.compile(r"tuopin-pack-[a-z0-9-]{3,40}-v[0-9]{1,3}")


class ProvedPack(msgspec.Struct, frozen=True, kw_only=True):
    """A pack that was proved: the region signed it and this program can judge by it.

    `state` is new, here (kept, not in use) or used; `paper` tells whether its paper is at hand.
    """

    policy: Policy
    file: PackFile
    state: str
    paper: bool
    path: Path | None = None

    @property
    def name(self) -> str:
        """Return the title of the pack with its version."""
        return f"《{self.policy.title}》第{self.policy.version}版"


def export(desk: Desk, rules: Path, proof: Path, folder: Path) -> Path:
    """Sign a pack with the paper that establishes it and write it to a folder; return the file.

    Only the region office may. The file is for every office and is not encrypted: rules and their paper are public.
    Raises Refused for a pack that no office could take in, or a paper that is no scan; Trouble.
    """
    desk.require(Act.PACKS)
    if desk.level is not Level.REGION:
        raise refuse("authority", "办法文件由自治区工作队管理办公室签发，本单位不能制作")
    packages.ready(desk)
    own = stations.keys(desk)
    raw = _toml(rules)
    policy = read_pack(raw, packshelf.first_of(desk.packs))
    _fits(desk, policy)
    proof_content = _proved(files.read(proof, paper.LIMIT), proof.name)
    name = name_of(policy)
    outside = Outside(
        name=name,
        office=desk.scope,
        pack=policy.id,
        version=policy.version,
        date=desk.today().isoformat(),
        practice=desk.practice,
    )
    files.make_folder(folder)
    path = folder / f"{name}{ENDING}"
    files.write(path, packfile.write(own, outside, raw, proof_content.data, paper.media_of(proof_content.data)[1]))
    return path


def _toml(path: Path) -> bytes:
    """Return the bytes of a pack as it was written by hand; raises Refused for what is plainly something else."""
    if wrong := wrongfiles.named(files.start(path), path.name, "规则文件（.toml）"):
        raise refuse("pack", f"{wrong}没有制作", "rules")
    return files.read(path, _TOML)


def name_of(policy: Policy) -> str:
    """Return what the file of a pack is called, without its ending."""
    return portable(f"tuopin-pack-{policy.id}-v{policy.version}")


def inspect(desk: Desk, path: Path) -> ProvedPack:
    """Return the proved pack of a file; writes nothing. Raises Refused where it can never count here."""
    proved_pack = glance(desk, path)
    _proved(proved_pack.file.paper, "依据文件")
    return proved_pack


def glance(desk: Desk, path: Path) -> ProvedPack:
    """Say what a file holds as `inspect` does, but for its paper, which is not drawn: for lists. Raises Refused."""
    try:
        raw = files.read(path, packfile.MAX_FILE)
    except Trouble as trouble:
        raise wrongfiles.refusal(path, Kind.RULES, code="damaged", message=_DONE) or trouble from trouble
    try:
        file = packfile.read(raw)
    except Unsound as error:
        wrong = wrongfiles.refusal(path, Kind.RULES, Kind.BROKEN, code="damaged", message=_DONE)
        raise wrong or _unsound(path.name, error) from error
    _trusted(desk, file)
    policy = _policy(desk, file)
    return msgspec.structs.replace(_seen(desk, policy, file), path=path, paper=True)


def _unsound(name: str, error: Unsound) -> Refused:
    sentence = f"办法文件“{name}”没有通过检查（{error}），{_DONE}。请重新拷贝，或请自治区工作队管理办公室重新制作"
    return refuse("damaged", sentence)


def _proved(raw: bytes, name: str) -> paper.Proof:
    try:
        return paper.proved(raw)
    except Trouble as error:
        raise refuse("paper", f"办法文件的依据文件“{name}”打不开：{error.sentence}请用扫描件或PDF", "paper") from error


def _trusted(desk: Desk, file: PackFile) -> None:
    """Raise Refused unless the region this office trusts signed the file, for practice or in earnest as we are."""
    if file.label.get("Tuopin-Practice") != str(int(desk.practice)):
        raise refuse("practice", f"练习用的办法文件不能用于正式数据，正式的也不能用于练习，{_DONE}")
    root = stations.root(desk)
    if not root:
        text = "本机还没有登记自治区工作队管理办公室的核对号码，看不出是不是它签的。请先在“单位登记”登记（电话核对）"
        raise refuse("root", f"{text}，再收办法文件")
    with desk.store.ledger.reading() as cursor:
        certificate = feeds.certificates(cursor, root=root).get(file.station)
    if certificate is None or certificate.sign != file.sign:
        raise refuse(
            "unknown",
            "办法文件不是本机所认的自治区工作队管理办公室签的（或者它换了电脑、授权还没有到本机），"
            f"{_DONE}。请先收下自治区办公室最近的数据包，再试；仍不行的请打电话核实",
        )
    if certificate.office != ids.REGION or file.label.get("Source-Organization") != ids.REGION:
        whose = offices.called(certificate.office)
        raise refuse("authority", f"办法文件只能由自治区工作队管理办公室签发，这一个是{whose}的电脑签的，{_DONE}")
    if certificate.is_closed:
        raise refuse("closed", f"签发这个办法文件的电脑已被停用，{_DONE}。请自治区工作队管理办公室重新签发")


def _policy(desk: Desk, file: PackFile) -> Policy:
    policy = read_pack(file.rules, packshelf.first_of(desk.packs))
    row = (file.label.get("Tuopin-Pack"), file.label.get("Tuopin-Version"), file.label.get("External-Identifier"))
    if row != (policy.id, str(policy.version), name_of(policy)):
        raise _unsound(name_of(policy), Unsound("标签与内容不符"))
    _fits(desk, policy)
    return policy


def _fits(desk: Desk, policy: Policy) -> None:
    """Raise Refused for a pack that stands against one that is here: nothing that was judged by may be changed."""
    if policy.id not in desk.packs:
        return
    policy_by_number = {one.version: one for one in packshelf.versions(desk.packs[policy.id])}
    if policy.version in policy_by_number:
        if policy_by_number[policy.version] != policy:
            shipped = library.packs().get(policy.id) == policy_by_number[policy.version]
            whose = "随程序提供的" if shipped else "已启用的"
            text = f"与{whose}办法文件“{policy.id}”第{policy.version}版同名，内容却不同，{_DONE}。改动的内容应另编版次"
            raise refuse("pack.same", text, "pack")
        return
    last = packshelf.newest(desk.packs[policy.id])
    if policy.version < last.version:
        text = f"“{policy.id}”第{policy.version}版比本机的第{last.version}版旧，{_DONE}。请用最新的一版"
        raise refuse("pack.older", text, "pack")
    if policy.in_force <= last.in_force:
        text = f"第{policy.version}版的施行日期{policy.in_force}不晚于第{last.version}版的{last.in_force}，{_DONE}"
        raise refuse("pack.day", text, "pack")


def _seen(desk: Desk, policy: Policy, file: PackFile) -> ProvedPack:
    used = policy.id in desk.packs and policy.version in {
        one.version for one in packshelf.versions(desk.packs[policy.id])
    }
    here = (desk.folder / FOLDER / f"{name_of(policy)}{ENDING}").exists()
    at_hand = bool(file.paper) or attachments.has_file(desk, file.sha)
    return ProvedPack(policy=policy, file=file, state="used" if used else "here" if here else "new", paper=at_hand)


def install(desk: Desk, path: Path) -> ProvedPack:
    """Keep a pack beside the data; it counts for nothing until it is taken into use. Raises Refused, Trouble."""
    desk.require(Act.PACKS)
    proved_pack = inspect(desk, path)
    if proved_pack.state == "used":
        raise refuse("pack.used", f"{proved_pack.name}已经启用，不用再收", "pack")
    place = desk.folder / FOLDER / f"{name_of(proved_pack.policy)}{ENDING}"
    files.make_folder(place.parent)
    files.write(place, files.read(path, packfile.MAX_FILE))
    return msgspec.structs.replace(proved_pack, state="here", path=place)


def waiting(desk: Desk) -> list[ProvedPack]:
    """Return the packs that could be taken into use here: those kept, and those the region uses, by name and version.

    Of one version the kept file is returned, which has its paper. What does not hold any more is left out: it is said
    when the file is taken in again.
    """
    proved_pack_by_pair: dict[tuple[str, int], ProvedPack] = {}
    for proved_pack in (*_of_region(desk), *_of_folder(desk)):
        if proved_pack.state != "used":
            proved_pack_by_pair[(proved_pack.policy.id, proved_pack.policy.version)] = proved_pack
    return [proved_pack_by_pair[key] for key in sorted(proved_pack_by_pair)]


def _of_folder(desk: Desk) -> Iterator[ProvedPack]:
    folder = desk.folder / FOLDER
    used = {name_of(one) for policy in desk.packs.values() for one in packshelf.versions(policy)}
    paths = sorted(folder.glob(f"tuopin-pack-*{ENDING}")) if folder.is_dir() else []
    for path in [path for path in paths if path.stem not in used][:_KEPT]:
        try:
            yield glance(desk, path)
        except (Refused, Trouble):
            continue


def _of_region(desk: Desk) -> Iterator[ProvedPack]:
    """Yield the packs the region office itself has taken into use, as they came down in its data packages."""
    if desk.level is Level.REGION:
        return
    for record in desk.store.rows(RulePack, scope=ids.REGION):
        file = packproofs.file_of(record) if ids.owner(record.id) == ids.REGION and not record.deleted else None
        if file is None:
            continue
        try:
            _trusted(desk, file)
            yield _seen(desk, _policy(desk, file), file)
        except Refused:
            continue


def called(desk: Desk, pack: str, version: int = 0) -> ProvedPack:
    """Return the newest pack of a name that waits, or a version of it; raises Refused with those that do."""
    proved_packs = waiting(desk)
    of_pack = [one for one in proved_packs if one.policy.id == pack and version in (0, one.policy.version)]
    if not of_pack:
        names = "、".join(f"{one.policy.id}（第{one.policy.version}版）" for one in proved_packs) or "没有"
        text = f"没有待启用的办法文件“{pack[:40]}”，待启用的：{names}。请先收下办法文件（命令行：pack install）"
        raise refuse("pack", text, "pack")
    return of_pack[-1]


def enable(desk: Desk, pack: str, version: int = 0) -> ProvedPack:
    """Take the newest waiting pack of a name, or a version of it, into use from its day on; raises Refused, Trouble."""
    desk.require(Act.PACKS)
    proved_pack = called(desk, pack, version)
    if not proved_pack.paper:
        ways = "请自治区工作队管理办公室用U盘送来办法文件，或带扫描件再发一次"
        raise refuse("paper", f"{proved_pack.name}的依据文件还没有收到，不能启用。{ways}", "paper")
    policy, file = proved_pack.policy, proved_pack.file
    record = RulePack(
        id=f"{desk.scope}/pack/{policy.id}/{policy.version}",
        pack=policy.id,
        version=policy.version,
        name=policy.title,
        number=policy.basis.number,
        enabled=desk.today(),
        enabled_by=desk.user,
        content=msgspec.json.encode(file.parts, order="deterministic").decode(),
    )
    if faults := problems(record, desk.vocabulary, practice=desk.practice):
        raise Refused(faults)
    proof = _proved(file.paper or _paper_here(desk, file), "依据文件")
    attachments.keep(desk, proof)
    name = f"{policy.basis.number}.{file.ending}"
    changes = [Change("rule_pack", record.id, scalars(record))]
    changes += recordfiles.attaching(desk, record, proof.data, name, (), proof.pages)
    desk.commit(changes)
    return msgspec.structs.replace(proved_pack, state="used")


def _paper_here(desk: Desk, file: PackFile) -> bytes:
    place = next(iter((desk.folder / attachments.FOLDER / file.sha[:2]).glob(f"{file.sha}.*")))
    return safe.read(place)


def papers(desk: Desk) -> Mapping[tuple[str, int], Attachment]:
    """Return the papers of the packs in use here, by id and version."""
    records = {f"rule_pack:{one.id}": (one.pack, one.version or 0) for one in desk.store.rows(RulePack)}
    attachment_by_pair = {}
    for one in desk.store.rows(Attachment, scope=desk.scope):
        if one.subject in records and ids.owner(one.id) == desk.scope:
            attachment_by_pair[records[one.subject]] = one
    return attachment_by_pair


def save_paper(desk: Desk, pack: str, path: Path) -> Path:
    """Write the paper of a pack that waits or is in use to where the clerk wants it; raises Refused, Trouble."""
    attachment_by_pair = papers(desk)
    versions = [version for one, version in attachment_by_pair if one == pack]
    if versions:
        content = attachments.content(desk, attachment_by_pair[(pack, max(versions))].id)
    elif pack in desk.packs:
        raise refuse("paper", "这个办法文件随程序提供，没有依据文件的扫描件", "pack")
    else:
        content = called(desk, pack).file.paper
    files.make_folder(path.parent)
    files.write(path, content)
    return path
