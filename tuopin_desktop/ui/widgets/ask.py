"""Questions to the clerk that do not stop the program: which file, whether to go on, why a paper is corrected."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QMessageBox, QWidget

from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.ui.widgets.memory import folder_for, keep_folder
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.plain import box

SHEETS = "Excel 工作簿 (*.xlsx)"
PDFS = "PDF 文件 (*.pdf)"
WORDS = "Word 文档 (*.docx)"
SCANS = "扫描件和照片 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"


def ask_save(parent: QWidget, title: str, name: str, kind: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask where to save; `then` gets the path. Returns the open dialog.

    The name offered may be made of what people entered; it is one that is not taken in the folder used last.
    """
    purpose = f"save {_ending(kind)}"
    dialog = QFileDialog(parent, title, str(_untaken(folder_for(parent, purpose) / portable(name))), kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    return _opened(parent, dialog, purpose)


def ask_open(parent: QWidget, title: str, kind: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask which file to read; `then` gets the path. Returns the open dialog."""
    purpose = f"open {_ending(kind)}"
    dialog = QFileDialog(parent, title, str(folder_for(parent, purpose)), kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    return _opened(parent, dialog, purpose)


def ask_files(parent: QWidget, title: str, kind: str, then: Callable[[list[Path]], object]) -> QFileDialog:
    """Ask which files to read; `then` gets their paths. Returns the open dialog."""
    purpose = f"open {_ending(kind)}"
    dialog = QFileDialog(parent, title, str(folder_for(parent, purpose)), kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    return _opened(parent, dialog, purpose)


def ask_folder(
    parent: QWidget,
    title: str,
    purpose: str,
    then: Callable[[Path], object],
    *,
    start: Path | None = None,
    files: bool = False,
) -> QFileDialog:
    """Ask for a folder, showing its `files` too; it begins at `start`, or where it was last for the same purpose."""
    dialog = QFileDialog(parent, title, str(start or folder_for(parent, purpose)))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, not files)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    return _opened(parent, dialog, purpose, whole=True)


def _opened(parent: QWidget, dialog: QFileDialog, purpose: str, *, whole: bool = False) -> QFileDialog:
    def keep(path: str) -> None:
        keep_folder(parent, purpose, Path(path) if whole else Path(path).parent)

    dialog.fileSelected.connect(keep)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _ending(kind: str) -> str:
    """Return the first ending of a kind of files: *.pdf of PDF 文件 (*.pdf)."""
    return kind.partition("(")[2].partition(")")[0].partition(" ")[0]


def _untaken(path: Path) -> Path:
    """Return a path under which nothing lies yet: 花名册(2).xlsx."""
    number, whole = 1, path
    while whole.exists():
        number += 1
        whole = path.with_name(f"{path.stem}({number}){path.suffix}")
    return whole


def confirm(parent: QWidget, sentence: str, yes: str, then: Callable[[], object]) -> QMessageBox:
    """Ask before something that is not done lightly; `then` is called on yes. Returns the open box."""
    asked = box(QMessageBox.Icon.Question, "请确认", sentence, parent)
    agree = asked.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = asked.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    asked.setDefaultButton(refuse)
    agree.clicked.connect(lambda: then())
    asked.finished.connect(asked.deleteLater)
    asked.open()
    return asked


_WIDTH = 520
_LONGEST = 300


class ReasonDialog(QDialog):
    """`then` gets the reason; `without` is called when the clerk does not give one."""

    def __init__(
        self, error: Refused, then: Callable[[str], object], without: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("更正")
        self._then = then
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.reason.setAccessibleName("更正原因")
        self.reason.setPlaceholderText("更正原因，如 录入笔误，与原件核对")
        self.agree = agree = button("更正", self.take, role="primary")
        agree.setEnabled(False)
        self.reason.textChanged.connect(lambda text: agree.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self.take)
        sentence = label(error.sentence, wrap=True)
        note = label("原来的内容、原因和更正人都会留下，可以查看。", "quiet", wrap=True)
        feet = row(None, button("不改了", self.reject), self.agree)
        self.setLayout(column(sentence, self.reason, note, feet, gap=10, margins=(16, 14, 16, 14)))
        self.setMinimumWidth(_WIDTH)
        self.rejected.connect(without)
        self.finished.connect(self.deleteLater)
        self.reason.setFocus()

    def take(self) -> None:
        """Correct with the reason typed, once there is one."""
        if text := self.reason.text().strip():
            self.accept()
            self._then(text)


def ask_reason(parent: QWidget) -> Callable[[Refused, Callable[[str], object], Callable[[], object]], ReasonDialog]:
    """Return what asks for reasons in a window; it returns the open dialog."""

    def ask(error: Refused, then: Callable[[str], object], without: Callable[[], object]) -> ReasonDialog:
        dialog = ReasonDialog(error, then, without, parent)
        dialog.open()
        return dialog

    return ask
