"""Round trips and trainings against attendance and slips."""

from collections.abc import Iterator

from tuopin_desktop.domain.attendance.codes import PLACE_KEYS, mark_words
from tuopin_desktop.domain.contradictions.kinds import Contradiction, Side
from tuopin_desktop.domain.contradictions.view import View, slip_side
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.count import half_number, halves_of, runs, short_words
from tuopin_desktop.domain.records import RoundTrip, Training, TrainingAttendance


def find(view: View) -> Iterator[Contradiction]:
    """Yield the contradictions of one posting's trips and classes."""
    for trip in view.trips:
        yield from _at_home(view, trip)
    for entry, training in view.classes:
        if not entry.absent:
            yield from _class(view, entry, training)


def _at_home(view: View, trip: RoundTrip) -> Iterator[Contradiction]:
    """Reimbursed, and attendance knows the days of the trip, but nobody says the person was away in any of them."""
    period = parse_stored(trip.period)
    numbers = view.in_post(halves_of(period))
    if period is None or trip.reimbursed is None or not numbers:
        return
    if any(view.away(number) for number in numbers) or not any(view.keyed(number) for number in numbers):
        return
    span = short_words(period)
    sentence = f"报销了{span}的往返交通，考勤和报备单都没有离开旗县的日子"
    side = Side(f"round_trip:{trip.id}", "往返交通", f"{span}，{trip.reimbursed}报销")
    yield view.contradiction("trip_at_home", period, sentence, side, view.attendance_side(period, "没有离开旗县"))


def _class(view: View, entry: TrainingAttendance, training: Training) -> Iterator[Contradiction]:
    numbers = view.in_post(halves_of(parse_stored(entry.period or training.period)))
    side = Side(f"training_attendance:{entry.id}", "培训签到", f"参加{training.name}")
    codes = {number: view.keyed(number) for number in numbers}
    for period in runs(number for number, code in codes.items() if code and code[0] in PLACE_KEYS):
        text = mark_words(codes[half_number(period.first, period.first_half)])
        sentence = f"{short_words(period)}参加{training.name}，考勤却登记{text}"
        keyed = view.attendance_side(period, f"{short_words(period)}：{text}")
        yield view.contradiction("training_in_village", period, sentence, side, keyed)
    yield from _in_leave(view, numbers, training, side)


def _in_leave(view: View, numbers: range, training: Training, side: Side) -> Iterator[Contradiction]:
    """A leave on business may be the very training; any other one is not."""
    for cover in view.covers:
        if cover.standing != "approved" or cover.slip.leave_type == "official":
            continue
        for period in runs(number for number in cover.halves if number in numbers):
            slip = cover.slip
            sentence = f"{short_words(period)}参加{training.name}，报备单{slip.number}却在请假"
            yield view.contradiction(
                "training_in_leave", period, sentence, side, slip_side(slip, f"请假{short_words(period)}")
            )
