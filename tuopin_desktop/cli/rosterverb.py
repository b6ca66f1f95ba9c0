"""`roster`: papers about people before and during their posting."""

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called
from tuopin_desktop.services.people import cohorts, essentials, selections
from tuopin_desktop.services.registers import registers


def roster_parser(verb: ArgumentParser) -> None:
    """Declare the words of `roster`."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    stated = steps.add_parser("statement", help="选派人员条件审查表：逐项列出第三条的条件，留派出单位意见和盖章处")
    who = stated.add_mutually_exclusive_group(required=True)
    who.add_argument("--person", action="append", metavar="NAME", help="姓名，重名的写“姓名（单位）”；可重复")
    who.add_argument("--all", action="store_true", help="全部在派和拟派人员")
    _county(stated)
    stated.add_argument("out", type=Path, metavar="OUT", help="OUT.pdf，每人一页；单人可写 OUT.docx")
    posted = steps.add_parser(
        "cohort", help="选派批次情况：例外在前，再按盟市列出性别、民族、党派、年龄、学历、职级、来源"
    )
    posted.add_argument("--batch", default="", metavar="PAPER", help="选派文号（或其中几个字）")
    posted.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="这一天起派驻的")
    _county(posted)
    _listed(posted)
    todo = steps.add_parser("todo", help="人员信息待补：谁的登记表还缺办法要用的哪些栏目")
    _county(todo)
    _listed(todo)


def _county(verb: ArgumentParser) -> None:
    verb.add_argument("--county", default="", help="旗县代码或名称（默认全部）")


def _listed(verb: ArgumentParser) -> None:
    verb.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="输出 PDF")
    verb.add_argument("--xlsx", type=Path, metavar="OUT.xlsx", help="输出 Excel（都不写则逐行列出）")


def roster_verb(options: Namespace, out: TextIO) -> int:
    """Write or say one of the papers about people."""
    with opened(options) as desk:
        _STEPS[options.step](desk, options, out)
    return 0


def _todo(desk: Desk, options: Namespace, out: TextIO) -> None:
    say_book(desk, essentials.listed(desk, county_called(desk, options.county)), options, out)


def _statement(desk: Desk, options: Namespace, out: TextIO) -> None:
    people = [registers.called(desk, "person", name) for name in options.person or ()]
    people = people or selections.everybody(desk, county_called(desk, options.county))
    say(out, selections.write(desk, options.out, people))


def _cohort(desk: Desk, options: Namespace, out: TextIO) -> None:
    county = county_called(desk, options.county)
    narrowed = bool(options.batch or options.since or county)
    people = cohorts.batch(desk, paper=options.batch, since=options.since, county=county) if narrowed else None
    name = options.batch or (f"{options.since.isoformat()}起派驻" if options.since else "")
    book = cohorts.report(desk, people, name)
    say_book(desk, book, options, out)
    if not options.pdf and not options.xlsx:
        for one in book.rows:
            for mark, text in one.marks.items():
                say(out, f"{cohorts.MARKS[mark]}\t{one.person.name}\t{one.county_name or cohorts.NOWHERE}\t{text}")


_STEPS = {"cohort": _cohort, "todo": _todo, "statement": _statement}
