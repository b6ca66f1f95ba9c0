"""What each sub-verb of `journal` does on the command line."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any, TextIO

import msgspec

from tuopin_desktop.cli.opening import opened, say, say_book, say_json
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.journals.entries import log_id
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import DailyLog
from tuopin_desktop.domain.records.choices import LEDGER_STATE, PLACE_KIND
from tuopin_desktop.services.journals import ledger, logs, notes, papers
from tuopin_desktop.services.journals.people import Member, county_of, members
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


def journal_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step."""
    with opened(asked) as desk:
        return STEPS[asked.step](desk, asked, out)


def _log(desk: Desk, asked: Namespace, out: TextIO) -> int:
    day = asked.on or desk.today()
    member = _member(desk, asked.person, asked.county, weeks.week_of(day))
    kind = PLACE_KIND.code(asked.kind) if asked.kind else ""
    if kind is None:
        raise refuse(
            "place_kind", f"没有“{asked.kind[:20]}”这种地点，可用：{'、'.join(PLACE_KIND.words.values())}", "kind"
        )
    log = DailyLog(
        id=log_id(member.posting.id, day),
        posting=member.posting.id,
        date=day,
        place=asked.place,
        place_kind=kind,
        households=asked.households,
        text=asked.text,
        paper_seen_by=asked.seen_by,
        paper_seen=(asked.seen or desk.today()) if asked.seen_by else asked.seen,
    )
    registers.save(desk, log)
    say(out, f"已登记：{member.name} {day} 工作日志")
    return 0


def _member(desk: Desk, name: str, county: str, week: str) -> Member:
    found = [
        one for one in members(desk, county_of(desk, county), weeks.days(week)) if name in (one.name, one.posting.id)
    ]
    if len(found) != 1:
        words = f"有{len(found)}个" if found else "没有"
        raise refuse("person", f"{weeks.week_words(week)}在派人员中{words}“{name[:30]}”", "person")
    return found[0]


def _week(desk: Desk, asked: Namespace, out: TextIO) -> int:
    sheet = logs.week(desk, _week_of(desk, asked), asked.county)
    for day in sheet.days:
        for row in sheet.of_day(day):
            if asked.json:
                said: Any = msgspec.to_builtins(row.log) if row.log else None
                say_json(out, {"day": day, "name": row.member.name, "log": said, "due": row.due, "gap": row.gap})
            elif row.log or row.gap:
                text = row.log.text or "（写在纸上）" if row.log else "！缺"
                place = row.log.place if row.log else row.marked
                say(out, f"{day}\t{row.member.name}\t{place}\t{' '.join(text.split())}")
    if not asked.json:
        say(out, f"{weeks.week_words(sheet.week)}：日志{sheet.written}篇，缺{len(sheet.gaps)}篇。")
    return 0


def _draft(desk: Desk, asked: Namespace, out: TextIO) -> int:
    view = notes.open_note(desk, _week_of(desk, asked), asked.county)
    if not asked.keep:
        say(out, view.draft)
        return 0
    if view.note.text:
        raise refuse("week", f"{weeks.week_words(view.week)}已有周记，没有覆盖", "week")
    notes.keep(desk, view.week, view.draft, view.draft, county=view.county)
    say(out, f"已保存{weeks.week_words(view.week)}周记，最迟{view.due}定稿")
    return 0


def _ledger(desk: Desk, asked: Namespace, out: TextIO) -> int:
    if asked.add:
        posting = ""
        if asked.person:
            posting = _member(desk, asked.person, asked.county, weeks.week_of(desk.today())).posting.id
        made = ledger.add(desk, asked.add, county=asked.county, posting=posting, due=asked.due)
        say(out, f"已立项：{made.id}")
        return 0
    if asked.finish:
        made = ledger.finish(desk, asked.finish, asked.result)
        say(out, f"已办结：{made.task}")
        return 0
    for row in ledger.items(desk, asked.county, asked.only):
        if asked.json:
            said = {"owner": row.owner, "age": row.age, "overdue": row.overdue, "carried": row.carried}
            say_json(out, {**msgspec.to_builtins(row.item), **said})
            continue
        state = "逾期" if row.overdue else LEDGER_STATE.word(row.item.state)
        task = " ".join(row.item.task.split())
        say(out, f"{row.item.id}\t{row.item.week}\t{task}\t{row.owner}\t{row.item.due or ''}\t{state}\t已{row.age}天")
    return 0


def _carry(desk: Desk, asked: Namespace, out: TextIO) -> int:
    made = ledger.carry_all(desk, weeks.read_week(asked.to) if asked.to else "", asked.county)
    say(out, f"已结转{len(made)}项" + (f"到{weeks.week_words(made[0].week)}" if made else "，没有需要结转的事项"))
    return 0


def _print(desk: Desk, asked: Namespace, out: TextIO) -> int:
    say_book(desk, _paper(desk, asked), asked, out)
    return 0


def _paper(desk: Desk, asked: Namespace) -> books.Book[Any]:
    if asked.blank:
        return papers.blank(desk, asked.paper)
    if asked.paper == "log":
        month = asked.month or f"{desk.today():%Y-%m}"
        return papers.month_logs(desk, month, county=asked.county, person=asked.person)
    if asked.paper == "note":
        return papers.weekly_note(desk, _week_of(desk, asked), county=asked.county)
    return papers.work_ledger(desk, county=asked.county, week=weeks.read_week(asked.week) if asked.week else "")


def _week_of(desk: Desk, asked: Namespace) -> str:
    return weeks.read_week(asked.week) if asked.week else weeks.week_of(desk.today())


STEPS: dict[str, Callable[[Desk, Namespace, TextIO], int]] = {
    "log": _log,
    "week": _week,
    "draft": _draft,
    "ledger": _ledger,
    "carry": _carry,
    "print": _print,
}
