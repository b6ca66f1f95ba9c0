"""`duty`: the year's duties, what presses, and the map of counties by duties."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any, TextIO

import msgspec

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.services import books, drafts, papers, radar, supportlists
from tuopin_desktop.services.desk import Desk


def duty_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    listed = steps.add_parser("list", help="列出一年的全部履职事项：期限、责任主体、状态、依据")
    _common(listed)
    due = steps.add_parser("due", help="列出眼下要办的：逾期的、缺凭据的、近期到期的")
    due.add_argument("--within", type=int, default=10, metavar="N", help="今后多少天内到期的（默认10）")
    due.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    drafted = steps.add_parser("draft", help="起草例会议程、例会纪要、月报：数据已填好，文字由人填写")
    drafted.add_argument("what", choices=tuple(drafts.DRAFTS), metavar="WHAT", help="、".join(drafts.DRAFTS))
    _monthly(drafted)
    _monthly(steps.add_parser("certificate", help="驻点天数证明：每个派出单位一页"))
    gaps = steps.add_parser("gaps", help="意外伤害保险缺口表：逐日列出")
    gaps.add_argument("--year", type=int, default=0, metavar="YYYY", help="年度（默认今年）")
    gaps.add_argument("out", type=Path, metavar="OUT.pdf|OUT.xlsx")
    _common(steps.add_parser("map", help="各旗县各事项的完成情况：已办／应办，逾期数"))


def _common(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--year", type=int, default=0, metavar="YYYY", help="年度（默认今年）")
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _monthly(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--month", required=True, metavar="YYYY-MM", help="月份")
    verb.add_argument("--county", default="", help="旗县代码或名称（旗县总队不必写）")
    verb.add_argument("out", type=Path, metavar="OUT", help="输出文件：.pdf、.docx（文稿）或 .xlsx（表）")


def duty_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step of the radar."""
    with opened(asked) as desk:
        if asked.step == "map":
            _map(desk, asked, out)
        elif asked.step in ("draft", "certificate", "gaps"):
            say(out, _paper(desk, asked))
        else:
            made = radar.due(desk, asked.within) if asked.step == "due" else radar.duties(desk, asked.year)
            _list(made, asked, out)
    return 0


def _paper(desk: Desk, asked: Namespace) -> Path:
    """Write the draft or list asked for, in the format that the file's name says."""
    if asked.step == "draft":
        letter = drafts.draft(desk, asked.what, asked.month, _code(desk, asked.county))
        return papers.write(desk, asked.out, letter)
    if asked.step == "gaps":
        return books.write(desk, asked.out, supportlists.gaps(desk, asked.year))
    made = supportlists.certificates(desk, asked.month, _code(desk, asked.county))
    return books.write(desk, asked.out, made)


def _code(desk: Desk, county: str) -> str:
    return desk.vocabulary["旗县"].code(county) or county if county else ""


def _list(made: list[Duty], asked: Namespace, out: TextIO) -> None:
    if asked.json:
        for duty in made:
            say_json(out, _plain(duty))
        return
    for row in radar.table(made):
        say(out, "\t".join(row))
    still = sum(duty.state.open for duty in made)
    say(out, f"共{len(made)}项，其中{still}项尚未办结。")


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
