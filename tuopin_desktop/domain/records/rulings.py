"""What the region office decides: decisions about one person or posting, and rulings on open questions (Art. 20)."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Owner, Record, about
from tuopin_desktop.domain.records import choices

_OFFICE = Owner.REGION


class Decision(Record, frozen=True, kw_only=True):
    """A decision of the region office about one person or posting; its id begins with the county concerned.

    `subject` is the id of the record decided on. A county cannot write decisions: nobody approves himself.
    """

    kind: ClassVar[Kind] = Kind(
        name="decision",
        label="办公室决定",
        owner=_OFFICE,
        title=("matter", "paper"),
        groups=("决定",),
        keep_one=("matter", "subject", "paper"),
        about="subject",
    )

    matter: Annotated[
        str,
        about("事项", group="决定", form=Form.CHOICE, table=choices.DECISION, required=True, width=150, owner=_OFFICE),
    ] = ""
    subject: Annotated[
        str,
        about(
            "对象",
            group="决定",
            form=Form.REF,
            ref="person,posting,leave_slip",
            required=True,
            width=200,
            index=True,
            owner=_OFFICE,
        ),
    ] = ""
    result: Annotated[
        str, about("结果", group="决定", form=Form.CHOICE, table=choices.RESULT, required=True, width=76, owner=_OFFICE)
    ] = ""
    decided: Annotated[
        date | None, about("决定日期", group="决定", form=Form.DATE, required=True, width=100, owner=_OFFICE)
    ] = None
    paper: Annotated[str, about("文号", group="决定", required=True, limit=80, width=180, owner=_OFFICE)] = ""
    decided_by: Annotated[str, about("批准人", group="决定", limit=50, person_name=True, width=90, owner=_OFFICE)] = ""
    reason: Annotated[str, about("说明", group="决定", form=Form.LONG, limit=500, owner=_OFFICE)] = ""


class Ruling(Record, frozen=True, kw_only=True):
    """The region office's interpretation of an open question: one switch of the policy, its value and its paper."""

    kind: ClassVar[Kind] = Kind(
        name="ruling", label="办法解释", owner=_OFFICE, title=("switch", "paper"), groups=("口径",)
    )

    switch: Annotated[str, about("口径项", group="口径", required=True, limit=60, width=160, owner=_OFFICE)] = ""
    pack: Annotated[
        str,
        about("办法文件", group="口径", form=Form.CHOICE, table="办法文件", hint="空着即2018年管理办法", owner=_OFFICE),
    ] = ""
    value: Annotated[str, about("取值", group="口径", required=True, limit=60, width=120, owner=_OFFICE)] = ""
    applies: Annotated[date | None, about("适用起", group="口径", form=Form.DATE, width=100, owner=_OFFICE)] = None
    ruled: Annotated[
        date | None, about("解释日期", group="口径", form=Form.DATE, required=True, width=100, owner=_OFFICE)
    ] = None
    paper: Annotated[str, about("文号", group="口径", required=True, limit=80, width=180, owner=_OFFICE)] = ""
    ruled_by: Annotated[str, about("解释人", group="口径", limit=50, person_name=True, owner=_OFFICE)] = ""
    reason: Annotated[str, about("说明", group="口径", form=Form.LONG, limit=500, owner=_OFFICE)] = ""
