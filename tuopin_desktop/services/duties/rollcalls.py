"""After a signed sheet is back: who signed it, keyed in one stroke (Art. 11, 12).

A meeting keeps who came and who did not, a class the part of everybody entered, the ten don'ts a signature of each.
What a sheet cannot say, nobody makes up: the clerk looks at the scan, names are only laid ready.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain import ids, slipcode
from tuopin_desktop.domain.duties.people import signature
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.halves import day_words, parse_stored
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form, Record
from tuopin_desktop.domain.records import (
    Acknowledgement,
    Attachment,
    Meeting,
    Posting,
    Team,
    Training,
    TrainingAttendance,
)
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.under import under
from tuopin_desktop.domain.whereabouts import absent
from tuopin_desktop.services.duties import convening
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

SHEET = "“十不准”学习签收确认表"
KINDS = ("meeting", "training", "team")
"""The kinds of records whose signed sheet is called over; a team's is the sheet of the ten don'ts."""

_COLUMNS = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("姓名", 27, "center"),
    Column("队内职务", 24, "center"),
    Column("工作单位", 52),
    Column("本人签字", 34, "center"),
    Column("签字日期", 25, "center"),
)
_SIGNED_MM = 11.0


class Name(msgspec.Struct, frozen=True):
    """Somebody on a sheet; `signed` is what is kept, or None, `likely` how the tick is laid ready; `note` says why."""

    posting: str
    name: str
    position: str
    signed: bool | None
    likely: bool
    note: str = ""


class Roll(msgspec.Struct, frozen=True):
    """Whom a sheet lists; `keyed` tells that it was called over, `scanned` that its scan is here."""

    kind: str
    record: str
    title: str
    day: date
    names: tuple[Name, ...]
    keyed: bool
    scanned: bool


def roll(desk: Desk, kind: str, record_id: str) -> Roll:
    """Return the names on the sheet of a meeting, of a class, or of a team's ten don'ts; raises Refused."""
    record = registers.get(desk, kind, record_id)
    facts = judging.facts(desk)
    if isinstance(record, Meeting) and record.held is not None:
        day, names = record.held, tuple(_at_meeting(desk, facts, record, record.held))
        keyed = bool(record.attendees or record.absentees)
    elif isinstance(record, Training) and (span := parse_stored(record.period)) is not None:
        day, names = span.first, tuple(_in_class(desk, facts, record, span.first))
        keyed = any(one.signed is not None for one in names)
    elif isinstance(record, Team):
        day, names = desk.today(), tuple(_of_team(facts, record.county))
        keyed = bool(names) and all(one.signed for one in names)
    else:
        raise refuse("kind", f"{record.kind.label}没有可以登记签到的签字表", "kind")
    title = SHEET if kind == "team" else registers.title_of(desk, record)
    scanned = (kind, record_id) in {ids.split(key) for key in _attached(desk)}
    return Roll(kind, record_id, title, day, names, keyed, scanned)


def call(desk: Desk, kind: str, record_id: str, signed: Collection[str], day: date | None = None) -> str:
    """Keep who signed, by their postings; return what to say. `day` is that of the signatures (default: of the sheet).

    Raises Refused for a posting that is not on the sheet, and where the record must not be changed.
    """
    sheet_roll = roll(desk, kind, record_id)
    strange = set(signed) - {one.posting for one in sheet_roll.names}
    if strange:
        raise refuse("posting", "所选人员不在这张签字表上，请刷新后重试", "posting")
    keep: Mapping[str, Callable[[Desk, Roll, Collection[str], date], list[Record]]] = {
        "meeting": _keep_meeting,
        "training": _keep_class,
        "team": _keep_signatures,
    }
    records = registers.save_all(desk, keep[kind](desk, sheet_roll, signed, day or sheet_roll.day))
    missing = len(sheet_roll.names) - len(set(signed))
    return f"已登记签到：{len(set(signed))}人签字，{missing}人未签" if records else "没有要登记的"


def waiting(desk: Desk) -> list[tuple[str, str]]:
    """Return (kind, id) of the records whose scan is here and that nobody has called over yet."""
    pairs = []
    for key in sorted(_attached(desk)):
        kind, record_id = ids.split(key)
        if kind in KINDS and record_id.startswith(desk.scope):
            record = desk.store.get(registers.kind_of(kind), record_id)
            if record is not None and not record.deleted and not roll(desk, kind, record_id).keyed:
                pairs.append((kind, record_id))
    return pairs


def sheet(desk: Desk, county: str) -> Book[Name]:
    """Return the sheet on which a team acknowledges the ten don'ts, its code in the margin; raises Refused."""
    team = registers.get(desk, "team", f"{county}/team")
    facts = under(judging.facts(desk), desk.policy.id)
    rows = tuple(_of_team(facts, county))
    if not rows:
        raise refuse("empty", "该总队没有在派人员，没有要签字的", "county")
    units = {one.posting: _unit(facts, one.posting) for one in rows}
    cells = tuple(
        (place, one.name, one.position, units[one.posting], "", one.note) for place, one in enumerate(rows, 1)
    )
    table = Table(
        title=SHEET,
        columns=_COLUMNS,
        rows=cells,
        intro=(
            f"{facts.county_name(county)}工作总队　　{day_words(desk.today())}",
            "本人已学习微信工作群管理“十不准”，知晓全部内容，承诺严格遵守。",
        ),
        notes=("依据：管理办法第十二条。“十不准”内容以自治区工作队管理办公室印发的为准，附后。",),
        signed=("组织人：", "核对人：", "应签    人，实签    人"),
        landscape=False,
        size=12,
        least=_SIGNED_MM,
    )
    code = slipcode.encode(team.id, "team") if slipcode.encodable(team.id, "team") else ""
    return msgspec.structs.replace(book(rows, table), code=code)


# -- who stands on a sheet


def _at_meeting(desk: Desk, facts: Facts, meeting: Meeting, day: date) -> Iterator[Name]:
    own = under(facts, desk.policy.id)
    policy = judging.policy_on(desk, facts.today)
    scope = desk.scope if len(meeting.county) != 6 else meeting.county
    came, gone = _listed(meeting.attendees), _listed(meeting.absentees)
    postings = list(convening.invited(own, meeting.type, scope, day))
    times = Counter(own.name_of(posting.person) for posting in postings)
    for posting in postings:
        away = absent(own, policy, posting, day)
        name = _name(own, posting, away.text if away else "", signed=None, likely=away is None)
        if times[name.name] > 1:  # namesakes: a meeting keeps its people by name
            label = f"{name.name}（{own.county_name(posting.county)}{name.position}）"
            name = msgspec.structs.replace(name, name=label)
        signed = True if name.name in came else False if name.name in gone else None
        yield msgspec.structs.replace(name, signed=signed)


def _in_class(desk: Desk, facts: Facts, training: Training, day: date) -> Iterator[Name]:
    """Yield who was entered for a class; where nobody was, who is posted on its first day, as the sheet lists them."""
    parts = {one.posting: one for one in _parts(desk, facts, training)}
    own, policy = under(facts, desk.policy.id), judging.policy_on(desk, facts.today)
    postings = [facts.posting_by_id[one] for one in parts] or convening.invited(own, "other", desk.scope, day)
    for posting in sorted(postings, key=team_order):
        part = parts.get(posting.id)
        away = absent(facts, policy, posting, day) if part is None else None
        note = away.text if away else "登记为缺席" if part and part.absent else ""
        signed = None if part is None else not part.absent
        yield _name(facts, posting, note, signed=signed, likely=away is None if signed is None else signed)


def _of_team(facts: Facts, county: str) -> Iterator[Name]:
    for posting in sorted(facts.active(county), key=team_order):
        acknowledgement = signature(posting, facts)
        note = f"{acknowledgement.signed}已签" if acknowledgement is not None else ""
        yield _name(
            facts,
            posting,
            note,
            signed=True if acknowledgement is not None else None,
            likely=acknowledgement is not None,
        )


def _name(facts: Facts, posting: Posting, note: str, *, signed: bool | None, likely: bool) -> Name:
    return Name(posting.id, facts.name_of(posting.person), POSITION.word(posting.position), signed, likely, note)


def _parts(desk: Desk, facts: Facts, training: Training) -> list[TrainingAttendance]:
    attendances = desk.store.rows(TrainingAttendance, {"training": training.id}, scope=desk.scope)
    return [one for one in attendances if one.posting in facts.posting_by_id]


def _unit(facts: Facts, posting: str) -> str:
    person = facts.person_by_id.get(facts.posting_by_id[posting].person)
    return person.unit if person else ""


def _listed(text: str) -> list[str]:
    """Return the names in a field that people type: 王海、李强，包明."""
    return [name for part in text.replace("，", "、").replace("\n", "、").split("、") if (name := part.strip())]


def _attached(desk: Desk) -> frozenset[str]:
    return frozenset(str(row[1] or "") for row in desk.store.look(Attachment, ("subject",), scope=desk.scope) if row[1])


# -- what is kept


def _keep_meeting(desk: Desk, roll_call: Roll, signed: Collection[str], day: date) -> list[Record]:
    del day  # a meeting has its own
    meeting = registers.get(desk, Meeting, roll_call.record)
    names = {one.name for one in roll_call.names}
    came = [one.name for one in roll_call.names if one.posting in signed]
    gone = [one.name for one in roll_call.names if one.posting not in signed]
    came += [name for name in _listed(meeting.attendees) if name not in names]  # guests are on no roster
    gone += [name for name in _listed(meeting.absentees) if name not in names]
    return [msgspec.structs.replace(meeting, attendees="、".join(came), absentees="、".join(gone))]


def _keep_class(desk: Desk, roll_call: Roll, signed: Collection[str], day: date) -> list[Record]:
    del day  # the class has its days
    attendances = desk.store.rows(TrainingAttendance, {"training": roll_call.record}, scope=desk.scope)
    if attendances:
        on_sheet = {one.posting for one in roll_call.names}  # whoever is not on the sheet stays as entered
        return [
            msgspec.structs.replace(one, absent=one.posting not in signed)
            for one in attendances
            if one.posting in on_sheet
        ]
    blank = registers.blank(desk, "training_attendance")
    about = {"training": roll_call.record}
    return [
        msgspec.structs.replace(blank, **about, posting=one.posting) for one in roll_call.names if one.posting in signed
    ]


def _keep_signatures(desk: Desk, roll_call: Roll, signed: Collection[str], day: date) -> list[Record]:
    acknowledgement_by_key = {one.posting: one for one in desk.store.rows(Acknowledgement, scope=desk.scope)}
    records: list[Record] = []
    for one in roll_call.names:
        if one.posting in signed and not one.signed:
            blank = acknowledgement_by_key.get(one.posting) or registers.blank(desk, "acknowledgement")
            paper = "签字表扫描件已归入总队登记" if roll_call.scanned else "签字表"
            records.append(msgspec.structs.replace(blank, posting=one.posting, signed=day, paper=paper))
    return records
