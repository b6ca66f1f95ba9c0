"""催办电话单: whom to ring today, the longest overdue first, with the number and what to ask for."""

from collections.abc import Iterator

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.count import half_number
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import QUIET, ROLES, passing_words, pressing, sheet_out
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.record import Form
from tuopin_desktop.services.leave.leavebooks.ledger import Ledger, half_words, open_ledger
from tuopin_desktop.services.office.books import Book, book, totalled
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called

GROUPS = tuple(watch.value for watch in Watch if watch not in QUIET)

_BODIES = {"unit": "派出单位", "liaison": "联络考评组"}

_COLUMNS = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("类别", 24, "center"),
    Column("编号", 22, "center"),
    Column("姓名", 24, "center"),
    Column("联系电话", 30, "center"),
    Column("外出地点", 26),
    Column("应返回", 31, "center"),
    Column("催办事项", 62),
    Column("通话记录", 42),
)


class CallRow(msgspec.Struct, frozen=True):
    """One call to make: `expected` is the stored half-day of the end of leave with every extension."""

    slip: str
    group: str
    county: str
    number: str
    name: str
    phone: str
    place: str
    expected: str
    over: float
    questions: str


def calls(desk: Desk, *, county: str = "", ledger: Ledger | None = None) -> Book[CallRow]:
    """Return today's call sheet: overdue, due, papers not back, filings missing; each by expected return."""
    records = ledger or open_ledger(desk)
    pairs = [(group, story) for story in records.within(county_called(desk, county)) if (group := group_of(story))]
    pairs.sort(key=lambda item: (GROUPS.index(item[0]), _end(item[1]), item[1].slip.number))
    rows = [_row(group, one_story, records) for group, one_story in pairs]
    wide = desk.level is not Level.COUNTY and not county
    columns = list(_COLUMNS)
    if wide:
        columns[7:] = [Column("驻旗县", 26), Column("催办事项", 50), Column("通话记录", 28)]
    sheet = Table(
        title="催办电话单",
        columns=tuple(columns),
        rows=tuple(_cells(place, row, wide=wide) for place, row in enumerate(rows, 1)),
        office=desk.office.name,
        filled=records.today,
        notes=("注：" + "，".join(f"{group}{sum(row.group == group for row in rows)}人次" for group in GROUPS) + "。",),
        signed=("通话人：", "日期：        年    月    日"),
        frozen=4,
    )
    return book(rows, totalled(sheet, "人次"), personal="联系电话")


def group_of(story: Story) -> str:
    """Return the most pressing reason to ring about a slip, or ""."""
    watch = pressing(story)
    return watch.value if watch else ""


def _end(story: Story) -> int:
    until = story.journey.until
    if until is not None:
        return half_number(*until)
    period = parse_stored(story.slip.period)
    return half_number(period.last, period.last_half) if period else 0


def _row(group: str, story: Story, ledger: Ledger) -> CallRow:
    slip, until = story.slip, story.journey.until
    period = parse_stored(slip.period)
    over = story.journey.overstay
    return CallRow(
        slip=slip.id,
        group=group,
        county=ledger.county(slip.id),
        number=slip.number,
        name=slip.name,
        phone=slip.phone or ledger.person(slip).phone or "未登记",
        place=slip.place,
        expected=f"{until[0]}{until[1]}" if until else f"{period.last}{period.last_half}" if period else "",
        over=over.days if over else 0.0,
        questions="；".join(_asked(story, ledger)),
    )


def _asked(story: Story, ledger: Ledger) -> Iterator[str]:
    over = story.journey.overstay
    if story.journey.trip.due:
        yield "何时返回，办理销假或续假"
    if over is not None and over.open:
        passing = passing_words(over, str)
        law = "（第十六条）" if passing and form_of(story.slip).article else ""
        yield f"自{over.first}起超假{over.days:g}天{passing and '，'}{passing}{law}"
    if story.chain.paper.standing and story.chain.missing:
        yield f"缺{'、'.join(ROLES[role] for role in story.chain.missing)}签字"
    elif sheet_out(story):
        yield "签字齐全，纸质件未收回"
    if story.filing_due is not None and story.unfiled and not story.rerouted:
        late = "，已过期" if ledger.today > story.filing_due else ""
        yield f"缺{'、'.join(_BODIES[body] for body in story.unfiled)}备案（应于{story.filing_due}前{late}）"
    yield from (gap.text for gap in story.phone if gap.presses)


def _cells(place: int, row: CallRow, *, wide: bool) -> tuple[str | int, ...]:
    county = (row.county,) if wide else ()
    expected = half_words(row.expected, 0)
    return (place, row.group, row.number, row.name, row.phone, row.place, expected, *county, row.questions, "")
