"""What the sending unit owes its people (Art. 18): round trips, insurance, medical expenses, subsidy rates, funds."""

import datetime
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records import dutychoices as choices
from tuopin_desktop.domain.records.whose import of_county, of_posting


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

    posting: Annotated[str, of_posting("人员", "行程")] = ""
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
        datetime.date | None,
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


class Insurance(Record, frozen=True, kw_only=True):
    """An accident insurance of one person: every posted day needs cover (Art. 18)."""

    kind: ClassVar[Kind] = Kind(
        name="insurance",
        label="意外伤害保险",
        title=("posting", "since"),
        groups=("保险",),
        keep_one=("posting", "number", "since"),
        about="posting",
    )

    posting: Annotated[str, of_posting("被保险人", "保险")] = ""
    insurer: Annotated[str, about("保险公司", group="保险", limit=100, width=160, synonyms=("承保公司",))] = ""
    number: Annotated[str, about("保单号", group="保险", limit=60, width=150, synonyms=("保险单号", "保单编号"))] = ""
    since: Annotated[
        datetime.date | None,
        about(
            "保险起",
            group="保险",
            form=Form.DATE,
            required=True,
            width=100,
            synonyms=("保险起期", "生效日期", "起保日期"),
        ),
    ] = None
    until: Annotated[
        datetime.date | None,
        about(
            "保险止",
            group="保险",
            form=Form.DATE,
            required=True,
            width=100,
            hint="含当日",
            synonyms=("保险止期", "终止日期", "到期日期"),
        ),
    ] = None
    premium: Annotated[
        int | None, about("保费", group="保险", form=Form.MONEY, unit="元", width=80, synonyms=("保险费",))
    ] = None
    insured: Annotated[int | None, about("保额", group="保险", form=Form.MONEY, unit="元", synonyms=("保险金额",))] = (
        None
    )
    note: Annotated[str, about("备注", group="保险", limit=200)] = ""


class MedicalClaim(Record, frozen=True, kw_only=True):
    """Medical expenses handed in to the sending unit; of the illness nothing is kept."""

    kind: ClassVar[Kind] = Kind(
        name="medical_claim",
        label="医药费报销",
        title=("posting", "submitted"),
        groups=("报销",),
        keep_one=("posting", "submitted", "amount"),
        about="posting",
    )

    posting: Annotated[str, of_posting("人员", "报销")] = ""
    submitted: Annotated[
        datetime.date | None,
        about("提交日期", group="报销", form=Form.DATE, required=True, width=100, synonyms=("申报日期",)),
    ] = None
    amount: Annotated[
        int | None,
        about(
            "申报金额", group="报销", form=Form.MONEY, unit="元", width=90, personal=True, synonyms=("医药费", "金额")
        ),
    ] = None
    paid: Annotated[
        int | None, about("报销金额", group="报销", form=Form.MONEY, unit="元", width=90, personal=True)
    ] = None
    reimbursed: Annotated[datetime.date | None, about("报销日期", group="报销", form=Form.DATE, width=100)] = None
    note: Annotated[str, about("备注", group="报销", limit=200, hint="不填病情")] = ""


class SubsidyRate(Record, frozen=True, kw_only=True):
    """The rate of the living subsidy or communication allowance from a day on; the measure names no amount."""

    kind: ClassVar[Kind] = Kind(
        name="subsidy_rate",
        label="补助标准",
        title=("type", "since"),
        groups=("标准",),
        key=("type", "since"),
        about="county",
        inherited=True,
    )

    type: Annotated[
        str,
        about(
            "补助类别",
            group="标准",
            form=Form.CHOICE,
            table=choices.SUBSIDY,
            required=True,
            width=130,
            synonyms=("类别",),
        ),
    ] = ""
    county: Annotated[str, of_county("标准")] = ""
    since: Annotated[
        datetime.date | None,
        about("执行起", group="标准", form=Form.DATE, required=True, width=100, synonyms=("执行日期", "起始日期")),
    ] = None
    amount: Annotated[
        int | None,
        about(
            "标准",
            group="标准",
            form=Form.MONEY,
            unit="元",
            required=True,
            width=90,
            hint="生活补助按元／天，通信补助按元／月",
            synonyms=("补助标准", "金额"),
        ),
    ] = None
    paper: Annotated[str, about("依据文号", group="标准", limit=80, width=150, synonyms=("文号",))] = ""
    note: Annotated[str, about("备注", group="标准", limit=200)] = ""


class Fund(Record, frozen=True, kw_only=True):
    """Working funds as they were made available and spent."""

    kind: ClassVar[Kind] = Kind(
        name="fund",
        label="专项资金",
        title=("source", "date"),
        groups=("资金",),
        keep_one=("county", "date", "source", "amount"),
        about="county",
    )

    county: Annotated[str, of_county("资金")] = ""
    date: Annotated[
        datetime.date | None,
        about("日期", group="资金", form=Form.DATE, required=True, width=100, synonyms=("到账日期",)),
    ] = None
    source: Annotated[
        str, about("资金来源", group="资金", required=True, limit=100, width=180, synonyms=("来源", "拨付单位"))
    ] = ""
    amount: Annotated[
        int | None,
        about("金额", group="资金", form=Form.MONEY, unit="元", required=True, width=100, synonyms=("拨付金额",)),
    ] = None
    spent: Annotated[
        int | None, about("已支出", group="资金", form=Form.MONEY, unit="元", width=100, synonyms=("支出金额",))
    ] = None
    purpose: Annotated[str, about("用途", group="资金", limit=200, width=180)] = ""
    paper: Annotated[str, about("文号", group="资金", limit=80)] = ""
