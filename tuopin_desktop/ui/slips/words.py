"""What is said after travellers were reported back."""

from collections.abc import Sequence

from tuopin_desktop.domain.leave.journey import Trip
from tuopin_desktop.domain.leave.story import Story

_NAMED = 6


def returned_words(told: Sequence[Story]) -> tuple[str, str]:
    """Return the sentence after a batch was reported back, and its tone: who, and who was early or late."""
    names = "、".join(story.slip.name for story in told[:_NAMED])
    several = f"等{len(told)}人" if len(told) > _NAMED else ""
    notes = [_note(story) for story in told if story.journey.trip in (Trip.EARLY, Trip.LATE)]
    late = any(story.journey.trip is Trip.LATE for story in told)
    rest = f"（{'；'.join(notes[:_NAMED])}）" if notes else ""
    return f"已销假：{names}{several}{rest}", "warn" if late else "ok"


def _note(story: Story) -> str:
    journey = story.journey
    if journey.overstay is not None:
        return f"{story.slip.name}超假{journey.overstay.days:g}天"
    return f"{story.slip.name}提前返回，退回{journey.given_back:g}天"
