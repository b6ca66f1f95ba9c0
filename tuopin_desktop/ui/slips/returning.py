"""Reporting travellers back, one or several at once: asked under their row, and what is said of it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect

from tuopin_desktop.domain.leave.journey import Trip
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.leave import leavedesk, returns
from tuopin_desktop.services.leave.returns import Reported, Traveller
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.slips.returnbox import ReturnBox
from tuopin_desktop.ui.slips.travellers import NAMED, named
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.table import RecordTable

_INDENT = 180
"""Px from the left edge of a row: number and name stay to be read."""


def ask_return(context: PageContext, slip_ids: Sequence[str], anchor: QRect, extend: Callable[[str], object]) -> None:
    """Ask under `anchor`, a rectangle on the screen, when the travellers of these slips came back.

    `extend` gets the id of the slip that the clerk then wants to extend, for whoever was late with reason.
    """

    if not context.office.who.may(Act.ENTER):
        context.message.say("您只看不录，不能销假。", "warn")
        return

    def show(people: Sequence[Traveller]) -> None:
        box = ReturnBox(context, people)
        box.reported.connect(partial(_said, context, extend))
        box.ask(anchor)

    context.ask(returns.travellers, list(slip_ids), then=show, lane="return")


def anchor_in(table: RecordTable) -> QRect:
    """Return the row the list stands on, as a rectangle on the screen."""
    place = table.visualRect(table.currentIndex())
    place.setLeft(theme.scaled(table, _INDENT))
    return QRect(table.viewport().mapToGlobal(place.topLeft()), place.size())


def _said(context: PageContext, extend: Callable[[str], object], reported: Reported, slip_id: str) -> None:
    say_returned(context, reported.stories, reported.calls)
    if slip_id:
        extend(slip_id)


def returned_words(stories: Sequence[Story]) -> tuple[str, str]:
    """Return the sentence after a batch was reported back, and its tone: who, and who was early or late."""
    names = "、".join(story.slip.name for story in stories[:NAMED])
    several = f"等{len(stories)}人" if len(stories) > NAMED else ""
    notes = [note for story in stories if (note := _note(story))]
    late = any(story.journey.trip is Trip.LATE for story in stories)
    rest = f"（{'；'.join(notes[:NAMED])}）" if notes else ""
    return f"已销假：{names}{several}{rest}", "warn" if late else "ok"


def say_returned(context: PageContext, stories: Sequence[Story], calls: Sequence[str] = ()) -> None:
    """Say who was reported back; it can be taken back, with the calls that were noted."""
    sentence, tone = returned_words(stories)
    names = [story.slip.id for story in stories]

    def take_back() -> None:
        context.ask(leavedesk.take_back_returns, names, tuple(calls), then=taken_back)

    def taken_back(stories: Sequence[Story]) -> None:
        context.message.say(f"已撤销销假：{named([story.slip for story in stories])}")

    context.message.say(sentence, tone, undo=take_back)


def _note(story: Story) -> str:
    journey = story.journey
    if journey.overstay is not None:
        return f"{story.slip.name}超假{journey.overstay.days:g}天"
    return f"{story.slip.name}提前返回，退回{journey.given_back:g}天" if journey.trip is Trip.EARLY else ""
