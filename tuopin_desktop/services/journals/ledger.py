"""The work ledger: what is in hand, overdue and done; added, finished, and carried to another week at once."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.journals.entries import carried_id
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import LedgerItem
from tuopin_desktop.services.journals.people import county_of, named
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

Which = Literal["open", "overdue", "done", "all"]
WHICH: tuple[Which, ...] = ("open", "overdue", "done", "all")


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """An item with its owner's name, its age in days from the day it was opened first, and whether it is overdue."""

    item: LedgerItem
    owner: str
    age: int
    overdue: bool
    carried: int

    @property
    def week_words(self) -> str:
        """Return the week on whose page it stands."""
        return weeks.week_words(self.item.week)


def items(desk: Desk, county: str = "", which: str = "open", week: str = "") -> list[ItemRow]:
    """Return a team's items: those in hand by their due days, others by the week; `week` narrows to one page."""
    code = county_of(desk, county)
    ledger_items = ordering.rows(desk, LedgerItem, scope=f"{code}/")
    names = named(desk, [item.posting for item in ledger_items])
    today = desk.today()
    by_id = {item.id: item for item in ledger_items}
    rows = [
        ItemRow(
            item=item,
            owner=names.get(item.posting, ""),
            age=max(0, ((item.finished or today) - (item.opened or today)).days),
            overdue=item.state == "open" and item.due is not None and item.due < today,
            carried=_carried(item, by_id),
        )
        for item in ledger_items
        if not week or item.week == week
    ]
    return sorted((row for row in rows if _wanted(row, which)), key=_order)


def _carried(item: LedgerItem, by_id: dict[str, LedgerItem]) -> int:
    """Return how often an item was carried over; a chain that runs in a circle is counted once around."""
    names = {item.id}
    while item.carried_from in by_id and item.carried_from not in names:
        item = by_id[item.carried_from]
        names.add(item.id)
    return len(names) - 1


def _wanted(row: ItemRow, which: str) -> bool:
    if which == "overdue":
        return row.overdue
    if which == "done":
        return row.item.state in ("done", "dropped")
    return row.item.state == "open" if which == "open" else True


def _order(row: ItemRow) -> tuple[bool, str, str]:
    item = row.item
    waiting = item.state == "open"
    return (not waiting, str(item.due or date.max) if waiting else "", item.week)


def counts(desk: Desk, county: str = "") -> dict[str, int]:
    """Return how many items are on each list."""
    rows = items(desk, county, "all")
    return {which: sum(_wanted(row, which) for row in rows) for which in WHICH}


def add(
    desk: Desk, task: str, *, county: str = "", posting: str = "", due: date | None = None, opened: date | None = None
) -> LedgerItem:
    """Enter an item on the page of the week of its first day (default today). Raises Refused naming the fields."""
    ledger_item = LedgerItem(
        id=registers.new_id(desk, county_of(desk, county)),
        task=task,
        posting=posting,
        opened=opened or desk.today(),
        due=due,
    )
    return _saved(desk, ledger_item)


def change(desk: Desk, item: LedgerItem) -> LedgerItem:
    """Keep an edited item; one that is done again in hand loses the day it was finished."""
    if item.state == "open":
        item = msgspec.structs.replace(item, finished=None)
    elif item.state == "done" and item.finished is None:
        item = msgspec.structs.replace(item, finished=desk.today())
    return _saved(desk, item)


def finish(desk: Desk, item_id: str, result: str = "", day: date | None = None, *, dropped: bool = False) -> LedgerItem:
    """Close an item that is in hand as done, or as not to be done; raises Refused for one that is closed already."""
    item = _open(desk, item_id)
    state = "dropped" if dropped else "done"
    return _saved(
        desk,
        msgspec.structs.replace(item, state=state, result=result or item.result, finished=day or desk.today()),
    )


def carry(desk: Desk, item_ids: Sequence[str], week: str) -> list[LedgerItem]:
    """Carry items in hand over to a later week, all in one commit: the old close, their successors go on as open.

    Raises Refused, and then nothing is written, for one that is not in hand or not of an earlier week.
    """
    changes, ledger_items = [], []
    for item_id in dict.fromkeys(item_ids):
        item = _open(desk, item_id)
        if not weeks.span(week) or week <= item.week:
            raise refuse("week", f"“{_short(item)}”已在{weeks.week_words(item.week)}，只能结转到以后的周", "week")
        after = msgspec.structs.replace(item, id=carried_id(item.id, week), week=week, carried_from=item.id)
        ledger_item = desk.store.get(LedgerItem, after.id)
        table = difference(scalars(ledger_item) if ledger_item else {}, scalars(after))
        denied = may_write(desk.scope, LedgerItem, item.id, ("state",))
        if problems := [*registers.check(desk, after), *([denied] if denied else [])]:
            raise Refused(problems)
        changes += [Change("ledger_item", item.id, {"state": "carried"}), Change("ledger_item", after.id, table)]
        ledger_items.append(after)
    if changes:
        desk.commit(changes)
    return ledger_items


def carry_all(desk: Desk, week: str = "", county: str = "") -> list[LedgerItem]:
    """Carry everything still in hand of earlier weeks over to a week (default the next one)."""
    target = week or weeks.shifted(weeks.week_of(desk.today()), 1)
    return carry(desk, [row.item.id for row in items(desk, county, "open") if row.item.week < target], target)


def _open(desk: Desk, item_id: str) -> LedgerItem:
    item = registers.get(desk, LedgerItem, item_id)
    if item.deleted or item.state != "open":
        raise refuse("state", f"“{_short(item)}”不是在办事项，不能办结或结转", "state")
    return item


def _short(item: LedgerItem) -> str:
    return " ".join(item.task.split())[:20]


def _saved(desk: Desk, item: LedgerItem) -> LedgerItem:
    return registers.save(desk, item)
