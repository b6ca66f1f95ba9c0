"""Beside the rows of an import of cadres' forms: the photo, what Article 3 says, the résumé when asked for."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.domain.intake.cadreforms import ResumeLine
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.sheets import cadres
from tuopin_desktop.services.sheets.plans import Plan, Preview, RowFile
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.placing import resize_fitting
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_WIDE, _HIGH = 78, 98
_NOBODY = "选中一行，这里是照片和第三条的条件。"


def file_columns(preview: Preview) -> list[Column]:
    """Return the columns that say of each row which file it is, with or without a photo, and what is said of him."""

    def source(plan: Plan) -> RowFile:
        return preview.files[plan.row.number - 1]

    return [
        Column("文件", lambda plan: source(plan).name, 130),
        Column("照片", lambda plan: "有" if source(plan).photo else "无", 56),
        Column("第三条", lambda plan: _brief(source(plan)), 90, tone=lambda plan: source(plan).tone, tip=_tip(source)),
    ]


_BRIEF = {"ok": "符合", "warn": "待核", "bad": "不符"}


def _brief(source: RowFile) -> str:
    return _BRIEF.get(source.tone, "") if source.verdict else ""


def _tip(source: Callable[[Plan], RowFile]) -> Callable[[Plan], str]:
    return lambda plan: source(plan).verdict


class CadrePanel(QWidget):
    """`resume_wanted` carries the path of the file whose résumé somebody wants to see."""

    resume_wanted = Signal(str)

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self._preview = preview
        self._path = ""
        self.photo = label()
        self.photo.setFixedSize(theme.scaled(self, _WIDE), theme.scaled(self, _HIGH))
        self.photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.photo.setAccessibleName("照片")
        self.verdict = label(_NOBODY, "quiet", wrap=True)
        self.resume = button("看简历…", lambda: self.resume_wanted.emit(self._path), role="flat")
        set_tip(self.resume, "逐行读出这份审批表的简历；只看，不保存")
        self.resume.setEnabled(False)
        line = row(self.photo, column(self.verdict, row(self.resume, None), gap=4), margins=(12, 4, 16, 4))
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_plan(self, plan: Plan | None) -> None:
        """Show what belongs to a row; None shows nothing."""
        file = self._preview.files[plan.row.number - 1] if plan is not None else None
        self._path = file.path if file is not None and plan is not None and plan.row.values else ""
        self.resume.setEnabled(bool(self._path))
        self.verdict.setText((file.verdict or "这份审批表没有读出来。") if file is not None else _NOBODY)
        picture = QPixmap()
        if file is not None and file.photo:
            picture.loadFromData(file.photo)
            ratio = Qt.AspectRatioMode.KeepAspectRatio
            picture = picture.scaled(self.photo.size(), ratio, Qt.TransformationMode.SmoothTransformation)
        self.photo.setPixmap(picture)
        if picture.isNull():
            self.photo.setText("没有照片" if file is not None else "")


class ResumeDialog(QDialog):
    """The résumé of one form by lines."""

    def __init__(self, name: str, lines: Sequence[ResumeLine], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"简历：{name}")
        resize_fitting(self, 760, 420)
        columns = [
            Column("起", lambda line: line.first.replace("-", "."), 90),
            Column("止", lambda line: line.last.replace("-", "."), 90),
            Column("经历", lambda line: line.text, 0),
        ]
        self.table = RecordTable(columns, lambda line: f"{line.first} {line.last} {line.text}", "简历")
        self.table.replace_rows(lines)
        note = label("只供查看，不导入、不保存。" if lines else "这份审批表里没有填写简历。", "quiet")
        whole = column(note, self.table, row(None, button("关闭", self.accept)), gap=8, margins=(16, 12, 16, 12))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.finished.connect(self.deleteLater)


def read_resume(_: Desk, path: str) -> tuple[ResumeLine, ...]:
    """Read the résumé of a file; runs in the worker thread."""
    return cadres.resume_of(Path(path))
