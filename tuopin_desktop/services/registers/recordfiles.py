"""Files attached to a record of any register: minutes, photos, vouchers; kept as the scans of slips are."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from tuopin_desktop.documents import scans as paper
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.problems import Problem, Refused, Trouble, refuse
from tuopin_desktop.domain.record import Record, scalars
from tuopin_desktop.domain.records import Attachment
from tuopin_desktop.machine import files
from tuopin_desktop.services.office import attachments, offices, wrongfiles
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

MOST = 50  # files of one record
_ELSEWHERE = ("leave_slip", "attachment")


class File(msgspec.Struct, frozen=True):
    """A file that was read and can be opened: its proved bytes and the name it is kept under."""

    name: str
    proof: paper.Proof


def read(paths: Iterable[Path]) -> list[File]:
    """Read files that are about to be attached; raises Trouble naming the first that is too large or no scan."""
    return [_read(path) for path in paths]


def _read(path: Path) -> File:
    data = files.read(path, paper.LIMIT)
    if wrong := wrongfiles.named(data, path.name, "扫描件"):
        raise Trouble(wrong)
    try:
        proof = paper.proved(data)
    except Trouble as error:
        raise Trouble(f"“{attachments.file_name(path)}”：{error.sentence}") from error
    return File(attachments.named(path, data), proof)


def attach(desk: Desk, kind: str, record_id: str, new_files: Sequence[File]) -> list[Attachment]:
    """Attach files to a kept record, all or none; the same file again is the same attachment.

    Raises Refused, or Trouble when they cannot be kept.
    """
    record = _kept(desk, kind, record_id)
    new_attachments = [_attachment(desk, record, one.name, one.proof.data) for one in new_files]
    if len({one.id for one in (*of_record(desk, kind, record_id), *new_attachments)}) > MOST:
        raise refuse("many", f"一条记录最多{MOST}个附件，请合成一个 PDF 后再添加", "path")
    changes = [change for one in new_attachments if (change := _change(desk, one)) is not None]
    for one in new_files:
        attachments.keep(desk, one.proof)
    if changes:
        desk.commit(changes)
    return new_attachments


def here(desk: Desk, kind: str, record_id: str) -> Record | Problem:
    """Return the record when this office keeps it, else the Problem that says why paper cannot be put on it."""
    if not record_id.startswith(desk.scope):
        return Problem(code="elsewhere", sentence=f"这是{offices.called(ids.owner(record_id))}的登记，不属于本单位")
    record = desk.store.get(registers.kind_of(kind), record_id)
    label = registers.kind_of(kind).kind.label
    if record is None:
        return Problem(code="missing", sentence=f"本单位没有这条{label}，可能是试用数据或还没有收到的数据")
    return Problem(code="deleted", sentence=f"这条{label}已删除") if record.deleted else record


def attaching(desk: Desk, record: Record, data: bytes, name: str, pages: Collection[int], total: int) -> list[Change]:
    """Return the changes that put pages of a kept file on a record; none for a repeat. Raises Refused.

    No pages, or all of `total`, mean the whole file.
    """
    attachment = _attachment(desk, record, name, data)
    before = desk.store.get(Attachment, attachment.id)
    numbers = set(pages)
    if before is not None and not before.deleted and numbers:
        numbers |= attachments.pages_of(before) or set(range(1, total + 1))
    change = _change(
        desk, msgspec.structs.replace(attachment, media=attachments.media_with(attachment.media, numbers, total))
    )
    return [change] if change else []


def _kept(desk: Desk, kind: str, record_id: str) -> Record:
    record = registers.get(desk, kind, record_id)
    if record.kind.sealed or kind in _ELSEWHERE:
        raise refuse("attachment", f"{record.kind.label}不在这里添加附件，请在它自己的页面办理", "kind")
    if record.deleted:
        raise refuse("deleted", f"这条{record.kind.label}已删除，请先恢复再添加附件")
    return record


def _attachment(desk: Desk, record: Record, name: str, data: bytes) -> Attachment:
    """Return the attachment of a file, under an id that follows from file and record alone."""
    owner, kind = ids.owner(record.id), record.kind.name
    which = attachments.digest(record.id.encode())[:32]
    attachment = Attachment(
        id=f"{owner}/{attachments.digest(data)}/{kind}-{which}",
        name=name,
        subject=ids.key(kind, record.id),
        media=paper.media_of(data)[0],
        size=len(data),
    )
    before = desk.store.get(Attachment, attachment.id)
    return msgspec.structs.replace(attachment, name=before.name, note=before.note) if before is not None else attachment


def _change(desk: Desk, attachment: Attachment) -> Change | None:
    before = desk.store.get(Attachment, attachment.id)
    new = difference(scalars(before) if before is not None else {}, scalars(attachment))
    if new and (problem := may_write(desk.scope, Attachment, attachment.id, new, offices.called)) is not None:
        raise Refused([problem])
    return Change("attachment", attachment.id, new) if new else None


def of_record(desk: Desk, kind: str, record_id: str) -> list[Attachment]:
    """Return the attachments of a record by name."""
    attachments = desk.store.rows(Attachment, {"subject": ids.key(kind, record_id)})
    return sorted(attachments, key=lambda one: (one.name, one.id))


def counts(desk: Desk, kind: str) -> Counter[str]:
    """Return how many attachments the records of a kind have, by record id."""
    subjects = (str(row[1] or "") for row in desk.store.look(Attachment, ("subject",)))
    return Counter(subject[len(kind) + 1 :] for subject in subjects if subject.startswith(f"{kind}:"))


def detach(desk: Desk, attachment_id: str) -> None:
    """Take a file off its record; its bytes stay, and attaching it again brings it back. Raises Refused."""
    registers.delete(desk, "attachment", attachment_id)


def save_as(desk: Desk, attachment_id: str, path: Path) -> Path:
    """Write an attached file elsewhere; raises Refused or Trouble."""
    files.make_folder(path.parent)
    files.write(path, attachments.content(desk, attachment_id))
    return path


def pages(desk: Desk, attachment_id: str) -> tuple[int, ...]:
    """Return the pages of a file that are its record's: those it names, else all. Raises Refused or Trouble."""
    record = registers.get(desk, Attachment, attachment_id)
    named = attachments.pages_of(record)
    return tuple(sorted(named)) or tuple(range(1, paper.pages_in(attachments.content(desk, attachment_id)) + 1))
