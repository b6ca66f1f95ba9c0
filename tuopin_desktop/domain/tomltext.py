"""A file of settings or texts that a person may edit (TOML): read as editors save it, and its fault said in words."""

import re
from collections.abc import Callable
from typing import Any

NOT_UTF8 = "不是 UTF-8 编码，请用记事本打开，“另存为”时编码选 UTF-8，再试一次"
"""The plain editor of an older Chinese Windows saves in its code page unless it is told otherwise."""

_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_MISSING = re.compile(r"missing required field `([^`]*)`")
_AT = re.compile(r" - at `\$\.?([^`]*)`")


class Unreadable(Exception):
    """What is wrong with the text of a file, in Chinese without a full stop; its name goes before it."""


def decoded(raw: bytes) -> str:
    """Return a text with or without the mark of UTF-8 at its front; raises Unreadable."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(NOT_UTF8) from error


def read(raw: bytes, *, number: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the parsed content of a TOML file, decimal fractions as `number` makes them; raises Unreadable."""
    import tomllib  # noqa: PLC0415 start-up: the packs are mostly taken as they were read before

    try:
        return tomllib.loads(decoded(raw), parse_float=number)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise Unreadable(f"{f'第{line[1]}行' if line else '末尾'}读不懂，文件可能不完整，请按原来的格式更正") from error
    except (RecursionError, ValueError) as error:  # brackets without end, a number of a thousand digits
        raise Unreadable("内容层数或数字过大，读不懂") from error


def misfit(error: BaseException) -> str:
    """Return what is wrong with the shape of a parsed file without the library's words, and without a full stop."""
    cause = str(error)
    where = _AT.search(cause)
    place = f"（在〔{where[1]}〕）" if where and where[1] else ""
    if match := _UNKNOWN.search(cause):
        return f"有程序不认识的项目〔{match[1]}〕{place}"
    if match := _MISSING.search(cause):
        return f"缺少〔{match[1]}〕{place}"
    return f"有一项的类型不对{place}"
