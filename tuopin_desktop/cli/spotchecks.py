"""`spotcheck`: draw, prove, print, record, list, put right, close."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.domain import shortened
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import title
from tuopin_desktop.domain.records.choices import CHECK_TYPE, CHECKED_HALF, FOUND, MATTER
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.spotchecks import checksheets, draws, spotchecks


def check_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs of spot checks."""
    steps = steps_of(verb)
    _draw_options(
        step(steps, "draw", _draw, act=Act.ENTER, help="抽签：距上次检查越久，抽中的机会越大；结果和抽取编号记录在案")
    )
    proved = step(steps, "prove", _prove, act=Act.READ, help="核验：用记录的抽取编号和名单重新抽一次")
    proved.add_argument("draw", metavar="ID", help="抽签记录号（见 list check_draw）")
    proved.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="输出抽签记录")
    _json_options(proved)
    sheet = step(steps, "sheet", _sheet, act=Act.PRINT, help="输出检查表 PDF，预填每人应在何处")
    sheet.add_argument("--county", action="append", default=[], help="旗县代码或名称，可重复；不写用抽中的")
    sheet.add_argument("--draw", default="", metavar="ID", help="抽签记录号，印上抽取编号")
    sheet.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="检查日期（默认今天）")
    sheet.add_argument("--pdf", type=Path, required=True, metavar="OUT.pdf")
    _record_options(step(steps, "record", _record, act=Act.ENTER, help="登记检查结果"))
    parser = step(steps, "list", _list, act=Act.READ, help="列出检查记录；--coverage 按总队列出检查情况")
    parser.add_argument("--pending", action="store_true", help="只要还没有销号的问题")
    parser.add_argument("--coverage", action="store_true", help="各总队上次检查、从未查到的人、未销号问题")
    _json_options(parser)
    mend = step(steps, "rectify", _rectify, act=Act.ENTER, help="登记整改情况")
    mend.add_argument("check", metavar="ID", help="检查记录号，或其前几位")
    mend.add_argument("--done", type=date.fromisoformat, metavar="YYYY-MM-DD", help="整改日期（默认今天）")
    mend.add_argument("--words", required=True, help="整改情况")
    mend.add_argument("--by", default="", help="报告人")
    mend.add_argument("--evidence", default="", help="凭据")
    _json_options(mend)
    argument_parser = step(steps, "close", _close, act=Act.ENTER, help="销号（谁检查谁销号）")
    argument_parser.add_argument("check", metavar="ID", help="检查记录号，或其前几位")
    argument_parser.add_argument("--by", required=True, help="销号人")
    argument_parser.add_argument("--words", default="", help="销号意见")
    argument_parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="销号日期（默认今天）")
    _json_options(argument_parser)


def _draw_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--of", choices=("team", "person"), required=True, help="抽总队或抽人员")
    verb.add_argument("--count", type=int, required=True, metavar="N", help="抽取几个")
    verb.add_argument("--county", default="", help="只在这个旗县抽（代码或名称）")
    verb.add_argument("--seed", default="", help="抽取编号，如当众掷骰得出的数字；不写由程序随机产生")
    verb.add_argument("--witness", default="", help="在场人")
    _json_options(verb)


def _record_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--county", default="", help="被查旗县（代码或名称；旗县单位可省略）")
    verb.add_argument("--person", default="", help="被查人员姓名或派驻记录号；不写为全队")
    verb.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="检查日期（默认今天）")
    verb.add_argument("--half", choices=tuple(CHECKED_HALF.labels), default="", help="上午 am 或下午 pm（默认全天）")
    verb.add_argument("--manner", choices=tuple(CHECK_TYPE.labels), required=True, help=_said(CHECK_TYPE.labels))
    verb.add_argument("--found", choices=tuple(FOUND.labels), required=True, help=_said(FOUND.labels))
    verb.add_argument("--matter", choices=tuple(MATTER.labels), default="", help=_said(MATTER.labels))
    verb.add_argument("--checker", required=True, help="检查人")
    verb.add_argument("--place", default="", help="检查地点")
    verb.add_argument("--finding", default="", help="发现的问题")
    verb.add_argument("--evidence", default="", help="凭据")
    verb.add_argument("--due", type=date.fromisoformat, metavar="YYYY-MM-DD", help="整改期限")
    verb.add_argument("--draw", default="", metavar="ID", help="抽签记录号")
    _json_options(verb)


def _said(values: dict[str, str]) -> str:
    return "、".join(f"{code} {word}" for code, word in values.items())


def _json_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help="以 JSON 输出，每行一个对象")


Step = Callable[[Desk, Namespace, TextIO], None]


def _draw(desk: Desk, options: Namespace, out: TextIO) -> None:
    county = county_called(desk, options.county)
    draw = draws.draw(desk, options.of, options.count, seed=options.seed, county=county, witness=options.witness)
    if options.json:
        say_json(out, draw)
        return
    say(out, f"已抽签，抽取编号 {draw.seed}，记录号 {draw.id}")
    called = draws.names(desk, draw.result.split("\n"))
    for place, name in enumerate(draw.result.split("\n"), 1):
        say(out, f"{place}\t{called[name]}")


def _prove(desk: Desk, options: Namespace, out: TextIO) -> None:
    proof = draws.prove(desk, options.draw)
    if options.pdf:
        say(out, files.write(desk, options.pdf, checksheets.protocol_pdf(desk, options.draw)))
    if options.json:
        say_json(out, proof)
    else:
        say(out, f"{proof.sentence}。")
    if not proof.agrees:
        raise refuse("draw.differs", "这次抽签没有通过核验", "draw")


def _sheet(desk: Desk, options: Namespace, out: TextIO) -> None:
    counties = [county_called(desk, name) for name in options.county]
    if not counties and not options.draw and len(desk.scope) == 6:
        counties = [desk.scope]
    say(out, files.write(desk, options.pdf, checksheets.pdf(desk, counties, options.day or desk.today(), options.draw)))


def _record(desk: Desk, options: Namespace, out: TextIO) -> None:
    county = county_called(desk, options.county) or (desk.scope if len(desk.scope) == 6 else "")
    if not county:
        raise refuse("county", "请用 --county 写明被查旗县", "county")
    check = spotchecks.kind_here(desk)(
        id=registers.new_id(desk, county),
        checked=options.date or desk.today(),
        half=options.half,
        manner=options.manner,
        checker=options.checker,
        county=county,
        posting=spotchecks.posting_called(desk, county, options.person, options.date),
        found=options.found,
        place=options.place,
        matter=options.matter,
        finding=options.finding,
        evidence=options.evidence,
        due=options.due,
        draw=options.draw,
    )
    (new_check,) = spotchecks.record(desk, [check])
    if options.json:
        say_json(out, new_check)
        return
    due = f"，整改期限{new_check.due}" if new_check.due else ""
    say(out, f"已登记检查记录 {new_check.id}{due}")


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.coverage:
        _coverage(desk, options, out)
        return
    every = spotchecks.rows(desk)
    numbers = [item.course.check.id.partition("/")[2] for item in every]
    for item in every:
        check = item.course.check
        if options.pending and not item.course.stage.pending:
            continue
        if options.json:
            stage, nth = item.course.stage.value, item.course.nth
            say_json(out, {"stage": stage, "nth": nth, "whom": item.whom, "kind": check.kind.name, "check": check})
            continue
        again = f"（第{item.course.nth}次）" if item.course.repeated else ""
        number = shortened.brief(check.id.partition("/")[2], numbers)
        row = (number, check.checked, CHECK_TYPE.word(check.manner), item.county, item.whom, FOUND.word(check.found))
        say(out, *row, f"{item.course.stage.value}{again}", check.finding)


def _coverage(desk: Desk, options: Namespace, out: TextIO) -> None:
    for one in spotchecks.coverage(desk):
        if options.json:
            say_json(out, one)
            continue
        last = f"上次检查{one.last}（{one.days}天前）" if one.last else "从未检查"
        unseen = f"，未查到{'、'.join(one.unseen)}" if one.unseen else ""
        pending = f"，未销号问题{one.pending}个（超期{one.overdue}个）" if one.pending else ""
        say(out, f"{one.name}\t{last}，近一年{one.count}次{unseen}{pending}")


def _rectify(desk: Desk, options: Namespace, out: TextIO) -> None:
    day = options.done or desk.today()
    rectification = spotchecks.rectify(
        desk, options.check, day, options.words, by=options.by, evidence=options.evidence
    )
    if options.json:
        say_json(out, rectification)
    else:
        say(out, f"已登记整改情况：{title(rectification)}")


def _close(desk: Desk, options: Namespace, out: TextIO) -> None:
    check = spotchecks.close(desk, options.check, by=options.by, text=options.words, on=options.on)
    if options.json:
        say_json(out, check)
    else:
        say(out, f"已销号：{check.checked}的检查，{check.closed}")


VERBS = (Verb("spotcheck", "抽查：抽签、检查表、登记、整改、销号", check_options),)
