"""Article 3: education, health and the two age lines, which a reserve cadre passes by a recorded decision only."""

from datetime import date

import msgspec

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.masking import veil
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import Decision, Person, Posting, choices
from tuopin_desktop.domain.rules.age import Birth, age_words, ages, months_between, read_birth, shifted
from tuopin_desktop.domain.rules.phrases import day_words
from tuopin_desktop.domain.rules.rule import Inputs, Outcome, Rule, rule

_BASICS = ("eligibility.education_from", "eligibility.education_to", "eligibility.health")
_BIRTH = next(item for item in fields(Person) if item.name == "birth")
_LINE_SWITCHES = ("eligibility.cutoff_month", "eligibility.later_postings")


class _Case(msgspec.Struct, frozen=True):
    """Who is judged, for which posting, and on which day he was or would be chosen."""

    person: Person
    posting: Posting | None
    day: date


class _Line(msgspec.Struct, frozen=True):
    """The age line that applies: birth month, age limit, the day ages are counted on, and how the month counts."""

    month: str
    limit: int
    on: date
    mode: str
    texts: tuple[str, str]


class _Standing(msgspec.Struct, frozen=True):
    """Where a birth stands to its line: within, on it (临界), over it, or unknown because only the month is known."""

    over: bool
    verdict: Verdict
    sentence: str
    steps: tuple[str, ...]


@rule("A03-3", "学历、健康", over="person", switches=_BASICS)
def education_and_health(person: Person, facts: Facts, policy: Policy) -> Outcome | None:
    """Members generally hold a junior college education or above and are in good health; both only warn."""
    policy = policy.on(_first_day(person, facts) or facts.today)
    low, high = policy.number("eligibility.education_from"), policy.number("eligibility.education_to")
    off, missing = [], []
    if not person.education.isdecimal():
        missing.append("未登记学历")
    elif not low <= int(person.education) <= high:
        off.append(f"登记的学历不属大专以上（代码{person.education}）")
    if not person.health:
        missing.append("未登记健康状况")
    elif person.health not in policy.several("eligibility.health"):
        off.append("登记的健康状况不符合要求")  # what it is, is nobody's business but his own
    inputs = (
        ("学历", f"代码{person.education}" if person.education else "未登记"),
        ("健康状况", "已登记" if person.health else "未登记"),
    )
    steps = (f"大专以上学历：代码 {low}–{high}（GB/T 4658）",)
    verdict = Verdict.AMBER if off else Verdict.NOTICE if missing else Verdict.OK
    sentence = "；".join([*off, *missing]) or "学历、健康状况符合一般要求"
    return Outcome(verdict, sentence, inputs, steps, _first_day(person, facts))


def _first_day(person: Person, facts: Facts) -> date | None:
    postings = facts.postings_by_person.get(person.id, ())
    return postings[0].since if postings else None


def department_age(record: Posting | Person, facts: Facts, policy: Policy) -> Outcome | None:
    """Department-level cadres are 57 or younger: born in 1960-05 or later."""
    case = _case(record, facts)
    if case is None or case.person.rank != "department":
        return None
    return _line_outcome(case, facts, policy.on(case.day))


def other_age(record: Posting | Person, facts: Facts, policy: Policy) -> Outcome | None:
    """Division-level, section-level and lower cadres are 47 or younger: born in 1970-05 or later."""
    case = _case(record, facts)
    if case is None or case.person.rank == "department":
        return None
    if not case.person.rank:
        return Outcome(Verdict.NOTICE, "职级未登记，无法确定适用的年龄界限", _inputs(case), (), case.day)
    return _line_outcome(case, facts, policy.on(case.day))


def relaxed_age(record: Posting | Person, facts: Facts, policy: Policy) -> Outcome | None:
    """Over the line a reserve cadre passes by a decision of the region office, never by the county's own entry."""
    case = _case(record, facts)
    birth = read_birth(case.person.birth) if case else None
    if case is None or birth is None or not case.person.rank:
        return None
    policy = policy.on(case.day)  # he was chosen under the rulings of that day
    line = _line(case, policy)
    standing = _stand(birth, line, case)
    if not standing.over or not _at_play(case, facts, policy):
        return None
    verdict, sentence = _relaxation(case, birth, line, facts, policy)
    decision = _decision(case, facts)
    paper = case.posting.relaxation_paper if case.posting else ""
    inputs = (*_inputs(case), ("放宽决定", decision.paper if decision else "无"), ("放宽文号（据纸质）", paper or "无"))
    return Outcome(verdict, sentence, inputs, standing.steps, case.day)


def _case(record: Posting | Person, facts: Facts) -> _Case | None:
    """Return whom to judge: each posting, and whoever is not posted yet as if chosen today."""
    if isinstance(record, Posting):
        person = facts.person_by_id.get(record.person) or Person(id=record.person)
        return _Case(person, record, record.since or facts.today)
    return None if record.id in facts.postings_by_person else _Case(record, None, facts.today)


def _line_outcome(case: _Case, facts: Facts, policy: Policy) -> Outcome | None:
    birth = read_birth(case.person.birth)
    if birth is None:
        return Outcome(Verdict.NOTICE, "出生年月未登记，无法判断年龄", _inputs(case), (), case.day)
    standing = _stand(birth, _line(case, policy), case)
    if not standing.over:
        return Outcome(standing.verdict, standing.sentence, _inputs(case), standing.steps, case.day)
    if _at_play(case, facts, policy):
        return None  # A03-6 speaks: one matter, one finding.
    sentence = f"{standing.sentence}{_why_not_relaxed(case, facts)}"
    return Outcome(standing.verdict, sentence, _inputs(case), standing.steps, case.day)


def _line(case: _Case, policy: Policy) -> _Line:
    which = "department" if case.person.rank == "department" else "other"
    month, limit = policy.month(f"eligibility.{which}_cutoff"), policy.number(f"eligibility.{which}_age")
    pair = (policy.switch(_LINE_SWITCHES[0]).value_words, policy.switch(_LINE_SWITCHES[1]).value_words)
    mode, start = policy.choice(_LINE_SWITCHES[0]), policy.in_force
    if policy.choice(_LINE_SWITCHES[1]) == "fixed" or case.day <= start:
        return _Line(month, limit, start, mode, pair)
    later = months_between(start.isoformat(), case.day.isoformat())
    return _Line(shifted(month, later), limit, case.day, mode, pair)


def _stand(birth: Birth, line: _Line, case: _Case) -> _Standing:
    border = birth.month == line.month
    if line.mode == "exact":
        low, high = ages(birth, line.on)
        over, unsure = low > line.limit, low <= line.limit < high
        message = f"{age_words(birth, line.on)}，界限 {line.limit} 周岁"
    else:
        shut_out = border and line.mode == "exclusive"
        over, unsure = birth.month < line.month or shut_out, False
        sign = "=" if shut_out else "<" if over else "≥"
        message = f"出生 {_veiled(case.person.birth)} {sign} 界限 {line.month}"
    result = "不通过" if over else "待定" if unsure else "通过"
    steps = (
        f"界限：{line.month} 以后出生（{line.limit} 周岁以下）",
        f"口径：{line.texts[0]}；{line.texts[1]}",
        f"{message} → {result}{'（临界月）' if border else ''}",
        f"{line.on.isoformat()} 时实足 {age_words(birth, line.on)}",
        *((f"{case.day.isoformat()} 派驻时实足 {age_words(birth, case.day)}",) if case.day != line.on else ()),
    )
    verdict = Verdict.RED if over else Verdict.NOTICE if border or unsure else Verdict.OK
    return _Standing(over, verdict, _sentence(birth, line, over=over, unsure=unsure), steps)


def _sentence(birth: Birth, line: _Line, *, over: bool, unsure: bool) -> str:
    when, age = line.on.isoformat(), age_words(birth, line.on)
    if unsure:
        return f"临界：{when}实足{age}，界限{line.limit}周岁，请核实出生日期"
    if over and line.mode == "exact":
        return f"{when}实足{age}，超过界限{line.limit}周岁"
    if over:
        return f"{_veiled(birth.month)}出生，不符合{line.month}以后出生的年龄界限（{when}实足{age}）"
    if birth.month == line.month:
        return f"年龄符合，临界：出生在界限当月{line.month}，{when}实足{age}"
    return f"年龄符合：{_veiled(birth.month)}出生，{when}实足{age}"


def _veiled(birth: str) -> str:
    """Return a birth as a finding may say it: findings are printed and handed round."""
    return veil(_BIRTH, birth) if birth else ""


def _inputs(case: _Case) -> Inputs:
    return (
        ("出生年月", _veiled(case.person.birth) or "未登记"),
        ("职级", choices.RANK.word(case.person.rank) or "未登记"),
        ("后备干部", "是" if case.person.reserve else "否"),
        ("派驻起", day_words(case.posting.since) if case.posting else "尚未派驻"),
    )


def _decision(case: _Case, facts: Facts) -> Decision | None:
    """Return the latest decision on relaxing the age of this person or posting."""
    subjects = [case.person.id, *([case.posting.id] if case.posting else [])]
    decisions = [item for subject in subjects for item in facts.decisions_on.get(("relaxation", subject), ())]
    return max(decisions, key=lambda item: (day_words(item.decided), item.paper, item.result), default=None)


def _at_play(case: _Case, facts: Facts, policy: Policy) -> bool:
    """Tell whether a relaxation is claimed that Article 3 knows: decided, or noted from paper for a reserve cadre."""
    if case.person.rank == "department" and policy.choice("eligibility.relaxation_reach") == "other":
        return False
    decision = _decision(case, facts)
    if decision is not None:
        return decision.result == "approved"
    return case.person.reserve and case.posting is not None and bool(case.posting.relaxation_paper)


def _why_not_relaxed(case: _Case, facts: Facts) -> str:
    decision = _decision(case, facts)
    if decision is not None and decision.result != "approved":
        return f"，办公室不同意放宽（{decision.paper}）"
    if case.person.reserve:
        return "；后备干部放宽年龄须有自治区办公室的决定"
    return ""


def _relaxation(case: _Case, birth: Birth, line: _Line, facts: Facts, policy: Policy) -> tuple[Verdict, str]:
    decision = _decision(case, facts)
    if decision is None:
        paper = case.posting.relaxation_paper if case.posting else ""
        return Verdict.AMBER, f"年龄放宽据纸质文件{paper}登记，待自治区办公室决定核对"
    if not case.person.reserve:
        return Verdict.AMBER, f"已决定放宽年龄（{decision.paper}），但未登记为后备干部，请核对"
    most, over = policy.number("eligibility.relaxation_years"), months_between(birth.month, line.month)
    if most and over > most * 12:
        return Verdict.AMBER, f"已决定放宽年龄（{decision.paper}），但超过界限{over}个月，多于放宽上限{most}年，请核对"
    day = day_words(decision.decided)
    return Verdict.OK, f"超过年龄界限，后备干部经自治区办公室{day}决定放宽（{decision.paper}）"


_RELAXED = ("eligibility.relaxation_reach", "eligibility.relaxation_years")

RULES: tuple[Rule, ...] = (
    education_and_health,
    *(
        rule(key, title, over=over, switches=switches)(judge)
        for key, title, switches, judge in (
            ("A03-4", "厅级干部年龄", _LINE_SWITCHES, department_age),
            ("A03-5", "处级和科级及以下干部年龄", _LINE_SWITCHES, other_age),
            ("A03-6", "后备干部年龄放宽", (*_LINE_SWITCHES, *_RELAXED), relaxed_age),
        )
        for over in ("posting", "person")
    ),
)
