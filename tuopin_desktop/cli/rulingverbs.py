"""`ruling`: the open questions as lines, what a value would change, and the record of a ruling."""

from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.rulings import rulings


def ruling_verb(options: Namespace, out: TextIO) -> int:
    """Carry out one step of the ruling register."""
    steps = {"list": _list, "what-if": _what_if, "record": _record}
    with opened(options) as desk:
        steps[options.step](desk, options, out)
    return 0


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
            say(out, f"    自{ruling.applies or ruling.ruled}起改取{one.said(ruling.value)}，依据{ruling.paper}")


def _what_if(desk: Desk, options: Namespace, out: TextIO) -> None:
    flips = rulings.what_if(desk, options.switch, options.value, options.on, applies=options.applies, pack=options.pack)
    for flip in flips:
        if options.json:
            say_json(out, flip)
            continue
        say(out, f"[{flip.words}] {flip.rule} {flip.subject_words}：{flip.sentence_after or flip.sentence_before}")
        for name, steps in (("原来", flip.steps_before), ("改后", flip.steps_after)):
            for step in steps:
                say(out, f"    {name}：{step}")
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
        say(out, f"已登记口径：{one.question} 取“{one.said(ruling.value)}”，自{start}起适用，依据{ruling.paper}")
