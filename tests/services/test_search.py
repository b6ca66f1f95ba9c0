"""One question over all years: everything that answers it is found, the newest first, and nothing that is masked."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import enter, open_office, over, write_logs
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.idcard import check_digit
from tuopin_desktop.domain.record import Form, Record, fields, scalars
from tuopin_desktop.domain.records import KINDS, ArchiveItem, Attachment, Call, LeaveSlip, Person, Posting
from tuopin_desktop.services.archives import search
from tuopin_desktop.services.archives.wordlists import LEFT_OUT, Reader, searchable
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.store.memo import FINDER


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_office(tmp_path / "office")
    yield opened
    opened.close()


def slip(desk: Desk, posting: Posting, place: str, period: str, reason: str = "参加会议") -> LeaveSlip:
    draft = leave.draft(desk, posting.id, date(2018, 6, 4))
    with over(desk, date.fromisoformat(period[:10])):
        return leave.save(desk, msgspec.structs.replace(draft, place=place, period=period, reason=reason))


def titles(desk: Desk, text: str) -> list[str]:
    return [hit.title for hit in search.ask(desk, text).hits]


def test_who_was_in_beijing_in_a_month_is_answered(desk: Desk) -> None:
    ming, saren = enter(desk, "李明"), enter(desk, "萨仁高娃")
    slip(desk, ming, "北京市", "2019-08-05am/2019-08-09pm")
    slip(desk, saren, "北京市", "2019-07-30am/2019-08-01pm", "看病")
    slip(desk, ming, "北京市", "2019-06-05am/2019-06-06pm")
    slip(desk, saren, "呼和浩特市", "2019-08-12am/2019-08-13pm")
    answer = search.ask(desk, "谁在2019年8月去过北京")
    assert [(hit.kind, hit.title.split()[1], hit.day) for hit in answer.hits] == [
        ("请假报备单", "李明", date(2019, 8, 5)),
        ("请假报备单", "萨仁高娃", date(2019, 7, 30)),
    ]
    assert "北京市" in answer.hits[0].excerpt
    assert not answer.more
    assert len(search.ask(desk, "2019-08-01 北京").hits) == 1, "the stay covers the day"
    assert [hit.title.split()[1] for hit in search.ask(desk, "srgw 2019年8月").hits] == ["萨仁高娃"] * 2, "by initials"
    assert search.ask(desk, "2018-0002").hits[0].title.startswith("2018-0002")


def test_what_was_written_changed_and_deleted_is_known_at_the_next_question(desk: Desk) -> None:
    ming = enter(desk, "李明")
    write_logs(desk, ming, [date(2019, 3, 4)], "到查干村核对危房改造台账。")
    assert len(search.ask(desk, "危房改造").hits) == 1
    write_logs(desk, ming, [date(2019, 3, 4)], "到查干村核对饮水安全台账。")
    assert search.ask(desk, "危房改造").hits == ()
    (hit,) = search.ask(desk, "饮水安全").hits
    kind, record_id = hit.key.split(":", 1)
    desk.commit([Change(kind, record_id, {"deleted": 1})])
    assert search.ask(desk, "饮水安全").hits == ()


def test_who_is_called_otherwise_is_found_under_the_new_name(desk: Desk) -> None:
    ming = enter(desk, "李明")
    slip(desk, ming, "北京市", "2018-06-05am/2018-06-06pm")
    assert len(search.ask(desk, "李明 北京").hits) == 1
    person = desk.store.get(Person, ming.person)
    assert person is not None
    registers.save(desk, msgspec.structs.replace(person, name="李铭"))
    assert [hit.kind for hit in search.ask(desk, "李铭").hits].count("人员") == 1


def test_nothing_that_is_masked_is_found_and_every_kind_is_searched_or_named(desk: Desk) -> None:
    number = "15042619750301001" + check_digit("15042619750301001")
    enter(desk, "李明", phone="13904710001", id_number=number, birth="1975-03-01")
    for text in ("13904710001", number, "1975", "1975年3月"):
        assert search.ask(desk, text).hits == (), text
    names = {cls.kind.name for cls in searchable()}
    assert names | LEFT_OUT.keys() | {n for n, cls in KINDS.items() if cls.kind.restricted or cls.kind.local} == set(
        KINDS
    )
    assert not names & LEFT_OUT.keys()


def test_two_characters_side_by_side_are_not_yet_the_word(desk: Desk) -> None:
    ming = enter(desk, "李明")
    write_logs(desk, ming, [date(2019, 3, 4)], "呼和与和浩、浩特各一。")
    assert search.ask(desk, "呼和浩特").hits == ()
    write_logs(desk, ming, [date(2019, 3, 5)], "呼和浩特来人。")
    assert [hit.day for hit in search.ask(desk, "呼和浩特").hits] == [date(2019, 3, 5)]


def test_a_log_that_does_not_go_on_from_what_was_read_is_read_anew(desk: Desk) -> None:
    ming = enter(desk, "李明")
    write_logs(desk, ming, [date(2019, 3, 4)], "危房改造。")
    assert len(search.ask(desk, "危房").hits) == 1
    reached = desk.finder.reached()
    changed = {feed: one._replace(chain=b"\0" * 32) for feed, one in reached.items()}
    desk.finder.put((), changed)
    asked: list[tuple[int, int]] = []
    assert len(search.ask(desk, "危房", lambda done, of: asked.append((done, of))).hits) == 1
    assert asked, "everything was read again"
    assert desk.finder.reached() == reached


def test_a_damaged_or_foreign_file_costs_reading_and_no_word(desk: Desk) -> None:
    write_logs(desk, enter(desk, "李明"), [date(2019, 3, 4)], "危房改造。")
    assert len(search.ask(desk, "危房").hits) == 1
    path = desk.folder / FINDER
    assert "危房".encode() not in path.read_bytes()
    desk.finder.close()
    path.write_bytes(b"no finder" * 1000)
    assert len(search.ask(desk, "危房").hits) == 1


def test_a_random_question_finds_what_reading_every_record_finds(desk: Desk) -> None:
    people = [enter(desk, name) for name in ("李明", "萨仁高娃", "乌云其其格")]
    texts = ("危房改造入户", "饮水安全排查", "核对台账", "入户走访和核对", "危房复核")
    for at in range(60):
        write_logs(desk, people[at % 3], [date(2019, 1 + at % 12, 1 + at % 28)], texts[at % 5])
    words = Reader(desk)
    for word in ("危房", "入户", "核对台账", "乌云其其格", "走访和核", "复核", "房改", "无"):
        found = {hit.key for hit in search.ask(desk, word).hits}
        plain = {
            f"{cls.kind.name}:{record.id}"
            for cls in searchable()
            for record in desk.store.rows(cls)
            if word in " ".join(text for _, text in words.lines(record))
        }
        assert found == plain, word


def test_what_belongs_to_a_slip_leads_to_the_slip_and_an_item_to_its_year(desk: Desk) -> None:
    kept = slip(desk, enter(desk, "李明"), "北京市", "2018-06-05am/2018-06-08pm")
    item = ArchiveItem(id="1504260/item/slip/1", year=2018, number=1, name="李明请假报备单", paper="slip")
    records: tuple[Record, ...] = (
        Call(id="150426/c1", slip=kept.id, speaker="王文书"),
        Attachment(id="150426/a1", subject=f"leave_slip:{kept.id}", name="李明签字件.pdf"),
        item,
    )
    for one in records:
        desk.store.commit([Change(one.kind.name, one.id, difference({}, scalars(one)))], "甲", desk.clock.stamp_ms())
    goals = {hit.kind: (hit.page, hit.subject) for text in ("李明", "王文书") for hit in search.ask(desk, text).hits}
    of_slip = ("leave", f"leave_slip:{kept.id}")
    assert {goals[one.kind.label] for one in (*records[:2], kept)} == {of_slip}
    assert goals[item.kind.label] == ("archives", "items/2018")


def test_every_field_with_words_is_read_of_some_kind() -> None:
    forms = {item.form for cls in searchable() for item in fields(cls)}
    assert {Form.TEXT, Form.LONG, Form.CHOICE, Form.REF, Form.PERIOD, Form.DATE} <= forms
