"""`archive catalogue|covers|stamp`: what is printed to file the items of a year."""

from argparse import Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.documents.archival.boards import PAPERS
from tuopin_desktop.domain.archives.boxes import WIDTHS
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import boxing, catalogues, items, stamps
from tuopin_desktop.services.office import calibrations
from tuopin_desktop.services.office.desk import Desk


def options(steps: Steps) -> None:
    """Declare the three steps."""
    catalogue = step(steps, "catalogue", _catalogue, act=Act.READ, help="归档文件目录：带封面的PDF，或Excel")
    catalogue.add_argument("year", type=int, metavar="年度")
    catalogue.add_argument("out", type=Path, metavar="OUT", help="*.pdf 或 *.xlsx")
    catalogue.add_argument("--period", default="", metavar="期限", help="只要这一期限：永久、30年、10年")
    catalogue.add_argument("--layout", default=catalogues.NINE, metavar="格式", help="nine 九栏，seven 七栏（旧式）")
    covers = step(steps, "covers", _covers, act=Act.READ, help="目录封面、盒封面、盒脊、备考表，按原尺寸")
    covers.add_argument("year", type=int, metavar="年度")
    covers.add_argument("out", type=Path, metavar="OUT_DIR")
    widths = "、".join(map(str, WIDTHS))
    covers.add_argument("--width", type=int, default=boxing.USUAL, metavar="毫米", help=f"盒厚：{widths}")
    covers.add_argument("--paper", default="A4", metavar="纸张", help="、".join(PAPERS.values()))
    stamp = step(steps, "stamp", _stamp, act=Act.READ, help="归档章套打：一件，或一年度的全部")
    stamp.add_argument("which", metavar="档号|年度")
    stamp.add_argument("out", type=Path, metavar="OUT.pdf")
    stamp.add_argument("--at", metavar="X,Y", help="章的左上角距纸左边、上边的毫米数，只用于一件")
    stamp.add_argument("--printer", default="", metavar="打印机", help="按这台打印机的校准纠正")


def _catalogue(desk: Desk, options: Namespace, out: TextIO) -> None:
    period = _period(options.period)
    file = catalogues.write(desk, options.out, options.year, period, options.layout)
    some = catalogues.series(desk, options.year, period)
    for one in some:
        say(out, f"{catalogues.name_of(one)}：{len(one.items)}件，{one.pages}页")
    say(out, str(file))


def _period(text: str) -> str:
    if not text:
        return ""
    code = PERIODS.code(text)
    if code is None:
        raise refuse("period", f"没有“{text[:20]}”这种保管期限，可用：{'、'.join(PERIODS.labels.values())}", "period")
    return code


def _covers(desk: Desk, options: Namespace, out: TextIO) -> None:
    for path in boxing.write(desk, options.out, options.year, options.width, options.paper):
        say(out, str(path))
    for box in boxing.filled(desk, options.year, options.width):
        thick = "，比盒厚，请换更厚的盒" if box.overfull else ""
        say(out, f"{catalogues.name_of(box.series)} 第{box.place}盒：{'至'.join(box.ends)}，{box.pages}页{thick}")


def _stamp(desk: Desk, options: Namespace, out: TextIO) -> None:
    calibration = None
    if options.printer:
        calibration = calibrations.by_printer(desk).get(options.printer)
        if calibration is None:
            raise refuse("printer", f"打印机“{options.printer}”还没有校准，请先在套打窗口中校准", "printer")
    if options.which.isdecimal() and len(options.which) == len("2018"):
        some = items.items(desk, int(options.which))
        batch = stamps.batch(desk, [one.id for one in some], calibration)
        say(out, str(stamps.write(desk, options.out, batch.sheets)))
        say(out, f"{len(batch.sheets)}张，顺序同目录")
        for one in batch.without:
            say(out, f"{one.code} {one.name}：第1页没有空白，请在纸上另选位置盖章")
        return
    item = stamps.by_code(desk, options.which)
    at = _place(options.at) if options.at else None
    say(out, str(stamps.write(desk, options.out, [stamps.stamp(desk, item.id, at, calibration)])))


def _place(text: str) -> tuple[float, float]:
    try:
        x, y = map(float, text.replace("，", ",").split(","))
    except ValueError:
        raise refuse("at", "--at 请填两个毫米数，如 82.5,6", "at") from None
    return x, y
