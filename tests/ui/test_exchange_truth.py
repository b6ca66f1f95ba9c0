"""What the exchange page says is what stands: undone, cancelled too late, closed, zipped by a courier, sent anew."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.exchangers import COUNTY, REGION, found, join, names, people, region, send
from tests.ui.exchangepages import page_of, states
from tests.ui.hands import words
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import stations
from tuopin_desktop.services.office.desk import Desk


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


def test_what_a_courier_zipped_or_renamed_is_listed_with_what_to_do(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """Nothing was shown: the clerk stood before an empty list."""
    join(root, county, tmp_path)
    good = send(county, REGION, tmp_path / "up")
    with zipfile.ZipFile(stick / "上报.zip", "w") as archive:
        archive.write(good, good.name)
    (stick / "翁牛特旗7月.ZIP").write_bytes(good.read_bytes())
    with zipfile.ZipFile(stick / "照片.zip", "w") as archive:
        archive.writestr("1.jpg", b"x")
    card = stations.write_card(county, tmp_path / "card")
    (stick / "旗里的卡.json").write_bytes(card.read_bytes())
    page = page_of(root, stick, qtbot)
    rows = {item.path.name: item for item in page.transfer.tray.packages.rows_model.rows}
    assert {name: item.state for name, item in rows.items()} == {"上报.zip": "bad", "翁牛特旗7月.ZIP": "new"}
    assert "请先解压" in rows["上报.zip"].why
    assert [item.path.name for item in page.trusting.cards.rows_model.rows] == ["旗里的卡.json"]
    page.try_(stick / "上报.zip")
    assert "请先解压，再选里面的数据包" in page.message.sentence


def test_an_undone_import_leaves_no_receipt_to_be_read_out(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """Read out, it would make the county believe itself confirmed."""
    join(root, county, tmp_path)
    people(county, "甲")
    send(county, REGION, stick)
    page = page_of(root, stick, qtbot)
    page.transfer.tray.try_.click()
    page.transfer.tray.confirm.click()
    assert any("请在电话中念出回执" in text for text in words(page.transfer))
    code = page.transfer.tray._code.text()
    assert code.startswith("0001-")
    page.take_back()
    assert page.transfer.tray._inside.currentIndex() == 0
    assert not any(code in text or "请在电话中念出" in text for text in words(page.transfer))
    assert code not in page.transfer.tray._account.toPlainText()
    assert code not in page._state.text()
    assert "已撤销翁牛特旗第1包" in page.message.sentence
    assert code not in page.message.sentence, "W35"
    assert "回执已作废" in page.message.sentence


def test_everything_is_sent_anew_from_the_window_after_an_explanation(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    join(root, county, tmp_path)
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path))
    packages.take(county, send(root, COUNTY, tmp_path))
    packages.take(root, send(county, REGION, tmp_path))
    page = page_of(root, stick, qtbot)
    page._ask_whole([])
    assert "请先在左边选中要下发的单位" in page.message.sentence
    page.transfer.out.board.select(COUNTY)
    page.transfer.out.all.trigger()
    assert page.asked is not None
    assert "翁牛特旗" in page.asked.text()
    assert "登记自治区办公室的核对号码" in page.asked.text()
    page.asked.buttons()[0].click()
    assert "可以拔出" in page.message.sentence
    (made,) = stick.glob("*.zip")
    assert packages.rehearse(county, made).outcome.again > 3


def test_receipts_stand_in_their_list_by_office_with_their_time(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    join(root, county, tmp_path)
    people(county, "甲")
    taken = packages.take(root, send(county, REGION, tmp_path))
    page = page_of(root, stick, qtbot)
    (row,) = (one for one in page.receipts.table.rows_model.rows if one.given)
    assert (row.code, row.when) == (taken.receipt, "2018-06-04 17:00")
    page.receipts.office.setCurrentIndex(page.receipts.office.findData(COUNTY))
    shown = page.receipts.table.rows_model.rows
    assert row in shown
    assert {one.office for one in shown} == {COUNTY}
    assert [one.how for one in shown if not one.given] == ["随对方第1号包"]
    page.take_back()
    assert [one.stands for one in page.receipts.table.rows_model.rows] == [False, False]


def test_a_cancelling_that_came_too_late_does_not_say_that_nothing_was_written(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    join(root, county, tmp_path)
    people(county, "甲")
    package = send(county, REGION, tmp_path)
    page = page_of(root, stick, qtbot)
    page._cancel()
    assert "什么也没有写入" in page.message.sentence
    packages.take(root, package)  # it was through before it heard of the cancelling
    page._cancel()
    assert "取消得晚了" in page.message.sentence
    assert "翁牛特旗第1包已经收下" in page.message.sentence


def test_scans_taken_before_a_cancelling_are_said_to_stay(root: Desk, stick: Path, qtbot: QtBot) -> None:
    page = page_of(root, stick, qtbot)
    page.take_scans(stick / "tuopin-scans.zip")
    page._cancel()
    assert page.message.sentence == "已取消，已经收好的扫描件保留；再收一次，只补没有收的。"
    page.try_(stick / "tuopin.zip")
    page._cancel()
    assert page.message.sentence == "已取消，什么也没有写入。"


def test_a_closed_pcs_package_is_taken_in_and_said_not_to_count(
    root: Desk, county: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    join(root, county, tmp_path)
    stations.revoke(root, county.store.identity.station, "电脑丢失")
    people(county, "甲")
    send(county, REGION, stick)
    page = page_of(root, stick, qtbot)
    assert states(page) == ["idle"]
    (row,) = page.transfer.tray.packages.rows_model.rows
    page.try_(row.path)
    assert "收下但不计入" in page.transfer.tray._account.toPlainText()
    page.transfer.tray.confirm.click()
    assert any("停用以后送来的内容不计入" in text for text in words(page.transfer))
    assert "收下但不计入" in page.message.sentence
    assert names(root) == []


def test_a_rehearsal_that_answers_late_leaves_the_line_of_what_is_taken_in(
    root: Desk, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(root, stick, qtbot)
    answers: list[Callable[[list[object]], None]] = []
    monkeypatch.setattr(page.asker, "ask_long", lambda *_, then, **__: answers.append(then))
    running = page.transfer.tray.running
    page.rehearse_all([stick / "a.zip"])
    page.take_all([stick / "a.zip"])
    page.rehearse_all([stick / "a.zip"])
    answers[0]([])
    answers[2]([])
    assert not running.isHidden()
