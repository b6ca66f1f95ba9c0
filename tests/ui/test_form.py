"""Entry forms: made from the declaration, reading what is typed, and saying what is wrong at the field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import labels, rects
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import editable
from tuopin_desktop.domain.records import KINDS, County, LeaveSlip, Meeting, Person, Posting, Training
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.editors import SecretEditor
from tuopin_desktop.ui.widgets.form import RecordForm

PERSON = Person(id="150125/p", name="王海", sex="1", birth="1975-01", id_number="159999197501011231", reserve=True)


@pytest.fixture
def form(office: OfficeView, qtbot: QtBot) -> RecordForm:
    made = RecordForm(Person, office)
    qtbot.addWidget(made)
    made.load(PERSON)
    return made


def _type(form: RecordForm, name: str, words: str) -> None:
    form.editors[name].retype(words)


def test_every_editable_field_has_an_editor_named_after_it(form: RecordForm) -> None:
    assert list(form.editors) == [item.name for item in editable(Person)]
    for item in editable(Person):
        assert form.editors[item.name].input.accessibleName().startswith(item.label)
    assert form.editors["name"].input.accessibleName() == "姓名（必填）"


def test_sections_are_the_groups_of_the_declaration(form: RecordForm) -> None:
    sections = [word.text() for word in labels(form) if word.property("role") == "section"]
    assert sections == ["基本情况", "单位职务", "联系"]


def test_an_untouched_form_gives_the_record_back(form: RecordForm) -> None:
    assert form.record() == PERSON
    assert form.typed() == {}


def test_choices_are_read_by_word_code_and_short_word(form: RecordForm) -> None:
    for typed in ("蒙古族", "02", "蒙古"):
        _type(form, "ethnicity", typed)
        assert form.record().ethnicity == "02"


def test_a_word_that_is_no_choice_is_refused_at_its_field(form: RecordForm) -> None:
    _type(form, "ethnicity", "火星族")
    with pytest.raises(Refused) as refused:
        form.record()
    assert refused.value.problems[0].fields == ("ethnicity",)


@pytest.mark.parametrize(("typed", "stored"), [("531", "2018-05-31"), ("0531", "2018-05-31"), ("+3", "2018-06-08")])
def test_short_dates_are_read_and_shown_whole(office: OfficeView, qtbot: QtBot, typed: str, stored: str) -> None:
    form = RecordForm(Posting, office)
    qtbot.addWidget(form)
    form.load(Posting(id="150125/q"))
    line = form.editors["since"].input
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, typed)
    line.editingFinished.emit()
    assert line.text() == stored
    assert str(form.record().since) == stored


def test_a_date_nobody_can_read_says_what_is_expected(office: OfficeView, qtbot: QtBot) -> None:
    form = RecordForm(Posting, office)
    qtbot.addWidget(form)
    form.load(Posting(id="150125/q"))
    _type(form, "since", "去年五月")
    problems = form.unclear()
    assert problems[0].fields == ("since",)
    assert "20180531" in problems[0].sentence


def test_a_personal_number_is_masked_until_asked_for(form: RecordForm, qtbot: QtBot) -> None:
    editor = form.editors["id_number"]
    assert isinstance(editor, SecretEditor)
    assert editor.line.text() == "159999**********31"
    assert editor.line.isReadOnly()
    assert form.record().id_number == PERSON.id_number
    editor.reveal()
    assert editor.line.text() == PERSON.id_number
    assert not editor.line.isReadOnly()
    assert form.typed() == {}


def test_problems_stand_at_their_field_with_the_article(form: RecordForm, qtbot: QtBot) -> None:
    form.show()
    rest = form.show_problems(
        [
            Problem(code="age", sentence="出生年月不符", fields=("birth",), article=3),
            Problem(code="other", sentence="别的事"),
        ]
    )
    said = [word.text() for word in labels(form) if word.property("role") == "problem" and word.text()]
    assert said == ["出生年月不符（管理办法第3条）"]
    assert form.editors["birth"].input.property("wrong") == "true"
    assert [problem.sentence for problem in rest] == ["别的事"]
    line = form.editors["birth"].input
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "1")
    assert line.property("wrong") == ""
    form.hide()


def test_what_the_region_owns_is_read_only_in_a_county(office: OfficeView, qtbot: QtBot) -> None:
    form = RecordForm(LeaveSlip, office)
    qtbot.addWidget(form)
    locked = form.editors["handler_name"].input
    assert isinstance(locked, QLineEdit)
    assert locked.isReadOnly()
    assert locked.placeholderText() == "由自治区工作队管理办公室登记"
    county = RecordForm(County, office)
    qtbot.addWidget(county)
    assert not county.editors["poverty"].input.isEnabled()


def test_unsaved_words_come_back_as_they_were_typed(form: RecordForm, office: OfficeView, qtbot: QtBot) -> None:
    _type(form, "birth", "197")
    _type(form, "note", "第一行\n第二行")
    typed = form.typed()
    other = RecordForm(Person, office)
    qtbot.addWidget(other)
    other.load(PERSON, typed)
    assert other.editors["birth"].typed() == "197"
    assert other.typed() == typed == {"birth": "197", "note": "第一行\n第二行"}


def test_tab_goes_through_the_form_in_its_order(form: RecordForm, qtbot: QtBot) -> None:
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    form.editors["name"].setFocus()
    qtbot.waitUntil(lambda: form.editors["name"].input.hasFocus())
    visited = ["name"]
    for _ in range(3):
        focused = form.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        holder = form.focusWidget()
        assert holder is not None
        visited.append(next(name for name, editor in form.editors.items() if editor.isAncestorOf(holder)))
    assert visited == [item.name for item in editable(Person)][:4]
    form.hide()


def test_scrolling_over_a_choice_does_not_change_it(form: RecordForm, qtbot: QtBot) -> None:
    before = form.editors["sex"].typed()
    box = form.editors["sex"].input
    qtbot.mouseMove(box)
    box.setFocus()
    assert form.editors["sex"].typed() == before


def test_a_long_text_is_shown_whole_within_bounds(office: OfficeView, qtbot: QtBot) -> None:
    form = RecordForm(Meeting, office)
    qtbot.addWidget(form)
    form.resize(900, 700)
    form.show()
    box = form.editors["minutes"].input
    assert isinstance(box, QPlainTextEdit)
    low = box.height()
    _type(form, "minutes", "\n".join("议定事项" for _ in range(6)))
    assert low < box.height()
    assert not box.verticalScrollBar().maximum()
    _type(form, "minutes", "\n".join("议定事项" for _ in range(400)))
    assert box.height() < 300
    _type(form, "minutes", "一行")
    assert box.height() == low


def test_a_period_says_how_it_may_be_typed(office: OfficeView, qtbot: QtBot) -> None:
    form = RecordForm(Training, office)
    qtbot.addWidget(form)
    line = form.editors["period"].input
    assert isinstance(line, QLineEdit)
    assert "605-608" in line.placeholderText()


def test_a_hint_too_long_for_its_field_stands_below_it(office: OfficeView, qtbot: QtBot) -> None:
    form = RecordForm(Posting, office)
    qtbot.addWidget(form)
    line = form.editors["local_post"].input
    assert isinstance(line, QLineEdit)
    hint = next(item.hint for item in editable(Posting) if item.name == "local_post")
    form.resize(500, 900)
    form.show()
    assert line.placeholderText() == ""
    assert [word.isVisible() for word in labels(form) if word.text() == hint] == [True]
    form.resize(1600, 900)
    assert line.placeholderText() == hint
    assert [word.isVisible() for word in labels(form) if word.text() == hint] == [False]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_problem_at_every_field_of_every_kind_moves_nothing(kind: str, office: OfficeView, qtbot: QtBot) -> None:
    cls = KINDS[kind]
    form = RecordForm(cls, office)
    qtbot.addWidget(form)
    form.load(cls())
    form.resize(900, 900)
    form.show()
    before = rects(form, but=QWidget())
    names = tuple(form.editors)
    form.show_problems(
        [Problem(code="x", sentence="没有这一天，2月只有28天；请核对纸质件后改好再保存" * 3, fields=names)]
    )
    assert rects(form, but=QWidget()) == before
    if names:
        assert form.editors[names[0]].input.accessibleDescription().startswith("没有这一天")
    form.show_problems(())
    assert rects(form, but=QWidget()) == before
