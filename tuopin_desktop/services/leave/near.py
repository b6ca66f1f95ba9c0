"""The few records one slip is judged by: the traveller's postings and slips, and the papers of those slips.

Whatever the size of the office they are read in a handful of index ranges, once for each pause in typing. Rules over a
slip may look at nothing else (`tests/services/test_slip_facts.py` holds them to it); what they say is then the same
as over the facts of everybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Alteration
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.order import ordered
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Call, Decision, Filing, LeaveSlip, Opinion, Person, Posting
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import calendars
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import altered, selecting

R = TypeVar("R", bound=Record)


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """Records around one slip as they are stored, deleted ones and those of other offices among them.

    `row` is the slip itself as stored, None while it was never saved. `slips` are the traveller's and those that follow
    each other with one of them, whoever's they are; `postings` the traveller's.
    """

    row: LeaveSlip | None
    postings: tuple[Posting, ...]
    slips: tuple[LeaveSlip, ...]
    opinions: tuple[Opinion, ...] = ()
    filings: tuple[Filing, ...] = ()
    calls: tuple[Call, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def naming(self) -> Mapping[str, Sequence[Record]]:
        """Return by kind the records that name one of the slips."""
        return {Opinion.kind.name: self.opinions, Decision.kind.name: self.decisions}

    @property
    def references(self) -> frozenset[str]:
        """Return the ids of the postings and slips."""
        return frozenset(one.id for one in (*self.postings, *self.slips))


def read(desk: Desk, slip: LeaveSlip) -> Near:
    """Return the records around a slip, which may be stored or only typed so far."""
    postings = selecting.alike(desk.store.ledger, Posting, "person", slip.posting) if slip.posting else []
    seats = [one.id for one in postings]
    either = {"posting": seats, "id": [slip.id, slip.follows], "follows": [slip.id]}
    slips = tuple(selecting.chained(desk.store.ledger, LeaveSlip, "follows", either))
    row = next((one for one in slips if one.id == slip.id), None)
    near = Near(row=row, postings=tuple(postings), slips=slips)
    if not slips:
        return near
    store, names = desk.store, [one.id for one in slips]
    return msgspec.structs.replace(
        near,
        opinions=tuple(store.rows(Opinion, field_among=("slip", names), deleted=None)),
        filings=tuple(store.rows(Filing, field_among=("slip", names), deleted=None)),
        calls=tuple(store.rows(Call, field_among=("slip", names), deleted=None)),
        decisions=tuple(store.rows(Decision, field_among=("subject", names), deleted=None)),
    )


def facts(desk: Desk, slip: LeaveSlip, near: Near) -> Facts:
    """Return the facts a slip is judged by, as it would be once saved: live records of this office and those below.

    A slip whose posting is not among them (it was deleted meanwhile) is judged under every pack that anybody here is
    posted under, and that takes the facts of everybody.
    """
    own = live(near.postings, desk.scope)
    if not any(one.id == slip.posting for one in own):
        everybody = judging.facts(desk)
        return _with(everybody, slip, everybody.slips)
    slips = live(near.slips, desk.scope)
    postings = seats(desk, near)
    people = sorted({one.person for one in postings}) if len(postings) > len(own) else []
    persons = tuple(desk.store.rows(Person, among=people, scope=desk.scope)) if people else ()
    all_facts = Facts(
        today=desk.today(),
        scope=desk.scope,
        postings=postings,
        persons=persons,
        slips=slips,
        opinions=live(near.opinions, desk.scope),
        filings=live(near.filings, desk.scope),
        calls=calls(desk, near),
        decisions=live(near.decisions, desk.scope),
        calendar=calendars.calendar(desk),
        alterations=_alterations(desk, near),
    )
    in_order = ordered(all_facts)
    return _with(in_order, slip, in_order.slips)


def seats(desk: Desk, near: Near) -> tuple[Posting, ...]:
    """Return the postings of all slips around one, the traveller's and those of whoever's slip a chain leads to."""
    postings, slips = live(near.postings, desk.scope), live(near.slips, desk.scope)
    strangers = sorted({one.posting for one in slips} - {"", *(one.id for one in postings)})
    # He is placed beside the traveller, as among everybody.
    return (*postings, *(desk.store.rows(Posting, among=strangers, scope=desk.scope) if strangers else ()))


def _with(facts: Facts, slip: LeaveSlip, slips: Iterable[LeaveSlip]) -> Facts:
    """Return facts with a slip in the place of what is stored of it."""
    return msgspec.structs.replace(facts, slips=(*(one for one in slips if one.id != slip.id), slip))


def calls(desk: Desk, near: Near) -> tuple[Call, ...]:
    """Return the notes of calls, below the region with the Office's last one of anybody.

    Up to its day the Office's notes have arrived here (`LeaveRecords.heard`); at the region they are its own.
    """
    own = live(near.calls, desk.scope)
    if desk.scope == ids.REGION:
        return own
    last = selecting.latest(desk.store.ledger, Call, "day", {"side": "liaison"}, desk.scope)
    return own if last is None or last in own else (*own, last)


def _alterations(desk: Desk, near: Near) -> tuple[tuple[str, Alteration], ...]:
    """Return what was written over the slip since it was signed; nothing was over one that is not stored."""
    row = near.row
    if row is None or not row.id.startswith(desk.scope):
        return ()
    return tuple(altered.of(desk.store.ledger, ids.key(LeaveSlip.kind.name, row.id)))


def live(records: Iterable[R], scope: str) -> tuple[R, ...]:
    """Return the records that stand, of an office and those below it."""
    return tuple(one for one in records if not one.deleted and one.id.startswith(scope))
