"""What is counted of one owner: his people, his slips and the months of his team."""

from collections.abc import Iterable

import msgspec

from tuopin_desktop.domain.attendance.months import months_over, served
from tuopin_desktop.domain.essentials import lacking
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.leave.watch import OUT, on_list
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.shelf.part import Part
from tuopin_desktop.domain.under import under


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How many slips lack notes of the phone, how many files something; the rest of those under the measure itself."""

    uncalled: int
    incomplete: int
    serving: int
    unclosed: int
    out: int
    late: int


NOTHING = Tally(uncalled=0, incomplete=0, serving=0, unclosed=0, out=0, late=0)


def of_part(part: Part) -> Tally:
    """Count what the part holds."""
    facts, policy = part.facts, part.policy
    own = under(facts, policy.id)
    slips = [one for one in facts.slips if not one.deleted and part.holds(one.kind.name, one.id)]
    stories = [own.story(one, policy) for one in own.slips if not one.deleted and part.holds(one.kind.name, one.id)]
    people = (one for one in facts.person_by_id.values() if part.holds(one.kind.name, one.id))
    return Tally(
        uncalled=sum(any(gap.presses for gap in facts.story(one, policy).phone) for one in slips),
        incomplete=sum(bool(lacking(one, facts, policy)) for one in people),
        serving=len(own.active(part.owner)),
        unclosed=len(unclosed(own, policy, part.owner)),
        out=sum(on_list(story, OUT) for story in stories),
        late=sum(on_list(story, Watch.OVERDUE.name) for story in stories),
    )


def unclosed(facts: Facts, policy: Policy, county: str) -> tuple[str, ...]:
    """Return the months of a county that are over and not closed, the oldest first."""
    postings, month_close_by_pair = facts.postings_by_county.get(county, ()), facts.closed_months.of
    still = (month for month in months_over(policy.in_force, facts.today) if (county, month) not in month_close_by_pair)
    return tuple(month for month in still if any(served(one, month) for one in postings))


def total(tallies: Iterable[Tally], name: str) -> int:
    """Return the sum of one count."""
    return sum(getattr(one, name) for one in tallies)
