"""A combo box that is typed into: it offers what contains the typed words, their pinyin or initials, or the code."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from tuopin_desktop.domain.spelling import initials
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.memory import memory_of
from tuopin_desktop.ui.widgets.still import ChoiceBox

PICK_HINT = "选择或输入"
_FIND = Qt.ItemDataRole.UserRole + 1
_LEAST_FILTER = 96


class _Completer(QCompleter):
    """Looks in words and code, writes the words."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class PickBox(ChoiceBox):
    """An editable combo over code -> words; `picked` tells that a person chose or typed something."""

    picked = Signal()

    def __init__(self, texts: Mapping[str, str], *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(14)
        self.setModel(_model(texts, self))
        self._complete()
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(hint or PICK_HINT)
            line.textEdited.connect(self.picked)
            line.editingFinished.connect(self._say_whole)
        self.setCurrentIndex(-1)
        self.activated.connect(self.picked)

    def setAccessibleName(self, name: str) -> None:
        """The line that is typed into is what has the keyboard, so it bears the name as well."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def set_words(self, values: Mapping[str, str]) -> None:
        """Offer other entries; what stands in the box stays."""
        text = self.currentText()
        self.setModel(_model(values, self))
        self._complete()
        self.setCurrentIndex(-1)
        self.setEditText(text)

    def code(self) -> str:
        """Return the code whose words, or which itself, stands in the box, or the only one that contains the typed.

        Nothing for anything else: 翁牛特 is enough for 赤峰市翁牛特旗, 杭锦 is not, there are two.
        """
        text = self.currentText().strip()
        at = self.findText(text)
        if at < 0:
            at = self.findData(text)
        if at < 0 and text:
            flags = Qt.MatchFlag.MatchContains
            indexes = self.model().match(self.model().index(0, 0), _FIND, text, 2, flags)
            at = indexes[0].row() if len(indexes) == 1 else self._said_whole(text)
        return str(self.itemData(at)) if at >= 0 else ""

    def _say_whole(self) -> None:
        """Letters that mean one entry alone become its words once the hand goes on: dy is 队员."""
        text = self.currentText().strip()
        if text and text.isascii() and self.findText(text) < 0 and self.findData(text) < 0 and (code := self.code()):
            self.setEditText(self.itemText(self.findData(code)))
            self.picked.emit()

    def _said_whole(self, text: str) -> int:
        """Return the one entry whose initials or pinyin are just what was typed, -1 for none or several."""
        texts = [str(self.itemData(at, _FIND)).split(" ")[1:] for at in range(self.count())] if text.isascii() else []
        rows = [at for at, one in enumerate(texts) if text.lower() in one]
        return rows[0] if len(rows) == 1 else -1

    def _complete(self) -> None:
        completer = _Completer(self.model(), self)
        completer.setCompletionRole(_FIND)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self.picked)
        self.setCompleter(completer)


def _model(values: Mapping[str, str], parent: QWidget) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    for code, word in {"": "", **values}.items():
        item = QStandardItem(word)
        item.setData(code, Qt.ItemDataRole.UserRole)
        item.setData(" ".join((word, code, *sorted(initials(word)))), _FIND)
        model.appendRow(item)
    return model


class FilterBox(ChoiceBox):
    """A plain combo for narrowing a list; `chosen` carries the code or nothing.

    `everything` is the first entry, which means all; without it one of the codes is always chosen. What a clerk chose
    on a page stands there again when the window is opened next; a period is always the present one.
    """

    chosen = Signal(str)

    def __init__(self, everything: str, texts: Mapping[str, str], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxVisibleItems(16)
        self._is_kept, self._taken_up = bool(everything), False
        if everything:
            self.addItem(everything, "")
        for code, word in texts.items():
            self.addItem(word, code)
        self.activated.connect(self._tell)

    def minimumSizeHint(self) -> QSize:
        """A long name in the list does not make a small window larger: it is cut in the field."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), theme.scaled(self, _LEAST_FILTER)), least.height())

    def code(self) -> str:
        """Return the chosen code; nothing means all."""
        return str(self.currentData() or "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._taken_up and (name := self._name()):
            self._taken_up = True
            at = self.findData(memory_of(self).get(name))
            if self.currentIndex() == 0 and at > 0:
                self.setCurrentIndex(at)
                self.chosen.emit(self.code())

    def _tell(self) -> None:
        if name := self._name():
            memory_of(self).keep(name, self.code())
        self.chosen.emit(self.code())

    def _name(self) -> str:
        """Return under what it is kept: by the page it stands on; "" in a dialog, which begins anew."""
        place: QWidget | None = self if self._is_kept else None
        while place is not None and not place.isWindow():
            if place.objectName() == "page":
                return f"filters/{type(place).__name__}/{self.accessibleName()}"
            place = place.parentWidget()
        return ""


_FIRST_YEAR = 2018
_LAST_YEARS_WORK = 6
"""Until this month the year's paper in hand is the last year's."""


def year_box(name: str, today: date, unit: str = "年", *, settled: bool = True) -> FilterBox:
    """Return the years since the teams were posted, newest first; a `settled` year's work begins when it is over."""
    filter_box = FilterBox("", {str(year): f"{year}{unit}" for year in range(today.year, _FIRST_YEAR - 1, -1)}, name)
    if settled and today.month <= _LAST_YEARS_WORK and filter_box.count() > 1:
        filter_box.setCurrentIndex(1)
    return filter_box
