"""`archive personal`: originals for the personal files, by the units that keep these; sent, receipted, given back."""

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import editions, personal, personalpapers
from tuopin_desktop.services.office import books, files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


def options(steps: Steps) -> None:
    """Declare `personal`."""
    verb = step(steps, "personal", _personal, act=Act.READ, help="个人档案材料：按派出单位列出，送出、回执、退回")
    verb.add_argument("--unit", default="", help="只要一个派出单位")
    verb.add_argument("--state", default="", choices=("", *personal.STATES), help="只要一种情况")
    verb.add_argument("--originals", nargs="+", metavar="NAME", help="登记这些人的原件已签字、盖章")
    verb.add_argument("--send", nargs="+", metavar="NAME", help="登记这些人的材料送出，每个单位一个清单编号")
    verb.add_argument("--receipt", metavar="NUMBER", help="登记一张移交清单的回执")
    verb.add_argument("--by", default="", metavar="NAME", help="签收人")
    verb.add_argument("--back", nargs="+", metavar="NAME", help="登记这些人的材料退回")
    verb.add_argument("--reason", default="", help="退回原因")
    verb.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="日期（默认今天；原件为形成时间）")
    verb.add_argument("--catalogue", metavar="NAME", help="一个人的材料目录，写到 --pdf")
    verb.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="移交清单（--unit）或材料目录（--catalogue）")
    verb.add_argument("--out", type=Path, metavar="OUT_DIR", help="输出各单位的清单和每个人的材料")
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _personal(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.originals or options.send or options.receipt or options.back:
        _enter(desk, options, out)
    elif options.out:
        for path in personalpapers.write(desk, options.out, [options.unit] if options.unit else ()):
            say(out, path)
    elif options.pdf:
        say(out, files.write(desk, options.pdf, _paper(desk, options)))
    else:
        _list(desk, options, out)


def _named(desk: Desk, names: list[str]) -> list[str]:
    return [registers.called(desk, "person", name) for name in names]


def _enter(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.originals:
        count = personal.enter_originals(desk, _named(desk, options.originals), formed=options.day)
        say(out, f"已登记{count}份原件")
    if options.send:
        say(out, f"移交清单编号：{'、'.join(personal.send(desk, _named(desk, options.send), options.day))}")
    if options.receipt:
        rest = personal.receipt(desk, options.receipt, options.by, options.day)
        say(out, f"已登记回执，还有{len(rest)}人没有回执")
    if options.back:
        say(out, f"已登记退回{personal.give_back(desk, _named(desk, options.back), options.reason, options.day)}人")


def _paper(desk: Desk, options: Namespace) -> bytes:
    if options.catalogue:
        book = personalpapers.catalogue(desk, registers.called(desk, "person", options.catalogue))
        return books.pdf(desk, book)
    pages = personalpapers.handover_list(desk, options.unit or personal.NO_UNIT)
    return editions.edition(desk, pages, title=personalpapers.LIST)


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    for row in personal.people(desk, options.unit, options.state):
        if options.json:
            say_json(out, row)
            continue
        lacking = "；".join(f"{one.name}缺{'、'.join(one.lacks)}" for one in row.unready)
        say(out, "\t".join((row.unit, row.name, row.county, f"{len(row.materials)}份", row.state, row.number, lacking)))
