"""Grades (A15-3): keep what the Office proposes as it stands now, and what was decided by which paper."""

from collections.abc import Iterable
from datetime import date

import msgspec

from tuopin_desktop.domain.appraisal.grading import WHOLE_TERM
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.belonging import assign_id
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Grade
from tuopin_desktop.domain.records.choices import GRADE
from tuopin_desktop.services.appraisal.schemes import scheme_of
from tuopin_desktop.services.appraisal.year import AppraisalRow, Year
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

_DENIED = "考核等次由自治区工作队管理办公室提出和登记，本单位不能登记；可查看得分和依据"


def propose(desk: Desk, appraised: Year) -> int:
    """Keep the proposals of a computed year, all or none; return how many are new or changed.

    Who has no proposal yet (evidence missing) is left as it was; what was decided already is never touched.
    Raises Refused below the region office.
    """
    _allowed(desk)
    changes = []
    for row in appraised.rows:
        if row.proposal.level is None or (row.grade is not None and row.grade.decided):
            continue
        grade = row.grade or _blank(row.subject, appraised.year)
        new = msgspec.structs.replace(
            grade,
            scheme=appraised.scheme.id,
            points=str(row.proposal.appraisal.total),
            proposed=row.proposal.level,
            reason="；".join(reasons(appraised, row))[:1000],
        )
        if table := difference(scalars(row.grade) if row.grade else {}, scalars(new)):
            changes.append(Change("grade", grade.id, table))
    if changes:
        desk.commit(changes)
    return len(changes)


def decide(desk: Desk, subjects: Iterable[str], year: int, grade: str, paper: str, day: date) -> list[Grade]:
    """Record the grade decided for some by one paper, all or none; year 0 is the whole term (A15-4); raises Refused."""
    _allowed(desk)
    code = GRADE.code(grade)
    if code is None:
        raise refuse(
            "grade", f"没有等次“{grade[:20]}”，可填：{'、'.join(GRADE.labels.values())}", "decided", article=15
        )
    if not paper.strip():
        raise refuse("paper", "请填写确定等次的文号", "paper", article=15)
    pairs, problems = [], []
    scheme = scheme_of(desk, year).id if year != WHOLE_TERM else ""  # the whole term has no points of its own
    for subject in subjects:
        blank = _blank(subject, year)
        before = desk.store.get(Grade, blank.id) or blank
        new = msgspec.structs.replace(
            before, decided=code, decided_on=day, paper=paper, scheme=before.scheme or scheme, deleted=False
        )
        problems += registers.check(desk, new)
        pairs.append((before, new))
    if problems:
        raise Refused(problems)
    if not pairs:
        raise refuse("nobody", "请先选择要登记等次的对象", "subject", article=15)
    desk.commit(
        [
            Change("grade", new.id, table)
            for before, new in pairs
            if (table := difference(_before(desk, before), scalars(new)))
        ]
    )
    return [new for _, new in pairs]


def _blank(subject: str, year: int) -> Grade:
    return assign_id(Grade(subject=subject, year=year), "")


def _before(desk: Desk, grade: Grade) -> dict[str, str | int | None]:
    return scalars(grade) if desk.store.get(Grade, grade.id) is not None else {}


def _allowed(desk: Desk) -> None:
    if (denied := may_write(desk.scope, Grade, f"{desk.scope}/x/0", ("proposed",))) is not None:
        raise Refused([Problem(code=denied.code, sentence=_DENIED, fields=denied.fields, article=15)])


def called(appraised: Year, row: AppraisalRow, code: str | None) -> str:
    """Return a grade in the words of a row's personnel status, or of teams; "" while there is none."""
    return appraised.scheme.word(code, row.vocabulary) if code else ""


def reasons(appraised: Year, row: AppraisalRow) -> list[str]:
    """Return why a grade is proposed, in words: what vetoed a better one, the quota, and with whom points are equal."""
    proposal = row.proposal
    lines = list(proposal.reasons)
    if proposal.level is not None and proposal.level != proposal.by_points:
        lines.insert(0, f"按得分为{called(appraised, row, proposal.by_points)}")
    if proposal.rivals:
        names = {one.subject: one.name for one in appraised.rows}
        known_names = [names[subject] for subject in proposal.rivals if subject in names][:_NAMED]
        more = f"等{len(proposal.rivals)}人" if len(proposal.rivals) > len(known_names) else ""
        lines.append(f"与{'、'.join(known_names)}{more}并列")
    return lines


_NAMED = 5
"""People tied with somebody that are named in one sentence."""
