"""The settings page: holidays, rulings, the office itself and what was shown of people, one calm section at a time."""

from collections.abc import Mapping

from PySide6.QtWidgets import QStackedWidget

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.pages.settings.backups import BackupSection
from tuopin_desktop.ui.pages.settings.disclosed import DisclosedSection
from tuopin_desktop.ui.pages.settings.holidays import HolidaySection
from tuopin_desktop.ui.pages.settings.office import OfficeSection
from tuopin_desktop.ui.pages.settings.packs import PackSection
from tuopin_desktop.ui.pages.settings.people import PeopleSection
from tuopin_desktop.ui.pages.settings.purging import PurgeSection
from tuopin_desktop.ui.pages.settings.register import RegisterSection
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import act_button, tabs

_HOLIDAYS, _RULINGS, _PACKS, _OFFICE, _PEOPLE, _BACKUPS, _DISCLOSED, _PURGING = range(8)
_NAMES = ("节假日", "办法解释", "办法文件", "本单位", "人员与口令", "备份", "查阅记录", "按期清除")
_GOALS = {
    "holidays": _HOLIDAYS,
    "rulings": _RULINGS,
    "packs": _PACKS,
    "office": _OFFICE,
    "people": _PEOPLE,
    "backups": _BACKUPS,
    "disclosures": _DISCLOSED,
    "purging": _PURGING,
}


class SettingsPage(Page):
    """Shows one section; `show_subject` takes one of `_GOALS` or the key of an open question."""

    interests = frozenset(
        "calendar_day calendar_year ruling office posting person purge rule_pack station attachment user access "
        "archive_item archive_handover".split()
    )

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self._wanted_question = ""
        self.holidays = HolidaySection(self.context)
        self.register = RegisterSection(self.context)
        self.office_section = OfficeSection(self.context)
        self.office_section.large_wanted.connect(self.large_wanted)
        self.packs = PackSection(self.context, self.refresh)
        self.packs.questions_wanted.connect(self._ask_of)
        self.packs.packs_known.connect(self.register.know)
        self.backups = BackupSection(self.context, self.refresh)
        self.backups.restore_wanted.connect(self.restore_wanted)
        self.disclosed = DisclosedSection(self.context)
        self.people = PeopleSection(self.context, self.refresh)
        self.purging = PurgeSection(self.context, self.refresh)
        about = (self.office_section, self.people, self.backups, self.disclosed, self.purging)
        self.sections = (self.holidays, self.register, self.packs, *about)
        self._new = act_button(Act.ENTER, "登记一天", self.new, icon="plus", role="primary", tip="Ctrl+N")
        self.tabs = tabs("设置的部分")
        self._stack = QStackedWidget()
        for name, section in zip(_NAMES, self.sections, strict=True):
            self.tabs.addTab(name)
            self._stack.addWidget(section)
        self.tabs.currentChanged.connect(self._turn)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self.office_section.form.edited.connect(self._tell)

    def refresh(self) -> None:
        for section in self.sections:
            section.refresh()
        self.asker.ask(_nothing, then=lambda _: self._tell(), lane="settings")

    def _turn(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        if at in (_PEOPLE, _BACKUPS, _DISCLOSED, _PURGING):
            self.sections[at].refresh()  # nothing tells of a copy or a line: they are no records
        self._tell()

    def _tell(self) -> None:
        """Name the section; the services answer in order, so what was asked before has been shown by now."""
        if self._wanted_question and self.register.open_key(self._wanted_question):
            self._wanted_question = ""
        at = self.tabs.currentIndex()
        self.head("设置", self.sections[at].state, [self._new] if at == _HOLIDAYS else [])

    # -- keys and goals

    def show_subject(self, subject: str) -> None:
        if subject in _GOALS:
            self.tabs.setCurrentIndex(_GOALS[subject])
        elif subject:
            self.tabs.setCurrentIndex(_RULINGS)
            self._wanted_question = subject
            self._tell()

    def _ask_of(self, pack: str) -> None:
        """Show the open questions of a pack."""
        self.register.back()
        self.register.pack.setCurrentIndex(self.register.pack.findData(pack))
        self.register.refresh()
        self.tabs.setCurrentIndex(_RULINGS)

    def take_keyboard(self) -> None:
        self.sections[self.tabs.currentIndex()].take_keyboard()

    def search(self) -> None:
        self.tabs.setCurrentIndex(_RULINGS)
        self.register.back()
        self.register.search.setFocus()

    def new(self) -> None:
        if self.tabs.currentIndex() == _HOLIDAYS:
            self.holidays.new()

    def save(self) -> None:
        if self.tabs.currentIndex() == _OFFICE:
            self.office_section.save()

    def back(self) -> None:
        if self.tabs.currentIndex() == _RULINGS:
            self.register.back()

    def unsaved(self) -> str:
        return "单位资料" if self.office_section.unsaved else ""

    def drafts(self) -> dict[str, Draft]:
        return {"office": Draft("单位资料", self.office_section.form.typed())} if self.office_section.unsaved else {}

    def resume(self, key: str, content: Mapping[str, str], *, show: bool) -> None:
        self.office_section.retype(content)
        if show:
            self.show_subject("office")


def _nothing(_desk: object) -> None:
    """Answer when everything asked before has been answered."""
