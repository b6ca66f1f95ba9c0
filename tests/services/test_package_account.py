"""What a package says of itself and of what it did: every sentence of the account, parts, labels and refusals."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.services.exchangers import COUNTY, NEIGHBOUR, REGION, all_closed, found, join, names, people, region, send
from tuopin_desktop.domain.change import Aside
from tuopin_desktop.domain.exchange.arrival import News, Outcome
from tuopin_desktop.domain.exchange.parcel import Refusal
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.exchange.accounts import ImportAccount
from tuopin_desktop.services.office import stations

QUIET: dict[str, Any] = {
    "new": 0,
    "again": 0,
    "sources": (),
    "kinds": {},
    "samples": (),
    "lost": (),
    "oldest": 0,
    "newest": 0,
}
HEAD = "翁牛特旗第3号数据包（2018-06-04 09:00）："


def said(outcome: dict[str, Any] | None = None, **more: Any) -> list[str]:
    """Return the account of an import of which only this is known."""
    about = {
        "name": "x",
        "office": COUNTY,
        "number": 3,
        "made": "2018-06-04 09:00",
        "receipt": "",
        "refused": (),
        "missing": {},
        "outcome": Outcome(**{**QUIET, **(outcome or {})}),
        **more,
    }
    return packages.account(ImportAccount(**about))


def test_an_import_that_brings_nothing_is_one_line() -> None:
    assert said({"again": 7}) == [f"{HEAD}新增0条，已有7条。"]


@pytest.mark.parametrize(
    ("outcome", "more", "line"),
    [
        ({"kinds": {"person": News(2, 1, 9)}}, {}, "人员：新记录2个，改动1个"),
        (
            {"lost": (("person:150426/a", "name"), ("person:150426/a", "sex"))},
            {},
            "有2处两边都改过，两个值都保留，请逐处确认。",
        ),
        (
            {"aside": 4},
            {},
            "以自治区办公室的数据为准，放下本机原存的另一个版本4条（收包前的备份里还有）。请写这些内容的电脑重新制作数据包。",
        ),
        ({"forked": ("a.1.15",)}, {}, "本机的数据文件夹曾被复制到别处使用，本机后来的修改已改用新编号，没有丢失。"),
        ({}, {"refused": (Refusal(era=1, number=5, why="签名不符"),)}, "对方没有收下本机第5号包：签名不符"),
        ({}, {"lacking": ("缺3条",)}, "本机数据曾恢复为旧备份：缺3条，对方下一个数据包会补齐。"),
        ({}, {"idle": ("不计入的2条",)}, "不计入的2条"),
        ({}, {"samples": ("人员张三的姓名：甲改为乙",)}, "人员张三的姓名：甲改为乙"),
        ({}, {"closed": ("2018年7月已结账",)}, "2018年7月已结账"),
        ({}, {"clocks": ("时钟不可信",)}, "时钟不可信"),
        (
            {"altered": ("leave_slip:150426/a",)},
            {},
            "改动了已签字的报备单1张（改动不算数），见“检查”中的签字后不改、定稿后不改。",
        ),
        (
            {"altered": ("meeting:150426/a", "meeting:150426/b")},
            {},
            "改动了已定稿的登记2条（没有更正原因），见“检查”中的签字后不改、定稿后不改。",
        ),
        (
            {"altered": ("meeting:150426/a", "leave_slip:150426/b", "leave_slip:150426/c")},
            {},
            "改动了已签字的报备单2张（改动不算数）、已定稿的登记1条（没有更正原因），见“检查”中的签字后不改、定稿后不改。",
        ),
    ],
    ids=lambda value: next(iter(value), "") if isinstance(value, dict) else "",
)
def test_each_part_of_an_account_has_its_sentence(outcome: dict[str, Any], more: dict[str, Any], line: str) -> None:
    assert said(outcome, **more) == [f"{HEAD}新增0条，已有0条。", f"    {line}"]


def test_a_kind_this_program_does_not_know_is_no_code() -> None:
    line = said({"kinds": {"moon_phase": News(1, 0, 1)}})[1]
    assert line.endswith("：新记录1个，改动0个")
    assert "moon" not in line


def aside(number: int) -> Aside:
    key = f"attendance:{COUNTY}/a/2018-{number:02d}"
    return Aside(
        key=key,
        field="d01",
        value="x",
        why="不是考勤符号",
        by="某人",
        office=COUNTY,
        at=0,
        feed="x.1.150426",
        seq=1,
        fault=True,
    )


def test_what_does_not_count_is_told_twenty_at_a_time() -> None:
    many = Outcome(**QUIET, uncounted=tuple(aside(number) for number in range(1, 23)))
    lines = packages.uncounted_words(many)
    assert lines[0] == "有22处没有采用（已存档，不影响其余内容），详见“两边不一致”（另有2处）："
    assert len(lines) == 21
    assert all("翁牛特旗" in line and "不是考勤符号" in line and line.endswith("。") for line in lines[1:])
    few = packages.uncounted_words(msgspec.structs.replace(many, uncounted=many.uncounted[:20]))
    assert few[0] == "有20处没有采用（已存档，不影响其余内容），详见“两边不一致”："
    assert len(few) == 21
    assert packages.uncounted_words(Outcome(**QUIET)) == []


def test_a_package_says_whose_it_is_to_whom_and_how_much(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲", "乙")
    heard: list[tuple[int, int]] = []
    (made,) = packages.make(county, REGION, tmp_path / "out", progress=lambda *step: heard.append(step))
    assert heard[-1] == (made.changes, made.changes)
    assert made.size == made.path.stat().st_size
    assert made.path.name == f"翁牛特旗报自治区第{made.number}包.zip"
    shown = packages.show(root, made.path)
    assert (shown.known, shown.shut, shown.closed) == (True, False, "")
    assert shown.header is not None
    assert (shown.header.office, shown.header.to, shown.header.number) == (COUNTY, REGION, made.number)
    assert shown.label["Tuopin-Changes"] == str(made.changes)
    assert shown.station == county.store.identity.station
    all_closed(root, county)


def test_parts_are_complete_packages_that_follow_each_other(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    people(county, *(f"人{number}" for number in range(8)))
    packages.make(county, REGION, tmp_path / "whole")
    parts = packages.make(county, REGION, tmp_path / "parts", part_bytes=1)
    assert [one.number for one in parts] == list(range(parts[0].number, parts[0].number + len(parts)))
    whole = packages.make(county, REGION, tmp_path / "again")
    assert sum(one.changes for one in parts) == whole[0].changes
    for one in parts:
        packages.take(root, one.path)
    assert len(names(root)) == 8
    again = packages.take(root, whole[0].path)
    assert again.outcome.new == 0
    assert again.backup is None, "nothing new, no copy"
    all_closed(root, county)


def test_everything_passes_over_the_receipts(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    first = packages.take(root, send(county, REGION, tmp_path))
    assert first.backup is not None
    assert first.backup.exists()
    packages.take(county, send(root, COUNTY, tmp_path))
    (short,) = packages.make(county, REGION, tmp_path)
    (whole,) = packages.make(county, REGION, tmp_path, everything=True)
    assert short.changes == 0
    assert whole.changes >= 2
    all_closed(root, county)


def refusal(work: Any, *args: Any, **more: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        work(*args, **more)
    (problem,) = refused.value.problems
    return problem.code, problem.sentence


def test_packages_for_nobody_for_others_and_of_no_authority_are_refused_in_words(tmp_path: Path) -> None:
    root, county, other = region(tmp_path / "15"), found(tmp_path / "c", COUNTY), found(tmp_path / "n", NEIGHBOUR)
    stations.card(county)
    assert refusal(packages.make, county, REGION, tmp_path)[0] == "unauthorised"
    for desk in (county, other):
        join(root, desk, tmp_path)
    code, sentence = refusal(packages.make, root, "150422", tmp_path)
    assert (code, sentence.endswith("还没有经授权的电脑，不能给它制作数据包")) == ("nobody", True)
    people(county, "甲")
    package = send(county, REGION, tmp_path)
    assert refusal(packages.take, other, package)[0] == "damaged"  # sealed to the region: it cannot be opened here
    shown = packages.show(other, package)
    assert (shown.header, shown.known) == (None, True)
    assert shown.closed
    assert refusal(packages.follow, root, package) == (
        "follow",
        "只能以自治区工作队管理办公室的数据包为准，这个数据包不是它制作的，没有收下",
    )
    assert names(root) == []
    all_closed(root, county, other)


def test_a_refused_package_is_told_to_whoever_made_it(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    send(county, REGION, tmp_path)  # lost on its way
    first = packages.make(county, REGION, tmp_path / "one", everything=True)[0]
    packages.take(root, first.path)
    packages.take(county, send(root, COUNTY, tmp_path))
    people(county, "乙")
    packages.undo(root)
    (gap,) = packages.make(county, REGION, tmp_path)
    assert refusal(packages.rehearse, root, gap.path)[0] == "gap"
    assert refusal(packages.take, root, gap.path)[0] == "gap"
    answer = packages.take(county, send(root, COUNTY, tmp_path))
    assert [one.number for one in answer.refused] == [gap.number]
    assert any("对方没有收下本机第" in line for line in packages.account(answer))
    all_closed(root, county)
