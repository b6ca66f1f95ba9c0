"""Registers built and read back for the tests."""

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tuopin_desktop.documents.grids import read_bytes
from tuopin_desktop.documents.sheetlook import Heading
from tuopin_desktop.documents.workbook import Personal, record_table, register
from tuopin_desktop.domain.codes import CodeTable, vocabulary
from tuopin_desktop.domain.columns import ENDS, Column, all_columns, label_of
from tuopin_desktop.domain.idcard import check_digit
from tuopin_desktop.domain.intake import Header, Intake, Rules, find_header, take_in
from tuopin_desktop.domain.record import Scalar

PACKS = {"2018-nmg": "2018年办法", "2021-village": "2021年驻村"}

RESOURCES = Path(__file__).parents[2] / "resources"
CREATED = datetime(2018, 6, 1, 8, 0)


def _read(name: str) -> list[dict[str, str]]:
    with (RESOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLES: dict[str, CodeTable] = vocabulary(_read("codes.csv"), _read("counties.csv"), PACKS)


def intake_of(raw: bytes, kind: str, rules: Rules | None = None) -> Intake:
    grid = read_bytes(raw, "x").grids[0]
    header = find_header(grid.rows, kind)
    assert isinstance(header, Header), header
    return take_in(grid.rows, header, rules or Rules(TABLES))


def written(kind: str) -> list[Column]:
    """Return the columns a sheet of ours may have: all but those in which another's gives a period in parts."""
    return [column for column in all_columns(kind) if column.part not in ENDS]


def exported(kind: str, records: list[Mapping[str, Scalar]], personal: Personal = Personal.KEEP) -> bytes:
    headings, rows = record_table(written(kind), records, TABLES, personal=personal)
    return register(
        label_of(kind),
        headings,
        rows,
        office="突泉县",
        filled=date(2018, 6, 5),
        created=CREATED,
        signed=("填表人", "审核"),
    )


def citizen(seventeen: str) -> str:
    return seventeen + check_digit(seventeen)


def register_of(rows: list[list[Any]], headings: list[Heading]) -> bytes:
    return register("测试表", headings, rows, office="甲旗", filled=date(2018, 6, 5), created=CREATED)


def xml_of(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()
