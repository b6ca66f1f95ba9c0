"""The first start: four pages, each says what is missing, and an office that stands whole at the end."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.services.desks import open_office
from tests.services.exchangers import found, join, region, send
from tests.ui.firststarts import ENTER, NOON, first_run, found_alone
from tests.ui.hands import everything, rects, words
from tuopin_desktop.demo import sample
from tuopin_desktop.domain.records import Person
from tuopin_desktop.domain.roles import Role
from tuopin_desktop.machine import paths, rooms
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.machine.drives import Drive
from tuopin_desktop.machine.rooms import Room
from tuopin_desktop.services.home import guide
from tuopin_desktop.services.office import backups, founding, foundingdraft, offices, recovery, users, vaults
from tuopin_desktop.services.office.founding import Ground
from tuopin_desktop.services.office.foundingdraft import Draft, SeatDraft
from tuopin_desktop.ui.firststart.window import FirstStart
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.widgets.placing import FRAME


@pytest.fixture(autouse=True)
def disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Room]:
    """A PC with a stick in it."""
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "config"))
    stick, own = tmp_path / "stick", tmp_path
    stick.mkdir()
    every = [
        Room(stick, "E盘　KINGSTON", Drive.REMOVABLE, 14 << 30, same=False),
        Room(own, "D盘", Drive.FIXED, 82 << 30, same=True),
    ]
    monkeypatch.setattr(rooms, "rooms", lambda folder: every)
    return every


def _window(qtbot: QtBot, folder: Path, draft: Draft | None = None, *, movable: bool = False) -> FirstStart:
    first = first_run(folder, draft=draft, movable=movable)
    window = FirstStart(ImmediateRunner(first.ground), first)
    qtbot.addWidget(window)
    window.resize(1366, 728)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> FirstStart:
    return _window(qtbot, tmp_path / "office")


def _people(window: FirstStart, *rows: tuple[str, str, str]) -> None:
    for line, (name, role, password) in zip(window.people.lines, rows, strict=False):
        line.name.setText(name)
        line.choose(role)
        line.password.setText(password)


TWO = (("白音", "both", "zcr7kdm2"), ("其其格", "writer", "hw93xqpt"))


def _to_the_last(window: FirstStart, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.unit.place, "wnt")
    for _ in range(2):
        qtbot.keyClick(window.unit.place, ENTER)
    _people(window, *TWO)
    window.go_on()
    window.go_on()
    assert window.here == 3


def test_a_code_stays_on_its_paper_while_the_office_is_the_same_and_a_void_paper_is_said(
    window: FirstStart, qtbot: QtBot, tmp_path: Path
) -> None:
    _to_the_last(window, qtbot)
    review = window.review
    assert review.paper is not None
    code = review.paper.code
    review.save_to(tmp_path / "恢复码.pdf")
    review.tick.setChecked(True)
    review.step_wanted.emit(2)
    window.go_on()
    assert review.paper.code == code, "another place of the copies does not make the printed paper void"
    assert (review.tick.isChecked(), window.next.isEnabled()) == (True, True)
    review.step_wanted.emit(1)
    _people(window, ("白云", "both", "zcr7kdm2"))
    for _ in range(2):
        window.go_on()
    assert window.here == 3
    assert review.paper.code != code
    assert "作废，请重新打印" in review._outcome.text()
    assert not review.tick.isChecked()


def test_while_the_office_is_founded_no_step_and_no_folder_is_opened(window: FirstStart, qtbot: QtBot) -> None:
    _to_the_last(window, qtbot)
    window._set_busy("正在建立…")
    for step in range(3):
        window.steps.step_wanted.emit(step)
        window.review.step_wanted.emit(step)
    window.review.moved.emit()
    assert (window.here, window.next.isEnabled()) == (3, False)
    assert window.findChildren(QFileDialog) == []
    window._set_busy("")


@pytest.mark.parametrize("typed", ["wnt", "weng", "翁", "150426"])
def test_enter_takes_the_county_that_is_meant_and_the_next_enter_goes_on(
    window: FirstStart, qtbot: QtBot, typed: str
) -> None:
    line = window.unit.place
    assert window.focusWidget() is line
    line.setText(typed)
    line.textEdited.emit(typed)
    qtbot.keyClick(line, ENTER)
    assert (line.text(), line.code(), window.here) == ("翁牛特旗", "150426", 0)
    qtbot.keyClick(line, ENTER)
    assert window.here == 1


def test_what_is_found_lies_over_the_page_and_moves_nothing(window: FirstStart, qtbot: QtBot) -> None:
    popup = window.unit.place._popup
    before = rects(window, but=popup)
    qtbot.keyClicks(window.unit.place, "wnt")
    assert popup.isVisible()
    after = rects(window, but=popup)
    assert {key.partition(" ")[2]: rect for key, rect in before.items()} == {
        key.partition(" ")[2]: rect for key, rect in after.items()
    }
    qtbot.keyClick(window.unit.place, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_a_county_that_is_none_and_a_level_without_its_place_stop_the_first_page(
    window: FirstStart, qtbot: QtBot
) -> None:
    window.go_on()
    assert any("请选派驻旗县" in text for text in words(window))
    qtbot.keyClicks(window.unit.place, "qqqq")
    window.go_on()
    assert any("没有这个派驻旗县" in text for text in words(window))
    window.unit.level.cards["league"].click()
    qtbot.keyClicks(window.unit.place, "cf")
    qtbot.keyClick(window.unit.place, ENTER)
    assert window.unit.place.code() == "1504"
    window.unit.level.cards["region"].click()
    window.go_on()
    assert window.here == 1


def test_an_office_with_two_people_its_code_and_its_stick(window: FirstStart, qtbot: QtBot, disks: list[Room]) -> None:
    _to_the_last(window, qtbot)
    paper = window.review.paper
    assert paper is not None
    assert {"派驻翁牛特旗脱贫攻坚工作总队", "赤峰市、自治区管理办公室", "正式办公", "白音、其其格"} <= set(
        words(window)
    )
    assert not window.next.isEnabled()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(disks[1].root / "code.pdf"))
    window.review.print_on(printer)
    window.review.tick.setChecked(True)
    with qtbot.waitSignal(window.created):
        window.next.click()
    desk = offices.open_desk(disks[1].root / "office", FixedClock(NOON))
    try:
        assert [(row.name, Role.ADMIN in row.roles) for row in users.tiles(desk)] == [("其其格", False), ("白音", True)]
        assert vaults.is_right(desk.folder, vaults.Unlock(code=paper.code))
        assert not recovery.is_lacking(desk)
        assert [one.kind for one in backups.listed_at(disks[0].root / "工作总队备份")] == ["每日"]
    finally:
        desk.close()


def test_who_works_alone_needs_no_password_and_no_place(qtbot: QtBot, tmp_path: Path) -> None:
    window = _window(qtbot, tmp_path / "office")
    with qtbot.waitSignal(window.created):
        found_alone(window, "wnt", "李秀英", qtbot)
    desk = offices.open_desk(tmp_path / "office", FixedClock(NOON))
    try:
        assert not users.sign_in_alone(desk)
        assert desk.who.roles == users.EVERYTHING
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((("", "both", ""),), "请写第一个人的姓名"),
        ((("白音", "both", ""),), "口令太短"),
        ((("白音", "both", "baiyin123"),), "一猜就中"),
        ((("白音", "admin", "zcr7kdm2"),), "还没有经办人"),
        ((("白音", "both", "zcr7kdm2"), ("白音", "writer", "hw93xqpt")), "写了两次"),
        ((("白音", "both", "zcr7kdm2"), ("", "writer", "hw93xqpt")), "是谁的"),
        ((("白音", "both", "zcr7kdm2"), ("其其格", "writer", "abc1")), "其其格：口令太短"),
    ],
)
def test_people_that_are_not_ready_are_said(
    window: FirstStart, qtbot: QtBot, rows: tuple[tuple[str, str, str], ...], sentence: str
) -> None:
    window.unit.place.choose("150426")
    window.go_on()
    _people(window, *rows)
    window.go_on()
    assert window.here == 1
    assert any(sentence in text for text in words(window)), words(window)


def test_the_stick_is_proposed_and_the_same_disk_only_with_its_warning(window: FirstStart, disks: list[Room]) -> None:
    window.open_step(2)
    assert window.place.cards.code() == str(disks[0].root)
    same = window.place.cards.cards[str(disks[1].root)].choice
    assert (same.tone, "暂时" in same.sentence) == ("warn", True)
    del disks[0]  # pulled out
    window.look()
    assert window.place.room == disks[0]


def test_leaving_keeps_the_answers_and_never_a_password_or_the_code(
    window: FirstStart, qtbot: QtBot, tmp_path: Path
) -> None:
    _to_the_last(window, qtbot)
    assert window.review.paper is not None
    code = window.review.paper.code
    with qtbot.waitSignal(window.left):
        window.close()
    kept = b"".join(path.read_bytes() for path in (tmp_path / "config").rglob("*") if path.is_file())
    for secret in ("zcr7kdm2", "hw93xqpt", code, code[:5]):
        assert secret.encode() not in kept
    draft = foundingdraft.kept_for(tmp_path / "office")
    assert (draft.county, draft.seats[1], draft.step) == ("150426", SeatDraft("其其格", "writer"), 3)
    again = _window(qtbot, tmp_path / "office", draft)
    assert again.here == 2
    assert [line.name.text() for line in again.people.lines[:2]] == ["白音", "其其格"]
    assert {line.password.text() for line in again.people.lines} == {""}
    again.open_step(1)
    again.go_on()
    assert again.here == 1, "the passwords are asked again"


def test_the_data_can_lie_elsewhere(qtbot: QtBot, tmp_path: Path) -> None:
    window = _window(qtbot, tmp_path / "office", movable=True)
    window.move_to(tmp_path / "other")
    assert any(str(tmp_path / "other") in text for text in words(window))
    with qtbot.waitSignal(window.created):
        found_alone(window, "wnt", "李秀英", qtbot)
    assert offices.is_office(tmp_path / "other")
    from_now = paths.default_folder()
    assert from_now == tmp_path / "other"


def test_a_copy_comes_back_in_place_of_all_answers(qtbot: QtBot, tmp_path: Path) -> None:
    desk = open_office(tmp_path / "before", clerk="李秀英")
    copy = backups.make(desk).path
    desk.close()
    window = _window(qtbot, tmp_path / "office")
    with qtbot.waitSignal(window.restored) as said:
        window.ways.restore(copy)
    assert "已恢复备份" in said.args[0]
    assert offices.is_office(tmp_path / "office")


def test_a_file_that_is_no_copy_and_no_package_is_refused_and_the_window_stays(
    window: FirstStart, tmp_path: Path
) -> None:
    letter = tmp_path / "通知.db"
    letter.write_text("x")
    window.ways.restore(letter)
    assert window.message.sentence
    assert window.next.isEnabled()
    letter.rename(tmp_path / "通知.zip")
    window.ways.take_package(tmp_path / "通知.zip")
    assert window.here == 0
    assert window.unit.place.code() == ""


def test_nothing_is_cut_off_on_a_small_screen(window: FirstStart) -> None:
    window.resize(1093 - FRAME.width(), 582 - FRAME.height())
    for step in range(4):
        if step == 3:
            window.unit.place.choose("150426")
            window.people.lines[0].name.setText("白音")
        window.open_step(step)
        for one in everything(window, QWidget):
            if one.isVisible() and one.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                assert one.mapTo(window, one.rect().topRight()).x() <= window.width(), one.accessibleName()
                assert one.width() >= min(one.minimumSizeHint().width(), 40), one.accessibleName()


def test_practice_needs_no_code_and_has_its_sample_and_its_tour(qtbot: QtBot, tmp_path: Path) -> None:
    first = first_run(tmp_path / "office", sample=sample.fill)
    window = FirstStart(ImmediateRunner(first.ground), first)
    qtbot.addWidget(window)
    window.show()
    window.unit.use.choose("practice")
    window.unit.place.choose("150426")
    window.go_on()
    window.people.lines[0].name.setText("李秀英")
    window.people.alone.setChecked(True)
    window.go_on()
    window._put_off()
    assert not window.review._card.isVisible()
    with qtbot.waitSignal(window.created):
        window.go_on()
    desk = offices.open_desk(tmp_path / "office", FixedClock(NOON))
    try:
        assert desk.practice
        assert len(desk.store.rows(Person)) == 5
        tour = guide.tour(desk)
        assert tour is not None
        assert tour.here == "find"
    finally:
        desk.close()


def test_a_package_of_the_region_names_the_county_and_what_is_to_be_done_then(
    window: FirstStart, qtbot: QtBot, tmp_path: Path
) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", "150426")
    join(root, county, tmp_path)
    down, up = send(root, "150426", tmp_path / "down"), send(county, "15", tmp_path / "up")
    for desk in (root, county):
        desk.close()
    window.ways.take_package(up)
    assert "不是自治区管理办公室制作的" in window.message.sentence
    assert window.unit.place.code() == ""
    window.ways.take_package(down)
    assert (window.unit.level.code(), window.unit.place.code()) == ("county", "150426")
    with qtbot.waitSignal(window.created) as told:
        window.go_on()
        window.people.lines[0].name.setText("李秀英")
        window.people.alone.setChecked(True)
        window.go_on()
        window._put_off()
        window.review.tick.setChecked(True)
        window.next.click()
    assert "登记卡" in told.args[0]


def test_help_is_at_hand_before_there_is_an_office(window: FirstStart) -> None:
    window.steps.help.click()
    assert window.help is not None
    assert window.help.isVisible()
    assert "恢复码" in window.help.text.toPlainText()
    window.help.close()


def test_a_copy_from_another_pc_asks_for_its_code_and_comes_back(
    window: FirstStart, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Ground(tmp_path / "before", FixedClock(NOON))
    code = founding.code_paper(before, "x", "白音", practice=False).code
    alone = founding.Member("白音", users.EVERYTHING)
    wish = founding.Wish(
        level="county", county="150426", practice=False, members=(alone,), place=None, patient=True, code=code
    )
    founding.establish(before, wish)
    desk = offices.open_desk(before.folder, before.clock)
    users.sign_in_alone(desk)
    copy = backups.make(desk).path
    desk.close()
    vaults.lock(before.folder)
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "another"))
    window.ways.restore(copy)
    assert window.ways.unlocking is not None
    assert not offices.is_office(tmp_path / "office")
    with qtbot.waitSignal(window.restored):
        window.ways.unlock(copy, code)
    assert offices.is_office(tmp_path / "office")
