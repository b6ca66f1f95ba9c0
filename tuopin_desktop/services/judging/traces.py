"""What the cross-check of evidence reads beside the facts: days of logs, checks and explanations."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from tuopin_desktop.domain.policy import Policy, with_rulings
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import DailyLog, Explanation, LedgerItem, OwnCheck, Ruling, SpotCheck
from tuopin_desktop.domain.traces import Traces
from tuopin_desktop.services.office import clocks
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store.days import keyed_out_of_time

KINDS: tuple[type[Record], ...] = (SpotCheck, OwnCheck, LedgerItem, Explanation)
"""The records that are read whole; of logs only the days are."""


def gather(
    desk: Desk, on: date, ranges: Sequence[tuple[str, str]], rows: Mapping[type[Record], Sequence[Any]]
) -> Traces:
    """Return the traces of these records (`KINDS`) and of the logs in some ranges of ids (first, behind the last)."""
    store = desk.store
    late = _policy(desk, on).number("journal.late_days")
    traces = Traces(
        items=tuple(item for item in rows[LedgerItem] if item.state == "done"),
        checks=(*rows[SpotCheck], *rows[OwnCheck]),
        explanations=tuple(rows[Explanation]),
    )
    horizon = clocks.read(desk).horizon
    logs: dict[str, Mapping[str, int]] = {}
    keyed: dict[str, date] = {}
    for one in ranges:
        logs |= store.days_by(DailyLog, "place_kind", one)
        keyed |= keyed_out_of_time(store.ledger, DailyLog, one, late, horizon)
    return msgspec.structs.replace(traces, logs=logs, keyed=keyed)


def _policy(desk: Desk, on: date) -> Policy:
    return with_rulings(desk.policy, desk.store.rows(Ruling), on)
