"""The words of `appraisal`: compute a year, the proposal sheet, ballots keyed twice, grades, and the personal files."""

import argparse
from datetime import date
from pathlib import Path

from tuopin_desktop.domain.records.choices import BALLOT, GRADE


def appraisal_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    computed = steps.add_parser("compute", help="按评分表计算一年的得分，逐项给出依据；不写入任何数据")
    _year(computed)
    computed.add_argument("--trace", action="store_true", help="列出每一项的依据和算式")
    computed.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    for step, text in (("sheet", "输出年度考核等次评定建议表"), ("routine", "输出平时考核逐月汇总表")):
        sheet = steps.add_parser(step, help=text)
        _year(sheet)
        sheet.add_argument("--pdf", type=Path, metavar="OUT.pdf")
        sheet.add_argument("--xlsx", type=Path, metavar="OUT.xlsx")
    filed = steps.add_parser("file", help="输出综合考核材料，每人一份 PDF")
    filed.add_argument("folder", type=Path, metavar="OUT_DIR")
    filed.add_argument("--county", default="", help="只要一个旗县（代码或名称）")
    _ballots(steps)
    proposed = steps.add_parser("propose", help="登记建议等次（只有自治区办公室可以登记）")
    _year(proposed)
    decided = steps.add_parser("decide", help="登记确定的等次")
    decided.add_argument("--year", type=int, required=True, help="考核年度；0 为帮扶结束后的综合考核")
    decided.add_argument("--grade", required=True, help="、".join(GRADE.words.values()))
    decided.add_argument("--paper", required=True, help="文号")
    decided.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="确定日期")
    decided.add_argument("subjects", nargs="+", metavar="ID", help="派驻记录号或总队记录号（见 compute --json）")


def _ballots(steps: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    opened = steps.add_parser("round", help="开一场民主测评或民意调查，可同时输出空白票")
    opened.add_argument("--county", required=True, help="旗县代码或名称")
    opened.add_argument("--year", type=int, required=True)
    opened.add_argument(
        "--source", required=True, choices=tuple(BALLOT.words), help="democratic 民主测评、survey 民意调查"
    )
    opened.add_argument("--held", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="测评日期")
    opened.add_argument("--issued", type=int, required=True, help="发出票数")
    opened.add_argument("--place", default="", help="地点")
    opened.add_argument("--tellers", default="", help="监票、计票人")
    opened.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="空白票")
    keyed = steps.add_parser("key", help="录入一张票：每行一个数字，第几栏；0未选，x作废")
    keyed.add_argument("round", metavar="ROUND", help="场次记录号")
    keyed.add_argument("serial", type=int, metavar="N", help="票号")
    keyed.add_argument("keying", type=int, choices=(1, 2, 3), metavar="1|2|3", help="第一遍、第二遍；3 为对照原票核定")
    keyed.add_argument("marks", metavar="MARKS")
    keyed.add_argument("--by", default="", help="录入人")
    parser = steps.add_parser("tally", help="计票：只录了一遍的、两遍不一致的、各栏票数")
    parser.add_argument("round", metavar="ROUND")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def _year(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--year", type=int, required=True, help="考核年度")
    verb.add_argument("--county", default="", help="只要一个旗县（代码或名称）")
