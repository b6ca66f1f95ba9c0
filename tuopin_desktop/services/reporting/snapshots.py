"""Frozen years: taking a snapshot of every figure, and reading it again."""

import hashlib
from collections.abc import Mapping

import msgspec

from tuopin_desktop.domain import shortened
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import scalars, title
from tuopin_desktop.domain.records import Snapshot
from tuopin_desktop.domain.switches import stored
from tuopin_desktop.domain.validate import problems
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import annexes, figures
from tuopin_desktop.services.reporting.annextable import Row
from tuopin_desktop.services.reporting.counting import Value
from tuopin_desktop.services.reporting.year import read


class SnapshotContent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything a report is made from: nothing else is asked when it is made again.

    `until` is the last day of the year spoken of, `taken` the day of freezing, both ISO; `mark` the practice mark.
    `policy` is the pack the year was judged by, `terms` the value of each of its switches, `papers` the rulings behind
    those that were ruled; snapshots of the first release have none of the three. `totals` are the tables' rows of the
    whole; a snapshot taken before they were declared has none, and its tables are made again without.
    """

    office: str
    level: str
    year: int
    until: str
    taken: str
    mark: str
    figures: dict[str, Value]
    tables: dict[str, list[Row]]
    totals: dict[str, Row] = {}
    policy: str = ""
    terms: dict[str, str] = {}
    papers: dict[str, str] = {}


def take(desk: Desk, year: int) -> Snapshot:
    """Freeze the figures of a year as they stand; raises Refused for a year that has not begun.

    A year whose figures are those of its last snapshot is not frozen twice: that snapshot is returned.
    """
    content = encoded(measured(desk, year))
    earlier = snapshots(desk, year)
    if earlier and _same(earlier[-1], content):
        return earlier[-1]
    snapshot = Snapshot(
        id=f"{desk.scope}/annual/{year}/{len(earlier) + 1}",
        year=year,
        taken=desk.today(),
        taken_by=desk.user,
        digest=hashlib.sha256(content).hexdigest(),
        position=msgspec.json.encode(desk.store.position(), order="deterministic").decode(),
        content=content.decode(),
    )
    if faults := problems(snapshot, desk.vocabulary, practice=desk.practice):
        raise Refused(faults)
    desk.commit([Change("snapshot", snapshot.id, scalars(snapshot))])
    return snapshot


def measured(desk: Desk, year: int, terms: Mapping[str, str] | None = None) -> SnapshotContent:
    """Return the figures and tables of a year as they would be frozen now, some switches set otherwise if said.

    Nothing is written.
    """
    facts = read(desk, year, terms or {})
    tables = annexes.tabulated(facts)
    switches = facts.policy.switches.values()
    return SnapshotContent(
        office=desk.office.name,
        level=desk.level.value,
        year=year,
        until=facts.on.isoformat(),
        taken=desk.today().isoformat(),
        mark=desk.mark,
        figures=figures.measured(facts),
        tables=tables,
        totals=annexes.totalled(facts, tables),
        policy=facts.policy.id,
        terms={one.key: stored(one) for one in switches},
        papers={one.key: one.paper for one in switches if one.paper},
    )


def encoded(frozen: SnapshotContent) -> bytes:
    """Return the canonical bytes of a frozen year, over which its digest is made."""
    return msgspec.json.encode(frozen, order="deterministic")


def opened(snapshot: Snapshot) -> SnapshotContent:
    """Return what a snapshot froze, without names forgotten since; raises Refused when its digest says otherwise."""
    content = snapshot.content.encode()
    if hashlib.sha256(content).hexdigest() not in (snapshot.digest, snapshot.remainder):
        raise refuse("snapshot", f"{snapshot.year}年的年度数字与核对码不符，不能据以重出报告", "digest")
    return msgspec.json.decode(content, type=SnapshotContent)


def snapshots(desk: Desk, year: int | None = None) -> list[Snapshot]:
    """Return this office's snapshots, of a year if said, oldest first."""
    prefix = f"{desk.scope}/annual/"
    earlier = [one for one in desk.store.rows(Snapshot, scope=desk.scope) if one.id.startswith(prefix)]
    return sorted((one for one in earlier if year in (None, one.year)), key=_order)


def _order(snapshot: Snapshot) -> tuple[int, int]:
    return snapshot.year or 0, int(snapshot.id.rpartition("/")[2])


_CHECK_DIGITS = 12
"""Decimal digits of a check number: 40 bits of the digest, enough to tell any two reports of an office apart."""


def check_number(snapshot: Snapshot) -> str:
    """Return 核对码 as paper and window say it: the beginning of the digest in three groups of four decimal digits."""
    digits = f"{int(snapshot.digest[:16] or '0', 16) % 10**_CHECK_DIGITS:0{_CHECK_DIGITS}d}"
    return " ".join(digits[place : place + 4] for place in range(0, _CHECK_DIGITS, 4))


def snapshot_called(desk: Desk, digest: str) -> Snapshot:
    """Return the snapshot of a check number, or whose digest begins with some characters; raises Refused."""
    earlier = snapshots(desk)
    by_number = [one for one in earlier if check_number(one).replace(" ", "") == digest.replace(" ", "")]
    if len(by_number) == 1:
        return by_number[0]
    digits = shortened.expand(digest.lower(), [one.digest for one in earlier])
    matches = [one for one in earlier if one.digest in digits]
    if len(matches) != 1:
        text = "、".join(f"{one.year}年{check_number(one)}" for one in earlier[-5:])
        why = "有几份" if matches else "没有"
        sentence = f"{why}核对码为“{digest[:20]}”的年度数字，请写全核对码，现有：{text or '无'}"
        raise refuse("snapshot", sentence, "snapshot")
    return matches[0]


def _same(snapshot: Snapshot, content: bytes) -> bool:
    """Tell whether a snapshot holds these figures, taken on whatever day and by whatever terms gave the same."""
    was, now = opened(snapshot), msgspec.json.decode(content, type=SnapshotContent)
    same = msgspec.structs.replace(was, taken=now.taken, policy=now.policy, terms=now.terms, papers=now.papers)
    return same == now


def describe(snapshot: Snapshot) -> str:
    """Return a snapshot in a line: 2019年 第1次定稿 赵甲一 核对码 4821 0937 5520."""
    number = snapshot.id.rpartition("/")[2]
    return f"{title(snapshot)} 第{number}次定稿 {snapshot.taken_by} 核对码 {check_number(snapshot)}"
