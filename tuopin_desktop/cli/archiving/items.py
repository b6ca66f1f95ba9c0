"""`archive years`, `form`, `list`, `lacks`: the items of a year, their numbers, what is missing on paper."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.domain.archives import numbering
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import clashes, forming, lacklists
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk


def options(steps: Steps) -> None:
    """Declare the steps."""
    step(steps, "years", _years, act=Act.READ, help="各年度：已编件号多少，待编多少")
    form = step(steps, "form", _form, act=Act.ARCHIVE, help="编一个年度的件号；再次运行只给新补的文件接着编")
    _year_option(form, required=True)
    listed = step(steps, "list", _list, act=Act.READ, help="一个年度的归档文件，按档号顺序；未编的列出拟编的号")
    _year_option(listed, required=True)
    listed.add_argument("--json", action="store_true", help="以 JSON 输出，每行一个对象")
    lacks = step(steps, "lacks", _lacks, act=Act.READ, help="纸质缺漏：未签字、没有扫描件的，和不能归入年度的登记")
    _year_option(lacks, required=False)
    lacks.add_argument("--out", type=Path, metavar="FILE", help="输出清单 PDF 或 Excel（.xlsx）")


def _year_option(parser: ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--year", type=int, required=required, metavar="YYYY", help="年度")


def _years(desk: Desk, options: Namespace, out: TextIO) -> None:
    del options
    years = forming.years(desk)
    for one in years.years:
        say(out, f"{one.year}年\t已编{one.numbered}件，待编{one.waiting}件{'' if one.over else '（年度未结束）'}")
    for loose in years.loose:
        say(out, f"不能归入年度\t{loose.label}\t{loose.reason}")
    for clash in clashes.clashes(desk):
        say(out, f"档号重复\t{clash.code}\t{'、'.join(clash.offices)}")


def _form(desk: Desk, options: Namespace, out: TextIO) -> None:
    new = forming.form(desk, options.year)
    for item in new:
        say(out, _line(item))
    late = "（补入，接着原来的件号）" if any(item.late for item in new) else ""
    say(out, f"{options.year}年编件号{len(new)}件{late}")


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    plan = forming.plan(desk, options.year)
    fresh = {item.id for item in plan.fresh}
    for item in plan.items:
        if options.json:
            say_json(out, item)
        else:
            say(out, f"{_line(item)}{'（待编）' if item.id in fresh else ''}")
    for series, missing, repeated in numbering.gaps(plan.items):
        say(out, f"件号不连续：{series[0]}年{PERIODS.word(series[1])}，缺{list(missing)}，重{list(repeated)}")


def _line(item: ArchiveItem) -> str:
    day = f"{item.dated:%Y%m%d}" if item.dated else ""
    name = f"[{item.name}]" if item.made_title else item.name
    place = item.code or f"{item.year}年{PERIODS.word(item.period)}{item.number:04d}"
    return "\t".join((place, item.document, item.author, name, day, "" if item.pages is None else f"{item.pages}页"))


def _lacks(desk: Desk, options: Namespace, out: TextIO) -> None:
    book = lacklists.listed(desk, options.year)
    if options.out:
        say(out, books.write(desk, options.out, book))
        return
    for line in book.rows:
        say(out, f"{line.item.code or line.item.year}\t{line.item.name}\t{line.sentence}")
    say(out, f"纸质缺漏{len(book.rows)}处，涉及{len({line.item.id for line in book.rows})}件")
