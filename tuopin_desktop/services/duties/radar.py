"""The obligation radar of this office: what is owed in a year, what presses, and the map over all counties."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop.documents.table import Align, Column, Table
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.duties.radar import Cell, heat, pressing, radar, so_far
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form, Record, build, fields
from tuopin_desktop.domain.records import KINDS, County
from tuopin_desktop.domain.under import under
from tuopin_desktop.services.judging import judging, terms
from tuopin_desktop.services.office import belonging, offices
from tuopin_desktop.services.office.books import Book, book, totalled
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.shelves import merge


def duties(desk: Desk, year: int = 0, on: date | None = None) -> list[Duty]:
    """Return every duty due in a year (default: this one), in the order of due days."""
    facts = judging.measured(desk, on)
    return radar(facts, judging.policy_on(desk, facts.today), year or facts.today.year)


def due(desk: Desk, within: int = 10, on: date | None = None, facts: Facts | None = None) -> list[Duty]:
    """Return what presses since the measure is in force: overdue, half done, without proof, or due within some days.

    After the term nothing presses: what was not done stands on the checklist of its closing (`services/archives`).
    `facts` are facts already read.
    """
    facts = under(facts or judging.facts(desk, on), desk.policy.id)
    if desk.policy.id in terms.ended(desk, facts.today):
        return []
    policy = judging.policy_on(desk, facts.today)
    return pressing(so_far(facts, policy), facts.today, within)


class HeatMap(msgspec.Struct, frozen=True):
    """Counties by duties: `rows` are (county code, name), `columns` the duties, `cells` by both."""

    year: int
    rows: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]


def heat_map(desk: Desk, year: int = 0, on: date | None = None) -> HeatMap:
    """Return the heat map of a year: a row for each county, the Office's own first, and a cell for each duty."""
    facts = judging.measured(desk, on)
    year = year or facts.today.year
    all_duties = radar(facts, judging.policy_on(desk, facts.today), year)
    return map_of(facts.county_by_code.values(), all_duties, year)


def map_of(places: Iterable[County], year_duties: Sequence[Duty], year: int) -> HeatMap:
    """Return the map of given duties over counties."""
    cells = heat(year_duties)
    columns = tuple(
        dict.fromkeys(duty.what for duty in sorted(year_duties, key=lambda duty: (not duty.county, duty.rule)))
    )
    counties = sorted((county.code, county.name) for county in places)
    own = [("", "自治区办公室")] if any(not county for county, _ in cells) else []
    return HeatMap(year, (*own, *counties), columns, cells)


class Overview(msgspec.Struct, frozen=True):
    """The radar of a year in one look: its duties, what presses today, and the map; `ended` says that no term runs."""

    duties: tuple[Duty, ...]
    due: tuple[Duty, ...]
    map: HeatMap
    ended: bool = False


def overview(desk: Desk, year: int = 0) -> Overview:
    """Return what the window shows, put together from the shelves."""
    year = year or desk.today().year
    read = merge.duties(desk)
    all_duties = tuple(read[year] if year in read else duties(desk, year))
    year_map = map_of(offices.counties(desk), all_duties, year)
    return Overview(all_duties, tuple(_pressing(desk, read)), year_map, desk.policy.id in terms.ended(desk))


def pressing_today(desk: Desk) -> list[Duty]:
    """Return what presses today, put together from the shelves (see `due`)."""
    return _pressing(desk, merge.duties(desk))


def _pressing(desk: Desk, read: Mapping[int, Sequence[Duty]]) -> list[Duty]:
    if desk.policy.id in terms.ended(desk):
        return []
    today = desk.today()
    so_far_years = (some for year, some in read.items() if year <= today.year)  # those of the next one press nobody yet
    return pressing((duty for duties_of_year in so_far_years for duty in duties_of_year), today)


def printed(desk: Desk, year: int = 0) -> Book[Duty]:
    """Return the duties of a year as a list for paper and workbook; raises Refused when there are none."""
    all_duties = duties(desk, year)
    if not all_duties:
        raise refuse("empty", "还没有履职事项可打印，请先登记总队的进驻日期")
    widths = (26, 40, 40, 36, 36, 55, 22)
    aligned: tuple[Align, ...] = ("center", "left", "left", "center", "center", "left", "center")
    columns = [Column(text, width, align) for text, width, align in zip(HEADINGS, widths, aligned, strict=True)]
    sheet = Table(
        title=f"{year or desk.today().year}年履职事项一览表",
        columns=tuple(columns),
        rows=tuple(table(all_duties)),
        office=desk.office.name,
        filled=desk.today(),
    )
    return book(all_duties, totalled(sheet, "项"))


def record_for(desk: Desk, duty: Duty) -> Record | None:
    """Return the record to open for a duty: the one it was shown by, or a new one filled in as far as is known.

    What is lacking in insurances and trips is another one, not a change of the last.
    """
    if duty.evidence and not (duty.state.open and duty.kind in _ANOTHER):
        kind, _, record_id = duty.evidence[-1].partition(":")
        if kind == duty.kind and (evidence := desk.store.get(KINDS[kind], record_id)) is not None:
            return evidence
    if not duty.kind:
        return None
    if "id" in duty.preset:
        return registers.get(desk, duty.kind, str(duty.preset["id"]))
    cls = KINDS[duty.kind]
    blank = registers.blank(desk, duty.kind, duty.county)
    record = build(cls, blank.id, {**duty.preset, **_today(cls, duty, desk.today())})
    return belonging.settled(desk, record)


_ANOTHER = ("insurance", "round_trip")


def _today(cls: type[Record], duty: Duty, today: date) -> dict[str, str]:
    """Return today's date for the one date a new record cannot be without."""
    needed = [item.name for item in fields(cls) if item.form is Form.DATE and item.required]
    return {name: today.isoformat() for name in needed[:1] if name not in duty.preset}


def table(year_duties: Iterable[Duty]) -> list[tuple[str, ...]]:
    """Return duties as rows of words: due day, duty, whose, period, state, what is said, article."""
    return [
        (
            duty.due.isoformat(),
            duty.what,
            duty.who,
            duty.period,
            state_words(duty),
            duty.said,
            article_words(duty.article),
        )
        for duty in year_duties
    ]


HEADINGS = ("期限", "事项", "责任主体", "所属期", "状态", "情况", "依据")


def state_words(duty: Duty) -> str:
    """Return the state with its days: 逾期未办3天, 待办（还有5天）."""
    if not duty.state.open:
        return duty.state.label + (f"{duty.days}天" if duty.days > 0 else "")
    if duty.days > 0:
        return f"{duty.state.label}（逾期{duty.days}天）"
    return f"{duty.state.label}（还有{-duty.days}天）" if duty.days else f"{duty.state.label}（今天）"
