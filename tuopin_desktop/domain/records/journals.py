"""Daily logs, weekly notes and the work ledger (Art. 10): one line a day, everything else is put together from it."""

import datetime
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records import choices
from tuopin_desktop.domain.records.whose import of_posting

_SEEN_BY = "只在纸上写的，填谁查看过"


class DailyLog(Record, frozen=True, kw_only=True):
    """One person's day in one line; its id is `<posting id>/<YYYY-MM-DD>`, so a day is never logged twice.

    A log kept on paper is one that somebody has seen: `paper_seen_by` and `paper_seen` stand for the text.
    """

    kind: ClassVar[Kind] = Kind(
        name="daily_log", label="工作日志", title=("posting", "date"), groups=("日志", "纸质"), id_by="{posting}/{date}"
    )

    posting: Annotated[str, of_posting("姓名", "日志", "记录人", width=110)] = ""
    date: Annotated[
        datetime.date | None,
        about(
            "日期",
            group="日志",
            form=Form.DATE,
            happened=True,
            required=True,
            width=100,
            index=True,
            synonyms=("日志日期", "工作日期"),
        ),
    ] = None
    place: Annotated[
        str, about("地点", group="日志", limit=100, width=150, synonyms=("工作地点", "所到嘎查村", "驻村地点"))
    ] = ""
    place_kind: Annotated[
        str,
        about(
            "地点类别",
            group="日志",
            form=Form.CHOICE,
            table=choices.PLACE_KIND,
            width=110,
            synonyms=("地点性质", "场所"),
        ),
    ] = ""
    households: Annotated[
        int | None,
        about(
            "走访户数",
            group="日志",
            form=Form.INTEGER,
            unit="户",
            width=80,
            synonyms=("户数", "入户数", "走访农牧户数", "入户户数"),
        ),
    ] = None
    text: Annotated[
        str,
        about(
            "工作内容",
            group="日志",
            form=Form.LONG,
            limit=5000,
            width=320,
            hint="一句话写明做了什么",
            synonyms=("日志", "内容", "日志内容", "工作情况"),
        ),
    ] = ""
    paper_seen_by: Annotated[
        str,
        about(
            "纸质日志查看人",
            group="纸质",
            limit=50,
            person_name=True,
            hint=_SEEN_BY,
            synonyms=("查看人", "审阅人", "抽查人"),
        ),
    ] = ""
    paper_seen: Annotated[
        datetime.date | None, about("查看日期", group="纸质", form=Form.DATE, happened=True, synonyms=("审阅日期",))
    ] = None


class WeeklyNote(Record, frozen=True, kw_only=True):
    """A team's note of one week, Monday to Sunday; its id is `<county>/<ISO year>-W<week>`.

    `draft` is what the logs said when the draft was taken over, so that later logs are seen beside the edited text.
    When it is due follows from the policy and is not stored.
    """

    kind: ClassVar[Kind] = Kind(
        name="weekly_note", label="周记", title=("county", "week"), groups=("周记", "纸质"), id_by="{county}/{week}"
    )

    county: Annotated[
        str,
        about("旗县", group="周记", form=Form.CHOICE, table="旗县", required=True, width=160, index=True),
    ] = ""
    week: Annotated[
        str,
        about(
            "周次",
            lasting=True,
            group="周记",
            required=True,
            limit=20,
            width=100,
            index=True,
            hint="如 2018-W23，或该周任一天的日期",
            synonyms=("周", "第几周", "星期"),
        ),
    ] = ""
    text: Annotated[
        str,
        about(
            "周记正文",
            group="周记",
            form=Form.LONG,
            limit=20000,
            width=320,
            synonyms=("正文", "周记", "周记内容", "一周小结", "周小结", "一周总结"),
        ),
    ] = ""
    draft: Annotated[str, about("依日志生成的初稿", form=Form.LONG, limit=60000, auto=True)] = ""
    signed_by: Annotated[
        str, about("签字人", group="周记", limit=50, person_name=True, width=90, synonyms=("队长签字", "审签人"))
    ] = ""
    signed: Annotated[
        datetime.date | None,
        about("签字日期", group="周记", form=Form.DATE, happened=True, width=100, synonyms=("完成日期", "审签日期")),
    ] = None
    paper_seen_by: Annotated[
        str, about("纸质周记查看人", group="纸质", limit=50, person_name=True, hint=_SEEN_BY, synonyms=("查看人",))
    ] = ""
    paper_seen: Annotated[datetime.date | None, about("查看日期", group="纸质", form=Form.DATE, happened=True)] = None


class LedgerItem(Record, frozen=True, kw_only=True):
    """One task of a team's work ledger, on the page of one week.

    Carried over, it closes as `carried` and goes on as a record of its own under `<root id>/<week>`, opened on the
    same day, so that its age is counted from the beginning and carrying twice is once.
    """

    kind: ClassVar[Kind] = Kind(name="ledger_item", label="工作台账", title=("task",), groups=("事项", "办理"))

    week: Annotated[
        str, about("周次", group="事项", lasting=True, limit=20, width=90, index=True, hint="空着即立项当周")
    ] = ""
    task: Annotated[
        str,
        about(
            "工作事项",
            group="事项",
            form=Form.LONG,
            required=True,
            limit=1000,
            width=300,
            synonyms=("事项", "任务", "工作任务", "工作内容", "计划事项"),
        ),
    ] = ""
    posting: Annotated[
        str,
        about(
            "责任人",
            group="事项",
            form=Form.REF,
            ref="posting",
            width=110,
            index=True,
            synonyms=("负责人", "承办人", "姓名"),
        ),
    ] = ""
    opened: Annotated[
        datetime.date | None,
        about("立项日期", group="事项", form=Form.DATE, required=True, width=100, synonyms=("开始日期", "交办日期")),
    ] = None
    due: Annotated[
        datetime.date | None,
        about("完成时限", group="事项", form=Form.DATE, width=100, synonyms=("限期", "时限", "完成期限", "截止日期")),
    ] = None
    state: Annotated[
        str,
        about(
            "状态",
            group="办理",
            form=Form.CHOICE,
            table=choices.LEDGER_STATE,
            width=90,
            index=True,
            synonyms=("办理状态", "进展", "完成情况"),
        ),
    ] = ""
    finished: Annotated[
        datetime.date | None, about("办结日期", group="办理", form=Form.DATE, width=100, synonyms=("完成日期",))
    ] = None
    result: Annotated[
        str,
        about("办理结果", group="办理", form=Form.LONG, limit=1000, width=200, synonyms=("结果", "落实情况", "备注")),
    ] = ""
    carried_from: Annotated[str, about("结转自", form=Form.REF, ref="ledger_item", auto=True, index=True)] = ""
