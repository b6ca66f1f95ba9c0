"""工作经历证明 of a whole term: what the records say of somebody's service, with a number at each print."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.documents import official
from tuopin_desktop.documents.official import Column, Letter, Listing, Paragraph
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives.service import (
    LEFT_OUT,
    OPEN,
    Ends,
    ServedMonth,
    ServedPosting,
    Service,
    by_team_year,
    service_of,
)
from tuopin_desktop.domain.attendance.closing import ClosedMonths
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.masking import mask
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import fields, scalars
from tuopin_desktop.domain.records import (
    Correction,
    Decision,
    Measure,
    MonthClose,
    Person,
    Posting,
    RecallCase,
    ServiceCertificate,
    Team,
)
from tuopin_desktop.domain.records.choices import END_REASON, POSITION
from tuopin_desktop.domain.roster import in_order
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import disclosures, papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

TITLE = "工作经历证明"
PREVIEW = "（预览，打印时编号）"
LACKING = "（没有登记）"
_PERSONAL = tuple(item for item in fields(Person) if item.name in ("id_number", "birth"))
_TERM = "term.end"
_HELD = "含公民身份号码、出生年月、考勤"
_NUMBER = re.compile(r"经历证明〔([0-9]{4})〕([0-9]+)号")
_OPEN_SHORT = {OPEN: "未结", LEFT_OUT: "未列"}
_POSTED = (
    Column("序号", 9, "center"),
    Column("派驻起止", 34, "center"),
    Column("工作总队", 32),
    Column("队内职务", 26, "center"),
    Column("选派文号", 28),
    Column("离任原因、文号", 28),
)
_DAYS = (
    Column("旗县", 19, "center"),
    Column("年度", 12, "center"),
    *(Column(f"{month}月", 9.4, "center") for month in range(1, 13)),
    Column("合计", 13, "center"),
)


class Career(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of somebody for a certificate: who he is, his service, the names of teams by county."""

    person: Person
    service: Service
    teams: Mapping[str, str]
    earlier: tuple[ServiceCertificate, ...] = ()

    @property
    def content(self) -> str:
        """Return what a certificate says of the service, a line each: two that say the same are alike."""
        lines = []
        for one in self.service.postings:
            posting = one.posting
            parts = (posting.since, posting.until, posting.county, posting.position, posting.paper, one.ended_by)
            lines.append("派驻 " + " ".join(str(word or "-") for word in parts))
            lines += [f"{month.month} {posting.county} {_day_words(month)}" for month in one.months]
        return "\n".join(lines)


def career(desk: Desk, person_id: str) -> Career:
    """Return what the records say of a person's service; raises Refused for somebody never posted."""
    person = desk.store.get(Person, person_id)
    postings = in_order(desk.store.rows(Posting, {"person": person_id}, scope=desk.scope))
    if person is None or person.deleted or not postings:
        raise refuse("nobody", "花名册中没有这个人的派驻记录，不能出具证明", "person")
    among = [one.id for one in postings]
    counties = sorted({one.county for one in postings})
    cases = desk.store.rows(RecallCase, field_among=("posting", among))
    ends = Ends(
        decisions=desk.store.rows(Decision, field_among=("subject", among)),
        cases=cases,
        measures=desk.store.rows(Measure, field_among=("case", [one.id for one in cases])),
    )
    closes = tuple(desk.store.rows(MonthClose, field_among=("county", counties)))
    corrections = desk.store.rows(Correction, field_among=("posting", among))
    books = ClosedMonths(closes, Calendar({}, {}, frozenset()))
    service = service_of(postings, books, corrections, ends, desk.today(), _term_end(desk))
    teams = {one.county: one.name for one in desk.store.rows(Team, field_among=("county", counties))}
    return Career(person=person, service=service, teams=teams, earlier=tuple(of_person(desk, person_id)))


def _term_end(desk: Desk) -> Callable[[Posting], date]:
    """Return what tells the last day a posting may have by the pack it is under: rulings may have moved it."""
    policy = judging.policy_on(desk, desk.today())

    def of(posting: Posting) -> date:
        own = policy.under(pack_of(posting))
        return own.day(_TERM) if _TERM in own.switches else date.max

    return of


def of_person(desk: Desk, person_id: str) -> list[ServiceCertificate]:
    """Return the certificates this office printed of somebody, the first one first: the log of reprints."""
    return sorted((one for one in _own(desk) if one.person == person_id), key=_place)


def issued(desk: Desk) -> list[ServiceCertificate]:
    """Return every certificate this office printed, the last one first."""
    return sorted(_own(desk), key=_place, reverse=True)


def lines(desk: Desk, whole: Career) -> list[str]:
    """Return as plain lines what a certificate would say, and what it cannot: nothing of it is personal."""
    spans = []
    for one in whole.service.postings:
        since, _, post, paper, ended = (cell.replace("\n", "") for cell in _cells(whole, one))
        spans.append(f"{_named(desk, one)}　{since}　{post}　{paper}　{ended}".rstrip("　"))
    months = [
        f"{month.month}　{desk.vocabulary['旗县'].word(one.posting.county)}　{_day_words(month)}"
        for one in whole.service.postings
        for month in one.months
    ]
    return [*spans, *months, _days_words(whole.service).rstrip("：") + "。", *_gaps(desk, whole)]


def _gaps(desk: Desk, whole: Career) -> list[str]:
    return [f"{_named(desk, one)}{gap}" for one in whole.service.postings for gap in one.gaps]


def _own(desk: Desk) -> list[ServiceCertificate]:
    rows = desk.store.rows(ServiceCertificate, scope=desk.scope, deleted=None)
    return [one for one in rows if ids.owner(one.id) == ids.private(desk.scope)]


def _place(one: ServiceCertificate) -> tuple[int, int]:
    match = _NUMBER.fullmatch(one.number)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _next_number(desk: Desk) -> str:
    year = desk.today().year
    serials = [number for of_year, number in map(_place, _own(desk)) if of_year == year]
    return f"经历证明〔{year}〕{max(serials, default=0) + 1}号"


def letter(desk: Desk, person_id: str) -> Letter:
    """Return somebody's certificate as it would be printed: no number, personal values masked. Raises Refused."""
    whole = career(desk, person_id)
    values = {
        item.name: mask(Person, item, getattr(whole.person, item.name) or None, desk.vocabulary) for item in _PERSONAL
    }
    veiled = msgspec.structs.replace(whole.person, **values)
    return _letter(desk, msgspec.structs.replace(whole, person=veiled), PREVIEW)


class Issued(msgspec.Struct, frozen=True):
    """A certificate that was given a number: its record and its document."""

    record: ServiceCertificate
    letter: Letter


def issue(desk: Desk, person_id: str, purpose: str = "") -> Issued:
    """Give a certificate the next number and return it; each print is one of its own. Raises Refused.

    It is noted who took out whose data before anything is handed over.
    """
    whole = career(desk, person_id)
    first = whole.earlier[0].number if whole.earlier else ""
    record = ServiceCertificate(
        id=f"{ids.private(desk.scope)}/{ids.own_part(registers.new_id(desk))}",
        number=_next_number(desk),
        person=person_id,
        issued=desk.today(),
        first=first,
        purpose=purpose.strip(),
        days=_plain(whole.service.days),
        issued_by=desk.user,
        content=whole.content,
    )
    if faults := registers.check(desk, record):
        raise Refused(faults)
    document = _letter(desk, whole, record.number)
    papers.sheets(desk, document)  # what cannot be set gets no number
    disclosures.note(desk, "print", f"{whole.person.name}的{TITLE}{record.number}（{_HELD}）")
    desk.commit([Change(record.kind.name, record.id, scalars(record))])
    return Issued(record, document)


def write(desk: Desk, path: Path, person_id: str, purpose: str = "") -> ServiceCertificate:
    """Write a certificate under the next number, a PDF or .docx; return its record. Raises Refused, Trouble."""
    issued = issue(desk, person_id, purpose)
    papers.write(desk, path, issued.letter)
    return issued.record


def file_name(desk: Desk, person_id: str) -> str:
    """Return what the file of somebody's certificate is called, without its ending."""
    person = desk.store.get(Person, person_id)
    return f"{TITLE}-{person.name if person else ''}"


def _letter(desk: Desk, whole: Career, number: str) -> Letter:
    """Return the document, on one page where a smaller type saves the second."""
    document = _document(desk, whole, number)
    smaller = official.fitted(document, desk.fonts())
    return smaller if len(papers.sheets(desk, smaller)) == 1 else document


def _document(desk: Desk, whole: Career, number: str) -> Letter:
    return Letter(
        title=TITLE,
        blocks=(
            Paragraph(f"编号：{number}", plain=True),
            Paragraph(_opening(desk, whole.person)),
            _posted(whole),
            Paragraph(_days_words(whole.service)),
            _by_month(desk, whole),
            *(Paragraph(text) for text in _closing(desk, whole)),
        ),
        signed=desk.office.name,
        dated=desk.today(),
        note="盖章有效；天数为在派期间计入驻点的天数",
        size=14,
        leading=24,
    )


def _opening(desk: Desk, person: Person) -> str:
    sex = desk.vocabulary["性别"].word(person.sex)
    about = [
        person.name,
        sex or f"性别{LACKING}",
        f"{_month_words(person.birth)}出生" if person.birth else f"出生年月{LACKING}",
        f"公民身份号码{person.id_number or LACKING}",
        f"派出单位{person.unit or LACKING}",
    ]
    about += [f"原任职务{person.post}"] if person.post else []
    return f"兹证明{'，'.join(about)}，在脱贫攻坚工作总队（驻村工作队）派驻的经历如下："


def _month_words(stored: str) -> str:
    return f"{stored[:4]}年{int(stored[5:7])}月" if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", stored) else stored


def _posted(whole: Career) -> Listing:
    rows = tuple((str(place), *_cells(whole, one)) for place, one in enumerate(whole.service.postings, 1))
    return Listing(columns=_POSTED, rows=rows, size=10.5)


def _cells(whole: Career, one: ServedPosting) -> tuple[str, ...]:
    posting = one.posting
    since = day_words(posting.since) if posting.since else LACKING
    until = day_words(posting.until) if posting.until else LACKING if one.endless else "今"
    place = whole.teams.get(posting.county) or f"{_county(posting.county)}工作总队"
    place = f"{place}\n{posting.village}" if posting.village else place
    post = POSITION.word(posting.position) + (f"\n（{posting.local_post}）" if posting.local_post else "")
    ended = ""
    if posting.until:
        paper = one.ended_by or ("" if posting.end_reason == "term" else f"文号{LACKING}")
        ended = "\n".join(filter(None, (END_REASON.word(posting.end_reason) or f"原因{LACKING}", paper)))
    return f"{since}至\n{until}", place, post, posting.paper or LACKING, ended


def _county(code: str) -> str:
    return ids.mark(code)


def _days_words(service: Service) -> str:
    with_days = {month.month for one in service.postings for month in one.months if month.days is not None}
    return f"驻点天数按各月考勤结账的数字逐月列出，已结账{len(with_days)}个月，合计{_plain(service.days)}天："


def _by_month(desk: Desk, whole: Career) -> Listing:
    rows = []
    for (county, year), months in sorted(by_team_year(whole.service).items(), key=lambda item: item[0][::-1]):
        cells = [_cell(months.get(number, ())) for number in range(1, 13)]
        whole_year = sum(one.days or 0 for some in months.values() for one in some)
        rows.append((desk.vocabulary["旗县"].word(county), str(year), *cells, _plain(whole_year)))
    total = ("合计", "", *[""] * 12, _plain(whole.service.days))
    corrected = sorted({number for one in whole.service.postings for month in one.months for number in month.corrected})
    notes = ["注：“未结”为当月考勤没有结账，“未列”为结账时没有列入，都不计天数；“／”为不在派驻期间。"]
    notes += [f"结账后另有考勤更正单{'、'.join(corrected)}，表中为结账的数字。"] if corrected else []
    return Listing(columns=_DAYS, rows=tuple(rows), totals=(total,), notes=tuple(notes), size=9)


def _cell(months: Sequence[ServedMonth]) -> str:
    if not months:
        return "／"
    with_days = [one.days for one in months if one.days is not None]
    if len(with_days) == len(months):
        return _plain(sum(with_days))
    lacking = _OPEN_SHORT[next(one.why for one in months if one.why)]
    return f"{_plain(sum(with_days))}\n{lacking}" if with_days else lacking


def _closing(desk: Desk, whole: Career) -> Iterator[str]:
    if gaps := _gaps(desk, whole):
        yield f"下列内容登记中没有，本证明不作证明：{'；'.join(gaps)}。"
    if desk.level is Level.COUNTY:
        yield "本证明只含本单位登记的派驻；在其他旗县的派驻，由当地或自治区工作队管理办公室证明。"
    if whole.earlier:
        first = whole.earlier[0]
        same = "内容相同" if first.content == whole.content else "内容有变动，以本次为准"
        day = f"，{day_words(first.issued)}出具" if first.issued else ""
        yield f"本次为第{len(whole.earlier) + 1}次出具，首次编号{first.number}{day}，与首次{same}。"
    yield "特此证明。"


def _named(desk: Desk, one: ServedPosting) -> str:
    since = f"{one.posting.since.year}年{one.posting.since.month}月起" if one.posting.since else "派驻起没有登记，"
    return f"{desk.vocabulary['旗县'].word(one.posting.county)}（{since}）"


def _day_words(month: ServedMonth) -> str:
    return month.why if month.days is None else _plain(month.days) + "".join(f" {one}" for one in month.corrected)


def _plain(days: float) -> str:
    return f"{days:g}"
