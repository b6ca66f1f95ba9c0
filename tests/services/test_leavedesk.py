"""The leave desk's strokes on a real office: each refusal at its field, the original always kept."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.journey import Trip
from tuopin_desktop.domain.leave.reprint import ON_SHEET
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Filing, LeaveSlip, Opinion
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave, leavedesk, leaveversions, signers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

JUNE_4 = date(2018, 6, 4)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path)) as desk:
        registers.save(desk, changed(desk.office, secretary="白音"))
        yield desk


def slip_of(desk: Desk, position: str = "member", period: str = "605-608", name: str = "李四") -> LeaveSlip:
    posting = enter(desk, name, position)
    drafted = leave.draft(desk, posting.id)
    return leave.save(desk, changed(drafted, period=period, place="呼和浩特市", reason="参加会议"))


def at(desk: Desk, day: date, hour: int = 9) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(day.year, day.month, day.day, hour)


def test_a_members_slip_goes_the_whole_way(desk: Desk) -> None:
    enter(desk, "王海", "leader")
    slip = slip_of(desk)
    leavedesk.printed(desk, [slip.id])
    assert leavedesk.story(desk, slip.id)[0].state_words == "待签字"
    leavedesk.sign(desk, slip.id, "leader", "王海", JUNE_4, text="同意")
    leavedesk.sign(desk, slip.id, "secretary", "白音", JUNE_4)
    leavedesk.sheet_back(desk, slip.id)
    at(desk, date(2018, 6, 6))
    told, _ = leavedesk.story(desk, slip.id)
    assert (told.chain.paper, told.journey.trip, len(told.owed)) == (Paper.APPROVED, Trip.AWAY, 2)
    leavedesk.file(desk, slip.id, "unit", JUNE_4, channel="传真")
    leavedesk.file(desk, slip.id, "liaison", date(2018, 6, 5))
    at(desk, date(2018, 6, 8), 18)
    (told,) = leavedesk.back_now(desk, [slip.id])
    assert (told.journey.trip, told.is_closed, told.slip.return_note) == (Trip.BACK, True, "6月8日\n已销假")
    words = [event.words for event in leavedesk.story(desk, slip.id)[1]]
    assert words[0].startswith("填写报备单2018-0001")
    assert words[-1] == "销假"
    assert desk.store.audit() == ""


def test_a_leaders_slip_is_closed_by_two_matching_calls(tmp_path: Path) -> None:
    with closing(open_office(tmp_path, level="region")) as desk:  # a county leaves the other side's note to the Office
        _closed_by_two_calls(desk)


def test_a_county_does_not_note_the_other_side_of_a_call(desk: Desk) -> None:
    slip = slip_of(desk, "leader", name="王海")
    with pytest.raises(Refused, match="联络考评组"):
        leavedesk.call(desk, slip.id, "liaison", "K7P3", day=JUNE_4)


def _closed_by_two_calls(desk: Desk) -> None:
    slip = slip_of(desk, "leader", name="王海")
    leavedesk.sign(desk, slip.id, "secretary", "白音", JUNE_4)
    leavedesk.sign(desk, slip.id, "office", "某主任", JUNE_4)
    at(desk, date(2018, 6, 9))
    leavedesk.back(desk, slip.id, date(2018, 6, 8))
    leavedesk.call(desk, slip.id, "county", "k7p2", day=date(2018, 6, 9), time="18:05")
    assert leavedesk.story(desk, slip.id)[0].owed == ("缺联络考评组电话销假记录",)
    leavedesk.call(desk, slip.id, "liaison", "K7P3", day=date(2018, 6, 9))
    assert leavedesk.story(desk, slip.id)[0].owed == ("双方电话销假的核对词不一致：旗县“K7P2”、联络考评组“K7P3”",)
    with pytest.raises(Refused, match="核对词K7P3"):
        leavedesk.call(desk, slip.id, "liaison", "K7P2", day=date(2018, 6, 9))
    leavedesk.call(desk, slip.id, "liaison", "K7P2", day=date(2018, 6, 9), correct=True)
    assert leavedesk.story(desk, slip.id)[0].is_closed


def refused(field: str, article: int, action: object, *args: object, **said: object) -> None:
    with pytest.raises(Refused) as error:
        action(*args, **said)  # type: ignore[operator]  # the action comes as a parameter
    assert [(problem.fields[:1], problem.article) for problem in error.value.problems] == [((field,), article)]


def test_what_cannot_be_is_refused_at_its_field_with_the_article(desk: Desk) -> None:
    enter(desk, "王海", "leader")
    slip = slip_of(desk)
    refused("signed", 10, leavedesk.sign, desk, slip.id, "leader", "王海", date(2018, 6, 3))
    refused("signer", 10, leavedesk.sign, desk, slip.id, "leader", "不认识", JUNE_4)
    refused("signer", 10, leavedesk.sign, desk, slip.id, "secretary", "王海", JUNE_4)
    refused("role", 10, leavedesk.sign, desk, slip.id, "office", "某主任", JUNE_4)
    refused("signer", 0, leavedesk.sign, desk, slip.id, "leader", " ", JUNE_4)
    refused("returned", 10, leavedesk.back, desk, slip.id, JUNE_4)
    refused("filed", 10, leavedesk.file, desk, slip.id, "unit", date(2018, 6, 3))
    refused("ended_reason", 10, leavedesk.end, desk, slip.id, "voided", "  ")
    at(desk, date(2018, 6, 7))
    refused("reported", 10, leavedesk.back, desk, slip.id, date(2018, 6, 8))
    assert registers.rows(desk, "opinion") == []
    assert desk.store.get(LeaveSlip, slip.id) == slip


def test_a_deputy_signs_under_a_recorded_authorisation(desk: Desk) -> None:
    enter(desk, "王海", "leader")
    slip = slip_of(desk)
    by = signers.authorise(desk, "leader", "赵副", JUNE_4, date(2018, 6, 6), "授权书1号")
    opinion = leavedesk.sign(desk, slip.id, "leader", "赵副", JUNE_4)
    assert opinion.authorisation == by.id
    refused("signer", 10, leavedesk.sign, desk, slip.id, "leader", "赵副", date(2018, 6, 7))
    refused("last", 0, signers.authorise, desk, "leader", "赵副", date(2018, 6, 6), JUNE_4, "倒置")


def test_an_extension_and_a_reroute_keep_the_original(desk: Desk) -> None:
    enter(desk, "王海", "leader")
    slip = slip_of(desk)
    at(desk, date(2018, 6, 8))
    longer = leaveversions.extend(desk, slip.id, date(2018, 6, 12), "pm", "会议延期")
    assert (longer.period, longer.number, longer.late_reason) == ("2018-06-09am/2018-06-12pm", "2018-0002", "")
    assert desk.store.get(LeaveSlip, slip.id) == slip
    for role, name in (("leader", "王海"), ("secretary", "白音")):
        leavedesk.sign(desk, slip.id, role, name, date(2018, 6, 8))
        leavedesk.sign(desk, longer.id, role, name, date(2018, 6, 8))
    at(desk, date(2018, 6, 12))
    assert leavedesk.story(desk, slip.id)[0].journey.trip is Trip.DUE
    again = leaveversions.extend(desk, longer.id, date(2018, 6, 13), "pm", "再延一天")
    assert again.period == "2018-06-13am/2018-06-13pm"
    leavedesk.back_now(desk, [longer.id])
    kept = desk.store.get(LeaveSlip, longer.id), desk.store.get(LeaveSlip, slip.id)
    assert [one.returned for one in kept if one] == ["", "2018-06-12am"]  # the journey is the first slip's
    other = leaveversions.reroute(desk, slip.id, "北京市", "改道")
    assert other.late_reason != ""
    for role, name in (("leader", "王海"), ("secretary", "白音")):
        leavedesk.sign(desk, other.id, role, name, date(2018, 6, 12))
    assert leavedesk.story(desk, slip.id)[0].state_words == "已变更"
    overlaps = [f for f in judging.findings(desk, "A10-3") if f.verdict.value == "amber"]
    assert not [f for f in overlaps if f.subject.endswith(slip.id)]


def test_withdrawn_and_voided_slips_stay_in_the_register_and_overlap_nothing(desk: Desk) -> None:
    enter(desk, "王海", "leader")
    slip = slip_of(desk)
    leavedesk.end(desk, slip.id, "withdrawn", "会议取消")
    refused("ended", 0, leavedesk.end, desk, slip.id, "voided", "再来一次")
    refused("slip", 10, leavedesk.sign, desk, slip.id, "leader", "王海", JUNE_4)
    again = leave.save(desk, changed(leave.draft(desk, slip.posting), period="605-608", place="北京", reason="开会"))
    assert [one.number for one in leave.slips(desk)] == ["2018-0002", "2018-0001"]
    assert {f.verdict.value for f in judging.findings(desk, "A10-3", f"leave_slip:{again.id}")} == {"ok"}
    told, events = leavedesk.story(desk, slip.id)
    assert told.state_words == "已撤回"
    assert events[-1].words == "撤回：会议取消"


def test_batch_return_is_all_or_nothing(desk: Desk) -> None:
    enter(desk, "王海", "leader")
    first, later = slip_of(desk), slip_of(desk, period="701-703", name="赵五")
    at(desk, date(2018, 6, 8))
    with pytest.raises(Refused):
        leavedesk.back_now(desk, [first.id, later.id])
    assert desk.store.get(LeaveSlip, first.id) == first


def test_a_wrong_return_is_taken_back_with_its_own_note_and_stays_in_the_log(desk: Desk) -> None:
    slip = slip_of(desk)
    refused("returned", 0, leavedesk.take_back_returns, desk, [slip.id])
    at(desk, date(2018, 6, 8))
    leavedesk.back_now(desk, [slip.id])
    leavedesk.back(desk, slip.id, date(2018, 6, 7), reported=date(2018, 6, 7), correct=True)
    kept = desk.store.get(LeaveSlip, slip.id)
    assert kept is not None
    assert kept.return_note == "6月7日\n已销假"  # the program's own note follows the correction
    told = leavedesk.take_back_returns(desk, [slip.id])[0]
    assert (told.slip.returned, told.slip.reported, told.slip.return_note) == ("", None, "")
    assert told.journey.trip is Trip.DUE
    assert sum("returned" in said for _, _, said, _ in desk.store.history("leave_slip", slip.id)) == 3
    refused("returned", 0, leavedesk.take_back_returns, desk, [slip.id])
    assert desk.store.audit() == ""


@pytest.mark.parametrize("typed", ["6月8日下午归队", "6月8日\n已销假"])
@pytest.mark.parametrize("before", [True, False])
def test_a_note_typed_by_hand_is_never_taken_back(desk: Desk, typed: str, before: bool) -> None:
    slip = slip_of(desk)
    at(desk, date(2018, 6, 8))
    if before:
        registers.save(desk, changed(slip, return_note=typed))
    leavedesk.back_now(desk, [slip.id])
    if not before:
        for note in ("", typed):
            registers.save(desk, changed(desk.store.get(LeaveSlip, slip.id), return_note=note))
    assert leavedesk.take_back_returns(desk, [slip.id])[0].slip.return_note == typed


def test_the_return_of_an_extension_is_taken_back_where_it_stands(desk: Desk) -> None:
    slip = slip_of(desk)
    longer = leaveversions.extend(desk, slip.id, date(2018, 6, 12), "pm", "会议延期")
    at(desk, date(2018, 6, 12))
    leavedesk.back_now(desk, [longer.id])
    leavedesk.take_back_returns(desk, [longer.id])
    kept = desk.store.get(LeaveSlip, slip.id)
    assert kept is not None
    assert kept.returned == ""


def test_several_slips_are_filed_with_one_body_in_one_stroke(desk: Desk) -> None:
    first, second = slip_of(desk), slip_of(desk, name="赵五")
    made = leavedesk.file_many(desk, [first.id, second.id, first.id], "unit", JUNE_4, channel=" 传真 ", receiver="某科")
    assert [(one.slip, one.channel, one.receiver) for one in made] == [
        (first.id, "传真", "某科"),
        (second.id, "传真", "某科"),
    ]
    assert sorted(desk.store.rows(Filing), key=lambda one: one.id) == sorted(made, key=lambda one: one.id)
    assert desk.take_changes() >= {"filing"}


def test_filing_many_is_all_or_nothing_and_names_who_cannot_be(desk: Desk) -> None:
    leaders, member = slip_of(desk, "leader", name="王海"), slip_of(desk)
    ended, filed = slip_of(desk, name="赵五"), slip_of(desk, name="孙六")
    leavedesk.end(desk, ended.id, "voided", "误填")
    leavedesk.file(desk, filed.id, "unit", JUNE_4)
    for bad, word in ((leaders, "王海的报备单不需要报"), (ended, "赵五的报备单"), (filed, "孙六的报备单")):
        with pytest.raises(Refused, match=word):
            leavedesk.file_many(desk, [member.id, bad.id], "unit", date(2018, 6, 5))
    with pytest.raises(Refused) as error:
        leavedesk.file_many(desk, [leaders.id, member.id, ended.id, filed.id], "unit", date(2018, 6, 5))
    assert [one.code for one in error.value.problems] == ["body", "ended", "filed"]
    refused("filed", 10, leavedesk.file_many, desk, [member.id], "unit", date(2018, 6, 3))
    assert [one.slip for one in desk.store.rows(Filing)] == [filed.id]


STROKES = st.sampled_from(
    (
        *("print", "sign leader", "sign secretary", "file unit", "file liaison", "back", "unback"),
        *("extend", "reroute", "void", "withdraw", "delete", "restore"),
    )
)


@settings(max_examples=40)
@given(st.lists(st.tuples(STROKES, st.integers(0, 3)), min_size=1, max_size=12))
def test_no_order_of_strokes_loses_a_slip_or_a_signature(
    tmp_path_factory: pytest.TempPathFactory, strokes: list[tuple[str, int]]
) -> None:
    with closing(open_office(tmp_path_factory.mktemp("office"))) as desk:
        enter(desk, "王海", "leader")
        slips, signed = [slip_of(desk).id], set()
        at(desk, date(2018, 6, 10))
        for stroke, which in strokes:
            slip_id = slips[which % len(slips)]
            try:
                made = _stroke(desk, slip_id, stroke)
            except Refused:
                continue
            if isinstance(made, LeaveSlip) and made.id not in slips:
                slips.append(made.id)
            if isinstance(made, Opinion):
                signed.add(made.id)
        kept = {slip.id for slip in desk.store.rows(LeaveSlip, deleted=None)}
        assert kept == set(slips)
        assert {one.id for one in desk.store.rows(Opinion, deleted=None)} == signed
        numbers = [desk.store.get(LeaveSlip, slip_id).number for slip_id in slips]  # type: ignore[union-attr]  # the slips are kept
        assert len(set(numbers)) == len(numbers)
        assert desk.store.audit() == ""
        leavedesk.stories(desk)


def _stroke(desk: Desk, slip_id: str, stroke: str) -> object:
    verb, _, rest = stroke.partition(" ")
    if verb == "print":
        leavedesk.printed(desk, [slip_id])
        return None
    if verb == "sign":
        return leavedesk.sign(desk, slip_id, rest, "王海" if rest == "leader" else "白音", date(2018, 6, 10))
    if verb == "file":
        return leavedesk.file(desk, slip_id, rest, date(2018, 6, 10))
    if verb in ("back", "unback"):
        return (
            leavedesk.back_now(desk, [slip_id]) if verb == "back" else leavedesk.take_back_returns(desk, [slip_id])[0]
        )
    if verb == "extend":
        return leaveversions.extend(desk, slip_id, date(2018, 6, 20), "pm", "延期")
    if verb == "reroute":
        return leaveversions.reroute(desk, slip_id, "北京市", "改道")
    if verb in ("delete", "restore"):
        return getattr(registers, verb)(desk, "leave_slip", slip_id)
    return leavedesk.end(desk, slip_id, {"void": "voided", "withdraw": "withdrawn"}[verb], "原因")


def test_a_slip_changed_after_its_print_is_printed_again_before_its_sheet_comes_back(desk: Desk) -> None:
    """The paper that went out says something else: whichever way the words came, and until they are the old ones."""
    slip = slip_of(desk)
    assert story_words(desk, slip) == "未打印"
    leavedesk.printed(desk, [slip.id])
    slip = registers.get(desk, LeaveSlip, slip.id)
    assert story_words(desk, slip) == "待签字"
    for name in ON_SHEET[3:]:
        other = JUNE_4 - timedelta(1) if name == "filled" else "2018-06-05am/2018-06-09pm" if name == "period" else "另"
        registers.save(desk, changed(slip, **{name: other}))
        assert story_words(desk, slip) == "已改，须重印", name
        refused("sheet_back", 10, leavedesk.sheet_back, desk, slip.id)
        registers.save(desk, slip)
        assert story_words(desk, slip) == "待签字"
    registers.save(desk, changed(slip, place="包头市", note="电话告知"))
    leavedesk.printed(desk, [slip.id])
    assert leavedesk.sheet_back(desk, slip.id).sheet_back == desk.today()


def story_words(desk: Desk, slip: LeaveSlip) -> str:
    return leavedesk.story(desk, slip.id)[0].state_words
