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


def check_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one step of spot checks."""
    with opened(asked) as desk:
        _STEPS[asked.step](desk, asked, out)
    return 0


def _draw(desk: Desk, asked: Namespace, out: TextIO) -> None:
    county = county_called(desk, asked.county)
    made = draws.draw(desk, asked.of, asked.count, seed=asked.seed, county=county, witness=asked.witness)
    if asked.json:
        say_json(out, made)
        return
    say(out, f"已抽签，种子 {made.seed}，记录号 {made.id}")
    called = draws.names(desk, made.result.split("\n"))
    for place, name in enumerate(made.result.split("\n"), 1):
        say(out, f"{place}\t{called[name]}")


def _prove(desk: Desk, asked: Namespace, out: TextIO) -> None:
    proof = draws.prove(desk, asked.draw)
    if asked.pdf:
        say(out, files.write(desk, asked.pdf, checksheets.protocol_pdf(desk, asked.draw)))
    if asked.json:
        say_json(out, proof)
    else:
        say(out, f"{proof.sentence}。")
    if not proof.agrees:
        raise refuse("draw.differs", "这次抽签没有通过核验", "draw")


def _sheet(desk: Desk, asked: Namespace, out: TextIO) -> None:
    counties = [county_called(desk, name) for name in asked.county]
    if not counties and not asked.draw and len(desk.scope) == 6:
        counties = [desk.scope]
    say(out, files.write(desk, asked.pdf, checksheets.pdf(desk, counties, asked.day or desk.today(), asked.draw)))


def _record(desk: Desk, asked: Namespace, out: TextIO) -> None:
    county = county_called(desk, asked.county) or (desk.scope if len(desk.scope) == 6 else "")
    if not county:
        raise refuse("county", "请用 --county 写明被查旗县", "county")
    check = spotchecks.kind_here(desk)(
        id=registers.new_id(desk, county),
        checked=asked.date or desk.today(),
        half=asked.half,
        manner=asked.manner,
        checker=asked.checker,
        county=county,
        posting=spotchecks.posting_called(desk, county, asked.person, asked.date),
        found=asked.found,
        place=asked.place,
        matter=asked.matter,
        finding=asked.finding,
        evidence=asked.evidence,
        due=asked.due,
        draw=asked.draw,
    )
    (made,) = spotchecks.record(desk, [check])
    if asked.json:
        say_json(out, made)
        return
    due = f"，整改期限{made.due}" if made.due else ""
    say(out, f"已登记检查记录 {made.id}{due}")


def _list(desk: Desk, asked: Namespace, out: TextIO) -> None:
    if asked.coverage:
        _coverage(desk, asked, out)
        return
    every = spotchecks.rows(desk)
    numbers = [item.course.check.id.partition("/")[2] for item in every]
    for item in every:
        check = item.course.check
        if asked.pending and not item.course.stage.pending:
            continue
        if asked.json:
            stage, nth = item.course.stage.value, item.course.nth
            say_json(out, {"stage": stage, "nth": nth, "whom": item.whom, "kind": check.kind.name, "check": check})
            continue
        again = f"（第{item.course.nth}次）" if item.course.repeated else ""
        number = shortened.brief(check.id.partition("/")[2], numbers)
        told = (number, check.checked, CHECK_TYPE.word(check.manner), item.county, item.whom, FOUND.word(check.found))
        say(out, *told, f"{item.course.stage.value}{again}", check.finding)


def _coverage(desk: Desk, asked: Namespace, out: TextIO) -> None:
    for one in spotchecks.coverage(desk):
        if asked.json:
            say_json(out, one)
            continue
        last = f"上次检查{one.last}（{one.days}天前）" if one.last else "从未检查"
        unseen = f"，未查到{'、'.join(one.unseen)}" if one.unseen else ""
        pending = f"，未销号问题{one.pending}个（超期{one.overdue}个）" if one.pending else ""
        say(out, f"{one.name}\t{last}，近一年{one.count}次{unseen}{pending}")


def _rectify(desk: Desk, asked: Namespace, out: TextIO) -> None:
    done = asked.done or desk.today()
    made = spotchecks.rectify(desk, asked.check, done, asked.words, by=asked.by, evidence=asked.evidence)
    if asked.json:
        say_json(out, made)
    else:
        say(out, f"已登记整改情况：{title(made)}")


def _close(desk: Desk, asked: Namespace, out: TextIO) -> None:
    made = spotchecks.close(desk, asked.check, by=asked.by, words=asked.words, on=asked.on)
    if asked.json:
        say_json(out, made)
    else:
        say(out, f"已销号：{made.checked}的检查，{made.closed}")


_STEPS: dict[str, Step] = {
    "draw": _draw,
    "prove": _prove,
    "sheet": _sheet,
    "record": _record,
    "list": _list,
    "rectify": _rectify,
    "close": _close,
}
