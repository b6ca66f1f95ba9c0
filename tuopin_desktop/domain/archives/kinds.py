"""Every kind of paper an office has: which records are one paper, what it is called, whose it is. No period is here.

How long a kind is kept, and whether at all, is data (`resources/archives/*.toml`): it differs from county to county.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

Unit = Literal["record", "month", "year", "person"]
"""What one 件 of a kind is: a record, a county's month, a county's year, a person's year (one book = one 件)."""


class PaperKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of paper; `kinds` are the records it is made of, "" of none: a print of what is filed elsewhere.

    `only` takes those records of a kind whose field has one of the values (a value ending in * is a beginning).
    `days` are the fields its time comes from: the year is that of the first with a value (a report of 2018 written in
    2019 is filed in 2018), the date the first that is a day. `document` the field of its number. `title` is
    the program's own, of {team} {county} {name} {year} {month} {word} {type}; `own_title` names the field that holds
    the paper's title. `author` is who answers for it.
    """

    key: str
    name: str
    kinds: tuple[str, ...] = ()
    only: tuple[str, tuple[str, ...]] | None = None
    unit: Unit = "record"
    by_field: str = ""
    """Records of a kind are one paper by what this field points to: the ballots of a round."""
    days: tuple[str, ...] = ()
    document: str = ""
    title: str = ""
    own_title: str = ""
    author: Literal["office", "team", "unit", "person"] = "office"
    signed: str = ""
    """The field that says the paper was signed, sent or decided; empty: nobody notes it."""


PARTS: Mapping[str, str] = MappingProxyType(
    {
        "opinion": "slip",
        "filing": "slip",
        "call": "slip",
        "rectification": "check",
        "meeting_problem": "meeting",
        "training_attendance": "training",
        "statement": "case",
        "measure": "case",
        "attachment": "subject",
        "amendment": "subject",
    }
)
"""Records that are part of another one's paper, by the field that says of which."""

NO_PAPER: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("office", "county", "team"), "who the office is: it stands on every paper"),
        **dict.fromkeys(("station", "revocation", "user", "access"), "keys and people at the computer"),
        **dict.fromkeys(("fonds", "filing_rule", "archive_item", "catalogue_heads"), "the finding aid itself"),
    }
)
"""Kinds of records of which there is no paper, and why."""

_RULES = (
    PaperKind(
        key="rule_pack",
        name="管理办法及启用的办法文件",
        kinds=("rule_pack",),
        days=("enabled",),
        document="number",
        own_title="name",
    ),
    PaperKind(
        key="ruling",
        name="办法解释（口径）",
        kinds=("ruling",),
        days=("ruled",),
        document="paper",
        title="关于管理办法有关问题的解释",
    ),
    PaperKind(
        key="circular",
        name="出勤通报",
        kinds=("dispatch",),
        only=("subject", ("circular/*",)),
        days=("dated",),
        document="number",
        own_title="name",
    ),
    PaperKind(
        key="dispatch",
        name="发文",
        kinds=("dispatch",),
        days=("dated",),
        document="number",
        own_title="name",
    ),
    PaperKind(
        key="annual_report",
        name="年度报告",
        kinds=("snapshot",),
        unit="year",
        days=("year", "taken"),
        title="{team}{year}年度工作报告",
    ),
    PaperKind(
        key="meeting",
        name="会议纪要（记录）",
        kinds=("meeting",),
        days=("held",),
        document="paper",
        title="{team}{type}纪要（{year}年{month}月{day}日）",
    ),
    PaperKind(
        key="event_report",
        name="重大情况快报和其他报告",
        kinds=("team_report",),
        only=("type", ("major", "other")),
        days=("sent", "occurred", "month"),
        document="paper",
        own_title="name",
        author="team",
        signed="sent",
    ),
    PaperKind(
        key="month_report",
        name="总队月报",
        kinds=("team_report",),
        days=("month", "sent", "occurred"),
        document="paper",
        own_title="name",
        author="team",
        signed="sent",
    ),
    PaperKind(
        key="matter",
        name="重要事项请示报告",
        kinds=("matter",),
        days=("raised",),
        document="paper",
        own_title="name",
        author="team",
    ),
)
_PEOPLE = (
    PaperKind(
        key="roster",
        name="队员名册（派驻登记）",
        kinds=("posting", "person"),
        unit="year",
        days=("since",),
        title="{team}{year}年到岗队员名册",
    ),
    PaperKind(
        key="recommendation",
        name="选派推荐函",
        kinds=("recommendation",),
        days=("signed",),
        document="paper",
        title="关于推荐{name}派驻的函",
        author="unit",
        signed="signed",
    ),
    PaperKind(
        key="decision",
        name="办公室决定（批复）",
        kinds=("decision",),
        days=("decided",),
        document="paper",
        title="关于{name}{type}的决定",
    ),
    PaperKind(
        key="replacement",
        name="更换申请",
        kinds=("replacement",),
        days=("applied",),
        document="unit_paper",
        title="关于更换{name}的申请",
        author="unit",
    ),
    PaperKind(
        key="term_grade",
        name="期满综合考核结果",
        kinds=("grade",),
        only=("year", ("0",)),
        days=("decided_on",),
        document="paper",
        title="{name}派驻期满综合考核结果",
        signed="decided",
    ),
    PaperKind(
        key="grade",
        name="年度考核等次",
        kinds=("grade",),
        unit="year",
        days=("year", "decided_on"),
        title="{team}{year}年度考核等次",
        signed="decided",
    ),
    PaperKind(
        key="appraisal_score",
        name="考核评分表",
        kinds=("appraisal_score",),
        unit="year",
        days=("year",),
        title="{team}{year}年度考核评分表",
    ),
    PaperKind(
        key="ballot_round",
        name="测评汇总",
        kinds=("ballot_round",),
        days=("held",),
        title="{team}{year}年度{type}汇总",
    ),
    PaperKind(
        key="ballots",
        name="测评票",
        kinds=("ballot",),
        by_field="round",
        title="{team}{year}年度测评票",
    ),
    PaperKind(
        key="routine_mark",
        name="平时考核",
        kinds=("routine_mark",),
        unit="year",
        days=("month",),
        title="{team}{year}年平时考核表",
    ),
    PaperKind(
        key="work_summary",
        name="年度工作总结",
        kinds=("work_summary",),
        days=("year", "handed"),
        title="{name}{year}年度工作总结",
        author="person",
        signed="handed",
    ),
    PaperKind(
        key="half_year_report",
        name="半年报告",
        kinds=("half_year_report",),
        days=("year", "written", "to_unit", "to_office"),
        document="paper",
        title="{name}{year}年{type}思想工作学习情况报告",
        author="person",
        signed="to_office",
    ),
    PaperKind(
        key="advancement",
        name="晋升晋级",
        kinds=("advancement",),
        days=("done", "due"),
        document="paper",
        title="{name}{type}的材料",
        author="unit",
        signed="done",
    ),
    PaperKind(
        key="acknowledgement",
        name="十不准承诺书",
        kinds=("acknowledgement",),
        unit="year",
        days=("signed",),
        title="{team}{year}年队员十不准承诺书",
        author="team",
    ),
    PaperKind(
        key="follow_up",
        name="派出单位跟踪管理记录",
        kinds=("follow_up",),
        unit="year",
        days=("date",),
        title="{team}{year}年派出单位跟踪管理记录",
    ),
    PaperKind(
        key="training",
        name="培训班材料",
        kinds=("training",),
        days=("period",),
        own_title="name",
    ),
)
_DISCIPLINE = (
    PaperKind(
        key="recall",
        name="召回、约谈和处理材料",
        kinds=("recall_case",),
        days=("opened", "since"),
        title="关于{name}有关情况的处理材料",
        signed="closed",
    ),
    PaperKind(
        key="incident",
        name="违纪情况材料",
        kinds=("incident",),
        days=("date",),
        document="paper",
        title="{name}有关情况的处理材料",
        signed="handled",
    ),
    PaperKind(
        key="spot_check",
        name="抽查记录和整改情况",
        kinds=("spot_check",),
        days=("checked",),
        title="{team}抽查记录（{year}年{month}月{day}日）",
    ),
    PaperKind(
        key="own_check",
        name="自查记录和整改情况",
        kinds=("own_check",),
        days=("checked",),
        title="{team}自查记录（{year}年{month}月{day}日）",
    ),
    PaperKind(
        key="check_draw",
        name="抽签记录",
        kinds=("check_draw",),
        days=("drawn",),
        title="抽查抽签记录（{year}年{month}月{day}日）",
    ),
    PaperKind(
        key="explanation",
        name="疑点说明",
        kinds=("explanation",),
        unit="year",
        days=("said",),
        title="{team}{year}年考勤疑点说明",
        author="team",
    ),
    PaperKind(
        key="purge",
        name="个人信息清除登记",
        kinds=("purge",),
        days=("confirmed", "proposed"),
        title="个人信息清除登记（{year}年{month}月{day}日）",
        signed="confirmed",
    ),
)
_PRESENCE = (
    PaperKind(
        key="authorisation",
        name="受权签字书",
        kinds=("authorisation",),
        days=("first",),
        document="paper",
        title="关于受权签字的文书",
    ),
    PaperKind(
        key="slip",
        name="请假报备单（附件1、附件2）",
        kinds=("leave_slip",),
        days=("filled", "period"),
        document="number",
        title="{name}请假报备单（{year}年{month}月{day}日）",
        author="team",
        signed="sheet_back",
    ),
    PaperKind(
        key="month_book",
        name="考勤簿",
        kinds=("month_close", "attendance", "correction", "remark"),
        unit="month",
        days=("month", "day"),
        title="{team}{year}年{month}月考勤簿",
        author="team",
        signed="closed",
    ),
    PaperKind(
        key="daily_log",
        name="工作日志",
        kinds=("daily_log",),
        unit="person",
        days=("date",),
        title="{name}{year}年工作日志",
        author="person",
    ),
    PaperKind(
        key="weekly_note",
        name="周记",
        kinds=("weekly_note",),
        unit="year",
        days=("week",),
        title="{team}{year}年周记",
        author="team",
    ),
    PaperKind(
        key="ledger_item",
        name="工作台账",
        kinds=("ledger_item",),
        unit="year",
        days=("week", "opened"),
        title="{team}{year}年工作台账",
        author="team",
    ),
    PaperKind(
        key="calendar",
        name="节假日安排通知",
        kinds=("calendar_year", "calendar_day"),
        unit="year",
        days=("year", "date"),
        title="{year}年节假日安排通知",
    ),
    PaperKind(
        key="subsidy_rate",
        name="补助标准文件",
        kinds=("subsidy_rate",),
        days=("since",),
        document="paper",
        title="关于{type}标准的文件",
    ),
)
_ACCOUNTS = (
    PaperKind(key="insurance", name="意外伤害保险单据", kinds=("insurance",), days=("since",)),
    PaperKind(key="medical_claim", name="医药费报销单据", kinds=("medical_claim",), days=("submitted",)),
    PaperKind(key="round_trip", name="往返交通报销单据", kinds=("round_trip",), days=("period",)),
    PaperKind(key="fund", name="专项资金单据", kinds=("fund",), days=("date",)),
)
_PRINTS = tuple(
    PaperKind(key=key, name=name)
    for key, name in (
        ("leave_register", "请销假登记簿、备案簿、电话记录簿"),
        ("sign_in", "签到表（随会议、培训材料）"),
        ("duty_list", "履职事项清单和催办卡"),
        ("unit_letter", "致派出单位函（另有发文的见发文）"),
        ("overview", "情况一览、图表和登记簿打印件"),
        ("blank_form", "空白表格"),
        ("draft", "草稿、纪要初稿"),
        ("handover_note", "经办人交接清单"),
        ("cadre_file", "转入干部人事档案的考核材料"),
        ("package_account", "U盘交换清单和回执"),
        ("disclosure_list", "查阅记录清单"),
        ("check_sheet", "空白检查表"),
    )
)
PAPERS: tuple[PaperKind, ...] = (*_RULES, *_PEOPLE, *_DISCIPLINE, *_PRESENCE, *_ACCOUNTS, *_PRINTS)
"""All kinds, in the order in which they stand in a series of one year and period."""
BY_KEY: Mapping[str, PaperKind] = MappingProxyType({paper.key: paper for paper in PAPERS})
PLACE: Mapping[str, int] = MappingProxyType({paper.key: at for at, paper in enumerate(PAPERS)})


def papers_of(kind: str) -> tuple[PaperKind, ...]:
    """Return the kinds of paper that records of a kind may be, in the order in which they are asked."""
    return _OF_KIND.get(kind, ())


_OF_KIND: Mapping[str, tuple[PaperKind, ...]] = MappingProxyType(
    {kind: tuple(paper for paper in PAPERS if kind in paper.kinds) for kind in {k for p in PAPERS for k in p.kinds}}
)
