"""Attendance: one record per posting and month, one field per day that holds both halves."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Freeze, Kind, Record, about
from tuopin_desktop.domain.records.whose import of_posting

_HINT = "√驻村 户农牧户 点乡镇 牧牧场 ○旗县 休 离 假 差 训 旷 ?待核"


class Attendance(Record, frozen=True, kw_only=True):
    """What was keyed or imported for one posting and month; its id is `<posting id>/<YYYY-MM>`.

    What slips say is never written here: it is laid over when the month is read (`domain/attendance`). A day is both
    halves as `vw/cw`; the letters are told in `domain/attendance/codes.py`.
    """

    kind: ClassVar[Kind] = Kind(
        name="attendance",
        label="考勤",
        title=("posting", "month"),
        groups=("考勤",),
        freezes=(
            Freeze(
                why="本月考勤已照纸质考勤簿录入",
                instead="录错了的，请对照考勤簿写明更正原因再改",
                article=10,
                own=("keyed",),
                groups=("考勤",),
                also=("keyed",),
                blanks=False,
            ),
        ),
    )

    posting: Annotated[str, of_posting("姓名", "考勤", width=110)] = ""
    month: Annotated[
        str,
        about(
            "月份",
            group="考勤",
            form=Form.MONTH,
            required=True,
            limit=7,
            width=80,
            index=True,
            synonyms=("年月", "考勤月份"),
        ),
    ] = ""
    d01: Annotated[str, about("1", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d02: Annotated[str, about("2", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d03: Annotated[str, about("3", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d04: Annotated[str, about("4", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d05: Annotated[str, about("5", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d06: Annotated[str, about("6", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d07: Annotated[str, about("7", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d08: Annotated[str, about("8", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d09: Annotated[str, about("9", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d10: Annotated[str, about("10", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d11: Annotated[str, about("11", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d12: Annotated[str, about("12", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d13: Annotated[str, about("13", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d14: Annotated[str, about("14", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d15: Annotated[str, about("15", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d16: Annotated[str, about("16", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d17: Annotated[str, about("17", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d18: Annotated[str, about("18", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d19: Annotated[str, about("19", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d20: Annotated[str, about("20", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d21: Annotated[str, about("21", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d22: Annotated[str, about("22", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d23: Annotated[str, about("23", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d24: Annotated[str, about("24", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d25: Annotated[str, about("25", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d26: Annotated[str, about("26", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d27: Annotated[str, about("27", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d28: Annotated[str, about("28", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d29: Annotated[str, about("29", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d30: Annotated[str, about("30", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    d31: Annotated[str, about("31", group="考勤", form=Form.DAY, limit=7, width=30, hint=_HINT)] = ""
    keyed: Annotated[date | None, about("照纸录入日期", form=Form.DATE, auto=True)] = None


DAYS = tuple(f"d{number:02d}" for number in range(1, 32))
"""The day fields in order: the first of the month is `DAYS[0]`."""


class Remark(Record, frozen=True, kw_only=True):
    """What an office above the county thinks is wrong in a day of attendance; the county puts it right and answers.

    It lies under the county's code, so that it goes with the next package to the county, and the answer comes back.
    """

    kind: ClassVar[Kind] = Kind(
        name="remark",
        label="考勤更正意见",
        title=("posting", "day"),
        groups=("意见", "答复"),
        sealed=True,
    )

    posting: Annotated[str, of_posting("姓名", "意见", width=110)] = ""
    day: Annotated[
        date | None, about("日期", group="意见", form=Form.DATE, happened=True, required=True, width=100, index=True)
    ] = None
    text: Annotated[
        str,
        about(
            "意见",
            group="意见",
            form=Form.LONG,
            required=True,
            limit=300,
            width=220,
            hint="如 当天报备单已批准外出，登记为√，请核对",
        ),
    ] = ""
    office: Annotated[str, about("提出单位", group="意见", limit=80, width=140, auto=True)] = ""
    by: Annotated[str, about("提出人", group="意见", limit=50, person_name=True, width=90, auto=True)] = ""
    raised: Annotated[date | None, about("提出日期", group="意见", form=Form.DATE, width=100, auto=True)] = None
    answer: Annotated[
        str, about("处理结果", group="答复", form=Form.LONG, limit=300, width=200, hint="如 已改正；经核对无误，不改")
    ] = ""
    answered_by: Annotated[str, about("答复人", group="答复", limit=50, person_name=True, width=90, auto=True)] = ""
    answered: Annotated[date | None, about("答复日期", group="答复", form=Form.DATE, width=100, auto=True)] = None

    @property
    def is_open(self) -> bool:
        """Whether the county has not answered yet."""
        return self.answered is None and not self.deleted
