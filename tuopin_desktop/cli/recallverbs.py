"""`recall` and `replacement`: one service call for each step, and its words on standard output."""

from argparse import Namespace
from collections.abc import Callable
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.documents.official import Letter
from tuopin_desktop.domain.records import Replacement
from tuopin_desktop.domain.records.dutychoices import MEASURE, REPLACED, TRIGGER
from tuopin_desktop.services.office import files, papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import letters, recall, replacing

Step = Callable[[Desk, Namespace, TextIO], None]


def recall_verb(options: Namespace, out: TextIO) -> int:
    """Carry out one step of a case."""
    with opened(options) as desk:
        _RECALL[options.step](desk, options, out)
    return 0


def replacement_verb(options: Namespace, out: TextIO) -> int:
    """Carry out one step of a replacement."""
    with opened(options) as desk:
        _REPLACEMENT[options.step](desk, options, out)
    return 0


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


_RECALL: dict[str, Step] = {
    "list": _list,
    "open": _open,
    "hear": _hear,
    "take": _take,
    "reply": _reply,
    "letter": _letter,
    "close": _close,
}
_REPLACEMENT: dict[str, Step] = {
    "list": _applications,
    "apply": _apply,
    "decide": _decide,
    "carry": _carry,
    "form": _form,
    "answer": _answer,
}
