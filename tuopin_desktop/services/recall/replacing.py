"""Replacement (Art. 5): the unit's written application, the Office's decision, and only then the change of people."""

from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Decision, Person, Posting, Replacement
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

_MATTER = "replacement"


class ReplacementRow(msgspec.Struct, frozen=True, kw_only=True):
    """An application with what became of it: decided, carried out, and how long the post stood vacant."""

    application: Replacement
    name: str
    unit: str
    county_name: str
    posting: Posting | None
    decision: Decision | None
    successor: Posting | None
    vacant: int
    state: str


def rows(desk: Desk) -> list[ReplacementRow]:
    """Return every application, the newest first."""
    store, scope = desk.store, desk.scope
    postings = {one.id: one for one in store.rows(Posting, scope=scope)}
    people = {one.id: one for one in store.rows(Person, scope=scope)}
    decided = {one.subject: one for one in store.rows(Decision, {"matter": _MATTER}, scope=scope)}
    after = {one.replaces: one for one in postings.values() if one.replaces}
    replacement_rows = []
    for application in ordering.rows(desk, Replacement, scope=scope):
        posting = postings.get(application.posting)
        person = people.get(posting.person) if posting else None
        successor = after.get(application.posting)
        decision = decided.get(application.posting)
        replacement_rows.append(
            ReplacementRow(
                application=application,
                name=person.name if person else "",
                unit=person.unit if person else "",
                county_name=desk.vocabulary["旗县"].word(ids.owner(application.id)),
                posting=posting,
                decision=decision,
                successor=successor,
                vacant=_vacant(posting, successor, desk.today()),
                state=_state(decision, successor),
            )
        )
    return sorted(replacement_rows, key=lambda row: row.application.applied or date.min, reverse=True)


def _vacant(posting: Posting | None, successor: Posting | None, today: date) -> int:
    """Return for how many days the post stood empty between the two, or stands empty today."""
    if posting is None or posting.until is None:
        return 0
    until = successor.since if successor and successor.since else today + timedelta(days=1)
    return max(0, (until - posting.until).days - 1)


def _state(decision: Decision | None, successor: Posting | None) -> str:
    if decision is None:
        return "擅自调整" if successor else "待批复"
    if decision.result != "approved":
        return "未批准"
    return "已更换" if successor else "已批准，待接替"


def apply(desk: Desk, application: Replacement) -> Replacement:
    """Keep a unit's application; raises Refused naming the fields."""
    return registers.save(desk, msgspec.structs.replace(application, id=application.id or registers.new_id(desk)))


def decide(desk: Desk, application_id: str, result: str, paper: str, day: date, *, by: str = "") -> Decision:
    """Record the Office's decision on an application; raises Refused below the region office."""
    row = _row(desk, application_id)
    subject = row.application.posting
    record_id = f"{ids.owner(subject)}/replacement-{subject.partition('/')[2].replace('/', '_')}"
    if (denied := may_write(desk.scope, Decision, record_id, ("result",))) is not None:
        sentence = "更换由自治区工作队管理办公室审核批准，本单位不能登记批复；据纸质批复的文号可填在派驻记录上"
        raise Refused([Problem(code=denied.code, sentence=sentence, fields=denied.fields, article=5)])
    before = row.decision  # of an application that was refused, a later one may be decided otherwise
    if before is not None and (before.result == "approved" or (before.paper, before.decided) == (paper, day)):
        text = f"{row.name}的更换已于{before.decided}由{before.paper}批复，不能重复登记"
        raise refuse("decided", f"{text}；批复改变的，请先在“考核决定”中删除原来的批复", "result", article=5)
    decision = Decision(
        id=record_id, matter=_MATTER, subject=subject, result=result, decided=day, paper=paper, decided_by=by
    )
    return registers.save(desk, decision)


def carry_out(desk: Desk, application_id: str, successor: str, since: date) -> Posting:
    """End the old posting and begin the successor's, both or neither; only with an approval. Raises Refused.

    `successor` is the id of a person on the roster.
    """
    row = _row(desk, application_id)
    former = row.posting
    if row.decision is None or row.decision.result != "approved":
        raise refuse("approval", "更换还没有获得办公室批准，不能调整人员（否则属擅自调整）", "decision", article=5)
    if former is None or row.successor is not None:
        raise refuse("done", "该派驻已有接替人员，或不在本机", "posting", article=5)
    person = desk.store.get(Person, successor)
    if person is None:
        raise refuse("successor", "花名册中没有接替人员，请先登记人员", "successor", article=5)
    recalled = row.application.reason == "recall"
    ended = former
    if former.until is None or former.until >= since:
        last = since - timedelta(days=1)
        ended = msgspec.structs.replace(former, until=last, end_reason="recall" if recalled else row.application.reason)
    posting = Posting(
        id=registers.new_id(desk, former.county),
        person=person.id,
        county=former.county,
        position=former.position,
        source_level=former.source_level,
        local_post=former.local_post,
        pack=former.pack,
        village=former.village,
        since=since,
        replaces=former.id,
        applied=row.application.applied,
        applied_reason=row.application.words[:300],
        approval_paper=row.decision.paper,
    )
    if problems := [*registers.check(desk, ended), *registers.check(desk, posting)]:
        raise Refused(problems)
    changes = [registers.change_of(desk, ended), Change("posting", posting.id, _said(posting))]
    desk.commit([change for change in changes if change is not None])
    return posting


def _said(record: Posting) -> dict[str, str | int | None]:
    return {name: value for name, value in scalars(record).items() if value is not None}


def _row(desk: Desk, application_id: str) -> ReplacementRow:
    replacement_row = next((row for row in rows(desk) if row.application.id == application_id), None)
    if replacement_row is None:
        raise refuse("missing", "找不到这件更换申请，请刷新后重试", "application", article=5)
    return replacement_row
