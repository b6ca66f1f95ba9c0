"""Delimited text (.csv, .txt) as offices save it: UTF-8 or GB 18030, with commas, semicolons or tabs."""

import csv
import io

from tuopin_desktop.documents.zipped import refuse_extent
from tuopin_desktop.domain.problems import Trouble

_DELIMITERS = ",\t;"
_RISKY = "=+-@\t\r"


def read_delimited(raw: bytes) -> list[list[object]]:
    """Return the rows of a text file, all cells text; raises Trouble when it is not text or too large."""
    text = _decoded(raw)
    rows: list[list[object]] = []
    widest = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            rows.append([_unguarded(cell) for cell in row])
            widest = max(widest, len(row))
            refuse_extent(len(rows), widest)
    except csv.Error as error:
        raise Trouble("文本文件里有过长的内容或引号不成对，请用Excel或WPS打开检查后另存为xlsx再导入") from error
    if not any(any(row) for row in rows):
        raise Trouble("文件是空的，请检查是否选对了文件")
    return rows


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs = ["utf-16"]
    elif b"\0" in raw:
        codecs = []
    else:
        codecs = ["utf-8-sig", "gb18030"]
    for codec in codecs:
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    raise Trouble("看不懂这个文件的格式或文字编码，请用Excel或WPS打开原表，另存为xlsx后再导入")


def _delimiter(text: str) -> str:
    """Return the mark that cuts the first lines into most cells."""
    lines = text[:20000].splitlines()[:20]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))


def _unguarded(cell: str) -> str:
    """Take away the apostrophe other programs put before formula-like text."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in _RISKY else cell
