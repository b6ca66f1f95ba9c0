"""Odd values of the right type in every field a county may write, and every verb that reads them at the region."""

import io
import random
import shutil
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import enter, write_logs
from tests.services.exchangers import COUNTY, NEIGHBOUR, region
from tests.services.test_every_register import a_record
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain.change import Change, FeedLine
from tuopin_desktop.domain.record import WHOLE, Owner, Scalar, fields, scalars
from tuopin_desktop.domain.records import KINDS, Attendance, Authorisation, Call, Filing, Opinion
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.registers.registerlists import kept_here

NOW = datetime(2019, 6, 3, 9, 0)
MAY_3 = date(2019, 5, 3)
COUNTS: Counter[str] = Counter()
WORDS: tuple[str, ...] = (
    *("x", "", " ", "0", "-1", "nan", "1e999", "１２", "%s%n", "𠮷", "=1+1", "<img src=x>", "\u202e", "\x00", "a\nb"),
    *("9999-12-31", "0001-01-01", "1899-12-31", "2100-01-01", "2018-02-30", "2018-13", "2018-07-15", "2018-07"),
    *("2018-06-31am", "9999-12-31pm", "2018-06-05am", "2018-06-05am/2018-06-04pm", "1900-01-01am/2099-12-31pm"),
    *("2018-06-05am/2018-06-08pm", "////", "vw/zz", "vw/vw", "ou/ou", "/", "15/150426", "150426/nothing", "15"),
    *("person:150426/none", "150421/other", "150426", "999999", "{}", "[]", "null", '{"a":1}', "[[]]", '["x"]'),
    *(
        "leader",
        "member",
        "approved",
        "refused",
        "closed",
        "open",
        "office",
        "liaison",
        "12:99",
        "2018-W99",
        "长" * 70_000,
    ),
)
NUMBERS = (-1, 0, 1, 2, 5, 13, 1899, 2018, 9999, 10**6, 2**31, 10**12, 2**53, 2**63 - 1, -(2**63))
KEPT = [kind for kind, cls in KINDS.items() if cls.kind.owner is Owner.COUNTY and kind not in ("office", "snapshot")]

JUDGED = ("team", "person", "posting", "leave_slip", "attendance", "opinion", "month_close", "training", "round_trip")
"""The kinds that rules look at most: half of the values go there."""


def base(folder: Path) -> None:
    """Set up a region that has a record of every kind of two counties, and close it."""
    desk = region(folder)
    desk.clock = FixedClock(NOW)
    people = [
        enter(desk, name, position) for name, position in (("王海", "leader"), ("李河", "deputy"), ("张三", "member"))
    ]
    enter(desk, "云二", "leader", NEIGHBOUR)
    for kind in kept_here():
        a_record(desk, kind, COUNTY)
    for posting in people:
        _slip(desk, posting.id)
        days = {f"d{day:02d}": "vw/vw" for day in range(1, 29)}
        for month in ("2019-04", "2019-05"):
            record = Attendance(id=f"{posting.id}/{month}", posting=posting.id, month=month, **days)  # type: ignore[arg-type]  # days by name
            desk.commit([Change("attendance", record.id, _said(record))])
        write_logs(desk, posting, [date(2019, 5, day) for day in range(1, 20)])
    given = Authorisation(
        id=registers.new_id(desk, COUNTY),
        role="secretary",
        delegate="乙",
        first=date(2018, 6, 1),
        last=date(2019, 6, 1),
    )
    desk.commit([Change("authorisation", given.id, _said(given))])
    desk.close()


def _slip(desk: Desk, posting: str) -> None:
    drafted = leave.draft(desk, posting, date(2019, 5, 3))
    period = "2019-05-06am/2019-05-08pm"
    slip = leave.save(desk, msgspec.structs.replace(drafted, place="赤峰市", period=period, reason="开会"))
    for role in ("secretary", "office", "leader"):
        ink = Opinion(
            id=f"{slip.id}/{role}", role=role, verdict="approved", signer="甲", signed=date(2019, 5, 3), slip=slip.id
        )
        desk.commit([Change("opinion", ink.id, _said(ink))])
    for body in ("unit", "liaison"):
        filing = Filing(id=f"{slip.id}/{body}", body=body, filed=date(2019, 5, 4), slip=slip.id)
        desk.commit([Change("filing", filing.id, _said(filing))])
    call = Call(id=f"{slip.id}/call-liaison", side="liaison", day=date(2019, 5, 9), word="K7P2", slip=slip.id)
    desk.commit([Change("call", call.id, _said(call))])
    leavedesk.back(desk, slip.id, date(2019, 5, 8))


def _said(record: object) -> dict[str, Scalar]:
    return {name: value for name, value in scalars(record).items() if value is not None}  # type: ignore[arg-type]  # a record


def odd_lines(desk: Desk, chance: random.Random, many: int) -> list[FeedLine]:
    """Return lines of the county with an odd value each: in records that are there, and in new ones."""
    made = []
    for place in range(many):
        kind = chance.choice(KEPT if chance.random() < 0.5 else JUDGED)
        held = [row[0] for row in desk.store.look(KINDS[kind], ("deleted",), scope=COUNTY)]
        known = held and chance.random() < 0.85
        record_id = chance.choice(held) if known else f"{COUNTY}/odd{chance.randrange(10**9)}"
        items = chance.sample(fields(KINDS[kind]), min(len(fields(KINDS[kind])), 1 if known else 6))
        said = {item.name: _odd(desk, item.form in WHOLE, chance) for item in items if item.owner is Owner.COUNTY}
        if said:
            at = (int(NOW.timestamp() * 1000) << 16) + place
            made.append(FeedLine(at=at, by="某人", key=f"{kind}:{record_id}", set=said))
    return made


def _odd(desk: Desk, whole: bool, chance: random.Random) -> Scalar:  # two kinds of value, asked at one place
    if chance.random() < 0.05:
        return None
    if whole:
        return chance.choice(NUMBERS)
    if chance.random() < 0.2:
        kind = chance.choice(KEPT)
        held = desk.store.look(KINDS[kind], ("deleted",), scope=COUNTY)
        return str(chance.choice(held)[0]) if held else "150426/none"
    return chance.choice(WORDS)


def verbs(out: Path) -> Iterator[tuple[str, ...]]:
    """Yield the words of every verb that reads what counties wrote."""
    yield from (("check", "--all"), ("check", "--json"), ("conflicts", "list"), ("evidence", "list"))
    yield from (("duty", "list", "--year", "2019"), ("duty", "due"), ("duty", "map", "--year", "2019"))
    yield from (("leave", "list"), ("leave", "book", "register", "--year", "2019"), ("spotcheck", "list"))
    yield from (("spotcheck", "list", "--coverage"), ("attendance", "state", "2019-05"))
    yield from (("journal", "week"), ("journal", "ledger"), ("recall", "list"), ("replacement", "list"))
    yield from (("ruling", "list"), ("pack", "list"), ("report", "teams"))
    yield ("report", "circular", "--month", "2019-05", str(out / "circular.docx"))
    yield ("report", "annual", "--year", "2019", str(out / "annual"))
    yield ("report", "charts", "--year", "2019", str(out / "charts.pdf"))
    yield ("appraisal", "compute", "--year", "2018")
    for kind in KINDS:
        yield ("list", kind, "--reveal")
    for kind in ("roster", *kept_here()):
        yield ("export", kind, str(out / f"{kind}.xlsx"), "--reveal")


def failures(desk: Desk, folder: Path, chance: random.Random | None = None) -> list[str]:
    """Run the verbs on an opened region; return what ended in a traceback or an odd exit code.

    With `chance` it is a fifth of them in a round: every one has its turn many times.
    """
    found = []
    out = folder / "out"
    out.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offices, "open_desk", lambda *_, **__: desk)
        patch.setattr(desk, "close", lambda: None)
        for words in verbs(out):
            if chance is not None and words[0] not in ("check", "duty") and chance.random() > 0.2:
                continue
            COUNTS["verbs"] += 1
            said = io.StringIO()
            try:
                code = run(["--office", str(desk.folder), *words], said, said)
            except SystemExit as ended:
                found.append(f"{' '.join(words)}: usage {ended.code}")
            except BaseException:  # noqa: BLE001  # whatever ends a verb is what is looked for
                found.append(f"{' '.join(words)}:\n{traceback.format_exc(limit=-6)}")
            else:
                if code not in (0, 1):
                    found.append(f"{' '.join(words)}: {code}")
                COUNTS[f"exit {code}"] += 1
    return found


@contextmanager
def copy_of(template: Path, folder: Path) -> Iterator[Desk]:
    """Open a copy of the template region."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    desk = offices.open_desk(folder, FixedClock(NOW))
    try:
        yield desk
    finally:
        desk.close()


def day(record_id: str, place: int) -> FeedLine:
    """Return a line that writes a day no form takes."""
    return FeedLine(at=(1 << 60) + place, by="某人", key=f"attendance:{record_id}", set={"d01": "x"})
