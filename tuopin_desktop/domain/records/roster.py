"""People and their postings: only the fields the measure uses (Art. 2-6), no family data."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records import choices


class Person(Record, frozen=True, kw_only=True):
    """A human being; may be posted more than once."""

    kind: ClassVar[Kind] = Kind(
        name="person",
        label="人员",
        groups=("基本情况", "单位职务", "联系"),
        keep_one=("id_number",),
        order=("name", "birth"),
    )

    name: Annotated[
        str,
        about(
            "姓名",
            group="基本情况",
            required=True,
            limit=50,
            width=110,
            search=True,
            index=True,
            person_name=True,
            synonyms=("人员姓名", "队员姓名", "干部姓名"),
        ),
    ] = ""
    sex: Annotated[str, about("性别", group="基本情况", form=Form.CHOICE, table="性别", width=56)] = ""
    ethnicity: Annotated[str, about("民族", group="基本情况", form=Form.CHOICE, table="民族", width=90)] = ""
    birth: Annotated[
        str,
        about(
            "出生年月",
            needed_by=("A03-4", "A03-5"),
            group="基本情况",
            form=Form.MONTH,
            width=100,
            personal=True,
            hint="如 197005 或 19700515",
            synonyms=("出生日期", "出生时间", "出生年月日", "生日", "出生年月(岁)"),
        ),
    ] = ""
    id_number: Annotated[
        str,
        about(
            "公民身份号码",
            group="基本情况",
            form=Form.ID_NUMBER,
            limit=18,
            personal=True,
            width=0,
            synonyms=("身份证号", "身份证号码", "身份证", "证件号码", "公民身份证号"),
        ),
    ] = ""
    native_place: Annotated[str, about("籍贯", group="基本情况", limit=60)] = ""
    political: Annotated[
        str,
        about(
            "政治面貌",
            needed_by=("A04-3",),
            group="基本情况",
            form=Form.CHOICE,
            table="政治面貌",
            width=96,
            synonyms=("党派", "是否党员"),
        ),
    ] = ""
    education: Annotated[
        str,
        about(
            "学历",
            needed_by=("A03-3",),
            group="基本情况",
            form=Form.CHOICE,
            table="学历",
            width=96,
            synonyms=("文化程度", "最高学历", "全日制学历", "学历学位"),
        ),
    ] = ""
    school: Annotated[str, about("毕业院校及专业", group="基本情况", limit=100, synonyms=("毕业院校", "毕业学校"))] = ""
    health: Annotated[
        str,
        about(
            "健康状况", needed_by=("A03-3",), group="基本情况", form=Form.CHOICE, table=choices.HEALTH, personal=True
        ),
    ] = ""
    status: Annotated[
        str,
        about(
            "人员身份",
            group="单位职务",
            form=Form.CHOICE,
            table=choices.STATUS,
            synonyms=("身份", "编制性质", "身份性质"),
        ),
    ] = ""
    unit: Annotated[
        str,
        about(
            "派出单位",
            needed_by=("A08-1", "A12-4"),
            group="单位职务",
            limit=100,
            width=220,
            synonyms=("工作单位", "单位", "原单位", "原工作单位", "选派单位", "所在单位"),
        ),
    ] = ""
    post: Annotated[
        str,
        about(
            "原任职务",
            group="单位职务",
            limit=100,
            width=170,
            synonyms=("职务", "现任职务", "单位职务", "行政职务", "原职务", "单位及职务", "工作单位及职务"),
        ),
    ] = ""
    rank: Annotated[
        str,
        about(
            "职级",
            needed_by=("A02-2", "A03-5"),
            group="单位职务",
            form=Form.CHOICE,
            table=choices.RANK,
            width=76,
            synonyms=("职务级别", "级别", "行政级别"),
            hint="厅级、处级、科级：决定年龄界限（第三条）",
        ),
    ] = ""
    reserve: Annotated[bool, about("后备干部", group="单位职务", form=Form.FLAG, synonyms=("是否后备干部",))] = False
    phone: Annotated[
        str,
        about(
            "手机",
            needed_by=("A10-6",),
            group="联系",
            limit=30,
            personal=True,
            width=120,
            synonyms=("联系电话", "手机号", "手机号码", "电话", "联系方式", "联系电话（手机）"),
        ),
    ] = ""
    note: Annotated[str, about("备注", group="联系", form=Form.LONG, limit=1000)] = ""


class Posting(Record, frozen=True, kw_only=True):
    """One unbroken service of a person in a team: person × team × position × dates (Art. 2, 4-6)."""

    kind: ClassVar[Kind] = Kind(
        name="posting",
        label="派驻",
        title=("person", "county", "position"),
        groups=("派驻", "党组织关系", "更换与决定"),
        order=("since", "person"),
    )

    person: Annotated[
        str, about("人员", group="派驻", form=Form.REF, ref="person", required=True, width=110, index=True)
    ] = ""
    county: Annotated[
        str,
        about(
            "派驻旗县",
            group="派驻",
            form=Form.CHOICE,
            table="旗县",
            required=True,
            width=150,
            index=True,
            synonyms=("旗县", "驻旗县", "派驻地", "所在旗县", "工作总队", "驻点旗县", "派驻旗县（市、区）"),
        ),
    ] = ""
    position: Annotated[
        str,
        about(
            "队内职务",
            group="派驻",
            form=Form.CHOICE,
            table=choices.POSITION,
            required=True,
            width=84,
            synonyms=("总队职务", "队内分工", "担任职务", "队内任职"),
        ),
    ] = ""
    source_level: Annotated[
        str,
        about(
            "来源",
            needed_by=("A02-4",),
            group="派驻",
            form=Form.CHOICE,
            table=choices.SOURCE_LEVEL,
            width=72,
            synonyms=("来源层级", "选派层级", "人员来源"),
        ),
    ] = ""
    local_post: Annotated[
        str,
        about(
            "挂任职务",
            needed_by=("A02-2", "A02-3"),
            group="派驻",
            limit=100,
            width=190,
            hint="队长：旗县党委副书记；副队长：党委常委、政府副旗县长（第二条）",
            synonyms=("挂职职务", "挂任", "挂职"),
        ),
    ] = ""
    since: Annotated[
        date | None,
        about(
            "派驻起",
            group="派驻",
            form=Form.DATE,
            required=True,
            width=100,
            synonyms=("派驻时间", "派驻开始", "到岗时间", "进驻时间", "派驻日期"),
        ),
    ] = None
    until: Annotated[
        date | None,
        about("派驻止", group="派驻", form=Form.DATE, width=100, synonyms=("离任时间", "派驻结束", "离岗时间")),
    ] = None
    end_reason: Annotated[str, about("离任原因", group="派驻", form=Form.CHOICE, table=choices.END_REASON)] = ""
    paper: Annotated[str, about("选派文号", group="派驻", limit=80, synonyms=("选派文件", "派驻文号"))] = ""
    village: Annotated[
        str,
        about(
            "驻点嘎查村",
            group="派驻",
            limit=60,
            hint="苏木乡镇和嘎查村；驻村工作队填写",
            synonyms=("驻村", "所驻嘎查村", "驻点村", "派驻村"),
        ),
    ] = ""
    pack: Annotated[
        str,
        about(
            "办法文件",
            group="派驻",
            form=Form.CHOICE,
            table="办法文件",
            index=True,
            hint="空着即2018年管理办法",
            synonyms=("规则包",),  # what it was called in releases before 1.0: their workbooks come back
        ),
    ] = ""
    party_moved: Annotated[
        date | None,
        about(
            "党组织关系转接日期",
            needed_by=("A04-3",),
            group="党组织关系",
            form=Form.DATE,
            width=0,
            synonyms=("党组织关系转入时间", "组织关系转接时间"),
        ),
    ] = None
    party_letter: Annotated[str, about("介绍信编号", group="党组织关系", limit=60)] = ""
    party_branch: Annotated[str, about("接收党组织", group="党组织关系", limit=100)] = ""
    replaces: Annotated[str, about("接替（原派驻）", group="更换与决定", form=Form.REF, ref="posting", sheet=False)] = (
        ""
    )
    applied: Annotated[
        date | None, about("更换申请日期", group="更换与决定", form=Form.DATE, hint="派出单位党组织书面申请（第五条）")
    ] = None
    applied_reason: Annotated[str, about("申请原因", group="更换与决定", limit=300)] = ""
    approval_paper: Annotated[
        str,
        about(
            "批复文号（据纸质）", group="更换与决定", limit=80, hint="自治区办公室批复的文号；以办公室登记的决定为准"
        ),
    ] = ""
    relaxation_paper: Annotated[
        str,
        about(
            "年龄放宽文号（据纸质）",
            group="更换与决定",
            limit=80,
            hint="后备干部放宽年龄的决定文号；以办公室登记的决定为准（第三条）",
        ),
    ] = ""
    note: Annotated[str, about("备注", group="更换与决定", form=Form.LONG, limit=1000, sheet=False)] = ""
