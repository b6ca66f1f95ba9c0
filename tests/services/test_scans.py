"""The paper loop: a folder of scans finds its slips, nothing lands on a wrong one, and the rest waits in the tray."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from tests import papers
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.documents import scans as paper
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Attachment, LeaveSlip
from tuopin_desktop.machine import files
from tuopin_desktop.services.leave import leave, leavedesk, scans, tray
from tuopin_desktop.services.office import attachments
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

NAMES = ("王海", "乌云其其格", "李强", "包明", "张淼", "陈静", "赵丽", "孙伟", "周芳", "吴刚", "郑洁", "冯军")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """An office with twelve slips and one of its neighbours', printed once for all tests of this file."""
    folder = tmp_path_factory.mktemp("printed")
    desk = open_office(folder / "own")
    made = [_slip(desk, enter(desk, name).id) for name in NAMES]
    pdfs = [leave.pdf(desk, [slip.id]) for slip in made]
    every = leave.pdf(desk, [slip.id for slip in made])
    desk.close()
    other = open_office(folder / "other", county="150125")
    foreign = leave.pdf(other, [_slip(other, enter(other, "王海", county="150125").id).id])
    other.close()
    return SimpleNamespace(folder=folder / "own", slips=made, pdfs=pdfs, every=every, foreign=foreign)


def _slip(desk: Desk, posting: str) -> LeaveSlip:
    return leave.save(desk, changed(leave.draft(desk, posting), place="呼和浩特市", period="605-608", reason="开会"))


@pytest.fixture
def desk(printed: SimpleNamespace, tmp_path: Path) -> Iterator[Desk]:
    """An office that keeps the twelve slips, without any scan yet."""
    desk = open_office(tmp_path / "office")
    for slip in printed.slips:
        posting = enter(desk, slip.name)
        registers.save(desk, changed(slip, posting=posting.id))
    yield desk
    desk.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def mixed(printed: SimpleNamespace, stick: Path) -> dict[str, list[int]]:
    """Write twenty scans and return file -> numbers of the slips it shows, page by page."""

    def page(number: int, dpi: int = 200) -> Image.Image:
        return papers.page(printed.pdfs[number], dpi=dpi)

    foreign = papers.page(printed.foreign, dpi=150)
    found: dict[str, tuple[bytes, list[int]]] = {
        "01 straight.jpg": (papers.jpeg(page(0)), [0]),
        "02 right.jpg": (papers.jpeg(papers.turned(page(1, 150), 270)), [1]),
        "03 left.jpg": (papers.jpeg(papers.turned(page(2), 90)), [2]),
        "04 upside down.jpg": (papers.jpeg(papers.turned(page(3), 180)), [3]),
        "05 askew.jpg": (papers.jpeg(papers.noisy(papers.turned(page(4), 2.5))), [4]),
        "06 askew and down.PNG": (papers.png(papers.turned(page(5, 150), 183)), [5]),
        "07 fine.jpeg": (papers.jpeg(papers.noisy(papers.turned(page(6, 300), -2), 12)), [6]),
        "08 fax.tif": (papers.tiff([papers.black_and_white(page(7))]), [7]),
        "09 two.tiff": (papers.tiff([papers.black_and_white(page(8)), papers.black_and_white(page(9))]), [8, 9]),
        "10 bound.pdf": (papers.bound([page(10, 150), papers.turned(page(11, 150), 90)], 150), [10, 11]),
        "11 as printed.pdf": (printed.pdfs[0], [0]),
        "sub/12 again.jpg": (papers.jpeg(papers.noisy(page(1))), [1]),
        "13 grainy.jpg": (papers.jpeg(papers.noisy(page(2, 150), 25)), [2]),
        "14 with a back.pdf": (papers.bound([page(3, 150), Image.new("L", (1240, 1754), 250)], 150), [3]),
        "15 no code.jpg": (papers.jpeg(papers.without_code(page(4))), []),
        "16 torn.jpg": (papers.jpeg(papers.torn(page(5))), []),
        "17 neighbour.jpg": (papers.jpeg(foreign), []),
        "18 mixed.pdf": (papers.bound([page(6, 150), foreign], 150), [6]),
        "19 broken.pdf": (printed.pdfs[7][:400], []),
        "20 letter.png": (papers.png(Image.new("L", (800, 1100), 255)), []),
    }
    for name, (data, _) in found.items():
        put(stick, name, data)
    put(stick, "Thumbs.db", b"not a scan")
    return {Path(name).name: numbers for name, (_, numbers) in found.items()}


def held(desk: Desk) -> dict[str, set[str]]:
    """File name -> ids of the slips it was put on."""
    found: dict[str, set[str]] = {}
    for record in desk.store.rows(Attachment):
        found.setdefault(record.name, set()).add(record.subject.removeprefix("leave_slip:"))
    return found


def kept(desk: Desk) -> dict[str, bytes]:
    """Every file below the data folder that the paper loop wrote."""
    places = [desk.folder / attachments.FOLDER, desk.folder / tray.FOLDER]
    return {str(path): path.read_bytes() for place in places for path in place.rglob("*") if path.is_file()}


def test_twenty_mixed_scans_find_their_slips_and_the_rest_waits(
    desk: Desk, printed: SimpleNamespace, stick: Path
) -> None:
    expected = mixed(printed, stick)
    told: list[tuple[int, int]] = []
    report = scans.take_in(desk, stick, lambda done, total: told.append((done, total)))

    wanted = {name: {printed.slips[number].id for number in numbers} for name, numbers in expected.items() if numbers}
    assert held(desk) == wanted
    assert len(report.placed) == sum(map(len, wanted.values())) == 17
    waiting = {(item.name, item.page): item.reason for item in report.tray}
    assert waiting.keys() == {
        ("14 with a back.pdf", 2),
        ("15 no code.jpg", 1),
        ("16 torn.jpg", 1),
        ("17 neighbour.jpg", 1),
        ("18 mixed.pdf", 2),
        ("19 broken.pdf", 0),
        ("20 letter.png", 1),
    }
    assert "武川县" in waiting["17 neighbour.jpg", 1]
    assert "武川县" in waiting["18 mixed.pdf", 2]
    assert "已损坏" in waiting["19 broken.pdf", 0]
    assert list(report.tray) == scans.items(desk)
    assert (report.unread, report.known, told[-1]) == ((), 0, (20, 20))
    slips = desk.store.rows(LeaveSlip)
    assert {slip.sheet_back for slip in slips} == {date(2018, 6, 4)}
    assert len(list(stick.rglob("*.*"))) == 21  # nothing on the stick was touched


def test_the_same_folder_again_changes_nothing(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    put(stick, "a.jpg", papers.jpeg(papers.page(printed.pdfs[0], dpi=150)))
    put(stick, "b.pdf", papers.bound([papers.page(printed.pdfs[1]), Image.new("L", (800, 1100), 255)]))
    first = scans.take_in(desk, stick)
    assert (len(first.placed), len(first.tray)) == (2, 1)
    before, lines = kept(desk), desk.store.history("leave_slip", printed.slips[0].id)
    desk.take_changes()
    put(stick, "a copy.jpg", (stick / "a.jpg").read_bytes())
    again = scans.take_in(desk, [stick, stick / "a.jpg"])
    assert (again.placed, again.tray, again.known) == ((), (), 5)
    assert kept(desk) == before
    assert desk.store.history("leave_slip", printed.slips[0].id) == lines
    assert desk.take_changes() == frozenset()
    assert again.sentence == "归入报备单0张，已收过5页。"


def test_a_day_noted_before_stays(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    leavedesk.sheet_back(desk, printed.slips[0].id, date(2018, 6, 1))
    scans.take_in(desk, put(stick, "a.pdf", printed.pdfs[0]))
    (slip,) = desk.store.rows(LeaveSlip, {"id": printed.slips[0].id})
    assert slip.sheet_back == date(2018, 6, 1)


def test_a_batch_is_kept_once_with_a_record_for_each_slip(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    told: list[tuple[int, int]] = []
    report = scans.take_in(desk, put(stick, "batch.pdf", printed.every), lambda done, total: told.append((done, total)))
    assert {one.slip: one.pages for one in report.placed} == {
        slip.id: (number,) for number, slip in enumerate(printed.slips, start=1)
    }
    assert len(kept(desk)) == 1
    assert told[:2] == [(1, 12), (2, 12)]
    (record,) = attachments.of_slip(desk, printed.slips[4].id)
    assert ids.split(ids.key("attachment", record.id))[1] == record.id
    assert record.media == "application/pdf;pages=5"
    assert attachments.pages_of(record) == {5}
    assert registers.check(desk, record) == []
    assert scans.scan_bytes(desk, record.id) == printed.every
    with Image.open(BytesIO(scans.page_image(desk, record.id, 5))) as image:
        assert image.height == pytest.approx(1170, abs=3)


def test_a_stopped_run_keeps_what_it_took_and_says_what_is_left(
    desk: Desk, printed: SimpleNamespace, stick: Path
) -> None:
    for number in range(4):
        put(stick, f"{number}.pdf", printed.pdfs[number])
    told: list[tuple[int, int]] = []
    report = scans.take_in(desk, stick, lambda done, total: told.append((done, total)), lambda: len(told) == 2)
    assert told == [(1, 4), (2, 4)]
    assert (len(report.placed), report.left) == (2, 2)
    assert report.sentence == "归入报备单2张。已取消：其余2个文件没有收，可以再收，不会重复。"
    assert set(held(desk)) == {"0.pdf", "1.pdf"}
    again = scans.take_in(desk, stick)
    assert (len(again.placed), again.known, again.left) == (2, 2, 0)


def test_a_run_stopped_within_a_file_takes_nothing_of_it(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    told: list[tuple[int, int]] = []
    path = put(stick, "batch.pdf", printed.every)
    report = scans.take_in(desk, path, lambda done, total: told.append((done, total)), lambda: len(told) == 3)
    assert (len(told), report.placed, report.left) == (3, (), 1)
    assert (held(desk), kept(desk), scans.items(desk)) == ({}, {}, [])


def test_a_waiting_page_is_put_on_a_slip_by_hand(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    data = papers.bound([papers.without_code(papers.page(printed.pdfs[number])) for number in (0, 1)])
    report = scans.take_in(desk, put(stick, "a.pdf", data))
    first, second = report.tray
    assert scans.tray_image(desk, second.id).startswith(b"\x89PNG")
    record = scans.assign(desk, second.id, printed.slips[1].id)
    assert attachments.pages_of(record) == {2}
    assert scans.items(desk) == [first]
    assert scans.take_in(desk, stick).known == 2  # neither comes back
    assert scans.items(desk) == [first]
    record = scans.assign(desk, first.id, printed.slips[1].id)
    assert (record.media, attachments.pages_of(record)) == ("application/pdf", frozenset())
    assert not [name for name in kept(desk) if f"/{tray.FOLDER}/" in Path(name).as_posix()]
    with pytest.raises(Refused, match="收件筐"):
        scans.assign(desk, first.id, printed.slips[1].id)


def test_a_slip_that_came_later_is_found_the_second_time(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    registers.delete(desk, "leave_slip", printed.slips[0].id)
    path = put(stick, "a.pdf", printed.pdfs[0])
    (item,) = scans.take_in(desk, path).tray
    assert "已删除" in item.reason
    registers.restore(desk, "leave_slip", printed.slips[0].id)
    assert len(scans.take_in(desk, path).placed) == 1
    assert scans.items(desk) == []


def test_a_thrown_away_page_is_gone_and_an_attachment_deleted_by_mistake_comes_back(
    desk: Desk, printed: SimpleNamespace, stick: Path
) -> None:
    (item,) = scans.take_in(desk, put(stick, "white.png", papers.png(Image.new("L", (500, 700), 255)))).tray
    scans.discard(desk, item.id)
    assert (scans.items(desk), kept(desk)) == ([], {})
    path = put(stick, "a.pdf", printed.pdfs[0])
    scans.take_in(desk, path)
    (record,) = attachments.of_slip(desk, printed.slips[0].id)
    registers.delete(desk, "attachment", record.id)
    assert len(scans.take_in(desk, path).placed) == 1
    assert attachments.of_slip(desk, printed.slips[0].id) == [record]


def test_a_slip_of_another_office_is_refused_by_hand_too(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    (item,) = scans.take_in(desk, put(stick, "a.pdf", printed.foreign)).tray
    for wrong in ("150125/" + "0" * 32, "150426/" + "0" * 32, "nothing", ""):
        with pytest.raises(Refused):
            scans.assign(desk, item.id, wrong)
    assert scans.items(desk) == [item]
    assert held(desk) == {}


@pytest.mark.parametrize("item", ["", "../../office.db", "0" * 64 + "-1", "0" * 64 + "-0/../x"])
def test_what_does_not_wait_is_refused(desk: Desk, item: str) -> None:
    for ask in (scans.discard, scans.tray_image):
        with pytest.raises(Refused, match="收件筐"):
            ask(desk, item)
    with pytest.raises(Refused):
        scans.scan_bytes(desk, f"150426/{item}")


@pytest.mark.parametrize("nth", range(4))
def test_a_full_disk_leaves_nothing_half(
    desk: Desk, printed: SimpleNamespace, stick: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    """The nth write fails: what is there can be opened, and the next run finishes the work."""
    put(stick, "a.pdf", printed.pdfs[0])
    put(stick, "b.pdf", papers.bound([papers.page(printed.pdfs[1]), Image.new("L", (800, 1100), 255)]))
    count, real = [0], files.write_parts

    def write(path: Path, parts: Iterable[bytes]) -> None:
        count[0] += 1
        if count[0] == nth + 1:
            raise Trouble("磁盘空间不足。")
        real(path, parts)

    monkeypatch.setattr(files, "write_parts", write)
    with pytest.raises(Trouble, match="再收一次"):
        scans.take_in(desk, stick)
    for record in desk.store.rows(Attachment):
        assert attachments.digest(scans.scan_bytes(desk, record.id)) == attachments.sha_of(record)
    for item in scans.items(desk):
        assert scans.tray_image(desk, item.id)
    scans.take_in(desk, stick)
    assert {name: len(slips) for name, slips in held(desk).items()} == {"a.pdf": 1, "b.pdf": 1}
    assert [(item.name, item.page) for item in scans.items(desk)] == [("b.pdf", 2)]
    assert not [name for name in kept(desk) if name.endswith(".part")]


def test_a_folder_that_cannot_be_written_is_a_trouble(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    (desk.folder / attachments.FOLDER).write_bytes(b"in the way")
    with pytest.raises(Trouble):
        scans.take_in(desk, put(stick, "a.pdf", printed.pdfs[0]))
    assert held(desk) == {}
    assert desk.store.rows(LeaveSlip, {"id": printed.slips[0].id})[0].sheet_back is None


def test_damaged_and_lost_files_are_told(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    path = put(stick, "a.pdf", printed.pdfs[0])
    scans.take_in(desk, path)
    (record,), (stored,) = attachments.of_slip(desk, printed.slips[0].id), kept(desk)
    Path(stored).write_bytes(b"%PDF-spoilt")
    with pytest.raises(Trouble, match="已损坏"):
        scans.scan_bytes(desk, record.id)
    scans.take_in(desk, path)  # the clerk's own copy mends it
    assert scans.scan_bytes(desk, record.id) == printed.pdfs[0]
    Path(stored).unlink()
    with pytest.raises(Trouble, match="不在本机"):
        scans.scan_bytes(desk, record.id)


def test_hostile_names_and_files(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "LIMIT", 1000)
    put(stick, "甲\u202efdp.pdf", b"%PDF-1.7 nothing")
    put(stick, "a" * 230 + ".pdf", b"\x00")
    put(stick, "large.pdf", b"%PDF-" + b" " * 1000)
    if sys.platform != "win32":  # where only an administrator may make links
        (stick / "link.pdf").symlink_to(stick / "large.pdf")
    report = scans.take_in(desk, stick)
    assert [one.file for one in report.unread] == ["large.pdf"]
    assert sorted(item.name for item in report.tray) == ["a" * 190 + "…aaaaa.pdf", "甲fdp.pdf"]
    empty = stick / "empty"
    empty.mkdir()
    missing = scans.take_in(desk, [stick / "nothing.pdf"])
    assert [one.file for one in missing.unread] == ["nothing.pdf"]
    with pytest.raises(Refused, match="没有找到扫描件"):
        scans.take_in(desk, empty)


def test_a_spoilt_tray_note_still_shows_its_file(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    (item,) = scans.take_in(desk, put(stick, "a.pdf", printed.foreign)).tray
    note = desk.folder / tray.FOLDER / f"{item.id[:64]}.json"
    note.write_bytes(b"{")
    (shown,) = scans.items(desk)
    assert (shown.page, "损坏" in shown.reason) == (tray.WHOLE, True)
    assert scans.assign(desk, shown.id, printed.slips[0].id).name
    assert scans.items(desk) == []


@pytest.mark.parametrize(
    ("media", "pages"),
    [
        ("application/pdf", set()),
        ("application/pdf;pages=2,5-7", {2, 5, 6, 7}),
        ("application/pdf;pages=,-,9-8,4-99999999999", set(range(4, 601))),
    ],
)
def test_the_pages_of_a_record(media: str, pages: set[int]) -> None:
    assert attachments.pages_of(Attachment(id="150426/x", media=media)) == pages


def test_too_many_scattered_pages_to_name_become_the_whole_file(desk: Desk, printed: SimpleNamespace) -> None:
    slip, data = printed.slips[0], printed.pdfs[0]
    desk.commit(attachments.attaching(desk, slip, data, "a.pdf", range(1, 27, 2), 60))
    (record,) = attachments.of_slip(desk, slip.id)
    assert record.media == "application/pdf;pages=1,3,5,7,9,11,13,15,17,19,21,23,25"
    desk.commit(attachments.attaching(desk, slip, data, "a.pdf", range(27, 60, 2), 60))
    (record,) = attachments.of_slip(desk, slip.id)
    assert record.media == "application/pdf"
    assert attachments.attaching(desk, slip, data, "a.pdf", [2], 60) == []


def test_the_region_takes_in_a_countys_scan(printed: SimpleNamespace, stick: Path, tmp_path: Path) -> None:
    desk = open_office(tmp_path / "region", level="region")
    try:
        posting = enter(desk, printed.slips[0].name)
        registers.save(desk, changed(printed.slips[0], posting=posting.id))
        (placed,) = scans.take_in(desk, put(stick, "a.pdf", printed.pdfs[0])).placed
        (record,) = attachments.of_slip(desk, placed.slip)
        assert ids.owner(record.id) == "150426"
    finally:
        desk.close()
