"""The tab 查找: one line over everything this office holds, of all years, and the place of what was found."""

from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.services.archives import search
from tuopin_desktop.services.archives.search import Hit, Hits
from tuopin_desktop.services.archives.wordlists import searchable
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.plumbing.runner import Ticket
from tuopin_desktop.ui.widgets.empty import EmptyState, OrEmpty
from tuopin_desktop.ui.widgets.page import Page, PageContext
from tuopin_desktop.ui.widgets.parts import card, column, label, row
from tuopin_desktop.ui.widgets.running import RunningLine
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_ASK = "要查什么，如：谁在2019年8月去过北京"
_HINT = "姓名、拼音首字母、地点、事由、文号、题名都可以，加上年、月或日就只看那时的；身份证号、电话查不到。"
_WIDE = 560


class SearchView(ArchiveView):
    """Every pause in typing asks; Enter or a double click on a row goes to where it is kept."""

    interests = frozenset(cls.kind.name for cls in searchable())

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._job: Ticket | None = None
        self._answer: Hits | None = None
        self.line = SearchLine(_ASK, "在各年的登记中查找")
        self.line.setMinimumWidth(theme.scaled(self, _WIDE))
        self.line.searched.connect(self.ask)
        self.line.entered.connect(self.ask)
        self.running = RunningLine("正在编查找目录", self.stop, tip="编好的保留，下次接着编")
        columns = (
            Column("日期", lambda one: day_words(one.day) if one.day else "", 112, sort=lambda one: str(one.day or "")),
            Column("类别", lambda one: one.kind, 96),
            Column("是什么", lambda one: one.title, 250, tip=lambda one: one.title),
            Column("写着", lambda one: one.excerpt, 0, tip=lambda one: one.excerpt),
            Column("旗县", lambda one: one.whose, 110, shed=1),
        )
        self.table = RecordTable(columns, lambda one: one.key, "查到的登记", nothing="没有查到")
        self.table.opened.connect(self._go)
        self.line.left_down.connect(self.table.enter)
        self.nothing: EmptyState | None = None
        self._either = OrEmpty(self.table, self._empty)
        above = column(row(self.line, None), label(_HINT, "hint", wrap=True), self.running, gap=6)
        layout = column(above, self._either, gap=8, margins=(14, 10, 14, 10))
        layout.setStretch(1, 1)
        self.setLayout(column(card(layout)))
        self._either.show_whole(False)
        context.asker.progressed.connect(self._tell_progress)

    def _empty(self) -> EmptyState:
        self.nothing = EmptyState("search", "想查什么，写在上面", hint="各年的登记都在这里查，查到的按日期从近到远排。")
        return self.nothing

    @property
    def state(self) -> str:
        answer = self._answer
        if answer is None or not self.line.text().strip():
            return "一句话查遍各年：人员、报备单、日志、抽查、会议、发文和归档文件"
        number = (
            f"最近的{len(answer.hits)}条，还有更多，请加上年月或再写一个词" if answer.more else f"{len(answer.hits)}条"
        )
        return f"在{answer.rows}条登记中查到{number}"

    def refresh(self) -> None:
        self.ask(self.line.text().strip())

    def take_keyboard(self) -> None:
        self.line.setFocus()

    def search(self) -> None:
        self.line.setFocus()
        self.line.selectAll()

    def show_subject(self, subject: str) -> None:
        self.line.setText(subject)

    # -- asking

    def ask(self, text: str) -> None:
        """Answer a question; an empty one shows nothing."""
        self.stop()
        if not text:
            self._answer = None
            self._show_nothing("想查什么，写在上面", "各年的登记都在这里查，查到的按日期从近到远排。")
            return
        self._job = self.context.ask_long(search.ask, text, then=self._show, lane="search over years")

    def stop(self) -> None:
        """Let go of what is asked; what was read into the finder stays."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.running.hide()

    def _tell_progress(self, count: int, total: int) -> None:
        if self._job is not None and not self._job.cancelled:
            self.running.begin("正在编查找目录")
            self.running.tell(count, total)

    def _show(self, answer: Hits) -> None:
        self._job, self._answer = None, answer
        self.running.hide()
        self.table.replace_rows(answer.hits)
        if answer.hits:
            self._either.show_whole(True)
            self.turned.emit()
        else:
            self._show_nothing("没有查到", "少写一个词，或换一种写法再试；只写年月的，列出那时的全部登记。")

    def _show_nothing(self, sentence: str, hint: str) -> None:
        self._either.show_whole(False)
        if self.nothing is not None:
            self.nothing.say(sentence, hint)
        self.turned.emit()

    def _go(self, hit: Hit) -> None:
        if isinstance(self.context.window, Page):
            self.context.window.wanted.emit(hit.page, hit.subject)
