"""日志: a week's days on one screen, five people of a day one line each; gaps stand out, Enter saves and goes on."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedWidget, QWidget

from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.records import DailyLog
from tuopin_desktop.services.journals.hints import Hint
from tuopin_desktop.ui.pages.journals.line import HEADINGS, LineInput, LogLine
from tuopin_desktop.ui.pages.journals.questions import LogsOutcome, Week
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.parts import button, card, clear, column, label, mark, row, rule
from tuopin_desktop.ui.widgets.plain import set_tip

_DAYS = "一二三四五六日"
_HINTS = 2
_SHOWN = 24


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class LogsView(QFrame):
    """`asked(week)` wants another week, `saved(logs)` wants logs kept, `edited` tells that something was typed."""

    asked = Signal(str)
    saved = Signal(list)
    edited = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._office = office
        self._drafts: dict[tuple[str, date], LineInput] = {}
        self._week: Week | None = None
        self._target = ""
        self._next = ""
        self._waiting = False
        self.day = office.today
        self.lines: list[LogLine] = []
        self._build()

    def _build(self) -> None:
        before = button("", partial(self._shift, -1), icon="chevron-left", role="flat", tip="上一周（Alt+左）")
        after = button("", partial(self._shift, 1), icon="chevron-right", role="flat", tip="下一周（Alt+右）")
        today = button("今天", lambda: self.go(self._office.today), role="flat", tip="回到今天（Alt+0）")
        self._title = label("", "section")
        self.days = Chips({str(place): f"周{word}" for place, word in enumerate(_DAYS)}, "这一周的哪一天")
        self.days.chosen.connect(self._choose)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(10)
        self.grid.setColumnStretch(2, 3)
        self.grid.setColumnStretch(5, 9)
        holder = QWidget()
        holder.setObjectName("sheet")
        holder.setLayout(column(self.grid, None, margins=(14, 6, 14, 8)))
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget()
        self._stack.addWidget(area)
        self._nobody = EmptyState("users", "这一天没有派驻人员", hint="先在“队伍与人员”里登记派驻，再写日志。")
        self._stack.addWidget(self._nobody)
        self._gaps = label("", "due", wrap=True)
        self._hints = label("", "quiet", wrap=True)
        self._hints.setAccessibleName("相近的日志，只提示队长")
        self._foot = QWidget()
        self._foot.setLayout(column(rule(), self._gaps, self._hints, gap=6, margins=(14, 0, 14, 10)))
        tools = row(before, self._title, after, today, None, margins=(10, 6, 14, 0))
        days = row(self.days, None, margins=(8, 0, 14, 0))
        frame = card(column(tools, days, rule(), self._stack, self._foot, gap=4))
        whole = column(frame)
        self.setLayout(whole)
        frame.layout().setStretch(3, 1)  # type: ignore[union-attr]  # set two lines above
        for keys, text, slot in (
            ("Alt+Left", "前一天", partial(self._shift, -1)),
            ("Alt+Right", "后一天", partial(self._shift, 1)),
            ("Alt+0", "回到今天", lambda: self.go(self._office.today)),
        ):
            on_key(self, keys, text, slot)

    # -- which day

    @property
    def week(self) -> str:
        """The week shown."""
        return weeks.week_of(self.day)

    def go(self, day: date) -> None:
        """Show a day."""
        self._keep_typed()
        if weeks.span(weeks.week_of(day)):
            self.day = day
            self._waiting = True
            self.asked.emit(self.week)

    def stand_on(self, log_id: str) -> None:
        """Show the day of a log, written or not, with the keyboard in its line."""
        self._target, _, day = log_id.rpartition("/")
        if _DAY.fullmatch(day):
            self.go(date.fromisoformat(day))

    def _shift(self, by: int) -> None:
        days = weeks.days(weeks.shifted(self.week, by))
        if days:
            self.go(days[self.day.weekday()])

    def _choose(self, place: str) -> None:
        if self._week is not None and int(place) != self.day.weekday():
            self._keep_typed()
            self.day = self._week.sheet.days[int(place)]
            self._show_day()
            self.take_keyboard()

    # -- rows

    def replace(self, week: Week) -> None:
        """Show a week as it is kept now; what was typed and not saved stays."""
        self._keep_typed()
        self._week = week
        sheet = week.sheet
        self._title.setText(weeks.week_words(sheet.week))
        for place, day in enumerate(sheet.days):
            rows = sheet.of_day(day)
            logs = sum(item.log is not None for item in rows)
            gaps = sum(item.gap for item in rows)
            chip = self.days.buttons[str(place)]
            chip.setText(
                f"周{_DAYS[place]} {day.day}日 {f'缺{gaps}' if gaps else f'{logs}篇' if logs else ''}".rstrip()
            )
            mark(chip, "tone", "bad" if gaps else "")
        self.days.choose(str(self.day.weekday()))
        missing = [f"{item.day.month}月{item.day.day}日{item.member.name}" for item in sheet.gaps]
        more = f"等{len(missing)}篇" if len(missing) > 8 else ""
        self._gaps.setText(f"在岗而没有日志：{'、'.join(missing[:8])}{more}" if missing else "")
        self._gaps.setVisible(bool(missing))
        self._hints.setText(_hint_words(week.hints))
        set_tip(self._hints, "\n\n".join(f"{hint.first.text}\n{hint.second.text}" for hint in week.hints[:_HINTS]))
        self._hints.setVisible(bool(week.hints))
        self._foot.setVisible(bool(missing or week.hints))
        self._show_day()
        if self._waiting:
            self.take_keyboard()

    def _show_day(self) -> None:
        assert self._week is not None
        clear(self.grid)
        self.lines = []
        for place, text in enumerate(HEADINGS):
            self.grid.addWidget(label(text, "label"), 0, place)
        for at, item in enumerate(self._week.sheet.of_day(self.day), 1):
            line_input = self._drafts.pop((item.member.posting.id, self.day), None)
            log_line = LogLine(self.grid, at, item, line_input, self._office)
            log_line.entered.connect(partial(self._enter, log_line))
            log_line.edited.connect(self.edited)
            self.lines.append(log_line)
        self._stack.setCurrentIndex(0 if self.lines else 1)
        wanted = next((one for one in self.lines if one.row.member.posting.id == self._next), None)
        self._next = ""
        if wanted is not None:
            wanted.text.setFocus()

    def _enter(self, line: LogLine) -> None:
        """Save a line and go to the next person; a line in which nothing was typed is only passed."""
        at = self.lines.index(line)
        after = self.lines[at + 1] if at + 1 < len(self.lines) else line
        if line.is_edited:
            self._next = after.row.member.posting.id
            self.saved.emit([line.log()])
        else:
            after.text.setFocus()

    def edited_logs(self) -> list[DailyLog]:
        """Return the day's logs that were typed and are not saved."""
        return [line.log() for line in self.lines if line.is_edited]

    def after_keeping(self, logs_outcome: LogsOutcome) -> None:
        """Take note of what was saved; what is wrong is marked in its line."""
        if not logs_outcome.wrong:
            for line in self.lines:
                if line.log().id in logs_outcome.ids:
                    line.settle()
            return
        for line in self.lines:
            if (problems := logs_outcome.wrong.get(line.log().id)) is not None:
                self._next = ""
                line.show_problems(problems)

    def _keep_typed(self) -> None:
        for line in self.lines:
            key = (line.row.member.posting.id, line.row.day)
            if line.is_edited:
                self._drafts[key] = line.typed()
            else:
                self._drafts.pop(key, None)

    def typed(self) -> dict[tuple[str, date], LineInput]:
        """Return what is typed and not saved, by posting and day."""
        line_input_by_pair = {
            (line.row.member.posting.id, line.row.day): line.typed() for line in self.lines if line.is_edited
        }
        return {**self._drafts, **line_input_by_pair}

    def retype(self, posting: str, day: date, line_input: LineInput, *, show: bool) -> None:
        """Put back what was typed before; `show` its day."""
        self._keep_typed()
        self.lines = []  # they are kept, and the answer lays the day anew
        self._drafts[posting, day] = line_input
        if show:
            self.go(day)
        else:
            self.asked.emit(self.week)

    def unsaved(self) -> int:
        """Return how many logs are typed and not saved."""
        return len(self.typed())

    def take_keyboard(self) -> None:
        """Stand in the line asked for, else in the first that is not written, as soon as there are lines."""
        self._waiting = not self.lines
        own = [line for line in self.lines if line.row.member.posting.id == self._target]
        log_line = next((line for line in (*own, *self.lines) if line.row.log is None), next(iter(self.lines), None))
        if log_line is not None:
            log_line.text.setFocus()


def _hint_words(hints: Sequence[Hint]) -> str:
    lines = [
        f"{hint.percent}%　{_day(hint.first)}{hint.first_name}：{hint.first.text[:_SHOWN]}　｜　"
        f"{_day(hint.second)}{hint.second_name}：{hint.second.text[:_SHOWN]}"
        for hint in hints[:_HINTS]
    ]
    more = f"（共{len(hints)}对）" if len(hints) > _HINTS else ""
    return "\n".join([f"内容相近的日志{more}，只在这里提示队长，不计分、不导出：", *lines]) if lines else ""


def _day(log: DailyLog) -> str:
    return f"{log.date.month}月{log.date.day}日" if log.date else ""
