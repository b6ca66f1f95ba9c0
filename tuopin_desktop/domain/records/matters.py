"""Matters that go up or out (Art. 7, 12, 19): bottlenecks and their answer, help asked for, research, publicity."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records import dutychoices as choices
from tuopin_desktop.domain.records.whose import of_county


class Matter(Record, frozen=True, kw_only=True):
    """One matter with the level it went to and the answer that came; open until it is closed."""

    kind: ClassVar[Kind] = Kind(
        name="matter",
        label="重要事项",
        title=("type", "name"),
        groups=("事项", "答复"),
        keep_one=("county", "type", "name", "raised"),
        about="county",
    )

    type: Annotated[
        str,
        about(
            "事项类别",
            group="事项",
            form=Form.CHOICE,
            table=choices.MATTER,
            required=True,
            width=110,
            index=True,
            synonyms=("类别",),
        ),
    ] = ""
    county: Annotated[str, of_county("事项")] = ""
    name: Annotated[
        str, about("标题", group="事项", required=True, limit=200, width=260, synonyms=("题目", "事项"))
    ] = ""
    raised: Annotated[
        date | None,
        about(
            "提出日期",
            group="事项",
            form=Form.DATE,
            required=True,
            width=100,
            hint="反映、提交或刊播的日期",
            synonyms=("日期", "刊播日期", "反映日期"),
        ),
    ] = None
    author: Annotated[
        str,
        about(
            "作者或提出人", group="事项", limit=50, person_name=True, width=110, synonyms=("作者", "提出人", "撰稿人")
        ),
    ] = ""
    text: Annotated[str, about("内容", group="事项", form=Form.LONG, limit=4000)] = ""
    level: Annotated[
        str, about("报送层级", group="事项", form=Form.CHOICE, table=choices.MATTER_LEVEL, width=90, synonyms=("层级",))
    ] = ""
    receiver: Annotated[
        str, about("报送对象或媒体", group="事项", limit=100, width=160, synonyms=("报送对象", "媒体", "刊物"))
    ] = ""
    paper: Annotated[str, about("文号", group="事项", limit=80)] = ""
    answer: Annotated[
        str, about("答复或采用情况", group="答复", form=Form.LONG, limit=2000, synonyms=("答复", "采用情况"))
    ] = ""
    answered: Annotated[date | None, about("答复日期", group="答复", form=Form.DATE, width=100)] = None
    closed: Annotated[date | None, about("办结日期", group="答复", form=Form.DATE, width=100)] = None
