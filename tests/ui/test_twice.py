"""A second press before the first is answered does nothing: no stroke is taken twice."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.leave.page import LeavePage
from tuopin_desktop.ui.pages.roster import questions as roster_questions
from tuopin_desktop.ui.pages.roster.page import RosterPage
from tuopin_desktop.ui.plumbing.awaited import Awaited
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Answer, Failed, ImmediateRunner, Ticket
from tuopin_desktop.ui.widgets.formdialog import FormDialog


class SlowRunner(ImmediateRunner):
    """Keeps the questions back until they are let go, as a busy worker does."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.held: list[Callable[[], object]] | None = None
        self.ends = 0

    def _now(
        self, run: Callable[[Any], Answer], then: Callable[[Answer], object] | None, failed: Failed | None
    ) -> Ticket:
        """Answer now, or keep the question."""
        if self.held is None:
            return super()._now(run, then, failed)
        self.held.append(lambda: ImmediateRunner._now(self, run, then, failed))
        self.ends += isinstance(getattr(then, "__self__", None), Awaited)
        return Ticket()

    def let_go(self) -> int:
        """Answer what was asked meanwhile; return how much it was, the ends of waiting aside: they ask for nothing."""
        waiting, self.held = self.held or [], None
        ends, self.ends = self.ends, 0
        for answer in waiting:
            answer()
        return len(waiting) - ends


@pytest.fixture
def asker(desk: Desk) -> SlowRunner:
    return SlowRunner(desk)


@pytest.fixture
def page(asker: SlowRunner, office: OfficeView, qtbot: QtBot) -> LeavePage:
    made = LeavePage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


def test_a_slip_saved_twice_takes_one_number(page: LeavePage, asker: SlowRunner, desk: Desk) -> None:
    page._draft("150125/q3")
    assert page.desk is not None
    for name, words in {"place": "包头市", "period": "610-613", "reason": "开会"}.items():
        page.desk.paper.cells[name].set_content(words)
    asker.held = []
    page.save()
    page.save()
    assert asker.let_go() == 1
    assert sorted(slip.number for slip in leave.slips(desk)) == ["2018-0001", "2018-0002"]
    page.save()
    assert page.message.sentence.startswith("已保存")


def _type(page: LeavePage, **texts: str) -> None:
    assert page.desk is not None
    for name, text in texts.items():
        page.desk.paper.cells[name].set_content(text)
        page.desk.paper.typed.emit(name, text)


def test_a_slip_that_is_left_while_it_is_saved_is_no_draft(page: LeavePage, asker: SlowRunner, desk: Desk) -> None:
    page._draft("150125/q3")
    _type(page, place="包头市", period="610-613", reason="开会")
    asker.held = []
    page.save()
    page.back()
    asker.let_go()
    assert (page._on_desk(), page.unsaved(), page.drafts()) == (False, "", {})
    assert {slip.number for slip in leave.slips(desk)} == {"2018-0001", "2018-0002"}


def test_what_is_typed_while_a_slip_is_saved_stays(page: LeavePage, asker: SlowRunner, desk: Desk) -> None:
    page._draft("150125/q3")
    _type(page, place="包头市", period="610-613", reason="开会")
    asker.held = []
    page.save()
    _type(page, reason="开会并看病")
    asker.let_go()
    assert page.desk is not None
    assert page.desk.paper.cells["reason"].content() == "开会并看病"
    assert page.unsaved() == "1张请假报备单"
    page.save()
    assert page.unsaved() == ""
    assert {slip.reason for slip in leave.slips(desk) if slip.number == "2018-0002"} == {"开会并看病"}


def test_a_step_pressed_twice_is_asked_once(page: LeavePage, asker: SlowRunner, desk: Desk) -> None:
    (slip,) = leave.slips(desk)
    page.show_subject(f"leave_slip:{slip.id}")
    asker.held = []
    page.doing._take("sheet", None)
    page.doing._take("sheet", None)
    assert asker.let_go() == 1
    assert page.message.sentence.startswith("已收回")
    asker.held = []
    page.doing._take("sheet", None)
    assert asker.let_go() == 1


def test_a_small_form_is_handed_over_once_until_it_is_refused(office: OfficeView, qtbot: QtBot) -> None:
    taken: list[object] = []
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    dialog = FormDialog(Person(name="王海"), ("name",), "人员", "登记", office, taken.append, window)
    dialog.take()
    dialog.take()
    assert len(taken) == 1
    dialog.refused(refuse("name", "请核对姓名", "name"))
    dialog.take()
    assert len(taken) == 2


def _new_person(page: RosterPage) -> None:
    page.new()
    page.sheet.person.editors["name"].retype("新来的")
    assert page.sheet.posting is not None
    for name, words in {"position": "队员", "since": "601"}.items():
        page.sheet.posting.editors[name].retype(words)


def _people(desk: Desk) -> list[str]:
    return [one.name for one in desk.store.rows(Person) if one.name == "新来的"]


def test_a_person_saved_twice_is_registered_once(people: RosterPage, asker: SlowRunner, desk: Desk) -> None:
    _new_person(people)
    asker.held = []
    people.save()
    people.save()
    asker.let_go()
    assert _people(desk) == ["新来的"]
    whole = roster_questions.new_person(desk)
    person, posting = msgspec.structs.replace(whole.person, name="新来的"), people.sheet.as_read()[1]
    assert posting is not None
    posting = msgspec.structs.replace(posting, id=whole.postings[0].id)
    for _ in range(2):
        assert roster_questions.keep(desk, person, posting, new=True).whole is not None
    assert len(_people(desk)) == 2, "a sheet is one person however often it is kept"


def test_what_is_typed_while_a_person_is_saved_stays(people: RosterPage, asker: SlowRunner, desk: Desk) -> None:
    _new_person(people)
    asker.held = []
    people.save()
    people.sheet.person.editors["unit"].retype("教育厅")
    asker.let_go()
    assert people.sheet.whole is not None
    assert not people.sheet.whole.new
    assert people.sheet.draft() is not None
    assert people.sheet.person.typed() == {"unit": "教育厅"}
    asker.held = []
    people.save()
    people.back()
    asker.let_go()
    assert not people.on_sheet()
    assert (people.unsaved(), len(_people(desk))) == ("", 1)


@pytest.fixture
def people(asker: SlowRunner, office: OfficeView, qtbot: QtBot) -> RosterPage:
    made = RosterPage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made
