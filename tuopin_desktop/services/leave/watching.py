"""The slips a clerk keeps an eye on today, put into words."""

from collections.abc import Sequence
from datetime import date

from tuopin_desktop.domain.leave.journey import Overstay
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import brief, overdue_words, watches
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.records import LeaveSlip, Person, Posting
from tuopin_desktop.services.judging import terms
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.leave.watchedslip import WatchedSlip
from tuopin_desktop.services.office.desk import Desk


def slips_to_watch(desk: Desk, stories: Sequence[Story] | None = None) -> tuple[WatchedSlip, ...]:
    """Return the slips on any list, most pressing first, then by the day of return; none of a term that is over."""
    every = leavedesk.stories(desk) if stories is None else stories
    ended = terms.ended(desk)
    running = (story for story in every if pack_of(story.slip) not in ended)
    watched_slips = [_watched(desk, story, lists) for story in running if (lists := watches(story))]
    order = list(Watch)
    return tuple(
        sorted(watched_slips, key=lambda item: (order.index(item.lists[0]), item.until or date.max, item.slip.number))
    )


def _watched(desk: Desk, story: Story, lists: tuple[Watch, ...]) -> WatchedSlip:
    until = story.journey.until[0] if story.journey.until else None
    owed = brief(story, desk.today())
    over = story.journey.overstay
    text = owed or story.slip.place
    if over is not None and lists[0] is Watch.OVERDUE:
        text = "，".join([f"已超假{over.days:g}天", *_passing(over, desk.today())])
    elif lists[0] in (Watch.AWAY, Watch.DUE):
        text = "，".join([story.slip.place, owed.removesuffix("未销假").removesuffix("，")]).removesuffix("，")
    full = "\n".join([overdue_words(story), *story.owed]).strip()
    state = story.state_words if lists[0].out else lists[0].value
    return WatchedSlip(story.slip, lists, state, until, phone_of(desk, story.slip), text, full or text)


def _passing(over: Overstay, today: date) -> list[str]:
    """Return when the limit of Art. 16 is passed, with its year where that is not this one; nothing of none."""
    if over.passes is None:
        return []
    year = f"{over.passes.year}年" if over.passes.year != today.year else ""
    day = f"{year}{over.passes.month}月{over.passes.day}日"
    return [f"{day}{'已' if over.passed else ''}超过{over.limit}天"]


def phone_of(desk: Desk, slip: LeaveSlip) -> str:
    """Return where the traveller is reached: the number left for the journey, else the one in the roster."""
    if slip.phone:
        return slip.phone
    posting = desk.store.get(Posting, slip.posting)
    person = desk.store.get(Person, posting.person) if posting else None
    return person.phone if person else ""
