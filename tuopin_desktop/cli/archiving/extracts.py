"""`archive extract` and `archive lend`: what an audit is given and is made again, and what of the archives is out."""

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records.personalfiles import LENT
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import extracts, lendings
from tuopin_desktop.services.office.desk import Desk


def options(steps: Steps) -> None:
    """Declare `extract` and `lend`."""
    extract = step(steps, "extract", _extract, act=Act.READ, help="给巡察、审计提取材料：编号输出，或按提取记录重做")
    extract.add_argument("persons", nargs="*", metavar="NAME", help="提取哪些人；不写的列出提取记录")
    extract.add_argument("--for", dest="asked_by", default="", metavar="UNIT", help="提取单位")
    extract.add_argument("--basis", default="", help="依据")
    for name, text in (("--since", "内容自哪一天"), ("--until", "内容至哪一天")):
        extract.add_argument(name, type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    labels = "、".join(f"{label} {name}" for name, label in extracts.kinds().items())
    extract.add_argument("--kind", action="append", default=[], help=f"只要这些类别，可重复：{labels}")
    extract.add_argument("--full", action="store_true", help="含完整的个人信息和扫描件，并登记操作记录")
    extract.add_argument("--again", default="", metavar="NUMBER", help="按这个编号的提取记录原样重做")
    extract.add_argument("--out", type=Path, metavar="OUT_DIR", help="写到哪个文件夹")
    extract.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    lend = step(steps, "lend", _lend, act=Act.READ, help="利用登记：查阅、借出、归还（登记用 add lending）")
    lend.add_argument("--overdue", action="store_true", help="只列逾期没有归还的")
    lend.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _extract(desk: Desk, options: Namespace, out: TextIO) -> None:
    if not options.persons and not options.again:
        for one in extracts.extracts(desk):
            if options.json:
                say_json(out, {"number": one.number, "for": one.asked_by, "basis": one.basis, "taken": one.taken})
            else:
                say(out, f"{one.number}　{one.taken}　{one.asked_by}　{one.basis}　{one.records}条")
        return
    if options.out is None:
        raise refuse("out", "请用 --out 写明输出到哪个文件夹", "out")
    if options.again:
        outcome = extracts.remake(desk, options.again, options.out)
    else:
        outcome = extracts.take(desk, options.out, _request(desk, options))
    say(out, f"{outcome.record.number} {outcome.record.records}条 {outcome.folder}")


def _request(desk: Desk, options: Namespace) -> extracts.Request:
    return extracts.Request(
        asked_by=options.asked_by,
        basis=options.basis,
        persons=tuple(extracts.persons_called(desk, options.persons)),
        first=options.since or date(2018, 1, 1),
        last=options.until or desk.today(),
        kinds=tuple(options.kind),
        full=options.full,
    )


def _lend(desk: Desk, options: Namespace, out: TextIO) -> None:
    for row in lendings.lendings(desk, overdue=options.overdue):
        if options.json:
            say_json(out, row)
            continue
        one = row.record
        parts = (str(one.lent or ""), one.borrower, one.unit, one.basis, one.what, LENT.word(one.way), row.state)
        say(out, "\t".join(parts))
