"""The course of a case: suspected until closed, the member heard before any measure, the unit's answer awaited."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Measure, Posting, RecallCase, Statement
from tuopin_desktop.domain.records.dutychoices import MEASURE

RECALLING = ("opinion", "reselect")
"""The measures after which the unit has to take its member back."""

_FOLLOWED = "interview"


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """A case with what was said and done about it, and the posting it is about (None: not on this computer)."""

    case: RecallCase
    statement: Statement | None
    measures: tuple[Measure, ...]
    posting: Posting | None

    @property
    def heard(self) -> bool:
        """Tell whether the member has explained himself, or did not although asked."""
        return self.statement is not None

    @property
    def asked_back(self) -> date | None:
        """Return the day on which the unit was first asked to recall or to select anew."""
        return min((one.taken for one in self.measures if one.measure in RECALLING and one.taken), default=None)

    @property
    def back(self) -> date | None:
        """Return the last day of the posting, once it has one."""
        return self.posting.until if self.posting else None

    @property
    def interviewed(self) -> bool:
        """Tell whether the unit's principal leader has talked to the member (A16-1)."""
        return any(one.measure == _FOLLOWED for one in self.measures)

    def waiting(self, today: date) -> int | None:
        """Return for how many days the unit has been asked without recalling; None when nothing is awaited."""
        day = self.asked_back
        if day is None or self.case.closed or (self.back is not None and self.back <= today):
            return None
        return max(0, (today - day).days)

    def state(self, today: date) -> str:
        """Return in Chinese how the case stands; it is 疑似 until the Office closes it."""
        if self.case.closed:
            return "已办结"
        if not self.heard:
            return "疑似，待本人说明"
        if (days := self.waiting(today)) is not None:
            return f"待召回，已{days}天"
        if self.asked_back is not None:
            return "已召回，待办结"
        return f"已{MEASURE.word(self.measures[-1].measure)}" if self.measures else "疑似，待研究"


def courses(
    cases: Iterable[RecallCase],
    statements: Iterable[Statement],
    measures: Iterable[Measure],
    postings: Mapping[str, Posting],
) -> list[Course]:
    """Return the live cases with their courses, oldest first."""
    statement_by_key = {one.case: one for one in statements if not one.deleted}
    measures_by_key: dict[str, list[Measure]] = defaultdict(list)
    for one in measures:
        if not one.deleted:
            measures_by_key[one.case].append(one)
    order = list(MEASURE.labels)
    result = [
        Course(
            case=case,
            statement=statement_by_key.get(case.id),
            measures=tuple(
                sorted(measures_by_key[case.id], key=lambda one: (one.taken or date.min, order.index(one.measure)))
            ),
            posting=postings.get(case.posting),
        )
        for case in cases
        if not case.deleted
    ]
    return sorted(result, key=lambda one: one.case.opened or date.min)


class Docket(msgspec.Struct, frozen=True, kw_only=True):
    """The cases of an office with everything said and done about them."""

    cases: tuple[RecallCase, ...] = ()
    statements: tuple[Statement, ...] = ()
    measures: tuple[Measure, ...] = ()

    def courses(self, postings: Mapping[str, Posting]) -> list[Course]:
        """Return the courses of live cases, oldest first."""
        return courses(self.cases, self.statements, self.measures, postings)


def problems_of(measure: Measure, course: Course) -> list[Problem]:
    """Return why a measure may not be recorded: nobody is measured unheard, and nothing is done in a closed case."""
    problems = []
    if course.case.closed:
        problems.append(_problem("closed", "该事项已办结，不能再登记措施；确需继续的请先重新登记处理事项", "measure"))
    if not course.heard:
        sentence = "请先登记本人说明；逾期未作说明的，登记“逾期未作说明”及告知的时间和方式"
        problems.append(_problem("unheard", sentence, "case"))
    if course.statement and course.statement.said and measure.taken and measure.taken < course.statement.said:
        problems.append(_problem("before", "措施日期早于本人说明的日期，请核对", "taken"))
    if measure.measure == "reselect" and course.case.trigger != "absence":
        sentence = "“责成重新调整选派”只适用于无正当理由离岗超过界限，其他情形用“召回调整意见”"
        problems.append(_problem("reselect", sentence, "measure"))
    return problems


def _problem(code: str, sentence: str, field: str) -> Problem:
    return Problem(code=f"recall.{code}", sentence=sentence, fields=(field,), article=16)
