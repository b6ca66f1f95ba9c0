"""Nobody decides for another: what oversteps stays in the log, does not count, and is told wherever somebody looks."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import enter
from tests.services.exchangers import COUNTY, LEAGUE, REGION, found, join, region, reopened, send
from tuopin_desktop.domain.change import Change, FeedLine, encode
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Decision, Filing, Opinion
from tuopin_desktop.machine.clock import Clock, FixedClock
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import conflicts
from tuopin_desktop.store import uncounted

JUNE_4 = date(2018, 6, 4)


class Scene(msgspec.Struct):
    """The region, a league and a county, certified; a leader's slip of the county that all three have."""

    root: Desk
    league: Desk
    county: Desk
    slip: str
    stick: Path

    def up(self, desk: Desk | None = None) -> list[str]:
        """Send from the county, or the league, to the region; return the account."""
        return packages.account(packages.take(self.root, send(desk or self.county, REGION, self.stick)))

    def down(self, desk: Desk | None = None) -> list[str]:
        """Send from the region to the county, or the league."""
        to = desk or self.county
        return packages.account(packages.take(to, send(self.root, to.scope, self.stick)))

    def paper(self, desk: Desk) -> Paper:
        return leavedesk.story(desk, self.slip)[0].chain.paper

    def told(self, desk: Desk, rule: str) -> list[str]:
        return [one.sentence for one in judging.findings(desk, rule) if one.verdict is Verdict.AMBER]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    root, league, county = region(tmp_path / "15"), found(tmp_path / "l", LEAGUE), found(tmp_path / "c", COUNTY)
    with closing(root), closing(league), closing(county):
        for desk in (league, county):
            join(root, desk, tmp_path)
        posting = enter(county, "王海", "leader")
        drafted = leave.draft(county, posting.id, JUNE_4)
        period = "2018-06-05am/2018-06-08pm"
        said = {"place": "赤峰市", "period": period, "reason": "开会"}
        slip = leave.save(county, msgspec.structs.replace(drafted, **said))
        made = Scene(root, league, county, slip.id, tmp_path)
        leavedesk.sign(county, slip.id, "secretary", "白音", JUNE_4)
        made.up()
        made.down(league)
        yield made
        assert all(desk.store.audit() == "" for desk in (root, league, made.county))
        made.county.close()


def forge(desk: Desk, kind: str, record_id: str, **said: str | int) -> None:
    """Write a line as a program did that asked nobody whose word it is, past today's refusal."""
    ledger = desk.store.ledger
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tuopin_desktop.store.asides.refuse", lambda *_: None)
        ledger.commit([Change(kind, record_id, dict(said))], "某人", desk.clock.wall_ms())


def office_refuses(scene: Scene) -> None:
    leavedesk.sign(scene.root, scene.slip, "office", "某主任", JUNE_4, verdict="refused", text="工作需要")


def test_the_offices_own_signing_is_its_decision_and_goes_down_as_such(scene: Scene) -> None:
    office_refuses(scene)
    decision = scene.root.store.get(Decision, f"{scene.slip}/office")
    assert decision is not None
    assert (decision.result, decision.decided_by, decision.matter) == ("refused", "某主任", "leave")
    assert scene.root.store.get(Opinion, f"{scene.slip}/office") is None
    scene.down()
    assert scene.paper(scene.county) is Paper.REFUSED
    with pytest.raises(Refused, match="以办公室的决定为准"):
        leavedesk.sign(scene.county, scene.slip, "office", "某主任", JUNE_4)
    leavedesk.sign(scene.root, scene.slip, "office", "某主任", JUNE_4)
    scene.down()
    assert scene.paper(scene.county) is Paper.APPROVED
    assert scene.told(scene.county, "A10-8") == []


@pytest.mark.parametrize("who", ["county", "league"])
@pytest.mark.parametrize("before", [True, False])
def test_what_the_office_refused_nobody_else_approves(scene: Scene, who: str, before: bool) -> None:
    desk = getattr(scene, who)
    if before:
        leavedesk.sign(desk, scene.slip, "office", "某主任", JUNE_4)
        assert scene.paper(desk) is Paper.APPROVED
        assert any("待办公室的记录" in words for words in scene.told(desk, "A10-8"))
    office_refuses(scene)
    if not before:
        leavedesk.sign(desk, scene.slip, "office", "某主任", JUNE_4)  # it has not heard yet
    account = scene.up(desk)
    assert scene.paper(scene.root) is Paper.REFUSED
    assert any("办公室" in line and "没有采用" in line for line in account)
    (open_one,) = [one for one in conflicts.listed(scene.root) if one.why]
    assert (open_one.lost, open_one.why) == ("同意", "没有采用：以办公室的决定为准（不同意）")
    assert open_one.lost_by.startswith("翁牛特旗" if who == "county" else "赤峰市")
    assert any("以办公室的决定为准" in words for words in scene.told(scene.root, "A10-8"))
    scene.down()
    assert scene.paper(scene.county) is Paper.REFUSED
    with pytest.raises(Refused, match="不能改用"):
        conflicts.keep(scene.root, open_one.kind, open_one.id, open_one.field, lost=True)
    conflicts.keep(scene.root, open_one.kind, open_one.id, open_one.field)
    assert [one for one in conflicts.listed(scene.root) if one.why] == []
    assert scene.paper(scene.root) is Paper.REFUSED


def test_a_standing_value_is_not_confirmed_at_a_time_before_the_program_was_made(scene: Scene) -> None:
    class Early(Clock):
        def wall_ms(self) -> int:
            return FixedClock(datetime(2018, 6, 24)).wall_ms()

    leavedesk.sign(scene.county, scene.slip, "office", "某主任", JUNE_4)
    office_refuses(scene)
    scene.up(scene.county)
    (open_one,) = [one for one in conflicts.listed(scene.root) if one.why]
    scene.root.clock = Early()
    conflicts.keep(scene.root, open_one.kind, open_one.id, open_one.field)
    newest = max(at for at, *_ in scene.root.store.history(open_one.kind, open_one.id))
    assert newest >> 16 < Early().wall_ms()


def test_the_offices_ink_of_an_older_program_is_not_written_over_either(scene: Scene) -> None:
    ink = {"slip": scene.slip, "role": "office", "verdict": "refused", "signer": "某主任", "signed": "2018-06-04"}
    forge(scene.root, "opinion", f"{scene.slip}/office", **ink)
    scene.county.clock = FixedClock(datetime(2018, 6, 5, 9))
    leavedesk.sign(scene.county, scene.slip, "office", "某主任", JUNE_4)  # it has not heard yet
    account = scene.up()
    assert scene.paper(scene.root) is Paper.REFUSED
    assert any("没有采用，自治区工作队管理办公室已有记录" in line for line in account)
    assert [(one.kept, one.lost) for one in conflicts.listed(scene.root) if one.why] == [("不同意", "同意")]
    scene.down()
    assert scene.paper(scene.county) is Paper.REFUSED
    with scene.county.amending("听错了"), pytest.raises(Refused, match="以其记录为准"):
        leavedesk.sign(scene.county, scene.slip, "office", "某主任", JUNE_4)
    assert len(scene.told(scene.root, "A17-2")) == 1


@pytest.mark.parametrize("who", ["root", "league"])
def test_the_secretarys_ink_is_not_written_over_from_above(scene: Scene, who: str) -> None:
    desk = getattr(scene, who)
    with desk.amending("记错了"), pytest.raises(Refused, match="所属单位已经登记"):
        leavedesk.sign(desk, scene.slip, "secretary", "他人", JUNE_4, verdict="refused")
    forge(desk, "opinion", f"{scene.slip}/secretary", verdict="refused", signer="他人")
    held = desk.store.get(Opinion, f"{scene.slip}/secretary")
    assert held is not None
    assert (held.verdict, held.signer) == ("approved", "白音")
    assert len([one for one in conflicts.listed(desk) if one.why]) == 2
    assert len(scene.told(desk, "A17-2")) == 1
    if who == "league":
        account = scene.up(desk)
        assert any("没有采用，所属单位已经登记" in line for line in account)
    account = scene.down()
    assert any("没有采用，所属单位已经登记" in line for line in account)
    assert scene.county.store.get(Opinion, f"{scene.slip}/secretary") == held
    assert len(scene.told(scene.county, "A17-2")) == 1


def test_each_side_of_a_call_notes_its_own(scene: Scene) -> None:
    leavedesk.call(scene.county, scene.slip, "county", "K7P2", day=JUNE_4)
    with pytest.raises(Refused, match="只能由自治区工作队管理办公室登记"):
        leavedesk.call(scene.county, scene.slip, "liaison", "K7P2", day=JUNE_4)
    scene.up()
    with pytest.raises(Refused, match="所属单位已经登记"):
        leavedesk.call(scene.root, scene.slip, "county", "XXXX", day=JUNE_4, correct=True)
    leavedesk.call(scene.root, scene.slip, "liaison", "K7P2", day=JUNE_4)
    scene.down()
    assert set(leavedesk.story(scene.county, scene.slip)[0].called) == {"county", "liaison"}


def test_an_old_countys_note_of_the_liaison_side_does_not_count_and_is_told(scene: Scene) -> None:
    note = {"slip": scene.slip, "side": "liaison", "day": "2018-06-09", "word": "K7P2"}
    forge(scene.county, "call", f"{scene.slip}/call-liaison", **note)
    assert leavedesk.story(scene.county, scene.slip)[0].called == {}
    assert scene.told(scene.county, "A17-2") != []
    assert any("只能由自治区工作队管理办公室登记" in line for line in scene.up())
    assert leavedesk.story(scene.root, scene.slip)[0].called == {}
    leavedesk.call(scene.root, scene.slip, "liaison", "M3N4", day=JUNE_4)
    scene.down()
    assert leavedesk.story(scene.county, scene.slip)[0].called["liaison"].word == "M3N4"
    assert [one for one in conflicts.listed(scene.county) if one.why] == []  # settled by whose word it is


def test_the_offices_record_of_what_it_received_stands(scene: Scene) -> None:
    filing = f"{scene.slip}/liaison"
    forge(scene.county, "filing", filing, slip=scene.slip, body="liaison", filed="2018-06-05")
    scene.up()
    forge(scene.root, "filing", filing, filed="2018-06-07", receiver="联络员")
    scene.county.clock = FixedClock(datetime(2018, 6, 5, 9))
    forge(scene.county, "filing", filing, filed="2018-06-01", channel="传真")
    assert any("没有采用" in line for line in scene.up())
    scene.down()
    for desk in (scene.root, scene.county):
        held = desk.store.get(Filing, filing)
        assert held is not None
        assert (held.filed, held.receiver, held.channel) == (date(2018, 6, 7), "联络员", "")


def test_lines_of_an_old_office_are_judged_when_it_is_first_opened(scene: Scene) -> None:
    line = FeedLine(at=1, by="某人", key=f"call:{scene.slip}/call-liaison", set={"side": "liaison", "word": "K7P2"})
    assert encode(line)
    forge(scene.county, "call", f"{scene.slip}/call-liaison", slip=scene.slip, side="liaison", word="K7P2")
    with scene.county.store.ledger.writing() as cursor:  # as the program left it that did not judge
        cursor.execute("DELETE FROM aside")
        cursor.execute("DELETE FROM meta WHERE name = 'judgement'")
    scene.county = reopened(scene.county)
    assert [one.field for one in uncounted.listed(scene.county.store.ledger)] == ["side", "slip", "word"]
