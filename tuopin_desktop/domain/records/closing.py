"""Closing a month's attendance: the close with everything it was counted by, and corrections after it."""

import datetime
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records import choices
from tuopin_desktop.domain.records.whose import of_posting
from tuopin_desktop.domain.roles import Act

FIGURES_LIMIT = 200_000
"""Characters of one month's frozen figures: some 250 for each posting, and a wide margin."""

ROLL_LIMIT = 200_000
"""Characters of one month's roll: some 600 to 2,000 for each posting. A line of the log has to stay below 1 MiB."""


class MonthClose(Record, frozen=True, kw_only=True):
    """One county's month of attendance as it was closed; its id is `<county>/<YYYY-MM>`.

    `terms` are the switches in effect as lines `key=value`, `days` the days as `Calendar.written` said them,
    `figures` the frozen counts as JSON (`domain/attendance/closing.py`), `roll` everybody's days as they were counted
    with all that was laid over them (`domain/attendance/roll.py`; none in a close of an earlier release). `edition`
    counts the closings, so that a correction tells which of them it corrects. A reopened month keeps who reopened it
    and why.
    """

    kind: ClassVar[Kind] = Kind(
        name="month_close",
        label="考勤结账",
        title=("month", "county"),
        groups=("结账",),
        sealed=True,
        act=Act.CONFIRM,
    )

    county: Annotated[
        str, about("旗县", group="结账", form=Form.CHOICE, table="旗县", required=True, width=120, index=True)
    ] = ""
    month: Annotated[
        str, about("月份", group="结账", form=Form.MONTH, required=True, limit=7, width=80, index=True)
    ] = ""
    state: Annotated[
        str, about("状态", group="结账", form=Form.CHOICE, table=choices.CLOSE_STATE, required=True, width=90)
    ] = ""
    edition: Annotated[int | None, about("第几次结账", group="结账", form=Form.INTEGER, width=80)] = None
    closed: Annotated[
        datetime.date | None, about("结账日期", group="结账", form=Form.DATE, required=True, width=100)
    ] = None
    closed_by: Annotated[str, about("结账人", group="结账", limit=50, person_name=True, width=90)] = ""
    gaps: Annotated[
        int | None, about("未登记半天", group="结账", form=Form.INTEGER, width=90, hint="结账时确认仍未登记的半天数")
    ] = None
    note: Annotated[str, about("结账说明", group="结账", limit=300, width=160)] = ""
    reopened: Annotated[datetime.date | None, about("重新打开日期", group="结账", form=Form.DATE, width=100)] = None
    reopened_by: Annotated[str, about("重新打开人", group="结账", limit=50, person_name=True, width=90)] = ""
    reopen_reason: Annotated[str, about("重新打开原因", group="结账", limit=300, width=200)] = ""
    pack: Annotated[str, about("所依规则", group="结账", limit=40, lasting=True)] = ""
    terms: Annotated[str, about("所依口径", group="结账", form=Form.LONG, limit=8000, lasting=True, machine=True)] = ""
    calendar: Annotated[str, about("所依节假日表", group="结账", limit=300, lasting=True)] = ""
    days: Annotated[str, about("工作日", group="结账", limit=31, lasting=True, machine=True)] = ""
    figures: Annotated[str, about("结账数字", group="结账", form=Form.LONG, limit=FIGURES_LIMIT, machine=True)] = ""
    roll: Annotated[str, about("逐日内容", group="结账", form=Form.LONG, limit=ROLL_LIMIT, machine=True)] = ""


class Correction(Record, frozen=True, kw_only=True):
    """One day of a closed month corrected; its id is `<posting>/<date>/<edition>-<n>`, so that two offices meet.

    `before` is the day as it stood, `after` as it is right, each in both halves. It is laid over when the month is
    read and never written into the month that was closed.
    """

    kind: ClassVar[Kind] = Kind(
        name="correction",
        label="考勤更正单",
        title=("number", "day"),
        groups=("更正",),
        sealed=True,
        act=Act.CONFIRM,
    )

    number: Annotated[str, about("更正单编号", group="更正", limit=20, width=96, index=True)] = ""
    posting: Annotated[str, of_posting("姓名", "更正", width=110)] = ""
    closing: Annotated[
        str, about("结账记录", group="更正", form=Form.REF, ref="month_close", required=True, index=True)
    ] = ""
    edition: Annotated[int | None, about("更正第几次结账", group="更正", form=Form.INTEGER)] = None
    day: Annotated[
        datetime.date | None, about("日期", group="更正", form=Form.DATE, happened=True, required=True, width=100)
    ] = None
    before: Annotated[str, about("原登记", group="更正", form=Form.DAY, limit=7, width=70)] = ""
    after: Annotated[str, about("更正为", group="更正", form=Form.DAY, limit=7, required=True, width=70)] = ""
    reason: Annotated[str, about("更正原因", group="更正", required=True, limit=200, width=200)] = ""
    paper: Annotated[str, about("更正依据", group="更正", limit=80, width=140)] = ""
    corrected: Annotated[
        datetime.date | None, about("更正日期", group="更正", form=Form.DATE, required=True, width=100)
    ] = None
    corrected_by: Annotated[str, about("更正人", group="更正", limit=50, person_name=True, width=90)] = ""
