"""The words of `attendance`: closing a month, correcting it, printing its book, keying back one kept by hand."""

import argparse
from datetime import date
from pathlib import Path

from tuopin_desktop.domain.attendance.lines import HEADINGS


def attendance_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    close = _month(steps.add_parser("close", help="结账：冻结一个月的考勤数字、口径和工作日"))
    close.add_argument("--gaps", type=int, help="确认仍有几个半天未登记")
    close.add_argument("--note", default="", help="结账说明")
    reopen = _month(steps.add_parser("reopen", help="重新打开已结账的月份"))
    reopen.add_argument("--reason", required=True, help="原因")
    _month(steps.add_parser("state", help="一个月的状态：已否结账、缺什么、数字、经过"))
    _correct(steps.add_parser("correct", help="结账后更正一天，输出考勤更正单"))
    for name, text in (("book", "考勤簿"), ("blank", "空白考勤簿，手工登记用")):
        book = _month(steps.add_parser(name, help=f"{text}，输出 PDF 或 Excel"), json=False)
        book.add_argument("--pdf", type=Path, metavar="OUT.pdf")
        book.add_argument("--xlsx", type=Path, metavar="OUT.xlsx")
        if name == "book":
            book.add_argument("--edition", type=int, metavar="N", help="打印第几次结账的（默认现在的）")
    outlook = steps.add_parser("outlook", help="本月还需天数：从已登记的和余下的日子推算，输出 PDF 或 Excel")
    outlook.add_argument("--county", default="", help="旗县代码或名称")
    outlook.add_argument("--person", default="", help="姓名")
    outlook.add_argument("--pdf", type=Path, metavar="OUT.pdf")
    outlook.add_argument("--xlsx", type=Path, metavar="OUT.xlsx")
    changes = _month(steps.add_parser("changes", help="结账后变化：结账之后登记、不计入结账数字的"), json=False)
    changes.add_argument("--pdf", type=Path, metavar="OUT.pdf")
    changes.add_argument("--xlsx", type=Path, metavar="OUT.xlsx")
    corrections = steps.add_parser("corrections", help="考勤更正单登记表，输出 PDF 或 Excel")
    corrections.add_argument("--year", type=int, help="年度（默认今年）")
    corrections.add_argument("--county", default="", help="旗县代码或名称")
    corrections.add_argument("--pdf", type=Path, metavar="OUT.pdf")
    corrections.add_argument("--xlsx", type=Path, metavar="OUT.xlsx")
    _keyback(_month(steps.add_parser("keyback", help="照纸补录：按行录入手工考勤簿，合计须与纸上相符")))


def _month(verb: argparse.ArgumentParser, *, json: bool = True) -> argparse.ArgumentParser:
    verb.add_argument("month", metavar="YYYY-MM", help="月份，如 2018-10")
    verb.add_argument("--county", default="", help="旗县代码或名称（在上级单位办理时填写）")
    if json:
        verb.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    return verb


def _correct(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("person", metavar="姓名", help="姓名，或派驻记录号")
    verb.add_argument("day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="更正哪一天")
    verb.add_argument("--to", required=True, metavar="符号", help="更正为：整天一个符号，或上下午两个，如 √/假")
    verb.add_argument("--reason", required=True, help="更正原因")
    verb.add_argument("--paper", default="", help="更正依据")
    verb.add_argument("--county", default="", help="旗县代码或名称（在上级单位办理时填写）")
    verb.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="同时输出考勤更正单")
    verb.add_argument("--json", action="store_true", help="以 JSON 输出结果")


def _keyback(verb: argparse.ArgumentParser) -> None:
    text = f"每人一行：姓名,上午符号,下午符号,{','.join(HEADINGS)}[,不符原因]；每天一个符号，空着用-"
    verb.add_argument("file", type=Path, metavar="FILE.csv", help=text)
