"""Record ids and office codes: what is well formed, whose it is, and who is given it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain import ids


@pytest.mark.parametrize(
    ("code", "level"), [("15", ids.Level.REGION), ("1504", ids.Level.LEAGUE), ("150426", ids.Level.COUNTY)]
)
def test_the_length_of_a_code_is_its_level(code: str, level: ids.Level) -> None:
    assert ids.level_of(code) is level


@pytest.mark.parametrize(
    "code", ["", "1", "11", "150", "15042", "1504260", "15042x", "150426\n", " 15", "15٠٤", "1500", "150000", "150400"]
)
def test_what_is_no_office_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError):
        ids.level_of(code)


@pytest.mark.parametrize("record_id", ["150426/0007", "15/150426", "150426/0007/2018-06", "150426/team", "150426/甲"])
def test_a_key_is_kind_and_id_and_splits_again(record_id: str) -> None:
    assert ids.split(ids.key("leave_slip", record_id)) == ("leave_slip", record_id)
    assert ids.owner(record_id) == record_id[: record_id.index("/")]


@pytest.mark.parametrize(
    "log_key",
    [
        *("", "person", "person:", "person:150426", "person:150426/", "person:/a", "person:150426//a", "person:1/a"),
        *("Person:150426/a", "person:150426/a b", "person:150426/a\n", "person:abc/a", "person:１５/a", ":150426/a"),
        *("person:150426x/a", "person:150426/" + "a" * 121, "p" * 41 + ":150426/a", "person:150426/a/" + "b" * 61),
    ],
)
def test_a_malformed_key_is_refused(log_key: str) -> None:
    with pytest.raises(ValueError):
        ids.split(log_key)


@given(st.text(max_size=40))
def test_splitting_gives_back_the_key_or_refuses(text: str) -> None:
    try:
        kind, record_id = ids.split(text)
    except ValueError:
        return
    assert ids.key(kind, record_id) == text


def test_an_office_sees_its_own_subtree_and_its_ancestors_only() -> None:
    seen = {scope for scope in ("15", "1504", "150426", "150421", "1505") if ids.sees("150426", scope)}
    assert seen == {"15", "1504", "150426"}
    assert all(ids.sees("15", scope) for scope in ("15", "1504", "150426"))
    assert ids.sees("1504", "150426")
    assert not ids.sees("1504", "150523")


def test_what_an_office_keeps_for_itself_goes_up_and_never_down() -> None:
    offices = ("15", "1504", "150426", "150421", "1505")
    seen = {of: {to for to in offices if ids.sees(to, ids.private(of))} for of in offices[:3]}
    assert seen == {"15": {"15"}, "1504": {"15", "1504"}, "150426": {"15", "1504", "150426"}}
    assert {ids.county(f"{code}/a") for code in ("15", "1504", "150000", "150400")} == {""}
    assert ids.county("150426/a") == "150426"
