"""`roster`: papers about people before and during their posting."""

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import book_options, say, say_book
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called
from tuopin_desktop.services.people import cadreform, cohorts, essentials, selections
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import cadres


def roster_options(verb: ArgumentParser) -> None:
    """Declare the words of `roster`."""
    steps = steps_of(verb)
    stated = step(
        steps,
        "statement",
        _statement,
        act=Act.REVEAL,
        help="选派人员条件审查表：逐项列出第三条的条件，留派出单位意见和盖章处",
    )
    who = stated.add_mutually_exclusive_group(required=True)
    who.add_argument("--person", action="append", metavar="NAME", help="姓名，重名的写“姓名（单位）”；可重复")
    who.add_argument("--all", action="store_true", help="全部在派和拟派人员")
    _county_options(stated)
    stated.add_argument("out", type=Path, metavar="OUT", help="OUT.pdf，每人一页；单人可写 OUT.docx")
    posted = step(
        steps,
        "cohort",
        _cohort,
        act=Act.READ,
        help="选派批次情况：例外在前，再按盟市列出性别、民族、党派、年龄、学历、职级、来源",
    )
    posted.add_argument("--batch", default="", metavar="PAPER", help="选派文号（或其中几个字）")
    posted.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="这一天起派驻的")
    _county_options(posted)
    _listed_options(posted)
    form = step(
        steps,
        "form",
        _form,
        act=Act.REVEAL,
        help="干部任免审批表（.lrmx），归个人档案用：花名册里有的项目和照片，家庭成员留空",
    )
    form.add_argument("--person", required=True, metavar="NAME", help="姓名，重名的写“姓名（单位）”")
    form.add_argument("out", type=Path, metavar="OUT.lrmx")
    lines = step(steps, "resume", _resume, act=Act.ENTER, help="逐行读出一份干部任免审批表的简历；不保存")
    lines.add_argument("file", type=Path, metavar="FILE.lrmx")
    todo = step(steps, "todo", _todo, act=Act.READ, help="人员信息待补：谁的登记表还缺办法要用的哪些栏目")
    _county_options(todo)
    _listed_options(todo)


def _county_options(verb: ArgumentParser) -> None:
    verb.add_argument("--county", default="", help="旗县代码或名称（默认全部）")


def _listed_options(verb: ArgumentParser) -> None:
    book_options(verb)


def _todo(desk: Desk, options: Namespace, out: TextIO) -> None:
    say_book(desk, essentials.listed(desk, county_called(desk, options.county)), options, out)


def _statement(desk: Desk, options: Namespace, out: TextIO) -> None:
    people = [registers.called(desk, "person", name) for name in options.person or ()]
    people = people or selections.everybody(desk, county_called(desk, options.county))
    say(out, selections.write(desk, options.out, people))


def _form(desk: Desk, options: Namespace, out: TextIO) -> None:
    say(out, cadreform.write(desk, options.out, registers.called(desk, "person", options.person)))
    say(out, f"{cadreform.LEFT}。")


def _resume(_: Desk, options: Namespace, out: TextIO) -> None:
    lines = cadres.resume_of(options.file)
    for line in lines:
        say(out, f"{line.first}\t{line.last}\t{line.text}")
    if not lines:
        say(out, "这份审批表里没有填写简历。")


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


VERBS = (Verb("roster", "人员：信息待补、选派审查表、批次情况", roster_options),)
