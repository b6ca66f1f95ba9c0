"""Excel on a page: an empty template, an import rehearsed row by row before it is confirmed, an export."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from tuopin_desktop.domain.columns import label_of
from tuopin_desktop.domain.intake.cadreforms import ResumeLine
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.sheets import doors, intake, mends, takeback
from tuopin_desktop.services.sheets.plans import Preview
from tuopin_desktop.services.sheets.sources import Source
from tuopin_desktop.services.sheets.takeback import Imported
from tuopin_desktop.ui.plumbing.runner import all_but_last
from tuopin_desktop.ui.sheets.cadrepanel import ResumeDialog, read_resume
from tuopin_desktop.ui.sheets.reading import STOPPED, ReadingDialog
from tuopin_desktop.ui.sheets.rehearsal import PreviewDialog
from tuopin_desktop.ui.widgets.ask import SHEETS, ask_files, ask_folder, ask_open, ask_save
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import hide_unless

FORMS = "干部任免审批表 (*.lrmx *.lrm)"
_CAUSE = "rehearse"
READABLE = "表格文件 (*.xlsx *.xls *.et *.ods *.csv);;所有文件 (*)"


def save_template(desk: Desk, kind: str, path: Path) -> Path:
    """Write the empty workbook; runs in the worker thread."""
    return files.write(desk, path, intake.template(desk, kind))


def save_export(
    desk: Desk, kind: str, where: Mapping[str, str], path: Path, *, reveal: bool = False, bare: bool = False
) -> Path:
    """Write the register as a workbook, personal data in full, masked or left out; runs in the worker thread."""
    return files.write(desk, path, intake.export(desk, kind, where, reveal=reveal, bare=bare))


def save_rejects(desk: Desk, preview: Preview, path: Path) -> Path:
    """Write the correction workbook; runs in the worker thread."""
    return files.write(desk, path, intake.rejects(desk, preview))


def _called(sources: Sequence[Source]) -> str:
    first = sources[0].name if isinstance(sources[0], Path) else "粘贴的内容"
    return first if len(sources) == 1 else f"{len(sources)}个文件"


class Exchange:
    """Excel for one kind of sheet, on behalf of a page."""

    def __init__(self, context: PageContext, kind: str) -> None:
        self._context = context
        self.kind = kind
        self._label = label_of(kind)
        self.dialog: PreviewDialog | None = None
        self.resume: ResumeDialog | None = None
        self.reading: ReadingDialog | None = None
        self._sources: Sequence[Source] = ()
        self._mends: list[tuple[str, str | None]] = []  # the code of each correction, and the words it replaced

    def import_(self) -> None:
        """Ask for a file and rehearse it."""
        ask_open(self._context.window, f"选择要导入的{self._label}", READABLE, self.rehearse)

    def import_forms(self, *, folder: bool) -> None:
        """Ask for forms of cadres, single files or a whole folder, and rehearse them together."""
        window, title = self._context.window, "选择干部任免审批表"
        if folder:
            ask_folder(window, f"{title}所在的文件夹", "forms", self.rehearse, files=True)
        else:
            ask_files(window, title, FORMS, self.rehearse_all)

    def rehearse(self, source: Source) -> None:
        """Read and judge a file, or what was pasted; nothing is written."""
        self.rehearse_all([source])

    def rehearse_all(self, sources: Sequence[Source]) -> None:
        """Read and judge what was chosen or dropped, the first of what does not belong together; nothing is written."""
        self._sources, *others = doors.groups(self.kind, sources)
        later = f"，一次检查一个，另外{len(others)}个请随后再导入" if others else ""
        self._context.message.say(f"正在读取并检查 {_called(self._sources)} ……{later}", "quiet")
        self._mends.clear()
        self.reading = ReadingDialog(
            self._context.asker,
            self._context.window,
            then=self._show,
            failed=partial(self._context.message.complain, cause=_CAUSE),
            stopped=lambda: self._context.message.say(STOPPED),
        )
        self.reading.read(self.kind, self._sources, {})

    def template(self) -> None:
        """Ask where to save the empty workbook."""
        self._save(f"{self._label}模板.xlsx", all_but_last(save_template, self.kind))

    def export(self, where: Mapping[str, str], *, reveal: bool = False, bare: bool = False) -> None:
        """Ask where to save the register; with `reveal` personal data are in it in full, and that is noted.

        A `bare` one goes to other offices, without the personal columns.
        """
        day = self._context.office.today
        full = "（完整）" if reveal else "（不含个人信息）" if bare else ""
        kind, wanted = self.kind, dict(where)
        self._save(
            f"{self._label}{full} {day:%Y%m%d}.xlsx",
            lambda desk, path: save_export(desk, kind, wanted, path, reveal=reveal, bare=bare),
        )

    def _show(self, preview: Preview) -> None:
        self._context.message.clear()
        self.dialog = dialog = PreviewDialog(preview, self._label, self._context.window)
        hide_unless(dialog.other, all(isinstance(one, Path) for one in self._sources))
        dialog.confirmed.connect(lambda: self._context.ask(takeback.confirm, dialog.preview, then=self._tell_counts))
        dialog.rejects_wanted.connect(lambda: self._rejects(dialog.preview))
        dialog.mended.connect(self._mend)
        dialog.unmended.connect(self._unmend)
        again = partial(self.import_forms, folder=False) if preview.files else self.import_
        dialog.other_file_wanted.connect(again)
        dialog.resume_wanted.connect(self._ask_resume)
        dialog.answered.connect(lambda code, word: self._answer({code: word}))
        dialog.finished.connect(self._closed)
        dialog.open()
        dialog.begin()

    def _ask_resume(self, path: str) -> None:
        """Show the résumé of one form over the rehearsal."""
        dialog = self.dialog
        assert dialog is not None, "the wish came from it"

        def show(lines: Sequence[ResumeLine]) -> None:
            self.resume = ResumeDialog(Path(path).name, lines, dialog)
            self.resume.open()

        self._context.asker.ask(read_resume, path, then=show, failed=dialog.message.complain)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _answer(self, answer: Mapping[str, str]) -> None:
        """Read the file again under one more answer; the dialog is then replaced, as its columns may be others."""
        dialog = self.dialog
        assert dialog is not None, "the wish came from it"

        def show(other: Preview) -> None:
            dialog.reject()
            self._show(other)

        self._reread({**dialog.preview.answers, **answer}, show)

    def _mend(self, code: str, word: str) -> None:
        """Judge the file with one cell corrected."""
        dialog = self.dialog
        assert dialog is not None, "the wish came from it"
        before = dialog.preview.answers.get(code)
        if word == (mends.original(code) if before is None else before):
            return

        def show(other: Preview) -> None:
            self._mends.append((code, before))
            dialog.show_corrected(other)

        self._reread({**dialog.preview.answers, code: word}, show)

    def _unmend(self) -> None:
        """Judge the file without the last correction."""
        dialog = self.dialog
        if dialog is None or not self._mends:
            return
        code, before = self._mends[-1]
        answers = {name: word for name, word in dialog.preview.answers.items() if name != code}

        def show(other: Preview) -> None:
            self._mends.pop()
            dialog.show_corrected(other, code)

        self._reread(answers if before is None else {**answers, code: before}, show)

    def _reread(self, answers: Mapping[str, str], show: Callable[[Preview], object]) -> None:
        """Read the file again under other answers; the dialog waits, and stands as it was where that fails."""
        dialog = self.dialog
        assert dialog is not None, "the wish came from it"
        dialog.wait(waiting=True)

        def take(other: Preview) -> None:
            if self.dialog is dialog:
                dialog.wait(waiting=False)
                show(other)

        def complain(error: Refused | Trouble) -> None:
            if self.dialog is dialog:
                dialog.wait(waiting=False)
                dialog.message.complain(error)

        def stop() -> None:
            dialog.wait(waiting=False)
            dialog.message.say(STOPPED)

        self.reading = ReadingDialog(self._context.asker, dialog, then=take, failed=complain, stopped=stop)
        self.reading.read(self.kind, self._sources, answers)

    def _tell_counts(self, imported: Imported) -> None:
        """Say what was written; one stroke takes all of it back."""

        def undo() -> None:
            self._context.ask(takeback.take_back, imported, then=self._context.message.say)

        self._context.message.say(imported.sentence, undo=undo if imported.after else None)

    def _rejects(self, preview: Preview) -> None:
        self._save(f"{Path(preview.path).stem} 需更正.xlsx", all_but_last(save_rejects, preview))

    def _save(self, name: str, function: Callable[[Desk, Path], Path]) -> None:
        def chosen(path: Path) -> None:
            self._context.ask(function, path, then=self._written)

        ask_save(self._context.window, "保存到", name, SHEETS, chosen)

    def _written(self, path: Path) -> None:
        where = self._context.message if self.dialog is None else self.dialog.message
        where.say_file(path)
