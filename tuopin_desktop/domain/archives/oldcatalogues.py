"""A catalogue that was made elsewhere: which of its columns is what, whatever the layout, and its rows."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import msgspec

from tuopin_desktop.domain.intake import heading_key
from tuopin_desktop.domain.reading import read_date
from tuopin_desktop.domain.records.archives import PERIODS

HEADS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("题名", "文件题名", "标题", "文件标题", "文件名称", "材料名称", "案卷题名", "名称", "TM"),
        "document": ("文号", "文件编号", "发文字号", "文件字号", "字号", "WH", "WJBH"),
        "author": ("责任者", "作者", "发文单位", "发文机关", "形成单位", "责任单位", "ZRZ"),
        "dated": ("日期", "成文日期", "文件日期", "形成日期", "形成时间", "时间", "文件时间", "RQ", "CWRQ", "XCRQ"),
        "code": ("档号", "归档号", "档案号", "DH"),
        "year": ("年度", "归档年度", "年份", "ND"),
        "period": ("保管期限", "期限", "BGQX"),
        "number": ("件号", "室编件号", "馆编件号", "JH"),
        "pages": ("页数", "页次", "张数", "YS"),
        "note": ("备注", "说明", "BZ"),
    }
)
"""The columns of a catalogue with what they are called; capitals are the names data bases of archives give them."""
LABELS: Mapping[str, str] = MappingProxyType({key: names[0] for key, names in HEADS.items()})
_BY_HEAD = {heading_key(name): key for key, names in HEADS.items() for name in names}
_SPACE = re.compile(r"[\s\u3000]+")
_BRACKETS = str.maketrans("[]【】()（）{}", "〔〕〔〕〔〕〔〕〔〕")
_PLAIN = re.compile(r"[\W_]+")
LOOK = 40
"""Rows in which the heads are looked for."""
_TOTALS = ("合计", "总计", "小计", "共计")
_EIGHT = re.compile(r"(?:19|20)\d{6}")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One row of an old catalogue: where it stands, and what it says."""

    sheet: str
    row: int
    name: str
    document: str = ""
    author: str = ""
    dated: date | None = None
    day_text: str = ""
    code: str = ""
    year: str = ""
    period: str = ""

    @property
    def place(self) -> str:
        """Where the row stands, in words."""
        return f"{self.sheet}第{self.row}行" if self.sheet else f"第{self.row}行"


class Head(msgspec.Struct, frozen=True):
    """The row of heads of a sheet: its place, its words by column, and which column each known field is."""

    row: int
    texts: tuple[str, ...]
    columns: Mapping[str, int]


def head_key(value: object) -> str:
    """Return the words of a head as they are compared: without signs, and without what stands in brackets."""
    return heading_key(re.sub(r"[(（].*?[)）]", "", "" if value is None else str(value)))


def head_of(rows: Sequence[Sequence[object]], answers: Mapping[str, str]) -> Head | None:
    """Return the heads of a sheet: the row that says most of a catalogue; `answers` are heads said by a clerk.

    None where no row says two of its columns, and none was answered.
    """
    best: Head | None = None
    for at, cells in enumerate(rows[:LOOK]):
        texts = tuple(head_key(cell) for cell in cells)
        columns = _columns(texts, answers)
        if len(columns) >= 2 and (best is None or len(columns) > len(best.columns)):
            best = Head(at, texts, columns)
    return best


def _columns(texts: Sequence[str], answers: Mapping[str, str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    answered = {head_key(text): key for text, key in answers.items()}
    for place, text in enumerate(texts):
        key = answered.get(text) or _BY_HEAD.get(text, "")
        if key and (text in answered or key not in (*columns, *answered.values())):
            columns[key] = place
    return columns


def likely_heads(rows: Sequence[Sequence[object]]) -> tuple[str, ...]:
    """Return the words of the row that is most like heads, where none is known: the first with most texts."""
    best: tuple[str, ...] = ()
    for cells in rows[:LOOK]:
        texts = tuple(text for cell in cells if (text := cell_text(cell)) and not text.isdecimal())
        best = texts if len(texts) > len(best) else best
    return best


def entries(sheet: str, rows: Sequence[Sequence[object]], head: Head) -> Iterator[Entry]:
    """Yield the rows under the heads: no blank ones, no sums, no heads that stand on every page."""
    for number, cells in enumerate(rows[head.row + 1 :], head.row + 2):
        values = {key: cells[place] for key, place in head.columns.items() if place < len(cells)}
        name = cell_text(values.get("name"))
        if not name or name.startswith(_TOTALS) or head_key(name) == head.texts[head.columns["name"]]:
            continue
        if re.fullmatch(r"\d{1,2}", name):  # the numbers of the columns under their heads
            continue
        yield Entry(
            sheet=sheet,
            row=number,
            name=name.strip("[]［］"),
            document=cell_text(values.get("document")),
            author=cell_text(values.get("author")),
            dated=day_of(values.get("dated")),
            day_text=cell_text(values.get("dated")),
            code=cell_text(values.get("code")),
            year=cell_text(values.get("year")),
            period=cell_text(values.get("period")),
        )


def cell_text(value: object) -> str:
    """Return what a cell says; a whole number as it is written."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def day_of(value: object) -> date | None:
    """Return the day of a cell: a day, eight digits as catalogues write them, or what a clerk writes; else None."""
    text = cell_text(value)
    if _EIGHT.fullmatch(text):
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            return None
    return read_date(value)


def plain_name(text: str) -> str:
    """Return a title as it is compared: without signs, spaces, width and brackets."""
    return _PLAIN.sub("", unicodedata.normalize("NFKC", text)).upper()


def plain_document(text: str) -> str:
    """Return a document number as it is compared: one kind of brackets, no spaces, no leading noughts of its number."""
    flat = _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_BRACKETS).upper()
    return re.sub(r"(?<=〕)第?0*(?=\d)", "", flat)


def plain_code(text: str) -> str:
    """Return an archival code as it is compared: only its letters and digits, so that old and new forms meet."""
    return ".".join(_PLAIN.split(unicodedata.normalize("NFKC", text).upper()))


def period_code(text: str) -> str:
    """Return the code of a period as an old catalogue says it; "" for what is none."""
    return PERIODS.code(text) or next((code for code, label in PERIODS.labels.items() if label in text), "")
