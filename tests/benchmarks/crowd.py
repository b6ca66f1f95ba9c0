"""Far more people than any office has, made up for measuring: as records and as the rows of a sheet."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from tuopin_desktop.demo import elements
from tuopin_desktop.demo.names import compose
from tuopin_desktop.domain.attendance.months import month_id
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.columns import columns
from tuopin_desktop.domain.idcard import check_digit
from tuopin_desktop.domain.record import Record, scalars
from tuopin_desktop.domain.records import Attendance, Person, Posting, Team
from tuopin_desktop.services.office.desk import Desk

_FIRST = date(1960, 1, 1)
_DAYS = 12_000


def people(count: int) -> Iterator[tuple[str, str, date, str]]:
    """Yield name, sex, day of birth and citizen number; every third name is Mongolian, no two numbers are alike."""
    rng = random.Random(2018)
    for place in range(count):
        sex = "12"[place % 2]
        born = _FIRST + timedelta(days=place % _DAYS)
        seventeen = f"150426{born:%Y%m%d}{place // _DAYS * 2 + (sex == '1'):03d}"
        name = compose(rng, "汉族" if place % 3 else "蒙古族", sex)
        yield name, sex, born, seventeen + check_digit(seventeen)


def changes(count: int, owner: str) -> list[Change]:
    """Return the changes that enter so many people."""
    rng = random.Random(530)
    made = []
    for place, (name, sex, born, number) in enumerate(people(count)):
        person = Person(
            id=f"{owner}/{rng.getrandbits(128):032x}",
            name=name,
            sex=sex,
            ethnicity="01" if place % 3 else "05",
            birth=f"{born:%Y-%m}",
            id_number=number,
            political="01",
            unit=_unit(place),
            post="综合规划处副处长",
            rank="division",
            phone=f"1390471{place % 10_000:04d}",
        )
        made.append(Change("person", person.id, scalars(person)))
    return made


def sheet(path: Path, count: int) -> None:
    """Write a roster of so many people and their postings as an office would send it."""
    headings = {column.key: column.heading for column in columns("roster")}
    counties = [row["name"] for row in elements.counties().values()]
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("花名册")
    for place, (name, sex, born, number) in enumerate(people(count)):
        row = {
            "person.name": name,
            "person.sex": "男" if sex == "1" else "女",
            "person.ethnicity": "汉族" if place % 3 else "蒙古族",
            "person.birth": f"{born:%Y.%m}",
            "person.id_number": number,
            "person.political": "中共党员",
            "person.unit": _unit(place),
            "person.post": "综合规划处副处长",
            "person.rank": "处级",
            "person.phone": f"1390471{place % 10_000:04d}",
            "posting.county": counties[place % len(counties)],
            "posting.position": "队员",
            "posting.source_level": "自治区",
            "posting.since": "2018-06-01",
        }
        if place == 0:
            page.write_row(0, 0, [headings[key] for key in row])
        page.write_row(place + 1, 0, list(row.values()))
    book.close()


def _unit(place: int) -> str:
    units = elements.units("region")
    return units[place % len(units)]


def codes(teams: int) -> list[str]:
    """Return the county code of each team; there are no more codes than 9,801, so that some have several."""
    return [f"15{place % 9801 // 99 + 1:02d}{place % 99 + 1:02d}" for place in range(teams)]


def fill(desk: Desk, count: int, teams: int) -> None:
    """Enter so many people in so many teams, each with one month of attendance, through the desk."""
    own = sorted(codes(teams))
    per_team = count // teams
    month = date(2020, 11, 1)
    days: dict[str, Any] = {f"d{day:02d}": "vw/vw" if day % 7 else "cr/cr" for day in range(1, 31)}
    records: list[Record] = []
    for place, (name, sex, born, number) in enumerate(people(count)):
        code = own[min(place // per_team, teams - 1)]
        person = Person(id=f"{code}/p{place}", name=name, sex=sex, birth=f"{born:%Y-%m}", id_number=number)
        posting = Posting(
            id=f"{code}/{place}", person=person.id, county=code, position="member", since=date(2018, 6, 1)
        )
        kept = f"{month:%Y-%m}"
        attendance = Attendance(id=month_id(posting.id, kept), posting=posting.id, month=kept, **days)
        records += [person, posting, attendance]
    records += [Team(id=f"{code}/team", county=code, name=f"{code}工作总队") for code in dict.fromkeys(own)]
    desk.commit([Change(one.kind.name, one.id, scalars(one)) for one in records])
