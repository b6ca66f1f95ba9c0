"""The number compared over the phone, as eight boxes: to be read out, or typed and judged group by group."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QWidget

from tuopin_desktop.domain.exchange.trust import GROUP, GROUPS, fingerprint, groups, heard, in_digits, old_fingerprint
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.parts import mark

_ACROSS, _GAP = 4, 8
_HEIGHT, _FIGURES = 40, 21
_RIGHT, _WRONG = "ok", "bad"
_SIGNS = {_RIGHT: "✓", _WRONG: "×"}


class _Box(QLineEdit):
    """One group, its place in the corner and its sign in the other."""

    def __init__(self, place: int, *, fixed: bool) -> None:
        super().__init__()
        self._place = place
        self.judgement = ""
        self.setProperty("role", "figures")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(GROUP)
        self.setFixedHeight(theme.scaled(self, _HEIGHT))
        font = self.font()
        font.setPixelSize(theme.scaled(self, _FIGURES))
        self.setFont(font)
        self.setReadOnly(fixed)
        self.setAccessibleName(f"第{place}组")
        if fixed:
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def judge(self, judgement: str) -> None:
        """Show whether the group is right (ok), wrong (bad) or not known yet."""
        self.judgement = judgement
        mark(self, "judged", judgement)
        text = {_RIGHT: "相符", _WRONG: "不符"}.get(judgement, "")
        self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        font = painter.font()
        font.setPixelSize(theme.scaled(self, 10))
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        painter.drawText(QPointF(5, theme.scaled(self, 13)), str(self._place))
        if self.judgement:
            painter.setPen(theme.color(self.judgement))
            painter.drawText(
                QPointF(self.width() - theme.scaled(self, 15), theme.scaled(self, 13)), _SIGNS[self.judgement]
            )
        painter.end()


class NumberBoxes(QWidget):
    """`changed` when a group was typed; `last` when Enter was pressed in the last box.

    What is typed is compared with a key at once, where there is one (`compare`), and stays whatever comes of it. The
    hexadecimal groups of an earlier version are understood as well.
    """

    act = Act.AUTHORISE
    """What it is to type here (`ui/limits.py`)."""

    changed = Signal()
    last = Signal()

    def __init__(self, name: str, *, fixed: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._forms: list[list[str]] = []
        self.boxes = [_Box(place, fixed=fixed) for place in range(1, GROUPS + 1)]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_GAP)
        for at, box in enumerate(self.boxes):
            grid.addWidget(box, at // _ACROSS, at % _ACROSS)
            box.textEdited.connect(lambda text, at=at: self._typed(at, text))
            box.installEventFilter(self)
        self.setLayout(grid)
        rows = GROUPS // _ACROSS
        self.setFixedHeight(rows * theme.scaled(self, _HEIGHT) + (rows - 1) * _GAP)

    def show_number(self, digits: str) -> None:
        """Show a number to be read out."""
        for box, group in zip(self.boxes, groups(digits), strict=False):
            box.setText(group)

    def compare(self, sign: str) -> None:
        """Judge what is typed by a public key; by none where it is ""."""
        self._forms = [groups(fingerprint(sign)), groups(old_fingerprint(sign))] if sign else []
        self._judge()

    def clear(self) -> None:
        """Empty all boxes."""
        for box in self.boxes:
            box.clear()
        self._judge()

    @property
    def text(self) -> str:
        """What is typed, all groups."""
        return "".join(box.text() for box in self.boxes)

    @property
    def is_whole(self) -> bool:
        """Tell whether every group has its digits."""
        return all(len(box.text()) == GROUP for box in self.boxes)

    @property
    def wrong(self) -> list[int]:
        """The places, from 1, of groups that differ from the key's."""
        return [at for at, box in enumerate(self.boxes, 1) if box.judgement == _WRONG]

    @property
    def right(self) -> int:
        """How many groups agree with the key."""
        return sum(box.judgement == _RIGHT for box in self.boxes)

    @property
    def agrees(self) -> bool:
        """Tell whether all groups are there and none is known to be wrong."""
        return self.is_whole and not self.wrong

    def take_keyboard(self) -> None:
        """Stand in the first box that is not right yet."""
        box = next((one for one in self.boxes if len(one.text()) < GROUP or one.judgement == _WRONG), self.boxes[0])
        box.setFocus()
        box.selectAll()

    # -- typing

    def _typed(self, at: int, text: str) -> None:
        plain = heard(text)
        if plain != text:
            self.boxes[at].setText(plain)
        self._judge()
        self.changed.emit()
        if len(plain) == GROUP and at + 1 < GROUPS:
            self.boxes[at + 1].setFocus()
            self.boxes[at + 1].selectAll()

    def _judge(self) -> None:
        for at, box in enumerate(self.boxes):
            whole = len(box.text()) == GROUP and bool(self._forms)
            fits = any(box.text() == form[at] for form in self._forms)
            box.judge((_RIGHT if fits else _WRONG) if whole else "")

    def paste(self, text: str, at: int = 0) -> None:
        """Fill the boxes from one on with what was copied, however it is grouped."""
        digits = in_digits(heard(text))
        pieces: Sequence[str] = groups(digits)
        for box, piece in zip(self.boxes[0 if len(pieces) == GROUPS else at :], pieces, strict=False):
            box.setText(piece)
        self._judge()
        self.changed.emit()
        self.take_keyboard()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, _Box):
            return not watched.isReadOnly() and self._key(self.boxes.index(watched), event)
        return super().eventFilter(watched, event)

    def _key(self, at: int, event: QKeyEvent) -> bool:
        box = self.boxes[at]
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QApplication.clipboard().text(), at)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if at + 1 == GROUPS:
                self.last.emit()
            else:
                self._go(at + 1)
        elif event.key() == Qt.Key.Key_Backspace and not box.text() and at:
            self._go(at - 1)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Minus):
            pass  # between groups, as they are written
        else:
            return False
        return True

    def _go(self, at: int) -> None:
        self.boxes[at].setFocus()
        self.boxes[at].selectAll()
