"""What of a frozen year would be otherwise today, and why: records written since, or another reading of the measure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

import msgspec

from tuopin_desktop.domain.policy import Policy, set_to
from tuopin_desktop.domain.records import KINDS, Snapshot
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import annexes, figures
from tuopin_desktop.services.reporting.annextable import AnnexTable, Row
from tuopin_desktop.services.reporting.snapshots import SnapshotContent, measured, opened

NAMED = 5
"""So many changed records are named for one figure; of more the number is said."""

SINGLY = 4
"""So many changed switches are tried one by one; more are tried together, which names them all for a figure."""

ELSE = "没有相关记录和口径改动：日期推移或程序升级所致"
ELSE_OR_RULING = "没有相关记录改动：日期推移、程序升级或口径变化所致"
"""The second of a snapshot that does not tell how the measure was read."""

Written = Mapping[str, Mapping[str, list[tuple[int, str]]]]
"""Who wrote records: kind -> id -> stamps and names, in order."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A figure or table that would be another today: what it was, what it is, and the reasons."""

    key: str
    text: str
    was: str
    now: str
    why: tuple[str, ...]


class _Difference(NamedTuple):
    """A figure, or a table, that differs."""

    key: str
    table: bool
    text: str
    was: str
    now: str
    kinds: tuple[str, ...]

    def of(self, frozen: SnapshotContent) -> object:
        """Return the value of the figure in a frozen year."""
        return frozen.tables.get(self.key) if self.table else frozen.figures.get(self.key)


class _Reading(NamedTuple):
    """Switches that were set otherwise since, in words, and the year of today had they stayed as they were."""

    labels: tuple[str, ...]
    stayed: SnapshotContent


def differences(desk: Desk, snapshot: Snapshot) -> list[Difference]:
    """Return what would be otherwise if the year were frozen again now, with the reasons of each.

    What was not yet declared when the year was frozen differs from nothing.
    """
    was, now = opened(snapshot), measured(desk, snapshot.year or 0)
    changed = [*_figures(was, now), *_tables(was, now)]
    if not changed:
        return []
    pairs_by_key_by_key = _written(desk, msgspec.json.decode(snapshot.position, type=dict[str, int]))
    if was.terms:  # what rulings changed is known by itself
        pairs_by_key_by_key.pop("ruling", None)
    readings = list(_readings(desk, was, now))
    return [
        Difference(
            key=one.key,
            text=one.text,
            was=one.was,
            now=one.now,
            why=_why(one, now, readings, pairs_by_key_by_key) or (ELSE if was.terms else ELSE_OR_RULING,),
        )
        for one in changed
    ]


def by_reason(changes: Iterable[Difference]) -> list[tuple[tuple[str, ...], list[Difference]]]:
    """Return differences with the reasons they share: one ruling changes many figures."""
    groups: dict[tuple[str, ...], list[Difference]] = defaultdict(list)
    for one in changes:
        groups[one.why].append(one)
    return list(groups.items())


def _figures(was: SnapshotContent, now: SnapshotContent) -> Iterator[_Difference]:
    for figure in figures.FIGURES:
        before, after = was.figures.get(figure.key), now.figures.get(figure.key)
        if figure.key in was.figures and figure.key in now.figures and before != after:
            yield _Difference(
                figure.key, False, figure.label, figure.value_text(before), figure.value_text(after), figure.kinds
            )


def _tables(was: SnapshotContent, now: SnapshotContent) -> Iterator[_Difference]:
    for table in annexes.COUNTED:
        if table.succeeds in was.tables:
            continue  # the snapshot says it in a table of fewer columns
        before, after = was.tables.get(table.key, []), now.tables.get(table.key, [])
        # A table that is there only for its rows was absent without them, or was not declared yet.
        if before != after and (table.key in was.tables or was.terms):
            gone, come = ([row for row in one if row not in other] for one, other in ((before, after), (after, before)))
            was_said, now_said = _rows_said(table, gone, come), _rows_said(table, come, gone)
            yield _Difference(table.key, True, f"附表：{table.title}", was_said, now_said, table.kinds)


def _rows_said(table: AnnexTable, rows: list[Row], others: list[Row]) -> str:
    """Return rows in words; of one that stands on the other side too, only the cells that differ."""
    beside = {_label(row): row for row in others}
    single = len(beside) == len(others) and len({_label(row) for row in rows}) == len(rows)
    lines = [_row_said(table, row, beside.get(_label(row)) if single else None) for row in rows[:NAMED]]
    return "；".join(lines) + (f"等{len(rows)}行" if len(rows) > NAMED else "") or "无"


def _label(row: Row) -> Row:
    """Return the words a row begins with: whose it is."""
    return tuple(takewhile(lambda cell: isinstance(cell, str), row))


def _row_said(table: AnnexTable, row: Row, other: Row | None) -> str:
    label = _label(row)
    cells = [
        f"{column.heading}{'—' if cell is None else cell if isinstance(cell, str) else f'{cell:.10g}'}"
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True))
        if place >= len(label) and (other is None or cell != other[place])
    ]
    return f"{' '.join(map(str, label))}：{'、'.join(cells)}"


# -- another reading of the measure


def _readings(desk: Desk, was: SnapshotContent, now: SnapshotContent) -> Iterator[_Reading]:
    """Yield the switches that stand otherwise since, each with the year of today judged by what it was."""
    switches = [key for key, value in was.terms.items() if key in now.terms and now.terms[key] != value]
    if not switches:
        return
    policy = judging.policy_on(desk, desk.today())
    single = len(switches) <= SINGLY
    for keys in [[key] for key in switches] if single else [switches]:
        before = {key: was.terms[key] for key in keys}
        texts = tuple(_said(key, was, now, policy) for key in keys[:NAMED])
        more = (f"另有{len(keys) - NAMED}项口径不同",) if len(keys) > NAMED else ()
        yield _Reading((*texts, *more), measured(desk, now.year, before))


def _said(key: str, was: SnapshotContent, now: SnapshotContent, policy: Policy) -> str:
    """Return a changed switch in words: 口径变化：Q3 因公外出是否计入20天，由“不计入”改为“计入”（文号）."""
    switch = policy.switch(key)
    before, after = (set_to(policy, {key: one.terms[key]}).switch(key).value_words for one in (was, now))
    number = f"Q{switch.q} " if switch.q else ""
    if paper := now.papers.get(key):
        by = f"（{paper}）"
    else:
        by = f"（原登记的{was.papers[key]}不再适用）" if key in was.papers else "（规则文件改版）"
    return f"口径变化：{number}{switch.question}，由“{before}”改为“{after}”{by}"


# -- records written since


def _written(desk: Desk, position: Mapping[str, int]) -> dict[str, dict[str, list[tuple[int, str]]]]:
    pairs_by_key_by_key: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for at, by, key, _ in desk.store.since(position):
        kind, _, record_id = key.partition(":")
        pairs_by_key_by_key[kind][record_id].append((at, by))
    return {kind: dict(records) for kind, records in pairs_by_key_by_key.items()}


def _why(
    one: _Difference, now: SnapshotContent, readings: Iterable[_Reading], pairs_by_key_by_key: Written
) -> tuple[str, ...]:
    """Return the readings without which it would be as it was, and the records written since, kind by kind."""
    texts = [text for reading in readings if one.of(reading.stayed) != one.of(now) for text in reading.labels]
    for kind in one.kinds:
        records = pairs_by_key_by_key.get(kind, {})
        if not records:
            continue
        writers = sorted({by for lines in records.values() for _, by in lines})
        some = "、".join(list(records)[:NAMED]) + ("等" if len(records) > NAMED else "")
        texts.append(f"{KINDS[kind].kind.label}{len(records)}条有改动（{'、'.join(writers)}）：{some}")
    return tuple(texts)
