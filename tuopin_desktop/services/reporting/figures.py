"""The figures of an annual report, each declared once: words, unit, article, where it comes from, how it is counted.

A further figure is one line here and its place in a sentence of `annual`; `counting` has the ways of counting.
"""

from tuopin_desktop.domain.attendance.presencerate import OPEN, REACHED, SHORT, WITHHELD
from tuopin_desktop.domain.duties.duty import State
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.records.choices import GRADE
from tuopin_desktop.services.reporting import counting
from tuopin_desktop.services.reporting.counting import Value
from tuopin_desktop.services.reporting.figure import Figure
from tuopin_desktop.services.reporting.matterfigures import MATTERS
from tuopin_desktop.services.reporting.monthly import mean_days, presence_rate
from tuopin_desktop.services.reporting.year import DUTIES, LEAVE, PRESENCE, YearFacts

SUSPECT = (Verdict.RED, Verdict.SUSPECTED)
SEATS = ("posting", "team")
AWAY = (*dict.fromkeys((*PRESENCE, *LEAVE)),)


def _decided(key: str, grade: str) -> Figure:
    """Return the figure of one grade other than excellent, in the words of the register."""
    text = GRADE.word(grade)
    source = f"当年考核确定为{text}的人员和总队"
    return Figure(key, text, "个", 15, source, ("grade",), counting.records("grade", "year", decided=grade))


FIGURES: tuple[Figure, ...] = (
    Figure(
        "teams", "工作总队", "个", 2, "年末有在派人员的总队", ("posting",), lambda y: len({p.county for p in y.serving})
    ),
    Figure("posted", "在派人员", "人", 2, "年末在派的派驻登记", ("posting",), lambda y: len(y.serving)),
    Figure("leaders", "队长", "人", 2, "年末在派的队长", ("posting",), counting.in_post("leader")),
    Figure("deputies", "副队长", "人", 2, "年末在派的副队长", ("posting",), counting.in_post("deputy")),
    Figure("members", "队员", "人", 2, "年末在派的队员", ("posting",), counting.in_post("member")),
    Figure(
        "full_teams",
        "满员总队",
        "个",
        2,
        "年末在派不少于5人的总队",
        ("posting", "ruling"),
        counting.retired,
        retired=True,
    ),
    Figure("seated_teams", "满员总队", "个", 2, "年末五个岗位都有人在任的总队", SEATS, counting.seated_teams),
    Figure(
        "unfit_people",
        "任职条件待核",
        "项",
        3,
        "任职条件检查列出的待核项",
        ("person", "posting", "decision"),
        counting.findings("A03-"),
    ),
    Figure(
        "party_open",
        "党组织关系未转接",
        "人",
        4,
        "党组织关系检查列出的人员",
        ("posting", "person"),
        counting.findings("A04-3"),
    ),
    Figure("ended", "当年离任", "人", 5, "派驻止在当年的派驻登记", ("posting",), counting.ended),
    Figure("begun", "当年到任", "人", 5, "派驻起在当年的派驻登记", ("posting",), counting.begun),
    Figure(
        "unapproved",
        "未见批准的更换",
        "项",
        5,
        "人员更换检查列出的更换",
        ("posting", "decision"),
        counting.findings("A05-", *SUSPECT),
    ),
    Figure(
        "applied", "申请更换", "件", 5, "当年申请的更换", ("replacement",), counting.records("replacement", "applied")
    ),
    Figure("vacant", "年末空缺岗位", "个", 5, "每队五个岗位中年末无人在任的", SEATS, counting.vacant),
    Figure("vacancy_days", "岗位空缺", "天", 5, "各岗位当年无人在任的天数合计", SEATS, counting.vacancy_days),
    Figure("person_months", "应考核人月", "人月", 9, "各月在派人次（已过完的月份）", PRESENCE, lambda y: len(y.people)),
    Figure("reached", "达到应满天数", "人月", 9, "计入天数不少于应满天数", PRESENCE, counting.months(REACHED)),
    Figure("short", "不足应满天数", "人月", 9, "连同未登记的半天仍不足", PRESENCE, counting.months(SHORT)),
    Figure("unknown", "考勤登记不全", "人月", 9, "补登后才能判断", PRESENCE, counting.months(OPEN)),
    Figure("reached_rate", "达标率", "%", 9, "达到÷（达到＋不足）", PRESENCE, counting.retired, retired=True),
    Figure(
        "reached_share",
        "达标率",
        "%",
        9,
        "达到÷（达到＋不足）；已登记低于界限的不作比率",
        PRESENCE,
        lambda y: presence_rate(y.people, y.policy).stated,
        nothing=WITHHELD,
    ),
    Figure(
        "registered",
        "已登记",
        "%",
        9,
        "（达到＋不足）÷应考核人月",
        PRESENCE,
        lambda y: presence_rate(y.people, y.policy).coverage,
        nothing="—",
    ),
    Figure(
        "mean_days", "月人均在旗县工作", "天", 9, "已登记人月的计入天数平均", PRESENCE, lambda y: mean_days(y.people)
    ),
    Figure("village", "进村入户占比", "%", 9, "各人各月占比的平均", PRESENCE, counting.village),
    Figure("slips", "请假外出", "次", 10, "当年成行的报备单", LEAVE, lambda y: len(y.leave)),
    Figure("leave_days", "请假外出天数", "天", 10, "报备单在当年的自然日", LEAVE, counting.leave_days),
    Figure("official", "其中因公", "次", 10, "假别为因公外出的报备单", LEAVE, counting.official),
    Figure("late_rate", "补办率", "%", 10, "补办的报备单÷报备单", LEAVE, counting.late),
    Figure("overdue", "超假未归", "次", 10, "假满后次日起未销假的报备单", LEAVE, counting.overdue),
    Figure("unreported", "离开未报备", "人月", 10, "请销假检查列出的离开未报备月份", AWAY, counting.findings("A10-3")),
    Figure("logs", "工作日志", "篇", 10, "当年的工作日志", ("daily_log",), counting.records("daily_log", "date")),
    Figure("weekly", "周记", "篇", 10, "当年的周记", ("weekly_note",), counting.records("weekly_note", "week")),
    Figure(
        "ledger",
        "工作台账事项",
        "项",
        10,
        "当年立项的台账事项",
        ("ledger_item",),
        counting.records("ledger_item", "opened"),
    ),
    Figure(
        "checks",
        "明查暗访和抽查",
        "次",
        10,
        "当年的检查记录",
        ("spot_check",),
        counting.records("spot_check", "checked"),
    ),
    Figure(
        "checks_found",
        "检查发现问题",
        "个",
        10,
        "写明问题的检查记录",
        ("spot_check",),
        counting.filled("spot_check", "checked", "finding"),
    ),
    Figure(
        "checks_closed",
        "已销号",
        "个",
        10,
        "已销号的检查记录",
        ("spot_check",),
        counting.filled("spot_check", "checked", "closed"),
    ),
    Figure("trainings", "培训班", "期", 11, "当年开班的培训", ("training",), counting.records("training", "period")),
    Figure(
        "demonstration",
        "其中示范培训班",
        "期",
        11,
        "类别为示范的培训",
        ("training",),
        counting.records("training", "period", type="demonstration"),
    ),
    Figure(
        "analysis",
        "工作分析例会",
        "次",
        12,
        "当年的工作分析例会",
        ("meeting",),
        counting.records("meeting", "held", type="analysis"),
    ),
    Figure(
        "joint", "联席会议", "次", 12, "当年的联席会议", ("meeting",), counting.records("meeting", "held", type="joint")
    ),
    Figure(
        "leaders_met",
        "队长会议",
        "次",
        12,
        "当年的队长会议",
        ("meeting",),
        counting.records("meeting", "held", type="leaders"),
    ),
    Figure(
        "monthly",
        "月报",
        "份",
        12,
        "当年月份的月报",
        ("team_report",),
        counting.records("team_report", "month", type="monthly"),
    ),
    Figure(
        "half_year",
        "半年报告",
        "份",
        12,
        "当年的半年报告",
        ("half_year_report",),
        counting.records("half_year_report", "year"),
    ),
    Figure(
        "matters", "瓶颈问题和调研宣传", "件", 12, "当年提出的事项", ("matter",), counting.records("matter", "raised")
    ),
    *MATTERS,
    Figure("duties", "到期履职事项", "项", 12, "期限在当年的各项履职事项（第四至十八条）", DUTIES, counting.duties()),
    Figure("duties_done", "其中按期办结", "项", 12, "在期限内办结且有凭据", DUTIES, counting.duties(State.DONE)),
    Figure("duties_late", "其中逾期办结", "项", 12, "期限过后办结", DUTIES, counting.duties(State.LATE)),
    Figure(
        "duties_open",
        "其中缺凭据或未办完",
        "项",
        12,
        "已办缺凭据、办了一半、期限当日待办",
        DUTIES,
        counting.duties(State.BARE, State.HALF, State.DUE),
    ),
    Figure("duties_overdue", "其中逾期未办", "项", 12, "期限已过仍未办", DUTIES, counting.duties(State.OVERDUE)),
    Figure("duties_rate", "履职事项按期办结率", "%", 12, "按期办结÷到期履职事项", DUTIES, counting.in_time),
    Figure(
        "followed",
        "派出单位谈话走访",
        "次",
        8,
        "当年的跟踪管理记录",
        ("follow_up",),
        counting.records("follow_up", "date"),
    ),
    Figure(
        "excellent",
        "考核优秀",
        "个",
        15,
        "当年考核确定为优秀的人员和总队",
        ("grade",),
        counting.records("grade", "year", decided="excellent"),
    ),
    _decided("competent", "competent"),
    _decided("basic", "basic"),
    _decided("unfit", "unfit"),
    _decided("no_grade", "none"),
    Figure(
        "graded",
        "已确定等次",
        "个",
        15,
        "当年考核已确定等次的人员和总队",
        ("grade",),
        counting.filled("grade", "year", "decided"),
    ),
    Figure(
        "advance_due",
        "应办晋升晋级",
        "项",
        14,
        "应办日期在当年，不含表彰奖励",
        ("advancement",),
        counting.due_advancements,
    ),
    Figure(
        "advance_done",
        "已办晋升晋级",
        "项",
        14,
        "办理日期在当年，不含表彰奖励",
        ("advancement",),
        counting.done_advancements,
    ),
    Figure(
        "advance_open", "到期未办晋升晋级", "项", 14, "历年到期、年末未办的", ("advancement",), counting.not_advanced
    ),
    Figure(
        "awards",
        "表彰奖励",
        "项",
        14,
        "当年登记办理的表彰奖励",
        ("advancement",),
        counting.records("advancement", "done", type="award"),
    ),
    Figure(
        "suspected",
        "达到第十六条界限待认定",
        "人",
        16,
        "离岗检查列为待核或不符",
        AWAY,
        counting.findings("A16-3", *SUSPECT),
    ),
    Figure(
        "cases",
        "召回调整立案",
        "件",
        16,
        "当年立案的召回调整",
        ("recall_case",),
        counting.records("recall_case", "opened"),
    ),
    Figure(
        "incidents", "违纪违规情况", "件", 13, "当年登记的情况", ("incident",), counting.records("incident", "date")
    ),
    Figure(
        "trips", "往返交通", "次", 18, "当年出发的往返登记", ("round_trip",), counting.records("round_trip", "period")
    ),
    Figure(
        "trips_paid",
        "其中已报销往返交通",
        "次",
        18,
        "填有报销日期的往返登记",
        ("round_trip",),
        counting.filled("round_trip", "period", "reimbursed"),
    ),
    Figure(
        "insured", "意外险覆盖率", "%", 18, "年末在派且在保的人员÷在派人员", ("insurance", "posting"), counting.insured
    ),
    Figure(
        "claims",
        "提交医药费",
        "件",
        18,
        "当年提交的医药费报销",
        ("medical_claim",),
        counting.records("medical_claim", "submitted"),
    ),
    Figure(
        "claims_paid",
        "其中已报销医药费",
        "件",
        18,
        "当年提交、填有报销日期的",
        ("medical_claim",),
        counting.filled("medical_claim", "submitted", "reimbursed"),
    ),
    Figure(
        "stay_days", "驻旗县天数", "天", 18, "已过月份在旗县的半天折算，与驻点天数证明相同", PRESENCE, counting.stayed
    ),
    Figure(
        "subsidy", "应发生活补助", "元", 18, "驻旗县天数×登记的补助标准", (*PRESENCE, "subsidy_rate"), counting.subsidy
    ),
    Figure(
        "funds", "专项资金到账", "元", 18, "当年登记的专项资金", ("fund",), counting.money("fund", "date", "amount")
    ),
    Figure(
        "funds_spent",
        "专项资金支出",
        "元",
        18,
        "当年到账资金的已支出",
        ("fund",),
        counting.money("fund", "date", "spent"),
    ),
)
"""In the order of their sentences; keys are never reused for another meaning: old snapshots hold them."""

BY_KEY = {figure.key: figure for figure in FIGURES}
COUNTED = tuple(figure for figure in FIGURES if not figure.retired)


def measured(year: YearFacts) -> dict[str, Value]:
    """Return the value of every figure that is counted."""
    return {figure.key: figure.value(year) for figure in COUNTED}
