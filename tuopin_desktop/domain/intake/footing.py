"""Rows below a heading that are no data: totals, notes, signatures, group titles and column numbers."""

import itertools
import re
from collections.abc import Sequence

from tuopin_desktop.domain.intake.verdicts import Raw

_TOTAL = re.compile(r"(本页)?(合\s*计|小\s*计|总\s*计|共\s*计|累\s*计)\s*([:：(（\d].*)?", re.DOTALL)
_FOOTER = re.compile(
    r"(注|备注|说明|附注|填表说明|填\s*表\s*人|制\s*表\s*人|填\s*报\s*人|填报单位|填报日期|填表日期|制表单位|制表日期|报送单位|报送人"
    r"|审\s*核\s*人?|审\s*批\s*人?|(单位|部门|主要)?\s*负\s*责\s*人|联\s*系\s*人|经\s*办\s*人|主管领导|分管领导|签\s*字|盖\s*章)"
    r"(签字|签章|（签字）|\(签字\)|（盖章）|\(盖章\))?\s*([:：].*)?",
    re.DOTALL,
)
_GROUP = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．].*", re.DOTALL)

_STARTS = set("本合小总共累注备说附填制报审单部主负联经分签盖（(一二三四五六七八九十 \u3000")
"""First characters of all the words above, so that most rows need no second look."""


def reason_to_skip(row: Sequence[Raw], *, below_footer: bool) -> str:
    """Return why a row with something in it is no data; empty when it is data."""
    first = next((cell for cell in row if cell is not None and cell != ""), None)
    if not isinstance(first, str) or (not below_footer and first[0] not in _STARTS):
        return ""
    text = first.strip()[:400]
    if _TOTAL.fullmatch(text):
        return "合计行"
    if _FOOTER.fullmatch(text):
        return "表尾"
    alone = sum(cell is not None and cell != "" for cell in row) == 1
    if alone and (below_footer or _GROUP.fullmatch(text)):
        return "表尾" if below_footer else "分组标题"
    return ""


def is_numbering(row: Sequence[Raw]) -> bool:
    """Tell whether a row only counts the columns, as printed forms do below their heading: 1, 2, 3."""
    cells = [cell for cell in row if cell is not None and cell != ""]
    if len(cells) < 3:
        return False
    try:
        numbers = [int(str(cell).removesuffix(".0")) for cell in cells]
    except ValueError:
        return False
    return all(after - before == 1 for before, after in itertools.pairwise(numbers)) and numbers[0] <= 2
