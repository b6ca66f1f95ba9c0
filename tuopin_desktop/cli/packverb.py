"""`pack`: the rule packs that stand side by side, what of each is not certain, and which one new postings are under."""

import argparse
from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.policy import FIRST_PACK
from tuopin_desktop.services import leave, packs
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.services.packs import PackRow


def pack_option(verb: argparse.ArgumentParser) -> None:
    """Add the option that says which pack is meant."""
    verb.add_argument("--pack", default=FIRST_PACK, metavar="ID", help="规则包（默认2018年管理办法，见 pack list）")


def pack_parser(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = verb.add_subparsers(dest="step", metavar="步骤", title="步骤", required=True)
    listed = steps.add_parser("list", help="列出已安装的规则包、各有多少人、新登记的派驻按哪一个")
    listed.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    shown = steps.add_parser("show", help="一个规则包的依据、请假单、口径，哪些待核")
    shown.add_argument("pack", metavar="ID", help="如 2021-village")
    used = steps.add_parser("use", help="今后新登记的派驻按这个规则包；已有的记录不变")
    used.add_argument("pack", metavar="ID", help="如 2021-village")


def pack_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step."""
    steps = {"list": _list, "show": _show, "use": _use}
    with opened(asked) as desk:
        steps[asked.step](desk, asked, out)
    return 0


def _list(desk: Desk, asked: Namespace, out: TextIO) -> None:
    for one in packs.listed(desk):
        if asked.json:
            said = {"id": one.policy.id, "title": one.policy.title, "in_force": one.policy.in_force}
            said |= {"postings": one.postings, "serving": one.serving, "chosen": one.chosen}
            say_json(out, {**said, "unsure": [switch.key for switch in one.unsure], "open": one.open})
            continue
        use = "\t新登记的派驻按此" if one.chosen else ""
        unsure = f"，{len(one.unsure)}项口径待核" if one.unsure else ""
        say(out, f"{one.policy.id}\t{one.policy.title}\t派驻{one.postings}人次，在派{one.serving}人{unsure}{use}")


def _show(desk: Desk, asked: Namespace, out: TextIO) -> None:
    one = _called(desk, asked.pack)
    basis = one.policy.basis
    say(out, f"{one.policy.title}，{one.policy.in_force}起施行")
    say(out, f"依据：《{basis.title}》（{basis.issuer}，{basis.issued}）")
    for words in leave.titles(one.policy):
        say(out, words)
    for words in one.open:
        say(out, f"待核：{words}")
    for switch in one.policy.switches.values():
        mark = "" if switch.sure else "［待核］"
        where = f"（{article_words(switch.article)}）" if switch.article else ""
        say(out, f"{switch.key}\t{mark}{switch.question}{where}\t{switch.words}")


def _use(desk: Desk, asked: Namespace, out: TextIO) -> None:
    policy = packs.choose(desk, asked.pack)
    say(out, f"今后新登记的派驻按“{policy.title}”；已登记的派驻和请假单仍按原来的规则包")


def _called(desk: Desk, pack: str) -> PackRow:
    wanted = packs.installed(pack).id
    return next(one for one in packs.listed(desk) if one.policy.id == wanted)
