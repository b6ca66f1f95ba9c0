"""The table of periods an office works by: the one it chose of those that ship, with its own changes."""

from functools import cache

import msgspec

from tuopin_desktop.domain import ids, tomltext
from tuopin_desktop.domain.archives.kinds import BY_KEY, PaperKind
from tuopin_desktop.domain.archives.periods import PaperTable, Periods
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import FilingRule
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.validate import problems, tidy
from tuopin_desktop.services.archives import settings
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk

FIRST_TABLE = "poverty"


@cache
def shipped(name: str) -> PaperTable:
    """Return a table as it ships; raises Trouble with what is wrong where somebody has edited it."""
    try:
        return msgspec.convert(library.parsed(f"archives/{name}.toml"), PaperTable)
    except msgspec.ValidationError as error:
        fault = tomltext.misfit(error)
        raise Trouble(f"期限表“{name}.toml”{fault}，请按原来的格式更正，或重新安装程序。") from error


def own_rules(desk: Desk) -> list[FilingRule]:
    """Return what this office changed of its table."""
    code = ids.private(desk.scope)
    return desk.store.rows(FilingRule, between=(f"{code}/", f"{code}0"))


def periods(desk: Desk, *others: FilingRule) -> Periods:
    """Return the rules this office works by; `others` are tried in place of its own for the same paper."""
    own = {rule.paper: rule for rule in (*own_rules(desk), *others)}
    return Periods(shipped(settings.fonds(desk).periods or FIRST_TABLE), own.values())


def rule_of(
    desk: Desk, paper: str, *, filed: str = "", period: str = "", binding: str = "", note: str = ""
) -> FilingRule:
    """Return an office's line for a kind of paper with other values; empty ones stay as they are. Raises Refused."""
    kind = paper_called(paper)
    record_id = f"{ids.private(desk.scope)}/rule-{kind.key}"
    before = desk.store.get(FilingRule, record_id) or FilingRule(id=record_id)
    rule = tidy(
        FilingRule(
            id=record_id,
            paper=kind.key,
            filed=filed or before.filed,
            period=period or before.period,
            binding=binding or before.binding,
            note=note or before.note,
        )
    )
    if faults := [*problems(rule, desk.vocabulary, practice=desk.practice, today=desk.today())]:
        raise Refused(faults)
    Periods(shipped(settings.fonds(desk).periods or FIRST_TABLE), [rule]).of(kind)
    return rule


def save_rule(desk: Desk, rule: FilingRule) -> None:
    """Write an office's line for a kind of paper."""
    desk.require(Act.ARCHIVE)
    before = desk.store.get(FilingRule, rule.id)
    new = difference(scalars(before) if before is not None else {}, scalars(rule))
    if new:
        desk.commit([Change(FilingRule.kind.name, rule.id, new)])


def paper_called(text: str) -> PaperKind:
    """Return the kind of paper by its key or name; raises Refused."""
    if text in BY_KEY:
        return BY_KEY[text]
    alike = [paper for paper in BY_KEY.values() if text and text in paper.name]
    exact = [paper for paper in alike if paper.name == text]
    if len(exact or alike) == 1:
        return (exact or alike)[0]
    names = "、".join(paper.name for paper in alike) or "用 archive periods 查看全部"
    raise refuse("archive.paper", f"没有唯一的文件种类“{text[:30]}”：{names}", "paper")
