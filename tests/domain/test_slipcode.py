"""The code of a slip: there and back, short, nothing about the person, and nothing but our own spelling is taken."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain import slipcode
from tuopin_desktop.domain.problems import Problem

SLIP = "150426/fdc10c6b2adbae64b7592bf2441e9735"
offices = st.sampled_from(["15", "1504", "150426", "152221"])


@given(
    offices,
    st.binary(min_size=16, max_size=16),
    st.sampled_from([kind for kind in slipcode.PREFIXES if kind != "team"]),
)
def test_there_and_back(office: str, rest: bytes, kind: str) -> None:
    record_id = f"{office}/{rest.hex()}"
    code = slipcode.encode(record_id, kind)
    assert slipcode.encodable(record_id)
    assert slipcode.decode(code) == (kind, record_id)
    assert len(code) <= 47  # the letters that a symbol of 29 modules with the correction Q can hold
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:")


def test_the_spelling_never_changes() -> None:
    """Papers printed years ago must find their slips."""
    assert slipcode.encode(SLIP) == "TP1:150426:7XAQY2ZK3OXGJN2ZFPZEIHUXGU:XZNY4W"
    assert slipcode.encode(SLIP, "meeting") == "TM1:150426:7XAQY2ZK3OXGJN2ZFPZEIHUXGU:VVBWHD"
    assert slipcode.encode(SLIP, "training") == "TT1:150426:7XAQY2ZK3OXGJN2ZFPZEIHUXGU:B3A43T"


@pytest.mark.parametrize("slip_id", ["", "150426/q0", "150426", "99/" + "0" * 32, SLIP + "0", SLIP.upper()])
def test_odd_ids_have_no_code(slip_id: str) -> None:
    assert not slipcode.encodable(slip_id)
    with pytest.raises(ValueError):
        slipcode.encode(slip_id)


def test_no_wrong_letter_is_taken() -> None:
    code = slipcode.encode(SLIP)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789: a"
    changed = {code[:place] + letter + code[place + 1 :] for place in range(len(code)) for letter in letters}
    changed |= {code[:-1], code + "A", code.lower(), f" {code}", f"{code}\n"}
    assert all(isinstance(slipcode.decode(one), Problem) for one in changed - {code})


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "alien"), ("https://example.com", "alien"), ("TP2:something new", "later"), ("TP1:x", "alien")],
)
def test_what_is_none_of_ours_says_so(text: str, code: str) -> None:
    found = slipcode.decode(text)
    assert isinstance(found, Problem)
    assert found.code == code


@given(st.text(max_size=120))
def test_any_text_is_refused(text: str) -> None:
    assert isinstance(slipcode.decode(text), Problem)


def test_chance_does_not_pass_the_check() -> None:
    chance = random.Random(20180530)
    made = ("".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=32)) for _ in range(2000))
    assert all(isinstance(slipcode.decode(f"TP1:150426:{one[:26]}:{one[26:]}"), Problem) for one in made)


def test_a_team_has_one_code_and_no_other_content_stands_for_it() -> None:
    code = slipcode.encode("150426/team", "team")
    assert code.startswith("TA1:150426:")
    assert slipcode.decode(code) == ("team", "150426/team")
    assert slipcode.encodable("150426/team", "team")
    assert not slipcode.encodable("150426/team")
    assert not slipcode.encodable("1504/team", "team")
    body = f"TA1:150426:{slipcode.encode(SLIP)[11:37]}"
    check = slipcode._check(body)
    found = slipcode.decode(f"{body}:{check}")
    assert isinstance(found, Problem)
    assert found.code == "check"
