"""The end of a term: that it is sealed, and why something of it stays as it is."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records import choices
from tuopin_desktop.domain.roles import Act


class TermSeal(Record, frozen=True, kw_only=True):
    """A term of an office as it was sealed; its id is `<office>/<pack>`, so all its PCs seal the same one.

    While `state` is sealed nothing of the term is written through any door (`domain/sealing.py`); what has a day and no
    posting belongs to it up to the day it `ends`. A reopened term keeps who reopened it and why.
    """

    kind: ClassVar[Kind] = Kind(
        name="term_seal",
        label="任期封存",
        title=("pack", "state"),
        groups=("封存",),
        sealed=True,
        act=Act.SEAL,
        beyond_term=True,
    )

    pack: Annotated[
        str, about("办法文件", group="封存", form=Form.CHOICE, table="办法文件", required=True, width=200)
    ] = ""
    state: Annotated[
        str, about("状态", group="封存", form=Form.CHOICE, table=choices.SEAL_STATE, required=True, width=90)
    ] = ""
    edition: Annotated[int | None, about("第几次封存", group="封存", form=Form.INTEGER, width=80)] = None
    ends: Annotated[date | None, about("任期截止", group="封存", form=Form.DATE, required=True, width=100)] = None
    sealed_on: Annotated[date | None, about("封存日期", group="封存", form=Form.DATE, required=True, width=100)] = None
    sealed_by: Annotated[str, about("封存人", group="封存", limit=120, person_name=True, width=120)] = ""
    explained: Annotated[int | None, about("按原样结束的项数", group="封存", form=Form.INTEGER, width=90)] = None
    note: Annotated[str, about("封存说明", group="封存", limit=300, width=200)] = ""
    reopened_on: Annotated[date | None, about("重新打开日期", group="封存", form=Form.DATE, width=100)] = None
    reopened_by: Annotated[str, about("重新打开人", group="封存", limit=120, person_name=True, width=120)] = ""
    reopen_reason: Annotated[str, about("重新打开原因", group="封存", limit=300, width=200)] = ""


class ClosingNote(Record, frozen=True, kw_only=True):
    """Why one open item of a term stays as it is; its id is `<office>/<digest of pack and item>`.

    `item` is the key of the item on the checklist: it holds for that one alone, and a new one needs words of its own.
    """

    kind: ClassVar[Kind] = Kind(
        name="closing_note",
        label="终结说明",
        title=("what",),
        groups=("说明",),
        order=("noted", "what"),
        sealed=True,
        act=Act.CONFIRM,
        beyond_term=True,
    )

    pack: Annotated[str, about("办法文件", group="说明", form=Form.CHOICE, table="办法文件", required=True)] = ""
    item: Annotated[str, about("事项编号", auto=True, limit=300, lasting=True)] = ""
    what: Annotated[str, about("未办事项", group="说明", required=True, limit=300, width=260)] = ""
    reason: Annotated[str, about("按原样结束的原因", group="说明", required=True, limit=300, width=260)] = ""
    noted: Annotated[date | None, about("说明日期", group="说明", form=Form.DATE, required=True, width=100)] = None
    noted_by: Annotated[str, about("说明人", group="说明", limit=120, person_name=True, width=110)] = ""
