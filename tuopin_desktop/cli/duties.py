"""`duty`: the year's duties, what presses, the map of counties by duties, and the papers of the duties."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import msgspec

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Do, Steps, Verb, step, steps_of
from tuopin_desktop.domain.duties.duty import Duty, count_duties, overdue
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Meeting
from tuopin_desktop.domain.records.dutychoices import HALF_YEAR, MEETING
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.duties import (
    convening,
    coverletters,
    drafts,
    dutycards,
    radar,
    rollcalls,
    signinsheets,
    supportlists,
)
from tuopin_desktop.services.office import books, papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import unitletters

_LIST = "OUT.pdf|OUT.xlsx"
_UNITS = "每半年函告各派出单位：其人员在岗、请假、谈话、保障、考核情况和请办事项，附责任清单"
_LETTERS = "OUT.pdf（全部函件和清单）、OUT.xlsx（清单）或文件夹（每单位一份 Word 和 PDF）"


def duty_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    parser = step(steps, "list", _year, act=Act.READ, help="列出一年的全部履职事项：期限、责任主体、状态、依据")
    _common_options(parser)
    due = step(steps, "due", _due, act=Act.READ, help="列出眼下要办的：逾期的、缺凭据的、近期到期的")
    due.add_argument("--within", type=int, default=10, metavar="N", help="今后多少天内到期的（默认10）")
    due.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    meet = step(steps, "convene", _convene, act=Act.READ, help="定会期前看谁请假外出：应到、外出的人，人更齐的日子")
    meet.add_argument(
        "--type", default="analysis", metavar="TYPE", help=f"会议类别：{'、'.join(MEETING.labels.values())}"
    )
    meet.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="拟定的日期")
    meet.add_argument("--county", default="", help="旗县代码或名称（旗县总队不必写）")
    called = step(
        steps,
        "rollcall",
        _rollcall,
        act=Act.READ,
        help="签字表收回后登记签到：会议、培训班、“十不准”（team）；不写人名只列名单",
    )
    called.add_argument("kind", choices=rollcalls.KINDS, metavar="KIND", help="、".join(rollcalls.KINDS))
    called.add_argument("record", metavar="RECORD", help="记录号，或名称；“十不准”写旗县代码或名称")
    called.add_argument("--signed", default="", metavar="姓名,姓名", help="签了字的人")
    called.add_argument("--but", default=None, metavar="姓名,姓名", help="除这些人以外都签了字（空着即全签）")
    called.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="签字日期（“十不准”用，默认今天）")
    paper_options(steps)
    _common_options(step(steps, "map", _map, act=Act.READ, help="各旗县各事项的完成情况：已办／应办，逾期数"))


def _common_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--year", type=int, default=0, metavar="YYYY", help="年度（默认今年）")
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _year(desk: Desk, options: Namespace, out: TextIO) -> None:
    _list(radar.duties(desk, options.year), options, out)


def _due(desk: Desk, options: Namespace, out: TextIO) -> None:
    _list(radar.due(desk, options.within), options, out)


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
    if kind not in MEETING.labels:
        raise refuse("type", f"没有“{options.type[:20]}”这类会议，可写：{'、'.join(MEETING.labels.values())}", "type")
    outcome = convening.of_meeting(
        desk, Meeting(type=kind, held=options.on, county=county_called(desk, options.county))
    )
    say(out, outcome.text if outcome is not None else "这一天已过，或者没有应到的人。")


def _list(duties: list[Duty], options: Namespace, out: TextIO) -> None:
    if options.json:
        for duty in duties:
            say_json(out, _plain(duty))
        return
    for row in radar.table(duties):
        say(out, "\t".join(row))
    still, late = (count_duties(some) for some in ([duty for duty in duties if duty.state.open], overdue(duties)))
    say(out, f"共{count_duties(duties)}项，其中{still}项尚未办结" + (f"（逾期{late}项）。" if late else "。"))


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
            f"{cell.text}{f' 逾期{cell.overdue}' if cell.overdue else ''}" if cell else "" for cell in cells.values()
        )
        say(out, "\t".join((name, *texts)))


def paper_options(steps: Steps) -> None:
    """Add the sub-verbs that write paper."""
    drafted = step(
        steps, "draft", _paper(_draft), act=Act.PRINT, help="起草例会议程、例会纪要、月报：数据已填好，文字由人填写"
    )
    drafted.add_argument("what", choices=tuple(drafts.DRAFTS), metavar="WHAT", help="、".join(drafts.DRAFTS))
    _monthly_options(drafted)
    _monthly_options(
        step(steps, "certificate", _paper(_certificate), act=Act.PRINT, help="驻点天数证明：每个派出单位一页")
    )
    gaps = step(steps, "gaps", _paper(_gaps), act=Act.PRINT, help="意外伤害保险缺口表：逐日列出")
    gaps.add_argument("--year", type=int, default=0, metavar="YYYY", help="年度（默认今年）")
    gaps.add_argument("out", type=Path, metavar=_LIST)
    signed = step(
        steps,
        "signin",
        _paper(_sign_in),
        act=Act.PRINT,
        help="培训班、会议的签到表：按学员名单和花名册填好，培训班每天一页",
    )
    signed.add_argument("kind", choices=signinsheets.KINDS, metavar="KIND", help="、".join(signinsheets.KINDS))
    _record_options(signed)
    signed = step(
        steps,
        "acknowledge",
        _paper(_acknowledge),
        act=Act.PRINT,
        help="“十不准”学习签收确认表：按在派人员填好，签后扫描归入总队登记",
    )
    _county_options(signed)
    signed.add_argument("out", type=Path, metavar=_LIST)
    _letter_options(steps)


def _letter_options(steps: Steps) -> None:
    cards = step(
        steps,
        "cards",
        _paper(_cards),
        act=Act.PRINT,
        help="职责卡：队长、副队长、队员、办公室各一页，写明事项、期限、依据",
    )
    cards.add_argument("--role", default="", metavar="ROLE", help="、".join(dutycards.ROLES))
    cards.add_argument("out", type=Path, metavar=_LIST)
    _record_options(step(steps, "diplomas", _paper(_diplomas), act=Act.PRINT, help="结业证书发放表：按培训学员名单"))
    covers = step(
        steps, "covers", _paper(_covers), act=Act.PRINT, help="半年报告：给每个派出单位和办公室的报送函，信封清单"
    )
    _halved_options(covers)
    _county_options(covers)
    text = "OUT.pdf（全部函件和清单）、OUT.xlsx（清单）或文件夹（可编辑的函件各一份）"
    covers.add_argument("out", type=Path, metavar="OUT", help=text)
    for name, do, text, out in (
        ("units", _units, _UNITS, _LETTERS),
        ("accountability", _accountability, "派出单位责任清单：各单位有哪几项未落实、涉及何人", _LIST),
    ):
        parser = step(steps, name, _paper(do), act=Act.PRINT, help=text)
        _halved_options(parser)
        parser.add_argument("--unit", default="", metavar="UNIT", help="只要这一个派出单位")
        parser.add_argument("out", type=Path, metavar="OUT", help=out)


def _halved_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--year", type=int, required=True, metavar="YYYY", help="年度")
    verb.add_argument("--half", required=True, metavar="HALF", help="上半年、下半年（first、second）")


def _record_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("record", metavar="RECORD", help="记录号，或名称")
    verb.add_argument("out", type=Path, metavar=_LIST)


def _monthly_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--month", required=True, metavar="YYYY-MM", help="月份")
    _county_options(verb)
    verb.add_argument("out", type=Path, metavar="OUT", help="输出文件：.pdf、.docx（文稿）或 .xlsx（表）")


def _county_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--county", default="", help="旗县代码或名称（旗县总队不必写）")


def _paper(write: Callable[[Desk, Namespace], list[Path]]) -> Do:
    """Return the step that writes files and says the path of each."""

    def do(desk: Desk, options: Namespace, out: TextIO) -> None:
        for path in write(desk, options):
            say(out, path)

    return do


def _draft(desk: Desk, options: Namespace) -> list[Path]:
    return [papers.write(desk, options.out, drafts.draft(desk, options.what, options.month, _code(desk, options)))]


def _certificate(desk: Desk, options: Namespace) -> list[Path]:
    return [books.write(desk, options.out, supportlists.certificates(desk, options.month, _code(desk, options)))]


def _gaps(desk: Desk, options: Namespace) -> list[Path]:
    return [books.write(desk, options.out, supportlists.gaps(desk, options.year))]


def _sign_in(desk: Desk, options: Namespace) -> list[Path]:
    book = signinsheets.sign_in(desk, options.kind, registers.called(desk, options.kind, options.record))
    return [books.write(desk, options.out, book)]


def _acknowledge(desk: Desk, options: Namespace) -> list[Path]:
    return [books.write(desk, options.out, rollcalls.sheet(desk, drafts.county_meant(desk, _code(desk, options))))]


def _cards(desk: Desk, options: Namespace) -> list[Path]:
    return [books.write(desk, options.out, dutycards.cards(desk, options.role))]


def _diplomas(desk: Desk, options: Namespace) -> list[Path]:
    book = signinsheets.certificates(desk, registers.called(desk, "training", options.record))
    return [books.write(desk, options.out, book)]


def _covers(desk: Desk, options: Namespace) -> list[Path]:
    return coverletters.write(desk, options.out, options.year, _half(options), _code(desk, options))


def _units(desk: Desk, options: Namespace) -> list[Path]:
    return unitletters.write(desk, options.out, options.year, _half(options), options.unit)


def _accountability(desk: Desk, options: Namespace) -> list[Path]:
    return [
        books.write(desk, options.out, unitletters.accountability(desk, options.year, _half(options), options.unit))
    ]


def _half(options: Namespace) -> str:
    return HALF_YEAR.code(options.half) or str(options.half)


def _code(desk: Desk, options: Namespace) -> str:
    return desk.vocabulary["旗县"].code(options.county) or options.county if options.county else ""


VERBS = (Verb("duty", "履职事项：谁该何时办什么，办了没有，凭据在哪里", duty_options),)
