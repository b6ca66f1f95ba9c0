"""What is said of slips and of who travels by them: the colour of a state, how one is reached, who came back."""

from collections.abc import Sequence

from tuopin_desktop.domain.leave.journey import Trip
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.records import LeaveSlip

_TONES = {
    "超假未归": "bad",
    "未批准": "bad",
    "未保存": "bad",
    "今日到期": "warn",
    "待销假": "warn",
    "待签字": "warn",
    "改后待重签": "warn",
    "签字中": "warn",
    "超假返回": "warn",
    "待签回": "warn",
    "缺备案": "warn",
    "电话不符": "warn",
    "到期待销假": "warn",
    "按期返回": "ok",
    "提前返回": "ok",
    "已批准": "ok",
}


def tone_of(state: str) -> str:
    """Return the tone of a state's word: bad, warn, ok or quiet."""
    return _TONES.get(state, "quiet")


_NAMED = 6


def named(slips: Sequence[LeaveSlip]) -> str:
    """Return the names on several slips, the first few of many."""
    return "、".join(slip.name for slip in slips[:_NAMED]) + ("等" if len(slips) > _NAMED else "")


def back_question(slips: Sequence[LeaveSlip]) -> str:
    """Return what is asked before several travellers are reported back at once."""
    return f"{named(slips)}共{len(slips)}人现在归队销假？"


def returned_words(stories: Sequence[Story]) -> tuple[str, str]:
    """Return the sentence after a batch was reported back, and its tone: who, and who was early or late."""
    names = "、".join(story.slip.name for story in stories[:_NAMED])
    several = f"等{len(stories)}人" if len(stories) > _NAMED else ""
    notes = [note for story in stories if (note := _note(story))]
    late = any(story.journey.trip is Trip.LATE for story in stories)
    rest = f"（{'；'.join(notes[:_NAMED])}）" if notes else ""
    return f"已销假：{names}{several}{rest}", "warn" if late else "ok"


def _note(story: Story) -> str:
    journey = story.journey
    if journey.overstay is not None:
        return f"{story.slip.name}超假{journey.overstay.days:g}天"
    return f"{story.slip.name}提前返回，退回{journey.given_back:g}天" if journey.trip is Trip.EARLY else ""
