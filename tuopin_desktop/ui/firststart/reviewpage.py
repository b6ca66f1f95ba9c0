"""The last page: everything once more, and the recovery code on paper before the office stands."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QPushButton

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files
from tuopin_desktop.services.office import founding
from tuopin_desktop.services.office.founding import CodePaper, Ground
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.firststart.step import Circle, StepPage
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.parts import button, column, label, row, rule

WORDS = {"unit": "单位", "above": "上级", "use": "用来", "people": "人员", "place": "备份", "data": "数据"}
_STEPS = {"unit": 0, "use": 0, "people": 1, "place": 2}
_HALF = 17
_WIDE = 640
_VOID = "单位或姓名改了，换了新的恢复码：前面打印的作废，请重新打印。"
_NOT_YET = "先打印恢复码（或抄下），放进信封，再打勾"
_TRIAL = "练习单位里都是虚构的人和事，不用保管恢复码。"


def save(ground: Ground, paper: CodePaper, path: Path) -> Path:
    """Write the paper of a code as a PDF; runs in the worker thread. Raises Trouble."""
    del ground
    files.write(path, founding.code_pdf(paper))
    return path


class ReviewPage(StepPage):
    """`ready` tells whether the office may be founded, `step_wanted` asks for a page again, `moved` for a folder."""

    title, below = "看一遍", "确认后建立，打印恢复码"
    ready = Signal(bool)
    step_wanted = Signal(int)
    moved = Signal()

    def __init__(self, circle: Circle) -> None:
        super().__init__(circle)
        self.paper: CodePaper | None = None
        self._whose: tuple[str, str, bool] | None = None
        self._is_out = False
        """Whether the paper was printed or saved."""
        self._is_trial = False
        self._values: dict[str, QLabel] = {}
        self.code = label("")
        self.code.setObjectName("title")
        self.code.setAccessibleName("恢复码")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.print = button("打印", self.print_, icon="printer")
        self.tick = QCheckBox("已打印（或抄下），放进信封由管理员保管")
        self.tick.toggled.connect(lambda on: self.ready.emit(on or self._is_trial))
        self._outcome = label("", "quiet", wrap=True)
        self._trial = label(_TRIAL, "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._card = QFrame()
        self._build()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme.scaled(self, 72))
        for at, (key, word) in enumerate(WORDS.items()):
            self._values[key] = label("")
            grid.addWidget(label(word, "quiet"), 2 * at, 0)
            grid.addWidget(self._values[key], 2 * at, 1)
            if (change := self._change(key)) is not None:
                change.setAccessibleName(f"改{word}")
                grid.addWidget(change, 2 * at, 2)
            grid.addWidget(rule(), 2 * at + 1, 0, 1, 3)
        self._card.setProperty("tone", "quiet")
        head = row(label("恢复码", "section"), None, self.print)
        why = label("忘了口令、电脑坏了，凭它打开数据和备份。只在这里显示，程序里不留。", "quiet", wrap=True)
        self._card.setLayout(column(head, self.code, why, self.tick, self._outcome, gap=6, margins=(14, 10, 14, 10)))
        inside = column(grid, 4, self._trial, self._card, gap=6)
        framed = QFrame()
        framed.setMaximumWidth(theme.scaled(self, _WIDE))
        framed.setLayout(inside)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column(*self.heading("看一遍", "确认后建立。级别和旗县以后不能改。"), 4, framed, None, gap=6))

    def _change(self, key: str) -> QPushButton | None:
        if key in _STEPS:
            return button("改", lambda: self.step_wanted.emit(_STEPS[key]), role="link")
        if key == "data" and self.circle.first.movable:
            return button("改", self.moved.emit, role="link")
        return None

    def show_answers(self, values: Mapping[str, str], office: str, by: str, *, practice: bool) -> None:
        """Say everything once more; the code stays while its office is the same, else a printed one is called void."""
        for key, text in values.items():
            self._values[key].setText(text)
        self._is_trial = practice
        self._card.setVisible(not practice)
        self._trial.setVisible(practice)
        if self.paper is not None and self._whose == (office, by, practice):
            self.ready.emit(practice or self.tick.isChecked())
            return
        self.tick.setChecked(False)
        self._outcome.setText(_VOID if self._is_out and not practice else "")
        self._whose, self._is_out = (office, by, practice), False
        self.code.clear()
        self.paper = None
        self.print.setEnabled(False)
        self.ready.emit(False)
        self.circle.asker.ask(_code_paper, office, by, practice, then=self._show, lane="code")

    def _show(self, paper: CodePaper) -> None:
        self.paper = paper
        self.code.setText(
            "" if self._is_trial else f"{paper.code[:_HALF]}\n{paper.code[_HALF + 1 :]}".replace("-", " ")
        )
        self.print.setEnabled(True)
        self.ready.emit(self._is_trial)
        if self.isVisible():
            self.take_keyboard()

    # -- printing

    def print_(self) -> None:
        """Ask for a printer, or for a file where there is none."""
        if self.paper is not None:
            ask_printer(self, [self.paper.sheet], "恢复码", self.print_on, self._ask_save)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen."""
        if self.paper is None:
            return
        try:
            print_sheets(printer, [self.paper.sheet], PaperFonts(self.paper.fonts), mark=self.paper.mark)
        except Trouble as trouble:
            self._outcome.setText(trouble.sentence)
            return
        self._is_out = True
        self._outcome.setText("已送打印机。请核对纸上的字和屏幕一致，再打勾。")
        self.tick.setFocus()

    def _ask_save(self) -> None:
        ask_save(self, "保存恢复码", "恢复码.pdf", PDFS, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the paper as a PDF."""
        if self.paper is not None:
            self.circle.asker.ask(save, self.paper, path, then=self._tell, failed=self.circle.complain)

    def _tell(self, path: Path) -> None:
        self._is_out = True
        self._outcome.setText(f"已存为“{path.name}”。它没有加密，打印后请删除。")
        self.tick.setFocus()

    def check(self, go: Callable[[], object]) -> None:
        if self.paper is not None and (self._is_trial or self.tick.isChecked()):
            go()
            return
        self._outcome.setText(_NOT_YET)
        self.tick.setFocus()

    def take_keyboard(self) -> None:
        """Nothing is to be printed of a practice office: Enter founds it."""
        if self._is_trial:
            self.setFocus()
        else:
            self.print.setFocus()


def _code_paper(ground: Ground, office: str, by: str, practice: bool) -> CodePaper:
    return founding.code_paper(ground, office, by, practice=practice)
