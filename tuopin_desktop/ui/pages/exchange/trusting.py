"""Enrolment in three steps with ticks, both sides the mirror of each other, and the computers that are authorised."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange.sticks import CardOnStick, Stick
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.exchange import lists, stepwords
from tuopin_desktop.ui.pages.exchange.nextcard import NextCard
from tuopin_desktop.ui.pages.exchange.numberboxes import NumberBoxes
from tuopin_desktop.ui.pages.exchange.questions import State
from tuopin_desktop.ui.pages.exchange.seatview import SeatView
from tuopin_desktop.ui.pages.exchange.stepline import StepLine, note
from tuopin_desktop.ui.pages.exchange.stepwords import Standing
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.parts import act_button, button, column, label, row, rule
from tuopin_desktop.ui.widgets.plain import set_tip

_CARD, _NUMBER, _LAST = 1, 2, 3
_NUMBER_HEIGHT = 176


class TrustingView(QScrollArea):
    """`carded`, `founded`, `enrolled(path or None, number)`, `welcomed(paths)` and `printed` say what is wanted."""

    carded = Signal()
    founded = Signal()
    enrolled = Signal(object, str)
    welcomed = Signal(list)
    printed = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._region = office.level is Level.REGION
        self._state: State | None = None
        self._stick: Stick | None = None
        self._looked_at = 0
        self._refusal = ""
        self.seats = SeatView(region=self._region)
        self._next = NextCard()
        lower = row(self._next, self.seats, gap=10)
        lower.setStretch(0, 2)
        lower.setStretch(1, 3)
        whole = column(self._enrolling(), lower, gap=10)
        whole.setStretch(1, 1)
        inside = QWidget()
        inside.setObjectName("canvas")
        inside.setLayout(whole)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    # -- the parts

    def _enrolling(self) -> QFrame:
        self.steps = StepLine(*stepwords.NAMES[self._region])
        self.steps.look.connect(self._look_at)
        self._pages = QStackedWidget()
        for page in (self._card_page(), self._number_page(), self._last_page()):
            self._pages.addWidget(page)
        self._note = note()
        self.back = button("上一步", lambda: self._look_at(max(_CARD, self.step - 1)))
        self.begin = act_button(
            Act.AUTHORISE, "把本机设为自治区办公室的第一台电脑", self.founded.emit, role="primary", tip="只办一次"
        )
        self.go = act_button(Act.AUTHORISE, "号码一致，登记", self._go, role="primary")
        self.welcome = act_button(Act.RECEIVE, "收下授权", lambda: self.welcomed.emit(self._welcomes), role="primary")
        foot = row(self._note, self.back, self.begin, self.go, self.welcome)
        foot.setStretch(0, 1)
        frame = QFrame()
        frame.setProperty("role", "card")
        frame.setLayout(column(self.steps, rule(), self._pages, rule(), foot, gap=8, margins=(14, 10, 14, 10)))
        return frame

    def _card_page(self) -> QWidget:
        self.cards = lists.cards()
        self.cards.opened.connect(lambda _: self._look_at(_NUMBER))
        self.cards.current_changed.connect(lambda _: self._card_changed())
        self._card_words = note()
        widget = QWidget()
        layout = column(self._card_words, self.cards)
        layout.setStretch(1 if self._region else 0, 1)
        self.cards.setVisible(False)
        self.cards.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        widget.setLayout(layout)
        return widget

    def _number_page(self) -> QWidget:
        print_ = button("打印核对条", self.printed.emit, icon="printer", tip="把本单位的号码打印出来，便于念")
        self.own = NumberBoxes("本单位的号码", fixed=True)
        self.theirs = NumberBoxes("对方的号码")
        self.theirs.changed.connect(self._show)
        self.theirs.last.connect(self._to_button)
        self._whose = label("", "quiet")
        self._call, self._wrong = note(), note()
        grid = QGridLayout()  # so that the boxes of both sides stand level
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.addLayout(row(label("您念给对方听", "strong"), label("本单位的号码", "quiet"), None, print_), 0, 0)
        grid.addLayout(row(label("对方念给您听，边听边填", "strong"), self._whose, None), 0, 1)
        for at, widgets in enumerate(((self.own, self.theirs), (self._call, self._wrong)), 1):
            for side, one in enumerate(widgets):
                grid.addWidget(one, at, side)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        widget = QWidget()
        widget.setMinimumHeight(theme.scaled(widget, _NUMBER_HEIGHT))  # its sentences may be two lines
        widget.setLayout(grid)
        return widget

    def _last_page(self) -> QWidget:
        self._last_words = note()
        widget = QWidget()
        widget.setLayout(column(self._last_words))
        return widget

    # -- what is known

    def show_state(self, state: State) -> None:
        """Show how far this PC is and who is authorised."""
        before, self._state = self.step, state
        self.own.show_number(state.fingerprint.replace(" ", ""))
        self.seats.show_rows(state.seats)
        self._refusal = "" if state.authorised else self._refusal
        if before != self.step:
            self._looked_at = 0
        self._show()

    def show_stick(self, stick: Stick | None) -> None:
        """Show the cards on the stick in hand; this PC's own is never among them."""
        self._stick = stick
        self.cards.replace_rows(stick.cards if stick else ())
        self._next_card()
        self._show()

    def show_refusal(self, text: str) -> None:
        """Say why the authorisation was not taken in; the way back to the first step stays open."""
        self._refusal = text
        self._show()

    def card_done(self) -> None:
        """Go on with the next card after one was authorised, ready to be typed."""
        self._refusal = ""
        self.theirs.clear()
        self._looked_at = 0
        self._next_card()
        self._show()
        if self._region and self.card is not None:
            self.theirs.take_keyboard()

    @property
    def card(self) -> CardOnStick | None:
        """The card the number is compared with."""
        one: CardOnStick | None = self.cards.current()
        return one if one is not None and one.card is not None else None

    @property
    def _fresh(self) -> list[CardOnStick]:
        return [one for one in self.cards.rows_model.rows if one.card is not None and not one.is_trusted]

    @property
    def _welcomes(self) -> list[object]:
        packages = self._stick.packages if self._stick is not None else ()
        return [one.path for one in packages if one.is_arriving and not one.scans and one.office == ids.REGION]

    def _next_card(self) -> None:
        if (self.card is None or self.card.is_trusted) and self._fresh:
            self.cards.select(str(self._fresh[0].path))

    def _card_changed(self) -> None:
        sign = self.card.card.sign if self.card is not None and self.card.card is not None else ""
        self.theirs.compare(sign)
        self._show()

    @property
    def standing(self) -> Standing:
        """How far the enrolment is."""
        state = self._state
        return Standing(
            region=self._region,
            founded=state is not None and bool(state.root),
            authorised=state is not None and state.authorised,
            card=state.card if state is not None else None,
            cards=len(self._fresh),
            pcs=sum(not one.own and not one.closed for one in state.seats) if state is not None else 0,
            welcome=bool(self._welcomes),
            unready=state.board.unready if state is not None else "",
        )

    @property
    def step(self) -> int:
        """The step that is looked at: the next to be done, unless another was pressed."""
        return self._looked_at or self.standing.step

    def _look_at(self, step: int) -> None:
        self._looked_at = step
        self._show()
        if step == _NUMBER:
            self.theirs.take_keyboard()

    # -- what is shown

    def _show(self) -> None:
        standing, step = self.standing, self.step
        self.steps.show_standing(standing.count, stepwords.under(standing), step)
        self._pages.setCurrentIndex(step - 1)
        self.cards.setVisible(self._region)
        self._card_words.setText(stepwords.card(standing))
        self._whose.setText(self._whose_words())
        sign = self.card.card.sign if self.card is not None and self.card.card is not None else ""
        self.theirs.compare(sign)
        self._call.setText(stepwords.call(standing))
        self._wrong.setText(
            stepwords.judgement(self.theirs.wrong, whole=self.theirs.is_whole, card=bool(sign), region=self._region)
        )
        self._last_words.setText(stepwords.last(standing, self._refusal))
        self._note.setText(stepwords.foot(standing))
        self._next.show_actors(stepwords.actors(standing))
        self.seats.show_state(stepwords.half_way(self.theirs.right))
        self._show_buttons(standing, step)

    def _show_buttons(self, standing: Standing, step: int) -> None:
        unfounded = self._region and not standing.founded
        self.begin.setVisible(unfounded)
        at_hand = step == _LAST and standing.welcome and not self._region
        self.go.setVisible(not unfounded and not at_hand)
        self.welcome.setVisible(at_hand)
        self.welcome.setEnabled(not standing.authorised)
        self.back.setText("重新核对号码" if step == _LAST and not self._region else "上一步")
        self.back.setEnabled(step > _CARD)
        self.go.setText(stepwords.button(standing, step))
        ready = {
            _CARD: self._stick is not None if not self._region else bool(self._fresh),
            _NUMBER: self.theirs.agrees and (not self._region or self.card is not None),
            _LAST: not standing.authorised or self._region,
        }
        self.go.setEnabled(ready[step])
        set_tip(self.go, "" if ready[step] else stepwords.wanting(standing, step))

    def _whose_words(self) -> str:
        one = self.card
        if not self._region or one is None or one.card is None:
            return stepwords.whose("", "", 0, 0) if self._region else stepwords.OFFICE_NUMBER
        place = self._fresh.index(one) + 1 if one in self._fresh else 0
        return stepwords.whose(one.name, one.card.name, place, len(self._fresh))

    # -- what is wanted

    def _to_button(self) -> None:
        if self.go.isEnabled():
            self.go.setFocus()
        else:
            self.theirs.take_keyboard()

    def _go(self) -> None:
        step = self.step
        if step == _CARD:
            self._look_at(_NUMBER) if self._region else self.carded.emit()
        elif step == _NUMBER:
            self.enrolled.emit(self.card.path if self.card is not None else None, self.theirs.text)
        else:
            self._look_at(_CARD)

    def take_keyboard(self) -> None:
        """Stand where this step is done."""
        if self.step == _NUMBER:
            self.theirs.take_keyboard()
        else:
            (self.welcome if self.welcome.isVisibleTo(self) else self.go).setFocus()
