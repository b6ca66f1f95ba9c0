"""What the tab of cases asks of the desk; every function here runs in the worker thread."""

from pathlib import Path

import msgspec

from tuopin_desktop.domain.records import Measure, RecallCase, Replacement, Statement
from tuopin_desktop.services.office import papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import letters, recall, replacing
from tuopin_desktop.services.registers import registers


class CaseLists(msgspec.Struct, frozen=True):
    """Who is suspected without a case, the cases, the applications, and how postings are called."""

    suspicions: tuple[recall.Suspicion, ...]
    cases: tuple[recall.CaseRow, ...]
    applications: tuple[replacing.ReplacementRow, ...]
    postings: dict[str, str]


def listed(desk: Desk) -> CaseLists:
    """Return everything the tab shows."""
    return CaseLists(
        tuple(recall.suspicions(desk)),
        tuple(recall.rows(desk)),
        tuple(replacing.rows(desk)),
        registers.titles(desk, "posting"),
    )


def open_case(desk: Desk, recall_case: RecallCase) -> RecallCase:
    """Open a case."""
    return recall.open_case(
        desk, recall_case.posting, recall_case.trigger, recall_case.since or desk.today(), recall_case.facts
    )


def hear(desk: Desk, case_id: str, statement: Statement) -> Statement:
    """Note the member's words."""
    day = statement.said or desk.today()
    return recall.hear(desk, case_id, statement.words, day, taken_by=statement.taken_by, declined=statement.declined)


def take(desk: Desk, case_id: str, measure: str, entry: Measure) -> Measure:
    """Record a measure."""
    day = entry.taken or desk.today()
    return recall.take(desk, case_id, measure, day, paper=entry.paper, taken_by=entry.taken_by, text=entry.words)


def close(desk: Desk, case_id: str, recall_case: RecallCase) -> RecallCase:
    """Close a case."""
    return recall.close(desk, case_id, recall_case.outcome, recall_case.closed or desk.today(), recall_case.closing)


def apply(desk: Desk, replacement: Replacement) -> Replacement:
    """Keep an application."""
    return replacing.apply(desk, replacement)


def letter_of(desk: Desk, what: str, record_id: str, path: Path) -> Path:
    """Write a letter as what the file's name says; `what` is a measure, `application` or `approval`."""
    makers = {"application": letters.application, "approval": letters.approval}
    maker = makers.get(what)
    letter = maker(desk, record_id) if maker else letters.of_measure(desk, record_id, what)
    return papers.write(desk, path, letter)
