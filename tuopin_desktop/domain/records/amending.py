"""A correction of something that was fixed: which field, what stood there, what stands there now, and why."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.roles import Act


class Amendment(Record, frozen=True, kw_only=True):
    """One field of one fixed record, corrected with a reason; written together with the change, never alone.

    `subject` is the log key of the record, `field` the field's name; `was` and `now` are the values as texts.
    """

    kind: ClassVar[Kind] = Kind(
        name="amendment", label="更正登记", title=("day", "what"), groups=("更正",), sealed=True, act=Act.AMEND
    )

    day: Annotated[date | None, about("更正日期", group="更正", form=Form.DATE, required=True, width=100)] = None
    what: Annotated[str, about("更正的项目", group="更正", required=True, limit=200, width=240)] = ""
    was: Annotated[str, about("原来的内容", group="更正", form=Form.LONG, limit=20000, width=200)] = ""
    now: Annotated[str, about("更正后", group="更正", form=Form.LONG, limit=20000, width=200)] = ""
    reason: Annotated[str, about("更正原因", group="更正", required=True, limit=300, width=240)] = ""
    by: Annotated[str, about("更正人", group="更正", limit=50, person_name=True, width=90)] = ""
    subject: Annotated[str, about("所属记录", form=Form.REF, ref="", auto=True, index=True, limit=200)] = ""
    field: Annotated[str, about("字段", auto=True, limit=60)] = ""
