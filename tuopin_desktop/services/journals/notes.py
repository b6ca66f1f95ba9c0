"""Weekly notes: drafted from the logs, edited, kept, and drafted anew without losing what was written."""

from collections import Counter
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.attendance.logs import in_month
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.journals.draft import LogLine, differences, draft
from tuopin_desktop.domain.journals.entries import note_id
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import LedgerItem, Posting, WeeklyNote
from tuopin_desktop.services.journals import ledger, logs
from tuopin_desktop.services.journals.people import county_of
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import journalkeeping
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

_LISTED = 60
"""Weeks listed: a year and what is still open of the one before."""


class NoteRow(msgspec.Struct, frozen=True, kw_only=True):
    """One week in the list: how many logs it has, when its note is due, and how it stands in words and tone."""

    week: str
    label: str
    note: WeeklyNote | None
    logs: int
    due: date
    state: str
    tone: str


class NoteView(msgspec.Struct, frozen=True, kw_only=True):
    """One note open for editing.

    `text` is what stands in it, or the draft where nothing was written yet; `draft` is what the logs say now, `news`
    its lines that were not in the draft the text was written from, and `gone` the other way round.
    """

    county: str
    week: str
    note: WeeklyNote
    new: bool
    text: str
    draft: str
    news: tuple[str, ...]
    gone: tuple[str, ...]
    due: date
    gaps: tuple[str, ...]


def listed(desk: Desk, county: str = "") -> list[NoteRow]:
    """Return a team's weeks, the newest first, from its arrival to this week."""
    code, today = county_of(desk, county), desk.today()
    since = [item.since for item in desk.store.rows(Posting, {"county": code}) if item.since]
    if not since:
        return []
    first = max(min(since), today - timedelta(weeks=_LISTED))
    notes = {note.week: note for note in desk.store.rows(WeeklyNote, {"county": code})}
    bits = journalkeeping.logged(desk, journalkeeping.under(f"{code}/"))
    counts = Counter(weeks.week_of(day) for key, count in bits.items() for day in in_month(count, key[-7:]))
    policy = judging.policy_on(desk, today)
    return [
        _row(week, notes.get(week), counts[week], weeks.due(week, policy), today)
        for week in reversed(weeks.between(first, today))
    ]


def _row(week: str, note: WeeklyNote | None, count: int, due: date, today: date) -> NoteRow:
    state, tone = state_of(note, count, due, today)
    return NoteRow(week=week, label=weeks.week_words(week), note=note, logs=count, due=due, state=state, tone=tone)


def state_of(note: WeeklyNote | None, count: int, due: date, today: date) -> tuple[str, str]:
    if note is not None and note.signed:
        return ("已签字", "ok") if note.signed <= due else ("已签字，迟于限期", "warn")
    if note is not None and note.paper_seen:
        return "纸质，已查看", "ok"
    if note is not None and note.text:
        return "已写，未签字", "quiet"
    if today > due:
        return ("逾期未写", "bad") if count else ("没有周记", "warn")
    return ("初稿已备好", "ok") if count else ("还没有日志", "quiet")


def open_note(desk: Desk, week: str, county: str = "") -> NoteView:
    """Return a week's note for editing; a week without one begins with the draft. Raises Refused for no week."""
    sheet = logs.week(desk, week, county)
    weekly_note = desk.store.get(WeeklyNote, note_id(sheet.county, sheet.week))
    new = weekly_note is None or weekly_note.deleted
    note = WeeklyNote(id=note_id(sheet.county, sheet.week), county=sheet.county, week=sheet.week)
    note = weekly_note if weekly_note is not None and not new else note
    now = _draft(desk, sheet)
    news, gone = differences(note.draft, now) if note.text else ((), ())
    return NoteView(
        county=sheet.county,
        week=sheet.week,
        note=note,
        new=new,
        text=note.text or now,
        draft=now,
        news=news,
        gone=gone,
        due=weeks.due(sheet.week, judging.policy_on(desk, desk.today())),
        gaps=tuple(f"{row.day.month}月{row.day.day}日{row.member.name}" for row in sheet.gaps),
    )


def _draft(desk: Desk, sheet: logs.WeekSheet) -> str:
    lines = [
        LogLine(row.member.name, row.log) for day in sheet.days for row in sheet.of_day(day) if row.log is not None
    ]
    unfinished = [row for row in ledger.items(desk, sheet.county, "open") if row.item.week <= sheet.week]
    return draft(sheet.week, lines, (_plan(row.item, row.owner) for row in unfinished))


def _plan(item: LedgerItem, owner: str) -> str:
    due = f"{item.due.month}月{item.due.day}日前" if item.due else ""
    about = "，".join(part for part in (owner, due) if part)
    return " ".join(item.task.split()) + (f"（{about}）" if about else "")


def keep(
    desk: Desk, week: str, text: str, value: str, *, county: str = "", signed_by: str = "", signed: date | None = None
) -> WeeklyNote:
    """Store a note's text; `value` is the draft it was written from. Raises Refused naming the fields."""
    code = county_of(desk, county)
    if not text.strip():
        raise refuse("text", "周记还是空的，没有保存", "text", article=10)
    if signed is not None and not signed_by.strip():
        raise refuse("signed_by", "填了签字日期，请写明签字人", "signed_by")
    weekly_note = desk.store.get(WeeklyNote, note_id(code, week)) or WeeklyNote(
        id=note_id(code, week), county=code, week=week
    )
    new_note = msgspec.structs.replace(
        weekly_note, text=text, draft=value, signed_by=signed_by, signed=signed, deleted=False
    )
    return registers.save(desk, new_note)
