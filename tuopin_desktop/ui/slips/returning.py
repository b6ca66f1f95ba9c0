"""What is said when several travellers were reported back at once."""

from collections.abc import Sequence

from tuopin_desktop.domain.leave.journey import Trip
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.ui.slips.travellers import NAMED


def returned_words(stories: Sequence[Story]) -> tuple[str, str]:
    """Return the sentence after a batch was reported back, and its tone: who, and who was early or late."""
    names = "、".join(story.slip.name for story in stories[:NAMED])
    several = f"等{len(stories)}人" if len(stories) > NAMED else ""
    notes = [note for story in stories if (note := _note(story))]
    late = any(story.journey.trip is Trip.LATE for story in stories)
    rest = f"（{'；'.join(notes[:NAMED])}）" if notes else ""
    return f"已销假：{names}{several}{rest}", "warn" if late else "ok"


def _note(story: Story) -> str:
    journey = story.journey
    if journey.overstay is not None:
        return f"{story.slip.name}超假{journey.overstay.days:g}天"
    return f"{story.slip.name}提前返回，退回{journey.given_back:g}天" if journey.trip is Trip.EARLY else ""
