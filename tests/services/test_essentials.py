"""Whose file lacks what the rules need: declared with the field, asked of those it concerns, and led to."""

from datetime import date, datetime
from pathlib import Path

from tests.services.desks import changed, enter
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS, Person
from tuopin_desktop.domain.rules import RULES
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.home.countystate import Task
from tuopin_desktop.services.home.standing import standing
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import essentials
from tuopin_desktop.services.registers import registers

WHOLE = {
    "political": "01", "education": "21", "health": "good", "unit": "自治区林业厅", "phone": "13900000000",
    "source_level": "region",
}  # fmt: skip


def _tasks(desk: Desk) -> tuple[Task, ...]:
    state = standing(desk).county
    return state.tasks if state is not None else ()


def missing(desk: Desk) -> dict[str, str]:
    return {row.person.name: row.text for row in essentials.rows(desk)}


def test_every_essential_is_asked_for_by_a_rule_there_is() -> None:
    keys = {rule.key for rule in RULES} | {"A12-4"}
    needed = {key for cls in KINDS.values() for item in fields(cls) for key in item.needed_by}
    assert needed
    assert needed <= keys


def test_empty_essentials_are_named_in_the_order_of_the_form(desk: Desk) -> None:
    enter(desk, "全的", **WHOLE)
    enter(desk, "缺的", birth="", phone="139")
    registers.save(desk, Person(id=registers.new_id(desk), name="候选人", rank="section"))
    assert missing(desk) == {
        "缺的": "出生年月、政治面貌、学历、健康状况、派出单位、来源",
        "候选人": "出生年月、政治面貌、学历、健康状况、派出单位、手机",
    }


def test_what_is_of_certain_posts_or_of_party_members_is_asked_of_them_alone(desk: Desk) -> None:
    enter(desk, "队长某", "leader", **WHOLE)
    enter(desk, "群众某", **{**WHOLE, "political": "13"})
    assert missing(desk) == {"队长某": "挂任职务"}
    desk.clock = FixedClock(datetime(2018, 7, 2, 9))  # thirty days after 1 June, and one
    assert missing(desk) == {"队长某": "挂任职务、党组织关系转接日期"}


def test_nothing_is_asked_of_those_who_left_nor_what_another_pack_does_not_need(desk: Desk) -> None:
    enter(desk, "离任人", until=date(2018, 6, 3))
    enter(desk, "驻村人", "first", pack="2021-village")
    assert missing(desk) == {"驻村人": "手机"}


def test_the_start_page_counts_the_list_it_opens_and_a_filled_field_leaves_it(desk: Desk) -> None:
    posting = enter(desk, "缺的", **{**WHOLE, "health": ""})
    line = next(one for one in _tasks(desk) if one.key == "files")
    assert (line.count, line.subject, line.text) == (1, "todo", "缺的的健康状况未填")
    registers.save(desk, changed(registers.get(desk, "person", posting.person), health="good"))
    assert missing(desk) == {}
    assert all(one.key != "files" for one in _tasks(desk))


def test_the_list_is_printed_with_its_sum(desk: Desk, tmp_path: Path) -> None:
    enter(desk, "缺的", **{**WHOLE, "health": "", "unit": ""})
    made = essentials.listed(desk)
    assert made.sheet.rows[0][1:] == ("缺的", "翁牛特旗", "队员", "", 2, "健康状况、派出单位")
    assert made.sheet.totals[0][5] == 2
    assert books.write(desk, tmp_path / "待补.pdf", made).read_bytes().startswith(b"%PDF")
