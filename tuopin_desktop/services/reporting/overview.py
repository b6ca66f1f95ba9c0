"""How every team below this office stands today: people, last month, open months, duties, leave, evidence, packages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

import msgspec

from tuopin_desktop.documents.sheetlook import Cell as Printed
from tuopin_desktop.documents.table import Column, Table, figure
from tuopin_desktop.domain.duties.radar import Cell
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.shelf.tally import NOTHING, Tally
from tuopin_desktop.domain.teamline import HEADINGS, TeamLine
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.exchange import packageboard
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.judging.teamfigures import PersonMonth
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting.monthly import mean_days, presence_rate
from tuopin_desktop.services.shelves import merge


class Teams(msgspec.Struct, frozen=True, kw_only=True):
    """The teams in the order of their codes, and their sums; `month` is the last one that is over (YYYY-MM)."""

    month: str
    teams: tuple[TeamLine, ...]
    total: TeamLine


def overview(desk: Desk) -> Teams:
    """Return a line for each team with its counts, put together from the shelves."""
    policy, today = judging.policy_on(desk, desk.today()), desk.today()
    month = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    begun = month >= f"{policy.in_force:%Y-%m}"
    figures = merge.months(desk, month) if begun else {}
    counts = _Counts.of(desk, policy)
    teams = tuple(counts.line(code, figures[code].people if code in figures else ()) for code in sorted(counts.names))
    people = [one for team in figures.values() for one in team.people]
    return Teams(month=month if begun else "", teams=teams, total=_total(teams, people))


class _Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted over all teams at once, by county."""

    year: int
    policy: Policy
    names: dict[str, str]
    tallies: dict[str, Tally]
    overdue: Counter[str]
    doubts: Counter[str]
    ages: dict[str, int | None]

    @classmethod
    def of(cls, desk: Desk, policy: Policy) -> "_Counts":
        """Count duties, leave, evidence and packages."""
        counties, year = offices.counties(desk), desk.today().year
        cells = radar.map_of(counties, merge.duties(desk).get(year, ()), year).cells
        pending = evidence.select(evidence.from_shelves(desk), state="pending")
        return cls(
            year=year,
            policy=policy,
            names={one.code: one.name for one in counties},
            tallies=merge.tallies(desk),
            overdue=_overdue(cells),
            doubts=Counter(row.item.county for row in pending),
            ages={row.office: row.age for row in packageboard.board(desk).rows},
        )

    def line(self, code: str, people: Sequence[PersonMonth]) -> TeamLine:
        """Return a team's line."""
        rate, tally = presence_rate(people, self.policy), self.tallies.get(code, NOTHING)
        return TeamLine(
            county=code,
            name=self.names[code] or code,
            year=self.year,
            serving=tally.serving,
            size=self.policy.number("composition.team_size"),
            reached=rate.reached,
            short=rate.short,
            unknown=rate.unknown,
            least=rate.least,
            mean=mean_days(people),
            unclosed=tally.unclosed,
            overdue=self.overdue[code],
            out=tally.out,
            late=tally.late,
            doubts=self.doubts[code],
            age=self.ages.get(code),
        )


def _overdue(cells: Mapping[tuple[str, str], Cell]) -> Counter[str]:
    """Return how many duties are overdue in each county."""
    counter: Counter[str] = Counter()
    for (code, _), cell in cells.items():
        counter[code] += cell.overdue
    return counter


def _total(teams: Sequence[TeamLine], people: Sequence[PersonMonth]) -> TeamLine:
    summed = ("serving", "size", "reached", "short", "unknown", "unclosed", "overdue", "out", "late", "doubts")
    sums = {name: sum(getattr(team, name) for team in teams) for name in summed}
    year = teams[0].year if teams else 0
    least = teams[0].least if teams else 0
    name = f"合计（{len(teams)}个总队）"
    return TeamLine(county="", name=name, year=year, least=least, mean=mean_days(people), age=None, **sums)


def printed(desk: Desk) -> Book[TeamLine]:
    """Return the overview as a list for paper and workbook."""
    merge.settle(desk)
    teams, headings = overview(desk), tuple(HEADINGS.values())
    widths = (40, 18, 15, 15, 20, 30, 20, 20, 20, 15, 15, 15, 24)
    columns = [Column(name, width, "center") for name, width in zip(headings[1:], widths[1:], strict=True)]
    year, _, month = teams.month.partition("-")
    of = f"达标至人均天数为{year}年{int(month)}月的，人均天数为已登记人员的。" if teams.month else ""
    sheet = Table(
        title="各工作总队情况一览表",
        columns=(Column(headings[0], widths[0]), *columns),
        rows=tuple(_cells(line) for line in teams.teams),
        totals=(_cells(teams.total),),
        office=desk.office.name,
        filled=desk.today(),
        notes=(
            f"注：{of}达标率旁为已登记的比例，已登记不足{teams.total.least}%的不作比率。未结账月为办法施行以来已过完而未结账的月份；事项逾期为本年期限已过而未办的。",
        ),
    )
    return book(teams.teams, sheet)


def _cells(line: TeamLine) -> tuple[Printed, ...]:
    """Return a line as it is printed, its counts as numbers."""
    name, *rest = line.cells
    return name, *map(figure, rest)
