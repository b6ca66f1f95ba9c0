"""`report`: the monthly circular, the year in charts, all teams in a line each, and the annual report."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import book_options, say, say_book
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.documents.official import Letter
from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Snapshot
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import files, papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import overview, reports, snapshots
from tuopin_desktop.services.reporting.circular import circular, numbered
from tuopin_desktop.services.reporting.dashboard import dashboard
from tuopin_desktop.services.reporting.differences import by_reason, differences


def report_options(verb: ArgumentParser) -> None:
    """Declare the words of `report`."""
    kinds = steps_of(verb, dest="report", metavar="报告")
    month = step(kinds, "circular", _circular, act=Act.PRINT, help="出勤通报（待签发）")
    month.add_argument("--month", required=True, metavar="YYYY-MM", help="哪一个月，如 2019-05")
    month.add_argument("--number", default="", metavar="N", help="发文字号（可省略，登记过的照登记的印）")
    month.add_argument("out", type=Path, metavar="OUT", help="OUT.pdf、OUT.docx，或文件夹（两种都输出）")
    numbering = step(kinds, "number", _number, act=Act.ENTER, help="给一个月的出勤通报编文号，记入发文登记簿")
    numbering.add_argument("--month", required=True, metavar="YYYY-MM", help="哪一个月，如 2019-05")
    year = step(kinds, "annual", _annual, act=Act.ENTER, help="年度报告：数字定稿，输出 Word、PDF 和附表")
    year.add_argument("--year", type=int, metavar="YYYY", help="哪一年（默认今年）")
    year.add_argument("--snapshot", default="", metavar="N", help="按以前定稿的数字重出（核对码）")
    year.add_argument("out", type=Path, metavar="OUT_DIR", help="放三个文件的文件夹")
    charts = step(kinds, "charts", _charts, act=Act.PRINT, help="全年履职情况图：出勤、履职事项、考核")
    charts.add_argument("--year", type=int, metavar="YYYY", help="哪一年（默认今年）")
    charts.add_argument("out", type=Path, metavar="OUT", help="OUT.pdf、OUT.docx，或文件夹（两种都输出）")
    teams = step(
        kinds,
        "teams",
        _teams,
        act=Act.READ,
        help="各总队情况一览：在派、上月达标、未结账、事项逾期、外出、疑点、最近收包",
    )
    book_options(teams)
    since = step(kinds, "differences", _differences, act=Act.READ, help="以前的快照与现有数据有哪些数字不同、为什么")
    since.add_argument("snapshot", metavar="N", help="核对码")
    step(kinds, "snapshots", _list, act=Act.READ, help="列出已定稿的年度数字")


def _circular(desk: Desk, options: Namespace, out: TextIO) -> None:
    letter = circular(desk, options.month, number=options.number)
    for path in write_letter(desk, letter, options.out, f"出勤通报{options.month}"):
        say(out, path)
    _tell_fonts(desk, out)


def _number(desk: Desk, options: Namespace, out: TextIO) -> None:
    """Give the circular of a month its number."""
    say(out, numbered(desk, options.month).number)


def _annual(desk: Desk, options: Namespace, out: TextIO) -> None:
    """Freeze the year, or take an old snapshot, and write the three files; an old one says what has changed since."""
    old = snapshots.snapshot_called(desk, options.snapshot) if options.snapshot else None
    if old is not None and options.year not in (None, old.year):
        raise refuse("year", f"这份快照是{old.year}年的，请核对 --year", "year")
    snapshot = old or snapshots.take(desk, options.year or desk.today().year)
    for path in reports.write(desk, snapshot, options.out):
        say(out, path)
    say(out, f"快照：{snapshots.describe(snapshot)}")
    if old is not None:
        _tell_differences(desk, old, out)
    _tell_fonts(desk, out)


def _charts(desk: Desk, options: Namespace, out: TextIO) -> None:
    """Write the year's charts and say every figure."""
    board = dashboard(desk, options.year or desk.today().year)
    for path in write_letter(desk, board.letter, options.out, f"{board.year}年履职情况图"):
        say(out, path)
    for point in board.points:
        say(out, f"{point.group} {point.text}：{point.value}（{point.article}）")


def _teams(desk: Desk, options: Namespace, out: TextIO) -> None:
    say_book(desk, overview.printed(desk), options, out)


def _differences(desk: Desk, options: Namespace, out: TextIO) -> None:
    _tell_differences(desk, snapshots.snapshot_called(desk, options.snapshot), out)


def _tell_differences(desk: Desk, snapshot: Snapshot, out: TextIO) -> None:
    rows = differences(desk, snapshot)
    say(out, f"与现有数据相比，{len(rows)}项不同" if rows else "与现有数据相比，各项数字都相同")
    for why, same in by_reason(rows):
        for reason in why:
            say(out, reason)
        for one in same:
            say(out, f"    {one.text}：{one.was} → {one.now}")


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    del options
    for snapshot in snapshots.snapshots(desk):
        say(out, snapshots.describe(snapshot))


def _tell_fonts(desk: Desk, out: TextIO) -> None:
    for text in papers.fonts_told(desk):
        say(out, f"提示：{text}")


def write_letter(desk: Desk, letter: Letter, target: Path, name: str) -> list[Path]:
    """Write a document as what the file's name says; into a folder (no ending) as both kinds."""
    makers = {".pdf": papers.pdf, ".docx": papers.docx}
    ending = target.suffix.lower()
    if ending in makers:
        return [files.write(desk, target, makers[ending](desk, letter))]
    if ending and not target.is_dir():
        raise refuse("out", f"不能输出“{ending}”文件，请写 .pdf、.docx，或一个文件夹", "out")
    return [files.write(desk, target / portable(f"{name}{end}"), make(desk, letter)) for end, make in makers.items()]


VERBS = (Verb("report", "报告：出勤通报、年度报告", report_options),)
