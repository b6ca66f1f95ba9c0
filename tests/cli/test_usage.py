"""A command written wrongly is answered in Chinese, whatever is wrong with it."""

import re
from collections.abc import Sequence

import pytest

from tuopin_desktop.cli.parser import parser
from tuopin_desktop.cli.usage import chinese

ENGLISH = re.compile(r"\b(the|argument|required|invalid|choice|expected|usage|unrecognized|one of|not allowed)\b")


def said(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as left:
        parser().parse_args(words)
    assert left.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["list"], "缺少：KIND"),
        (["list", "moon"], "KIND 没有“moon”这一项，可用：office、"),
        (["moon"], "命令 没有“moon”这一项，可用：init、"),
        (["check", "--rules", "A09-1"], "不认识：--rules A09-1"),
        (["check", "--rule"], "--rule 后面要写一个值"),
        (["check", "--jso"], "不认识：--jso"),
        (["--today", "5月3日", "check"], "--today “5月3日”不是日期，应写成 2018-06-05 的样子"),
        (["slip", "--pdf", "a.pdf"], "必须写明其中之一：--number、--all、--blank"),
        (["slip", "--all", "--number", "2018-0001", "--pdf", "a.pdf"], "--number 不能与 --all 同时使用"),
        (["slip", "--blank", "x", "--pdf", "a.pdf"], "--blank “x”不是整数"),
        (["slip", "--blank", "4", "--pdf", "a.pdf"], "--blank 没有“4”这一项，可用：1、2、3"),
        (["import", "attendance"], "缺少：FILE"),
        (["ruling", "record", "a", "b"], "缺少：--paper、--ruled"),
        (["ruling"], "缺少：步骤"),
        (["check", "--json=1"], "--json 后面不能带值 1"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(
    words: Sequence[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = said(words, capsys)
    assert f"命令写法不对：{sentence}" in error
    assert error.startswith("用法：")
    assert "--help 看说明" in error
    assert not ENGLISH.search(error)


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["ruling", "what-if", "-h"]])
def test_the_help_is_chinese_throughout(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parser().parse_args(words)
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert "显示帮助后退出" in shown
    assert not ENGLISH.search(shown)
    assert "options" not in shown


def test_a_message_of_a_later_python_is_no_english_either() -> None:
    assert chinese("something new") == "参数不对"
    assert chinese("argument --part-mb: 应为整数") == "--part-mb 应为整数"
