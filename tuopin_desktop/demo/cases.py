"""The seeded cases: what a practice office should find, one in a team of its own so that nothing hides another."""

from collections.abc import Callable
from datetime import date, timedelta

from tuopin_desktop.demo import team
from tuopin_desktop.demo.roster import Roster, changed
from tuopin_desktop.domain.records import Decision, Person, Posting
from tuopin_desktop.services.office import library

Case = Callable[[Roster], None]

_SETTLED = date(2018, 6, 20)
"""When the region office began to enter its decisions, also those made before."""


def over_age(roster: Roster) -> None:
    """A deputy leader born before the line of Article 3, no reserve cadre."""
    _born(roster, "150421", "deputy", date(1969, 8, 16), reserve=False)


def on_the_line(roster: Roster) -> None:
    """A leader born in the month of the line itself: 临界."""
    _born(roster, "150525", "leader", date(1960, 5, 18), reserve=False)


def relaxed(roster: Roster) -> None:
    """A reserve cadre over the line, relaxed by a decision of the region office."""
    number, day = team.paper("放宽", 3), date(2018, 5, 25)
    _born(roster, "150722", "member_league", date(1969, 3, 9), reserve=True)
    _, posting = roster.at("150722", "member_league")
    posting = changed(posting, relaxation_paper=number)
    roster.correct(posting)
    _decide(roster, day, "relaxation", posting, number, "后备干部，驻点经验丰富，经研究同意放宽年龄。")


def party_not_moved(roster: Roster) -> None:
    """A Party member whose relation is still with the sending unit a year later."""
    person, posting = roster.at("150426", "member_league")
    roster.correct(changed(person, political="01"))
    roster.correct(changed(posting, party_moved=None, party_letter="", party_branch=""))


def replaced(roster: Roster) -> None:
    """A member recalled by his unit, replaced on application and approval, and then the sixth of another team."""
    county, other, key = "150924", "150925", "member_region"
    leaver, former = roster.at(county, key)
    number, day = team.paper("批", 7), date(2018, 12, 20)
    roster.put(date(2018, 12, 28), changed(former, until=date(2018, 12, 31), end_reason="work"))
    rng = team.rng_for(county, "replacement")
    slot = roster.slots[key]
    comer = roster.put(date(2019, 1, 2), team.person_for(rng, county, slot, "region"))
    posting = team.posting_for(rng, comer, slot, county, "region")
    posting = changed(
        posting,
        since=date(2019, 1, 2),
        party_moved=date(2019, 1, 15) if posting.party_moved else None,
        replaces=former.id,
        applied=date(2018, 12, 5),
        applied_reason="原派出人员工作变动，单位党组织研究更换。",
        approval_paper=number,
        paper=team.paper("选派", 2, 2019),
    )
    roster.put(date(2019, 1, 2), posting)
    _decide(roster, day, "replacement", posting, number, "同意更换。")
    _again(roster, leaver, former, other, date(2019, 1, 7))


def swapped(roster: Roster) -> None:
    """Two teams exchange their league members among themselves: 擅自调整, twice."""
    key, last, first = "member_league", date(2019, 2, 28), date(2019, 3, 1)
    pair = [roster.at(county, key) for county in ("150422", "150423")]
    for (person, posting), (_, seat) in zip(pair, reversed(pair), strict=True):
        roster.put(last, changed(posting, until=last, end_reason="work"))
        _again(roster, person, posting, seat.county, first)


def team_of_four(roster: Roster) -> None:
    """A team whose county member never came."""
    roster.leave_empty("150821", "member_county")


def two_of_league(roster: Roster) -> None:
    """A team with two members from the league and none from the county."""
    person, posting = roster.at("152523", "member_county")
    league = team.person_for(team.rng_for("152523", "league"), "152523", roster.slots["member_league"], "league")
    roster.correct(changed(person, unit=league.unit, post=league.post, rank="division"))
    _born(roster, "152523", "member_county", date(1977, 4, 23), reserve=False)
    roster.correct(changed(posting, source_level="league"))


def edge_names(roster: Roster) -> None:
    """Names that try lists, paper and search: short, long, dotted, double family names, rare characters, doubles."""
    for county, key, name, sex, ethnicity in (
        ("150125", "member_region", "王喆", "1", "汉族"),
        ("150222", "member_league", "欧阳志刚", "1", "汉族"),
        ("150426", "member_county", "刘堃", "1", "汉族"),
        ("150524", "deputy", "额尔敦其其格·苏日娜", "2", "蒙古族"),
        ("150723", "member_region", "陈䶮", "1", "汉族"),
        ("150429", "deputy", "王建军", "1", "汉族"),
        ("150429", "member_county", "王建军", "1", "汉族"),
        ("152201", "member_county", "李㛃", "2", "汉族"),
        ("152921", "deputy", "阿拉坦格日勒图", "1", "蒙古族"),
    ):
        if county in roster.counties:
            _named(roster, county, key, name, sex, ethnicity)


CASES: tuple[tuple[tuple[str, ...], Case], ...] = (
    (("150421",), over_age),
    (("150525",), on_the_line),
    (("150722",), relaxed),
    (("150426",), party_not_moved),
    (("150924", "150925"), replaced),
    (("150422", "150423"), swapped),
    (("150821",), team_of_four),
    (("152523",), two_of_league),
    ((), edge_names),
)
"""The cases with the counties they need; an office that keeps only some counties gets the cases of those."""


def seed(roster: Roster) -> None:
    """Put every case into the roster whose counties are in it."""
    for needed, case in CASES:
        if all(county in roster.counties for county in needed):
            case(roster)


def _born(roster: Roster, county: str, key: str, day: date, *, reserve: bool) -> None:
    person, _ = roster.at(county, key)
    serial = team.rng_for(county, key, "birth").randrange(499)
    roster.correct(team.born(changed(person, reserve=reserve), day, serial))


def _named(roster: Roster, county: str, key: str, name: str, sex: str, ethnicity: str) -> None:
    person, _ = roster.at(county, key)
    code = library.codes()["民族"].code(ethnicity)
    assert code is not None
    day = date(1975, 1, 1) + timedelta(days=team.rng_for(county, key, "named").randrange(2000))
    serial = team.rng_for(county, key, "serial").randrange(499)
    roster.correct(team.born(changed(person, name=name, sex=sex, ethnicity=code), day, serial))


def _again(roster: Roster, person: Person, former: Posting, county: str, day: date) -> None:
    """Post a person to another team, in the same position, for those who were posted before."""
    rng = team.rng_for(person.id, county)
    posting = changed(
        former,
        id=team.fresh_id(rng, county),
        county=county,
        since=day,
        until=None,
        end_reason="",
        local_post=team.local_post(county, former.position),
        paper="",
    )
    roster.put(day, team.party_moved(rng, posting) if former.party_moved else posting)


def _decide(roster: Roster, day: date, matter: str, posting: Posting, number: str, reason: str) -> None:
    if not roster.decides:
        return
    county = posting.county
    decision = Decision(
        id=team.fresh_id(team.rng_for(county, matter), county),
        matter=matter,
        subject=posting.id,
        result="approved",
        decided=day,
        paper=number,
        decided_by="周己一",
        reason=reason,
    )
    roster.put(max(day, _SETTLED), decision)
