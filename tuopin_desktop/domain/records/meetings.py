"""Meetings (Art. 12, 17) and the problems raised at them, followed until they are put right."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Freeze, Kind, Own, Record, about
from tuopin_desktop.domain.records import dutychoices as choices
from tuopin_desktop.domain.records.whose import of_county


class Meeting(Record, frozen=True, kw_only=True):
    """A meeting as it was held: analysis, joint, leaders', or the Office's own study; its month is that of `held`."""

    kind: ClassVar[Kind] = Kind(
        name="meeting",
        label="会议",
        title=("type", "held", "county"),
        groups=("会议", "纪要"),
        keep_one=("county", "type", "held"),
        about="county",
        own=Own(field="type", values=("leaders", "study"), also=("other",)),
        freezes=(
            Freeze(
                why="会议已附纪要扫描件",
                instead="与原件不符的，请写明更正原因再改",
                article=12,
                by=(("attachment", "subject"),),
                groups=("会议", "纪要"),
            ),
        ),
    )

    type: Annotated[
        str,
        about(
            "会议类别",
            group="会议",
            form=Form.CHOICE,
            table=choices.MEETING,
            required=True,
            width=120,
            index=True,
            synonyms=("类别", "会议类型"),
        ),
    ] = ""
    county: Annotated[str, of_county("会议", "队长会议、办公室研究会议由自治区办公室登记，不填旗县")] = ""
    held: Annotated[
        date | None,
        about(
            "召开日期",
            group="会议",
            form=Form.DATE,
            required=True,
            width=100,
            index=True,
            synonyms=("会议日期", "会议时间", "时间"),
        ),
    ] = None
    form: Annotated[
        str, about("召开形式", group="会议", form=Form.CHOICE, table=choices.MEETING_FORM, width=90, synonyms=("形式",))
    ] = ""
    place: Annotated[str, about("地点", group="会议", limit=100, width=140, synonyms=("会议地点",))] = ""
    chair: Annotated[str, about("主持人", group="会议", limit=50, person_name=True, width=90)] = ""
    attendees: Annotated[
        str, about("参会人员", group="会议", form=Form.LONG, limit=1000, synonyms=("参加人员", "出席人员"))
    ] = ""
    absentees: Annotated[str, about("缺席人员", group="会议", limit=300, synonyms=("请假人员", "缺席"))] = ""
    topics: Annotated[str, about("议题", group="纪要", form=Form.LONG, limit=2000, synonyms=("会议议题",))] = ""
    minutes: Annotated[
        str, about("会议纪要", group="纪要", form=Form.LONG, limit=8000, synonyms=("会议内容", "会议记录"))
    ] = ""
    tasks: Annotated[
        str, about("本期重点任务", group="纪要", form=Form.LONG, limit=3000, synonyms=("重点任务", "下步工作"))
    ] = ""
    paper: Annotated[
        str,
        about(
            "纪要文号",
            group="纪要",
            limit=80,
            width=150,
            hint="纪要印发的文号；只有手写记录的，写“手写记录第几本第几页”",
        ),
    ] = ""


class MeetingProblem(Record, frozen=True, kw_only=True):
    """A problem raised at a meeting; it is open until `closed` says by which proof it was put right."""

    kind: ClassVar[Kind] = Kind(
        name="meeting_problem",
        label="会议问题",
        title=("name",),
        groups=("问题", "整改"),
        keep_one=("meeting", "name"),
        about="meeting",
    )

    meeting: Annotated[
        str,
        about(
            "会议",
            group="问题",
            form=Form.REF,
            ref="meeting",
            required=True,
            width=190,
            index=True,
            synonyms=("所属会议", "会议名称"),
        ),
    ] = ""
    name: Annotated[
        str, about("问题", group="问题", required=True, limit=300, width=260, synonyms=("存在问题", "问题内容"))
    ] = ""
    unit: Annotated[str, about("责任单位", group="问题", limit=100, width=140)] = ""
    person: Annotated[str, about("责任人", group="问题", limit=50, person_name=True, width=90)] = ""
    due: Annotated[date | None, about("整改期限", group="问题", form=Form.DATE, width=100, synonyms=("完成时限",))] = (
        None
    )
    measures: Annotated[str, about("整改措施", group="整改", form=Form.LONG, limit=2000, synonyms=("措施",))] = ""
    progress: Annotated[
        str, about("进展", group="整改", form=Form.LONG, limit=2000, synonyms=("整改进展", "整改情况"))
    ] = ""
    closed: Annotated[
        date | None, about("销号日期", group="整改", form=Form.DATE, width=100, synonyms=("整改完成日期", "办结日期"))
    ] = None
    proof: Annotated[
        str, about("销号依据", group="整改", limit=200, width=150, hint="文号、照片或验收记录；没有依据不算销号")
    ] = ""
