"""`leave`: one step for each stroke of the leave desk, its books, its scans, and how a slip's state is said."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import msgspec

from tuopin_desktop.cli.opening import book_options, say, say_book, say_json
from tuopin_desktop.cli.verb import Do, Steps, Verb, step, steps_of
from tuopin_desktop.domain.halves import Half, parse_half
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import OUT, on_list, overdue_words, watches
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.masking import veil_number
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records.choices import BODY, DELEGABLE, ROLE, SIDE
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.leave import leave, leavebooks, leavedesk, leaveversions, scans, signers, tray
from tuopin_desktop.services.leave.tray import page_words
from tuopin_desktop.services.office import books, overlapping
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called
from tuopin_desktop.services.registers import registers

BOOKS = {
    "register": "请假登记簿",
    "filing": "备案台账",
    "cover": "备案报送单",
    "card": "个人年度请假卡",
    "calls": "催办电话单",
    "phone": "电话销假核对表",
    "lates": "补办率",
    "brief": "决策参考",
    "story": "报备单经过",
}


def half_day(text: str) -> tuple[date, Half]:
    """Read `2018-07-27`, `2018-07-27am` or `2018-07-27pm`; a bare day means its end."""
    pair = parse_half(text if len(text) > 10 else text + "pm")
    if pair is None:
        raise argparse.ArgumentTypeError(f"“{text}”应写成 2018-07-27、2018-07-27am 或 2018-07-27pm")
    return pair


def leave_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    _sign_options(_slip_options(step(steps, "sign", _on_slip(_sign), act=Act.ENTER, help="登记纸上的签字")))
    _file_options(step(steps, "file", _file, act=Act.ENTER, help="登记备案，可一次多张"))
    back = _slip_options(step(steps, "return", _on_slip(_back), act=Act.ENTER, help="销假"))
    back.add_argument("--at", type=half_day, metavar="DAY[am|pm]", help="实际返回（默认今天此刻）")
    back.add_argument("--reported", type=date.fromisoformat, metavar="YYYY-MM-DD", help="销假日期（默认今天）")
    _correct_options(back)
    _slip_options(step(steps, "unreturn", _on_slip(_take_back_return), act=Act.ENTER, help="撤销登记错的销假"))
    _call_options(_slip_options(step(steps, "call", _on_slip(_call), act=Act.ENTER, help="登记电话销假")))
    extend = _slip_options(step(steps, "extend", _on_slip(_extend), act=Act.ENTER, help="续假"))
    extend.add_argument("--until", type=half_day, required=True, metavar="DAY[am|pm]", help="续到")
    _following_options(extend)
    reroute = _slip_options(step(steps, "reroute", _on_slip(_reroute), act=Act.ENTER, help="变更行程"))
    reroute.add_argument("--place", required=True, help="新的外出地点")
    _following_options(reroute)
    correct = _slip_options(
        step(
            steps, "correct", _on_slip(_correct), act=Act.ENTER, help="更正已签字的报备单：生成新的一版，打印后重新签字"
        )
    )
    correct.add_argument("--why", required=True, help="更正原因")
    for name, text in (("--place", "外出地点"), ("--period", "请假起止时间，如 605-608"), ("--reason", "请假事由")):
        correct.add_argument(name, default="", help=f"更正后的{text}")
    correct.add_argument("--filled", type=date.fromisoformat, metavar="YYYY-MM-DD", help="填表日期（默认今天）")
    for name, text, do in (("withdraw", "撤回", _withdraw), ("void", "作废", _void)):
        _slip_options(step(steps, name, _on_slip(do), act=Act.ENTER, help=text)).add_argument(
            "--reason", required=True, help="原因"
        )
    _look_options(steps)


def _look_options(steps: Steps) -> None:
    printed = _slip_options(step(steps, "received", _on_slip(_sheet_back), act=Act.ENTER, help="签字件已收回"))
    printed.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="日期（默认今天）")
    _authorise_options(step(steps, "authorise", _authorise, act=Act.ENTER, help="登记受权签字"))
    _slip_options(step(steps, "story", _on_slip(_only_look), act=Act.READ, help="一张报备单的经过"))
    _book_options(
        step(
            steps, "book", _book, act=Act.PRINT, help="登记簿、备案台账、请假卡、催办单、决策参考等，输出 PDF 或 Excel"
        )
    )
    scan = step(steps, "scan", _scan, act=Act.ENTER, help="收入扫描件：按二维码归到报备单，其余进收件筐")
    scan.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或文件夹")
    scan.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    _tray_options(step(steps, "tray", _tray, act=Act.READ, help="收件筐：待认的扫描件；加 --assign 归到原处"))
    lists = step(steps, "list", _list, act=Act.READ, help="、".join(item.value for item in Watch))
    only = [name.lower() for name in (OUT, *Watch.__members__) if name != Watch.AWAY.name]
    lists.add_argument("--only", choices=only, help="只列一种")
    lists.add_argument("--county", default="", help="只列这个旗县工作总队的（代码或名称，不含驻村）")
    lists.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _tray_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--assign", nargs=2, metavar=("件号", "编号"), help="把一件归到报备单，或 --to 所说的登记")
    kinds = "slip 报备单（默认）、meeting 会议、training 培训班、team “十不准”签字表"
    verb.add_argument(
        "--to", choices=("slip", "meeting", "training", "team"), default="slip", help=f"归到哪里：{kinds}"
    )
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _book_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "book", choices=tuple(BOOKS), metavar="KIND", help="、".join(f"{k} {w}" for k, w in BOOKS.items())
    )
    verb.add_argument("--year", type=int, help="年度（默认今年）")
    verb.add_argument("--person", default="", help="姓名")
    verb.add_argument("--county", default="", help="旗县代码或名称")
    verb.add_argument("--number", default="", help="报备单编号（brief、story 用）")
    verb.add_argument("--with", dest="body", default="unit", choices=tuple(BODY.labels), help="报送给谁（cover 用）")
    handed = "报送日期（cover 用；默认为尚未报送的）"
    verb.add_argument("--handed", type=date.fromisoformat, metavar="YYYY-MM-DD", help=handed)
    book_options(verb)


def _slip_options(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("number", metavar="编号", help="报备单编号，如 2018-0001")
    verb.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    return verb


def _sign_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--role", required=True, choices=tuple(ROLE.labels), help="签字栏")
    verb.add_argument("--by", required=True, help="签字人")
    verb.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="签字日期")
    verb.add_argument("--refuse", action="store_true", help="不同意")
    verb.add_argument("--words", default="", help="意见原文")


def _file_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("numbers", nargs="+", metavar="编号", help="报备单编号，如 2018-0001；多张同时登记，全成或全不成")
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    verb.add_argument("--with", dest="body", required=True, choices=tuple(BODY.labels), help="备案对象")
    verb.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="备案日期")
    verb.add_argument("--channel", default="", help="报送方式")
    verb.add_argument("--receiver", default="", help="收件人")
    _correct_options(verb)


def _call_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--side", required=True, choices=tuple(SIDE.labels), help="记录方")
    verb.add_argument("--word", default="", help="核对词；没有念的不写，记录上注明")
    verb.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="通话日期")
    verb.add_argument("--time", default="", help="通话时间")
    verb.add_argument("--speaker", default="", help="对方姓名")
    _correct_options(verb)


def _correct_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--correct", action="store_true", help="更正已经登记的；不加时不会覆盖")


def _following_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reason", required=True, help="事由")
    verb.add_argument("--filled", type=date.fromisoformat, metavar="YYYY-MM-DD", help="填表日期（默认今天）")


def _authorise_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--role", required=True, choices=tuple(DELEGABLE.labels), help="代签栏目")
    verb.add_argument("--delegate", required=True, help="受权人")
    verb.add_argument("--from", dest="first", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    verb.add_argument("--to", dest="last", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    verb.add_argument("--paper", required=True, help="书面依据")
    verb.add_argument("--county", default="", help="旗县代码（在上级单位登记时填写）")


Stroke = Callable[[Desk, str, Namespace], object]


def _sign(desk: Desk, slip_id: str, options: Namespace) -> object:
    verdict = "refused" if options.refuse else "approved"
    return leavedesk.sign(desk, slip_id, options.role, options.by, options.on, verdict=verdict, text=options.words)


def _back(desk: Desk, slip_id: str, options: Namespace) -> object:
    if options.at is None:
        return leavedesk.back_now(desk, [slip_id])
    day, half = options.at
    return leavedesk.back(desk, slip_id, day, half, reported=options.reported, correct=options.correct)


def _call(desk: Desk, slip_id: str, options: Namespace) -> object:
    values = {"time": options.time, "speaker": options.speaker, "correct": options.correct}
    return leavedesk.call(desk, slip_id, options.side, options.word, day=options.on, **values)


def _extend(desk: Desk, slip_id: str, options: Namespace) -> object:
    until, half = options.until
    return leaveversions.extend(desk, slip_id, until, half, options.reason, filled=options.filled)


def _reroute(desk: Desk, slip_id: str, options: Namespace) -> object:
    return leaveversions.reroute(desk, slip_id, options.place, options.reason, filled=options.filled)


def _correct(desk: Desk, slip_id: str, options: Namespace) -> object:
    values = {"place": options.place, "period": options.period, "reason": options.reason}
    return leaveversions.correct(desk, slip_id, options.why, **values, filled=options.filled)


def _take_back_return(desk: Desk, slip_id: str, _: Namespace) -> object:
    return leavedesk.take_back_returns(desk, [slip_id])[0]


def _withdraw(desk: Desk, slip_id: str, options: Namespace) -> object:
    return leavedesk.end(desk, slip_id, "withdrawn", options.reason)


def _void(desk: Desk, slip_id: str, options: Namespace) -> object:
    return leavedesk.end(desk, slip_id, "voided", options.reason)


def _sheet_back(desk: Desk, slip_id: str, options: Namespace) -> object:
    return leavedesk.sheet_back(desk, slip_id, options.on)


def _only_look(desk: Desk, slip_id: str, options: Namespace) -> None:
    """Change nothing: the step says how the slip stands."""


def _on_slip(stroke: Stroke) -> Do:
    """Return the step that makes a stroke on one slip and says how it stands then, with the version it may have."""

    def do(desk: Desk, options: Namespace, out: TextIO) -> None:
        slip = leave.numbered(desk, options.number)
        version = stroke(desk, slip.id, options)
        _tell(desk, slip.id, options, out)
        if isinstance(version, type(slip)) and version.id != slip.id:
            _tell(desk, version.id, options, out)

    return do


def _file(desk: Desk, options: Namespace, out: TextIO) -> int:
    """File one slip, where a filing may be corrected, or several at once."""
    slips = [leave.numbered(desk, number).id for number in dict.fromkeys(options.numbers)]
    values = {"channel": options.channel, "receiver": options.receiver}
    if len(slips) == 1:
        leavedesk.file(desk, slips[0], options.body, options.on, **values, correct=options.correct)
    else:
        leavedesk.file_many(desk, slips, options.body, options.on, **values)
    for slip_id in slips:
        _tell(desk, slip_id, options, out)
    return 0


def _authorise(desk: Desk, options: Namespace, out: TextIO) -> int:
    authorisation = signers.authorise(
        desk, options.role, options.delegate, options.first, options.last, options.paper, owner=options.county
    )
    say(out, f"已登记受权：{authorisation.delegate}，{authorisation.first}至{authorisation.last}")
    return 0


def _tell(desk: Desk, slip_id: str, options: Namespace, out: TextIO) -> None:
    story, events = leavedesk.story(desk, slip_id)
    clashes = [str(one) for one in overlapping.warnings(desk, story.slip)]
    if options.json:
        more = {"overlaps": clashes, "events": [msgspec.to_builtins(event) for event in events]}
        say_json(out, {**plain(story), **more})
        return
    say(out, f"{story.slip.number} {story.slip.name}：{story.state_words}")
    for event in events:
        say(out, f"  {event.day} {event.words}")
    for text in (*story.owed, overdue_words(story), *clashes):
        if text:
            say(out, f"  ！{text}")


def plain(story: Story) -> dict[str, Any]:
    """Return a story's state under the glossary's names."""
    over = story.journey.overstay
    return {
        "number": story.slip.number,
        "name": story.slip.name,
        "paper": story.chain.paper.name.lower(),
        "trip": story.journey.trip.name.lower(),
        "missing": list(story.chain.missing),
        "filed": sorted(story.filed),
        "filing_due": story.filing_due,
        "until": None if story.journey.until is None else f"{story.journey.until[0]}{story.journey.until[1]}",
        "overstay": None if over is None else {**msgspec.to_builtins(over), "days": over.days},
        "given_back": story.journey.given_back,
        "late": story.late,
        "owed": list(story.owed),
        "words": story.state_words,
    }


def _list(desk: Desk, options: Namespace, out: TextIO) -> int:
    told_of = leavedesk.of_team(desk, leavedesk.stories(desk), county_called(desk, options.county))
    stories = [story for story in told_of if (on_list(story, options.only.upper()) if options.only else watches(story))]
    for pending in sorted(stories, key=lambda pending: (str(pending.journey.until), pending.slip.number)):
        if options.json:
            say_json(out, plain(pending))
        else:
            slip = pending.slip
            phone = slip.phone and veil_number(slip.phone)
            parts = (slip.number, slip.name, pending.state_words, phone, "；".join(pending.owed))
            say(out, "\t".join(parts))
    return 0


def _book(desk: Desk, options: Namespace, out: TextIO) -> int:
    """Write the wanted book; without a file name, say its lines."""
    say_book(desk, _made(desk, options), options, out)
    return 0


def _made(desk: Desk, options: Namespace) -> books.Book[Any]:
    year, county = options.year or desk.today().year, options.county
    if options.book in ("brief", "story"):
        if not options.number:
            raise refuse("number", "请用 --number 写明报备单编号", "number")
        slip = leave.numbered(desk, options.number)
        return (leavebooks.brief if options.book == "brief" else leavebooks.story)(desk, slip.id)
    if options.book == "calls":
        return leavebooks.calls(desk, county=county)
    if options.book == "phone":
        return leavebooks.phone_notes(desk, county=county)
    if options.book == "register":
        return leavebooks.register(desk, year, person=options.person, county=county)
    if options.book == "card":
        return leavebooks.card(desk, year, person=options.person, county=county)
    if options.book == "cover":
        return leavebooks.cover(desk, body=options.body, handed=options.handed, county=county)
    yearly: dict[str, Any] = {"filing": leavebooks.filings, "lates": leavebooks.lates}
    book: books.Book[Any] = yearly[options.book](desk, year, county=county)
    return book


def _scan(desk: Desk, options: Namespace, out: TextIO) -> int:
    """Take in files and folders of scans."""
    report = scans.take_in(desk, options.paths)
    if options.json:
        say_json(out, report)
    else:
        say(out, report.sentence)
        for one in report.unread:
            say(out, f"  未收 {one.file}：{one.reason}")
        for item in report.tray:
            say(out, f"  待认 {item.name} {page_words(item)}：{item.reason}")
    return 0


def _tray(desk: Desk, options: Namespace, out: TextIO) -> int:
    """List the tray, or put one of its items to a slip."""
    if options.assign:
        start, number = options.assign
        item = tray.called(desk, start)
        if options.to == "slip":
            scans.assign(desk, item.id, leave.numbered(desk, number).id)
        else:
            team = options.to == "team"
            named = f"{county_called(desk, number)}/team" if team else registers.called(desk, options.to, number)
            scans.assign(desk, item.id, named, options.to)
        say(out, f"已归到{number}")
        return 0
    for number, item in tray.numbers(desk).items():
        if options.json:
            say_json(out, item)
        else:
            say(out, f"{number}\t{item.name}\t{page_words(item)}\t{item.reason}")
    return 0


VERBS = (Verb("leave", "请销假：签字、备案、销假、续假、变更、撤回、作废", leave_options),)
