"""A good roster row and how the tests spoil it."""

import csv
from datetime import date
from pathlib import Path

from tuopin_desktop.domain.codes import CodeTable, vocabulary
from tuopin_desktop.domain.idcard import check_digit
from tuopin_desktop.domain.intake import (
    Header,
    Intake,
    Rules,
    SheetRow,
    Status,
    find_header,
    take_in,
)

PACKS = {"2018-nmg": "2018年办法", "2021-village": "2021年驻村"}

RESOURCES = Path(__file__).parents[2] / "resources"


def _read(name: str) -> list[dict[str, str]]:
    with (RESOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLES: dict[str, CodeTable] = vocabulary(_read("codes.csv"), _read("counties.csv"), PACKS)
AREAS = {row["code"] for row in _read("area_codes.csv")}
RULES = Rules(TABLES, AREAS)


def number(seventeen: str) -> str:
    return seventeen + check_digit(seventeen)


MAN = number("15222119700515121")  # born 1970-05-15, digit 17 odd
WOMAN = number("15222119801003122")
OCTOBER = number("15222119701020121")
PRACTICE = number("15999919700515121")

HEADINGS = ["姓名", "性别", "公民身份号码", "出生年月", "派出单位", "手机", "派驻旗县", "队内职务", "派驻起"]
GOOD: list[object] = [
    "张三", "男", MAN, "1970.05", "自治区林业厅", "13947820000", "突泉县", "队员", date(2018, 5, 31)
]  # fmt: skip


def sheet(*rows: list[object], headings: list[str] | None = None) -> list[list[object]]:
    return [list(headings or HEADINGS), *rows]


def head(rows: list[list[object]], kind: str = "roster") -> Header:
    found = find_header(rows, kind)
    assert isinstance(found, Header), found
    return found


def read(rows: list[list[object]], kind: str = "roster", rules: Rules = RULES) -> Intake:
    return take_in(rows, head(rows, kind), rules)


def with_cell(heading: str, raw: object, **others: object) -> list[object]:
    row = list(GOOD)
    row[HEADINGS.index(heading)] = raw
    for name, value in others.items():
        row[HEADINGS.index(name)] = value
    return row


def only(row: list[object], rules: Rules = RULES) -> SheetRow:
    return read(sheet(row), rules=rules).rows[0]


def cell(row: SheetRow, key: str) -> tuple[object, Status, str]:
    """Return value, status and message of one cell of a row."""
    for item in row.cells:
        if item.column.key == key:
            assert item.value == row.values.get(key)
            return item.value, item.status, item.message
    return row.values[key], Status.OK, ""


def error(row: list[object], key: str, rules: Rules = RULES) -> tuple[object, Status, str]:
    judged = only(row, rules)
    assert key not in judged.values, "a cell in error gives no value"
    return next((item.value, item.status, item.message) for item in judged.cells if item.column.key == key)
