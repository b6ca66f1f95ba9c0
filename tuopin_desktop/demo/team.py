"""One team of practice people, seat by seat as Article 2 wants it, every one within the age lines of Article 3."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from tuopin_desktop.demo import elements
from tuopin_desktop.demo.names import compose
from tuopin_desktop.domain.idcard import PRACTICE_AREA, check_digit
from tuopin_desktop.domain.policy import Slot
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.services.office import library

SEED = "tuopin-2018"
_BANNERS = {"150722": "达斡尔族", "150723": "鄂伦春族", "150724": "鄂温克族"}
_BORN = {"department": (1961, 1967), "division": (1971, 1981), "section": (1974, 1988)}
_HEADS = {
    "大学": "副校长",
    "公司": "副总经理",
    "银行": "副行长",
    "办公厅": "副主任",
    "厅": "副厅长",
    "局": "副局长",
    "部": "副部长",
    "院": "副院长",
    "委员会": "副主任",
    "会": "副主席",
    "委": "副书记",
}
"""What the deputy head of a unit is called, by the end of its name; else 副主任."""
_STATUS = {"college": "institution", "company": "enterprise"}


def rng_for(*texts: str) -> random.Random:
    """Return the source of chance for one matter: the same matter draws the same in every run and office."""
    return random.Random("/".join((SEED, *texts)))


def fresh_id(rng: random.Random, county: str) -> str:
    """Return a record id that looks like any other and comes out the same in every run."""
    return f"{county}/{rng.getrandbits(128):032x}"


def paper(kind: str, number: int, year: int = 2018) -> str:
    """Return a document number nobody can take for a real one."""
    return f"演示{kind}〔{year}〕{number}号"


def arrival(county: str) -> date:
    """Return the day the team of a county arrived, in the first half of June 2018."""
    return date(2018, 6, 4) + timedelta(days=rng_for(county, "arrival").randrange(9))


def people(county: str, slots: Sequence[Slot]) -> list[tuple[Person, Posting]]:
    """Return who sits in a team, in the order of the slots; no two bear the same name."""
    rng = rng_for(county)
    pairs: list[tuple[Person, Posting]] = []
    for slot in slots:
        source = slot.source or ("region" if slot.position == "leader" or rng.random() < 0.6 else "league")
        person = person_for(rng, county, slot, source)
        while person.name in {other.name for other, _ in pairs}:
            person = person_for(rng, county, slot, source)
        pairs.append((person, posting_for(rng, person, slot, county, source)))
    return pairs


def person_for(rng: random.Random, county: str, slot: Slot, source: str) -> Person:
    """Return a person fit for a slot: rank, age, education, unit and a number that belongs to nobody."""
    sex = "2" if rng.random() < 0.13 else "1"
    ethnicity = _BANNERS.get(county, "") if source == "county" else ""
    ethnicity = ethnicity or rng.choices(("汉族", "蒙古族", "满族", "回族"), (58, 36, 4, 2))[0]
    rank = slot.rank or rng.choice(("division", "section"))
    unit, post, status = _office(rng, county, source, rank)
    party = slot.position in ("leader", "deputy") or rng.random() < 0.92
    person = Person(
        id=fresh_id(rng, county),
        name=compose(rng, ethnicity, sex),
        sex=sex,
        ethnicity=_code("民族", ethnicity),
        native_place=_native_place(rng, county, source),
        political="01" if party else rng.choice(("06", "13")),
        education=_education(rng, rank),
        school=rng.choice(elements.units("college")),
        health="good" if rng.random() < 0.95 else "fair",
        status=status,
        unit=unit,
        post=post,
        rank=rank,
        reserve=rng.random() < 0.15,
        phone=f"100000{rng.randrange(100000):05d}",
    )
    return born(person, _birthday(rng, rank), rng.randrange(499), month_only=rng.random() < 0.2)


def born(person: Person, day: date, serial: int, *, month_only: bool = False) -> Person:
    """Return the person with this birth and the practice number that goes with it; `serial` is 0 to 498."""
    order = serial * 2 + (1 if person.sex == "1" else 2)
    first = f"{PRACTICE_AREA}{day:%Y%m%d}{order:03d}"
    birth = f"{day:%Y-%m}" if month_only else day.isoformat()
    return msgspec.structs.replace(person, birth=birth, id_number=first + check_digit(first))


def posting_for(rng: random.Random, person: Person, slot: Slot, county: str, source: str) -> Posting:
    """Return the posting of a person in a slot from the team's arrival on, Party relation moved within a month."""
    since = arrival(county) + timedelta(days=rng.randrange(3))
    posting = Posting(
        id=fresh_id(rng, county),
        person=person.id,
        county=county,
        position=slot.position,
        source_level=source,
        local_post=local_post(county, slot.position),
        since=since,
        paper=paper("选派", 1),
    )
    return party_moved(rng, posting) if person.political == "01" else posting


def party_moved(rng: random.Random, posting: Posting) -> Posting:
    """Return the posting with the Party relation transferred 5 to 25 days after its first day."""
    assert posting.since is not None
    return msgspec.structs.replace(
        posting,
        party_moved=posting.since + timedelta(days=5 + rng.randrange(21)),
        party_letter=paper("转", 1 + rng.randrange(900), posting.since.year),
        party_branch=f"{elements.counties()[posting.county]['name']}工作总队临时党支部",
    )


def local_post(county: str, position: str) -> str:
    """Return the post held beside the work in the team (Art. 2); members hold none."""
    one = elements.suffix(county)
    return {"leader": f"{one}委副书记", "deputy": f"{one}委常委、政府副{one}长"}.get(position, "")


def _birthday(rng: random.Random, rank: str) -> date:
    first, last = _BORN[rank]
    return date(first, 1, 1) + timedelta(days=rng.randrange((last - first + 1) * 365))


def _education(rng: random.Random, rank: str) -> str:
    weights = (30, 60, 10) if rank != "section" else (10, 65, 25)
    return rng.choices(("14", "21", "31"), weights)[0]


def _native_place(rng: random.Random, county: str, source: str) -> str:
    row = elements.counties()[county if source == "county" else rng.choice(tuple(elements.counties()))]
    return f"内蒙古{row['league']}{row['name']}"


def _office(rng: random.Random, county: str, source: str, rank: str) -> tuple[str, str, str]:
    """Return sending unit, post there and status; at league and county the deputy head has the rank that is asked."""
    row = elements.counties()[county]
    if source != "region":
        unit = rng.choice(elements.units(source))
        return (row["league"] if source == "league" else row["name"]) + unit, _deputy_head(unit), "servant"
    kind = rng.choices(("region", "college", "company"), (90, 6, 4))[0]
    unit = rng.choice(elements.units(kind))
    post = {"department": _deputy_head(unit), "division": rng.choice(("处长", "副处长"))}.get(rank, "主任科员")
    return unit, post, _STATUS.get(kind, "servant")


def _deputy_head(unit: str) -> str:
    return next((head for end, head in _HEADS.items() if unit.endswith(end)), "副主任")


def _code(table: str, word: str) -> str:
    code = library.codes()[table].code(word)
    assert code is not None, word
    return code
