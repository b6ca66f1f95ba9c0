"""What was handed over to the archives (档案移交): each medium, when it went, and the receipt that came back."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.roles import Act

_WORK = "移交"
_BACK = "接收"


class ArchiveHandover(Record, frozen=True, kw_only=True):
    """One medium for the archives; it counts as handed over once the archives' receipt is entered (`received`).

    The labels are those of the registration form of 档发〔2012〕7号. `series` says which items it holds, a series and a
    range of numbers in a line (`domain/archives/ranges.py`): numbers never change, so it stays true.
    """

    kind: ClassVar[Kind] = Kind(
        name="archive_handover",
        label="档案移交",
        title=("name", "receiver"),
        groups=(_WORK, _BACK),
        order=("made", "name"),
        sealed=True,
        impersonal=True,
        act=Act.ARCHIVE,
        beyond_term=True,
    )

    name: Annotated[str, about("交接工作名称", group=_WORK, required=True, limit=100, width=220)] = ""
    receiver: Annotated[str, about("接收单位", group=_WORK, required=True, limit=100, width=160)] = ""
    content: Annotated[str, about("内容描述", group=_WORK, form=Form.LONG, limit=500)] = ""
    years: Annotated[str, about("年度", group=_WORK, auto=True, limit=100, width=90)] = ""
    items: Annotated[
        int | None, about("件数", group=_WORK, form=Form.INTEGER, least=0, unit="件", auto=True, width=70)
    ] = None
    files: Annotated[int | None, about("文件数", group=_WORK, form=Form.INTEGER, least=0, auto=True, width=70)] = None
    size: Annotated[
        int | None, about("数据量", group=_WORK, form=Form.INTEGER, least=0, unit="字节", auto=True, width=90)
    ] = None
    carrier: Annotated[str, about("载体类型、规格", group=_WORK, limit=60, hint="如 U盘 16GB")] = ""
    span: Annotated[str, about("载体起止顺序号", group=_WORK, limit=40, hint="如 1-1")] = ""
    digest: Annotated[str, about("数字摘要", group=_WORK, auto=True, limit=200)] = ""
    made: Annotated[date | None, about("写出日期", group=_WORK, form=Form.DATE, auto=True, width=90)] = None
    sent: Annotated[date | None, about("送出日期", group=_BACK, form=Form.DATE, auto=True, happened=True, width=90)] = (
        None
    )
    received: Annotated[date | None, about("接收日期", group=_BACK, form=Form.DATE, happened=True, width=90)] = None
    receipt: Annotated[str, about("回执", group=_BACK, limit=100, width=140, hint="登记表编号，或档案馆回执的文号")] = (
        ""
    )
    received_by: Annotated[str, about("接收人", group=_BACK, limit=50, person_name=True, width=90)] = ""
    note: Annotated[str, about("备注", group=_BACK, limit=200, width=120)] = ""
    series: Annotated[str, about("所含件号", auto=True, form=Form.LONG, limit=20_000, sheet=False, lasting=True)] = ""
