"""The words of `spotcheck` and `evidence`."""

import argparse
from datetime import date
from pathlib import Path

from tuopin_desktop.domain.records.choices import CHECK_TYPE, CHECKED_HALF, FOUND, MATTER


def check_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs of spot checks."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    _draw(steps.add_parser("draw", help="抽签：距上次检查越久，抽中的机会越大；结果和种子记录在案"))
    proved = steps.add_parser("prove", help="核验：用记录的种子和名单重新抽一次")
    proved.add_argument("draw", metavar="ID", help="抽签记录号（见 list check_draw）")
    proved.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="输出抽签记录")
    _json(proved)
    sheet = steps.add_parser("sheet", help="输出检查表 PDF，预填每人应在何处")
    sheet.add_argument("--county", action="append", default=[], help="旗县代码或名称，可重复；不写用抽中的")
    sheet.add_argument("--draw", default="", metavar="ID", help="抽签记录号，印上种子")
    sheet.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="检查日期（默认今天）")
    sheet.add_argument("--pdf", type=Path, required=True, metavar="OUT.pdf")
    _record(steps.add_parser("record", help="登记检查结果"))
    parser = steps.add_parser("list", help="列出检查记录；--coverage 按总队列出检查情况")
    parser.add_argument("--pending", action="store_true", help="只要还没有销号的问题")
    parser.add_argument("--coverage", action="store_true", help="各总队上次检查、从未查到的人、未销号问题")
    _json(parser)
    mend = steps.add_parser("rectify", help="登记整改情况")
    mend.add_argument("check", metavar="ID", help="检查记录号，或其前几位")
    mend.add_argument("--done", type=date.fromisoformat, metavar="YYYY-MM-DD", help="整改日期（默认今天）")
    mend.add_argument("--words", required=True, help="整改情况")
    mend.add_argument("--by", default="", help="报告人")
    mend.add_argument("--evidence", default="", help="凭据")
    _json(mend)
    argument_parser = steps.add_parser("close", help="销号（谁检查谁销号）")
    argument_parser.add_argument("check", metavar="ID", help="检查记录号，或其前几位")
    argument_parser.add_argument("--by", required=True, help="销号人")
    argument_parser.add_argument("--words", default="", help="销号意见")
    argument_parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="销号日期（默认今天）")
    _json(argument_parser)


def _draw(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--of", choices=("team", "person"), required=True, help="抽总队或抽人员")
    verb.add_argument("--count", type=int, required=True, metavar="N", help="抽取几个")
    verb.add_argument("--county", default="", help="只在这个旗县抽（代码或名称）")
    verb.add_argument("--seed", default="", help="种子，如当众掷骰得出的数字；不写由程序随机产生")
    verb.add_argument("--witness", default="", help="在场人")
    _json(verb)


def _record(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--county", default="", help="被查旗县（代码或名称；旗县单位可省略）")
    verb.add_argument("--person", default="", help="被查人员姓名或派驻记录号；不写为全队")
    verb.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="检查日期（默认今天）")
    verb.add_argument("--half", choices=tuple(CHECKED_HALF.words), default="", help="上午 am 或下午 pm（默认全天）")
    verb.add_argument("--manner", choices=tuple(CHECK_TYPE.words), required=True, help=_said(CHECK_TYPE.words))
    verb.add_argument("--found", choices=tuple(FOUND.words), required=True, help=_said(FOUND.words))
    verb.add_argument("--matter", choices=tuple(MATTER.words), default="", help=_said(MATTER.words))
    verb.add_argument("--checker", required=True, help="检查人")
    verb.add_argument("--place", default="", help="检查地点")
    verb.add_argument("--finding", default="", help="发现的问题")
    verb.add_argument("--evidence", default="", help="凭据")
    verb.add_argument("--due", type=date.fromisoformat, metavar="YYYY-MM-DD", help="整改期限")
    verb.add_argument("--draw", default="", metavar="ID", help="抽签记录号")
    _json(verb)


def _said(values: dict[str, str]) -> str:
    return "、".join(f"{code} {word}" for code, word in values.items())


def _json(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help="以 JSON 输出，每行一个对象")
