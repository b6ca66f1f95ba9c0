"""Forgetting by term: two names, every office, no byte left, and every chain and frozen figure as before."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from PIL import Image

from tests.services import closings
from tests.services.desks import enter, over, write_logs
from tests.services.exchangers import COUNTY, REGION, all_closed, found, join, region, send
from tuopin_desktop.documents import scans as paper
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.openings import chain_form
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import (
    Attachment,
    DailyLog,
    Decision,
    Incident,
    Meeting,
    MonthClose,
    Person,
    Posting,
    Purge,
)
from tuopin_desktop.domain.roles import Role, Signed
from tuopin_desktop.exchange import seal
from tuopin_desktop.exchange.bag import open_bag
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing as months
from tuopin_desktop.services.exchange import packages, scanpackages
from tuopin_desktop.services.forgetting import due, leftbehind, purging, subjects
from tuopin_desktop.services.office import attachments, backups, disclosures, soundness, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers
from tuopin_desktop.services.reporting import snapshots
from tuopin_desktop.store import keyring

NAME, PHONE, WORDS = "阿拉坦花", "13904760808", "在浩来呼热苏木"
PLANTED = (NAME, PHONE, WORDS, "alatanhua")


class Offices(NamedTuple):
    root: Desk
    county: Desk
    stick: Path
    person: str
    posting: Posting
    old: Path


def later(desk: Desk, year: int = 2029) -> None:
    desk.clock = FixedClock(datetime(year, 6, 4, 9))


def life(desk: Desk, name: str = NAME) -> Posting:
    """Enter somebody with everything that is kept of him: his month closed, logs, an incident, a meeting he was at."""
    posting = enter(desk, name, phone=PHONE, note=f"家住{WORDS}", until=date(2018, 12, 31))
    closings.key(desk, posting, "2018-06")
    write_logs(desk, posting, [date(2018, 7, 2)], f"与{name}入户")
    with over(desk, date(2018, 7, 30)):
        incident = Incident(
            id=registers.new_id(desk), posting=posting.id, date=date(2018, 6, 3), clause="gambling", text=f"{name}所述"
        )
        registers.save(desk, incident)
        meeting = Meeting(id=registers.new_id(desk), type="analysis", county=COUNTY, held=date(2018, 7, 5))
        registers.save(desk, msgspec.structs.replace(meeting, attendees=f"赵甲一、{name}、钱乙二", topics="七月安排"))
        months.close(desk, "2018-06")
        disclosures.note_showing(desk, registers.get(desk, Person, posting.person), "phone")
    return posting


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    stick = tmp_path / "stick"
    join(root, county, stick)
    posting = life(county)
    with over(county, date(2019, 1, 5)):
        snapshots.take(county, 2018)
    old = send(county, REGION, stick)
    packages.take(root, old)
    with over(root, date(2019, 1, 6)):
        snapshots.take(root, 2018)
    later(county)
    later(root)
    with closing(root), closing(county):
        yield Offices(root, county, stick, posting.person, posting, old)


def photo(folder: Path) -> Path:
    """Return a picture."""
    path = folder / "照片.png"
    if not path.exists():
        Image.effect_noise((120, 90), 40).save(path, "PNG")
    return path


def purge(desk: Desk, person: str) -> purging.Outcome:
    proposal = purging.propose(desk, person, "保管期限表第12项", "已移交旗档案馆")
    return purging.confirm(desk, proposal.id, "钱乙二")


def content_of(path: Path) -> bytes:
    """Return the bytes of a file, those of an encrypted database page by page as its key opens them."""
    raw, key = path.read_bytes(), keyring.key_of(path) if path.suffix in (".db", ".memo") else None
    if key is None:
        return raw
    starts = range(0, len(raw) - keyring.PAGE + 1, keyring.PAGE)
    return b"".join(key.page(at // keyring.PAGE + 1, raw[at : at + keyring.PAGE]) for at in starts)


def holding(desk: Desk) -> list[str]:
    """Return which planted words stand in which file of an office but its copies, in UTF-8 or UTF-16."""
    desk.store.fold_journal()
    paths = [path for path in desk.folder.rglob("*") if path.is_file() and backups.FOLDER not in path.parts]
    return [
        f"{path.name}: {word}"
        for path in paths
        for word in PLANTED
        for raw in [content_of(path)]
        if any(word.encode(how) in raw for how in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


def words_in(path: Path, desk: Desk) -> list[str]:
    lines = b"\n".join(seal.lines(seal.unseal(open_bag(path.read_bytes()).payload, stations.keys(desk).identity)))
    return [word for word in PLANTED if word.encode() in lines]


def test_a_person_is_forgotten_in_every_office_and_all_is_proved_as_before(offices: Offices) -> None:
    root, county, stick = offices.root, offices.county, offices.stick
    assert holding(county)
    assert holding(root)
    frozen = {desk: snapshots.snapshots(desk, 2018)[0] for desk in (root, county)}
    figures = {desk: snapshots.opened(one).figures for desk, one in frozen.items()}
    close = registers.get(county, MonthClose, f"{COUNTY}/2018-06")
    outcome = purge(county, offices.person)
    assert outcome.remarks == ()
    assert outcome.records
    assert holding(county) == []
    up = send(county, REGION, stick)
    assert words_in(up, county) == []
    packages.take(root, up)
    assert holding(root) == []
    down = send(root, COUNTY, stick)
    assert words_in(down, root) == []
    packages.take(county, down)
    whole = packages.make(root, COUNTY, stick, everything=True)[0].path
    assert words_in(whole, root) == []
    assert holding(county) == []
    for desk in (root, county):
        assert desk.store.audit() == ""
        one = snapshots.snapshots(desk, 2018)[0]
        assert one.digest == frozen[desk].digest
        assert snapshots.opened(one).figures == figures[desk]
        assert registers.get(desk, Person, offices.person).name == subjects.NAMELESS
        now = registers.get(desk, MonthClose, close.id)
        assert (now.days, now.closed, now.edition) == (close.days, close.closed, close.edition)
        assert now.figures == close.figures.replace(NAME, "（已按期清除）")
    acts = county.store.rows(Purge)
    assert {(one.basis, one.proposed_by, one.confirmed_by) for one in acts} == {
        ("保管期限表第12项", county.user, "钱乙二")
    }


def test_what_was_forgotten_does_not_come_back_with_an_old_package(tmp_path: Path) -> None:
    root, county, stick = region(tmp_path / "15"), found(tmp_path / "county", COUNTY), tmp_path / "stick"
    join(root, county, stick)
    person = life(county).person
    old = send(county, REGION, stick)
    packages.take(root, old)
    later(county)
    later(root)
    purge(county, person)
    packages.take(root, send(county, REGION, stick))
    packages.take(root, old)
    assert holding(root) == []
    packages.undo(root)  # the old one brought nothing: this is the act
    packages.undo(root)
    packages.undo(root)
    packages.take(root, old)
    assert holding(root)  # it came again before the act did
    packages.take(root, packages.make(county, REGION, stick, everything=True)[0].path)
    assert holding(root) == []
    all_closed(root, county)


def test_an_office_that_is_restored_forgets_again(offices: Offices) -> None:
    county, stick = offices.county, offices.stick
    other = found(stick.parent / "second", COUNTY)
    with closing(other):
        join(offices.root, other, stick)
        assert holding(other)
        purge(county, offices.person)
        packages.take(offices.root, send(county, REGION, stick))
        packages.take(other, send(offices.root, COUNTY, stick))
        assert holding(other) == []
        assert other.store.audit() == ""


def test_it_takes_two_names_a_basis_and_an_archive(offices: Offices) -> None:
    county = offices.county
    for basis, archived, code in (("", "已移交", "basis"), ("第12项", "", "archived")):
        with pytest.raises(Refused) as refused:
            purging.propose(county, offices.person, basis, archived)
        assert refused.value.problems[0].code == code
    proposal = purging.propose(county, offices.person, "第12项", "已移交")
    for second in ("", county.user, f" {county.user} "):
        with pytest.raises(Refused, match="另一人确认"):
            purging.confirm(county, proposal.id, second)
    with pytest.raises(Refused, match="已经提出"):
        purging.propose(county, offices.person, "第12项", "已移交")
    purging.withdraw(county, proposal.id)
    assert purging.proposals(county) == []
    assert registers.get(county, Person, offices.person).name == NAME


def test_an_act_with_one_name_counts_nowhere(offices: Offices) -> None:
    county = offices.county
    keys = "\n".join(sorted(subjects.within(county, subjects.of(county, offices.person).own)))
    act = Purge(id=f"{COUNTY}/x", person=offices.person, basis="x", proposed=date(2029, 1, 1), proposed_by="赵甲一")
    forged = msgspec.structs.replace(act, confirmed=date(2029, 1, 1), confirmed_by="赵甲一", keys=keys)
    from_county = scalars(forged)
    county.store.commit([Change("purge", forged.id, from_county)], "赵甲一", county.clock.stamp_ms())
    assert purging.follow(county) is None
    packages.take(offices.root, send(county, REGION, offices.stick))
    assert registers.get(offices.root, Person, offices.person).name == NAME


def test_what_the_region_keeps_of_him_stays_until_its_own_two_names(offices: Offices) -> None:
    root, county, stick = offices.root, offices.county, offices.stick
    with over(root, date(2029, 6, 5)):
        decision = Decision(id=f"{COUNTY}/d", matter="leave", subject=offices.person, reason="家中有事")
        root.store.commit([Change("decision", decision.id, scalars(decision))], "赵甲一", root.clock.stamp_ms())
    packages.take(county, send(root, COUNTY, stick))
    purge(county, offices.person)
    packages.take(root, send(county, REGION, stick))
    assert registers.get(root, Decision, decision.id).reason == "家中有事"
    assert [one.rest for one in due.listed(root)] == [True]
    purge(root, offices.person)
    assert registers.get(root, Decision, decision.id).reason == ""
    packages.take(county, send(root, COUNTY, stick))
    assert registers.get(county, Decision, decision.id).reason == ""
    assert due.listed(root) == []


def test_somebody_else_of_that_name_keeps_it(offices: Offices) -> None:
    county = offices.county
    other = enter(county, NAME)
    outcome = purge(county, offices.person)
    assert registers.get(county, Person, other.person).name == NAME
    assert "同名" in outcome.remarks[0]
    assert all(NAME not in one.text for one in county.store.rows(DailyLog))


def test_who_is_due_follows_the_rule_pack(offices: Offices) -> None:
    county = offices.county
    assert [(one.name, one.ended, one.due) for one in due.listed(county)] == [
        (NAME, date(2018, 12, 31), date(2028, 12, 31))
    ]
    later(county, 2028)
    assert due.listed(county) == []
    assert [one.due for one in due.listed(county, soon=True)] == [date(2028, 12, 31)]


def test_copies_made_before_are_named_and_go_when_asked(offices: Offices) -> None:
    county = offices.county
    with pytest.raises(Refused, match="没有清除以前"):
        leftbehind.remove_copies(county)  # nobody was forgotten
    backups.make(county)
    aside = backups.set_aside(county.folder, county.clock)
    foreign = aside.with_name("手工-20290101-080000-第3号-aaaa.db")
    shutil.copy(offices.root.folder / "office.db", foreign)
    outcome = purge(county, offices.person)
    assert len(outcome.copies) >= 3
    county.clock = FixedClock(datetime(2029, 6, 5, 9))
    after = backups.make(county).path
    removal = leftbehind.remove_copies(county)
    names = {one.path.name for one in backups.listed(county)}
    assert {aside.name, foreign.name, after.name} < names
    assert any(aside.name in sentence for sentence in removal.left)
    assert any(foreign.name in sentence for sentence in removal.left)
    assert {one.path for one in leftbehind.copies(county)} == {aside, foreign}
    leftbehind.remove_copies(county, [aside.name])
    assert not aside.exists()


def test_only_who_may_restore_removes_copies(offices: Offices) -> None:
    county = offices.county
    backups.make(county)
    purge(county, offices.person)
    county.who = Signed("x", "经办人甲", frozenset({Role.WRITER}))
    with pytest.raises(Refused, match="恢复备份"):
        leftbehind.remove_copies(county)


def scanned(offices: Offices) -> Path:
    """Put a scan on an incident of the person; return its file."""
    county = offices.county
    incident = county.store.rows(Incident)[0]
    with over(county, date(2018, 7, 30)):
        recordfiles.attach(county, "incident", incident.id, recordfiles.read([photo(county.folder.parent)]))
    place = attachments.place_of(county, county.store.rows(Attachment)[0])
    assert place is not None
    return place


def test_a_scan_that_a_viewer_holds_goes_at_the_next_opening(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    county, place = offices.county, scanned(offices)

    def held(_path: Path) -> None:
        raise Trouble("文件正被另一个程序打开。")

    with monkeypatch.context() as patch:
        patch.setattr("tuopin_desktop.services.forgetting.leftbehind.files.remove", held)
        outcome = purge(county, offices.person)
    assert outcome.records
    assert "下次打开时再删除" in "".join(purging.account(outcome))
    assert place.exists()
    assert purging.at_opening(county) == ()
    assert not place.exists()
    assert purging.follow(county) is None


def test_pages_that_were_not_written_anew_are_at_the_next_opening(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = offices.county

    def full(_ledger: object) -> None:
        raise Trouble("磁盘满了。")

    with monkeypatch.context() as patch:
        patch.setattr("tuopin_desktop.services.forgetting.purging.forgetting.rewrite", full)
        outcome = purge(county, offices.person)
        assert outcome.left
        packages.take(offices.root, send(county, REGION, offices.stick))  # taken, whatever is left to be done
    for desk in (county, offices.root):
        assert purging.at_opening(desk) == ()
        assert holding(desk) == []
        assert purging.follow(desk) is None


def test_an_old_package_of_scans_brings_no_forgotten_scan(offices: Offices) -> None:
    root, county, stick = offices.root, offices.county, offices.stick
    content = scanned(offices).read_bytes()
    packages.take(root, send(county, REGION, stick))
    assert len(scanpackages.lacking(root)) == 1
    (package,) = scanpackages.make(county, REGION, stick)
    purge(county, offices.person)
    packages.take(root, send(county, REGION, stick))
    assert scanpackages.lacking(root) == []
    came = scanpackages.take(root, package.path)
    assert (came.new, came.unknown, came.lacking) == (0, 1, 0)
    assert not list((root.folder / attachments.FOLDER).rglob("*.*"))
    assert content
    with pytest.raises(Refused, match="已按期清除"):
        attachments.keep(county, paper.proved(photo(county.folder.parent).read_bytes()))


def test_lines_of_format_1_are_not_called_forgotten(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    county = offices.county
    monkeypatch.setattr("tuopin_desktop.store.writing.apart", lambda _kind: frozenset())
    posting = enter(county, "巴特尔", until=date(2018, 12, 31))
    with pytest.raises(Refused, match="旧版本程序写入"):
        purging.propose(county, posting.person, "第12项", "已移交")


def test_what_is_written_after_the_act_stays(offices: Offices) -> None:
    root, county, stick = offices.root, offices.county, offices.stick
    purge(county, offices.person)
    person = registers.get(county, Person, offices.person)
    registers.save(county, msgspec.structs.replace(person, note="又来任职"))
    packages.take(root, send(county, REGION, stick))
    for desk in (root, county):
        assert purging.follow(desk) is None
        assert registers.get(desk, Person, offices.person).note == "又来任职"
        assert ids.owner(person.id) == COUNTY
    shutil.rmtree(stick)


def test_values_left_out_on_the_way_are_missed_and_come_with_the_next_whole_package(offices: Offices) -> None:
    root, county, stick = offices.root, offices.county, offices.stick
    with root.store.ledger.writing() as cursor:
        cursor.execute("INSERT INTO gate(n) VALUES (3)")
        rows = cursor.execute("SELECT n, seq, line FROM log WHERE key LIKE 'person:%'").fetchall()
        lines = [(chain_form(bytes(raw)), n, seq) for n, seq, raw in rows]
        cursor.executemany("UPDATE log SET line = ? WHERE n = ? AND seq = ?", lines)
        cursor.execute("DELETE FROM gate WHERE n = 3")
        root.store.ledger.fold(cursor, [f"person:{offices.person}"])
    assert registers.get(root, Person, offices.person).name == ""
    assert root.store.audit() == ""
    assert "没有送到" in soundness.verify(root).fault
    packages.take(root, packages.make(county, REGION, stick, everything=True)[0].path)
    assert registers.get(root, Person, offices.person).name == NAME
    assert soundness.verify(root).fault == ""
    purge(county, offices.person)
    packages.take(root, send(county, REGION, stick))
    assert soundness.verify(root).fault == ""


@pytest.mark.parametrize(("until", "says"), [(None, "还在任职"), (date(2020, 6, 1), "还没有到期")])
def test_nobody_is_forgotten_before_his_term_is_over(offices: Offices, until: date | None, says: str) -> None:
    county = offices.county
    posting = enter(county, "巴特尔", until=until)
    with pytest.raises(Refused, match=says):
        purging.propose(county, posting.person, "第12项", "已移交")
    later(county, 2040)
    if until:
        proposal = purging.propose(county, posting.person, "第12项", "已移交")
        later(county)
        with pytest.raises(Refused, match=says):
            purging.confirm(county, proposal.id, "钱乙二")


def test_who_comes_back_before_the_second_name_stays(offices: Offices) -> None:
    county = offices.county
    proposal = purging.propose(county, offices.person, "第12项", "已移交")
    again = msgspec.structs.replace(offices.posting, id=registers.new_id(county), since=date(2029, 6, 1), until=None)
    county.store.commit([Change("posting", again.id, scalars(again))], county.user, county.clock.stamp_ms())
    with pytest.raises(Refused, match="还在任职"):
        purging.confirm(county, proposal.id, "钱乙二")
    assert registers.get(county, Person, offices.person).name == NAME


@pytest.mark.parametrize("field", ["basis", "archived"])
@pytest.mark.parametrize("text", [f"档号15-{NAME}", "档号15 阿拉 坦花", f"联系{PHONE}"])
def test_an_act_that_stays_for_ever_does_not_name_whom_it_forgets(offices: Offices, field: str, text: str) -> None:
    words = {"basis": "第12项", "archived": "已移交"} | {field: text}
    with pytest.raises(Refused, match="永久保留") as refused:
        purging.propose(offices.county, offices.person, words["basis"], words["archived"])
    assert refused.value.problems[0].fields == (field,)


def test_no_office_above_ends_a_countys_duty_to_keep(offices: Offices) -> None:
    root, county = offices.root, offices.county
    keys = "\n".join(sorted(subjects.within(county, subjects.of(county, offices.person).own)))
    act = Purge(id=f"{COUNTY}/x", person=offices.person, basis="x", proposed=date(2029, 1, 1), proposed_by="赵甲一")
    forged = msgspec.structs.replace(act, confirmed=date(2029, 1, 1), confirmed_by="钱乙二", keys=keys)
    root.store.commit([Change("purge", forged.id, scalars(forged))], "赵甲一", root.clock.stamp_ms())
    assert purging.follow(root) is None
    packages.take(county, send(root, COUNTY, offices.stick))
    for desk in (root, county):
        assert registers.get(desk, Person, offices.person).name == NAME


def test_what_an_office_above_writes_over_an_act_adds_nothing_to_it(offices: Offices) -> None:
    root, county = offices.root, offices.county
    other = enter(county, "巴特尔").person
    purge(county, offices.person)
    packages.take(root, send(county, REGION, offices.stick))
    act = root.store.rows(Purge, scope=COUNTY)[0]
    root.store.commit([Change("purge", act.id, {"keys": f"person:{other}"})], "赵甲一", root.clock.stamp_ms())
    packages.take(county, send(root, COUNTY, offices.stick))
    for desk in (root, county):
        purging.follow(desk)
        assert registers.get(desk, Person, other).name == "巴特尔"
        assert registers.get(desk, Person, offices.person).name == subjects.NAMELESS
