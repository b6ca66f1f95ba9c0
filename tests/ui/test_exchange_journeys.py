"""Journeys of exchange by hand, with their counts: enrolment, a batch, a gap, an old copy, what the Office decided."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.services.desks import enter
from tests.services.exchangers import (
    COUNTY,
    MORNING,
    NEIGHBOUR,
    REGION,
    copy_of,
    found,
    join,
    names,
    people,
    region,
    restored,
    send,
)
from tests.ui.exchangepages import page_of, states
from tests.ui.hands import words
from tuopin_desktop.domain.exchange.trust import fingerprint, groups, old_fingerprint
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.exchange import packageboard, packages
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office import offices, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.exchange.page import ExchangePage
from tuopin_desktop.ui.pages.exchange.taking import HALF

DOWN, ENTER = Qt.MouseButton.LeftButton, Qt.Key.Key_Return


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region, a county it has authorised, and another that nobody knows yet, made once."""
    folder = tmp_path_factory.mktemp("exchange")
    root, county = region(folder / REGION), found(folder / COUNTY, COUNTY)
    join(root, county, folder / "enrolled")
    with closing(root), closing(county), closing(found(folder / NEIGHBOUR, NEIGHBOUR)):
        return folder


Open = Callable[[str], Desk]


@pytest.fixture
def office(kept: Path, tmp_path: Path) -> Iterator[Open]:
    """Open a copy of one of the offices by its code."""
    with ExitStack() as stack:

        def opened(code: str) -> Desk:
            shutil.copytree(kept / code, tmp_path / code)
            return stack.enter_context(closing(offices.open_desk(tmp_path / code, FixedClock(MORNING))))

        yield opened


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (folder := tmp_path / "U盘").mkdir()
    return folder


class Hand:
    """A clerk before the page, who counts."""

    def __init__(self, page: ExchangePage, qtbot: QtBot) -> None:
        self.page, self.clicks = page, 0
        with qtbot.waitActive(page):
            page.resize(1190, 690)
            page.show()
            page.activateWindow()

    def click(self, button: QAbstractButton) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, DOWN)
        self.clicks += 1

    def press(self, key: Qt.Key) -> None:
        focus = self.page.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    def type(self, digits: str) -> None:
        for digit in digits:
            focus = self.page.focusWidget()
            assert focus is not None
            QTest.keyClicks(focus, digit)


def number(desk: Desk) -> str:
    return fingerprint(stations.card(desk).sign)


def test_enrolment_and_the_first_package_take_six_clicks_and_no_typing_but_the_number(
    office: Open, stick: Path, qtbot: QtBot
) -> None:
    root, county = office(REGION), office(NEIGHBOUR)
    ours = Hand(page_of(county, stick, qtbot), qtbot)
    ours.click(ours.page.trusting.go)  # the card
    theirs = Hand(page_of(root, stick, qtbot), qtbot)
    theirs.page.tabs.setCurrentIndex(2)
    theirs.clicks += 1
    theirs.page.take_keyboard()
    theirs.type(number(county))
    theirs.click(theirs.page.trusting.go)
    ours.page.stick.changed.emit(stick)
    ours.page.trusting.take_keyboard()
    ours.type(number(root))
    ours.click(ours.page.trusting.go)
    ours.click(ours.page.trusting.welcome)  # the authorisation
    assert stations.authorised(county)
    ours.click(ours.page.transfer.out.make)
    assert "可以拔出" in ours.page.message.sentence
    assert [path.name for path in stick.glob("*报自治区*")] == ["阿鲁科尔沁旗报自治区第1包.zip"]
    assert (ours.clicks, theirs.clicks) == (4, 2)


def test_both_sides_finish_with_keys_alone_many_counties_one_after_the_other(
    office: Open, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    root, county = office(REGION), office(NEIGHBOUR)
    with closing(found(tmp_path / "third", "150423")) as third:
        ours = Hand(page_of(county, stick, qtbot), qtbot)
        ours.page.take_keyboard()
        ours.press(ENTER)
        stations.write_card(third, stick)
        theirs = Hand(page_of(root, stick, qtbot), qtbot)
        theirs.page.tabs.setCurrentIndex(2)
        theirs.page.take_keyboard()
        for _ in range(2):
            card = theirs.page.trusting.card
            assert card is not None
            assert card.card is not None
            theirs.type(fingerprint(card.card.sign))
            theirs.press(ENTER)
            assert theirs.page.focusWidget() is theirs.page.trusting.go, "Enter in the last box goes to the button"
            theirs.press(ENTER)
        assert len(stations.listed(root)) == 4
        assert {one.office for one in stations.listed(root)} == {REGION, COUNTY, NEIGHBOUR, "150423"}
        ours.page.stick.changed.emit(stick)
        ours.page.activateWindow()
        ours.page.take_keyboard()
        ours.type(number(root))
        ours.press(ENTER)
        ours.press(ENTER)
        ours.page.take_keyboard()
        ours.press(ENTER)
        assert stations.authorised(county)


def test_with_only_the_own_card_nothing_is_listed_and_the_step_says_what_is_awaited(
    office: Open, stick: Path, qtbot: QtBot
) -> None:
    for code in (NEIGHBOUR, REGION):
        desk = office(code)
        stations.write_card(desk, stick)
        page = page_of(desk, stick, qtbot)
        assert page.trusting.cards.rows_model.rows == (), "W31"
        page.trusting.steps.look.emit(2)
        awaited = "U盘上还没有自治区办公室的登记卡" if code == NEIGHBOUR else "等旗县把登记卡送来"
        assert any(text.startswith(awaited) for text in words(page.trusting))
        for path in stick.iterdir():
            path.unlink()


@pytest.mark.parametrize("old", [False, True], ids=["digits", "the hexadecimal of an earlier version"])
def test_seven_right_groups_and_a_wrong_one_all_stay_and_the_wrong_one_is_named(
    office: Open, stick: Path, qtbot: QtBot, *, old: bool
) -> None:
    root, county = office(REGION), office(NEIGHBOUR)
    stations.write_card(county, stick)
    page = page_of(root, stick, qtbot)
    card = stations.card(county)
    from_card = groups((old_fingerprint if old else fingerprint)(card.sign))
    typed = [*from_card[:4], "0000" if from_card[4] != "0000" else "1111", *from_card[5:]]
    boxes = page.trusting.theirs
    for box, group in zip(boxes.boxes, typed, strict=True):
        box.setText(group)
        box.textEdited.emit(group)
    assert [box.text() for box in boxes.boxes] == typed, "W32"
    assert boxes.wrong == [5]
    assert any("第5组和U盘上的登记卡不同" in text for text in words(page.trusting))
    assert not page.trusting.go.isEnabled()
    boxes.boxes[4].setText(from_card[4])
    boxes.boxes[4].textEdited.emit(from_card[4])
    page.trusting.go.click()
    assert len(stations.listed(root)) == 3


def test_a_batch_is_taken_in_and_undone_whole_and_no_receipt_stays_in_sight(
    office: Open, stick: Path, qtbot: QtBot
) -> None:
    root, county = office(REGION), office(COUNTY)
    for name in ("谢海", "乌云", "李明"):
        people(county, name)
        send(county, REGION, stick)
    (stick / "拷坏的.zip").write_bytes(next(stick.iterdir()).read_bytes()[:-9])
    hand = Hand(page_of(root, stick, qtbot), qtbot)
    page, tray = hand.page, hand.page.transfer.tray
    assert [tray.packages.verdict(row) for row in tray.packages.rows_model.rows] == ["可收"] * 3 + ["不能用"]
    tray.packages.select(str(tray.packages.rows_model.rows[0].path))
    assert "新增人员：谢海" in tray._words.toPlainText()
    assert names(root) == [], "W34"
    hand.click(tray.take)
    assert names(root) == ["乌云", "李明", "谢海"]
    assert hand.clicks == 1
    codes = [one.code for one in packageboard.receipts(root)]
    assert len(codes) == 3
    assert all(code in tray._account.toPlainText() for code in codes)
    hand.click(tray.undo)
    assert page.asked is not None
    assert "翁牛特旗第3包" in page.asked.text()
    page.asked.buttons()[0].click()
    assert names(root) == []
    seen = "\n".join([*words(page), *page.message.sentences, tray._account.toPlainText(), tray._words.toPlainText()])
    cells = [str(page.receipts.table.model().index(row, column).data()) for row in range(3) for column in range(7)]
    assert not any(code in text for code in codes for text in [seen, *cells]), "W35"
    assert [tray.packages.verdict(row) for row in tray.packages.rows_model.rows] == ["可收"] * 3 + ["不能用"]


def test_a_batch_that_was_stopped_says_which_packages_are_whole(office: Open, stick: Path, qtbot: QtBot) -> None:
    root, county = office(REGION), office(COUNTY)
    people(county, "甲")
    packages_of = [send(county, REGION, stick) for _ in range(2)]
    page = page_of(root, stick, qtbot)
    page._begin("正在收下", HALF)
    packages.take(root, packages_of[0])  # it was through when the stop was heard
    page._cancel()
    assert page.message.sentence.startswith("已停下：翁牛特旗第1包已经收下，是完整的，其余没有收")


def test_what_is_put_into_the_folder_is_seen_once_it_has_stopped_growing(
    office: Open, stick: Path, qtbot: QtBot
) -> None:
    root, county = office(REGION), office(COUNTY)
    page = page_of(root, stick, qtbot)
    page.stick.look()
    people(county, "谢海")
    (path,) = [send(county, REGION, stick)]
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    page.stick.look()
    assert states(page) == []
    path.write_bytes(whole)
    page.stick.look()
    assert states(page) == [], "it may still be growing"
    page.stick.look()
    assert states(page) == ["new"]


def test_a_gap_is_told_and_the_sender_asked_by_one_button(
    office: Open, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    root, county = office(REGION), office(COUNTY)
    for name in ("甲", "乙"):
        people(county, name)
        taken = packages.take(root, send(county, REGION, tmp_path / name))
        packageboard.acknowledge(county, taken.receipt)
    packages.undo(root)
    people(county, "丙")
    send(county, REGION, stick)
    page = page_of(root, stick, qtbot)
    tray = page.transfer.tray
    (row,) = tray.packages.rows_model.rows
    assert tray.packages.verdict(row) == "缺第2包"
    assert not tray.take.isEnabled()
    assert tray.try_.text() == "请对方从头重发…"
    tray.try_.click()
    assert page.asked is not None
    page.asked.buttons()[0].click()
    (request,) = [path for path in stick.iterdir() if path.name.startswith("自治区发")]
    packages.take(county, request)
    packages.take(root, send(county, REGION, tmp_path / "again"))
    assert names(root) == ["丙", "乙", "甲"]


@pytest.mark.parametrize("joined", [True, False], ids=["since its authorisation", "from before its authorisation"])
def test_a_county_restored_from_an_old_copy_heals_by_buttons_alone(
    office: Open, stick: Path, tmp_path: Path, qtbot: QtBot, *, joined: bool
) -> None:
    root = office(REGION)
    county = found(tmp_path / "county", COUNTY) if not joined else office(COUNTY)
    stations.card(county)
    people(county, "早")
    old = copy_of(county, tmp_path / "old.db")
    if not joined:
        join(root, county, tmp_path / "enrol")
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path / "up"))
    packages.take(county, send(root, COUNTY, tmp_path / "down"))
    county = restored(county, old)
    with closing(county):
        people(county, "后")
        ours, theirs = page_of(county, stick, qtbot), page_of(root, stick, qtbot)
        if not joined:
            assert ours.tabs.currentIndex() == 2
            assert any("恢复到了授权以前" in text for text in words(ours.trusting))
            ours.trusting.steps.look.emit(2)
            ours.trusting.theirs.paste(number(root))
            ours.trusting.go.click()
        theirs.transfer.out.board.select(COUNTY)
        theirs.transfer.out.all.trigger()
        assert theirs.asked is not None
        theirs.asked.buttons()[0].click()
        ours.stick.changed.emit(stick)
        (ours.transfer.tray.take if joined else ours.trusting.welcome).click()
        assert stations.authorised(county)
        assert names(county) == ["后", "早", "甲"], "W37"
        ours.transfer.out.make.click()
        theirs.stick.changed.emit(stick)
        theirs.transfer.tray.take.click()
        assert names(root) == ["后", "早", "甲"]


def test_what_the_office_decided_is_not_undone_by_a_countys_package_and_is_listed(
    office: Open, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    root, county = office(REGION), office(COUNTY)
    posting, day = enter(county, "王海", "leader"), date(2018, 6, 4)
    slip = msgspec.structs.replace(
        leave.draft(county, posting.id, day), place="赤峰市", period="2018-06-05am/2018-06-08pm", reason="开会"
    )
    leave.save(county, slip)
    leavedesk.sign(county, slip.id, "secretary", "白音", day)
    packages.take(root, send(county, REGION, tmp_path / "up"))
    leavedesk.sign(root, slip.id, "office", "某主任", day, verdict="refused", text="工作需要")
    leavedesk.sign(county, slip.id, "office", "某主任", day)  # it has not heard yet
    send(county, REGION, stick)
    page = page_of(root, stick, qtbot)
    tray = page.transfer.tray
    (row,) = tray.packages.rows_model.rows
    assert tray.packages.verdict(row) == "可收，不一致1"
    tray.take.click()
    (open_one,) = page.quarrels.table.rows_model.rows
    assert "以办公室的决定为准" in open_one.why, "W36"
    assert page.tabs.tabText(1) == "两边不一致 1"
    assert leavedesk.story(root, slip.id)[0].chain.paper is Paper.REFUSED


def test_chips_sum_to_all_and_choose_their_rows(office: Open, qtbot: QtBot) -> None:
    page = page_of(office(REGION), None, qtbot)
    out = page.transfer.out
    counts = {code: int(chip.text().rpartition(" ")[2]) for code, chip in out.chips.buttons.items()}
    assert counts.pop("all") == sum(counts.values()) == 57
    for code, count in counts.items():
        out.chips.choose(code)
        assert len(out.board.rows_model.rows) == count


def test_sticks_are_written_one_after_the_other_each_when_it_is_there(
    office: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    root = office(REGION)
    with closing(found(tmp_path / "b", NEIGHBOUR)) as other:
        stations.enrol(root, stations.card(other), number(other))
    first, second = tmp_path / "一", tmp_path / "二"
    for folder in (first, second):
        folder.mkdir()
    page = page_of(root, first, qtbot)
    assert page.transfer.out.each.isVisible()
    page.transfer.out.each.trigger()
    assert len(list(first.iterdir())) == 1
    assert "请插入翁牛特旗的U盘（还有1个）" in page.message.sentence
    page.stick.choose(second)
    assert list(second.iterdir()) == []
    toast = page.message.newest
    assert toast is not None
    next(one for one in toast.buttons if one.text() == "写到这个U盘").click()
    assert [path.name for path in second.iterdir()] == ["自治区发翁牛特旗第3包.zip"]
    assert "全部写完了" in page.message.sentence
    assert {one.state.value for one in page.transfer.out.board.rows_model.rows if one.stations} == {"已制作待回执"}
