"""What each sending unit is told every half-year of its people (Art. 8, 18), from the facts; which units owe what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.documents import official
from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.official import Column as Part
from tuopin_desktop.documents.official import Letter, Listing, Paragraph
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.duties import people
from tuopin_desktop.domain.dutyevidence import uncovered
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import LeaveSlip, Posting
from tuopin_desktop.domain.records.choices import GRADE, POSITION
from tuopin_desktop.domain.records.dutychoices import FOLLOW_UP, HALF_YEAR
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.judging.teamfigures import PersonMonth
from tuopin_desktop.services.office import books, files, papers
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import letters
from tuopin_desktop.services.reporting.monthly import monthly

UNIT_UNKNOWN = "派出单位未登记"
OWED = {
    "A04-2": "不承担原单位工作",
    "A08-1": "听取汇报谈心谈话",
    "A14-1": "按期晋升定级",
    "A18-2": "往返交通费",
    "A18-5": "意外伤害保险",
}
"""What a sending unit is held to by rule: no work of its own, talks, advancement, trips, insurance."""

_DAYS = (
    Part("姓名", 24, "center"),
    Part("派驻旗县", 28, "center"),
    Part("队内职务", 20, "center"),
    Part("驻旗县天数", 25, "center"),
    Part("因公外出", 18, "center"),
    Part("请假天数", 18, "center"),
    Part("无正当理由", 25, "center"),
    Part("未登记", 16, "center"),
)
_KEPT = (
    Part("姓名", 22, "center"),
    *(Part(f"{label[:2]}\n{label[2:]}", 13, "center") for label in FOLLOW_UP.labels.values()),
    Part("最近一次", 24, "center"),
    Part("半年报告送达", 24, "center"),
    Part("已报销往返次数", 18, "center"),
    Part("无意外保险天数", 18, "center"),
    Part("到期未办晋升项", 18, "center"),
    Part("最近年度考核等次", 24, "center"),
)
_SIZE, _LEAST = 10.5, 5.5
_CLOSEST = 13.0  # pt: in smaller type it is no letter any more


class UnitHalf(msgspec.Struct, frozen=True):
    """One unit's half-year: its people in team order, their names, what it owes them by posting, and its letter."""

    unit: str
    postings: tuple[Posting, ...]
    names: tuple[str, ...]
    owed: tuple[Finding, ...]
    letter: Letter

    @property
    def addressed(self) -> bool:
        """Tell whether the unit is known: without one the list names the people, but no letter can go."""
        return self.unit != UNIT_UNKNOWN


class _Half(msgspec.Struct, frozen=True):
    """The half-year that is told of, up to its end or today, with what is known on that day."""

    first: date
    last: date
    text: str
    facts: Facts
    policy: Policy
    months: Mapping[str, Sequence[PersonMonth]]


def halves(desk: Desk, year: int, half: str, unit: str = "") -> list[UnitHalf]:
    """Return every unit's half-year, or one unit's; raises Refused for a half that has not begun, or nobody posted."""
    period = _half(desk, year, half)
    by_unit: dict[str, list[Posting]] = defaultdict(list)
    for posting in sorted(period.facts.posting_by_id.values(), key=team_order):
        if _within(posting, period):
            by_unit[_unit(posting, period.facts)].append(posting)
    postings_by_key = {name: some for name, some in sorted(by_unit.items()) if not unit or unit == name}
    if not postings_by_key:
        raise refuse("empty", f"{period.text}没有{unit or ''}派驻人员，没有情况可以函告", "unit", article=8)
    return [_unit_half(desk, name, some, period) for name, some in postings_by_key.items()]


def _half(desk: Desk, year: int, half: str) -> _Half:
    if half not in HALF_YEAR.labels:
        raise refuse("half", f"没有“{half[:10]}”这个期间，可填：上半年、下半年", "half", article=8)
    first, last = (date(year, 1, 1), date(year, 6, 30)) if half == "first" else (date(year, 7, 1), date(year, 12, 31))
    today = desk.today()
    if first > today:
        raise refuse("year", f"{year}年{HALF_YEAR.word(half)}还没有开始，没有情况可以函告", "year", article=8)
    last = min(last, today)
    facts = judging.measured(desk, last)
    policy = judging.policy_on(desk, last)
    first = max(first, policy.in_force)
    months: dict[str, list[PersonMonth]] = defaultdict(list)
    for number in range(first.month, last.month + 1):
        for one in monthly(desk, f"{year}-{number:02d}", facts, with_findings=False).people:
            months[one.posting].append(one)
    until = "" if last.month in (6, 12) and last < today else f"（截至{last.month}月{last.day}日）"
    return _Half(first, last, f"{year}年{HALF_YEAR.word(half)}{until}", facts, policy, months)


def _within(posting: Posting, half: _Half) -> bool:
    return posting.since is not None and posting.since <= half.last and (posting.until or half.last) >= half.first


def _unit(posting: Posting, facts: Facts) -> str:
    person = facts.person_by_id.get(posting.person)
    return (person.unit.strip() if person else "") or UNIT_UNKNOWN


def _unit_half(desk: Desk, unit: str, postings: Sequence[Posting], half: _Half) -> UnitHalf:
    owed = tuple(_owed(desk, postings, half))
    names = tuple(dict.fromkeys(half.facts.name_of(one.person) for one in postings))
    who = f"{'、'.join(names)}{f'等{len(names)}名' if len(names) > 1 else ''}同志"
    values = {"unit": unit, "who": who, "period": half.text}
    opening = letters.filled(desk, "unit_half_year", values, number="", dated=None, office=False)
    closing = letters.filled(desk, "unit_half_year_asks", values, number="", dated=None, office=False)
    asks = [Paragraph(f"{place}.{_asked(one)}") for place, one in enumerate(owed, 1)]
    ending = [*closing.blocks[:1], *asks, *closing.blocks[1:]] if owed else [*closing.blocks[-1:]]
    letter = msgspec.structs.replace(
        opening,
        issuer=desk.office.name,
        head="letter",
        blocks=(*opening.blocks, *_listings(postings, half), *ending),
        signed=desk.office.name,
    )
    return UnitHalf(unit, tuple(postings), names, owed, _on_one_page(desk, letter))


def _on_one_page(desk: Desk, letter: Letter) -> Letter:
    """Set a letter a little closer where that saves a page with hardly more than the signature on it."""
    tried = official.fitted(letter, desk.fonts())
    return tried if tried.size >= _CLOSEST else letter


def _owed(desk: Desk, postings: Sequence[Posting], half: _Half) -> Iterable[Finding]:
    """Yield what a unit owes its people, person by person."""
    for posting in postings:
        slips = (one for one in half.facts.slips if one.posting == posting.id and _travelled(one, half))
        for subject in (f"posting:{posting.id}", *(f"leave_slip:{one.id}" for one in slips)):
            for rule in OWED:
                for one in judging.judge(desk, half.facts, rule, subject):
                    if one.verdict in (Verdict.AMBER, Verdict.RED):
                        yield one


def _travelled(slip: LeaveSlip, half: _Half) -> bool:
    """Tell whether a slip is of leave in the half-year."""
    span = half.facts.period_of.get(slip.id)
    return span is not None and span.first <= half.last and span.last >= half.first


def _whom(finding: Finding) -> str:
    """Return the name of whom a finding is about: its subject is his posting, or a slip of his."""
    return finding.subject_words.partition("（")[0].partition(" 请假报备单")[0]


def _asked(finding: Finding) -> str:
    text = finding.sentence.replace("请商派出单位", "请你单位").rstrip("。")
    return f"{_whom(finding)}：{text}。"


def _listings(postings: Sequence[Posting], half: _Half) -> tuple[Listing, ...]:
    days = tuple(_days(one, half) for one in postings)
    heard = tuple(_heard(one, half) for one in postings)
    support = tuple(_support(one, half) for one in postings)
    sums = tuple(sum(float(row[at]) for row in days) for at in range(3, len(_DAYS)))
    note = "注：天数按半天折算；未登记为考勤还没有登记的天数，不计入其他各栏。"
    return (
        Listing(
            columns=_DAYS,
            rows=days,
            totals=(("合计", "", "", *sums),) if len(days) > 1 else (),
            caption=f"一、{half.text}在岗和请假情况",
            notes=(note,),
            size=_SIZE,
            least=_LEAST,
        ),
        Listing(
            columns=_KEPT,
            rows=tuple((*one, *other[1:]) for one, other in zip(heard, support, strict=True)),
            caption="二、跟踪管理、保障和考核情况",
            size=_SIZE,
            least=_LEAST,
        ),
    )


def _days(posting: Posting, half: _Half) -> tuple[str | float, ...]:
    person_months = half.months.get(posting.id, ())
    sums = (
        sum(getattr(one, name) for one in person_months)
        for name in ("stayed", "trips", "leave", "unjustified", "missing")
    )
    facts = half.facts
    return (
        facts.name_of(posting.person),
        facts.county_name(posting.county),
        POSITION.word(posting.position),
        *(float(one) for one in sums),
    )


def _heard(posting: Posting, half_year: _Half) -> tuple[str | int, ...]:
    talks = [
        one
        for one in half_year.facts.duty_evidence.talks_of.get(posting.id, ())
        if one.date and one.date <= half_year.last
    ]
    within = [one for one in talks if one.date and one.date >= half_year.first]
    latest = max((one.date for one in talks if one.date), default=None)
    half = "first" if half_year.last.month <= 6 else "second"
    report = half_year.facts.duty_evidence.half_year_of.get((posting.id, half_year.last.year, half))
    day = report.to_unit if report else None
    return (
        half_year.facts.name_of(posting.person),
        *(sum(one.type == kind for one in within) for kind in FOLLOW_UP.labels),
        latest.isoformat() if latest else "没有登记",
        day.isoformat() if day else "未登记送达",
    )


def _support(posting: Posting, half: _Half) -> tuple[str | int, ...]:
    facts, span = half.facts, people.days_in_post(posting, half.policy, half.last)
    first, last = (max(span[0], half.first), span[1]) if span else (half.last, date.min)
    gaps = uncovered(first, last, people.insurances(posting, facts)) if first <= last else []
    advancing = facts.duty_evidence.advancements_of.get(posting.id, ())
    late = [one for one in advancing if one.due and one.due < half.last and one.type != "award" and not one.done]
    grades = [
        (year, grade.decided)
        for year in range(half.policy.in_force.year, half.last.year + 1)
        if (grade := facts.duty_evidence.grade_of.get((posting.id, year))) is not None and grade.decided
    ]
    return (
        facts.name_of(posting.person),
        len(people.reimbursed(posting, facts, first, last)) if first <= last else 0,
        sum((end - begin).days + 1 for begin, end in gaps),
        len(late),
        f"{grades[-1][0]}年{GRADE.word(grades[-1][1])}" if grades else "",
    )


_LIST = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("派出单位", 60),
    Column("派驻人数", 20, "center", Form.INTEGER),
    *(Column(label, 24, "center", Form.INTEGER) for label in OWED.values()),
    Column("合计", 15, "center", Form.INTEGER),
    Column("涉及人员", 46),
)


def accountability(desk: Desk, year: int, half: str, unit: str = "") -> Book[UnitHalf]:
    """Return 派出单位责任清单: how many of its people each unit owes what, and whom; units that owe most come first."""
    return _accounted(desk, year, half, halves(desk, year, half, unit))


def _accounted(desk: Desk, year: int, half: str, unit_halfs: Sequence[UnitHalf]) -> Book[UnitHalf]:
    ordered = sorted(unit_halfs, key=lambda one: (-len(one.owed), one.unit))
    numbers = [[len(_people(one)), *_counts(one), len(one.owed)] for one in ordered]
    sums = [sum(column) for column in zip(*numbers, strict=True)]
    rows: list[tuple[str | int, ...]] = [
        (one.unit, *counts, _named(one)) for one, counts in zip(ordered, numbers, strict=True)
    ]
    sheet = Table(
        title=f"{year}年{HALF_YEAR.word(half)}派出单位责任清单",
        columns=_LIST,
        rows=tuple((place, *row) for place, row in enumerate(rows, 1)),
        totals=(("", f"合计（{len(rows)}个单位）", *sums, ""),),
        office=desk.office.name,
        filled=desk.today(),
        notes=(
            "注：各栏为未落实的人次：不承担原单位工作（第四条）、听取汇报和谈心谈话（第八条）、按期晋升定级（第十四条）、往返交通费和意外伤害保险（第十八条）。",
            "对管理责任落实不到位的派出单位，依据有关规定严肃追责问责（第八条）；是否问责由自治区工作队管理办公室研究决定。",
            *_unaddressed(ordered),
        ),
    )
    return book(ordered, sheet)


def _unaddressed(unit_halfs: Sequence[UnitHalf]) -> list[str]:
    """Return the note on those to whose unit no letter goes, because it is not registered."""
    names = (name for one in unit_halfs if not one.addressed for name in one.names)
    names_text = "、".join(dict.fromkeys(names))
    return [f"{UNIT_UNKNOWN}、没有致派出单位函的：{names_text}，请先登记派出单位。"] if names_text else []


def _people(one: UnitHalf) -> set[str]:
    return {posting.person for posting in one.postings}


def _counts(one: UnitHalf) -> list[int]:
    return [sum(finding.rule == rule for finding in one.owed) for rule in OWED]


def _named(one: UnitHalf) -> str:
    return "、".join(dict.fromkeys(_whom(finding) for finding in one.owed))


def write(desk: Desk, path: Path, year: int, half: str, unit: str = "", *, editable: bool = False) -> list[Path]:
    """Write the letters and the list and return the files made.

    A PDF: all letters and the list, to be printed at once; if `editable`, beside it a folder of its name with each
    letter as .docx. An .xlsx: the list. Else a folder with each letter for editing and for printing, and the list.
    """
    unit_halfs = halves(desk, year, half, unit)
    book = _accounted(desk, year, half, unit_halfs)
    unit_halfs = [one for one in unit_halfs if one.addressed]
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return [books.write(desk, path, book)]
    if ending == ".pdf":
        pages = [page for one in unit_halfs for page in papers.sheets(desk, one.letter)] + books.sheets(desk, book)
        whole = pdfs.render(pages, desk.fonts(), title=book.title, mark=desk.mark)
        return [
            files.write(desk, path, whole),
            *(_each(desk, path.with_suffix(""), unit_halfs, (".docx",)) if editable else ()),
        ]
    lists = [books.write(desk, path / portable(f"派出单位责任清单{kind}"), book) for kind in (".pdf", ".xlsx")]
    return [*lists, *_each(desk, path, unit_halfs, (".docx", ".pdf"))]


def _each(desk: Desk, folder: Path, unit_halfs: Sequence[UnitHalf], endings: Sequence[str]) -> list[Path]:
    named = [(f"{place:02d} {one.unit[:60]}", one.letter) for place, one in enumerate(unit_halfs, 1)]
    return [
        papers.write(desk, folder / portable(f"{name}{ending}"), letter) for name, letter in named for ending in endings
    ]
