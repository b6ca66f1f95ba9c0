"""`spotcheck`: draw, prove, print, record, list, put right, close."""

from argparse import Namespace
from collections.abc import Callable
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.domain import shortened
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import title
from tuopin_desktop.domain.records.choices import CHECK_TYPE, FOUND
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.spotchecks import checksheets, draws, spotchecks

Step = Callable[[Desk, Namespace, TextIO], None]


def check_verb(options: Namespace, out: TextIO) -> int:
    """Carry out one step of spot checks."""
    with opened(options) as desk:
        _STEPS[options.step](desk, options, out)
    return 0


def _draw(desk: Desk, options: Namespace, out: TextIO) -> None:
    county = county_called(desk, options.county)
    draw = draws.draw(desk, options.of, options.count, seed=options.seed, county=county, witness=options.witness)
    if options.json:
        say_json(out, draw)
        return
    say(out, f"已抽签，种子 {draw.seed}，记录号 {draw.id}")
    called = draws.names(desk, draw.result.split("\n"))
    for place, name in enumerate(draw.result.split("\n"), 1):
        say(out, f"{place}\t{called[name]}")


def _prove(desk: Desk, options: Namespace, out: TextIO) -> None:
    proof = draws.prove(desk, options.draw)
    if options.pdf:
        say(out, files.write(desk, options.pdf, checksheets.protocol_pdf(desk, options.draw)))
    if options.json:
        say_json(out, proof)
    else:
        say(out, f"{proof.sentence}。")
    if not proof.agrees:
        raise refuse("draw.differs", "这次抽签没有通过核验", "draw")


def _sheet(desk: Desk, options: Namespace, out: TextIO) -> None:
    counties = [county_called(desk, name) for name in options.county]
    if not counties and not options.draw and len(desk.scope) == 6:
        counties = [desk.scope]
    say(out, files.write(desk, options.pdf, checksheets.pdf(desk, counties, options.day or desk.today(), options.draw)))


def _record(desk: Desk, options: Namespace, out: TextIO) -> None:
    county = county_called(desk, options.county) or (desk.scope if len(desk.scope) == 6 else "")
    if not county:
        raise refuse("county", "请用 --county 写明被查旗县", "county")
    check = spotchecks.kind_here(desk)(
        id=registers.new_id(desk, county),
        checked=options.date or desk.today(),
        half=options.half,
        manner=options.manner,
        checker=options.checker,
        county=county,
        posting=spotchecks.posting_called(desk, county, options.person, options.date),
        found=options.found,
        place=options.place,
        matter=options.matter,
        finding=options.finding,
        evidence=options.evidence,
        due=options.due,
        draw=options.draw,
    )
    (made,) = spotchecks.record(desk, [check])
    if options.json:
        say_json(out, made)
        return
    due = f"，整改期限{made.due}" if made.due else ""
    say(out, f"已登记检查记录 {made.id}{due}")


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.coverage:
        _coverage(desk, options, out)
        return
    every = spotchecks.rows(desk)
    numbers = [item.course.check.id.partition("/")[2] for item in every]
    for item in every:
        check = item.course.check
        if options.pending and not item.course.stage.pending:
            continue
        if options.json:
            stage, nth = item.course.stage.value, item.course.nth
            say_json(out, {"stage": stage, "nth": nth, "whom": item.whom, "kind": check.kind.name, "check": check})
            continue
        again = f"（第{item.course.nth}次）" if item.course.repeated else ""
        number = shortened.brief(check.id.partition("/")[2], numbers)
        row = (number, check.checked, CHECK_TYPE.word(check.manner), item.county, item.whom, FOUND.word(check.found))
        say(out, *row, f"{item.course.stage.value}{again}", check.finding)


def _coverage(desk: Desk, options: Namespace, out: TextIO) -> None:
    for one in spotchecks.coverage(desk):
        if options.json:
            say_json(out, one)
            continue
        last = f"上次检查{one.last}（{one.days}天前）" if one.last else "从未检查"
        unseen = f"，未查到{'、'.join(one.unseen)}" if one.unseen else ""
        pending = f"，未销号问题{one.pending}个（超期{one.overdue}个）" if one.pending else ""
        say(out, f"{one.name}\t{last}，近一年{one.count}次{unseen}{pending}")


def _rectify(desk: Desk, options: Namespace, out: TextIO) -> None:
    done = options.done or desk.today()
    rectification = spotchecks.rectify(
        desk, options.check, done, options.words, by=options.by, evidence=options.evidence
    )
    if options.json:
        say_json(out, rectification)
    else:
        say(out, f"已登记整改情况：{title(rectification)}")


def _close(desk: Desk, options: Namespace, out: TextIO) -> None:
    check = spotchecks.close(desk, options.check, by=options.by, text=options.words, on=options.on)
    if options.json:
        say_json(out, check)
    else:
        say(out, f"已销号：{check.checked}的检查，{check.closed}")


_STEPS: dict[str, Step] = {
    "draw": _draw,
    "prove": _prove,
    "sheet": _sheet,
    "record": _record,
    "list": _list,
    "rectify": _rectify,
    "close": _close,
}
