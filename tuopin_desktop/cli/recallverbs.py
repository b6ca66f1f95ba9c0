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


def recall_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step of a case."""
    with opened(asked) as desk:
        _RECALL[asked.step](desk, asked, out)
    return 0


def replacement_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step of a replacement."""
    with opened(asked) as desk:
        _REPLACEMENT[asked.step](desk, asked, out)
    return 0


def _list(desk: Desk, asked: Namespace, out: TextIO) -> None:
    suspected, rows = recall.suspicions(desk), recall.rows(desk)
    if asked.json:
        for one in (*suspected, *rows):
            say_json(out, one)
        return
    for found in suspected:
        say(out, f"疑似，未登记\t{found.county_name}\t{found.name}\t{found.posting}\t{found.finding.sentence}")
    for row in rows:
        trigger = TRIGGER.word(row.course.case.trigger)
        say(out, "\t".join((row.state, row.county_name, row.name, trigger, row.unit, row.id)))
    say(out, f"疑似未登记{len(suspected)}人，处理事项{len(rows)}件。")


def _open(desk: Desk, asked: Namespace, out: TextIO) -> None:
    made = recall.open_case(desk, asked.posting, asked.trigger, asked.since, asked.facts)
    say(out, f"已登记处理事项 {made.id}，请先听取本人说明")


def _hear(desk: Desk, asked: Namespace, out: TextIO) -> None:
    recall.hear(desk, asked.case, asked.words, asked.on, taken_by=asked.by, declined=asked.declined)
    _told(desk, asked, out)


def _take(desk: Desk, asked: Namespace, out: TextIO) -> None:
    recall.take(desk, asked.case, asked.measure, asked.on, paper=asked.paper, taken_by=asked.by, words=asked.words)
    _told(desk, asked, out)


def _reply(desk: Desk, asked: Namespace, out: TextIO) -> None:
    recall.reply(desk, asked.case, asked.measure, asked.on, asked.words)
    _told(desk, asked, out)


def _close(desk: Desk, asked: Namespace, out: TextIO) -> None:
    recall.close(desk, asked.case, asked.outcome, asked.on, asked.words)
    _told(desk, asked, out)


def _told(desk: Desk, asked: Namespace, out: TextIO) -> None:
    row = recall.row(desk, asked.case)
    say(out, f"{row.county_name}{row.name}：{row.state}")


def _letter(desk: Desk, asked: Namespace, out: TextIO) -> None:
    _write(desk, asked, out, letters.of_measure(desk, asked.case, asked.measure), MEASURE.word(asked.measure))


def _write(desk: Desk, asked: Namespace, out: TextIO, letter: Letter, what: str) -> None:
    if asked.pdf:
        say(out, files.write(desk, asked.pdf, papers.pdf(desk, letter)))
    if asked.docx:
        say(out, files.write(desk, asked.docx, papers.docx(desk, letter)))
        for line in papers.fonts_told(desk):
            say(out, line)
    if not (asked.pdf or asked.docx):
        say(out, f"{what}：{letter.title}。请加 --pdf 或 --docx 输出文件")


def _applications(desk: Desk, asked: Namespace, out: TextIO) -> None:
    rows = replacing.rows(desk)
    for row in rows:
        if asked.json:
            say_json(out, row)
            continue
        said = row.application
        vacant = f"空缺{row.vacant}天" if row.vacant else ""
        reason = REPLACED.word(said.reason)
        say(out, "\t".join((row.state, row.county_name, row.name, reason, str(said.applied), vacant, said.id)))
    if not asked.json:
        say(out, f"更换申请{len(rows)}件。")


def _apply(desk: Desk, asked: Namespace, out: TextIO) -> None:
    made = Replacement(
        posting=asked.posting,
        applied=asked.on,
        reason=asked.reason,
        words=asked.words,
        unit_paper=asked.paper,
        successor=asked.successor,
    )
    say(out, f"已登记更换申请 {replacing.apply(desk, made).id}，待自治区办公室审核批准")


def _decide(desk: Desk, asked: Namespace, out: TextIO) -> None:
    made = replacing.decide(desk, asked.application, asked.result, asked.paper, asked.on)
    say(out, f"已登记批复 {made.paper}")


def _carry(desk: Desk, asked: Namespace, out: TextIO) -> None:
    made = replacing.carry_out(desk, asked.application, asked.successor, asked.since)
    say(out, f"已按批复更换，新派驻 {made.id}")


def _form(desk: Desk, asked: Namespace, out: TextIO) -> None:
    _write(desk, asked, out, letters.application(desk, asked.application), "更换申请")


def _answer(desk: Desk, asked: Namespace, out: TextIO) -> None:
    _write(desk, asked, out, letters.approval(desk, asked.application), "批复")


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
