"""What the side panel says while a slip is typed: the leave so far, the twenty days, the class a reason sounds like."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.consequence import count_words
from tuopin_desktop.domain.leave.proposing import NOT_LEAVE
from tuopin_desktop.domain.leave.reach import Reach
from tuopin_desktop.domain.leave.sofar import SoFar
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import LEAVE_TYPE, OFFICIAL
from tuopin_desktop.ui.pages.leave.questions import SlipPreview
from tuopin_desktop.ui.pages.leave.steps import SlipState
from tuopin_desktop.ui.widgets.days import short_period
from tuopin_desktop.ui.widgets.parts import button, clear, column, label, row


class SoFarLines(QWidget):
    """The leave of the year beside this one, and of each month of it whether its days can still be reached."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=6)
        self.setLayout(self._lines)

    def show_so_far(self, so_far: SoFar | None) -> None:
        """Show what is reckoned; nothing as long as the days are not there."""
        clear(self._lines)
        self.setVisible(so_far is not None)
        if so_far is None:
            return
        self._add("今年", f"{so_far.year}（不含本次）", "quiet")
        for month in so_far.months:
            self._add(f"{month.month.month}月", month_words(month), _role(month))

    def _add(self, name: str, text: str, role: str) -> None:
        line = row(label(name, "label"), label(text, role, wrap=True), gap=10)
        line.setStretch(1, 1)
        self._lines.addLayout(line)


def month_words(month: Reach) -> str:
    """Return in a line whether a month of the leave can still come to its days."""
    if month.left is None or month.target is None:
        return "节假日还没有登记，够不够不作推算"
    text = f"请假共{month.leave:g}天，最多可在旗县{month.left:g}天，要求{month.target:g}天"
    return f"{text}：够不到，差{month.short:g}天" if month.short else f"{text}，够得到"


def _role(month: Reach) -> str:
    return "problem" if month.short else "quiet"


class ProposalLine(QFrame):
    """Hidden while nothing is proposed, and once a class is chosen; `taken` carries the code that was agreed to."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self.take = button("", lambda: self.taken.emit(self._code), icon="check", tip="采用建议的假别")
        self.take.setAccessibleName("采用建议的假别")
        self._why = label("", "hint", wrap=True)
        self.setLayout(column(self.take, self._why, gap=2, margins=(0, 0, 0, 0)))
        self.hide()

    def show_code(self, code: str) -> None:
        """Offer a class of leave, "" for none."""
        self._code = code
        text = f"按事由，假别填“{LEAVE_TYPE.word(code)}”" if code else ""
        self.take.setText(f" {text}")
        self.take.setAccessibleName(text or "采用建议的假别")
        self._why.setText(NOT_LEAVE if code == OFFICIAL else "")
        self._why.setVisible(code == OFFICIAL)
        self.setVisible(bool(code))


def name_of(slip: LeaveSlip) -> str:
    """Return what a slip is called above it."""
    return " ".join(filter(None, ("请假报备单", slip.number, slip.name)))


def is_under_way(standing: SlipState | None) -> bool:
    """Tell whether the work on a slip is with its steps, not with its words."""
    return standing is not None and bool(standing.next or standing.todo or not standing.story.owed)


def state_words(slip: LeaveSlip, standing: SlipState | None, *, is_kept: bool) -> str:
    """Return how a slip stands in a line: saved or not, its state, and its days."""
    span = parse_stored(slip.period)
    state = [standing.story.state_words] if standing is not None else []
    days = [f"{short_period(span)}，{count_words(span.days)}"] if span is not None and span.halves > 0 else []
    return " · ".join(["已保存" if is_kept else "还没有保存", *state, *days])


def problem_lines(composed: SlipPreview) -> list[str]:
    """Return what keeps a slip from being saved, and what no letter is there for, a line each."""
    lines = [f"· {problem}" for problem in composed.problems]
    if missing := "".join(dict.fromkeys(item.char for item in composed.sheet.missing)):
        lines.append(f"· 字库中没有“{missing}”，打印为〓，请手写补上")
    return lines
