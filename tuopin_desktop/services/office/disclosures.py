"""Who saw or took out personal data in full, when and of what: noted where it happens, on this PC only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from tuopin_desktop.domain.clocks import ClockState
from tuopin_desktop.domain.columns import Column
from tuopin_desktop.domain.record import Record, Scalar, fields, title
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.office import clocks
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import disclosures, tallies

ACTS = {
    "signin": "登录",
    "wrong": "口令输错",
    "password": "换口令",
    "show": "显示",
    "export": "导出",
    "print": "打印",
    "receive": "收包",
    "undo": "撤销收包",
    "copy": "备份",
    "purge": "清除",
    "seal": "封存任期",
    "unseal": "重新打开任期",
}
_TOLD_MONTHS = 12
"""Of how many months an office above hears the counts."""
_DAY_MS = 86_400_000


class DisclosureLine(msgspec.Struct, frozen=True):
    """One act in words; `n` is its place, `at` the time in Beijing."""

    n: int
    at: datetime
    by: str
    act: str
    what: str
    rows: int


def note(desk: Desk, act: str, what: str, rows: int = 1, *, need: Act | None = Act.REVEAL, by: str = "") -> None:
    """Note an act of `ACTS` before its result is handed over; raises Refused, Trouble: then nothing is handed over.

    `need` is what one must be allowed to do for it; None is what the program does by itself. `by` says who did it
    where that is not whoever is at the desk.
    """
    if need is not None:
        desk.require(need)
    reading = clocks.read(desk)
    if reading.standing is not ClockState.RIGHT:
        what = f"{what}（{clocks.UNTIMED}，电脑时钟为{clocks.moment_text(reading.wall)}）"
    line = disclosures.Disclosure(at=reading.moment, by=by or desk.by, act=act, what=what, rows=rows)
    disclosures.put(desk.store.ledger, line)


def note_showing(desk: Desk, record: Record, field: str) -> None:
    """Note that a masked field of a record was shown in full."""
    label = next(item.label for item in fields(type(record)) if item.name == field)
    note(desk, "show", f"{title(record)}的{label}")


def register_shown(desk: Desk, kind: str) -> None:
    """Note that a register about conduct was opened."""
    note(desk, "show", KINDS[kind].kind.label, desk.store.count(KINDS[kind], scope=desk.scope))


def note_sheet(
    desk: Desk, act: str, label: str, columns: Iterable[Column], rows: Sequence[Mapping[str, Scalar]]
) -> None:
    """Note that rows leave with personal columns that are filled, or from a register about conduct; else nothing."""
    all_columns = list(columns)
    personal = [column for column in all_columns if column.field.personal or column.is_phone]
    filled = "、".join(one.heading for one in personal if any(row.get(one.key) is not None for row in rows))
    if rows and (filled or any(KINDS[column.kind].kind.restricted for column in all_columns)):
        note(desk, act, f"{label}（含{filled}）" if filled else label, len(rows))


def lines(desk: Desk, first: date | None = None, last: date | None = None) -> list[DisclosureLine]:
    """Return what was noted on the days from first to last, the newest first."""
    since, until = _ms(first or date.min), _ms(last or date.max) + _DAY_MS
    entries = disclosures.listed(desk.store.ledger, since, until)
    return [_line(one) for one in entries]


def _line(one: disclosures.Disclosure) -> DisclosureLine:
    at = beijing(one.at)
    return DisclosureLine(one.n, at, one.by, ACTS.get(one.act, one.act), one.what, one.rows)


def _ms(day: date) -> int:
    """Return when a day begins in Beijing, in milliseconds since 1970."""
    return (day - date(1970, 1, 1)).days * _DAY_MS - 8 * 3_600_000


def counts(desk: Desk) -> dict[str, int]:
    """Return how often each act was noted here in the last months, as `YYYY-MM act`: what an office above is told."""
    today = beijing(clocks.read(desk).moment).date()
    firsts = [_month_back(today, count) for count in range(_TOLD_MONTHS)]
    with desk.store.ledger.reading() as cursor:
        return tallies.counts(cursor, {_ms(first): f"{first:%Y-%m}" for first in firsts})


def _month_back(day: date, count: int) -> date:
    place = day.year * 12 + day.month - 1 - count
    return date(place // 12, place % 12 + 1, 1)
