"""What `import` asks and how it is answered on the line: --sheet, --column, --answer."""

import argparse
from argparse import Namespace
from typing import Any

from tuopin_desktop.domain.intake.questions import Question
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.services.sheets.sheetparts import ALL, COLUMN, SHEETS

_ANSWERS = 10


def options(verb: argparse.ArgumentParser) -> None:
    """Declare the switches that answer what an import asks."""
    verb.add_argument("--sheet", action="append", default=[], metavar="NAME", help="要导入的工作表，可重复；all 为全部")
    verb.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="HEADING=FIELD",
        help="某列对应的项目；等号后空着即不导入",
    )
    verb.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="QUESTION=ANSWER",
        help="对提示的答复，如 legend=sheet",
    )


def of(options: Namespace) -> dict[str, str]:
    """Return the answers of a command line by the code of their question; raises Refused for one without =."""
    pairs = dict(map(_pair, options.answer))
    pairs |= {COLUMN + heading: field or "skip" for heading, field in map(_pair, options.column)}
    if options.sheet:
        pairs[SHEETS] = ALL if ALL in options.sheet else "\n".join(options.sheet)
    return pairs


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise refuse("answer", f"“{text[:30]}”应写成 问题=答复", "answer")
    return name.strip(), value.strip()


def sentence(question: Question) -> str:
    """Return a question with the switches that answer it."""
    if question.free:
        return f"{question.sentence}：加 --answer {question.code}={question.free}"
    ways = [f"{_switch(question, answer.word)}（{answer.label}）" for answer in question.answers[:_ANSWERS]]
    return f"{question.sentence}加 {'，或 '.join(ways)}"


def _switch(question: Question, word: str) -> str:
    if question.code == SHEETS:
        return f"--sheet {word}"
    if question.code.startswith(COLUMN):
        heading = question.code.removeprefix(COLUMN)
        return f"--column {heading}={'' if word == 'skip' else word}"
    return f"--answer {question.code}={word}"


def plain(question: Question) -> dict[str, Any]:
    """Return a question for JSON."""
    return {
        "code": question.code,
        "sentence": question.sentence,
        "answers": [answer.word for answer in question.answers],
        "rows": sorted(question.rows),
    }
