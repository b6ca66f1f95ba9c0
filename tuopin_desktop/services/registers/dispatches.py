"""发文登记簿: the next number of an office, given once to each paper, and found again when the paper is made anew."""

import re
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Dispatch
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

_NUMBER = re.compile(r"〔([0-9]{4})〕([0-9]+)号")


def next_number(desk: Desk, year: int) -> str:
    """Return the number after the last of a year; raises Refused where the office has not said how its numbers begin.

    A number is never given again, also of a paper that was struck from the register.
    """
    code = desk.office.dispatch_code.strip()
    if not code:
        raise refuse("code", "还没有填机关代字，请先在“设置”的本单位中填写（如 内脱攻办）", "dispatch_code")
    serials = [
        int(match[2])
        for one in _own(desk, deleted=None)
        if one.number.startswith(code) and (match := _NUMBER.search(one.number)) and int(match[1]) == year
    ]
    return f"{code}〔{year}〕{max(serials, default=0) + 1}号"


def number_of(desk: Desk, subject: str) -> str:
    """Return the number a paper was given, "" of one that has none."""
    return next((one.number for one in reversed(_own(desk)) if one.subject == subject), "")


def _own(desk: Desk, *, deleted: bool | None = False) -> list[Dispatch]:
    """Return what this office itself sent out: of those below it may hold the registers too."""
    rows = desk.store.rows(Dispatch, scope=desk.scope, deleted=deleted)
    return [one for one in rows if ids.owner(one.id) == desk.scope]


def give(desk: Desk, subject: str, name: str, receiver: str, dated: date) -> str:
    """Enter a paper under the next number and return the number; one that has one keeps it. Raises Refused."""
    if number := number_of(desk, subject):
        return number
    number = next_number(desk, dated.year)
    dispatch = Dispatch(
        id=registers.new_id(desk),
        number=number,
        name=name.replace("\n", ""),
        receiver=receiver.rstrip("："),
        dated=dated,
        subject=subject,
    )
    registers.save(desk, dispatch)
    return number
