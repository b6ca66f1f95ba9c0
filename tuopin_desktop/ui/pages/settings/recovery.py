"""The recovery code in the window: made after a question, shown once, printed or saved, then gone from the screen."""

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.services.office import files, recovery
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.recovery import RecoveryPaper
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.paper.printing import ask_printer, print_sheets
from tuopin_desktop.ui.widgets.ask import ask_save
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button, column, label, row

PDFS = "PDF 文件 (*.pdf)"
_WIDTH = 620
_WHY = (
    "忘记口令、电脑损坏、换了登录用户时，凭它打开数据和备份。只显示这一次：请打印（或抄下）后装信封，与公章同样保管。"
)
_PLAIN = "PDF 没有加密，打印后请删除。"


class FreshCode(msgspec.Struct, frozen=True):
    """A new code with its paper, the fonts to print it and the mark of a practice office."""

    paper: RecoveryPaper
    fonts: dict[str, Path]
    mark: str


def issue(desk: Desk) -> FreshCode:
    """Make a new recovery code."""
    return FreshCode(recovery.issue(desk), desk.fonts().files(), desk.mark)


def save(desk: Desk, paper: RecoveryPaper, path: Path) -> Path:
    """Write the paper as a PDF."""
    return files.write(desk, path, recovery.pdf(desk, paper))


class RecoveryDialog(QDialog):
    """Shows a new code until it is put away."""

    def __init__(self, context: PageContext, fresh: FreshCode) -> None:
        super().__init__(context.window)
        self._context, self._fresh = context, fresh
        self.setWindowTitle("恢复码")
        self.setFixedWidth(_WIDTH)
        self.code = label(fresh.paper.code)
        self.code.setObjectName("title")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName("恢复码")
        self.finished.connect(self.code.clear)
        self.sentence = label("", "quiet", wrap=True)
        self.message = Toasts(self)
        feet = row(
            button("存为 PDF…", self._ask_save, tip=_PLAIN),
            None,
            button("收好了", self.accept),
            button("打印", self.print_, role="primary"),
        )
        self.setLayout(column(label(_WHY, wrap=True), self.code, self.sentence, feet, gap=14, margins=(20, 18, 20, 16)))

    def print_(self) -> None:
        """Ask for a printer."""
        ask_printer(self, [self._fresh.paper.sheet], "恢复码", self.print_on, self._ask_save)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen."""
        try:
            print_sheets(printer, [self._fresh.paper.sheet], PaperFonts(self._fresh.fonts), mark=self._fresh.mark)
        except Trouble as trouble:
            self.sentence.setText(trouble.sentence)
        else:
            self.sentence.setText("已送打印机。核对纸上的字与屏幕一致后再关闭。")

    def _ask_save(self) -> None:
        ask_save(self, "保存恢复码", "恢复码.pdf", PDFS, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the paper."""
        self._context.ask(save, self._fresh.paper, path, then=self._tell)

    def _tell(self, path: Path) -> None:
        self.sentence.setText(f"已存为“{path.name}”。{_PLAIN}")
        self.message.say_file(path)
