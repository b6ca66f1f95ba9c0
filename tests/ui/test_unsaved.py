"""What is typed and not saved outlives the program: kept as fields are left, offered at the next start."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW
from tests.ui.hands import button, everything, words
from tuopin_desktop.domain.records import LeaveSlip, Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import offices, unsaved
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.pages.settings.entry import EntryDialog
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.unfinished import TakeUpDialog, WordsDialog
from tuopin_desktop.ui.widgets.page import Page

Windows = Callable[[], Shell]


def stop(shell: Shell) -> None:
    """Let a window look no more, as one that was killed."""
    shell.unfinished.keeper._timer.stop()
    shell.unfinished.keeper._soon.stop()


@pytest.fixture
def start(asker: ImmediateRunner, office: OfficeView, qapp: QApplication, qtbot: QtBot) -> Iterator[Windows]:
    """Starts the window anew over one office, as after a kill: the one before hears nothing of it."""
    made: list[Shell] = []

    def another() -> Shell:
        for before in made:
            stop(before)
        shell = Shell(asker, office, DOORS)
        qtbot.addWidget(shell)
        shell.unfinished.begin(qapp)
        shell._may_close = True
        made.append(shell)
        return shell

    yield another
    for shell in made:
        stop(shell)
        shell._may_close = True


def offered(shell: Shell) -> TakeUpDialog:
    assert shell.unfinished.take_up is not None
    return shell.unfinished.take_up


def page(shell: Shell, name: str) -> Any:
    shell.open_page(name)
    return shell.page


def kept(desk: Desk) -> list[tuple[str, str]]:
    return [(one.page, one.label) for one in unsaved.waiting(desk)]


def type_slip(shell: Shell) -> None:
    leaving = page(shell, "leave")
    leaving._draft("150125/q3")
    leaving.desk.paper.cells["place"].set_content("包头市")
    leaving.desk.paper.cells["period"].set_content("610-6x")
    leaving.desk.beside.put("note", "自驾")


def type_person(shell: Shell) -> None:
    roster = page(shell, "roster")
    roster.show_subject("person:150125/p2")
    roster.sheet.person.put("phone", "13911112222")


def type_new_person(shell: Shell) -> None:
    roster = page(shell, "roster")
    roster.new()
    roster.sheet.person.put("name", "新来的")


def type_meeting(shell: Shell) -> None:
    duties = page(shell, "duties")
    duties.keeping.new("meeting")
    duties.keeping.sheet.form.put("place", "旗委二楼")


def type_log(shell: Shell) -> None:
    journals = page(shell, "journals")
    journals.logs.go(date(2018, 6, 4))
    journals.logs.lines[0].text.setText("入户走访三户")


def type_note(shell: Shell) -> None:
    journals = page(shell, "journals")
    journals.tabs.setCurrentIndex(1)
    journals._open_note("2018-W23")
    journals.notes.text.setPlainText("本周走访")


def type_item(shell: Shell) -> None:
    journals = page(shell, "journals")
    journals.tabs.setCurrentIndex(2)
    journals.new()
    journals.ledger.form.put("task", "修水渠")


def type_office(shell: Shell) -> None:
    settings = page(shell, "settings")
    settings.show_subject("office")
    settings.office_section.form.put("secretary", "白音")


TYPED = {
    "leave": type_slip,
    "roster": type_person,
    "a new person": type_new_person,
    "duties": type_meeting,
    "a log": type_log,
    "a note": type_note,
    "an item": type_item,
    "settings": type_office,
}


@pytest.mark.parametrize("which", TYPED)
def test_what_is_typed_on_a_page_is_taken_up_by_the_next_start(start: Windows, desk: Desk, which: str) -> None:
    first = start()
    TYPED[which](first)
    assert first.page.unsaved()
    first.unfinished.keeper.look()
    before = dict(first.page.drafts())
    assert kept(desk)
    second = start()
    button(offered(second), "继续填写").click()
    assert type(second.page) is type(first.page)
    assert dict(second.page.drafts()) == before
    assert second.page.unsaved() == first.page.unsaved()
    second.unfinished.keeper.look()
    assert len(kept(desk)) == 1  # once, however often it is taken up


@pytest.mark.parametrize("which", TYPED)
def test_esc_never_drops_what_was_typed(start: Windows, which: str) -> None:
    shell = start()
    TYPED[which](shell)
    before = dict(shell.page.drafts())
    for _ in range(3):
        shell.panes.escape()
        assert dict(shell.page.drafts()) == before


def test_every_page_that_tells_of_unsaved_work_keeps_it(start: Windows) -> None:
    shell = start()
    pages = [door(shell._asker, shell._office) for door in DOORS]
    telling = {type(one).__name__ for one in pages if type(one).unsaved is not Page.unsaved}
    keeping = {type(one).__name__ for one in pages if type(one).drafts is not Page.drafts}
    assert telling - keeping == {"AttendancePage"}  # its cells are written within a second and taken from no form
    for one in pages:
        one.deleteLater()


def test_saving_lets_go_of_what_was_kept(start: Windows, desk: Desk) -> None:
    shell = start()
    type_slip(shell)
    shell.unfinished.keeper.look()
    assert kept(desk) == [("leave", "龚彧的请假报备单")]
    leaving = page(shell, "leave")
    for name, text in {"period": "610-613", "reason": "开会"}.items():
        leaving.desk.paper.cells[name].set_content(text)
    leaving.save()
    assert len(leave.slips(desk)) == 2
    shell.unfinished.keeper.look()
    assert kept(desk) == []


def test_what_was_taken_up_and_saved_at_once_is_not_offered_again(start: Windows, desk: Desk) -> None:
    first = start()
    type_person(first)
    first.unfinished.keeper.look()
    second = start()
    button(offered(second), "继续填写").click()
    second.page.save()
    person = registers.get(desk, "person", "150125/p2")
    assert isinstance(person, Person)
    assert person.phone == "13911112222"
    second.unfinished.keeper.look()
    assert kept(desk) == []


def test_giving_up_and_closing_without_saving_let_go(start: Windows, desk: Desk) -> None:
    first = start()
    type_slip(first)
    type_meeting(first)
    first.unfinished.keeper.look()
    assert len(kept(desk)) == 2
    second = start()
    assert {"龚彧的请假报备单", "登记：会议"} <= set(words(offered(second)))
    button(offered(second), "全部放弃").click()
    assert kept(desk) == []
    type_slip(second)
    second.unfinished.keeper.look()
    second.leave()
    assert kept(desk) == []


def test_later_leaves_it_for_the_start_after(start: Windows, desk: Desk) -> None:
    first = start()
    type_slip(first)
    first.unfinished.keeper.look()
    second = start()
    button(offered(second), "以后再说").click()
    second.unfinished.keeper.look()
    second.leave()
    assert len(kept(desk)) == 1


def test_several_forms_go_back_to_their_pages_and_the_newest_is_shown(start: Windows, desk: Desk) -> None:
    first = start()
    type_slip(first)
    first.unfinished.keeper.look()
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(2018, 6, 5, 11, 0)
    type_person(first)
    first.unfinished.keeper.look()
    second = start()
    button(offered(second), "继续填写").click()
    assert second.here == "roster"
    assert second._unsaved() == "1张请假报备单、1人的登记表"


def test_a_small_window_is_kept_by_its_words(start: Windows, desk: Desk) -> None:
    shell = start()
    shell.show()
    page(shell, "settings").holidays.new()
    dialog = next(one for one in everything(shell, EntryDialog) if one.isVisible())
    dialog.form.put("name", "那达慕")
    shell.unfinished.keeper.look()
    dialog.reject()
    (one,) = unsaved.waiting(desk)
    assert (one.page, "那达慕" in one.content.values()) == ("", True)
    shell.hide()


def test_the_words_of_a_small_window_stay_until_their_author_gives_them_up(start: Windows, desk: Desk) -> None:
    unsaved.keep(desk, [unsaved.Unsaved(page="", key="k", label="添加节假日", content={"name": "那达慕"})])
    for stroke, left in (("以后再说", [("", "添加节假日")]), ("不要了", [])):
        shell = start()
        button(offered(shell), "继续填写").click()
        (dialog,) = everything(shell, WordsDialog)
        assert "那达慕" in dialog.text.toPlainText()
        assert len(kept(desk)) == 1
        button(dialog, stroke).click()
        assert kept(desk) == left


def test_nothing_of_it_is_a_change_or_leaves_the_office(start: Windows, desk: Desk) -> None:
    position = desk.store.position()
    shell = start()
    type_slip(shell)
    shell.unfinished.keeper.look()
    assert desk.store.position() == position
    assert desk.take_changes() == frozenset()
    assert desk.store.audit() == ""


def test_a_form_too_large_and_a_row_that_cannot_be_read_hold_up_nothing(desk: Desk) -> None:
    large = unsaved.Unsaved(page="leave", key="a", label="大", content={"x": "字" * (unsaved.MOST + 1)})
    unsaved.keep(desk, [large])
    assert kept(desk) == []
    with desk.store.ledger.writing() as cursor:
        cursor.execute("INSERT INTO unsaved VALUES ('leave', 'b', '坏', '{', 1, '')")
    assert kept(desk) == []


CHILD = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.services.office import offices, unsaved
from tuopin_desktop.ui import start as starting

folder = Path(sys.argv[1])

class Opening(starting.Opening):
    def _show(self, office):
        super()._show(office)
        def type_on(*_):
            page.desk.paper.cells["place"].set_content("包头市")
            page.desk.paper.cells["reason"].setFocus()
            page.desk.paper.cells["reason"].set_content("开会")
            ask()

        def ask():
            self.runner.ask(unsaved.waiting, then=told)

        def told(waiting):
            if any("包头市" in one.content.get("slip", "") for one in waiting):
                print("KEPT", flush=True)
            else:
                QTimer.singleShot(100, ask)

        self.shell.open_page("leave")
        page = self.shell.page
        page._draft("150125/q3")

        def ready():
            type_on() if page.desk is not None and page._on_desk() else QTimer.singleShot(100, ready)

        ready()

starting.Opening = Opening
starting.run(lambda: offices.open_desk(folder, Clock()), settings=folder.parent / "window.ini", folder=folder)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_a_killed_window_loses_at_most_the_field_in_hand(
    kept_office: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    folder = tmp_path / "office"
    shutil.copytree(kept_office, folder)
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    line = [sys.executable, "-c", dedent(CHILD), str(folder)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, env=env, text=True) as child:
        assert child.stdout is not None
        heard = child.stdout.readline()
        child.send_signal(signal.SIGKILL)
    assert heard == "KEPT\n"
    assert child.returncode == -signal.SIGKILL
    with closing(offices.open_desk(folder, FixedClock(NOW))) as desk:
        assert desk.store.audit() == ""
        (one,) = unsaved.waiting(desk)
        slip = msgspec.json.decode(one.content["slip"], type=LeaveSlip)
        assert (slip.place, slip.posting) == ("包头市", "150125/q3")
        shell = Shell(ImmediateRunner(desk), office_of(desk), DOORS)
        qtbot.addWidget(shell)
        shell.unfinished.begin(qapp)
        button(offered(shell), "继续填写").click()
        leaving: Any = shell.page
        assert leaving.desk.paper.cells["place"].content() == "包头市"
        shell.leave()
