"""The roster: found as one types, and each team's five slots with how long one has been empty."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.people.heads import Heads
from tuopin_desktop.services.registers import registers


def names(rows: list[roster.PersonRow]) -> list[str]:
    return sorted(row.person.name for row in rows)


def test_people_are_found_by_name_pinyin_and_initials(desk: Desk) -> None:
    for name in ("乌云其其格", "乌兰", "曾祥"):
        enter(desk, name)
    assert names(roster.people(desk, "wyqqg")) == ["乌云其其格"]
    assert names(roster.people(desk, "wu")) == ["乌云其其格", "乌兰"]
    assert names(roster.people(desk, "其格")) == ["乌云其其格"]
    assert names(roster.people(desk, "zengx")) == ["曾祥"]
    assert roster.people(desk, "没有这人") == []
    assert len(roster.people(desk)) == 3


def test_a_persons_state_follows_the_posting_that_matters_today(desk: Desk) -> None:
    enter(desk, "在岗人")
    enter(desk, "离任人", since=date(2018, 5, 1), until=date(2018, 6, 3))
    enter(desk, "将来人", since=date(2018, 7, 1))
    registers.save(desk, Person(id=registers.new_id(desk), name="闲人"))
    states = {row.person.name: row.state for row in roster.people(desk)}
    assert states == {"在岗人": "在岗", "离任人": "已离任", "将来人": "待到岗", "闲人": "未派驻"}
    assert names(roster.people(desk, where={"state": "在岗"})) == ["在岗人"]
    assert roster.count(desk) == (4, 1)
    assert roster.heads(desk) == Heads(total=4, present=1, out=0, others=0)


def test_on_post_are_those_posted_who_are_not_out_and_each_number_is_its_list(desk: Desk) -> None:
    enter(desk, "在岗人")
    enter(desk, "驻村人", pack="2021-village")
    away = enter(desk, "外出人", position="leader", source_level="region")
    for period in ("2018-06-04am/2018-06-08pm", "2018-06-04am/2018-06-06pm"):  # two slips are one traveller
        leave.save(desk, changed(leave.draft(desk, away.id), place="呼和浩特市", reason="参加会议", period=period))
    found = roster.heads(desk)
    assert (found.total, found.posted, found.present, found.out, found.others) == (3, 2, 1, 1, 1)
    lists = {word: names(roster.people(desk, where={"state": word})) for word in roster.STANDINGS}
    assert [len(lists[word]) for word in ("在派", "在岗", "外出", "驻村")] == [2, 1, 1, 1]
    assert lists["外出"] == ["外出人"]


def test_five_slots_are_filled_by_position_and_source(desk: Desk) -> None:
    enter(desk, "队长某", "leader")
    enter(desk, "盟市某", source_level="league")
    team = roster.matrix(desk)[0]
    assert [(slot.person.name if slot.person else None) for slot in team.slots] == [
        "队长某",
        None,
        None,
        "盟市某",
        None,
    ]
    assert team.extra == ()


def test_a_vacancy_is_counted_from_the_day_the_last_holder_left(desk: Desk) -> None:
    enter(desk, "前队长", "leader", since=date(2018, 5, 1), until=date(2018, 5, 31))
    leader = roster.matrix(desk)[0].slots[0]
    assert (leader.person, leader.vacant_days, leader.sentence) == (None, 4, "空缺4天")


def test_a_person_unlike_the_slot_is_shown_there_as_a_mismatch_and_a_sixth_beside_it(desk: Desk) -> None:
    enter(desk, "队长某", "leader")  # entered as division level; a leader is department level
    enter(desk, "第二队长", "leader", since=date(2018, 6, 2))
    team = roster.matrix(desk)[0]
    assert not team.slots[0].matches
    assert "职级" in team.slots[0].sentence
    assert [slot.person.name for slot in team.extra if slot.person] == ["第二队长"]


def test_the_region_office_sees_every_team_and_narrows_by_county(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "r", level="region")) as desk:
        enter(desk, "甲", county="150426")
        enter(desk, "乙", county="150421")
        assert len(roster.matrix(desk)) == 57
        assert names(roster.people(desk)) == ["乙", "甲"]
        assert names(roster.people(desk, where={"county": "150421"})) == ["乙"]


def test_a_record_is_saved_tidied_and_refused_at_its_field(desk: Desk) -> None:
    saved = registers.save(desk, changed(registers.blank(desk, "person"), name=" 张　三 ", phone="13900000000"))
    assert isinstance(saved, Person)
    assert saved.name == "张三"
    with pytest.raises(Refused) as refused:
        registers.save(desk, changed(saved, name="", sex="9x", id_number="15042619700101001X", birth="1970"))
    assert {name for problem in refused.value.problems for name in problem.fields} >= {
        "name",
        "sex",
        "id_number",
        "birth",
    }
    assert registers.get(desk, "person", saved.id) == saved


def test_a_posting_of_nobody_is_refused(desk: Desk) -> None:
    posting = changed(registers.blank(desk, "posting"), person="150426/nobody", county="150426", position="member")
    with pytest.raises(Refused, match="所指的记录不存在"):
        registers.save(desk, changed(posting, since=date(2018, 6, 1)))


def test_rows_are_narrowed_by_code_or_word_and_an_unknown_field_is_explained(desk: Desk) -> None:
    enter(desk, "甲", "leader")
    enter(desk, "乙", "member")
    assert len(registers.rows(desk, "posting", {"position": "leader"})) == 1
    assert len(registers.rows(desk, "posting", {"position": "队长"})) == 1
    assert len(registers.rows(desk, "posting", {"until": ""})) == 2
    with pytest.raises(Refused, match="没有字段"):
        registers.rows(desk, "posting", {"colour": "red"})
    with pytest.raises(Refused, match="没有“spaceship”这种登记簿"):
        registers.rows(desk, "spaceship")


def test_deleted_records_leave_the_list_and_come_back(desk: Desk) -> None:
    posting = enter(desk, "甲")
    registers.delete(desk, "posting", posting.id)
    assert registers.rows(desk, "posting") == []
    registers.restore(desk, "posting", posting.id)
    assert registers.rows(desk, "posting") == [posting]


def test_changes_are_told_once(desk: Desk) -> None:
    desk.take_changes()
    enter(desk, "甲")
    assert desk.take_changes() == {"person", "posting"}
    assert desk.take_changes() == frozenset()


def test_people_stand_in_the_order_of_the_five_slots_whatever_order_they_came_in(desk: Desk) -> None:
    for name, position in (("队员某", "member"), ("队长某", "leader"), ("副队长某", "deputy")):
        enter(desk, name, position)
    registers.save(desk, Person(id=registers.new_id(desk), name="闲人"))
    assert [row.person.name for row in roster.people(desk)] == ["队长某", "副队长某", "队员某", "闲人"]
