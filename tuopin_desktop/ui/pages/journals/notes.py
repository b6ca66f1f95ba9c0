"""周记: the weeks with how their notes stand, and one note: text at the left, what the logs say now at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from tuopin_desktop.domain import typeddays
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.journals.draft import HEADINGS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.journals.notes import NoteRow, NoteView
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.dayline import DayLine
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.parts import act_button, card, column, label, mark, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_COLUMNS = (
    Column("周次", lambda item: item.label, 260),
    Column("状态", lambda item: item.state, 150, tone=lambda item: item.tone),
    Column("日志", lambda item: f"{item.logs}篇" if item.logs else "", 80, right=True, sort=lambda item: item.logs),
    Column("最迟", lambda item: item.due.isoformat(), 110),
    Column("签字人", lambda item: item.note.signed_by if item.note else "", 110),
    Column("签字日期", lambda item: str(item.note.signed or "") if item.note else "", 110, shed=1),
    Column("内容", lambda item: _gist(item)),
)


def _gist(item: NoteRow) -> str:
    """Return what a note says, without its headings and the week, which every note begins with."""
    lines = item.note.text.split("\n") if item.note else []
    text = " ".join(line.strip() for line in lines if line.strip() not in HEADINGS)
    return text.removeprefix(f"{item.label}，")


class NotesView(QFrame):
    """`opened(week)` wants a note; `saved(week, text, draft, signer, day)` wants it kept."""

    opened = Signal(str)
    saved = Signal(str, str, str, str, object)
    edited = Signal()
    unclear = Signal(str)

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._office = office
        self._drafts: dict[str, tuple[str, str, str]] = {}
        self.view: NoteView | None = None
        self.table = RecordTable(_COLUMNS, lambda item: item.week, "周记", sheet="weekly_note")
        self.table.opened.connect(lambda item: self.opened.emit(item.week))
        empty = EmptyState("users", "还没有派驻人员", hint="先在“队伍与人员”里登记派驻；有了日志，周记初稿自动备好。")
        self._stack = QStackedWidget()
        for page in (card(column(self.table, margins=(5, 6, 5, 6))), card(row(empty)), self._sheet()):
            self._stack.addWidget(page)
        self.setLayout(column(self._stack))

    def _sheet(self) -> QWidget:
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("周记正文")
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._tell)
        self.signer = QLineEdit()
        self.signer.setAccessibleName("签字人")
        self.signer.setMaxLength(50)
        self.signed = DayLine(self._office.today)
        self.signed.setAccessibleName("签字日期")
        self.signed.setPlaceholderText("如 531、+0")
        for line in (self.signer, self.signed):
            line.textEdited.connect(self._tell)
        self._about = label("", "quiet", wrap=True)
        self._news = QPlainTextEdit()
        self._news.setReadOnly(True)
        self._news.setAccessibleName("日志现在的说法")
        self.add = act_button(Act.ENTER, "把新增各条加到文末", self._append, icon="plus", tip="已写的文字不动")
        self.redraft = act_button(Act.ENTER, "放入整篇初稿", self._redraft, tip="接在文末，已写的文字不动")
        side = column(
            label("签字", "section"),
            row(self.signer, self.signed),
            self._about,
            label("日志现在的说法", "section"),
            self._news,
            row(self.add, self.redraft, None),
            margins=(14, 10, 14, 12),
        )
        side.setStretch(4, 1)
        right = card(side)
        right.setMinimumWidth(340)
        left = card(column(self.text, margins=(6, 6, 6, 6)))
        whole = row(left, right, gap=10)
        whole.setStretch(0, 3)
        whole.setStretch(1, 2)
        sheet = QWidget()
        sheet.setLayout(whole)
        return sheet

    @property
    def on_sheet(self) -> bool:
        """Tell whether a note stands open."""
        return self._stack.currentIndex() == 2

    def replace(self, rows: list[NoteRow]) -> None:
        """Show the weeks."""
        self.table.replace_rows(rows)
        if not self.on_sheet:
            self._stack.setCurrentIndex(0 if rows else 1)

    def show_note(self, view: NoteView) -> None:
        """Show a note; over it what was typed in it and not saved."""
        self.keep_typed()
        self.view = None  # what is put in now is not typed by anybody
        parts = self._drafts.pop(view.week, None)
        signed = view.note.signed.isoformat() if view.note.signed else ""
        text, signer, day = parts or (view.text, view.note.signed_by, signed)
        self.text.setPlainText(text)
        self.signer.setText(signer)
        self.signed.setText(day)
        self._about.setText(_about(view))
        self._news.setPlainText(_state_words(view))
        self.add.setEnabled(bool(view.news))
        self.redraft.setEnabled(bool(view.note.text))
        mark(self.signed, "wrong", "")
        self.view = view
        self._stack.setCurrentIndex(2)
        self.text.setFocus()

    def _append(self) -> None:
        if self.view is not None:
            self._add("\n".join(self.view.news))
            self.add.setEnabled(False)

    def _redraft(self) -> None:
        if self.view is not None:
            self._add(self.view.draft)

    def _add(self, text: str) -> None:
        self.text.appendPlainText(text)
        self.text.setFocus()

    def _tell(self) -> None:
        if self.view is not None:
            self.edited.emit()

    def _typed(self) -> tuple[str, str, str]:
        return self.text.toPlainText(), self.signer.text(), self.signed.text()

    @property
    def is_edited(self) -> bool:
        """Tell whether the open note differs from what is kept; a draft nobody touched is no change."""
        if self.view is None:
            return False
        note = self.view.note
        return self._typed() != (self.view.text, note.signed_by, note.signed.isoformat() if note.signed else "")

    def keep_typed(self) -> None:
        """Put aside what was typed in the open note."""
        if self.view is not None and self.is_edited:
            self._drafts[self.view.week] = self._typed()

    def save(self) -> None:
        """Ask to keep the open note."""
        if self.view is None:
            return
        text, signer, value = self._typed()
        day = typeddays.read_typed(value, self._office.today) if value.strip() else None
        if value.strip() and day is None:
            mark(self.signed, "wrong", "true")
            self.signed.setFocus()
            self.unclear.emit(f"签字日期：{typeddays.fault(value, self._office.today)}")
            return
        self.saved.emit(self.view.week, text, self.view.draft, signer, day)

    def forget(self, week: str) -> None:
        """A note was kept: nothing of it is a draft any more."""
        self._drafts.pop(week, None)
        self.view = None

    def back(self) -> None:
        """Go back to the list; what was typed is kept."""
        self.keep_typed()
        self.view = None
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def typed(self) -> dict[str, tuple[str, str, str]]:
        """Return what is typed and not saved, by week: text, signer and day."""
        row_by_key = {self.view.week: self._typed()} if self.view is not None and self.is_edited else {}
        return {**self._drafts, **row_by_key}

    def retype(self, week: str, parts: tuple[str, str, str]) -> None:
        """Put back what was typed before; it stands there when the note is opened."""
        self._drafts[week] = parts

    def unsaved(self) -> int:
        """Return how many notes are typed and not saved."""
        return len(self.typed())


def _about(view: NoteView) -> str:
    lines = [weeks.week_words(view.week), f"最迟{view.due.month}月{view.due.day}日定稿"]
    if view.gaps:
        more = f"等{len(view.gaps)}篇" if len(view.gaps) > 6 else ""
        lines.append(f"缺日志：{'、'.join(view.gaps[:6])}{more}")
    return "\n".join(lines)


def _state_words(view: NoteView) -> str:
    if not view.note.text:
        return "左边就是依日志备好的初稿：改好后按 Ctrl+S 保存，再补“存在的问题”和“下周打算”。"
    parts = []
    if view.news:
        parts.append("日志里新增的：\n" + "\n".join(view.news))
    if view.gone:
        parts.append("日志里已改或已删的：\n" + "\n".join(view.gone))
    return "\n\n".join(parts) or "与写周记时一样，没有变化。"
