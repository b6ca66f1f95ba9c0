"""What offices above the county think is wrong in its attendance: written above, answered by the county."""

from collections.abc import Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Posting, Remark
from tuopin_desktop.domain.validate import problems, tidy
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


def of_month(desk: Desk, month: str, scope: str) -> tuple[Remark, ...]:
    """Return the remarks on a month `YYYY-MM` of an office's teams, by day."""
    remarks = (one for one in desk.store.rows(Remark, scope=scope) if one.day and f"{one.day:%Y-%m}" == month)
    return tuple(sorted(remarks, key=lambda one: (one.day or date.min, one.id)))


def write(desk: Desk, remark: Remark) -> Remark:
    """Keep a remark on a day of a posting; it goes to the county with the next package. Raises Refused."""
    if desk.level is Level.COUNTY:
        raise refuse("level", "更正意见由自治区、盟市写给旗县；本总队的考勤请直接修改", "posting")
    posting = registers.get(desk, Posting, remark.posting)
    new = msgspec.structs.replace(
        remark,
        id=registers.new_id(desk, ids.owner(posting.id)),
        office=offices.called(desk.scope),
        by=desk.user,
        raised=desk.today(),
    )
    return _keep(desk, None, new)


def answer(desk: Desk, remark: Remark) -> Remark:
    """Keep the county's answer to a remark; it goes back with the next package. Raises Refused."""
    standing = desk.store.get(Remark, remark.id)
    if standing is None or standing.deleted:
        raise refuse("gone", "这条更正意见已不在，请刷新", "answer")
    if not remark.answer.strip():
        raise refuse("required", "请填写“处理结果”，如 已改正", "answer")
    settled = msgspec.structs.replace(standing, answer=remark.answer, answered_by=desk.user, answered=desk.today())
    return _keep(desk, standing, settled)


def _keep(desk: Desk, before: Remark | None, after: Remark) -> Remark:
    after = tidy(after)
    table = difference(scalars(before) if before else {}, scalars(after))
    faults = list(problems(after, desk.vocabulary, practice=desk.practice, today=desk.today()))
    denied = may_write(desk.scope, Remark, after.id, table, offices.called)
    if faults or denied:
        raise Refused([*faults, *([denied] if denied else [])])
    if table:
        desk.commit([Change(Remark.kind.name, after.id, table)])
    return after


def sentence(remarks: Sequence[Remark], called: dict[str, str]) -> str:
    """Return in words which remarks are not answered; "" for none. `called` are the names by posting."""
    waiting = [one for one in remarks if one.is_open and one.day]
    if not waiting:
        return ""
    places = [f"{called.get(one.posting, '')}{one.day.month}月{one.day.day}日" for one in waiting if one.day]
    more = "等" if len(places) > 4 else ""
    return (
        f"{waiting[0].office}有{len(waiting)}条更正意见没有答复：{'、'.join(places[:4])}{more}。点那一格看意见、写答复"
    )
