"""`recall` and `replacement`: cases from suspicion to closing, applications from paper to successor."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.documents.official import Letter
from tuopin_desktop.domain.records import Replacement
from tuopin_desktop.domain.records.choices import RESULT
from tuopin_desktop.domain.records.dutychoices import MEASURE, OUTCOME, REPLACED, TRIGGER
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import files, papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import letters, recall, replacing


def _listed(values: dict[str, str]) -> str:
    return "、".join(f"{code} {word}" for code, word in values.items())


def _day(verb: argparse.ArgumentParser, name: str, text: str) -> None:
    verb.add_argument(name, type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help=text)


def _paper_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--pdf", type=Path, metavar="OUT.pdf")
    verb.add_argument("--docx", type=Path, metavar="OUT.docx", help="可编辑的 Word、WPS 文件")


def recall_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs of `recall`."""
    steps = steps_of(verb)
    parser = step(steps, "list", _list, act=Act.READ, help="列出疑似情形和处理事项")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    opened = step(steps, "open", _open, act=Act.ENTER, help="登记处理事项（自治区办公室）")
    opened.add_argument("posting", metavar="POSTING", help="派驻记录号")
    opened.add_argument("trigger", choices=tuple(TRIGGER.labels), metavar="TRIGGER", help=_listed(TRIGGER.labels))
    _day(opened, "--since", "发生日期")
    opened.add_argument("--facts", default="", help="事实；离岗超过界限的可省略，由检查结论带入算式")
    heard = step(steps, "hear", _hear, act=Act.ENTER, help="登记本人说明")
    heard.add_argument("case", metavar="CASE", help="处理事项记录号")
    heard.add_argument("words", metavar="WORDS", help="说明内容")
    _day(heard, "--on", "说明日期")
    heard.add_argument("--by", default="", help="听取人")
    heard.add_argument("--declined", action="store_true", help="逾期未作说明（内容写告知的时间和方式）")
    argument_parser = step(steps, "take", _take, act=Act.ENTER, help="登记处理措施（自治区办公室）")
    _measure_options(argument_parser)
    _day(argument_parser, "--on", "日期")
    argument_parser.add_argument("--paper", default="", help="文号")
    argument_parser.add_argument("--by", default="", help="办理人；约谈的填约谈人")
    argument_parser.add_argument("--words", default="", help="内容")
    replied = step(steps, "reply", _reply, act=Act.ENTER, help="登记派出单位回复")
    _measure_options(replied)
    _day(replied, "--on", "回复日期")
    replied.add_argument("--words", required=True, help="回复内容")
    letter = step(steps, "letter", _letter, act=Act.PRINT, help="输出公文")
    _measure_options(letter)
    _paper_options(letter)
    close_parser = step(steps, "close", _close, act=Act.ENTER, help="办结")
    close_parser.add_argument("case", metavar="CASE")
    close_parser.add_argument("outcome", choices=tuple(OUTCOME.labels), metavar="OUTCOME", help=_listed(OUTCOME.labels))
    _day(close_parser, "--on", "办结日期")
    close_parser.add_argument("--words", required=True, help="结论")


def _measure_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("case", metavar="CASE", help="处理事项记录号")
    verb.add_argument("measure", choices=tuple(MEASURE.labels), metavar="MEASURE", help=_listed(MEASURE.labels))


def replacement_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs of `replacement`."""
    steps = steps_of(verb)
    parser = step(steps, "list", _applications, act=Act.READ, help="列出更换申请、批复和空缺天数")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    applied = step(steps, "apply", _apply, act=Act.ENTER, help="登记派出单位的书面申请")
    applied.add_argument("posting", metavar="POSTING", help="拟更换人员的派驻记录号")
    applied.add_argument("reason", choices=tuple(REPLACED.labels), metavar="REASON", help=_listed(REPLACED.labels))
    _day(applied, "--on", "申请日期")
    applied.add_argument("--words", required=True, help="原因说明")
    applied.add_argument("--paper", default="", help="派出单位文号")
    applied.add_argument("--successor", default="", help="拟接替人选姓名")
    decided = step(steps, "decide", _decide, act=Act.ENTER, help="登记批复（自治区办公室）")
    decided.add_argument("application", metavar="ID", help="更换申请记录号")
    decided.add_argument("result", choices=tuple(RESULT.labels), metavar="RESULT", help=_listed(RESULT.labels))
    _day(decided, "--on", "批复日期")
    decided.add_argument("--paper", required=True, help="批复文号")
    carried = step(steps, "carry", _carry, act=Act.ENTER, help="按批复更换：终止原派驻，登记接替人员的派驻")
    carried.add_argument("application", metavar="ID")
    carried.add_argument("successor", metavar="PERSON", help="接替人员的人员记录号")
    _day(carried, "--since", "到岗日期")
    for name, text, do in (("form", "输出更换申请", _form), ("answer", "输出批复", _answer)):
        paper = step(steps, name, do, act=Act.PRINT, help=text)
        paper.add_argument("application", metavar="ID")
        _paper_options(paper)


Step = Callable[[Desk, Namespace, TextIO], None]


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    suspected, rows = recall.suspicions(desk), recall.rows(desk)
    if options.json:
        for one in (*suspected, *rows):
            say_json(out, one)
        return
    for suspicion in suspected:
        say(
            out,
            f"疑似，未登记\t{suspicion.county_name}\t{suspicion.name}\t{suspicion.posting}\t{suspicion.finding.sentence}",
        )
    for row in rows:
        trigger = TRIGGER.word(row.course.case.trigger)
        say(out, "\t".join((row.state, row.county_name, row.name, trigger, row.unit, row.id)))
    say(out, f"疑似未登记{len(suspected)}人，处理事项{len(rows)}件。")


def _open(desk: Desk, options: Namespace, out: TextIO) -> None:
    recall_case = recall.open_case(desk, options.posting, options.trigger, options.since, options.facts)
    say(out, f"已登记处理事项 {recall_case.id}，请先听取本人说明")


def _hear(desk: Desk, options: Namespace, out: TextIO) -> None:
    recall.hear(desk, options.case, options.words, options.on, taken_by=options.by, declined=options.declined)
    _told(desk, options, out)


def _take(desk: Desk, options: Namespace, out: TextIO) -> None:
    recall.take(
        desk, options.case, options.measure, options.on, paper=options.paper, taken_by=options.by, text=options.words
    )
    _told(desk, options, out)


def _reply(desk: Desk, options: Namespace, out: TextIO) -> None:
    recall.reply(desk, options.case, options.measure, options.on, options.words)
    _told(desk, options, out)


def _close(desk: Desk, options: Namespace, out: TextIO) -> None:
    recall.close(desk, options.case, options.outcome, options.on, options.words)
    _told(desk, options, out)


def _told(desk: Desk, options: Namespace, out: TextIO) -> None:
    row = recall.row(desk, options.case)
    say(out, f"{row.county_name}{row.name}：{row.state}")


def _letter(desk: Desk, options: Namespace, out: TextIO) -> None:
    _write(desk, options, out, letters.of_measure(desk, options.case, options.measure), MEASURE.word(options.measure))


def _write(desk: Desk, options: Namespace, out: TextIO, letter: Letter, what: str) -> None:
    if options.pdf:
        say(out, files.write(desk, options.pdf, papers.pdf(desk, letter)))
    if options.docx:
        say(out, files.write(desk, options.docx, papers.docx(desk, letter)))
        for line in papers.fonts_told(desk):
            say(out, line)
    if not (options.pdf or options.docx):
        say(out, f"{what}：{letter.title}。请加 --pdf 或 --docx 输出文件")


def _applications(desk: Desk, options: Namespace, out: TextIO) -> None:
    rows = replacing.rows(desk)
    for row in rows:
        if options.json:
            say_json(out, row)
            continue
        replacement = row.application
        vacant = f"空缺{row.vacant}天" if row.vacant else ""
        reason = REPLACED.word(replacement.reason)
        say(
            out,
            "\t".join((row.state, row.county_name, row.name, reason, str(replacement.applied), vacant, replacement.id)),
        )
    if not options.json:
        say(out, f"更换申请{len(rows)}件。")


def _apply(desk: Desk, options: Namespace, out: TextIO) -> None:
    replacement = Replacement(
        posting=options.posting,
        applied=options.on,
        reason=options.reason,
        words=options.words,
        unit_paper=options.paper,
        successor=options.successor,
    )
    say(out, f"已登记更换申请 {replacing.apply(desk, replacement).id}，待自治区办公室审核批准")


def _decide(desk: Desk, options: Namespace, out: TextIO) -> None:
    decision = replacing.decide(desk, options.application, options.result, options.paper, options.on)
    say(out, f"已登记批复 {decision.paper}")


def _carry(desk: Desk, options: Namespace, out: TextIO) -> None:
    posting = replacing.carry_out(desk, options.application, options.successor, options.since)
    say(out, f"已按批复更换，新派驻 {posting.id}")


def _form(desk: Desk, options: Namespace, out: TextIO) -> None:
    _write(desk, options, out, letters.application(desk, options.application), "更换申请")


def _answer(desk: Desk, options: Namespace, out: TextIO) -> None:
    _write(desk, options, out, letters.approval(desk, options.application), "批复")


VERBS = (
    Verb("recall", "召回处理：疑似、本人说明、措施、公文、办结", recall_options),
    Verb("replacement", "人员更换：申请、批复、接替", replacement_options),
)
