"""The page of teams and people: a list, the teams' slots, one person's sheet over them, and papers about people."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.columns import ROSTER
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import disclosures
from tuopin_desktop.services.people import essentials, roster
from tuopin_desktop.services.people.heads import Heads
from tuopin_desktop.ui.pages.roster import questions
from tuopin_desktop.ui.pages.roster.drafts import Drafts, id_of, is_new, key_of
from tuopin_desktop.ui.pages.roster.lacks import LackList
from tuopin_desktop.ui.pages.roster.matrix import TeamMatrix
from tuopin_desktop.ui.pages.roster.output import Output, excel_button
from tuopin_desktop.ui.pages.roster.people import PeopleList
from tuopin_desktop.ui.pages.roster.person import Draft, PersonSheet, read_back
from tuopin_desktop.ui.pages.roster.questions import RosterRows, Whole
from tuopin_desktop.ui.pages.roster.saving import Saving
from tuopin_desktop.ui.plumbing.drafting import Draft as Unsaved
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.sheets.landing import sheet_landing
from tuopin_desktop.ui.sheets.transfer import Exchange
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, row, tabs

_PEOPLE, _TEAMS, _LACKS = 0, 1, 2
_LIST, _EMPTY, _SHEET = 0, 1, 2


class RosterPage(Page):
    """Shows the list or the teams; Enter opens a person, Esc comes back with what was typed kept."""

    interests = judging.FACT_KINDS | {"amendment", "attachment"}

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self.waiting = Drafts(self.message, self._take_up, self.name)
        self._listed = RosterRows((), Heads(total=0, present=0, out=0, others=0))
        self._sheet: PersonSheet | None = None
        self._to_lack = False
        self.exchange = Exchange(self.context, ROSTER)
        self.takes = (sheet_landing(self.exchange),)
        self.output = Output(self.context, lambda: [item.person.id for item in self.people.table.chosen()])
        self._build()

    def _build(self) -> None:
        self._new = act_button(Act.ENTER, "登记人员", self.new, icon="plus", role="primary", tip="Ctrl+N")
        self._excel = excel_button(self.exchange, lambda: self.people.where())
        self._save = act_button(Act.ENTER, "保存", self.save, icon="save", role="primary", tip="Ctrl+S")
        further = partial(self.save, further=True)
        self._further = act_button(Act.ENTER, "保存并登下一人", further, tip="Ctrl+Shift+S")
        on_key(self, "Ctrl+Shift+S", "保存并登下一人", further)
        self._saving = Saving(self.context, self)
        self._discard = act_button(Act.ENTER, "丢掉草稿", self._drop, role="flat", tip="不要没有保存的内容；可以撤销")
        self._paper = act_button(
            Act.REVEAL,
            "审查表",
            partial(self._ask_for, self.output.statements),
            icon="file-text",
            tip="选派人员条件审查表（第三条）",
        )
        self._form = act_button(
            Act.REVEAL,
            "任免审批表",
            partial(self._ask_for, self.output.form),
            tip="存为.lrmx，归个人档案；家庭成员留空",
        )
        self._back = button("返回", self.back, icon="arrow-left", role="flat", tip="Esc")
        empty = EmptyState(
            "users",
            "花名册还是空的",
            hint="从 Excel 花名册导入最快：程序会逐格检查，确认之前什么也不写入。",
            first=("从 Excel 导入", self.exchange.import_),
            second=("逐人录入", self.new),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lists())
        self._stack.addWidget(card(row(empty)))
        self.body.addWidget(self._stack)

    @property
    def sheet(self) -> PersonSheet:
        """The sheet for one person, made when it is first wanted: it has forty editors."""
        if self._sheet is None:
            self._sheet = PersonSheet(self.office)
            self._sheet.posting_wanted.connect(self._another)
            self._sheet.edited.connect(self._name_sheet)
            self._sheet.person.revealed.connect(
                lambda record, field: self.asker.ask(disclosures.note_showing, record, field, failed=self.complain)
            )
            self._sheet.held.connect(lambda sentence: self.message.say(sentence, "warn"))
            self._stack.addWidget(self._sheet)
        return self._sheet

    def _lists(self) -> QWidget:
        self.people = PeopleList(self.office)
        self.people.asked.connect(self._ask)
        self.people.opened.connect(lambda item: self._fetch(item.person.id))
        self.matrix = TeamMatrix()
        self.matrix.followed.connect(self._fetch)
        self.lacks = LackList()
        self.lacks.opened.connect(lambda item: self._fetch(item.person.id, to_lack=True))
        self.tabs = tabs("人员、总队或待补信息", "人员", "总队编成", "待补信息")
        self._views = QStackedWidget()
        self._views.addWidget(self.people)
        self._views.addWidget(self.matrix)
        self._views.addWidget(self.lacks)
        self.tabs.currentChanged.connect(self._views.setCurrentIndex)
        whole = column(self.tabs, self._views, gap=8)
        whole.setStretch(1, 1)
        lists = QWidget()
        lists.setLayout(whole)
        return lists

    # -- list

    def refresh(self) -> None:
        self.people.ask()
        self.asker.ask(roster.matrix, then=self.matrix.replace, failed=self.complain, lane="matrix")
        self.asker.ask(essentials.rows, then=self.lacks.replace, failed=self.complain, lane="lacks")

    def _ask(self, text: str, where: dict[str, str]) -> None:
        self.asker.ask(questions.listed, text, where, then=self._show_list, failed=self.complain, lane="people")

    def _show_list(self, rows: RosterRows) -> None:
        self._listed = rows
        self.people.replace(rows.rows)
        if not self.on_sheet():
            self._open_list()

    def _open_list(self) -> None:
        heads = self._listed.heads
        self._stack.setCurrentIndex(_LIST if heads.total else _EMPTY)
        waiting = [self.waiting.button] if len(self.waiting) else []
        usual = [self.output.papers, self._excel, self._new] if heads.total else []
        self.head("队伍与人员", _counted(heads), [*waiting, *usual])

    # -- one person

    def _fetch(self, person_id: str, *, to_lack: bool = False) -> None:
        self._to_lack = to_lack
        self.asker.ask(questions.whole, person_id, then=self._show_person, failed=self.complain, lane="person")

    def _show_person(self, whole: Whole, key: str = "") -> None:
        """Show a person with the draft of `key`; what stands on the sheet now is put aside first, whoever asked."""
        self._keep_draft()
        self.lay(whole, self.waiting.take(key or key_of(whole)))

    def lay(self, whole: Whole, draft: Draft | None) -> None:
        """Put a person on the sheet, and over it a draft."""
        self.message.clear()
        self.sheet.show_whole(whole, draft)
        self._stack.setCurrentWidget(self.sheet)
        self._name_sheet()
        self.sheet.person.editors["name"].setFocus()
        if self._to_lack and whole.lacks:
            self.sheet.go_to(whole.lacks[0])
        self._to_lack = False

    def _name_sheet(self) -> None:
        whole = self.sheet.whole
        if whole is None:
            return
        draft = self.sheet.draft()
        state = "还没有保存" if whole.new or draft else "已保存"
        actions = [self._further, self._save] if whole.new else [self._form, self._paper, self._save]
        discard = [self._discard] if draft else []
        self.head(whole.person.name or "登记人员", state, [*discard, *actions], [self._back])

    def name(self) -> None:
        """Say in the head what is in front: the sheet, or the list."""
        self._name_sheet() if self.on_sheet() else self._open_list()

    def _ask_for(self, write: Callable[[list[str]], object]) -> None:
        if self.sheet.whole is not None:
            write([self.sheet.whole.person.id])

    def _another(self) -> None:
        if self.sheet.whole is not None:
            person_id = self.sheet.whole.person.id
            self.asker.ask(questions.new_posting, person_id, then=self.sheet.add_posting, failed=self.complain)

    # -- keys and goals

    def show_subject(self, subject: str) -> None:
        goals: dict[str, Callable[[], object]] = {
            "new": self.new,
            "import": self.exchange.import_,
            "search": self.search,
            "matrix": partial(self.tabs.setCurrentIndex, _TEAMS),
            "todo": partial(self.tabs.setCurrentIndex, _LACKS),
            "": partial(self.tabs.setCurrentIndex, _PEOPLE),
        }
        if subject in ("matrix", "todo", "", "search"):
            self.back()
        if subject in goals:
            goals[subject]()
            return
        kind, record_id = ids.split(subject)
        if kind == "person":
            self._fetch(record_id)
        elif kind == "posting":
            self.asker.ask(questions.of_posting, record_id, then=self._show_person, failed=self.complain, lane="person")
        else:
            self.back()
            self.tabs.setCurrentIndex(_PEOPLE if kind == "state" else _TEAMS)
            self.people.narrow(record_id) if kind == "state" else self.matrix.go_to(record_id)

    def take_keyboard(self) -> None:
        if self._stack.currentIndex() == _LIST:
            self._views.currentWidget().setFocus()

    def search(self) -> None:
        if not self.on_sheet():
            self.tabs.setCurrentIndex(_PEOPLE)
            self.people.search.setFocus()
            self.people.search.selectAll()

    def new(self) -> None:
        self._keep_draft()
        self.begin(key=self.waiting.newest())

    def save(self, *, further: bool = False) -> None:
        if self.on_sheet():
            self._saving.save(further=further)

    def begin(self, beside: Posting | None = None, key: str = "") -> None:
        """Begin a new person: the next of a batch beside the posting of the last, or over the draft of `key`."""
        show = partial(self._show_person, key=key)
        self.asker.ask(questions.new_person, beside, id_of(key), then=show, failed=self.complain, lane="person")

    def _drop(self) -> None:
        """Let what was typed on the sheet go."""
        standing, whole = self._on_hand(), self.sheet.whole
        if standing is not None and whole is not None:
            self.sheet.show_whole(whole)
            self.back() if whole.new else self._name_sheet()
            self.waiting.tell_dropped(*standing)

    def _take_up(self, key: str) -> None:
        """Go on with a draft."""
        self.begin(key=key) if is_new(key) else self._fetch(key)

    def back(self) -> None:
        if self.on_sheet():
            self._keep_draft()
            self.message.clear()
            self._stack.setCurrentIndex(_LIST)
            self.refresh()
            self.people.table.setFocus()

    def unsaved(self) -> str:
        waiting = len(self.waiting) + (self._on_hand() is not None)
        return f"{waiting}人的登记表" if waiting else ""

    def drafts(self) -> dict[str, Unsaved]:
        return self.waiting.stored(self._on_hand())

    def resume(self, key: str, content: Mapping[str, str], *, show: bool) -> None:
        self.waiting.keep(key, read_back(content), "")
        if show:
            self._take_up(key)

    def on_sheet(self) -> bool:
        """Tell whether a person's sheet is in front."""
        return self._stack.currentIndex() == _SHEET

    def _on_hand(self) -> tuple[str, Draft, str] | None:
        """Return what is typed on the sheet that is shown: its key, the draft, whose it is."""
        whole, draft = (self.sheet.whole, self.sheet.draft()) if self.on_sheet() else (None, None)
        return (key_of(whole), draft, whole.person.name) if whole is not None and draft is not None else None

    def _keep_draft(self) -> None:
        if (standing := self._on_hand()) is not None:
            self.waiting.keep(*standing)


def _counted(heads: Heads) -> str:
    """Return the line of state above the list."""
    if not heads.total:
        return "还没有登记人员"
    beside = f" · 驻村 {heads.others} 人" if heads.others else ""
    return f"共 {heads.total} 人 · 在派 {heads.posted} 人 · 今日在岗 {heads.present} 人{beside}"
