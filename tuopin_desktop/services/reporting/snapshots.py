"""Frozen years: taking a snapshot of every figure, reading it again, and saying what has changed since and why."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import scalars, title
from tuopin_desktop.domain.records import KINDS, Snapshot
from tuopin_desktop.domain.validate import problems
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.services.reporting import annexes, figures
from tuopin_desktop.services.reporting.annextable import Row
from tuopin_desktop.services.reporting.counting import Value
from tuopin_desktop.services.reporting.year import read

NAMED = 5
"""So many changed records are named for one figure; of more the number is said."""


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a report is made from: nothing else is asked when it is made again.

    `until` is the last day of the year spoken of, `taken` the day of freezing, both ISO; `mark` the practice mark.
    """

    office: str
    level: str
    year: int
    until: str
    taken: str
    mark: str
    figures: dict[str, Value]
    tables: dict[str, list[Row]]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A figure or table that would be another today: what it was, what it is, and the records written since."""

    key: str
    words: str
    was: str
    now: str
    why: tuple[str, ...]


def take(desk: Desk, year: int) -> Snapshot:
    """Freeze the figures of a year as they stand; raises Refused for a year that has not begun.

    A year whose figures are those of its last snapshot is not frozen twice: that snapshot is returned.
    """
    content = encoded(measured(desk, year))
    held = snapshots(desk, year)
    if held and _same(held[-1], content):
        return held[-1]
    made = Snapshot(
        id=f"{desk.scope}/annual/{year}/{len(held) + 1}",
        year=year,
        taken=desk.today(),
        taken_by=desk.user,
        digest=hashlib.sha256(content).hexdigest(),
        position=msgspec.json.encode(desk.store.position(), order="deterministic").decode(),
        content=content.decode(),
    )
    if found := problems(made, desk.vocabulary, practice=desk.practice):
        raise Refused(found)
    desk.commit([Change("snapshot", made.id, scalars(made))])
    return made


def measured(desk: Desk, year: int) -> Frozen:
    """Return the figures and tables of a year as they would be frozen now; nothing is written."""
    facts = read(desk, year)
    return Frozen(
        office=desk.office.name,
        level=desk.level.value,
        year=year,
        until=facts.on.isoformat(),
        taken=desk.today().isoformat(),
        mark=desk.mark,
        figures=figures.measured(facts),
        tables=annexes.tabulated(facts),
    )


def encoded(frozen: Frozen) -> bytes:
    """Return the canonical bytes of a frozen year, over which its digest is made."""
    return msgspec.json.encode(frozen, order="deterministic")


def opened(snapshot: Snapshot) -> Frozen:
    """Return what a snapshot froze; raises Refused when it does not agree with its digest."""
    content = snapshot.content.encode()
    if hashlib.sha256(content).hexdigest() != snapshot.digest:
        raise refuse("snapshot", f"{snapshot.year}年的报告快照与校验码不符，不能据以重出报告", "digest")
    return msgspec.json.decode(content, type=Frozen)


def snapshots(desk: Desk, year: int | None = None) -> list[Snapshot]:
    """Return this office's snapshots, of a year if said, oldest first."""
    prefix = f"{desk.scope}/annual/"
    held = [one for one in desk.store.rows(Snapshot, scope=desk.scope) if one.id.startswith(prefix)]
    return sorted((one for one in held if year in (None, one.year)), key=_order)


def _order(snapshot: Snapshot) -> tuple[int, int]:
    return snapshot.year or 0, int(snapshot.id.rpartition("/")[2])


def snapshot_called(desk: Desk, digest: str) -> Snapshot:
    """Return the snapshot whose digest begins with some characters; raises Refused."""
    found = [one for one in snapshots(desk) if digest and one.digest.startswith(digest.lower())]
    if len(found) != 1:
        said = "、".join(f"{one.year}年{one.digest[:8]}" for one in snapshots(desk)[-5:])
        why = "有几份" if found else "没有"
        raise refuse("snapshot", f"{why}校验码以“{digest[:20]}”开头的快照，现有：{said or '无'}", "snapshot")
    return found[0]


def differences(desk: Desk, snapshot: Snapshot) -> list[Difference]:
    """Return what would be otherwise if the year were frozen again now, and which records were written since."""
    was, now = opened(snapshot), measured(desk, snapshot.year or 0)
    written = _written(desk, msgspec.json.decode(snapshot.position, type=dict[str, int]))
    found = []
    for figure in figures.FIGURES:
        before, after = was.figures.get(figure.key), now.figures[figure.key]
        if before != after:
            why = _why(figure.kinds, written)
            said, says = figure.said(before), figure.said(after)
            found.append(Difference(key=figure.key, words=figure.words, was=said, now=says, why=why))
    for table in annexes.TABLES:
        before_rows, after_rows = was.tables.get(table.key, []), now.tables.get(table.key, [])
        if before_rows != after_rows:
            gone, come = _rows_changed(before_rows, after_rows)
            why = _why(table.kinds, written)
            found.append(Difference(key=table.key, words=f"附表：{table.title}", was=gone, now=come, why=why))
    return found


def _rows_changed(before: list[Row], after: list[Row]) -> tuple[str, str]:
    gone, come = ([row for row in one if row not in other] for one, other in ((before, after), (after, before)))
    return _rows_said(gone), _rows_said(come)


def _rows_said(rows: list[Row]) -> str:
    words = "；".join(" ".join("" if cell is None else str(cell) for cell in row) for row in rows[:NAMED])
    return words + (f"等{len(rows)}行" if len(rows) > NAMED else "") or "无"


def _written(desk: Desk, position: Mapping[str, int]) -> dict[str, dict[str, list[tuple[int, str]]]]:
    """Return who wrote records since a position: kind -> id -> stamps and names, in order."""
    found: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for at, by, key, _ in desk.store.since(position):
        kind, _, record_id = key.partition(":")
        found[kind][record_id].append((at, by))
    return {kind: dict(records) for kind, records in found.items()}


def _why(kinds: Iterable[str], written: Mapping[str, Mapping[str, list[tuple[int, str]]]]) -> tuple[str, ...]:
    """Return the records written since, kind by kind; what no record explains was changed by time or by rules."""
    said = []
    for kind in kinds:
        records = written.get(kind, {})
        if not records:
            continue
        writers = sorted({by for lines in records.values() for _, by in lines})
        some = "、".join(list(records)[:NAMED]) + ("等" if len(records) > NAMED else "")
        said.append(f"{KINDS[kind].kind.label}{len(records)}条有改动（{'、'.join(writers)}）：{some}")
    return tuple(said) or ("没有相关记录改动：日期推移、程序升级或口径变化所致",)


def _same(snapshot: Snapshot, content: bytes) -> bool:
    """Tell whether a snapshot holds these figures, taken on whatever day."""
    was, now = opened(snapshot), msgspec.json.decode(content, type=Frozen)
    return msgspec.structs.replace(was, taken=now.taken) == now


def words(snapshot: Snapshot) -> str:
    """Return a snapshot in a line: 2019年 第1次冻结 2020-01-05 赵甲一 校验码."""
    number = snapshot.id.rpartition("/")[2]
    return f"{title(snapshot)} 第{number}次冻结 {snapshot.taken_by} SHA-256 {snapshot.digest}"
