"""The codes of the national tables, so that a value can be judged where their words are not at hand."""

from collections.abc import Mapping

CODES: Mapping[str, frozenset[str]] = {
    "性别": frozenset("0129"),
    "民族": frozenset([*(f"{number:02d}" for number in range(1, 57)), "97", "98"]),
    "政治面貌": frozenset(f"{number:02d}" for number in range(1, 14)),
    "学历": frozenset(
        "10 11 12 13 14 15 16 17 18 19 20 21 22 23 28 30 31 32 33 40 41 42 43 44 45 46 47 48 49"
        " 60 61 62 63 70 71 73 80 81 83 90".split()
    ),
}
"""Title of a table in `resources/codes.csv` -> its codes; a table that is not here grows by what an office is told."""
