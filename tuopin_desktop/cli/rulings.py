"""`ruling`: the open questions, what a value would change, and the record of a ruling."""

import argparse
from argparse import Namespace
from datetime import date
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.packs import pack_option
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.rulings import rulings


def ruling_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    parser = step(steps, "list", _list, act=Act.READ, help="列出可以登记口径的各项：问题、现取值、可取值、依据文号")
    pack_option(parser)
    _json_options(parser)
    tried = step(
        steps, "what-if", _what_if, act=Act.READ, help="试算：改取这个值，哪些人、哪些事项的结论会变；不写入任何数据"
    )
    _which_options(tried)
    tried.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="按哪一天试算（默认今天）")
    text = "适用起（默认自试算之日起；此前的月份、报备单不变）"
    tried.add_argument("--applies", type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    record = step(steps, "record", _record, act=Act.ENTER, help="登记口径（只有自治区工作队管理办公室可以登记）")
    _which_options(record)
    record.add_argument("--paper", required=True, help="文号")
    record.add_argument("--ruled", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="解释日期")
    text = "适用起（默认自解释日期起）"
    record.add_argument("--applies", type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    record.add_argument("--by", default="", help="解释人")
    record.add_argument("--reason", default="", help="说明")


def _which_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("switch", metavar="SWITCH", help="口径项，如 eligibility.cutoff_month（见 ruling list）")
    verb.add_argument("value", metavar="VALUE", help="取值：代码或中文")
    pack_option(verb)
    _json_options(verb)


def _json_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    for one in rulings.switches(desk, options.pack):
        if options.json:
            say_json(out, one)
            continue
        number = f"Q{one.q} " if one.q else ""
        where = f"（第{one.article}条）" if one.article else ""
        paper = f"，依据{one.ruling.paper}" if one.ruling else ""
        say(out, f"{one.key}\t{number}{one.question}{where}\t现取：{one.words}{paper}")
        say(out, f"    可取：{one.possible}。理由：{one.why}")
        for ruling in one.coming:
            say(out, f"    自{ruling.applies or ruling.ruled}起改取{one.value_text(ruling.value)}，依据{ruling.paper}")


def _what_if(desk: Desk, options: Namespace, out: TextIO) -> None:
    flips = rulings.what_if(desk, options.switch, options.value, options.on, applies=options.applies, pack=options.pack)
    for flip in flips:
        if options.json:
            say_json(out, flip)
            continue
        say(out, f"[{flip.text}] {flip.rule} {flip.subject_words}：{flip.sentence_after or flip.sentence_before}")
        for name, steps in (("原来", flip.steps_before), ("改后", flip.steps_after)):
            for one in steps:
                say(out, f"    {name}：{one}")
    if not options.json:
        start = options.applies or options.on or desk.today()
        say(out, f"试算：自{start}起适用，共有{len(flips)}项结论改变，未写入任何数据。")


def _record(desk: Desk, options: Namespace, out: TextIO) -> None:
    ruling = rulings.rule(
        desk,
        options.switch,
        options.value,
        options.paper,
        options.ruled,
        applies=options.applies,
        by=options.by,
        reason=options.reason,
        pack=options.pack,
    )
    if options.json:
        say_json(out, ruling)
    else:
        one = next(one for one in rulings.switches(desk, options.pack) if one.key == ruling.switch)
        start = ruling.applies or ruling.ruled
        say(out, f"已登记口径：{one.question} 取“{one.value_text(ruling.value)}”，自{start}起适用，依据{ruling.paper}")


VERBS = (Verb("ruling", "办法解释：列出、试算、登记", ruling_options),)
