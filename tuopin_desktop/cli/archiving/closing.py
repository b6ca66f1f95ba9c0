"""`archive checklist|explain|end-postings|seal|reopen|due`: the end of a term, from its list to its seal."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import checklist, closingpapers, duedates, sealing
from tuopin_desktop.services.archives.checklist import Checklist
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk

_LIST = "OUT.pdf|OUT.xlsx"


def options(steps: Steps) -> None:
    """Declare the steps in the order in which a term is closed."""
    _with_pack(listing := step(steps, "checklist", _checklist, act=Act.READ, help="任期结束后还没有办的，一张清单"))
    listing.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    listing.add_argument("--out", type=Path, metavar=_LIST, help="任期终结清单，打印或存为 Excel")
    ending = step(steps, "end-postings", _end, act=Act.ENTER, help="没有登记离任的，都按任期结束登记")
    _with_pack(ending)
    saying = step(steps, "explain", _explain, act=Act.CONFIRM, help="没人能再办的，写明原因，按原样结束")
    saying.add_argument("numbers", type=int, nargs="*", metavar="N", help="清单上的序号；不写的用 --group 或 --all")
    saying.add_argument("--group", default="", help="这一类全部，如 履职事项")
    saying.add_argument("--all", action="store_true", help="没有办的全部")
    saying.add_argument("--reason", default="", help="为什么按原样结束")
    saying.add_argument("--withdraw", action="store_true", help="收回写过的原因")
    _with_pack(saying)
    sealed = step(steps, "seal", _seal, act=Act.SEAL, help="封存任期：以后只能查看和打印")
    sealed.add_argument("--note", default="", help="封存说明")
    _with_pack(sealed)
    opened = step(steps, "reopen", _reopen, act=Act.SEAL, help="重新打开已封存的任期，要写明原因")
    opened.add_argument("--reason", default="", help="为什么重新打开")
    _with_pack(opened)
    due = step(steps, "due", _due, act=Act.READ, help="各年档案何时向档案馆移交，哪些保管期满要鉴定")
    due.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    due.add_argument("--out", type=Path, metavar=_LIST, help="到期档案鉴定清单，打印或存为 Excel")


def _with_pack(parser: ArgumentParser) -> None:
    parser.add_argument("--pack", default="", help="哪个办法文件的任期（默认已结束的第一个）")


def _checklist(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.out:
        say(out, f"已写出 {books.write(desk, options.out, closingpapers.checklist_paper(desk, options.pack))}")
        return
    listed = checklist.checklist(desk, options.pack)
    for number, row in enumerate(listed.rows, 1):
        if options.json:
            say_json(out, row)
        else:
            ended = f"按原样结束：{row.reason}" if row.reason else "未办"
            say(out, f"{number}\t{row.item.group}\t{row.item.what}\t{row.item.text}\t{ended}")
    if not options.json:
        say(out, _counted(listed))


def _counted(listed: Checklist) -> str:
    text = f"任期{listed.term.span}：没有办的{len(listed.open)}项，按原样结束的{len(listed.rows) - len(listed.open)}项"
    if listed.seal is None or listed.seal.sealed_on is None:
        return text
    return f"{text}；{closingpapers.day_words(listed.seal.sealed_on)}封存" + (
        "，已重新打开" if listed.seal.state != "sealed" else ""
    )


def _end(desk: Desk, options: Namespace, out: TextIO) -> None:
    say(out, f"已按任期结束登记{sealing.end_postings(desk, options.pack)}人离任")


def _explain(desk: Desk, options: Namespace, out: TextIO) -> None:
    rows = checklist.checklist(desk, options.pack).rows
    if lacking := [number for number in options.numbers if not 1 <= number <= len(rows)]:
        raise refuse("item", f"清单上没有第{lacking[0]}项，共{len(rows)}项")
    keys = [rows[number - 1].item.key for number in options.numbers]
    if options.group or options.all:
        keys += [row.item.key for row in rows if not row.settled and options.group in ("", row.item.group)]
    if not keys:
        raise refuse("item", "请写明清单上的序号，或用 --group 类别、--all")
    say(out, _counted(_settle(desk, keys, options)))


def _settle(desk: Desk, keys: Sequence[str], options: Namespace) -> Checklist:
    if options.withdraw:
        return checklist.withdraw(desk, keys, options.pack)
    return checklist.explain(desk, keys, options.reason, options.pack)


def _seal(desk: Desk, options: Namespace, out: TextIO) -> None:
    sealed = sealing.seal(desk, options.note, options.pack)
    say(out, f"任期已封存（第{sealed.edition}次），按原样结束{sealed.explained or 0}项；以后只能查看和打印")


def _reopen(desk: Desk, options: Namespace, out: TextIO) -> None:
    say(out, f"任期已重新打开：{sealing.reopen(desk, options.reason, options.pack).reopen_reason}")


def _due(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.out:
        say(out, f"已写出 {books.write(desk, options.out, closingpapers.appraisal_paper(desk))}")
        return
    for one in duedates.due_years(desk):
        if options.json:
            say_json(out, one)
        else:
            state = "已移交" if one.received else "已到移交期限" if one.is_due else "未到"
            say(out, f"{one.year}年\t{one.items}件\t{one.due}年起移交\t{state}")
    if not options.json:
        say(out, f"保管期满要鉴定的{len(duedates.expired(desk))}件")
