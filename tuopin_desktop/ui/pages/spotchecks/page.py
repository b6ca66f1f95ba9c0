"""The page of checks: what was checked and found, and where records contradict each other."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog, QStackedWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers.places import page_of
from tuopin_desktop.services.shelves.groups import DAY
from tuopin_desktop.services.spotchecks.spotchecks import Coverage, SpotCheckRow
from tuopin_desktop.ui.pages.spotchecks import questions
from tuopin_desktop.ui.pages.spotchecks.contradicted import ContradictionList
from tuopin_desktop.ui.pages.spotchecks.lists import CheckLists
from tuopin_desktop.ui.pages.spotchecks.mending import Mending
from tuopin_desktop.ui.pages.spotchecks.output import Output
from tuopin_desktop.ui.pages.spotchecks.questions import DrawRow, Whole
from tuopin_desktop.ui.pages.spotchecks.results import DrawDialog, ResultDialog
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker, question
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import act_button, button, tabs

_CHECKS, _EVIDENCE = 0, 1


class ChecksPage(Page):
    """Ctrl+D draws, Ctrl+N records results, Ctrl+P prints sheets."""

    from_shelves = frozenset({DAY})
    interests = judging.SHELF_KINDS | frozenset("rectification check_draw".split())

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self._whole: Whole | None = None
        self._awaited = ""
        self.dialog: QDialog | None = None
        values = office.vocabulary["旗县"].labels
        self._counties = {code: name for code, name in values.items() if code.startswith(office.scope)}
        self.output = Output(self.context)
        self.mending = Mending(self.context)
        self._build()
        strokes = (("Ctrl+D", "抽签", self.draw), ("Ctrl+E", "存为 PDF", self.pdf))
        for keys, what, slot in strokes:
            on_key(self, keys, what, slot)

    def _build(self) -> None:
        self._draw = act_button(Act.ENTER, "抽签", self.draw, tip="Ctrl+D")
        self._print = button("打印检查表", self.print_, icon="printer", tip="Ctrl+P")
        self._record = act_button(Act.ENTER, "登记检查结果", self.new, icon="plus", role="primary", tip="Ctrl+N")
        self.tabs = tabs("抽查或证据核对", "抽查", "证据核对")
        self.lists = CheckLists(self.office)
        self.lists.stroke.connect(self._stroke)
        self.evidence = ContradictionList(self.office)
        self.evidence.explained.connect(self._explain)
        self.evidence.reopened.connect(self._send_back)
        self.evidence.followed.connect(self._follow)
        self._views = QStackedWidget()
        self._views.addWidget(self.lists)
        self._views.addWidget(self.evidence)
        self.tabs.currentChanged.connect(self._turned)
        self.body.setSpacing(8)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._views, 1)

    # -- showing

    def refresh(self) -> None:
        self.asker.ask(questions.whole, then=self._show, failed=self.complain, lane="checks")

    def _show(self, whole: Whole) -> None:
        self._whole = whole
        self.lists.replace(whole)
        self.evidence.replace(whole.evidence)
        self._turned()
        if self._awaited:
            awaited, self._awaited = self._awaited, ""
            self.show_subject(awaited)

    def _turned(self) -> None:
        self._views.setCurrentIndex(self.tabs.currentIndex())
        if self._whole is None:
            return
        open_ = sum(row.state != "explained" for row in self._whole.evidence)
        self.tabs.setTabText(_EVIDENCE, f"证据核对 {open_}" if open_ else "证据核对")
        on_checks = self.tabs.currentIndex() == _CHECKS
        self.head(
            "抽查核对", self._counted(self._whole, open_), [self._draw, self._print, self._record] if on_checks else []
        )

    def _counted(self, whole: Whole, open_: int) -> str:
        pending = sum(item.course.stage.pending for item in whole.checks)
        overdue = sum(team.overdue for team in whole.teams)
        texts = [f"检查记录 {len(whole.checks)} 条", f"未销号 {pending}" + (f"（超期 {overdue}）" if overdue else "")]
        if self.office.level is not Level.COUNTY:
            texts.append(f"从未检查的总队 {sum(team.last is None for team in whole.teams)}")
        return " · ".join([*texts, f"待核疑点 {open_}"])

    def take_keyboard(self) -> None:
        (self.lists.table if self.tabs.currentIndex() == _CHECKS else self.evidence.table).enter()

    def show_subject(self, subject: str) -> None:
        goals: dict[str, Callable[[], object]] = {
            "": lambda: None,
            "new": self.new,
            "draw": self.draw,
            "evidence": lambda: self.tabs.setCurrentIndex(_EVIDENCE),
        }
        if subject in goals:
            goals[subject]()
            return
        if self._whole is None:
            self._awaited = subject
            return
        kind, record_id = ids.split(subject)
        if kind == "evidence":
            self.tabs.setCurrentIndex(_EVIDENCE)
            self.evidence.narrow(ids.owner(record_id))
        elif kind in ("contradiction", "explanation"):
            self.tabs.setCurrentIndex(_EVIDENCE)
            self.evidence.select(record_id)
        else:
            self.tabs.setCurrentIndex(_CHECKS)
            self.lists.lists.choose("all")
            self.lists.checks.select(record_id)

    def unsaved(self) -> str:
        waiting = self.evidence.unsaved()
        return f"{waiting}条证据说明" if waiting else ""

    def drafts(self) -> dict[str, Draft]:
        return {key: Draft("证据疑点的说明", {"text": text}) for key, text in self.evidence.typed().items()}

    def resume(self, key: str, content: Mapping[str, str], *, show: bool) -> None:
        self.evidence.retype(key, content.get("text", ""))
        if show:
            self.show_subject(f"contradiction:{key}")

    # -- strokes

    def _stroke(self, name: str) -> None:
        """Do what a key or button below the list wants with its current row."""
        item = self.lists.table.current()
        if item is None:
            self.message.say("请先选中一行。", "warn")
        elif isinstance(item, SpotCheckRow):
            getattr(self.mending, name)(item)
        elif isinstance(item, DrawRow) and name in ("prove", "protocol"):
            {"prove": self.output.prove, "protocol": self.output.protocol}[name](item)
        else:
            {"record": self.new, "sheet": self.pdf, "print": self.print_}[name]()

    def _chosen(self) -> tuple[list[str], str]:
        """Return the teams and the draw that are meant: those of the current row, else the county's own team."""
        item = self.lists.table.current() if self.tabs.currentIndex() == _CHECKS else None
        if isinstance(item, DrawRow):
            return [], item.draw.id
        if isinstance(item, Coverage):
            return [item.county], ""
        if self.office.level is Level.COUNTY:
            return [self.office.scope], ""
        return ([item.course.check.county], "") if isinstance(item, SpotCheckRow) else ([], "")

    def _with_teams(self, then: Callable[[list[str], str], object]) -> None:
        counties, draw_id = self._chosen()
        if counties or draw_id:
            then(counties, draw_id)
            return
        self.lists.lists.choose("teams")
        self.message.say("请先选中一个总队，或在“抽签记录”中选中一次抽签。", "warn")

    def pdf(self) -> None:
        """Save check sheets."""
        self._with_teams(self.output.pdf)

    def print_(self) -> None:
        self._with_teams(self.output.print_)

    def draw(self) -> None:
        """Open the window that draws."""
        dialog = DrawDialog(self.context, self._counties)
        dialog.drawn.connect(self._drawn)
        self._open(dialog)

    def _drawn(self, draw_row: DrawRow) -> None:
        self.tabs.setCurrentIndex(_CHECKS)
        self.lists.lists.choose("draws")
        self.message.say(f"已抽签，抽取编号 {draw_row.draw.seed}。选中后可打印检查表（P）。")

    def new(self) -> None:
        counties, draw_id = self._chosen()
        draw_row = next((item for item in (self._whole.draws if self._whole else ()) if item.draw.id == draw_id), None)
        county = counties[0] if counties else ids.owner(draw_row.draw.result.split("\n")[0]) if draw_row else ""
        dialog = ResultDialog(self.context, self._counties, county, draw_id)
        dialog.kept.connect(self.message.say)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- evidence

    def _explain(self, key: str, text: str, by: str) -> None:
        self._tell(key, "已说明，这条疑点关闭。", question(evidence.explain, key, text, by=by))

    def _send_back(self, key: str, text: str) -> None:
        self._tell(key, "已退回说明，等待重新说明。", question(evidence.reopen, key, text))

    def _tell(self, key: str, message: str, function: Callable[[Desk], object]) -> None:
        def finish(_: object) -> None:
            self.evidence.taken(key)
            self.message.say(message)

        self.asker.ask(function, then=finish, failed=self.complain)

    def _follow(self, key: str) -> None:
        """Show a record: checks on this page, others where they are kept."""
        page = page_of(ids.split(key)[0])
        if page == "checks":
            self.show_subject(key)
        else:
            self.wanted.emit(page, key)
