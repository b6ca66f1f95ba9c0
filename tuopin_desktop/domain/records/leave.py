"""The leave slip: what stands on Attachment 1 and 2, and beside it what the forms have no box for (A.6)."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Owner, Record, about
from tuopin_desktop.domain.records import choices


class LeaveSlip(Record, frozen=True, kw_only=True):
    """A leave slip; the printed words are kept as printed, whatever the roster says later."""

    kind: ClassVar[Kind] = Kind(
        name="leave_slip", label="请假报备单", title=("number", "name"), groups=("表内", "表外")
    )

    number: Annotated[str, about("编号", auto=True, width=96, index=True, limit=20)] = ""
    posting: Annotated[str, about("派驻记录", form=Form.REF, ref="posting", auto=True, index=True)] = ""
    form: Annotated[str, about("用表", form=Form.CHOICE, table=choices.SLIP_FORM, auto=True, width=130)] = ""
    pack: Annotated[str, about("所依规则", auto=True, limit=40)] = ""
    county: Annotated[str, about("驻旗县（市、区）", group="表内", limit=40, width=0)] = ""
    filled: Annotated[date | None, about("填表日期", group="表内", form=Form.DATE, required=True, width=100)] = None
    name: Annotated[
        str, about("姓名", group="表内", required=True, limit=50, person_name=True, width=100, search=True)
    ] = ""
    post: Annotated[str, about("职务", group="表内", limit=100, width=160)] = ""
    place: Annotated[
        str,
        about("外出地点", group="表内", required=True, limit=100, width=130, synonyms=("地点", "前往地点", "目的地")),
    ] = ""
    period: Annotated[
        str,
        about(
            "请假起止时间",
            group="表内",
            form=Form.PERIOD,
            required=True,
            width=200,
            index=True,
            hint="如 605-608、6.5下午至6.8",
            synonyms=("起止时间", "请假时间", "请假起止"),
        ),
    ] = ""
    reason: Annotated[
        str,
        about(
            "请假事由",
            group="表内",
            form=Form.LONG,
            required=True,
            limit=600,
            width=220,
            synonyms=("事由", "原因", "请假原因"),
        ),
    ] = ""
    handler_name: Annotated[str, about("承办人", group="表内", limit=50, person_name=True, owner=Owner.REGION)] = ""
    handler_post: Annotated[str, about("承办人单位及职务", group="表内", limit=80, owner=Owner.REGION)] = ""
    handler_phone: Annotated[str, about("承办人联系电话（手机）", group="表内", limit=30, owner=Owner.REGION)] = ""
    return_note: Annotated[str, about("销假情况", group="表内", form=Form.LONG, limit=120)] = ""
    leave_type: Annotated[
        str,
        about(
            "假别",
            group="表外",
            form=Form.CHOICE,
            table=choices.LEAVE_TYPE,
            width=84,
            hint="不印在表上",
            synonyms=("请假类型", "假种"),
        ),
    ] = ""
    phone: Annotated[str, about("外出期间联系电话", group="表外", limit=30, personal=True, hint="不印在表上")] = ""
    note: Annotated[str, about("备注", group="表外", form=Form.LONG, limit=500)] = ""
