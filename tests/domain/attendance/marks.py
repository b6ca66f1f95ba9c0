"""Months of attendance for tests: days by date, and everything else a month needs."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.domain.rules.build import COUNTY
from tuopin_desktop.domain.records import Attendance

POSTING = f"{COUNTY}/a"


def spread(first: str, last: str, day: str) -> dict[date, str]:
    """Return the same stored day for every day from first to last."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + timedelta(days=number): day for number in range((end - start).days + 1)}


def months(days: Mapping[date, str], posting: str = POSTING) -> list[Attendance]:
    """Return the records that hold these days, one per month."""
    grouped: dict[str, dict[str, Any]] = {}
    for day, stored in days.items():
        grouped.setdefault(f"{day:%Y-%m}", {})[f"d{day.day:02d}"] = stored
    return [
        Attendance(id=f"{posting}/{month}", posting=posting, month=month, **fields) for month, fields in grouped.items()
    ]
