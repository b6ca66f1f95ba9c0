"""The search over all years: what it finds after a change elsewhere, and what it tells nobody."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from tests.services import closings
from tests.services.desks import enter, open_office, over, write_logs
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import (
    Amendment,
    Incident,
    MonthClose,
    Person,
    Posting,
    ServiceCertificate,
    Training,
    TrainingAttendance,
)
from tuopin_desktop.services.archives import search
from tuopin_desktop.services.attendance import closing as months
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as opened:
        yield opened


def answers(desk: Desk, text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.title) for hit in search.ask(desk, text).hits]


def put(desk: Desk, record: Person | Amendment | ServiceCertificate | TrainingAttendance) -> None:
    desk.commit([Change(record.kind.name, record.id, difference({}, scalars(record)))])


def test_what_hangs_on_a_record_about_conduct_is_no_more_found_than_the_record(desk: Desk, tmp_path: Path) -> None:
    posting = enter(desk, "王小明")
    incident = Incident(id=registers.new_id(desk), posting=posting.id, date=date(2018, 6, 3), clause="gambling")
    registers.save(desk, incident)
    paper = tmp_path / "王小明赌博处罚决定书.png"
    Image.new("RGB", (40, 40), "white").save(paper)
    recordfiles.attach(desk, "incident", incident.id, recordfiles.read([paper]))
    recordfiles.attach(desk, "posting", posting.id, recordfiles.read([paper]))
    amended = Amendment(day=date(2018, 6, 4), what="情况", was="赌博", now="饮酒", reason="误录", field="text")
    put(desk, msgspec.structs.replace(amended, id=registers.new_id(desk), subject=f"incident:{incident.id}"))
    assert [kind for kind, _ in answers(desk, "处罚决定书")] == ["附件"], "that of the posting alone"
    assert answers(desk, "饮酒") == []
    assert answers(desk, "误录") == []


def test_a_corrected_number_of_a_person_is_not_found_by_what_it_was(desk: Desk) -> None:
    person = enter(desk, "王小明").person
    amended = Amendment(day=date(2018, 6, 4), what="联系电话", was="13904760808", now="13904760809", reason="号码错")
    amended = msgspec.structs.replace(amended, field="phone", subject=f"person:{person}")
    put(desk, msgspec.structs.replace(amended, id=registers.new_id(desk)))
    assert answers(desk, "13904760808") == []
    assert [kind for kind, _ in answers(desk, "号码错")] == ["更正登记"]


def test_texts_of_the_program_are_neither_searched_nor_shown(desk: Desk) -> None:
    posting = enter(desk, "阿拉坦花", until=date(2018, 12, 31))
    closings.key(desk, posting, "2018-06")
    with over(desk, date(2018, 7, 30)):
        months.close(desk, "2018-06")
    said = ServiceCertificate(id=registers.new_id(desk), number="1号", person=posting.person, issued=date(2018, 6, 4))
    put(desk, msgspec.structs.replace(said, content="派驻 2018-06-01 - 150426 leader"))
    assert desk.store.rows(MonthClose)[0].figures
    for text in ("name", "position", "leader", "150426", "need"):
        assert answers(desk, text) == [], text
    assert "考勤结账" not in {kind for kind, _ in answers(desk, "阿拉坦花")}


def test_what_points_to_a_record_is_found_under_its_new_name(desk: Desk) -> None:
    posting = enter(desk, "王小明")
    training = Training(id=registers.new_id(desk), name="电商带头人培训班", type="pre_post")
    desk.commit([Change("training", training.id, difference({}, scalars(training)))])
    put(desk, TrainingAttendance(id=registers.new_id(desk), training=training.id, posting=posting.id))
    write_logs(desk, posting, [date(2018, 6, 4)], "入户走访")
    assert {kind for kind, _ in answers(desk, "电商带头人")} == {"培训班", "培训学员"}
    desk.commit([Change("training", training.id, {"name": "金融扶贫研修班"})])
    assert {kind for kind, _ in answers(desk, "金融扶贫研修")} == {"培训班", "培训学员"}
    person = desk.store.get(Person, posting.person)
    assert person is not None
    registers.save(desk, msgspec.structs.replace(person, name="王晓明"))
    assert {kind for kind, _ in answers(desk, "王晓明")} == {"人员", "派驻", "培训学员", "工作日志"}
    assert answers(desk, "王小明") == []


def test_a_record_that_came_before_what_it_points_to_is_found_by_it_afterwards(desk: Desk) -> None:
    posting = Posting(id=registers.new_id(desk), person=registers.new_id(desk), county="150426", since=date(2018, 6, 1))
    desk.store.commit([Change("posting", posting.id, difference({}, scalars(posting)))], "经办人", 1)
    assert answers(desk, "娜仁花") == []
    desk.store.commit([Change("person", posting.person, {"name": "娜仁花"})], "经办人", 2)
    assert {kind for kind, _ in answers(desk, "娜仁花")} == {"人员", "派驻"}


def test_the_last_character_of_a_word_finds_it(desk: Desk) -> None:
    person = desk.store.get(Person, enter(desk, "王小明").person)
    assert person is not None
    registers.save(desk, msgspec.structs.replace(person, unit="草原监理局"))
    assert [kind for kind, _ in answers(desk, "局")] == ["人员"]
