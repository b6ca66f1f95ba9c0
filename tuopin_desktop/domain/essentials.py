"""The short to-do of a member file (Art. 2-4, 10): fields a rule cannot judge without that are still empty."""

from collections.abc import Iterator

import msgspec

from tuopin_desktop.domain.duties import people
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.policy import Policy, pack_of
from tuopin_desktop.domain.record import Field, Record, fields
from tuopin_desktop.domain.records import Person, Posting


class Lack(msgspec.Struct, frozen=True):
    """One empty essential: the record it stands in, the field, and what asks for it (管理办法第三条)."""

    record: Record
    field: Field
    basis: str


def standing_of(person: Person, facts: Facts) -> Posting | None:
    """Return the posting a person serves in or comes to, the latest; None for a candidate, or one who has left."""
    postings = facts.postings_by_person.get(person.id, ())
    return next((one for one in reversed(postings) if one.until is None or one.until >= facts.today), None)


def gone(person: Person, facts: Facts) -> bool:
    """Tell whether a person has been posted and serves no more: nothing is asked of such a file."""
    return bool(facts.postings_by_person.get(person.id)) and standing_of(person, facts) is None


def lacking(person: Person, facts: Facts, policy: Policy) -> tuple[Lack, ...]:
    """Return the empty essentials of a person and of the posting that matters, in the order of the form.

    What is essential is declared with the field (`needed_by`); a field that no rule of the posting's pack asks for is
    not missed.
    """
    if gone(person, facts):
        return ()
    posting = standing_of(person, facts)
    own = policy if posting is None or pack_of(posting) == policy.id else policy.beside.get(pack_of(posting))
    if own is None:
        return ()  # under a pack that is not installed here nobody knows what is asked
    lacks = list(_empty(person, own))
    if posting is not None:
        lacks += [one for one in _empty(posting, own) if _asked(one.field, person, posting, facts, own)]
    return tuple(lacks)


def _empty(record: Record, policy: Policy) -> Iterator[Lack]:
    for item in fields(type(record)):
        rule = next((key for key in item.needed_by if policy.holds(key)), "")
        if rule and not getattr(record, item.name):
            yield Lack(record, item, policy.cite(rule, int(rule[1:3])))


def _asked(item: Field, person: Person, posting: Posting, facts: Facts, policy: Policy) -> bool:
    """Tell whether a field is asked for on this very posting: some are of certain posts or of Party members alone."""
    if item.name == "local_post":
        return any(slot.local_post for slot in policy.slots if slot.position == posting.position)
    if item.name == "party_moved":
        start = people.came(posting, facts, policy)
        if start is None or person.political not in policy.on(start).several("party.codes"):
            return False
        due = policy.due_after(start, "party.transfer_days") < facts.today
        return due and people.party_moved(posting, facts) is None
    return True


def in_team_order(person: Person, facts: Facts) -> tuple[str, int, str]:
    """Return the sort key of a person in lists: by the team's slots, people without a posting last."""
    posting = standing_of(person, facts)
    return team_order(posting) if posting is not None else ("~", 0, "")
