"""请假登记簿: every slip of a year in the order of its number, with both counts of the days that lie in the year."""

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.account import in_year, travelled
from tuopin_desktop.domain.leave.count import Count, short_words
from tuopin_desktop.domain.leave.journey import Trip
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import ROLES
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records.choices import RESULT
from tuopin_desktop.services.leave.leavebooks.ledger import (
    Ledger,
    day_in,
    half_words,
    marks_of,
    open_ledger,
    person_called,
    type_words,
)
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called

_BODIES = {"unit": "派出单位", "liaison": "联络考评组"}
_COLUMNS = (
    Column("编号", 17, "center"),
    Column("姓名", 17, "center"),
    Column("职务", 24),
    Column("外出地点", 19),
    Column("起止时间", 29, "center"),
    Column("自然日\n天数", 12, "center", Form.INTEGER),
    Column("按假别\n天数", 13, "center", Form.INTEGER),
    Column("事由", 31),
    Column("假别", 15, "center"),
    Column("签批情况", 30),
    Column("备案", 23),
    Column("返回/销假", 22),
    Column("状态", 21),
)
_COUNTY = Column("驻旗县", 18)
_NARROWER = {"职务": 20, "外出地点": 17, "事由": 25, "签批情况": 26, "备案": 21, "返回/销假": 20, "状态": 20}


class RegisterRow(msgspec.Struct, frozen=True):
    """One slip in the register of a year.

    `natural` and `by_type` count the part that lies in the year; they are None for a slip that is not travelled
    (withdrawn, voided, refused, rerouted), so that the columns add up to what was taken.
    """

    slip: str
    county: str
    number: str
    name: str
    post: str
    place: str
    period: str
    natural: float | None
    by_type: float | str | None
    reason: str
    leave_type: str
    signed: str
    filed: str
    back: str
    state: str


def register(
    desk: Desk, year: int, *, person: str = "", county: str = "", ledger: Ledger | None = None
) -> Book[RegisterRow]:
    """Return the register of a year, of one person (name or id) or one county (code or name) if said."""
    records = ledger or open_ledger(desk)
    county = county_called(desk, county)
    among = records.within(county)
    who = person_called(desk, person) if person else ""
    stories = [one for one in among if in_year(one.slip, year) and (not who or records.person_id(one.slip) == who)]
    counts = [_count(one, records, year) for one in stories]
    rows = [_row(one, records, year, count) for one, count in zip(stories, counts, strict=True)]
    wide = desk.level is not Level.COUNTY and not county
    sheet = Table(
        title=f"{year}年度请假登记簿{_of_whom(records, who, county)}",
        columns=_columns() if wide else _COLUMNS,
        rows=tuple(_cells(row, wide=wide) for row in rows),
        totals=_totals(counts, wide=wide),
        office=desk.office.name,
        filled=desk.today(),
        notes=(
            f"注：天数只计在{year}年内的部分，按半天累计；撤回、作废、未批准和已变更行程的不计天数。"
            "“按假别计天数”按各假别是否计入休息日计算。",
        ),
        size=9,
        frozen=3 if wide else 2,
    )
    return book(rows, sheet)


def _of_whom(ledger: Ledger, who: str, county: str) -> str:
    if who:
        return f"（{ledger.persons[who].name}）" if who in ledger.persons else ""
    return f"（{ledger.counties.get(county, county)}）" if county else ""


def _columns() -> tuple[Column, ...]:
    narrow = [msgspec.structs.replace(column, width=_NARROWER.get(column.heading, column.width)) for column in _COLUMNS]
    return (narrow[0], _COUNTY, *narrow[1:])


def _count(story: Story, ledger: Ledger, year: int) -> Count | None:
    if not travelled(story):
        return None
    return ledger.days_of(story.slip, year)


def _row(story: Story, ledger: Ledger, year: int, count: Count | None) -> RegisterRow:
    slip = story.slip
    period = parse_stored(slip.period)
    marks = marks_of(story, ledger.by_slip)
    if count and period and count.natural != period.days and period.halves > 0:
        marks.append(f"跨年，全程{period.days:g}天" if count.natural else f"假期不在{year}年")
    return RegisterRow(
        slip=slip.id,
        county=ledger.county(slip.id),
        number=slip.number,
        name=slip.name,
        post=slip.post,
        place=slip.place,
        period=short_words(period) or slip.period,
        natural=count.natural if count else None,
        by_type=count.cell if count else None,
        reason=slip.reason,
        leave_type=type_words(slip),
        signed=signed_words(story, year),
        filed=filed_words(story, year),
        back=back_words(story, year),
        state="\n".join(marks),
    )


def signed_words(story: Story, year: int) -> str:
    """Return who signed when and how, and whose ink is missing."""
    chain = story.chain
    lines = [
        f"{ROLES[role]}{item.signer}{day_in(item.signed, year)}{RESULT.word(item.verdict)}"
        for role, item in chain.signed.items()
    ]
    if chain.by_office:
        lines.append("办公室已有决定")
    if chain.paper.standing:
        lines += [f"缺{ROLES[role]}签字" for role in chain.missing]
    return "\n".join(lines)


def filed_words(story: Story, year: int) -> str:
    """Return when a slip was filed with whom, and what is missing; Attachment 1 is filed with nobody."""
    names = form_of(story.slip).bodies
    if not names:
        return "报办公室批准" if story.slip.form == "leader" else "不需备案"
    lines = [f"{_BODIES[body]}{day_in(item.filed, year)}" for body, item in story.filed.items() if body in _BODIES]
    if story.filing_due is not None and story.chain.paper.standing:
        lines += [f"缺{_BODIES[body]}" for body in names if body not in story.filed]
    return "\n".join(lines)


def back_words(story: Story, year: int) -> str:
    """Return the return and the return report, days given back, and days without leave."""
    slip, journey = story.slip, story.journey
    lines = []
    if slip.returned:
        lines.append(f"{half_words(slip.returned, year)}返回")
    elif slip.return_note:
        lines.append(f"返回未登记，写有“{slip.return_note.replace(chr(10), '')}”")
    elif journey.trip in (Trip.CONTINUED, Trip.ENDED):
        lines.append(journey.trip.value)
    elif journey.back is not None and not slip.reported:
        lines.append(f"{day_in(journey.back[0], year)}返回（另单登记）")
    if slip.reported:
        lines.append(f"{day_in(slip.reported, year)}销假")
    if journey.given_back:
        lines.append(f"退回{journey.given_back:g}天")
    if journey.overstay is not None:
        lines.append(f"超假{journey.overstay.days:g}天")
    return "\n".join(lines)


def _cells(row: RegisterRow, *, wide: bool) -> tuple[str | float | None, ...]:
    return (
        row.number,
        *((row.county,) if wide else ()),
        row.name,
        row.post,
        row.place,
        row.period.replace("至", "至\n"),
        row.natural,
        row.by_type,
        row.reason,
        row.leave_type,
        row.signed,
        row.filed,
        row.back,
        row.state,
    )


def _totals(counts: list[Count | None], *, wide: bool) -> tuple[tuple[str | float | None, ...], ...]:
    """Return the last line; days by type are added up only when all of them are known."""
    sure_counts = [count for count in counts if count is not None]
    if not sure_counts:
        return ()
    unknown = sum(one.by_type is None for one in sure_counts)
    by_type = sum(one.by_type or 0.0 for one in sure_counts)
    blank: tuple[str | float | None, ...] = ("",) * (4 if wide else 3)
    natural = float(sum(one.natural for one in sure_counts))
    text = f"另有{unknown}张不能按假别计" if unknown else ""
    return (("合计", *blank, f"{len(counts)}张", natural, by_type, text, "", "", "", "", ""),)
