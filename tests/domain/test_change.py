"""The fold: order of arrival never matters, losers are kept, a later writer who saw both closes the matter."""

import json
import random

from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain.change import DOUBT, LATEST_STAMP, FeedLine, OrderedLine, decode, encode, fold, next_stamp


def placed(at: int, feed: str, new: dict, was: dict | None = None, by: str = "") -> OrderedLine:
    return OrderedLine(at, feed, at, FeedLine(at=at, by=by or feed, key="person:150426/a", set=new, was=was or {}))


def test_fields_merge_one_by_one() -> None:
    state = fold([placed(1, "a", {"name": "甲"}), placed(2, "b", {"phone": "1"})])
    assert state.values == {"name": "甲", "phone": "1"}
    assert state.conflicts == ()


def test_the_later_of_two_unseen_writes_wins_and_the_loser_is_kept() -> None:
    state = fold([placed(1, "a", {"name": "甲"}), placed(2, "b", {"name": "乙"})])
    assert state.values == {"name": "乙"}
    conflict = state.conflicts[0]
    assert (conflict.kept, conflict.kept_by, conflict.lost, conflict.lost_by) == ("乙", "b", "甲", "a")


def test_the_same_value_twice_is_no_conflict() -> None:
    assert fold([placed(1, "a", {"name": "甲"}), placed(2, "b", {"name": "甲"})]).conflicts == ()


def test_a_write_that_saw_the_winner_closes_the_conflict() -> None:
    lines = [
        placed(1, "a", {"name": "甲"}),
        placed(2, "b", {"name": "乙"}),
        placed(3, "a", {"name": "甲"}, {"name": "乙"}),
    ]
    assert fold(lines).conflicts == ()
    assert fold(lines).values == {"name": "甲"}


def test_deleted_here_and_edited_there_shows_both() -> None:
    state = fold(
        [placed(1, "a", {"name": "甲"}), placed(2, "b", {"deleted": 1}), placed(3, "c", {"name": "乙"}, {"name": "甲"})]
    )
    assert state.values == {"name": "乙", "deleted": 1}


_values = st.one_of(st.none(), st.integers(0, 2), st.sampled_from(["甲", "乙"]))
_lines = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.sampled_from("abc"),
        st.dictionaries(st.sampled_from("xyz"), _values, min_size=1),
        st.dictionaries(st.sampled_from("xyz"), _values),
    ),
    max_size=9,
    unique_by=lambda item: item[:2],
)


@given(_lines, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter_and_an_independent_oracle_agrees(raw: list, shuffle: random.Random) -> None:
    lines = [
        OrderedLine(at, feed, 1, FeedLine(at=at, by=feed, key="k:15/a", set=new, was=was)) for at, feed, new, was in raw
    ]
    mixed = list(lines)
    shuffle.shuffle(mixed)
    state = fold(mixed)
    assert state == fold(lines)
    values, open_fields = _oracle(raw)
    assert state.values == values
    assert {conflict.field for conflict in state.conflicts} == open_fields


def _oracle(raw: list) -> tuple[dict, set]:
    values: dict = {}
    clash: set = set()
    for _, _, new, was in json.loads(json.dumps(sorted(raw, key=lambda item: (item[0], item[1])))):
        for name in new:
            old, seen = values.get(name), was.get(name)
            if old == seen:
                clash.discard(name)
            elif old != new[name]:
                clash.add(name)
            values[name] = new[name]
    return values, clash


def test_a_line_survives_its_bytes() -> None:
    line = FeedLine(
        at=117663648703184896,
        by="wang",
        key="person:152201/1",
        set={"name": "出勤", "n": 3, "x": None},
        was={"name": "请假"},
    )
    assert decode(encode(line)) == line


def test_the_clock_never_falls_behind_anything_seen() -> None:
    assert next_stamp(10, 5, 0) == 11
    assert next_stamp(5, 10, 0) == 11
    assert next_stamp(5, 10, 1_528_000_000_000) == 1_528_000_000_000 << 16


def test_a_clock_in_the_next_century_is_not_believed_so_that_no_office_refuses_the_line() -> None:
    year_2150_ms = 5_680_281_600_000
    assert next_stamp(10, 20, year_2150_ms) == 21 | DOUBT
    assert next_stamp(10, 20, (LATEST_STAMP >> 16) - 1) == LATEST_STAMP - (1 << 16)
    assert next_stamp(10, 20, -1) == 21
