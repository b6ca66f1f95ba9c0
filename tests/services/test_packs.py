"""Rule packs side by side (Q36): each record keeps the pack it was made under, on paper and when it is judged."""

from contextlib import closing
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pdfplumber
import pytest

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain.attendance.months import month_id
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Attendance, LeaveSlip, Person, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office import library, packs
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.rulings import rulings
from tuopin_desktop.services.sheets import intake

VILLAGE = "2021-village"
IN_2021 = datetime(2021, 6, 7, 9, 0)


def posted(desk: Desk, name: str, position: str, **said: object) -> Posting:
    """Enter somebody as the window does: the blank posting bears the pack in use."""
    person = registers.save(desk, Person(id=registers.new_id(desk), name=name, birth="1975-03"))
    blank = changed(registers.blank(desk, "posting"), person=person.id, county="150426", position=position, **said)
    saved = registers.save(desk, blank)
    assert isinstance(saved, Posting)
    return saved


def slip_of(desk: Desk, posting: Posting, period: str) -> LeaveSlip:
    said = {"place": "呼和浩特市", "reason": "参加会议", "period": period}
    return leave.save(desk, changed(leave.draft(desk, posting.id), **said))


def text_of(desk: Desk, slip: LeaveSlip) -> str:
    with closing(pdfplumber.open(BytesIO(leave.pdf(desk, [slip.id])))) as paper:
        return paper.pages[0].extract_text().replace("\n", "")


def in_2021(desk: Desk) -> Desk:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = IN_2021
    return desk


def villager(desk: Desk, name: str = "白音", position: str = "first", **said: object) -> Posting:
    packs.choose(in_2021(desk), VILLAGE)
    return posted(desk, name, position, since=date(2021, 5, 20), village="乌丹镇赛沁塔拉嘎查", **said)


def test_after_the_successor_pack_old_slips_print_in_the_old_form_and_new_ones_in_the_new(desk: Desk) -> None:
    old = slip_of(desk, enter(desk, "王海", "leader"), "605-608")
    printed = leave.pdf(desk, [old.id])
    new = villager(desk)
    short, long = slip_of(desk, new, "614-616"), slip_of(desk, new, "621-624")
    assert leave.pdf(desk, [old.id]) == printed
    assert "附件1" in text_of(desk, old).replace(" ", "")
    assert (old.pack, short.pack, long.pack) == ("2018-nmg", VILLAGE, VILLAGE)
    assert (short.form, long.form, short.post) == ("village_short", "village_long", "驻村第一书记")
    for slip in (short, long):
        words = text_of(desk, slip)
        assert "驻村第一书记和工作队员" in words
        assert "苏木乡镇" in words
        assert "乌丹镇赛沁塔拉嘎查" in words
        assert "附件" not in words
        assert "脱贫攻坚" not in words


def test_a_slip_drafted_for_an_old_posting_stays_on_the_old_form(desk: Desk) -> None:
    leader = enter(desk, "王海", "leader")
    packs.choose(desk, VILLAGE)
    assert (leave.draft(desk, leader.id).form, leave.draft(desk, leader.id).pack) == ("leader", "2018-nmg")


def test_each_form_asks_for_its_own_signatures(desk: Desk) -> None:
    new = villager(desk)
    short, long = slip_of(desk, new, "614-616"), slip_of(desk, new, "621-624")
    told, _ = leavedesk.story(desk, long.id)
    assert told.chain.missing == ("township", "organisation")
    desk.clock.moment = datetime(2021, 6, 10, 9, 0)  # type: ignore[attr-defined]  # the fixture's clock stands still
    leavedesk.sign(desk, short.id, "township", "包永", date(2021, 6, 10))
    told, _ = leavedesk.story(desk, short.id)
    assert (told.chain.missing, told.unfiled) == ((), ())
    with pytest.raises(Refused, match="苏木乡镇党委书记"):
        leavedesk.sign(desk, short.id, "secretary", "某书记", date(2021, 6, 10))


def test_a_village_posting_is_judged_by_the_rules_of_its_pack_alone_and_they_cite_their_own_source(desk: Desk) -> None:
    new = villager(desk)
    days = {f"d{number:02d}": "ou/ou" for number in range(1, 18)}
    record = changed(Attendance(id=month_id(new.id, "2021-06"), posting=new.id, month="2021-06"), **days)
    desk.clock.moment = datetime(2021, 7, 10, 9, 0)  # type: ignore[attr-defined]  # the fixture's clock stands still
    desk.commit([Change("attendance", record.id, scalars(record))])
    found = [one for one in judging.findings(desk) if new.id in one.subject or new.person in one.subject]
    assert {one.rule for one in found} == {"A09-1", "A09-4", "A10-3", "A16-3"}
    absent = next(one for one in found if one.rule == "A16-3")
    assert absent.verdict is Verdict.SUSPECTED
    assert "公务员法第八十八条第五项" in absent.sentence
    assert not any("管理办法第" in one.sentence + one.basis for one in found)
    assert all("待核" in one.basis for one in found if one.rule != "A16-3")


def test_what_is_said_of_the_first_programme_does_not_change_when_another_begins_beside_it(desk: Desk) -> None:
    for name, position in (("王海", "leader"), ("李江", "deputy"), ("赵河", "member")):
        enter(desk, name, position)
    in_2021(desk)
    before, seats, owed = judging.findings(desk), roster.matrix(desk), radar.duties(desk, 2020)
    villager(desk)
    villager(desk, "布和", "member")
    after = [one for one in judging.findings(desk) if VILLAGE not in one.basis and "管理办法" in one.basis]
    assert after == before
    assert owed
    assert (roster.matrix(desk), radar.duties(desk, 2020)) == (seats, owed)


def test_everybody_stands_in_the_attendance_book_each_counted_by_his_own_pack(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "region", level="region")) as region:
        in_2021(region)
        packs.choose(region, VILLAGE)
        old = enter(region, "王海", "leader", since=date(2021, 6, 1))
        new = posted(region, "白音", "first", since=date(2021, 6, 1))
        paper = {"paper": "内组通〔2021〕5号", "ruled": date(2021, 6, 1), "applies": date(2021, 6, 1)}
        rulings.rule(region, "presence.days", "15", pack=VILLAGE, **paper)  # type: ignore[arg-type]  # words by name
        month = {one.posting.id: one.month.needed for one in teammonth.read(region, "2021-06", "150426").members}
        assert month == {old.id: 20, new.id: 15}


def test_a_ruling_is_about_one_pack(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "region", level="region")) as region:
        in_2021(region)
        made = rulings.rule(region, "leave.ladder_days", "5", "内组通〔2021〕6号", date(2021, 6, 1), pack=VILLAGE)
        trips = rulings.rule(region, "presence.trips", "counted", "内组通〔2021〕7号", date(2021, 6, 1), pack=VILLAGE)
        assert (made.pack, trips.pack) == (VILLAGE, VILLAGE)
        policy = judging.policy_on(region, region.today())
        assert policy.choice("presence.trips") == "apart"
        assert policy.under(VILLAGE).choice("presence.trips") == "counted"
        assert policy.under(VILLAGE).slip_for("first", 5) == "village_short"
        assert policy.ignored == ()
        standing = {one.key: one.ruling for one in rulings.switches(region, VILLAGE)}
        assert standing["leave.ladder_days"] == made
        assert all(one.ruling is None for one in rulings.switches(region))
        with pytest.raises(Refused, match="没有办法文件"):
            rulings.rule(region, "presence.trips", "counted", "x", date(2021, 6, 1), pack="2031-x")


def test_a_trial_under_a_pack_lists_what_flips_there_and_nothing_elsewhere(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "region", level="region")) as region:
        in_2021(region)
        packs.choose(region, VILLAGE)
        for posting in (
            enter(region, "王海", "leader", since=date(2021, 5, 1)),
            posted(region, "白音", "first", since=date(2021, 5, 1)),
        ):
            days = {f"d{number:02d}": "vw/vw" for number in range(1, 20)}
            days |= {f"d{number:02d}": "ot/ot" for number in range(20, 32)}
            record = changed(
                Attendance(id=month_id(posting.id, "2021-05"), posting=posting.id, month="2021-05"), **days
            )
            region.commit([Change("attendance", record.id, scalars(record))])
        flips = rulings.what_if(region, "presence.trips", "counted", applies=date(2021, 5, 1), pack=VILLAGE)
        assert [(flip.rule, "白音" in flip.subject_words) for flip in flips] == [("A09-1", True)]


def test_a_posting_under_a_pack_that_is_not_installed_is_said_and_not_judged(desk: Desk) -> None:
    person = enter(desk, "王海").person
    strange = Posting(
        id=registers.new_id(desk),
        person=person,
        county="150426",
        position="member",
        pack="2031-x",
        since=date(2018, 6, 1),
    )
    desk.commit([Change("posting", strange.id, scalars(strange))])
    found = [one for one in judging.findings(desk) if strange.id in one.subject]
    assert [(one.rule, one.verdict) for one in found] == [("A06-3", Verdict.NOTICE)]
    assert "2031-x" in found[0].sentence
    assert "升级" in found[0].sentence
    with pytest.raises(Refused, match="2031-x"):
        leave.draft(desk, strange.id)


@pytest.mark.parametrize(("pack", "position", "right"), [("", "first", "队长"), (VILLAGE, "leader", "第一书记")])
def test_a_position_that_the_pack_does_not_know_is_refused_at_its_field(
    desk: Desk, pack: str, position: str, right: str
) -> None:
    posting = changed(enter(desk, "王海"), pack=pack, position=position)
    with pytest.raises(Refused) as refused:
        registers.save(desk, posting)
    assert refused.value.problems[0].fields == ("position",)
    assert right in refused.value.sentence


def test_a_roster_read_in_after_choosing_a_pack_is_under_it_and_a_column_may_say_otherwise(
    desk: Desk, tmp_path: Path
) -> None:
    packs.choose(in_2021(desk), VILLAGE)
    sheet = tmp_path / "花名册.csv"
    sheet.write_text(
        "姓名,队内职务,派驻时间,驻点嘎查村,规则包\n白音,第一书记,2021-05-20,赛沁塔拉嘎查,\n"
        "王海,队长,2018-06-01,,2018年内蒙古工作总队管理办法\n",
        encoding="utf-8",
    )
    intake.confirm(desk, intake.preview(desk, "roster", sheet))
    held = {row.position: row.pack for row in desk.store.rows(Posting)}
    assert held == {"first": VILLAGE, "leader": "2018-nmg"}


def test_a_sheet_that_was_exported_moves_nobody_to_the_pack_chosen_since(desk: Desk, tmp_path: Path) -> None:
    enter(desk, "王海", "leader")
    packs.choose(in_2021(desk), VILLAGE)
    villager(desk)
    sheet = tmp_path / "派驻.xlsx"
    for kind in ("posting", "roster"):
        sheet.write_bytes(intake.export(desk, kind, reveal=True))
        found = intake.preview(desk, kind, sheet)
        assert (found.counts.same, found.counts.changed, found.counts.new) == (2, 0, 0), kind


def test_a_list_somebody_typed_changes_no_pack_and_names_only_positions_of_its_pack(desk: Desk, tmp_path: Path) -> None:
    old = enter(desk, "王海", "leader")
    packs.choose(in_2021(desk), VILLAGE)
    sheet = tmp_path / "花名册.csv"
    sheet.write_text("姓名,队内职务,派驻时间,选派文号\n王海,队长,2018-06-01,选派〔2018〕1号\n", encoding="utf-8")
    intake.confirm(desk, intake.preview(desk, "roster", sheet))
    (held,) = desk.store.rows(Posting)
    assert (held.id, held.pack, held.paper) == (old.id, "", "选派〔2018〕1号")
    sheet.write_text("姓名,队内职务,派驻时间\n白音,队长,2021-05-20\n", encoding="utf-8")
    (plan,) = intake.preview(desk, "roster", sheet).plans
    assert plan.action == "error"
    assert "第一书记" in str(plan.row.cells)


def test_everything_the_second_pack_is_not_sure_of_is_marked() -> None:
    policy = library.policy(VILLAGE)
    assert {key for key, one in policy.switches.items() if one.sure} == {"absence.run_days", "absence.year_days"}
    assert "待核" in policy.title
    assert all("待核" in words or "示例" in words for words in policy.open)
    assert all("示例" in words for words in leave.titles(policy))
    unsure = {key for key, one in library.policy().switches.items() if not one.sure}
    assert {key.partition(".")[0] for key in unsure} == {"retention"}  # the measure sets no terms of keeping


def test_packs_on_the_command_line(desk: Desk) -> None:
    folder = str(desk.folder)
    enter(desk, "王海")
    desk.close()

    def said(*words: str) -> tuple[int, str]:
        out, err = StringIO(), StringIO()
        return run(["--office", folder, "--today", "2021-06-07", *words], out, err), out.getvalue() + err.getvalue()

    assert "派驻1人次" in said("pack", "list")[1]
    assert "［待核］请假超过多少天" in said("pack", "show", VILLAGE)[1]
    assert said("pack", "use", VILLAGE)[0] == 0
    assert said("pack", "list")[1].splitlines()[1].endswith("新登记的派驻按此")
    status, words = said("pack", "use", "2031-x")
    assert status == 1
    assert "已安装的有" in words
    assert "乡镇党委" in said("ruling", "list", "--pack", VILLAGE)[1]
