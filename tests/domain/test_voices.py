"""Whose word a record is: every role value of every kind, by every level, whatever the order of the lines."""

import itertools

import pytest

from tuopin_desktop.domain.change import FeedLine, OrderedLine
from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.record import Field, Form, Record, Scalar, Voice, fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.voices import GONE, may_say, speaking, state_of

COUNTY, LEAGUE, REGION, NEIGHBOUR = "150426", "1504", "15", "150421"
LEVELS = (COUNTY, LEAGUE, REGION)
WHOSE = {Voice.OWNER: COUNTY, Voice.LEAGUE: LEAGUE, Voice.REGION: REGION, Voice.NOTED: REGION}
OPEN = (Voice.OWNER, Voice.NOTED)
SPEAKING = [(kind, cls, item) for kind, cls in KINDS.items() if (item := speaking(cls)) is not None]
WALKED = [(kind, value, voice) for kind, _, item in SPEAKING for value, voice in item.speaks.items()]

OFFICE_WORDS = ("办公室", "联络", "自治区", "盟市", "旗县", "单位", "书记", "队长", "党委", "组织部", "机关")
NEUTRAL = {
    "office.level": "the level of the office itself, set when it is made",
    "posting.position": "what somebody is, not who says it",
    "posting.source_level": "where somebody comes from",
    "leave_slip.form": "which sheet is filled in; who signs it is said by its opinions",
    "leave_slip.leave_type": "why somebody is away: 原单位叫回 is a reason, not the unit's own word",
    "daily_log.place_kind": "where a day was worked",
    "training.organiser": "who held a class, as its certificate says; nothing follows from who keys it",
    "meeting.type": "what meeting it was; the Office's own are counted among its own records alone",
    "matter.level": "how far up a matter was reported",
    "fonds.periods": "which table of periods an office works by",
    "measure.measure": "only the region office writes measures",
}
"""Choices whose words name an office, a body or a post, and which nevertheless are nobody's word, with the reason."""


def choices() -> list[tuple[str, Field]]:
    return [
        (f"{kind}.{item.name}", item)
        for kind, cls in KINDS.items()
        for item in fields(cls)
        if item.form is Form.CHOICE and isinstance(item.table, CodeTable)
    ]


def names_an_office(item: Field) -> bool:
    assert isinstance(item.table, CodeTable)
    return any(part in word for word in item.table.labels.values() for part in OFFICE_WORDS)


def test_every_choice_that_names_an_office_says_whose_word_it_is_or_why_it_is_nobodys() -> None:
    open_ones = {name for name, item in choices() if names_an_office(item) and not item.speaks}
    assert open_ones == set(NEUTRAL)


def test_a_choice_that_speaks_says_so_for_each_of_its_values_and_stands_alone_in_its_kind() -> None:
    for _, cls, item in SPEAKING:
        assert isinstance(item.table, CodeTable)
        assert set(item.speaks) == set(item.table.labels)
        assert [one for one in fields(cls) if one.speaks] == [item]
    assert {kind for kind, _, _ in SPEAKING} >= {"opinion", "authorisation", "filing", "call", "own_check"}


def line(kind: str, office: str, at: int, place: str = "x", **said: Scalar) -> OrderedLine:
    return OrderedLine(
        at, f"{office}.1", at, FeedLine(at=at, by="某人", key=f"{kind}:{COUNTY}/{place}", set=said), office
    )


def folded(kind: str, *lines: OrderedLine) -> tuple[dict[str, Scalar], int]:
    """Return the values of a record and how much was put aside, the same in every order of arrival."""
    made = [state_of(lines[0].line.key, order) for order in itertools.permutations(lines)]
    assert all(one == made[0] for one in made)
    return made[0][0].values, len(made[0][1])


def other(cls: type[Record]) -> str:
    """Return a field of a kind beside the one that speaks."""
    return next(item.name for item in fields(cls) if not item.speaks and item.form is not Form.REF)


@pytest.mark.parametrize(("kind", "value", "voice"), WALKED)
@pytest.mark.parametrize("office", LEVELS)
@pytest.mark.parametrize("natural", [True, False])
def test_nobody_writes_over_the_word_of_whose_it_is(
    kind: str, value: str, voice: Voice, office: str, natural: bool
) -> None:
    cls = KINDS[kind]
    role, field = _names(cls)
    place, own = (f"a/{value}" if natural else "a", WHOSE[voice])
    first = line(kind, own, 10, place, **{role: value, field: "seine"})
    later = line(kind, office, 20, place, **{field: "ihre"})
    values, aside = folded(kind, first, later)
    assert (values[field], aside) == (("ihre", 0) if office == own else ("seine", 1))
    gone = line(kind, office, 5, place, deleted=1)
    values, _ = folded(kind, first, gone)
    assert values.get("deleted") is None or office == own or not natural
    gone = line(kind, office, 30, place, deleted=1)
    values, aside = folded(kind, first, gone)
    assert (values.get("deleted"), aside) == ((1, 0) if office == own else (None, 1))


@pytest.mark.parametrize(("kind", "value", "voice"), WALKED)
@pytest.mark.parametrize("office", LEVELS)
def test_what_only_one_may_say_nobody_else_says_first(kind: str, value: str, voice: Voice, office: str) -> None:
    cls = KINDS[kind]
    role, field = _names(cls)
    written = line(kind, office, 10, f"a/{value}", **{role: value, field: "x"})
    values, aside = folded(kind, written)
    may = office == WHOSE[voice] or voice in OPEN
    assert (bool(values), aside) == ((True, 0) if may else (False, 2))
    assert (may_say(office, cls, f"{COUNTY}/a/{value}", value) is None) is may
    own = line(kind, WHOSE[voice], 9, f"a/{value}", **{role: value, field: "y"})
    values, _ = folded(kind, written, own)
    assert values[field] == ("x" if office == WHOSE[voice] else "y")


@pytest.mark.parametrize(("kind", "value", "voice"), WALKED)
def test_a_role_is_not_changed_to_get_at_somebody_elses_word(kind: str, value: str, voice: Voice) -> None:
    cls = KINDS[kind]
    role, field = _names(cls)
    item = speaking(cls)
    assert item is not None
    first = line(kind, WHOSE[voice], 10, **{role: value, field: "seine"})
    for office, renamed in itertools.product(LEVELS, item.speaks):
        if office != WHOSE[voice]:
            values, _ = folded(kind, first, line(kind, office, 20, **{role: renamed, field: "ihre"}))
            assert (values[role], values[field]) == (value, "seine")


def test_what_is_put_aside_is_settled_by_a_later_word_of_whose_it_is() -> None:
    first = line("opinion", REGION, 10, "a/office", role="office", verdict="refused")
    note = line("opinion", COUNTY, 20, "a/office", verdict="approved")
    assert folded("opinion", first, note) == ({"role": "office", "verdict": "refused"}, 1)
    again = line("opinion", REGION, 30, "a/office", verdict="refused")
    assert folded("opinion", first, note, again)[1] == 0
    same = line("opinion", COUNTY, 20, "a/office", verdict="refused")
    assert folded("opinion", first, same)[1] == 0


def test_a_line_from_before_offices_were_kept_counts_as_it_did() -> None:
    old = line("call", "", 10, "a/call-liaison", side="liaison", word="K7P2")
    assert folded("call", old) == ({"side": "liaison", "word": "K7P2"}, 0)


def test_kinds_that_do_not_speak_are_folded_as_they_were() -> None:
    state, aside = state_of(f"person:{COUNTY}/a", [line("person", REGION, 10, name="王试一")])
    assert (state.values, aside) == ({"name": "王试一"}, ())
    assert state_of(f"person:{COUNTY}/a", []) == (GONE, ())


def _names(cls: type[Record]) -> tuple[str, str]:
    item = speaking(cls)
    assert item is not None
    return item.name, other(cls)
