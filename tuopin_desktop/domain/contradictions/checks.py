"""What a spot check saw against what attendance, slips and logs say of that day."""

from collections.abc import Iterator

from tuopin_desktop.domain.attendance.codes import AWAY, mark_words
from tuopin_desktop.domain.contradictions.kinds import Contradiction, Side
from tuopin_desktop.domain.contradictions.logs import IN_COUNTY
from tuopin_desktop.domain.contradictions.view import View, numbers_of, slip_side
from tuopin_desktop.domain.leave.count import runs, short_words
from tuopin_desktop.domain.records import Check
from tuopin_desktop.domain.records.choices import CHECK_TYPE, FOUND


def find(view: View) -> Iterator[Contradiction]:
    """Yield the contradictions of the checks of one person."""
    for check in view.checks:
        if check.checked is not None and view.in_post(range(min(_halves(check)), max(_halves(check)) + 1)):
            yield from _FINDERS.get(check.found, _nothing)(view, check)


def _nothing(view: View, check: Check) -> Iterator[Contradiction]:
    del view, check
    yield from ()


def _halves(check: Check) -> tuple[int, ...]:
    assert check.checked is not None
    return numbers_of(check.checked, check.half)


def _side(check: Check) -> Side:
    manner, match = CHECK_TYPE.word(check.manner), FOUND.word(check.found)
    half = {"am": "上午", "pm": "下午"}.get(check.half, "")
    return Side(f"{check.kind.name}:{check.id}", manner, f"{check.checked}{half}{manner}（{check.checker}）记录{match}")


def _absent(view: View, check: Check) -> Iterator[Contradiction]:
    """Not found, but keyed at work in the county all that time; or not found, and a log says otherwise."""
    codes = [view.keyed(number) for number in _halves(check)]
    (period,) = runs(_halves(check))
    if all(code and code[0] != AWAY and code[1] == "w" for code in codes):
        text = mark_words(codes[0])
        sentence = f"{_side(check).words}，考勤却登记{text}"
        keyed = view.attendance_side(period, f"{short_words(period)}：{text}")
        yield view.contradiction("check_absent", period, sentence, _side(check), keyed)
    elif check.checked and view.logged(check.checked, IN_COUNTY):
        sentence = f"{_side(check).words}，当天却有在旗县工作的日志"
        yield view.contradiction(
            "check_logged", period, sentence, _side(check), view.log_side(check.checked, "在旗县工作")
        )


def _present(view: View, check: Check) -> Iterator[Contradiction]:
    """Found on post, but keyed away, or on leave, all that time."""
    numbers = _halves(check)
    if not all(view.away(number) for number in numbers):
        return
    (period,) = runs(numbers)
    keyed, cover = view.keyed(numbers[0]), view.cover(numbers[0])
    if keyed:
        other = view.attendance_side(period, f"{short_words(period)}：{mark_words(keyed)}")
    else:
        assert cover is not None
        other = slip_side(cover.slip, f"{short_words(period)}请假外出")
    sentence = f"{_side(check).words}，{other.label}却说{other.words}"
    yield view.contradiction("check_present", period, sentence, _side(check), other)


def _excused(view: View, check: Check) -> Iterator[Contradiction]:
    """Said to be on leave or on a trip, but no slip and no attendance says so."""
    if any(view.away(number) for number in _halves(check)):
        return
    (period,) = runs(_halves(check))
    codes = [code for number in _halves(check) if (code := view.keyed(number))]
    keyed = mark_words(codes[0]) if codes else "未登记"
    sentence = f"{_side(check).words}，当天没有报备单，考勤{keyed}"
    yield view.contradiction("check_excused", period, sentence, _side(check), view.attendance_side(period, keyed))


_FINDERS = {"not_found": _absent, "on_post": _present, "on_leave": _excused, "on_trip": _excused}
