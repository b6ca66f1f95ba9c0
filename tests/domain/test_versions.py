"""Versions are ordered as numbers, and what is none comes before all."""

import pytest

from tuopin_desktop.domain.versions import is_version, newer


@pytest.mark.parametrize(
    ("one", "other", "after"),
    [
        ("1.10", "1.9", True),
        ("1.0.0", "1.0", False),
        ("1.0", "1.0.0", False),
        ("2.0", "1.99.99", True),
        ("0.1.0", "0.1.1", False),
        ("1.0", "", True),
        ("x", "0.1", False),
    ],
)
def test_order(one: str, other: str, after: bool) -> None:
    assert newer(one, other) is after


@pytest.mark.parametrize(
    "text", ["", "1", "1.", "1.0rc1", "1.0/..", "../1.0", "1.0\n", "１.０", "1.2.3.4.5", "999999.0"]
)
def test_what_is_no_version(text: str) -> None:
    assert not is_version(text)
