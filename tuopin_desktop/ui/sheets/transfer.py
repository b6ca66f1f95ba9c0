"""What a page offers for Excel: an empty template, an import rehearsed before it is confirmed, an export."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tuopin_desktop.domain.columns import label_of
from tuopin_desktop.domain.intake import Header
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.sheets import intake
from tuopin_desktop.services.sheets.intake import Counts, Preview
from tuopin_desktop.ui.plumbing.runner import Answer, Args, all_but_last
from tuopin_desktop.ui.sheets.preview import PreviewDialog
from tuopin_desktop.ui.widgets.ask import SHEETS, ask_open, ask_save
from tuopin_desktop.ui.widgets.page import Page

READABLE = "表格文件 (*.xlsx *.xls *.et *.ods *.csv);;所有文件 (*)"


def save_template(desk: Desk, kind: str, path: Path) -> Path:
    """Write the empty workbook; runs in the worker thread."""
    return files.write(desk, path, intake.template(desk, kind))


def save_export(desk: Desk, kind: str, where: Mapping[str, str], path: Path, *, reveal: bool = False) -> Path:
    """Write the register as a workbook, personal data in full or masked; runs in the worker thread."""
    return files.write(desk, path, intake.export(desk, kind, where, reveal=reveal))


def save_rejects(desk: Desk, preview: Preview, path: Path) -> Path:
    """Write the correction workbook; runs in the worker thread."""
    return files.write(desk, path, intake.rejects(desk, preview))


class Exchange:
    """Excel for one kind of sheet, on behalf of a page."""

    def __init__(self, page: Page, kind: str) -> None:
        self._page = page
        self._kind = kind
        self._label = label_of(kind)
        self.dialog: PreviewDialog | None = None

    def import_(self) -> None:
        """Ask for a file and rehearse it."""
        ask_open(self._page, f"选择要导入的{self._label}", READABLE, self.rehearse)

    def rehearse(self, path: Path) -> None:
        """Read and judge a file; nothing is written."""
        self._page.message.say(f"正在读取并检查 {path.name} ……", "quiet")
        self._ask(intake.preview, self._kind, path, then=self._show)

    def template(self) -> None:
        """Ask where to save the empty workbook."""
        self._save(f"{self._label}模板.xlsx", all_but_last(save_template, self._kind))

    def export(self, where: Mapping[str, str], *, reveal: bool = False) -> None:
        """Ask where to save the register; with `reveal` personal data are in it in full, and that is noted."""
        day = self._page.office.today
        full = "（完整）" if reveal else ""
        kind, wanted = self._kind, dict(where)
        self._save(
            f"{self._label}{full} {day:%Y%m%d}.xlsx",
            lambda desk, path: save_export(desk, kind, wanted, path, reveal=reveal),
        )

    def _show(self, preview: Preview) -> None:
        self._page.message.hide()
        self.dialog = PreviewDialog(preview, self._label, self._page)
        self.dialog.confirmed.connect(lambda: self._confirm(preview))
        self.dialog.rejects_wanted.connect(lambda: self._rejects(preview))
        self.dialog.other_file_wanted.connect(self.import_)
        self.dialog.assigned.connect(lambda header: self._reread(preview, header))
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _reread(self, preview: Preview, header: Header) -> None:
        """Read the sheet again as the clerk understands its columns; the dialog waits and is then replaced."""
        dialog = self.dialog
        assert dialog is not None, "the wish came from it"
        dialog.setEnabled(False)

        def read(other: Preview) -> None:
            if self.dialog is dialog:
                dialog.reject()
                self._show(other)

        def failed(error: Refused | Trouble) -> None:
            if self.dialog is dialog:
                dialog.setEnabled(True)
                dialog.message.complain(error)

        row = (self._kind, Path(preview.path), header, preview.sheet)
        self._page.asker.ask(intake.preview, *row, then=read, failed=failed)

    def _confirm(self, preview: Preview) -> None:
        self._ask(intake.confirm, preview, then=self._done)

    def _done(self, counts: Counts) -> None:
        self._page.message.say(f"导入完成：{counts.text()}")

    def _rejects(self, preview: Preview) -> None:
        self._save(f"{Path(preview.path).stem} 需更正.xlsx", all_but_last(save_rejects, preview))

    def _save(self, name: str, function: Callable[[Desk, Path], Path]) -> None:
        def chosen(path: Path) -> None:
            self._ask(function, path, then=self._written)

        ask_save(self._page, "保存到", name, SHEETS, chosen)

    def _written(self, path: Path) -> None:
        where = self._page.message if self.dialog is None else self.dialog.message
        where.say(f"已保存到 {path}")

    def _ask(self, function: Callable[[Desk, *Args], Answer], *args: *Args, then: Callable[[Answer], object]) -> None:
        self._page.asker.ask(function, *args, then=then, failed=self._page.complain)
