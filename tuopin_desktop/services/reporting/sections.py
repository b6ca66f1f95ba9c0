"""The words of an annual report: headings and sentences with the figures they say."""

from collections.abc import Iterable, Mapping
from string import Formatter

Part = tuple[str, tuple[str, ...]]
"""A heading, which may be empty, and the sentences of the paragraph below it."""

SECTIONS: tuple[tuple[str, tuple[Part, ...]], ...] = (
    (
        "队伍派驻情况",
        (
            (
                "人员编成",
                (
                    "年末有工作总队{teams}，在派{posted}，其中队长{leaders}、副队长{deputies}、队员{members}；满员总队{full_teams}（第二条）。",
                    "年末有工作总队{teams}，在派{posted}，其中队长{leaders}、副队长{deputies}、队员{members}；五个岗位都有人的满员总队{seated_teams}（第二条）。",
                ),
            ),
            (
                "人员选派和更换",
                (
                    "任职条件待核{unfit_people}（第三条）；党组织关系未转接{party_open}（第四条）。当年到任{begun}，离任{ended}，申请更换{applied}，未见批准的更换{unapproved}（第五条）。",
                    "年末空缺岗位{vacant}，全年岗位空缺累计{vacancy_days}（第五条）。",
                ),
            ),
        ),
    ),
    (
        "在岗履职情况",
        (
            (
                "在岗天数",
                (
                    "应考核{person_months}，达到应满天数{reached}，不足{short}，考勤登记不全{unknown}；达标率{reached_rate}，月人均在旗县工作{mean_days}，进村入户平均占{village}（第九条）。",
                    "应考核{person_months}，达到应满天数{reached}，不足{short}，考勤登记不全{unknown}；达标率{reached_share}（已登记{registered}），已登记的月人均在旗县工作{mean_days}，进村入户平均占{village}（第九条）。",
                ),
            ),
            (
                "请销假",
                (
                    "请假外出{slips}、{leave_days}，其中因公{official}；补办率{late_rate}，超假未归{overdue}，离开未报备{unreported}（第十条）。",
                ),
            ),
            ("日志、周记和台账", ("撰写工作日志{logs}、周记{weekly}，台账立项{ledger}（第十条）。",)),
            ("明查暗访和抽查", ("检查{checks}，发现问题{checks_found}，已销号{checks_closed}（第十条）。",)),
        ),
    ),
    (
        "培训和工作制度落实情况",
        (
            ("培训", ("举办培训班{trainings}，其中示范培训班{demonstration}（第十一条）。",)),
            (
                "会议和报告",
                (
                    "召开工作分析例会{analysis}、联席会议{joint}、队长会议{leaders_met}；报送月报{monthly}、半年报告{half_year}；提出瓶颈问题、调研和宣传事项{matters}（第十二条）。",
                ),
            ),
            (
                "调查研究和宣传",
                (
                    "上报瓶颈问题{bottlenecks}、请求帮助解决{helps}，已答复或办结{matters_answered}；形成调研报告{research}，总结典型经验{examples}（第七条、第十二条）；刊播宣传报道{publicity}（第十九条）。",
                ),
            ),
            (
                "各项履职事项",
                (
                    "当年到期履职事项{duties}，按期办结{duties_done}，逾期办结{duties_late}，缺凭据或未办完{duties_open}，逾期未办{duties_overdue}；按期办结率{duties_rate}（第十二条，连同各条规定的期限）。",
                ),
            ),
            ("跟踪管理", ("派出单位谈话走访{followed}（第八条）。",)),
        ),
    ),
    (
        "考核和纪律情况",
        (
            (
                "年度考核",
                (
                    "已确定等次{graded}，其中优秀{excellent}（第十五条）。",
                    "其余为称职（合格、良好）{competent}、基本称职（基本合格、一般）{basic}、不称职（不合格、较差）{unfit}、不确定等次{no_grade}（第十五条）。",
                ),
            ),
            (
                "晋升晋级和表彰",
                (
                    "当年应办晋升晋级{advance_due}，当年办理{advance_done}，到期未办{advance_open}；表彰奖励{awards}（第十四条）。",
                ),
            ),
            (
                "纪律",
                (
                    "登记违纪违规情况{incidents}（第十三条）；达到第十六条规定的界限、待管理办公室认定的{suspected}；召回调整立案{cases}（第十六条）。",
                ),
            ),
        ),
    ),
    (
        "保障情况",
        (
            (
                "",
                (
                    "往返交通登记{trips}，年末意外伤害保险覆盖率{insured}（第十八条）。",
                    "往返交通已报销{trips_paid}；提交医药费{claims}，已报销{claims_paid}；驻旗县{stay_days}，按登记的标准应发生活补助{subsidy}；专项资金到账{funds}，已支出{funds_spent}（第十八条）。",
                ),
            ),
        ),
    ),
)
"""Headings and sentences; every name in braces is a declared figure. What was not frozen is not said."""


def named(sentence: str) -> set[str]:
    """Return the keys of the figures a sentence says."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def spoken(sentences: Iterable[str], values: Mapping[str, str]) -> str:
    """Return the sentences whose every figure is known; a snapshot taken before a figure was declared goes without."""
    return "".join(sentence.format_map(values) for sentence in sentences if named(sentence) <= values.keys())
