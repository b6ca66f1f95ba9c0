"""Grades follow points, caps and quota; a tie across the quota's line is shown, never broken by the program."""

from decimal import Decimal
from typing import Any

import msgspec

from tests.domain.appraisal.test_scheme import parsed
from tuopin_desktop.domain.appraisal.grading import places, propose
from tuopin_desktop.domain.appraisal.points import Appraisal, ItemPoints
from tuopin_desktop.domain.appraisal.scheme import Item, Quota, Scheme
from tuopin_desktop.domain.appraisal.vetoes import Cap


def scheme(**quota: Any) -> Scheme:
    made = Scheme.read(parsed())
    return msgspec.structs.replace(made, quota=msgspec.structs.replace(made.quota, **quota))


def appraisal(name: str, points: str | None, *caps: Cap) -> Appraisal:
    item = Item(
        key="x",
        label="实绩",
        subject="member",
        source="results",
        time="annual",
        article=15,
        points=Decimal(100),
        how="score",
    )
    scored = ItemPoints(item, None if points is None else Decimal(points), ())
    return Appraisal(subject=name, kind="member", items=(scored,), caps=caps)


def levels(appraisals: list[Appraisal], using: Scheme, pools: dict[str, str] | None = None) -> list[str | None]:
    return [one.level for one in propose(appraisals, using, pools or {})]


def test_points_decide_by_thresholds() -> None:
    people = [appraisal(str(number), points) for number, points in enumerate(("90", "89.99", "70", "60", "59.99", "0"))]
    assert levels(people, scheme()) == ["excellent", "competent", "competent", "basic", "unfit", "unfit"]


def test_missing_evidence_proposes_nothing_and_says_what_is_missing() -> None:
    (one,) = propose([appraisal("a", None)], scheme(), {})
    assert one.level is None
    assert one.reasons == ("尚缺：实绩，暂不建议等次",)


def test_a_cap_lowers_the_grade_and_never_raises_it() -> None:
    cap = Cap(label="全年有3个月不足", cap="competent", article=9)
    none = Cap(label="疑似", cap="none", article=16)
    found = propose(
        [appraisal("a", "95", cap), appraisal("b", "65", cap), appraisal("c", "95", cap, none)], scheme(), {}
    )
    assert [one.level for one in found] == ["competent", "basic", "none"]
    assert found[0].reasons == ("全年有3个月不足（第九条）",)


def test_the_quota_is_counted_over_the_pool() -> None:
    quota = Quota(percent=Decimal(20), pool="all", rounding="down")
    assert [places(285, quota), places(5, quota), places(4, quota)] == [57, 1, 0]
    up = msgspec.structs.replace(quota, rounding="up")
    assert places(4, up) == 1


def test_beyond_the_quota_the_next_are_competent_with_the_reason() -> None:
    people = [appraisal(str(number), str(99 - number)) for number in range(5)]
    found = propose(people, scheme(percent=Decimal(40)), {})
    assert [one.level for one in found] == ["excellent", "excellent", "competent", "competent", "competent"]
    assert "按得分排序未进入" in found[2].reasons[0]
    assert not any(one.tied for one in found)


def test_a_tie_across_the_line_is_left_to_the_office() -> None:
    people = [
        appraisal("a", "99"),
        appraisal("b", "95"),
        appraisal("c", "95"),
        appraisal("d", "80"),
        appraisal("e", "80"),
    ]
    found = propose(people, scheme(percent=Decimal(40)), {})
    assert [one.level for one in found] == ["excellent", "competent", "competent", "competent", "competent"]
    assert [one.rivals for one in found] == [(), ("c",), ("b",), (), ()]
    assert "有2人并列，由办公室研究确定" in found[1].reasons[0]


def test_pools_by_rank_have_their_own_places() -> None:
    people = [appraisal(name, "95") for name in "abcdefghij"]
    pools = dict.fromkeys("abcde", "division") | dict.fromkeys("fghij", "section")
    by_rank = scheme(percent=Decimal(100), pool="rank")
    assert levels(people, by_rank, pools) == ["excellent"] * 10
    found = propose(
        [*people[:5], appraisal("z", "99")], scheme(percent=Decimal(20), pool="rank"), {**pools, "z": "section"}
    )
    assert found[-1].level == "competent", "20% of a pool of one is no place"
    assert all(one.tied for one in found[:5])


def test_the_order_in_which_people_come_decides_nothing() -> None:
    points = {"a": "91", "b": "99", "c": "95", "d": "95", "e": "97"}
    using = scheme(percent=Decimal(60))
    ways = [sorted(points), sorted(points, reverse=True), ["c", "e", "a", "d", "b"]]
    said = [
        {one.appraisal.subject: (one.level, sorted(one.rivals), one.reasons) for one in propose(people, using, {})}
        for people in ([appraisal(name, points[name]) for name in way] for way in ways)
    ]
    assert said[0] == said[1] == said[2]
    assert {name: level for name, (level, _, _) in said[0].items()} == {
        "a": "competent",
        "b": "excellent",
        "c": "competent",
        "d": "competent",
        "e": "excellent",
    }
    assert [said[0][name][1] for name in "acd"] == [[], ["d"], ["c"]]
    assert said[0]["a"][2] == ("优秀名额3个（5人的60%），按得分排序未进入",)
    assert said[0]["c"][2] == ("优秀名额3个（5人的60%），95分处有2人并列，由办公室研究确定",)
