"""The page of the archives: what is filed and how, each subject in its tab."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from tuopin_desktop.ui.pages.archives.tabs import TABS
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import tabs


class _Stack(QStackedWidget):
    """Tabs of which only the one that stands open says how much room is needed; Qt asks all for a width's height."""

    def hasHeightForWidth(self) -> bool:
        return False


class _Views(dict[str, ArchiveView]):
    """The tabs by key, each made when it is first asked for: all ten at once are most of a second."""

    def __init__(self, make: Callable[[str], ArchiveView]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> ArchiveView:
        self[key] = self._make(key)
        return self[key]


class ArchivesPage(Page):
    """Shows one tab; `show_subject` takes a tab's key, and behind a slash what to show there."""

    interests = frozenset[str]().union(*(tab.view.interests for tab in TABS))

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self.views = _Views(self._view_of)
        self.tabs = tabs("归档的部分", *(tab.label for tab in TABS))
        self._stack = _Stack()
        self._stack.addWidget(self.view)
        self.tabs.currentChanged.connect(self._turn)
        self.body.setSpacing(8)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self._fit()
        self._tell()

    @property
    def view(self) -> ArchiveView:
        """The tab that stands open."""
        return self.views[TABS[self.tabs.currentIndex()].key]

    def _view_of(self, key: str) -> ArchiveView:
        view = next(tab.view for tab in TABS if tab.key == key)(self.context)
        view.turned.connect(self._tell)
        return view

    def refresh(self) -> None:
        self.view.refresh()

    def _turn(self, _at: int) -> None:
        if self._stack.indexOf(self.view) < 0:
            self._stack.addWidget(self.view)
        self._stack.setCurrentWidget(self.view)
        self._fit()
        self.view.refresh()
        self._tell()
        if not self.tabs.hasFocus():  # what had the keyboard may be hidden now
            self.take_keyboard()

    def _fit(self) -> None:
        """Let the tab that stands open alone say how much room the page needs."""
        policies = QSizePolicy.Policy
        for view in self.views.values():
            policy = policies.Preferred if view is self.view else policies.Ignored
            view.setSizePolicy(policy, policy)

    def _tell(self) -> None:
        self.head("归档", self.view.state, self.view.buttons)

    # -- keys and goals

    def show_subject(self, subject: str) -> None:
        key, _, rest = subject.partition("/")
        at = next((place for place, tab in enumerate(TABS) if tab.key == key), None)
        if at is not None:
            self.tabs.setCurrentIndex(at)
            self.view.show_subject(rest)

    def take_keyboard(self) -> None:
        self.view.take_keyboard()

    def search(self) -> None:
        self.view.search()

    def new(self) -> None:
        self.view.new()

    def save(self) -> None:
        self.view.save()

    def print_(self) -> None:
        self.view.print_()

    def unsaved(self) -> str:
        return "、".join(draft.title for draft in self.drafts().values())

    def drafts(self) -> dict[str, Draft]:
        return {key: draft for view in self.views.values() for key, draft in view.drafts().items()}

    def resume(self, key: str, content: Mapping[str, str], *, show: bool) -> None:
        self.views[key.partition("/")[0]].resume(content)
        if show:
            self.show_subject(key)
