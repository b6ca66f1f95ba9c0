"""The section of the office itself: who it is, what it chose for its papers and its window, and where its data lies."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Office
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import settings
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.settings import questions
from tuopin_desktop.ui.pages.settings.questions import OwnOffice
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row


class OfficeSection(QWidget):
    """Saves the office's record on demand, a choice at once; `large_wanted` asks for larger letters."""

    large_wanted = Signal(bool)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.form = RecordForm(Office, context.office, headings=False)
        self.save_button = act_button(Act.OFFICE, "保存", self.save, icon="save", tip="Ctrl+S")
        self.choices = {one.key: QCheckBox(one.label) for one in settings.SETTINGS if isinstance(one.default, bool)}
        self.large = QCheckBox("大字显示")
        self._loaded = False
        self._typed: dict[str, str] = {}
        self._build()

    def _build(self) -> None:
        about = column(label("单位资料", "section"), self.form, row(self.save_button, None), margins=(16, 12, 16, 12))
        own = column(label("打印和显示", "section"), gap=4, margins=(16, 12, 16, 12))
        for one in settings.SETTINGS:
            if one.key in self.choices:
                box = self.choices[one.key]
                box.setAccessibleDescription(one.hint)
                box.clicked.connect(self._chooser(one))
                own.addWidget(box)
                own.addWidget(label(one.hint, "hint", wrap=True))
        self.large.clicked.connect(self.large_wanted)
        own.addWidget(self.large)
        own.addWidget(label("字和按钮放大四分之一，窗口随即重新打开", "hint", wrap=True))
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(column(card(about), card(own), card(self._folder()), None, gap=12))
        area = QScrollArea()
        area.setAccessibleName("本单位")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        self.setLayout(row(area))

    def _folder(self) -> QVBoxLayout:
        self.folder = QLineEdit(str(self._context.office.folder))
        self.folder.setReadOnly(True)
        self.folder.setAccessibleName("数据文件夹")
        opens = button("打开文件夹", self.open_folder)
        copies = button("复制路径", self.copy_folder)
        text = "全部数据都在这里，程序不联网。备份、换机时整个文件夹一起复制；程序开着时不要移动。"
        return column(
            label("数据文件夹", "section"),
            row(self.folder, opens, copies),
            label(text, "hint", wrap=True),
            margins=(16, 12, 16, 12),
        )

    @property
    def state(self) -> str:
        """The line under the page's title."""
        return "有改动没有保存" if self.unsaved else "单位资料印在报表上，选项只在本机有效"

    @property
    def unsaved(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._loaded and bool(self.form.typed())

    def retype(self, values: Mapping[str, str]) -> None:
        """Put back what was typed before, as soon as the office's record is shown."""
        self._typed = {name: text for name, text in values.items() if name in self.form.editors}
        self.refresh()

    def refresh(self) -> None:
        """Ask for the office's record and its choices."""
        self._context.ask(questions.own_office, then=self._show, lane="office")

    def _show(self, own: OwnOffice) -> None:
        self.form.load(own.record, {**(self.form.typed() if self._loaded else {}), **self._typed})
        self._typed = {}
        self._loaded = True
        for key, box in self.choices.items():
            box.setChecked(bool(own.chosen[key]))
        self.large.setChecked(theme.scaled(self, 100) > 100)

    def take_keyboard(self) -> None:
        """Put the keyboard on the first field."""
        self.form.editors["name"].setFocus()

    # -- saving

    def save(self) -> None:
        """Save the office's record."""
        if not self.form.unclear():
            function = self._context.asker.ask
            function(questions.save_office, self.form.record(), then=self._saved, failed=self._refused)

    def _saved(self, own: OwnOffice) -> None:
        self.form.load(own.record)
        self._context.message.say("已保存单位资料")

    def _refused(self, error: Refused | Trouble) -> None:
        rest = self.form.show_problems(error.problems) if isinstance(error, Refused) else ()
        if rest or not isinstance(error, Refused):
            self._context.message.complain(error)

    def _chooser(self, one: settings.Setting) -> Callable[[bool], None]:
        return lambda on: self._choose(one, on=on)

    def _choose(self, one: settings.Setting, *, on: bool) -> None:
        def failed(error: Refused | Trouble) -> None:
            self.choices[one.key].setChecked(not on)
            self._context.message.complain(error)

        def take_back() -> None:
            self.choices[one.key].setChecked(not on)
            self._choose(one, on=not on)

        def finish(_: object) -> None:
            self._context.message.say(f"{'已打开' if on else '已关闭'}：{one.label}", undo=take_back)

        self._context.asker.ask(settings.choose, one.key, on, then=finish, failed=failed)

    # -- the folder

    def open_folder(self) -> None:
        """Show the data folder in the computer's own file window."""
        where = Path(self.folder.text())
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(where))):
            self._context.message.say(f"没有打开文件窗口，请自行打开 {where}", "warn")

    def copy_folder(self) -> None:
        """Put the folder's path on the clipboard."""
        QGuiApplication.clipboard().setText(self.folder.text())
        self._context.message.say("已复制数据文件夹的路径")
