"""One page for the director: every league in a line with its sums, and who has not reported, by name."""

from collections.abc import Iterator

from tuopin_desktop.documents.sheetlook import Cell
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.record import Form
from tuopin_desktop.services.home.abovestate import LATE, UNSENT, AboveState, CountyLine, Sums
from tuopin_desktop.services.home.standing import standing
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves import merge

_HEADINGS = (
    ("盟市", 31),
    ("总队", 16),
    ("应派", 16),
    ("在派", 16),
    ("外出", 16),
    ("超假", 16),
    ("月报应报", 20),
    ("按时", 16),
    ("迟报", 16),
    ("未报", 16),
    ("满20天", 18),
    ("不足", 16),
    ("登记不全", 20),
    ("逾期事项", 20),
    ("上月此时", 20),
)
_NAMED = 12
"""So many counties are named of those with the most overdue."""


def one_page(desk: Desk) -> Book[Sums]:
    """Return the page: the same numbers as the first page says, on A4 across."""
    merge.settle(desk)
    state = standing(desk).above
    lines = state.lines if state else ()
    sums = [state.sums(code) for code, _ in state.leagues] if state else []
    names = [name for _, name in state.leagues] if state else []
    day = desk.today()
    sheet = Table(
        title="各盟市工作总队情况一览表",
        columns=tuple(
            Column(name, width, "center" if at else "left", Form.INTEGER if at else Form.TEXT)
            for at, (name, width) in enumerate(_HEADINGS)
        ),
        rows=tuple(_cells(name, one) for name, one in zip(names, sums, strict=True)),
        totals=(_cells("合计", state.sums()),) if state else (),
        office=desk.office.name,
        filled=day,
        notes=tuple(_notes(state, lines)) if state else (),
        one_page=True,
    )
    return book(sums, sheet)


def _cells(name: str, one: Sums) -> tuple[Cell, ...]:
    reports = (one.owing, one.on_time, one.late_reports, one.unsent)
    before = "" if one.before is None else one.before
    month = (one.reached, one.short, one.unknown)
    return (name, one.teams, one.size, one.serving, one.out, one.late, *reports, *month, one.overdue, before)


def _notes(state: AboveState, lines: tuple[CountyLine, ...]) -> Iterator[str]:
    """Yield what the numbers are, and the counties by name that somebody has to be asked about."""
    month = f"{state.month[:4]}年{int(state.month[5:])}月" if state.month else ""
    due = f"，期限{state.due.month}月{state.due.day}日" if state.due else ""
    yield (
        f"注：在派为今天派驻着的人，外出、超假的在内。月报和满20天为{month}的{due}，按时、迟报按签发日期算。"
        "登记不全的不能判断够不够20天。逾期事项为本年期限已过而未办的，“上月此时”为一个月前的逾期数。"
    )
    for what, state_of in (("未报", UNSENT), ("迟报", LATE)):
        if names := [one.team.name for one in lines if one.report == state_of]:
            yield f"{month}月报{what}（{len(names)}个）：{'、'.join(names)}。"
    worst = sorted((one.team for one in lines if one.team.overdue), key=lambda team: -team.overdue)
    if worst:
        named = "、".join(f"{team.name}{team.overdue}项" for team in worst[:_NAMED])
        rest = f"等{len(worst)}个" if len(worst) > _NAMED else ""
        yield f"逾期事项较多的旗县：{named}{rest}。"
