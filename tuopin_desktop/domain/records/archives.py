"""What an office files: its fonds (全宗), its own retention periods, the items (件) that were allotted a number."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.roles import Act

PERIODS = CodeTable({"Y": "永久", "D30": "30年", "D10": "10年"})
"""Retention periods (国家档案局令第8号 art. 6) by the codes they have in an archival code (DA/T 22-2015, 5.4)."""
CODE_FORMS = CodeTable({"dat22": "DA/T 22-2015", "dat13": "DA/T 13-2022", "local": "本地格式"})
TABLES = CodeTable({"poverty": "脱贫攻坚档案期限表", "generic": "机关通用期限表"})
FILED = CodeTable({"yes": "归档", "no": "不归档"})
BINDING = CodeTable({"item": "按件", "volume": "按年成卷"})
SECRECY = CodeTable({"secret": "秘密", "confidential": "机密", "top": "绝密"})

_SETTINGS = "全宗"
_ITEM = "归档文件"


class Fonds(Record, frozen=True, kw_only=True):
    """How one office files; its id is `<private code of the office>/fonds`. Nothing entered: everything prints empty.

    `body_code` stands behind the office's area code unless `bare_body`: two offices that chose the same words never
    make the same archival code. `code_local` is a template as `resources/archives/*.toml` describes them.
    """

    kind: ClassVar[Kind] = Kind(
        name="fonds",
        label="归档配置",
        title=("fonds_name",),
        groups=(_SETTINGS,),
        impersonal=True,
        sealed=True,
        act=Act.ARCHIVE,
        beyond_term=True,
    )

    fonds_code: Annotated[
        str, about("全宗号", group=_SETTINGS, limit=12, width=90, hint="档案馆给定，如 Z109；还没有的可空着")
    ] = ""
    fonds_name: Annotated[
        str, about("全宗名称", group=_SETTINGS, limit=80, width=200, hint="立档单位全称或规范简称；空着即本单位名称")
    ] = ""
    category: Annotated[
        str, about("门类代码", group=_SETTINGS, limit=12, width=80, hint="空着即文书 WS；当地另有规定的照填，如 FP")
    ] = ""
    body: Annotated[
        str, about("机构（问题）", group=_SETTINGS, limit=40, width=140, hint="印在封面和归档章上；空着即不印")
    ] = ""
    body_code: Annotated[
        str, about("机构（问题）代码", group=_SETTINGS, limit=20, width=110, hint="档号中的一节，如 BGS")
    ] = ""
    bare_body: Annotated[
        bool,
        about(
            "代码前不加行政区划代码",
            group=_SETTINGS,
            form=Form.FLAG,
            hint="只在本馆没有别的单位用同一全宗号和代码时选",
        ),
    ] = False
    code_form: Annotated[
        str, about("档号格式", group=_SETTINGS, form=Form.CHOICE, table=CODE_FORMS, hint="空着即 DA/T 22-2015")
    ] = ""
    code_local: Annotated[
        str,
        about(
            "本地档号格式",
            group=_SETTINGS,
            limit=80,
            hint="如 {全宗号}-{门类}·{年度}-{期限}-{机构}-{件号}",
        ),
    ] = ""
    periods: Annotated[
        str, about("期限表", group=_SETTINGS, form=Form.CHOICE, table=TABLES, hint="空着即脱贫攻坚档案期限表")
    ] = ""
    secrecy: Annotated[str, about("密级", group=_SETTINGS, form=Form.CHOICE, table=SECRECY, hint="空着即不标")] = ""


class FilingRule(Record, frozen=True, kw_only=True):
    """One line of the shipped table as this office changed it; its id is `<private code>/rule-<paper>`."""

    kind: ClassVar[Kind] = Kind(
        name="filing_rule",
        label="期限调整",
        title=("paper", "period"),
        groups=("期限",),
        impersonal=True,
        sealed=True,
        act=Act.ARCHIVE,
        beyond_term=True,
    )

    paper: Annotated[str, about("文件种类", auto=True, limit=40)] = ""
    filed: Annotated[str, about("是否归档", group="期限", form=Form.CHOICE, table=FILED, width=80)] = ""
    period: Annotated[str, about("保管期限", group="期限", form=Form.CHOICE, table=PERIODS, width=80)] = ""
    binding: Annotated[str, about("按件或成卷", group="期限", form=Form.CHOICE, table=BINDING, width=80)] = ""
    note: Annotated[str, about("依据", group="期限", limit=200, hint="如 本单位归档范围和保管期限表第几条")] = ""


class ArchiveItem(Record, frozen=True, kw_only=True):
    """One 件 with its number; its id says which paper it is, so that two PCs of an office meet in one record.

    It is `<private code>/<paper>/<subject's id>`. `subject` names what is filed (see `domain/archives/`); what
    records it holds follows from them, so that none is lost and none is in two. Numbers run in a series: of one year,
    period and body. `made_title`: the title is the program's, and stands in [ ].
    """

    kind: ClassVar[Kind] = Kind(
        name="archive_item",
        label="归档文件",
        title=("code", "name"),
        groups=(_ITEM,),
        order=("year", "period", "body_code", "number"),
        sealed=True,
        act=Act.ARCHIVE,
        beyond_term=True,
    )

    year: Annotated[
        int | None, about("年度", group=_ITEM, form=Form.INTEGER, least=0, most=2099, width=60, index=True)
    ] = None
    period: Annotated[str, about("保管期限", group=_ITEM, form=Form.CHOICE, table=PERIODS, width=70)] = ""
    body_code: Annotated[str, about("机构（问题）代码", group=_ITEM, limit=40, width=100, lasting=True)] = ""
    number: Annotated[int | None, about("件号", group=_ITEM, form=Form.INTEGER, least=1, most=999_999, width=60)] = None
    fonds_code: Annotated[str, about("全宗号", group=_ITEM, limit=12, lasting=True)] = ""
    category: Annotated[str, about("门类代码", group=_ITEM, limit=12, lasting=True)] = ""
    code: Annotated[str, about("档号", group=_ITEM, limit=120, width=190, lasting=True)] = ""
    document: Annotated[str, about("文号", group=_ITEM, limit=100, width=130)] = ""
    author: Annotated[str, about("责任者", group=_ITEM, limit=120, width=150)] = ""
    name: Annotated[str, about("题名", group=_ITEM, limit=300, width=300)] = ""
    dated: Annotated[date | None, about("日期", group=_ITEM, form=Form.DATE, width=90)] = None
    secrecy: Annotated[str, about("密级", group=_ITEM, form=Form.CHOICE, table=SECRECY, width=60)] = ""
    pages: Annotated[int | None, about("页数", group=_ITEM, form=Form.INTEGER, least=0, most=99_999, width=60)] = None
    note: Annotated[str, about("备注", group=_ITEM, limit=200, width=120)] = ""
    paper: Annotated[str, about("文件种类", auto=True, limit=40, index=True)] = ""
    subject: Annotated[str, about("所归文件", auto=True, limit=240, lasting=True)] = ""
    county: Annotated[str, about("旗县代码", auto=True, limit=6, lasting=True)] = ""
    made_title: Annotated[bool, about("题名由程序拟写", form=Form.FLAG, auto=True)] = False
    late: Annotated[bool, about("整理完毕后补入", form=Form.FLAG, auto=True)] = False
    formed: Annotated[date | None, about("整理日期", form=Form.DATE, auto=True)] = None


class CatalogueHeads(Record, frozen=True, kw_only=True):
    """Which column of a catalogue of another layout is what; its id is `<private code>/heads-<print of the heads>`."""

    kind: ClassVar[Kind] = Kind(
        name="catalogue_heads",
        label="目录表头对应",
        title=("heads",),
        groups=("表头",),
        impersonal=True,
        sealed=True,
        act=Act.ARCHIVE,
        beyond_term=True,
    )

    heads: Annotated[str, about("表头", group="表头", form=Form.LONG, limit=4000)] = ""
    columns: Annotated[str, about("对应", group="表头", form=Form.LONG, limit=2000)] = ""
