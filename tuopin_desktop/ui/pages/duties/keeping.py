"""One record of a register as it is opened, typed, saved, deleted and brought back; what was typed is not lost."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import KINDS, Attachment, Meeting
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers
from tuopin_desktop.ui.pages.duties import questions
from tuopin_desktop.ui.pages.duties.questions import DutyRecord
from tuopin_desktop.ui.pages.duties.rollcall import Calling
from tuopin_desktop.ui.pages.duties.sheet import RecordSheet
from tuopin_desktop.ui.paper.viewer import ScanViewer
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.plumbing.once import Once
from tuopin_desktop.ui.plumbing.runner import Args
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button

_NEW = "new"
_FILES = "\nfiles"  # no field is named so
_PAPERS = {
    "training": ("signin", "roll", "diplomas"),
    "meeting": ("signin", "roll"),
    "team": ("acknowledge", "roll"),
}


class Keeping(QObject):
    """`shown` tells that a record stands in its form, `named` that its heading changed, `left(kind, words)` that it
    was saved and what to say of it, `deleted(kind, id)` that it was taken out of its register.
    """

    shown = Signal()
    named = Signal()
    left = Signal(str, str)
    deleted = Signal(str, str)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._drafts: dict[str, tuple[dict[str, str], tuple[Path, ...]]] = {}
        self._once = Once(context.asker, context.message.complain)
        self.viewer: ScanViewer | None = None
        self.calling = Calling(context)
        self.calling.called.connect(self._called)
        self._chosen: tuple[str, str, date | None] | None = None
        self.sheet = RecordSheet(context.office)
        self.sheet.edited.connect(self.named)
        self.sheet.edited.connect(self._look_at_day)
        self.sheet.strip.added.connect(self.add_files)
        self.sheet.strip.opened.connect(self._look)
        self.sheet.strip.saved.connect(self._ask_save)
        self.sheet.strip.taken_off.connect(self._take_off)
        self._save = act_button(Act.ENTER, "保存", self.save, icon="save", role="primary", tip="Ctrl+S")
        self._delete = act_button(Act.ENTER, "删除", self.delete, tip="删除后仍留有记录，可以恢复")
        self._papers = {
            "signin": button(
                "签到表", partial(self._ask_paper, "signin", "签到表"), icon="printer", tip="PDF 或 Excel"
            ),
            "acknowledge": button(
                "“十不准”签字表",
                partial(self._ask_paper, "acknowledge", "“十不准”学习签收确认表"),
                icon="printer",
                tip="按在派人员填好，签后扫描自动归入总队登记",
            ),
            "roll": act_button(
                Act.ENTER, "登记签到", self.ask_roll, icon="list-checks", tip="签字表收回后，登记谁签了字"
            ),
            "diplomas": button("结业证书表", partial(self._ask_paper, "diplomas", "结业证书发放表"), icon="award"),
        }

    def waiting(self) -> int:
        """Return how many records were typed and put away unsaved."""
        return len(self._drafts)

    def unsaved(self) -> bool:
        """Tell whether something stands in the form that is not saved."""
        return bool(self.sheet.typed() or self.sheet.strip.waiting)

    def drafts(self, *, visible: bool) -> dict[str, Draft]:
        """Return what is typed and not saved, with what stands in the form where that is `shown`."""
        waiting = dict(self._drafts)
        opened = self.sheet.opened
        if visible and opened is not None and self.sheet.form is not None and self.unsaved():
            texts = self.sheet.form.texts() if opened.new else self.sheet.typed()
            waiting[_draft_key(opened)] = texts, self.sheet.strip.waiting
        return {key: _draft(key, values, files) for key, (values, files) in waiting.items()}

    def resume(self, key: str, content: Mapping[str, str], *, show: bool) -> None:
        """Take up what was typed before."""
        values = {name: text for name, text in content.items() if name != _FILES}
        files = tuple(Path(path) for path in content.get(_FILES, "").split("\n") if path)
        self._drafts[key] = values, files
        kind, _, record_id = key.partition(":")
        if show and kind in KINDS:
            self.new(kind) if record_id == _NEW else self.open(kind, record_id)

    def head(self) -> tuple[str, str, list[QWidget]]:
        """Return title, state and buttons of the record in its form."""
        opened = self.sheet.opened
        if opened is None:
            return "", "", []
        state = "还没有保存" if opened.new or self.unsaved() else "已保存"
        label = opened.record.kind.label
        papers = [self._papers[what] for what in _PAPERS.get(opened.record.kind.name, ())]
        return label, state, [self._save] if opened.new else [self._delete, *papers, self._save]

    # -- into the form

    def open(self, kind: str, record_id: str) -> None:
        """Show a record."""
        self._ask(questions.opened, kind, record_id)

    def open_duty(self, duty: Duty) -> None:
        """Show the record that makes a duty done, filled in as far as the duty says."""
        self._ask(questions.for_duty, duty)

    def new(self, kind: str) -> None:
        """Show a blank record."""
        self._ask(questions.blank, kind)

    def _ask(self, function: Callable[[Desk, *Args], DutyRecord | None], *args: *Args) -> None:
        self._context.ask(function, *args, then=self._show, lane="record")

    def _show(self, record: DutyRecord | None) -> None:
        if record is None:
            self._context.message.say("这一事项由别的页面登记。", "warn")
            return
        self._context.message.clear()
        self.sheet.show_record(record, *self._drafts.pop(_draft_key(record), (None, ())))
        self._chosen = None
        self.shown.emit()
        self.sheet.take_keyboard()
        self._look_at_day()

    def _look_at_day(self) -> None:
        """Ask who is away on the day of a meeting as soon as another one is chosen."""
        opened = self.sheet.opened
        if opened is None or not isinstance(opened.record, Meeting):
            return
        try:
            record = self.sheet.record()
        except Refused:
            return  # a day half typed is none
        assert isinstance(record, Meeting)
        row = (record.type, record.county, record.held)
        if row != self._chosen:
            self._chosen = row
            self._context.ask(questions.convening_words, record, then=self.sheet.tell_days, lane="convening")

    def put_away(self) -> None:
        """Keep what was typed until the record is opened again."""
        opened = self.sheet.opened
        if opened is not None and self.unsaved():
            self._drafts[_draft_key(opened)] = self.sheet.typed(), self.sheet.strip.waiting

    # -- its files

    def add_files(self, paths: list[Path]) -> None:
        """Attach files to the record; those of a record not saved yet wait for it."""
        opened = self.sheet.opened
        if opened is None:
            return
        if opened.new:
            self.sheet.strip.wait(paths)
            self.named.emit()
            return
        self._context.ask(questions.attach, opened.record.kind.name, opened.record.id, paths, then=self._filed(opened))

    def _take_off(self, attachment_id: str) -> None:
        opened = self.sheet.opened
        if opened is not None:
            self._context.ask(
                questions.detach, opened.record.kind.name, opened.record.id, attachment_id, then=self._filed(opened)
            )

    def _filed(self, record: DutyRecord) -> Callable[[tuple[Attachment, ...]], None]:
        """Return what shows the files of a record, if it still stands in the form."""

        def show(files: tuple[Attachment, ...]) -> None:
            if self.sheet.opened is record:
                self.sheet.strip.replace(files)
                self._context.message.say(f"现有附件{len(files)}个")

        return show

    def _look(self, attachment_id: str, name: str) -> None:
        self.viewer = viewer = ScanViewer(self._context.asker, attachment_id, name, self._context.window)
        viewer.finished.connect(viewer.deleteLater)
        viewer.open()

    def _ask_save(self, attachment_id: str, name: str) -> None:
        ask_save(self._context.window, "附件另存为", name, "所有文件 (*)", partial(self.save_file, attachment_id))

    def save_file(self, attachment_id: str, path: Path) -> None:
        """Write an attached file elsewhere."""
        self._context.ask(recordfiles.save_as, attachment_id, path, then=self._written)

    def _ask_paper(self, what: str, text: str) -> None:
        ask_save(
            self._context.window, f"保存{text}", f"{text}.pdf", f"{PDFS};;{SHEETS}", partial(self.write_paper, what)
        )

    def write_paper(self, what: str, path: Path) -> None:
        """Write what is printed of the shown record, as it was saved."""
        opened = self.sheet.opened
        if opened is not None:
            self._context.ask(
                questions.write_of_record, what, opened.record.kind.name, opened.record.id, path, then=self._written
            )

    def _written(self, path: Path) -> None:
        self._context.message.say_file(path)

    # -- the signed sheet is back

    def ask_roll(self) -> None:
        """Ask who signed the sheet of the shown record, as it was saved."""
        opened = self.sheet.opened
        if opened is not None:
            self.calling.roll_of(opened.record.kind.name, opened.record.id)

    def _called(self, kind: str, record_id: str) -> None:
        """The record in the form was called over: show it as it is now."""
        if self.sheet.opened is not None and self.sheet.opened.record.id == record_id and not self.unsaved():
            self.open(kind, record_id)

    # -- out of the form

    def save(self) -> None:
        """Save the record; what is wrong is said at its field."""
        opened = self.sheet.opened
        if opened is None:
            return
        try:
            record = self.sheet.record()
        except Refused:
            self._context.message.say("没有保存：标红的栏目看不懂，请改正。", "warn")
            return
        copy = self.sheet.typed(), self.sheet.strip.waiting
        finish = partial(self._after_saving, opened, copy)
        self._once.ask(questions.save, record, copy[1], then=finish, failed=self._not_kept)

    def _after_saving(self, opened: DutyRecord, copy: tuple[dict[str, str], tuple[Path, ...]], record: Record) -> None:
        """A record that was put away while it was saved is no draft any more."""
        if self._drafts.get(_draft_key(opened)) == copy:
            del self._drafts[_draft_key(opened)]
        if self.sheet.opened is not opened:
            self._context.message.say(f"已保存：{record.kind.label}")
            return
        self.sheet.opened = None
        self.left.emit(record.kind.name, f"已保存：{record.kind.label}")

    def _not_kept(self, error: Refused | Trouble) -> None:
        if not isinstance(error, Refused):
            self._context.message.complain(error)
            return
        rest = self.sheet.show_problems(error.problems)
        text = "；".join(str(problem) for problem in rest)
        self._context.message.say(text or "没有保存：请先改正标红的栏目。", "warn")

    def delete(self) -> None:
        """Take the shown record out of its register; it can be brought back from the log."""
        opened = self.sheet.opened
        if opened is None or opened.new:
            return
        kind, record_id = opened.record.kind.name, opened.record.id

        def gone(_: object) -> None:
            self.sheet.opened = None
            self.deleted.emit(kind, record_id)

        self._context.ask(registers.delete, kind, record_id, then=gone)

    def restore(self, kind: str, record_id: str) -> None:
        """Bring back what was deleted, and show it."""
        self._context.ask(registers.restore, kind, record_id, then=lambda _: self.open(kind, record_id))


def _draft_key(record: DutyRecord) -> str:
    kind = record.record.kind.name
    return f"{kind}:{_NEW}" if record.new else ids.key(kind, record.record.id)


def _draft(key: str, values: dict[str, str], files: tuple[Path, ...]) -> Draft:
    label = KINDS[key.partition(":")[0]].kind.label
    return Draft(f"登记：{label}", {**values, **({_FILES: "\n".join(map(str, files))} if files else {})})
