"""出勤通报: the month on one page in official layout - every team or everybody, red and amber, who is overdue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tuopin_desktop.documents import official
from tuopin_desktop.documents.official import Block, Column, Letter, Listing, Paragraph
from tuopin_desktop.domain.attendance.presencerate import OPEN, REACHED, SHORT
from tuopin_desktop.domain.attendance.roll import Overrun
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import County
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import library, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import monthshelf
from tuopin_desktop.services.reporting.annextable import TOTAL
from tuopin_desktop.services.reporting.monthly import MonthFigures, county_of, mean_days, monthly, span_so_far
from tuopin_desktop.services.shelves import merge

NAMED = 10
"""So many names stand in one list of a page; of more the number is said."""

_LIAISON = "自治区贫困旗县脱贫攻坚工作队管理办公室联络考评组"
_SHORT_NAME = "脱贫攻坚工作队管理办公室"
_TEAMS = "各驻贫困旗县（市、区）脱贫攻坚工作总队："
_AUDIENCES = {
    Level.COUNTY: ("总队各成员：", _LIAISON, "各派出单位干部人事部门"),
    Level.LEAGUE: (_TEAMS, _LIAISON, "盟市委组织部"),
    Level.REGION: (
        _TEAMS,
        "自治区扶贫开发领导小组组长、副组长",
        "脱贫攻坚工作队管理办公室主任、副主任，办公室成员，各盟市委组织部",
    ),
}
"""To whom it is addressed, copied and distributed; the region's as the measure itself was."""

_ABREAST = 4
"""Teams stand in so many groups of columns beside each other, so that 57 of them keep to the page."""

_WIDE = 24
"""From so many teams on they stand abreast."""


def circular(desk: Desk, month: str, *, number: str = "") -> Letter:
    """Return the circular of a month, ready to sign; raises Refused for a month that has not begun."""
    span_so_far(month, desk.today())
    merge.settle(desk, monthshelf.topic(month))
    return glance(desk, month, number=number)


def glance(desk: Desk, month: str, *, number: str = "") -> Letter:
    """Return the same for a screen: at a patient desk it may be of yesterday, and then it is never put on paper."""
    month_figures, counties = monthshelf.read(desk, month)
    return _letter(desk, month_figures, Places(offices.counties(desk), counties), number)


def at_once(desk: Desk, month: str) -> Letter:
    """Return the circular from all records at once: what is put together from shelves is checked by it."""
    facts = judging.measured(desk)
    month_figures = monthly(desk, month, facts)
    every = {one.subject: county_of(one, facts) for one in (*month_figures.red, *month_figures.amber)}
    return _letter(desk, month_figures, Places(facts.counties, every), "")


class Places:
    """Where those live that a circular names: the names of counties, and the county of each subject of a finding."""

    def __init__(self, counties: Iterable[County], codes: Mapping[str, str]) -> None:
        self._names = {one.code: one.name for one in counties}
        self._codes = codes

    def name(self, code: str) -> str:
        """Return what a county is called."""
        return self._names.get(code) or code

    def of(self, finding: Finding) -> str:
        """Return what the county is called that a finding belongs to."""
        return self.name(self._codes.get(finding.subject, ""))


def _letter(desk: Desk, month_figures: MonthFigures, places: Places, number: str) -> Letter:
    county = desk.level is Level.COUNTY
    recipient, copied, distributed = _AUDIENCES[desk.level]
    letter = Letter(
        title=f"关于{month_figures.month_text}出勤情况的通报",
        issuer=desk.office.name,
        head="letter",
        number=number or f"〔{desk.today().year}〕　　号",
        recipient=recipient,
        blocks=tuple(_blocks(month_figures, places, county=county)),
        signed=desk.office.name,
        dated=desk.today(),
        copied=copied,
        distributed=distributed,
        printer=_SHORT_NAME if desk.level is Level.REGION else desk.office.name,
        printed=desk.today(),
    )
    return official.fitted(letter, desk.fonts())


def _blocks(month_figures: MonthFigures, places: Places, *, county: bool) -> Iterable[Block]:
    yield Paragraph(_whole(month_figures, county=county))
    yield _people(month_figures) if county else _teams(month_figures)
    red, amber = (
        _grouped(month_figures.red, places, county=county),
        _grouped(month_figures.amber, places, county=county),
    )
    yield Paragraph("红色（不符、疑似）：" + (red or "无") + "。")
    amber = "；".join(part for part in (amber, _unregistered(month_figures, county=county)) if part)
    yield Paragraph("黄色（提醒）：" + (amber or "无") + "。")
    overdue = _overdue(month_figures.overdue, places, county=county) or "无"
    yield Paragraph(f"超假未归：{overdue}。{_absent(month_figures, county=county)}")


def _whole(month_figures: MonthFigures, *, county: bool) -> str:
    people = len(month_figures.people)
    until = "" if month_figures.over else f"（截至{day_words(month_figures.until)}，本月尚未结束）"
    who = f"总队在派{people}人" if county else f"{len(month_figures.teams)}个工作总队在派{people}人"
    if not people:
        return f"{month_figures.month_text}没有在派人员，无出勤情况可以通报。"
    days = mean_days(month_figures.people)
    worked = "" if days is None else f"，人均在旗县工作{days:.1f}天"
    reached = f"{month_figures.having(REACHED)}人达到应满天数"
    short, unknown = f"{month_figures.having(SHORT)}人不足", f"{month_figures.having(OPEN)}人考勤登记不全"
    return (
        f"根据《{library.policy().basis.title}》第九条、第十条，现将{month_figures.month_text}出勤情况{until}通报如下：{who}，{reached}，"
        f"{short}，{unknown}，{month_figures.rate.text}{worked}；请假外出{len(month_figures.slips)}次，超假{len(month_figures.overdue)}次。"
    )


def _people(month_figures: MonthFigures) -> Listing:
    columns = (
        Column("姓名", 30, "center"),
        Column("职务", 18, "center"),
        Column("应满天数", 22, "center"),
        Column("在旗县工作", 24, "center"),
        Column("进村入户", 22, "center"),
        Column("请假", 14, "center"),
        Column("因公外出", 18, "center"),
        Column("未登记", 16, "center"),
    )
    rows = tuple(
        (
            one.name,
            one.position,
            one.needed,
            one.days,
            "—" if one.village is None else f"{one.village:g}%",
            one.leave,
            one.trips,
            one.missing,
        )
        for one in month_figures.people
    )
    sums = (sum(getattr(one, name) for one in month_figures.people) for name in ("leave", "trips", "missing"))
    total = (
        TOTAL,
        "",
        sum(one.needed for one in month_figures.people),
        sum(one.days for one in month_figures.people),
        "—",
        *sums,
    )
    return Listing(columns=columns, rows=rows, totals=(total,), size=10.5, least=6)


_TEAM = (Column("旗县", 22.2), Column("满", 5.6, "center"), Column("缺", 5.6, "center"), Column("未", 5.6, "center"))


def _teams(month_figures: MonthFigures) -> Listing:
    """Return all teams: one below the other, or in groups of columns beside each other where there are many."""
    abreast = _ABREAST if len(month_figures.teams) >= _WIDE else 1
    cells = [(team.name, team.having(REACHED), team.having(SHORT), team.having(OPEN)) for team in month_figures.teams]
    cells.append((TOTAL, month_figures.having(REACHED), month_figures.having(SHORT), month_figures.having(OPEN)))
    tall = -(-len(cells) // abreast)
    rows = []
    for place in range(tall):
        across = [cells[at] if at < len(cells) else ("",) * 4 for at in range(place, tall * abreast, tall)]
        rows.append(tuple(cell for group in across for cell in group))
    note = "注：满为达到应满20天（不足月的折算），缺为不足，未为考勤登记不全，均为人数。"
    return Listing(columns=_TEAM * abreast, rows=tuple(rows), size=8, least=3.7, notes=(note,))


def _grouped(findings: Sequence[Finding], places: Places, *, county: bool) -> str:
    """Return findings by what they are about, each with the people it is said of."""
    lines = []
    for rule, title in _TITLES.items():
        names = [_named(finding, places, county=county) for finding in findings if finding.rule == rule]
        if names:
            lines.append(f"{title}{len(names)}人：{_listed(names)}")
    return "；".join(lines)


_TITLES = {
    "A09-1": "在旗县工作不足",
    "A09-2": "进村入户占比",
    "A10-3": "离开未报备",
    "A16-3": "无正当理由离岗超过界限",
}


def _named(finding: Finding, places: Places, *, county: bool) -> str:
    name, _, place = finding.subject_words.partition("（")
    return (name if county or not place else f"{name}（{places.of(finding)}）") + _days(finding)


def _days(finding: Finding) -> str:
    """Return the days a finding is about, named by what they count: a run and a sum of Art. 16 count otherwise."""
    if finding.rule == "A09-1":
        return dict(finding.inputs).get("计入天数", "")
    if finding.rule != "A16-3":
        return ""
    text, _, _ = finding.sentence.rpartition("，")
    days, _, limit = text.replace("无正当理由", "").partition("，超过")
    return days + limit[limit.find("（") :] if "（" in limit else days


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:NAMED]) + (f"等{len(names)}人" if len(names) > NAMED else "")


def _unregistered(month_figures: MonthFigures, *, county: bool) -> str:
    if not month_figures.having(OPEN):
        return ""
    if not county:
        return f"考勤登记不全{month_figures.having(OPEN)}人，见表"
    names = _listed([one.name for one in month_figures.people if one.state == OPEN])
    return f"考勤登记不全{month_figures.having(OPEN)}人：{names}"


def _absent(month_figures: MonthFigures, *, county: bool) -> str:
    """Return whose half-days of the month Article 16 counts, the figure of grid and close; of many teams the sum."""
    person_months = [one for one in month_figures.people if one.unjustified]
    if not person_months:
        return ""
    names = "：" + _listed([f"{one.name}{one.unjustified:g}天" for one in person_months]) if county else ""
    days = sum(one.unjustified for one in person_months)
    return f"按第十六条计，本月无正当理由离岗{len(person_months)}人共{days:g}天{names}。"


def _overdue(overruns: Sequence[Overrun], places: Places, *, county: bool) -> str:
    names = []
    for over in overruns:
        place = "" if county or not over.county else f"（{places.name(over.county)}）"
        back = "尚未销假" if over.open else f"{_short(over.last)}返回"
        names.append(f"{over.name}{place}{_short(over.first)}起{over.days:g}天，{back}")
    return _listed(names)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
