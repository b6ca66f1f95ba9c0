"""Recall and handling (Art. 16) and replacement (Art. 5): the case, the member's own words first, measures, papers."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Freeze, Kind, Owner, Record, about
from tuopin_desktop.domain.records import dutychoices
from tuopin_desktop.domain.records.whose import of_posting

_OFFICE = Owner.REGION


class RecallCase(Record, frozen=True, kw_only=True):
    """What the Office looks into about one member: 疑似 until it is closed with an outcome (A16-1 to A16-4).

    `facts` keeps the arithmetic of the finding that opened it, as it stood on that day.
    """

    kind: ClassVar[Kind] = Kind(
        name="recall_case",
        label="处理事项",
        owner=_OFFICE,
        title=("posting", "trigger"),
        groups=("事由", "结果"),
        key=("posting", "trigger", "since"),
        about="posting",
        freezes=(
            Freeze(
                why="这件事项已经办结",
                instead="结论有误的，请写明更正原因再改",
                article=16,
                own=("closed",),
                groups=("事由", "结果"),
            ),
        ),
    )

    posting: Annotated[str, of_posting("姓名", "事由", width=130, owner=_OFFICE)] = ""
    trigger: Annotated[
        str,
        about(
            "情形",
            group="事由",
            form=Form.CHOICE,
            table=dutychoices.TRIGGER,
            required=True,
            width=200,
            owner=_OFFICE,
        ),
    ] = ""
    since: Annotated[
        date | None,
        about("发生日期", group="事由", form=Form.DATE, required=True, width=100, owner=_OFFICE),
    ] = None
    opened: Annotated[
        date | None, about("登记日期", group="事由", form=Form.DATE, required=True, width=100, owner=_OFFICE)
    ] = None
    facts: Annotated[
        str,
        about(
            "事实和算式", group="事由", form=Form.LONG, required=True, limit=3000, owner=_OFFICE, hint="由检查结论带入"
        ),
    ] = ""
    outcome: Annotated[
        str, about("结果", group="结果", form=Form.CHOICE, table=dutychoices.OUTCOME, width=110, owner=_OFFICE)
    ] = ""
    closed: Annotated[date | None, about("办结日期", group="结果", form=Form.DATE, width=100, owner=_OFFICE)] = None
    closing: Annotated[str, about("结论", group="结果", form=Form.LONG, limit=1000, owner=_OFFICE)] = ""


class Statement(Record, frozen=True, kw_only=True):
    """The member's own explanation, which comes before any measure; or that none was given in time."""

    kind: ClassVar[Kind] = Kind(
        name="statement", label="本人说明", title=("case", "said"), groups=("说明",), key=("case",), about="case"
    )

    case: Annotated[
        str, about("处理事项", group="说明", form=Form.REF, ref="recall_case", required=True, width=160, index=True)
    ] = ""
    said: Annotated[date | None, about("说明日期", group="说明", form=Form.DATE, required=True, width=100)] = None
    declined: Annotated[bool, about("逾期未作说明", group="说明", form=Form.FLAG, width=110)] = False
    words: Annotated[
        str,
        about("说明内容", group="说明", form=Form.LONG, limit=5000, hint="逾期未作说明的，写明告知的时间和方式"),
    ] = ""
    taken_by: Annotated[str, about("听取人", group="说明", limit=50, person_name=True, width=90)] = ""


class Measure(Record, frozen=True, kw_only=True):
    """One step of the ladder: criticism, interview, recall opinion, re-selection, handling, accountability."""

    kind: ClassVar[Kind] = Kind(
        name="measure",
        label="处理措施",
        owner=_OFFICE,
        title=("case", "measure"),
        groups=("措施", "派出单位回复"),
        key=("case", "measure"),
        about="case",
        freezes=(
            Freeze(
                why="措施已经作出",
                instead="登记错了的，请写明更正原因再改",
                article=16,
                own=("taken",),
                groups=("措施", "派出单位回复"),
            ),
        ),
    )

    case: Annotated[
        str,
        about(
            "处理事项",
            group="措施",
            form=Form.REF,
            ref="recall_case",
            required=True,
            width=160,
            index=True,
            owner=_OFFICE,
        ),
    ] = ""
    measure: Annotated[
        str,
        about(
            "措施", group="措施", form=Form.CHOICE, table=dutychoices.MEASURE, required=True, width=140, owner=_OFFICE
        ),
    ] = ""
    taken: Annotated[
        date | None, about("日期", group="措施", form=Form.DATE, required=True, width=100, owner=_OFFICE)
    ] = None
    taken_by: Annotated[
        str, about("办理人", group="措施", limit=50, person_name=True, width=90, owner=_OFFICE, hint="约谈的填约谈人")
    ] = ""
    paper: Annotated[str, about("文号", group="措施", limit=80, width=150, owner=_OFFICE)] = ""
    words: Annotated[str, about("内容", group="措施", form=Form.LONG, limit=2000, owner=_OFFICE)] = ""
    replied: Annotated[date | None, about("回复日期", group="派出单位回复", form=Form.DATE, owner=_OFFICE)] = None
    reply: Annotated[str, about("回复内容", group="派出单位回复", limit=500, owner=_OFFICE)] = ""


class Replacement(Record, frozen=True, kw_only=True):
    """The sending unit's written application to replace somebody (Art. 5); the Office's approval is a decision."""

    kind: ClassVar[Kind] = Kind(
        name="replacement",
        label="更换申请",
        title=("posting", "applied"),
        groups=("申请", "拟接替人选"),
        key=("posting", "applied"),
        about="posting",
    )

    posting: Annotated[str, of_posting("拟更换人员", "申请", width=130)] = ""
    applied: Annotated[date | None, about("申请日期", group="申请", form=Form.DATE, required=True, width=100)] = None
    reason: Annotated[
        str,
        about("原因类别", group="申请", form=Form.CHOICE, table=dutychoices.REPLACED, required=True, width=100),
    ] = ""
    words: Annotated[str, about("原因说明", group="申请", form=Form.LONG, required=True, limit=600)] = ""
    unit_paper: Annotated[str, about("派出单位文号", group="申请", limit=80, width=150)] = ""
    successor: Annotated[
        str, about("姓名", group="拟接替人选", limit=50, person_name=True, width=100, hint="暂无人选的空着")
    ] = ""
    successor_post: Annotated[str, about("单位及职务", group="拟接替人选", limit=150)] = ""
    successor_birth: Annotated[str, about("出生年月", group="拟接替人选", form=Form.MONTH, personal=True)] = ""
