"""The section of rulings: every question the Office may rule on, how it stands and why, and one of them opened."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.services.rulings import rulings
from tuopin_desktop.services.rulings.rulings import OpenQuestion
from tuopin_desktop.ui.pages.settings.question import QuestionView
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import card, column, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

WHO = "口径由自治区工作队管理办公室解释和登记（第二十条）；本单位可以查看和试算，有疑问请书面请示。"
_LIST, _ONE = 0, 1


class RegisterSection(QWidget):
    """A list that narrows while typing; Enter opens a question, Esc comes back."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._all: list[OpenQuestion] = []
        self.region = context.office.level is Level.REGION
        self.pack = FilterBox("", context.office.vocabulary["办法文件"].labels, "办法文件")
        self.pack.chosen.connect(lambda _: self.refresh())
        self.search = SearchLine("问题、取值、条款", "搜索口径")
        self.search.searched.connect(self._narrow)
        self.table = RecordTable(_COLUMNS, lambda item: item.key, "口径")
        self.search.entered.connect(self._enter)
        self.search.left_down.connect(self.table.enter)
        self.table.opened.connect(self.open)
        self.table.current_changed.connect(self._explain)
        self._why = label("", "quiet", wrap=True)
        self._why.setMinimumHeight(38)
        self._nothing = label("没有符合的口径，请换个字词。", "quiet")
        whole = QWidget()
        inside = column(
            row(self.search, self.pack, None, label("回车打开：试算、登记", "faint")),
            self.table,
            self._nothing,
            self._why,
            gap=8,
            margins=(14, 10, 14, 10),
        )
        inside.setStretch(1, 1)
        whole.setLayout(row(card(inside)))
        self.search.setMaximumWidth(320)
        self.one = QuestionView(context, self.back, region=self.region)
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self._stack.addWidget(self.one)
        self.setLayout(row(self._stack))

    def know(self, packs: dict[str, str]) -> None:
        """Offer the packs that are in use now."""
        for pack, title in packs.items():
            if self.pack.findData(pack) < 0:
                self.pack.addItem(title, pack)

    @property
    def state(self) -> str:
        """The line under the page's title."""
        ruled = sum(item.ruling is not None for item in self._all)
        text = f"{len(self._all)}项口径，已登记{ruled}项，其余按默认"
        return text if self.region else f"{text}。{WHO}"

    def refresh(self) -> None:
        """Ask for the questions as they stand today."""
        self._context.ask(rulings.switches, self.pack.code(), then=self._show, lane="switches")

    def _show(self, questions: list[OpenQuestion]) -> None:
        self._all = questions
        self._narrow(self.search.text())
        standing = next((item for item in questions if item.key == self.one.key), None)
        if standing is not None and self._stack.currentIndex() == _ONE:
            self.one.show_question(standing)

    def _narrow(self, text: str) -> None:
        target = text.strip().lower()
        open_questions = [item for item in self._all if not target or target in _value_words(item).lower()]
        self.table.replace_rows(open_questions)
        if open_questions and self.table.current() is None:
            self.table.select(open_questions[0].key)
        self._nothing.setVisible(not open_questions)

    def _enter(self, text: str) -> None:
        self._narrow(text)
        self.table.enter()

    def _explain(self, item: OpenQuestion | None) -> None:
        self._why.setText(f"{item.words}。理由：{item.why}" if item else "")

    def open(self, item: OpenQuestion) -> None:
        """Open one question."""
        self._stack.setCurrentIndex(_ONE)
        self.one.show_question(item)
        self.one.take_keyboard()

    def open_key(self, key: str) -> bool:
        """Open the question of that key; False when there is none."""
        item = next((item for item in self._all if item.key == key), None)
        if item is not None:
            self.open(item)
        return item is not None

    def back(self) -> bool:
        """Go back to the list; False when it is shown already."""
        if self._stack.currentIndex() == _LIST:
            return False
        self.one.stop()
        self._stack.setCurrentIndex(_LIST)
        self.table.setFocus()
        return True

    def take_keyboard(self) -> None:
        """Put the keyboard on the list, or where a value is chosen."""
        if self._stack.currentIndex() == _LIST:
            self.table.enter()
        else:
            self.one.take_keyboard()


def _article(item: OpenQuestion) -> str:
    return f"第{item.article}条" if item.article else "—"


def _paper(item: OpenQuestion) -> str:
    return item.ruling.paper if item.ruling else "默认" if item.sure else "待核"


def _tone(item: OpenQuestion) -> str:
    return "ok" if item.ruling else "" if item.sure else "warn"


def _value_words(item: OpenQuestion) -> str:
    return f"q{item.q} {item.key} {item.question} {item.words} {_paper(item)} {_article(item)}"


_COLUMNS = (
    Column("条", _article, 72, sort=lambda item: item.article),
    Column("问题", lambda item: item.question),
    Column("现行取值", lambda item: item.words, 190, shed=1),
    Column("依据", _paper, 150, tone=_tone, shed=2),
)
