"""Half-year reports on their way (Art. 12-4): a cover letter for each receiver, and the list of envelopes."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.official import Column as Part
from tuopin_desktop.documents.official import Letter, Listing
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.duties import people
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import HalfYearReport, Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.records.dutychoices import HALF_YEAR
from tuopin_desktop.services.duties import drafts
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import books, files, papers
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import letters

_LISTED = (
    Part("序号", 12, "center"),
    Part("姓名", 24, "center"),
    Part("队内职务", 24, "center"),
    Part("派出单位", 60),
    Part("撰写日期", 30, "center"),
)
_ENVELOPES = (
    Column("序号", 13, "center", Form.INTEGER),
    Column("收件单位", 72),
    Column("内件（半年报告）", 68),
    Column("份数", 16, "center", Form.INTEGER),
    Column("寄送方式", 28, "center"),
    Column("寄出日期", 28, "center"),
    Column("签收", 36, "center"),
)
_UNIT_UNKNOWN = "派出单位未登记"
_OFFICE = "自治区贫困旗县（市、区）脱贫攻坚工作队管理办公室"


class Envelope(msgspec.Struct, frozen=True):
    """One envelope: who gets it, the reports in it as (posting, report), and its letter."""

    receiver: str
    names: tuple[str, ...]
    letter: Letter


def envelopes(desk: Desk, year: int, half: str, county: str = "") -> list[Envelope]:
    """Return the envelopes of a team's half-year reports: one for each sending unit, the last for the Office.

    Whose sending unit is not registered is in the Office's alone: to an unknown unit no letter can go.
    Raises Refused where the half is none or nobody has written a report.
    """
    if half not in HALF_YEAR.labels:
        raise refuse("half", f"没有“{half[:10]}”这个期间，可填：上半年、下半年", "half")
    code = drafts.county_meant(desk, county)
    facts = judging.measured(desk)
    report_pairs = _written(facts, code, year, half)
    if not report_pairs:
        raise refuse("empty", f"{year}年{HALF_YEAR.word(half)}还没有登记半年报告，请先在“半年报告”中登记", "year")
    by_unit: dict[str, list[tuple[Posting, HalfYearReport]]] = defaultdict(list)
    for pair in report_pairs:
        if unit := _unit(facts, pair[0]):
            by_unit[unit].append(pair)
    period = f"{year}年{HALF_YEAR.word(half)}"
    letters = [
        _envelope(desk, facts, "half_year_unit", f"{unit}党委（党组）", pairs, period, code)
        for unit, pairs in sorted(by_unit.items())
    ]
    return [*letters, _envelope(desk, facts, "half_year_office", _OFFICE, report_pairs, period, code)]


def _written(facts: Facts, county: str, year: int, half: str) -> list[tuple[Posting, HalfYearReport]]:
    half_year_report_by_row = facts.duty_evidence.half_year_of
    postings = sorted(facts.postings_by_county.get(county, ()), key=team_order)
    return [
        (one, report) for one in postings if (report := half_year_report_by_row.get((one.id, year, half))) is not None
    ]


def _unit(facts: Facts, posting: Posting) -> str:
    person = facts.person_by_id.get(posting.person)
    return person.unit.strip() if person else ""


def _envelope(
    desk: Desk,
    facts: Facts,
    key: str,
    receiver: str,
    pairs: Sequence[tuple[Posting, HalfYearReport]],
    period: str,
    county: str,
) -> Envelope:
    names = tuple(facts.name_of(posting.person) for posting, _ in pairs)
    team = f"{facts.county_name(county)}工作总队"
    who = f"{'、'.join(names)}{f'等{len(names)}名' if len(names) > 1 else ''}同志"
    values = {"who": who, "period": period, "team": team, "unit": _unit(facts, pairs[0][0]) or _UNIT_UNKNOWN}
    letter = letters.filled(desk, key, values, number="", dated=None, office=False)
    rows = tuple(
        (
            place,
            facts.name_of(posting.person),
            POSITION.word(posting.position),
            _unit(facts, posting) or _UNIT_UNKNOWN,
            report.written,
        )
        for place, (posting, report) in enumerate(pairs, 1)
    )
    listing = Listing(columns=_LISTED, rows=rows, caption=f"所附{period}报告")
    blocks = (*letter.blocks, listing)
    return Envelope(
        receiver, names, msgspec.structs.replace(letter, issuer=team, head="letter", blocks=blocks, signed=team)
    )


def envelope_list(desk: Desk, year: int, half: str, county: str = "") -> Book[Envelope]:
    """Return the list of the envelopes, with who still owes a report; raises Refused as `envelopes` does."""
    letters = envelopes(desk, year, half, county)
    facts = judging.measured(desk)
    code = drafts.county_meant(desk, county)
    owing = _owing(facts, judging.policy_on(desk, facts.today), code, year, half)
    unsent = [facts.name_of(one.person) for one, _ in _written(facts, code, year, half) if not _unit(facts, one)]
    lines = ((one.receiver, "、".join(one.names), len(one.names)) for one in letters)
    rows = [(place, *cells, "", "", "") for place, cells in enumerate(lines, 1)]
    notes = ["注：每人每半年向派出单位党委（党组）和自治区办公室各报一份（第十二条第四项）。"]
    notes += [f"{_UNIT_UNKNOWN}、没有致派出单位函的：{'、'.join(unsent)}，请先登记派出单位。"] if unsent else []
    notes += [f"还没有登记报告的：{'、'.join(owing)}。"] if owing else []
    sheet = Table(
        title=f"{year}年{HALF_YEAR.word(half)}半年报告寄送（信封）清单",
        columns=_ENVELOPES,
        rows=tuple(rows),
        totals=(("", "合计", f"信封{len(letters)}个", sum(len(one.names) for one in letters), "", "", ""),),
        office=desk.office.name,
        filled=desk.today(),
        notes=tuple(notes),
        signed=("寄送人：", "核对人：", "日期：        年    月    日"),
    )
    return book(letters, sheet)


def _owing(facts: Facts, policy: Policy, county: str, year: int, half: str) -> list[str]:
    """Return the names of those the radar lists for a report of the half-year of which none is registered."""
    _, due = policy.due_in(year, f"report.half_year_{half}")
    postings = sorted(facts.postings_by_county.get(county, ()), key=team_order)
    duties = ((one, duty) for one in postings for duty in people.of_posting(one, facts, policy, due, due))
    return [
        facts.name_of(one.person)
        for one, duty in duties
        if duty.kind == "half_year_report" and duty.preset["half"] == half and not duty.evidence
    ]


def write(desk: Desk, path: Path, year: int, half: str, county: str = "") -> list[Path]:
    """Write the envelopes and return the files made.

    A PDF: all letters and the list, to be printed at once. An .xlsx: the list. Else a folder with an editable letter
    for each receiver and the list.
    """
    letters = envelopes(desk, year, half, county)
    book = envelope_list(desk, year, half, county)
    if path.suffix.lower() == ".xlsx":
        return [books.write(desk, path, book)]
    if path.suffix.lower() == ".pdf":
        pages = [page for one in letters for page in papers.sheets(desk, one.letter)] + books.sheets(desk, book)
        return [files.write(desk, path, pdfs.render(pages, desk.fonts(), title=book.title, mark=desk.mark))]
    paths = [books.write(desk, path / "信封清单.pdf", book)]
    for place, one in enumerate(letters, 1):
        name = portable(f"{place:02d} {one.receiver[:60]}.docx")
        paths.append(papers.write(desk, path / name, one.letter))
    return paths
