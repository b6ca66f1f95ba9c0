"""The tab 归档配置: the fonds this office files in."""

from collections.abc import Mapping

from PySide6.QtWidgets import QScrollArea, QWidget

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Fonds
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import settings
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, card, column, label

_HINT = "还没有全宗号也可以先整理：各处印空格，取得后补填，重新打印即可。"


class SetupView(ArchiveView):
    """Saves the settings on demand."""

    interests = frozenset({"fonds"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.form = RecordForm(Fonds, context.office, headings=False)
        self.form.edited.connect(self.turned)
        self.buttons = (act_button(Act.ARCHIVE, "保存", self.save, icon="save", role="primary", tip="Ctrl+S"),)
        self._loaded = False
        self._typed: dict[str, str] = {}
        inside = QWidget()
        inside.setObjectName("sheet")
        about = column(label("全宗", "section"), label(_HINT, "hint", wrap=True), self.form, margins=(16, 12, 16, 12))
        inside.setLayout(column(card(about), None, gap=12))
        area = QScrollArea()
        area.setAccessibleName("归档配置")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        self.setLayout(column(area))

    @property
    def state(self) -> str:
        return "有改动没有保存" if self._unsaved else "印在归档章、目录、封面和盒脊上"

    @property
    def _unsaved(self) -> bool:
        return self._loaded and bool(self.form.typed())

    def refresh(self) -> None:
        self.context.ask(question(settings.fonds), then=self._show, lane="fonds")

    def _show(self, fonds: Fonds) -> None:
        self.form.load(fonds, {**(self.form.typed() if self._loaded else {}), **self._typed})
        self._typed = {}
        self._loaded = True
        self.turned.emit()

    def take_keyboard(self) -> None:
        self.form.editors["fonds_code"].setFocus()

    def save(self) -> None:
        if not self.form.unclear():
            ask = self.context.asker.ask
            ask(settings.save_fonds, self.form.record(), then=self._saved, failed=self._refused)

    def _saved(self, fonds: Fonds) -> None:
        self.form.load(fonds)
        self.context.message.say("已保存归档配置")
        self.turned.emit()

    def _refused(self, error: Refused | Trouble) -> None:
        rest = self.form.show_problems(error.problems) if isinstance(error, Refused) else ()
        if rest or not isinstance(error, Refused):
            self.context.message.complain(error)

    def drafts(self) -> Mapping[str, Draft]:
        return {"setup": Draft("归档配置", self.form.typed())} if self._unsaved else {}

    def resume(self, content: Mapping[str, str]) -> None:
        self._typed = {name: text for name, text in content.items() if name in self.form.editors}
        self.refresh()
