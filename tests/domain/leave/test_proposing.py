"""What class of leave the words of a reason sound like; the words are data, and mixed reasons are left to the clerk."""

import csv
import tomllib
from pathlib import Path

import msgspec
import pytest

from tuopin_desktop.domain.leave.proposing import LeaveWords, proposed
from tuopin_desktop.domain.records.choices import LEAVE_TYPE

RESOURCES = Path(__file__).parents[3] / "resources"
WORDS = msgspec.convert(
    tomllib.loads((RESOURCES / "leavewords.toml").read_text("utf-8"))["leave"], tuple[LeaveWords, ...]
)


def test_every_class_named_is_one() -> None:
    assert {one.code for one in WORDS} <= LEAVE_TYPE.labels.keys()


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("发烧住院", "sick"),
        ("感冒 发烧，到医院就诊。", "sick"),
        ("结婚", "marriage"),
        ("本人结婚，休婚假", "marriage"),
        ("儿子结婚", "personal"),
        ("参加同事婚礼", "personal"),
        ("母亲住院，返家陪护", "personal"),
        ("家中老人身体不适，返家照料。", "personal"),
        ("岳父病故，回家奔丧", "funeral"),
        ("妻子临产", "paternity"),
        ("产检", "maternity"),
        ("女儿分娩，返家照顾", "personal"),
        ("参加区里会议", "official"),
        ("赴呼和浩特市参加扶贫干部培训", "official"),
        ("参加孩子家长会", "personal"),
        ("休年休假", "annual"),
        ("探望父母", "home"),
        ("轮休返家，处理家庭事务。", "rest"),
        ("因病住院，工作由孙队长代管", "sick"),
        ("本人到医院复查，同事陪同", "sick"),
        ("母亲因病住院", "personal"),
        ("办理计划生育手续", ""),
        ("参加会议后休年休假", ""),
        ("到自治区开会，顺便看病", ""),
        ("回家", ""),
        ("", ""),
    ],
)
def test_a_reason_sounds_like_a_class(reason: str, code: str) -> None:
    assert proposed(reason, WORDS) == code


def test_the_reasons_of_the_practice_offices_sound_like_what_they_are() -> None:
    with (RESOURCES / "demo" / "reasons.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {row["reason"]: proposed(row["reason"], WORDS) for row in rows}
    assert told == {row["reason"]: row["leave_type"] for row in rows}
