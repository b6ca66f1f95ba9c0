"""The words of `journal`: logs, weekly notes and the work ledger."""

import argparse
from datetime import date
from pathlib import Path

from tuopin_desktop.services.journals.ledger import WHICH

PAPERS = {"log": "一月的工作日志", "note": "周记", "ledger": "工作台账"}


def journal_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    log = _county(steps.add_parser("log", help="写一人一天的工作日志"))
    log.add_argument("person", metavar="姓名")
    log.add_argument("text", metavar="内容", nargs="?", default="", help="一句话；写在纸上的可省略，另加 --seen-by")
    log.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="哪一天（默认今天）")
    log.add_argument("--place", default="", help="地点")
    log.add_argument("--kind", default="", help="地点类别，如 嘎查村、农牧户")
    log.add_argument("--households", type=int, help="走访户数")
    log.add_argument("--seen-by", default="", help="写在纸上的日志由谁查看过")
    log.add_argument("--seen", type=date.fromisoformat, metavar="YYYY-MM-DD", help="查看日期（默认今天）")
    week = _week(steps.add_parser("week", help="一队一周的日志和缺写的日子"))
    week.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    draft = _week(steps.add_parser("draft", help="周记初稿；加 --keep 保存为周记"))
    draft.add_argument("--keep", action="store_true", help="保存；已有周记的不覆盖")
    ledger = _county(steps.add_parser("ledger", help="工作台账：列出；加 --add 立项，加 --finish 办结"))
    ledger.add_argument("--only", choices=WHICH, default="open", help="在办、逾期、办结、全部")
    ledger.add_argument("--add", metavar="事项", default="", help="立项")
    ledger.add_argument("--person", default="", metavar="姓名", help="责任人（立项用）")
    ledger.add_argument("--due", type=date.fromisoformat, metavar="YYYY-MM-DD", help="完成时限（立项用）")
    ledger.add_argument("--finish", metavar="记录号", default="", help="办结")
    ledger.add_argument("--result", default="", help="办理结果（办结用）")
    ledger.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    carry = _county(steps.add_parser("carry", help="把没有办结的事项结转到一周（默认下周）"))
    carry.add_argument("--to", default="", metavar="WEEK", help="如 2018-W24")
    _print(steps.add_parser("print", help="输出 PDF 或 Excel"))


def _print(verb: argparse.ArgumentParser) -> None:
    text = "、".join(f"{key} {word}" for key, word in PAPERS.items())
    verb.add_argument("paper", choices=tuple(PAPERS), metavar="KIND", help=text)
    _county(verb)
    verb.add_argument("--month", default="", metavar="YYYY-MM", help="哪一月（log 用，默认本月）")
    verb.add_argument("--person", default="", metavar="姓名", help="只要一人的（log 用）")
    verb.add_argument("--week", default="", metavar="WEEK", help="哪一周（note 用，默认本周；ledger 用，默认全部）")
    verb.add_argument("--blank", action="store_true", help="空白页，供手写")
    verb.add_argument("--pdf", type=Path, metavar="OUT.pdf")
    verb.add_argument("--xlsx", type=Path, metavar="OUT.xlsx")


def _county(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--county", default="", help="旗县代码或名称（在上级单位用）")
    return verb


def _week(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("week", nargs="?", default="", metavar="WEEK", help="如 2018-W23，或该周任一天（默认本周）")
    return _county(verb)
