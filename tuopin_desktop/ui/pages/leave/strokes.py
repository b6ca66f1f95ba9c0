"""The strokes of the leave desk: what each asks in its little form, and the service that carries it out."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, ClassVar

import msgspec

from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records import Filing, Opinion
from tuopin_desktop.domain.records.choices import ENDED
from tuopin_desktop.services import leavedesk
from tuopin_desktop.services.desk import Desk

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


class Ending(Record, frozen=True, kw_only=True):
    """What is asked before a slip is withdrawn or voided."""

    kind: ClassVar[Kind] = Kind(name="ending", label="撤回或作废")

    how: Annotated[str, about("撤回或作废", group="原因", form=Form.CHOICE, table=ENDED, required=True)] = ""
    why: Annotated[str, about("原因", group="原因", form=Form.LONG, required=True)] = ""


class Stroke(msgspec.Struct, frozen=True):
    """One entry of the menu: its words, the record asked for on a day, what is left out, and what is done.

    `done` runs in the worker thread as (desk, slip id, answered record) and returns the id of the slip to show next.
    """

    words: str
    ask: Callable[[date], Record] | None
    done: Callable[[Desk, str, Any], str]
    leave_out: tuple[str, ...] = ()


def _signed(desk: Desk, slip_id: str, said: Opinion) -> str:
    assert said.signed is not None
    leavedesk.sign(desk, slip_id, said.role, said.signer, said.signed, verdict=said.verdict, words=said.words)
    return slip_id


def _filed(desk: Desk, slip_id: str, said: Filing) -> str:
    assert said.filed is not None
    leavedesk.file(desk, slip_id, said.body, said.filed, channel=said.channel, receiver=said.receiver)
    return slip_id


def _returned(desk: Desk, slip_id: str, said: Return) -> str:
    assert said.day is not None
    leavedesk.back(desk, slip_id, said.day, "am" if said.half == "am" else "pm", reported=said.reported)
    return slip_id


def _extended(desk: Desk, slip_id: str, said: Extension) -> str:
    assert said.until is not None
    return leavedesk.extend(desk, slip_id, said.until, "am" if said.half == "am" else "pm", said.reason).id


def _rerouted(desk: Desk, slip_id: str, said: Reroute) -> str:
    return leavedesk.reroute(desk, slip_id, said.place, said.reason).id


def _ended(desk: Desk, slip_id: str, said: Ending) -> str:
    return leavedesk.end(desk, slip_id, said.how, said.why).id


def _sheet_back(desk: Desk, slip_id: str, said: None) -> str:
    return leavedesk.sheet_back(desk, slip_id).id


STROKES = (
    Stroke("收回签字件", None, _sheet_back),
    Stroke("登记签字…", lambda today: Opinion(verdict="approved", signed=today), _signed, ("slip",)),
    Stroke("登记备案…", lambda today: Filing(filed=today), _filed, ("slip",)),
    Stroke("归队销假…", lambda today: Return(day=today, reported=today), _returned),
    Stroke("续假…", lambda today: Extension(), _extended),
    Stroke("变更行程…", lambda today: Reroute(), _rerouted),
    Stroke("撤回或作废…", lambda today: Ending(how="withdrawn"), _ended),
)
