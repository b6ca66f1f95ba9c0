"""Printed lists of support (Art. 18): days in the county for each sending unit, and days without insurance."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from tuopin_desktop.documents.table import Column, Table, figure
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.duties import people
from tuopin_desktop.domain.dutyevidence import uncovered
from tuopin_desktop.domain.facts import team_order
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.reading import money_words
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import SubsidyRate
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.office.books import Book, book, totalled
from tuopin_desktop.services.office.desk import Desk

Cells = tuple[Any, ...]

_DAYS = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("姓名", 28, "center"),
    Column("派驻旗县", 34, "center"),
    Column("队内职务", 24, "center"),
    Column("在派天数", 22, "center"),
    Column("驻旗县天数", 26, "center"),
    Column("补助标准（元／天）", 34, "center"),
    Column("金额（元）", 30, "right"),
    Column("备注", 35),
)
_GAPS = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("姓名", 28, "center"),
    Column("旗县", 34, "center"),
    Column("派出单位", 55),
    Column("缺口天数", 22, "center", Form.INTEGER),
    Column("无保险的日期", 94),
)


def certificates(desk: Desk, month: str, county: str = "") -> Book[Any]:
    """Return the 驻点天数证明 of a month, a page for each sending unit; raises Refused when nobody was posted."""
    if span_of(month) is None:
        raise refuse("month", f"“{month[:20]}”不是月份，请写成 2019-05", "month")
    by_unit, all_closed = _days_by_unit(desk, month, county)
    if not by_unit:
        raise refuse("empty", f"{month}没有派驻人员，没有可证明的天数")
    notes = ["注：天数按半天折算，一天以在旗县的两个半天计；标准参照差旅费伙食补助（第十八条）。"]
    notes += [] if all_closed else ["该月考勤尚未全部结账，天数以结账为准。"]
    title = f"{month[:4]}年{int(month[5:])}月驻点天数证明"

    def listed(rows: Sequence[Cells], *intro: str) -> Table:
        table = Table(
            title=title,
            columns=_DAYS,
            rows=tuple((place, *cells) for place, cells in enumerate(rows, 1)),
            office=desk.office.name,
            filled=desk.today(),
            intro=intro,
            notes=tuple(notes),
        )
        return totalled(table, "人", "在派天数", "驻旗县天数", "金额（元）")

    question = "你单位派驻人员当月在派驻旗县天数如下，请据此发放生活补助。"
    papers = [listed(rows, f"{unit}：", question) for unit, rows in sorted(by_unit.items())]
    whole = [cells for _, rows in sorted(by_unit.items()) for cells in rows]
    return book(whole, listed(whole), papers)


def _days_by_unit(desk: Desk, month: str, county: str) -> tuple[dict[str, list[Cells]], bool]:
    """Return the lines of a month by sending unit, and whether every team's month is closed."""
    facts = judging.measured(desk)
    codes = [county] if county else [item.code for item in facts.counties if facts.postings_by_county.get(item.code)]
    groups_by_key: dict[str, list[Cells]] = defaultdict(list)
    rates = desk.store.rows(SubsidyRate)
    all_closed = True
    for code in codes:
        read = teammonth.read(desk, month, code, facts)
        all_closed = all_closed and read.is_closed
        rate = living_rate(rates, code, read.last)
        for member in read.members:
            person = facts.person_by_id.get(member.posting.person)
            days = member.stayed
            paid = (figure(money_words(rate)), figure(money_words(round(days * rate)))) if rate else ("", "")
            in_post = (member.served[1] - member.served[0]).days + 1  # meals are paid whatever the measure judges
            line = (member.name, facts.county_name(code), member.position, in_post, days)
            groups_by_key[person.unit if person and person.unit else "派出单位未登记"].append((*line, *paid, ""))
    return groups_by_key, all_closed


def living_rate(rates: Iterable[SubsidyRate], county: str, day: date) -> int:
    """Return the rate of the living subsidy on a day in fen: the county's own before the region's, 0 for none."""
    subsidy_rates = [item for item in rates if item.type == "living" and item.since and item.since <= day]
    fitting = sorted(
        (item for item in subsidy_rates if item.county in ("", county)), key=lambda item: (item.county, str(item.since))
    )
    return fitting[-1].amount or 0 if fitting else 0


def gaps(desk: Desk, year: int = 0) -> Book[Any]:
    """Return who has days in post without insurance in a year, up to today; raises Refused where nobody has."""
    facts = judging.measured(desk)
    policy = judging.policy_on(desk, facts.today)
    year = year or facts.today.year
    rows = []
    for posting in sorted(facts.posting_by_id.values(), key=team_order):
        span = people.days_in_post(posting, policy, min(facts.today, date(year, 12, 31)))
        if span is None:
            continue
        first, last = max(span[0], date(year, 1, 1)), span[1]
        pairs = uncovered(first, last, people.insurances(posting, facts)) if first <= last else []
        if pairs:
            person = facts.person_by_id.get(posting.person)
            days = sum((end - begin).days + 1 for begin, end in pairs)
            name = f"{facts.name_of(posting.person)}（{POSITION.word(posting.position)}）"
            message = "、".join(people.gap_words(gap) for gap in pairs)
            rows.append((name, facts.county_name(posting.county), person.unit if person else "", days, message))
    if not rows:
        raise refuse("empty", f"{year}年在派期间都有意外伤害保险，没有缺口")
    sheet = Table(
        title=f"{year}年意外伤害保险缺口表",
        columns=_GAPS,
        rows=tuple((place, *cells) for place, cells in enumerate(rows, 1)),
        office=desk.office.name,
        filled=desk.today(),
        notes=("注：在派期间每一天都应有保险（第十八条）；统计至填表之日。",),
    )
    return book(rows, totalled(sheet, "人", "缺口天数"))
