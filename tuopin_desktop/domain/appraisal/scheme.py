"""The scoring scheme: items, weights, vetoes, grades and quota as data of a year, never in code (A15-1)."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, Literal

import msgspec

from tuopin_desktop.domain import tomltext
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import choices, dutychoices

Subject = Literal["member", "team"]
Source = Literal["attendance", "results", "summary", "third_party", "democratic", "survey"]
How = Literal["findings", "months", "marks", "score", "ballots"]
By = Literal["findings", "leave", "case", "not_found", "incident", "team"]
Level = Literal["excellent", "competent", "basic", "unfit", "none"]

SOURCES: Mapping[str, str] = {
    "attendance": "考勤",
    "results": "考绩",
    "summary": "工作总结",
    "third_party": "第三方评估",
    "democratic": "民主测评",
    "survey": "民意调查",
}
"""The six sources of Art. 15."""

_CODES: Mapping[str, Collection[str]] = {
    "leave": choices.LEAVE_TYPE.labels,
    "case": dutychoices.TRIGGER.labels,
    "not_found": ("spot_check", "own_check"),
    "incident": dutychoices.CLAUSE.labels,
    "team": choices.GRADE.labels,
}
"""The codes a veto may name, by the sort of records it looks at."""

TIMES: Mapping[str, str] = {"routine": "平时", "annual": "年度"}
NO_GRADE = "不确定等次"


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One item: whom it scores, from which of the six sources, how many points, and how they are earned or lost.

    `deduct` maps a verdict (red, amber, suspected) to the points each finding of `rules` costs.
    """

    key: str
    label: str
    subject: Subject
    source: Source
    time: Literal["routine", "annual"]
    article: int
    points: Decimal
    how: How
    rules: tuple[str, ...] = ()
    deduct: dict[str, Decimal] = {}


class Grading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"least": "from"}):
    """A grade and the points from which it may be proposed."""

    code: Level
    least: Decimal


class Veto(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What caps a member's grade whatever the points: so many records of one sort (`by`) in the year.

    `findings` are those of `rules` with such `verdicts`; of the others `of` names the codes that count (leave types,
    triggers, kinds of checks, clauses, grades of the team), none meaning all of them. Leave weighs by its days and
    strikes above `over_percent` of the year's. `positions` limits it to some of a team; `source` is where it is
    written, when not in the measure's own article; `on` is false for what an office may take up.
    """

    label: str
    cap: Level
    article: int
    by: By = "findings"
    rules: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    count: int = 1
    over_percent: Decimal | None = None
    source: str = ""
    on: bool = True

    def unsound(self) -> str:
        """Return what is wrong with it, or ""."""
        if self.by == "findings" and not (self.rules and self.verdicts):
            return f"“{self.label}”应列出规则和结论"
        if (self.by == "leave") != (self.over_percent is not None):
            return f"“{self.label}”：请假按over_percent（占全年的百分数），其他按count（次数）"
        known_names = _CODES.get(self.by, ())
        strange = [code for code in self.of if code not in known_names]
        strange += [code for code in self.positions if code not in choices.POSITION.labels]
        if strange:
            return f"“{self.label}”中没有这样的代码：{'、'.join(strange)}"
        return "" if self.count >= 1 else f"“{self.label}”的次数应不小于1"


class Quota(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many may be excellent: per cent of a pool; 0 sets none (Q35). `source` is where that is written."""

    percent: Decimal
    pool: Literal["all", "rank"]
    rounding: Literal["down", "nearest", "up"]
    source: str = ""


class Columns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The columns of a ballot and what each is worth of 100; columns beyond the values are left out of the mean."""

    columns: tuple[str, ...]
    values: tuple[Decimal, ...]


class Scheme(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One scheme; `official` is false for the shipped example, and every print says so.

    A later `edition` goes before an earlier one. A year keeps the scheme that its grades were decided by, so whatever
    changes points or grades is a scheme of another id. `unregistered` is what a month counts for whose attendance is
    not registered well enough to tell, in items by months; None leaves it out, so that it cannot cost a point.
    """

    id: str
    title: str
    edition: int = 1
    official: bool
    note: str
    first_year: int
    last_year: int
    items: tuple[Item, ...]
    levels: tuple[Grading, ...]
    words: dict[str, dict[str, str]]
    vetoes: tuple[Veto, ...]
    quota: Quota
    ballots: dict[str, Columns]
    unregistered: Decimal | None = None

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Scheme":
        """Return the scheme of a parsed file; raises Trouble in words when it is not a sound one."""
        try:
            scheme = msgspec.convert(data, cls, strict=False)
        except msgspec.ValidationError as error:
            raise Trouble(f"考核评分表{tomltext.misfit(error)}，请按示例的格式更正。") from error
        if wrong := scheme.unsound():
            raise Trouble(f"考核评分表“{scheme.title}”不对：{wrong}，请更正。")
        return scheme

    def unsound(self) -> str:
        """Return what is wrong with the scheme, or ""."""
        for subject in ("member", "team"):
            named = [item.key for item in self.items if item.subject == subject]
            if len(set(named)) != len(named):
                return f"{subject}有同名的评分项"
            columns = self.ballots.get(subject)
            if columns is None or not 2 <= len(columns.columns) <= 9 or len(columns.values) > len(columns.columns):
                return f"{subject}测评票的栏目应为2至9栏，折算分不多于栏数"
        floors = [level.least for level in self.levels]
        if not floors or floors != sorted(floors, reverse=True) or floors[-1] > 0:
            return "等次界线应从高到低，最低一等从0分起"
        needs = [item.label for item in self.items if item.how in ("findings", "months") and not item.rules]
        if any(item.points <= 0 for item in self.items) or needs:
            return "分值应大于0，按检查结论得分的项应列出规则"
        if self.unregistered is not None and not 0 <= self.unregistered < 1:
            return "没有登记考勤的月份（unregistered）应为0至不足1"
        if wrong := next(filter(None, (veto.unsound() for veto in self.vetoes)), ""):
            return wrong
        return "" if "default" in self.words and "team" in self.words else "缺少等次的叫法"

    def of(self, subject: Subject) -> tuple[Item, ...]:
        """Return the items for members or for teams."""
        return tuple(item for item in self.items if item.subject == subject)

    def full(self, subject: Subject) -> Decimal:
        """Return the most points a subject can have."""
        return sum((item.points for item in self.of(subject)), Decimal(0))

    def word(self, code: str, vocabulary: str) -> str:
        """Return a grade in the words of a personnel status (`servant`, `institution` ...) or of teams."""
        values = self.words.get(vocabulary) or self.words["default"]
        return NO_GRADE if code == "none" else values.get(code, code)
