"""What the steps of the leave desk ask in their little forms where no record of the office has that shape."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records.choices import ENDED

HALF = CodeTable({"am": "上午", "pm": "下午"})


class Return(Record, frozen=True, kw_only=True):
    """What is asked when somebody has come back."""

    kind: ClassVar[Kind] = Kind(name="return", label="归队销假")

    day: Annotated[date | None, about("返回日期", group="归队", form=Form.DATE, required=True)] = None
    half: Annotated[str, about("上午或下午", group="归队", form=Form.CHOICE, table=HALF, required=True)] = "pm"
    reported: Annotated[date | None, about("销假日期", group="归队", form=Form.DATE, required=True)] = None


class Extension(Record, frozen=True, kw_only=True):
    """What is asked for an extension."""

    kind: ClassVar[Kind] = Kind(name="extension", label="续假")

    until: Annotated[date | None, about("续到", group="续假", form=Form.DATE, required=True)] = None
    half: Annotated[str, about("上午或下午", group="续假", form=Form.CHOICE, table=HALF, required=True)] = "pm"
    reason: Annotated[str, about("续假事由", group="续假", form=Form.LONG, required=True)] = ""


class Reroute(Record, frozen=True, kw_only=True):
    """What is asked for a changed route."""

    kind: ClassVar[Kind] = Kind(name="reroute", label="变更行程")

    place: Annotated[str, about("新的外出地点", group="变更", required=True)] = ""
    reason: Annotated[str, about("变更事由", group="变更", form=Form.LONG, required=True)] = ""


class Correction(Record, frozen=True, kw_only=True):
    """What is asked for a new version of a signed slip: what stands there now, to be typed over, and why."""

    kind: ClassVar[Kind] = Kind(name="correction_asked", label="更正")

    place: Annotated[str, about("外出地点", group="更正", required=True, limit=100)] = ""
    period: Annotated[str, about("请假起止时间", group="更正", form=Form.PERIOD, required=True)] = ""
    cause: Annotated[str, about("请假事由", group="更正", form=Form.LONG, required=True, limit=600)] = ""
    why: Annotated[str, about("更正原因", group="更正", required=True, limit=200)] = ""


class Ending(Record, frozen=True, kw_only=True):
    """What is asked before a slip is withdrawn or voided."""

    kind: ClassVar[Kind] = Kind(name="ending", label="撤回或作废")

    how: Annotated[str, about("撤回或作废", group="原因", form=Form.CHOICE, table=ENDED, required=True)] = ""
    why: Annotated[str, about("原因", group="原因", form=Form.LONG, required=True)] = ""
