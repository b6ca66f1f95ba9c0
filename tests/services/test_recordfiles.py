"""A scan or photo belongs to a record of any register: kept once, read back, and it makes a duty done."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from tests import papers
from tests.plausible import plausible
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.documents import scans as paper
from tuopin_desktop.domain.duties.duty import State
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.record import Owner, Record
from tuopin_desktop.domain.records import KINDS, Attachment
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.office import attachments
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registerlists, registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "office")
    enter(desk, "王五")
    yield desk
    desk.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "会议照片.jpg"
    path.write_bytes(papers.jpeg(Image.new("RGB", (80, 60), "white")))
    return path


def kept(desk: Desk, kind: str) -> Record:
    def refer(ref: str) -> str:
        held = registers.rows(desk, ref)
        return (held[0] if held else kept(desk, ref)).id

    return registers.save(desk, plausible(KINDS[kind], desk.vocabulary, refer, id=registers.new_id(desk)))


def attach(desk: Desk, record: Record, *paths: Path) -> list[Attachment]:
    return recordfiles.attach(desk, record.kind.name, record.id, recordfiles.read(paths))


@pytest.mark.parametrize("kind", [k for k in registerlists.kept_here() if KINDS[k].kind.owner is Owner.COUNTY])
def test_a_record_of_every_register_takes_a_file_and_gives_it_back(desk: Desk, photo: Path, kind: str) -> None:
    record = kept(desk, kind)
    (made,) = attach(desk, record, photo)
    assert (made.subject, made.name, made.media) == (f"{kind}:{record.id}", "会议照片.jpg", "image/jpeg")
    assert attachments.content(desk, made.id) == photo.read_bytes()
    assert [line.files for line in registerlists.listed(desk, kind).rows] == [1]
    assert recordfiles.of_record(desk, kind, record.id) == [made]


def test_the_same_file_is_kept_once_and_belongs_to_each_record(desk: Desk, photo: Path, tmp_path: Path) -> None:
    first, second = kept(desk, "meeting"), kept(desk, "matter")
    copy = tmp_path / "另一个名字.jpg"
    copy.write_bytes(photo.read_bytes())
    one, again = attach(desk, first, photo, copy)
    (other,) = attach(desk, second, photo)
    assert one.id == again.id != other.id
    assert len(recordfiles.of_record(desk, "meeting", first.id)) == 1
    assert len([path for path in (desk.folder / "attachments").rglob("*") if path.is_file()]) == 1


def test_a_file_taken_off_can_be_put_on_again(desk: Desk, photo: Path) -> None:
    record = kept(desk, "meeting")
    (made,) = attach(desk, record, photo)
    recordfiles.detach(desk, made.id)
    assert recordfiles.of_record(desk, "meeting", record.id) == []
    assert attach(desk, record, photo) == [made]
    assert recordfiles.of_record(desk, "meeting", record.id) == [made]


def test_a_meeting_without_minutes_is_done_once_its_photo_is_attached(desk: Desk, photo: Path) -> None:
    meeting = changed(registers.blank(desk, "meeting"), type="analysis", held=date(2018, 6, 4))
    meeting = registers.save(desk, meeting)

    def state() -> State:
        return next(
            one.state for one in radar.duties(desk, 2018) if one.what == "工作分析例会" and one.period == "2018年6月"
        )

    before = state()
    attach(desk, meeting, photo)
    assert (before, state()) == (State.BARE, State.DONE)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("病毒.exe", b"MZ\0\0", "不是扫描件"),
        ("坏.pdf", b"%PDF-1.4\nnothing", "损坏"),
        ("空.jpg", b"", "不是扫描件"),
        ("大.jpg", b"\xff\xd8\xff" + bytes(paper.LIMIT), "MB"),
    ],
)
def test_what_is_no_scan_is_refused_and_nothing_is_kept(
    desk: Desk, tmp_path: Path, photo: Path, name: str, data: bytes, words: str
) -> None:
    record = kept(desk, "meeting")
    bad = tmp_path / name
    bad.write_bytes(data)
    with pytest.raises(Trouble, match=words) as trouble:
        attach(desk, record, photo, bad)
    assert name in trouble.value.sentence
    assert recordfiles.of_record(desk, "meeting", record.id) == []
    assert not (desk.folder / "attachments").exists()


def test_a_record_takes_no_more_than_its_share(desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordfiles, "MOST", 0)
    with pytest.raises(Refused, match="最多0个附件"):
        attach(desk, kept(desk, "meeting"), photo)


def test_what_has_its_own_way_or_is_gone_takes_none_here(desk: Desk, photo: Path) -> None:
    meeting = kept(desk, "meeting")
    registers.delete(desk, "meeting", meeting.id)
    with pytest.raises(Refused, match="已删除"):
        attach(desk, meeting, photo)
    with pytest.raises(Refused, match="找不到"):
        recordfiles.attach(desk, "matter", "150426/none", recordfiles.read([photo]))


def test_a_county_puts_nothing_on_what_is_not_its_own(desk: Desk, photo: Path) -> None:
    shared = changed(registers.blank(desk, "training"), id="15/shared")
    desk.store.get(type(shared), shared.id)
    office = registers.rows(desk, "county")[0]
    with pytest.raises(Refused, match="无权修改"):
        recordfiles.attach(desk, "county", office.id, recordfiles.read([photo]))


def test_every_page_of_a_whole_file_can_be_looked_at(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "纪要.pdf"
    path.write_bytes(papers.bound([Image.new("RGB", (200, 280), shade) for shade in ("white", "grey", "white")], 72))
    (made,) = attach(desk, kept(desk, "meeting"), path)
    assert recordfiles.pages(desk, made.id) == (1, 2, 3)
    out = recordfiles.save_as(desk, made.id, tmp_path / "另存" / "纪要.pdf")
    assert out.read_bytes() == path.read_bytes()
