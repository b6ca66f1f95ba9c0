"""The small code tables of the duty registers (Art. 5, 7-8, 11-14, 17-19)."""

from tuopin_desktop.domain.codes import CodeTable

TRAINING = CodeTable(
    {"pre_post": "岗前培训", "special": "专题培训", "demonstration": "示范培训班"},
    {
        "岗前": "pre_post",
        "专题": "special",
        "示范": "demonstration",
        "示范培训": "demonstration",
        "示范班": "demonstration",
    },
)
ORGANISER = CodeTable(
    {
        "office": "自治区工作队管理办公室",
        "region": "自治区其他单位",
        "league": "盟市",
        "county": "旗县",
        "unit": "派出单位",
        "other": "其他",
    },
    {"自治区办公室": "office", "办公室": "office", "自治区": "region"},
)
MEETING = CodeTable(
    {
        "analysis": "工作分析例会",
        "joint": "联席会议",
        "leaders": "队长会议",
        "study": "办公室研究会议",
        "other": "其他会议",
    },
    {"例会": "analysis", "分析例会": "analysis", "联席会": "joint", "队长例会": "leaders"},
)
MEETING_FORM = CodeTable({"site": "现场", "video": "视频", "forum": "座谈"}, {"视频会议": "video", "现场会": "site"})
TEAM_REPORT = CodeTable(
    {"monthly": "月报", "major": "重大情况快报", "other": "其他报告"},
    {"月度报告": "monthly", "快报": "major", "重要问题": "major", "重大情况": "major"},
)
HALF_YEAR = CodeTable({"first": "上半年", "second": "下半年"}, {"上": "first", "下": "second"})
MATTER = CodeTable(
    {
        "bottleneck": "瓶颈问题上报",
        "help": "请求帮助解决",
        "research": "调研报告",
        "example": "典型经验",
        "publicity": "宣传报道",
    },
    {"瓶颈": "bottleneck", "困难": "help", "调研": "research", "典型": "example", "宣传": "publicity"},
)
MATTER_LEVEL = CodeTable({"county": "旗县", "league": "盟市", "region": "自治区", "nation": "国家"})
FOLLOW_UP = CodeTable(
    {"briefing": "听取汇报", "talk": "谈心谈话", "visit": "走访慰问"},
    {"汇报": "briefing", "谈话": "talk", "走访": "visit", "慰问": "visit"},
)
ADVANCEMENT = CodeTable(
    {"post": "职务晋升", "grade": "职级晋升", "pay": "工资晋级", "title": "职称评聘", "award": "表彰奖励"},
    {"晋升": "post", "晋级": "grade", "表彰": "award"},
)
CLAUSE = CodeTable(
    {
        "eight": "中央八项规定精神",
        "winds": "“四风”问题",
        "escort": "没有轻车简从",
        "gifts": "收受礼品礼金、土特产",
        "gambling": "赌博",
        "banquet": "公款吃喝",
        "chat": "微信群“十不准”",
        "other": "其他纪律",
    },
    {"八项规定": "eight", "四风": "winds", "礼品": "gifts", "十不准": "chat"},
)
SUBSIDY = CodeTable(
    {"living": "生活补助（每天）", "communication": "通信补助（每月）"},
    {"生活补助": "living", "通信补助": "communication", "通讯补助": "communication", "伙食补助": "living"},
)
TRIGGER = CodeTable(
    {
        "absence": "无正当理由离岗超过界限",
        "unfit": "不胜任工作",
        "weak": "履职不力",
        "fraud": "弄虚作假、失职失责等",
    },
    {"离岗": "absence", "弄虚作假": "fraud", "失职失责": "fraud"},
)
MEASURE = CodeTable(
    {
        "criticism": "批评教育",
        "interview": "派出单位约谈",
        "opinion": "召回调整意见",
        "reselect": "责成重新调整选派",
        "handling": "组织处理",
        "accountability": "问责有关负责人",
    },
    {"约谈": "interview", "召回": "opinion", "问责": "accountability"},
)
OUTCOME = CodeTable({"cleared": "不成立", "corrected": "批评教育后继续派驻", "recalled": "召回调整", "other": "其他"})
REPLACED = CodeTable(
    {"work": "工作需要", "recall": "召回调整", "health": "身体原因", "retirement": "退休", "other": "其他"}
)
