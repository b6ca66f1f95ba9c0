"""Article 4: the Party organisation relation follows the person to the posting place."""

from datetime import date

from tuopin_desktop.domain.duties import people
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.rules.phrases import day_words
from tuopin_desktop.domain.rules.rule import Outcome, rule


@rule("A04-3", "党组织关系转接", over="posting", switches=("party.transfer_days", "party.codes"))
def transferred(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """A Party member's relation is transferred to the posting place within 30 days of arrival."""
    start = people.came(posting, facts, policy) or posting.since
    if start is None or not people.speaks(posting, facts):
        return None
    person = facts.person_by_id.get(posting.person)
    political = person.political if person else ""
    inputs = (("派驻起", day_words(posting.since)), ("转接日期", day_words(people.party_moved(posting, facts))))
    if not political and people.ends(posting, facts, policy) < facts.today:
        return None  # nobody will register it now, and nothing can be said without it
    if not political:
        return Outcome(Verdict.NOTICE, "政治面貌未登记，无法判断是否需转接党组织关系", inputs)
    if political not in policy.on(start).several("party.codes"):
        return Outcome(Verdict.OK, "非中共党员，无需转接党组织关系", inputs)
    moved = people.party_moved(posting, facts)
    if moved is not None and moved <= facts.today:
        return Outcome(Verdict.OK, f"党组织关系已于{moved.isoformat()}转接到派驻地", inputs)
    # Days before the measure took effect are held against nobody (Art. 21).
    due = policy.due_after(start, "party.transfer_days")
    return None if people.lapsed(due, posting, facts, policy) else _waiting(start, due, facts, inputs)


def _waiting(start: date, due: date, facts: Facts, inputs: tuple[tuple[str, str], ...]) -> Outcome:
    steps = (f"{start.isoformat()} + {(due - start).days} 天 = {due.isoformat()}", f"今日 {facts.today.isoformat()}")
    late = (facts.today - due).days
    if late <= 0:
        sentence = f"党组织关系尚未转接，最迟{due.isoformat()}，还有{-late}天"
        return Outcome(Verdict.OK, sentence, inputs, steps)
    sentence = f"党组织关系最迟应于{due.isoformat()}转接到派驻地，现未转接，逾期{late}天"
    return Outcome(Verdict.AMBER, sentence, inputs, steps)


RULES = (transferred,)
