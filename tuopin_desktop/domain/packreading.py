"""A rule pack that comes from outside, read as strictly as it can be: what this program does not know is refused."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from tuopin_desktop.domain import tomltext
from tuopin_desktop.domain.codes import plain
from tuopin_desktop.domain.leave.slipforms import SLIP_FORMS
from tuopin_desktop.domain.names import odd_characters
from tuopin_desktop.domain.policy import FIRST_PACK, Policy
from tuopin_desktop.domain.problems import Problem, Refused, Trouble
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.rules import RULES
from tuopin_desktop.domain.switches import Switch
from tuopin_desktop.domain.switches import parse_value as as_value

MOST = 64 * 1024
"""Bytes of a pack: the largest shipped one has 29,000."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]")
_LONG = 500
_DEEP = 8
_VERSIONS = 999
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_ARTICLES = 99
_OWN = ("switches", "later", "ignored", "beside", "course")
"""Fields of a policy that the program fills; a file has no say in them."""


def read_pack(raw: bytes, installed: Mapping[str, Policy]) -> Policy:
    """Return the pack of a file with what it carries over; `installed` are the packs here, each in its newest version.

    Raises Refused with every fault that is found, in the clerk's words: a file that is no pack, too large, holds a part
    this program does not know, a value of another type or out of its bounds, or lacks what its rules ask for.
    """
    data = _parsed(raw)
    if faults := [*_strangers(data), *_texts(data)]:
        raise refusal(faults)
    try:
        policy = Policy.read(data)
    except Trouble as error:
        raise refusal([_in_words(error)]) from error
    if faults := [*_of_head(policy), *_alike(policy, installed)]:
        raise refusal(faults)
    carried = policy.carrying(installed[FIRST_PACK])
    if faults := [*_of_parts(carried), *_of_switches(policy, installed), *_lacking(carried, installed)]:
        raise refusal(faults)
    return carried


def refusal(faults: Iterable[str]) -> Refused:
    """Return the refusal of a pack for what is wrong in it."""
    names = list(dict.fromkeys(faults))
    more = f"（另有{len(names) - 5}处）" if len(names) > 5 else ""
    sentence = f"办法文件没有通过检查：{'；'.join(names[:5])}{more}。没有采用，请把这句话告诉自治区工作队管理办公室"
    return Refused([Problem(code="pack", sentence=sentence, fields=("pack",))])


def _parsed(raw: bytes) -> dict[str, Any]:
    if len(raw) > MOST:
        raise refusal([f"内容有{len(raw) // 1024} KB，超过{MOST // 1024} KB"])
    try:
        return tomltext.read(raw)
    except tomltext.Unreadable as fault:
        raise refusal([str(fault)]) from fault


def _strangers(data: Mapping[str, Any]) -> Iterator[str]:
    for name in data:
        if name in _OWN:
            yield f"有程序不认识的项目〔{name}〕"


def _texts(data: object, depth: int = 0) -> Iterator[str]:
    """Yield what is wrong with any word in the file: nobody may be shown what he cannot see."""
    if depth > _DEEP:
        yield "内容层数过多"
        return
    if isinstance(data, str):
        yield from _text(data)
    parts = [*data.keys(), *data.values()] if isinstance(data, dict) else data if isinstance(data, list) else ()
    for part in parts:
        yield from _texts(part, depth + 1)


def _text(text: str) -> Iterator[str]:
    if len(text) > _LONG:
        yield f"“{text[:10]}…”过长（最多{_LONG}字）"
    if odd_characters(text) or "\n" in text or "\t" in text:
        yield "文字里有看不见的字符"


def _in_words(error: Trouble) -> str:
    """Return what is wrong with the shape of the file without the library's words."""
    if error.__cause__:
        return tomltext.misfit(error.__cause__)
    return error.sentence.removeprefix("规则文件中").partition("，请换用")[0]


def _of_head(policy: Policy) -> Iterator[str]:
    if not _ID.fullmatch(policy.id):
        yield "编号只能用3至40个小写字母、数字和短横线"
    if policy.id == FIRST_PACK:
        yield f"“{policy.id}”是程序所依的2018年管理办法，不能用办法文件替换，解释口径请用“办法解释”（第二十条）"
    if not 1 <= policy.version <= _VERSIONS:
        yield f"版次应为1至{_VERSIONS}"
    if not policy.title.strip() or len(policy.title) > 60 or not policy.team.strip() or len(policy.team) > 20:
        yield "名称（最多60字）和队伍名称（最多20字）不能空着，也不能过长"
    if not _FIRST <= policy.in_force <= _LAST or not _FIRST <= policy.basis.issued <= _LAST:
        yield "施行日期或发文日期不在2000年至2099年之间"
    if not policy.basis.number.strip():
        yield "没有写明依据文件的文号"


def _alike(policy: Policy, installed: Mapping[str, Policy]) -> Iterator[str]:
    """Yield which other pack is called the same: lists and forms name packs by their titles."""
    for pack, installed_policy in installed.items():
        if pack != policy.id and plain(installed_policy.title) == plain(policy.title):
            yield f"名称与办法文件“{pack}”的相同，会混淆"


def _of_parts(policy: Policy) -> Iterator[str]:
    keys = {item.key for item in RULES}
    named = [*policy.rules, *policy.cites, *policy.titles]
    yield from (f"程序没有规则〔{one}〕" for one in named if not any(key.startswith(one) and one for key in keys))
    if not policy.rules:
        yield "没有写明适用哪些规则"
    if not policy.slips or not policy.slots:
        yield "没有写明请假单或岗位"
    for slip in policy.slips:
        if slip.form not in SLIP_FORMS:
            yield f"程序没有请假单表样〔{slip.form}〕"
        yield from (f"程序没有职务〔{one}〕" for one in slip.positions if one not in POSITION.labels)
        if slip.over and (slip.over not in policy.switches or policy.switches[slip.over].type != "number"):
            yield f"请假单按〔{slip.over}〕分级，但没有这一天数"
    if len({slot.key for slot in policy.slots}) < len(policy.slots):
        yield "有重复的岗位"
    uncovered = {slot.position for slot in policy.slots} - {one for slip in policy.slips for one in slip.positions}
    yield from (f"“{POSITION.word(one)}”没有请假单" for one in sorted(uncovered))


def _of_switches(policy: Policy, installed: Mapping[str, Policy]) -> Iterator[str]:
    switch_by_key: dict[str, Switch] = {}
    for installed_policy in installed.values():
        switch_by_key = {**installed_policy.switches, **switch_by_key}
    for prefix in policy.carries:
        if not any(key.startswith(prefix) for key in installed[FIRST_PACK].switches if prefix):
            yield f"要沿用的口径〔{prefix}〕程序没有"
    for key, switch in policy.switches.items():
        if key not in switch_by_key:
            yield f"程序没有口径〔{key}〕"
        else:
            yield from (f"口径“{switch.question or key}”{fault}" for fault in _unlike(switch, switch_by_key[key]))


def _unlike(switch: Switch, old: Switch) -> Iterator[str]:
    """Yield how a switch of a pack differs from what the program can do with it."""
    if switch.type != old.type:
        yield "的类型与程序的不同"
    elif switch.type == "number" and not (old.least <= switch.least <= switch.most <= old.most):
        yield f"的范围超出程序的{old.least}至{old.most}"
    if not set(switch.choices) <= set(old.choices):
        yield "有程序没有的选项"
    if not switch.question.strip() or not 0 <= switch.article <= _ARTICLES:
        yield "没有写明问题，或条号不对"


def completed(policy: Policy, shipped: Mapping[str, Policy]) -> Policy:
    """Return a pack taken into use long ago with what rules of today ask for and it could not have known.

    A switch reads as what held before there was one, as in a month closed then, and is marked as not sure.
    """
    first = shipped[FIRST_PACK].switches
    missing = {key: first[key] for key in _wanted(policy, shipped) if key in first and key not in policy.switches}
    if not missing:
        return policy
    switch_by_key = {key: _as_before(one) for key, one in missing.items()}
    return msgspec.structs.replace(policy, switches={**policy.switches, **switch_by_key})


def _as_before(switch: Switch) -> Switch:
    value = as_value(switch, switch.before) if switch.before else switch.value
    why = f"签发这个办法文件时还没有这一口径，待核：{switch.why}"
    return msgspec.structs.replace(switch, value=value, sure=False, why=why)


def _wanted(policy: Policy, installed: Mapping[str, Policy]) -> set[str]:
    """Return the switches that the rules which hold under a pack may ask for."""
    others = [installed_policy for pack, installed_policy in installed.items() if pack != FIRST_PACK]
    rules = [item for item in RULES if policy.holds(item.key)]
    if not all(any(other.holds(item.key) for other in others) for item in rules):
        return set(installed[FIRST_PACK].switches)
    common = set(installed[FIRST_PACK].switches).intersection(*(other.switches for other in others))
    return common | {key for item in rules for key in item.switches}


def _lacking(policy: Policy, installed: Mapping[str, Policy]) -> Iterator[str]:
    """Yield what the rules that hold under the pack would ask for and it has not."""
    names = _wanted(policy, installed)
    if policy.id in installed:
        names |= set(installed[policy.id].switches)
    if missing := sorted(names - set(policy.switches)):
        named = "、".join(f"〔{key}〕" for key in missing[:3])
        yield f"缺少{len(missing)}项口径，如{named}"
