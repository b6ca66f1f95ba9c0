"""The policy pack: every number and every open question of the measure as data, with the region office's rulings."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

import msgspec

from tuopin_desktop.domain import tomltext
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.problems import Problem, Trouble
from tuopin_desktop.domain.records import LeaveSlip, Posting, Ruling
from tuopin_desktop.domain.switches import Switch, Value, misfit, parse_value

FIRST_PACK = "2018-nmg"
"""The pack of every record that names none: there was no other when it was made."""


def pack_of(record: Posting | LeaveSlip | Ruling) -> str:
    """Return the id of the pack a record was made under."""
    return record.pack or FIRST_PACK


class Basis(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The paper a pack stands on; the measure bears no document number, only its issuer and date."""

    title: str
    issuer: str
    number: str = ""
    issued: date
    parent: str = ""


class Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the posts of a team (Art. 2); an empty rank or source is one the text leaves open."""

    key: str
    label: str
    position: Literal["leader", "deputy", "first", "member"]
    source: Literal["", "region", "league", "county"] = ""
    rank: Literal["", "department", "division", "section"] = ""
    local_post: str = ""
    post_words: tuple[str, ...] = ()


class SlipUse(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which slip form (`form`, see `leave/slipforms.py`) which positions fill in; `over` is a switch of days.

    A form with `over` is for leave of more days than that switch says: the rung above in a ladder by length.
    """

    form: str
    positions: tuple[str, ...]
    over: str = ""


class LeaveType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One internal class of leave: days by which rule, and whether rest days inside it are counted."""

    code: str
    name: str
    days: str
    unit: Literal["calendar", "workday"]
    rest_days: Literal["counted", "excluded"]
    source: str
    certainty: Literal["sure", "likely", "unverified", "practice"]


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A dated rule pack; immutable, so that what was judged by it can be judged again.

    `rules` are the keys, or their beginnings (`A10-`), that hold under it (none named: all); `cites` what each cites
    where that is no article of the measure, `titles` what is called otherwise than the measure's rule, `open` what of
    its source is not certain. `carries` names the switches (`presence.`) it takes over from the first pack, which are
    then not sure. `beside` are the other packs, by id; `team` stands before a position on paper. `later` are the
    versions that follow this one, each from its own `in_force` on: days before stay with the version they were under.
    """

    id: str
    title: str
    basis: Basis
    in_force: date
    team: str
    slips: tuple[SlipUse, ...]
    slots: tuple[Slot, ...] = ()
    leave_types: tuple[LeaveType, ...] = ()
    switches: dict[str, Switch] = {}
    rules: tuple[str, ...] = ()
    cites: dict[str, str] = {}
    titles: dict[str, str] = {}
    open: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    version: int = 1
    later: tuple["Policy", ...] = ()
    ignored: tuple[Problem, ...] = ()
    beside: dict[str, "Policy"] = {}
    course: "Course | None" = None

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Policy":
        """Return the policy of a parsed pack; raises Trouble when the file is not one."""
        try:
            parts = {name: part for name, part in data.items() if name != "settings"}
            switches = dict(_flatten("", data.get("settings", {})))
            policy = msgspec.convert({**parts, "switches": {}}, cls)
            read = {key: msgspec.convert({**values, "key": key}, Switch) for key, values in switches.items()}
        except (msgspec.ValidationError, TypeError) as error:
            raise Trouble(f"规则文件{tomltext.misfit(error)}，请换用随程序提供的规则文件") from error
        for switch in read.values():
            if (wrong := misfit(switch)) is not None:
                raise Trouble(f"规则文件中“{switch.key}”的取值不对：{wrong}，请换用随程序提供的规则文件")
        return msgspec.structs.replace(policy, switches=read)

    def carrying(self, first: "Policy") -> "Policy":
        """Return the pack with what it carries over from the first pack, marked as not sure."""
        if not self.carries:
            return self
        switch_by_key = {
            key: msgspec.structs.replace(one, sure=False, why=f"沿用2018年办法的口径，待核：{one.why}")
            for key, one in first.switches.items()
            if key.startswith(self.carries)
        }
        leave_types = self.leave_types or first.leave_types
        return msgspec.structs.replace(self, switches={**switch_by_key, **self.switches}, leave_types=leave_types)

    def under(self, pack: str) -> "Policy":
        """Return the policy of a pack: this one, or one in force beside it."""
        return self.beside.get(pack, self)

    def on(self, day: date) -> "Policy":
        """Return the policy in force on a day, ahead or behind; days before the measure are read as its first."""
        if self.course is None or not self.course.starts:
            return self
        return self.course.on(max(day, self.course.base.in_force))

    def at_due(self, due_by: Callable[["Policy"], date]) -> tuple["Policy", date]:
        """Return the policy in force on the day something falls due, and that day.

        A ruling may move the very day: it is reckoned first as this policy has it, then as it is ruled for that day.
        """
        due = due_by(self)
        then = self.on(due)
        return then, due if then is self else due_by(then)

    def due_in(self, year: int, yearday: str) -> tuple["Policy", date]:
        """Return the policy in force on the day of a year that a switch says, and that day."""
        return self.at_due(lambda then: then.yearday(yearday, year))

    def due_after(self, start: date, days: str) -> date:
        """Return the day that lies a switch's number of days after another, as is ruled for it."""
        return self.at_due(lambda then: start + timedelta(days=then.number(days)))[1]

    def with_pack(self, other: "Policy") -> "Policy":
        """Return this policy with one of its packs, or itself, in another reading."""
        if other.id == self.id:
            return msgspec.structs.replace(other, beside=self.beside)
        return msgspec.structs.replace(self, beside={**self.beside, other.id: other})

    def slip_for(self, position: str, days: float = 0) -> str:
        """Return the slip form for a position and a leave of so many days; the last one for unheard-of positions."""
        fitting = [one for one in self.slips if position in one.positions] or list(self.slips[-1:])
        long = [one for one in fitting if one.over and days > self.number(one.over)]
        return (long or [one for one in fitting if not one.over])[-1].form

    def climbs_to(self, form: str, position: str) -> bool:
        """Tell whether a form is on the ladder of a position, whatever the length of leave."""
        return any(one.form == form and position in one.positions for one in self.slips)

    def holds(self, rule: str) -> bool:
        """Tell whether a rule holds under this pack."""
        return not self.rules or rule.startswith(self.rules)

    def cite(self, rule: str, article: int) -> str:
        """Return what a rule rests on: 管理办法第九条, or what the pack says of it."""
        if not self.rules:
            return f"管理办法{article_words(article)}"
        value = next((text for key, text in self.cites.items() if rule.startswith(key)), "")
        return value or f"《{self.basis.title}》（条款待核）"

    def switch(self, key: str) -> Switch:
        """Return a switch; raises Trouble when the pack lacks it."""
        if key not in self.switches:
            raise Trouble(f"规则文件“{self.title}”缺少“{key}”一项，请换用与程序相配的规则文件")
        return self.switches[key]

    def number(self, key: str) -> int:
        """Return a number."""
        return int(self._of(key, "number"))

    def choice(self, key: str) -> str:
        """Return the code of a choice."""
        return str(self._of(key, "choice"))

    def flag(self, key: str) -> bool:
        """Return yes or no."""
        return bool(self._of(key, "flag"))

    def day(self, key: str) -> date:
        """Return a date."""
        return date.fromisoformat(str(self._of(key, "date")))

    def month(self, key: str) -> str:
        """Return a month as YYYY-MM."""
        return str(self._of(key, "month"))

    def yearday(self, key: str, year: int) -> date:
        """Return the day MM-DD of a year."""
        return date.fromisoformat(f"{year}-{self._of(key, 'yearday')}")

    def several(self, key: str) -> tuple[str, ...]:
        """Return the chosen codes, or the free words, of a list in their order."""
        return tuple(part for part in str(self._of(key, "several", "words")).split(",") if part)

    def _of(self, key: str, *types: str) -> Value:
        switch = self.switch(key)
        if switch.type not in types:
            raise TypeError(f"{key} is a {switch.type}, not a {types[0]}")
        return switch.value


def _flatten(prefix: str, tables: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for name, table in tables.items():
        key = f"{prefix}{name}"
        if not isinstance(table, Mapping):
            raise TypeError(f"{key} is not a table")
        if "value" in table:
            yield key, table
        else:
            yield from _flatten(f"{key}.", table)


def what_if(policy: Policy, key: str, text: str, paper: str = "") -> Policy | Problem:
    """Return the policy with one switch set for every day to a value given as text, or the Problem why not."""
    switch = policy.switches.get(key)
    if switch is None:
        return Problem(
            code="ruling.unknown", sentence=f"办法解释：没有“{key}”这一口径项", fields=("switch",), article=20
        )
    if not switch.switch:
        sentence = f"办法解释：“{switch.question}”由办法原文规定，不能以口径更改"
        return Problem(code="ruling.fixed", sentence=sentence, fields=("switch",), article=switch.article)
    value = parse_value(switch, text.strip())
    ruled = msgspec.structs.replace(switch, value=value, paper=paper)
    if (wrong := misfit(ruled)) is not None:
        sentence = f"办法解释：“{switch.question}”取值{wrong}"
        return Problem(code="ruling.value", sentence=sentence, fields=("value",), article=20)
    return msgspec.structs.replace(policy, switches={**policy.switches, key: ruled}, course=None)


def set_to(policy: Policy, values: Mapping[str, str]) -> Policy:
    """Return the policy with kept values in the place of its own; keys and values it does not know stay as they are.

    For months closed earlier: figures of the measure itself come back with the open questions. What is set holds on
    every day; a policy that has those values already goes on as it is.
    """
    switches = dict(policy.switches)
    for key, text in values.items():
        if key in switches:
            switch = msgspec.structs.replace(switches[key], value=parse_value(switches[key], text))
            switches[key] = switch if misfit(switch) is None else switches[key]
    if switches == policy.switches:
        return policy
    return msgspec.structs.replace(policy, switches=switches, course=None)


def with_rulings(policy: Policy, rulings: Iterable[Ruling], on: date) -> Policy:
    """Return the policy as the region office's rulings shape it on a day (Art. 20), and all other days with it.

    Of several rulings on one switch that apply on the day, the one that applies from the latest day decides, then
    the one ruled latest. Values that do not fit are left out and reported in `ignored`.
    """
    own = applying((one for one in rulings if pack_of(one) == policy.id), date.max)
    return Course(msgspec.structs.replace(policy, course=None), tuple(own)).on(on)


class Course(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A policy through time: `base` is a pack with its later versions, `rulings` all that were ever made, in order."""

    base: Policy
    rulings: tuple[Ruling, ...]
    shaped: dict[int, Policy] = {}

    @cached_property
    def starts(self) -> list[date]:
        """Return the days on which something changes, in this pack or in one beside it."""
        beside = [start for one in self.base.beside.values() if one.course is not None for start in one.course.starts]
        return sorted({*map(_starts, self.rulings), *(one.in_force for one in self.base.later), *beside})

    def on(self, day: date) -> Policy:
        """Return the policy of a day, made once for all days between two changes."""
        place = bisect_right(self.starts, day)
        if place not in self.shaped:
            self.shaped[place] = self._shape(day)
        return self.shaped[place]

    def _shape(self, day: date) -> Policy:
        policy = self._version(day)
        ignored = list(policy.ignored)
        for ruling in (one for one in self.rulings if _starts(one) <= day and not self._overtaken(one, policy)):
            ruled = what_if(policy, ruling.switch, ruling.value, ruling.paper)
            if isinstance(ruled, Problem):
                ignored.append(ruled)
            else:
                policy = ruled
        beside = {pack: one.on(day) for pack, one in self.base.beside.items()}
        return msgspec.structs.replace(
            policy,
            ignored=tuple(ignored),
            beside=beside,
            course=self,
            later=(),
            # The programme began when its first version did: what a later one says is no other beginning.
            in_force=self.base.in_force,
        )

    def _version(self, day: date) -> Policy:
        return next((one for one in reversed(self.base.later) if one.in_force <= day), self.base)

    def _overtaken(self, ruling: Ruling, version: Policy) -> bool:
        """Tell whether a version that came after a ruling says something else of its switch than the one before."""
        was = self._version(_starts(ruling))
        if was.version >= version.version:
            return False
        before, now = (one.switches.get(ruling.switch) for one in (was, version))
        return before is None or now is None or before.value != now.value


def applying(rulings: Iterable[Ruling], on: date) -> list[Ruling]:
    """Return the rulings in force on a day in the order in which each overrides those before it."""
    live = [ruling for ruling in rulings if not ruling.deleted and _starts(ruling) <= on]
    return sorted(live, key=lambda item: (_starts(item), item.ruled or date.min, item.paper, item.value))


def _starts(ruling: Ruling) -> date:
    return ruling.applies or ruling.ruled or date.min
