"""Article 16: whoever is suspected is heard, and whoever is to be recalled is recalled and interviewed in time."""

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.recall.course import Course
from tuopin_desktop.domain.records import RecallCase
from tuopin_desktop.domain.records.dutychoices import MEASURE
from tuopin_desktop.domain.rules.phrases import day_words
from tuopin_desktop.domain.rules.rule import Outcome, rule

_COURSES = "recall.courses"


@rule("A16-1", "及时调整召回、约谈", over="recall_case", switches=("recall.unit_days", "recall.case_days"))
def recalled_in_time(case: RecallCase, facts: Facts, policy: Policy) -> Outcome | None:
    """The sending unit recalls promptly and its principal leader interviews; the Office brings a case to its end."""
    if case.opened is None or case.opened > facts.today:
        return None
    courses = facts.once(_COURSES, policy, lambda: facts.docket.courses(facts.posting_by_id))
    course = next(one for one in courses if one.case.id == case.id)
    inputs = (
        ("登记", day_words(case.opened)),
        ("本人说明", day_words(course.statement.said) if course.statement else "未登记"),
        ("措施", "、".join(MEASURE.word(one.measure) for one in course.measures) or "无"),
        ("召回", day_words(course.back)),
    )
    verdict, sentence, step = _judged(course, facts, policy)
    return Outcome(verdict, sentence, inputs, (step,) if step else (), case.opened)


def _judged(course: Course, facts: Facts, policy: Policy) -> tuple[Verdict, str, str]:
    case = course.case
    if case.closed:
        return Verdict.OK, f"已办结（{case.closed}）", ""
    days = course.waiting(facts.today)
    if days is not None and course.asked_back is not None:
        limit = (policy.due_after(course.asked_back, "recall.unit_days") - course.asked_back).days
        step = f"{facts.today} − {course.asked_back} = {days} 天，规定 {limit} 天"
        text = f"提出召回调整意见{days}天，派出单位尚未召回{'' if course.interviewed else '，也没有约谈'}"
        return (Verdict.RED if days > limit else Verdict.NOTICE), text, step
    if course.asked_back is not None and not course.interviewed:
        return Verdict.AMBER, "已召回，派出单位主要领导同志尚未约谈", ""
    opened = case.opened or facts.today
    most, open_days = (policy.due_after(opened, "recall.case_days") - opened).days, (facts.today - opened).days
    step = f"{facts.today} − {case.opened} = {open_days} 天，规定 {most} 天"
    if open_days > most:
        return Verdict.AMBER, f"登记{open_days}天尚未办结：{course.state(facts.today)}", step
    return Verdict.NOTICE, course.state(facts.today), step


RULES = (recalled_in_time,)
