"""A closed month: what it was counted by, the figures it was closed with, and the corrections laid over it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

import msgspec

from tuopin_desktop.domain.attendance.count import Month
from tuopin_desktop.domain.attendance.months import month_id, span_of
from tuopin_desktop.domain.attendance.roll import Rolls, attendance_of
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.policy import FIRST_PACK, Policy, set_to
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Attendance, Correction, MonthClose, Posting
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.domain.switches import stored

_TERMS = ("presence.", "village.", "absence.", "leave.")
"""The parts of a policy that decide what a half-day counts for, whether keyed or said by a slip."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """The frozen count of one posting: days in post and needed, everything else in half-days."""

    posting: str
    name: str
    position: str
    in_post: int
    needed: int
    counted: int
    apart: int
    village: int
    county: int
    rested: int
    leave: int
    unjustified: int
    missing: int
    unlogged: int = 0

    @property
    def days(self) -> float:
        """Return the days that count."""
        return self.counted / 2


def figure(posting: str, name: str, position: str, month: Month) -> Figure:
    """Return the figure of a counted month."""
    return Figure(
        posting=posting,
        name=name,
        position=position,
        in_post=month.in_post,
        needed=month.needed,
        counted=month.counted,
        apart=month.apart,
        village=month.village,
        county=month.county,
        rested=month.rested,
        leave=month.leave,
        unjustified=month.unjustified,
        missing=month.missing,
        unlogged=month.unlogged,
    )


def recounted(roll_figure: Figure, month: Month, in_force: date) -> bool:
    """Tell whether the days of a month are not those it was closed with.

    Earlier releases closed the whole of the month in which the measure took effect: that is another count, no change.
    """
    begun = month.span[0] == in_force and roll_figure.in_post != month.in_post
    return roll_figure.counted != month.counted and not begun


def encode_figures(figures: Sequence[Figure]) -> str:
    """Return figures as a close keeps them."""
    return msgspec.json.encode(list(figures)).decode()


def figures_of(close: MonthClose) -> tuple[Figure, ...]:
    """Return the frozen figures of a close; none where the text does not read as figures."""
    try:
        return msgspec.json.decode(close.figures, type=tuple[Figure, ...]) if close.figures else ()
    except msgspec.DecodeError:
        return ()


def terms_of(policy: Policy, packs: Iterable[str] = ()) -> str:
    """Return what a policy says on attendance, one `key=value` a line, as a close keeps it.

    What other `packs` beside it say follows, each line with the id of its pack in front: `2021-village:key=value`.
    """
    switches = [switch for key, switch in sorted(policy.switches.items()) if key.startswith(_TERMS)]
    lines = [f"{switch.key}={stored(switch)}" for switch in switches]
    for pack in sorted({*packs} & {*policy.beside}):
        lines += [f"{pack}:{line}" for line in terms_of(policy.beside[pack]).splitlines()]
    return "\n".join(lines)


def terms_kept(close: MonthClose) -> Mapping[str, str]:
    """Return the terms a month was closed under by pack, each as `terms_of` says them for that pack alone."""
    own = close.pack or FIRST_PACK
    if ":" not in close.terms:
        return {own: close.terms}
    names_by_key: dict[str, list[str]] = defaultdict(list)
    for line in close.terms.splitlines():
        pack, colon, _ = line.partition("=")[0].rpartition(":")
        names_by_key[pack or own].append(line.removeprefix(pack + colon))
    return {pack: "\n".join(lines) for pack, lines in names_by_key.items()}


def policy_of(terms: str, policy: Policy) -> Policy:
    """Return the policy a month was closed under: today's pack with the values of that day.

    A switch that the pack did not have on that day reads as what held before it.
    """
    values = {key: value for key, _, value in (line.partition("=") for line in terms.splitlines())}
    before = {key: switch.before for key, switch in policy.switches.items() if switch.before} if values else {}
    return set_to(policy, before | values)


def is_closed(close: MonthClose | None) -> bool:
    """Tell whether a close is in force: neither deleted nor reopened."""
    return close is not None and close.state == "closed" and not close.deleted


def as_closed(
    months: Iterable[Attendance],
    closed_months: "ClosedMonths",
    corrections: Iterable[Correction],
    postings: Iterable[Posting],
) -> list[Attendance]:
    """Return months as they read: closed ones as their rolls keep them, with the corrections of that closing over them.

    What came to a closed month afterwards, by a package or for a posting entered late, does not count (`changes.py`
    tells of it). A month closed by an earlier release has no roll and reads as it is registered today.
    """
    rolls = closed_months.rolls
    if not rolls.of:
        return corrected(months, closed_months.closes, corrections)
    days = corrected_days(closed_months.closes, corrections)
    rows = ((line, month, days.get(month_id(posting, month), {})) for (posting, month), line in rolls.lines.items())
    attendances = [attendance_of(line, month, over) for line, month, over in rows if line.own or over]
    shut = {month_id(*at) for at in rolls.lines}
    shut |= {month_id(posting.id, month) for posting in postings for month in rolls.late(posting)}
    rest = [month for month in months if month.id not in shut]
    others = [item for item in corrections if _month_of(item) not in shut]
    return [*attendances, *corrected(rest, closed_months.closes, others)]


def corrected(
    months: Iterable[Attendance], closes: Iterable[MonthClose], corrections: Iterable[Correction]
) -> list[Attendance]:
    """Return months as they stand with the corrections of their closing over them, later ones on top.

    A posting of which nothing was keyed has a month as soon as a day of it is corrected.
    """
    days = corrected_days(closes, corrections)
    attendances = [
        msgspec.structs.replace(month, **days.pop(month.id)) if month.id in days else month for month in months
    ]
    return attendances + [
        msgspec.structs.replace(Attendance(id=at, posting=at.rpartition("/")[0], month=at[-7:]), **over)
        for at, over in days.items()
    ]


def corrected_days(closes: Iterable[MonthClose], corrections: Iterable[Correction]) -> dict[str, dict[str, str]]:
    """Return the corrected days (field name -> day) by the id of their month, of the closings that stand."""
    editions = {close.id: close.edition for close in closes if is_closed(close)}
    days: dict[str, dict[str, str]] = {}
    for item in sorted(corrections, key=_in_order):
        if item.day is not None and not item.deleted and editions.get(item.closing, -1) == item.edition:
            days.setdefault(_month_of(item), {})[DAYS[item.day.day - 1]] = item.after
    return days


def _month_of(item: Correction) -> str:
    """Return the id of the month of attendance a correction belongs to."""
    return month_id(item.posting, f"{item.day:%Y-%m}") if item.day is not None else ""


def _in_order(item: Correction) -> tuple[str, int]:
    count = item.id.rpartition("-")[2]
    return item.id.rpartition("-")[0], int(count) if count.isdecimal() else 0


def shut(close: MonthClose) -> Problem:
    """Return why attendance of a closed month cannot be saved, and what to do instead."""
    year, _, month = close.month.partition("-")
    text = f"{year}年{int(month)}月考勤已于{close.closed}由{close.closed_by or '经办人'}结账，不能再改"
    how = "个别日子有误请填考勤更正单；确需整月重报的，请先写明原因重新打开"
    return Problem(code="month.closed", sentence=f"{text}；{how}", fields=("month",), article=10)


def differs(close: MonthClose, names: Sequence[str]) -> str:
    """Return that attendance of a closed month comes from elsewhere, of whom, and what to do."""
    year, _, month = close.month.partition("-")
    who = "、".join(names[:5]) + (f"等{len(names)}人" if len(names) > 5 else "")
    text = f"已结账月份有不同：{year}年{int(month)}月考勤已于{close.closed}结账（{close.county}），包中还有{who}的改动"
    return f"{text}；结账数字不变，请在考勤页核对，确属有误的填考勤更正单"


def standing(closes: Iterable[MonthClose]) -> dict[tuple[str, str], MonthClose]:
    """Return the closes in force, by county and month."""
    return {(close.county, close.month): close for close in closes if is_closed(close)}


class ClosedMonths(msgspec.Struct, frozen=True, dict=True):
    """The closed months of an office with their lookups, and the calendar they lie in."""

    closes: tuple[MonthClose, ...]
    calendar: Calendar

    @cached_property
    def of(self) -> Mapping[tuple[str, str], MonthClose]:
        """Return the closes that stand by county and month."""
        return standing(self.closes)

    @cached_property
    def days(self) -> Mapping[str, Mapping[date, str]]:
        """Return the closed months of every county by their first day, with the days as they were written."""
        values_by_key: dict[str, dict[date, str]] = defaultdict(dict)
        for (county, month), close in self.of.items():
            if (span := span_of(month)) is not None:
                values_by_key[county][span[0]] = close.days
        return values_by_key

    def months(self, county: str) -> list[str]:
        """Return the closed months of a county."""
        return [f"{first:%Y-%m}" for first in self.days.get(county, ())]

    def calendar_of(self, county: str) -> Calendar:
        """Return the calendar of a county, in which closed months keep the days they were closed with."""
        if county not in self._calendars:
            values, own = self.days.get(county, {}), self.calendar.of(county)
            # Hardly any table changes after a close: then all count by one calendar, whose months are laid out once.
            changed = any(
                own.day_signs(first, first + timedelta(days=len(signs) - 1)) != signs for first, signs in values.items()
            )
            self._calendars[county] = own.as_written(values) if changed else own
        return self._calendars[county]

    @cached_property
    def _calendars(self) -> dict[str, Calendar]:
        return {}

    @cached_property
    def rolls(self) -> Rolls:
        """Return what the closed months keep of every day."""
        return Rolls(self.of)

    @cached_property
    def figures(self) -> Mapping[tuple[str, str], Figure]:
        """Return the frozen figures by posting and month."""
        return {
            (figure.posting, month): figure for (_, month), close in self.of.items() for figure in figures_of(close)
        }

    def terms(self, county: str, month: str, policy: Policy) -> str:
        """Return the terms a month was closed under where they are not those of the policy; else ""."""
        value = self.terms_of.get((county, month), {}).get(policy.id, "")
        return "" if not value or value == self._said(policy) else value

    @cached_property
    def terms_of(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """Return by county and month the terms it was closed under, by pack."""
        return {at: terms_kept(close) for at, close in self.of.items()}

    @cached_property
    def _spoken(self) -> list[tuple[Policy, str]]:
        return []

    def _said(self, policy: Policy) -> str:
        for said_of, terms in self._spoken:
            if said_of is policy:
                return terms
        self._spoken.append((policy, terms_of(policy)))
        return self._spoken[-1][1]
