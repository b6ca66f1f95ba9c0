"""What is reported upward (Art. 12): the team's monthly and urgent reports, each member's half-year reports."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Freeze, Kind, Record, about
from tuopin_desktop.domain.records import dutychoices as choices
from tuopin_desktop.domain.records.whose import of_county, of_posting


class TeamReport(Record, frozen=True, kw_only=True):
    """A report of a team, monthly or at once on a major event; `figures` are those of the day it was sent."""

    kind: ClassVar[Kind] = Kind(
        name="team_report",
        label="总队报告",
        title=("type", "month", "name"),
        groups=("报告", "报送"),
        keep_one=("county", "type", "month", "name"),
        about="county",
        freezes=(
            Freeze(
                why="报告已经报出",
                instead="报错了的，请写明更正原因再改；报出时的数据不变",
                article=12,
                own=("sent",),
                groups=("报告", "报送"),
            ),
        ),
    )

    type: Annotated[
        str,
        about(
            "报告类别",
            group="报告",
            form=Form.CHOICE,
            table=choices.TEAM_REPORT,
            required=True,
            width=110,
            index=True,
            synonyms=("类别",),
        ),
    ] = ""
    county: Annotated[str, of_county("报告")] = ""
    month: Annotated[
        str,
        about(
            "报告月份",
            group="报告",
            form=Form.MONTH,
            limit=7,
            width=80,
            index=True,
            hint="月报填写所报的月份",
            synonyms=("月份", "所属月份"),
        ),
    ] = ""
    name: Annotated[
        str, about("标题", group="报告", required=True, limit=200, width=260, synonyms=("报告标题", "报告名称"))
    ] = ""
    occurred: Annotated[
        date | None, about("发生日期", group="报告", form=Form.DATE, width=100, hint="重大情况、重要问题发生的日期")
    ] = None
    text: Annotated[str, about("正文", group="报告", form=Form.LONG, limit=8000, synonyms=("报告内容",))] = ""
    author: Annotated[str, about("拟稿人", group="报告", limit=50, person_name=True, width=90)] = ""
    sent: Annotated[
        date | None,
        about("报出日期", group="报送", form=Form.DATE, width=100, index=True, synonyms=("报送日期", "上报日期")),
    ] = None
    receiver: Annotated[
        str,
        about(
            "报送单位",
            group="报送",
            limit=100,
            width=200,
            hint="月报：自治区扶贫开发工作领导小组办公室",
            synonyms=("主送", "报送对象"),
        ),
    ] = ""
    copied: Annotated[
        date | None,
        about("通报盟市日期", group="报送", form=Form.DATE, hint="重大情况同时通报盟市党委、政府（第十二条）"),
    ] = None
    paper: Annotated[str, about("文号", group="报送", limit=80, width=130)] = ""
    figures: Annotated[str, about("报出时数据", group="报送", form=Form.LONG, limit=4000, auto=True)] = ""


class HalfYearReport(Record, frozen=True, kw_only=True):
    """One member's report on thought, work and study; done when both receivers have it (Art. 12)."""

    kind: ClassVar[Kind] = Kind(
        name="half_year_report",
        label="半年报告",
        title=("posting", "year", "half"),
        groups=("报告", "报送"),
        key=("posting", "year", "half"),
        about="posting",
        freezes=(
            Freeze(
                why="半年报告已经报出",
                instead="报错了的，请写明更正原因再改",
                article=12,
                own=("to_unit", "to_office"),
                groups=("报告", "报送"),
            ),
        ),
    )

    posting: Annotated[str, of_posting("队员", "报告")] = ""
    year: Annotated[
        int | None,
        about("年度", group="报告", form=Form.INTEGER, least=0, most=2099, required=True, width=70, synonyms=("年份",)),
    ] = None
    half: Annotated[
        str,
        about(
            "期间", group="报告", form=Form.CHOICE, table=choices.HALF_YEAR, required=True, width=80, synonyms=("半年",)
        ),
    ] = ""
    written: Annotated[date | None, about("撰写日期", group="报告", form=Form.DATE, width=100)] = None
    text: Annotated[
        str, about("思想工作学习情况", group="报告", form=Form.LONG, limit=8000, synonyms=("报告内容",))
    ] = ""
    to_unit: Annotated[
        date | None,
        about(
            "报派出单位日期",
            group="报送",
            form=Form.DATE,
            width=120,
            hint="报派出单位党委（党组）",
            synonyms=("报派出单位党委（党组）日期",),
        ),
    ] = None
    unit_receiver: Annotated[str, about("派出单位签收人", group="报送", limit=50, person_name=True)] = ""
    to_office: Annotated[
        date | None,
        about("报自治区办公室日期", group="报送", form=Form.DATE, width=140, hint="报自治区工作队管理办公室"),
    ] = None
    office_receiver: Annotated[str, about("办公室签收人", group="报送", limit=50, person_name=True)] = ""
    paper: Annotated[str, about("文号或凭据", group="报送", limit=100, width=120)] = ""
