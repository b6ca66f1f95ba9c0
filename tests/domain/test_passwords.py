"""Passwords that are tried first are refused, others are taken."""

import pytest

from tuopin_desktop.domain import passwords

NAMES = ("李秀英", "lixiuying", "lxy")


@pytest.mark.parametrize(
    "password",
    [
        "123456", "12345678", "87654321", "abcdefgh", "qwertyuiop", "1qaz2wsx", "1q2w3e4r", "abc123", "a123456",
        "11111111", "12121212", "11223344", "abcabcabc", "20180530", "19850601", "2018-05-30", "2018年5月30日",
        "13912345678", "0471-4901234", "4901234a", "150125198506011234", "15012519850601123x",
        "lixiuying", "李秀英李秀英李秀英", "lixiuying123", "lxy19850601", "LXY123456", "李秀英20180530",
        "password", "Password1", "admin123", "woaini520", "5201314a", "147258369",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert passwords.fault(password, NAMES) in (passwords.GUESSED, passwords.SHORT)


@pytest.mark.parametrize("password", ["", "k7p", "7k3p9", "kfjwmq", "4830912", "李秀英"])
def test_a_short_one_says_what_to_choose(password: str) -> None:
    assert passwords.fault(password, ()) == passwords.SHORT
    assert "8个字以上" in passwords.SHORT


def test_a_long_one_says_so() -> None:
    assert passwords.fault("k7" * 70, ()) == passwords.LONG


@pytest.mark.parametrize(
    "password", ["zcmfg4830", "kf7m2q", "mengguma-4873", "草原上的骆驼真多呀", "lixiuying-7042", "48301927", "wfdjxxsn"]
)
def test_what_nobody_tries_first_is_taken(password: str) -> None:
    assert passwords.fault(password, NAMES) == ""
