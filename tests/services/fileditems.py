"""Items of a filed year in an office, for papers of the archives: of two periods and bodies, with odd corners."""

from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.records import ArchiveItem, Fonds
from tuopin_desktop.services.archives import settings
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

YEAR = 2018
FONDS = "Z109"
SIZES = {"Y": 7, "D30": 60, "D10": 3}


def file(desk: Desk) -> list[ArchiveItem]:
    """Enter a fonds and items of one year in three periods; return them in the order of the catalogue."""
    settings.save_fonds(desk, Fonds(id="", fonds_code=FONDS, fonds_name="翁牛特旗扶贫开发办公室", body="办公室"))
    made = [_item(desk, period, number) for period, count in SIZES.items() for number in range(1, count + 1)]
    desk.commit([change for one in made if (change := registers.change_of(desk, one)) is not None])
    return made


def _item(desk: Desk, period: str, number: int) -> ArchiveItem:
    return ArchiveItem(
        id=f"{ids.private(desk.scope)}/item-{period.lower()}-{number}",
        year=YEAR,
        period=period,
        body_code="BGS",
        number=number,
        fonds_code=FONDS,
        category="WS",
        code=f"{FONDS}-WS·{YEAR}-{period}-BGS-{number:04d}",
        document="" if number % 3 else f"翁脱贫发〔{YEAR}〕{number}号",
        author="翁牛特旗脱贫攻坚工作总队",
        name="=关于报送脱贫攻坚工作总队年度考勤情况的报告" if number == 2 else f"王新等{number}人请假报备单",
        dated=None if number == 5 else date(YEAR, 6, 1 + number % 28),
        secrecy="secret" if number == 4 else "",
        pages=None if number == 6 else 1 + number * 7 % 19,
        made_title=number % 2 == 1,
        late=number == SIZES[period],
        formed=date(2026, 11, 30),
    )
