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
    listed = steps.add_parser("list", help="列出一年的全部履职事项：期限、责任主体、状态、依据")
    _common(listed)
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


def duty_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step of the radar."""
    with opened(asked) as desk:
        if asked.step == "map":
            _map(desk, asked, out)
        elif asked.step == "convene":
            _convene(desk, asked, out)
        elif asked.step == "rollcall":
            _rollcall(desk, asked, out)
        elif asked.step in STEPS:
            for path in written(desk, asked):
                say(out, path)
        else:
            made = radar.due(desk, asked.within) if asked.step == "due" else radar.duties(desk, asked.year)
            _list(made, asked, out)
    return 0


def _rollcall(desk: Desk, asked: Namespace, out: TextIO) -> None:
    team = asked.kind == "team"
    county = county_called(desk, asked.record)
    record = f"{county}/team" if team else registers.called(desk, asked.kind, asked.record)
    found = rollcalls.roll(desk, asked.kind, record)
    if not asked.signed and asked.but is None:
        for one in found.names:
            state = {True: "已签", False: "未签", None: "待登记"}[one.signed]
            say(out, f"{one.name}\t{one.position}\t{state}\t{one.note}")
        return
    said = {name.strip() for name in (asked.signed or asked.but or "").replace("，", ",").split(",") if name.strip()}
    strange = said - {one.name for one in found.names}
    if strange:
        raise refuse("name", f"签字表上没有：{'、'.join(sorted(strange))}", "name")
    signed = [one.posting for one in found.names if (one.name in said) is bool(asked.signed)]
    say(out, rollcalls.call(desk, asked.kind, record, signed, asked.on))


def _convene(desk: Desk, asked: Namespace, out: TextIO) -> None:
    kind = MEETING.code(asked.type) or asked.type
    if kind not in MEETING.words:
        raise refuse("type", f"没有“{asked.type[:20]}”这类会议，可写：{'、'.join(MEETING.words.values())}", "type")
    found = convening.of_meeting(desk, Meeting(type=kind, held=asked.on, county=county_called(desk, asked.county)))
    say(out, found.words if found is not None else "这一天已过，或者没有应到的人。")


def _list(made: list[Duty], asked: Namespace, out: TextIO) -> None:
    if asked.json:
        for duty in made:
            say_json(out, _plain(duty))
        return
    for row in radar.table(made):
        say(out, "\t".join(row))
    still, late = (counted(some) for some in ([duty for duty in made if duty.state.open], overdue(made)))
    say(out, f"共{counted(made)}项，其中{still}项尚未办结" + (f"（逾期{late}项）。" if late else "。"))


def _plain(duty: Duty) -> dict[str, Any]:
    return {**msgspec.to_builtins(duty), "article": duty.article, "words": radar.state_words(duty)}


def _map(desk: Desk, asked: Namespace, out: TextIO) -> None:
    shown = radar.heat_map(desk, asked.year)
    if not asked.json:
        say(out, "\t".join((f"{shown.year}年", *shown.columns)))
    for code, name in shown.rows:
        cells = {what: shown.cells.get((code, what)) for what in shown.columns}
        if asked.json:
            plain = {what: msgspec.to_builtins(cell) for what, cell in cells.items() if cell}
            say_json(out, {"county": code, "name": name, "cells": plain})
            continue
        words = (
            f"{cell.words}{f' 逾期{cell.overdue}' if cell.overdue else ''}" if cell else "" for cell in cells.values()
        )
        say(out, "\t".join((name, *words)))
