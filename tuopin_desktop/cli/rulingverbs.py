"""`ruling`: the open questions as lines, what a value would change, and the record of a ruling."""

from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.rulings import rulings


def ruling_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step of the ruling register."""
    steps = {"list": _list, "what-if": _what_if, "record": _record}
    with opened(asked) as desk:
        steps[asked.step](desk, asked, out)
    return 0


def _list(desk: Desk, asked: Namespace, out: TextIO) -> None:
    for one in rulings.switches(desk, asked.pack):
        if asked.json:
            say_json(out, one)
            continue
        number = f"Q{one.q} " if one.q else ""
        where = f"（第{one.article}条）" if one.article else ""
        paper = f"，依据{one.ruling.paper}" if one.ruling else ""
        say(out, f"{one.key}\t{number}{one.question}{where}\t现取：{one.words}{paper}")
        say(out, f"    可取：{one.possible}。理由：{one.why}")
        for ruling in one.coming:
            say(out, f"    自{ruling.applies or ruling.ruled}起改取{one.said(ruling.value)}，依据{ruling.paper}")


def _what_if(desk: Desk, asked: Namespace, out: TextIO) -> None:
    flips = rulings.what_if(desk, asked.switch, asked.value, asked.on, applies=asked.applies, pack=asked.pack)
    for flip in flips:
        if asked.json:
            say_json(out, flip)
            continue
        say(out, f"[{flip.words}] {flip.rule} {flip.subject_words}：{flip.sentence_after or flip.sentence_before}")
        for name, steps in (("原来", flip.steps_before), ("改后", flip.steps_after)):
            for step in steps:
                say(out, f"    {name}：{step}")
    if not asked.json:
        start = asked.applies or asked.on or desk.today()
        say(out, f"试算：自{start}起适用，共有{len(flips)}项结论改变，未写入任何数据。")


def _record(desk: Desk, asked: Namespace, out: TextIO) -> None:
    made = rulings.rule(
        desk,
        asked.switch,
        asked.value,
        asked.paper,
        asked.ruled,
        applies=asked.applies,
        by=asked.by,
        reason=asked.reason,
        pack=asked.pack,
    )
    if asked.json:
        say_json(out, made)
    else:
        one = next(one for one in rulings.switches(desk, asked.pack) if one.key == made.switch)
        start = made.applies or made.ruled
        say(out, f"已登记口径：{one.question} 取“{one.said(made.value)}”，自{start}起适用，依据{made.paper}")
