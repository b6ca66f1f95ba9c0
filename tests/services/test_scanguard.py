"""What shows nothing is nobody's signed sheet, whatever door it comes through, and a tray number is not guessed."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from tests import papers
from tests.services.desks import changed, enter, open_office
from tests.services.test_scans import held, put
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.leave import leave, leavedesk, scans, tray
from tuopin_desktop.services.office import attachments
from tuopin_desktop.services.office.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as desk:
        yield desk


@pytest.fixture
def printed(desk: Desk) -> SimpleNamespace:
    """Three slips and their paper."""
    made = []
    for name in ("王海", "李强", "包明"):
        drafted = leave.draft(desk, enter(desk, name).id)
        made.append(leave.save(desk, changed(drafted, place="呼和浩特市", period="605-608", reason="开会")))
    return SimpleNamespace(slips=made, pdfs=[leave.pdf(desk, [slip.id]) for slip in made])


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def false_sheets() -> dict[str, bytes]:
    white = Image.new("L", (620, 877), 255)
    ink = papers.noisy(white)
    return {
        "空.jpg": b"",
        "文字.jpg": "同意".encode(),
        "压缩.png": b"PK\x03\x04" + bytes(200),
        "半张.jpg": papers.jpeg(ink)[:4000],
        "半张.png": papers.png(ink)[: len(papers.png(ink)) // 2],
        "一点.png": papers.png(Image.new("L", (1, 1), 0)),
        "白纸.pdf": papers.bound([white], 100),
        "手机.heic": b"\0\0\0\x18ftypheic" + bytes(200),
        "坏.pdf": b"%PDF-1.4\nnothing",
    }


@pytest.mark.parametrize("name", false_sheets())
def test_what_shows_nothing_is_never_the_signed_sheet(
    desk: Desk, printed: SimpleNamespace, stick: Path, name: str
) -> None:
    slip = printed.slips[0]
    (item,) = scans.take_in(desk, put(stick, name, false_sheets()[name])).tray
    with pytest.raises(Trouble, match="不能作为签字件"):
        scans.assign(desk, item.id, slip.id)
    assert desk.store.rows(LeaveSlip, {"id": slip.id})[0].sheet_back is None
    assert not any("收回签字件" in event.words for event in leavedesk.story(desk, slip.id)[1])
    assert (held(desk), scans.items(desk)) == ({}, [item])
    assert not (desk.folder / attachments.FOLDER).exists()


def test_a_phone_picture_in_a_folder_of_scans_is_named_and_not_passed_over(desk: Desk, stick: Path) -> None:
    put(stick, "IMG_0001.HEIC", false_sheets()["手机.heic"])
    (item,) = scans.take_in(desk, stick).tray
    assert "HEIC" in item.reason


def test_a_good_picture_under_a_wrong_name_is_taken_for_what_it_is(
    desk: Desk, printed: SimpleNamespace, stick: Path
) -> None:
    page = papers.jpeg(papers.page(printed.pdfs[0], dpi=150))
    for number, name in enumerate(("王海.png", "王海", "王海2018.7.1", "王海.txt")):
        folder = stick / str(number)
        folder.mkdir()
        scans.take_in(desk, put(folder, name, page + bytes(number)))  # what follows the picture makes another file
    names = {record.name for record in attachments.of_slip(desk, printed.slips[0].id)}
    assert names == {"王海.jpg", "王海2018.7.1.jpg"}
    assert {record.media for record in attachments.of_slip(desk, printed.slips[0].id)} == {"image/jpeg"}


def test_a_waiting_page_is_called_by_enough_of_its_number(desk: Desk, printed: SimpleNamespace, stick: Path) -> None:
    two = papers.bound([papers.without_code(papers.page(printed.pdfs[number])) for number in (0, 1)])
    first, second = scans.take_in(desk, put(stick, "a.pdf", two)).tray
    alone = scans.take_in(
        desk, put(stick, "b.jpg", papers.jpeg(papers.without_code(papers.page(printed.pdfs[2]))))
    ).tray
    listed = tray.numbers(desk)
    assert [listed[number] for number in listed] == scans.items(desk)
    for number, item in listed.items():
        assert tray.called(desk, number) == item
    assert tray.called(desk, alone[0].id[:8]) == alone[0]
    assert tray.called(desk, f"{second.id[:9]}-2") == second
    for text in (
        first.id[0],
        first.id[:7],
        first.id[:12],
        alone[0].id[:7],
        "",
        f"{first.id[:4]}-1",
        f"{first.id[:12]}-3",
    ):
        with pytest.raises(Refused, match="现有："):
            tray.called(desk, text)
