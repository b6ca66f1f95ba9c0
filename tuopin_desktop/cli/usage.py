"""argparse that speaks Chinese: usage, help and what is wrong with a command line, with what to do next."""

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

_Words = Callable[[re.Match[str]], str]

_SAID: tuple[tuple[str, _Words], ...] = (
    (r"the following arguments are required: (.+)", lambda m: f"缺少：{_listed(m[1])}"),
    (r"unrecognized arguments: (.+)", lambda m: f"不认识：{m[1]}"),
    (r"one of the arguments (.+) is required", lambda m: f"必须写明其中之一：{_listed(m[1], ' ')}"),
    (r"argument (.+?): not allowed with argument (.+)", lambda m: f"{_name(m[1])} 不能与 {_name(m[2])} 同时使用"),
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.*)\)",
        lambda m: f"{_name(m[1])} 没有“{_bare(m[2])}”这一项，可用：{_listed(m[3])}",
    ),
    (r"argument (.+?): invalid fromisoformat value: (.+)", lambda m: f"{_name(m[1])} “{_bare(m[2])}”{_DATE}"),
    (r"argument (.+?): invalid int value: (.+)", lambda m: f"{_name(m[1])} “{_bare(m[2])}”不是整数"),
    (r"argument (.+?): invalid \S+ value: (.+)", lambda m: f"{_name(m[1])} 读不懂“{_bare(m[2])}”"),
    (r"argument (.+?): expected one argument", lambda m: f"{_name(m[1])} 后面要写一个值"),
    (r"argument (.+?): expected at least one argument", lambda m: f"{_name(m[1])} 后面至少要写一个值"),
    (r"argument (.+?): expected (\d+) arguments?", lambda m: f"{_name(m[1])} 后面要写{m[2]}个值"),
    (r"argument (.+?): expected at most one argument", lambda m: f"{_name(m[1])} 后面最多写一个值"),
    (r"argument (.+?): ([^a-z]*[\u4e00-\u9fff].*)", lambda m: f"{_name(m[1])} {m[2]}"),
    (r"argument (.+?): ignored explicit argument (.+)", lambda m: f"{_name(m[1])} 后面不能带值 {_bare(m[2])}"),
)
_DATE = "不是日期，应写成 2018-06-05 的样子"


def chinese(message: str) -> str:
    """Return one of argparse's messages in Chinese; of one it may have learnt since only that something is wrong."""
    for pattern, function in _SAID:
        if (match := re.fullmatch(pattern, message, re.DOTALL)) is not None:
            return function(match)
    return message if any("\u4e00" <= char <= "\u9fff" for char in message) else "参数不对"


def _bare(quoted: str) -> str:
    return quoted.strip("'\"")


def _name(text: str) -> str:
    """Return how an option is named: of -h/--help the long form."""
    return text.rsplit("/", 1)[-1]


def _listed(text: str, mark: str = ",") -> str:
    return "、".join(_name(_bare(part.strip())) for part in text.split(mark) if part.strip())


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser for whom the clerk's language is Chinese; parsers of sub-verbs are of the same class."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("formatter_class", _Formatter)
        super().__init__(*args, **{**options, "add_help": False, "allow_abbrev": False})
        self._positionals.title, self._optionals.title = "位置参数", "选项"
        self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help="显示帮助后退出")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is, on standard error; exit with 2."""
        self.exit(2, f"{self.format_usage()}命令写法不对：{chinese(message)}。用 {self.prog} --help 看说明。\n")
