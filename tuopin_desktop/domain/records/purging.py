"""Forgetting what was kept of a person once its term is over: on what basis, who proposed it and who confirmed it."""

from datetime import date
from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.roles import Act

KEYS_LIMIT = 600_000
"""Characters of the records one act names: a line of the log has to stay below 1 MiB, a longer list is several acts."""


class Purge(Record, frozen=True, kw_only=True):
    """One act of forgetting; its id begins with the code of the office whose records it is about.

    It counts once `confirmed`, by another name than `proposed_by`. `keys` are the log keys of the records, one in a
    line: what was written into them up to that moment is forgotten in every office (`domain/purging.py`). It names the
    person by the id alone, and is itself never forgotten: it is what remains.
    """

    kind: ClassVar[Kind] = Kind(
        name="purge",
        label="清除登记",
        title=("basis", "confirmed"),
        groups=("清除",),
        order=("proposed",),
        sealed=True,
        impersonal=True,
        act=Act.PURGE,
        beyond_term=True,
    )

    person: Annotated[str, about("人员", group="清除", form=Form.REF, ref="person", index=True, width=140)] = ""
    basis: Annotated[str, about("依据", group="清除", required=True, limit=200, width=240)] = ""
    archived: Annotated[str, about("归档情况", group="清除", limit=200, width=160)] = ""
    proposed: Annotated[date | None, about("提出日期", group="清除", form=Form.DATE, required=True, width=100)] = None
    proposed_by: Annotated[str, about("提出人", group="清除", required=True, limit=50, person_name=True, width=90)] = ""
    confirmed: Annotated[date | None, about("清除日期", group="清除", form=Form.DATE, width=100)] = None
    confirmed_by: Annotated[str, about("确认人", group="清除", limit=50, person_name=True, width=90)] = ""
    keys: Annotated[str, about("清除的登记", form=Form.LONG, auto=True, limit=KEYS_LIMIT, sheet=False)] = ""
