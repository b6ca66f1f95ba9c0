"""What a trial would flip: grouped by rule, each with both conclusions and their arithmetic."""

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtWidgets import QProgressBar, QScrollArea, QStackedWidget, QWidget

from tuopin_desktop.services.rulings.rulings import Flip
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.findings import TONES
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_NOTHING, _RUNNING, _FOUND = 0, 1, 2
_NOT_YET = ("还没有试算", "选一个拟取的值，点“试算”：列出哪些人、哪些月份的结论会变，不写入任何数据。")


class FlipList(QWidget):
    """Says nothing, how far a trial is, or what it found; `cancel` and `export` are the page's."""

    def __init__(self, cancel: Callable[[], None], export: Callable[[], None]) -> None:
        super().__init__()
        self.rows: tuple[Flip, ...] = ()
        self._nothing = EmptyState("info", _NOT_YET[0], hint=_NOT_YET[1])
        self._stack = QStackedWidget()
        for part in (self._nothing, self._running(cancel), self._listed(export)):
            self._stack.addWidget(part)
        self.setLayout(row(self._stack))

    def _running(self, cancel: Callable[[], None]) -> QWidget:
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("试算进度")
        self._how_far = label("正在试算…", "quiet")
        self.stop = button("取消试算", cancel)
        widget = QWidget()
        widget.setLayout(column(None, self._how_far, self._bar, row(self.stop, None), None, margins=(40, 0, 40, 0)))
        return widget

    def _listed(self, export: Callable[[], None]) -> QWidget:
        self._head = label("", "strong", wrap=True)
        self._groups = label("", "quiet", wrap=True)
        self.export = button("导出", export, icon="file-spreadsheet", tip="导出为 Excel")
        columns = (
            Column("规则", lambda flip: f"{flip.rule} {flip.title}", 150, shed=1),
            Column("对象", lambda flip: flip.subject_words),
            Column("原来", lambda flip: _word(flip, 0), 76, tone=lambda flip: _tone(flip, before=True)),
            Column("改后", lambda flip: _word(flip, 1), 76, tone=lambda flip: _tone(flip, before=False)),
        )
        self.table = RecordTable(columns, lambda flip: f"{flip.rule} {flip.subject}", "结论改变的事项")
        self.table.current_changed.connect(self._explain)
        self._why = label("", "quiet", wrap=True)
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(column(self._why, None))
        area = QScrollArea()
        area.setAccessibleName("两种口径的算法")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        head = row(column(self._head, self._groups, gap=2), self.export)
        head.setStretch(0, 1)
        layout = column(head, self.table, area, gap=8, margins=(14, 12, 14, 12))
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        widget = QWidget()
        widget.setLayout(layout)
        return widget

    @property
    def groups(self) -> str:
        """What is said of the rules concerned."""
        return self._groups.text()

    @property
    def why(self) -> str:
        """What is said of the row in hand."""
        return self._why.text()

    def reset(self) -> None:
        """Nothing has been tried."""
        self.rows = ()
        self._nothing.say(*_NOT_YET)
        self._stack.setCurrentIndex(_NOTHING)

    def begin(self) -> None:
        """A trial has begun."""
        self.rows = ()
        self._how_far.setText("正在试算…")
        self._bar.setRange(0, 0)
        self._stack.setCurrentIndex(_RUNNING)

    def tell(self, count: int, total: int) -> None:
        """Say how far it is."""
        self._how_far.setText(f"正在试算 {count}/{total}")
        self._bar.setRange(0, total)
        self._bar.setValue(count)

    def show_flips(self, flips: Sequence[Flip], what: str) -> None:
        """Show what would flip."""
        self.rows = tuple(flips)
        if not flips:
            self._nothing.say("没有结论改变", f"{what}，现有数据的结论都不变。未写入任何数据。")
            self._stack.setCurrentIndex(_NOTHING)
            return
        self._head.setText(f"{what}：{len(flips)}项结论改变，未写入任何数据")
        self._groups.setText("；".join(_counted(list(group)) for _, group in groupby(flips, lambda flip: flip.rule)))
        self.table.replace_rows(flips)
        self._stack.setCurrentIndex(_FOUND)
        self.table.enter()

    def _explain(self, flip: Flip | None) -> None:
        if flip is None:
            self._why.setText("")
            return
        sides = (("原来", flip.sentence_before, flip.steps_before), ("改后", flip.sentence_after, flip.steps_after))
        lines = [f"{name}：{sentence or '此规则不涉及'}\n{_steps(steps)}".rstrip() for name, sentence, steps in sides]
        self._why.setText("\n".join((*lines, f"依据：{flip.basis}")))


def _steps(steps: Sequence[str]) -> str:
    return "\n".join(f"    {step}" for step in steps)


def _counted(flips: Sequence[Flip]) -> str:
    kinds = {text: sum(flip.text == text for flip in flips) for text in dict.fromkeys(flip.text for flip in flips)}
    return f"{flips[0].rule} {flips[0].title}{len(flips)}项（{'、'.join(f'{w} {n}' for w, n in kinds.items())}）"


def _word(flip: Flip, side: int) -> str:
    return flip.text.split(" → ")[side]


def _tone(flip: Flip, *, before: bool) -> str:
    verdict = flip.before if before else flip.after
    return TONES[verdict] if verdict else "quiet"
