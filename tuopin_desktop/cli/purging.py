"""`purge`: who is due to be forgotten; one proposes it, another confirms it, and it cannot be taken back."""

import argparse
from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.domain.records import Person
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.forgetting import due, leftbehind, purging
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


def purge_options(verb: argparse.ArgumentParser) -> None:
    """Add the steps."""
    steps = steps_of(verb)
    listed = step(steps, "list", _list, act=Act.READ, help="列出保管期满、应当清除的人员，和等待确认的清除")
    listed.add_argument("--all", action="store_true", help="连没有到期的（已期满离任的）一并列出")
    listed.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    proposed = step(steps, "propose", _propose, act=Act.PURGE, help="提出清除一个人的个人信息，等另一人确认")
    proposed.add_argument("person", metavar="PERSON", help="姓名或记录号")
    proposed.add_argument("--basis", required=True, metavar="TEXT", help="依据，如保管期限表第几项")
    proposed.add_argument("--archived", default="", metavar="TEXT", help="归档情况，如移交哪个档案馆、档号")
    confirmed = step(steps, "confirm", _confirm, act=Act.PURGE, help="由另一人确认并清除，办理后不能恢复")
    _which(confirmed)
    confirmed.add_argument("--by", default="", metavar="NAME", help="确认人姓名（单位登记了使用人的，以登录的人为准）")
    _which(step(steps, "withdraw", _withdraw, act=Act.PURGE, help="收回还没有确认的清除"))
    text = "列出清除以前的备份（其中仍有已清除的内容）；加 --remove 先作一个新备份再删除它们"
    copies = step(steps, "copies", _copies, act=Act.READ, help=text)
    copies.add_argument("--remove", action="store_true", help="删除")
    copies.add_argument("--named", action="append", default=[], metavar="FILE", help="连这个损坏、升级前等备份一并删除")


def _which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("which", metavar="ID", help="list 中的清除编号")


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    for one in due.listed(desk, soon=options.all):
        if options.json:
            say_json(out, one)
        else:
            say(out, due.line_of(one))
    for purge in purging.proposals(desk):
        if not options.json:
            say(
                out, f"等待确认：{purge.id.partition('/')[2]}\t{purge.proposed}由{purge.proposed_by}提出\t{purge.basis}"
            )


def _propose(desk: Desk, options: Namespace, out: TextIO) -> None:
    person = registers.called(desk, Person.kind.name, options.person, "人员", "person")
    purge = purging.propose(desk, person, options.basis, options.archived)
    say(out, f"已提出清除{purge.id.partition('/')[2]}，请另一人核对后确认：purge confirm {purge.id.partition('/')[2]}")


def _confirm(desk: Desk, options: Namespace, out: TextIO) -> None:
    for text in purging.account(purging.confirm(desk, options.which, options.by)):
        say(out, text)


def _withdraw(desk: Desk, options: Namespace, out: TextIO) -> None:
    purging.withdraw(desk, options.which)
    say(out, "已收回，没有清除。")


def _copies(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.remove:
        removal = leftbehind.remove_copies(desk, options.named)
        say(out, f"已作新备份，并删除以前的备份{removal.count}个。")
        for sentence in removal.left:
            say(out, sentence)
        return
    for one in leftbehind.copies(desk):
        say(out, f"{one.made:%Y-%m-%d %H:%M}\t{one.kind}\t{one.path}")


VERBS = (Verb("purge", "按期清除：到期名单、提出、另一人确认；清除以前的备份", purge_options),)
