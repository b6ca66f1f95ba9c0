"""A form definition says everything a window needs, and one that cannot be printed is refused with reasons."""

import re
import tomllib
from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from tests.documents.conftest import FORMS
from tuopin_desktop.documents.definition import Definition
from tuopin_desktop.documents.form import Form, check, load
from tuopin_desktop.domain.problems import Trouble

SOURCE = (FORMS[2] / "form.toml").read_text("utf-8")
HEAD = ["county", "year", "month", "day", "name", "post", "place", "period", "reason", "secretary_opinion"]


def checked(source: str) -> tuple[str, ...]:
    return check(msgspec.convert(tomllib.loads(source), Definition))


def test_fields_come_in_paper_order(forms: dict[int, Form]) -> None:
    leader = [field.name for field in forms[1].fields]
    assert leader == [
        *HEAD, "secretary_sign", "office_opinion", "office_sign", "handler_name", "handler_post", "handler_phone",
        "return_note",
    ]  # fmt: skip
    member = [field.name for field in forms[2].fields]
    assert member == [*HEAD, "secretary_sign", "leader_opinion", "leader_sign", "return_note"]


def test_paper_order_is_top_to_bottom(form: Form) -> None:
    assert [field.y for field in form.fields] == sorted(field.y for field in form.fields)


def test_opinions_and_signatures_are_ink_and_nothing_else(form: Form) -> None:
    assert {field.name for field in form.fields if field.ink} == {
        field.name for field in form.fields if field.name.endswith(("_opinion", "_sign"))
    }


def test_every_field_has_a_chinese_name(form: Form) -> None:
    assert [field for field in form.fields if not re.search("[\u4e00-\u9fff]", field.label)] == []
    assert len({field.label for field in form.fields}) == len(form.fields)


def test_field_boxes_lie_inside_the_type_area_and_apart(form: Form) -> None:
    for field in form.fields:
        assert field.x >= 28
        assert field.x + field.width <= 184
        assert field.y >= 37
        assert field.y + field.height <= 262
    for first, second in combinations(form.fields, 2):
        apart_across = first.x + first.width <= second.x + 1e-9 or second.x + second.width <= first.x + 1e-9
        apart_down = first.y + first.height <= second.y + 1e-9 or second.y + second.height <= first.y + 1e-9
        assert apart_across or apart_down, (first.name, second.name)


def test_both_definitions_are_sound(number: int) -> None:
    assert checked((FORMS[number] / "form.toml").read_text("utf-8")) == ()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("cols  = [31, 43, 33, 49]", "cols  = [31, 43, 33, 48]", "155毫米"),
        ("rows  = [14, 16.5,", "rows  = [14, 66.5,", "超出版心高度"),
        ('at = "r3c2:r3c4"', 'at = "r2c2:r3c4"', "重叠"),
        ('at = "r3c2:r3c4"', 'at = "r3c2:r3c3"', "第3行第4列没有单元格"),
        ('at = "r3c2:r3c4"', 'at = "r3c2:r3c5"', "不在表格内"),
        ('at = "r3c2:r3c4"', 'at = "row three"', "不在表格内"),
        ('style = "reason"', 'style = "essay"', "没有定义样式“essay”"),
        ('role = "hei"', 'role = "comic"', "不认识的字体“comic”"),
        ('field = "place"', 'field = "post"', "“post”出现了两次"),
        ('label = "外出地点"', 'label = ""', "“place”没有中文名称"),
        ('size   = "A4"', 'size   = "B5"', "不认识的纸张“B5”"),
        ("schema = 1", "schema = 9", "格式版本为9"),
    ],
)
def test_a_faulty_definition_says_what_is_wrong(before: str, after: str, words: str) -> None:
    assert before in SOURCE
    assert words in "；".join(checked(SOURCE.replace(before, after)))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SOURCE.replace("cols  = [31", "cols  = [30"), "155毫米"),
        (SOURCE.replace("valign =", "vallign ="), "无法读取"),
        (SOURCE.replace("[page]", "[page"), "无法读取"),
    ],
    ids=["does not add up", "misspelt key", "not TOML"],
)
def test_loading_a_faulty_file_is_trouble(source: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_text(source, "utf-8")
    with pytest.raises(Trouble, match=words):
        load(path)


def test_a_missing_file_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="无法读取"):
        load(tmp_path / "form.toml")
