"""Reporting travellers back, one or several at once, and what is said of it."""

from collections.abc import Sequence
from functools import partial

from tuopin_desktop.domain.leave.journey import Trip
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.ui.slips.travellers import NAMED, named
from tuopin_desktop.ui.widgets.page import PageContext


def report(context: PageContext, slips: Sequence[LeaveSlip]) -> None:
    """Report the travellers of slips back now."""
    context.ask(leavedesk.back_now, [slip.id for slip in slips], then=partial(say_returned, context))


def returned_words(stories: Sequence[Story]) -> tuple[str, str]:
    """Return the sentence after a batch was reported back, and its tone: who, and who was early or late."""
    names = "、".join(story.slip.name for story in stories[:NAMED])
    several = f"等{len(stories)}人" if len(stories) > NAMED else ""
    notes = [note for story in stories if (note := _note(story))]
    late = any(story.journey.trip is Trip.LATE for story in stories)
    rest = f"（{'；'.join(notes[:NAMED])}）" if notes else ""
    return f"已销假：{names}{several}{rest}", "warn" if late else "ok"


def say_returned(context: PageContext, stories: Sequence[Story]) -> None:
    """Say who was reported back; it can be taken back."""
    sentence, tone = returned_words(stories)
    names = [story.slip.id for story in stories]

    def take_back() -> None:
        context.ask(leavedesk.take_back_returns, names, then=taken_back)

    def taken_back(stories: Sequence[Story]) -> None:
        context.message.say(f"已撤销销假：{named([story.slip for story in stories])}")

    context.message.say(sentence, tone, undo=take_back)


def _note(story: Story) -> str:
    journey = story.journey
    if journey.overstay is not None:
        return f"{story.slip.name}超假{journey.overstay.days:g}天"
    return f"{story.slip.name}提前返回，退回{journey.given_back:g}天" if journey.trip is Trip.EARLY else ""
