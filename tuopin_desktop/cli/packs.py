"""`pack`: the rule packs that stand side by side, what of each is not certain, and those that come by stick."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, Verb, step, steps_of
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.packchanges import basis_words
from tuopin_desktop.domain.policy import FIRST_PACK
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange import packfiles
from tuopin_desktop.services.exchange.packfiles import ProvedPack
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import packs
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.packs import PackRow
from tuopin_desktop.services.rulings import packtrials


def pack_option(verb: argparse.ArgumentParser) -> None:
    """Add the option that says which pack is meant."""
    verb.add_argument("--pack", default=FIRST_PACK, metavar="ID", help="办法文件（默认2018年管理办法，见 pack list）")


def pack_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    parser = step(
        steps, "list", _list, act=Act.READ, help="列出已安装和待启用的办法文件、各有多少人、新登记的派驻按哪一个"
    )
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    argument_parser = step(steps, "show", _show, act=Act.READ, help="一个办法文件的依据、请假单、口径，哪些待核")
    argument_parser.add_argument("pack", metavar="ID", help="如 2021-village")
    used = step(steps, "use", _use, act=Act.SETTINGS, help="今后新登记的派驻按这个办法文件；已有的记录不变")
    used.add_argument("pack", metavar="ID", help="如 2021-village")
    _by_stick_options(steps)


def _by_stick_options(steps: Steps) -> None:
    export = step(
        steps, "export", _export, act=Act.PACKS, help="自治区办公室签发办法文件：规则文件连同依据文件的扫描件，写到U盘"
    )
    export.add_argument("rules", type=Path, metavar="RULES.toml", help="规则文件，写明编号、版次、依据文号、施行日期")
    export.add_argument("--paper", type=Path, required=True, metavar="SCAN.pdf", help="依据文件的扫描件或PDF")
    export.add_argument("folder", type=Path, metavar="OUT_DIR", help="放办法文件的文件夹，如 U 盘")
    for act, name, text, do in (
        (Act.READ, "inspect", "查看办法文件：签名、依据、改变什么、哪些结论会变；不写入任何数据", _inspect),
        (Act.PACKS, "install", "收下办法文件：存在数据旁边，尚不起作用", _install),
    ):
        one = step(steps, name, do, act=act, help=text)
        one.add_argument("file", type=Path, metavar="FILE")
        one.add_argument("--json", action="store_true", help="以 JSON 输出")
    enable = step(steps, "enable", _enable, act=Act.PACKS, help="启用已收下的办法文件；不加 --yes 只说明会改变什么")
    enable.add_argument("pack", metavar="ID", help="见 pack list")
    enable.add_argument("--version", type=int, default=0, metavar="N", help="第几版（默认待启用的最新一版）")
    enable.add_argument("--yes", action="store_true", help="已看过会改变什么，启用")
    enable.add_argument("--json", action="store_true", help="以 JSON 输出")
    saved = step(steps, "paper", _paper, act=Act.PRINT, help="另存办法文件的依据文件")
    saved.add_argument("pack", metavar="ID", help="见 pack list")
    saved.add_argument("out", type=Path, metavar="OUT")


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    for one in packs.listed(desk):
        if options.json:
            values = {"id": one.policy.id, "title": one.policy.title, "in_force": one.policy.in_force}
            values |= {"postings": one.postings, "serving": one.serving, "chosen": one.is_default}
            values |= {"version": one.policy.version, "state": "used"}
            say_json(out, {**values, "unsure": [switch.key for switch in one.unsure], "open": one.open})
            continue
        version = f"（第{one.policy.version}版）" if one.policy.version > 1 else ""
        use = "\t新登记的派驻按此" if one.is_default else ""
        unsure = f"，{len(one.unsure)}项口径待核" if one.unsure else ""
        text = f"派驻{one.postings}人次，在派{one.serving}人{unsure}"
        say(out, f"{one.policy.id}\t{one.policy.title}{version}\t{text}{use}")
    for pack in packfiles.waiting(desk):
        if options.json:
            say_json(out, _facts(pack))
        else:
            say(
                out,
                f"{pack.policy.id}\t{pack.name}\t待启用：请先看会改变什么（pack enable {pack.policy.id}）",
            )


def _facts(pack: ProvedPack) -> dict[str, object]:
    policy = pack.policy
    values: dict[str, object] = {"id": policy.id, "version": policy.version, "title": policy.title}
    values |= {"in_force": policy.in_force, "number": policy.basis.number, "issued": policy.basis.issued}
    return {**values, "state": pack.state, "paper": pack.paper}


def _show(desk: Desk, options: Namespace, out: TextIO) -> None:
    one = _called(desk, options.pack)
    version = f"第{one.policy.version}版，" if one.policy.version > 1 else ""
    say(out, f"{one.policy.title}，{version}{one.policy.in_force}起施行")
    say(out, f"依据：{basis_words(one.policy)}")
    for text in leave.titles(one.policy):
        say(out, text)
    for text in one.open:
        say(out, f"待核：{text}")
    for switch in one.policy.switches.values():
        mark = "" if switch.sure else "［待核］"
        where = f"（{article_words(switch.article)}）" if switch.article else ""
        say(out, f"{switch.key}\t{mark}{switch.question}{where}\t{switch.value_words}")


def _use(desk: Desk, options: Namespace, out: TextIO) -> None:
    policy = packs.choose(desk, options.pack)
    say(out, f"今后新登记的派驻按“{policy.title}”；已登记的派驻和请假单仍按原来的办法文件")


def _called(desk: Desk, pack: str) -> PackRow:
    target = packs.installed(desk, pack).id
    return next(one for one in packs.listed(desk) if one.policy.id == target)


def _export(desk: Desk, options: Namespace, out: TextIO) -> None:
    path = packfiles.export(desk, options.rules, options.paper, options.folder)
    say(out, f"办法文件已签名写好：{path}")
    say(out, "可以拔出。本办自己也要收下、启用后才按它判断（pack install、pack enable）。")


def _inspect(desk: Desk, options: Namespace, out: TextIO) -> None:
    _tell(desk, packfiles.inspect(desk, options.file), options, out)
    if not options.json:
        say(out, "以上是查看的结果，未写入任何数据。")


def _install(desk: Desk, options: Namespace, out: TextIO) -> None:
    pack = packfiles.install(desk, options.file)
    _tell(desk, pack, options, out)
    if not options.json:
        say(out, f"已收下，尚未启用，现在什么也没有改变。看清以上内容后启用：pack enable {pack.policy.id} --yes")


def _enable(desk: Desk, options: Namespace, out: TextIO) -> None:
    pack = packfiles.called(desk, options.pack, options.version)
    _tell(desk, pack, options, out)
    if not options.yes:
        if not options.json:
            say(out, f"尚未启用，现在什么也没有改变。看清以上内容后启用：pack enable {options.pack} --yes")
        return
    enabled_pack = packfiles.enable(desk, options.pack, options.version)
    if not options.json:
        say(
            out,
            f"已启用{enabled_pack.name}，自{enabled_pack.policy.in_force}起施行；今后只能由自治区办公室签发的新一版接替",
        )


def _tell(desk: Desk, pack: ProvedPack, options: Namespace, out: TextIO) -> None:
    trial = packtrials.trial(desk, pack)
    if options.json:
        flips = [{"rule": flip.rule, "subject": flip.subject, "words": flip.text} for flip in trial.flips]
        differing = [{"what": one.what, "before": one.before, "after": one.after} for one in trial.differences]
        say_json(out, {**_facts(pack), "against": trial.against, "differences": differing, "flips": flips})
        return
    for text in packtrials.trial_lines(pack, trial):
        say(out, text)


def _paper(desk: Desk, options: Namespace, out: TextIO) -> None:
    say(out, f"依据文件已存到 {packfiles.save_paper(desk, options.pack, options.out)}")


VERBS = (Verb("pack", "办法文件：列出、查看、选用；几个办法文件并存", pack_options),)
