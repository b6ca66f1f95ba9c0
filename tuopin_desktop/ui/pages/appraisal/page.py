"""The page of appraisal (Art. 15): points and grades of a year, and the ballots behind them."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QTabBar

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import BallotRound, Grade
from tuopin_desktop.services.appraisal.year import Year
from tuopin_desktop.ui.pages.appraisal import questions
from tuopin_desktop.ui.pages.appraisal.dialogs import DecideDialog, RoundDialog
from tuopin_desktop.ui.pages.appraisal.points import PointsView
from tuopin_desktop.ui.pages.appraisal.questions import RoundRow
from tuopin_desktop.ui.pages.appraisal.rounds import RoundsView
from tuopin_desktop.ui.plumbing.facts import DeskFacts
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save, confirm
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import button, card, column, row

_POINTS, _BALLOTS = 0, 1
_FIRST_YEAR = 2018
_NAMED = 5
_LAST_YEARS_WORK = 6
"""Until this month the appraisal in hand is the last year's."""


class AppraisalPage(Page):
    """Points with their trace on the first tab, ballots on the second; nothing is written but by a stroke."""

    interests = frozenset(
        {
            *("person", "posting", "team", "attendance", "leave_slip", "ruling"),
            *("routine_mark", "appraisal_score", "work_summary", "ballot", "ballot_round", "grade"),
        }
    )

    def __init__(self, asker: Asker, facts: DeskFacts) -> None:
        super().__init__(asker, facts)
        self._made: Year | None = None
        self.dialog: RoundDialog | DecideDialog | None = None
        self._build()

    def _build(self) -> None:
        years = {str(year): f"{year}年度" for year in range(self.facts.today.year, _FIRST_YEAR - 1, -1)}
        self.year = FilterBox("本年度", years, "考核年度")
        self.year.removeItem(0)
        if self.facts.today.month <= _LAST_YEARS_WORK and self.year.count() > 1:
            self.year.setCurrentIndex(1)
        self.year.chosen.connect(lambda _: self.refresh())
        self.points = PointsView(self.facts)
        self.points.narrowed.connect(self.refresh)
        self.rounds = RoundsView()
        self.rounds.keyed.connect(self._key)
        self._stacks()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("得分或测评票")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in ("得分与等次", "测评票"):
            self.tabs.addTab(words)
        self._views = QStackedWidget()
        self._views.addWidget(self._points_stack)
        self._views.addWidget(self._ballot_stack)
        self.tabs.currentChanged.connect(self._turn)
        whole = column(self.tabs, self._views, gap=8)
        whole.setStretch(1, 1)
        self.body.addLayout(whole)
        self._strokes()
        self._turn(_POINTS)

    def _stacks(self) -> None:
        empty = EmptyState(
            "award",
            "这一年还没有在派人员",
            hint="先在“队伍与人员”登记派驻；得分由考勤、报备单、日志、测评票和办公室评分自动汇总。",
        )
        nothing = EmptyState(
            "award",
            "这一年还没有测评",
            hint="开一场测评后打印空白票；收回的票录两遍，不一致的对照原票核定。",
            first=("开一场测评", self.new),
        )
        self._points_stack, self._ballot_stack = QStackedWidget(), QStackedWidget()
        for stack, view, none in (
            (self._points_stack, self.points, empty),
            (self._ballot_stack, self.rounds, nothing),
        ):
            stack.addWidget(view)
            stack.addWidget(card(row(none)))

    def _strokes(self) -> None:
        region = self.facts.level is Level.REGION
        self._more = button("办理", lambda: None, icon="award", tip="等次、综合考核材料")
        menu = QMenu(self._more)
        menu.addAction("登记建议等次", self._propose).setEnabled(region)
        menu.addAction("所选对象：登记确定的等次…", self._decide).setEnabled(region)
        menu.addSeparator()
        menu.addAction("综合考核材料（每人一份 PDF）…", self._files)
        self._more.setMenu(menu)
        self._sheet = button("等次建议表", self.print_, icon="file-down", role="primary", tip="Ctrl+P，PDF 或 Excel")
        self._new = button("开一场测评", self.new, icon="plus", role="primary", tip="Ctrl+N")
        self._blank = button("空白票", self._print_ballot, icon="printer", tip="保存为 PDF，按发出票数复印")

    def _turn(self, at: int) -> None:
        self._views.setCurrentIndex(at)
        self._name()

    def _name(self) -> None:
        year = int(self.year.code())
        buttons = [self._more, self._sheet] if self.tabs.currentIndex() == _POINTS else [self._blank, self._new]
        state = ""
        if self._made is not None:
            scheme = self._made.scheme
            state = f"按《{scheme.title}》计分" + ("" if scheme.official else "：示例，不是官方规定")
        self.head(f"{year}年度考核", state, [self.year, *buttons])

    # -- answers

    def refresh(self) -> None:
        """Ask for both tabs anew."""
        year = int(self.year.code())
        self.asker.ask(
            questions.year, year, self.points.county.code(), then=self._show, failed=self._none, lane="appraisal"
        )
        self.asker.ask(questions.rounds, year, then=self._show_rounds, failed=self._no_rounds, lane="rounds")

    def _show(self, made: Year) -> None:
        self._made = made
        self.points.replace(made)
        self._points_stack.setCurrentIndex(0 if made.rows else 1)
        self._name()

    def _none(self, error: Refused | Trouble) -> None:
        self._made = None
        self._points_stack.setCurrentIndex(1)
        self._name()
        self.complain(error)

    def _show_rounds(self, rows: list[RoundRow]) -> None:
        self.rounds.replace(rows)
        self._ballot_stack.setCurrentIndex(0 if rows else 1)

    def _no_rounds(self, _: Refused | Trouble) -> None:
        self._ballot_stack.setCurrentIndex(1)  # the first tab says why

    # -- ballots

    def new(self) -> None:
        """Open a round of ballots."""
        self.tabs.setCurrentIndex(_BALLOTS)
        self.dialog = RoundDialog(int(self.year.code()), self.facts, self)
        self.dialog.taken.connect(partial(self._open_round, self.dialog))
        self.dialog.open()

    def _open_round(self, dialog: RoundDialog, said: BallotRound) -> None:
        county = dialog.county.code()
        if not county:
            dialog.message.say("请选择旗县", "warn")
            return
        self.asker.ask(
            questions.open_round,
            county,
            said.year,
            said.source,
            said.held,
            said.issued,
            then=partial(self._opened, dialog),
            failed=dialog.refused,
        )

    def _opened(self, dialog: RoundDialog, made: RoundRow) -> None:
        dialog.accept()
        self.rounds.table.select(made.held.id)
        self.message.say(f"已开{made.county_name}的测评，共{len(made.names)}个对象。请打印空白票。")

    def _key(self, round_id: str, serial: int, keying: int, marks: str) -> None:
        self.asker.ask(
            questions.key, round_id, serial, keying, marks, then=lambda _: self.message.hide(), failed=self.complain
        )

    def _print_ballot(self) -> None:
        held = self.rounds.current()
        if held is None:
            self.message.say("请先选中一场测评。", "warn")
            return
        name = f"{held.county_name}测评票 {held.held.held}.pdf"
        ask_save(self, "保存空白票", name, PDFS, partial(self.write_ballot, held.held.id))

    def write_ballot(self, round_id: str, path: Path) -> None:
        """Write the empty ballot of a round."""
        self.asker.ask(questions.write_ballot, round_id, path, then=self._written, failed=self.complain)

    # -- grades and papers

    def print_(self) -> None:
        """Save the proposal sheet."""
        if self.tabs.currentIndex() == _BALLOTS:
            self._print_ballot()
            return
        name = f"{self.year.code()}年度考核等次评定建议表.pdf"
        ask_save(self, "保存等次评定建议表", name, f"{PDFS};;{SHEETS}", self.write_sheet)

    def write_sheet(self, path: Path) -> None:
        """Write the proposal sheet."""
        year, county = int(self.year.code()), self.points.county.code()
        self.asker.ask(questions.write_sheet, year, county, path, then=self._written, failed=self.complain)

    def _written(self, path: Path) -> None:
        self.message.say(f"已保存到 {path}")

    def _propose(self) -> None:
        words = "按当前得分登记全部对象的建议等次；已确定等次的和尚缺依据的不改动。"
        confirm(self, words, "登记", self.propose)

    def propose(self) -> None:
        """Keep the proposals of everybody."""

        def done(count: int) -> None:
            self.message.say(f"已登记建议等次{count}条")

        self.asker.ask(questions.propose, int(self.year.code()), then=done, failed=self.complain)

    def _decide(self) -> None:
        chosen = self.points.chosen()
        if not chosen:
            self.message.say("请先在列表中选中对象（按住 Ctrl 或 Shift 可多选）。", "warn")
            return
        names = "、".join(item.name for item in chosen[:_NAMED])
        more = f"等{len(chosen)}个对象" if len(chosen) > _NAMED else ""
        self.dialog = DecideDialog(f"{names}{more}", self.facts, self)
        self.dialog.taken.connect(partial(self._decided, self.dialog, [item.subject for item in chosen]))
        self.dialog.open()

    def _decided(self, dialog: DecideDialog, subjects: list[str], said: Grade) -> None:
        def done(count: int) -> None:
            dialog.accept()
            self.message.say(f"已登记确定等次{count}条，依据{said.paper}")

        self.asker.ask(questions.decide, subjects, int(self.year.code()), said, then=done, failed=dialog.refused)

    def _files(self) -> None:
        dialog = QFileDialog(self, "综合考核材料存放的文件夹", str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.write_files(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_files(self, folder: Path) -> None:
        """Write everybody's file into a folder."""
        self.message.say("正在整理综合考核材料…", "quiet")

        def done(count: int) -> None:
            self.message.say(f"已输出{count}份综合考核材料，在 {folder}")

        self.asker.ask(
            questions.write_files, folder, self.points.county.code(), then=done, failed=self.complain, long=True
        )

    # -- keys

    def search(self) -> None:
        self.points.search.setFocus()

    def take_keyboard(self) -> None:
        if self.tabs.currentIndex() == _POINTS:
            self.points.table.setFocus()
        else:
            self.rounds.panel.marks.setFocus()
