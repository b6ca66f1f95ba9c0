"""出勤通报: the month as an official paper - every team or everybody, what does not comply, what is to be verified."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop.documents.official import Annex, Block, Column, Heading, Letter, Listing, Paragraph
from tuopin_desktop.domain.attendance.presencerate import OPEN, REACHED, SHORT
from tuopin_desktop.domain.attendance.roll import Overrun
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import County
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.judging.teamfigures import PersonMonth
from tuopin_desktop.services.office import library, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import dispatches
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

_WIDE = 13
"""From so many teams on they have an annex; fewer stand in the text."""


def circular(desk: Desk, month: str, *, number: str = "") -> Letter:
    """Return the circular of a month, ready to sign; raises Refused for a month that has not begun."""
    span_so_far(month, desk.today())
    merge.settle(desk, monthshelf.topic(month))
    return glance(desk, month, number=number)


def glance(desk: Desk, month: str, *, number: str = "") -> Letter:
    """Return the same for a screen: at a patient desk it may be of yesterday, and then it is never put on paper."""
    month_figures, counties = monthshelf.read(desk, month)
    number = number or dispatches.number_of(desk, subject_of(month))
    return _letter(desk, month_figures, Places(offices.counties(desk), counties), number)


def subject_of(month: str) -> str:
    """Return by what the register of papers sent out knows the circular of a month."""
    return f"circular/{month}"


def numbered(desk: Desk, month: str) -> Letter:
    """Enter the circular of a month among the papers sent out and return it with its number; raises Refused."""
    letter = circular(desk, month)
    number = dispatches.give(desk, subject_of(month), letter.title, letter.recipient, desk.today())
    return msgspec.structs.replace(letter, number=number)


def at_once(desk: Desk, month: str) -> Letter:
    """Return the circular from all records at once: what is put together from shelves is checked by it."""
    facts = judging.measured(desk)
    month_figures = monthly(desk, month, facts)
    every = {one.subject: county_of(one, facts) for one in (*month_figures.red, *month_figures.amber)}
    return _letter(desk, month_figures, Places(facts.counties, every), "")


class Places:
    """Where those live that a circular names: the names of counties, and the county of each subject of a finding."""

    def __init__(self, counties: Iterable[County], codes: Mapping[str, str]) -> None:
        self._counties = {one.code: one for one in counties}
        self._codes = codes

    def name(self, code: str) -> str:
        """Return what a county is called."""
        return self._counties[code].name if code in self._counties else code

    def league(self, code: str) -> str:
        """Return the league of a county, "" of an unknown one."""
        return self._counties[code].league if code in self._counties else ""

    def of(self, finding: Finding) -> str:
        """Return what the county is called that a finding belongs to."""
        return self.name(self._codes.get(finding.subject, ""))


def _letter(desk: Desk, month_figures: MonthFigures, places: Places, number: str) -> Letter:
    county = desk.level is Level.COUNTY
    recipient, copied, distributed = _AUDIENCES[desk.level]
    annexed = not county and len(month_figures.teams) >= _WIDE
    title = f"各工作总队{month_figures.month_text}出勤情况表"
    return Letter(
        title=f"关于{month_figures.month_text}出勤情况的通报",
        issuer=desk.office.name,
        head="letter",
        number=number,
        recipient=recipient,
        blocks=(
            *_blocks(month_figures, places, county=county, annexed=annexed),
            *((Annex(title, "附件"), _teams(month_figures, places)) if annexed else ()),
        ),
        attachments=(title,) if annexed else (),
        signed=desk.office.name,
        dated=desk.today(),
        copied=copied,
        distributed=distributed,
        printer=_SHORT_NAME if desk.level is Level.REGION else desk.office.name,
        printed=desk.today(),
    )


def _blocks(month_figures: MonthFigures, places: Places, *, county: bool, annexed: bool) -> Iterable[Block]:
    basis = library.policy().basis.title
    until = "" if month_figures.over else f"（截至{day_words(month_figures.until)}，本月尚未结束）"
    yield Paragraph(f"根据《{basis}》第九条、第十条，现将{month_figures.month_text}出勤情况{until}通报如下。")
    yield Heading("总体情况")
    yield Paragraph(_whole(month_figures, county=county, annexed=annexed))
    if not month_figures.people:
        return
    if not annexed:
        yield _people(month_figures) if county else _teams(month_figures, places)
    matters = [(title, text) for title, text in _matters(month_figures, places, county=county) if text]
    for title, text in matters or [("不符、待核和超假情况", "无")]:
        yield Heading(title)
        yield Paragraph(f"{text}。")
    if matters:
        who = "总队各成员" if county else "各工作总队"
        yield Paragraph(f"请{who}对照核实：不符的及时改正，待核的查明情况并补全登记。")


def _matters(month_figures: MonthFigures, places: Places, *, county: bool) -> Iterable[tuple[str, str]]:
    """Yield heading and words of what does not comply, what is to be verified, and who is overdue."""
    red = [one for one in month_figures.red if one.verdict is Verdict.RED]
    yield "不符情况", _grouped(red, places, county=county)
    yield "提醒和待核情况", "；".join(part for part in _to_verify(month_figures, places, county=county) if part)
    yield "超假情况", _overdue(month_figures.overdue, places, county=county)


def _to_verify(month_figures: MonthFigures, places: Places, *, county: bool) -> Iterable[str]:
    """Yield what is not decided: days and registration by name, an absence nobody has judged yet only by number."""
    by_name = [one for one in month_figures.amber if one.rule not in _UNDECIDED]
    yield _grouped(by_name, places, county=county)
    yield _unregistered(month_figures, county=county)
    undecided = [
        one
        for one in (*month_figures.red, *month_figures.amber)
        if one.verdict is Verdict.SUSPECTED or (one.verdict is Verdict.AMBER and one.rule in _UNDECIDED)
    ]
    away = [one for one in month_figures.people if one.unjustified]
    people = {(_name(one), places.of(one)) for one in undecided} | {(one.name, places.name(one.county)) for one in away}
    if people:
        days = sum(one.unjustified for one in away)
        yield f"离开驻地没有批准的假、待核的{len(people)}人" + (f"（按第十六条计，本月共{days:g}天）" if days else "")


def _name(finding: Finding) -> str:
    return finding.subject_words.partition("（")[0].partition(" 请假报备单")[0]


def _whole(month_figures: MonthFigures, *, county: bool, annexed: bool) -> str:
    people = len(month_figures.people)
    who = f"总队在派{people}人" if county else f"{len(month_figures.teams)}个工作总队在派{people}人"
    if not people:
        return f"{month_figures.month_text}没有在派人员，无出勤情况可以通报。"
    days = mean_days(month_figures.people)
    worked = "" if days is None else f"，人均在旗县工作{days:.1f}天"
    short, unknown = month_figures.having(SHORT), month_figures.having(OPEN)
    annex = "（各工作总队情况见附件）" if annexed else ""
    return (
        f"{who}，{month_figures.having(REACHED)}人达到应满天数，{short}人不足，"
        f"{f'{unknown}人考勤登记不全' if unknown else '考勤登记齐全'}，{month_figures.rate.text}{worked}{annex}。"
        f"请假外出{len(month_figures.slips)}人次，超假{len(month_figures.overdue)}人次。"
    )


def _people(month_figures: MonthFigures) -> Listing:
    columns = (
        Column("姓名", 30, "center"),
        Column("职务", 18, "center"),
        Column("应满天数", 22, "center"),
        Column("在旗县工作", 27, "center"),
        Column("进村入户", 22, "center"),
        Column("请假", 14, "center"),
        Column("因公外出", 22, "center"),
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
    return Listing(columns=columns, rows=rows, totals=(total,), size=11, least=7)


_TEAM = (
    Column("盟市", 27),
    Column("旗县", 44),
    Column("在派\n人数", 14, "center"),
    Column("达到\n人数", 14, "center"),
    Column("不足\n人数", 14, "center"),
    Column("登记不\n全人数", 15, "center"),
    Column("人均\n天数", 14, "center"),
    Column("请假\n天数", 14, "center"),
    Column("因公外\n出天数", 15, "center"),
)


def _teams(month_figures: MonthFigures, places: Places) -> Listing:
    rows = [(places.league(team.county), team.name, *_counted(team.people)) for team in month_figures.teams]
    note = "注：达到、不足指在旗县工作满20天与否（不足月的按比例折算），登记不全的不作判断、不计人均天数。"
    totals = ((TOTAL, f"{len(rows)}个总队", *_counted(month_figures.people)),)
    return Listing(columns=_TEAM, rows=tuple(rows), totals=totals, size=10.5, least=5.2, notes=(note,))


def _counted(people: Sequence[PersonMonth]) -> tuple[int | float | str, ...]:
    days = mean_days(people)
    return (
        len(people),
        *(sum(one.state == state for one in people) for state in (REACHED, SHORT, OPEN)),
        "—" if days is None else days,
        sum(one.leave for one in people),
        sum(one.trips for one in people),
    )


def _grouped(findings: Sequence[Finding], places: Places, *, county: bool) -> str:
    """Return findings by what they are about, each with the people it is said of."""
    lines = []
    for rule, title in _TITLES.items():
        names = [_named(finding, places, county=county) for finding in findings if finding.rule == rule]
        if names:
            lines.append(f"{title}{len(names)}人：{_listed(names)}")
    return "；".join(lines)


_UNDECIDED = ("A10-3", "A16-3")
"""What only the person's own word or the Office's decision settles: nobody is named for it before."""

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


def _overdue(overruns: Sequence[Overrun], places: Places, *, county: bool) -> str:
    names = []
    for over in overruns:
        place = "" if county or not over.county else f"（{places.name(over.county)}）"
        back = "尚未销假" if over.open else f"{_short(over.last)}返回"
        names.append(f"{over.name}{place}{_short(over.first)}起{over.days:g}天，{back}")
    return _listed(names)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
