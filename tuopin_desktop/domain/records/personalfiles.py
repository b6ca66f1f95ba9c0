"""What leaves the office after a term: originals for personal files (Art. 15-4), certificates, extracts, lendings."""

import datetime
from typing import Annotated, ClassVar

from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.roles import Act

LENT = CodeTable(
    {"look": "查阅", "copy": "复制", "out": "借出", "extract": "提取"},
    {"借阅": "out", "外借": "out", "阅览": "look", "复印": "copy"},
)
"""How archives that are still in the office are used (实施条例 art. 34)."""

POSITION_LIMIT = 200_000
"""Characters of how far the log reached: a line for each feed, as a frozen report keeps it."""


class PersonalMaterial(Record, frozen=True, kw_only=True):
    """One signed original for a person's file, as it lies on the desk: what is not noted here counts as lacking."""

    kind: ClassVar[Kind] = Kind(
        name="personal_material",
        label="个人档案材料",
        title=("person", "name"),
        groups=("材料", "原件"),
        keep_one=("person", "name", "formed"),
        about="person",
        act=Act.ARCHIVE,
        beyond_term=True,
    )

    person: Annotated[
        str,
        about(
            "姓名",
            group="材料",
            form=Form.REF,
            ref="person",
            required=True,
            width=110,
            index=True,
            synonyms=("人员", "队员"),
        ),
    ] = ""
    name: Annotated[
        str,
        about("材料名称", group="材料", required=True, limit=100, width=260, hint="如 2019年度考核表、综合考核材料"),
    ] = ""
    formed: Annotated[
        datetime.date | None,
        about(
            "材料形成时间", group="原件", form=Form.DATE, happened=True, width=110, synonyms=("形成时间", "落款日期")
        ),
    ] = None
    pages: Annotated[int | None, about("页数", group="原件", form=Form.INTEGER, least=1, most=9999, width=60)] = None
    signed: Annotated[bool, about("已签字", group="原件", form=Form.FLAG, width=70)] = False
    stamped: Annotated[bool, about("已盖章", group="原件", form=Form.FLAG, width=70)] = False
    note: Annotated[str, about("备注", group="原件", limit=200, width=160)] = ""


class PersonalHandover(Record, frozen=True, kw_only=True):
    """A person's originals sent once to the unit that keeps his file, with what came of it: receipt or return."""

    kind: ClassVar[Kind] = Kind(
        name="personal_handover",
        label="个人档案材料移交",
        title=("person", "sent"),
        groups=("送出", "回执"),
        key=("person", "sent"),
        about="person",
        act=Act.ARCHIVE,
        beyond_term=True,
    )

    person: Annotated[
        str,
        about(
            "姓名",
            group="送出",
            form=Form.REF,
            ref="person",
            required=True,
            width=110,
            index=True,
            synonyms=("人员", "队员"),
        ),
    ] = ""
    number: Annotated[str, about("移交清单编号", group="送出", limit=40, width=140, index=True, lasting=True)] = ""
    unit: Annotated[str, about("接收单位", group="送出", limit=200, width=220, hint="管理本人档案的单位")] = ""
    sent: Annotated[
        datetime.date | None,
        about("送出日期", group="送出", form=Form.DATE, happened=True, required=True, width=100),
    ] = None
    sent_by: Annotated[str, about("送交人", group="送出", limit=50, person_name=True, width=90)] = ""
    received: Annotated[
        datetime.date | None, about("签收日期", group="回执", form=Form.DATE, happened=True, width=100)
    ] = None
    received_by: Annotated[str, about("签收人", group="回执", limit=50, person_name=True, width=90)] = ""
    returned: Annotated[
        datetime.date | None, about("退回日期", group="回执", form=Form.DATE, happened=True, width=100)
    ] = None
    reason: Annotated[str, about("退回原因", group="回执", limit=200, width=180)] = ""


class ServiceCertificate(Record, frozen=True, kw_only=True):
    """A 工作经历证明 as it was printed; a reprint has a number of its own and names the first.

    `content` says as lines what stood on it, so that a later print can tell what has changed since.
    """

    kind: ClassVar[Kind] = Kind(
        name="service_certificate",
        label="工作经历证明",
        title=("number", "person"),
        groups=("证明",),
        keep_one=("number",),
        order=("issued", "number"),
        sealed=True,
        each_office=True,
        act=Act.ARCHIVE,
        beyond_term=True,
    )

    number: Annotated[str, about("证明编号", group="证明", required=True, limit=60, width=140, lasting=True)] = ""
    person: Annotated[
        str, about("姓名", group="证明", form=Form.REF, ref="person", required=True, width=110, index=True)
    ] = ""
    issued: Annotated[
        datetime.date | None,
        about("出具日期", group="证明", form=Form.DATE, required=True, width=100),
    ] = None
    first: Annotated[str, about("首次编号", group="证明", limit=60, width=140, lasting=True)] = ""
    purpose: Annotated[str, about("用途", group="证明", limit=100, width=180)] = ""
    days: Annotated[str, about("证明天数", group="证明", limit=20, width=80)] = ""
    issued_by: Annotated[str, about("经办人", group="证明", limit=50, person_name=True, width=90)] = ""
    content: Annotated[str, about("证明内容", group="证明", form=Form.LONG, limit=20_000, machine=True)] = ""


class Extract(Record, frozen=True, kw_only=True):
    """What was taken out for an inspection or audit: of whom, of which days and kinds, and how to make it again.

    `position` is how far the log reached then, a sequence number by feed as JSON; `digest` the SHA-256 over the names
    and bytes of all files. `persons` are ids, `kinds` glossary names, a line each; no kinds: all of them.
    """

    kind: ClassVar[Kind] = Kind(
        name="extract",
        label="提取记录",
        title=("number", "asked_by"),
        groups=("提取",),
        keep_one=("number",),
        order=("taken", "number"),
        sealed=True,
        each_office=True,
        act=Act.ARCHIVE,
        beyond_term=True,
    )

    number: Annotated[str, about("提取编号", group="提取", required=True, limit=60, width=140, lasting=True)] = ""
    asked_by: Annotated[str, about("提取单位", group="提取", required=True, limit=100, width=200)] = ""
    basis: Annotated[str, about("依据", group="提取", required=True, limit=200, width=200)] = ""
    taken: Annotated[
        datetime.date | None,
        about("提取日期", group="提取", form=Form.DATE, required=True, width=100),
    ] = None
    taken_by: Annotated[str, about("经办人", group="提取", limit=50, person_name=True, width=90)] = ""
    first: Annotated[datetime.date | None, about("内容自", group="提取", form=Form.DATE, required=True, width=100)] = (
        None
    )
    last: Annotated[datetime.date | None, about("内容至", group="提取", form=Form.DATE, required=True, width=100)] = (
        None
    )
    records: Annotated[int | None, about("条数", group="提取", form=Form.INTEGER, width=70)] = None
    full: Annotated[bool, about("含个人信息", group="提取", form=Form.FLAG, width=90)] = False
    persons: Annotated[str, about("人员", group="提取", form=Form.LONG, limit=200_000, lasting=True, machine=True)] = ""
    kinds: Annotated[str, about("类别", group="提取", form=Form.LONG, limit=4000, lasting=True, machine=True)] = ""
    digest: Annotated[str, about("核对码", group="提取", required=True, limit=64, lasting=True, machine=True)] = ""
    position: Annotated[
        str, about("日志位置", group="提取", form=Form.LONG, limit=POSITION_LIMIT, lasting=True, machine=True)
    ] = ""


class Lending(Record, frozen=True, kw_only=True):
    """Archives of this office looked into or lent: by whom, on what basis, what, and when they are back."""

    kind: ClassVar[Kind] = Kind(
        name="lending",
        label="档案利用",
        title=("lent", "what"),
        groups=("利用", "归还"),
        keep_one=("lent", "borrower", "what"),
        order=("lent", "borrower"),
        each_office=True,
        act=Act.ARCHIVE,
        beyond_term=True,
    )

    lent: Annotated[
        datetime.date | None,
        about("利用日期", group="利用", form=Form.DATE, required=True, width=100, synonyms=("借出日期", "日期")),
    ] = None
    borrower: Annotated[
        str,
        about(
            "利用人", group="利用", required=True, limit=50, person_name=True, width=90, synonyms=("借阅人", "借用人")
        ),
    ] = ""
    unit: Annotated[str, about("利用单位", group="利用", limit=200, width=180, synonyms=("单位",))] = ""
    basis: Annotated[
        str,
        about("依据", group="利用", required=True, limit=200, width=160, hint="介绍信、调阅函的文号或批准人"),
    ] = ""
    what: Annotated[
        str,
        about("利用内容", group="利用", required=True, limit=300, width=220, hint="档号和题名，或材料名称"),
    ] = ""
    way: Annotated[str, about("利用方式", group="利用", form=Form.CHOICE, table=LENT, required=True, width=80)] = ""
    due: Annotated[
        datetime.date | None, about("应还日期", group="归还", form=Form.DATE, width=100, hint="借出的必填")
    ] = None
    returned: Annotated[datetime.date | None, about("归还日期", group="归还", form=Form.DATE, width=100)] = None
    handled_by: Annotated[str, about("经手人", group="归还", limit=50, person_name=True, width=90)] = ""
    note: Annotated[str, about("备注", group="归还", limit=200, width=120)] = ""
