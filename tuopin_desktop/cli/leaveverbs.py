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


def _sign(desk: Desk, slip_id: str, options: Namespace) -> object:
    verdict = "refused" if options.refuse else "approved"
    return leavedesk.sign(desk, slip_id, options.role, options.by, options.on, verdict=verdict, text=options.words)


def _back(desk: Desk, slip_id: str, options: Namespace) -> object:
    if options.at is None:
        return leavedesk.back_now(desk, [slip_id])
    day, half = options.at
    return leavedesk.back(desk, slip_id, day, half, reported=options.reported, correct=options.correct)


def _call(desk: Desk, slip_id: str, options: Namespace) -> object:
    values = {"time": options.time, "speaker": options.speaker, "correct": options.correct}
    return leavedesk.call(desk, slip_id, options.side, options.word, day=options.on, **values)


def _extend(desk: Desk, slip_id: str, options: Namespace) -> object:
    until, half = options.until
    return leaveversions.extend(desk, slip_id, until, half, options.reason, filled=options.filled)


def _reroute(desk: Desk, slip_id: str, options: Namespace) -> object:
    return leaveversions.reroute(desk, slip_id, options.place, options.reason, filled=options.filled)


def _correct(desk: Desk, slip_id: str, options: Namespace) -> object:
    values = {"place": options.place, "period": options.period, "reason": options.reason}
    return leaveversions.correct(desk, slip_id, options.why, **values, filled=options.filled)


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


def leave_verb(options: Namespace, out: TextIO) -> int:
    """Carry out one stroke and say how the slip stands then."""
    with opened(options) as desk:
        if options.step in WHOLE:
            return WHOLE[options.step](desk, options, out)
        slip = leave.numbered(desk, options.number)
        made_slip = STEPS[options.step](desk, slip.id, options)
        _tell(desk, slip.id, options, out)
        if isinstance(made_slip, type(slip)) and made_slip.id != slip.id:
            _tell(desk, made_slip.id, options, out)
    return 0


def _file(desk: Desk, options: Namespace, out: TextIO) -> int:
    """File one slip, where a filing may be corrected, or several at once."""
    slips = [leave.numbered(desk, number).id for number in dict.fromkeys(options.numbers)]
    values = {"channel": options.channel, "receiver": options.receiver}
    if len(slips) == 1:
        leavedesk.file(desk, slips[0], options.body, options.on, **values, correct=options.correct)
    else:
        leavedesk.file_many(desk, slips, options.body, options.on, **values)
    for slip_id in slips:
        _tell(desk, slip_id, options, out)
    return 0


def _authorise(desk: Desk, options: Namespace, out: TextIO) -> int:
    authorisation = leavedesk.authorise(
        desk, options.role, options.delegate, options.first, options.last, options.paper, owner=options.county
    )
    say(out, f"已登记受权：{authorisation.delegate}，{authorisation.first}至{authorisation.last}")
    return 0


def _tell(desk: Desk, slip_id: str, options: Namespace, out: TextIO) -> None:
    story, events = leavedesk.story(desk, slip_id)
    clashes = [str(one) for one in overlapping.warnings(desk, story.slip)]
    if options.json:
        more = {"overlaps": clashes, "events": [msgspec.to_builtins(event) for event in events]}
        say_json(out, {**plain(story), **more})
        return
    say(out, f"{story.slip.number} {story.slip.name}：{story.words}")
    for event in events:
        say(out, f"  {event.day} {event.words}")
    for text in (*story.owed, overdue_words(story), *clashes):
        if text:
            say(out, f"  ！{text}")


def plain(story: Story) -> dict[str, Any]:
    """Return a story's state under the glossary's names."""
    over = story.journey.overstay
    return {
        "number": story.slip.number,
        "name": story.slip.name,
        "paper": story.chain.paper.name.lower(),
        "trip": story.journey.trip.name.lower(),
        "missing": list(story.chain.missing),
        "filed": sorted(story.filed),
        "filing_due": story.filing_due,
        "until": None if story.journey.until is None else f"{story.journey.until[0]}{story.journey.until[1]}",
        "overstay": None if over is None else {**msgspec.to_builtins(over), "days": over.days},
        "given_back": story.journey.given_back,
        "late": story.late,
        "owed": list(story.owed),
        "words": story.words,
    }


def _list(desk: Desk, options: Namespace, out: TextIO) -> int:
    told_of = leavedesk.of_team(desk, leavedesk.stories(desk), county_called(desk, options.county))
    stories = [story for story in told_of if (on_list(story, options.only.upper()) if options.only else watches(story))]
    for told in sorted(stories, key=lambda told: (str(told.journey.until), told.slip.number)):
        if options.json:
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
