"""The number by which two people compare a key: decimal, read out in groups; the hexadecimal of earlier versions."""

import base64
import hashlib

import pytest

from tuopin_desktop.domain.exchange import trust

KEY = bytes(range(32))
SIGN = base64.b64encode(KEY).decode()
WHOLE = hashlib.sha256(KEY).digest()


def test_it_is_the_first_106_bits_of_the_keys_digest_in_eight_groups_of_four_digits() -> None:
    number = int.from_bytes(WHOLE, "big") >> (256 - 106)
    assert trust.fingerprint(SIGN) == f"{number:032d}"
    groups = trust.spoken(trust.fingerprint(SIGN)).split()
    assert [len(group) for group in groups] == [4] * 8
    assert all(group.isdecimal() for group in groups)
    assert 2**106 < 10**32, "every number of 106 bits has room"


def test_a_small_digest_keeps_its_leading_noughts() -> None:
    assert trust.in_digits("0" * 24 + "00c0000f") == "0" * 31 + "3"


@pytest.mark.parametrize(
    "typed",
    ["{} {} {} {} {} {} {} {}", "{}-{}-{}-{}-{}-{}-{}-{}", "{}，{}，{}，{}，{}，{}，{}，{}", "\n{}{}{}{}\t{}{}{}{} "],
    ids=["spaces", "dashes", "Chinese commas", "nothing"],
)
def test_however_the_groups_are_typed_they_answer_to_the_key(typed: str) -> None:
    groups = trust.groups(trust.fingerprint(SIGN))
    assert trust.answers(trust.heard(typed.format(*groups)), SIGN)
    wide = typed.format(*groups).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert trust.answers(trust.heard(wide), SIGN)


def test_the_hexadecimal_of_earlier_versions_is_accepted_whole_or_half_but_digits_only_whole() -> None:
    old, new = WHOLE.hex()[:32], trust.fingerprint(SIGN)
    assert trust.old_fingerprint(SIGN) == old
    for text in (old, old[:16], trust.spoken(old).upper()):
        assert trust.answers(trust.heard(text), SIGN)
    for text in (old[:15], new[:28], new[:-1] + "x", "", "0" * 32):
        assert not trust.answers(trust.heard(text), SIGN)
    assert trust.in_digits(old) == new, "what was kept by an earlier version is shown in digits"


def test_a_number_kept_in_either_form_fits_its_key_and_no_other() -> None:
    other = base64.b64encode(KEY[::-1]).decode()
    for kept in (WHOLE.hex()[:32], trust.fingerprint(SIGN)):
        assert trust.fits(kept, SIGN)
        assert not trust.fits(kept, other)
    assert not trust.fits("", "no key")
    assert trust.station_id(SIGN) == WHOLE.hex()[:16], "the name of a station does not change"
