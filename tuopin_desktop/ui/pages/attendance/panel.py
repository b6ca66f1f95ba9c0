"""Below the grid: what stands in the chosen cell, why it is coloured, and a person's year."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QTextBrowser

from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.services.attendance.year import PersonYear
from tuopin_desktop.services.judging.explaining import Explanation
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.attendance import told
from tuopin_desktop.ui.pages.attendance.strip import YearStrip
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.plain import lay

_HINT = (
    "点一个格、一个合计数或姓名，这里显示它的来源、依据和算法。",
    "蓝色下划线＝按报备单；右上角红色三角＝登记与报备单不一致；左下角灰点＝导入。",
)

_NOBODY = ("本月没有派驻人员，没有考勤可登记。", "先在“队伍与人员”登记派驻（Ctrl+2），或在右上角换一个月份。")


class Panel(QFrame):
    """Shows text by parts: the day on top, the unfolded finding below. `noted` carries the words of a note."""

    noted = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._day, self._rest, self._explained = "", "", ""
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # people before reasons
        self.text.setStyleSheet("QTextBrowser { border: none; padding: 0; }")
        self.text.setAccessibleName("依据和算法")
        self.text.document().setDefaultStyleSheet("p { margin: 0 0 3px 0; }")
        self.strip = YearStrip()
        self.note = QLineEdit()
        self.note.setPlaceholderText("为什么与报备单不一致？写明后按回车，如：当日上午已返回")
        self.note.setMaxLength(500)
        self.note.setAccessibleName("不一致的说明")
        self.note.returnPressed.connect(lambda: self.noted.emit(self.note.text()))
        self._asked = label("说明", "label")
        close = button("", self._close, icon="x", role="flat", tip="收起（Esc）")
        whole = column(self.strip, row(self._asked, self.note), row(self.text, column(close, None)), gap=4)
        whole.setContentsMargins(12, 6, 4, 6)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.setMinimumHeight(theme.scaled(self, 128))
        self.hint()

    def hint(self, *, nobody: bool = False) -> None:
        """Say what this place is for, or what to do first where there is nobody."""
        self._show(day=told.hint(_NOBODY if nobody else _HINT))

    def show_day(
        self, title: str, text: str, clashes: Sequence[str], note: str, findings: Sequence[Finding], *, asks: bool
    ) -> None:
        """Show a day and what else is said of the person; when it contradicts a paper, ask why."""
        rest = told.short(findings) or told.hint(_HINT)
        self._show(day=told.day(title, text, clashes, note), rest=rest, asks=asks, note=note)

    def show_total(self, title: str, text: str) -> None:
        """Name a total until its finding arrives."""
        self._show(day=told.day(title, text, (), ""))

    def show_explained(self, one: Explanation) -> None:
        """Unfold a finding below what stands there."""
        self._explained = told.explained(one)
        self._write()

    def show_year(self, year: PersonYear) -> None:
        """Show twelve months and the account of absence."""
        title = f"{year.name}　{year.year}年"
        text = "没有无正当理由离岗的记录" if year.absence is None else "离岗情况见下"
        self._show(day=told.day(title, f"各月计入/应满天数；{text}", (), ""))
        self.strip.show_year(year)
        self.strip.show()

    def show_lines(self, title: str, lines: Sequence[str]) -> None:
        """Show a list, such as the cells of a paste nobody could read."""
        self._show(day=told.listed(title, lines))

    def ask(self) -> bool:
        """Put the keyboard into the note, when one is asked for."""
        if self.note.isHidden():
            return False
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @property
    def words(self) -> str:
        """The text shown."""
        return self.text.toPlainText()

    def _show(self, *, day: str, rest: str = "", asks: bool = False, note: str = "") -> None:
        self._day, self._rest, self._explained = day, rest, ""
        self.strip.hide()
        for widget in (self._asked, self.note):
            widget.setVisible(asks)
        self.note.setText(note)
        self._write()
        self.show()

    def _write(self) -> None:
        lay(self.text, self._day + self._explained + self._rest)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
