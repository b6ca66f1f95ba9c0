"""What one heading cell means: under remarks, stars, line breaks, a second language or traditional characters."""

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterator

from tuopin_desktop.domain.columns import Column, all_columns
from tuopin_desktop.domain.intake.traditional import simplified

_BRACKETS = re.compile(r"[(\[{【〔〈<](.*?)[)\]}】〕〉>]", re.DOTALL)
_FOREIGN = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*|[^\u2e80-\u9fff0-9\U00020000-\U0003ffff]+")
_SEGMENTS = re.compile(r"[\n/|:：;；]|(?:必填|选填|格式|例如|注[:：]|如[0-9])")
_PLAIN_REMARK = re.compile(
    r"必填|选填|可填|可选|可空|填写|填报|如实|如[0-9:：]|例|格式|全称|简称|位数?$|位数字|文本|数字|下拉|单选|选择|年月|月日|年-月|精确|手机|移动电话"
    r"|打勾|打√|√|单位|元$|万元|周岁|岁$|天$|人$|个$|请|按|注明|无则|没有|大写|小写|不含|含|至少|不超过|以内|字$|盖章|签字|本人|与身份证|身份证|同音|实名|现|公历|阳历"
)
_ENUMERATED = re.compile(r"[/、,，|;；]")
_GENERIC = re.compile("时间|日期|情况|号码|名称|说明|信息|内容|年月|是否|工作|人员|单位|方式|类别|编号|地点|结果|意见")
_NEAR, _PART = 0.72, 0.4
_SHORTEST = _PAIR = 2
_JOINED = re.compile("[及和与、/／]|以及")


def heading_key(value: object) -> str:
    """Fold a heading for comparison: NFKC, letters and digits only, simplified characters."""
    text = unicodedata.normalize("NFKC", str(value)[:200]) if value is not None else ""
    return simplified("".join(char for char in text if char.isalnum()).lower())


@functools.cache
def headings_of(kind: str) -> dict[str, Column]:
    """Return the columns by folded heading; a label counts before any synonym, the first column before a later."""
    column_by_key: dict[str, Column] = {}
    for column in all_columns(kind):
        column_by_key.setdefault(heading_key(column.heading), column)
    for column in all_columns(kind):
        for synonym in (column.field.label, *column.field.synonyms):
            column_by_key.setdefault(heading_key(synonym), column)
    return column_by_key


def recognised(kind: str, value: object) -> Column | None:
    """Return the column a single heading stands for, or None.

    What is beside the words must be a remark on how to fill the column in, or say the same again; 电话（家属） is not
    taken for 电话.
    """
    column_by_key = headings_of(kind)
    if (column := column_by_key.get(heading_key(value))) is not None:
        return column
    text = unicodedata.normalize("NFKC", str(value)[:200]) if isinstance(value, str) else ""
    for key in _keys(text, column_by_key):
        if (column := column_by_key.get(key)) is not None:
            return column
    return None


def _keys(text: str, column_by_key: dict[str, Column]) -> Iterator[str]:
    """Yield the folded words of a heading without what only explains them, the most telling first."""
    bare = _BRACKETS.sub("", text)
    remarks = [match[1] for match in _BRACKETS.finditer(text)]
    if _han(bare) and not all(_explains(remark, bare, column_by_key) for remark in remarks):
        return
    for text in (bare, *(remarks if not _han(bare) else ())):
        yield heading_key(text)
        yield heading_key(_han(text))
        for segment in _SEGMENTS.split(text):
            if _han(segment):
                yield heading_key(segment)
                yield heading_key(_han(segment))
                break


def _han(text: str) -> str:
    return _FOREIGN.sub("", text)


def _explains(remark: str, bare: str, column_by_key: dict[str, Column]) -> bool:
    """Tell whether a remark in brackets says how to fill a column in, or names the same column again."""
    text = remark.strip()
    same = column_by_key.get(heading_key(text))
    if same is not None:
        return same == column_by_key.get(heading_key(bare))
    return not _han(text) or _PLAIN_REMARK.search(text) is not None or _ENUMERATED.search(text) is not None


def both(kind: str, text: str) -> tuple[Column, Column] | None:
    """Return the two columns a heading names at once, as 职务及职级 does, or None."""
    pieces = _JOINED.split(_BRACKETS.sub("", text))
    columns = [recognised(kind, piece) for piece in pieces] if len(pieces) == _PAIR else []
    first, second = columns if len(columns) == _PAIR else (None, None)
    return (first, second) if first is not None and second is not None and first != second else None


@functools.lru_cache(maxsize=4096)
def near(kind: str, text: str) -> Column | None:
    """Return the column a heading that is not recognised sounds like, or None: what the clerk is asked about."""
    key = heading_key(text)
    core = _GENERIC.sub("", key) or key
    if len(core) < _SHORTEST:
        return None
    best: tuple[float, Column] | None = None
    for other, column in headings_of(kind).items():
        own = _GENERIC.sub("", other) or other
        if column.field.name in ("id", "owner") or len(own) < _SHORTEST:
            continue
        likeness = difflib.SequenceMatcher(None, core, own).ratio()
        share = min(len(own), len(core)) / max(len(own), len(core))
        if (own in core or core in own) and share >= _PART:
            likeness = max(likeness, _NEAR + 0.2 * share)
        if likeness >= _NEAR and (best is None or likeness > best[0]):
            best = likeness, column
    return best[1] if best else None
