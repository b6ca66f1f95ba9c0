"""Questions to the clerk that do not stop the program: which file, and whether to go on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.ui.widgets.plain import box

SHEETS = "Excel 工作簿 (*.xlsx)"
PDFS = "PDF 文件 (*.pdf)"
WORDS = "Word 文档 (*.docx)"
SCANS = "扫描件和照片 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"


def ask_save(parent: QWidget, title: str, name: str, kind: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask where to save; `then` gets the path. Returns the open dialog.

    The name offered may be made of what people entered.
    """
    dialog = QFileDialog(parent, title, str(Path.home() / portable(name)), kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    return _opened(dialog, then)


def ask_open(parent: QWidget, title: str, kind: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask which file to read; `then` gets the path. Returns the open dialog."""
    dialog = QFileDialog(parent, title, str(Path.home()), kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(dialog, then)


def ask_files(parent: QWidget, title: str, kind: str, then: Callable[[list[Path]], object]) -> QFileDialog:
    """Ask which files to read; `then` gets their paths. Returns the open dialog."""
    dialog = QFileDialog(parent, title, str(Path.home()), kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _opened(dialog: QFileDialog, then: Callable[[Path], object]) -> QFileDialog:
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


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
