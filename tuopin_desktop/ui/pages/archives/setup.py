"""The tab 归档配置: the fonds this office files in, and how long it keeps each kind of paper."""

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Fonds
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import settings
from tuopin_desktop.services.archives.changing import Moves
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.archives import questions
from tuopin_desktop.ui.pages.archives.moving import change_line
from tuopin_desktop.ui.pages.archives.questions import PeriodRow, SetupAnswer
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_TABLE_HEIGHT = 300
_COLUMNS = (
    Column("文件种类", lambda one: one.name, 210, most=320),
    Column("期限", lambda one: one.period, 64),
    Column("按件或成卷", lambda one: one.binding, 86, shed=2),
    Column("依据", lambda one: one.rule.reason, tip=lambda one: one.rule.reason),
    Column("核定", lambda one: "本单位改定" if one.rule.changed else one.rule.certainty, 84, shed=1),
)
_HINT = "还没有全宗号也可以先整理：各处印空格，取得后补填，重新打印即可。"


class SetupView(ArchiveView):
    """Saves the settings on demand."""

    interests = frozenset({"fonds", "filing_rule", "archive_item"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.form = RecordForm(Fonds, context.office, headings=False)
        self.form.edited.connect(self.turned)
        self.buttons = (act_button(Act.ARCHIVE, "保存", self.save, icon="save", role="primary", tip="Ctrl+S"),)
        self.dialog: QDialog | None = None
        self._loaded = False
        self._typed: dict[str, str] = {}
        self.table = RecordTable(_COLUMNS, lambda one: one.key, "期限表")
        self.table.opened.connect(self._change)
        self.table.setMinimumHeight(theme.scaled(self, _TABLE_HEIGHT))
        self._title = label("", "section")
        self._basis = label("", "hint", wrap=True)
        self._edit = act_button(Act.ARCHIVE, "改期限", lambda: self._change(self.table.current()), tip="选中的这一种")
        inside = QWidget()
        inside.setObjectName("sheet")
        about = column(label("全宗", "section"), label(_HINT, "hint", wrap=True), self.form, margins=(16, 12, 16, 12))
        head = row(self._title, None, self._edit)
        periods = column(head, self._basis, self.table, gap=6, margins=(16, 12, 16, 12))
        inside.setLayout(column(card(about), card(periods), gap=12))
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
        self.context.ask(questions.setup, then=self._show, lane="fonds")

    def _show(self, answer: SetupAnswer) -> None:
        self._title.setText(f"期限表：{answer.title}")
        self._basis.setText(f"{answer.basis}。选中一种按回车改动：先列出哪些件换位置，确认后才改。")
        self.table.replace_rows(list(answer.rows))
        self.form.load(answer.fonds, {**(self.form.typed() if self._loaded else {}), **self._typed})
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

    def _change(self, line: PeriodRow | None) -> None:
        if line is None:
            self.context.message.say("请先在期限表里选中一种文件。", "warn")
        elif self.context.office.who.may(Act.ARCHIVE):
            self.dialog = change_line(self.context, line, self._changed)

    def _changed(self, moves: Moves) -> None:
        self.context.message.say(f"已改：{moves.sentence}")
        self.refresh()

    def drafts(self) -> Mapping[str, Draft]:
        return {"setup": Draft("归档配置", self.form.typed())} if self._unsaved else {}

    def resume(self, content: Mapping[str, str]) -> None:
        self._typed = {name: text for name, text in content.items() if name in self.form.editors}
        self.refresh()
