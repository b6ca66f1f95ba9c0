"""Recall and handling (Art. 16): what is suspected, opening a case with its arithmetic, hearing, measures, closing."""

from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.belonging import assign_id
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.recall.course import Course, courses, problems_of
from tuopin_desktop.domain.records import Measure, Person, Posting, RecallCase, Statement
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.rules.absence import without_reason
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.shelves import merge

_DENIED = "处理事项和措施由自治区工作队管理办公室登记；本单位可以登记本人说明"


class Suspicion(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that waits for the Office: whom it is about and on which posting, with no case opened yet."""

    finding: Finding
    posting: str
    name: str
    county_name: str
    unit: str


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case as a list shows it."""

    course: Course
    name: str
    county_name: str
    position: str
    unit: str
    state: str

    @property
    def id(self) -> str:
        """Return the case's id."""
        return self.course.case.id


def suspicions(desk: Desk) -> list[Suspicion]:
    """Return who is suspected under Art. 16 without a case for it, by county."""
    facts = judging.roster(desk)
    cases = desk.store.rows(RecallCase, scope=desk.scope)
    opened = {(one.posting, one.since) for one in cases if one.trigger == "absence"}
    result = []
    for finding in merge.absences(desk):
        posting = facts.posting_by_id.get(ids.split(finding.subject)[1])
        waits = finding.verdict is Verdict.SUSPECTED and not finding.pack
        if not waits or posting is None or (posting.id, finding.day) in opened:
            continue
        person = facts.person_by_id.get(posting.person) or Person(name=posting.person)
        result.append(
            Suspicion(
                finding=finding,
                posting=posting.id,
                name=person.name,
                county_name=facts.county_name(posting.county),
                unit=person.unit,
            )
        )
    return result


def rows(desk: Desk) -> list[CaseRow]:
    """Return every case this office keeps, open ones first, oldest first."""
    store, scope = desk.store, desk.scope
    postings = {one.id: one for one in store.rows(Posting, scope=scope)}
    people = {one.id: one for one in store.rows(Person, scope=scope)}
    result = courses(
        ordering.rows(desk, RecallCase, scope=scope),
        store.rows(Statement, scope=scope),
        ordering.rows(desk, Measure, scope=scope),
        postings,
    )
    case_rows = [_row(desk, course, people) for course in result]
    return sorted(case_rows, key=lambda row: row.course.case.closed is not None)


def _row(desk: Desk, course: Course, people: dict[str, Person]) -> CaseRow:
    posting = course.posting or Posting(id=course.case.posting)
    person = people.get(posting.person) or Person(name=posting.person or "（人员不在本机）")
    return CaseRow(
        course=course,
        name=person.name,
        county_name=desk.vocabulary["旗县"].word(ids.owner(course.case.id)),
        position=POSITION.word(posting.position),
        unit=person.unit,
        state=course.state(desk.today()),
    )


def row(desk: Desk, case_id: str) -> CaseRow:
    """Return one case; raises Refused."""
    case_row = next((one for one in rows(desk) if one.id == case_id), None)
    if case_row is None:
        raise refuse("missing", "找不到这件处理事项，请刷新后重试", "case", article=16)
    return case_row


def open_case(desk: Desk, posting: str, trigger: str, since: date, facts: str = "") -> RecallCase:
    """Open a case; for absence the finding's sentence and arithmetic are kept with it. Raises Refused.

    Opening the same case again returns it as it is.
    """
    _office(desk)
    recall_case = RecallCase(posting=posting, trigger=trigger, since=since, opened=desk.today(), facts=facts)
    recall_case = assign_id(msgspec.structs.replace(recall_case, id=registers.new_id(desk)), desk.scope)
    before = desk.store.get(RecallCase, recall_case.id)
    if before is not None and not before.deleted:
        return before
    if trigger == "absence" and not facts:
        recall_case = msgspec.structs.replace(recall_case, facts=_arithmetic(desk, posting, since))
    return registers.save(desk, recall_case)


def _arithmetic(desk: Desk, posting: str, since: date) -> str:
    """Return what is said today of the person's absence; the lists may still show what was said before."""
    every = judging.findings(desk, without_reason.key, ids.key(Posting.kind.name, posting))
    finding = next((one for one in every if one.verdict is Verdict.SUSPECTED and not one.pack), None)
    if finding is None:
        raise refuse("facts", "没有查到该人员无正当理由离岗超过界限，请写明事实", "facts", article=16)
    if finding.day != since:
        text = f"按现有考勤，该人员是{finding.day}超过界限的，不是{since}，请刷新后重试"
        raise refuse("since", text, "since", article=16)
    return "\n".join((finding.sentence, *finding.steps))


def hear(desk: Desk, case_id: str, text: str, day: date, *, taken_by: str = "", declined: bool = False) -> Statement:
    """Note the member's own explanation, or that none came in time; a county may note it. Raises Refused."""
    case = row(desk, case_id).course.case
    statement = Statement(case=case_id, words=text, said=day, taken_by=taken_by, declined=declined)
    problems = []
    if not text.strip():
        needed = "请写明告知本人的时间和方式" if declined else "请填写本人说明的内容"
        problems.append(Problem(code="recall.words", sentence=needed, fields=("words",), article=16))
    if case.opened and day < case.opened and declined:
        problems.append(
            Problem(code="recall.said", sentence="说明期限早于登记日期，请核对", fields=("said",), article=16)
        )
    if problems:
        raise Refused(problems)
    before = row(desk, case_id).course.statement
    statement = msgspec.structs.replace(statement, id=before.id if before else registers.new_id(desk))
    return registers.save(desk, statement)


def take(
    desk: Desk,
    case_id: str,
    measure: str,
    day: date,
    *,
    paper: str = "",
    taken_by: str = "",
    text: str = "",
) -> Measure:
    """Record a measure: only after the member was heard, only while the case is open. Raises Refused."""
    _office(desk)
    course = row(desk, case_id).course
    new_measure = Measure(case=case_id, measure=measure, taken=day, paper=paper, taken_by=taken_by, words=text)
    if problems := problems_of(new_measure, course):
        raise Refused(problems)
    before = next((one for one in course.measures if one.measure == measure), None)
    new_measure = msgspec.structs.replace(new_measure, id=before.id if before else registers.new_id(desk))
    return registers.save(desk, new_measure)


def reply(desk: Desk, case_id: str, measure: str, day: date, text: str) -> Measure:
    """Note the sending unit's answer to a measure; raises Refused."""
    _office(desk)
    before = next((one for one in row(desk, case_id).course.measures if one.measure == measure), None)
    if before is None:
        raise refuse("measure", "这项措施还没有登记，不能登记回复", "measure", article=16)
    return registers.save(desk, msgspec.structs.replace(before, replied=day, reply=text))


def close(desk: Desk, case_id: str, outcome: str, day: date, text: str) -> RecallCase:
    """Close a case with its outcome; a recall is closed only once the posting has ended. Raises Refused."""
    _office(desk)
    course = row(desk, case_id).course
    problems = []
    if not course.heard:
        problems.append(Problem(code="recall.unheard", sentence="请先登记本人说明", fields=("case",), article=16))
    if outcome == "recalled" and (course.back is None or course.back > day):
        sentence = "派驻记录还没有终止，请先在“队伍与人员”填写派驻止和离任原因“召回”"
        problems.append(Problem(code="recall.serving", sentence=sentence, fields=("outcome",), article=16))
    if not text.strip():
        problems.append(Problem(code="recall.closing", sentence="请填写结论", fields=("closing",), article=16))
    if problems:
        raise Refused(problems)
    recall_case = msgspec.structs.replace(course.case, outcome=outcome, closed=day, closing=text)
    return registers.save(desk, recall_case)


def _office(desk: Desk) -> None:
    if (denied := may_write(desk.scope, RecallCase, f"{desk.scope}/x", ("posting",))) is not None:
        raise Refused([Problem(code=denied.code, sentence=_DENIED, fields=denied.fields, article=16)])
