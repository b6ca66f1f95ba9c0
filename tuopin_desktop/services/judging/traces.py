"""What the cross-check of evidence reads beside the facts: days of logs, checks and explanations."""

from datetime import date

from tuopin_desktop.domain.policy import Policy, with_rulings
from tuopin_desktop.domain.records import (
    Check,
    DailyLog,
    Explanation,
    LedgerItem,
    OwnCheck,
    Ruling,
    SpotCheck,
)
from tuopin_desktop.domain.traces import Traces
from tuopin_desktop.services.office import clocks
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store.days import keyed_out_of_time


def gather(desk: Desk, on: date, between: tuple[str, str]) -> Traces:
    """Return the traces of the owners whose ids lie from the first code on and before the second."""
    store = desk.store
    checks: list[Check] = [*store.rows(SpotCheck, between=between), *store.rows(OwnCheck, between=between)]
    late = _policy(desk, on).number("journal.late_days")
    return Traces(
        logs=store.days_by(DailyLog, "place_kind", between),
        keyed=keyed_out_of_time(store.ledger, DailyLog, between, late, clocks.read(desk).horizon),
        items=tuple(store.rows(LedgerItem, {"state": "done"}, between=between)),
        checks=tuple(checks),
        explanations=tuple(store.rows(Explanation, between=between)),
    )


def _policy(desk: Desk, on: date) -> Policy:
    return with_rulings(desk.policy, desk.store.rows(Ruling), on)
