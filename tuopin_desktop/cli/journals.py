"""`journal`: daily logs, weekly notes and the work ledger."""

import argparse
from argparse import Namespace
from datetime import date
from typing import Any, TextIO

import msgspec

from tuopin_desktop.cli.opening import book_options, say, say_book, say_json
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.journals.entries import log_id
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import DailyLog
from tuopin_desktop.domain.records.choices import LEDGER_STATE, PLACE_KIND
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.journals import ledger, logs, notes, papers
from tuopin_desktop.services.journals.ledger import WHICH
from tuopin_desktop.services.journals.people import Member, county_of, members
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

PAPERS = {"log": "一月的工作日志", "note": "周记", "ledger": "工作台账"}


def journal_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    log = _county_options(step(steps, "log", _log, act=Act.ENTER, help="写一人一天的工作日志"))
    log.add_argument("person", metavar="姓名")
    log.add_argument("text", metavar="内容", nargs="?", default="", help="一句话；写在纸上的可省略，另加 --seen-by")
    log.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="哪一天（默认今天）")
    log.add_argument("--place", default="", help="地点")
    log.add_argument("--kind", default="", help="地点类别，如 嘎查村、农牧户")
    log.add_argument("--households", type=int, help="走访户数")
    log.add_argument("--seen-by", default="", help="写在纸上的日志由谁查看过")
    log.add_argument("--seen", type=date.fromisoformat, metavar="YYYY-MM-DD", help="查看日期（默认今天）")
    week = _week_options(step(steps, "week", _week, act=Act.READ, help="一队一周的日志和缺写的日子"))
    week.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    draft = _week_options(step(steps, "draft", _draft, act=Act.READ, help="周记初稿；加 --keep 保存为周记"))
    draft.add_argument("--keep", action="store_true", help="保存；已有周记的不覆盖")
    ledger = _county_options(
        step(steps, "ledger", _ledger, act=Act.READ, help="工作台账：列出；加 --add 立项，加 --finish 办结")
    )
    ledger.add_argument("--only", choices=WHICH, default="open", help="在办、逾期、办结、全部")
    ledger.add_argument("--add", metavar="事项", default="", help="立项")
    ledger.add_argument("--person", default="", metavar="姓名", help="责任人（立项用）")
    ledger.add_argument("--due", type=date.fromisoformat, metavar="YYYY-MM-DD", help="完成时限（立项用）")
    ledger.add_argument("--finish", metavar="记录号", default="", help="办结")
    ledger.add_argument("--result", default="", help="办理结果（办结用）")
    ledger.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    carry = _county_options(step(steps, "carry", _carry, act=Act.ENTER, help="把没有办结的事项结转到一周（默认下周）"))
    carry.add_argument("--to", default="", metavar="WEEK", help="如 2018-W24")
    _print_options(step(steps, "print", _print, act=Act.PRINT, help="输出 PDF 或 Excel"))


def _print_options(verb: argparse.ArgumentParser) -> None:
    text = "、".join(f"{key} {word}" for key, word in PAPERS.items())
    verb.add_argument("paper", choices=tuple(PAPERS), metavar="KIND", help=text)
    _county_options(verb)
    verb.add_argument("--month", default="", metavar="YYYY-MM", help="哪一月（log 用，默认本月）")
    verb.add_argument("--person", default="", metavar="姓名", help="只要一人的（log 用）")
    verb.add_argument("--week", default="", metavar="WEEK", help="哪一周（note 用，默认本周；ledger 用，默认全部）")
    verb.add_argument("--blank", action="store_true", help="空白页，供手写")
    book_options(verb)


def _county_options(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--county", default="", help="旗县代码或名称（在上级单位用）")
    return verb


def _week_options(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("week", nargs="?", default="", metavar="WEEK", help="如 2018-W23，或该周任一天（默认本周）")
    return _county_options(verb)


def _log(desk: Desk, options: Namespace, out: TextIO) -> int:
    day = options.on or desk.today()
    member = _member(desk, options.person, options.county, weeks.week_of(day))
    kind = PLACE_KIND.code(options.kind) if options.kind else ""
    if kind is None:
        raise refuse(
            "place_kind", f"没有“{options.kind[:20]}”这种地点，可用：{'、'.join(PLACE_KIND.labels.values())}", "kind"
        )
    log = DailyLog(
        id=log_id(member.posting.id, day),
        posting=member.posting.id,
        date=day,
        place=options.place,
        place_kind=kind,
        households=options.households,
        text=options.text,
        paper_seen_by=options.seen_by,
        paper_seen=(options.seen or desk.today()) if options.seen_by else options.seen,
    )
    registers.save(desk, log)
    say(out, f"已登记：{member.name} {day} 工作日志")
    return 0


def _member(desk: Desk, name: str, county: str, week: str) -> Member:
    matches = [
        one for one in members(desk, county_of(desk, county), weeks.days(week)) if name in (one.name, one.posting.id)
    ]
    if len(matches) != 1:
        text = f"有{len(matches)}个" if matches else "没有"
        raise refuse("person", f"{weeks.week_words(week)}在派人员中{text}“{name[:30]}”", "person")
    return matches[0]


def _week(desk: Desk, options: Namespace, out: TextIO) -> int:
    sheet = logs.week(desk, _week_of(desk, options), options.county)
    for day in sheet.days:
        for row in sheet.of_day(day):
            if options.json:
                log: Any = msgspec.to_builtins(row.log) if row.log else None
                say_json(out, {"day": day, "name": row.member.name, "log": log, "due": row.due, "gap": row.gap})
            elif row.log or row.gap:
                text = row.log.text or "（写在纸上）" if row.log else "！缺"
                place = row.log.place if row.log else row.marked
                say(out, f"{day}\t{row.member.name}\t{place}\t{' '.join(text.split())}")
    if not options.json:
        say(out, f"{weeks.week_words(sheet.week)}：日志{sheet.log_count}篇，缺{len(sheet.gaps)}篇。")
    return 0


def _draft(desk: Desk, options: Namespace, out: TextIO) -> int:
    view = notes.open_note(desk, _week_of(desk, options), options.county)
    if not options.keep:
        say(out, view.draft)
        return 0
    if view.note.text:
        raise refuse("week", f"{weeks.week_words(view.week)}已有周记，没有覆盖", "week")
    notes.keep(desk, view.week, view.draft, view.draft, county=view.county)
    say(out, f"已保存{weeks.week_words(view.week)}周记，最迟{view.due}定稿")
    return 0


def _ledger(desk: Desk, options: Namespace, out: TextIO) -> int:
    if options.add:
        posting = ""
        if options.person:
            posting = _member(desk, options.person, options.county, weeks.week_of(desk.today())).posting.id
        ledger_item = ledger.add(desk, options.add, county=options.county, posting=posting, due=options.due)
        say(out, f"已立项：{ledger_item.id}")
        return 0
    if options.finish:
        ledger_item = ledger.finish(desk, options.finish, options.result)
        say(out, f"已办结：{ledger_item.task}")
        return 0
    for row in ledger.items(desk, options.county, options.only):
        if options.json:
            values = {"owner": row.owner, "age": row.age, "overdue": row.overdue, "carried": row.carried}
            say_json(out, {**msgspec.to_builtins(row.item), **values})
            continue
        state = "逾期" if row.overdue else LEDGER_STATE.word(row.item.state)
        task = " ".join(row.item.task.split())
        say(out, f"{row.item.id}\t{row.item.week}\t{task}\t{row.owner}\t{row.item.due or ''}\t{state}\t已{row.age}天")
    return 0


def _carry(desk: Desk, options: Namespace, out: TextIO) -> int:
    ledger_items = ledger.carry_all(desk, weeks.read_week(options.to) if options.to else "", options.county)
    say(
        out,
        f"已结转{len(ledger_items)}项"
        + (f"到{weeks.week_words(ledger_items[0].week)}" if ledger_items else "，没有需要结转的事项"),
    )
    return 0


def _print(desk: Desk, options: Namespace, out: TextIO) -> int:
    say_book(desk, _paper(desk, options), options, out)
    return 0


def _paper(desk: Desk, options: Namespace) -> books.Book[Any]:
    if options.blank:
        return papers.blank(desk, options.paper)
    if options.paper == "log":
        month = options.month or f"{desk.today():%Y-%m}"
        return papers.month_logs(desk, month, county=options.county, person=options.person)
    if options.paper == "note":
        return papers.weekly_note(desk, _week_of(desk, options), county=options.county)
    return papers.work_ledger(desk, county=options.county, week=weeks.read_week(options.week) if options.week else "")


def _week_of(desk: Desk, options: Namespace) -> str:
    return weeks.read_week(options.week) if options.week else weeks.week_of(desk.today())


VERBS = (Verb("journal", "工作日志、周记、工作台账：写、起草、结转、打印", journal_options),)
