"""The events of a slip in the order of days, as its printed history lists them."""

import enum
from collections.abc import Iterable
from datetime import date

import msgspec

from tuopin_desktop.domain.halves import parse_half
from tuopin_desktop.domain.leave.chain import OFFICE, Chain
from tuopin_desktop.domain.leave.phone import word_of
from tuopin_desktop.domain.leave.story import LeaveRecords, Story
from tuopin_desktop.domain.records import Amendment, Opinion
from tuopin_desktop.domain.records.choices import BODY, ENDED, RELATION, RESULT, ROLE, SIDE


class Event(msgspec.Struct, frozen=True):
    """One thing that happened to a slip, as the printed story tells it."""

    day: date
    words: str


class Rank(enum.IntEnum):
    """What comes first on one day, as it is done: nobody signs before it is printed, nor files before it is back."""

    WRITTEN, PRINTED, SIGNED, DECIDED, BACK, FILED, CHANGED, RETURNED, REPORTED, CALLED, ENDED = range(11)


Line = tuple[date | None, Rank, str]


def events_of(story: Story, papers: LeaveRecords) -> list[Event]:
    """Return what happened to a slip in the order of days, on one day in the natural order, with what followed it."""
    slip = story.slip
    lines: list[Line] = [
        (slip.filled, Rank.WRITTEN, f"填写报备单{slip.number}" + ("（补办）" if story.late else "")),
        *_before(story, papers),
    ]
    if slip.printed:
        lines.append((slip.printed_on, Rank.PRINTED, f"打印（共{slip.printed}次）"))
    lines += [(item.signed, Rank.SIGNED, _signed_words(item, story.chain)) for item in _inked(story.chain)]
    lines += [
        (item.decided, Rank.DECIDED, f"办公室决定：{RESULT.word(item.result)}（{item.paper}）")
        for item in papers.decisions_on.get(slip.id, ())
    ]
    lines += [(item.filed, Rank.FILED, f"报{BODY.word(item.body)}备案") for item in story.filed.values()]
    lines += [
        (item.filled, Rank.CHANGED, f"{RELATION.word(item.relation)}：报备单{item.number}") for item in story.followers
    ]
    lines.append((slip.sheet_back, Rank.BACK, "收回签字件"))
    lines += [(item.day, Rank.CHANGED, _amended_words(item)) for item in papers.amended_on.get(slip.id, ())]
    lines += _ends(story)
    ordered = sorted((one for one in lines if one[0] is not None), key=lambda one: one[:2])
    return [Event(day, text) for day, _, text in ordered if day is not None]


def _before(story: Story, papers: LeaveRecords) -> Iterable[Line]:
    """Yield the slip this one follows: whoever reads one of two finds the other."""
    slip, before = story.slip, papers.by_id.get(story.slip.follows)
    if before is not None:
        yield slip.filled, Rank.WRITTEN, f"{_FOLLOWS[slip.relation]}报备单{before.number}"


_FOLLOWS = {"extension": "续假，接", "reroute": "变更行程，原", "correction": "更正，原"}


def _ends(story: Story) -> Iterable[Line]:
    slip = story.slip
    if (back := parse_half(slip.returned)) is not None:
        yield back[0], Rank.RETURNED, f"返回（{story.journey.trip.value}）"
    yield slip.reported, Rank.REPORTED, "销假"
    for item in story.called.values():
        yield item.day, Rank.CALLED, f"{SIDE.word(item.side)}记录电话销假，{word_of(item)}"
    if slip.ended:
        yield slip.ended_on, Rank.ENDED, f"{ENDED.word(slip.ended)}：{slip.ended_reason}"


def _inked(chain: Chain) -> Iterable[Opinion]:
    """Yield what was noted from the paper; the Office's decision is lines by itself."""
    yield from (item for role, item in chain.signed.items() if role != OFFICE or not chain.by_office)
    if chain.noted is not None:
        yield chain.noted


def _amended_words(item: Amendment) -> str:
    was, now = (" ".join(text.split()) or "空" for text in (item.was, item.now))
    return f"更正{item.what.rpartition('：')[2]}：{was} → {now}，原因：{item.reason}"


def _signed_words(opinion: Opinion, chain: Chain) -> str:
    if opinion.role == OFFICE:
        how = "以办公室的决定为准" if chain.by_office else "待办公室的记录"
        return f"旗县据纸质件登记：办公室领导{opinion.signer}签字，{RESULT.word(opinion.verdict)}（{how}）"
    by = "（受权）" if opinion.authorisation else ""
    verdict = RESULT.word(opinion.verdict)
    text = f"：{opinion.words}" if opinion.words.rstrip("。") not in ("", verdict) else ""
    return f"{ROLE.word(opinion.role)}{opinion.signer}{by}签字，{verdict}{text}"
