"""The file of the comprehensive appraisal (A15-4): one bound PDF per person from the whole term, for the record."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.bound import with_contents
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.appraisal.evidence import subject_of
from tuopin_desktop.domain.appraisal.grading import WHOLE_TERM
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.findings import Finding, Verdict, article_words
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.domain.records.choices import END_REASON, GRADE, POSITION, RANK, SOURCE_LEVEL, STATUS
from tuopin_desktop.domain.rules import each
from tuopin_desktop.services.appraisal.grades import called
from tuopin_desktop.services.appraisal.papers import trace
from tuopin_desktop.services.appraisal.year import AppraisalRow, Year, compute
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave.leavebooks.card import card
from tuopin_desktop.services.leave.leavebooks.ledger import Ledger, open_ledger
from tuopin_desktop.services.office import disclosures, files
from tuopin_desktop.services.office.desk import Desk

_MONTHS = (
    Column("月份", 26, "center"),
    Column("在派天数", 26, "center"),
    Column("计入天数", 26, "center"),
    Column("进村入户", 28, "center"),
    Column("结论", 66),
)
_POSTINGS = (
    Column("派驻起止", 48, "center"),
    Column("驻旗县", 36),
    Column("队内职务", 24, "center"),
    Column("挂任职务", 42),
    Column("离任原因", 24, "center"),
)
_FOUND = (
    Column("日期", 26, "center"),
    Column("条款", 24, "center"),
    Column("结论", 18, "center"),
    Column("内容", 106),
)
_GRADES = (
    Column("年度", 22, "center"),
    Column("得分", 24, "center"),
    Column("建议等次", 34, "center"),
    Column("确定等次", 34, "center"),
    Column("文号", 60),
)
_OPINIONS = (Column("单位或本人", 40, "center"), Column("意见", 134))
_INK = 8
"""Empty lines for a hand to write on."""

_CALLED = {Verdict.SUSPECTED: "待核"}
"""Verdicts that go by another word on paper before somebody has decided."""

_CARD_WIDTHS = (16, 20, 31, 13, 14, 16, 18, 24, 22)

_HELD = "含出生年月、考勤、请销假、考核情况"


class _DossierFacts(msgspec.Struct, frozen=True):
    """Everything the files are made from, read once for all persons."""

    facts: Facts
    findings: dict[str, list[Finding]]
    years: tuple[Year, ...]
    ledger: Ledger


def write_all(
    desk: Desk, folder: Path, *, county: str = "", progress: Callable[[int, int], None] | None = None
) -> list[Path]:
    """Write one PDF for everybody ever posted (of a county); return the paths in the order of teams and slots."""
    dossier_facts = _read(desk)
    people = _people(dossier_facts, county)
    if not people:
        raise refuse("nobody", "没有派驻人员，没有可输出的综合考核材料", article=15)
    disclosures.note(desk, "print", f"综合考核材料（{_HELD}）", len(people))
    paths = []
    for place, person in enumerate(people, start=1):
        path = folder / _file_name(dossier_facts, person)
        paths.append(files.write(desk, path, _pdf(desk, dossier_facts, person)))
        if progress is not None:
            progress(place, len(people))
    return paths


def pages(desk: Desk, person_id: str) -> list[Sheet]:
    """Return one person's file as pages, for looking at before it is printed; raises Refused."""
    return _sheets(desk, *_known_person(desk, person_id))


def several(desk: Desk, person_ids: Iterable[str]) -> Mapping[str, list[Sheet]]:
    """Return the files of some people as pages, made one after the other when they are asked for; read once for all."""
    dossier_facts = _read(desk)
    return _Bundles(desk, dossier_facts, tuple(person_ids))


class _Bundles(Mapping[str, list[Sheet]]):
    """Files by person; that of a region of several hundred is never in memory as a whole."""

    def __init__(self, desk: Desk, dossier_facts: _DossierFacts, persons: Sequence[str]) -> None:
        self._desk, self._facts, self._persons = desk, dossier_facts, persons

    def __getitem__(self, person_id: str) -> list[Sheet]:
        if person_id not in self._persons or person_id not in self._facts.facts.postings_by_person:
            raise KeyError(person_id)
        person = self._facts.facts.person_by_id.get(person_id) or Person(id=person_id, name="未登记人员")
        return _sheets(self._desk, self._facts, person)

    def __iter__(self) -> Iterator[str]:
        return iter(self._persons)

    def __len__(self) -> int:
        return len(self._persons)


def one(desk: Desk, person_id: str) -> bytes:
    """Return one person's file as a PDF; raises Refused."""
    dossier_facts, person = _known_person(desk, person_id)
    disclosures.note(desk, "print", f"{person.name}的综合考核材料（{_HELD}）")
    return _pdf(desk, dossier_facts, person)


def _known_person(desk: Desk, person_id: str) -> tuple[_DossierFacts, Person]:
    dossier_facts = _read(desk)
    person = dossier_facts.facts.person_by_id.get(person_id)
    if person is None or person_id not in dossier_facts.facts.postings_by_person:
        raise refuse("nobody", "花名册中没有这个人的派驻记录", "person", article=15)
    return dossier_facts, person


def _read(desk: Desk) -> _DossierFacts:
    facts = judging.measured(desk)
    policy = judging.policy_on(desk, facts.today)
    findings_by_key: dict[str, list[Finding]] = defaultdict(list)
    for finding in each(facts, policy):
        findings_by_key[subject_of(finding, facts)].append(finding)
    first = min((one.since.year for one in facts.posting_by_id.values() if one.since), default=facts.today.year)
    return _DossierFacts(facts, findings_by_key, tuple(_years(desk, first, facts.today.year)), open_ledger(desk))


def _years(desk: Desk, first: int, last: int) -> Iterator[Year]:
    for year in range(first, last + 1):
        try:
            yield compute(desk, year)
        except Refused:  # a year without a scheme has no points to bind
            continue


def _people(dossier_facts: _DossierFacts, county: str) -> list[Person]:
    facts = dossier_facts.facts
    postings = [one for one in facts.posting_by_id.values() if one.county.startswith(county)]
    postings.sort(key=lambda one: (*team_order(one), one.since or date.min))
    mapping = dict.fromkeys(one.person for one in postings if one.person in facts.person_by_id)
    return [facts.person_by_id[person] for person in mapping]


def _file_name(dossier_facts: _DossierFacts, person: Person) -> str:
    """Return 综合考核-150426-姓名-1a2b.pdf; the tail of the id keeps namesakes apart."""
    last = dossier_facts.facts.postings_by_person[person.id][-1]
    plain = "_".join(person.name.split())[:40] or "未登记姓名"
    return portable(f"综合考核-{last.county}-{plain}-{person.id.rpartition('/')[2][-4:]}.pdf")


def _pdf(desk: Desk, dossier_facts: _DossierFacts, person: Person) -> bytes:
    title = f"{person.name}综合考核材料"
    return pdfs.render(_sheets(desk, dossier_facts, person), desk.fonts(), title=title, mark=desk.mark)


def _sheets(desk: Desk, dossier_facts: _DossierFacts, person: Person) -> list[Sheet]:
    """Return the bound pages, numbered through; who it is and the contents stand first."""
    papers = list(_papers(desk, dossier_facts, person))
    names = [name for name, _ in papers]

    def cover(starts: Sequence[int]) -> Table:
        return _cover(desk, dossier_facts, person, list(zip(names, starts, strict=True)))

    parts = [(name, msgspec.structs.replace(paper, signed=())) for name, paper in papers]
    return list(with_contents("脱贫攻坚工作总队队员综合考核材料", cover, parts, desk.fonts()))


def _cover(desk: Desk, dossier_facts: _DossierFacts, person: Person, starts: Sequence[tuple[str, int]]) -> Table:
    """Return who it is, and what is bound where."""
    last = dossier_facts.facts.postings_by_person[person.id][-1]
    about = (
        ("姓名", person.name),
        ("性别　出生年月", f"{desk.vocabulary['性别'].word(person.sex)}　{person.birth}"),
        ("派出单位及职务", f"{person.unit}　{person.post}"),
        ("人员身份　职级", f"{STATUS.word(person.status)}　{RANK.word(person.rank)}"),
        ("驻旗县　队内职务", f"{dossier_facts.facts.county_name(last.county)}　{POSITION.word(last.position)}"),
        ("派驻时间", _served(dossier_facts, person)),
        ("材料目录", "\n".join(f"{place}.{name}（第{page}页）" for place, (name, page) in enumerate(starts, start=1))),
    )
    return Table(
        title="",
        columns=(Column("项目", 44, "center"), Column("内容", 130)),
        rows=about,
        notes=(
            "注：依据管理办法第十五条，帮扶工作结束后综合考核，材料归入本人档案。",
            "只有签字、盖章、写明日期的原件可以归入个人档案，没有签字盖章的打印件不作归档材料。",
        ),
        signed=("整理人：", "审核：", "日期：        年    月    日"),
        landscape=False,
        size=12,
    )


def _served(dossier_facts: _DossierFacts, person: Person) -> str:
    return "；".join(_span(posting) for posting in dossier_facts.facts.postings_by_person[person.id])


def _span(posting: Posting) -> str:
    since = posting.since.isoformat() if posting.since else "未登记"
    return f"{since}至{posting.until.isoformat() if posting.until else '今'}"


def _papers(desk: Desk, dossier_facts: _DossierFacts, person: Person) -> Iterator[tuple[str, Table]]:
    own = dossier_facts.facts.postings_by_person[person.id]
    subjects = {posting.id for posting in own}
    yield "派驻经历", _postings(dossier_facts, own)
    rows = [(year, row) for year in dossier_facts.years for row in year.members if row.subject in subjects]
    yield "历年考核", _grades(rows, dossier_facts.facts, own)
    findings = [finding for posting in own for finding in dossier_facts.findings.get(posting.id, ())]
    for year in sorted({finding.day.year for finding in findings if finding.day and finding.rule == "A09-1"}):
        yield f"{year}年逐月出勤", _months(year, findings)
    for year in sorted({day.year for posting in own for day in _ends(posting, desk.today())}):
        paper = card(desk, year, person=person.id, ledger=dossier_facts.ledger).papers[0]
        if isinstance(paper, Table) and (paper.rows or paper.totals):
            yield f"{year}年请假卡", msgspec.structs.replace(paper, intro=(), columns=_closer(paper.columns))
    for appraised, row in rows:
        yield f"{appraised.year}年度考核得分及依据", trace(desk, appraised, row)
    yield "检查结论", _conclusions(findings)
    yield "综合考核意见", _opinions(person)


def _closer(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns of a card, made for a page laid across, so wide that a number keeps to its line upright."""
    return tuple(msgspec.structs.replace(one, width=width) for one, width in zip(columns, _CARD_WIDTHS, strict=True))


def _ends(posting: Posting, today: date) -> Iterator[date]:
    """Yield a day of every year the posting has a day in."""
    day = posting.since
    while day is not None and day <= min(posting.until or today, today):
        yield day
        day = date(day.year, 12, 31) + timedelta(days=1)


def _postings(dossier_facts: _DossierFacts, own: Sequence[Posting]) -> Table:
    rows = tuple(
        (
            _span(posting),
            dossier_facts.facts.county_name(posting.county),
            f"{POSITION.word(posting.position)}{_source(posting)}",
            posting.local_post,
            END_REASON.word(posting.end_reason),
        )
        for posting in own
    )
    return Table(title="派驻经历", columns=_POSTINGS, rows=rows, signed=(), landscape=False)


def _source(posting: Posting) -> str:
    return f"（{SOURCE_LEVEL.word(posting.source_level)}）" if posting.source_level else ""


def _grades(rows: Sequence[tuple[Year, AppraisalRow]], facts: Facts, own: Sequence[Posting]) -> Table:
    cells = []
    for appraised, row in rows:
        level = called(appraised, row, row.proposal.level) or "暂不建议"
        decided = called(appraised, row, row.grade.decided) if row.grade else ""
        paper = row.grade.paper if row.grade else ""
        cells.append((str(appraised.year), str(row.proposal.appraisal.total), level, decided, paper))
    for posting in own:
        grade = facts.duty_evidence.grade_of.get((posting.id, WHOLE_TERM))
        if grade is not None and grade.decided:
            word = called(*rows[-1], grade.decided) if rows else GRADE.word(grade.decided)
            cells.append(("综合考核", "", "", word, grade.paper))
    return Table(title="历年考核", columns=_GRADES, rows=tuple(cells), signed=(), landscape=False)


def _months(year: int, findings: Sequence[Finding]) -> Table:
    days = {one.day: one for one in findings if one.rule == "A09-1" and one.day and one.day.year == year}
    shares = {one.day: one for one in findings if one.rule == "A09-2" and one.day}
    rows = []
    for day, finding in sorted(days.items()):
        values = dict(finding.inputs)
        share = dict(shares[day].inputs).get("进村入户", "") if day in shares else ""
        text = "符合" if finding.verdict is Verdict.OK else f"{finding.verdict.label}：{finding.sentence}"
        rows.append((f"{day:%Y-%m}", values.get("在派天数", ""), values.get("计入天数", ""), share, text))
    title = f"{year}年逐月出勤"
    return Table(title=title, columns=_MONTHS, rows=tuple(rows), signed=(), landscape=False)


def _conclusions(findings: Sequence[Finding]) -> Table:
    adverse = [one for one in findings if one.verdict not in (Verdict.OK, Verdict.NOTICE)]
    adverse.sort(key=lambda one: (one.day or date.max, one.rule))
    rows = tuple(
        (one.day, article_words(one.article), _CALLED.get(one.verdict, one.verdict.label), one.sentence)
        for one in adverse
    )
    notes = ("注：“待核”的由自治区工作队管理办公室认定，不是处理结论（第二十条）。",)
    return Table(title="检查结论", columns=_FOUND, rows=rows, notes=notes, signed=(), landscape=False)


def _opinions(person: Person) -> Table:
    ink = "　\n" * _INK + "签字（盖章）：　　　　　　　　　　　　　　　　年　　月　　日"
    who = ("派出单位意见", "旗县（市、区）\n党委意见", "自治区工作队\n管理办公室\n综合考核意见", "本人意见")
    return Table(
        title=f"{person.name}综合考核意见",
        columns=_OPINIONS,
        rows=tuple((text, ink) for text in who),
        signed=(),
        landscape=False,
        size=12,
        one_page=True,
    )
