"""The steps at the left: which are over, which stands open, which are to come."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.parts import button, column, label, mark, row

_WIDE, _ROUND = 268, 28


class StepsList(QFrame):
    """`step_wanted` carries a step that is over and is to be opened again; `help_wanted` asks for help."""

    step_wanted = Signal(int)
    help_wanted = Signal()

    def __init__(self, steps: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(theme.scaled(self, _WIDE))
        head = label("第一次使用")
        head.setObjectName("title")
        self.help = button("帮助  F1", self.help_wanted.emit, icon="help", role="flat")
        self.rounds: list[QPushButton] = []
        self._names = []
        pieces = []
        for at, (title, below) in enumerate(steps):
            one = button(str(at + 1), partial(self.step_wanted.emit, at), role="step")
            one.setAccessibleName(f"第{at + 1}步：{title}")
            one.setFixedSize(theme.scaled(self, _ROUND), theme.scaled(self, _ROUND))
            one.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            name = label(title)
            self.rounds.append(one)
            self._names.append(name)
            line = row(one, column(name, label(below, "quiet"), gap=2), None, gap=12)
            pieces.append(line)
        self.setLayout(
            column(
                head,
                label("4步，约3分钟，随时可退出再接着办", "quiet"),
                16,
                *pieces,
                None,
                row(self.help, None),
                gap=16,
                margins=(28, 36, 12, 24),
            )
        )

    def mark(self, here: int) -> None:
        """Show which step stands open."""
        for at, (one, name) in enumerate(zip(self.rounds, self._names, strict=True)):
            mark(one, "standing", "now" if at == here else "done" if at < here else "")
            one.setText("✓" if at < here else str(at + 1))
            one.setEnabled(at < here)
            mark(name, "role", "strong" if at == here else "")
