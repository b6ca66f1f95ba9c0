"""Sealing a term and opening it again: by whom, when and why stands in the record, the log and the list of acts."""

from datetime import date

import msgspec

from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Posting, TermSeal
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.sealing import OPEN, SEALED
from tuopin_desktop.services.archives import checklist
from tuopin_desktop.services.archives.openitems import unended
from tuopin_desktop.services.office import disclosures
from tuopin_desktop.services.office.desk import Desk

_WORDS = 300


def end_postings(desk: Desk, pack: str = "") -> int:
    """Let all postings of a term that have no end, end with it; return how many there were."""
    term = checklist.over_term(desk, pack)
    rows = unended(desk, term)
    ends = {"until": term.last.isoformat(), "end_reason": "term"}
    late = [one for one in rows if one.since is not None and one.since > term.last]
    if late:
        raise refuse("since", f"有{len(late)}人的派驻起在任期结束以后，请先在人员中核对派驻起和办法文件")
    desk.commit([Change(Posting.kind.name, one.id, dict(ends)) for one in rows])
    return len(rows)


def seal(desk: Desk, note: str = "", pack: str = "") -> TermSeal:
    """Seal a term of which nothing is open that nobody explained; raises Refused with how much is.

    Needs a second person in an office of several users.
    """
    desk.require(Act.SEAL)
    now = checklist.checklist(desk, pack)
    if now.seal is not None and now.seal.state == SEALED:
        raise refuse("sealed.twice", f"这一任期已于{_day(now.seal.sealed_on)}封存")
    if now.open:
        groups = "、".join(f"{name}{count}项" for name, (count, _) in now.groups.items() if count)
        raise refuse("open", f"还有{len(now.open)}项没有办，也没有写明原因（{groups}），不能封存")
    before = now.seal or TermSeal(id=f"{desk.scope}/{now.term.pack}")
    sealed = msgspec.structs.replace(
        before,
        pack=now.term.pack,
        state=SEALED,
        edition=(before.edition or 0) + 1,
        ends=now.term.last,
        sealed_on=desk.today(),
        sealed_by=desk.by,
        explained=len(now.rows) or None,
        note=_within(note),
    )
    _write(desk, before, sealed)
    disclosures.note(desk, "seal", f"{now.term.title}任期", len(now.rows), need=None)
    return sealed


def reopen(desk: Desk, reason: str, pack: str = "") -> TermSeal:
    """Open a sealed term again; raises Refused without a reason, and where it is not sealed."""
    desk.require(Act.SEAL)
    if not reason.strip():
        raise refuse("reason", "请写明为什么重新打开（如：补登盖章件，某文件要更正）", "reason")
    standing = next((one for one in own_seals(desk) if one.state == SEALED and pack in ("", one.pack)), None)
    if standing is None:
        raise refuse("open", "这一任期没有封存，不用重新打开")
    opened = msgspec.structs.replace(
        standing, state=OPEN, reopened_on=desk.today(), reopened_by=desk.by, reopen_reason=_within(reason)
    )
    _write(desk, standing, opened)
    disclosures.note(desk, "unseal", f"{_title(desk, standing.pack)}任期：{opened.reopen_reason}", need=None)
    return opened


def own_seals(desk: Desk) -> list[TermSeal]:
    """Return what was ever sealed of this office's terms."""
    return [one for one in desk.store.rows(TermSeal) if checklist.office_code(one) == desk.scope]


def _title(desk: Desk, pack: str) -> str:
    return desk.vocabulary["办法文件"].word(pack)


def _within(text: str) -> str:
    if len(text.strip()) > _WORDS:
        raise refuse("note", f"说明最多{_WORDS}个字", "note")
    return text.strip()


def _write(desk: Desk, before: TermSeal, after: TermSeal) -> None:
    stood = scalars(before) if before.state else {}
    changed = {name: value for name, value in scalars(after).items() if value != stood.get(name)}
    desk.commit([Change(after.kind.name, after.id, changed)])


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
