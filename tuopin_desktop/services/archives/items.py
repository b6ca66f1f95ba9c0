"""The items of an office: what each holds, the scans attached to it, and what is missing on paper."""

from collections.abc import Iterable, Mapping

import msgspec

from tuopin_desktop.domain.archives import numbering
from tuopin_desktop.domain.archives.kinds import BY_KEY
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import Record, fields, scalars
from tuopin_desktop.domain.records import ArchiveItem, Attachment
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.validate import problems, tidy
from tuopin_desktop.services.archives import forming, gathering
from tuopin_desktop.services.archives.gathering import Group
from tuopin_desktop.services.office import attachments
from tuopin_desktop.services.office.desk import Desk

EDITABLE = ("name", "document", "author", "dated", "secrecy", "pages", "note")
"""What a clerk may put right of an item; its number and what it holds follow from the records."""
GONE = "所归的登记已经删除，件号保留"
UNSIGNED = "没有登记签字、报出或收回"
NO_SCAN = "没有原件扫描件"
SCAN_LOST = "扫描件的文件不在本机"


class Lack(msgspec.Struct, frozen=True):
    """What is missing of an item on paper: its sentence, and its kind as `code`."""

    item: ArchiveItem
    code: str
    sentence: str


def items(desk: Desk, year: int | None = None, office: str = "") -> list[ArchiveItem]:
    """Return the items with a number, in the order of the catalogue; of this office, or of another one's by code."""
    every = gathering.items_of(desk, office)
    return sorted((one for one in every if year in (None, one.year)), key=numbering.catalogue_order)


def group_of(desk: Desk, item: ArchiveItem) -> Group | None:
    """Return the paper of an item with its records, None where none stands any more."""
    return forming.gathered(desk).groups.get(item.subject)


def held_by(desk: Desk, item: ArchiveItem) -> tuple[Record, ...]:
    """Return the records that an item holds."""
    group = group_of(desk, item)
    return group.every if group is not None else ()


def scans(desk: Desk, item: ArchiveItem) -> tuple[Attachment, ...]:
    """Return the files attached to the records of an item, in the order of their names."""
    rows = [one for one in held_by(desk, item) if isinstance(one, Attachment)]
    return tuple(sorted(rows, key=lambda one: (one.name, one.id)))


def lacks(desk: Desk, year: int | None = None) -> list[Lack]:
    """Return what is missing on paper of the items of a year, or of all: a list to chase."""
    groups = forming.gathered(desk).groups
    return [lack for item in items(desk, year) for lack in _lacks(desk, item, groups.get(item.subject))]


def plan_lacks(desk: Desk, plan_items: Iterable[ArchiveItem]) -> list[Lack]:
    """Return the same of items that have no number yet."""
    groups = forming.gathered(desk).groups
    return [lack for item in plan_items for lack in _lacks(desk, item, groups.get(item.subject))]


def _lacks(desk: Desk, item: ArchiveItem, group: Group | None) -> Iterable[Lack]:
    if group is None:
        yield Lack(item, "gone", GONE)
        return
    paper = BY_KEY[item.paper]
    if paper.signed and not any(_says(record, paper.signed) for record in group.every):
        yield Lack(item, "unsigned", UNSIGNED)
    files = [one for one in group.parts if isinstance(one, Attachment)]
    if not files:
        yield Lack(item, "scan", NO_SCAN)
    elif not all(attachments.has_file(desk, attachments.sha_of(one)) for one in files):
        yield Lack(item, "file", SCAN_LOST)


def _says(record: Record, name: str) -> bool:
    return bool(getattr(record, name, None))


def amend(desk: Desk, item_id: str, values: Mapping[str, object]) -> ArchiveItem:
    """Write what a clerk puts right of an item: fields of `EDITABLE`; raises Refused naming the fields."""
    desk.require(Act.ARCHIVE)
    before = desk.store.get(ArchiveItem, item_id)
    if before is None or before.deleted:
        raise refuse("missing", "找不到这件归档文件，可能已被替换，请刷新后重试")
    if barred := [item.label for item in fields(ArchiveItem) if item.name in values and item.name not in EDITABLE]:
        raise refuse("archive.fixed", f"{'、'.join(barred)}随件号固定，不能改", "name")
    changed = tidy(msgspec.convert({**msgspec.structs.asdict(before), **values}, ArchiveItem))
    if "name" in values and changed.name != before.name:
        changed = msgspec.structs.replace(changed, made_title=False)
    if faults := [*problems(changed, desk.vocabulary, practice=desk.practice, today=desk.today())]:
        raise Refused(faults)
    new = difference(scalars(before), scalars(changed))
    if new:
        desk.commit([Change(ArchiveItem.kind.name, item_id, new)])
    return changed
