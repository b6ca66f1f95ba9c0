"""`archive hand-over`, `verify`, `box`: a medium for the archives, its receipt, and the box that needs no program."""

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.domain.archives.medium import CHARSETS
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import handing, mediumcheck
from tuopin_desktop.services.archives.handing import Outcome, Wish
from tuopin_desktop.services.office.desk import Desk


def options(steps: Steps) -> None:
    """Declare the steps of handing over."""
    making = step(steps, "hand-over", _hand_over, act=Act.ARCHIVE, help="写出移交包（中断了再做一次，接着写完）")
    _where(making)
    making.add_argument("--to", required=True, metavar="NAME", help="接收单位（档案馆名称）")
    making.add_argument("--name", default="", metavar="TEXT", help="交接工作名称")
    making.add_argument("--content", default="", metavar="TEXT", help="内容描述")
    making.add_argument("--carrier", default="", metavar="TEXT", help="载体类型、规格，如 U盘16GB")
    making.add_argument("--span", default="", metavar="TEXT", help="载体起止顺序号")
    making.add_argument("--charset", choices=CHARSETS, default=CHARSETS[0], help="文件目录和说明文件的编码")
    making.add_argument("--sm3", action="store_true", help="除 SHA-256 外，再写 SM3 摘要")
    _where(step(steps, "box", _box, act=Act.REVEAL, help="写出档案盒：同一文件夹加网页目录，不装本程序也能看"))
    checking = step(steps, "verify", _verify, act=Act.READ, help="核对移交包或档案盒：改动、缺失、多余、重复的文件")
    checking.add_argument("folder", metavar="FOLDER", type=Path, help="移交包文件夹")
    _json(checking)
    _json(step(steps, "hand-overs", _list, act=Act.READ, help="列出移交：何时、移交给谁、是否已接收"))
    sending = step(steps, "sent", _sent, act=Act.ARCHIVE, help="登记已送出")
    _which(sending)
    receiving = step(steps, "received", _received, act=Act.ARCHIVE, help="登记档案馆的回执，从此才算移交")
    _which(receiving)
    receiving.add_argument("--receipt", required=True, metavar="TEXT", help="回执：登记表编号或文号")
    receiving.add_argument("--by", default="", metavar="NAME", help="接收人")
    back = step(steps, "withdraw-hand-over", _withdraw, act=Act.ARCHIVE, help="撤销没有送出的移交")
    back.add_argument("which", metavar="ID", help="hand-overs 中的编号")


def _where(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, help="写到哪里（U盘或文件夹），移交包在其中自成一个文件夹"
    )
    parser.add_argument("--years", required=True, metavar="2018-2020", help="年度，如 2018 或 2018-2020")


def _which(parser: ArgumentParser) -> None:
    parser.add_argument("which", metavar="ID", help="hand-overs 中的编号")
    parser.add_argument("--day", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD", help="日期，不写即今天")


def _json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def _years(text: str) -> tuple[int, ...]:
    first, _, last = text.strip().partition("-")
    if not first.isdecimal() or not (last or first).isdecimal() or not 0 <= int(last or first) - int(first) <= 99:
        raise refuse("years", f"年度“{text}”读不出来，请写成 2018 或 2018-2020", "years")
    return tuple(range(int(first), int(last or first) + 1))


def _hand_over(desk: Desk, options: Namespace, out: TextIO) -> None:
    wish = Wish(
        years=_years(options.years),
        receiver=options.to,
        name=options.name,
        content=options.content,
        carrier=options.carrier,
        span=options.span,
        charset=options.charset,
        sm3=options.sm3,
    )
    outcome = handing.hand_over(desk, options.folder, wish)
    _say_outcome(outcome, out)
    number = outcome.handover.id.rpartition("/")[2]
    say(out, f"请打印登记表双方签字；送出后登记：archive sent {number}")


def _box(desk: Desk, options: Namespace, out: TextIO) -> None:
    outcome = handing.box(desk, options.folder, _years(options.years))
    _say_outcome(outcome, out)
    say(out, "用浏览器打开其中“其他”文件夹里的 index.html 即可查看。")


def _say_outcome(outcome: Outcome, out: TextIO) -> None:
    size = outcome.size
    say(out, f"已写出并核对：{outcome.folder}")
    say(out, f"{size.items}件，{size.files}个文件，{handing.gigabytes(size.bytes)}")
    for remark in outcome.remarks:
        say(out, f"请注意：{remark}。")


def _verify(_desk: Desk, options: Namespace, out: TextIO) -> int:
    report = mediumcheck.check(options.folder)
    if options.json:
        say_json(out, report)
        return 1 if report.faults else 0
    for line in (*report.remarks, *map(str, report.faults)):
        say(out, line)
    say(out, f"共{report.items}件，{report.files}个文件，{report.bytes}字节。")
    say(out, f"发现问题{len(report.faults)}处。" if report.faults else "核对无误")
    return 1 if report.faults else 0


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    for one in handing.listed(desk):
        if options.json:
            say_json(out, one)
        else:
            number = one.id.rpartition("/")[2]
            say(out, f"{one.made}\t{one.name}\t{one.items}件\t{one.receiver}\t{handing.progress_words(one)}\t{number}")


def _sent(desk: Desk, options: Namespace, out: TextIO) -> None:
    one = handing.send(desk, options.which, options.day)
    say(out, f"已登记{one.sent}送出：{one.name}")


def _received(desk: Desk, options: Namespace, out: TextIO) -> None:
    one = handing.receive(desk, options.which, receipt=options.receipt, by=options.by, day=options.day)
    say(out, f"已登记{one.receiver}{one.received}接收：{one.name}")


def _withdraw(desk: Desk, options: Namespace, out: TextIO) -> None:
    handing.withdraw(desk, options.which)
    say(out, "已撤销这次移交的登记，已写出的文件夹请自行删除。")
