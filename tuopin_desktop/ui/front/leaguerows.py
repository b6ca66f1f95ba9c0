"""The rows of the table by league: counties and their leagues in one shape, in the order asked for."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import msgspec

from tuopin_desktop.domain.spelling import spelt
from tuopin_desktop.services.home.abovestate import (
    LATE,
    ON_TIME,
    UNSENT,
    AboveState,
    CountyLine,
    Sums,
    change_words,
    sums,
)

_TONES = {ON_TIME: "ok", LATE: "warn", UNSENT: "bad"}


class LeagueRow(msgspec.Struct, frozen=True, kw_only=True):
    """A county, a league (`folded` or open) or all, as the table shows it; `place` is its code, "" of all.

    `figures` are the change by column, `values` what they are ordered by.
    """

    place: str
    name: str
    is_group: bool
    figures: dict[str, str]
    values: dict[str, float]
    tone: str = ""
    change: str = ""
    change_tone: str = ""
    marks: tuple[int, ...] = ()
    folded: bool = False

    @property
    def title(self) -> str:
        """Return the name with the sign of its fold, or set in under its league."""
        return f"{'▸' if self.folded else '▾'} {self.name}" if self.is_group and self.place else self.name


def county_row(line: CountyLine) -> LeagueRow:
    """Return the row of a county; what is not judged yet is not told as nothing."""
    team = line.team
    change, tone = change_words(team.overdue, line.before)
    sure = team.reached + team.short
    figures = {
        "report": line.report,
        "registered": f"{line.registered}/{team.serving}",
        "reached": f"{team.reached}/{sure}" if sure else "无登记",
        "overdue": str(team.overdue),
        "out": str(team.out),
    }
    if not line.ready:
        figures, change, tone = dict.fromkeys(figures, "–"), "", ""
    return LeagueRow(
        place=team.county,
        name=team.name,
        is_group=False,
        figures=figures,
        values={
            "report": {UNSENT: 2, LATE: 1}.get(line.report, 0),
            "registered": team.serving - line.registered,
            "reached": team.short + team.unknown,
            "overdue": team.overdue,
            "out": team.out,
            "marks": sum(one == 0 for one in line.marks),
            "change": team.overdue - line.before if line.before is not None else 0,
        },
        tone=_TONES.get(line.report, "quiet") if line.ready else "quiet",
        change=change,
        change_tone=tone,
        marks=line.marks,
    )


def sum_row(place: str, name: str, whole: Sums, *, folded: bool = False) -> LeagueRow:
    """Return the row of a league, or of all."""
    change, tone = change_words(whole.overdue, whole.before)
    sure = whole.reached + whole.short
    return LeagueRow(
        place=place,
        name=f"{name} {whole.teams}",
        is_group=True,
        figures={
            "report": f"{whole.reported}/{whole.owing}",
            "registered": f"{whole.registered}/{whole.serving}",
            "reached": f"{whole.reached}/{sure}" if sure else "无登记",
            "overdue": str(whole.overdue),
            "out": str(whole.out),
        },
        values={
            "report": whole.unsent,
            "registered": whole.serving - whole.registered,
            "reached": whole.short + whole.unknown,
            "overdue": whole.overdue,
            "out": whole.out,
            "marks": 0,
            "change": whole.overdue - whole.before if whole.before is not None else 0,
        },
        change=change,
        change_tone=tone,
        folded=folded,
    )


def total_row(state: AboveState) -> LeagueRow:
    """Return the row of all."""
    return sum_row("", "合计", state.sums())


def arranged(
    state: AboveState, column: str, *, most_first: bool, grouped: bool, folded: Collection[str], text: str
) -> list[LeagueRow]:
    """Return the rows in the order of a column ("" as they come), ties by name, of counties that hold a text.

    What is looked for is never folded away, and its leagues are the sums of the lines that are shown.
    """

    def key(row: LeagueRow) -> Any:
        if column == "name":
            return (spelt(row.name),)
        return (-row.values[column] if most_first else row.values[column], spelt(row.name))

    def order(rows: Sequence[LeagueRow]) -> list[LeagueRow]:
        some = sorted(rows, key=key) if column else list(rows)
        return some[::-1] if column == "name" and most_first else some

    lines = {code: [one for one in state.of(code) if text in one.team.name] for code, _ in state.leagues}
    if not grouped:
        return order([county_row(one) for some in lines.values() for one in some])
    groups = [
        sum_row(code, name, sums(lines[code]), folded=code in folded and not text)
        for code, name in state.leagues
        if lines[code]
    ]
    return list(_unfolded(order(groups), lines, order))


def _unfolded(
    groups: Sequence[LeagueRow],
    lines: dict[str, list[CountyLine]],
    order: Callable[[Sequence[LeagueRow]], list[LeagueRow]],
) -> Iterator[LeagueRow]:
    for group in groups:
        yield group
        if not group.folded:
            yield from order([county_row(one) for one in lines[group.place]])
