"""The line in which a county is looked up, with what fits below it; it lies over the page and moves nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tuopin_desktop.domain.placesearch import Place, hits
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.widgets.parts import column, label, mark

_MOST = 6
_ROW = 34
_CODE = Qt.ItemDataRole.UserRole
_BESIDE = Qt.ItemDataRole.UserRole + 1


class _Row(QStyledItemDelegate):
    """The name at the left, the league at the right; the marked one says which key takes it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del index
        widget = option.widget  # type: ignore[attr-defined]  # the stubs leave the fields of style options out
        return QSize(200, theme.scaled(widget, _ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        room: QRect = option.rect  # type: ignore[attr-defined]  # as above
        view = self.parent()
        assert isinstance(view, QListView)
        marked = view.currentIndex().row() == index.row()
        painter.save()
        if marked:
            theme.fill(painter, room, theme.color("selection"))
        inner = room.adjusted(12, 0, -12, 0)
        painter.setPen(theme.color("accent" if marked else "text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        painter.setPen(theme.color("text2"))
        beside = str(index.data(_BESIDE)) + (" · Enter 选定" if marked else "")
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, beside.strip(" ·"))
        painter.restore()


class PlaceLine(QLineEdit):
    """`picked` carries the code once one is taken, "" when the words are changed again."""

    picked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._places: Sequence[Place] = ()
        self._code = ""
        self._popup = _Popup(self)
        self.textEdited.connect(self._look)

    def offer(self, places: Sequence[Place], hint: str, note: str) -> None:
        """Look among other places; nothing is taken then."""
        self._places = places
        self._code = ""
        self.clear()
        self.setPlaceholderText(hint)
        self._popup.note.setText(note)
        self._popup.hide()

    def code(self) -> str:
        """Return the code of the place taken, "" for none."""
        return self._code

    def choose(self, code: str) -> None:
        """Take a place by its code."""
        place = next((one for one in self._places if one.code == code), None)
        if place is not None:
            self._code = code
            self.setText(place.name)
            mark(self, "wrong", "")
            self._popup.hide()
            self.picked.emit(code)

    def _look(self, text: str) -> None:
        self._code = ""
        self.picked.emit("")
        mark(self, "wrong", "")
        self._popup.list_hits(hits(self._places, text), looking=bool(text.strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if self._popup.isVisible() and event.key() in (keys.Key_Up, keys.Key_Down):
            self._popup.go_by(1 if event.key() == keys.Key_Down else -1)
        elif event.key() in (keys.Key_Return, keys.Key_Enter) and not self._code and self._popup.marked():
            self.choose(self._popup.marked())
        elif event.key() == keys.Key_Escape and self._popup.isVisible():
            self._popup.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Words that mean one place alone need no Enter."""
        if not self._code and event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            among = hits(self._places, self.text())
            if len(among) == 1:
                self.choose(among[0].code)
            self._popup.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._popup.hide()
        super().hideEvent(event)


class _Popup(QFrame):
    """What fits, at most six, and a note below."""

    def __init__(self, line: PlaceLine) -> None:
        super().__init__(line)  # a place in the window it gets when it is first shown
        self._line = line
        self.setObjectName("popover")
        self.hide()
        self._model = QStandardItemModel(self)
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Row(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName("找到的")
        self.view.clicked.connect(lambda index: self._line.choose(str(index.data(_CODE))))
        self.note = label("", "quiet")
        self.setLayout(column(self.view, self.note, gap=4, margins=(1, 1, 1, 6)))
        self.note.setContentsMargins(12, 0, 12, 0)

    def list_hits(self, places: Sequence[Place], *, looking: bool) -> None:
        """Show what fits, the first marked; nothing where nothing is looked for."""
        self._model.clear()
        for place in places[:_MOST]:
            item = QStandardItem(place.name)
            item.setData(place.code, _CODE)
            item.setData(place.league, _BESIDE)
            self._model.appendRow(item)
        if not looking:
            self.hide()
            return
        self.view.setVisible(bool(places))
        self.view.setFixedHeight(theme.scaled(self, _ROW) * min(len(places), _MOST) + 2)
        self.view.setCurrentIndex(self._model.index(0, 0))
        self._stand()

    def _stand(self) -> None:
        """Lie below the line, over whatever is there."""
        window = self._line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        self.adjustSize()
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + 4))
        high = self.note.sizeHint().height() + 14 + (self.view.height() if not self.view.isHidden() else 0)
        self.setGeometry(QRect(corner, QSize(self._line.width(), high)))
        self.show()
        self.raise_()

    def go_by(self, step: int) -> None:
        """Mark another row."""
        at = min(max(self.view.currentIndex().row() + step, 0), self._model.rowCount() - 1)
        self.view.setCurrentIndex(self._model.index(at, 0))
        self.view.viewport().update()

    def marked(self) -> str:
        """Return the code of the marked row, "" while nothing is shown."""
        index = self.view.currentIndex()
        return str(index.data(_CODE)) if self.isVisible() and index.isValid() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._stand()
        return super().eventFilter(watched, event)
