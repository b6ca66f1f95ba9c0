"""Article 2: how many teams, how many people, and who sits on which post."""

import msgspec

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.halves import days_between
from tuopin_desktop.domain.policy import Policy, Slot
from tuopin_desktop.domain.records import Office, Posting, Team, choices
from tuopin_desktop.domain.rules.rule import Outcome, rule
from tuopin_desktop.domain.seats import begun, empty_since, seated


class _SlotReport(msgspec.Struct, frozen=True):
    """What one slot shows: deviations (amber), missing entries (notice) and the lines of arithmetic."""

    off: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@rule("A02-1", "工作总队数", over="office", switches=("composition.teams",))
def team_count(_office: Office, facts: Facts, policy: Policy) -> Outcome | None:
    """There are 57 teams in all; a team with nobody in service is registered but does not stand."""
    if facts.today > policy.day("term.end") and not any(facts.active(county) for county in facts.team_by_county):
        return None
    count = policy.number("composition.teams")
    registered = len(facts.subjects.get("team", {}))
    manned = sum(1 for county in facts.team_by_county if facts.active(county))
    inputs = (("登记总队数", str(registered)), ("有人在派总队数", str(manned)), ("应有总队数", str(count)))
    if registered == count == manned:
        return Outcome(Verdict.OK, f"工作总队{count}个，均有人在派", inputs)
    steps = (f"登记 {registered} − 应有 {count} = {registered - count:+d}", f"有人在派 {manned} 个")
    sentence = f"应有工作总队{count}个，现登记{registered}个，其中{manned}个有人在派"
    return Outcome(Verdict.AMBER, sentence, inputs, steps)


def _over(team: Team, facts: Facts, policy: Policy) -> bool:
    """Tell whether a team has ended its service: after the term nothing is asked of a team nobody serves in."""
    return facts.today > policy.day("term.end") and not facts.active(team.county)


@rule("A02-1", "每队人数", over="team", switches=("composition.team_size",))
def team_size(team: Team, facts: Facts, policy: Policy) -> Outcome | None:
    """A team is generally five people; more or fewer is a warning and never blocks."""
    if _over(team, facts, policy):
        return None
    count, active = policy.number("composition.team_size"), facts.active(team.county)
    inputs = (("在派人数", str(len(active))), ("一般人数", str(count)))
    steps = (
        *(f"{facts.name_of(item.person)}：{choices.POSITION.word(item.position)}" for item in active),
        f"在派 {len(active)} − 一般 {count} = {len(active) - count:+d}",
    )
    if len(active) == count:
        return Outcome(Verdict.OK, f"在派{count}人", inputs, steps)
    more = "多" if len(active) > count else "少"
    sentence = f"每队一般为{count}人，现在派{len(active)}人，{more}{abs(len(active) - count)}人"
    return Outcome(Verdict.AMBER, sentence, inputs, steps)


@rule("A02-2", "队长职级、挂任职务", over="team")
def leader(team: Team, facts: Facts, policy: Policy) -> Outcome | None:
    """The leader is generally of deputy department rank and deputy secretary of the county Party committee."""
    return _post(team, facts, policy, "leader")


@rule("A02-3", "副队长职级、挂任职务", over="team")
def deputy(team: Team, facts: Facts, policy: Policy) -> Outcome | None:
    """The deputy is of division rank, standing committee member and deputy head of the county."""
    return _post(team, facts, policy, "deputy")


@rule("A02-4", "队员来源、职级", over="team")
def members(team: Team, facts: Facts, policy: Policy) -> Outcome | None:
    """Members are one from the region's organs, one division cadre of the league, one section cadre of the county."""
    return _post(team, facts, policy, "member")


def _post(team: Team, facts: Facts, policy: Policy, position: str) -> Outcome | None:
    """Judge the seats of a position; who sits where is what the seat matrix and the reports say (`seated`)."""
    if _over(team, facts, policy):
        return None
    slots = [slot for slot in policy.slots if slot.position == position]
    active = facts.active(team.county)
    sitting, left = seated(policy.slots, active)
    beyond = [item for item in left if item.position == position]
    slot_reports = [
        _slot(slot, sitting.get(slot.key), [item for item in beyond if _second(slot, item)], team, facts, policy)
        for slot in slots
    ]
    strangers = [item for item in beyond if not any(_second(slot, item) for slot in slots)]
    off = [text for one in slot_reports for text in one.off]
    off += [f"另有{_label(item)}{facts.name_of(item.person)}，没有相应岗位" for item in strangers]
    missing = [label for one in slot_reports for label in one.missing]
    missing += [f"{facts.name_of(item.person)}来源未登记" for item in strangers if not item.source_level]
    steps = [step for one in slot_reports for step in one.steps]
    postings = [item for item in active if item.position == position]
    inputs = tuple((facts.name_of(item.person), _described(item, facts)) for item in postings)
    verdict = Verdict.AMBER if off else Verdict.NOTICE if missing else Verdict.OK
    sentence = "；".join([*off, *missing]) or "、".join(f"{slot.label}1名" for slot in slots) + "，符合规定"
    return Outcome(verdict, sentence, inputs, tuple(steps))


def _second(slot: Slot, posting: Posting) -> bool:
    """Tell whether somebody without a seat is one more of a slot that is taken."""
    return slot.source == posting.source_level if slot.source else slot.position != "member"


def _label(posting: Posting) -> str:
    return choices.POSITION.word(posting.position)


def _slot(
    slot: Slot, holder: Posting | None, more: list[Posting], team: Team, facts: Facts, policy: Policy
) -> _SlotReport:
    postings = [holder, *more] if holder else []
    step = f"{slot.label}：应 1 名，在派 {len(postings)} 名"
    if not postings:
        return _SlotReport(off=(f"{slot.label}空缺{_vacant(slot, team, facts, policy)}（应1名）",), steps=(step,))
    off = [] if len(postings) == 1 else [f"{slot.label}{len(postings)}名（应1名）"]
    missing: list[str] = []
    for posting in postings:
        slot_report = _holder(slot, posting, facts)
        off += slot_report.off
        missing += slot_report.missing
    return _SlotReport(tuple(off), tuple(missing), (step,))


def _holder(slot: Slot, posting: Posting, facts: Facts) -> _SlotReport:
    who, off, missing = facts.name_of(posting.person), [], []
    person = facts.person_by_id.get(posting.person)
    rank = person.rank if person else ""
    if slot.rank and not rank:
        missing.append(f"{who}职级未登记")
    elif slot.rank and rank != slot.rank:
        off.append(f"{slot.label}{who}为{choices.RANK.word(rank)}（应为{choices.RANK.word(slot.rank)}）")
    if slot.local_post and not posting.local_post:
        missing.append(f"{who}挂任职务未登记（{slot.local_post}）")
    elif any(word not in posting.local_post for word in slot.post_words):
        missing.append(f"{who}挂任“{posting.local_post}”，请核对（一般为{slot.local_post}）")
    if not posting.source_level:
        missing.append(f"{who}来源未登记")
    return _SlotReport(tuple(off), tuple(missing))


def _described(posting: Posting, facts: Facts) -> str:
    person = facts.person_by_id.get(posting.person)
    rank = choices.RANK.word(person.rank) if person else ""
    source = choices.SOURCE_LEVEL.word(posting.source_level)
    return " ".join(part for part in (source, rank, posting.local_post) if part) or "未登记"


def _vacant(slot: Slot, team: Team, facts: Facts, policy: Policy) -> str:
    """Return how long a seat stands empty: since its last holder left, else since the team arrived."""
    own = facts.postings_by_county.get(team.county, ())
    since = begun(team.arrived, own, policy.in_force)
    start = empty_since(policy.slots, slot.key, own, since, facts.today)
    return f"{days_between(start, facts.today)}天" if start else ""


RULES = (team_count, team_size, leader, deputy, members)
