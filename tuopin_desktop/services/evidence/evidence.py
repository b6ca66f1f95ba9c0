"""Contradictions between records as the office works them off: list, explain, and what the region office sends back."""

from typing import Literal

import msgspec

from tuopin_desktop.domain import shortened
from tuopin_desktop.domain.contradictions.kinds import KINDS, Contradiction
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Explanation
from tuopin_desktop.domain.rules import evidence
from tuopin_desktop.domain.under import under
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.shelves import merge

State = Literal["open", "returned", "explained"]
STATES: dict[str, str] = {"open": "待核", "returned": "说明退回", "explained": "已说明"}


class ContradictionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One contradiction as a list shows it, with the explanation that was given."""

    item: Contradiction
    state: State
    county_name: str
    explanation: Explanation | None = None

    @property
    def id(self) -> str:
        """Return the stable id, which is that of its explanation as well."""
        return self.item.id

    @property
    def title(self) -> str:
        """Return what its kind is called."""
        return KINDS[self.item.what]

    @property
    def rule(self) -> str:
        """Return the key of its rule."""
        return evidence.KEY_OF[self.item.what]

    @property
    def months(self) -> tuple[str, str]:
        """Return the first and the last month it touches."""
        return f"{self.item.period.first:%Y-%m}", f"{self.item.period.last:%Y-%m}"


def rows(desk: Desk, facts: Facts | None = None) -> list[ContradictionRow]:
    """Return all contradictions of this office and those below it: open ones first, each by kind, county and days.

    They are rules of the measure, so of those posted under it alone. `facts` are facts already read, traced.
    """
    facts = under(facts or judging.facts(desk, traced=True), desk.policy.id)
    contradiction_by_key = evidence.subjects(facts, judging.policy_on(desk, facts.today))
    contradiction_rows = [
        ContradictionRow(
            item=item,
            state=_state(facts.traces.explained.get(item.id)),
            county_name=facts.county_name(item.county),
            explanation=facts.traces.explained.get(item.id),
        )
        for item in contradiction_by_key.values()
    ]
    return sorted(contradiction_rows, key=lambda row: row.state == "explained")


def from_shelves(desk: Desk) -> list[ContradictionRow]:
    """Return what `rows` returns, put together from the shelves."""
    names = {one.code: one.name for one in offices.counties(desk)}
    contradiction_rows = [
        ContradictionRow(
            item=one.item,
            state=_state(one.explanation),
            county_name=names.get(one.item.county) or one.item.county,
            explanation=one.explanation,
        )
        for one in merge.evidence(desk)
    ]
    return sorted(contradiction_rows, key=lambda row: row.state == "explained")


def _state(explanation: Explanation | None) -> State:
    if explanation is None:
        return "open"
    return "explained" if explanation.stands else "returned"


def select(
    contradiction_rows: list[ContradictionRow],
    *,
    county: str = "",
    person: str = "",
    month: str = "",
    what: str = "",
    state: str = "",
) -> list[ContradictionRow]:
    """Return the rows of a county's code, a person's name, a month, a kind and a state; "" takes all."""
    return [
        row
        for row in contradiction_rows
        if (not county or row.item.county == county)
        and (not person or row.item.who == person)
        and (not month or row.months[0] <= month <= row.months[1])
        and (not what or row.item.what == what)
        and (not state or row.state == state or (state == "pending" and row.state != "explained"))
    ]


def called(desk: Desk, text: str) -> ContradictionRow:
    """Return the contradiction of an id, or of the first signs of its own part; raises Refused."""
    every = {row.id.partition("/")[2]: row for row in rows(desk)}
    exact = [row for row in every.values() if row.id == text]
    contradiction_rows = exact or [
        every[number] for number in shortened.expand(text, every, len(text.rpartition("-")[0]) or len(text))
    ]
    if len(contradiction_rows) != 1:
        known_names = [row.id.partition("/")[2] for row in contradiction_rows]
        why = shortened.unclear(text, known_names, every)
        raise refuse("evidence", f"找不到这条疑点：{why}；有关记录可能已经更正，请用 evidence list 重新列出", "key")
    return contradiction_rows[0]


def explain(desk: Desk, key: str, text: str, *, by: str, proof: str = "") -> Explanation:
    """Close a contradiction by saying why both records may stand; raises Refused."""
    row = called(desk, key)
    if row.state == "explained":
        raise refuse("evidence.explained", "这条疑点已经说明；要改说明，请先由自治区办公室退回", "key")
    explanation = row.explanation or desk.store.get(Explanation, row.id) or Explanation(id=row.id)
    new_explanation = msgspec.structs.replace(
        explanation,
        what=row.item.sentence[:300],
        posting=row.item.posting,
        words=text,
        by=by,
        said=desk.today(),
        evidence=proof,
        turn=max(explanation.turn or 0, explanation.reopened or 0) + 1,
        deleted=False,
    )
    return registers.save(desk, new_explanation)


def reopen(desk: Desk, key: str, text: str) -> Explanation:
    """Send an explanation back: it is open again until a new one is given. The region office alone may."""
    row = called(desk, key)
    if row.explanation is None or row.state != "explained":
        raise refuse("evidence.open", "这条疑点还没有说明，不能退回", "key")
    if not text.strip():
        raise refuse("required", "请写明退回的原因", "words")
    back = msgspec.structs.replace(
        row.explanation, reopened=row.explanation.turn, reopened_on=desk.today(), reopened_words=text.strip()
    )
    return registers.save(desk, back)
