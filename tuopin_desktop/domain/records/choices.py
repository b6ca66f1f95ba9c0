"""The small code tables that belong to the measure itself; national tables come from `resources/codes.csv`."""

from tuopin_desktop.domain.codes import CodeTable

LEVEL = CodeTable({"region": "自治区", "league": "盟市", "county": "旗县"})
POSITION = CodeTable(
    {"leader": "队长", "deputy": "副队长", "first": "第一书记", "member": "队员"},
    {
        "总队长": "leader",
        "工作总队队长": "leader",
        "副总队长": "deputy",
        "成员": "member",
        "工作队员": "member",
        "驻村第一书记": "first",
    },
)
SOURCE_LEVEL = CodeTable(
    {"region": "区直", "league": "盟市", "county": "旗县"},
    {"自治区直属": "region", "自治区": "region", "区直机关": "region", "盟市直": "league", "旗县直": "county"},
)
RANK = CodeTable(
    {"department": "厅级", "division": "处级", "section": "科级", "below": "科级以下"},
    {
        **dict.fromkeys(("副厅级", "正厅级", "副厅", "正厅", "厅局级", "厅局级副职", "厅局级正职"), "department"),
        **dict.fromkeys(("副处级", "正处级", "副处", "正处", "县处级", "县处级副职", "县处级正职"), "division"),
        **dict.fromkeys(("副科级", "正科级", "副科", "正科", "乡科级", "乡科级副职", "乡科级正职"), "section"),
        **dict.fromkeys(("科员", "办事员", "科员级"), "below"),
    },
)
POVERTY = CodeTable({"nation": "国贫", "region": "区贫"}, {"国家级": "nation", "自治区级": "region"})
CERTAINTY = CodeTable({"sure": "确定", "likely": "待核", "office": "本办核定"})
STATUS = CodeTable(
    {"servant": "公务员", "managed": "参公人员", "institution": "事业人员", "enterprise": "国企人员", "other": "其他"},
    {"参照公务员法管理": "managed", "事业单位": "institution", "企业": "enterprise"},
)
HEALTH = CodeTable({"good": "健康", "fair": "一般", "poor": "较差"}, {"良好": "good", "健康或良好": "good"})
SUITS = CodeTable({"yes": "符合", "no": "不符合"}, {"是": "yes", "否": "no"})
END_REASON = CodeTable(
    {
        "term": "期满",
        "work": "工作需要",
        "recall": "召回",
        "health": "身体原因",
        "retirement": "退休",
        "other": "其他",
    }
)
SLIP_FORM = CodeTable(
    {
        "leader": "附件1 队长",
        "member": "附件2 副队长、队员",
        "village_short": "驻村请假单（短假）",
        "village_long": "驻村请假单（长假）",
    },
    {"附件1": "leader", "附件2": "member"},
)
CALLED_BACK, OFFICIAL = "called_back", "official"
"""The two classes of leave that are work: the original unit's, and the posting's own."""
LEAVE_TYPE = CodeTable(
    {
        "personal": "事假",
        "sick": "病假",
        "annual": "年休假",
        OFFICIAL: "因公外出",
        CALLED_BACK: "原单位叫回",
        "rest": "轮休补休",
        "home": "探亲假",
        "marriage": "婚假",
        "maternity": "产假",
        "paternity": "护理假",
        "childcare": "育儿假",
        "funeral": "丧假",
        "women": "妇女节",
        "other": "其他",
    },
    {"公休": "annual", "公差": "official", "出差": "official", "会议": "official", "培训": "official"},
)
DECISION = CodeTable(
    {"relaxation": "后备干部年龄放宽", "replacement": "更换批复", "leave": "请假审批", "other": "其他"}
)
RESULT = CodeTable({"approved": "同意", "refused": "不同意"}, {"批准": "approved", "不批准": "refused"})
RELATION = CodeTable({"extension": "续假", "reroute": "变更行程", "correction": "更正"})
REPLACING = ("reroute", "correction")
"""The relations of a slip that takes the place of the one before, once it is signed."""
ENDED = CodeTable({"withdrawn": "撤回", "voided": "作废"})
DELEGABLE = CodeTable(
    {"secretary": "旗县（市、区）委书记", "leader": "工作总队队长"}, {"书记": "secretary", "队长": "leader"}
)
ROLE = CodeTable(
    {
        **DELEGABLE.labels,
        "office": "自治区工作队管理办公室领导",
        "township": "苏木乡镇党委书记",
        "organisation": "旗县（市、区）委组织部",
    },
    {
        **DELEGABLE.aliases,
        "乡镇党委": "township",
        "组织部": "organisation",
        "办公室": "office",
        "自治区办公室": "office",
    },
)
BODY = CodeTable(
    {"unit": "派出单位干部人事部门", "liaison": "自治区办公室联络考评组"}, {"派出单位": "unit", "联络考评组": "liaison"}
)
SIDE = CodeTable({"county": "旗县", "liaison": "联络考评组"})
CLOSE_STATE = CodeTable({"closed": "已结账", "open": "已重新打开"})
SEAL_STATE = CodeTable({"sealed": "已封存", "open": "已重新打开"})
DAY = CodeTable({"off": "放假", "work": "上班"}, {"休": "off", "休息": "off", "班": "work"})
DAY_NATURE = CodeTable(
    {
        "statutory": "法定节假日",
        "moved_rest": "调休放假",
        "makeup_work": "调休上班",
        "weekend_in_block": "连休中的周末",
        "extension": "延长放假",
        "explicit_work": "照常上班",
        "local": "地方假日",
    },
    {"法定": "statutory", "补假": "moved_rest", "调休": "moved_rest", "补班": "makeup_work"},
)
BALLOT = CodeTable({"democratic": "民主测评", "survey": "民意调查"})
GRADE = CodeTable(
    {
        "excellent": "优秀",
        "competent": "称职（合格、良好）",
        "basic": "基本称职（基本合格、一般）",
        "unfit": "不称职（不合格、较差）",
        "none": "不确定等次",
    },
    {
        **dict.fromkeys(("称职", "合格", "良好"), "competent"),
        **dict.fromkeys(("基本称职", "基本合格", "一般"), "basic"),
        **dict.fromkeys(("不称职", "不合格", "较差"), "unfit"),
    },
)
CHECK_TYPE = CodeTable(
    {"open": "明查", "covert": "暗访", "journals": "抽查日志周记", "ledger": "查阅台账"},
    {"公开检查": "open", "暗查": "covert", "查日志": "journals", "台账": "ledger"},
)
FOUND = CodeTable(
    {"on_post": "在岗", "not_found": "不在岗", "on_leave": "请假", "on_trip": "因公外出", "not_checked": "未查看"},
    {"在": "on_post", "不在": "not_found", "未在岗": "not_found", "休假": "on_leave", "出差": "on_trip"},
)
MATTER = CodeTable(
    {
        "absence": "不在岗、未请假",
        "attendance": "考勤不实",
        "journals": "日志、周记缺写或雷同",
        "ledger": "台账不全",
        "work": "工作不落实",
        "conduct": "作风纪律",
        "other": "其他",
    }
)
CHECKING = CodeTable({"league": "盟市", "county": "旗县"})
CHECKED_HALF = CodeTable({"am": "上午", "pm": "下午"})
DRAWN = CodeTable(
    {"team": "工作总队", "person": "派驻人员"}, {"总队": "team", "队": "team", "人": "person", "人员": "person"}
)
PLACE_KIND = CodeTable(
    {
        "village": "嘎查村",
        "household": "农牧户",
        "worksite": "苏木乡镇工作点",
        "pasture": "季节性牧场",
        "county": "旗县机关",
        "out": "旗县外",
    },
    {
        **dict.fromkeys(("村", "嘎查", "驻村", "进村"), "village"),
        **dict.fromkeys(("户", "入户", "贫困户"), "household"),
        **dict.fromkeys(("苏木", "乡", "镇", "乡镇", "苏木乡镇"), "worksite"),
        **dict.fromkeys(("牧场", "冬营地", "夏营地"), "pasture"),
        **dict.fromkeys(("旗县", "机关", "旗", "县"), "county"),
        **dict.fromkeys(("外地", "出差", "因公外出"), "out"),
    },
)
"""Where a day was worked; the places that may count as villages bear the keys of the policy's `village.places`."""
LEDGER_STATE = CodeTable(
    {"open": "在办", "done": "已办结", "carried": "已结转", "dropped": "不再办理"},
    {
        **dict.fromkeys(("办理中", "未完成", "未办结", "进行中", "正在办理"), "open"),
        **dict.fromkeys(("完成", "已完成", "办结"), "done"),
        **dict.fromkeys(("结转", "转下周"), "carried"),
        **dict.fromkeys(("取消", "撤销"), "dropped"),
    },
)
