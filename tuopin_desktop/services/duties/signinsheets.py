"""Paper for classes and meetings (Art. 11, 12): sign-in sheets filled in from the roster, the list of certificates."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain import slipcode
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.halves import day_words, parse_stored
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import Meeting, Posting, Training, TrainingAttendance
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.records.dutychoices import MEETING
from tuopin_desktop.domain.under import under
from tuopin_desktop.domain.whereabouts import absent
from tuopin_desktop.services.duties import convening
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

KINDS = ("training", "meeting")
"""The registers whose records have a sign-in sheet."""

_MOST_DAYS = 31
_GUESTS = {"joint": 15, "study": 10, "other": 10}
"""Empty rows for those who are not on the roster: leagues, counties and their departments at a joint meeting."""
_LEAST_ROWS = 5
_LATE = 3  # empty rows of a class
_SIGNED_MM = 10.0

_CLASS = (
    Column("序号", 13, "center", Form.INTEGER),
    Column("姓名", 27, "center"),
    Column("派驻旗县", 35, "center"),
    Column("队内职务", 24, "center"),
    Column("工作单位", 55),
    Column("上午签到", 35, "center"),
    Column("下午签到", 35, "center"),
    Column("备注", 38),
)
_MEETING = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("姓名", 27, "center"),
    Column("单位及职务", 65),
    Column("签到", 35, "center"),
    Column("备注", 33),
)
_CERTIFICATES = (
    Column("序号", 13, "center", Form.INTEGER),
    Column("姓名", 27, "center"),
    Column("派驻旗县", 36, "center"),
    Column("工作单位", 62),
    Column("结业情况", 28, "center"),
    Column("结业证号", 40, "center"),
    Column("领取人签字", 34, "center"),
    Column("备注", 22),
)


class Signer(msgspec.Struct, frozen=True):
    """Somebody expected: name, county, position and unit in words, and whether a slip says he is away."""

    name: str
    county: str
    position: str
    unit: str
    away: str


def sign_in(desk: Desk, kind: str, record_id: str) -> Book[Signer]:
    """Return the sign-in sheet of a class, a page for each day, or of a meeting; raises Refused.

    People of another programme stand on it only where they were entered for the class.
    """
    record = registers.get(desk, kind, record_id)
    facts = judging.facts(desk)
    if isinstance(record, Training):
        book = _of_class(desk, facts, record)
    elif isinstance(record, Meeting):
        book = _of_meeting(desk, under(facts, desk.policy.id), record)
    else:
        raise refuse("kind", f"{record.kind.label}没有签到表，可用于：培训班、会议", "kind")
    code = slipcode.encode(record_id, kind) if slipcode.encodable(record_id) else ""
    return msgspec.structs.replace(book, code=code)


def _of_class(desk: Desk, facts: Facts, training: Training) -> Book[Signer]:
    days = _days(training)
    entered = [facts.posting_by_id[one.posting] for one in _parts(desk, facts, training)]
    own = under(facts, desk.policy.id)
    people = entered or [one for code in _codes(desk, own) for one in own.active(code, days[0])]
    notes = () if entered else ("注：本班还没有登记学员，按花名册列出开班当日在派人员。",)
    papers = []
    for place, day in enumerate(days, 1):
        signers = _signers(desk, facts, people, day)
        which = f"（第{place}天 {day_words(day)}）" if len(days) > 1 else ""
        rows: list[tuple[Any, ...]] = [
            (number, one.name, one.county, one.position, one.unit, "", "", one.away)
            for number, one in enumerate(signers, 1)
        ]
        rows += [(len(signers) + number, *[""] * 7) for number in range(1, _LATE + 1)]
        title = f"{training.name}签到表{which}"
        papers.append(_sheet(desk, title, _CLASS, tuple(rows), training.place, day, notes=notes))
    return book(_signers(desk, facts, people, days[0]), papers[0], papers)


def _of_meeting(desk: Desk, facts: Facts, meeting: Meeting) -> Book[Signer]:
    if meeting.held is None:
        raise refuse("required", "请先填写召开日期，再打印签到表", "held")
    office = len(meeting.county) != 6
    people = convening.invited(facts, meeting.type, desk.scope if office else meeting.county, meeting.held)
    signers = _signers(desk, facts, people, meeting.held)
    rows: list[tuple[Any, ...]] = [
        (number, one.name, f"{one.county}工作总队{one.position}", "", one.away) for number, one in enumerate(signers, 1)
    ]
    empty = max(_GUESTS.get(meeting.type, 3), _LEAST_ROWS - len(rows))
    rows += [(len(signers) + number, *[""] * 4) for number in range(1, empty + 1)]
    whose = "" if office else f"{facts.county_name(meeting.county)}工作总队"
    title = f"{whose}{MEETING.word(meeting.type)}签到表"
    return book(signers, _sheet(desk, title, _MEETING, tuple(rows), meeting.place, meeting.held, landscape=False))


def _sheet(
    desk: Desk,
    title: str,
    columns: Sequence[Column],
    rows: tuple[tuple[Any, ...], ...],
    place: str,
    day: date,
    *,
    landscape: bool = True,
    notes: tuple[str, ...] = (),
) -> Table:
    where = f"时间：{day_words(day)}　　地点：{place or '　　　　　　　　'}"
    return Table(
        title=title,
        columns=tuple(columns),
        rows=rows,
        intro=(where,),
        notes=notes,
        office="",
        signed=("组织人：", "核对人：", "应到    人，实到    人"),
        landscape=landscape,
        size=12,
        least=_SIGNED_MM,
    )


def certificates(desk: Desk, training_id: str) -> Book[TrainingAttendance]:
    """Return the list of those who finished a class, for their certificates; raises Refused where nobody did."""
    training = registers.get(desk, Training, training_id)
    facts = judging.facts(desk)
    parts = _parts(desk, facts, training)
    came = [one for one in parts if not one.absent]
    if not came:
        raise refuse("empty", f"“{training.name}”还没有登记学员，请先在“培训学员”中登记", "training")
    rows: list[tuple[Any, ...]] = [(place, *_certificate(facts, one)) for place, one in enumerate(came, 1)]
    hours = f"，{training.hours}学时" if training.hours else ""
    text = f"应参训{len(parts)}人，实际参训{len(came)}人，缺席{len(parts) - len(came)}人"
    without = sum(not one.certificate for one in came)
    sheet = Table(
        title=f"{training.name}结业证书发放表",
        columns=_CERTIFICATES,
        rows=tuple(rows),
        office=desk.office.name,
        filled=desk.today(),
        notes=(f"注：{text}{hours}。" + (f"其中{without}人还没有填写结业证号。" if without else ""),),
        signed=("发证人：", "审核：", "日期：        年    月    日"),
    )
    return book(came, sheet)


def _certificate(facts: Facts, one: TrainingAttendance) -> tuple[str, ...]:
    posting = facts.posting_by_id[one.posting]
    person = facts.person_by_id.get(posting.person)
    county, unit = facts.county_name(posting.county), person.unit if person else ""
    return facts.name_of(posting.person), county, unit, one.result, one.certificate, "", one.note


def _parts(desk: Desk, facts: Facts, training: Training) -> list[TrainingAttendance]:
    """Return who was entered for a class, in the order of the teams."""
    attendances = ordering.rows(desk, TrainingAttendance, {"training": training.id}, scope=desk.scope)
    parts = [one for one in attendances if one.posting in facts.posting_by_id]
    return sorted(parts, key=lambda one: team_order(facts.posting_by_id[one.posting]))


def _days(training: Training) -> list[date]:
    period = parse_stored(training.period)
    if period is None:
        raise refuse("required", "请先填写培训班的起止时间，再打印签到表", "period")
    count = (period.last - period.first).days + 1
    if count > _MOST_DAYS:
        raise refuse("many", f"培训班有{count}天，签到表最多按{_MOST_DAYS}天打印，请核对起止时间", "period")
    return [period.first + timedelta(days=number) for number in range(count)]


def _codes(desk: Desk, facts: Facts) -> list[str]:
    return sorted(code for code in facts.postings_by_county if code.startswith(desk.scope))


def _signers(desk: Desk, facts: Facts, people: Iterable[Posting], day: date) -> list[Signer]:
    policy = judging.policy_on(desk, facts.today)
    return [_signer(facts, policy, one, day) for one in sorted(people, key=team_order)]


def _signer(facts: Facts, policy: Policy, posting: Posting, day: date) -> Signer:
    person = facts.person_by_id.get(posting.person)
    name, county = facts.name_of(posting.person), facts.county_name(posting.county)
    unit = person.unit if person else ""
    away = absent(facts, policy, posting, day)
    return Signer(name, county, POSITION.word(posting.position), unit, away.text if away else "")
