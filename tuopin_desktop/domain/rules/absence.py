"""Article 16: absence without reason, more than 15 days on end or 30 in a year; the Office decides, never a clerk."""

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import structs

from tuopin_desktop.domain.attendance.absence import Absence, Limits, Run, Sum, absence
from tuopin_desktop.domain.attendance.evidence import Evidence
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Step, Verdict
from tuopin_desktop.domain.leave.count import day_of, half_number, halves_of, runs, short_words
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.rules.rule import Outcome, rule
from tuopin_desktop.domain.unjustified import account, closed_months

_SWITCHES = (
    "absence.run_days",
    "absence.run_unit",
    "absence.year_days",
    "absence.year_window",
    "absence.run_over_year",
    "absence.half_breaks",
    "absence.leave_counts",
    "absence.reasons",
    "presence.rest_day_away",
)


@rule("A16-3", "无正当理由连续离岗、一年内累计离岗", over="posting", switches=_SWITCHES)
def without_reason(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """A person's absence is one account over all postings; it is said once, on the posting begun last."""
    own = facts.postings_by_person.get(posting.person, ())
    if not own or own[-1].id != posting.id:
        return None
    evidence = account(own, facts, policy)
    if evidence is None or not evidence.causes:
        return None
    limits = Limits.of(_policy_of_the_last(evidence, own, facts, policy))
    over = posting.until is not None and posting.until < facts.today
    known_until = half_number(facts.today, "pm") + 1 if over else evidence.known_until
    is_rest = facts.counting(policy, posting.county).is_rest
    result = absence(evidence.causes.keys(), evidence.bridges, known_until, limits, is_rest, facts.today)
    verdict, sentence, day = _verdict(result, limits)
    if posting.until is not None and result.next_fire is not None and result.next_fire > posting.until:
        result = _unforetold(result)
        if verdict is Verdict.NOTICE:  # what has been reached already stands, however the posting ends
            sentence = f"{sentence.partition('；')[0]}；派驻{posting.until}止，此前达不到界限"
            day = day_of(max(evidence.causes))
    if verdict is Verdict.OK and (doubt := _doubt(evidence, limits, is_rest)):
        verdict, sentence = Verdict.NOTICE, f"{sentence}；{doubt}"
    return Outcome(verdict, sentence, _inputs(result, limits), tuple(_steps(result, evidence, limits)), day)


def _unforetold(absent_days: Absence) -> Absence:
    """Return an account without its forecast: absence ends with the posting."""
    quiet = tuple(structs.replace(run, would_fire=None) for run in absent_days.runs)
    return structs.replace(absent_days, runs=quiet, next_fire=None)


def _doubt(evidence: Evidence, limits: Limits, is_rest: Callable[[date], bool]) -> str:
    """Return in words what keeps an account from being in order: days not registered that could make one run of it."""
    if not evidence.unknown:
        return ""
    most = absence(
        evidence.causes.keys(), evidence.bridges | evidence.unknown, max(evidence.causes) + 1, limits, is_rest
    )
    fired = [run for run in most.runs if run.fired is not None]
    if not fired:
        return ""
    gaps = runs(number for number in evidence.unknown if number in halves_of(fired[-1].period))
    text = "、".join(short_words(gap) for gap in gaps)
    return f"其间{text}没有考勤登记，如也未在岗即连续超过{limits.run_days}天，请先补登"


def _policy_of_the_last(evidence: Evidence, own: Sequence[Posting], facts: Facts, policy: Policy) -> Policy:
    """Return the policy whose limits hold: that of the day of the last absence, whose month may be closed.

    While nothing new happens, a closed account stays as it was closed; the first absence after it is judged anew.
    """
    last = max(evidence.causes)
    for stretch, _, frozen in closed_months(own, facts, policy):
        if last in stretch:
            return frozen
    return policy.on(day_of(last))


def _verdict(absent_days: Absence, limits: Limits) -> tuple[Verdict, str, date | None]:
    longest = max(absent_days.runs, key=lambda run: run.halves)
    fired = [run for run in absent_days.runs if run.fired is not None]
    if fired:
        run, over = fired[-1], f"超过{limits.run_days}{_unit(limits)}"
        text = f"无正当理由连续离岗{run.days:g}{_unit(limits)}，{over}{_bridged(run)}，{run.fired}达到"
        return Verdict.SUSPECTED, text, fired[-1].fired
    passed = _passed_year(absent_days, limits)
    if passed is not None:
        return Verdict.SUSPECTED, f"{passed[0]}无正当理由离岗累计超过{limits.year_days}天，{passed[1]}达到", passed[1]
    if absent_days.rolling.fired is not None:
        total = f"任意365天内无正当理由离岗累计{_summed(absent_days, absent_days.rolling, limits)}"
        text = f"{total}，已超过{limits.year_days}天（按公历年度未超过）"
        return Verdict.AMBER, text, absent_days.rolling.fired
    text = f"无正当理由离岗最长连续{_counted(longest, limits)}"
    if absent_days.next_fire is not None:
        return Verdict.NOTICE, f"{text}，尚无返岗登记；如不返岗，{absent_days.next_fire}达到界限", absent_days.next_fire
    if absent_days.unknown_since is not None:
        return (
            Verdict.NOTICE,
            f"{text}，{absent_days.unknown_since}起没有登记，是否返岗不明，请先补登考勤",
            longest.period.last,
        )
    return (
        Verdict.OK,
        f"{text}，未超过{limits.run_days}{_unit(limits)}；一年内累计未超过{limits.year_days}天",
        longest.period.last,
    )


def _passed_year(absent_days: Absence, limits: Limits) -> tuple[str, date] | None:
    """Return the window in words and the day on which its sum passed the limit."""
    if limits.window in ("calendar", "both"):
        for year, total in absent_days.years.items():
            if total.fired is not None:
                return f"{year}年", total.fired
    if limits.window in ("rolling", "both") and absent_days.rolling.fired is not None:
        return "任意365天内", absent_days.rolling.fired
    return None


def _unit(limits: Limits) -> str:
    return "个工作日" if limits.workdays else "天"


def _counted(run: Run, limits: Limits) -> str:
    """Return the length of a run by what it counts: workdays, or days on end with the rest days between them (Q11)."""
    return f"{run.days:g}{_unit(limits)}{_bridged(run)}"


def _bridged(run: Run) -> str:
    return f"（自然日，含其间休息日{run.bridged / 2:g}天）" if run.bridged else ""


def _summed(absent_days: Absence, total: Sum, limits: Limits) -> str:
    """Return a sum by what it counts, where runs count otherwise: absence by itself, never the rest days between."""
    alike = not limits.workdays and not any(run.bridged for run in absent_days.runs)
    return f"{total.days:g}天" + ("" if alike else _ITSELF)


_ITSELF = "（不计其间休息日）"


def _inputs(absent_days: Absence, limits: Limits) -> tuple[tuple[str, str], ...]:
    years = [
        (f"{year}年累计", _summed(absent_days, total, limits)) for year, total in sorted(absent_days.years.items())
    ]
    longest = max(absent_days.runs, key=lambda run: run.halves)
    following = (("如不返岗，达到界限的日期", str(absent_days.next_fire)),) if absent_days.next_fire else ()
    rolling = ("任意365天最多", _summed(absent_days, absent_days.rolling, limits))
    return (("最长连续", _counted(longest, limits)), *years, rolling, *following)


def _steps(absent_days: Absence, evidence: Evidence, limits: Limits) -> list[Step]:
    steps = [_run_step(run, limits) for run in absent_days.runs]
    if evidence.blank:
        text = "、".join(short_words(period) for period in runs(evidence.blank))
        steps.append(f"没有登记的休息日{text}：不中断连续离岗，不计入累计")
    for cause in dict.fromkeys(evidence.causes.values()):
        numbers = [number for number, why in evidence.causes.items() if why == cause]
        text = "、".join(short_words(period) for period in runs(numbers))
        steps.append(f"{cause}：{text}，{len(numbers)} 个半天 ÷ 2 = {len(numbers) / 2:g} 天")
    for year, total in sorted(absent_days.years.items()):
        steps.append(f"{year}年：{total.halves} 个半天 ÷ 2 = {total.days:g} 天{_against(total.days, limits.year_days)}")
    rolling = absent_days.rolling
    itself = "" if _summed(absent_days, rolling, limits).endswith("天") else _ITSELF
    steps.append(f"任意连续365天：最多 {rolling.days:g} 天{_against(rolling.days, limits.year_days)}{itself}")
    return steps


def _run_step(run: Run, limits: Limits) -> Step:
    own = f"{run.halves - run.bridged} 个半天"
    halves = f"（{own} ＋ 其间休息日 {run.bridged} 个半天）" if run.bridged else own
    against = f"{' > ' if run.days > limits.run_days else ' ≤ '}{limits.run_days} {_unit(limits)}"
    text = f"{short_words(run.period)}：{halves} ÷ 2 = {run.days:g} {_unit(limits)}{against}"
    if run.fired is not None:
        return f"{text}，{run.fired}超过"
    return f"{text}，如不返岗，{run.would_fire}超过" if run.would_fire else text


def _against(days: float, limit: int) -> str:
    return f"{' > ' if days > limit else ' ≤ '}{limit} 天"


RULES = (without_reason,)
