"""A register of leave of past years: its rows become slips that are over, with the ink, filings and returns it names.

Nothing is held against anybody for such a slip (`LeaveSlip.history`); what a register does not say is not asked for.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

import msgspec

from tuopin_desktop.domain import registercolumns
from tuopin_desktop.domain.columns import register_columns
from tuopin_desktop.domain.daywords import with_dates
from tuopin_desktop.domain.halves import Period, parse_stored
from tuopin_desktop.domain.intake import Header, SheetRow, heading_key, registercells
from tuopin_desktop.domain.intake.questions import Answer, Question, row_words
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Record, Scalar
from tuopin_desktop.domain.records import Filing, LeaveSlip, Opinion
from tuopin_desktop.services.office import clocks
from tuopin_desktop.services.office.desk import Desk

KIND = registercolumns.KIND
CODE = "history"
PAST = Answer("history", "作为历史补录（不评迟早）")
NEW = Answer("new", "作为新填的报备单")
WAIVED = frozenset((f"{KIND}.filled", f"{KIND}.place"))
"""What a slip must say and a register may not: the day it was filled in, and where to."""

Single = Callable[[Mapping[str, Scalar], Mapping[str, str]], tuple[Record | None, Record]]
"""Reads one record of a row: its values by key, and the further words of a register."""

_COLUMNS = {column.name: column for column in register_columns(KIND)}
_RETURNS = ("back", "returned", "reported")
_NOT_SAID = "登记簿未写"
_YEAR = re.compile(r"(20[0-9]{2}|19[0-9]{2})\s*年")
_NOTE = 500
_RECENT = timedelta(days=31)
"""How long leave of this year may be over and still be nobody's history: its return is often entered a while later."""


def header_of(header: Header, answers: Mapping[str, str]) -> Header:
    """Return the heading of a register with 返岗时间 and its like as the return, where the end stands elsewhere."""
    if header.kind != KIND or not (_is_register(header) or answers.get(CODE) == PAST.word):
        return header
    have = {column.name for column in header.columns.values()}
    if "back" in have or "returned" in have:
        return header
    for place, text in header.headings.items():
        column = header.columns.get(place)
        back = heading_key(text).startswith(registercolumns.BACK_WORDS)
        elsewhere = bool(have & {"period", "period.count"}) if column and column.name == "period.last" else True
        if back and elsewhere and (column is None or column.name == "period.last"):
            return header.assign(place, _COLUMNS["back"])
    return header


def question(header: Header, answers: Mapping[str, str]) -> Iterator[Question]:
    """Yield what is asked of a sheet that looks like a register: whether its rows are history or new slips."""
    if header.kind == KIND and _is_register(header) and not answers.get(CODE):
        names = [column.heading for column in header.columns.values() if column.name in _COLUMNS]
        text = "、".join(dict.fromkeys(names))
        yield Question(CODE, f"表里有“{text}”的列，像是过去的请假登记簿。这些请假怎样导入？", (PAST, NEW))


def notes(header: Header, answers: Mapping[str, str]) -> Iterator[str]:
    """Yield what is said of a register under its answer."""
    if header.kind != KIND:
        return
    if answers.get(CODE) == PAST.word:
        yield "作为历史补录：标明“补录”，不评迟早，不再要求签字、备案和销假"
    elif answers.get(CODE) == NEW.word and _is_register(header):
        yield "返回、签批、备案的列没有导入：新填的报备单在“请销假”里办理"


def waived(header: Header, answers: Mapping[str, str]) -> frozenset[str]:
    """Return the required fields that rows of history need not fill."""
    past = answers.get(CODE) == PAST.word or (_is_register(header) and not answers.get(CODE))
    return WAIVED if header.kind == KIND and past else frozenset()


def _is_register(header: Header) -> bool:
    return any(column.name in _COLUMNS for column in header.columns.values())


def with_years(
    rows: Sequence[Sequence[object]], header: Header, answers: Mapping[str, str]
) -> Sequence[Sequence[object]]:
    """Return rows in which a period without a year is in the year of the title over the heading."""
    if header.kind != KIND or answers.get(CODE) != PAST.word:
        return rows
    titles = (str(cell) for row in rows[: header.first - 1] for cell in row if isinstance(cell, str))
    years = [int(match[1]) for title in titles if (match := _YEAR.search(title))]
    places = [
        place for place, column in header.columns.items() if column.name in ("period", "period.first", "period.last")
    ]
    if len(set(years)) != 1 or not places:
        return rows
    whole = [list(row) for row in rows]
    for row in whole[header.last :]:
        for place in places:
            if place < len(row) and isinstance(cell := row[place], str):
                row[place] = registercells.with_year(cell, years[0])
    return whole


class HistoryRows:
    """Reads the further columns of the rows of one file; `past` tells that they are history."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._today = desk, desk.today()
        self.past = False

    def question(self, new: Iterable[SheetRow], answers: Mapping[str, str]) -> Iterator[Question]:
        """Yield what is asked of new rows whose leave was over before this year, or before work began here."""
        if answers.get(CODE):
            return
        past = frozenset(row.number for row in new if self._is_past(row.values))
        if past:
            sentence = f"{row_words(past)}的假期在以前年度或本单位启用程序之前已经结束，像是过去的请假登记"
            yield Question(CODE, f"{sentence}。这些请假怎样导入？", (PAST, NEW), "rows", past)

    def _is_past(self, values: Mapping[str, Scalar]) -> bool:
        period = parse_stored(str(values.get(f"{KIND}.period") or ""))
        if values.get(f"{KIND}.id") or period is None or self._not_past(period.last):
            return False
        return period.last.year < self._today.year or period.last < self._today - _RECENT

    def pairs(
        self, table: Mapping[str, Scalar], single: Single, standing: Mapping[str, Mapping[str, Record]]
    ) -> list[tuple[Record | None, Record]]:
        """Return the slip of a row, and what a register of past years says beside it; each with what is kept of it."""
        own, further = self.parted(table)
        before, slip = single({f"{KIND}.{name}": value for name, value in self.stated(own).items()}, further)
        records = self.further(slip, further) if isinstance(slip, LeaveSlip) and before is None else []
        return [(before, slip), *((standing[one.kind.name].get(one.id), one) for one in records)]

    @staticmethod
    def parted(table: Mapping[str, Scalar]) -> tuple[dict[str, Scalar], dict[str, str]]:
        """Return what a row says of the slip itself, and the words of a register beside it."""
        further = {name: str(value) for name, value in table.items() if name in _COLUMNS and value is not None}
        return {name: value for name, value in table.items() if name not in _COLUMNS}, further

    def stated(self, table: Mapping[str, Scalar]) -> dict[str, Scalar]:
        """Return the values of a row with what a register may leave out filled in."""
        values = dict(table)
        period = parse_stored(str(values.get("period") or ""))
        if self.past and period is not None:
            if why := self._not_past(period.last):
                raise refuse(CODE, with_dates(f"假期到{period.last}，{why}，不能作为历史补录"), "period")
            values["filled"] = values.get("filled") or period.first.isoformat()
            values["place"] = values.get("place") or _NOT_SAID
        return values

    def _not_past(self, last: date) -> str:
        """Return why leave is no history: not over, or of this year when slips were made out here already."""
        if last >= self._today:
            return "还没有过去"
        if last.year < self._today.year or last < self._began:
            return ""
        return f"本单位{self._began}已启用程序，请按报备单办理"

    @cached_property
    def _began(self) -> date:
        """The day from which this office made out its slips here."""
        days = clocks.beginnings(self._desk)
        return days.get(self._desk.scope) or max(days.values(), default=self._today)

    def slip(self, slip: LeaveSlip, further: Mapping[str, str]) -> LeaveSlip:
        """Return a slip as history, with its return; what cannot be told apart stands in its note in its own words."""
        period = parse_stored(slip.period)
        if not self.past or period is None:
            return slip
        returned, reported = registercells.back(further.get("back", ""), period)
        returned = registercells.back(further.get("returned", ""), period)[0] or returned
        day = registercells.day_of(further.get("reported", ""), period)
        _refuse_early(further, period)
        note = "；".join([*([slip.note] if slip.note else []), *self._unclear(slip, further)])[:_NOTE]
        return msgspec.structs.replace(
            slip,
            history=True,
            returned=returned,
            reported=day or (date.fromisoformat(reported) if reported else None),
            note=note,
        )

    def further(self, slip: LeaveSlip, further: Mapping[str, str]) -> list[Record]:
        """Return the signatures and filings a row names whole: who, how and when; with whom and when."""
        if not slip.history:
            return []
        opinions = [
            Opinion(
                id=f"{slip.id}/{one.role}",
                slip=slip.id,
                role=one.role,
                verdict=one.verdict,
                signer=one.signer or _NOT_SAID,
                signed=one.signed,
            )
            for one in self._inks(slip, further)
            if one.role and one.signed
        ]
        filings = [
            Filing(id=f"{slip.id}/{body}", slip=slip.id, body=body, filed=day)
            for body, day, _ in self._filings(slip, further)
            if body and day
        ]
        return list({one.id: one for one in (*opinions, *filings)}.values())

    def _inks(self, slip: LeaveSlip, further: Mapping[str, str]) -> Iterator[registercells.Ink]:
        period = parse_stored(slip.period)
        assert period is not None, "asked of history alone"
        signers = form_of(slip).signers
        for role in registercolumns.SIGNED:
            text, day = further.get(f"sign_{role}", ""), further.get(f"day_{role}", "")
            last = signers[-1] if signers else ""  # whoever signs last is who approves
            whose = last if role == registercolumns.ANY else role
            for one in registercells.inks(text or ("同意" if day else ""), whose, period):
                signed = one.signed or registercells.day_of(day, period)
                fits = one.role in signers
                yield msgspec.structs.replace(one, signed=signed, role=one.role if fits else "")

    def _filings(self, slip: LeaveSlip, further: Mapping[str, str]) -> Iterator[tuple[str, date | None, str]]:
        period = parse_stored(slip.period)
        assert period is not None, "asked of history alone"
        for body in registercolumns.FILED:
            known_body = "" if body == registercolumns.ANY else body
            for whose, day, text in registercells.filings(further.get(f"filed_{body}", ""), known_body, period):
                yield (whose if whose in form_of(slip).bodies else ""), day, text

    def _unclear(self, slip: LeaveSlip, further: Mapping[str, str]) -> Iterator[str]:
        """Yield in its own words what no record can hold: a name or a return without a day, a filing with nobody."""
        period = parse_stored(slip.period)
        assert period is not None, "asked of history alone"
        yield from (f"签批：{one.text}" for one in self._inks(slip, further) if not (one.role and one.signed))
        yield from (
            f"返回：{line}" for name in _RETURNS for line in registercells.unread(further.get(name, ""), period)
        )
        yield from (f"备案：{text}" for body, day, text in self._filings(slip, further) if not (body and day))


def _refuse_early(further: Mapping[str, str], period: Period) -> None:
    """Refuse a return before the leave began: one of the two days is a slip of the pen."""
    for name in _RETURNS:
        early = [day for day in registercells.days_of(further.get(name, ""), period) if day < period.first]
        if early:
            raise refuse(CODE, with_dates(f"返回的日子{early[0]}在请假起始{period.first}之前，请核对"), name)
