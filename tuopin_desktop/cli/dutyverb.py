"""`duty`: the year's duties, what presses, and the map of counties by duties."""

import argparse
from argparse import Namespace
from datetime import date
from typing import Any, TextIO

import msgspec

from tuopin_desktop.cli.dutypapers import STEPS, paper_parsers, written
from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.domain.duties.duty import Duty, counted, overdue
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Meeting
from tuopin_desktop.domain.records.dutychoices import MEETING
from tuopin_desktop.services.duties import convening, radar, rollcalls
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called
from tuopin_desktop.services.registers import registers


def duty_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    parser = steps.add_parser("list", help="列出一年的全部履职事项：期限、责任主体、状态、依据")
    _common(parser)
    due = steps.add_parser("due", help="列出眼下要办的：逾期的、缺凭据的、近期到期的")
    due.add_argument("--within", type=int, default=10, metavar="N", help="今后多少天内到期的（默认10）")
    due.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    meet = steps.add_parser("convene", help="定会期前看谁请假外出：应到、外出的人，人更齐的日子")
    meet.add_argument(
        "--type", default="analysis", metavar="TYPE", help=f"会议类别：{'、'.join(MEETING.words.values())}"
    )
    meet.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="拟定的日期")
    meet.add_argument("--county", default="", help="旗县代码或名称（旗县总队不必写）")
    called = steps.add_parser("rollcall", help="签字表收回后登记签到：会议、培训班、“十不准”（team）；不写人名只列名单")
    called.add_argument("kind", choices=rollcalls.KINDS, metavar="KIND", help="、".join(rollcalls.KINDS))
    called.add_argument("record", metavar="RECORD", help="记录号，或名称；“十不准”写旗县代码或名称")
    called.add_argument("--signed", default="", metavar="姓名,姓名", help="签了字的人")
    called.add_argument("--but", default=None, metavar="姓名,姓名", help="除这些人以外都签了字（空着即全签）")
    called.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="签字日期（“十不准”用，默认今天）")
    paper_parsers(steps)
    _common(steps.add_parser("map", help="各旗县各事项的完成情况：已办／应办，逾期数"))


def _common(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--year", type=int, default=0, metavar="YYYY", help="年度（默认今年）")
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def duty_verb(options: Namespace, out: TextIO) -> int:
    """Carry out one step of the radar."""
    with opened(options) as desk:
        if options.step == "map":
            _map(desk, options, out)
        elif options.step == "convene":
            _convene(desk, options, out)
        elif options.step == "rollcall":
            _rollcall(desk, options, out)
        elif options.step in STEPS:
            for path in written(desk, options):
                say(out, path)
        else:
            duties = radar.due(desk, options.within) if options.step == "due" else radar.duties(desk, options.year)
            _list(duties, options, out)
    return 0


def _rollcall(desk: Desk, options: Namespace, out: TextIO) -> None:
    team = options.kind == "team"
    county = county_called(desk, options.record)
    record = f"{county}/team" if team else registers.called(desk, options.kind, options.record)
    roll = rollcalls.roll(desk, options.kind, record)
    if not options.signed and options.but is None:
        for one in roll.names:
            state = {True: "已签", False: "未签", None: "待登记"}[one.signed]
            say(out, f"{one.name}\t{one.position}\t{state}\t{one.note}")
        return
    texts = {
        name.strip() for name in (options.signed or options.but or "").replace("，", ",").split(",") if name.strip()
    }
    strange = texts - {one.name for one in roll.names}
    if strange:
        raise refuse("name", f"签字表上没有：{'、'.join(sorted(strange))}", "name")
    signed = [one.posting for one in roll.names if (one.name in texts) is bool(options.signed)]
    say(out, rollcalls.call(desk, options.kind, record, signed, options.on))


def _convene(desk: Desk, options: Namespace, out: TextIO) -> None:
    kind = MEETING.code(options.type) or options.type
    if kind not in MEETING.words:
        raise refuse("type", f"没有“{options.type[:20]}”这类会议，可写：{'、'.join(MEETING.words.values())}", "type")
    found = convening.of_meeting(desk, Meeting(type=kind, held=options.on, county=county_called(desk, options.county)))
    say(out, found.words if found is not None else "这一天已过，或者没有应到的人。")


def _list(duties: list[Duty], options: Namespace, out: TextIO) -> None:
    if options.json:
        for duty in duties:
            say_json(out, _plain(duty))
        return
    for row in radar.table(duties):
        say(out, "\t".join(row))
    still, late = (counted(some) for some in ([duty for duty in duties if duty.state.open], overdue(duties)))
    say(out, f"共{counted(duties)}项，其中{still}项尚未办结" + (f"（逾期{late}项）。" if late else "。"))


def _plain(duty: Duty) -> dict[str, Any]:
    return {**msgspec.to_builtins(duty), "article": duty.article, "words": radar.state_words(duty)}


def _map(desk: Desk, options: Namespace, out: TextIO) -> None:
    heat_map = radar.heat_map(desk, options.year)
    if not options.json:
        say(out, "\t".join((f"{heat_map.year}年", *heat_map.columns)))
    for code, name in heat_map.rows:
        cells = {what: heat_map.cells.get((code, what)) for what in heat_map.columns}
        if options.json:
            plain = {what: msgspec.to_builtins(cell) for what, cell in cells.items() if cell}
            say_json(out, {"county": code, "name": name, "cells": plain})
            continue
        texts = (
            f"{cell.words}{f' 逾期{cell.overdue}' if cell.overdue else ''}" if cell else "" for cell in cells.values()
        )
        say(out, "\t".join((name, *texts)))
