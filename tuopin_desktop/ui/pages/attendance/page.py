"""The page of attendance: one month of a team or of the region, keyed cell by cell and kept by itself."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.attendance import month
from tuopin_desktop.services.attendance.keep import CellsOutcome
from tuopin_desktop.services.attendance.month import MonthSheet
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.shelves.groups import DAY
from tuopin_desktop.ui.help import marks
from tuopin_desktop.ui.pages.attendance.bar import MENU, Bar, legend, month_title
from tuopin_desktop.ui.pages.attendance.grid import Grid
from tuopin_desktop.ui.pages.attendance.headers import Sums
from tuopin_desktop.ui.pages.attendance.keying import Keeper, Keyer, Unfolder
from tuopin_desktop.ui.pages.attendance.model import Cell, MonthModel
from tuopin_desktop.ui.pages.attendance.monthmenu import MonthMenu
from tuopin_desktop.ui.pages.attendance.panel import Panel
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.sheets.transfer import Exchange
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import label, row


class AttendancePage(Page):
    """Shows a month; keys set marks, Enter unfolds a cell, Y opens a year. Nothing has to be saved by hand."""

    from_shelves = frozenset({DAY})
    interests = judging.SHELF_KINDS

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self.month = f"{office.today:%Y-%m}"
        self.county = ""
        self._kept_at = ""
        self._own = False
        self.model = MonthModel(office.today, self)
        self.keeper = Keeper(asker, self)
        self.exchange = Exchange(self.context, "attendance")
        self._build()
        self._listen()

    def _build(self) -> None:
        code_table = self.office.vocabulary["旗县"]
        region = self.office.level is not Level.COUNTY
        counties = {code: name for code, name in code_table.labels.items() if code.startswith(self.office.scope)}
        self.bar = Bar(self.office.today, counties if region else {})
        self.bar.setParent(self)
        self.bar.set_month(self.month)
        self.bar.sheets(
            {
                "从 Excel 导入…": self.exchange.import_,
                "保存空白模板…": self.exchange.template,
                "导出本月考勤…": lambda: self.exchange.export({"month": self.month}),
            }
        )
        self.grid = Grid(self.model)
        self.months = MonthMenu(self.context, self._where, self._chosen, self.keeper.flush)
        self.bar.closing(self.months.menu)
        self.sums = Sums(self.grid, self.model)
        self.panel = Panel()
        self.unfolder = Unfolder(self.context, self.grid, self.panel, self._noted)
        self.keyer = Keyer(self.context, self.grid, self.bar, self.keeper, self.unfolder, written=self._name)
        self._notice = label("", "due", wrap=True)
        self._notice.hide()
        self.body.setSpacing(4)
        for piece in (self._notice, self.grid, self.sums, 4, self.panel):
            self.body.addSpacing(piece) if isinstance(piece, int) else self.body.addWidget(piece)
        top = row(legend(), self.keyer.sentence, gap=12)
        top.setStretch(1, 1)
        self.body.insertLayout(0, top)
        self.body.setStretch(2, 4)
        self.body.setStretch(5, 1)

    def _listen(self) -> None:
        self.bar.chosen.connect(self.open_month)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(
            lambda place: self.bar.editing.popup(self.grid.viewport().mapToGlobal(place))
        )
        self.grid.horizontalScrollBar().rangeChanged.connect(lambda *_: self._give_height())
        self.panel.closed.connect(self.grid.setFocus)
        self.panel.strip.month_wanted.connect(lambda wanted: self.open_month(wanted, self.county))
        self.keeper.kept.connect(self._after_keeping)
        self.keeper.refused.connect(self._refused)
        self.keeper.failed.connect(self.complain)
        self.keeper.settled.connect(self.settled)
        for keys, what, slot in (
            ("Ctrl+PgUp", "上一月", partial(self.bar.turn, -1)),
            ("Ctrl+PgDown", "下一月", partial(self.bar.turn, 1)),
            ("Ctrl+G", "选月份", self.bar.month.setFocus),
            ("Ctrl+T", "选总队", self.bar.county.setFocus),
            ("F6", "到下方说明", self.panel.text.setFocus),
        ):
            on_key(self, keys, what, slot)

    # -- reading

    def open_month(self, target: str, county: str) -> None:
        """Open another month or team; what was keyed here is kept first."""
        self.keeper.flush()
        self.keyer.forget()
        self.month, self.county = target, county
        self.unknown.renew()
        self.bar.set_month(target)
        self.bar.set_county(county)
        self.keyer.say("")
        self.panel.hint()
        self._ask()
        self.grid.setFocus()

    def refresh(self) -> None:
        if self._own:  # the change was keyed here: those rows have been asked for already
            self._own = False
            return
        self._ask()

    def _ask(self) -> None:
        self.model.today = self.office.today
        self.asker.ask(month.read, self.month, self.county, then=self._show, failed=self.complain, lane="month")
        judge = self.model.judge  # the grid is shown before it is judged
        self.behind.ask(month.judge, self.month, self.county, then=judge, failed=self.complain, lane="judge")

    def _give_height(self) -> None:
        """The grid takes what its people need; the rest belongs to the reasons below."""
        self.grid.setMaximumHeight(self.grid.needed)

    def _show(self, sheet: MonthSheet) -> None:
        if (sheet.month, sheet.county) != (self.month, self.county):
            return
        self.model.show(sheet, self.keeper.edits(self.month))
        self._give_height()
        if not sheet.rows:
            self.panel.hint(nobody=True)
        if not self.grid.currentIndex().isValid() and sheet.rows:
            first = min(self.office.today.day, len(sheet.days)) if self.month == f"{self.office.today:%Y-%m}" else 1
            self.grid.go_to(Cell(0, first))
        self._name()

    def _name(self) -> None:
        sheet = self.model.sheet
        if sheet is None:
            return
        workdays = sum(not day.rest for day in sheet.days)
        name = f"法定工作日{workdays}天" if sheet.year.state == "known" else "节假日未登记"
        saved = f" · 已自动保存 {self._kept_at}" if self._kept_at else ""
        waiting = f" · {self.keeper.cells}格正在保存" if self.keeper.cells else saved
        nobody = "本月没有派驻人员" if not sheet.rows else f"{len(sheet.rows)}人"
        self.head("考勤", f"{month_title(self.month)} · {nobody} · {name}{waiting}", self.bar.widgets())
        names = list(dict.fromkeys(sheet.closed_counties.values()))
        messages = [] if sheet.year.state == "known" else [sheet.year.text]
        if names and len(sheet.closed_counties) > 1:
            messages.append(f"{len(sheet.closed_counties)}个总队本月已结账，只能查看。{names[0]}")
        elif names:
            messages.append(names[0])
        self._notice.setText("　".join(messages))
        self._notice.setVisible(bool(messages))

    def _where(self) -> tuple[str, str]:
        return self.month, self.county or (self.office.scope if self.office.level is Level.COUNTY else "")

    def _chosen(self) -> tuple[str, int]:
        index = self.grid.currentIndex()
        inside = 0 <= index.row() < len(self.model.lines) and index.column() < len(self.model.days)
        return (self.model.lines[index.row()].row.posting.id, index.column() + 1) if inside else ("", 0)

    # -- keying

    def _after_keeping(self, cells_outcome: CellsOutcome, postings: set[str]) -> None:
        self._kept_at = f"{cells_outcome.at:%H:%M}"
        self._own = self.isVisible()
        if cells_outcome.conflicts:
            self.message.say("；".join(cells_outcome.conflicts[:5]), "warn")
            self.keyer.forget()
        self._renew(postings)

    def _refused(self, error: Refused, postings: set[str]) -> None:
        self.complain(error)
        self.keyer.forget()
        self._renew(postings)

    def _renew(self, postings: set[str]) -> None:
        """Read and judge again the teams in which something was kept; a few people, whatever the region's size."""
        places = [self.model.place(posting) for posting in postings]
        counties = {self.model.lines[place].row.posting.county for place in places if place is not None}
        if len(counties) > 3:
            self._ask()
            return
        for county in counties:
            self.asker.ask(month.read, self.month, county, then=self._renewed, failed=self.complain)
            self.asker.ask(month.judge, self.month, county, then=self.model.judge, failed=self.complain)

    def _renewed(self, sheet: MonthSheet) -> None:
        if sheet.month == self.month:
            self.model.renew(sheet.rows, self.keeper.edits(self.month))
            self._name()

    def _noted(self, posting: str) -> None:
        self.keyer.say("说明已保存")
        self._renew({posting})
        self.grid.setFocus()

    # -- what the window calls

    def show_subject(self, subject: str) -> None:
        """Open a month by `attendance:<posting>/<month>`, or the plain month."""
        target = subject[-7:]
        if target[:4].isdecimal() and target[4:5] == "-":
            county = "" if self.office.level is Level.COUNTY else ids.county(subject.partition(":")[2])
            self.open_month(target, county or self.county)

    def key_words(self) -> list[tuple[str, str]]:
        """Return the keys of the cells, which are no shortcuts: the marks and the commands of the menu."""
        return [*marks(), *((keys, what) for what, keys, _ in MENU if keys)]

    def undo(self) -> None:
        """Take back the last step in the grid; the key is the window's."""
        if self.keyer.undo.canUndo():
            self.keyer.command("undo")
        else:
            self.message.undo()

    def take_keyboard(self) -> None:
        self.grid.setFocus()

    def save(self) -> None:
        self.keeper.flush()

    def back(self) -> None:
        if self.grid.part != "day":
            self.grid.set_part("day")
        elif self.grid.hasFocus():
            self.panel.hint()
        self.grid.setFocus()

    def unsaved(self) -> str:
        return f"考勤{self.keeper.cells}格" if self.keeper.cells else ""

    def settle(self) -> bool:
        return self.keeper.flush()

    def complain(self, error: Refused | Trouble) -> None:
        super().complain(error)
        if self.model.sheet is not None:
            self._name()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keeper.flush()
        super().hideEvent(event)
