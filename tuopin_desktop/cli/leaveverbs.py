"""What each stroke of the leave desk does on the command line, and how a slip's state is said."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any, TextIO

import msgspec

from tuopin_desktop.cli.leavebookverb import book_verb
from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.cli.scanverbs import scan_verb, tray_verb
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import on_list, overdue_words, watches
from tuopin_desktop.services.leave import leave, leavedesk, leaveversions
from tuopin_desktop.services.office import overlapping
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called

Step = Callable[[Desk, str, Namespace], object]


def _sign(desk: Desk, slip_id: str, asked: Namespace) -> object:
    verdict = "refused" if asked.refuse else "approved"
    return leavedesk.sign(desk, slip_id, asked.role, asked.by, asked.on, verdict=verdict, words=asked.words)


def _back(desk: Desk, slip_id: str, asked: Namespace) -> object:
    if asked.at is None:
        return leavedesk.back_now(desk, [slip_id])
    day, half = asked.at
    return leavedesk.back(desk, slip_id, day, half, reported=asked.reported, correct=asked.correct)


def _call(desk: Desk, slip_id: str, asked: Namespace) -> object:
    said = {"time": asked.time, "speaker": asked.speaker, "correct": asked.correct}
    return leavedesk.call(desk, slip_id, asked.side, asked.word, day=asked.on, **said)


def _extend(desk: Desk, slip_id: str, asked: Namespace) -> object:
    until, half = asked.until
    return leaveversions.extend(desk, slip_id, until, half, asked.reason, filled=asked.filled)


def _reroute(desk: Desk, slip_id: str, asked: Namespace) -> object:
    return leaveversions.reroute(desk, slip_id, asked.place, asked.reason, filled=asked.filled)


def _correct(desk: Desk, slip_id: str, asked: Namespace) -> object:
    said = {"place": asked.place, "period": asked.period, "reason": asked.reason}
    return leaveversions.correct(desk, slip_id, asked.why, **said, filled=asked.filled)


STEPS: dict[str, Step] = {
    "sign": _sign,
    "return": _back,
    "unreturn": lambda desk, slip_id, asked: leavedesk.take_back_return(desk, slip_id),
    "call": _call,
    "extend": _extend,
    "reroute": _reroute,
    "correct": _correct,
    "withdraw": lambda desk, slip_id, asked: leavedesk.end(desk, slip_id, "withdrawn", asked.reason),
    "void": lambda desk, slip_id, asked: leavedesk.end(desk, slip_id, "voided", asked.reason),
    "received": lambda desk, slip_id, asked: leavedesk.sheet_back(desk, slip_id, asked.on),
    "story": lambda desk, slip_id, asked: None,
}
"""The strokes on one slip; `story` only looks."""


def leave_verb(asked: Namespace, out: TextIO) -> int:
    """Carry out one stroke and say how the slip stands then."""
    with opened(asked) as desk:
        if asked.step in WHOLE:
            return WHOLE[asked.step](desk, asked, out)
        slip = leave.numbered(desk, asked.number)
        made_slip = STEPS[asked.step](desk, slip.id, asked)
        _tell(desk, slip.id, asked, out)
        if isinstance(made_slip, type(slip)) and made_slip.id != slip.id:
            _tell(desk, made_slip.id, asked, out)
    return 0


def _file(desk: Desk, asked: Namespace, out: TextIO) -> int:
    """File one slip, where a filing may be corrected, or several at once."""
    slips = [leave.numbered(desk, number).id for number in dict.fromkeys(asked.numbers)]
    said = {"channel": asked.channel, "receiver": asked.receiver}
    if len(slips) == 1:
        leavedesk.file(desk, slips[0], asked.body, asked.on, **said, correct=asked.correct)
    else:
        leavedesk.file_many(desk, slips, asked.body, asked.on, **said)
    for slip_id in slips:
        _tell(desk, slip_id, asked, out)
    return 0


def _authorise(desk: Desk, asked: Namespace, out: TextIO) -> int:
    made = leavedesk.authorise(
        desk, asked.role, asked.delegate, asked.first, asked.last, asked.paper, owner=asked.county
    )
    say(out, f"已登记受权：{made.delegate}，{made.first}至{made.last}")
    return 0


def _tell(desk: Desk, slip_id: str, asked: Namespace, out: TextIO) -> None:
    told, events = leavedesk.story(desk, slip_id)
    clashes = [str(one) for one in overlapping.warnings(desk, told.slip)]
    if asked.json:
        more = {"overlaps": clashes, "events": [msgspec.to_builtins(event) for event in events]}
        say_json(out, {**plain(told), **more})
        return
    say(out, f"{told.slip.number} {told.slip.name}：{told.words}")
    for event in events:
        say(out, f"  {event.day} {event.words}")
    for words in (*told.owed, overdue_words(told), *clashes):
        if words:
            say(out, f"  ！{words}")


def plain(told: Story) -> dict[str, Any]:
    """Return a story's state under the glossary's names."""
    over = told.journey.overstay
    return {
        "number": told.slip.number,
        "name": told.slip.name,
        "paper": told.chain.paper.name.lower(),
        "trip": told.journey.trip.name.lower(),
        "missing": list(told.chain.missing),
        "filed": sorted(told.filed),
        "filing_due": told.filing_due,
        "until": None if told.journey.until is None else f"{told.journey.until[0]}{told.journey.until[1]}",
        "overstay": None if over is None else {**msgspec.to_builtins(over), "days": over.days},
        "given_back": told.journey.given_back,
        "late": told.late,
        "owed": list(told.owed),
        "words": told.words,
    }


def _list(desk: Desk, asked: Namespace, out: TextIO) -> int:
    told_of = leavedesk.of_team(desk, leavedesk.stories(desk), county_called(desk, asked.county))
    found = [told for told in told_of if (on_list(told, asked.only.upper()) if asked.only else watches(told))]
    for told in sorted(found, key=lambda told: (str(told.journey.until), told.slip.number)):
        if asked.json:
            say_json(out, plain(told))
        else:
            say(out, f"{told.slip.number}\t{told.slip.name}\t{told.words}\t{told.slip.phone}\t{'；'.join(told.owed)}")
    return 0


WHOLE: dict[str, Callable[[Desk, Namespace, TextIO], int]] = {
    "list": _list,
    "file": _file,
    "book": book_verb,
    "authorise": _authorise,
    "scan": scan_verb,
    "tray": tray_verb,
}
"""The strokes that are about several slips, or about none."""
