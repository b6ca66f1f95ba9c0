"""The office's own holiday table: a year's notice with its days, and the local days of a county."""

import datetime
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Owner, Record, about
from tuopin_desktop.domain.records import choices

_OFFICE = Owner.REGION


class CalendarYear(Record, frozen=True, kw_only=True):
    """The notice of one year as the region office keeps it; its id is `15/<year>`.

    The year counts as known once `verified` says that somebody compared it day by day with the notice.
    """

    kind: ClassVar[Kind] = Kind(
        name="calendar_year",
        impersonal=True,
        label="节假日年度",
        owner=_OFFICE,
        title=("year", "notice"),
        groups=("年度通知",),
        keep_one=("year",),
        id_by="15/{year}",
    )

    year: Annotated[
        int | None,
        about("年度", group="年度通知", form=Form.INTEGER, least=0, most=2099, required=True, width=70, owner=_OFFICE),
    ] = None
    notice: Annotated[
        str,
        about(
            "通知文号",
            group="年度通知",
            required=True,
            limit=80,
            width=200,
            owner=_OFFICE,
            hint="国务院办公厅关于该年度部分节假日安排的通知",
        ),
    ] = ""
    url: Annotated[str, about("通知网址", group="年度通知", limit=200, owner=_OFFICE)] = ""
    issued: Annotated[
        datetime.date | None, about("印发日期", group="年度通知", form=Form.DATE, width=100, owner=_OFFICE)
    ] = None
    edition: Annotated[
        int | None,
        about(
            "版次",
            group="年度通知",
            form=Form.INTEGER,
            width=60,
            owner=_OFFICE,
            hint="年中有调整通知的，逐次加一；空着即第1版",
        ),
    ] = None
    verified: Annotated[
        bool,
        about(
            "已核对",
            group="年度通知",
            form=Form.FLAG,
            width=70,
            owner=_OFFICE,
            hint="放假日、上班日都已录入并与通知逐日核对；核对之前该年度工作日不计算",
        ),
    ] = False
    note: Annotated[
        str,
        about(
            "说明",
            group="年度通知",
            form=Form.LONG,
            limit=500,
            owner=_OFFICE,
            hint="调休放假与调休上班天数对不上而通知确实如此的，在此说明",
        ),
    ] = ""


class CalendarDay(Record, frozen=True, kw_only=True):
    """One day that is not what its weekday says; its id is `15/<date>`, of a local day `<county>/<date>`."""

    kind: ClassVar[Kind] = Kind(
        name="calendar_day",
        impersonal=True,
        label="节假日",
        title=("date", "name"),
        groups=("放假上班",),
        inherited=True,
        id_by="{county|15}/{date}",
    )

    date: Annotated[datetime.date | None, about("日期", group="放假上班", form=Form.DATE, required=True, width=110)] = (
        None
    )
    day: Annotated[
        str,
        about("放假或上班", group="放假上班", form=Form.CHOICE, table=choices.DAY, required=True, width=90),
    ] = ""
    nature: Annotated[
        str,
        about("放假类别", group="放假上班", form=Form.CHOICE, table=choices.DAY_NATURE, required=True, width=120),
    ] = ""
    name: Annotated[
        str, about("节日名称", group="放假上班", required=True, limit=40, width=120, synonyms=("节日",))
    ] = ""
    county: Annotated[
        str,
        about(
            "旗县",
            group="放假上班",
            form=Form.CHOICE,
            table="旗县",
            width=120,
            index=True,
            hint="只有地方假日填写；全区统一的空着",
        ),
    ] = ""
    notice: Annotated[
        str, about("依据文号", group="放假上班", limit=80, width=200, hint="地方假日必填；全区统一的见“节假日年度”")
    ] = ""
    note: Annotated[str, about("备注", group="放假上班", limit=200)] = ""
