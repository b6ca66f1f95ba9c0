"""What keeps papers that go out and come back from being saved: nothing is back before it went."""

from collections.abc import Iterator
from datetime import date

from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record, fields
from tuopin_desktop.domain.records import Lending, PersonalHandover
from tuopin_desktop.services.office.desk import Desk

OUT = "out"


def lending(_: Desk, record: Lending) -> list[Problem]:
    """Return what is wrong with a lending by its own rules: what goes out has a day to be back, too."""
    faults = [*_late(record, "lent", ("due", "returned"))]
    if record.way == OUT and record.due is None:
        faults.append(Problem(code="required", sentence="借出的要写明应还日期", fields=("due",)))
    return faults


def handover(_: Desk, record: PersonalHandover) -> list[Problem]:
    """Return what is wrong with the sending of somebody's originals."""
    return [*_late(record, "sent", ("received", "returned"))]


def _late(record: Record, first: str, others: tuple[str, ...]) -> Iterator[Problem]:
    labels = {item.name: item.label for item in fields(type(record))}
    began: date | None = getattr(record, first)
    for name in others:
        day: date | None = getattr(record, name)
        if day and began and day < began:
            yield Problem(code="span", sentence=f"“{labels[name]}”早于“{labels[first]}”，请核对", fields=(name,))
