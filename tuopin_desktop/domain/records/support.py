"""What the sending unit owes its people (Art. 18): round trips paid for."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about


class RoundTrip(Record, frozen=True, kw_only=True):
    """One journey from the county home and back; it counts among the ten to twelve of a year once it was reimbursed.

    Departure and return are one period: two ends that mean nothing apart must not be merged apart.
    """

    kind: ClassVar[Kind] = Kind(
        name="round_trip",
        label="往返交通",
        title=("posting", "period"),
        groups=("行程", "报销"),
        keep_one=("posting", "period"),
        about="posting",
    )

    posting: Annotated[
        str,
        about(
            "人员",
            group="行程",
            form=Form.REF,
            ref="posting",
            required=True,
            width=150,
            index=True,
            synonyms=("姓名", "队员", "派驻人员"),
        ),
    ] = ""
    period: Annotated[
        str,
        about(
            "往返时间",
            group="行程",
            form=Form.PERIOD,
            required=True,
            width=190,
            hint="离开旗县至返回旗县，如 605下午-608上午",
            synonyms=("离返时间", "起止时间", "往返日期"),
        ),
    ] = ""
    route: Annotated[
        str,
        about(
            "路线", group="行程", limit=100, width=200, hint="如 武川—呼和浩特—武川", synonyms=("往返路线", "起止地点")
        ),
    ] = ""
    by: Annotated[str, about("交通方式", group="行程", limit=40, width=100, synonyms=("交通工具",))] = ""
    amount: Annotated[
        int | None,
        about(
            "金额", group="报销", form=Form.MONEY, unit="元", width=90, synonyms=("报销金额", "交通费", "金额（元）")
        ),
    ] = None
    reimbursed: Annotated[
        date | None,
        about(
            "报销日期",
            group="报销",
            form=Form.DATE,
            width=100,
            hint="派出单位报销的日期；没有报销的空着，不计入10至12次",
            synonyms=("报销时间",),
        ),
    ] = None
    voucher: Annotated[str, about("报销单号", group="报销", limit=60, synonyms=("凭证号",))] = ""
    note: Annotated[str, about("备注", group="报销", limit=200)] = ""
