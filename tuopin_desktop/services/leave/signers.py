"""Who signs a slip: who holds the office that day, who signed last, and whom somebody has authorised in writing."""

from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.leave.chain import Signers
from tuopin_desktop.domain.names import tidy_name
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Authorisation, LeaveSlip, Office, Opinion, Person, Posting
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.store import selecting


def on(desk: Desk, slip: LeaveSlip, day: date) -> Signers:
    """Return who may sign a slip on a day: the registered secretary, the team's leader that day, and delegates."""
    owner = ids.owner(slip.id)
    names = {}
    office = desk.store.get(Office, f"{owner}/office")
    if office is not None and office.secretary:
        names["secretary"] = office.secretary
    for posting in desk.store.rows(Posting, {"county": owner, "position": "leader"}):
        person = desk.store.get(Person, posting.person)
        if serves(posting, day) and person is not None:
            names["leader"] = person.name
    return Signers(names, tuple(desk.store.rows(Authorisation, scope=owner)))


def last(desk: Desk, slip: LeaveSlip, role: str) -> str:
    """Return who signed in this cell last, for offices that have not registered their secretary."""
    opinion = selecting.latest(desk.store.ledger, Opinion, "signed", {"role": role}, f"{ids.owner(slip.id)}/")
    return opinion.signer if opinion is not None else ""


def authorise(
    desk: Desk, role: str, delegate: str, first: date, last: date, paper: str, post: str = "", owner: str = ""
) -> Authorisation:
    """Record a written authorisation to sign for the secretary or the leader."""
    record = Authorisation(
        id=registers.new_id(desk, owner),
        role=role,
        delegate=tidy_name(delegate),
        post=post,
        first=first,
        last=last,
        paper=paper,
    )
    if last < first:
        raise refuse("authorisation", "受权止早于受权起，请核对", "last")
    return registers.save(desk, record)
