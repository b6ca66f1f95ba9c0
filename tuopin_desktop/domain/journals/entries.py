"""The natural ids of logs, notes and carried items, and what keeps one from being saved."""

from datetime import date

import msgspec

from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import DailyLog, LedgerItem, Posting, WeeklyNote

MOST_HOUSEHOLDS = 999
"""More than anybody visits in a day: a larger number is a slip of the finger."""


def log_id(posting: str, day: date) -> str:
    """Return the id of a day's log: two offices that key the same day meet in one record."""
    return f"{posting}/{day.isoformat()}"


def note_id(county: str, week: str) -> str:
    """Return the id of a team's weekly note."""
    return f"{county}/{week}"


def carried_id(item: str, week: str) -> str:
    """Return the id under which an item goes on in a week, whatever week it is carried from."""
    root, _, last = item.rpartition("/")
    return f"{root if weeks.span(last) else item}/{week}"


def natural_id(record: Record) -> str:
    """Return the id a log or note has by what it says; "" for other kinds and while that is not said."""
    if isinstance(record, DailyLog) and record.posting and record.date:
        return log_id(record.posting, record.date)
    if isinstance(record, WeeklyNote) and record.county and weeks.span(record.week):
        return note_id(record.county, record.week)
    return ""


def settled(record: Record) -> Record:
    """Return a note or item with its week in the standard spelling; an item without one is on its first day's page,
    and in hand while nothing else is said."""
    if isinstance(record, WeeklyNote):
        return msgspec.structs.replace(record, week=weeks.read_week(record.week))
    if isinstance(record, LedgerItem):
        week = weeks.read_week(record.week) if record.week else weeks.week_of(record.opened) if record.opened else ""
        return msgspec.structs.replace(record, week=week, state=record.state or "open")
    return record


def problems_of(record: Record, posting: Posting | None) -> list[Problem]:
    """Return what keeps a log, note or item from being saved beyond its fields; `posting` is the one it names."""
    if isinstance(record, DailyLog):
        return [*_moved(record, "date"), *_log(record, posting)]
    if isinstance(record, WeeklyNote):
        return [*_moved(record, "week"), *_week(record.week), *_paper(record)]
    if isinstance(record, LedgerItem):
        return [*_week(record.week), *_item(record)]
    return []


def _moved(record: Record, name: str) -> list[Problem]:
    target = natural_id(record)
    if not target or target == record.id:
        return []
    return [_problem("moved", f"已登记的{record.kind.label}不能改到另一人或另一天（周），请删去这一条另行登记", name)]


def _log(log: DailyLog, posting: Posting | None) -> list[Problem]:
    problems = _paper(log)
    if not log.text and not log.paper_seen_by:
        problems.append(_problem("empty", "请写一句工作内容；日志只写在纸上的，填查看人和查看日期", "text"))
    if log.households is not None and not 0 <= log.households <= MOST_HOUSEHOLDS:
        problems.append(_problem("households", f"走访户数应在0至{MOST_HOUSEHOLDS}之间，请核对", "households"))
    if posting is not None and log.date is not None and (why := _outside(posting, log.date)):
        problems.append(_problem("posting", why, "date"))
    return problems


def _outside(posting: Posting, day: date) -> str:
    if posting.since is None or day < posting.since:
        return f"{day}在派驻起{posting.since or '（未登记）'}之前，不能登记日志"
    if posting.until is not None and day > posting.until:
        return f"{day}在派驻止{posting.until}之后，不能登记日志"
    return ""


def _paper(record: DailyLog | WeeklyNote) -> list[Problem]:
    if bool(record.paper_seen_by) == (record.paper_seen is not None):
        return []
    name = "paper_seen" if record.paper_seen_by else "paper_seen_by"
    return [_problem("paper", "写在纸上的，查看人和查看日期要一并填写", name)]


def _week(week: str) -> list[Problem]:
    if not week or weeks.span(week):
        return []
    return [_problem("week", f"没有“{week[:20]}”这一周，请写成 2018-W23，或填该周任一天的日期", "week")]


def _item(item: LedgerItem) -> list[Problem]:
    problems = []
    if item.opened and item.due and item.due < item.opened:
        problems.append(_problem("due", "完成时限早于立项日期，请核对", "due"))
    if item.opened and item.finished and item.finished < item.opened:
        problems.append(_problem("finished", "办结日期早于立项日期，请核对", "finished"))
    return problems


def _problem(code: str, sentence: str, name: str) -> Problem:
    return Problem(code=f"journal.{code}", sentence=sentence, fields=(name,), article=10)
