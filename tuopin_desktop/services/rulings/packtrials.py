"""What a pack would change here before it counts: what it says otherwise, and whose verdicts would turn."""

from collections.abc import Iterator
from datetime import date

import msgspec

from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.packchanges import Difference, basis_words, differences
from tuopin_desktop.domain.policy import FIRST_PACK, Policy, pack_of
from tuopin_desktop.domain.records import Posting, Ruling
from tuopin_desktop.services.exchange.packfiles import ProvedPack
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import packs, packshelf
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.rulings import rulings
from tuopin_desktop.services.rulings.rulings import Flip, Progress

_TOLD = 30


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack changes: against which one, in what, for how many people, and which verdicts turn as of a day.

    `follows` tells that it is a further version of that one; else both would stand side by side.
    """

    against: str
    follows: bool
    differences: tuple[Difference, ...]
    postings: int
    serving: int
    flips: tuple[Flip, ...]
    day: date


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def trial(desk: Desk, proved_pack: ProvedPack, *, progress: Progress = _silent) -> Trial:
    """Return what a pack would change in this office; nothing is written. `progress` is told as in a ruling's trial."""
    policy, today = proved_pack.policy, desk.today()
    day = max(today, policy.in_force)
    past_rulings = desk.store.rows(Ruling)
    follows = policy.id in desk.packs
    supposed = judging.policies(desk, past_rulings, day, {**desk.packs, policy.id: _with(desk, policy)})
    standing = judging.policies(desk, past_rulings, day)
    before = packshelf.newest(desk.packs[policy.id] if follows else desk.packs[_beside(desk)])
    now = msgspec.structs.replace(supposed.beside[policy.id], in_force=policy.in_force)
    was = msgspec.structs.replace(standing.under(before.id), in_force=before.in_force)
    under = [one for one in desk.store.rows(Posting, scope=desk.scope) if pack_of(one) == policy.id]
    return Trial(
        against=f"《{before.title}》" + (f"第{before.version}版" if follows else ""),
        follows=follows,
        differences=tuple(differences(was, now)),
        postings=len(under),
        serving=sum(serves(one, today) for one in under),
        flips=tuple(rulings.compared(desk, day, standing, supposed, progress)),
        day=day,
    )


def _with(desk: Desk, policy: Policy) -> Policy:
    """Return a pack as it would stand in use: behind the versions that are here."""
    present = desk.packs.get(policy.id)
    return policy if present is None else msgspec.structs.replace(present, later=(*present.later, policy))


def _beside(desk: Desk) -> str:
    """Return the pack a new one is compared with: the one new postings are under, else one beside the first."""
    choice = packs.for_new(desk)
    return choice or next((pack for pack in desk.packs if pack != FIRST_PACK), FIRST_PACK)


def trial_lines(proved_pack: ProvedPack, pack_trial: Trial) -> Iterator[str]:
    """Yield what is told of a pack and its trial, a line at a time."""
    policy = proved_pack.policy
    yield f"办法文件：{proved_pack.name}（编号{policy.id}），{policy.in_force}起施行"
    yield f"依据：{basis_words(policy)}；依据文件{'已随包收到' if proved_pack.paper else '还没有收到'}"
    yield "签名：自治区工作队管理办公室，已核对"
    if pack_trial.follows:
        yield f"接替{pack_trial.against}：{policy.in_force}以前的事项仍按原来的一版，已结账的月份、已签的单子不变"
    yield f"与{pack_trial.against}相比，有{len(pack_trial.differences)}处不同："
    yield from (f"    {one.text}" for one in pack_trial.differences)
    yield from _turned(pack_trial)
    yield from (f"待核：{one}" for one in policy.open)


def _turned(pack_trial: Trial) -> Iterator[str]:
    if not pack_trial.postings:
        yield "本单位没有按这个办法文件派驻的人员，现有结论不会改变。"
        return
    yield f"本单位按这个办法文件派驻{pack_trial.postings}人次，在派{pack_trial.serving}人。"
    yield f"按{pack_trial.day}试算，{len(pack_trial.flips)}项结论改变："
    for flip in pack_trial.flips[:_TOLD]:
        yield f"    [{flip.text}] {flip.rule} {flip.subject_words}：{flip.sentence_after or flip.sentence_before}"
    if len(pack_trial.flips) > _TOLD:
        yield f"    另有{len(pack_trial.flips) - _TOLD}项。"
