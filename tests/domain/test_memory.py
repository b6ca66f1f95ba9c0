"""What facts have worked out under one policy never answers for another."""

from datetime import date

from tests.domain.leave.papers import approved, slip
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.policy import with_rulings
from tuopin_desktop.domain.records import Person, Posting, Ruling
from tuopin_desktop.services.office import library

PERSON, POSTING = "150426/p", "150426/q"


def test_a_slip_followed_under_one_ruling_is_followed_anew_under_another() -> None:
    standing = library.policy()
    days = Ruling(
        id="15/r", switch="leave.grace_days", value="3", ruled=date(2018, 5, 30), applies=standing.in_force, paper="1号"
    )
    ruled = with_rulings(standing, [days], date(2018, 7, 12))
    facts = Facts(
        today=date(2018, 7, 13),
        scope="15",
        persons=(Person(id=PERSON, name="白音"),),
        postings=(Posting(id=POSTING, person=PERSON, county="150426", position="member", since=date(2018, 6, 1)),),
        slips=(about := slip(posting=POSTING),),
        opinions=approved(),
        calendar=library.calendar(),
    )
    assert facts.story(about, standing).journey != facts.story(about, ruled).journey
    assert facts.story(about, standing) is facts.story(about, standing)
