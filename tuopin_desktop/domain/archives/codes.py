"""The archival code (档号) of an item, by the form an office's archives want."""

from collections.abc import Mapping
from types import MappingProxyType

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import ArchiveItem, Fonds

PLACES = ("全宗号", "门类", "年度", "期限", "机构", "件号")
"""What a form is made of, in braces."""
FIRST_FORM = "dat22"
FIRST_CATEGORY = "WS"
"""Papers of administration (文书), where an office enters nothing else."""
NUMBER_SIGNS = 4
"""Digits of an item's number in a code (DA/T 22-2015, 5.4)."""
FORMS: Mapping[str, str] = MappingProxyType(
    {
        "dat22": "{全宗号}-{门类}·{年度}-{期限}-{机构}-{件号}",
        "dat13": "{全宗号}-{门类}·{年度}·{期限}·{机构}-{件号}",
    }
)
_LOCAL_PERIODS: Mapping[str, str] = MappingProxyType({"Y": "永久", "D30": "30年", "D10": "10年"})


def body_code(fonds: Fonds, office: str) -> str:
    """Return what a code says of the body: with the area code before it, no two offices make the same code."""
    area = "" if fonds.bare_body else ids.private(office)
    return f"{area}{fonds.body_code}" or ids.private(office)


def code(fonds: Fonds, *, year: int, period: str, body: str, number: int) -> str:
    """Return the archival code of an item, "" while the office has no fonds code: a part of one is none."""
    if not fonds.fonds_code:
        return ""
    form = fonds.code_local if fonds.code_form == "local" and fonds.code_local else ""
    template = form or FORMS.get(fonds.code_form, FORMS[FIRST_FORM])
    values = (
        fonds.fonds_code,
        fonds.category or FIRST_CATEGORY,
        str(year),
        period,
        body,
        f"{number:0{NUMBER_SIGNS}d}",
    )
    for place, value in zip(PLACES, values, strict=True):
        template = template.replace(f"{{{place}}}", value)
    return template.replace("{期限名}", _LOCAL_PERIODS.get(period, period))


def item_code(fonds: Fonds, item: ArchiveItem) -> str:
    """Return the archival code of an item by its year, period, body and number."""
    return code(fonds, year=item.year or 0, period=item.period, body=item.body_code, number=item.number or 0)


def check_form(template: str) -> None:
    """Raise Refused for a local form that could give two items one code: it lacks what tells them apart."""
    lacking = [place for place in ("年度", "期限", "件号", "机构") if f"{{{place}}}" not in template]
    if "期限" in lacking and "{期限名}" in template:
        lacking.remove("期限")
    if lacking:
        names = "、".join(f"{{{place}}}" for place in lacking)
        raise refuse("form", f"本地档号格式缺少{names}：缺了它，两件文件的档号会相同", "code_local")
