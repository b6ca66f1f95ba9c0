"""The leave slip: what stands on Attachment 1 and 2, and beside it what the forms have no box for (A.6)."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Freeze, Kind, Owner, Record, Voice, about
from tuopin_desktop.domain.records import choices

_INK = dict.fromkeys(("secretary", "leader", "township", "organisation"), Voice.OWNER)


class LeaveSlip(Record, frozen=True, kw_only=True):
    """A leave slip; the printed words are kept as printed, whatever the roster says later."""

    kind: ClassVar[Kind] = Kind(
        name="leave_slip",
        label="请假报备单",
        title=("number", "name"),
        groups=("表内", "表外"),
        order=("posting", "period", "number"),
        freezes=(
            Freeze(
                why="已经作废或撤回",
                instead="需要请假的，请另填一张报备单",
                article=10,
                own=("ended",),
                groups=("表内", "表外"),
                also=("number", "posting", "form", "follows", "relation", "ended", "ended_on", "ended_reason"),
                blanks=False,
                amend=False,
            ),
            Freeze(
                why="纸上已经签字（或签字件已收回）",
                instead="要改请办“更正”或“变更行程”：写明原因，另出一版重新签字，原版保留",
                article=10,
                own=("sheet_back",),
                by=(("opinion", "slip"), ("decision", "subject"), ("attachment", "subject")),
                groups=("表内",),
                also=("number", "posting", "form", "pack", "follows", "relation"),
                free=("handler_name", "handler_post", "handler_phone", "return_note"),
                blanks=False,
                amend=False,
                strict=True,
            ),
            Freeze(
                why="签字件已登记收回",
                instead="收回日期登记错了的，请写明更正原因再改",
                article=10,
                own=("sheet_back",),
                also=("sheet_back",),
            ),
        ),
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
    handler_phone: Annotated[
        str, about("承办人联系电话（手机）", group="表内", limit=30, owner=Owner.REGION, personal=True)
    ] = ""
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
    late_reason: Annotated[
        str, about("补办原因", group="表外", limit=200, hint="事后补办的，写明原因；不印在表上", synonyms=("补办",))
    ] = ""
    note: Annotated[str, about("备注", group="表外", form=Form.LONG, limit=500)] = ""
    printed: Annotated[int | None, about("打印次数", form=Form.INTEGER, auto=True, unit="次")] = None
    printed_on: Annotated[date | None, about("最近打印日期", form=Form.DATE, auto=True)] = None
    sheet_code: Annotated[int | None, about("打印内容核对数", form=Form.INTEGER, auto=True)] = None
    sheet_back: Annotated[date | None, about("纸质件收回日期", form=Form.DATE, happened=True, auto=True)] = None
    returned: Annotated[str, about("实际返回", form=Form.HALF, happened=True, auto=True)] = ""
    reported: Annotated[date | None, about("销假日期", form=Form.DATE, happened=True, auto=True)] = None
    follows: Annotated[str, about("原报备单", form=Form.REF, ref="leave_slip", auto=True, index=True)] = ""
    relation: Annotated[str, about("与原单关系", form=Form.CHOICE, table=choices.RELATION, auto=True)] = ""
    ended: Annotated[str, about("不再有效", form=Form.CHOICE, table=choices.ENDED, auto=True)] = ""
    ended_on: Annotated[date | None, about("失效日期", form=Form.DATE, auto=True)] = None
    ended_reason: Annotated[str, about("失效原因", auto=True, limit=200)] = ""
    history: Annotated[bool, about("历史补录", form=Form.FLAG, auto=True)] = False
    """Taken from a register of past years: it is over, and no rule holds anything against anybody for it."""


class Opinion(Record, frozen=True, kw_only=True):
    """What was written in ink in one cell of a slip, recorded from the paper; its id is `<slip id>/<role>`.

    A county notes the Office's ink as it stands on the paper; the Office's own `decision` confirms it.
    """

    kind: ClassVar[Kind] = Kind(
        name="opinion",
        label="签字意见",
        title=("role", "signer"),
        groups=("签字",),
        order=("slip", "role"),
        freezes=(
            Freeze(
                why="签字已经登记",
                instead="与纸上不符的，请写明更正原因再改",
                article=10,
                own=("signed",),
                groups=("签字",),
                blanks=False,
            ),
        ),
    )

    slip: Annotated[
        str, about("报备单", group="签字", form=Form.REF, ref="leave_slip", required=True, index=True, width=120)
    ] = ""
    role: Annotated[
        str,
        about(
            "签字栏",
            group="签字",
            form=Form.CHOICE,
            table=choices.ROLE,
            required=True,
            width=150,
            speaks=_INK | {"office": Voice.NOTED},
        ),
    ] = ""
    verdict: Annotated[
        str, about("意见", group="签字", form=Form.CHOICE, table=choices.RESULT, required=True, width=80)
    ] = ""
    signer: Annotated[str, about("签字人", group="签字", required=True, limit=50, person_name=True, width=100)] = ""
    signed: Annotated[
        date | None, about("签字日期", group="签字", form=Form.DATE, happened=True, required=True, width=100)
    ] = None
    words: Annotated[str, about("意见原文", group="签字", limit=200, width=180)] = ""
    authorisation: Annotated[str, about("受权依据", group="签字", form=Form.REF, ref="authorisation", auto=True)] = ""


class Authorisation(Record, frozen=True, kw_only=True):
    """A written authorisation to sign in somebody's place for some days (Q19, Q20)."""

    kind: ClassVar[Kind] = Kind(
        name="authorisation", label="受权签字", title=("role", "delegate", "first"), groups=("受权",)
    )

    role: Annotated[
        str,
        about(
            "代签栏目",
            group="受权",
            form=Form.CHOICE,
            table=choices.DELEGABLE,
            required=True,
            width=150,
            speaks={role: _INK[role] for role in choices.DELEGABLE.labels},
        ),
    ] = ""
    delegate: Annotated[str, about("受权人", group="受权", required=True, limit=50, person_name=True, width=100)] = ""
    post: Annotated[str, about("受权人职务", group="受权", limit=100, width=170)] = ""
    first: Annotated[date | None, about("受权起", group="受权", form=Form.DATE, required=True, width=100)] = None
    last: Annotated[date | None, about("受权止", group="受权", form=Form.DATE, required=True, width=100)] = None
    paper: Annotated[str, about("书面依据", group="受权", required=True, limit=100, width=180)] = ""


class Filing(Record, frozen=True, kw_only=True):
    """A slip filed with one of the two bodies (Art. 10); its id is `<slip id>/<body>`."""

    kind: ClassVar[Kind] = Kind(
        name="filing",
        label="备案",
        title=("body", "filed"),
        groups=("备案",),
        order=("slip", "body"),
        freezes=(
            Freeze(
                why="备案已经登记",
                instead="登记错了的，请写明更正原因再改",
                article=10,
                own=("filed",),
                groups=("备案",),
            ),
        ),
    )

    slip: Annotated[
        str, about("报备单", group="备案", form=Form.REF, ref="leave_slip", required=True, index=True, width=120)
    ] = ""
    body: Annotated[
        str,
        about(
            "备案对象",
            group="备案",
            form=Form.CHOICE,
            table=choices.BODY,
            required=True,
            width=180,
            speaks={"unit": Voice.OWNER, "liaison": Voice.NOTED},
        ),
    ] = ""
    filed: Annotated[
        date | None, about("备案日期", group="备案", form=Form.DATE, happened=True, required=True, width=100)
    ] = None
    channel: Annotated[str, about("报送方式", group="备案", limit=40, width=100, hint="如 传真、当面、邮寄")] = ""
    receiver: Annotated[str, about("收件人", group="备案", limit=50, person_name=True, width=100)] = ""


class Call(Record, frozen=True, kw_only=True):
    """One side's note of the telephone call that reports a return; its id is `<slip id>/call-<side>` (Att. 1 note 2).

    Both sides note the same spoken word, by which the two notes are matched when packages meet. A call in which none
    was spoken is noted without it, and every list says so.
    """

    kind: ClassVar[Kind] = Kind(
        name="call", label="电话销假记录", title=("side", "day"), groups=("通话",), order=("slip", "side")
    )

    slip: Annotated[
        str, about("报备单", group="通话", form=Form.REF, ref="leave_slip", required=True, index=True, width=120)
    ] = ""
    side: Annotated[
        str,
        about(
            "记录方",
            group="通话",
            form=Form.CHOICE,
            table=choices.SIDE,
            required=True,
            width=110,
            speaks={"county": Voice.OWNER, "liaison": Voice.REGION},
        ),
    ] = ""
    day: Annotated[
        date | None, about("通话日期", group="通话", form=Form.DATE, happened=True, required=True, width=100)
    ] = None
    time: Annotated[str, about("通话时间", group="通话", limit=10, width=80, hint="如 18:05")] = ""
    speaker: Annotated[str, about("对方姓名", group="通话", limit=50, person_name=True, width=100)] = ""
    word: Annotated[
        str, about("核对词", group="通话", limit=8, width=90, hint="双方通话时念出的4个字符；没有念的留空，记录上注明")
    ] = ""
