"""The ruling register (Art. 20): what each open question is set to, who would flip under another value, recording."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.findings import Finding, Step, Verdict
from tuopin_desktop.domain.policy import FIRST_PACK, Policy, applying, pack_of
from tuopin_desktop.domain.policy import what_if as policy_if
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.records import MonthClose, Ruling
from tuopin_desktop.domain.rules import RULES, each
from tuopin_desktop.domain.switches import Switch, stored
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import packs
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

_SUPPOSED = "（拟定）"
"""Stands for the paper of a ruling that is only being considered."""

_LAST = "\U0010ffff"
"""Puts a ruling that is only being considered behind all those made on its day, as recording it would."""


class OpenQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One switch the Office may rule on, as it stands today: the ruling that set it, those before and still to come.

    `choices` are what it can take by code; a flag has none, of a list `several` may be taken. It is asked under `pack`,
    whose source leaves it open where it is not `sure`.
    """

    key: str
    question: str
    q: int
    article: int
    value: str
    words: str
    why: str
    choices: dict[str, str]
    possible: str
    ruling: Ruling | None = None
    coming: tuple[Ruling, ...] = ()
    past: tuple[Ruling, ...] = ()
    flag: bool = False
    several: bool = False
    pack: str = FIRST_PACK
    sure: bool = True

    def value_text(self, value: str) -> str:
        """Return a value, as a ruling keeps it, in the Office's words."""
        parts = value.split(",") if self.several else [value]
        return "、".join(self.choices.get(part, part) for part in parts)


class Flip(msgspec.Struct, frozen=True, kw_only=True):
    """One finding whose verdict would change; None where the rule says nothing of the subject."""

    rule: str
    article: int
    subject: str
    subject_words: str
    before: Verdict | None
    after: Verdict | None
    sentence_before: str
    sentence_after: str
    title: str = ""
    basis: str = ""
    steps_before: tuple[Step, ...] = ()
    steps_after: tuple[Step, ...] = ()

    @property
    def text(self) -> str:
        """Return the change in Chinese: 不符 → 符合."""
        return " → ".join(verdict.label if verdict else "无" for verdict in (self.before, self.after))


def switches(desk: Desk, pack: str = FIRST_PACK) -> list[OpenQuestion]:
    """Return every switch of a pack the Office may rule on, in the order of the pack; raises Refused."""
    today = desk.today()
    rulings = [one for one in desk.store.rows(Ruling) if pack_of(one) == pack]
    policy = _of(desk, today, pack)
    ruled = {}
    for ruling in applying(rulings, today):
        if isinstance(policy_if(packs.installed(desk, pack), ruling.switch, ruling.value), Policy):
            ruled[ruling.switch] = ruling
    started = {ruling.id for ruling in applying(rulings, today)}
    coming = [ruling for ruling in applying(rulings, date.max) if ruling.id not in started]
    past = [ruling for ruling in applying(rulings, today) if ruling is not ruled.get(ruling.switch)]
    return [
        _question(switch, pack, ruled.get(key), _about(coming, key), _about(past, key))
        for key, switch in policy.switches.items()
        if switch.switch
    ]


def _about(rulings: Iterable[Ruling], key: str) -> tuple[Ruling, ...]:
    return tuple(one for one in rulings if one.switch == key)


def _question(
    switch: Switch, pack: str, ruling: Ruling | None, coming: tuple[Ruling, ...], past: tuple[Ruling, ...]
) -> OpenQuestion:
    return OpenQuestion(
        key=switch.key,
        question=switch.question,
        q=switch.q,
        article=switch.article,
        value=stored(switch),
        words=switch.value_words,
        why=switch.why,
        choices=switch.choices,
        possible=switch.possible,
        ruling=ruling,
        coming=coming,
        past=past,
        flag=switch.type == "flag",
        several=switch.type == "several",
        pack=pack,
        sure=switch.sure,
    )


Titles = Mapping[str, Mapping[str, str]]
"""What rules are called otherwise, by pack."""


def _title(titles: Titles, one: Finding) -> str:
    """Return what the rule of a finding is called under its pack."""
    if called := titles.get(one.pack, {}).get(one.rule):
        return called
    return next((item.title for item in RULES if item.key == one.rule and one.subject.startswith(f"{item.over}:")), "")


Progress = Callable[[int, int], None]


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def what_if(
    desk: Desk,
    switch: str,
    value: str,
    on: date | None = None,
    *,
    applies: date | None = None,
    pack: str = FIRST_PACK,
    progress: Progress = _silent,
) -> list[Flip]:
    """Return what a ruling made on a day (default today) would turn, by rules; nothing is written.

    As the ruling itself, it counts from `applies`, or from the day it is made: months and slips before stay as they
    are. Both sides are judged as of that day, or as of `applies` if later, over the same records. `progress` is told
    after each rule how many of how many are judged; what it raises ends the work. Raises Refused for an unknown switch
    or a value it cannot take.
    """
    day = max(on or desk.today(), applies or date.min)
    past_rulings = desk.store.rows(Ruling)
    value = stored(_supposed(_of(desk, day, pack), switch, value).switch(switch))
    tried = Ruling(
        id=f"{ids.REGION}/{_LAST}", switch=switch, value=value, pack=pack, applies=applies, ruled=day, paper=_SUPPOSED
    )
    standing, supposed = (judging.policies(desk, rulings, day) for rulings in (past_rulings, [*past_rulings, tried]))
    return compared(desk, day, standing, supposed, progress)


def compared(desk: Desk, day: date, standing: Policy, supposed: Policy, progress: Progress = _silent) -> list[Flip]:
    """Return what is judged otherwise under a supposed policy than under the standing one as of a day, by rules."""
    # A closed month keeps the terms it was closed under, so that a trial has nothing to say of it.
    keys = list(dict.fromkeys(item.key for item in RULES if item.over != MonthClose.kind.name))
    titles = {pack: one.titles for pack, one in {**standing.beside, **supposed.beside}.items()}
    parts = judging.portion_count(desk)
    result: list[Flip] = []
    for part, (facts, belongs) in enumerate(judging.in_portions(desk, day)):
        # Facts remember what they worked out under one policy, so the other side is given its own copy.
        fresh = msgspec.structs.replace(facts)
        for place, key in enumerate(keys):
            progress(part * len(keys) + place, parts * len(keys))
            flips = _flips(each(facts, standing, key), each(fresh, supposed, key), titles)
            result += (flip for flip in flips if belongs(flip.subject))
    return sorted(result, key=lambda flip: keys.index(flip.rule)) if parts > 1 else result


def _flips(standing: Iterable[Finding], supposed: Iterable[Finding], titles: Titles) -> Iterator[Flip]:
    """Yield what differs between two judgements by one rule; a rule at a time keeps only its findings in memory."""
    before = {one.subject: one for one in standing}
    for after in supposed:
        was = before.pop(after.subject, None)
        if was is None or was.verdict is not after.verdict:
            yield _flip(was, after, titles)
    for was in before.values():
        yield _flip(was, None, titles)


def _flip(before: Finding | None, after: Finding | None, titles: Titles) -> Flip:
    one = after or before
    assert one is not None, "a flip has two sides, of which one may be empty"
    return Flip(
        rule=one.rule,
        article=one.article,
        subject=one.subject,
        subject_words=one.subject_words,
        before=before.verdict if before else None,
        after=after.verdict if after else None,
        sentence_before=before.sentence if before else "",
        sentence_after=after.sentence if after else "",
        title=_title(titles, one),
        basis=one.basis,
        steps_before=before.steps if before else (),
        steps_after=after.steps if after else (),
    )


def rule(
    desk: Desk,
    switch: str,
    value: str,
    paper: str,
    ruled: date,
    *,
    applies: date | None = None,
    by: str = "",
    reason: str = "",
    pack: str = FIRST_PACK,
) -> Ruling:
    """Record the Office's ruling; it counts from `applies`, or from the day it was ruled. Raises Refused.

    The value is kept as its code whatever word it was said by. A county, or a league, cannot rule.
    """
    record_id = registers.new_id(desk, ids.REGION)
    if (denied := may_write(desk.scope, Ruling, record_id, ("switch", "value"))) is not None:
        raise Refused([_denied(denied)])
    supposed = _supposed(_of(desk, ruled, pack), switch, value)
    ruling = Ruling(
        id=record_id,
        switch=switch,
        pack="" if pack == FIRST_PACK else pack,
        value=stored(supposed.switch(switch)),
        applies=applies,
        ruled=ruled,
        paper=paper,
        ruled_by=by,
        reason=reason,
    )
    return registers.save(desk, ruling)


def _of(desk: Desk, day: date, pack: str) -> Policy:
    """Return a pack under the rulings of a day; raises Refused for one that is not installed."""
    return judging.policy_on(desk, day).under(packs.installed(desk, pack).id)


def _denied(problem: Problem) -> Problem:
    sentence = "口径由自治区工作队管理办公室解释和登记，本单位不能登记；有疑问请书面请示"
    return msgspec.structs.replace(problem, sentence=sentence, article=20)


def _supposed(policy: Policy, switch: str, value: str) -> Policy:
    """Return the policy with the value set; raises Refused with the list of what is possible."""
    supposed = policy_if(policy, switch, value, _SUPPOSED)
    if isinstance(supposed, Policy):
        return supposed
    may_be = [one for one in policy.switches.values() if one.switch]
    if supposed.code == "ruling.value":
        more = f"；可取：{policy.switch(switch).possible}"
    else:
        near = difflib.get_close_matches(switch, [one.key for one in may_be], 1, 0.5) or [may_be[0].key]
        named = "、".join(f"{key}（{policy.switch(key).question}）" for key in near)
        more = f"；可登记的共{len(may_be)}项，如{named}，全部见“设置－办法解释”（命令行：ruling list）"
    raise Refused([msgspec.structs.replace(supposed, sentence=supposed.sentence + more)])
