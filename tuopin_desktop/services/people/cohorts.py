"""Those about to be posted, or posted already, as one batch (Art. 2-3): exceptions first, then who they are."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.essentials import gone, in_team_order, lacking, standing_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.domain.records.choices import POSITION, RANK, SOURCE_LEVEL
from tuopin_desktop.domain.rules.age import ages, read_birth
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

NOWHERE = "未派驻"
MARKS = {"over": "超过年龄线", "relaxed": "放宽年龄", "border": "临界", "unfit": "学历健康", "lacks": "信息待补"}
"""What makes somebody an exception, gravest first."""

_AGES = ((35, "35岁以下"), (40, "36至40岁"), (47, "41至47岁"), (57, "48至57岁"), (200, "58岁以上"))
_SCHOOLING = {"1": "研究生", "2": "大学本科", "3": "大专"}
_AGE_RULES = ("A03-4", "A03-5")


class Member(msgspec.Struct, frozen=True):
    """One of the batch: where (league or county), age on the day of posting or today, and what is exceptional."""

    person: Person
    posting: Posting | None
    place: str
    county_name: str
    age: int | None
    marks: Mapping[str, str]


class _Group(msgspec.Struct, frozen=True):
    """Some columns, and into which of them a member falls: the last is for those of whom nothing is registered."""

    columns: tuple[str, ...]
    which: Callable[[Member], str]


def members(desk: Desk, people: Collection[str] | None = None) -> list[Member]:
    """Return the batch in the order of teams: these people, or with None all that serve, are to come or not posted."""
    facts = judging.facts(desk)
    policy = judging.policy_on(desk, facts.today)
    persons = [
        one for one in facts.person_by_id.values() if (one.id in people if people is not None else not gone(one, facts))
    ]
    if not persons:
        raise refuse("empty", "这一批没有人员，请核对选派文号、日期，或先登记人员", "person", article=3)
    findings_by_key = _judged(desk, facts)
    ordered = sorted(persons, key=lambda one: in_team_order(one, facts))
    return [_member(desk, one, facts, policy, findings_by_key) for one in ordered]


def batch(desk: Desk, *, paper: str = "", since: date | None = None, county: str = "") -> list[str]:
    """Return those of a batch: posted by a document, from a day on, to a county; all three narrow."""
    facts = judging.facts(desk)

    def fits(posting: Posting | None) -> bool:
        if posting is None:
            return not (paper or since or county)
        is_wanted = (not paper or paper in posting.paper) and (not county or posting.county == county)
        return is_wanted and (since is None or (posting.since is not None and posting.since >= since))

    values_view = facts.person_by_id.values()
    return [one.id for one in values_view if not gone(one, facts) and fits(standing_of(one, facts))]


def _judged(desk: Desk, facts: Facts) -> dict[str, list[Finding]]:
    findings_by_key: dict[str, list[Finding]] = {}
    for one in judging.judge(desk, facts, "A03-*"):
        findings_by_key.setdefault(one.subject, []).append(one)
    return findings_by_key


def _member(
    desk: Desk, person: Person, facts: Facts, policy: Policy, findings_by_key: Mapping[str, Sequence[Finding]]
) -> Member:
    posting = standing_of(person, facts)
    county = facts.county_by_code.get(posting.county) if posting else None
    name = facts.county_name(posting.county) if posting else ""
    league = county.league if county else ""
    place = (league if desk.level is Level.REGION else name) or NOWHERE
    subjects = [f"person:{person.id}", *([f"posting:{posting.id}"] if posting else [])]
    findings = [one for subject in subjects for one in findings_by_key.get(subject, ())]
    birth = read_birth(person.birth)
    day = (posting.since if posting else None) or facts.today
    marks = _marks(person, findings, [one.field.label for one in lacking(person, facts, policy)])
    return Member(person, posting, place, name, ages(birth, day)[0] if birth else None, marks)


def _marks(person: Person, findings: Iterable[Finding], lacks: Sequence[str]) -> dict[str, str]:
    values = {}
    for one in findings:
        text = one.sentence.partition("（管理办法")[0]
        if one.rule in _AGE_RULES and one.verdict is Verdict.RED:
            values["over"] = text
        elif one.rule == "A03-6":
            values["relaxed"] = text
        elif one.rule in _AGE_RULES and one.verdict is Verdict.NOTICE and person.birth and person.rank:
            values["border"] = text
        elif one.rule == "A03-3" and one.verdict is Verdict.AMBER:
            values["unfit"] = text
    if lacks:
        values["lacks"] = "、".join(lacks)
    return {mark: values[mark] for mark in MARKS if mark in values}


def _group(what: str, columns: Sequence[str], which: Callable[[Member], str]) -> _Group:
    unknown = f"{what}未登记"
    return _Group((*columns, unknown), lambda one: which(one) or unknown)


def _coded(what: str, table: CodeTable, value: Callable[[Member], str]) -> _Group:
    return _group(what, tuple(table.labels.values()), lambda one: table.word(value(one)))


def _aged(age: int | None) -> str:
    return "" if age is None else next(text for most, text in _AGES if age <= most)


_SEX = _group("性别", ("男", "女"), lambda one: {"1": "男", "2": "女"}.get(one.person.sex, ""))
_PEOPLES = _group(
    "民族",
    ("汉族", "蒙古族", "其他民族"),
    lambda one: {"01": "汉族", "02": "蒙古族", "": ""}.get(one.person.ethnicity, "其他民族"),
)
_PARTY = _group(
    "党派",
    ("中共党员", "非党员"),
    lambda one: {"01": "中共党员", "02": "中共党员", "": ""}.get(one.person.political, "非党员"),
)
_AGE = _group("年龄", [label for _, label in _AGES], lambda one: _aged(one.age))
_EDUCATION = _group(
    "学历",
    (*_SCHOOLING.values(), "大专以下"),
    lambda one: _SCHOOLING.get(one.person.education[:1], "大专以下") if one.person.education else "",
)
_RANK = _coded("职级", RANK, lambda one: one.person.rank)
_SOURCE = _coded("来源", SOURCE_LEVEL, lambda one: one.posting.source_level if one.posting else "")
_SEATS = _Group(
    (*POSITION.labels.values(), NOWHERE), lambda one: POSITION.word(one.posting.position) if one.posting else NOWHERE
)
GROUPS = {
    "性别、民族、政治面貌、年龄": (_SEX, _PEOPLES, _PARTY, _AGE),
    "学历、职级、来源、队内职务": (_EDUCATION, _RANK, _SOURCE, _SEATS),
}
"""The tables of who they are; in each group the columns add up to the number of people."""


def report(desk: Desk, people: Collection[str] | None = None, name: str = "") -> Book[Member]:
    """Return the report of a batch: exceptions by place and by name, then its make-up; raises Refused for nobody."""
    cohort = members(desk, people)
    what = f"选派人员情况（{name}）" if name else "选派人员情况"
    where = "盟市" if desk.level is Level.REGION else "旗县"
    papers = {
        "例外情况": _sheet(desk, f"{what}——例外情况", *_by_mark(cohort, where), notes=(_told(cohort),)),
        "例外名单": _sheet(desk, f"{what}——例外名单", _NAMED, _named(cohort)),
    }
    for title, groups in GROUPS.items():
        papers[title] = _sheet(desk, f"{what}——{title}", *_by_group(cohort, groups, where))
    table = book(cohort, papers["例外情况"], list(papers.values()))
    return msgspec.structs.replace(table, title=what, sheets=papers)


_NAMED = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("姓名", 28, "center"),
    Column("派驻旗县", 34, "center"),
    Column("队内职务", 22, "center"),
    Column("派出单位", 52),
    Column("情况", 30, "center"),
    Column("说明", 90),
)


def _named(cohort: Sequence[Member]) -> tuple[tuple[str | int, ...], ...]:
    lines = [(mark, one, text) for one in cohort for mark, text in one.marks.items()]
    order = list(MARKS)
    lines.sort(key=lambda line: order.index(line[0]))  # stable: within an exception the order of the teams stays
    return tuple(
        (
            place,
            one.person.name,
            one.county_name or NOWHERE,
            POSITION.word(one.posting.position) if one.posting else "",
            one.person.unit,
            MARKS[mark],
            sentence,
        )
        for place, (mark, one, sentence) in enumerate(lines, 1)
    )


_Laid = tuple[tuple[Column, ...], tuple[tuple[str | int, ...], ...], tuple[tuple[str | int, ...], ...]]


def _by_mark(cohort: Sequence[Member], where: str) -> _Laid:
    columns = (
        Column(where, 44, "center"),
        Column("人数", 24, "center", Form.INTEGER),
        Column("没有例外", 30, "center", Form.INTEGER),
        *(Column(text, 30, "center", Form.INTEGER) for text in MARKS.values()),
    )

    def line(name: str, some: Sequence[Member]) -> tuple[str | int, ...]:
        clean = sum(not one.marks for one in some)
        return name, len(some), clean, *(sum(mark in one.marks for one in some) for mark in MARKS)

    return columns, tuple(line(*pair) for pair in _places(cohort)), (line("合计", cohort),)


def _by_group(cohort: Sequence[Member], groups: Sequence[_Group], where: str) -> _Laid:
    named = [(group, column) for group in groups for column in group.columns]
    each = 213.0 / len(named)
    columns = (
        Column(where, 38, "center"),
        Column("人数", 18, "center", Form.INTEGER),
        *(Column(column, each, "center", Form.INTEGER) for _, column in named),
    )

    def line(name: str, some: Sequence[Member]) -> tuple[str | int, ...]:
        counts = (sum(group.which(one) == column for one in some) for group, column in named)
        return name, len(some), *counts

    return columns, tuple(line(*pair) for pair in _places(cohort)), (line("合计", cohort),)


def _places(cohort: Sequence[Member]) -> list[tuple[str, list[Member]]]:
    """Return the batch by league or county in the order of their codes; those not posted come last, as they stand."""
    places = dict.fromkeys(one.place for one in cohort)
    return [(place, [one for one in cohort if one.place == place]) for place in places]


def _told(cohort: Sequence[Member]) -> str:
    counts = (f"{text}{count}人" for mark, text in MARKS.items() if (count := sum(mark in one.marks for one in cohort)))
    value = "，".join(counts)
    return (
        f"注：本批{len(cohort)}人"
        + (f"，其中{value}（一人可有几项）。" if value else "，没有例外情况。")
        + "依据第三条。"
    )


def _sheet(
    desk: Desk,
    title: str,
    columns: tuple[Column, ...],
    rows: tuple[tuple[str | int, ...], ...],
    totals: tuple[tuple[str | int, ...], ...] = (),
    notes: tuple[str, ...] = (),
) -> Table:
    return Table(
        title=title,
        columns=columns,
        rows=rows,
        totals=totals,
        office=desk.office.name,
        filled=desk.today(),
        notes=notes,
    )
