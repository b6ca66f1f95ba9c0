"""The natural ids of logs, notes and carried items, and what keeps one from being saved."""

from datetime import date

import msgspec

from tuopin_desktop.domain.belonging import stated_id
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
    """Return the id a log or note has by what it says; "" for other kinds, while that is not said, in no week."""
    values = msgspec.structs.asdict(record)
    week = values.get("week")
    return stated_id(record.kind, values) if not week or weeks.span(week) else ""


def note_settled(note: WeeklyNote) -> WeeklyNote:
    """Return a note with its week in the standard spelling."""
    return msgspec.structs.replace(note, week=weeks.read_week(note.week))


def item_settled(item: LedgerItem) -> LedgerItem:
    """Return an item with its week in the standard spelling; one without a week is on its first day's page, and in
    hand while nothing else is said."""
    week = weeks.read_week(item.week) if item.week else weeks.week_of(item.opened) if item.opened else ""
    return msgspec.structs.replace(item, week=week, state=item.state or "open")


def log_problems(log: DailyLog, posting: Posting | None) -> list[Problem]:
    """Return what keeps a log from being saved beyond its fields; `posting` is the one it names."""
    return [*_moved(log, "date"), *_log(log, posting)]


def note_problems(note: WeeklyNote) -> list[Problem]:
    """Return what keeps a note from being saved beyond its fields."""
    return [*_moved(note, "week"), *_week(note.week), *_paper(note)]


def item_problems(item: LedgerItem) -> list[Problem]:
    """Return what keeps an item from being saved beyond its fields."""
    return [*_week(item.week), *_item(item)]


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
