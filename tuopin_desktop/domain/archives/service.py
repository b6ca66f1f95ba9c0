"""Somebody's service over a whole term as a certificate says it: postings with their papers, days of closed months."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.attendance.closing import ClosedMonths
from tuopin_desktop.domain.attendance.months import following
from tuopin_desktop.domain.recall.course import RECALLING
from tuopin_desktop.domain.records import Correction, Decision, Measure, Posting, RecallCase

OPEN = "没有结账"
LEFT_OUT = "结账时没有列入"
_REPLACED = "replacement"
_BY_TERM = ("", "term")
"""Ends of a posting that need no paper of their own."""


class Ends(msgspec.Struct, frozen=True, kw_only=True):
    """What an office keeps on how postings end: decisions on them, cases of recall and the measures taken in these."""

    decisions: Sequence[Decision] = ()
    cases: Sequence[RecallCase] = ()
    measures: Sequence[Measure] = ()

    def paper(self, posting: Posting) -> str:
        """Return the number of the paper a posting ended by, as it is on record; "" where none is."""
        if posting.end_reason == "recall" and (paper := self._recalled(posting.id)):
            return paper
        approved = (
            one.paper
            for one in self.decisions
            if one.matter == _REPLACED and one.subject == posting.id and one.result == "approved"
        )
        return next(approved, "") or posting.approval_paper

    def _recalled(self, posting: str) -> str:
        cases = {one.id for one in self.cases if one.posting == posting}
        recalled = sorted(
            (one for one in self.measures if one.case in cases and one.measure in RECALLING and one.paper),
            key=lambda one: (one.taken or date.min, one.paper),
        )
        return recalled[-1].paper if recalled else ""


class ServedMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A month of one posting: the days it was closed with, or None and why; numbers of the corrections since."""

    month: str
    days: float | None = None
    why: str = ""
    corrected: tuple[str, ...] = ()


class ServedPosting(msgspec.Struct, frozen=True, kw_only=True):
    """One posting of a certificate with the paper of its end and its months; `endless` if only its last day lacks."""

    posting: Posting
    ended_by: str
    months: tuple[ServedMonth, ...]
    endless: bool = False

    @property
    def days(self) -> float:
        """Return the days of its closed months."""
        return sum(one.days or 0 for one in self.months)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return what the records do not say of it, each as words that follow the team's name."""
        return tuple(self._gaps())

    def _gaps(self) -> Iterator[str]:
        posting = self.posting
        if not posting.paper:
            yield "选派文号没有登记"
        if self.endless:
            yield "派驻止没有登记"
        if posting.until is not None and posting.end_reason not in _BY_TERM and not self.ended_by:
            yield "离任文号没有登记"
        if posting.until is not None and not posting.end_reason:
            yield "离任原因没有登记"
        for why in (OPEN, LEFT_OUT):
            if months := [one.month for one in self.months if one.why == why]:
                yield f"{spoken(months)}考勤{why}"


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A person's whole service: his postings in order."""

    postings: tuple[ServedPosting, ...]

    @property
    def days(self) -> float:
        """Return the days of all closed months."""
        return sum(one.days for one in self.postings)


def service_of(
    postings: Iterable[Posting],
    books: ClosedMonths,
    corrections: Sequence[Correction],
    ends: Ends,
    today: date,
    term_end: Callable[[Posting], date],
) -> Service:
    """Return the service of somebody by his postings in order; `term_end` is the last day each may have by its pack.

    Months are those that are over; a posting without a last day goes on until the term ends, and then that day lacks.
    """
    over = today.replace(day=1) - timedelta(days=1)
    served_postings = []
    for posting in postings:
        last = min(over, term_end(posting), posting.until or over)
        if posting.until is not None and f"{posting.until:%Y-%m}" == f"{today:%Y-%m}" and posting.until <= today:
            last = posting.until  # the month in which he left may be closed before it is over
        own = [one for one in corrections if one.posting == posting.id and not one.deleted]
        served_postings.append(
            ServedPosting(
                posting=posting,
                ended_by=ends.paper(posting),
                months=tuple(_month(posting, month, books, own) for month in _months(posting, last)),
                endless=posting.until is None and term_end(posting) < today,
            )
        )
    return Service(postings=tuple(served_postings))


def _months(posting: Posting, last: date) -> Iterator[str]:
    """Yield the months with a day in post up to a day."""
    if posting.since is None:
        return
    first = posting.since.replace(day=1)
    while first <= last:
        yield f"{first:%Y-%m}"
        first = following(first)


def _month(posting: Posting, month: str, books: ClosedMonths, corrections: Sequence[Correction]) -> ServedMonth:
    close = books.of.get((posting.county, month))
    if close is None:
        return ServedMonth(month=month, why=OPEN)
    figure = books.figures.get((posting.id, month))
    if figure is None:
        return ServedMonth(month=month, why=LEFT_OUT)
    since = (
        one.number
        for one in corrections
        if one.closing == close.id and one.edition == close.edition and one.day and f"{one.day:%Y-%m}" == month
    )
    return ServedMonth(month=month, days=figure.days, corrected=tuple(sorted(set(since))))


def spoken(months: Sequence[str]) -> str:
    """Return months in words, runs drawn together: 2018年6月至9月、2019年2月."""
    runs: list[list[str]] = []
    for month in sorted(months):
        if runs and _after(runs[-1][-1]) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(_run(one) for one in runs)


def _run(months: Sequence[str]) -> str:
    first, last = months[0], months[-1]
    text = f"{first[:4]}年{int(first[5:])}月"
    if first == last:
        return text
    return f"{text}至{'' if first[:4] == last[:4] else last[:4] + '年'}{int(last[5:])}月"


def _after(month: str) -> str:
    return f"{following(date.fromisoformat(f'{month}-01')):%Y-%m}"


def by_team_year(service: Service) -> Mapping[tuple[str, int], Mapping[int, tuple[ServedMonth, ...]]]:
    """Return the months by county and year, of each month what every posting there says of it."""
    table: dict[tuple[str, int], dict[int, tuple[ServedMonth, ...]]] = {}
    for one in service.postings:
        for month in one.months:
            year, number = int(month.month[:4]), int(month.month[5:])
            row = table.setdefault((one.posting.county, year), {})
            row[number] = (*row.get(number, ()), month)
    return table
