"""Values nobody can mistake, one for each personal field and each field of a register about conduct."""

from collections.abc import Iterator
from datetime import date

import msgspec

from tuopin_desktop.domain.idcard import PRACTICE_AREA, check_digit
from tuopin_desktop.domain.masking import hides
from tuopin_desktop.domain.record import Field, Form, Record, editable, fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.records.choices import HEALTH

BIRTH = "1971-07-23"
NUMBER = f"{PRACTICE_AREA}19710723311"
NUMBER += check_digit(NUMBER)
FEN = 38651723
DAY = date(1999, 9, 19)


def kinds() -> list[type[Record]]:
    """Return the kinds that hold something personal."""
    return [cls for cls in KINDS.values() if any(hides(cls, item) for item in fields(cls))]


def planted(cls: type[Record], record: Record) -> Record:
    """Return the record with a planted value in every field that is masked."""
    said = {item.name: value for item in editable(cls) if hides(cls, item) and (value := _value(cls, item)) is not None}
    return msgspec.structs.replace(record, **said)


def _value(cls: type[Record], item: Field) -> object:
    if item.form in (Form.TEXT, Form.LONG):
        return "13947826135" if item.name.endswith("phone") else f"密{cls.kind.name}{item.name}"[: item.limit]
    if item.form is Form.CHOICE:
        return "poor" if item.name == "health" else None
    values = {Form.ID_NUMBER: NUMBER, Form.MONTH: BIRTH, Form.MONEY: FEN, Form.DATE: DAY}
    return values.get(item.form)


def traces() -> Iterator[str]:
    """Yield every way in which a planted value could be read somewhere."""
    yield from (NUMBER, NUMBER[6:14], BIRTH, BIRTH[:7], "1971.07", "1971年7月", "1971年07月", "13947826135")
    yield HEALTH.word("poor")
    yield from (str(FEN), "386517.23", "386,517.23", DAY.isoformat(), "1999年9月19日", "1999.09.19")
    for cls in kinds():
        for item in editable(cls):
            if hides(cls, item) and item.form in (Form.TEXT, Form.LONG) and not item.name.endswith("phone"):
                yield str(_value(cls, item))


def seen_in(words: str) -> list[str]:
    """Return which planted values can be read in some words."""
    return sorted({one for one in traces() if one in words})
