"""How far the office above has this county's data, and the way to send more."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tuopin_desktop.services.home.countystate import Sent
from tuopin_desktop.ui.front.drawing import quiet_line
from tuopin_desktop.ui.widgets.parts import button, column, label, mark, pill, row


class SentCard(QFrame):
    """The state in a word, the last receipt, the monthly report; `opened` asks for the page of packages."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._word, self._text = pill("", "quiet"), quiet_line()
        self._last, self._report = quiet_line(), quiet_line()
        self.go = button("制作上报包…", lambda: self.opened.emit("exchange", ""), icon="upload", role="line")
        layout = column(
            row(label("报送自治区办公室", "section"), None),
            row(self._word, self._text, gap=6),
            self._last,
            self._report,
            row(self.go, None),
            None,
            gap=2,
            margins=(16, 6, 16, 6),
        )
        self.setLayout(layout)

    def replace(self, state: Sent) -> None:
        """Show another state."""
        self._word.setText(state.word)
        mark(self._word, "pill", state.tone)
        self._text.setText(state.text)
        self._last.setText(state.last or "还没有收到过回执")
        self._report.setText(state.report)
