"""结账后变化: what was written about closed months after their close, as a list to look through and to print."""

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.afterclose import AfterClose, after_close, waiting_words
from tuopin_desktop.domain.attendance.roll import roll_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.judging.teammonth import TeamMonth
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

_COLUMNS = (
    Column("姓名", 28),
    Column("变化", 24),
    Column("内容", 130),
    Column("更正单或处理", 60),
)


def changes(desk: Desk, month: str, county: str = "", facts: Facts | None = None) -> tuple[AfterClose, ...]:
    """Return what was written about a closed month since; nothing of an open one, or one closed without a roll."""
    close = closing.standing_close(desk, month, county)
    roll = roll_of(close) if close is not None else None
    if close is None or roll is None:
        return ()
    facts = facts or judging.facts(desk)
    corrections = [item for item in facts.corrections if item.closing == close.id]
    return after_close(facts, close, roll, judging.policy_on(desk, facts.today), corrections)


def listed(desk: Desk, month: str, county: str = "") -> Book[AfterClose]:
    """Return the changes since the close as a book (list, PDF, workbook): an annex of its own."""
    code = teammonth.county_of(desk, county)
    after_closes = changes(desk, month, code)
    team = teammonth.read(desk, month, code)
    rows = tuple((one.name or "全队", one.what, one.words, one.settled or waiting_words(one)) for one in after_closes)
    notes = (_note(team, len(after_closes)),)
    title = f"{team.team}{team.month_text}结账后变化"
    sheet = Table(
        title=title, columns=_COLUMNS, rows=rows, office=desk.office.name, filled=desk.today(), notes=notes
    )  # fmt: skip
    return book(after_closes, sheet)


def _note(team: TeamMonth, count: int) -> str:
    """Return what a list without rows means, and what the rows are for."""
    if not team.is_closed:
        return "注：本月考勤没有结账，登记的变化直接计入。"
    if team.roll is None:
        return "注：本月由旧版程序结账，没有留存逐日内容，无从逐日比对；按现有登记计算。"
    if not count:
        return "注：结账后没有变化。"
    return "注：以上各项均在结账后登记，考勤簿和各项计算仍按结账时的登记；确应计入的，填考勤更正单或重新打开。"
