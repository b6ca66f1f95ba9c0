"""Drawing by lot whom to check, and proving a draw again from its seed."""

import secrets
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Check, Draw, OwnCheck, Person, Posting, SpotCheck
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.spotchecks import draw as lots
from tuopin_desktop.domain.spotchecks.course import last_checks
from tuopin_desktop.domain.spotchecks.draw import Candidate, Weighing
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


class Lot(msgspec.Struct, frozen=True):
    """One candidate as it is shown: words, day of the last check, weight, and place in the draw (0: not drawn)."""

    id: str
    text: str
    county: str
    last: date | None
    weight: int
    place: int


class Proof(msgspec.Struct, frozen=True):
    """A draw done again: whether it comes out as it is kept, and every candidate."""

    draw: Draw
    agrees: bool
    sentence: str
    lots: tuple[Lot, ...]


def every_check(desk: Desk) -> list[Check]:
    """Return all live checks this office keeps, the Office's and those of leagues and counties."""
    scope = desk.scope
    return [*ordering.rows(desk, SpotCheck, scope=scope), *ordering.rows(desk, OwnCheck, scope=scope)]


def candidates(desk: Desk, of: str, county: str = "") -> tuple[Candidate, ...]:
    """Return who may be drawn today: teams with anybody in service, or people; of one county when it is said.

    The spot checks are the measure's own (Art. 10), so people of another programme are not among them.
    """
    today = desk.today()
    teams, people = last_checks(every_check(desk), today)
    weighing = Weighing.of(judging.policy_on(desk, today))
    postings = desk.store.rows(Posting, scope=county or desk.scope)
    serving = [posting for posting in postings if serves(posting, today) and pack_of(posting) == desk.policy.id]
    if of == "team":
        manned = sorted({posting.county for posting in serving})
        return tuple(weighing.candidate(code, teams.get(code), today) for code in manned)
    return tuple(weighing.candidate(item.id, people.get(item.id), today) for item in serving)


def draw(
    desk: Desk, of: str, count: int, *, seed: str = "", county: str = "", witness: str = "", note: str = ""
) -> Draw:
    """Draw and keep it: every draw stays, so that nobody draws until it suits. Raises Refused.

    A seed somebody says (thrown dice, a lottery number) is taken as it is; else one is made by chance.
    Whoever is drawn does not learn it from a package: a draw belongs to the office that drew, and goes up only.
    """
    if of not in ("team", "person"):
        raise refuse("draw.of", "抽签对象应为工作总队或派驻人员", "of")
    if count < 1:
        raise refuse("draw.wanted", "抽取数应为1以上的整数", "wanted")
    if of == "team" and desk.level.value == "county":
        raise refuse("draw.teams", "旗县只有一支总队，请抽人员", "of", article=2)
    pool = candidates(desk, of, county)
    if not pool:
        raise refuse("draw.nobody", "没有可抽的对象：还没有登记在派的总队或人员", "of")
    seed = " ".join(seed.split()) or new_seed()
    result = Draw(
        id=registers.new_id(desk, ids.private(desk.scope)),
        drawn=desk.today(),
        of=of,
        wanted=count,
        seed=seed,
        method=lots.METHOD,
        inputs=lots.write(pool),
        result="\n".join(lots.draw(pool, count, seed)),
        witness=witness,
        note=note,
    )
    return registers.save(desk, result)


def new_seed() -> str:
    """Return a seed made by chance, short enough to be read out: 3f2a-91c0-77bd."""
    text = secrets.token_hex(6)
    return "-".join(text[at : at + 4] for at in (0, 4, 8))


def draws_of(desk: Desk) -> list[Draw]:
    """Return the draws this office keeps, newest first."""
    draws = desk.store.rows(Draw)
    return sorted(draws, key=lambda item: (item.drawn or date.min, item.id), reverse=True)


def prove(desk: Desk, draw_id: str) -> Proof:
    """Draw again from what is kept and compare; raises Refused when there is no such draw."""
    record = registers.get(desk, Draw, draw_id)
    if record.method != lots.METHOD:
        return Proof(
            record, agrees=False, sentence=f"算法“{record.method}”不是本程序的算法，请用当时的程序核验", lots=()
        )
    try:
        pool = lots.read(record.inputs)
        again = lots.draw(pool, record.wanted or 0, record.seed)
    except ValueError:
        return Proof(record, agrees=False, sentence="参加抽签的名单读不懂，无法核验", lots=())
    agrees = "\n".join(again) == record.result
    text = "与记录一致" if agrees else "与记录不一致，记录可能被改动"
    sentence = f"用抽取编号“{record.seed}”和{len(pool)}个参加抽签的重新抽取{record.wanted}个，结果{text}"
    return Proof(record, agrees=agrees, sentence=sentence, lots=_lots(desk, pool, again))


def _lots(desk: Desk, pool: tuple[Candidate, ...], again: tuple[str, ...]) -> tuple[Lot, ...]:
    places = {name: place for place, name in enumerate(again, 1)}
    called = names(desk, [item.id for item in pool])
    result = [
        Lot(item.id, called[item.id], ids.owner(item.id), item.last, item.weight, places.get(item.id, 0))
        for item in pool
    ]
    return tuple(sorted(result, key=lambda item: (item.place or len(pool) + 1, item.id)))


def names(desk: Desk, lines: list[str]) -> dict[str, str]:
    """Return what teams (county codes) and postings (ids) are called; an unknown one is called by its id."""
    counties = desk.vocabulary["旗县"].labels
    postings = {item.id: item for item in desk.store.rows(Posting, among=[name for name in lines if "/" in name])}
    people = {
        item.id: item for item in desk.store.rows(Person, among=[posting.person for posting in postings.values()])
    }
    values = {name: counties.get(name, name) for name in lines}
    for name, posting in postings.items():
        person = people.get(posting.person)
        text = f"{counties.get(posting.county, posting.county)}{POSITION.word(posting.position)}"
        values[name] = f"{person.name if person else posting.person}（{text}）"
    return values
