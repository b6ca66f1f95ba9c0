"""The events of a slip in the order of days, as its printed history lists them."""

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


def events_of(story: Story, papers: LeaveRecords) -> list[Event]:
    """Return what happened to a slip in the order of days, with the slips that followed it."""
    slip = story.slip
    pairs: list[tuple[date | None, str]] = [
        (slip.filled, f"填写报备单{slip.number}" + ("（补办）" if story.late else ""))
    ]
    if slip.printed:
        pairs.append((slip.printed_on, f"打印（共{slip.printed}次）"))
    pairs += [(item.signed, _signed_words(item, story.chain)) for item in _inked(story.chain)]
    pairs += [
        (item.decided, f"办公室决定：{RESULT.word(item.result)}（{item.paper}）")
        for item in papers.decisions_on.get(slip.id, ())
    ]
    pairs += [(item.filed, f"报{BODY.word(item.body)}备案") for item in story.filed.values()]
    pairs += [(item.filled, f"{RELATION.word(item.relation)}：报备单{item.number}") for item in story.followers]
    pairs.append((slip.sheet_back, "收回签字件"))
    if (back := parse_half(slip.returned)) is not None:
        pairs.append((back[0], f"返回（{story.journey.trip.value}）"))
    pairs.append((slip.reported, "销假"))
    pairs += [(item.day, _amended_words(item)) for item in papers.amended_on.get(slip.id, ())]
    pairs += [(item.day, f"{SIDE.word(item.side)}记录电话销假，{word_of(item)}") for item in story.called.values()]
    if slip.ended:
        pairs.append((slip.ended_on, f"{ENDED.word(slip.ended)}：{slip.ended_reason}"))
    return sorted((Event(day, text) for day, text in pairs if day), key=lambda event: event.day)


def _inked(chain: Chain) -> Iterable[Opinion]:
    """Yield what was noted from the paper; the Office's decision is told by itself."""
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
