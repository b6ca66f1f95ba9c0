"""The tab 提取和利用: what an inspection is given and is made again, and what of the archives is out."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtWidgets import QLayout, QWidget

from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.records import Extract, Lending
from tuopin_desktop.domain.records.personalfiles import LENT
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import extracts, lendings, personal
from tuopin_desktop.services.archives.extracts import Request, Taken
from tuopin_desktop.services.archives.lendings import LendingRow
from tuopin_desktop.services.archives.personal import PersonRow
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.ask import ask_folder
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_WIDE = 330
_PEOPLE = (
    Column("姓名", lambda one: one.name, 84),
    Column("派驻旗县", lambda one: one.county, 110),
    Column("派出单位", lambda one: one.unit, 0, tip=lambda one: one.unit),
)
_EXTRACTS = (
    Column("编号", lambda one: one.number, 130),
    Column("日期", lambda one: day_words(one.taken) if one.taken else "", 120),
    Column("提取单位", lambda one: one.asked_by, 0, tip=lambda one: f"{one.asked_by}　{one.basis}"),
    Column("条数", lambda one: str(one.records or 0), 56, right=True, sort=lambda one: one.records or 0),
    Column("个人信息", lambda one: "完整" if one.full else "已遮盖", 76, shed=1),
)
_LENDINGS = (
    Column("日期", lambda one: day_words(one.record.lent) if one.record.lent else "", 120),
    Column("利用人", lambda one: one.record.borrower, 84),
    Column("内容", lambda one: one.record.what, 0, tip=lambda one: f"{one.record.what}　{one.record.basis}"),
    Column("方式", lambda one: LENT.word(one.record.way), 56, shed=1),
    Column("应还", lambda one: day_words(one.record.due) if one.record.due else "", 120, shed=2),
    Column("情况", lambda one: one.state, 92, tone=lambda one: "bad" if one.overdue else "quiet"),
)
_WISHED = ("asked_by", "basis", "first", "last", "full")
_LENT = ("lent", "borrower", "unit", "basis", "what", "way", "due", "handled_by", "note")


class Overview(NamedTuple):
    """Everything the tab shows."""

    people: Sequence[PersonRow]
    extracts: Sequence[Extract]
    lendings: Sequence[LendingRow]


def overview(desk: Desk) -> Overview:
    """Return who can be asked for, what was taken out, what is lent; runs in the worker thread."""
    return Overview(personal.people(desk), extracts.extracts(desk), lendings.lendings(desk))


def lend(desk: Desk, record: Lending) -> Lending:
    """Enter a use of archives, or its end."""
    new = record if record.id else msgspec.structs.replace(record, id=registers.new_id(desk))
    return registers.save(desk, new)


class ExtractsView(ArchiveView):
    """People at the left, extracts and lendings at the right; Ctrl+N takes out the chosen people's records."""

    interests = frozenset("person posting grade personal_material personal_handover extract lending".split())

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._overview = Overview((), (), ())
        self.dialog: FormDialog[Extract] | FormDialog[Lending] | None = None
        self.people = RecordTable(_PEOPLE, lambda one: one.person, "提取的人员", many=True, nothing="没有派驻人员")
        self.extracts = RecordTable(_EXTRACTS, lambda one: one.number, "提取记录", nothing="还没有提取过")
        self.lendings = RecordTable(_LENDINGS, lambda one: one.record.id, "档案利用", nothing="还没有利用登记")
        self.lendings.opened.connect(self.ask_back)
        self.buttons = (
            act_button(
                Act.ARCHIVE,
                "提取选中的人员…",
                self.new,
                icon="file-down",
                role="primary",
                tip="Ctrl+N：编号输出一个文件夹",
            ),
        )
        again = button("按原样重做…", self.ask_again, icon="file-down", tip="和当时一个字节不差；之后改的不算在内")
        strokes = (
            act_button(Act.ARCHIVE, "登记利用…", self.ask_lending, tip="查阅、复制、借出"),
            act_button(Act.ARCHIVE, "登记归还", self.ask_back, tip="选中的一条"),
        )
        people = _part("巡察、审计提取：先选中人员", self.people)
        people.setFixedWidth(theme.scaled(self, _WIDE))
        above = card(
            column(label("提取记录", "strong"), self.extracts, row(again, None), gap=6, margins=(10, 8, 10, 8))
        )
        below = card(
            column(label("利用登记", "strong"), self.lendings, row(*strokes, None), gap=6, margins=(10, 8, 10, 8))
        )
        beside = row(people, column(above, below, gap=8), gap=8)
        beside.setStretch(1, 1)
        self.setLayout(beside)

    @property
    def state(self) -> str:
        late = sum(bool(one.overdue) for one in self._overview.lendings)
        out = sum(one.state == "借出" for one in self._overview.lendings) + late
        lent = f"借出{out}件" + (f"，逾期{late}件" if late else "") if out else "没有借出的"
        return f"提取{len(self._overview.extracts)}次；{lent}"

    def refresh(self) -> None:
        self.context.ask(overview, then=self._show, lane="extracts")

    def _show(self, answer: Overview) -> None:
        self._overview = answer
        self.people.replace_rows(answer.people)
        self.extracts.replace_rows(answer.extracts)
        self.lendings.replace_rows(answer.lendings)
        self.turned.emit()

    def take_keyboard(self) -> None:
        self.people.setFocus()

    # -- extracts

    def new(self) -> None:
        persons = tuple(one.person for one in self.people.chosen())
        if not persons:
            self.context.message.say("请先在左边选中要提取的人员。", "warn")
            return
        today = self.context.office.today
        draft = Extract(first=today.replace(month=1, day=1), last=today)

        def take(one: Extract) -> None:
            dialog.accept()
            assert one.first is not None, "the form wants it"
            assert one.last is not None, "the form wants it"
            request = Request(
                asked_by=one.asked_by, basis=one.basis, persons=persons, first=one.first, last=one.last, full=one.full
            )
            ask_folder(self.context.window, "把提取的材料写到哪里", "extract", partial(self.take, request))

        title = f"提取{len(persons)}人的材料"
        dialog = FormDialog(draft, _WISHED, title, "选文件夹…", self.context.office, take, self.context.window)
        self._open(dialog)

    def _open(self, dialog: "FormDialog[Extract] | FormDialog[Lending]") -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, request: Request, folder: Path) -> None:
        """Write an extract into a folder."""
        self.context.ask(extracts.take, folder, request, then=self._written)

    def ask_again(self) -> None:
        """Ask where the chosen extract is made again."""
        if (one := self.extracts.current()) is None:
            self.context.message.say("请先选中一条提取记录。", "warn")
            return
        ask_folder(self.context.window, "重做的写到哪里", "extract", partial(self.make_again, one.number))

    def make_again(self, number: str, folder: Path) -> None:
        """Make an extract again."""
        self.context.ask(extracts.remake, number, folder, then=self._written)

    def _written(self, outcome: Taken) -> None:
        self.context.message.say_folder(
            outcome.folder, f"{outcome.record.number}，共{outcome.record.records}条，在“{{}}”"
        )

    # -- lendings

    def ask_lending(self) -> None:
        """Ask who uses what."""
        self._ask_lending(Lending(lent=self.context.office.today, way="look"), _LENT, "登记利用", ())

    def ask_back(self, _row: object = None) -> None:
        """Ask when what is chosen came back."""
        one: LendingRow | None = self.lendings.current()
        if one is None:
            self.context.message.say("请先选中一条利用登记。", "warn")
            return
        draft = msgspec.structs.replace(one.record, returned=one.record.returned or self.context.office.today)
        self._ask_lending(draft, ("returned", "handled_by", "note"), "登记归还", ("returned",))

    def _ask_lending(self, draft: Lending, fields: Sequence[str], title: str, must: Sequence[str]) -> None:
        def take(one: Lending) -> None:
            self.context.asker.ask(question(lend, one), then=lambda _: dialog.accept(), failed=dialog.refused)

        office, window = self.context.office, self.context.window
        dialog = FormDialog(draft, fields, title, "登记", office, take, window, wanted=must)
        self._open(dialog)


def _part(title: str, *pieces: QWidget | QLayout) -> QWidget:
    """Return a card with its title above."""
    return card(column(label(title, "strong"), *pieces, gap=6, margins=(10, 8, 10, 8)))
