"""The page of appraisal, recall and replacement (Art. 5, 15, 16): one tab each for points, ballots and cases."""

from PySide6.QtWidgets import QStackedWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.registers.places import page_of
from tuopin_desktop.services.shelves.groups import DAY, YEAR
from tuopin_desktop.ui.pages.appraisal.balloting import Balloting
from tuopin_desktop.ui.pages.appraisal.cases import Cases
from tuopin_desktop.ui.pages.appraisal.marks import Marks
from tuopin_desktop.ui.pages.appraisal.tab import Tab
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.combo import year_box
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import column, tabs


class AppraisalPage(Page):
    """Nothing is written here but by a stroke."""

    from_shelves = frozenset({DAY, YEAR})
    interests = judging.SHELF_KINDS | frozenset(
        "routine_mark appraisal_score incident spot_check own_check replacement office".split()
    )

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self.year = year_box("考核年度", office.today, "年度")
        self.year.chosen.connect(lambda _: self.refresh())
        self.marks = Marks(self.context, self.year)
        self.balloting = Balloting(self.context, self.year)
        self.cases = Cases(self.context, self.year)
        self.marks.points.trace.followed.connect(self._look)
        self._build()

    def _build(self) -> None:
        self.tabs = tabs("得分、测评票或召回更换")
        self._views = QStackedWidget()
        self._tabs: list[Tab] = []
        for text, tab in (("得分与等次", self.marks), ("测评票", self.balloting), ("召回与更换", self.cases)):
            self.tabs.addTab(text)
            self._views.addWidget(tab.view)
            self._tabs.append(tab)
            tab.named.connect(self._name)
        self.tabs.currentChanged.connect(self._turn)
        whole = column(self.tabs, self._views, gap=8)
        whole.setStretch(1, 1)
        self.body.addLayout(whole)
        self._name()

    @property
    def tab(self) -> Tab:
        """The tab that stands open."""
        return self._tabs[self.tabs.currentIndex()]

    def _turn(self, at: int) -> None:
        self._views.setCurrentIndex(at)
        self._name()

    def _name(self) -> None:
        self.head(self.tab.title, self.tab.state, self.tab.buttons)

    def show_subject(self, subject: str) -> None:
        """Open the tab of that name: marks, ballots or cases."""
        places = {"marks": 0, "ballots": 1, "cases": 2}
        self.tabs.setCurrentIndex(places.get(subject, self.tabs.currentIndex()))

    def _look(self, key: str) -> None:
        """Show a record: a case on this page, others where they are kept."""
        kind, record_id = ids.split(key)
        if kind == "recall_case":
            self.tabs.setCurrentIndex(2)
            self.cases.lists.table.select(record_id)
        elif page_of(kind) != "appraisal":
            self.wanted.emit(page_of(kind), key)
        else:
            self.message.say(f"这条{KINDS[kind].kind.label}在它的登记簿中，请到相应页面查看。", "quiet")

    def refresh(self) -> None:
        """Ask for every tab anew."""
        for tab in self._tabs:
            tab.refresh()
        self._name()

    def new(self) -> None:
        self.tab.new()

    def print_(self) -> None:
        self.tab.print_()

    def search(self) -> None:
        self.tab.search()

    def take_keyboard(self) -> None:
        self.tab.take_keyboard()
