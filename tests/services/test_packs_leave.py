"""Slips of a person of another programme: which posting they are under, and what their papers say and do not say."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.services.closings import at
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.leave.watch import overdue_words
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import LeaveSlip, Posting
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leave, leavebooks, leavedesk
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.rulings import rulings

VILLAGE, MAY = "2021-village", date(2021, 5, 12)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = at(open_office(tmp_path / "office"), "2021-06-07")
    yield opened
    opened.close()


def slip_of(desk: Desk, posting: Posting, period: str = "0614-0616") -> LeaveSlip:
    said = {"place": "呼和浩特市", "reason": "参加会议", "period": period}
    return leave.save(desk, changed(leave.draft(desk, posting.id), **said))


def also(desk: Desk, posting: Posting, **said: object) -> Posting:
    """Enter another posting of the same person."""
    made = registers.save(desk, changed(posting, id=registers.new_id(desk), **said))
    assert isinstance(made, Posting)
    return made


def test_of_two_postings_at_a_time_a_slip_stays_under_the_pack_it_was_made_out_for(desk: Desk) -> None:
    old = enter(desk, "王海", since=MAY)
    new = also(desk, old, position="first", pack=VILLAGE, since=date(2021, 5, 20))
    first, second = slip_of(desk, old), slip_of(desk, new, "0621-0622")
    assert (first.posting, first.form, first.pack, first.post) == (old.id, "member", "2018-nmg", "工作总队队员")
    assert (second.posting, second.form, second.post) == (new.id, "village_short", "驻村第一书记")


def test_a_slip_for_days_after_somebody_moved_to_a_village_says_what_he_is_there(desk: Desk) -> None:
    old = enter(desk, "王海", since=MAY, until=date(2021, 6, 10))
    new = also(desk, old, position="first", pack=VILLAGE, since=date(2021, 6, 11), until=None, village="赛沁塔拉嘎查")
    moved = slip_of(desk, old)
    assert (moved.posting, moved.form, moved.post) == (new.id, "village_short", "驻村第一书记")
    assert moved.county.endswith("赛沁塔拉嘎查")
    kept = leave.save(desk, changed(moved, id=registers.new_id(desk), posting=old.id, number="", post="帮扶干部"))
    assert kept.post == "帮扶干部"


def test_what_is_refused_of_a_village_slip_cites_no_article_of_the_measure(desk: Desk) -> None:
    new, old = enter(desk, "白音", "first", since=MAY, pack=VILLAGE), enter(desk, "王海", since=MAY)
    said = {}
    for posting in (new, old):
        slip = slip_of(desk, posting)
        with pytest.raises(Refused) as refused:
            leavedesk.sign(desk, slip.id, "office", "某人", date(2021, 6, 8))
        with pytest.raises(Refused) as early:
            leavedesk.back(desk, slip.id, date(2021, 6, 1))
        said[posting.id] = {one.article for one in (*refused.value.problems, *early.value.problems)}
    assert said == {new.id: {0}, old.id: {10}}


def test_another_ladder_leaves_an_approved_slip_right_and_asks_an_unsigned_one_for_the_other_form(
    tmp_path: Path,
) -> None:
    with closing(at(open_office(tmp_path / "region", level="region"), "2021-06-07")) as region:
        new = enter(region, "白音", "first", since=MAY, pack=VILLAGE)
        signed, open_ = slip_of(region, new, "0603-0605"), slip_of(region, new, "0614-0616")
        leavedesk.sign(region, signed.id, "township", "包永", date(2021, 6, 7))
        (flip,) = rulings.what_if(region, "leave.ladder_days", "1", pack=VILLAGE)
        assert (flip.rule, flip.title) == ("A10-5", "请假单用表和签字")
        rulings.rule(region, "leave.ladder_days", "1", "内组通〔2021〕7号", date(2021, 6, 7), pack=VILLAGE)
        found = {one.subject: one.verdict for one in judging.findings(region, rule="A10-5")}
        assert found == {f"leave_slip:{signed.id}": Verdict.OK, f"leave_slip:{open_.id}": Verdict.RED}
        assert leave.save(region, open_).form == "village_long"


def test_an_overstay_of_a_village_person_is_told_without_an_article_of_the_measure(desk: Desk) -> None:
    new, old = enter(desk, "白音", "first", since=MAY, pack=VILLAGE), enter(desk, "王海", since=MAY)
    for posting, article in ((new, False), (old, True)):
        slip = slip_of(desk, posting, "0524-0526")
        told, _ = leavedesk.story(desk, slip.id)
        assert told.journey.overstay is not None
        row = next(row for row in leavebooks.calls(desk).rows if row.number == slip.number)
        (card,) = leavebooks.card(desk, 2021, person=posting.person).papers
        said = (overdue_words(told), row.questions, str(card))
        assert ["第十六条" in words for words in said] == [article] * 3


def test_the_card_and_the_brief_of_a_village_person_are_about_his_own_team(desk: Desk) -> None:
    new, old = enter(desk, "白音", "first", since=MAY, pack=VILLAGE), enter(desk, "王海", "leader", since=MAY)
    slip_of(desk, old, "0614-0620")
    slip = slip_of(desk, new)
    (card,) = leavebooks.card(desk, 2021, person=new.person).papers
    assert "翁牛特旗驻村第一书记" in str(card)
    assert "总队第一书记" not in str(card)
    told = "\n".join(books.lines(leavebooks.brief(desk, slip.id)))
    assert "王海" not in told
    assert "队长" not in told
    assert "主持" not in told
    beside = "\n".join(books.lines(leavebooks.brief(desk, leave.slips(desk)[-1].id)))
    assert "白音" not in beside
    assert "主持工作" in beside
