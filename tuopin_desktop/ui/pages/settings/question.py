"""One open question: how it stands and why, another value tried before it is ruled, and the ruling put on record."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from tuopin_desktop.domain import typeddays
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Ruling
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.rulings import rulings
from tuopin_desktop.services.rulings.rulings import Flip, OpenQuestion
from tuopin_desktop.ui.pages.settings import questions
from tuopin_desktop.ui.pages.settings.entry import EntryDialog
from tuopin_desktop.ui.pages.settings.flips import FlipList
from tuopin_desktop.ui.plumbing.runner import Ticket
from tuopin_desktop.ui.widgets.ask import SHEETS, ask_save
from tuopin_desktop.ui.widgets.combo import PickBox
from tuopin_desktop.ui.widgets.dayline import DayLine
from tuopin_desktop.ui.widgets.days import short_day
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip

_FLAG = {"是": "是", "否": "否"}


class QuestionView(QWidget):
    """Left the question and the value to try, at the region office to be ruled; right what would flip."""

    def __init__(self, context: PageContext, leave: Callable[[], object], *, region: bool) -> None:
        super().__init__()
        self._context, self._leave, self._region = context, leave, region
        self.question: OpenQuestion | None = None
        self.dialog: EntryDialog | None = None
        self._ticket: Ticket | None = None
        self._tried = ""
        self.flips = FlipList(self.stop, self._ask_save)
        context.asker.progressed.connect(self._progressed)
        self._build()

    @property
    def key(self) -> str:
        """The key of the question shown."""
        return self.question.key if self.question else ""

    def _build(self) -> None:
        self._title = label("", "section", wrap=True)
        self._sentence = label("", wrap=True)
        self._history = label("", "quiet", wrap=True)
        self._article = label("", "quiet", wrap=True)
        self.choice = PickBox({}, hint="选择拟取的值")
        self.choice.setAccessibleName("拟取的值")
        if (line := self.choice.lineEdit()) is not None:
            line.setAccessibleName("拟取的值")
        self.typed = QLineEdit()
        self.typed.setAccessibleName("拟取的值")
        self.typed.returnPressed.connect(self.try_)
        self._value = QStackedWidget()
        self._value.addWidget(self.choice)
        self._value.addWidget(self.typed)
        self._value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.since = self._since()
        self._wrong = label("", "problem", wrap=True)
        self.trial = button("试算", self.try_, role="primary", tip="只算不写")
        self.record = act_button(Act.ENTER, "登记…", self.ask_record, tip="自治区办公室登记解释（第二十条）")
        ruling = [self.record] if self._region else []
        inside = QWidget()
        inside.setObjectName("sheet")
        pieces: list[QWidget] = [self._title, self._sentence, self._history, label("拟取的值", "label")]
        tools = row(self.since, self.trial, *ruling)
        layout = column(
            *pieces, self._value, label("适用起", "label"), tools, self._wrong, gap=6, margins=(14, 4, 14, 12)
        )
        layout.addWidget(self._article)
        layout.addStretch(1)
        inside.setLayout(layout)
        area = _scrolled(inside)
        back = button("返回列表", self._leave, icon="arrow-left", role="flat", tip="Esc")
        left = card(column(row(back, None, margins=(6, 6, 6, 0)), area, gap=0))
        whole = row(left, card(row(self.flips)), gap=12)
        whole.setStretch(0, 5)
        whole.setStretch(1, 7)
        self.setLayout(whole)

    def _since(self) -> DayLine:
        edit = DayLine(self._context.office.today)
        edit.setAccessibleName("适用起")
        edit.setPlaceholderText("如2018-06-01；空着即自今日起")
        set_tip(edit, "口径自哪天起适用；此前的月份、报备单和日子不变")
        edit.returnPressed.connect(self.try_)
        return edit

    # -- showing

    def show_question(self, question: OpenQuestion) -> None:
        """Show a question as it stands today; what was typed for the same one stays."""
        again = self.question is not None and (question.key, question.pack) == (self.key, self.question.pack)
        self.question = question
        number = f"Q{question.q}  " if question.q else ""
        self._title.setText(f"{number}{question.question}")
        unsure = "" if question.sure or question.ruling else "\n待核：须按本地文件核对，登记口径后即为确定"
        self._sentence.setText(f"现行取值：{question.words}\n理由：{question.why}{unsure}")
        self._history.setText("\n".join(_history(question)))
        if again:
            return
        self.stop()
        self._wrong.setText("")
        self.since.clear()
        self.flips.reset()
        self._offer(question)
        self._article.setText("")
        function = self._context.asker.ask
        function(questions.article, question.article, then=self._article.setText, lane="article")

    def _offer(self, question: OpenQuestion) -> None:
        picks = _FLAG if question.flag else question.choices
        pick = bool(picks) and not question.several
        self._value.setCurrentIndex(0 if pick else 1)
        self.choice.setEditText("")
        self.choice.set_words({code: text for code, text in picks.items() if code != question.value} if pick else {})
        self.typed.setText("" if pick else question.value)
        self.typed.setPlaceholderText(question.possible)
        set_tip(self.typed, f"可取：{question.possible}")

    def take_keyboard(self) -> None:
        """Put the keyboard where a value is chosen."""
        (self.choice if self._value.currentIndex() == 0 else self.typed).setFocus()

    def value(self) -> str:
        """Return the value that stands to be tried."""
        if self._value.currentIndex() == 1:
            return self.typed.text().strip()
        return self.choice.code() or self.choice.currentText().strip()

    def _value_words(self) -> str:
        return self.question.value_text(self.value()) if self.question else self.value()

    # -- trying

    def try_(self) -> None:
        """Work out what would flip; nothing is written."""
        if self.question is None or not self._chosen():
            return
        self.stop()
        day = self._applies()
        self._tried = f"{self._value_words()}（自{short_day(day or self._context.office.today)}起适用）"
        self.flips.begin()
        self._ticket = self._context.asker.ask_long(
            questions.trial,
            self.question,
            self.value(),
            day,
            then=self._show_flips,
            failed=self._failed,
            lane="trial",
        )

    def _chosen(self) -> bool:
        wrong = "" if self.value() else "请先选择或填写拟取的值"
        if not wrong and self.since.text().strip() and self._applies() is None:
            wrong = f"适用起：{typeddays.fault(self.since.text(), self._context.office.today)}"
        self._wrong.setText(wrong)
        return not wrong

    def _applies(self) -> date | None:
        """Return the day from which the value is to hold, None where none is written."""
        return self.since.day() if self.since.text().strip() else None

    def stop(self) -> None:
        """End a trial that runs."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
            self.flips.reset()

    def _progressed(self, count: int, total: int) -> None:
        if self._ticket is not None:
            self.flips.tell(count, total)

    def _show_flips(self, flips: list[Flip]) -> None:
        self._ticket = None
        now = self.question.words if self.question else ""
        self.flips.show_flips(flips, f"由“{now}”改为“{self._tried}”")

    def _failed(self, error: Refused | Trouble) -> None:
        self._ticket = None
        self.flips.reset()
        self._refused(error)

    def _refused(self, error: Refused | Trouble) -> None:
        if not isinstance(error, Refused):
            self._context.message.complain(error)
            return
        self._wrong.setText(error.sentence)

    def _ask_save(self) -> None:
        if self.question is not None:
            day = self._context.office.today
            ask_save(self, "保存试算结果", f"口径试算 {self.key} {day:%Y%m%d}.xlsx", SHEETS, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write what the trial found as a workbook."""
        if self.question is None:
            return
        message_bar = self._context.message
        self._context.ask(
            questions.save_trial,
            self.question,
            self._tried,
            list(self.flips.rows),
            path,
            then=lambda at: message_bar.say_file(at),
        )

    # -- ruling

    def ask_record(self) -> None:
        """Open the form of the ruling: who, when, by which paper, from which day."""
        if self.question is None or not self._chosen():
            return
        ruling = Ruling(
            switch=self.key,
            pack=self.question.pack,
            value=self.value(),
            ruled=self._context.office.today,
            applies=self._applies(),
        )
        text = (
            f"{self.question.question}：按“{self._value_words()}”执行。登记后全区按此判断；已结账的月份不变。"
            "“适用起”空着，即自解释日期起；此前的月份、报备单和日子不变。"
        )
        self.dialog = EntryDialog(
            self._context,
            ruling,
            title="登记口径（第二十条）",
            text=text,
            save=record,
            then=self._recorded,
            leave_out=("switch", "value", "pack"),
        )
        self.dialog.keep.setText(" 登记")
        self.dialog.open()

    def _recorded(self, ruling: Ruling) -> None:
        self._context.message.say(
            f"已登记口径，依据{ruling.paper}，自{short_day(ruling.applies or ruling.ruled)}起适用"
        )
        self.flips.reset()


def _scrolled(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName("口径说明")
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def record(desk: Desk, ruling: Ruling) -> Ruling:
    """Record a ruling; raises Refused."""
    return rulings.rule(
        desk,
        ruling.switch,
        ruling.value,
        ruling.paper,
        ruling.ruled or date.max,
        applies=ruling.applies,
        by=ruling.ruled_by,
        reason=ruling.reason,
        pack=ruling.pack,
    )


def _history(question: OpenQuestion) -> list[str]:
    now = f"依据：{_line(question, question.ruling)}" if question.ruling else "依据：默认取值，尚无解释"
    coming = [f"将来：{_line(question, one)}" for one in question.coming]
    past = [f"过去：{_line(question, one)}" for one in reversed(question.past)]
    return [now, *coming, *past]


def _line(question: OpenQuestion, one: Ruling) -> str:
    by = f"，{one.ruled_by}" if one.ruled_by else ""
    return f"{one.paper}（取“{question.value_text(one.value)}”，自{short_day(one.applies or one.ruled)}起{by}）"
