"""One editor per form of field; each shows a stored value, takes what is typed, and reads it back or says why not."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from tuopin_desktop.domain import typeddays
from tuopin_desktop.domain.idcard import masked
from tuopin_desktop.domain.periods import understand
from tuopin_desktop.domain.reading import money_words, read_money, read_month
from tuopin_desktop.domain.record import Field, Form
from tuopin_desktop.ui import icons
from tuopin_desktop.ui.widgets.combo import PICK_HINT, PickBox
from tuopin_desktop.ui.widgets.dayline import DayLine, PeriodLine
from tuopin_desktop.ui.widgets.days import period_words
from tuopin_desktop.ui.widgets.editor import Editor, Unclear
from tuopin_desktop.ui.widgets.plain import set_tip

_LEAST_LINES, _MOST_LINES = 2, 9
_AROUND_LINES = 24
"""Px of frame and margins above and below the lines of a long text."""


class LineEditor(Editor):
    """One line of text; `show` and `read` turn a stored value into words and back."""

    def __init__(
        self,
        field: Field,
        *,
        show: Callable[[object], str] = lambda value: str(value or ""),
        read: Callable[[str], object] = str,
        line: QLineEdit | None = None,
    ) -> None:
        self.line = line or QLineEdit()
        super().__init__(field, self.line)
        self._show = show
        self._read = read
        self.line.setPlaceholderText(field.hint)
        self.line.textEdited.connect(self.edited)
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self._tidy)

    def load(self, value: object) -> None:
        self.line.setText(self._show(value))
        self.line.setCursorPosition(0)

    def typed(self) -> str:
        return self.line.text()

    def retype(self, text: str) -> None:
        self.line.setText(text)

    def read(self) -> object:
        return self._read(self.line.text().strip())

    def _suggest(self, text: str) -> None:
        self.line.setPlaceholderText(text)

    def lock(self, why: str) -> None:
        self.locked = True
        self.line.setReadOnly(True)
        self.line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.setPlaceholderText(why)
        set_tip(self, why)

    def _tidy(self) -> None:
        """Show a short form such as 531 as the date it was read as."""
        try:
            text = self._show(self.read())
        except Unclear:
            return
        if text != self.line.text():
            with QSignalBlocker(self.line):  # the same value in full words is no change
                self.line.setText(text)


class SecretEditor(LineEditor):
    """A personal number: masked until it is asked for, so that nobody reads it over a shoulder."""

    revealed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(field, read=lambda text: text.upper().replace(" ", ""))
        self._value = ""
        self._hidden = False
        self._may_show = True
        self._eye = QAction(icons.icon("eye"), "显示完整号码", self)
        self._eye.triggered.connect(self.reveal)
        self.line.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)

    def load(self, value: object) -> None:
        self._value = str(value or "")
        self._hide(bool(self._value))
        super().load(masked(self._value) if self._hidden else self._value)

    def typed(self) -> str:
        return self._value if self._hidden else super().typed()

    def retype(self, text: str) -> None:
        self._hide(False)
        super().retype(text)

    def read(self) -> object:
        return self._value if self._hidden else super().read()

    def reveal(self) -> None:
        """Show the whole number and let it be changed."""
        if self._hidden and self._may_show:
            self._hide(False)
            self.line.setText(self._value)
            self.line.setFocus()
            self.revealed.emit()

    def keep_hidden(self) -> None:
        """Show the whole number to nobody: whoever looks may not see it."""
        self._eye.setVisible(False)
        self._may_show = False

    def _hide(self, hidden: bool) -> None:
        self._hidden = hidden
        self.line.setReadOnly(hidden)
        self._eye.setVisible(hidden and self._may_show)


class LongEditor(Editor):
    """Several lines of text, as high as they need within bounds; Tab leaves it."""

    def __init__(self, field: Field) -> None:
        self.box = QPlainTextEdit()
        super().__init__(field, self.box)
        self.box.setTabChangesFocus(True)
        self.box.setPlaceholderText(field.hint)
        self.box.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()
        self.box.textChanged.connect(self._tell)
        self.box.textChanged.connect(self.changed)
        self._quiet = False

    def load(self, value: object) -> None:
        self.retype(str(value or ""))

    def typed(self) -> str:
        return self.box.toPlainText()

    def retype(self, text: str) -> None:
        self._quiet = True
        self.box.setPlainText(text)
        self._quiet = False

    def read(self) -> object:
        return self.box.toPlainText().strip()

    def take_hint(self, room: int) -> bool:
        return True  # it wraps

    def _grow(self) -> None:
        lines = round(self.box.document().documentLayout().documentSize().height())  # a plain text counts in lines
        count = min(max(lines, _LEAST_LINES), _MOST_LINES)
        self.box.setFixedHeight(count * self.box.fontMetrics().lineSpacing() + _AROUND_LINES)

    def _tell(self) -> None:
        if not self._quiet:
            self.edited.emit()


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, field: Field) -> None:
        self.box = QCheckBox("是")
        super().__init__(field, self.box)
        self.box.clicked.connect(lambda: self.edited.emit())
        self.box.toggled.connect(lambda: self.changed.emit())

    def take_hint(self, room: int) -> bool:
        return not self.field.hint

    def load(self, value: object) -> None:
        self.box.setChecked(bool(value))

    def typed(self) -> str:
        return "是" if self.box.isChecked() else ""

    def retype(self, text: str) -> None:
        self.box.setChecked(bool(text))

    def read(self) -> object:
        return self.box.isChecked()


class PickEditor(Editor):
    """One of a table's codes or one record of a register, found by typing part of its words or its code."""

    def __init__(self, field: Field, texts: Mapping[str, str], find: Callable[[str], str | None]) -> None:
        self.box = PickBox(texts, hint=field.hint)
        super().__init__(field, self.box)
        self._texts = texts
        self._find = find
        self.example = PICK_HINT
        line = self.box.lineEdit()
        if line is not None:
            line.setAccessibleName(self.box.accessibleName())
            line.editingFinished.connect(self._tidy)
        self.box.picked.connect(self.edited)
        self.box.editTextChanged.connect(self.changed)

    def _suggest(self, text: str) -> None:
        line = self.box.lineEdit()
        if line is not None:
            line.setPlaceholderText(text)

    def load(self, value: object) -> None:
        code = str(value or "")
        self.box.setEditText(self._texts.get(code, code))

    def typed(self) -> str:
        return self.box.currentText()

    def retype(self, text: str) -> None:
        self.box.setEditText(text)

    def read(self) -> object:
        text = self.box.currentText().strip()
        if not text:
            return ""
        code = self._find(text)
        if code is None:
            raise Unclear(f"“{text}”不在可选项中，请从列表中选择")
        return code

    def _tidy(self) -> None:
        """Show a code or a short word as the full word it was read as."""
        code = self._find(self.box.currentText().strip())
        if code is not None:
            with QSignalBlocker(self.box):
                self.load(code)


def _exemplified(line_editor: LineEditor, example: str) -> LineEditor:
    line_editor.example = example
    line_editor.line.setPlaceholderText(line_editor.field.hint or example)
    return line_editor


def date_editor(field: Field, today: date) -> LineEditor:
    """Return an editor for a day, typed as 531, 0531, 20180531, +3 or 周五, or taken from a month."""

    def read(text: str) -> object:
        if text and (why := typeddays.fault(text, today)):
            raise Unclear(why)
        return typeddays.read_typed(text, today) if text else None

    def show(value: object) -> str:
        return value.isoformat() if isinstance(value, date) else ""

    return _exemplified(LineEditor(field, show=show, read=read, line=DayLine(today)), "如 531、+3、周五")


def month_editor(field: Field) -> LineEditor:
    """Return an editor for a birth month or day."""

    def read(text: str) -> object:
        month = read_month(text) if text else ""
        if month is None:
            raise Unclear("年月看不懂，可输入 197005 或 19700515")
        return month

    return LineEditor(field, read=read)


def period_editor(field: Field, today: date) -> LineEditor:
    """Return an editor for a run of half-days; stored and shown forms differ."""

    def read(text: str) -> object:
        period = understand(text, today).period if text else None
        if text and period is None:
            raise Unclear("起止时间看不懂，可输入 605-608 或 6.5下午至6.8")
        return period.stored() if period else ""

    return _exemplified(
        LineEditor(field, show=period_words, read=read, line=PeriodLine(today)), "如 605-608、6.5下午至6.8"
    )


def integer_editor(field: Field) -> LineEditor:
    """Return an editor for a whole number."""

    def read(text: str) -> object:
        if text and not text.isdecimal():
            raise Unclear("请输入整数")
        return int(text) if text else None

    return LineEditor(field, show=lambda value: "" if value is None else str(value), read=read)


def money_editor(field: Field) -> LineEditor:
    """Return an editor for an amount of yuan, kept in fen."""

    def read(text: str) -> object:
        fen = read_money(text) if text else None
        if text and fen is None:
            raise Unclear("金额看不懂，请输入以元为单位的数，如 386.5")
        return fen

    line_editor = LineEditor(field, show=lambda value: money_words(value) if isinstance(value, int) else "", read=read)
    return _exemplified(line_editor, "元，如 386.5")


def plain_editor(field: Field, today: date) -> Editor:
    """Return the editor for a field that needs neither code table nor register."""
    if field.form in _DATED:
        return _DATED[field.form](field, today)
    return _PLAIN.get(field.form, LineEditor)(field)


_DATED: dict[Form, Callable[[Field, date], Editor]] = {Form.DATE: date_editor, Form.PERIOD: period_editor}
_PLAIN: dict[Form, Callable[[Field], Editor]] = {
    Form.LONG: LongEditor,
    Form.FLAG: FlagEditor,
    Form.MONTH: month_editor,
    Form.INTEGER: integer_editor,
    Form.MONEY: money_editor,
    Form.ID_NUMBER: SecretEditor,
}
