"""Any register as the window lists it and as a printed list, derived from its one declaration."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import fsum

import msgspec

from tuopin_desktop.documents.sheetlook import Cell as Printed
from tuopin_desktop.documents.table import Column, Table, figure
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.masking import hides, mask
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Field, Form, Record, Scalar, fields, scalar
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers

GROUPS: Mapping[str, tuple[str, ...]] = {
    "会议报告": ("meeting", "meeting_problem", "team_report", "half_year_report", "matter", "dispatch"),
    "培训": ("training", "training_attendance"),
    "队员": ("recommendation", "follow_up", "acknowledgement", "advancement", "incident"),
    "保障": ("round_trip", "insurance", "medical_claim", "subsidy_rate", "fund"),
    "考核决定": ("work_summary", "routine_mark", "appraisal_score", "decision"),
    "归档利用": ("personal_material", "personal_handover", "lending"),
}
"""The registers that the window keeps in one list and one form, both derived from the declaration."""

ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(("office", "station", "revocation"), "this office and its PCs: the settings and the exchange"),
    **dict.fromkeys(("county", "calendar_year", "calendar_day", "ruling"), "tables for everybody: the settings"),
    **dict.fromkeys(("team", "person", "posting"), "the roster, with a person and the posting in one row"),
    **dict.fromkeys(("leave_slip", "opinion", "authorisation", "filing", "call"), "the slip as it is drawn"),
    **dict.fromkeys(("attendance", "month_close", "correction", "remark"), "the month grid and its closing"),
    **dict.fromkeys(("daily_log", "weekly_note", "ledger_item"), "the page of journals"),
    **dict.fromkeys(("spot_check", "own_check", "rectification", "check_draw"), "the page of checks"),
    **dict.fromkeys(("recall_case", "statement", "measure", "replacement"), "steps of a case, each a stroke"),
    **dict.fromkeys(("ballot_round", "ballot"), "ballots, keyed twice and never typed into a list"),
    "grade": "proposed from the points and decided by a stroke on the page of appraisal",
    "amendment": "written with the correction of what was fixed, and listed beside it",
    "explanation": "given to a contradiction, which is found and not entered",
    "attachment": "a file of the record it belongs to",
    "service_certificate": "printed under a running number on the page of archives, and never typed",
    "extract": "taken out on the page of archives, and the log by which it is made again",
    "snapshot": "the figures of a report as they were frozen",
    **dict.fromkeys(("term_seal", "closing_note"), "the end of a term, on the page of the archive"),
    "purge": "an act of forgetting, proposed and confirmed where the terms that are over are listed",
    **dict.fromkeys(("user", "access"), "who uses this computer: the settings, with their passwords in the vault"),
    "rule_pack": "a signed file, taken into use by a stroke in the settings",
    **dict.fromkeys(
        ("fonds", "filing_rule", "archive_item", "catalogue_heads", "archive_handover"), "the page of the archives"
    ),
}
"""The kinds that are no such register, and where they are kept instead."""


def kept_here() -> tuple[str, ...]:
    """Return the kinds of `GROUPS` in their order."""
    return tuple(kind for kinds in GROUPS.values() for kind in kinds)


_PAPER_MM = 245.0
_CENTRED = (Form.DATE, Form.MONTH, Form.CHOICE, Form.FLAG, Form.INTEGER)


class RegisterRow(msgspec.Struct, frozen=True):
    """One row of a register: its id, its county, the words of every listed field in order, how many files it has."""

    id: str
    county: str
    cells: tuple[str, ...]
    files: int = 0


class RegisterRows(msgspec.Struct, frozen=True):
    """A register as it is listed: its columns, the rows that were asked for, and how many there are in all."""

    kind: str
    columns: tuple[Field, ...]
    rows: tuple[RegisterRow, ...]
    total: int


def listed(desk: Desk, kind: str, text: str = "", county: str = "", *, reveal: bool = False) -> RegisterRows:
    """Return the rows of a register in which a text stands, of one county or of all; the newest first.

    Personal values are masked, those of a register about conduct altogether, unless they are asked for (`reveal`).
    Raises Refused by role.
    """
    if reveal:
        desk.require(Act.REVEAL)
    cls = registers.kind_of(kind)
    columns = columns_of(cls)
    records = registers.rows(desk, kind)
    names = names_of(desk, cls)
    files = recordfiles.counts(desk, kind)
    lines = [_line(record, _words(desk, record, columns, names, reveal=reveal), files[record.id]) for record in records]
    target = text.strip().casefold()
    rows = [
        line
        for line in lines
        if (not county or line.county == county) and (not target or target in " ".join(line.cells).casefold())
    ]
    return RegisterRows(kind, columns, tuple(_newest_first(rows, columns)), len(records))


def columns_of(cls: type[Record]) -> tuple[Field, ...]:
    """Return the fields of a kind that are columns of its list."""
    return tuple(item for item in fields(cls) if item.width)


def names_of(desk: Desk, cls: type[Record]) -> dict[str, str]:
    """Return the words for the ids that the fields of a kind point to."""
    kinds = {item.ref for item in fields(cls) if item.form is Form.REF and item.ref}
    return {key: text for ref in kinds for key, text in registers.titles(desk, ref).items()}


def titles_for(desk: Desk, kind: str) -> dict[str, dict[str, str]]:
    """Return, for every kind a form's fields may point to, the words of its records."""
    refs = {item.ref for item in fields(KINDS[kind]) if item.form is Form.REF and item.ref}
    return {one: registers.titles(desk, one) for ref in refs for one in ref.split(",")}


def _line(record: Record, texts: Iterable[str], files: int) -> RegisterRow:
    return RegisterRow(record.id, ids.county(record.id), tuple(texts), files)


def _words(
    desk: Desk, record: Record, columns: Iterable[Field], names: Mapping[str, str], *, reveal: bool
) -> Iterable[str]:
    cls = type(record)
    for item in columns:
        value = _scalar(record, item)
        if item.form is Form.REF and (reveal or not hides(cls, item)):
            yield names.get(str(value or ""), str(value or ""))
        else:
            yield field_words(item, value, desk.vocabulary) if reveal else mask(cls, item, value, desk.vocabulary)


def _scalar(record: Record, item: Field) -> Scalar:
    return scalar(getattr(record, item.name))


def _newest_first(rows: list[RegisterRow], columns: Sequence[Field]) -> list[RegisterRow]:
    dated = next((place for place, item in enumerate(columns) if item.form in (Form.DATE, Form.PERIOD)), None)
    if dated is None:
        return rows
    return sorted(rows, key=lambda line: line.cells[dated], reverse=True)


def printed(desk: Desk, kind: str, text: str = "", county: str = "") -> Book[RegisterRow]:
    """Return the rows as a list for paper and workbook; raises Refused when there are none."""
    register_rows = listed(desk, kind, text, county, reveal=True)
    if not register_rows.rows:
        raise refuse("empty", f"{KINDS[kind].kind.label}没有可打印的记录，请先登记或放宽筛选")
    widths = [max(item.width, 60) for item in register_rows.columns]
    share = (_PAPER_MM - 12) / sum(widths)
    columns = [Column("序号", 12, "center", Form.INTEGER)]
    columns += [
        Column(item.label, round(width * share, 1), "center" if item.form in _CENTRED else "left", _form(item))
        for item, width in zip(register_rows.columns, widths, strict=True)
    ]
    sheet = Table(
        title=KINDS[kind].kind.label + "登记簿",
        columns=tuple(columns),
        rows=tuple((place, *_cells(line, register_rows.columns)) for place, line in enumerate(register_rows.rows, 1)),
        totals=(_total(register_rows.rows, register_rows.columns),),
        office=desk.office.name,
        filled=desk.today(),
    )
    return book(register_rows.rows, sheet, personal=personal_in(KINDS[kind]))


def _cells(line: RegisterRow, columns: Sequence[Field]) -> Iterator[Printed]:
    """Yield a row as it is printed, amounts and counts as the numbers they are."""
    for item, text in zip(columns, line.cells, strict=True):
        yield figure(text) if item.form in (Form.INTEGER, Form.MONEY) else text


def _total(rows: Sequence[RegisterRow], columns: Sequence[Field]) -> tuple[Printed, ...]:
    """Return the last row: how many there are, and what amounts of money come to."""
    sums: list[Printed] = [
        figure(f"{fsum(float(line.cells[at].replace(',', '') or 0) for line in rows):.2f}".removesuffix(".00"))
        if item.form is Form.MONEY
        else None
        for at, item in enumerate(columns)
    ]
    if sums and sums[0] is None:
        sums[0] = f"{len(rows)}条"
    return ("合计", *sums)


def personal_in(cls: type[Record]) -> str:
    """Return the words for what a register's list holds of personal data, "" for nothing."""
    if cls.kind.restricted:
        return "个人违纪情况"
    return "、".join(item.label for item in columns_of(cls) if item.personal)


def _form(item: Field) -> Form:
    return Form.LONG if item.form in (Form.LONG, Form.REF, Form.TEXT) else Form.TEXT
