"""What is to be done with a slip, numbered: the first is the one to do now, the others say what comes of it."""

from collections.abc import Iterator, Sequence

import msgspec

from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.consequence import month_day
from tuopin_desktop.domain.leave.journey import Trip
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import ROLES, unprinted
from tuopin_desktop.domain.records import LeaveSlip

PRINT = "print"
_MOST = 4
_BODIES = {"unit": "派出单位", "liaison": "联络考评组"}


class Todo(msgspec.Struct, frozen=True):
    """One thing to do; `key` is the step that does it, PRINT, or "" for what only comes in time."""

    key: str
    text: str


def todo_of(story: Story, line: Sequence[LeaveSlip], owed: Sequence[str]) -> tuple[Todo, ...]:
    """Return what is to be done, in order; `line` are the versions, oldest first, `owed` the open steps by key."""
    if not story.chain.paper.standing or story.rerouted or story.slip.history:
        return ()
    version = [one.id for one in line].index(story.slip.id) + 1
    return (*_paper(story, version, owed), *_filing(story, version), *_journey(story, owed))[:_MOST]


def _paper(story: Story, version: int, owed: Sequence[str]) -> Iterator[Todo]:
    chain, again = story.chain, version > 1
    late = story.journey.trip.due
    if late and not chain.missing:
        yield Todo("back", _back_words(story))
    names = "、".join(ROLES[role] for role in chain.missing)
    if unprinted(story):
        once_more = "重新" if chain.paper is Paper.CHANGED else ""
        sheet = f"第{version}版" if again else "报备单"
        yield Todo(PRINT, f"{once_more}打印{sheet}，送{names}{'重新' if again else ''}签字")
    if chain.missing:
        holds = f"，第{version}版成为现行" if again else ""
        yield Todo(f"sign:{chain.missing[0]}", f"签回后登记{names}签字{holds}")
    if "sheet" in owed or (chain.missing and story.slip.sheet_back is None):
        yield Todo("sheet", "收回签字件")
    if late and chain.missing:
        yield Todo("back", _back_words(story))


def _filing(story: Story, version: int) -> Iterator[Todo]:
    missing = [body for body in form_of(story.slip).bodies if body not in story.filed]
    if missing:
        names, again = "、".join(_BODIES[body] for body in missing), "重报" if version > 1 else "报"
        due = f"（{month_day(story.filing_due)}前）" if story.filing_due else ""
        yield Todo(f"file:{missing[0]}", f"{again}{names}备案{due}")


def _journey(story: Story, owed: Sequence[str]) -> Iterator[Todo]:
    until = story.journey.until
    if story.journey.trip in (Trip.AWAY, Trip.AHEAD) and until is not None and not story.slip.returned:
        yield Todo("", f"{month_day(until[0])}返回，当天销假")
    yield from (Todo(key, "记录电话销假") for key in owed if key.startswith("call:"))


def _back_words(story: Story) -> str:
    until = story.journey.until
    return f"销假：应{month_day(until[0])}返回，登记哪天回来" if until else "销假：登记哪天回来"
