"""The table of retention periods (保管期限表): what ships as data, and what an office changed of it."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from tuopin_desktop.domain.archives.kinds import BY_KEY, PAPERS, PaperKind, Unit
from tuopin_desktop.domain.archives.subjects import YEARLY
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import FilingRule


class PaperRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a table says of one kind of paper; `filed` false needs no period. `changed`: this office's own."""

    key: str
    filed: bool
    period: Literal["", "Y", "D30", "D10"] = ""
    binding: Literal["item", "volume"] = "item"
    reason: str
    certainty: Literal["待核", "已核"]
    changed: bool = False


class PaperTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table by its title and basis, with a rule for each kind of paper."""

    title: str
    basis: str
    paper: tuple[PaperRule, ...]


class Periods:
    """The rules an office works by: those of a table with the office's own changes."""

    def __init__(self, table: PaperTable, own: Iterable[FilingRule] = ()) -> None:
        self.title, self.basis = table.title, table.basis
        self._rules: dict[str, PaperRule] = {rule.key: rule for rule in table.paper}
        for change in own:
            self._change(change)

    def _change(self, change: FilingRule) -> None:
        rule = self._rules.get(change.paper)
        if rule is None:
            rule = PaperRule(key=change.paper, filed=False, reason="", certainty="待核")
        self._rules[change.paper] = msgspec.structs.replace(
            rule,
            filed=change.filed == "yes" if change.filed else rule.filed,
            period=change.period or rule.period,
            binding=change.binding or rule.binding,
            reason=change.note or rule.reason,
            certainty="已核" if change.note else rule.certainty,
            changed=True,
        )

    def of(self, paper: PaperKind) -> PaperRule:
        """Return the rule of a kind; raises Refused with its name where there is none: no period is ever guessed."""
        rule = self._rules.get(paper.key)
        if rule is None or (rule.filed and not rule.period):
            sentence = f"期限表中没有“{paper.name}”的归档规定，请先在“归档配置”里定它是否归档、保管多久"
            raise refuse("archive.rule", sentence, "period")
        return rule

    def unit(self, paper: PaperKind) -> Unit:
        """Return what one 件 of a kind is here."""
        return YEARLY if self.of(paper).binding == "volume" and paper.unit in ("record", "month") else paper.unit

    @property
    def rules(self) -> list[tuple[PaperKind, PaperRule]]:
        """Every kind with its rule, in the order of filing; raises Refused for the first without one."""
        return [(paper, self.of(paper)) for paper in PAPERS]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The names of the kinds without a rule."""
        return tuple(
            paper.name
            for paper in PAPERS
            if (rule := self._rules.get(paper.key)) is None or (rule.filed and not rule.period)
        )


def unknown_keys(table: PaperTable) -> list[str]:
    """Return keys of a table that are no kind of paper here."""
    return [rule.key for rule in table.paper if rule.key not in BY_KEY]
