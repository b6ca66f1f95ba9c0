"""The act of forgetting: one proposes, another confirms, and every office that holds the records forgets too."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Trouble, refuse
from tuopin_desktop.domain.purging import plain, runs
from tuopin_desktop.domain.record import Scalar, scalars
from tuopin_desktop.domain.records import Person, Purge, Snapshot
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.forgetting import due, leftbehind, subjects
from tuopin_desktop.services.forgetting.subjects import Subject
from tuopin_desktop.services.office import disclosures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import forgetting
from tuopin_desktop.store.forgetting import Forgetting


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What was forgotten here: records of the person, records in which his name was taken out, files removed.

    `remarks` tell of records that still say the name, and why; `left` what could not be
    done yet and is tried again at the next opening; `copies` are backups made before, which still hold it.
    """

    records: int
    mentions: int
    files: int
    remarks: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


def proposals(desk: Desk) -> list[Purge]:
    """Return the acts of this office that wait for a second name, oldest first."""
    every = desk.store.rows(Purge, scope=desk.scope)
    return sorted((one for one in every if not one.confirmed), key=lambda one: (str(one.proposed), one.id))


def propose(desk: Desk, person_id: str, basis: str, archived: str = "") -> Purge:
    """Propose to forget a person; raises Refused before his term is over and when nothing of his is ours."""
    desk.require(Act.PURGE)
    if not basis.strip():
        raise refuse("basis", "请写明清除的依据（文件、保管期限）", "basis")
    if not archived.strip() and desk.policy.flag("retention.archive_first"):
        raise refuse("archived", "按规定先归档后清除，请写明归档情况（如：2023年移交旗档案馆，档号）", "archived")
    due.refuse_early(desk, person_id)
    subject = subjects.of(desk, person_id)
    _refuse_named(desk, subject, basis, archived)
    keys = _reach(desk, subject)
    if not keys:
        raise refuse("nothing", "本单位没有可以清除的此人登记")
    if any(one.person == person_id for one in proposals(desk)):
        raise refuse("twice", "此人已经提出清除，等另一人确认")
    purge = Purge(
        id=f"{_owner(desk, keys)}/{secrets.token_hex(8)}",
        person=person_id,
        basis=basis.strip(),
        archived=archived.strip(),
        proposed=desk.today(),
        proposed_by=desk.user,
    )
    desk.commit([Change(Purge.kind.name, purge.id, scalars(purge))])
    return purge


def withdraw(desk: Desk, purge_id: str) -> None:
    """Take a proposal back; raises Refused for one that is carried out."""
    purge = _waiting(desk, purge_id)
    desk.commit([Change(Purge.kind.name, purge.id, {"deleted": 1})])


def confirm(desk: Desk, purge_id: str, second: str = "") -> Outcome:
    """Carry a proposal out in a second name: that of whoever signed in, else the one given. It cannot be taken back.

    Raises Refused when it is the same name, when the term is not over, or when there is nothing to forget.
    """
    desk.require(Act.PURGE)
    purge = _waiting(desk, purge_id)
    name = desk.user if desk.who.user else second.strip()
    if not plain(name) or plain(name) == plain(purge.proposed_by):
        raise refuse("second", f"清除要两个人：{purge.proposed_by}提出，须由另一人确认", "confirmed_by")
    due.refuse_early(desk, purge.person)
    subject = subjects.of(desk, purge.person)
    _refuse_named(desk, subject, purge.basis, purge.archived)
    keys, mentions = _reach(desk, subject), _mentions(desk, subject)
    if not keys:
        raise refuse("nothing", "本单位没有可以清除的此人登记")
    confirmed = msgspec.structs.replace(purge, confirmed=desk.today(), confirmed_by=name)
    restated = [*_nameless(keys), *_restated(desk, subject, mentions)]
    return _carry_out(desk, confirmed, keys, mentions, restated, subject)


def follow(desk: Desk) -> Outcome | None:
    """Forget here what acts of any office reach, also where it came late or came again; None where there is nothing.

    What the office itself keeps of the person stays until its own act; where it only says his name, the name goes.
    """
    with desk.store.ledger.reading() as cursor:
        pending = forgetting.pending(cursor)
        acts = [act for act in forgetting.acts(cursor) if not pending.keys().isdisjoint(act.reach())]
    if not acts:
        return _finish(desk, frozenset(), Outcome(records=0, mentions=0, files=0)) if _unfinished(desk) else None
    act_changes: list[Change] = []
    restated: list[Change] = []
    names: list[str] = []
    for purge in {act.purge.person: act.purge for act in acts}.values():
        subject = subjects.of(desk, purge.person)
        mentions = _mentions(desk, subject) - pending.keys()
        names += _names(subject)
        restated += _restated(desk, subject, mentions)
        act_changes += _acts(purge, mentions)
    work = Forgetting(act_changes, restated, names)
    kinds = forgetting.carry_out(desk.store.ledger, work, desk.by, desk.clock.stamp_ms())
    return _finish(desk, kinds, Outcome(records=len(pending), mentions=len(restated), files=0))


def after_import(desk: Desk) -> None:
    """Forget what an import brought acts for. What the PC refuses waits for the next opening, which tells it.

    The import is committed by then: it did not fail.
    """
    with suppress(Trouble):
        follow(desk)


def at_opening(desk: Desk) -> tuple[str, ...]:
    """Do what acts left to be done on this PC; return in words what still cannot be done."""
    outcome = follow(desk)
    return outcome.left if outcome is not None else ()


def _carry_out(
    desk: Desk, purge: Purge, keys: set[str], mentions: set[str], restated: list[Change], subject: Subject
) -> Outcome:
    act_changes = _acts(purge, keys | mentions)
    names = _names(subject)
    source = "" if desk.who.user else "；两个姓名由经办人填写，没有登录"
    what = f"清除登记{len(keys)}条（依据：{purge.basis}{source}）"
    disclosures.note(desk, "purge", what, len(keys), need=Act.PURGE)
    work = Forgetting(act_changes, restated, names)
    kinds = forgetting.carry_out(desk.store.ledger, work, desk.by, desk.clock.stamp_ms())
    remarks = tuple(_remarks(desk, subject, mentions))
    return _finish(desk, kinds, Outcome(records=len(keys), mentions=len(mentions), files=0, remarks=remarks))


def _unfinished(desk: Desk) -> bool:
    """Tell whether an act that is committed left something to be done on this PC."""
    with desk.store.ledger.reading() as cursor:
        marked = forgetting.unwritten(cursor)
    return marked or bool(leftbehind.scans(desk))


def _finish(desk: Desk, kinds: frozenset[str], outcome: Outcome) -> Outcome:
    """Leave no byte behind: files of scans, what was judged, the pages of the database.

    The act is committed, so nothing here is a failure: what the PC refuses is told, and done at the next opening.
    """
    desk.touch(kinds)
    removal = leftbehind.remove(leftbehind.scans(desk))
    left = [f"扫描件没有删除，下次打开时再删除：{sentence}" for sentence in removal.left]
    try:
        desk.judge_anew()
        forgetting.rewrite(desk.store.ledger)
    except Trouble as trouble:
        left.append(f"数据文件还没有整理，下次打开时再整理：{trouble.sentence}")
    names = tuple(str(one.path) for one in leftbehind.copies(desk))
    return msgspec.structs.replace(outcome, files=removal.count, left=tuple(left), copies=names)


def _acts(purge: Purge, keys: Iterable[str]) -> list[Change]:
    """Return the acts that name these records: of each office's records one, under the given one's id where it fits."""
    by_owner: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        by_owner[ids.owner(key.partition(":")[2])].add(key)
    changes: list[Change] = []
    for owner, some in sorted(by_owner.items()):
        for place, text in enumerate(runs(some)):
            first = place == 0 and owner == ids.owner(purge.id) and not purge.keys
            record_id = purge.id if first else f"{owner}/{secrets.token_hex(8)}"
            act = msgspec.structs.replace(purge, id=record_id, keys=text)
            changes.append(Change(Purge.kind.name, record_id, scalars(act)))
    return changes


def _refuse_named(desk: Desk, subject: Subject, basis: str, archived: str) -> None:
    """Raise Refused for a basis or a note that names the person: an act is never forgotten."""
    for field, label, text in (("basis", "依据", basis), ("archived", "归档情况", archived)):
        if any(plain(word) in plain(text) for word in (*subject.names, *subjects.numbers(desk, subject.person))):
            sentence = f"“{label}”里写有此人的姓名或证件号码：清除登记永久保留，请改写成文件名、档号，不要写姓名和号码"
            raise refuse("named", sentence, field)


def _reach(desk: Desk, subject: Subject) -> set[str]:
    """Return the person's records that are ours to forget; raises Refused where the chain itself holds the values."""
    keys = subjects.within(desk, subject.own)
    with desk.store.ledger.reading() as cursor:
        traces = forgetting.traces(cursor, keys)
    if traces.fixed:
        sentence = (
            f"此人有{len(traces.fixed)}条登记是旧版本程序写入的，内容在日志的校验链里，清除不了，没有清除。"
            "请保留数据文件夹并限制查看，等保管期满后整体销毁"
        )
        raise refuse("format", sentence)
    return set(traces.openings)


def _mentions(desk: Desk, subject: Subject) -> set[str]:
    """Return our other records in which the name can be taken out; none while somebody else is called like him."""
    keys = subjects.within(desk, subject.mentions) if not subject.alike else set()
    with desk.store.ledger.reading() as cursor:
        return set(forgetting.traces(cursor, keys).openings)


def _nameless(keys: Collection[str]) -> Iterator[Change]:
    for key in keys:
        kind, _, record_id = key.partition(":")
        if kind == Person.kind.name:
            yield Change(kind, record_id, {"name": subjects.NAMELESS})


def _restated(desk: Desk, subject: Subject, keys: Iterable[str]) -> list[Change]:
    changes: list[Change] = []
    for key in sorted(keys):
        kind, _, record_id = key.partition(":")
        texts: dict[str, Scalar] = subjects.kept_words(desk, key, subject.names)
        if kind == Snapshot.kind.name and texts:
            texts["remainder"] = hashlib.sha256(str(texts.get("content") or "").encode()).hexdigest()
        changes += [Change(kind, record_id, texts)] if texts else []
    return changes


def _names(subject: Subject) -> list[str]:
    return [] if subject.alike else list(subject.names)


def _remarks(desk: Desk, subject: Subject, mentions: Collection[str]) -> Iterator[str]:
    rest = subjects.within(desk, subject.mentions) - set(mentions)
    if rest and subject.alike:
        yield f"另有{len(rest)}条登记写有这个姓名，但本单位还有同名或姓名相近的人，请逐条核对后更正"
    elif rest:
        yield f"另有{len(rest)}条旧版本程序写入的登记写有这个姓名，清除不了"


def _owner(desk: Desk, keys: Collection[str]) -> str:
    owners = {ids.owner(key.partition(":")[2]) for key in keys}
    return desk.scope if desk.scope in owners else min(owners)


def _waiting(desk: Desk, purge_id: str) -> Purge:
    matches = [one for one in proposals(desk) if one.id.startswith(purge_id) or one.id.partition("/")[2] == purge_id]
    if len(matches) != 1:
        raise refuse("missing", "没有这条等待确认的清除，可能已经办理，请刷新后重试")
    return matches[0]


def account(outcome: Outcome) -> list[str]:
    """Return what was forgotten here and what still holds it, in words."""
    lines = [f"已清除{outcome.records}条登记中的个人信息，不能恢复；下一个数据包会通知有关单位一并清除。"]
    if outcome.mentions:
        lines.append(f"另有{outcome.mentions}条登记去掉了姓名，其余内容不变。")
    if outcome.files:
        lines.append(f"删除扫描件{outcome.files}个。")
    lines += [f"{remark}。" for remark in outcome.remarks]
    lines += outcome.left
    if outcome.copies:
        lines.append(
            f"清除以前的备份还有{len(outcome.copies)}个，其中仍有这些内容：请删除（purge copies --remove，"
            "或“设置·按期清除”），另存的备份、U盘和已寄出的数据包请自行处理。"
        )
    return lines
