"""The page of attendance: one month of a team or of the region, keyed cell by cell and kept by itself."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QHideEvent

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.attendance import month
from tuopin_desktop.services.attendance.keep import CellsOutcome
from tuopin_desktop.services.attendance.month import MonthSheet
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.shelves.groups import DAY
from tuopin_desktop.ui.keysheet import marks
from tuopin_desktop.ui.pages.attendance.bar import MENU, Bar
from tuopin_desktop.ui.pages.attendance.grid import Grid, begin
from tuopin_desktop.ui.pages.attendance.headers import Sums
from tuopin_desktop.ui.pages.attendance.keying import Keeper, Keyer
from tuopin_desktop.ui.pages.attendance.looking import Access, LookingBar, Remarks, notices, state_of
from tuopin_desktop.ui.pages.attendance.model import MonthModel
from tuopin_desktop.ui.pages.attendance.monthmenu import MonthMenu
from tuopin_desktop.ui.pages.attendance.palette import Palette
from tuopin_desktop.ui.pages.attendance.panel import Panel
from tuopin_desktop.ui.pages.attendance.unfolding import Unfolder
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.sheets.landing import sheet_landing
from tuopin_desktop.ui.sheets.transfer import Exchange
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.page import Page, Pane
from tuopin_desktop.ui.widgets.parts import label

_PAGES = {"slip": "leave", "log": "journals"}
_KINDS = {"slip": "leave_slip", "log": "daily_log"}


class AttendancePage(Page):
    """Shows a month; keys set marks, Enter unfolds a cell, Y opens a year. Nothing has to be saved by hand."""

    from_shelves = frozenset({DAY})
    interests = judging.SHELF_KINDS | {"remark"}

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self.month = f"{office.today:%Y-%m}"
        self.county = ""
        self._kept_at = ""
        self._own = False
        self.model = MonthModel(office.today, self)
        self.keeper = Keeper(asker, self)
        self.exchange = Exchange(self.context, "attendance")
        self.takes = (sheet_landing(self.exchange, lambda: self.keyer.shut),)
        self._build()
        self._listen()

    def _build(self) -> None:
        code_table = self.office.vocabulary["旗县"]
        region = self.office.level is not Level.COUNTY
        counties = {code: name for code, name in code_table.labels.items() if code.startswith(self.office.scope)}
        self.bar = Bar(self.office.today, counties if region else {})
        self.bar.setParent(self)
        self.bar.set_month(self.month)
        sheets = {
            "从 Excel 导入…": self._import,
            "保存空白模板…": self.exchange.template,
            "导出本月考勤…": lambda: self.exchange.export({"month": self.month}),
        }
        self.bar.sheets(sheets)
        self.grid, self.panel = Grid(self.model), Panel()
        self.sums = Sums(self.grid, self.model)
        self.unfolder = Unfolder(self.context, self.grid, self.panel, self._noted)
        self.marks = Palette()
        self.keyer = Keyer(self.context, self.grid, self.marks, self.keeper, self.unfolder, written=self._name)
        self.months = MonthMenu(self.context, self._where, self._chosen, self.keeper.flush, lambda: self.keyer.shut)
        self.bar.closing(self.months.menu)
        self.keyer.beyond = {"print": self.months.book.trigger, "sheet": sheets["导出本月考勤…"]}
        self.remarks = Remarks(self.context, self.model, lambda posting: self._renew({posting}))
        self.looking = LookingBar(self.bar.county)
        self._notice = label("", "due", wrap=True)
        self._notice.hide()
        self.body.setSpacing(4)
        for piece in (self.looking, self.marks, 2, self._notice, self.grid, self.sums, 4, self.panel):
            self.body.addSpacing(piece) if isinstance(piece, int) else self.body.addWidget(piece)
        self.body.setStretchFactor(self.grid, 4)
        self.body.setStretchFactor(self.panel, 1)
        self.access = Access(self.office, self.looking, self.marks, self.keyer, self._name)

    def _import(self) -> None:
        """Take a sheet in: above the county for a team that is opened to be edited."""
        if self.keyer.shut:
            self.message.say(self.keyer.shut, "warn")
        else:
            self.exchange.import_()

    def _listen(self) -> None:
        self.bar.chosen.connect(self.open_month)
        self.bar.offer_menu(self.grid, lambda: not self.keyer.shut)
        self.bar.commanded.connect(self.keyer.command)
        self.bar.marked.connect(self.keyer.menu_mark)
        self.panel.followed.connect(self._follow)
        self.looking.remark_wanted.connect(lambda: self.remarks.write(*self._at()))
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
        ):
            on_key(self, keys, what, slot)

    # -- reading

    def open_month(self, target: str, county: str) -> None:
        """Open another month or team; what was keyed here is kept first."""
        self.keeper.flush()
        self.keyer.forget()
        self.month, self.county = target, county
        self.access.turn_to(county)
        self.unknown.renew()
        self.bar.set_month(target)
        self.bar.set_county(county)
        self.keyer.say("")
        self.unfolder.forget()
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
        # The grid is shown before it is judged.
        self.behind.ask(month.judge, self.month, self.county, then=self._judged, failed=self.complain, lane="judge")

    def _judged(self, findings: Mapping[str, tuple[Finding, ...]]) -> None:
        self.model.judge(findings)
        self.unfolder.renew()

    def _follow(self, target: str) -> None:
        """Go where a line of the panel leads: the slip of a day, the logs of the person, the answer to a remark."""
        kind, _, record = target.partition(":")
        if kind in _PAGES:
            self.wanted.emit(_PAGES[kind], f"{_KINDS[kind]}:{record}")
        else:
            self.remarks.answer(record)

    def _give_height(self) -> None:
        """The grid takes what its people need; the rest belongs to the reasons below."""
        self.grid.setMaximumHeight(self.grid.needed)

    def _show(self, sheet: MonthSheet) -> None:
        if (sheet.month, sheet.county) != (self.month, self.county):
            return
        self.model.show(sheet, self.keeper.edits(self.month))
        self.grid.fit()
        self._give_height()
        if not sheet.rows:
            self.panel.hint(nobody=True)
        begin(self.grid, self.office.today if self.month == f"{self.office.today:%Y-%m}" else None)
        self._name()

    def _name(self) -> None:
        sheet = self.model.sheet
        if sheet is None:
            return
        above = self.office.level is not Level.COUNTY
        state = state_of(self.model, sheet, self._kept_at, self.keeper.cells, above=above)
        self.head("考勤", state, self.bar.widgets(writes=not self.keyer.shut))
        messages = notices(sheet, answers=not above)
        self._notice.setText("　".join(messages))
        self._notice.setVisible(bool(messages))

    def _where(self) -> tuple[str, str]:
        return self.month, self.county or (self.office.scope if self.office.level is Level.COUNTY else "")

    def _at(self) -> tuple[int, int]:
        """Return the line and the day of the month the keyboard is on."""
        index = self.grid.currentIndex()
        return index.row(), index.column() + 1

    def _chosen(self) -> tuple[str, int]:
        row, number = self._at()
        inside = 0 <= row < len(self.model.lines) and number <= len(self.model.days)
        return (self.model.lines[row].row.posting.id, number) if inside else ("", 0)

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
            self.asker.ask(month.judge, self.month, county, then=self._judged, failed=self.complain)

    def _renewed(self, sheet: MonthSheet) -> None:
        if sheet.month == self.month:
            self.model.take_remarks(sheet)
            self.model.renew(sheet.rows, self.keeper.edits(self.month))
            self.unfolder.renew()
            self._name()

    def _noted(self, posting: str) -> None:
        self.keyer.say("说明已保存")
        self.grid.setFocus()  # first: while the note has the keyboard what it is about is not shown anew
        self._renew({posting})

    # -- what the window calls

    def show_subject(self, subject: str) -> None:
        """Open a month by `attendance:<posting>/<month>`, or the plain month."""
        target = subject[-7:]
        if target[:4].isdecimal() and target[4:5] == "-":
            county = "" if self.office.level is Level.COUNTY else ids.county(subject.partition(":")[2])
            self.grid.target = subject.partition(":")[2].removesuffix(f"/{target}")
            self.open_month(target, county or self.county)

    def key_words(self) -> list[tuple[str, str]]:
        """Return the keys of the cells, which are no shortcuts: the marks and the commands of the menu."""
        return [*marks(), *((keys, what) for what, keys, _ in MENU if keys)]

    def undo(self) -> None:
        """Take back the last step in the grid; the key is the window's."""
        self.keyer.command("undo") if self.keyer.undo.canUndo() else self.message.undo()

    def take_keyboard(self) -> None:
        self.grid.setFocus()

    def panes(self) -> list[Pane]:
        return [Pane(one, one.setFocus) for one in (self.grid, self.panel.text)]

    def save(self) -> None:
        self.keeper.flush()

    def back(self) -> None:
        if self.keyer.let_go():
            return
        if self.grid.part != self.grid.base:
            self.grid.set_part(self.grid.base)
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
        self.unfolder.keep_note()
        self.keeper.flush()
        super().hideEvent(event)
