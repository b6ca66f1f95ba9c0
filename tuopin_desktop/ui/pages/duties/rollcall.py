"""Calling a signed sheet over: names laid ready, looked over against the scan, kept in one stroke."""

from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import Acknowledgement
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.duties import rollcalls
from tuopin_desktop.services.duties.rollcalls import Roll
from tuopin_desktop.ui.widgets.editor import Unclear
from tuopin_desktop.ui.widgets.editors import plain_editor
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, column, hide_unless, label, row

_POSTING = Qt.ItemDataRole.UserRole
_SIZE = (460, 480)


class RollDialog(QDialog):
    """`taken` carries the postings of those ticked and the day they signed, None for the day of the record itself."""

    taken = Signal(list, object)

    def __init__(self, roll: Roll, parent: QWidget) -> None:
        super().__init__(parent)
        self.roll = roll
        self.setWindowTitle("登记签到")
        self.resize(min(_SIZE[0], parent.width()), min(_SIZE[1], parent.height()))
        self.message = Toasts(self)
        self.list = _names(roll)
        self.day = plain_editor(next(item for item in fields(Acknowledgement) if item.name == "signed"), roll.day)
        self.day.load(roll.day)
        self._count = label("", "quiet")
        self.all = button("全部签了", lambda: self._tick(on=True), role="flat")
        self.none = button("全部未签", lambda: self._tick(on=False), role="flat")
        self._build()
        self.list.itemChanged.connect(lambda _: self._tell())
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._tell()

    def _build(self) -> None:
        keep = act_button(Act.ENTER, "登记", self._take, icon="save", role="primary", tip="Ctrl+S")
        keep.setShortcut("Ctrl+S")
        scanned = "扫描件已归入本条登记。" if self.roll.scanned else ""
        own = self.roll.kind == "team"  # a meeting and a class have their own day
        hide_unless(self.day, own)
        whole = column(
            label(self.roll.title, "section", wrap=True),
            label(f"对照签字表，签了字的打勾（空格键）。{scanned}", "quiet", wrap=True),
            self.list,
            *((row(label("签字日期", "label"), self.day, None),) if own else ()),
            row(self._count, None, self.all, self.none),
            row(None, button("取消", self.reject), keep),
            gap=8,
            margins=(16, 14, 16, 14),
        )
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def ticked(self) -> list[str]:
        """Return the postings of those ticked."""
        items = [self.list.item(place) for place in range(self.list.count())]
        return [str(item.data(_POSTING)) for item in items if item.checkState() is Qt.CheckState.Checked]

    def refused(self, error: Refused | Trouble) -> None:
        """Say why nothing was kept."""
        self.message.complain(error)

    def _tick(self, *, on: bool) -> None:
        for place in range(self.list.count()):
            self.list.item(place).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _tell(self) -> None:
        signed = len(self.ticked())
        self._count.setText(f"已签{signed}人，未签{self.list.count() - signed}人")

    def _take(self) -> None:
        try:
            day = self.day.read() if self.roll.kind == "team" else None
        except Unclear as error:
            self.message.say(error.sentence, "warn")
            return
        self.taken.emit(self.ticked(), day)


def _names(roll: Roll) -> QListWidget:
    widget = QListWidget()
    widget.setAccessibleName("签字人")
    widget.setWordWrap(True)
    for one in roll.names:
        item = QListWidgetItem("　".join(filter(None, (one.name, one.position, one.note))))
        item.setData(_POSTING, one.posting)
        ticked = one.likely if one.signed is None else one.signed
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        widget.addItem(item)
    return widget


class Calling(QObject):
    """`called(kind, id)` tells that who signed the sheet of a record was kept."""

    called = Signal(str, str)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.window)
        self._context = context
        self.dialog: RollDialog | None = None

    def roll_of(self, kind: str, record_id: str) -> None:
        """Show the names on a sheet, ticks laid ready."""
        self._context.ask(rollcalls.roll, kind, record_id, then=self._show, lane="roll")

    def _show(self, roll: Roll) -> None:
        self.dialog = dialog = RollDialog(roll, self._context.window)

        def finish(text: str) -> None:
            dialog.accept()
            self.called.emit(roll.kind, roll.record)
            self._context.message.say(text)

        def take(signed: list[str], day: date | None) -> None:
            self._context.asker.ask(
                rollcalls.call, roll.kind, roll.record, signed, day, then=finish, failed=dialog.refused
            )

        dialog.taken.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
