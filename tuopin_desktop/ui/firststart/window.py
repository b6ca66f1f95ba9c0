"""The window of the first start: the steps at the left, one page at a time, and the office founded at the end."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.machine.rooms import size_words
from tuopin_desktop.services.exchange.addressee import Addressee
from tuopin_desktop.services.office import founding, foundingdraft, offices
from tuopin_desktop.services.office.founding import Ground, Site, Wish
from tuopin_desktop.services.office.foundingdraft import Draft
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.firststart.helpdialog import FirstHelp
from tuopin_desktop.ui.firststart.otherways import OtherWays
from tuopin_desktop.ui.firststart.peoplepage import PeoplePage
from tuopin_desktop.ui.firststart.placepage import PlacePage
from tuopin_desktop.ui.firststart.reviewpage import ReviewPage
from tuopin_desktop.ui.firststart.step import REGION_OFFICE, Circle, FirstRun, StepPage
from tuopin_desktop.ui.firststart.stepslist import StepsList
from tuopin_desktop.ui.firststart.unitpage import UnitPage
from tuopin_desktop.ui.plumbing.runner import AskerOf
from tuopin_desktop.ui.widgets.ask import ask_folder
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import button, column, label, row

PRODUCT = "脱贫攻坚工作总队管理"
_LAST = 3
_STANDS = "单位已建立，数据已加密。"
_FROM_PACKAGE = (
    "下一步到“U盘交换”：带去登记卡，请自治区办公室授权本机；收下授权后再收第{number}包，报送过的登记就都回来了。"
)


class FirstStart(QWidget):
    """`created` tells that the office stands, `restored` that a copy took its place, each with what is to be said.

    `left` tells that nobody wants to go on now: the answers are kept.
    """

    created = Signal(str)
    restored = Signal(str)
    left = Signal()

    def __init__(self, asker: AskerOf[Ground], first: FirstRun) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setWindowTitle(f"{PRODUCT} · 第一次使用")
        self._asker, self._first = asker, first
        self._site: Site | None = None
        self._to: Addressee | None = None
        self._is_over = self._is_busy = False
        self.help: FirstHelp | None = None
        circle = Circle(asker=asker, first=first, complain=self._complain, look=self.look)
        self.unit, self.people, self.place = UnitPage(circle), PeoplePage(circle), PlacePage(circle)
        self.review = ReviewPage(circle)
        self.pages: tuple[StepPage, ...] = (self.unit, self.people, self.place, self.review)
        self._stack = QStackedWidget()
        self.message = Toasts(self)
        self.ways = OtherWays(self, asker, self._complain, movable=first.movable)
        self._build()
        self._wire()
        for page in self.pages:
            page.take(first.draft)
        step = min(first.draft.step, _LAST - 1)  # the code of the last page is another one now
        self.open_step(step)
        self.look()

    def _build(self) -> None:
        self.steps = StepsList([(page.title, page.below) for page in self.pages])
        for page in self.pages:
            self._stack.addWidget(page)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName("第一次使用")
        area.setWidget(self._stack)
        self._where = label("", "quiet")
        self._move = button("换地方…", self._ask_folder, role="link")
        self._later = button("以后再定", self._put_off, role="link")
        self._back = button("上一步", self.go_back)
        self._quit = button("退出", self.close)
        self.next = button("下一步　Enter", self.go_on, role="primary")
        self.next.setMinimumWidth(theme.scaled(self, 136))
        feet = row(self._where, self._move, None, self._quit, self._back, self._later, self.next)
        right = column(area, feet, gap=12, margins=(56, 34, 56, 24))
        right.setStretch(0, 1)
        whole = row(self.steps, right, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _wire(self) -> None:
        self.unit.restore_wanted.connect(self.ways.ask_copy)
        self.unit.package_wanted.connect(self.ways.ask_package)
        self.ways.is_busy.connect(self._set_busy)
        self.ways.restored.connect(self._restored)
        self.ways.addressed.connect(self._take_addressee)
        self.review.ready.connect(self._may_found)
        self.review.step_wanted.connect(self.open_step)
        self.review.moved.connect(self._ask_folder)
        self.steps.step_wanted.connect(self.open_step)
        self.steps.help_wanted.connect(self.show_help)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_help)

    def show_help(self) -> None:
        """Explain the first start."""
        if self.help is None:
            self.help = FirstHelp(self)
        self.help.show()

    # -- the pages

    @property
    def here(self) -> int:
        """Which page stands open, from 0."""
        return self._stack.currentIndex()

    def open_step(self, step: int) -> None:
        """Open a page, with what the ones before it say; while the office is being founded none is opened."""
        if self._is_busy:
            return
        self._stack.setCurrentIndex(step)
        self.steps.mark(step)
        is_first, is_last = step == 0, step == _LAST
        self._where.setVisible(is_first)
        self._move.setVisible(is_first and self._first.movable)
        self._quit.setVisible(is_first)
        self._back.setVisible(not is_first)
        self._later.setVisible(self.pages[step] is self.place)
        self.next.setText("建立单位" if is_last else "下一步　Enter")
        self.next.setAccessibleName("建立单位" if is_last else "下一步")
        self.next.setEnabled(not is_last)
        if self.pages[step] is self.place:
            self.look()
        if is_last:
            self._review()
        self.pages[step].take_keyboard()

    def go_on(self) -> None:
        """Go to the next page, or found the office, when nothing is missing."""
        if not self._is_busy:
            self.pages[self.here].check(self._found if self.here == _LAST else self._advance)

    def _advance(self) -> None:
        self.open_step(self.here + 1)
        self._keep()

    def go_back(self) -> None:
        """Go to the page before."""
        self.open_step(max(self.here - 1, 0))

    def _put_off(self) -> None:
        self.place.put_off()
        self._advance()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from every field; a button that has the keyboard takes it first."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.go_on()
        else:
            super().keyPressEvent(event)

    # -- the disks

    def look(self) -> None:
        """Look at the disks once more."""
        self._asker.ask(founding.site, then=self._learn, failed=self._complain, lane="site")

    def _learn(self, site: Site) -> None:
        self._site = site
        self._where.setText(f"数据放在 {site.folder}（空闲 {size_words(site.free)}）")
        for page in self.pages:
            page.learn(site)

    def _ask_folder(self) -> None:
        if not self._is_busy:
            ask_folder(self, "数据放在哪里", "office", self.move_to)

    def move_to(self, folder: Path) -> None:
        """Put the data into another folder."""
        self._asker.ask(founding.move, folder, then=self._moved, failed=self._complain)

    def _moved(self, site: Site) -> None:
        self._learn(site)
        if self.here == _LAST:
            self._review()

    # -- the answers

    @property
    def draft(self) -> Draft:
        """The answers as they stand."""
        draft = Draft(step=self.here)
        for page in self.pages:
            draft = page.give(draft)
        return draft

    def _keep(self) -> None:
        self._asker.ask(foundingdraft.keep, self.draft, failed=self._complain, lane="keep")

    def _review(self) -> None:
        draft = self.draft
        code = offices.office_code(draft.level, draft.county)
        members = self.people.members
        room = self.place.room
        values = {
            "unit": offices.default_name(code),
            "above": self._above(draft),
            "use": "练习（虚构的人和事）" if draft.practice else "正式办公",
            "people": "、".join(one.name for one in members) + ("（一个人，不设口令）" if draft.alone else ""),
            "place": f"{room.name}（和数据在同一块硬盘）" if room and room.same else room.name if room else "以后再定",
            "data": str(self._site.folder if self._site is not None else self._first.ground.folder),
        }
        self.review.show_answers(values, values["unit"], members[0].name, practice=draft.practice)

    def _above(self, draft: Draft) -> str:
        if draft.level == Level.REGION.value:
            return "（最上级）"
        leagues = [one.league for one in self._first.counties if one.code == draft.county]
        return "、".join((*leagues, REGION_OFFICE))

    # -- the office

    def _may_found(self, may: bool) -> None:
        if self.here == _LAST:
            self.next.setEnabled(may and not self._is_busy)

    def _found(self) -> None:
        draft, paper, room = self.draft, self.review.paper, self.place.room
        assert paper is not None, "the last page lets nobody go on without a code"
        wish = Wish(
            level=draft.level,
            county=draft.county,
            practice=draft.practice,
            members=self.people.members,
            place=founding.place_in(room) if room is not None else None,
            patient=draft.patient,
            code=paper.code,
        )
        self._set_busy("正在建立…")
        self._asker.ask(establish, wish, self._first.movable, then=self._stands, failed=self._not_founded)

    def _stands(self, rest: str) -> None:
        self._is_over = True
        more = "" if self._to is None else _FROM_PACKAGE.format(number=self._to.number)
        self.created.emit(_STANDS + rest + more)

    def _not_founded(self, error: Refused | Trouble) -> None:
        self._set_busy("")
        self._complain(error)

    def _set_busy(self, text: str) -> None:
        self._is_busy = bool(text)
        self.next.setText(text or ("建立单位" if self.here == _LAST else "下一步　Enter"))
        for one in (self.next, self._back, self._quit, self.unit.restore, self.unit.package):
            one.setEnabled(not self._is_busy)

    def _take_addressee(self, to: Addressee) -> None:
        self._to = to
        self.unit.take_addressee(to)
        text = (
            f"{offices.called(to.county)}第{to.number}包。先照下面几步建立单位，再到“U盘交换”登记这台电脑、收下这个包。"
        )
        self.message.say(text, "warn")
        self.next.setFocus()

    def _restored(self, text: str) -> None:
        self._is_over = True
        self.restored.emit(text)

    def _complain(self, error: Refused | Trouble) -> None:
        self.message.complain(error)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaving keeps the answers."""
        if self._is_busy and not self._is_over:
            event.ignore()
            return
        super().closeEvent(event)
        if not self._is_over:
            self._keep()
            self.left.emit()


def establish(ground: Ground, wish: Wish, movable: bool) -> str:
    """Found the office and forget the answers; runs in the worker thread."""
    rest = founding.establish(ground, wish)
    foundingdraft.settle(ground, movable=movable)
    return rest
