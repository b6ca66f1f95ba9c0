"""What a rule pack changes against the one before it: dates, paper, rules, slips, posts and every switch, in words."""

from collections.abc import Iterator, Mapping

import msgspec

from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.rules import RULES
from tuopin_desktop.domain.switches import Switch

NONE = "没有"


class Difference(msgspec.Struct, frozen=True):
    """One thing that is otherwise: what it is, how it stands, how the pack has it."""

    what: str
    before: str
    after: str

    @property
    def text(self) -> str:
        """Return the difference in one line: 项目：原值 → 新值."""
        return f"{self.what}：{self.before} → {self.after}"


def differences(before: Policy, after: Policy) -> list[Difference]:
    """Return everything in which two packs differ, the head first, then rules, slips, posts and switches."""
    result = [*_head(before, after), *_rules(before, after), *_slips(before, after), *_slots(before, after)]
    return [*result, *_switches(before, after)]


def _head(before: Policy, after: Policy) -> Iterator[Difference]:
    pairs = (
        ("名称", before.title, after.title),
        ("依据", basis_words(before), basis_words(after)),
        ("施行", f"{before.in_force}", f"{after.in_force}"),
        ("表内队伍名称", before.team, after.team),
        ("待核事项", _joined(before.open), _joined(after.open)),
    )
    yield from (Difference(*one) for one in pairs if one[1] != one[2])


def basis_words(policy: Policy) -> str:
    """Return the paper a pack stands on."""
    basis = policy.basis
    number = f"，{basis.number}" if basis.number else ""
    return f"《{basis.title}》（{basis.issuer}{number}，{basis.issued}）"


def _joined(texts: tuple[str, ...]) -> str:
    return f"{len(texts)}项" if texts else NONE


def _rules(before: Policy, after: Policy) -> Iterator[Difference]:
    names = set()
    for item in RULES:
        if item.key in names:
            continue
        names.add(item.key)
        was, now = (_rule(policy, item.key, item.title, item.article) for policy in (before, after))
        if was != now:
            yield Difference(f"规则 {item.key} {item.title}", was, now)


def _rule(policy: Policy, key: str, title: str, article: int) -> str:
    if not policy.holds(key):
        return "不适用"
    called = policy.titles.get(key, title)
    return f"适用，依据{policy.cite(key, article)}" + (f"，称“{called}”" if called != title else "")


def _slips(before: Policy, after: Policy) -> Iterator[Difference]:
    was, now = (_slip_words(policy) for policy in (before, after))
    yield from _both("请假单 ", was, now)


def _slip_words(policy: Policy) -> dict[str, str]:
    forms: dict[str, str] = {}
    for slip in policy.slips:
        over = f"超过{policy.switches[slip.over].value_words}的" if slip.over in policy.switches else ""
        for position in slip.positions:
            word = POSITION.word(position)
            forms[word] = "、".join(filter(None, (forms.get(word, ""), f"{over}{_FORMS.get(slip.form, slip.form)}")))
    return forms


_FORMS = {"leader": "附件1", "member": "附件2", "village_short": "驻村请假单", "village_long": "驻村请假单（报组织部）"}


def _slots(before: Policy, after: Policy) -> Iterator[Difference]:
    was, now = ({slot.key: _slot(slot.label, slot.position) for slot in policy.slots} for policy in (before, after))
    if sorted(was.values()) != sorted(now.values()):
        yield Difference("岗位", "、".join(was.values()) or NONE, "、".join(now.values()) or NONE)


def _slot(label: str, position: str) -> str:
    word = POSITION.word(position)
    return label if label == word else f"{label}（{word}）"


def _switches(before: Policy, after: Policy) -> Iterator[Difference]:
    called = {key: _called(one) for policy in (before, after) for key, one in policy.switches.items()}
    was, now = ({key: _said(one) for key, one in policy.switches.items()} for policy in (before, after))
    for one in _both("", was, now):
        yield Difference(called[one.what], one.before, one.after)


def _both(prefix: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Difference]:
    for key in dict.fromkeys((*was, *now)):
        if was.get(key) != now.get(key):
            yield Difference(f"{prefix}{key}", was.get(key, NONE), now.get(key, NONE))


def _called(switch: Switch) -> str:
    where = f"（{article_words(switch.article)}）" if switch.article else ""
    return f"{switch.question}{where}"


def _said(switch: Switch) -> str:
    return switch.value_words + ("" if switch.sure else "（待核）")
