"""The menu of a month by hand: closing with gaps confirmed, reopening, correcting, books on the screen, keying back."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.documents.conftest import by_pdfplumber
from tests.services.closings import key
from tests.services.desks import enter, open_office
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.records import Attendance, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.attendance.keyback import KeybackDialog
from tuopin_desktop.ui.pages.attendance.monthdialogs import BookDialog, CloseDialog, CorrectDialog, ReopenDialog
from tuopin_desktop.ui.pages.attendance.monthmenu import MonthMenu
from tuopin_desktop.ui.paper.printing import printer_for
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.page import PageContext

JUNE = "2018-06"


class Window:
    """A window with nothing but the menu."""

    def __init__(self, desk: Desk, qtbot: Any, county: str = "") -> None:
        self.desk = desk
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        self.message = Toasts(self.widget)
        self.kept = 0
        self.chosen = ("", 1)
        context = PageContext(ImmediateRunner(desk), office_of(desk), self.message, self.widget)
        self.menu = MonthMenu(context, lambda: (JUNE, county), lambda: self.chosen, self._keep)

    def _keep(self) -> None:
        self.kept += 1

    def dialog(self, kind: type[Any]) -> Any:
        assert isinstance(self.menu.dialog, kind)
        return self.menu.dialog


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "office", clerk="包图雅")
    yield desk
    desk.close()


@pytest.fixture
def posting(desk: Desk) -> Posting:
    posting = enter(desk, "张三", "leader")
    key(desk, posting, JUNE, d30="")
    assert isinstance(desk.clock, FixedClock)
    desk.clock = FixedClock(datetime(2018, 7, 2, 9, 0))
    return posting


@pytest.fixture
def window(desk: Desk, posting: Posting, qtbot: Any) -> Iterator[Window]:
    made = Window(desk, qtbot)
    yield made
    if made.menu.dialog is not None:
        made.menu.dialog.accept()


def test_closing_shows_what_is_missing_and_wants_its_number(window: Window, desk: Desk) -> None:
    window.menu.close.trigger()
    dialog = window.dialog(CloseDialog)
    assert window.kept == 1
    assert "未登记：张三 2个半天未登记：30日" in dialog.summary.toPlainText()
    dialog.yes.click()
    assert "请确认缺2个半天后结账" in dialog.message.sentence
    assert closing.standing_close(desk, JUNE) is None
    dialog.gaps.setValue(2)
    dialog.yes.click()
    assert closing.standing_close(desk, JUNE) is not None
    assert window.message.sentence == "2018年6月考勤已结账，1人的数字已冻结"
    assert window.menu.dialog is None


def test_a_month_that_cannot_be_closed_says_why_at_once(window: Window, desk: Desk) -> None:
    closing.close(desk, JUNE, gaps=2)
    window.menu.close.trigger()
    dialog = window.dialog(CloseDialog)
    assert "已于2018-07-02由包图雅结账" in dialog.message.sentence
    assert not dialog.yes.isEnabled()


def test_reopening_asks_for_a_reason(window: Window, desk: Desk) -> None:
    window.menu.reopen.trigger()
    assert "没有结账，无须重新打开" in window.message.sentence
    closing.close(desk, JUNE, gaps=2)
    window.menu.reopen.trigger()
    dialog = window.dialog(ReopenDialog)
    dialog.yes.click()
    assert "请写明重新打开的原因" in dialog.message.sentence
    dialog.reason.setText("漏登一天")
    dialog.yes.click()
    assert closing.standing_close(desk, JUNE) is None


def test_a_day_is_corrected_and_its_slip_shown(window: Window, desk: Desk, posting: Posting, tmp_path: Path) -> None:
    window.menu.correct.trigger()
    assert "还没有结账，请直接在表中修改" in window.message.sentence
    closing.close(desk, JUNE, gaps=2)
    window.chosen = (posting.id, 30)
    window.menu.correct.trigger()
    dialog = window.dialog(CorrectDialog)
    assert (dialog.person.currentData(), dialog.day.value()) == (posting.id, 30)
    assert dialog.stands.text() == "上午未登记，下午未登记"
    dialog.yes.click()
    assert "请填写“更正原因”" in dialog.message.sentence
    dialog.reason.setText("补交签到簿")
    dialog.yes.click()
    (made,) = closing.corrections(desk)
    assert (made.day, made.after, made.reason) == (date(2018, 6, 30), "vw/vw", "补交签到簿")
    shown = window.dialog(BookDialog)
    assert shown.windowTitle() == "考勤更正单 2018-0001"
    shown._save(tmp_path / "单.pdf")
    assert (tmp_path / "单.pdf").read_bytes().startswith(b"%PDF")
    assert "已保存“" in shown.message.sentence


@pytest.mark.parametrize("blank", [False, True])
def test_a_book_is_shown_and_saved_as_either_file(window: Window, tmp_path: Path, *, blank: bool) -> None:
    (window.menu.blank if blank else window.menu.book).trigger()
    shown = window.dialog(BookDialog)
    assert shown.windowTitle().endswith("2018年6月考勤簿")
    shown.grab()
    for name, start in (("簿.pdf", b"%PDF"), ("簿.xlsx", b"PK")):
        shown._save(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(start)
    shown.accept()
    assert window.menu.dialog is None


def test_a_lying_sheet_is_printed_on_turned_paper(window: Window) -> None:
    window.menu.book.trigger()
    shown = window.dialog(BookDialog)
    page = printer_for(shown._pages.sheets[0], "簿").pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    assert (round(page.width()), round(page.height())) == (297, 210)


def test_a_page_is_keyed_heads_down_and_what_differs_is_held_back(window: Window, desk: Desk, posting: Posting) -> None:
    window.menu.keyback.trigger()
    dialog = window.dialog(KeybackDialog)
    assert dialog.name.text() == "1/1　张三（队长）"
    QTest.keyClicks(dialog.halves[0], "q" * 30)
    assert dialog.reached[0].text() == f"30/30　{'○' * 30}"
    QTest.keyClick(dialog.halves[0], Qt.Key.Key_Return)
    QTest.keyClicks(dialog.halves[1], "5" * 29 + "-")
    for box, words in zip(dialog.totals, ("29", "", "", "", ""), strict=True):
        QTest.keyClicks(box, words)
    QTest.keyClick(dialog.totals[-1], Qt.Key.Key_Return)
    assert dialog.message.sentence == "在旗县：纸上29天，录入29.5天，差0.5天"
    stored = desk.store.get(Attendance, f"{posting.id}/{JUNE}")
    assert stored is not None
    assert stored.d01 == "vw/vw"
    QTest.keyClicks(dialog.reason, "paper")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.message.sentence == "全部录完"
    stored = desk.store.get(Attendance, f"{posting.id}/{JUNE}")
    assert stored is not None
    assert (stored.d01, stored.d30) == ("cw/cw", "cw/")


def test_signs_and_totals_that_cannot_be_are_said(window: Window) -> None:
    window.menu.keyback.trigger()
    dialog = window.dialog(KeybackDialog)
    dialog.save.click()
    assert "应有30个符号" in dialog.message.sentence
    dialog.totals[0].setText("二十")
    dialog.save.click()
    assert dialog.message.sentence.startswith("在旗县合计“二十”不是数字")


def test_above_the_county_a_team_has_to_be_chosen(tmp_path: Path, qtbot: Any) -> None:
    region = open_office(tmp_path / "region", level="region")
    enter(region, "张三", "leader")
    window = Window(region, qtbot)
    window.menu.book.trigger()
    assert "请先在右上角选一个总队" in window.message.sentence
    chosen = Window(region, qtbot, "150426")
    chosen.menu.blank.trigger()
    assert isinstance(chosen.menu.dialog, BookDialog)
    chosen.menu.dialog.accept()
    region.close()


def test_what_was_written_after_the_close_and_the_book_of_an_earlier_close_are_shown(
    window: Window, desk: Desk, posting: Posting, tmp_path: Path
) -> None:
    window.menu.earlier.trigger()
    assert window.menu.dialog is None
    assert "没有更早的结账" in window.message.sentence
    closing.close(desk, JUNE, gaps=2)
    desk.store.commit([Change("attendance", f"{posting.id}/{JUNE}", {"d05": "ol/ol"})], "乙", desk.clock.wall_ms())
    window.menu.changes.trigger()
    dialog = window.dialog(BookDialog)
    assert "结账后变化" in dialog.windowTitle()
    for name in ("变化.pdf", "变化.xlsx"):
        dialog._save(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    dialog.accept()
    closing.reopen(desk, JUNE, "漏登")
    closing.close(desk, JUNE, gaps=2)
    window.menu.earlier.trigger()
    dialog = window.dialog(BookDialog)
    dialog._save(tmp_path / "前次.pdf")
    assert "2018年7月2日结账" in "".join(by_pdfplumber((tmp_path / "前次.pdf").read_bytes()))
