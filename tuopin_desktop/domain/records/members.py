"""What is kept about a member while posted (Art. 8, 12-14): talks, the ten don'ts, advancement, discipline."""

import datetime
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records import dutychoices as choices
from tuopin_desktop.domain.records.whose import of_posting


class FollowUp(Record, frozen=True, kw_only=True):
    """A talk or briefing of the sending unit with its member (Art. 8)."""

    kind: ClassVar[Kind] = Kind(
        name="follow_up",
        label="派出单位跟踪管理",
        title=("posting", "date"),
        groups=("谈话",),
        keep_one=("posting", "type", "date"),
        about="posting",
    )

    posting: Annotated[str, of_posting("队员", "谈话")] = ""
    type: Annotated[
        str,
        about(
            "方式",
            group="谈话",
            form=Form.CHOICE,
            table=choices.FOLLOW_UP,
            required=True,
            width=110,
            synonyms=("类别",),
        ),
    ] = ""
    date: Annotated[
        datetime.date | None,
        about(
            "日期",
            group="谈话",
            form=Form.DATE,
            required=True,
            width=100,
            index=True,
            synonyms=("谈话日期", "听取汇报日期"),
        ),
    ] = None
    by: Annotated[
        str, about("谈话人", group="谈话", limit=50, person_name=True, width=90, synonyms=("听取汇报人", "走访人"))
    ] = ""
    unit: Annotated[str, about("谈话单位", group="谈话", limit=100, width=180, hint="空着即本人派出单位")] = ""
    text: Annotated[str, about("主要情况", group="谈话", form=Form.LONG, limit=2000, synonyms=("内容",))] = ""
    paper: Annotated[str, about("凭据", group="谈话", limit=100, width=120, hint="谈话记录编号或存放处")] = ""


class Acknowledgement(Record, frozen=True, kw_only=True):
    """A member's signature under the ten don'ts of the message group (Art. 12)."""

    kind: ClassVar[Kind] = Kind(
        name="acknowledgement",
        label="十不准承诺",
        title=("posting",),
        groups=("承诺",),
        key=("posting",),
        about="posting",
    )

    posting: Annotated[str, of_posting("队员", "承诺")] = ""
    joined: Annotated[bool, about("已入工作群", group="承诺", form=Form.FLAG, width=90, synonyms=("入群",))] = False
    signed: Annotated[
        datetime.date | None,
        about("签字日期", group="承诺", form=Form.DATE, happened=True, width=100, synonyms=("承诺日期",)),
    ] = None
    paper: Annotated[str, about("凭据", group="承诺", limit=100, width=120, hint="签字表的存放处")] = ""
    note: Annotated[str, about("备注", group="承诺", limit=200)] = ""


class Advancement(Record, frozen=True, kw_only=True):
    """A promotion or rise in grade while posted: due, and done (Art. 14); it protects the member."""

    kind: ClassVar[Kind] = Kind(
        name="advancement",
        label="晋升晋级",
        title=("posting", "type", "due"),
        groups=("晋升晋级",),
        keep_one=("posting", "type", "due"),
        about="posting",
    )

    posting: Annotated[str, of_posting("队员", "晋升晋级")] = ""
    type: Annotated[
        str, about("类别", group="晋升晋级", form=Form.CHOICE, table=choices.ADVANCEMENT, required=True, width=110)
    ] = ""
    what: Annotated[
        str,
        about(
            "内容",
            group="晋升晋级",
            limit=100,
            width=180,
            hint="如 由四级主任科员晋升三级主任科员",
            synonyms=("晋升内容",),
        ),
    ] = ""
    due: Annotated[
        datetime.date | None,
        about(
            "应办日期",
            group="晋升晋级",
            form=Form.DATE,
            width=100,
            hint="按规定年限应晋升、晋级的日期",
            synonyms=("到期日期", "应晋升日期"),
        ),
    ] = None
    done: Annotated[
        datetime.date | None,
        about("办理日期", group="晋升晋级", form=Form.DATE, width=100, synonyms=("实际晋升日期", "任职日期")),
    ] = None
    paper: Annotated[str, about("文号", group="晋升晋级", limit=80, width=130)] = ""
    note: Annotated[str, about("备注", group="晋升晋级", limit=200)] = ""


class Incident(Record, frozen=True, kw_only=True):
    """A breach of discipline as it was found and handled (Art. 13); shown on request, travels only encrypted."""

    kind: ClassVar[Kind] = Kind(
        name="incident",
        label="违纪情况",
        title=("posting", "date"),
        groups=("情况", "处理"),
        keep_one=("posting", "date", "clause"),
        about="posting",
        restricted=True,
    )

    posting: Annotated[str, of_posting("人员", "情况")] = ""
    date: Annotated[
        datetime.date | None,
        about("发生日期", group="情况", form=Form.DATE, required=True, width=100, synonyms=("日期",)),
    ] = None
    clause: Annotated[
        str,
        about(
            "违反条款",
            group="情况",
            form=Form.CHOICE,
            table=choices.CLAUSE,
            required=True,
            width=150,
            synonyms=("条款", "类别"),
        ),
    ] = ""
    source: Annotated[str, about("线索来源", group="情况", limit=100, width=120, synonyms=("来源",))] = ""
    text: Annotated[
        str, about("情况", group="情况", form=Form.LONG, limit=3000, personal=True, synonyms=("主要情况",))
    ] = ""
    handling: Annotated[str, about("处理结果", group="处理", limit=200, width=180, synonyms=("处理",))] = ""
    handled: Annotated[datetime.date | None, about("处理日期", group="处理", form=Form.DATE, width=100)] = None
    handler: Annotated[str, about("处理人", group="处理", limit=50, person_name=True)] = ""
    paper: Annotated[str, about("文号", group="处理", limit=80, width=130)] = ""
