"""What is said of one kind of paper, whatever kind it is."""

from typing import Literal

import msgspec

Unit = Literal["record", "month", "year", "person"]
"""What one 件 of a kind is: a record, a county's month, a county's year, a person's year (one book = one 件)."""


class PaperKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of paper; `kinds` are the records it is made of, "" of none: a print of what is filed elsewhere.

    `only` takes those records of a kind whose field has one of the values (a value ending in * is a beginning).
    `days` are the fields its time comes from: the year is that of the first with a value (a report of 2018 written in
    2019 is filed in 2018), the date the first that is a day. `document` the field of its number. `title` is
    the program's own, of {team} {county} {name} {year} {month} {word} {type}; `own_title` names the field that holds
    the paper's title. `author` is who answers for it.
    """

    key: str
    name: str
    kinds: tuple[str, ...] = ()
    only: tuple[str, tuple[str, ...]] | None = None
    unit: Unit = "record"
    by_field: str = ""
    """Records of a kind are one paper by what this field points to: the ballots of a round."""
    days: tuple[str, ...] = ()
    document: str = ""
    title: str = ""
    own_title: str = ""
    author: Literal["office", "team", "unit", "person"] = "office"
    signed: str = ""
    """The field that says the paper was signed, sent or decided; empty: nobody notes it."""
