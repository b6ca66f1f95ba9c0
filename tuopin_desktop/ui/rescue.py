"""The page in place of the window when the data do not open: four ways out, the one that costs least first."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QFrame, QMessageBox, QPushButton, QWidget

from tuopin_desktop.domain.problems import Locked, Refused, Trouble
from tuopin_desktop.services.office import rescue, upgrades
from tuopin_desktop.services.office.rescue import Bench, Salvage, Survey
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.plumbing.runner import AskerOf
from tuopin_desktop.ui.widgets.ask import ask_open, confirm
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import button, card, column, label, mark, row
from tuopin_desktop.ui.widgets.unlocking import UnlockDialog

PRODUCT = "脱贫攻坚工作总队管理"
_COPIES = "备份文件 (*.db)"
_WIDTH = 860
_DAMAGED = "数据文件坏了，没有打开", "程序没有改动它。多半是没有正常关机，或磁盘有坏道。"
_GONE = "数据文件不见了", "文件夹里还有备份。多半是误删，或只复制了一部分文件。"
_LATER = "数据由新版程序保存，这一版打不开", "程序没有改动它。刚换回旧版的，多半是新版改过数据的存法。"
_SAFE = "下面任选一种，都不会删除原来的文件。"


class _Way(QFrame):
    """One way out: what it is, what it costs, and its button."""

    def __init__(self, icon: str, title: str, does: Callable[[], object], word: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        sign = label()
        sign.setPixmap(icons.picture(icon, 22, theme.TOKENS["accent"], ratio=self.devicePixelRatioF()))
        self.title, self.sentence = label(title, "section"), label("", "quiet", wrap=True)
        self.button: QPushButton = button(word, does)
        self.button.setMinimumWidth(160)
        inside = row(sign, 6, column(self.title, self.sentence, gap=2), self.button, margins=(18, 12, 16, 12))
        inside.setStretch(2, 1)
        self.setLayout(inside)

    def say(self, text: str, *, open_to: bool = True) -> None:
        """Say what it costs, and whether it can be gone."""
        self.sentence.setText(text)
        self.button.setEnabled(open_to)


class RescuePage(QWidget):
    """Offers the ways; `opened` when there is a database again, `anew` when the office is to be set up once more."""

    opened = Signal(str)
    anew = Signal()
    left = Signal()

    def __init__(self, asker: AskerOf[Bench], folder: Path, *, damaged: bool, later: bool = False) -> None:
        super().__init__()
        self._asker, self._folder = asker, folder
        self._survey: Survey | None = None
        self._salvage: Salvage | None = None
        self.asked: QMessageBox | None = None
        self.unlocking: UnlockDialog | None = None
        self.setWindowTitle(f"{PRODUCT} · 没有打开")
        self._thing = "现在的数据" if later else "坏文件"
        self._build(*(_LATER if later else _DAMAGED if damaged else _GONE))
        self.saved.setVisible(damaged and not later)
        self.region.setVisible(not later)
        self.new.setVisible(not later)
        self.forward.setVisible(later and bool(upgrades.standing().earlier))
        self.look()

    def _build(self, title: str, cause: str) -> None:
        sign = label()
        sign.setPixmap(icons.picture("triangle-alert", 34, theme.TOKENS["bad"], ratio=self.devicePixelRatioF()))
        heading = label(title)
        heading.setObjectName("title")
        self.where = label(f"数据在 {self._folder}", wrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = row(sign, 8, column(heading, self.where, label(cause + _SAFE, "quiet", wrap=True), gap=3))
        head.setStretch(2, 1)
        self.message = Toasts(self)
        self.copy = _Way("save", "用最近的备份", self._ask_restore, "恢复备份")
        self.saved = _Way("search", "先救出还能读的", self.attempt, "试着救出")
        self.region = _Way("inbox", "请自治区办公室发回来", self.request, "写一张请求单")
        self.still = _Way("file-text", "先不动，打开数据文件夹", self._show_folder, "打开文件夹")
        self.saved.say("从坏文件里逐条读出，能读多少救多少；救出的先给您看，再决定用不用。")
        self.region.say("已经报送并有回执的都在对方那里；没有报送过的要照纸质材料补登。")
        self.still.say("不改任何文件，交给懂电脑的同事看。")
        self.forward = _Way("upload", "用回新版", self.go_forward, "用回新版")
        self.forward.say("数据不变，什么也不少。")
        self.account = label("", wrap=True)
        self._take = button("用救出的数据", self.adopt, role="primary")
        self._leave = button("不用", self.give_up)
        self.outcome = card(column(self.account, row(None, self._leave, self._take), margins=(18, 12, 16, 12)))
        self.outcome.hide()
        why = "没有备份时：另建空的，再收对方发回的数据包"
        self.new = button("重新建立单位…", self._ask_anew, role="flat", tip=why)
        links = row(
            button("恢复其他备份…", self._ask_open, role="flat", tip="从U盘或其他文件夹选择备份"),
            self.new,
            None,
            button("退出", self.close),
        )
        ways = column(self.forward, self.copy, self.saved, self.outcome, self.region, self.still, gap=10)
        inside = QWidget()
        inside.setFixedWidth(_WIDTH)
        inside.setLayout(column(head, 6, ways, links, None, gap=8))
        self.setLayout(row(None, inside, None, margins=(20, 36, 20, 16)))

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.left.emit()

    # -- what there is

    def look(self) -> None:
        """Look for the newest sound copy."""
        self.copy.say("正在检查备份…", open_to=False)
        self._asker.ask(rescue.survey, then=self._show, failed=self._complain, lane="survey")

    def _show(self, survey: Survey) -> None:
        self._survey = survey
        self.copy.say(rescue.copy_words(survey), open_to=survey.best is not None)
        if survey.best_made is not None:
            self.copy.title.setText(f"用最近的备份（{survey.whose}）")
            self.copy.button.setText(f"恢复到{survey.best_made:%m-%d %H:%M}")
        first = self.copy if survey.best is not None else self.saved if survey.has_database else self.region
        first = first if self.forward.isHidden() else self.forward
        for way in (self.forward, self.copy, self.saved, self.region, self.still):
            mark(way.button, "role", "primary" if way is first else "")
        first.button.setFocus()

    # -- a copy

    def _ask_restore(self) -> None:
        if self._survey is not None and self._survey.best is not None:
            self._sure(self._survey.best.path)

    def _ask_open(self) -> None:
        ask_open(self, "选择备份", _COPIES, self._sure)

    def _sure(self, path: Path) -> None:
        text = f"用备份“{path.name}”替换？{self._thing}原样另存在“备份”文件夹里，不会删除。"
        self.asked = confirm(self, text, "恢复", lambda: self.restore(path))

    def restore(self, path: Path) -> None:
        """Put a copy back and open it."""
        self._busy(on=True)
        text = f"已恢复备份“{path.name}”，原来的文件另存在“备份”文件夹里"

        def complain(error: Refused | Trouble) -> None:
            self._complain(error)
            if isinstance(error, Locked):
                self.unlocking = UnlockDialog(error, lambda text: self.unlock(path, text), self)
                self.unlocking.open()

        self._asker.ask(rescue.restore, path, then=lambda _: self.opened.emit(text), failed=complain)

    def unlock(self, path: Path, text: str) -> None:
        """Open an encrypted copy by what was typed, and put it back."""
        self._asker.ask(rescue.unlock, path, text, then=lambda _: self.restore(path), failed=self._complain)

    def go_forward(self) -> None:
        """Let the later version start next: the data are as it left them."""
        self._asker.ask(_forward, then=lambda text: self.message.say(text, "warn"), failed=self._complain)

    # -- what can be read

    def attempt(self) -> None:
        """Read what can be read; nothing is put in its place yet."""
        self._busy(on=True)
        self.message.say("正在逐条读出，请稍候…", "quiet")
        self._asker.ask(rescue.attempt, then=self._tried, failed=self._complain)

    def _tried(self, salvage: Salvage) -> None:
        self._salvage = salvage
        self._busy(on=False)
        self.message.clear()
        self.account.setText("\n".join(rescue.account(salvage)))
        self.outcome.show()
        self._take.setFocus()

    def adopt(self) -> None:
        """Put the salvaged data in place and open them."""
        if self._salvage is not None:
            self._busy(on=True)
            text = f"已换上救出的数据（{self._salvage.saved}条改动），坏文件原样另存在“备份”文件夹里"
            self._asker.ask(rescue.adopt, self._salvage, then=lambda _: self.opened.emit(text), failed=self._complain)

    def give_up(self) -> None:
        """Let the salvaged data go."""
        if self._salvage is not None:
            salvage, self._salvage = self._salvage, None
            self._asker.ask(_gone, salvage)
        self.outcome.hide()
        self.saved.button.setFocus()

    # -- the region, the folder

    def request(self) -> None:
        """Write down what to ask the region office for."""
        self._asker.ask(rescue.request, then=self._written, failed=self._complain)

    def _written(self, path: Path) -> None:
        text = f"请求单已写好：{path.name}。请打印或存到U盘带去；对方发回后，按单子上的步骤办理。"
        self.message.say_file(path, text)

    def _ask_anew(self) -> None:
        text = "坏文件原样另存后，重新建立一个空的单位，再收自治区办公室发回的数据包。没有报送过的登记要补登。继续？"
        self.asked = confirm(self, text, "重新建立", self.clear)

    def clear(self) -> None:
        """Set the damaged file aside and go to the first questions."""
        self._busy(on=True)
        self._asker.ask(rescue.clear, then=lambda _: self.anew.emit(), failed=self._complain)

    def _show_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.message.say(f"打不开文件夹，请在文件管理器中查看：{self._folder}", "warn")

    def _complain(self, error: Refused | Trouble) -> None:
        self._busy(on=False)
        self.message.complain(error)
        if self._survey is None:
            self.copy.say("备份没有检查成，可以从U盘或其他文件夹选择备份。", open_to=False)

    def _busy(self, *, on: bool) -> None:
        for way in (self.copy, self.saved, self.region):
            way.button.setEnabled(not on and (way is not self.copy or bool(self._survey and self._survey.best)))
        self._take.setEnabled(not on)


def _forward(_: Bench) -> str:
    return upgrades.other()


def _gone(_: Bench, salvage: Salvage) -> None:
    rescue.give_up(salvage)
