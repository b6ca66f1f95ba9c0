"""The section of holidays: the years and how each stands, one year as months or a list, days entered and taken out."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import CalendarDay, CalendarYear, choices
from tuopin_desktop.services.office.calendars import YearState
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import holidays
from tuopin_desktop.ui.pages.settings import questions
from tuopin_desktop.ui.pages.settings.entry import EntryDialog
from tuopin_desktop.ui.pages.settings.questions import DayRow, YearView
from tuopin_desktop.ui.pages.settings.yearblocks import LEGEND, YearBlocks
from tuopin_desktop.ui.sheets.transfer import Exchange
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.days import long_day, short_day
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button, card, column, hide_unless, label, row
from tuopin_desktop.ui.widgets.segments import Segments
from tuopin_desktop.ui.widgets.table import Column, RecordTable

STATES = {"known": "已核对", "provisional": "待补全", "unknown": "未登记"}
_TONES = {"known": "ok", "provisional": "warn", "unknown": "bad"}
_VIEWS = {"blocks": "月历", "list": "清单"}
_REGION_DAY = "全区统一的放假日由自治区工作队管理办公室登记，这里只能查看；本旗县的地方假日可以在别的日子登记。"
_CLOSED = "已结账的月份仍按结账时的日历，不受改动影响。"


def save_day(desk: Desk, day: CalendarDay) -> CalendarDay:
    """Save a day; raises Refused."""
    return holidays.keep(desk, day)


def remove_day(desk: Desk, day: CalendarDay) -> CalendarDay:
    """Take a day out under the notice typed beside it; raises Refused."""
    holidays.remove(desk, day.id, day.notice)
    return day


def save_year(desk: Desk, year: CalendarYear) -> CalendarYear:
    """Save a year's notice; raises Refused."""
    return holidays.keep_year(desk, year)


class HolidaySection(QWidget):
    """Keeps the year and the county that are looked at; the page hands it the keys."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.region = self._context.office.level is Level.REGION
        self.year = self._context.office.today.year
        self.view: YearView | None = None
        self.dialog: EntryDialog | None = None
        self.days_exchange = Exchange(context, "calendar_day")
        self.years_exchange = Exchange(context, "calendar_year")
        self._build()

    def _build(self) -> None:
        values = self._context.office.vocabulary["旗县"].labels
        below = {code: word for code, word in values.items() if code.startswith(self._context.office.scope)}
        self.county = FilterBox("全区统一", below, "看哪个旗县的日历")
        self.county.chosen.connect(lambda _code: self.refresh())
        hide_unless(self.county, self._context.office.level is not Level.COUNTY)
        columns = (
            Column("年度", lambda state: f"{state.year}年", 72),
            Column("状态", lambda state: STATES[state.state], tone=lambda state: _TONES[state.state]),
        )
        self.years = RecordTable(
            columns,
            lambda state: str(state.year),
            "年度",
            sheet="calendar_year",
        )
        self.years.current_changed.connect(self._choose)
        self.years.opened.connect(lambda _state: self.open_year())
        self.years.setFixedWidth(188)
        whole = row(card(row(self.years, margins=(4, 4, 4, 4))), self._right(), gap=12)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _right(self) -> QFrame:
        self._stack = QStackedWidget()
        self._foot, self._sentence = label("", "quiet"), label("", "quiet", wrap=True)
        self.notice = button("年度通知", self.open_year, tip="通知文号、版次、核对")
        self.excel = button("Excel", lambda: None, icon="file-spreadsheet", tip="模板、导入、导出")
        self.excel.setMenu(self._menu())
        self.views = Segments(_VIEWS, "看法")
        self.blocks = YearBlocks(self._context.office.today)
        self.blocks.opened.connect(self.open_day)
        self.blocks.went.connect(lambda day: self._foot.setText(self.blocks.describe(day)))
        self.days = RecordTable(
            _DAY_COLUMNS, lambda item: item.mark.day.isoformat(), "这一年的日子", sheet="calendar_day"
        )
        self.days.opened.connect(lambda item: self.open_day(item.mark.day))
        self._stack.addWidget(self.blocks)
        self._stack.addWidget(self.days)
        self.views.chosen.connect(self._look)
        head = row(self.views, None, self.county, self.notice, self.excel)
        self._feet = QWidget()
        self._feet.setLayout(row(self._foot, None, label(LEGEND, "faint")))
        layout = column(head, self._sentence, self._stack, self._feet, gap=6, margins=(14, 10, 14, 8))
        layout.setStretch(2, 1)
        return card(layout)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("导入节假日…", self.days_exchange.import_)
        menu.addAction("保存节假日空白模板…", self.days_exchange.template)
        menu.addAction("导出登记的节假日…", lambda: self.days_exchange.export({}))
        if self.region:
            menu.addSeparator()
            menu.addAction("导入节假日年度…", self.years_exchange.import_)
            menu.addAction("保存节假日年度空白模板…", self.years_exchange.template)
            menu.addAction("导出登记的节假日年度…", lambda: self.years_exchange.export({}))
        return menu

    def _look(self, view: str) -> None:
        self._stack.setCurrentIndex(list(_VIEWS).index(view))
        self._feet.setVisible(view == "blocks")

    # -- answers

    @property
    def state(self) -> str:
        """The line under the page's title."""
        return self.view.state.text if self.view and self.view.state.state != "known" else _CLOSED

    def refresh(self) -> None:
        """Ask for the years, and for the one that is looked at."""
        code = self.county.code()
        self._context.ask(questions.years, code, then=self._show_years, lane="years")

    def _show_years(self, years: list[YearState]) -> None:
        self.years.replace_rows(years)
        if not self.years.select(str(self.year)) and years:
            self.years.select(str(years[0].year))
        self._fetch()

    def _choose(self, state: YearState | None) -> None:
        if state is not None and state.year != self.year:
            self.year = state.year
            self._fetch()

    def _fetch(self) -> None:
        code = self.county.code()
        self._context.ask(questions.year_view, self.year, code, then=self._show, lane="year")

    def _show(self, view: YearView) -> None:
        self.view = view
        self._sentence.setText(view.state.text)
        self.notice.setText("年度通知…" if self.region else "看年度通知…")
        self.notice.setEnabled(self.region or bool(view.record.notice))
        marks = {item.mark.day: item.mark for item in view.days}
        self.blocks.show_year(view.state.year, marks, view.worked, view.months)
        self._foot.setText(self.blocks.describe(self.blocks.day))
        self.days.replace_rows(view.days)

    # -- entering

    def new(self) -> None:
        """Enter a day: the one the keyboard stands on, when nothing is said of it yet."""
        day = self.blocks.day if self._stack.currentWidget() is self.blocks else None
        self.open_day(day if day is not None and self._row(day) is None else None)

    def open_day(self, day: date | None) -> None:
        """Open what is said of a day, or a blank form for it."""
        day_row = self._row(day) if day is not None else None
        if day_row is not None and not day_row.mine:
            self._context.message.say(f"{long_day(day_row.mark.day)} {day_row.mark.name}：{_REGION_DAY}", "quiet")
            return
        if self._context.office.level is Level.LEAGUE and not self.county.code():
            self._context.message.say("盟市联络处替旗县登记地方假日：请先在右上方选一个旗县。", "quiet")
            self.county.setFocus()
            return
        if day_row is not None and day_row.record is not None:
            self._open(day_row.record, taken_out=True)
            return
        self._context.ask(
            questions.new_day,
            day,
            self.county.code(),
            then=lambda blank: self._open(_shipped(blank, day_row), taken_out=False),
        )

    def _row(self, day: date) -> DayRow | None:
        days = self.view.days if self.view else ()
        return next((item for item in days if item.mark.day == day), None)

    def _open(self, record: CalendarDay, *, taken_out: bool) -> None:
        local = bool(record.county)
        out = ("nature", "county", "day") if self._context.office.level is Level.COUNTY else ()
        counts = self.view is not None and self.view.state.state == "known" and not local
        text = (
            "本旗县的地方假日，填写依据文号；只在本旗县有效。" if local else "全区统一的日子，按国务院办公厅通知登记。"
        )
        if counts:
            text += f"本年度已在使用，改动请填写调整通知的文号，程序另记一版。{_CLOSED}"
        self.dialog = EntryDialog(
            self._context,
            record,
            title=f"{short_day(record.date)} {record.name}" if record.name else "登记一天",
            text=text,
            save=save_day,
            then=self._day_saved,
            remove=remove_day if taken_out else None,
            leave_out=out,
            locked=("date",) if taken_out else (),
        )
        self.dialog.open()

    def _day_saved(self, day: CalendarDay) -> None:
        if day.date is not None:
            self.year = day.date.year
            self._context.message.say(f"已登记：{long_day(day.date)} {day.name}")
        self.refresh()

    def open_year(self) -> None:
        """Open the year's notice: its number, its edition, and the tick that it was compared day by day."""
        if self.view is None:
            return
        text = (
            "放假日、上班日都录入并与通知逐日核对后，勾选“已核对”，这一年的工作日才开始计算；"
            "对不上的，程序在相应栏目说明。"
        )
        self.dialog = EntryDialog(
            self._context,
            self.view.record,
            title=f"{self.view.state.year}年度通知",
            text=text if self.region else "年度通知由自治区工作队管理办公室登记，这里只能查看。",
            save=save_year,
            then=self._year_kept,
            locked=("year",),
            may=self.region,
        )
        self.dialog.open()

    def _year_kept(self, year: CalendarYear) -> None:
        self._context.message.say(f"已保存{year.year}年度通知：{'已核对' if year.verified else '尚未核对'}")
        self.refresh()

    def take_keyboard(self) -> None:
        """Put the keyboard on the years."""
        self.years.enter()


def _shipped(blank: CalendarDay, day_row: DayRow | None) -> CalendarDay:
    """Return the form for a day that ships with the program: filled with what ships, to be overruled."""
    if day_row is None:
        return blank
    build_day: Any = type(blank)
    mark = day_row.mark
    day = "work" if mark.work else "off"
    filled: CalendarDay = build_day(id=blank.id, date=mark.day, day=day, nature=mark.nature, name=mark.name)
    return filled


_DAY_COLUMNS = (
    Column("日期", lambda item: long_day(item.mark.day), 170, sort=lambda item: item.mark.day.isoformat()),
    Column(
        "放假或上班",
        lambda item: "上班" if item.mark.work else "放假",
        92,
        tone=lambda item: "quiet" if item.mark.work else "bad",
    ),
    Column("节日", lambda item: item.mark.name, 110),
    Column("类别", lambda item: choices.DAY_NATURE.word(item.mark.nature), 110, shed=1),
    Column("来源", lambda item: item.origin, 92, shed=2),
    Column("依据文号", lambda item: item.record.notice if item.record else "", shed=3),
)
