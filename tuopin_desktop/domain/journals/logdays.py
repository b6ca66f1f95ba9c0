"""The days of logs and notes that rules read; their texts are not read."""

from collections.abc import Mapping
from datetime import date

import msgspec


class Journals(msgspec.Struct, frozen=True):
    """`logged` has the days with a log, as bits by posting and month (the id of its attendance), the first is bit 0.

    `noted` has the weekly notes there are by id, with the day on which one was signed or seen where that is known.
    """

    logged: Mapping[str, int] = {}
    noted: Mapping[str, date | None] = {}
