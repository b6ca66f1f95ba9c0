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
