"""The recovery code on paper: 6 groups of 5 signs, 120 bits of chance, and in every group a sign that proves it.

A sign stands for 5 bits. The last of a group is computed from the four before it and from the place of the group, over
the field of 32 elements: one sign misread, two neighbours exchanged or two groups exchanged never go unnoticed, and it
is told which group to look at again.
"""

import secrets
import unicodedata

SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No 0 and O, no 1 and I: what is written by hand is read by another."""
GROUPS, LENGTH = 6, 5
_FIELD = 0b100101  # x^5 + x^2 + 1


class Miscopied(ValueError):
    """A code that was not copied as it stands on the paper; `groups` are the ones that are wrong, from 1 on."""

    def __init__(self, groups: tuple[int, ...]) -> None:
        super().__init__("miscopied")
        self.groups = groups


def new_code() -> str:
    """Return a new code as it is printed: groups parted by hyphens."""
    groups = ([secrets.randbelow(len(SIGNS)) for _ in range(LENGTH - 1)] for _ in range(GROUPS))
    return "-".join("".join(SIGNS[n] for n in (*some, _check(place, some))) for place, some in enumerate(groups, 1))


def tidy(text: str) -> str:
    """Return a typed code as it is printed; raises Miscopied, with no group where there are not 30 signs.

    Small letters, wide letters of a Chinese keyboard, blanks and any strokes between the groups are taken as meant.
    """
    signs = [sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum()]
    if len(signs) != GROUPS * LENGTH:
        raise Miscopied(())
    groups = [signs[at : at + LENGTH] for at in range(0, len(signs), LENGTH)]
    if wrong := tuple(place for place, group in enumerate(groups, 1) if not _is_sound(place, group)):
        raise Miscopied(wrong)
    return "-".join("".join(group) for group in groups)


def _is_sound(place: int, group: list[str]) -> bool:
    numbers = [SIGNS.find(sign) for sign in group]
    return min(numbers) >= 0 and _check(place, numbers[:-1]) == numbers[-1]


def _check(place: int, numbers: list[int]) -> int:
    total = place
    for weight, number in enumerate(numbers, 2):
        total ^= _times(weight, number)
    return total


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one <<= 1
        one ^= _FIELD if one & 0b100000 else 0
        other >>= 1
    return product
