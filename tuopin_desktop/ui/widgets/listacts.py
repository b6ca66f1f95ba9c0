"""What every list does by itself, by key and by menu under the same names: open, choose, copy, narrow, print, Excel."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton

from tuopin_desktop.ui.widgets.listmenu import NO_ROW, Entry, menu_of, stroke_entries
from tuopin_desktop.ui.widgets.listways import ListWays, ways_of
from tuopin_desktop.ui.widgets.parts import button
from tuopin_desktop.ui.widgets.rowsview import RowsView

_EMPTY = "表里没有行"
_NO_PERSON = "这张表没有人名"
_EDGE = 8
_OLD_KEYS = {"Ctrl+Ins": "Ctrl+C", "Shift+Ins": "Ctrl+V"}
_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
KEYS = (
    ("Ctrl+A", "全选"),
    ("Ctrl+C", "复制所选行，可粘贴到 Excel"),
    ("Ctrl+Shift+F", "只看所选这个人，再按看全部"),
    ("Ctrl+Shift+P", "打印这张表"),
    ("Ctrl+Shift+E", "存为 Excel"),
    ("Ctrl+V", "粘贴从 Excel、WPS 复制的行，先看检查结果"),
)
"""The keys of every list, for the printed sheet (`ui/keysheet.py`)."""


class ListActs(QObject):
    """The acts of one list, and the sign that it shows one person alone."""

    def __init__(self, table: RowsView) -> None:
        super().__init__(table)
        self._table = table
        self._sign: QPushButton | None = None

    def menu(self) -> QMenu:
        """Return the menu of the list, as it stands now."""
        return menu_of(self._table.accessibleName(), self.groups(), self._table)

    def groups(self) -> list[list[Entry]]:
        """Return what can be done, in groups: opening, the keys of the page, choosing, taking out and in."""
        table, ways = self._table, ways_of(self._table)
        none = "" if table.selectionModel().hasSelection() else NO_ROW
        empty = "" if table.model().rowCount() else _EMPTY
        groups = [
            [Entry("打开", "Return", table.open_current, "" if table.current() is not None else NO_ROW)],
            stroke_entries(table, ways.may if ways is not None else lambda _: True),
            [
                Entry("全选", "Ctrl+A", table.selectAll, empty),
                Entry("复制这几行", "Ctrl+C", self.copy, none),
                self._narrowing(none),
            ],
        ]
        return [*groups, self._beyond(ways, empty)] if ways is not None else groups

    def _beyond(self, ways: ListWays, empty: str) -> list[Entry]:
        table = self._table
        paper = table.unprinted or empty
        return [
            Entry("打印这张表…", "Ctrl+Shift+P", lambda: ways.print_(table), paper),
            Entry("存为 Excel…", "Ctrl+Shift+E", lambda: ways.save_sheet(table), paper),
            Entry("从 Excel、WPS 粘贴…", "Ctrl+V", lambda: ways.paste(table), ways.why_no_paste(table)),
        ]

    def _narrowing(self, none: str) -> Entry:
        table = self._table
        if table.alone:
            return Entry("看全部", "Ctrl+Shift+F", lambda: table.show_alone(""))
        name = table.person_of(table.current()) if table.current() is not None else ""
        why = "" if name else none or _NO_PERSON
        return Entry(f"只看{name or '某人'}", "Ctrl+Shift+F", lambda: table.show_alone(name), why)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does; tell whether it was one of the list's."""
        keys = _keys(event)
        if not keys:
            return False
        for group in self.groups():
            for entry in group:
                if entry.keys == keys:
                    self._do(entry)
                    return True
        return False

    def _do(self, entry: Entry) -> None:
        if not entry.why:
            entry.slot()
        elif (ways := ways_of(self._table)) is not None and entry.keys != "Return":
            ways.say(f"{entry.text.rstrip('…')}：{entry.why}。")

    def copy(self) -> None:
        """Put the selected rows on the clipboard, tab-separated with their headings, as Excel takes them."""
        table = self._table
        columns = [table.rows_model.columns[place] for place in table.places()]
        lines = ["\t".join(item.title for item in columns)]
        lines += ["\t".join(_one_line(item.value(row)) for item in columns) for row in table.chosen()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    # -- the sign

    def tell(self) -> None:
        """Say over the list whom it shows alone; a press on it shows all again."""
        table = self._table
        if not table.alone:
            if self._sign is not None:
                self._sign.hide()
            return
        if self._sign is None:
            self._sign = button("", lambda: table.show_alone(""), icon="x", tip="看全部")
            self._sign.setParent(table.viewport())
            self._sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            table.viewport().installEventFilter(self)
        text = f"只看{table.alone}（{table.model().rowCount()}行）"
        self._sign.setText(f" {text}".replace("&", "&&"))
        self._sign.setAccessibleName(f"{text}，看全部")
        self._sign.adjustSize()
        self._sign.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self._sign is not None:
            view = self._table.viewport()
            self._sign.move(_EDGE, view.height() - self._sign.height() - _EDGE)


def _keys(event: QKeyEvent) -> str:
    """Return a key that may be one of a list's: a combination with Ctrl, or Enter."""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return "Return"
    if not event.modifiers() & _WITH:
        return ""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    keys = QKeySequence(event.key() | plain.value).toString()
    return _OLD_KEYS.get(keys, keys)


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")
