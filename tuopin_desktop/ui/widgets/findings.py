"""Verdicts in words: a pill and a sentence, which unfolds into its steps and its article."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tuopin_desktop.domain.findings import Finding, Verdict, gravest_first
from tuopin_desktop.ui import icons
from tuopin_desktop.ui.widgets.parts import Button, button, clear, column, label, pill, row, rule
from tuopin_desktop.ui.widgets.plain import set_tip

TONES = {
    Verdict.OK: "ok",
    Verdict.NOTICE: "quiet",
    Verdict.AMBER: "warn",
    Verdict.RED: "bad",
    Verdict.SUSPECTED: "bad",
    Verdict.UNKNOWN: "warn",
}


def why(finding: Finding) -> str:
    """Return the inputs, the arithmetic and the source of a finding, a line each."""
    inputs = "；".join(f"{name}：{value}" for name, value in finding.inputs)
    source = f"依据：{finding.basis}"
    return "\n".join(part for part in (inputs, *finding.steps, source) if part)


class FindingRow(QFrame):
    """One finding; its button unfolds how it was reached."""

    def __init__(self, finding: Finding, go: Callable[[], object] | None) -> None:
        super().__init__()
        self._more = Button()
        self._more.setProperty("role", "flat")
        self._more.setCheckable(True)
        self._more.setIcon(icons.icon("chevron-down"))
        self._more.setAccessibleName(f"展开依据：{finding.sentence}")
        set_tip(self._more, "展开依据和算法")
        self._more.setFixedWidth(34)
        self._more.toggled.connect(self._unfold)
        sentence = label(finding.sentence, wrap=True)
        top = row(column(4, pill(finding.verdict.label, TONES[finding.verdict]), None, gap=0), sentence, gap=10)
        top.setStretch(1, 1)
        if go is not None:
            link = button("查看", go, role="flat")
            link.setAccessibleName(f"查看：{finding.sentence}")
            top.addWidget(link)
        top.addWidget(self._more)
        self._steps = label(why(finding), "quiet", wrap=True)
        self._steps.setContentsMargins(4, 0, 8, 6)
        self._steps.hide()
        self.setLayout(column(top, self._steps, rule(), gap=4, margins=(0, 4, 0, 0)))

    def _unfold(self, unfolded: bool) -> None:
        self._steps.setVisible(unfolded)
        self._more.setIcon(icons.icon("chevron-up" if unfolded else "chevron-down"))


class FindingList(QWidget):
    """A few findings one under another; `followed` carries the one to look at."""

    followed = Signal(object)

    def __init__(self, *, linked: bool = False, nothing: str = "没有需要注意的事项。") -> None:
        super().__init__()
        self._linked = linked
        self._rows = column(gap=2)
        self._nothing = label(nothing, "quiet", wrap=True)
        self.setLayout(column(self._nothing, self._rows, None, gap=0))

    def replace(self, findings: Sequence[Finding]) -> None:
        """Show other findings, gravest first."""
        clear(self._rows)
        self._nothing.setVisible(not findings)
        for finding in gravest_first(findings):
            self._rows.addWidget(FindingRow(finding, self._follow(finding) if self._linked else None))

    def hush(self, warned: bool) -> None:
        """Say nothing of "nothing" where something is warned of beside this list."""
        if warned:
            self._nothing.hide()

    def _follow(self, finding: Finding) -> Callable[[], object]:
        return lambda: self.followed.emit(finding)
