"""The running month of a team (Art. 9): who still needs how many days, and whether the calendar holds them."""

from collections.abc import Collection, Iterator

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.codes import AWAY
from tuopin_desktop.domain.attendance.months import served
from tuopin_desktop.domain.facts import Facts, posting_on, team_order
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.outlook import Outlook, State, outlook_of, present
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.under import bound
from tuopin_desktop.services.attendance import near
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called

_COLUMNS = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("驻旗县", 26),
    Column("姓名", 26, "center"),
    Column("职务", 20, "center"),
    Column("应满", 15, "center", Form.INTEGER),
    Column("已登记", 18, "center", Form.INTEGER),
    Column("还需", 22, "center"),
    Column("今后可用", 22, "center", Form.INTEGER),
    Column("其中工作日", 24, "center", Form.INTEGER),
    Column("未登记", 18, "center", Form.INTEGER),
    Column("最迟起须天天在旗县", 38, "center"),
    Column("推算", 32, "center"),
)


class OutlookRow(msgspec.Struct, frozen=True):
    """One person's running month; `posting` is the one it stands under today."""

    posting: str
    county: str
    name: str
    position: str
    outlook: Outlook

    @property
    def sentence(self) -> str:
        """Return the whole as a sentence."""
        return f"{self.name}（{self.position}）：{self.outlook.sentence}"


def rows(facts: Facts, policy: Policy, county: str = "") -> list[OutlookRow]:
    """Return the running month of everyone posted in it, team by team; who changed positions stands once."""
    month = f"{facts.today:%Y-%m}"
    outlook_rows = []
    for posting in sorted(facts.posting_by_id.values(), key=team_order):
        if posting.county.startswith(county) and served(posting, month) is not None:
            outlook_rows += list(_row(facts, policy, posting, month))
    return outlook_rows


def _row(all_facts: Facts, policy: Policy, posting: Posting, month: str) -> Iterator[OutlookRow]:
    facts, own = bound(all_facts, posting, month, policy)
    presence = present(facts.month_of(posting, month), posting, facts, own)
    if presence is not None and presence.month.span[0] <= all_facts.today:
        counting = facts.counting(own, posting.county)
        outlook = outlook_of(presence.month, counting, presence.days, all_facts.today)
        name, position = facts.name_of(posting.person), POSITION.word(posting.position)
        yield OutlookRow(posting.id, facts.county_name(posting.county), name, position, outlook)


def supposing(desk: Desk, person: str, away: Collection[int], *, official: bool) -> Outlook | None:
    """Return somebody's running month if these half-days are spent on leave or, `official`, on a trip."""
    person_facts = near.facts_of_person(desk, person)
    posting, month = posting_on(person_facts, person, person_facts.today), f"{person_facts.today:%Y-%m}"
    if posting is None:
        return None
    facts, policy = bound(person_facts, posting, month, judging.policy_on(desk, person_facts.today))
    code = AWAY + ("t" if official else "l")
    presence = present(facts.month_of(posting, month), posting, facts, policy, dict.fromkeys(away, code))
    if presence is None:
        return None
    return outlook_of(presence.month, facts.counting(policy, posting.county), presence.days, person_facts.today)


def outlooks(desk: Desk, county: str = "", person: str = "") -> Book[OutlookRow]:
    """Return the list for paper: the running month of a team, of every team, or of one person."""
    code = county_called(desk, county) or desk.scope
    today = desk.today()
    facts = near.facts_of(desk, f"{today:%Y-%m}", code)
    policy = judging.policy_on(desk, today)
    outlook_rows = [row for row in rows(facts, policy, code) if not person or row.name == person]
    each = "，".join(f"{state.value}{number}人" for state in State if (number := _number(outlook_rows, state)))
    wide = desk.level is not Level.COUNTY and len(code) < len(ids.REGION) + 4
    sheet = Table(
        title=f"{today.year}年{today.month}月在旗县天数推算表",
        columns=_COLUMNS if wide else _COLUMNS[:1] + _COLUMNS[2:],
        rows=tuple(_cells(place, row, wide=wide) for place, row in enumerate(outlook_rows, 1)),
        office=desk.office.name,
        filled=today,
        notes=(
            f"注：{len(outlook_rows)}人：{each}。" if each else "注：本月没有在派人员。",
            f"截至{day_words(today)}已登记的计入（管理办法第九条）。没有登记的日子不算在岗，也不算缺勤，补登后重算。",
            "今后可用的天数已除去登记的请假、外出；休息日按办法解释能计入的才列入，须有工作日志。",
        ),
        frozen=3,
    )
    return book(outlook_rows, sheet)


def _number(lines: list[OutlookRow], state: State) -> int:
    return sum(row.outlook.state is state for row in lines)


def _cells(place: int, row: OutlookRow, *, wide: bool) -> tuple[str | float | int, ...]:
    month = row.outlook
    latest = f"{month.latest.month}月{month.latest.day}日" if month.latest else ""
    return (
        place,
        *((row.county,) if wide else ()),
        row.name,
        row.position,
        month.needed,
        month.counted / 2,
        month.lacking_words,
        len(month.ahead) / 2,
        month.workdays / 2,
        month.blank / 2,
        latest,
        month.state.value,
    )
