"""What keeps a lending of archives from being saved: what goes out has a day to be back, and comes back after that."""

from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Lending
from tuopin_desktop.services.office.desk import Desk

OUT = "out"


def problems(_: Desk, record: Lending) -> list[Problem]:
    """Return what is wrong with a lending by its own rules."""
    problems_of_days = []
    if record.way == OUT and record.due is None:
        problems_of_days.append(Problem(code="required", sentence="借出的要写明应还日期", fields=("due",)))
    for day, name, label in ((record.due, "due", "应还日期"), (record.returned, "returned", "归还日期")):
        if day and record.lent and day < record.lent:
            problems_of_days.append(Problem(code="span", sentence=f"“{label}”早于利用日期，请核对", fields=(name,)))
    return problems_of_days
