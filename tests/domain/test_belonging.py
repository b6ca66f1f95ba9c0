"""The id of a record by what it says: one pattern for a form, a sheet and a package."""

from datetime import date

import pytest

from tuopin_desktop.domain.belonging import stated_id
from tuopin_desktop.domain.journals import entries
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS, DailyLog, WeeklyNote


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("daily_log", {"posting": "150125/q", "date": "2018-06-05"}, "150125/q/2018-06-05"),
        ("daily_log", {"posting": "150125/q", "date": date(2018, 6, 5)}, "150125/q/2018-06-05"),
        ("daily_log", {"posting": "150125/q", "date": None}, ""),
        ("weekly_note", {"county": "150125", "week": "2018-W23"}, "150125/2018-W23"),
        ("calendar_day", {"county": "150125", "date": "2018-06-05"}, "150125/2018-06-05"),
        ("calendar_day", {"date": "2018-06-05"}, "15/2018-06-05"),
        ("calendar_year", {"year": 2019}, "15/2019"),
        ("team", {"county": "150125"}, "150125/team"),
        ("county", {"code": "150125"}, "15/150125"),
        ("office", {"name": "旗办"}, "150125/office"),
        ("person", {"name": "包图雅"}, ""),
    ],
)
def test_a_record_goes_under_the_id_its_kind_makes_of_what_it_says(
    kind: str, values: dict[str, object], expected: str
) -> None:
    assert stated_id(KINDS[kind].kind, values, "150125") == expected


def test_a_pattern_names_fields_of_its_kind() -> None:
    for cls in KINDS.values():
        blanks = {item.name: "x" for item in fields(cls)}
        stated = stated_id(cls.kind, blanks, "15")
        assert "{" not in stated
        assert bool(stated) == bool(cls.kind.id_by)


def test_a_note_of_no_week_has_no_id_yet() -> None:
    assert entries.natural_id(WeeklyNote(county="150125", week="2018-W60")) == ""
    assert entries.natural_id(WeeklyNote(county="150125", week="2018-W23")) == "150125/2018-W23"
    assert entries.natural_id(DailyLog(posting="150125/q", date=date(2018, 6, 5))) == "150125/q/2018-06-05"
