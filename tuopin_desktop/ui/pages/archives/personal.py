"""The tab 个人材料: originals for the personal files, by person and unit; sent, receipted, given back."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.records import PersonalHandover, PersonalMaterial
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import editions, personal, personalpapers
from tuopin_desktop.services.archives.personal import PersonRow
from tuopin_desktop.services.office import books, files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.ask import PDFS, ask_folder, ask_save, confirm
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.empty import EmptyState, OrEmpty
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

Question = Callable[[Desk], object]
Writer = Callable[[Desk, str, Path], Path]
_ALL, _UNREADY = "all", "unready"
_STATES = {_ALL: "全部", _UNREADY: "原件不齐", **{state: state for state in personal.STATES}}
_TONES = {personal.UNSENT: "quiet", personal.SENT: "warn", personal.RECEIVED: "ok", personal.RETURNED: "bad"}
_COLUMNS = (
    Column("姓名", lambda one: one.name, 84),
    Column("派驻旗县", lambda one: one.county, 110, shed=2),
    Column("管理档案的单位", lambda one: one.unit, 240, tip=lambda one: one.unit),
    Column("材料", lambda one: f"{len(one.materials)}份", 56, sort=lambda one: len(one.materials)),
    Column("原件", lambda one: _ready_words(one), 200, tip=lambda one: _ready_words(one)),
    Column("情况", lambda one: one.state, 76, tone=lambda one: _TONES[one.state]),
    Column("移交清单", lambda one: one.number, 130, shed=1),
    Column("日期、退回原因", lambda one: _since_words(one), 0, tip=lambda one: _since_words(one)),
)


def _ready_words(one: PersonRow) -> str:
    """Return what the originals lack, all materials together."""
    lacking = dict.fromkeys(word for material in one.unready for word in material.lacks)
    return f"缺{'、'.join(lacking)}" if lacking else "已签字、盖章"


def _since_words(one: PersonRow) -> str:
    return "　".join(filter(None, (day_words(one.since) if one.since else "", one.reason)))


def write_list(desk: Desk, unit: str, path: Path) -> Path:
    """Write the list to a unit with its receipt; runs in the worker thread."""
    return files.write(
        desk, path, editions.edition(desk, personalpapers.handover_list(desk, unit), title=personalpapers.LIST)
    )


def write_catalogue(desk: Desk, person: str, path: Path) -> Path:
    """Write one person's catalogue of materials."""
    return books.write(desk, path, personalpapers.catalogue(desk, person))


class PersonalView(ArchiveView):
    """Ctrl+N sends the chosen people's originals; Ctrl+S writes the folder for all units."""

    interests = frozenset({"person", "posting", "grade", "personal_material", "personal_handover"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._rows: Sequence[PersonRow] = ()
        self.dialog: FormDialog[PersonalMaterial] | FormDialog[PersonalHandover] | None = None
        self.states = Chips(_STATES, "材料的情况")
        self.states.chosen.connect(lambda _: self._fill())
        self.table = RecordTable(_COLUMNS, lambda one: one.person, "个人档案材料", many=True, nothing="没有这样的人员")
        self.buttons = (
            button("移交清单…", self.ask_list, icon="file-down", tip="选中人员的单位：清单和回执"),
            button("输出材料…", self.save, icon="file-down", role="primary", tip="Ctrl+S：每个单位一个文件夹"),
        )
        strokes = (
            act_button(Act.ARCHIVE, "登记原件…", self.ask_originals, tip="签字、盖章和形成时间"),
            act_button(Act.ARCHIVE, "登记送出", self.new, tip="Ctrl+N：选中的人员，每个单位一个清单编号"),
            act_button(Act.ARCHIVE, "登记回执…", self.ask_receipt, tip="选中人员所在的清单"),
            act_button(Act.ARCHIVE, "登记退回…", self.ask_back),
        )
        only = label(personalpapers.ORIGINALS, "hint", wrap=True)
        catalogue = button("材料目录…", self.ask_catalogue, icon="file-down", tip="选中的一人")
        inside = column(self.states, self.table, row(*strokes, None, catalogue), only, gap=8, margins=(14, 10, 14, 10))
        inside.setStretch(1, 1)
        self._either = OrEmpty(card(inside), _nothing)
        self.setLayout(column(self._either))

    @property
    def state(self) -> str:
        if not self._rows:
            return "综合考核材料归入本人档案（第十五条）"
        counts = [(state, sum(one.state == state for one in self._rows)) for state in personal.STATES]
        unready = sum(bool(one.unready) for one in self._rows)
        texts = [f"{state}{count}人" for state, count in counts if count]
        return "，".join([*texts, *([f"原件不齐{unready}人"] if unready else [])])

    def refresh(self) -> None:
        self.context.ask(personal.people, then=self._show, lane="personal")

    def _show(self, rows: Sequence[PersonRow]) -> None:
        self._rows = rows
        self._either.show_whole(bool(rows))
        self._fill()

    def _fill(self) -> None:
        which = self.states.code()
        self.table.replace_rows(
            [one for one in self._rows if which in (_ALL, one.state) or (which == _UNREADY and one.unready)]
        )
        self.turned.emit()

    def take_keyboard(self) -> None:
        self.table.setFocus()

    def _persons(self) -> list[str]:
        persons = [one.person for one in self.table.chosen()]
        if not persons:
            self.context.message.say("请先选中人员。", "warn")
        return persons

    # -- strokes

    def ask_originals(self) -> None:
        """Ask when the originals of the chosen people were signed and stamped."""
        if persons := self._persons():
            draft = PersonalMaterial(signed=True, stamped=True)
            fields, title = ("formed", "signed", "stamped"), f"登记{len(persons)}人的原件"

            def take(one: PersonalMaterial) -> None:
                ask = question(
                    personal.enter_originals, persons, formed=one.formed, signed=one.signed, stamped=one.stamped
                )
                self._send(ask, dialog, "已登记{}份原件")

            dialog = FormDialog(draft, fields, title, "登记", self.context.office, take, self.context.window)
            self._open(dialog)

    def new(self) -> None:
        if persons := self._persons():
            unready = sum(bool(one.unready) for one in self.table.chosen())
            warning = f"其中{unready}人的原件还不齐，没有签字盖章的不能归档。" if unready else ""
            send = partial(self.context.ask, personal.send, persons, then=self._sent)
            confirm(self.context.window, f"登记{len(persons)}人的材料今天送出？{warning}", "登记送出", send)

    def _sent(self, numbers: list[str]) -> None:
        self.context.message.say(f"已登记送出，移交清单编号：{'、'.join(numbers)}")

    def ask_receipt(self) -> None:
        """Ask for the receipt of the list the chosen people stand on."""
        some = [one for one in self.table.chosen() if one.state == personal.SENT]
        if not some:
            self.context.message.say("请先选中已送出、等着回执的人员。", "warn")
            return
        draft = PersonalHandover(received=self.context.office.today)
        persons = [one.person for one in some if one.number == some[0].number]
        title = f"{some[0].number}的回执：{len(persons)}人"

        def take(one: PersonalHandover) -> None:
            ask = question(personal.receipt, some[0].number, one.received_by, one.received, persons)
            self._send(ask, dialog, "已登记回执")

        dialog = FormDialog(
            draft, ("received", "received_by"), title, "登记回执", self.context.office, take, self.context.window
        )
        self._open(dialog)

    def ask_back(self) -> None:
        """Ask why the originals of the chosen people came back."""
        if persons := self._persons():
            draft = PersonalHandover(returned=self.context.office.today)

            def take(one: PersonalHandover) -> None:
                self._send(question(personal.give_back, persons, one.reason, one.returned), dialog, "已登记退回{}人")

            title = f"登记{len(persons)}人的材料退回"
            office, window = self.context.office, self.context.window
            dialog = FormDialog(
                draft, ("returned", "reason"), title, "登记退回", office, take, window, wanted=("reason",)
            )
            self._open(dialog)

    def _open(self, dialog: "FormDialog[PersonalMaterial] | FormDialog[PersonalHandover]") -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _send(
        self, ask: Question, dialog: "FormDialog[PersonalMaterial] | FormDialog[PersonalHandover]", sentence: str
    ) -> None:
        def then(answer: object) -> None:
            dialog.accept()
            self.context.message.say(sentence.format(answer))

        self.context.asker.ask(ask, then=then, failed=dialog.refused)

    def ask_catalogue(self) -> None:
        """Ask where the catalogue of the one in hand is saved."""
        if (one := self.table.current()) is not None:
            write = partial(self._write, write_catalogue, one.person)
            ask_save(self.context.window, "保存材料目录", f"{one.name}{personalpapers.CATALOGUE}.pdf", PDFS, write)

    def ask_list(self) -> None:
        """Ask where the list to the unit of the one in hand is saved."""
        if (one := self.table.current()) is not None:
            write = partial(self._write, write_list, one.unit)
            name = f"{personalpapers.LIST}-{one.unit[:40]}.pdf"
            ask_save(self.context.window, "保存移交清单", name, PDFS, write)

    def _write(self, service: Writer, of: str, path: Path) -> None:
        self.context.ask(service, of, path, then=self.context.message.say_file)

    def save(self) -> None:
        ask_folder(self.context.window, "把各单位的材料写到哪里", "personal files", self.write)

    def write(self, folder: Path) -> None:
        """Write the folders of all units."""
        self.context.ask_long(
            personalpapers.write, folder, (), then=lambda paths: self._written(folder, paths), lane="personal folder"
        )

    def _written(self, folder: Path, paths: Sequence[Path]) -> None:
        self.context.message.say_folder(folder, f"已写好{len(paths)}个文件，在“{{}}”")


def _nothing() -> EmptyState:
    return EmptyState("archive", "还没有派驻人员", hint="在花名册登记派驻以后，按派出单位列出归入个人档案的材料。")
