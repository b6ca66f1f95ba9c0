"""The words of `recall` and `replacement`: cases from suspicion to closing, applications from paper to successor."""

import argparse
from datetime import date
from pathlib import Path

from tuopin_desktop.domain.records.choices import RESULT
from tuopin_desktop.domain.records.dutychoices import MEASURE, OUTCOME, REPLACED, TRIGGER


def _listed(values: dict[str, str]) -> str:
    return "、".join(f"{code} {word}" for code, word in values.items())


def _day(verb: argparse.ArgumentParser, name: str, text: str) -> None:
    verb.add_argument(name, type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help=text)


def _paper(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--pdf", type=Path, metavar="OUT.pdf")
    verb.add_argument("--docx", type=Path, metavar="OUT.docx", help="可编辑的 Word、WPS 文件")


def recall_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs of `recall`."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    parser = steps.add_parser("list", help="列出疑似情形和处理事项")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    opened = steps.add_parser("open", help="登记处理事项（自治区办公室）")
    opened.add_argument("posting", metavar="POSTING", help="派驻记录号")
    opened.add_argument("trigger", choices=tuple(TRIGGER.words), metavar="TRIGGER", help=_listed(TRIGGER.words))
    _day(opened, "--since", "发生日期")
    opened.add_argument("--facts", default="", help="事实；离岗超过界限的可省略，由检查结论带入算式")
    heard = steps.add_parser("hear", help="登记本人说明")
    heard.add_argument("case", metavar="CASE", help="处理事项记录号")
    heard.add_argument("words", metavar="WORDS", help="说明内容")
    _day(heard, "--on", "说明日期")
    heard.add_argument("--by", default="", help="听取人")
    heard.add_argument("--declined", action="store_true", help="逾期未作说明（内容写告知的时间和方式）")
    argument_parser = steps.add_parser("take", help="登记处理措施（自治区办公室）")
    _measure(argument_parser)
    _day(argument_parser, "--on", "日期")
    argument_parser.add_argument("--paper", default="", help="文号")
    argument_parser.add_argument("--by", default="", help="办理人；约谈的填约谈人")
    argument_parser.add_argument("--words", default="", help="内容")
    replied = steps.add_parser("reply", help="登记派出单位回复")
    _measure(replied)
    _day(replied, "--on", "回复日期")
    replied.add_argument("--words", required=True, help="回复内容")
    letter = steps.add_parser("letter", help="输出公文")
    _measure(letter)
    _paper(letter)
    closed = steps.add_parser("close", help="办结")
    closed.add_argument("case", metavar="CASE")
    closed.add_argument("outcome", choices=tuple(OUTCOME.words), metavar="OUTCOME", help=_listed(OUTCOME.words))
    _day(closed, "--on", "办结日期")
    closed.add_argument("--words", required=True, help="结论")


def _measure(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("case", metavar="CASE", help="处理事项记录号")
    verb.add_argument("measure", choices=tuple(MEASURE.words), metavar="MEASURE", help=_listed(MEASURE.words))


def replacement_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs of `replacement`."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    parser = steps.add_parser("list", help="列出更换申请、批复和空缺天数")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    applied = steps.add_parser("apply", help="登记派出单位的书面申请")
    applied.add_argument("posting", metavar="POSTING", help="拟更换人员的派驻记录号")
    applied.add_argument("reason", choices=tuple(REPLACED.words), metavar="REASON", help=_listed(REPLACED.words))
    _day(applied, "--on", "申请日期")
    applied.add_argument("--words", required=True, help="原因说明")
    applied.add_argument("--paper", default="", help="派出单位文号")
    applied.add_argument("--successor", default="", help="拟接替人选姓名")
    decided = steps.add_parser("decide", help="登记批复（自治区办公室）")
    decided.add_argument("application", metavar="ID", help="更换申请记录号")
    decided.add_argument("result", choices=tuple(RESULT.words), metavar="RESULT", help=_listed(RESULT.words))
    _day(decided, "--on", "批复日期")
    decided.add_argument("--paper", required=True, help="批复文号")
    carried = steps.add_parser("carry", help="按批复更换：终止原派驻，登记接替人员的派驻")
    carried.add_argument("application", metavar="ID")
    carried.add_argument("successor", metavar="PERSON", help="接替人员的人员记录号")
    _day(carried, "--since", "到岗日期")
    for name, text in (("form", "输出更换申请"), ("answer", "输出批复")):
        paper = steps.add_parser(name, help=text)
        paper.add_argument("application", metavar="ID")
        _paper(paper)
