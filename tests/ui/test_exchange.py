"""Exchange in the window: enrolment, two clicks to 可以拔出, a rehearsal before anything is written, undo."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.services.exchangers import (
    COUNTY,
    LEAGUE,
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
from tests.ui.hands import everything, words
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.records import Meeting, Person
from tuopin_desktop.services.exchange import packages, scanpackages
from tuopin_desktop.services.office import clocks, offices, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    desk = region(tmp_path / "15")
    yield desk
    desk.close()


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    desk = found(tmp_path / "county", COUNTY)
    yield desk
    desk.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


def test_a_new_office_is_told_how_to_be_enrolled_and_cannot_send(county: Desk, stick: Path, qtbot: QtBot) -> None:
    page = page_of(county, stick, qtbot)
    assert not page.transfer.out.make.isEnabled()
    assert any("还没有自治区办公室的授权" in text for text in words(page))
    assert page.tabs.currentIndex() == 2, "nothing else can be done yet"
    assert page.trusting.own.is_whole
    assert [len(box.text()) for box in page.trusting.own.boxes] == [4] * 8


def test_the_region_is_told_to_begin_not_to_wait_for_itself(tmp_path: Path, stick: Path, qtbot: QtBot) -> None:
    with closing(found(tmp_path / "new", REGION)) as desk:
        page = page_of(desk, stick, qtbot)
        said = words(page)
        assert not any("还没有自治区办公室的授权" in text for text in said)
        assert sum("自治区办公室的第一台电脑" in text for text in said) >= 2


def test_enrolment_by_stick_and_telephone(root: Desk, county: Desk, stick: Path, qtbot: QtBot) -> None:
    ours, theirs = page_of(county, stick, qtbot), page_of(root, stick, qtbot)
    ours.trusting.carded.emit()
    assert "可以拔出" in ours.message.sentence
    theirs.stick.changed.emit(stick)
    theirs.trusting.theirs.paste("0000 0000 0000 0000 0000 0000 0000 0000")
    assert not theirs.trusting.go.isEnabled()
    assert theirs.trusting.theirs.wrong == list(range(1, 9))
    theirs.trusting.theirs.paste(fingerprint(stations.card(county).sign))
    theirs.trusting.go.click()
    assert [seat.office for seat in theirs.trusting.seats.seats.rows_model.rows] == [REGION, COUNTY]
    assert "已写回U盘" in theirs.message.sentence
    ours.stick.changed.emit(stick)
    ours.trusting.theirs.paste(fingerprint(stations.card(root).sign))
    ours.trusting.go.click()
    ours.trusting.welcome.click()
    assert stations.authorised(county)
    assert ours.transfer.out.make.isEnabled()


def test_one_click_writes_the_package_and_says_that_the_stick_may_be_pulled(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    join(root, county, tmp_path)
    people(county, "甲", "乙")
    page = page_of(county, stick, qtbot)
    page.transfer.out.make.click()
    assert "可以拔出" in page.message.sentence
    (made,) = stick.glob("*.zip")
    assert packages.take(root, made).outcome.new >= 2
    assert states(page) == ["own"]


def test_nothing_is_written_before_the_rehearsal_is_confirmed(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    join(root, county, tmp_path)
    people(county, "甲", "乙")
    send(county, REGION, stick)
    page = page_of(root, stick, qtbot)
    assert states(page) == ["new"]
    page.transfer.tray.try_.click()
    assert "人员：新记录2个" in page.transfer.tray._account.toPlainText()
    assert names(root) == []
    page.transfer.tray.confirm.click()
    assert names(root) == ["乙", "甲"]
    assert any("请在电话中念出回执" in text for text in words(page.transfer))
    assert states(page) == ["taken"]
    page.transfer.tray.undo.click()
    assert page.asked is not None
    assert "（翁牛特旗第1包）" in page.asked.text()
    page.asked.buttons()[0].click()
    assert names(root) == []
    assert states(page) == ["new"]


def test_a_damaged_file_and_another_offices_package_are_said_in_their_rows(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    join(root, county, tmp_path)
    good = send(county, REGION, stick)
    bad = stick / "tuopin-x.zip"
    bad.write_bytes(good.read_bytes()[:-9])
    page = page_of(county, stick, qtbot)
    assert sorted(states(page)) == ["bad", "own"]
    page.try_(bad)
    assert "没有通过检查" in page.message.sentence
    assert names(county) == []


def test_a_pulled_stick_is_one_sentence_and_the_list_is_empty(county: Desk, stick: Path, qtbot: QtBot) -> None:
    page = page_of(county, stick, qtbot)
    stick.rmdir()
    page._look(stick)
    assert "U盘可能已拔出" in page.message.sentence
    assert states(page) == []


def test_a_receipt_by_telephone_closes_the_loop(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    join(root, county, tmp_path)
    people(county, "甲")
    taken = packages.take(root, send(county, REGION, stick))
    page = page_of(county, stick, qtbot)
    assert [row.state.value for row in page.transfer.out.board.rows_model.rows] == ["已制作待回执"]
    page.transfer.out.heard.setText(taken.receipt)
    page.transfer.out.hearing.take()
    assert "以后不再重复发送" in page.message.sentence
    assert [row.unsent for row in page.transfer.out.board.rows_model.rows] == [0]
    page.transfer.out.heard.setText("0001-XXXX-YYYY")
    page.transfer.out.hearing.take()
    assert "没有与回执码" in page.message.sentence


def test_both_values_of_a_conflict_stand_side_by_side_and_one_is_chosen(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    join(root, county, tmp_path)
    (one,) = people(county, "甲")
    packages.take(root, send(county, REGION, stick))
    for desk, name in ((county, "甲县"), (root, "甲区")):
        person = desk.store.get(Person, one)
        assert person is not None
        registers.save(desk, msgspec.structs.replace(person, name=name))
    packages.take(root, send(county, REGION, stick))
    page = page_of(root, stick, qtbot)
    (row,) = page.quarrels.table.rows_model.rows
    assert {row.kept, row.lost} == {"甲县", "甲区"}
    assert (row.office, row.person) == (offices.called(row.id.split("/")[0]), row.kept), "whose it is, and about whom"
    lost = row.lost
    page.quarrels.table.select(f"{row.kind} {row.id} {row.field}")
    page.quarrels.settle(lost=True)
    assert names(root) == [lost]
    assert page.quarrels.table.rows_model.rows == ()


def test_practice_and_real_data_never_meet(tmp_path: Path, stick: Path, county: Desk, qtbot: QtBot) -> None:
    practice = region(tmp_path / "practice", practice=True)
    stations.write_card(county, stick)
    page = page_of(practice, stick, qtbot)
    page.trusting.theirs.paste(fingerprint(stations.card(county).sign))
    page.trusting.go.click()
    assert "练习数据与正式数据" in page.message.sentence
    practice.close()


def test_a_station_is_closed_with_its_reason(root: Desk, county: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    join(root, county, tmp_path)
    page = page_of(root, None, qtbot)
    page.trusting.seats.seats.select(county.store.identity.station)
    page.trusting.seats._close()
    assert "请填写停用原因" in page.message.sentence
    page.trusting.seats.reason.setText("电脑丢失")
    page.trusting.seats._close()
    (box,) = everything(page, QMessageBox)
    next(one for one in everything(box, QPushButton) if one.text() == "停用").click()
    assert [seat.closed for seat in stations.listed(root)] == [False, True]


def test_a_clock_behind_what_was_written_is_said_with_both_times(root: Desk) -> None:
    people(root, "甲")
    assert clocks.warning(root) == ""
    root.clock.moment = root.clock.moment.replace(year=2017)  # type: ignore[attr-defined]  # the tests' fixed clock
    said = clocks.warning(root)
    assert "2017-06-04" in said
    assert "2018-06-04" in said


def test_scans_go_along_when_ticked_and_are_taken_in_from_the_stick(
    root: Desk, county: Desk, stick: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    join(root, county, stick)
    photo = tmp_path / "纪要.png"
    Image.new("L", (60, 40), 200).save(photo)
    meeting = registers.save(
        county, Meeting(id=registers.new_id(county), type="analysis", county=COUNTY, held=date(2018, 6, 4))
    )
    recordfiles.attach(county, "meeting", meeting.id, recordfiles.read([photo]))
    sender = page_of(county, stick, qtbot)
    sender.transfer.out.scans.setChecked(True)
    sender.send([REGION])
    assert "扫描件1份" in sender.message.sentence
    taker = page_of(root, stick, qtbot)
    rows = [item for item in taker.transfer.tray.packages.rows_model.rows if item.state == "new"]
    data, scans = sorted(rows, key=lambda item: item.scans)
    assert scans.name.endswith("（扫描件）")
    taker.take(data.path)
    taker.transfer.tray.look_at(scans)
    assert "新收1份" in taker.message.sentence
    assert scanpackages.lacking(root) == []


def test_where_a_copied_pc_left_two_versions_the_regions_is_followed_after_a_question(
    root: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    league, county = found(tmp_path / "1504", LEAGUE), found(tmp_path / "c", COUNTY)
    for desk in (league, county):
        join(root, desk, tmp_path)
    packages.take(league, send(root, LEAGUE, tmp_path))
    packages.take(county, send(root, COUNTY, tmp_path))
    people(county, "甲")
    county.close()
    shutil.copytree(tmp_path / "c", tmp_path / "copy")
    clone = offices.open_desk(tmp_path / "copy", county.clock)
    county = offices.open_desk(tmp_path / "c", county.clock)
    people(county, "乙")
    people(clone, "丙")
    packages.take(league, send(county, LEAGUE, tmp_path / "one"))
    packages.take(root, send(clone, REGION, tmp_path / "two"))
    down = packages.make(root, LEAGUE, tmp_path / "down", everything=True)[0].path
    page = page_of(league, tmp_path / "down", qtbot)
    page.try_(down)
    assert page.asked is not None
    assert names(league) == ["乙", "甲"]
    page.asked.buttons()[0].click()
    assert names(league) == ["丙", "甲"]
    assert "放下本机原存的另一个版本1条" in page.transfer.tray._account.toPlainText()
    for desk in (league, county, clone):
        desk.close()


def test_what_an_old_copy_lacks_is_waited_for_until_the_clerk_says_otherwise(
    root: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    county = found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path))
    packages.take(county, send(root, COUNTY, tmp_path))
    snapshot = copy_of(county, tmp_path / "snapshot.db")
    people(county, "乙")
    send(county, REGION, tmp_path / "lost")
    county = restored(county, snapshot)
    people(county, "丁")
    page = page_of(county, tmp_path, qtbot)
    assert page.transfer.out.no_wait.isVisible()
    page.transfer.out.no_wait.trigger()
    assert page.asked is not None
    page.asked.buttons()[0].click()
    assert "还没有答复" in page.message.sentence
    packages.take(root, send(county, REGION, tmp_path))
    packages.take(county, send(root, COUNTY, tmp_path))
    page.transfer.out.no_wait.trigger()
    page.asked.buttons()[0].click()
    assert "已不再等待" in page.message.sentence
    assert not page.transfer.out.no_wait.isVisible()
    county.close()


def test_a_key_that_does_not_open_is_asked_about_once_and_replaced_on_yes(
    root: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, when its user was set up anew."""
    with closing(found(tmp_path / "a", COUNTY)) as desk:
        join(root, desk, tmp_path / "stick")
        before = desk.store.identity.station
        (desk.folder / stations.FILE).write_bytes(b"{}")
        page = page_of(desk, None, qtbot)
        asked = page.key_question
        assert asked is not None
        assert "换用新密钥" in asked.text()
        page.refresh()
        assert page.key_question is asked, "once is enough"
        next(one for one in asked.buttons() if one.text() == "换用新密钥").click()
        assert desk.store.identity.station != before
        assert "带登记卡" in page.message.sentence
