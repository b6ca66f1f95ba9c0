"""Verdicts in words: a pill and a sentence, which unfolds into its steps and its article."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tuopin_desktop.ui import icons
from tuopin_desktop.ui.widgets.parts import clear, column, label, pill, row, rule

VERDICTS = {
    "ok": ("合格", "ok"),
    "notice": ("提示", "quiet"),
    "amber": ("提醒", "warn"),
    "red": ("不符", "bad"),
    "suspected": ("疑似", "bad"),
}
"""Words and tone of a verdict."""


def verdict_word(verdict: Any) -> str:
    """Return the Chinese word of a verdict, given as an enum or its value."""
    return VERDICTS.get(verdict_value(verdict), ("提示", "quiet"))[0]


def verdict_tone(verdict: Any) -> str:
    """Return the tone of a verdict, given as an enum or its value."""
    return VERDICTS.get(verdict_value(verdict), ("提示", "quiet"))[1]


def verdict_value(verdict: Any) -> str:
    """Return the plain value of a verdict."""
    return str(getattr(verdict, "value", verdict))


class FindingRow(QFrame):
    """One finding; its button unfolds how it was reached."""

    def __init__(self, finding: Any, go: Callable[[], object] | None) -> None:
        super().__init__()
        word, tone = verdict_word(finding.verdict), verdict_tone(finding.verdict)
        self._more = QPushButton()
        self._more.setProperty("role", "flat")
        self._more.setCheckable(True)
        self._more.setIcon(icons.icon("chevron-down"))
        self._more.setAccessibleName(f"展开依据：{finding.sentence}")
        self._more.setToolTip("展开依据和算法")
        self._more.setFixedWidth(34)
        self._more.toggled.connect(self._unfold)
        mark = pill(word, tone)
        mark.setFixedWidth(mark.sizeHint().width())
        words = label(finding.sentence, wrap=True)
        top = row(mark, words, gap=10)
        top.setStretch(1, 1)
        if go is not None:
            link = QPushButton("查看")
            link.setProperty("role", "flat")
            link.setAccessibleName(f"查看：{finding.sentence}")
            link.clicked.connect(lambda: go())
            top.addWidget(link)
        top.addWidget(self._more)
        self._steps = label(_why(finding), "quiet", wrap=True)
        self._steps.setContentsMargins(50, 0, 8, 6)
        self._steps.hide()
        self.setLayout(column(top, self._steps, rule(), gap=4, margins=(0, 4, 0, 0)))

    def _unfold(self, unfolded: bool) -> None:
        self._steps.setVisible(unfolded)
        self._more.setIcon(icons.icon("chevron-up" if unfolded else "chevron-down"))


def _why(finding: Any) -> str:
    steps = [str(step) for step in finding.steps]
    source = (
        f"依据：管理办法第{finding.article}条（规则 {finding.rule}）" if finding.article else f"规则 {finding.rule}"
    )
    return "\n".join([*steps, source])


class FindingList(QWidget):
    """Findings one under another; `followed` carries the subject of the one to look at."""

    followed = Signal(object)

    def __init__(self, *, linked: bool = False) -> None:
        super().__init__()
        self._linked = linked
        self._rows = column(gap=2)
        self.setLayout(column(self._rows, None, gap=0))

    def replace(self, findings: Sequence[Any]) -> None:
        """Show other findings, in the order given."""
        clear(self._rows)
        for finding in findings:
            self._rows.addWidget(FindingRow(finding, self._follow(finding) if self._linked else None))

    def _follow(self, finding: Any) -> Callable[[], object]:
        return lambda: self.followed.emit(finding)
