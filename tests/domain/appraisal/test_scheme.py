"""The scoring scheme is data: the shipped example is sound and no official one, a wrong one says what is wrong."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tuopin_desktop.domain.appraisal.scheme import SOURCES, Scheme
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.rules import RULES

SECOND = Path(__file__).parents[3] / "resources" / "schemes" / "2018-example-2.toml"
EXAMPLE = Path(__file__).parents[3] / "resources" / "schemes" / "2018-example.toml"


def parsed() -> dict[str, Any]:
    return tomllib.loads(EXAMPLE.read_text(encoding="utf-8"), parse_float=Decimal)


def second() -> dict[str, Any]:
    """Return the second edition, laid over the first."""
    data = tomllib.loads(SECOND.read_text(encoding="utf-8"), parse_float=Decimal)
    return {**parsed(), **{key: value for key, value in data.items() if key != "base"}}


def test_the_shipped_scheme_adds_up_to_a_hundred_and_says_it_is_an_example() -> None:
    scheme = Scheme.read(parsed())
    assert scheme.full("member") == scheme.full("team") == 100
    assert not scheme.official
    assert "示例" in scheme.title
    assert "不是官方规定" in scheme.note


def test_the_six_sources_of_article_15_all_count_for_members_and_teams() -> None:
    scheme = Scheme.read(parsed())
    for subject in ("member", "team"):
        assert {item.source for item in scheme.of(subject)} == set(SOURCES)
        assert {item.time for item in scheme.of(subject)} == {"routine", "annual"}


def test_grades_are_called_by_personnel_status() -> None:
    scheme = Scheme.read(parsed())
    assert [scheme.word("competent", status) for status in ("servant", "institution", "team")] == [
        "称职",
        "合格",
        "良好",
    ]
    assert scheme.word("none", "team") == "不确定等次"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: data["items"][0].update(points=0), "分值应大于0"),
        (lambda data: data["items"][0].update(rules=[]), "应列出规则"),
        (lambda data: data["items"].append(data["items"][0]), "同名的评分项"),
        (lambda data: data["levels"].reverse(), "从高到低"),
        (lambda data: data["ballots"]["member"].update(columns=["好"]), "2至9栏"),
        (lambda data: data["items"][0].update(weight=3), r"有程序不认识的项目〔weight〕（在〔items\[0\]〕）"),
        (lambda data: data.pop("quota"), "缺少〔quota〕"),
    ],
)
def test_a_wrong_scheme_says_what_is_wrong(spoil: Any, words: str) -> None:
    data = parsed()
    spoil(data)
    with pytest.raises(Trouble, match=words):
        Scheme.read(data)


@pytest.mark.parametrize("data", [parsed(), second()])
def test_vetoes_name_rules_that_exist(data: dict[str, Any]) -> None:
    scheme = Scheme.read(data)
    known = {rule.key for rule in RULES}
    assert {rule for veto in scheme.vetoes for rule in veto.rules} <= known


def test_the_second_edition_changes_vetoes_alone_and_is_an_example_too() -> None:
    first, other = Scheme.read(parsed()), Scheme.read(second())
    assert (other.items, other.levels, other.words) == (first.items, first.levels, first.words)
    assert (other.edition, other.official) == (2, False)
    assert "示例" in other.title
    assert {veto.by for veto in other.vetoes} == {"findings", "leave", "case", "not_found", "incident", "team"}
    assert [veto.by for veto in other.vetoes if not veto.on] == ["team"]
