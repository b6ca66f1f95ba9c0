"""What has not happened yet cannot have been seen: days of attendance, logs, returns and signatures that lie ahead.

A field says where it is declared that its day is of something that `happened`; terms, limits and plans may lie ahead.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain

from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record, Scalar, fields
from tuopin_desktop.domain.records import KINDS, Attendance
from tuopin_desktop.domain.records.attendance import DAYS

_NUMBER = {name: f"-{name[1:]}" for name in DAYS}


@cache
def happening(kind: str) -> Mapping[str, str]:
    """Return the label of every field of a kind that says on which day something happened."""
    return {item.name: item.label for item in fields(KINDS[kind]) if item.happened}


def may_lie_ahead(kind: str, names: Collection[str]) -> bool:
    """Tell whether any of these fields of a kind says on which day something happened."""
    return kind == Attendance.kind.name or (kind in KINDS and not happening(kind).keys().isdisjoint(names))


def lies_ahead(kind: str, keys: Sequence[str], columns: Mapping[str, Collection[Scalar]], today: str) -> bool:
    """Tell whether any of the lines of one kind, by their keys and their different values, may have a day after today.

    Hardly any do: most lines need not be looked at one by one.
    """
    if kind == Attendance.kind.name:
        return max(key[-7:] for key in keys) >= today[:7]
    values = chain.from_iterable(columns[name] for name in happening(kind) if name in columns)
    return any(isinstance(value, str) and value[:10] > today for value in values)


def days(kind: str, record_id: str, table: Mapping[str, Scalar], today: str) -> list[tuple[str, str]]:
    """Return (field, day) of every value that lies after today; days are written `YYYY-MM-DD`."""
    if kind == Attendance.kind.name:
        month = record_id[-7:]
        if month < today[:7]:
            return []
        return [
            (name, day)
            for name, value in table.items()
            if value and name in _NUMBER and (day := month + _NUMBER[name]) > today
        ]
    if kind not in KINDS:
        return []
    happened = happening(kind)
    return [
        (name, value[:10])
        for name, value in table.items()
        if name in happened and isinstance(value, str) and value[4:5] == "-" and value[:10] > today
    ]


def not_yet(day: date | str, today: date | str) -> str:
    """Return why nothing can be noted of a day, in Chinese; empty once it has come. Days as written `YYYY-MM-DD`."""
    day, today = str(day), str(today)
    return (
        f"{day}还没有到（今天是{today}），到了那天再登记。日期没有写错的，请核对电脑的系统时间" if day > today else ""
    )


def problems(cls: type[Record], record_id: str, table: Mapping[str, Scalar], today: date) -> list[Problem]:
    """Return one problem for each new value that says something happened on a day that is not here yet."""
    labels = happening(cls.kind.name)
    return [
        Problem(
            code="ahead",
            sentence=f"“{labels.get(name, '考勤')}”{not_yet(day, today)}",
            fields=(name,),
        )
        for name, day in days(cls.kind.name, record_id, table, today.isoformat())
    ]
