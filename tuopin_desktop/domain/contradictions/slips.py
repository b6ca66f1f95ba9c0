"""Slips against attendance, against each other, and against the day of their approval."""

from collections.abc import Iterator, Mapping

from tuopin_desktop.domain.attendance.codes import AWAY, mark_words
from tuopin_desktop.domain.attendance.laidover import Cover
from tuopin_desktop.domain.contradictions.kinds import Contradiction
from tuopin_desktop.domain.contradictions.view import View, slip_side
from tuopin_desktop.domain.halves import parse_half, parse_stored
from tuopin_desktop.domain.leave.chain import Chain, Paper
from tuopin_desktop.domain.leave.count import day_of, half_number, halves_of, runs, short_words
from tuopin_desktop.domain.records import LeaveSlip

_EXCUSED = "tn"


def find(view: View) -> Iterator[Contradiction]:
    """Yield the contradictions between one posting's slips and attendance."""
    for cover in view.covers:
        if cover.says_away:
            yield from _on_post(view, cover)
    for slip in view.slips:
        yield from _away_after_return(view, slip)


def _on_post(view: View, cover: Cover) -> Iterator[Contradiction]:
    """Keyed in the county in half-days a slip claims; a day whose reason was noted beside it is left out."""
    codes = {number: view.keyed(number) for number in view.in_post(cover.halves)}
    here = [number for number, code in codes.items() if code and code[0] != AWAY and day_of(number) not in view.noted]
    slip = cover.slip
    for period in runs(here):
        text = mark_words(codes[half_number(period.first, period.first_half)])
        keyed = view.attendance_side(period, f"{short_words(period)}：{text}")
        if cover.standing == "overstay":
            back = parse_half(slip.returned)
            message = f"{back[0]}返回" if back else "尚未返回"
            sentence = f"考勤登记{short_words(period)}已在旗县（{text}），报备单{slip.number}却登记{message}"
            yield view.contradiction(
                "on_post_before_return", period, sentence, keyed, slip_side(slip, f"登记{message}")
            )
        else:
            span = short_words(parse_stored(slip.period))
            sentence = f"考勤登记{short_words(period)}在旗县（{text}），报备单{slip.number}却在请假（{span}）"
            yield view.contradiction("on_post_in_leave", period, sentence, keyed, slip_side(slip, f"请假{span}"))


def _away_after_return(view: View, slip: LeaveSlip) -> Iterator[Contradiction]:
    """Keyed as away on leave or without reason after the return was reported, before the leave would have ended."""
    back, span = parse_half(slip.returned), parse_stored(slip.period)
    if back is None or span is None:
        return
    # In the half of the return itself he may well have been away for a part of it.
    rest = view.in_post(range(half_number(*back) + 1, halves_of(span).stop))
    codes = {number: view.keyed(number) for number in rest}
    out = [
        number
        for number, code in codes.items()
        if code and code[0] == AWAY and code[1] not in _EXCUSED and view.cover(number) is None
    ]
    for period in runs(out):
        text = mark_words(codes[half_number(period.first, period.first_half)])
        half = "下午" if back[1] == "pm" else "上午"
        sentence = f"报备单{slip.number}登记{back[0]}{half}已返回销假，考勤登记{short_words(period)}{text}"
        keyed = view.attendance_side(period, f"{short_words(period)}：{text}")
        yield view.contradiction("away_after_return", period, sentence, slip_side(slip, f"{back[0]}{half}返回"), keyed)


def overlaps(views: Mapping[str, View], clash_of: Mapping[str, LeaveSlip]) -> Iterator[Contradiction]:
    """Yield every pair of a person's standing slips that claim the same half-days, once."""
    by_id = {slip.id: (view, slip) for view in views.values() for slip in view.slips}
    seen_pairs: set[frozenset[str]] = set()
    for slip_id, other in clash_of.items():
        pair = frozenset((slip_id, other.id))
        if slip_id not in by_id or pair in seen_pairs:
            continue
        seen_pairs.add(pair)
        view, slip = by_id[slip_id]
        first, second = sorted((slip, other), key=lambda item: (item.period, item.number))
        spans = [parse_stored(item.period) for item in (first, second)]
        both = set(halves_of(spans[0])) & set(halves_of(spans[1]))
        for period in runs(both):
            sentence = f"报备单{first.number}与报备单{second.number}都包含{short_words(period)}"
            sides = [
                slip_side(item, f"请假{short_words(span)}") for item, span in zip((first, second), spans, strict=True)
            ]
            yield view.contradiction("slips_overlap", period, sentence, *sides)


def late_approval(view: View, slip: LeaveSlip, chain: Chain) -> Iterator[Contradiction]:
    """A slip whose last signature is later than the departure says that it was made out afterwards."""
    span = parse_stored(slip.period)
    days = [item.signed for item in chain.signed.values() if item.signed]
    made_out_then = not (slip.late_reason or slip.history)
    if chain.paper is not Paper.APPROVED or not made_out_then or span is None or not days:
        return
    if max(days) <= span.first or not view.in_post(halves_of(span)):
        return
    sentence = f"报备单{slip.number}{span.first}起离开，{max(days)}才签批齐全，没有注明补办"
    left, signed = slip_side(slip, f"{span.first}起离开"), slip_side(slip, f"{max(days)}签批齐全")
    yield view.contradiction("approved_late", span, sentence, left, signed)
