"""Matters in the annual report (Art. 12, 19): each with its level and answer, and how many of which kind by team."""

from collections import defaultdict
from collections.abc import Iterable

from tuopin_desktop.documents.official import Column
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.records import Matter
from tuopin_desktop.domain.records.dutychoices import MATTER, MATTER_LEVEL
from tuopin_desktop.services.reporting.annextable import TOTAL, AnnexTable, Row, number, summed
from tuopin_desktop.services.reporting.year import YearFacts

_KINDS = ("matter", "county")
_COUNTY_CODE = 6


def _raised(year: YearFacts) -> list[Matter]:
    """Return the year's matters by kind of matter, place and day."""
    kinds = list(MATTER.labels)
    matters = [one for one in year.dated("matter", "raised") if isinstance(one, Matter)]
    return sorted(matters, key=lambda one: (kinds.index(one.type), ids.owner(one.id), str(one.raised), one.id))


def _place(one: Matter, year: YearFacts) -> str:
    owner = ids.owner(one.id)
    return year.facts.county_name(owner) if len(owner) == _COUNTY_CODE else "自治区办公室、盟市"


def _course(one: Matter, year: YearFacts) -> str:
    """Return how a matter stands on the report's last day: its answer, and when it came or was closed."""
    day = one.closed if one.closed and one.closed <= year.on else None
    answered = one.answered if one.answered and one.answered <= year.on else None
    dated = f"（{day.isoformat()}办结）" if day else f"（{answered.isoformat()}答复）" if answered else ""
    text = " ".join(one.answer.split())
    return (text or ("" if dated else "尚无答复或采用情况登记")) + dated


def _told(year: YearFacts) -> Iterable[Row]:
    for one in _raised(year):
        goal = " ".join(part for part in (MATTER_LEVEL.word(one.level), one.receiver) if part)
        raised = one.raised.isoformat() if one.raised else ""
        yield MATTER.word(one.type), _place(one, year), one.name, raised, goal, _course(one, year)


def _whole(year: YearFacts) -> Row:
    return (TOTAL, "", f"{len(_raised(year))}件", "", "", "")


def _by_team(year: YearFacts) -> Iterable[Row]:
    teams: dict[str, list[Matter]] = defaultdict(list)
    for one in _raised(year):
        teams[ids.owner(one.id)].append(one)
    for _, own in sorted(teams.items()):
        yield _place(own[0], year), *(sum(one.type == kind for one in own) for kind in MATTER.labels), len(own)


MATTERS = (
    AnnexTable(
        "matter_list",
        "重要事项、调研和宣传报道",
        (
            Column("类别", 24, "center"),
            Column("单位", 26),
            Column("标题", 42),
            Column("提出日期", 28, "center"),
            Column("报送对象或媒体", 26),
            Column("答复或采用情况", 44),
        ),
        _KINDS,
        _told,
        _whole,
        optional=True,
    ),
    AnnexTable(
        "team_matters",
        "各工作总队重要事项和宣传报道件数",
        (Column("单位", 42), *(number(label, 20) for label in MATTER.labels.values()), number("合计", 16)),
        _KINDS,
        _by_team,
        summed(_by_team, 1, len(MATTER.labels) + 2),
        optional=True,
        note="注：宣传报道按登记的刊播日期计（第十九条），其余按提出日期计（第十二条第五项）。",
    ),
)
"""The register of matters as the report reuses it: nothing is typed a second time."""
