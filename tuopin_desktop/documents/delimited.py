"""Delimited text (.csv, .txt) as offices save it: any Chinese encoding, any mark between cells, numbers guarded."""

import csv
import re
from collections import Counter

from tuopin_desktop.documents import quotes
from tuopin_desktop.domain.problems import Trouble

_DELIMITERS = "\t,;|，；｜"
"""What may part cells, the likeliest first."""

_RISKY = "=+-@\t\r"
_GUARD = re.compile(r'="((?:[^"]|"")*)"')
_SEPARATOR = re.compile(r'"?sep=(.)"?[\t,;]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_COMMON = frozenset(
    "姓名性别別男女民族蒙古汉漢出生年月日公身份证證号號码碼政治面貌群众眾中共党黨员員单單位派驻駐职職务務队隊手机機"
    "电電话話联聯系繫备備注註来源來旗县縣起止时間间地点點事由请請假天数數序"
)
"""Characters that headings and choices are made of: the encoding that shows more of them is the right one."""

_LOOK = 20_000


def read_delimited(raw: bytes) -> list[list[object]]:
    """Return the rows of a text file, all cells text; raises Trouble when it is not text or too large."""
    return read_noted(raw)[0]


def read_noted(raw: bytes) -> tuple[list[list[object]], tuple[str, ...]]:
    """Return the rows of a text file and Chinese sentences on what could mislead; raises Trouble as above."""
    text = _decoded(raw)
    try:
        mark, text = _parted(text)
        rows, notes = quotes.cut(_guards_as_quotes(text, mark), mark, _unguarded)
    except csv.Error as error:
        raise Trouble("文本文件里有过长的内容或引号不成对，请用Excel或WPS打开检查后另存为xlsx再导入") from error
    if not any(any(row) for row in rows):
        raise Trouble("文件是空的，请检查是否选对了文件")
    return rows, notes


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs = ["utf-16"]
    elif b"\0" in raw:
        codecs = [_unmarked(raw)]
    else:
        codecs = ["utf-8-sig", "gb18030", "cp950"]
    texts = []
    for codec in codecs:
        try:
            texts.append(raw.decode(codec))
        except (UnicodeDecodeError, LookupError):
            continue
        if codec in ("utf-8-sig", "utf-16"):
            return texts[0]
    if texts:
        return max(texts, key=_likeness)
    raise Trouble("看不懂这个文件的格式或文字编码，请用Excel或WPS打开原表，另存为xlsx后再导入")


def _unmarked(raw: bytes) -> str:
    """Return the byte order of UTF-16 without its mark, by which byte of its digits is zero; "" for neither."""
    start = raw[:_LOOK]
    low, high = start[1::2].count(0), start[::2].count(0)
    if len(raw) % 2 or b"\0\0" in start or low == high:
        return ""
    return "utf-16-le" if low > high else "utf-16-be"


def _likeness(text: str) -> int:
    return sum(char in _COMMON for char in text[:_LOOK])


def _parted(text: str) -> tuple[str, str]:
    """Return the mark between cells and the text without the line that names it (sep=;)."""
    text = text.removeprefix("\ufeff")
    if match := _SEPARATOR.match(text):
        return match[1], text[match.end() :]
    return _delimiter(text), text


def _delimiter(text: str) -> str:
    """Return the mark that cuts the first lines into most cells, and most of them into equally many."""
    lines = [line for line in text[:_LOOK].splitlines()[:20] if line.strip()]
    return max(_DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: list[str], mark: str) -> int:
    counts = Counter(line.count(mark) for line in lines)
    return max((number * times for number, times in counts.items()), default=0)


def _guards_as_quotes(text: str, mark: str) -> str:
    """Return the text with ="…" around a number as plain quotes, so that a mark inside parts no cell."""
    if '="' not in text:
        return text
    return re.sub(rf'(^|[\r\n{re.escape(mark)}])="', r'\1"', text)


def _unguarded(cell: str) -> str:
    """Take away the apostrophe or ="…" other programs put around formula-like text and long numbers."""
    if match := _GUARD.fullmatch(cell):
        return match[1].replace('""', '"')
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and (cell[1] in _RISKY or cell[1:].isdigit()) else cell
