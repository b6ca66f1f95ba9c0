"""A kind of paper kept longer or shorter: its line is changed in one window, what moves is listed in the next."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import FilingRule
from tuopin_desktop.services.archives.changing import Move, Moves
from tuopin_desktop.ui.pages.archives import questions
from tuopin_desktop.ui.pages.archives.questions import PeriodRow
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_WIDTH, _HEIGHT = 640, 420
_FIELDS = ("filed", "period", "binding", "note")


def change_line(context: PageContext, line: PeriodRow, then: Callable[[Moves], object]) -> QDialog:
    """Open the window of a kind's line; what moves is shown before anything is written."""
    rule = FilingRule(
        paper=line.key,
        filed="yes" if line.rule.filed else "no",
        period=line.rule.period,
        binding=line.rule.binding,
        note=line.rule.reason if line.rule.changed else "",
    )

    def take(record: FilingRule) -> None:
        context.asker.ask(questions.moves, record, then=show, failed=dialog.refused)

    def show(moves: Moves) -> None:
        dialog.accept()
        MovesDialog(context, moves, then).open()

    dialog = FormDialog(rule, _FIELDS, line.name, "看哪些件换位置", context.office, take, context.window)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


class MovesDialog(QDialog):
    """Lists what a change moves, and makes it when that is agreed to."""

    def __init__(self, context: PageContext, moves: Moves, then: Callable[[Moves], object]) -> None:
        super().__init__(context.window)
        self._context, self._moves, self._then = context, moves, then
        self.setWindowTitle("改动期限")
        self.message = Toasts(self)
        columns = (
            Column("年度", lambda one: str(one.year), 60),
            Column("题名", lambda one: one.name),
            Column("原来", lambda one: one.before or "不归档", 70),
            Column("改为", lambda one: one.after or "不归档", 70),
        )
        self.table = RecordTable(columns, _key, "换位置的文件", nothing="没有文件换位置")
        self.table.replace_rows(list(moves.rows))
        self.agree = button("确认改动", self.take, role="primary")
        feet = row(None, button("取消", self.reject), self.agree)
        heading = label(f"{moves.sentence}。", "strong", wrap=True)
        self.setLayout(column(heading, self.table, feet, gap=10, margins=(16, 14, 16, 14)))
        self.resize(min(_WIDTH, context.window.width()), min(_HEIGHT, context.window.height()))
        self.finished.connect(self.deleteLater)

    def take(self) -> None:
        """Make the change, once for each press."""
        self.agree.setEnabled(False)
        rule = self._moves.rule
        self._context.asker.ask(questions.adjust, rule, then=self._done, failed=self._refused)

    def _done(self, moves: Moves) -> None:
        self.accept()
        self._then(moves)

    def _refused(self, error: Refused | Trouble) -> None:
        self.agree.setEnabled(True)
        self.message.complain(error)


def _key(move: Move) -> str:
    return f"{move.year} {move.name}"
