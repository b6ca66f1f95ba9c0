"""The third page: on which disk a second copy of the data goes."""

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QCheckBox

from tuopin_desktop.machine.drives import Drive
from tuopin_desktop.machine.rooms import Room, size_words
from tuopin_desktop.services.office.founding import Site
from tuopin_desktop.services.office.foundingdraft import Draft
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.firststart.step import Circle, StepPage
from tuopin_desktop.ui.widgets.choicecards import Choice, ChoiceCards
from tuopin_desktop.ui.widgets.parts import button, column, label, row


def choice_of(room: Room) -> Choice:
    """Return what the card of a disk says."""
    if room.same:
        return Choice(f"{room.name}　和数据在同一块硬盘", "硬盘坏了两份都没有，只能暂时用", "warn")
    kind = "U盘" if room.drive is Drive.REMOVABLE else "另一块硬盘"
    advice = "。推荐：电脑坏了还有它" if room.drive is Drive.REMOVABLE else ""
    return Choice(room.name, f"{kind}，空闲{size_words(room.free)}{advice}")


class PlacePage(StepPage):
    """The disks are looked at each time the page is opened: a stick may have been put in."""

    title, below = "备份放哪里", "U盘或另一个盘，每天自动"

    def __init__(self, circle: Circle) -> None:
        super().__init__(circle)
        self._site: Site | None = None
        self._wish, self.later = "", False
        self.cards = ChoiceCards({}, "备份放哪里", upright=True, gap=8)
        self.cards.setMaximumWidth(theme.scaled(self, 640))
        self.cards.picked.connect(self._take)
        self.patient = QCheckBox("U盘没插时先放本机硬盘，插上后补齐")
        self.patient.setChecked(True)
        self._below = label("", "problem")
        self._below.setMinimumHeight(theme.scaled(self, 16))
        again = button("再看一遍有哪些盘", circle.look, role="flat", tip="刚插上U盘的，点这里")
        self.setLayout(
            column(
                *self.heading("备份放哪里", "每天第一次打开和关闭时各备份一次，自动检查能不能恢复。"),
                6,
                self.cards,
                self._below,
                self.patient,
                row(again, None),
                None,
                gap=6,
            )
        )

    def learn(self, site: Site) -> None:
        self._site = site
        self.cards.offer({str(room.root): choice_of(room) for room in site.rooms})
        if not self.cards.code() and not self.later:
            roots = [str(room.root) for room in site.rooms]
            self.cards.choose(self._wish if self._wish in roots else roots[0])
        self._below.clear()
        if self.isVisible() and not self.patient.hasFocus():
            self.take_keyboard()

    @property
    def room(self) -> Room | None:
        """The disk chosen, None for later."""
        rooms = self._site.rooms if self._site is not None else ()
        return None if self.later else next((one for one in rooms if str(one.root) == self.cards.code()), None)

    def put_off(self) -> None:
        """Decide later."""
        self.later = True

    def _take(self, code: str) -> None:
        self._wish, self.later = code, False
        self._below.clear()

    def take(self, draft: Draft) -> None:
        self._wish, self.later = draft.place, draft.later
        self.patient.setChecked(draft.patient)

    def give(self, draft: Draft) -> Draft:
        place = self.cards.code() or self._wish
        return msgspec.structs.replace(draft, place=place, later=self.later, patient=self.patient.isChecked())

    def check(self, go: Callable[[], object]) -> None:
        self.later = False
        if self.room is None:
            self._below.setText("请选一个盘，或点“以后再定”。")
            return
        go()

    def take_keyboard(self) -> None:
        self.cards.take_keyboard()
