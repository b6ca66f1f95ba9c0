"""Handing over: a medium of the items of some years is written, recorded, sent, and receipted by the archives."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives import digests, ranges
from tuopin_desktop.domain.archives.medium import CHARSETS, Place, places
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import Trouble, refuse
from tuopin_desktop.domain.record import Record, scalars
from tuopin_desktop.domain.records import ArchiveHandover, ArchiveItem
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import boxes, forming, mediumcheck, mediumnotes, mediums, registration
from tuopin_desktop.services.archives import items as filed
from tuopin_desktop.services.archives.contents import Contents
from tuopin_desktop.services.archives.mediums import Size, Source
from tuopin_desktop.services.office import disclosures, handed
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called as office_called

Progress = Callable[[int, int], None]
STATES = ("已写出", "已送出", "已接收")


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be handed over: the years, to whom, how it is called, on what, and how it is written."""

    years: tuple[int, ...]
    receiver: str
    name: str = ""
    content: str = ""
    carrier: str = ""
    span: str = ""
    charset: str = CHARSETS[0]
    sm3: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A medium that is written and was looked through: where it lies, its record, what a clerk should know of it."""

    folder: Path
    size: Size
    handover: ArchiveHandover
    remarks: tuple[str, ...] = ()


def hand_over(desk: Desk, place: Path, wish: Wish, progress: Progress | None = None) -> Outcome:
    """Write a medium into a folder of its own within a place, look through it and record it.

    An interrupted one is taken up when the same is asked again. `progress` hears (items, all items) and may raise.
    Raises Refused, Trouble.
    """
    desk.require(Act.ARCHIVE)
    if not wish.receiver.strip():
        raise refuse("receiver", "请填接收单位（档案馆名称）", "receiver")
    contents = _contents(desk, wish.years)
    disclosures.note(
        desk, "export", f"档案移交包（{years_words(wish.years)}年度，含完整个人信息）", len(contents.holdings)
    )
    outcome = _write(desk, place / f"{_short(desk)}档案移交{years_words(wish.years)}", contents, wish, progress)
    record = msgspec.structs.replace(outcome.handover, id=f"{ids.private(desk.scope)}/handover/{secrets.token_hex(8)}")
    desk.commit([Change(ArchiveHandover.kind.name, record.id, scalars(record))])
    return msgspec.structs.replace(outcome, handover=record)


def box(desk: Desk, place: Path, years: Sequence[int], progress: Progress | None = None) -> Outcome:
    """Write the box: the same folder with an index that a browser opens; it is handed to nobody and not recorded."""
    contents = _contents(desk, years)
    disclosures.note(desk, "export", f"档案盒（{years_words(years)}年度，含完整个人信息）", len(contents.holdings))
    wish = Wish(
        years=tuple(years), receiver="", name=f"{desk.office.name}{years_words(years)}年度档案盒", charset="UTF-8"
    )
    folder = place / f"{_short(desk)}档案盒{years_words(years)}"
    return _write(desk, folder, contents, wish, progress, index=boxes.index(desk, contents, years_words(years)))


def listed(desk: Desk) -> list[ArchiveHandover]:
    """Return what was handed over, the newest first."""
    every = desk.store.rows(ArchiveHandover, scope=ids.private(desk.scope))
    return sorted(every, key=lambda one: (str(one.made), one.id), reverse=True)


def state(handover: ArchiveHandover) -> str:
    """Return how far a hand-over has come, in words of `STATES`."""
    return STATES[2 if handover.received else 1 if handover.sent else 0]


def progress_words(handover: ArchiveHandover) -> str:
    """Return the state with its day and receipt: 2028-03-01已接收（回执 12号）."""
    day = handover.received or handover.sent or handover.made
    receipt = f"（回执 {handover.receipt}）" if handover.receipt else ""
    return f"{day_words(day) if day else ''}{state(handover)}{receipt}"


def gigabytes(size: int) -> str:
    """Return an amount of data in words."""
    return registration.gigabytes(size)


def send(desk: Desk, which: str, day: date | None = None) -> ArchiveHandover:
    """Note the day a medium went to the archives; raises Refused."""
    one = called(desk, which)
    if one.received:
        raise refuse("received", "档案馆已经接收，不用再登记送出")
    return _changed(desk, one, sent=_day(desk, one, day or desk.today()))


def receive(desk: Desk, which: str, *, receipt: str, by: str = "", day: date | None = None) -> ArchiveHandover:
    """Enter the archives' receipt; from then on what the medium holds counts as handed over. Raises Refused."""
    one = called(desk, which)
    if not receipt.strip():
        raise refuse("receipt", "请填回执：登记表编号，或档案馆回执的文号", "receipt")
    came = _day(desk, one, day or desk.today())
    if one.sent and came < one.sent:
        raise refuse("day", f"接收日期不能早于送出日期（{one.sent}）", "received")
    values = {"received": came, "sent": one.sent or came, "receipt": receipt.strip(), "received_by": by.strip()}
    return _changed(desk, one, **values)


def withdraw(desk: Desk, which: str) -> None:
    """Take back the record of a medium that never went out; raises Refused for one that did."""
    one = called(desk, which)
    if one.sent or one.received:
        raise refuse("sent", "已送出或已接收的移交不能撤销")
    desk.commit([Change(ArchiveHandover.kind.name, one.id, {"deleted": 1})])


def handed_over(desk: Desk, record: Record) -> bool:
    """Tell whether the item a record lies in was received by the archives; False of a record that lies in none."""
    item = desk.once("items by record", lambda: _items_by_record(desk)).get(ids.key(record.kind.name, record.id))
    return item is not None and handed.received(desk).holds(item)


def _items_by_record(desk: Desk) -> dict[str, ArchiveItem]:
    groups = forming.gathered(desk).groups
    return {
        ids.key(record.kind.name, record.id): item
        for item in filed.items(desk)
        if item.subject in groups
        for record in groups[item.subject].every
    }


def years_words(years: Iterable[int]) -> str:
    """Return years in few words: 2018-2020, 2018、2020."""
    runs = ranges.ranges_of(years)
    return "、".join(f"{first}-{last}" if last > first else str(first) for first, last in runs)


def _contents(desk: Desk, years: Sequence[int]) -> Contents:
    contents = Contents(desk, years)
    if not contents.holdings:
        raise refuse(
            "empty", f"{years_words(years) or '所选'}年度还没有整理好的归档文件，请先在“归档文件”里整理", "years"
        )
    return contents


def _write(
    desk: Desk,
    folder: Path,
    contents: Contents,
    wish: Wish,
    progress: Progress | None,
    *,
    index: Callable[[Sequence[Place]], Iterable[tuple[str, bytes]]] | None = None,
) -> Outcome:
    folder = folder.with_name(portable(folder.name))
    every = places(contents.entries())
    names = mediums.algorithms(sm3=wish.sm3)
    draft = _draft(desk, contents, wish)
    sealed: dict[str, str] = {}

    def rest(size: Size) -> Iterable[tuple[str, bytes]]:
        full = _sized(draft, size)
        yield from mediumnotes.rest(desk, full, every, size, charset=wish.charset, sm3=wish.sm3, box=index is not None)
        yield from index(every) if index is not None else ()

    def forms(size: Size, values: Mapping[str, str]) -> Mapping[str, bytes]:
        sealed.update(values)
        full = msgspec.structs.replace(_sized(draft, size), digest=registration.digest_words(values))
        paper, text = digests.FORMS
        return {
            paper: registration.pdf(desk, full),
            text: mediumnotes.plain(registration.text(desk, full), wish.charset),
        }

    source = Source(piece=contents.piece, rest=rest, forms=forms)
    identity = f"{desk.scope} {years_words(wish.years)} {wish.charset} {'box' if index else 'medium'}"
    size = mediums.write(folder, every, source, identity=identity, names=names, progress=progress)
    report = mediumcheck.check(folder)
    if report.faults:
        raise Trouble(f"写出后核对，{report.faults[0]}，共{len(report.faults)}处。请换一个U盘或文件夹重写。")
    handover = msgspec.structs.replace(_sized(draft, size), digest=registration.digest_words(sealed))
    return Outcome(folder=folder, size=size, handover=handover, remarks=_remarks(desk, contents, wish.years))


def _draft(desk: Desk, contents: Contents, wish: Wish) -> ArchiveHandover:
    years = years_words(wish.years)
    kinds = list(dict.fromkeys(entry.kind for entry in contents.entries() if entry.kind))
    content = f"{years}年度归档文件：{'、'.join(kinds[:8])}{'等' if len(kinds) > 8 else ''}"
    return ArchiveHandover(
        name=wish.name.strip() or f"{desk.office.name}{years}年度档案移交",
        receiver=wish.receiver.strip(),
        content=wish.content.strip() or content,
        years=years,
        carrier=wish.carrier.strip(),
        span=wish.span.strip(),
        made=desk.today(),
        series=ranges.document((handed.series_of(one.item), one.item.number or 0) for one in contents.holdings),
    )


def _sized(draft: ArchiveHandover, size: Size) -> ArchiveHandover:
    return msgspec.structs.replace(draft, items=size.items, files=size.files, size=size.bytes)


def _remarks(desk: Desk, contents: Contents, years: Sequence[int]) -> tuple[str, ...]:
    waiting = sum(one.waiting for one in forming.years(desk).years if one.year in years)
    lost = sum(one.lost for one in contents.holdings)
    bare = sum(not one.printed and not one.scans for one in contents.holdings)
    remarks = (
        f"这些年度还有{waiting}件没有编件号，没有写入" if waiting else "",
        f"有{lost}个扫描件不在本机，没有写入，目录的备注里已注明" if lost else "",
        f"有{bare}件没有电子文件，只列在目录里" if bare else "",
        f"有{len(contents.held_back)}件的种类已改为不归档，没有写入" if contents.held_back else "",
    )
    return tuple(remark for remark in remarks if remark)


def called(desk: Desk, which: str) -> ArchiveHandover:
    """Return a hand-over by its id, the end of it, or its name; raises Refused."""
    every = [one for one in listed(desk) if which in (one.id, one.id.rpartition("/")[2], one.name)]
    if len(every) != 1:
        raise refuse("which", f"没有“{which}”这次移交" if not every else f"有{len(every)}次移交叫“{which}”，请用编号")
    return every[0]


def _day(desk: Desk, one: ArchiveHandover, day: date) -> date:
    if day > desk.today() or (one.made and day < one.made):
        raise refuse("day", f"日期应在写出日期（{one.made}）和今天之间", "sent")
    return day


def _changed(desk: Desk, one: ArchiveHandover, **values: object) -> ArchiveHandover:
    record = msgspec.structs.replace(one, **values)
    before, after = scalars(one), scalars(record)
    changes = {name: value for name, value in after.items() if value != before[name]}
    if changes:
        desk.commit([Change(ArchiveHandover.kind.name, one.id, changes)])
    return record


def _short(desk: Desk) -> str:
    return "自治区" if desk.scope == ids.REGION else office_called(desk.scope)
