"""Papers of personal files: the catalogue of a person's materials, the list to a unit with its receipt, a folder."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from tuopin_desktop.documents.bound import bound
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.services.appraisal import dossier
from tuopin_desktop.services.archives import editions, personal
from tuopin_desktop.services.archives.personal import Material, PersonRow
from tuopin_desktop.services.office import disclosures, files
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

CATALOGUE = "归入个人档案材料目录"
LIST = "个人档案材料移交清单"
ORIGINALS = "只有本人和单位签字、盖章、写明日期的原件可以归入个人档案；本机打印的目录和材料没有盖章的，不作归档材料。"
_HELD = "含出生年月、考勤、请销假、考核情况"
_MATERIALS = (
    Column("序号", 14, "center", Form.INTEGER),
    Column("材料名称", 72),
    Column("材料形成时间", 36, "center"),
    Column("页数", 16, "center", Form.INTEGER),
    Column("备注", 36),
)
_LIST = (
    Column("序号", 11, "center", Form.INTEGER),
    Column("姓名", 22, "center"),
    Column("派驻旗县", 28),
    Column("材料名称", 55),
    Column("页数", 12, "center", Form.INTEGER),
    Column("原件情况", 28),
    Column("送交情况", 18, "center"),
)
_RECEIPT = (Column("项目", 44, "center"), Column("内容", 130))
_UNSTATED = "（未登记）"


def catalogue(desk: Desk, person: str) -> Book[Material]:
    """Return 材料目录 of one person; raises Refused for somebody never posted."""
    row = _row(desk, person)
    rows = tuple(
        (place, one.name, one.formed or _UNSTATED, one.pages or "", one.note)
        for place, one in enumerate(row.materials, 1)
    )
    return book(
        row.materials,
        Table(
            title=CATALOGUE,
            columns=_MATERIALS,
            rows=rows,
            totals=(("合计", f"{len(rows)}份", "", row.pages or "", ""),),
            office=desk.office.name,
            filled=desk.today(),
            intro=(f"姓名：{row.name}　　派出单位：{row.unit}",),
            notes=tuple(_warnings([row])),
            landscape=False,
            size=12,
        ),
    )


def _row(desk: Desk, person: str) -> PersonRow:
    rows = personal.people(desk, persons=[person])
    if not rows:
        raise refuse("nobody", "花名册中没有这个人的派驻记录", "person", article=15)
    return rows[0]


def _warnings(rows: Sequence[PersonRow]) -> list[str]:
    """Return that only originals count, and of how many the signature, stamp or date is not on record."""
    lacking = [one for row in rows for one in row.unready]
    texts = [f"注：{ORIGINALS}"]
    if lacking:
        of = [f"{label}{sum(label in one.lacks for one in lacking)}份" for label in ("签字", "盖章", "形成时间")]
        counts = "、".join(one for one in of if not one.endswith(("字0份", "章0份", "间0份")))
        texts.append(f"有{len(lacking)}份材料的原件还不齐：没有登记{counts}，补齐并登记后再送。")
    return texts


def handover_list(desk: Desk, unit: str, number: str = "") -> list[Sheet]:
    """Return the list of everybody whose file a unit keeps, with the receipt to be cut off; of one sending by number.

    Raises Refused where there is nobody.
    """
    rows = [row for row in personal.people(desk, unit=unit) if number in ("", row.number)]
    if not rows:
        raise refuse("empty", f"没有要移交给“{unit[:40]}”的人员", "unit", article=15)
    numbers = sorted({row.number for row in rows if row.number})
    parts = (("", _listed(desk, unit, rows, numbers)), ("回　执", _receipt(desk, rows, numbers)))
    return list(bound(LIST, parts, desk.fonts()).sheets)


def _listed(desk: Desk, unit: str, rows: Sequence[PersonRow], numbers: Sequence[str]) -> Table:
    cells = []
    for place, row in enumerate(rows, 1):
        for at, one in enumerate(row.materials):
            first = (place, row.name, row.county) if at == 0 else ("", "", "")
            lacking = f"缺{'、'.join(one.lacks)}" if one.lacks else "已签字、盖章"
            cells.append((*first, one.name, one.pages or "", lacking, row.state if at == 0 else ""))
    count = sum(len(row.materials) for row in rows)
    return Table(
        title=LIST,
        columns=_LIST,
        rows=tuple(cells),
        totals=(("合计", f"{len(rows)}人", "", f"{count}份", sum(row.pages for row in rows) or "", "", ""),),
        intro=(
            f"{unit}：",
            f"{desk.office.name}现移交下列{len(rows)}人在脱贫攻坚工作总队工作期间的材料，请清点后归入本人档案，并将回执盖章寄回。"
            + (f"编号：{'、'.join(numbers)}。" if numbers else "（送出时编号）"),
        ),
        notes=tuple(_warnings(rows)),
        signed=("移交单位（盖章）：", "经办人：", "日期：        年    月    日"),
        landscape=False,
    )


def _receipt(desk: Desk, rows: Sequence[PersonRow], numbers: Sequence[str]) -> Table:
    return Table(
        title="",
        columns=_RECEIPT,
        rows=(
            ("移交单位", desk.office.name),
            ("移交清单编号", "、".join(numbers) or "　"),
            ("人员", "、".join(row.name for row in rows)),
            ("收到", f"　　　人（清单{len(rows)}人）　　　　份　　　　页"),
            ("没有收到或退回的", "　\n　"),
            ("接收单位（盖章）", "　\n　\n　"),
            ("签收人、签收日期", "　　　　　　　　　　　　　年　　月　　日"),
        ),
        signed=(),
        landscape=False,
        size=12,
        one_page=True,
    )


def write(
    desk: Desk, folder: Path, units: Collection[str] = (), progress: Callable[[int, int], None] | None = None
) -> list[Path]:
    """Write a folder for each unit (all of them): its list and, of everybody, catalogue and bound material as PDF/A.

    Raises Refused by role and where nobody was posted, Trouble when it cannot be written.
    """
    groups = personal.grouped_rows(personal.people(desk))
    groups_to_write = {unit: rows for unit, rows in groups.items() if not units or unit in units}
    everybody = [row.person for rows in groups_to_write.values() for row in rows]
    if not everybody:
        raise refuse("nobody", "没有派驻人员，没有可输出的个人档案材料", "unit", article=15)
    disclosures.note(desk, "print", f"归入个人档案的材料（{_HELD}）", len(everybody))
    bundles = dossier.several(desk, everybody)
    paths, count = list[Path](), 0
    for place, (unit, rows) in enumerate(groups_to_write.items(), 1):
        inside = folder / portable(f"{place:03d}-{unit}")
        pages = handover_list(desk, unit)
        paths.append(files.write(desk, inside / f"{LIST}.pdf", editions.edition(desk, pages, title=LIST)))
        for row in rows:
            paths += _write_person(desk, inside, row, bundles.get(row.person))
            count += 1
            if progress is not None:
                progress(count, len(everybody))
    return paths


def _write_person(desk: Desk, inside: Path, row: PersonRow, bundle: list[Sheet] | None) -> list[Path]:
    tail = row.person.rpartition("/")[2][-4:]
    name = portable(f"{row.name}-{tail}")
    where = inside / name
    paths = [files.write(desk, where / f"{CATALOGUE}.pdf", editions.edition(desk, catalogue(desk, row.person)))]
    if bundle is not None:  # of another programme than the measure's no comprehensive appraisal is bound
        title = f"{row.name}{personal.COMPREHENSIVE}"
        content = editions.edition(desk, bundle, title=title)
        paths.append(files.write(desk, where / f"{personal.COMPREHENSIVE}.pdf", content))
    return paths
