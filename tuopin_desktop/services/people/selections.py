"""选派条件审查表 (Art. 3): what is on record of each criterion, what the unit ticks, and room for opinion and seal."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.documents import official
from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.official import Column, Letter, Listing
from tuopin_desktop.domain.essentials import gone, in_team_order, standing_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.masking import veil
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Field, fields
from tuopin_desktop.domain.records import Person, Posting, Recommendation
from tuopin_desktop.domain.records.choices import POSITION, RANK, SOURCE_LEVEL, SUITS
from tuopin_desktop.domain.records.selection import CRITERIA_GROUP
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import disclosures, files, papers
from tuopin_desktop.services.office.desk import Desk

TITLE = "选派人员条件审查表"
CRITERIA: tuple[Field, ...] = tuple(item for item in fields(Recommendation) if item.group == CRITERIA_GROUP)
"""The qualities of Article 3, declared with the record that keeps the unit's word on them."""

_ABOUT = {item.name: item for item in fields(Person)}
_TICK = "□符合　□不符合"
_WHO = (Column("姓名", 26, "center"), Column("性别", 14, "center"), Column("民族", 22, "center"))
_BORN = (Column("出生年月", 26, "center"), Column("政治面貌", 26, "center"), Column("学历", 42, "center"))
_POST = (Column("派出单位", 62), Column("原任职务", 40), Column("职级", 18, "center"), Column("后备干部", 20, "center"))
_SEAT = (Column("拟派旗县", 40, "center"), Column("队内职务", 26, "center"), Column("来源", 22, "center"))
_SINCE = (Column("派驻起", 36, "center"), Column("选派文号", 32, "center"))
_CRITERIA = (
    Column("序号", 11, "center"),
    Column("条件（第三条）", 45),
    Column("登记情况", 72),
    Column("派出单位核定", 40, "center"),
)
_RULED = (("A03-3", "大专以上学历，身体健康"), ("A03-4", "年龄"), ("A03-5", "年龄"), ("A03-6", "后备干部放宽年龄"))
_SIZES = (10.5, 9.5, 8.5)
"""Type of the tables (pt), smaller only where long names would cost a second page."""


def statement(desk: Desk, person_id: str, facts: Facts | None = None) -> Letter:
    """Return one person's sheet, kept to one page; raises Refused for somebody who is not on the roster."""
    facts = facts or judging.facts(desk)
    person = facts.person_by_id.get(person_id)
    if person is None:
        raise refuse("missing", "花名册中没有这个人，请刷新后重试", "person", article=3)
    listings = _listings(desk, person, facts)
    basis = official.Paragraph(f"依据《{desk.policy.basis.title}》第三条", plain=True)
    for size in _SIZES:
        sized = [msgspec.structs.replace(one, size=size) for one in listings]
        letter = official.fitted(Letter(title=TITLE, blocks=(basis, *sized)), desk.fonts())
        if len(papers.sheets(desk, letter)) == 1:
            break
    return letter


def _listings(desk: Desk, person: Person, facts: Facts) -> list[Listing]:
    posting, recommendation = standing_of(person, facts) or _last(person, facts), _word_of(desk, person)
    listings = [
        _listing((*_WHO, *_BORN), _who(desk, person)),
        _listing(_POST, (person.unit, person.post, RANK.word(person.rank), "是" if person.reserve else "否")),
    ]
    if posting is not None:
        listings.append(_listing((*_SEAT, *_SINCE), _seated(desk, posting, facts)))
    listings.append(Listing(columns=_CRITERIA, rows=_criteria(desk, person, posting, recommendation, facts)))
    return [*listings, _opinions(person, recommendation)]


def _last(person: Person, facts: Facts) -> Posting | None:
    postings = facts.postings_by_person.get(person.id, ())
    return postings[-1] if postings else None


def _word_of(desk: Desk, person: Person) -> Recommendation:
    """Return the unit's latest word on a person, a blank one where none is kept."""
    recommendations = desk.store.rows(Recommendation, {"person": person.id})
    return max(recommendations, key=lambda one: (one.signed or date.min, one.unit, one.paper), default=Recommendation())


def _listing(columns: tuple[Column, ...], cells: tuple[str, ...]) -> Listing:
    return Listing(columns=columns, rows=(cells,))


def _who(desk: Desk, person: Person) -> tuple[str, ...]:
    coded = {name: desk.vocabulary[name] for name in ("性别", "民族", "政治面貌", "学历")}
    return (
        person.name,
        coded["性别"].word(person.sex),
        coded["民族"].word(person.ethnicity),
        person.birth,
        coded["政治面貌"].word(person.political),
        coded["学历"].word(person.education),
    )


def _seated(desk: Desk, posting: Posting, facts: Facts) -> tuple[str, ...]:
    since = day_words(posting.since) if posting.since else ""
    source = SOURCE_LEVEL.word(posting.source_level)
    return facts.county_name(posting.county), POSITION.word(posting.position), source, since, posting.paper


def _criteria(
    desk: Desk, person: Person, posting: Posting | None, recommendation: Recommendation, facts: Facts
) -> tuple[tuple[str, ...], ...]:
    qualities = [
        (item.label, _on_record(recommendation, item), _ticked(getattr(recommendation, item.name))) for item in CRITERIA
    ]
    rows = [
        (text, _said(finding, person), _TICK)
        for key, text in _RULED
        if (finding := _judged(desk, key, person, posting, facts)) is not None
    ]
    return tuple((str(place), *cells) for place, cells in enumerate([*qualities, *rows], 1))


def _on_record(recommendation: Recommendation, item: Field) -> str:
    if not getattr(recommendation, item.name):
        return "尚未登记"
    day = f"（{recommendation.signed.isoformat()}签署）" if recommendation.signed else "（未登记签署日期）"
    return f"派出单位：{SUITS.word(getattr(recommendation, item.name))}{day}"


def _ticked(value: str) -> str:
    return {"yes": "√符合　□不符合", "no": "□符合　√不符合"}.get(value, _TICK)


def _judged(desk: Desk, key: str, person: Person, posting: Posting | None, facts: Facts) -> Finding | None:
    """Return what a rule says of the posting that matters, or of the person himself."""
    subjects = [f"person:{person.id}", *([f"posting:{posting.id}"] if posting else [])]
    findings = [one for subject in subjects for one in judging.judge(desk, facts, key, subject)]
    return next(iter(findings), None)


def _said(finding: Finding, person: Person) -> str:
    """Return a finding's sentence; the paper names the birth above, so that it need not be veiled here."""
    text = finding.sentence.partition("（管理办法")[0]
    for birth in (person.birth, person.birth[:7]):
        text = text.replace(veil(_ABOUT["birth"], birth), birth) if birth else text
    return text if finding.verdict is Verdict.OK else f"【{finding.verdict.label}】{text}"


def _opinions(person: Person, recommendation: Recommendation) -> Listing:
    """Return the two places for opinion, signature and seal; what the unit wrote already stands in its own."""
    day = "　　　　年　　月　　日"
    signed = day_words(recommendation.signed) if recommendation.signed else day
    unit = f"{recommendation.opinion}\n\n\n\n负责人：{recommendation.by}\n（盖章）　{signed}"
    office = f"\n\n\n\n负责人：\n（盖章）　{day}"
    columns = (
        Column(f"{recommendation.unit or person.unit or '派出单位'}党委（党组）意见", 1),
        Column("自治区党委组织部门意见", 1),
    )
    return Listing(columns=columns, rows=((unit, office),))


def write(desk: Desk, path: Path, person_ids: Sequence[str]) -> Path:
    """Write the sheets of some people: a PDF, a page each, or of a single person a .docx; raises Refused for nobody."""
    if not person_ids:
        raise refuse("empty", "没有可以出审查表的人员，请先登记人员", "person", article=3)
    facts = judging.facts(desk)
    letters = [statement(desk, one, facts) for one in person_ids]
    word = path.suffix.lower() == ".docx"
    if word and len(letters) > 1:
        raise refuse("many", "Word 文档一次只能出一人，多人请存为 PDF", "path", article=3)
    disclosures.note(desk, "print", f"{TITLE}（含出生年月）", len(letters))
    if word:
        return papers.write(desk, path, letters[0])
    pages = [page for one in letters for page in papers.sheets(desk, one)]
    return files.write(desk, path, pdfs.render(pages, desk.fonts(), title=TITLE, mark=desk.mark))


def everybody(desk: Desk, county: str = "") -> list[str]:
    """Return those a sheet is made for when all are meant: in service, to come, or not posted yet; in team order."""
    facts = judging.facts(desk)
    persons = [one for one in facts.person_by_id.values() if not gone(one, facts)]
    persons = [one for one in persons if not county or _county(one, facts) == county]
    return [one.id for one in sorted(persons, key=lambda one: in_team_order(one, facts))]


def _county(person: Person, facts: Facts) -> str:
    posting = standing_of(person, facts)
    return posting.county if posting else ""
