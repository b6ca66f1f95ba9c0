"""`archive compare`: an old catalogue beside this office's items."""

from argparse import Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import comparelists, oldlists
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk


def options(steps: Steps) -> None:
    """Declare `compare`."""
    compare = step(steps, "compare", _compare, act=Act.READ, help="与旧目录（如2021年上报的）比对，旧目录只读不改")
    compare.add_argument("file", type=Path, metavar="FILE", help="旧目录：Excel、WPS 或 CSV")
    text = "指明一列，如 题名=材料内容；可重复，记住后同样表头不用再写"
    compare.add_argument("--head", action="append", default=[], metavar="栏=表头", help=text)
    compare.add_argument("--out", type=Path, metavar="OUT", help="输出三张清单：.xlsx 或 .pdf")
    compare.add_argument("--json", action="store_true", help="以 JSON 输出，每行一个对象")


def _compare(desk: Desk, options: Namespace, out: TextIO) -> None:
    comparison = oldlists.compare(desk, options.file, dict(_head(text) for text in options.head))
    if options.out:
        say(out, books.write(desk, options.out, comparelists.listed(desk, comparison, options.file.stem)))
    lists = (
        (comparelists.BOTH, comparison.both),
        (comparelists.THERE, comparison.there),
        (comparelists.HERE, comparison.here),
    )
    for name, rows in lists:
        for one in rows if options.json else ():
            say_json(out, {"list": name, "row": one})
    if not options.json:
        for one in comparison.there:
            say(out, comparelists.THERE, one.entry.place, one.entry.name, one.reason)
        for own in comparison.here:
            say(out, comparelists.HERE, comparelists.place_of(own.item), own.item.name, own.reason)
        say(out, "，".join(f"{name}{len(rows)}件" for name, rows in lists))


def _head(text: str) -> tuple[str, str]:
    name, sign, head = text.partition("=")
    if not sign or not head:
        raise refuse("archive.head", f"“{text[:30]}”请写成 栏=表头，如 题名=材料内容", "head")
    return head, oldlists.column_called(name)
